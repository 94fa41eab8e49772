//! Every SQL statement about scoring.

mod facts;
mod known;
mod setup;
mod sheets;

pub use facts::Repeat;
pub(super) use facts::{answer_objection, insert_change, insert_objection, open_objections, repeats};
pub use known::known;
pub use setup::find_scoring;
pub(super) use setup::{
    awarded_last_year, end_appraiser, grant_exemption, insert_scoring, last_year_appraisers, lock_scoring,
    name_appraiser, put_group, require_unlocked, revoke_exemption, totals_over_years,
};
pub use sheets::{Facts, Summary, find_visible, of_year, summaries};
pub(super) use sheets::{
    finish, hand_in, keep_explanation, lock, lock_sheet, of_year_unfiltered, save_appraisal, save_draft,
    set_state,
};
