//! Whom a decision names: counted in its articles, listed in its appendix.

use super::super::blocks::{grid, heads, whom};
use crate::{
    decisions::{Content, Kind as What, Line},
    kit::{
        documents::model::{Align, Appendix, Block, Rich},
        text::capital,
    },
};

/// The lines of each award, in the order of the decision.
pub(super) fn by_award(content: &Content) -> Vec<(&str, Vec<&Line>)> {
    let mut groups: Vec<(&str, Vec<&Line>)> = Vec::new();
    for line in &content.lines {
        match groups.iter_mut().find(|(award, _)| *award == line.award_name) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((&line.award_name, vec![line])),
        }
    }
    groups
}

/// How many collectives and persons.
pub(super) fn heads_of(lines: &[&Line]) -> String {
    let persons = lines.iter().filter(|line| line.person.is_some()).count();
    heads(lines.len() - persons, persons)
}

pub(super) fn whom_of(content: &Content) -> &'static str {
    let is_person = |line: &Line| line.person.is_some();
    whom(
        content.lines.iter().any(|line| !is_person(line)),
        content.lines.iter().any(is_person),
    )
}

fn of_units(lines: &[&Line]) -> Block {
    let rows = lines.iter().enumerate().map(|(at, line)| {
        vec![
            (at + 1).to_string(),
            line.unit.clone(),
            line.cluster.clone(),
            line.year.to_string(),
        ]
    });
    let columns = [
        ("TT", 1, Align::Centre),
        ("Tên tập thể", 8, Align::Left),
        ("Cụm thi đua", 4, Align::Left),
        ("Năm", 2, Align::Centre),
    ];
    grid(&columns, rows)
}

fn of_persons(lines: &[&Line]) -> Block {
    let rows = lines.iter().enumerate().filter_map(|(at, line)| {
        let person = line.person.as_ref()?;
        Some(vec![
            (at + 1).to_string(),
            capital(&person.addressed()),
            person.birth_year.to_string(),
            format!("{}, {}", person.position, line.unit),
            line.year.to_string(),
        ])
    });
    let columns = [
        ("TT", 1, Align::Centre),
        ("Họ và tên", 5, Align::Left),
        ("Năm sinh", 2, Align::Centre),
        ("Chức vụ, đơn vị", 7, Align::Left),
        ("Năm", 2, Align::Centre),
    ];
    grid(&columns, rows)
}

/// Whom it awards, or whose awards alone it cancels, in an appendix.
pub(super) fn list(content: &Content) -> Option<Appendix> {
    let mut body = Vec::new();
    for (award, lines) in by_award(content) {
        body.push(Block::Centred(
            Rich::default().bold(format!("{award}: {}", heads_of(&lines))),
        ));
        let (persons, units): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.person.is_some());
        body.extend((!units.is_empty()).then(|| of_units(&units)));
        body.extend((!persons.is_empty()).then(|| of_persons(&persons)));
    }
    let whom = whom_of(content).to_uppercase();
    let title = match content.kind {
        What::Award => format!("DANH SÁCH {whom} ĐƯỢC KHEN THƯỞNG"),
        What::Cancellation if content.in_part => format!("DANH SÁCH {whom} BỊ HỦY KẾT QUẢ KHEN THƯỞNG"),
        What::Correction | What::Cancellation => return None,
    };
    (!content.lines.is_empty()).then(|| Appendix {
        title,
        body,
        ..Appendix::default()
    })
}
