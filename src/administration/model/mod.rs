//! Accounts as the list shows them; the journal in words.

mod accounts;
pub mod changes;
pub mod words;

pub(super) use accounts::AccountState;
