//! Titles and forms of commendation: what a unit registers, is nominated for, and is awarded.
//!
//! The catalogue is dated data (Law 06/2022/QH15, chapters II and III): which level gives an award, what it asks for by
//! which article, what belongs into its dossier, how many base salaries come with it. VUSTA's standing office adds a new
//! version of an entry; one that has been in use never changes, so a closed year reads as it was.

mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::{add_salary, add_version};
pub use forms::{ConditionRow, SalaryForm, VersionForm};
pub use model::{
    Award, Awards, BaseSalary, Condition, Grade, Level, Need, Of, Rule, Version, in_force, period_text,
    salary_on,
};
pub use queries::{all, salaries, versions};
