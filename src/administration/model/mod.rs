//! Accounts as the list shows them; the journal in words.

mod accounts;
mod award_words;
mod ballots;
pub mod changes;
mod conference_words;
mod paper_words;
mod council_words;
pub mod words;

pub(super) use accounts::AccountState;
