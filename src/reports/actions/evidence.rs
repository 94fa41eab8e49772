//! Files: of the report as a whole, and evidence that opens with the figure it proves.

use sqlx::PgConnection;

use super::{
    super::{
        access,
        content::Rows,
        model::{Report, State},
        queries,
        section::Section,
        workflow::Action,
    },
    lock_unchanged,
};
use crate::{
    ids::AttachmentId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        files::Arrived,
    },
    papers::{self, History},
    people::Actor,
};

/// Whether files can be added and removed now, for the report as a whole or for any of its figures.
#[must_use]
pub fn files_are_open(actor: &Actor, report: &Report, history: &History) -> bool {
    part_is_open(actor, report, history, "") || !open_figures(actor, report, history).is_empty()
}

/// The figures whose evidence can be changed now: their rows, with what they count.
#[must_use]
pub fn open_figures(actor: &Actor, report: &Report, history: &History) -> Vec<(Rows, String)> {
    if !access::offers(actor, Action::Save, report) {
        return Vec::new();
    }
    let open = history.open_parts(report.state == State::Returned);
    let whole = open.has_section(Section::Attachments.code());
    let figures = report
        .asked(history)
        .into_iter()
        .map(|a| (Section::Figures, a.rows(), a.indicator));
    let additions = report.draft.additions.iter().filter_map(|row| {
        let id = row.id?;
        Some((Section::Additions, Rows(id, None), row.indicator.clone()))
    });
    figures
        .chain(additions)
        .filter(|(section, rows, _)| whole || open.has_row(section.code(), Some(rows.0)))
        .map(|(_, rows, name)| (rows, name))
        .collect()
}

/// Whether files of a part can be added and removed now: the evidence of a figure opens with its row.
#[must_use]
pub fn part_is_open(actor: &Actor, report: &Report, history: &History, part: &str) -> bool {
    if part.is_empty() {
        let open = history.open_parts(report.state == State::Returned);
        return access::offers(actor, Action::Save, report) && open.has_section(Section::Attachments.code());
    }
    let figures = open_figures(actor, report, history);
    figures.iter().any(|(rows, _)| rows.has(part))
}

/// Makes sure that this person may add and remove files now.
pub fn require_files(actor: &Actor, report: &Report, history: &History) -> Result<()> {
    access::require(actor, Action::Save, report)?;
    if files_are_open(actor, report, history) {
        Ok(())
    } else {
        Err(closed_files())
    }
}

/// Makes sure that this person may add and remove files of this part now.
fn require_part(actor: &Actor, report: &Report, history: &History, part: &str) -> Result<()> {
    access::require(actor, Action::Save, report)?;
    if part_is_open(actor, report, history, part) {
        return Ok(());
    }
    let is_known = part.is_empty() || report.asked(history).iter().any(|a| a.rows().has(part));
    if is_known {
        Err(closed_files())
    } else {
        Err(AppError::invalid(
            "part",
            "Hãy chọn trong danh sách số liệu mà tệp này chứng minh.",
        ))
    }
}

fn closed_files() -> AppError {
    AppError::conflict("Phần tệp đính kèm không bị trả lại nên không sửa được.")
}

/// Attaches a file. A report not begun yet begins with it.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    history: &History,
    arrived: Arrived,
) -> Result<()> {
    require_part(actor, report, history, &arrived.part)?;
    lock_unchanged(db, report, report.version).await?;
    if !report.is_begun() {
        queries::save_draft(db, report, &report.draft, actor.id, now).await?;
    }
    papers::attach(db, now, actor, report.subject(), arrived).await?;
    Ok(())
}

/// Takes a file off.
pub async fn detach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    report: &Report,
    history: &History,
    id: AttachmentId,
) -> Result<()> {
    require_part(actor, report, history, &history.file(id)?.part)?;
    lock_unchanged(db, report, report.version).await?;
    papers::detach(db, now, actor, report.subject(), id).await
}
