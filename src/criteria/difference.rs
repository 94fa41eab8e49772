//! What differs between two tables: criteria are the same where their codes are.

use super::{
    model::{CriteriaSet, Criterion, Rules},
    wording,
};
use crate::kit::values::figure_text;

/// A fact that reads otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Which.
    pub label: &'static str,
    /// What it was; empty where there was nothing.
    pub before: String,
    /// What it is; empty where there is nothing.
    pub after: String,
}

/// What happened to a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Only the later table has it.
    Added,
    /// Only the earlier one has it.
    Removed,
    /// Both have it, and something reads otherwise.
    Changed,
}

impl What {
    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Added => "thêm mới",
            Self::Removed => "bỏ",
            Self::Changed => "thay đổi",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Added => "done",
            Self::Removed => "late",
            Self::Changed => "waiting",
        }
    }
}

/// A criterion that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its code.
    pub code: String,
    /// Its name, in the later table where that has it.
    pub name: String,
    /// What happened to it.
    pub what: What,
    /// What reads otherwise.
    pub facts: Vec<Fact>,
}

/// Everything that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Title, remark and rules.
    pub rules: Vec<Fact>,
    /// Criteria in the reading order of the later table, those that it lacks last.
    pub criteria: Vec<Change>,
    /// How many criteria are the same.
    pub same: usize,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.criteria.is_empty()
    }

    /// How many criteria this happened to.
    #[must_use]
    pub fn number_of(&self, what: What) -> usize {
        self.criteria.iter().filter(|c| c.what == what).count()
    }
}

/// What differs in `later` from `earlier`.
#[must_use]
pub fn between(earlier: &CriteriaSet, later: &CriteriaSet) -> Difference {
    let mut found = Difference {
        rules: differing(&head_of(earlier), &head_of(later)),
        ..Difference::default()
    };
    for criterion in &later.criteria {
        let known = earlier.by_code(&criterion.code);
        let before = known.map(|known| facts_of(earlier, known)).unwrap_or_default();
        let facts = differing(&before, &facts_of(later, criterion));
        match known {
            Some(_) if facts.is_empty() => found.same += 1,
            _ => found.criteria.push(Change {
                code: criterion.code.clone(),
                name: criterion.name.clone(),
                what: if known.is_some() {
                    What::Changed
                } else {
                    What::Added
                },
                facts,
            }),
        }
    }
    let gone = earlier
        .criteria
        .iter()
        .filter(|c| later.by_code(&c.code).is_none());
    found.criteria.extend(gone.map(|criterion| Change {
        code: criterion.code.clone(),
        name: criterion.name.clone(),
        what: What::Removed,
        facts: differing(&facts_of(earlier, criterion), &[]),
    }));
    found
}

type Facts = Vec<(&'static str, String)>;

fn differing(before: &[(&'static str, String)], after: &[(&'static str, String)]) -> Vec<Fact> {
    let of = |facts: &[(&str, String)], label: &str| {
        let found = facts.iter().find(|(known, _)| *known == label);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let labels = if after.is_empty() { before } else { after };
    let facts = labels.iter().map(|(label, _)| Fact {
        label,
        before: of(before, label),
        after: of(after, label),
    });
    facts.filter(|fact| fact.before != fact.after).collect()
}

fn facts_of(set: &CriteriaSet, criterion: &Criterion) -> Facts {
    let group = criterion.parent_id.and_then(|id| set.criterion(id));
    vec![
        ("Tên", criterion.name.clone()),
        ("Thuộc nhóm", group.map(|g| g.code.clone()).unwrap_or_default()),
        ("Điểm tối đa", figure_text(criterion.maximum)),
        ("Cách chấm", wording::sentence(criterion)),
        (
            "Minh chứng",
            if criterion.needs_evidence {
                "bắt buộc"
            } else {
                ""
            }
            .to_owned(),
        ),
        (
            "Chỉ tiêu báo cáo",
            criterion.indicator.clone().unwrap_or_default(),
        ),
        ("Ghi chú", criterion.note.clone()),
    ]
}

fn head_of(set: &CriteriaSet) -> Facts {
    let Rules {
        total,
        decimals,
        bonus_ceiling,
        deduction_floor,
        rescaling,
        classes,
        ties,
    } = &set.rules;
    let classes = classes
        .iter()
        .map(|c| format!("từ {}: {}", figure_text(c.from), c.label));
    let ties = (1..).zip(ties).map(|(n, step)| format!("{n}. {}", step.label()));
    vec![
        ("Tên bảng", set.title.clone()),
        ("Ghi chú", set.note.clone()),
        ("Tổng điểm", figure_text(*total)),
        ("Số chữ số sau dấu phẩy", decimals.to_string()),
        ("Điểm thưởng tối đa", figure_text(*bonus_ceiling)),
        ("Điểm trừ tối đa", figure_text(*deduction_floor)),
        ("Tiêu chí không áp dụng", rescaling.label().to_owned()),
        ("Xếp loại", classes.collect::<Vec<_>>().join("; ")),
        ("Khi bằng điểm", ties.collect::<Vec<_>>().join("; ")),
    ]
}
