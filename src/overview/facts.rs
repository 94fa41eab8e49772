//! What has happened so far in a year, as far as every member may know it: states and dates, no content.

use sqlx::PgConnection;

use crate::{
    conferences::{self, Kind},
    consolidations,
    ids::UnitId,
    kit::{
        clock::{self, Moment},
        error::Result,
    },
    nominations::{self, State},
    registrations,
    reports::{self, Period},
    scoring,
    years::{Step, Year},
};

/// Something that happened in the cluster, as `components/timeline.html` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The place of the unit.
    pub who: String,
    /// What it did.
    pub what: String,
    /// When.
    pub when: String,
    /// Nothing: news carry no reason.
    pub note: Option<String>,
}

impl News {
    fn new(who: String, what: &str, at: Moment) -> Self {
        Self {
            who,
            what: what.to_owned(),
            when: clock::moment_text(at),
            note: None,
        }
    }
}

/// The facts of a year: one statement for each feature, whatever the number of members.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Registrations.
    pub registrations: Vec<registrations::Summary>,
    /// Reports, on six months and on the year.
    pub reports: Vec<reports::Summary>,
    /// Conferences.
    pub conferences: Vec<conferences::Summary>,
    /// Nominations; members may know those that were acclaimed.
    pub nominations: Vec<nominations::Summary>,
    /// The state of the consolidated registration.
    pub consolidation: consolidations::State,
    /// The members' part in the scoring; nothing before it is opened.
    pub scores: Vec<scoring::Summary>,
}

impl Facts {
    /// Gathers them.
    pub async fn of(db: &mut PgConnection, year: &Year) -> Result<Self> {
        Ok(Self {
            registrations: registrations::summaries(db, year.id).await?,
            reports: reports::summaries(db, year.id, None).await?,
            conferences: conferences::summaries(db, year.id).await?,
            nominations: nominations::summaries(db, year.id).await?,
            consolidation: consolidations::find(db, year).await?.state,
            scores: scoring::summaries(db, year.id).await?,
        })
    }

    /// The registration of a unit.
    #[must_use]
    pub fn registration(&self, unit: UnitId) -> Option<&registrations::Summary> {
        self.registrations.iter().find(|r| r.unit_id == unit)
    }

    /// The report of a unit on a period.
    #[must_use]
    pub fn report(&self, unit: UnitId, period: Period) -> Option<&reports::Summary> {
        let mut of_unit = self.reports.iter().filter(|r| r.unit_id == unit);
        of_unit.find(|r| r.period == period)
    }

    /// Whether every unit that is there until the end of a period has handed in its report on it.
    fn all_reported(&self, year: &Year, period: Period) -> bool {
        year.members
            .iter()
            .filter(|m| period.is_asked_of(year, m))
            .all(|m| {
                self.report(m.unit_id, period)
                    .is_some_and(|r| !r.state.is_open_to_unit())
            })
    }

    /// What was handed in last in the cluster, the newest first: place, words, when.
    #[must_use]
    pub fn news(&self, year: &Year, most: usize) -> Vec<News> {
        let place = |unit| year.member_of(unit).map(|m| m.place.clone()).unwrap_or_default();
        let registered = self.registrations.iter().filter(|r| !r.state.is_open_to_unit());
        let reported = self.reports.iter().filter(|r| !r.state.is_open_to_unit());
        let mut news: Vec<(Moment, News)> = registered
            .filter_map(|r| {
                r.submitted_at
                    .map(|at| (at, News::new(place(r.unit_id), "đã nộp đăng ký thi đua", at)))
            })
            .chain(reported.filter_map(|r| {
                r.submitted_at
                    .map(|at| (at, News::new(place(r.unit_id), handed_in(r.period), at)))
            }))
            .collect();
        news.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        news.into_iter().take(most).map(|(_, line)| line).collect()
    }

    /// Whether the cluster's conference has voted on any unit; persons are put forward by their units at any time.
    #[must_use]
    pub fn has_voted(&self) -> bool {
        self.nominations.iter().any(|n| n.person.is_none())
    }

    /// Whether the cluster acclaimed anybody and nobody who is nominated is still in one of these states.
    fn beyond(&self, states: &[State]) -> bool {
        let mut acclaimed = self
            .nominations
            .iter()
            .filter(|n| n.state.was_acclaimed())
            .peekable();
        self.has_voted() && acclaimed.peek().is_some() && acclaimed.all(|n| !states.contains(&n.state))
    }

    /// The conference of a kind; of several extraordinary ones the first.
    #[must_use]
    pub fn conference(&self, kind: Kind) -> Option<&conferences::Summary> {
        self.conferences.iter().find(|c| c.kind == kind)
    }

    /// Whether a step is done, where the program can tell; none where only the calendar knows.
    #[must_use]
    pub fn is_done(&self, year: &Year, step: Step) -> Option<bool> {
        match step {
            Step::Registration => Some(year.members.iter().all(|m| {
                self.registration(m.unit_id)
                    .is_some_and(|r| !r.state.is_open_to_unit())
            })),
            Step::MidyearReport => Some(self.all_reported(year, Period::Midyear)),
            Step::AnnualReport => Some(self.all_reported(year, Period::Annual)),
            // A mid-year conference may well be held without the program; then only the calendar knows.
            Step::MidyearConference => self.conference(Kind::Midyear).map(|c| c.state.is_over()),
            Step::Conference => {
                Some(self.has_voted() || self.conference(Kind::Closing).is_some_and(|c| c.state.is_over()))
            }
            Step::Handover => self
                .conference(Kind::Closing)
                .filter(|c| c.has_hand_over)
                .map(|_| true),
            Step::Dossiers => Some(self.beyond(&[State::Acclaimed, State::Returned])),
            Step::Council => Some(self.beyond(&[
                State::Acclaimed,
                State::Returned,
                State::Submitted,
                State::Eligible,
            ])),
            Step::Decision => Some(self.beyond(&[
                State::Acclaimed,
                State::Returned,
                State::Submitted,
                State::Eligible,
                State::CouncilPassed,
            ])),
            Step::Consolidation => Some(!self.consolidation.is_live()),
            _ => None,
        }
    }
}

/// What was handed in, in words.
fn handed_in(period: Period) -> &'static str {
    match period {
        Period::Annual => "đã nộp báo cáo năm",
        Period::Midyear => "đã nộp báo cáo 6 tháng",
    }
}
