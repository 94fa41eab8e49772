//! Those who meet, as the screen on the wall knows them: a conference of a cluster, or a session of VUSTA's council. Pure.

use crate::{
    conferences::{self, AgendaItem, Attendance, Conference, ItemState},
    council::{self, Roll, Sitting},
    kit::{
        clock::{self, Moment},
        text::capital,
    },
    years::Year,
};

/// Those who meet.
pub(super) struct Gathering {
    /// `Hội nghị tổng kết Cụm thi đua số 3 · Sơn La, ngày 27/11/2023`
    pub lead: String,
    /// What the meeting is called in a sentence: `hội nghị`, `phiên họp`.
    pub noun: &'static str,
    /// Who is invited to say to be here: `đại biểu`, `ủy viên`.
    pub holders: &'static str,
    /// Who is counted: `đơn vị`, `ủy viên`.
    pub voters: &'static str,
    pub is_in_session: bool,
    pub is_over: bool,
    pub people: Vec<Person>,
    pub present: i32,
    pub total: i32,
    pub needed: i32,
    pub has_quorum: bool,
    pub agenda: Vec<Item>,
}

/// A unit, or a member of the council.
pub(super) struct Person {
    pub name: String,
    pub is_present: bool,
    pub is_excused: bool,
}

/// An item of the agenda.
pub(super) struct Item {
    pub title: String,
    pub state: ItemState,
    pub begun_at: Option<Moment>,
}

impl Gathering {
    /// A conference.
    pub fn of_conference(
        year: &Year,
        conference: &Conference,
        attendance: &Attendance,
        agenda: &[AgendaItem],
    ) -> Self {
        let people = attendance.units.iter().map(|unit| Person {
            name: unit.place.clone(),
            is_present: unit.is_present,
            is_excused: !unit.reason.is_empty(),
        });
        let items = agenda.iter().map(|item| Item {
            title: item.title.clone(),
            state: item.state,
            begun_at: item.begun_at,
        });
        Self {
            lead: lead(
                &format!("{} {}", capital(conference.kind.label()), year.cluster.name),
                &conference.plan.place,
                conference.day(),
            ),
            noun: "hội nghị",
            holders: "đại biểu",
            voters: "đơn vị",
            is_in_session: conference.state == conferences::State::InSession,
            is_over: conference.state.is_over(),
            people: people.collect(),
            present: attendance.present,
            total: attendance.total,
            needed: attendance.needed,
            has_quorum: attendance.has_quorum,
            agenda: items.collect(),
        }
    }

    /// A session of the council. Its agenda are dossiers, which the ballots name.
    pub fn of_council(sitting: &Sitting, roll: &Roll) -> Self {
        let people = roll.seats.iter().map(|seat| Person {
            name: seat.name.clone(),
            is_present: seat.is_present(),
            is_excused: !seat.excuse.is_empty(),
        });
        Self {
            lead: lead(
                "Phiên họp Hội đồng Thi đua - Khen thưởng LHHVN",
                &sitting.plan.place,
                Some(sitting.plan.held_on),
            ),
            noun: "phiên họp",
            holders: "ủy viên",
            voters: "ủy viên",
            is_in_session: sitting.state == council::State::InSession,
            is_over: sitting.state.is_over(),
            people: people.collect(),
            present: roll.present,
            total: roll.total,
            needed: roll.needed,
            has_quorum: roll.has_quorum,
            agenda: Vec::new(),
        }
    }

    /// The item that is on.
    pub fn on(&self) -> Option<&Item> {
        self.agenda.iter().find(|item| item.state == ItemState::On)
    }

    /// What the screen is headed with while no ballot is on it.
    pub fn title(&self) -> String {
        let noun = capital(self.noun);
        if self.is_over {
            return format!("{noun} đã kết thúc");
        }
        if !self.is_in_session {
            return format!("Mời {} điểm danh", self.holders);
        }
        self.on()
            .map_or_else(|| format!("{noun} đang họp"), |item| item.title.clone())
    }
}

fn lead(what: &str, place: &str, day: Option<chrono::NaiveDate>) -> String {
    let mut words = what.to_owned();
    if !place.is_empty() {
        words.push_str(" · ");
        words.push_str(place);
    }
    if let Some(day) = day {
        words.push_str(", ngày ");
        words.push_str(&clock::date_text(day));
    }
    words
}
