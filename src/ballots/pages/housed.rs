//! Where a ballot is held, with what its pages need of it: a conference of a cluster, or a session of VUSTA's council.

use sqlx::PgConnection;

use super::super::{
    electorate, listing,
    model::{Attendance, Elector, Plan},
};
use crate::{
    conferences::{self, Conference},
    council::{self, Roll, Sitting},
    kit::error::{AppError, Result},
    web::{Visit, shell::Shell},
    years::Year,
};

/// Where a ballot is held.
pub(super) enum Housed {
    /// At a conference of a cluster.
    Conference(Box<(Year, Conference)>),
    /// At a session of the council.
    Council(Box<Sitting>),
}

/// Somebody who may vote, as the opening shows it.
pub(super) struct Presence {
    pub name: String,
    /// Who votes for a unit; why somebody can't come.
    pub note: String,
    pub attendance: Attendance,
}

/// Who may vote, as of now.
pub(super) struct Electorate {
    pub electors: Vec<Elector>,
    pub rows: Vec<Presence>,
    pub present: i32,
    pub total: i32,
    pub has_quorum: bool,
    /// What to know before opening.
    pub remarks: Vec<String>,
}

impl Housed {
    /// What surrounds its pages.
    pub fn shell(&self, visit: &Visit) -> Shell {
        match self {
            Self::Conference(held) => visit.shell_in(&held.0.place()),
            Self::Council(_) => visit.shell(),
        }
    }

    /// The ways back, from the outside in: path and words.
    pub fn above(&self) -> [(String, String); 2] {
        match self {
            Self::Conference(held) => {
                let (year, conference) = &**held;
                [
                    (year.path(), year.title()),
                    (conference.path(year), conference.title(year)),
                ]
            }
            Self::Council(sitting) => [
                (
                    format!("/hoi-dong/{}", sitting.year),
                    format!("Hội đồng, năm {}", sitting.year),
                ),
                (sitting.path(), sitting.title()),
            ],
        }
    }

    /// Who holds it: `Cụm thi đua số 3`
    pub fn holder(&self) -> String {
        match self {
            Self::Conference(held) => held.0.cluster.name.clone(),
            Self::Council(_) => "Hội đồng Thi đua - Khen thưởng LHHVN".to_owned(),
        }
    }

    /// What the conference or session is called.
    pub fn title(&self) -> String {
        let [_, (_, title)] = self.above();
        title
    }

    /// The path of the conference or session.
    pub fn path(&self) -> String {
        let [_, (path, _)] = self.above();
        path
    }

    /// Where its ballots are.
    pub fn base(&self) -> String {
        match self {
            Self::Conference(held) => listing::year_base(&held.0),
            Self::Council(sitting) => listing::council_base(sitting.year),
        }
    }

    /// The name of the file that is published of a ballot: `cum-3-2023`
    pub fn file_name(&self) -> String {
        match self {
            Self::Conference(held) => format!("{}-{}", held.0.cluster.slug, held.0.year),
            Self::Council(sitting) => format!("hoi-dong-{}", sitting.year),
        }
    }

    /// From where the rule of a new ballot was taken, to complete "điền sẵn theo …".
    pub fn rules_of(&self) -> String {
        match self {
            Self::Conference(held) => format!("quy định của năm {}", held.0.year),
            Self::Council(_) => "quy chế ghi ở phiên họp".to_owned(),
        }
    }

    /// The year, at a conference.
    pub fn year(&self) -> Option<&Year> {
        match self {
            Self::Conference(held) => Some(&held.0),
            Self::Council(_) => None,
        }
    }

    /// Whether it is the council's.
    pub fn is_council(&self) -> bool {
        matches!(self, Self::Council(_))
    }

    /// Whether the conference or session is over.
    pub fn is_over(&self) -> bool {
        match self {
            Self::Conference(held) => held.1.state.is_over(),
            Self::Council(sitting) => sitting.state.is_over(),
        }
    }

    /// Whether the minutes of the whole are signed: with them everything in them is frozen.
    pub fn is_signed(&self) -> bool {
        match self {
            Self::Conference(held) => held.1.state == conferences::State::Signed,
            Self::Council(_) => false,
        }
    }

    /// Votes are begun while the conference or session isn't over; in the council's hall while it meets.
    pub fn require_session(&self, in_the_hall: bool) -> Result<()> {
        match self {
            Self::Conference(held) if held.1.state.is_over() => Err(AppError::conflict(
                "Hội nghị đã kết thúc: không bỏ phiếu được nữa.",
            )),
            Self::Council(sitting) if sitting.state.is_over() => Err(AppError::conflict(
                "Phiên họp đã kết thúc: không bỏ phiếu được nữa.",
            )),
            Self::Council(sitting) if in_the_hall && sitting.state != council::State::InSession => Err(
                AppError::conflict("Phiên họp chưa khai mạc: chưa mở bỏ phiếu được."),
            ),
            Self::Conference(_) | Self::Council(_) => Ok(()),
        }
    }

    /// How many may vote, before anybody does.
    pub async fn number(&self, db: &mut PgConnection) -> Result<usize> {
        Ok(match self {
            Self::Conference(held) => held.0.members_on(held.1.day_of_members(&held.0)).len(),
            Self::Council(sitting) => council::roll(db, sitting.id).await?.len(),
        })
    }

    /// Who may vote, as of now.
    pub async fn electorate(&self, db: &mut PgConnection, plan: &Plan) -> Result<Electorate> {
        match self {
            Self::Conference(held) => of_conference(db, &held.0, &held.1, plan).await,
            Self::Council(sitting) => of_council(db, sitting, plan).await,
        }
    }
}

async fn of_conference(
    db: &mut PgConnection,
    year: &Year,
    conference: &Conference,
    plan: &Plan,
) -> Result<Electorate> {
    let delegates = conferences::delegates(db, conference.id).await?;
    let absences = conferences::absences(db, conference.id).await?;
    let attendance = conferences::attendance(year, conference, &delegates, &absences);
    let electors = electorate::electorate(&attendance, &plan.rule.absent);
    let rows = attendance.units.iter().zip(&electors).map(|(unit, elector)| {
        let who = match &unit.delegate {
            Some(delegate) => delegate.name.clone(),
            None => "chưa cử đại biểu biểu quyết".to_owned(),
        };
        Presence {
            name: unit.name.clone(),
            note: if unit.reason.is_empty() {
                who
            } else {
                format!("{who}; báo vắng: {}", unit.reason)
            },
            attendance: elector.attendance,
        }
    });
    Ok(Electorate {
        rows: rows.collect(),
        present: attendance.present,
        total: attendance.total,
        has_quorum: attendance.has_quorum,
        remarks: electorate::remarks(&attendance, &plan.rule.absent),
        electors,
    })
}

async fn of_council(db: &mut PgConnection, sitting: &Sitting, plan: &Plan) -> Result<Electorate> {
    let roll = Roll::of(&sitting.plan, council::roll(db, sitting.id).await?);
    let electors = electorate::of_council(&roll.seats, &plan.rule.absent);
    let rows = roll.seats.iter().zip(&electors).map(|(seat, elector)| Presence {
        name: seat.name.clone(),
        note: if seat.excuse.is_empty() {
            String::new()
        } else {
            format!("báo vắng: {}", seat.excuse)
        },
        attendance: elector.attendance,
    });
    Ok(Electorate {
        rows: rows.collect(),
        present: roll.present,
        total: roll.total,
        has_quorum: roll.has_quorum,
        remarks: electorate::remarks_on_roll(&roll.seats, plan),
        electors,
    })
}
