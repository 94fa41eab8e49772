//! Every SQL statement about scoring.

mod acts;
mod facts;
mod known;
mod setup;
mod sheets;

pub(super) use acts::{
    finish, hand_in, keep_explanation, lock, lock_sheet, save_appraisal, save_draft, set_state,
};
pub use facts::Repeat;
pub(super) use facts::{answer_objection, insert_change, insert_objection, repeats};
pub use known::known;
pub use setup::{awarded_last_year, find_scoring};
pub(super) use setup::{
    end_appraiser, grant_exemption, insert_scoring, last_year_appraisers, lock_scoring, name_appraiser,
    put_group, require_unlocked, revoke_exemption, totals_over_years,
};
pub(super) use sheets::of_year_unfiltered;
pub use sheets::{Facts, Summary, find_visible, of_year, summaries};
