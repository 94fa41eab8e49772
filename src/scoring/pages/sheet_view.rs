//! A sheet as its pages show it: groups with their lines, each line with everything that is known of it.

use std::collections::HashMap;

pub use super::super::standing::{points_in, sets, top_groups};
use super::{
    super::{
        asked::Asked,
        model::{Change, Line, Objection},
    },
    Opened,
};
use crate::{
    criteria::{Criterion, Kind, Tally},
    ids::CriterionId,
    papers::File,
};

/// A row of the sheet: a group's heading, or a line.
pub struct Row {
    /// The criterion.
    pub criterion: Criterion,
    /// How many groups it stands in.
    pub depth: usize,
    /// A group's points so far.
    pub group_points: Option<String>,
    /// The line's place among those that apply: what fields are numbered by.
    pub index: Option<usize>,
    /// What is asked of a line; none for a group.
    pub asked: Option<Asked>,
    /// The points given.
    pub line: Option<Line>,
    /// The files that prove it.
    pub files: Vec<File>,
    /// The changes of its points.
    pub changes: Vec<Change>,
    /// The objections to it.
    pub objections: Vec<Objection>,
}

impl Row {
    /// Whether it is a heading.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.criterion.kind == Kind::Group
    }

    /// Whether its points are taken off.
    #[must_use]
    pub fn is_deduction(&self) -> bool {
        self.asked.as_ref().is_some_and(Asked::is_deduction)
    }

    /// Why it doesn't apply; empty where it does.
    #[must_use]
    pub fn exemption(&self) -> &str {
        self.asked.as_ref().map_or("", |asked| asked.exemption.as_str())
    }
}

/// All rows of a sheet in reading order.
#[must_use]
pub fn rows(opened: &Opened, tally: &Tally) -> Vec<Row> {
    let base = opened.path_to("tep");
    let files = opened.history.files(&base, false);
    let mut by_part: HashMap<&str, Vec<File>> = HashMap::new();
    for (attachment, file) in opened.history.attachments.iter().zip(files) {
        by_part.entry(&attachment.part).or_default().push(file);
    }
    let asked: HashMap<CriterionId, &Asked> = opened.asked.iter().map(|a| (a.criterion.id, a)).collect();
    let mut index = 0;
    sets(&opened.scoring)
        .flat_map(|set| set.criteria.iter().map(move |criterion| (set, criterion)))
        .map(|(set, criterion)| {
            let asked = asked.get(&criterion.id).map(|a| (*a).clone());
            let counted = asked.as_ref().is_some_and(Asked::applies).then(|| {
                index += 1;
                index - 1
            });
            Row {
                depth: set.depth(criterion),
                group_points: group_points(opened, tally, criterion),
                index: counted,
                line: opened.sheet.line(criterion.id).cloned(),
                files: by_part.remove(criterion.code.as_str()).unwrap_or_default(),
                changes: of_line(&opened.facts.changes, |c| c.criterion_id == criterion.id),
                objections: of_line(&opened.facts.objections, |o| o.criterion_id == criterion.id),
                asked,
                criterion: criterion.clone(),
            }
        })
        .collect()
}

fn group_points(opened: &Opened, tally: &Tally, criterion: &Criterion) -> Option<String> {
    (criterion.kind == Kind::Group).then(|| opened.points(&points_in(tally, criterion)))
}

fn of_line<T: Clone>(all: &[T], is_its: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|one| is_its(one)).cloned().collect()
}
