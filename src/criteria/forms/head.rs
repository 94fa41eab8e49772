//! Title, remark and rules of a table.

use serde::Deserialize;

use super::points;
use crate::{
    criteria::model::{Class, CriteriaSet, Rescaling, Rules, TieStep},
    kit::{
        fields::FieldErrors,
        values::{self, figure_typed},
    },
};

/// How many steps the ladder for equal points can have.
const STEPS: usize = 6;

/// The form; classes as columns aligned by position, the ladder as one choice a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of the rules")]
pub struct HeadForm {
    pub version: i32,
    pub title: String,
    pub note: String,
    pub total: String,
    pub decimals: String,
    pub bonus_ceiling: String,
    pub deduction_floor: String,
    pub rescaling: String,
    pub class_from: Vec<String>,
    pub class_label: Vec<String>,
    pub tie: Vec<String>,
    pub main_groups: String,
}

/// Title, remark and rules, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadInput {
    /// The heading.
    pub title: String,
    /// The remark.
    pub note: String,
    /// The rules.
    pub rules: Rules,
}

impl From<&CriteriaSet> for HeadForm {
    fn from(set: &CriteriaSet) -> Self {
        let rules = &set.rules;
        let main_groups = rules.ties.iter().find_map(|step| match step {
            TieStep::MainGroups(codes) => Some(codes.join(", ")),
            _ => None,
        });
        Self {
            version: set.version,
            title: set.title.clone(),
            note: set.note.clone(),
            total: figure_typed(rules.total),
            decimals: rules.decimals.to_string(),
            bonus_ceiling: figure_typed(rules.bonus_ceiling),
            deduction_floor: figure_typed(rules.deduction_floor),
            rescaling: rules.rescaling.code().to_owned(),
            class_from: rules.classes.iter().map(|c| figure_typed(c.from)).collect(),
            class_label: rules.classes.iter().map(|c| c.label.clone()).collect(),
            tie: rules.ties.iter().map(|step| step.code().to_owned()).collect(),
            main_groups: main_groups.unwrap_or_default(),
        }
    }
}

impl HeadForm {
    /// The form with empty rows for more classes and all steps of the ladder.
    #[must_use]
    pub fn with_spare_rows(mut self) -> Self {
        let rows = self.class_from.len().max(self.class_label.len()) + 1;
        self.class_from.resize(rows, String::new());
        self.class_label.resize(rows, String::new());
        self.tie.resize(STEPS, String::new());
        self
    }

    /// The checked input.
    pub fn check(&self, is_supplement: bool) -> Result<HeadInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.read(
            "title",
            values::required_line(&self.title, 300, "tên bảng tiêu chí"),
        );
        let note = errors.read("note", values::paragraphs(&self.note, 4000));
        let decimals = values::whole(&self.decimals, 0, 4, "Số chữ số sau dấu phẩy");
        let decimals = errors
            .read("decimals", decimals)
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(2);
        let mut read =
            |field: &str, typed: &str| errors.read(field, points(typed, decimals)).unwrap_or_default();
        let total = read("total", &self.total);
        let bonus_ceiling = read("bonus_ceiling", &self.bonus_ceiling);
        let deduction_floor = read("deduction_floor", &self.deduction_floor);
        if total.is_zero() && !is_supplement && errors.of("total").is_none() {
            errors.add("total", "Tổng điểm phải lớn hơn 0.");
        }
        let rescaling = Rescaling::from_code(&self.rescaling)
            .ok_or_else(|| "Hãy chọn cách tính khi có tiêu chí không áp dụng.".to_owned());
        let rescaling = errors.read("rescaling", rescaling).unwrap_or(Rescaling::None);
        let classes = self.classes(&mut errors, decimals);
        let ties = self.ties(&mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(HeadInput {
            title: title.unwrap_or_default(),
            note: note.unwrap_or_default(),
            rules: Rules {
                total,
                decimals,
                bonus_ceiling,
                deduction_floor,
                rescaling,
                classes,
                ties,
            },
        })
    }

    fn classes(&self, errors: &mut FieldErrors, decimals: u32) -> Vec<Class> {
        let mut classes: Vec<Class> = Vec::new();
        for (i, (from, label)) in self.class_from.iter().zip(&self.class_label).take(20).enumerate() {
            if from.trim().is_empty() && label.trim().is_empty() {
                continue;
            }
            let from = errors.read(format!("class_from-{i}"), points(from, decimals));
            let label = errors.read(
                format!("class_label-{i}"),
                values::required_line(label, 200, "tên mức xếp loại"),
            );
            if let (Some(from), Some(label)) = (from, label) {
                if classes.iter().any(|c| c.from == from) {
                    errors.add(format!("class_from-{i}"), "Đã có mức khác từ số điểm này.");
                }
                classes.push(Class { from, label });
            }
        }
        classes.sort_by_key(|class| std::cmp::Reverse(class.from));
        classes
    }

    fn ties(&self, errors: &mut FieldErrors) -> Vec<TieStep> {
        let codes: Vec<String> = self
            .main_groups
            .split([',', ';'])
            .map(|code| code.trim().to_owned())
            .filter(|code| !code.is_empty())
            .collect();
        let mut ties: Vec<TieStep> = Vec::new();
        for (i, code) in self
            .tie
            .iter()
            .take(STEPS)
            .enumerate()
            .filter(|(_, code)| !code.is_empty())
        {
            let field = format!("tie-{i}");
            let Some(step) = step_of(code, &codes) else {
                errors.add(field, "Hãy chọn một bước trong danh sách.");
                continue;
            };
            if ties.iter().any(|known| known.code() == step.code()) {
                errors.add(field, "Bước này đã có ở trên.");
            }
            if step == TieStep::MainGroups(Vec::new()) {
                errors.add(
                    "main_groups",
                    "Hãy ghi mã các nhóm nhiệm vụ chính, ví dụ: III, IV, V, VI.",
                );
            }
            ties.push(step);
        }
        ties
    }
}

fn step_of(code: &str, main_groups: &[String]) -> Option<TieStep> {
    let all = [
        TieStep::MainGroups(main_groups.to_vec()),
        TieStep::MoreBonus,
        TieStep::LessDeduction,
        TieStep::NotAwardedLastYear,
        TieStep::Vote,
        TieStep::LeadDecides,
    ];
    all.into_iter().find(|step| step.code() == code)
}
