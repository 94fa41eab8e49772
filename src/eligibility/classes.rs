//! The class that a unit reached in a year, its own or that of the units which stood in its place before a merger. Pure.

use std::collections::HashSet;

use super::model::Facts;
use crate::{
    award_history::{Forebear, Laurel},
    awards::Grade,
    ids::UnitId,
    kit::text::fold,
};

/// The class of a unit in a year, if one is known.
pub(super) fn class_of(unit: UnitId, year: i32, facts: &Facts) -> Option<&str> {
    facts.classes.get(&(unit, year))?.as_deref()
}

/// Whether a unit has the grade in a year, if it is known: by the class of the score sheet, or by the title that stands for it.
fn reaches(grade: Grade, unit: UnitId, year: i32, facts: &Facts) -> Option<bool> {
    let is_excellent = |l: &Laurel| {
        l.unit_id == unit
            && l.year == year
            && l.person_name.is_empty()
            && l.award.as_deref() == Some("excellent_collective")
    };
    if facts.laurels.iter().any(is_excellent) {
        return Some(true);
    }
    let class = fold(class_of(unit, year, facts)?);
    let is_excellent = class.contains("xuat sac");
    Some(match grade {
        Grade::Excellent => is_excellent,
        Grade::Good => is_excellent || class.ends_with("hoan thanh tot nhiem vu") || class == "tot",
    })
}

/// What is known of the grade in a year.
pub(super) enum Attained {
    /// By the unit itself.
    Reached,
    /// By the units that this one came from, all of which have it.
    ReachedBefore,
    /// Not by the unit itself.
    Failed,
    /// Only what some of the units it came from had, in words.
    Told(String),
    /// Nothing.
    Open,
}

/// Looks at the unit, and where it wasn't in a cluster yet at those it came from.
pub(super) fn attained(grade: Grade, year: i32, facts: &Facts) -> Attained {
    let Some(unit) = facts.unit_id else {
        return Attained::Open;
    };
    match reaches(grade, unit, year, facts) {
        Some(true) => return Attained::Reached,
        Some(false) => return Attained::Failed,
        None => {}
    }
    let before = stood_for(unit, year, facts, &mut HashSet::new());
    let reached: Vec<Option<bool>> = before
        .iter()
        .map(|forebear| reaches(grade, forebear.unit_id, year, facts))
        .collect();
    if reached.iter().all(Option::is_none) {
        Attained::Open
    } else if reached.iter().all(|reached| *reached == Some(true)) {
        Attained::ReachedBefore
    } else {
        let told = before.iter().map(|forebear| {
            let title = reaches(grade, forebear.unit_id, year, facts).map(|_| "Tập thể Lao động xuất sắc");
            let class = class_of(forebear.unit_id, year, facts).or(title);
            let class = class.map_or_else(|| "chưa có xếp loại".to_owned(), str::to_lowercase);
            format!("{} {class}", forebear.unit_name)
        });
        Attained::Told(told.collect::<Vec<_>>().join(", "))
    }
}

/// The units that stood in a year for one that wasn't yet in a cluster: those it came from, or what those came from. `seen`
/// ends what goes in a circle.
fn stood_for<'a>(unit: UnitId, year: i32, facts: &'a Facts, seen: &mut HashSet<UnitId>) -> Vec<&'a Forebear> {
    if facts.classes.contains_key(&(unit, year)) || !seen.insert(unit) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for forebear in facts.forebears.iter().filter(|f| f.successor_id == unit) {
        let earlier = stood_for(forebear.unit_id, year, facts, seen);
        if earlier.is_empty() {
            found.push(forebear);
        } else {
            found.extend(earlier);
        }
    }
    found
}
