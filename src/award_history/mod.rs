//! The award history of units and persons: what the program's own decisions gave, and what was given before or by others,
//! read from spreadsheets.
//!
//! Only VUSTA's standing office reads a spreadsheet: first it is shown with what is wrong in which cell, then it is
//! confirmed; a reading that was a mistake is taken back with a reason, and its rows no longer count. The history of a
//! unit holds that of the units it came from when provinces merged, each row with the unit that was awarded.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;
mod reading;

pub use actions::{confirm, preview, withdraw};
pub use forms::{Known, KnownUnit, RowText, WithdrawalForm};
pub use model::{Forebear, Import, Laurel, Record};
pub use queries::{forebears, given, laurels, lineage};
pub use reading::rows_of;
