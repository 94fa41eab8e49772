//! Titles and forms of commendation: what a unit registers, is nominated for, and is awarded.
//!
//! The catalogue is data (Law 06/2022/QH15, chapters II and III), so a new form needs no new program.

mod model;
mod queries;

pub use model::{Award, Awards};
pub use queries::all;
