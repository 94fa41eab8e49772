//! Reading a spreadsheet into the history: one transaction each, in the order lock, check, change, journal.

use std::collections::HashSet;

use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    forms::{Known, RowText},
    model::{Entry, Import, Key},
    queries,
};
use crate::{
    ids::AwardImportId,
    kit::{
        clock::Moment,
        database,
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
        journal::{self, Subject},
    },
    papers,
    people::Actor,
};

/// A row with what became of it.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It will be kept.
    New(Entry),
    /// The history, or an earlier row, says the same: it is passed over.
    Double,
    /// Wrong cells.
    Wrong(FieldErrors),
}

/// What becomes of each row.
#[must_use]
pub fn judge(rows: &[RowText], known: &Known, mut seen: HashSet<Key>) -> Vec<Verdict> {
    rows.iter()
        .map(|row| match row.check(known) {
            Err(errors) => Verdict::Wrong(errors),
            Ok(entry) if seen.insert(entry.key()) => Verdict::New(entry),
            Ok(_) => Verdict::Double,
        })
        .collect()
}

/// Keeps the rows of a file and the file itself, to be looked at; nothing counts yet.
pub async fn preview(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    arrived: Arrived,
    rows: &[RowText],
) -> Result<AwardImportId> {
    access::require_importer(actor)?;
    let id = AwardImportId::new();
    queries::insert_import(db, id, &arrived.name, rows, actor.id, now).await?;
    let after = json!({"file": arrived.name, "rows": rows.len()});
    papers::attach(db, now, actor, Subject::new("award_imports", id), arrived).await?;
    let subject = Subject::new("award_imports", id);
    journal::write(db, now, &actor.hand(), "award_import.preview", subject, (), after).await?;
    Ok(id)
}

/// Adds the rows of a file to the history: all of them right, those that it holds already passed over. Answers how many
/// were added.
pub async fn confirm(db: &mut PgConnection, now: Moment, actor: &Actor, import: &Import) -> Result<usize> {
    access::require_importer(actor)?;
    // Two files with the same rows: the second one sees those of the first.
    database::take_turns(db, "award_imports").await?;
    let (waits, is_withdrawn) = queries::lock_import(db, import.id).await?;
    if !waits || is_withdrawn {
        return Err(AppError::conflict("Tệp này đã được nhập hoặc đã hủy."));
    }
    let verdicts = judge(
        &import.rows,
        &queries::known(db, now).await?,
        queries::keys(db).await?,
    );
    let mut entries = Vec::new();
    for verdict in verdicts {
        match verdict {
            Verdict::New(entry) => entries.push(entry),
            Verdict::Double => {}
            Verdict::Wrong(_) => {
                return Err(AppError::conflict(
                    "Tệp còn ô chưa đúng. Hãy sửa các ô được nêu trong tệp rồi chọn lại tệp; chưa có dòng nào được nhập.",
                ));
            }
        }
    }
    if entries.is_empty() {
        return Err(AppError::conflict(
            "Mọi dòng của tệp đã có trong lịch sử; không có gì để nhập.",
        ));
    }
    queries::confirm_import(db, import.id, &entries, actor.id, now).await?;
    let after = json!({"file": import.file_name, "rows": entries.len()});
    journal::write(
        db,
        now,
        &actor.hand(),
        "award_import.confirm",
        import.subject(),
        (),
        after,
    )
    .await?;
    Ok(entries.len())
}

/// Takes a reading back: its rows no longer count. The reason stands.
pub async fn withdraw(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    import: &Import,
    reason: &str,
) -> Result<()> {
    access::require_importer(actor)?;
    let (_, is_withdrawn) = queries::lock_import(db, import.id).await?;
    if is_withdrawn {
        return Err(AppError::conflict("Lần nhập này đã hủy."));
    }
    queries::withdraw_import(db, import.id, reason, actor.id, now).await?;
    let after = json!({"file": import.file_name, "reason": reason});
    journal::write(
        db,
        now,
        &actor.hand(),
        "award_import.withdraw",
        import.subject(),
        (),
        after,
    )
    .await
}
