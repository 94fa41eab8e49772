//! The journal: who did what to which record, when.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    super::{
        access,
        model::{
            changes::{self, Change, Names},
            words,
        },
        queries,
    },
    JournalPath,
};
use crate::{
    awards,
    kit::{
        clock,
        error::{AppError, Result},
        journal::{self, Line, Verdict},
    },
    web::{Visit, page, shell::Shell},
};

/// Lines on a page.
const LINES: i64 = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Only this record's lines.
    #[serde(default, rename = "ho-so")]
    record: String,
    /// Only lines before this number.
    #[serde(default, rename = "truoc")]
    before: i64,
    /// Whether to check the chain.
    #[serde(default, rename = "kiem-tra")]
    check: String,
}

/// A line in words.
struct LineView {
    number: i64,
    when: String,
    who: String,
    what: &'static str,
    kind: &'static str,
    record_id: Uuid,
    record_name: String,
    place: String,
    changes: Vec<Change>,
    more: usize,
}

#[derive(Template)]
#[template(path = "administration/journal.html")]
struct JournalPage {
    shell: Shell,
    lines: Vec<LineView>,
    record: Option<Uuid>,
    record_title: String,
    verdict: Option<Verdict>,
    newer: String,
    older: String,
    summary: String,
}

pub(super) async fn index(_: JournalPath, Query(asked): Query<Asked>, visit: Visit) -> Result<Response> {
    let record = match asked.record.as_str() {
        "" => None,
        id => Some(id.parse::<Uuid>().map_err(|_| AppError::NotFound)?),
    };
    let mut db = visit.db().await?;
    let mut lines = journal::newest(&mut db, record, asked.before.max(0), LINES + 1).await?;
    let has_older = lines.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let (first, last) = (
        lines.first().map_or(0, |l| l.number),
        lines.last().map_or(0, |l| l.number),
    );
    let verdict = if asked.check == "1" {
        Some(journal::verify(&mut db).await?)
    } else {
        None
    };
    let actor = visit.actor()?;
    let lines = lines
        .into_iter()
        .map(|line| access::readable(actor, line))
        .collect();
    let lines = in_words(&mut db, lines).await?;
    let filter = record.map(|id| format!("ho-so={id}&")).unwrap_or_default();
    page(&JournalPage {
        shell: visit.shell(),
        record_title: lines
            .first()
            .map(|l| format!("{}: {}", l.kind, l.record_name))
            .unwrap_or_default(),
        summary: if lines.is_empty() {
            "Không có dòng nào".to_owned()
        } else {
            format!("Dòng {last} đến {first}")
        },
        newer: match asked.before {
            ..=0 => String::new(),
            // Without a filter the numbers have no gaps; with one, the way back leads to the newest line.
            _ if record.is_none() && first > 0 => format!("/quan-tri/nhat-ky?truoc={}", first + LINES + 1),
            _ => format!("/quan-tri/nhat-ky?{filter}"),
        },
        older: if has_older {
            format!("/quan-tri/nhat-ky?{filter}truoc={last}")
        } else {
            String::new()
        },
        lines,
        record,
        verdict,
    })
}

/// The lines with names in place of ids, all looked up together.
async fn in_words(db: &mut PgConnection, lines: Vec<Line>) -> Result<Vec<LineView>> {
    let mut ids = Vec::new();
    for line in &lines {
        ids.push(line.record_id);
        ids.extend(line.cluster_id);
        ids.extend(line.unit_id);
        changes::ids_in(line.before.as_ref(), &mut ids);
        changes::ids_in(line.after.as_ref(), &mut ids);
    }
    let names = Names {
        of_ids: queries::names(db, &ids).await?,
        awards: awards::all(db).await?,
    };
    Ok(lines.into_iter().map(|line| view(line, &names)).collect())
}

fn view(line: Line, names: &Names) -> LineView {
    let name_of = |id: Option<Uuid>| id.and_then(|id| names.of_ids.get(&id).cloned());
    let place: Vec<String> = [name_of(line.unit_id), name_of(line.cluster_id)]
        .into_iter()
        .flatten()
        .collect();
    let (changes, more) =
        changes::shortened(changes::between(line.before.as_ref(), line.after.as_ref(), names));
    LineView {
        number: line.number,
        when: clock::moment_text(line.at),
        who: line.person_name,
        what: words::act(&line.action).unwrap_or("làm một việc khác"),
        kind: words::kind(&line.record_kind),
        record_id: line.record_id,
        record_name: name_of(Some(line.record_id)).unwrap_or_else(|| place.join(", ")),
        place: place.join(", "),
        changes,
        more,
    }
}
