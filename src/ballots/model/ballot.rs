//! A ballot, its voters, and what is published of it.

use serde::{Deserialize, Serialize};

use super::{Choices, Outcome, PaperCounts, Plan, Settlement, State};
use crate::{
    conferences::FormOfVote,
    ids::{BallotId, ClusterId, ConferenceId, PersonId, SittingId, UnitId, VoterId, YearId},
    kit::{clock::Moment, journal::Subject},
};

/// Where a ballot is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    /// At a conference of a cluster.
    Conference(ConferenceId),
    /// At a session of VUSTA's council.
    Council(SittingId),
}

/// Who counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Committee {
    /// Its head.
    pub head: String,
    /// Its secretary.
    pub secretary: String,
    /// Its members.
    pub members: Vec<String>,
}

/// A ballot.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// The id.
    pub id: BallotId,
    /// The conference, where it is held at one.
    pub conference_id: Option<ConferenceId>,
    /// The calendar year, where the council votes.
    pub council_year: Option<i32>,
    /// The council's session.
    pub sitting_id: Option<SittingId>,
    /// The year of the conference.
    pub year_id: Option<YearId>,
    /// Its cluster.
    pub cluster_id: Option<ClusterId>,
    /// Whether that year is open; always for the council.
    pub year_is_open: bool,
    /// The ballot that this one follows: a second round, or one in the place of another.
    pub parent_id: Option<BallotId>,
    /// Why.
    pub parent_reason: String,
    /// Its number within the house, from 1.
    pub position: i32,
    /// Where it is.
    pub state: State,
    /// Counts acts.
    pub version: i32,
    /// What is voted on, by what rule.
    pub plan: Plan,
    /// The hash of the plan as frozen.
    pub plan_hash: Option<Vec<u8>>,
    /// Since when absent units vote.
    pub advance_at: Option<Moment>,
    /// Since when the hall votes.
    pub opened_at: Option<Moment>,
    /// By whom: the full name.
    pub opened_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// By whom: the full name.
    pub closed_by: Option<String>,
    /// Who counts.
    pub committee: Committee,
    /// What came of it.
    pub result: Option<Outcome>,
    /// The hash of everything that is published of it.
    pub result_hash: Option<Vec<u8>>,
    /// When it was counted.
    pub counted_at: Option<Moment>,
    /// By whom: the full name.
    pub counted_by: Option<String>,
    /// When the minutes of the count were signed.
    pub signed_at: Option<Moment>,
    /// By whom that was recorded: the full name.
    pub signed_by: Option<String>,
    /// Why it was called off.
    pub cancelled_for: Option<String>,
    /// VUSTA's answer where the ladder ended there.
    pub settlement: Option<Settlement>,
}

impl Ballot {
    /// Where it is held.
    #[must_use]
    pub fn house(&self) -> Option<House> {
        self.conference_id
            .map(House::Conference)
            .or_else(|| self.sitting_id.map(House::Council))
    }

    /// Whether votes are secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.plan.form == FormOfVote::Secret
    }

    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "ballots",
            id: self.id.0,
            cluster: self.cluster_id.map(|id| id.0),
            unit: None,
        }
    }
}

/// Whether a voter is in the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Attendance {
    /// In the hall.
    Present,
    /// Absent, sending the vote before.
    Advance,
    /// Absent, not voting.
    Absent,
}

impl Attendance {
    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Advance => "advance",
            Self::Absent => "absent",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Present => "có mặt",
            Self::Advance => "vắng mặt, gửi phiếu trước",
            Self::Absent => "vắng mặt",
        }
    }
}

/// How a vote came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Part {
    /// On a phone or a tablet.
    Electronic,
    /// On a paper that was given out.
    Paper,
}

impl Part {
    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Electronic => "electronic",
            Self::Paper => "paper",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Electronic => "đã bỏ phiếu điện tử",
            Self::Paper => "đã nhận phiếu giấy",
        }
    }
}

/// Somebody who may vote, as the opening is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elector {
    /// `Liên hiệp Hội tỉnh Sơn La`, or a person's name.
    pub name: String,
    /// The unit, of which a delegate votes.
    pub unit_id: Option<UnitId>,
    /// The member of the council.
    pub person_id: Option<PersonId>,
    /// The hash of the card's code; none for a unit that named nobody.
    pub card_hash: Option<Vec<u8>>,
    /// Whether it is in the hall.
    pub attendance: Attendance,
}

/// Somebody who may vote in a ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voter {
    /// The id; random.
    pub id: VoterId,
    /// The place in the order of names, from 1.
    pub position: i32,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// The member of the council.
    pub person_id: Option<PersonId>,
    /// Whether there is a card to vote with.
    pub has_card: bool,
    /// Whether it is in the hall.
    pub attendance: Attendance,
    /// How the vote came, if it did.
    pub took_part: Option<Part>,
    /// The units that the voter doesn't vote for where nobody votes for the own one: the own one, or those with which a
    /// member of the council has a conflict of interest.
    pub barred: Vec<UnitId>,
}

/// The count of papers on paper as one person entered it.
#[derive(Clone, Debug)]
pub struct Tally {
    /// 1 or 2.
    pub entry: i16,
    /// The figures.
    pub counts: PaperCounts,
    /// Who entered them.
    pub entered_by: PersonId,
    /// The full name.
    pub entered_by_name: String,
    /// When.
    pub entered_at: Moment,
}

/// A paper that was cast on a phone, with the code by which its voter finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPaper {
    /// The code.
    pub receipt: String,
    /// What is on it.
    pub choices: Choices,
}

/// Everything that is published of a ballot, for anybody to count again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Names this form of file.
    pub format: String,
    /// The ballot.
    pub ballot: BallotId,
    /// What was voted on, by what rule.
    pub plan: Plan,
    /// The hash of the plan as frozen at the opening, in hexadecimal.
    pub plan_hash: String,
    /// Who took part.
    pub turnout: super::Turnout,
    /// The papers that were cast on a phone, in random order.
    pub papers: Vec<PublishedPaper>,
    /// The count of the papers on paper, where there were any.
    pub paper_counts: Option<PaperCounts>,
    /// The result, once counted.
    pub result: Option<Outcome>,
    /// SHA-256 over all the rest, in hexadecimal: the minutes print it.
    pub hash: String,
}

impl Published {
    /// The name of this form of file.
    pub const FORMAT: &'static str = "cumthidua.ballot.1";
}

/// What must be said before opening a secret ballot: where so few vote that papers tell who cast them.
#[must_use]
pub fn warnings(plan: &Plan, voters: usize, electronic: usize, paper: usize) -> Vec<String> {
    if plan.form == FormOfVote::Open {
        return Vec::new();
    }
    let mut said = Vec::new();
    if voters <= 10 {
        said.push(format!(
            "Chỉ có {voters} phiếu: nếu tất cả chọn giống nhau thì ai cũng biết từng {} đã chọn gì. Cách bỏ phiếu nào cũng vậy khi ít người bỏ phiếu.",
            plan.voters_are()
        ));
    }
    for (number, way) in [(electronic, "phiếu điện tử"), (paper, "phiếu giấy")] {
        if (1..=2).contains(&number) && electronic > 0 && paper > 0 {
            said.push(format!(
                "Chỉ có {number} {way}: phiếu điện tử được công bố từng phiếu, nên số ít này dễ bị đoán ra. Nên để mọi đại biểu bỏ phiếu bằng cùng một cách."
            ));
        }
    }
    said
}
