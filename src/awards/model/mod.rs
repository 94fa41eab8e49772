//! The catalogue: an award, what it asks for, and what holds of it from one day to another.

mod award;
mod condition;
mod version;

pub use award::{Award, Awards};
pub use condition::{Condition, Grade, Need, Of, Rule};
pub use version::{BaseSalary, Level, Version, in_force, period_text, salary_on};
