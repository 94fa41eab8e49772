//! A new version of an award as typed, and a new base salary.

mod condition;
mod salary;

pub use condition::ConditionRow;
pub use salary::SalaryForm;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::model::{Awards, Condition, Level, Version};
use crate::kit::{
    clock::date_text,
    fields::FieldErrors,
    values::{self, figure_typed},
};

/// Conditions in one version.
const MOST_CONDITIONS: usize = 40;

/// A new version as a browser posts it: the columns of the conditions' table side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of a version")]
pub struct VersionForm {
    /// The number of the version that it follows.
    pub seen: i32,
    pub from: String,
    pub until: String,
    pub level: String,
    pub source: String,
    pub to_check: String,
    pub unit_multiple: String,
    pub person_multiple: String,
    pub dossier: String,
    pub reason: String,
    pub kind: Vec<String>,
    pub of: Vec<String>,
    pub award: Vec<String>,
    pub times: Vec<String>,
    pub or_award: Vec<String>,
    pub or_times: Vec<String>,
    pub years: Vec<String>,
    pub grade: Vec<String>,
    pub text: Vec<String>,
    pub article: Vec<String>,
    pub leniency: Vec<String>,
}

impl VersionForm {
    /// The form that begins as the version in use.
    #[must_use]
    pub fn of(version: &Version) -> Self {
        let multiple = |value: Option<Decimal>| value.map(figure_typed).unwrap_or_default();
        let mut form = Self {
            seen: version.number,
            level: version.level.code().to_owned(),
            source: version.source.clone(),
            unit_multiple: multiple(version.unit_multiple),
            person_multiple: multiple(version.person_multiple),
            dossier: version.dossier.join("\n"),
            ..Self::default()
        };
        for condition in &version.conditions {
            form.push(ConditionRow::of(condition));
        }
        form
    }

    fn push(&mut self, row: ConditionRow) {
        self.kind.push(row.kind);
        self.of.push(row.of);
        self.award.push(row.award);
        self.times.push(row.times);
        self.or_award.push(row.or_award);
        self.or_times.push(row.or_times);
        self.years.push(row.years);
        self.grade.push(row.grade);
        self.text.push(row.text);
        self.article.push(row.article);
        self.leniency.push(row.leniency);
    }

    /// The lines of the table, those typed and a few empty ones.
    #[must_use]
    pub fn rows(&self) -> Vec<ConditionRow> {
        let at = |column: &[String], row: usize| column.get(row).cloned().unwrap_or_default();
        let typed = self.kind.len().min(MOST_CONDITIONS);
        let mut rows: Vec<ConditionRow> = (0..typed)
            .map(|row| ConditionRow {
                kind: at(&self.kind, row),
                of: at(&self.of, row),
                award: at(&self.award, row),
                times: at(&self.times, row),
                or_award: at(&self.or_award, row),
                or_times: at(&self.or_times, row),
                years: at(&self.years, row),
                grade: at(&self.grade, row),
                text: at(&self.text, row),
                article: at(&self.article, row),
                leniency: at(&self.leniency, row),
            })
            .collect();
        let empty = rows.iter().filter(|row| row.kind.is_empty()).count();
        rows.extend((empty..2).map(|_| ConditionRow::default()));
        rows
    }

    /// The checked version of the award with this code. It holds from a day after `settled`: until then awards were given,
    /// and years closed, by what held before.
    pub fn check(
        &self,
        award: &str,
        awards: &Awards,
        settled: Option<NaiveDate>,
    ) -> Result<Version, FieldErrors> {
        let mut e = FieldErrors::default();
        let from = e.read("from", first_day(&self.from, settled));
        let until = if self.until.trim().is_empty() {
            None
        } else {
            e.read("until", last_day(&self.until, from))
        };
        let level = Level::from_code(&self.level).ok_or_else(|| "Hãy chọn cấp khen thưởng.".to_owned());
        let level = e.read("level", level);
        let source = e.read(
            "source",
            values::required_line(&self.source, 500, "văn bản quy định, điều, khoản"),
        );
        let unit_multiple = multiple(&mut e, "unit_multiple", &self.unit_multiple);
        let person_multiple = multiple(&mut e, "person_multiple", &self.person_multiple);
        let dossier = e
            .read("dossier", values::paragraphs(&self.dossier, 4000))
            .unwrap_or_default();
        let conditions = self.conditions(&mut e, awards);
        let reason = e.read(
            "reason",
            values::required_paragraphs(&self.reason, 2000, "lý do lập phiên bản mới"),
        );
        match (from, level, source, reason) {
            (Some(from), Some(level), Some(source), Some(reason)) if e.is_empty() => Ok(Version {
                award: award.to_owned(),
                number: self.seen.saturating_add(1),
                from,
                until,
                level,
                source,
                to_check: !self.to_check.is_empty(),
                conditions,
                dossier: lines(&dossier),
                unit_multiple,
                person_multiple,
                reason,
                added_by: None,
            }),
            _ => Err(e),
        }
    }

    fn conditions(&self, e: &mut FieldErrors, awards: &Awards) -> Vec<Condition> {
        if self.kind.len() > MOST_CONDITIONS {
            e.add("conditions", format!("Nhiều nhất {MOST_CONDITIONS} điều kiện."));
        }
        let rows = self.rows();
        let filled = rows.iter().enumerate().filter(|(_, row)| !row.kind.is_empty());
        filled
            .filter_map(|(place, row)| row.check(e, place, awards))
            .collect()
    }
}

fn first_day(typed: &str, settled: Option<NaiveDate>) -> Result<NaiveDate, String> {
    match (values::date(typed)?, settled) {
        (day, Some(last)) if day <= last => Err(format!(
            "Hãy chọn ngày sau {}: đến hết ngày đó đã có quyết định khen thưởng, năm đã khép lại hoặc phiên bản khác.",
            date_text(last)
        )),
        (day, _) => Ok(day),
    }
}

fn last_day(typed: &str, from: Option<NaiveDate>) -> Result<NaiveDate, String> {
    let day = values::date(typed)?;
    if from.is_some_and(|from| day < from) {
        Err("Ngày cuối không thể trước ngày đầu.".to_owned())
    } else {
        Ok(day)
    }
}

fn multiple(e: &mut FieldErrors, field: &str, typed: &str) -> Option<Decimal> {
    if typed.trim().is_empty() {
        return None;
    }
    let value = values::figure(typed).and_then(|value| {
        if value <= Decimal::from(1000) && value.scale() <= 2 {
            Ok(value)
        } else {
            Err("Hệ số từ 0 đến 1000, tối đa 2 chữ số sau dấu phẩy, ví dụ 1,5.".to_owned())
        }
    });
    e.read(field, value)
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::awards::{Award, Grade, Need, Of, Rule};

    fn awards() -> Awards {
        let award = |code: &str, name: &str| Award {
            code: code.into(),
            name: name.into(),
            short_name: name.into(),
            for_units: true,
            for_persons: true,
        };
        Awards(vec![award("vusta_flag", "Cờ"), award("vusta_merit", "Bằng khen")])
    }

    fn version() -> Version {
        let condition = |rule| Condition {
            rule,
            of: Of::Units,
            article: "Điều 26".into(),
            waivable: true,
            to_check: false,
        };
        let need = |award: &str, times| Need {
            award: award.into(),
            times,
        };
        Version {
            award: "vusta_flag".into(),
            number: 2,
            from: "2024-01-01".parse().unwrap(),
            until: None,
            level: Level::Vusta,
            source: "Luật".into(),
            to_check: false,
            conditions: vec![
                condition(Rule::Registered),
                condition(Rule::Acclaimed),
                condition(Rule::Class {
                    grade: Grade::Excellent,
                    years: 2,
                }),
                condition(Rule::Held {
                    needs: vec![need("vusta_flag", 1), need("vusta_merit", 2)],
                    years: 5,
                    on_end: true,
                }),
                condition(Rule::WithinQuota),
                condition(Rule::Share {
                    percent: 20,
                    award: "vusta_merit".into(),
                }),
                condition(Rule::NotRewardedTwice),
                condition(Rule::NotDisciplined),
                condition(Rule::Stated {
                    text: "Nội bộ đoàn kết".into(),
                }),
            ],
            dossier: vec!["Tờ trình".into()],
            unit_multiple: Some(Decimal::new(15, 1)),
            person_multiple: None,
            reason: String::new(),
            added_by: None,
        }
    }

    #[test]
    fn a_version_passes_its_own_form() {
        let form = VersionForm {
            from: "01/03/2027".into(),
            reason: "Nghị định mới".into(),
            ..VersionForm::of(&version())
        };
        let read = form.check("vusta_flag", &awards(), None).unwrap();
        assert_eq!(read.conditions, version().conditions);
        assert_eq!((read.number, read.unit_multiple), (3, Some(Decimal::new(15, 1))));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let settled = "2024-01-30".parse().ok();
        let good = VersionForm {
            from: "31/01/2024".into(),
            reason: "Nghị định mới".into(),
            ..VersionForm::of(&version())
        };
        assert!(good.check("vusta_flag", &awards(), settled).is_ok());
        let wrong = |change: fn(&mut VersionForm)| {
            let mut form = good.clone();
            change(&mut form);
            let errors = form.check("vusta_flag", &awards(), settled).unwrap_err();
            errors
                .iter()
                .map(|e| e.field.clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(wrong(|f| f.from = "30/01/2024".into()), "from");
        assert_eq!(wrong(|f| f.until = "01/01/2024".into()), "until");
        assert_eq!(wrong(|f| f.level = "x".into()), "level");
        assert_eq!(wrong(|f| f.unit_multiple = "1,234".into()), "unit_multiple");
        assert_eq!(wrong(|f| f.reason = String::new()), "reason");
        assert_eq!(wrong(|f| f.article[0] = String::new()), "article-0");
        assert_eq!(wrong(|f| f.years[2] = "0".into()), "years-2");
        assert_eq!(wrong(|f| f.or_award[3] = "x".into()), "or_award-3");
        assert_eq!(wrong(|f| f.text[8] = String::new()), "text-8");
    }

    #[test]
    fn a_base_salary_is_whole_and_follows_what_was_counted() {
        let form = SalaryForm {
            from: "01/07/2026".into(),
            amount: "2.530.000".into(),
            source: "Nghị định".into(),
        };
        assert_eq!(form.check(None).unwrap().text(), "2.530.000 đồng");
        let late = form.check("2026-07-01".parse().ok()).unwrap_err();
        assert!(late.of("from").is_some());
        let small = SalaryForm {
            amount: "2,5".into(),
            ..form
        };
        assert!(small.check(None).unwrap_err().of("amount").is_some());
    }
}
