//! The acts of scoring: one transaction each, in the order lock, check, change, journal.
//!
//! Each takes the sheet as the person saw it; if it has changed meanwhile, the act is a conflict and nothing is written.

mod appraising;
mod objecting;
mod setup;
mod sheets;

use sqlx::PgConnection;

use super::{model::Sheet, queries};
use crate::{kit::error::Result, papers};

pub use appraising::{Saved, appraise, ask, explain, finish, lock_all, reopen};
pub use objecting::{answer, object};
pub use setup::{assign, exempt, form_group, open, rotate, unexempt};
pub use sheets::{attach, detach, preview, require_files, save_draft, submit, withdraw};

/// Locks the sheet and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, sheet: &Sheet, seen_version: i32) -> Result<()> {
    let (version, state) = queries::lock(db, sheet).await?;
    if version != seen_version || state != sheet.state {
        return Err(papers::changed_meanwhile("Bảng điểm"));
    }
    Ok(())
}
