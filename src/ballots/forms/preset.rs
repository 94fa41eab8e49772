//! What a new ballot begins with.

use super::{
    super::model::{Candidate, Plan, Purpose, Question, Rule, Style},
    reading::{Ground, Placed},
};
use crate::{
    awards::Awards,
    conferences::FormOfVote,
    years::{Member, Year},
};

/// The usual ballots of a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Suy tôn Cờ thi đua.
    Flag,
    /// Đề nghị Bằng khen.
    Merit,
    /// Bầu cụm trưởng và cụm phó.
    Offices,
    /// Thông qua bảng điểm.
    Scores,
    /// Biểu quyết một nội dung.
    Motion,
    /// Empty.
    Blank,
}

/// How many units may still be acclaimed: the year's number less those that are already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    /// For the flag.
    pub flag: i32,
    /// For the certificate of merit.
    pub merit: i32,
}

impl Preset {
    /// All presets, in the order of a closing conference.
    pub const ALL: [Self; 6] = [
        Self::Scores,
        Self::Flag,
        Self::Merit,
        Self::Offices,
        Self::Motion,
        Self::Blank,
    ];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Flag => "Suy tôn Cờ thi đua",
            Self::Merit => "Đề nghị Bằng khen",
            Self::Offices => "Bầu cụm trưởng và cụm phó",
            Self::Scores => "Thông qua bảng điểm",
            Self::Motion => "Biểu quyết một nội dung",
            Self::Blank => "Phiếu trống",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Merit => "merit",
            Self::Offices => "offices",
            Self::Scores => "scores",
            Self::Motion => "motion",
            Self::Blank => "blank",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.code() == code)
    }

    /// The paper as it is proposed.
    #[must_use]
    pub fn plan(self, rules_of: &Year, ground: &Ground<'_>, awards: &Awards, seats: Seats) -> Plan {
        let year = rules_of.year;
        let (title, form, questions) = match self {
            Self::Flag => (
                format!("Suy tôn đơn vị đề nghị tặng Cờ thi đua năm {year}"),
                FormOfVote::Secret,
                vec![award("vusta_flag", seats.flag, ground, awards)],
            ),
            Self::Merit => (
                format!("Suy tôn đơn vị đề nghị tặng Bằng khen năm {year}"),
                FormOfVote::Secret,
                vec![award("vusta_merit", seats.merit, ground, awards)],
            ),
            Self::Offices => (
                format!("Bầu cụm trưởng, cụm phó năm {}", year + 1),
                FormOfVote::Secret,
                vec![
                    office(Purpose::Lead, "cụm trưởng", year + 1),
                    office(Purpose::Deputy, "cụm phó", year + 1),
                ],
            ),
            Self::Scores => (
                format!("Thông qua kết quả chấm điểm năm {year}"),
                FormOfVote::Open,
                vec![yes_no(
                    Purpose::Scores,
                    &format!("Thông qua bảng điểm thi đua năm {year}"),
                )],
            ),
            Self::Motion => (
                "Biểu quyết tại hội nghị".to_owned(),
                FormOfVote::Open,
                vec![Question {
                    candidates: Vec::new(),
                    ..yes_no(Purpose::Motion, "")
                }],
            ),
            Self::Blank => (String::new(), FormOfVote::Secret, Vec::new()),
        };
        Plan {
            title,
            form,
            round: 1,
            questions,
            rule: Rule::of_year(&rules_of.rules),
        }
    }
}

/// The best of the standing that are members: two more than may pass, so that there is a choice.
fn award(code: &str, seats: i32, ground: &Ground<'_>, awards: &Awards) -> Question {
    let number = usize::try_from(seats.max(1)).unwrap_or(1) + 2;
    let members = ground.standing.iter().filter_map(|placed| {
        let member = ground.members.iter().find(|m| m.unit_id == placed.unit_id)?;
        Some(candidate(member, placed))
    });
    Question {
        purpose: Purpose::Award,
        award: Some(code.to_owned()),
        title: format!("Đơn vị đề nghị tặng {}", awards.name(code)),
        style: Style::Choose,
        most: seats.max(0),
        seats: seats.max(0),
        candidates: members.take(number).collect(),
    }
}

fn candidate(member: &Member, placed: &Placed) -> Candidate {
    Candidate {
        name: member.short_name.clone(),
        unit_id: Some(member.unit_id),
        nomination_id: None,
        score: Some(placed.points),
        origin: placed.words.clone(),
    }
}

fn office(purpose: Purpose, office: &str, year: i32) -> Question {
    Question {
        purpose,
        award: None,
        title: format!("Đơn vị làm {office} năm {year}"),
        style: Style::Choose,
        most: 1,
        seats: 1,
        candidates: Vec::new(),
    }
}

fn yes_no(purpose: Purpose, what: &str) -> Question {
    Question {
        purpose,
        award: None,
        title: what.to_owned(),
        style: Style::EachYesNo,
        most: 1,
        seats: 1,
        candidates: vec![Candidate {
            name: what.to_owned(),
            unit_id: None,
            nomination_id: None,
            score: None,
            origin: String::new(),
        }],
    }
}
