//! Questions and candidates with the rule: what is frozen at the opening and printed in the minutes.

use std::collections::HashSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Rule, TieStep};
use crate::{
    conferences::FormOfVote,
    ids::{NominationId, UnitId},
    kit::{fields::FieldErrors, text::fold},
    years::ThresholdBase,
};

/// At most this many questions on one paper.
pub const MOST_QUESTIONS: usize = 10;

/// At most this many candidates for one question.
pub const MOST_CANDIDATES: usize = 100;

/// What a question is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Suy tôn, đề nghị một hình thức khen thưởng.
    Award,
    /// Bầu cụm trưởng.
    Lead,
    /// Bầu cụm phó.
    Deputy,
    /// Thông qua bảng điểm.
    Scores,
    /// Biểu quyết một nội dung.
    Motion,
    /// Hội đồng Thi đua - Khen thưởng bỏ phiếu.
    Council,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 6] = [
        Self::Award,
        Self::Lead,
        Self::Deputy,
        Self::Scores,
        Self::Motion,
        Self::Council,
    ];

    /// The purpose in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Award => "suy tôn, đề nghị khen thưởng",
            Self::Lead => "bầu cụm trưởng",
            Self::Deputy => "bầu cụm phó",
            Self::Scores => "thông qua bảng điểm",
            Self::Motion => "biểu quyết",
            Self::Council => "Hội đồng bỏ phiếu",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Award => "award",
            Self::Lead => "lead",
            Self::Deputy => "deputy",
            Self::Scores => "scores",
            Self::Motion => "motion",
            Self::Council => "council",
        }
    }

    /// The purpose with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// At most so many of the candidates are chosen.
    Choose,
    /// Agreed or not, candidate by candidate.
    EachYesNo,
}

impl Style {
    /// All styles.
    pub const ALL: [Self; 2] = [Self::Choose, Self::EachYesNo];

    /// The style in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Choose => "chọn trong danh sách",
            Self::EachYesNo => "đồng ý hoặc không đồng ý với từng mục",
        }
    }

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::EachYesNo => "each_yes_no",
        }
    }

    /// The style with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.code() == code)
    }
}

/// Somebody or something that can be voted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// As the paper prints it.
    pub name: String,
    /// The unit, where it is one.
    pub unit_id: Option<UnitId>,
    /// The nomination that the council votes on.
    pub nomination_id: Option<NominationId>,
    /// The score of the year, by which equal votes can be settled.
    pub score: Option<Decimal>,
    /// `xếp thứ 1 theo bảng điểm`, `giới thiệu tại hội nghị: …`
    pub origin: String,
}

/// A question of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What it is for.
    pub purpose: Purpose,
    /// The award's code, where it is for one.
    pub award: Option<String>,
    /// The question in words.
    pub title: String,
    /// How it is answered.
    pub style: Style,
    /// At most so many may be chosen.
    pub most: i32,
    /// At most so many pass.
    pub seats: i32,
    /// Who or what can be voted for.
    pub candidates: Vec<Candidate>,
}

/// Everything that is frozen at the opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The heading of the paper.
    pub title: String,
    /// Secret or open.
    pub form: FormOfVote,
    /// 1; 2 for a vote among those who had equal votes in the first.
    pub round: i32,
    /// What is asked.
    pub questions: Vec<Question>,
    /// How it is judged.
    pub rule: Rule,
}

impl Plan {
    /// Whether there is anything on the paper to vote on.
    #[must_use]
    pub fn has_candidates(&self) -> bool {
        self.questions
            .iter()
            .any(|question| !question.candidates.is_empty())
    }

    /// Whether the council votes: its voters are persons, not units.
    #[must_use]
    pub fn is_of_council(&self) -> bool {
        self.questions.iter().any(|q| q.purpose == Purpose::Council)
    }

    /// Who votes, in words: `đơn vị` or `thành viên Hội đồng`.
    #[must_use]
    pub fn voters_are(&self) -> &'static str {
        if self.is_of_council() {
            "thành viên Hội đồng"
        } else {
            "đơn vị"
        }
    }

    /// What the share is taken of, in words.
    #[must_use]
    pub fn base_label(&self) -> &'static str {
        self.label_of(self.rule.base)
    }

    /// A base in the words of who votes.
    #[must_use]
    pub fn label_of(&self, base: ThresholdBase) -> &'static str {
        match base {
            ThresholdBase::AllUnits if self.is_of_council() => "tổng số thành viên Hội đồng",
            ThresholdBase::Present if self.is_of_council() => "số thành viên Hội đồng có mặt",
            base => base.label(),
        }
    }

    /// The bases that a share can be taken of: of the council's votes never the valid papers alone.
    #[must_use]
    pub fn bases(&self) -> Vec<ThresholdBase> {
        let all = ThresholdBase::ALL.into_iter();
        all.filter(|base| !self.is_of_council() || *base != ThresholdBase::ValidPapers)
            .collect()
    }

    /// Whether the questions can't be changed: in a later round those stand who were left, and the council votes on the
    /// dossiers that were put before it.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.round > 1 || self.is_of_council()
    }

    /// What keeps it from being opened: at `title`, `questions`, `question-N`, `candidates-N`, `most-N`, `seats-N`,
    /// `threshold_percent`, `quorum_percent`, `ladder`.
    #[must_use]
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.title.trim().is_empty() {
            errors.add("title", "Hãy nhập tên phiếu.");
        }
        if self.questions.is_empty() {
            errors.add("questions", "Phiếu phải có ít nhất một nội dung.");
        }
        if self.questions.len() > MOST_QUESTIONS {
            errors.add(
                "questions",
                format!("Tối đa {MOST_QUESTIONS} nội dung trên một phiếu."),
            );
        }
        for (i, question) in self.questions.iter().enumerate() {
            question.check(i, &mut errors);
        }
        for (field, value) in [
            ("quorum_percent", self.rule.quorum_percent),
            ("threshold_percent", self.rule.threshold_percent),
        ] {
            if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
                errors.add(field, "Hãy nhập tỷ lệ từ 0 đến 100.");
            }
        }
        let steps: HashSet<TieStep> = self.rule.ladder.iter().copied().collect();
        if steps.len() != self.rule.ladder.len() {
            errors.add("ladder", "Mỗi bước xử lý khi bằng phiếu chỉ ghi một lần.");
        }
        errors
    }
}

impl Question {
    fn check(&self, i: usize, errors: &mut FieldErrors) {
        let candidates = self.candidates.len();
        if self.title.trim().is_empty() {
            errors.add(format!("question-{i}"), "Hãy nhập nội dung bỏ phiếu.");
        }
        if candidates == 0 || candidates > MOST_CANDIDATES {
            errors.add(
                format!("candidates-{i}"),
                format!("Hãy ghi từ 1 đến {MOST_CANDIDATES} mục để lựa chọn."),
            );
            return;
        }
        let mut seen = HashSet::new();
        for candidate in &self.candidates {
            if candidate.name.trim().is_empty() {
                errors.add(format!("candidates-{i}"), "Mỗi mục để lựa chọn phải có tên.");
            } else if !seen.insert(fold(&candidate.name)) {
                errors.add(
                    format!("candidates-{i}"),
                    format!("“{}” được ghi hai lần.", candidate.name),
                );
            }
        }
        let fits = |number: i32| usize::try_from(number).is_ok_and(|n| (1..=candidates).contains(&n));
        if self.style == Style::Choose && !fits(self.most) {
            errors.add(
                format!("most-{i}"),
                format!("Số lựa chọn tối đa phải từ 1 đến {candidates}."),
            );
        }
        if !fits(self.seats) {
            errors.add(
                format!("seats-{i}"),
                format!("Số suất phải từ 1 đến {candidates}."),
            );
        }
    }
}
