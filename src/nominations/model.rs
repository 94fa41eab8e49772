//! A nomination, its dossier's parts, its facts.

use serde::{Deserialize, Serialize};

use super::individual::Individual;
use crate::{
    ids::{ClusterId, NominationId, UnitId, YearId},
    kit::{clock::Moment, journal::Subject},
    people::YearPlace,
};

/// Where a nomination is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Put forward, not voted on yet.
    Proposed,
    /// The cluster voted for it.
    Acclaimed,
    /// The cluster didn't.
    NotAcclaimed,
    /// Its dossier is with VUSTA.
    Submitted,
    /// Back from VUSTA, to be completed.
    Returned,
    /// Appraised: may go before the council.
    Eligible,
    /// Appraised: may not.
    Ineligible,
    /// The council voted for it.
    CouncilPassed,
    /// The council didn't.
    CouncilRejected,
    /// In an issued decision.
    Decided,
    /// The award has been handed over.
    Awarded,
    /// Taken back by the unit.
    Withdrawn,
    /// Its decision has been cancelled.
    Cancelled,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 13] = [
        Self::Proposed,
        Self::Acclaimed,
        Self::NotAcclaimed,
        Self::Submitted,
        Self::Returned,
        Self::Eligible,
        Self::Ineligible,
        Self::CouncilPassed,
        Self::CouncilRejected,
        Self::Decided,
        Self::Awarded,
        Self::Withdrawn,
        Self::Cancelled,
    ];

    /// The code in forms and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Acclaimed => "acclaimed",
            Self::NotAcclaimed => "not_acclaimed",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Eligible => "eligible",
            Self::Ineligible => "ineligible",
            Self::CouncilPassed => "council_passed",
            Self::CouncilRejected => "council_rejected",
            Self::Decided => "decided",
            Self::Awarded => "awarded",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "đề xuất",
            Self::Acclaimed => "đã suy tôn",
            Self::NotAcclaimed => "không được suy tôn",
            Self::Submitted => "đã trình LHHVN",
            Self::Returned => "trả lại bổ sung",
            Self::Eligible => "đủ điều kiện",
            Self::Ineligible => "không đủ điều kiện",
            Self::CouncilPassed => "Hội đồng thông qua",
            Self::CouncilRejected => "Hội đồng không thông qua",
            Self::Decided => "đã có quyết định",
            Self::Awarded => "đã trao",
            Self::Withdrawn => "đã rút hồ sơ",
            Self::Cancelled => "đã hủy quyết định",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Proposed | Self::NotAcclaimed | Self::Withdrawn => "neutral",
            Self::Acclaimed => "waiting",
            Self::Submitted | Self::Eligible | Self::CouncilPassed => "info",
            Self::Returned => "returned",
            Self::Ineligible | Self::CouncilRejected | Self::Cancelled => "late",
            Self::Decided | Self::Awarded => "done",
        }
    }

    /// Whether it has come to its end: nothing is asked of it any more.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            Self::Proposed
            | Self::Acclaimed
            | Self::Submitted
            | Self::Returned
            | Self::Eligible
            | Self::CouncilPassed => false,
            Self::NotAcclaimed
            | Self::Ineligible
            | Self::CouncilRejected
            | Self::Decided
            | Self::Awarded
            | Self::Withdrawn
            | Self::Cancelled => true,
        }
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Proposed => "Chờ hội nghị của cụm bỏ phiếu.",
            Self::Acclaimed => "Đơn vị và cụm trưởng hoàn thiện hồ sơ; cụm trưởng trình LHHVN.",
            Self::NotAcclaimed => "Hội nghị không suy tôn; đề nghị dừng ở đây.",
            Self::Submitted => "Chờ Thường trực Hội đồng thẩm định.",
            Self::Returned => "Chờ đơn vị và cụm trưởng bổ sung các phần được nêu rồi trình lại.",
            Self::Eligible => "Chờ Hội đồng Thi đua - Khen thưởng bỏ phiếu.",
            Self::Ineligible => "Thẩm định không đủ điều kiện; đề nghị dừng ở đây.",
            Self::CouncilPassed => "Chờ quyết định khen thưởng.",
            Self::CouncilRejected => "Hội đồng không thông qua; đề nghị dừng ở đây.",
            Self::Decided => "Chờ trao tặng.",
            Self::Awarded => "Đã xong.",
            Self::Withdrawn => "Đơn vị đã rút hồ sơ.",
            Self::Cancelled => "Quyết định khen thưởng đã bị hủy.",
        }
    }

    /// Whether it has been put before VUSTA's council: its members see it from here on.
    #[must_use]
    pub fn is_before_council(self) -> bool {
        matches!(
            self,
            Self::Eligible
                | Self::CouncilPassed
                | Self::CouncilRejected
                | Self::Decided
                | Self::Awarded
                | Self::Cancelled
        )
    }

    /// Whether the cluster acclaimed it: every member of the cluster may know so.
    #[must_use]
    pub fn was_acclaimed(self) -> bool {
        !matches!(self, Self::Proposed | Self::NotAcclaimed)
    }
}

/// A part of the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Tờ trình.
    Proposal,
    /// Báo cáo thành tích.
    AchievementReport,
    /// Biên bản bình xét with the result of the vote.
    Minutes,
    /// Minh chứng.
    Evidence,
}

impl Part {
    /// All parts in the order of the dossier.
    pub const ALL: [Self; 4] = [
        Self::Proposal,
        Self::AchievementReport,
        Self::Minutes,
        Self::Evidence,
    ];

    /// The code in forms and facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::AchievementReport => "achievement_report",
            Self::Minutes => "minutes",
            Self::Evidence => "evidence",
        }
    }

    /// The part with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// The part's name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposal => "Tờ trình",
            Self::AchievementReport => "Báo cáo thành tích",
            Self::Minutes => "Biên bản bình xét kèm kết quả bỏ phiếu",
            Self::Evidence => "Minh chứng",
        }
    }

    /// The name of the part with this code; the code itself where there is none.
    #[must_use]
    pub fn label_of(code: &str) -> &str {
        match Self::from_code(code) {
            Some(part) => part.label(),
            None => code,
        }
    }

    /// Whether the nominated unit answers for it, and the secretariat for the others: the minutes of a person are those of
    /// the unit's own meeting.
    #[must_use]
    pub fn is_of_unit(self, for_person: bool) -> bool {
        match self {
            Self::AchievementReport | Self::Evidence => true,
            Self::Minutes => for_person,
            Self::Proposal => false,
        }
    }

    /// Whether a dossier can't go without it.
    #[must_use]
    pub fn is_required(self) -> bool {
        !matches!(self, Self::Evidence)
    }
}

/// A nomination with what its rules need to know.
#[derive(Clone, Debug)]
pub struct Nomination {
    /// The id.
    pub id: NominationId,
    /// The year.
    pub year_id: YearId,
    /// The year's cluster.
    pub cluster_id: ClusterId,
    /// Where it belongs.
    pub place: YearPlace,
    /// Whether the year is open.
    pub year_is_open: bool,
    /// The unit.
    pub unit_id: UnitId,
    /// Its slug.
    pub unit_slug: String,
    /// `Liên hiệp Hội tỉnh Sơn La`
    pub unit_name: String,
    /// The person of the unit whom it is for; none for the unit itself.
    pub person: Option<Individual>,
    /// The award's code.
    pub award: String,
    /// Where it is.
    pub state: State,
    /// Counts changes.
    pub version: i32,
    /// Votes for it in the cluster.
    pub votes_for: i32,
    /// Of how many.
    pub votes_of: i32,
    /// How the votes were counted, in words.
    pub working: String,
}

impl Nomination {
    /// As the journal knows it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject {
            kind: "nominations",
            id: self.id.0,
            cluster: Some(self.cluster_id.0),
            unit: Some(self.unit_id.0),
        }
    }

    /// Who is nominated: `Liên hiệp Hội tỉnh Sơn La`, or `Nguyễn Văn Mẫu (Liên hiệp Hội tỉnh Sơn La)`.
    #[must_use]
    pub fn nominee(&self) -> String {
        match &self.person {
            Some(person) => format!("{} ({})", person.full_name, self.unit_name),
            None => self.unit_name.clone(),
        }
    }

    /// The state in words: what the cluster acclaims for a unit, the unit's own meeting does for a person.
    #[must_use]
    pub fn state_label(&self) -> &'static str {
        match (&self.person, self.state) {
            (Some(_), State::Acclaimed) => "đơn vị đã bình xét",
            (_, state) => state.label(),
        }
    }

    /// Whose votes are counted.
    #[must_use]
    pub fn vote_label(&self) -> &'static str {
        match self.person {
            Some(_) => "Số phiếu tại cuộc bình xét của đơn vị",
            None => "Số phiếu tại hội nghị của cụm",
        }
    }

    /// Whether the nominated unit brings a part, or the secretariat: a person's minutes are those of the unit.
    #[must_use]
    pub fn is_of_unit(&self, part: Part) -> bool {
        part.is_of_unit(self.person.is_some())
    }

    /// Who brings a part.
    #[must_use]
    pub fn brought_by(&self, part: Part) -> &'static str {
        if self.is_of_unit(part) {
            "Đơn vị được đề nghị"
        } else {
            "Đơn vị cụm trưởng"
        }
    }

    /// `/khen-thuong/{nomination}`
    #[must_use]
    pub fn path(&self) -> String {
        format!("/khen-thuong/{}", self.id)
    }

    /// The path of one of its pages: `path_to("trinh")`.
    #[must_use]
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// `/cum/cum-3/2023`
    #[must_use]
    pub fn year_path(&self) -> String {
        format!("/cum/{}/{}", self.place.slug, self.place.year)
    }

    /// `7/8`
    #[must_use]
    pub fn votes(&self) -> String {
        format!("{}/{}", self.votes_for, self.votes_of)
    }
}

/// Something that happened to a nomination.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub happened_at: Moment,
    /// By whom: the full name.
    pub happened_by: String,
    /// What it became.
    pub state_after: State,
    /// Why, or with what result.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_part_has_its_own_code() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.code());
        }
        for part in Part::ALL {
            assert_eq!(Part::from_code(part.code()), Some(part));
        }
    }
}
