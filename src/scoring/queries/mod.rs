//! Every SQL statement about scoring.

mod known;
mod setup;
mod sheets;

pub use known::known;
pub use setup::find_scoring;
pub(super) use setup::{
    awarded_last_year, end_appraiser, grant_exemption, insert_scoring, last_year_appraisers, lock_scoring,
    name_appraiser, put_group, require_unlocked, revoke_exemption, totals_over_years,
};
pub use sheets::{Facts, Summary, find_visible, of_year, of_year_unfiltered, open_objections, summaries};
pub(super) use sheets::{
    answer_objection, finish, hand_in, insert_change, insert_objection, keep_explanation, lock, lock_sheet,
    save_appraisal, save_draft, set_state,
};
