//! What every paper that is handed in shares: the receipt with its time and content hash, the return with its
//! reason and the items that need work, the attached files; the rules of
//! handing in, of who may read it, and of a draft that may be half filled in.
//!
//! Receipts and returns are facts: they are added, never changed. Which of a paper's parts are open while it is
//! returned follows from its last return ([`OpenParts`]).

pub mod access;
mod actions;
mod drafts;
mod forms;
mod model;
mod queries;
mod shown;

pub use access::Audience;
pub use actions::{
    attach, changed_meanwhile, detach, history_to_freeze, late_days, receive, require_files_seen,
    require_room, send_back, settle_upload,
};
pub(crate) use drafts::draft_rows;
pub use drafts::{Checked, MOST_ROWS, Reader, at, bound_columns, bound_draft, id_at, number_rows, row_id};
pub use forms::{Opening, ReturnForm, ReturnInput, Returnable, Seen};
pub use model::{
    Attachment, Draftable, History, MOST_FILES, OpenParts, Receipt, Return, ReturnItem, most_files,
};
pub use queries::{
    files_handed_in, files_of, find_attachment, history, lock_bytes, lock_member, lock_members,
};
pub use shown::{Awaited, Event, File, ReceiptView, lateness, lateness_again, line_of_error, reminder};
