//! The versions of a draft and what differs between two of them.

use std::time::Duration;

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use similar::{ChangeTag, TextDiff};
use tokio::task::spawn_blocking;

use super::{
    super::{access, model::Version},
    Opened, VersionsPath,
};
use crate::{
    kit::error::{AppError, Result},
    web::{Visit, filters, page, shell::Shell},
};

/// Which two versions: `?tu=1&den=2`.
#[derive(Deserialize)]
pub(super) struct Choice {
    #[serde(default)]
    tu: i32,
    #[serde(default)]
    den: i32,
}

/// A line of the comparison.
struct Line {
    tag: ChangeTag,
    text: String,
}

#[derive(Template)]
#[template(path = "documents/versions.html")]
struct VersionsPage {
    shell: Shell,
    opened: Opened,
    older: Option<Version>,
    newer: Option<Version>,
    lines: Vec<Line>,
}

impl VersionsPage {
    fn has_differences(&self) -> bool {
        self.lines.iter().any(|line| line.tag != ChangeTag::Equal)
    }
}

/// A comparison that takes longer becomes a coarser one: two long texts without a common line cost the product of their
/// lengths.
const PATIENCE: Duration = Duration::from_secs(1);

/// The changed lines with two lines around each.
fn compare(older: &str, newer: &str) -> Vec<Line> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(older, newer);
    let mut lines = Vec::new();
    for group in diff.grouped_ops(2) {
        for op in group {
            lines.extend(diff.iter_changes(&op).map(|change| Line {
                tag: change.tag(),
                text: change.value().trim_end().to_owned(),
            }));
        }
    }
    lines
}

pub(super) async fn versions(
    path: VersionsPath,
    Query(choice): Query<Choice>,
    visit: Visit,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, &visit, &path.kind, &path.about).await?;
    access::require(visit.actor()?, opened.prepared.issuer)?;
    let newest = opened.version();
    let (from, to) = match (choice.tu, choice.den) {
        (0, 0) => (newest - 1, newest),
        chosen => chosen,
    };
    let find = |number: i32| opened.versions.iter().find(|v| v.version == number).cloned();
    let (older, newer) = (find(from), find(to));
    if newest > 0 && newer.is_none() {
        return Err(AppError::NotFound);
    }
    let lines = match (&older, &newer) {
        (Some(older), Some(newer)) => {
            let (older, newer) = (older.text.clone(), newer.text.clone());
            // Off the threads that answer everybody else.
            let compared = spawn_blocking(move || compare(&older, &newer)).await;
            compared.map_err(|error| AppError::Internal(error.into()))?
        }
        _ => Vec::new(),
    };
    page(&VersionsPage {
        shell: opened.shell(&visit),
        opened,
        older,
        newer,
        lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_and_its_neighbours_is_shown() {
        let older = "a\nb\nc\nd\ne\nf\ng";
        let newer = "a\nb\nc\nD\ne\nf\ng";
        let shown: Vec<(ChangeTag, String)> = compare(older, newer)
            .into_iter()
            .map(|l| (l.tag, l.text))
            .collect();
        assert!(shown.contains(&(ChangeTag::Delete, "d".to_owned())));
        assert!(shown.contains(&(ChangeTag::Insert, "D".to_owned())));
        assert!(!shown.iter().any(|(_, text)| text == "a" || text == "g"));
        assert!(compare(older, older).is_empty());
    }
}
