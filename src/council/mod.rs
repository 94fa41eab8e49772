//! VUSTA's emulation and commendation council: the nominations of all clusters of a year, and what the council voted.
//!
//! The standing office appraises each dossier (see `nominations`), then records the council's session: who was there,
//! the threshold with its base, the votes on each nomination. Whether a nomination passed is computed, and the working
//! is kept in words. Members of the council read; sessions are never changed.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::record;
pub use forms::{SessionForm, SessionInput};
pub use model::{Base, CouncilResult, RecordedSession, Session};
pub use queries::sessions;
