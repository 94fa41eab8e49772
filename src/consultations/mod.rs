//! Before the council meets: those nominated are listed in public for some working days, anybody may object, the standing office
//! answers each objection.
//!
//! | what | where it stands | who |
//! | --- | --- | --- |
//! | the window: a year, its nominations, the last day | `consultations`, `consultation_nominations` | standing office opens; everybody reads |
//! | an objection: about whom, the words, the objector's name and contact | `consultation_comments` | anybody, while the window is open; name and contact only the standing office |
//! | its answer: upheld or not, the words | the same, once | standing office, without a conflict of interest; the objector by the code on the receipt |
//!
//! The public sees the unit, its cluster and the proposed title: no person, nothing of the dossier. An objection changes no
//! nomination by itself: as long as it is open, the council's pages warn.

pub mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::{answer, object, open};
pub use forms::{AnswerForm, CommentForm, OpeningForm};
pub use model::{AnswerInput, Comment, CommentInput, Finding, Listed, Opening, Standing, Window};
pub use queries::standings;
