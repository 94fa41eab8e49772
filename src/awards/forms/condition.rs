//! A line of the table of conditions as typed, and the way to a checked condition.

use crate::{
    awards::model::{Awards, Condition, Grade, Need, Of, Rule},
    kit::{fields::FieldErrors, values},
};

/// A line of the conditions' table as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named like the fields of a condition")]
pub struct ConditionRow {
    pub kind: String,
    pub of: String,
    pub award: String,
    pub times: String,
    pub or_award: String,
    pub or_times: String,
    pub years: String,
    pub grade: String,
    pub text: String,
    pub article: String,
    /// `strict`, `waivable`, `to_check` or `waivable_to_check`.
    pub leniency: String,
}

impl ConditionRow {
    pub(super) fn of(condition: &Condition) -> Self {
        let mut row = Self {
            kind: condition.rule.kind().to_owned(),
            of: condition.of.code().to_owned(),
            article: condition.article.clone(),
            leniency: match (condition.waivable, condition.to_check) {
                (false, false) => "strict",
                (true, false) => "waivable",
                (false, true) => "to_check",
                (true, true) => "waivable_to_check",
            }
            .to_owned(),
            ..Self::default()
        };
        match &condition.rule {
            Rule::Class { grade, years } => {
                grade.code().clone_into(&mut row.grade);
                row.years = years.to_string();
            }
            Rule::Held { needs, years, on_end } => {
                let need = |place: usize| needs.get(place).map(|n| (n.award.clone(), n.times.to_string()));
                (row.award, row.times) = need(0).unwrap_or_default();
                (row.or_award, row.or_times) = need(1).unwrap_or_default();
                row.years = years.to_string();
                if *on_end {
                    "on_end".clone_into(&mut row.grade);
                }
            }
            Rule::Share { percent, award } => {
                row.award.clone_from(award);
                row.times = percent.to_string();
            }
            Rule::Stated { text } => row.text.clone_from(text),
            Rule::Registered
            | Rule::Acclaimed
            | Rule::WithinQuota
            | Rule::NotRewardedTwice
            | Rule::NotDisciplined => {}
        }
        row
    }

    pub(super) fn check(&self, e: &mut FieldErrors, place: usize, awards: &Awards) -> Option<Condition> {
        let at = |name: &str| format!("{name}-{place}");
        let article = e.read(
            at("article"),
            values::required_line(&self.article, 300, "điều, khoản của điều kiện này"),
        );
        let rule = self.rule(e, place, awards);
        Some(Condition {
            rule: rule?,
            of: Of::from_code(&self.of).unwrap_or_default(),
            article: article?,
            waivable: self.leniency.starts_with("waivable"),
            to_check: self.leniency.ends_with("to_check"),
        })
    }

    fn rule(&self, e: &mut FieldErrors, place: usize, awards: &Awards) -> Option<Rule> {
        let at = |name: &str| format!("{name}-{place}");
        Some(match self.kind.as_str() {
            "registered" => Rule::Registered,
            "acclaimed" => Rule::Acclaimed,
            "within_quota" => Rule::WithinQuota,
            "not_rewarded_twice" => Rule::NotRewardedTwice,
            "not_disciplined" => Rule::NotDisciplined,
            "stated" => Rule::Stated {
                text: e.read(
                    at("text"),
                    values::required_line(&self.text, 500, "nội dung điều kiện"),
                )?,
            },
            "class" => {
                let years = e.read(at("years"), values::whole(&self.years, 1, 10, "Số năm"));
                let grade = Grade::from_code(&self.grade).ok_or_else(|| "Hãy chọn mức xếp loại.".to_owned());
                Rule::Class {
                    grade: e.read(at("grade"), grade)?,
                    years: years?,
                }
            }
            "share" => {
                let percent = e.read(at("times"), values::whole(&self.times, 1, 100, "Tỷ lệ phần trăm"));
                Rule::Share {
                    award: known(e, at("award"), &self.award, awards)?,
                    percent: percent?,
                }
            }
            "held" => {
                let first = need(e, (at("award"), at("times")), &self.award, &self.times, awards);
                let mut needs = vec![first?];
                if !self.or_award.is_empty() {
                    needs.push(need(
                        e,
                        (at("or_award"), at("or_times")),
                        &self.or_award,
                        &self.or_times,
                        awards,
                    )?);
                }
                Rule::Held {
                    needs,
                    years: e.read(at("years"), values::whole(&self.years, 1, 50, "Số năm"))?,
                    on_end: self.grade == "on_end",
                }
            }
            _ => {
                e.add(at("kind"), "Hãy chọn loại điều kiện.");
                return None;
            }
        })
    }
}

fn need(
    e: &mut FieldErrors,
    (award_at, times_at): (String, String),
    award: &str,
    times: &str,
    awards: &Awards,
) -> Option<Need> {
    let times = e.read(times_at, values::whole(times, 1, 20, "Số lần"));
    Some(Need {
        award: known(e, award_at, award, awards)?,
        times: times?,
    })
}

fn known(e: &mut FieldErrors, at: String, code: &str, awards: &Awards) -> Option<String> {
    let found = awards.find(code).map(|a| a.code.clone());
    e.read(
        at,
        found.ok_or_else(|| "Hãy chọn danh hiệu, hình thức khen thưởng.".to_owned()),
    )
}
