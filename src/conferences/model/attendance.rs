//! Who is there, and whether they are enough by the rules of the year.

use super::{Absence, Conference, Delegate, NamedUnit, Part};
use crate::{
    conferences::counting::{self, Turnout},
    ids::UnitId,
    years::{Member, Year},
};

/// A member unit at a conference.
#[derive(Clone, Debug)]
pub struct UnitAttendance {
    /// The unit.
    pub unit_id: UnitId,
    /// Its part of a path.
    pub slug: String,
    /// The place.
    pub place: String,
    /// `Liên hiệp Hội tỉnh Sơn La`
    pub name: String,
    /// Who votes for it: the voting delegate or, where only that one came, the stand-in.
    pub delegate: Option<Delegate>,
    /// Whether one who may vote is there.
    pub is_present: bool,
    /// Why it said that it can't come; empty without a word.
    pub reason: String,
}

/// All member units at a conference.
#[derive(Clone, Debug)]
pub struct Attendance {
    /// The units, by place.
    pub units: Vec<UnitAttendance>,
    /// Units present.
    pub present: i32,
    /// Units there are.
    pub total: i32,
    /// Units that the rule asks for.
    pub needed: i32,
    /// Whether enough are there.
    pub has_quorum: bool,
    /// How that was counted, in words.
    pub working: String,
}

impl Attendance {
    /// The units that are there, as minutes name them.
    #[must_use]
    pub fn present_units(&self) -> Vec<NamedUnit> {
        self.named(true)
    }

    /// Those that aren't.
    #[must_use]
    pub fn absent_units(&self) -> Vec<NamedUnit> {
        self.named(false)
    }

    fn named(&self, is_present: bool) -> Vec<NamedUnit> {
        let units = self.units.iter().filter(|u| u.is_present == is_present);
        units
            .map(|u| NamedUnit {
                id: u.unit_id,
                name: u.name.clone(),
            })
            .collect()
    }
}

/// Who is there of the units that are members on the day of the conference.
#[must_use]
pub fn attendance(
    year: &Year,
    conference: &Conference,
    delegates: &[Delegate],
    absences: &[Absence],
) -> Attendance {
    let members = year.members_on(conference.day_of_members(year));
    let units: Vec<UnitAttendance> = members.iter().map(|m| of_unit(m, delegates, absences)).collect();
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let (total, present) = (
        number(units.len()),
        number(units.iter().filter(|u| u.is_present).count()),
    );
    let turnout = |present| Turnout {
        units: total,
        present,
        valid: 0,
    };
    let needed = (0..=total)
        .find(|enough| counting::has_quorum(turnout(*enough), &year.rules))
        .unwrap_or(total);
    Attendance {
        present,
        total,
        needed,
        has_quorum: counting::has_quorum(turnout(present), &year.rules),
        working: counting::quorum_working(turnout(present), &year.rules),
        units,
    }
}

fn of_unit(member: &Member, delegates: &[Delegate], absences: &[Absence]) -> UnitAttendance {
    let of = |part| {
        delegates
            .iter()
            .find(|d| d.unit_id == Some(member.unit_id) && d.part == part)
    };
    let (voting, stand_in) = (of(Part::Voting), of(Part::StandIn));
    let there = |d: Option<&Delegate>| d.is_some_and(Delegate::is_present);
    let delegate = if there(stand_in) && !there(voting) {
        stand_in
    } else {
        voting
    };
    UnitAttendance {
        unit_id: member.unit_id,
        slug: member.slug.clone(),
        place: member.place.clone(),
        name: member.short_name.clone(),
        delegate: delegate.cloned(),
        is_present: there(delegate),
        reason: absences
            .iter()
            .find(|a| a.unit_id == member.unit_id)
            .map(|a| a.reason.clone())
            .unwrap_or_default(),
    }
}
