//! The legal bases that papers and decisions cite: each in force from one day to another, and recognised in what people type
//! by its number, a law also by its name and year. A paper cites what is in force on the day that it bears.
//!
//! The table is `legal_bases`; the page on which VUSTA keeps it belongs to the `documents` that cite them.

mod model;
mod queries;

pub use model::{LegalBasis, ending_soon, in_force, refusal};
pub use queries::all;
