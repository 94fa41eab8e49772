//! What every paper that is handed in shares: the receipt with its time and content hash, the return with its
//! reason and the items that need work, the attached files.
//!
//! Receipts and returns are facts: they are added, never changed. Which of a paper's parts are open while it is
//! returned follows from its last return ([`OpenParts`]).

mod actions;
mod model;
mod queries;

pub use actions::{attach, detach, receive, send_back};
pub use model::{Attachment, Draftable, File, History, MOST_FILES, OpenParts, Receipt, Return, ReturnItem};
pub use queries::{find_attachment, history};
