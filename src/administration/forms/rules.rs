//! The rules of a year.

use serde::Deserialize;

use crate::{
    kit::{
        fields::FieldErrors,
        values::{self, figure_text},
    },
    years::{Rules, ThresholdBase},
};

/// The rules as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    pub version: i32,
    pub flag_quota: String,
    pub merit_quota: String,
    pub quorum_percent: String,
    pub threshold_percent: String,
    pub threshold_base: String,
}

impl RulesForm {
    /// The rules as they are.
    pub fn of(rules: &Rules, version: i32) -> Self {
        Self {
            version,
            flag_quota: rules.flag_quota.to_string(),
            merit_quota: rules.merit_quota.to_string(),
            quorum_percent: figure_text(rules.quorum_percent),
            threshold_percent: figure_text(rules.threshold_percent),
            threshold_base: rules.threshold_base.code().to_owned(),
        }
    }

    /// The checked rules.
    pub fn check(&self) -> Result<Rules, FieldErrors> {
        let mut errors = FieldErrors::default();
        let flag_quota = errors.read(
            "flag_quota",
            values::whole(&self.flag_quota, 0, 20, "Số Cờ thi đua"),
        );
        let merit_quota = errors.read(
            "merit_quota",
            values::whole(&self.merit_quota, 0, 50, "Số Bằng khen"),
        );
        let quorum_percent = errors.read("quorum_percent", values::percent(&self.quorum_percent));
        let threshold_percent = errors.read("threshold_percent", values::percent(&self.threshold_percent));
        let base = ThresholdBase::from_code(&self.threshold_base)
            .ok_or_else(|| "Hãy chọn cách tính tỷ lệ.".to_owned());
        match (
            flag_quota,
            merit_quota,
            quorum_percent,
            threshold_percent,
            errors.read("threshold_base", base),
        ) {
            (
                Some(flag_quota),
                Some(merit_quota),
                Some(quorum_percent),
                Some(threshold_percent),
                Some(threshold_base),
            ) => Ok(Rules {
                flag_quota,
                merit_quota,
                quorum_percent,
                threshold_percent,
                threshold_base,
                frozen_at: None,
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> RulesForm {
        RulesForm {
            version: 1,
            flag_quota: "2".into(),
            merit_quota: "3".into(),
            quorum_percent: "66,67".into(),
            threshold_percent: "50 %".into(),
            threshold_base: "all_units".into(),
        }
    }

    #[test]
    fn rules_are_read_as_people_write_them_and_read_back() {
        let rules = form().check().unwrap();
        assert_eq!(RulesForm::of(&rules, 1).check(), Ok(rules));
    }

    #[test]
    fn every_wrong_rule_is_told_at_its_field() {
        let wrong = RulesForm {
            flag_quota: "-1".into(),
            quorum_percent: "101".into(),
            threshold_base: "moon".into(),
            ..form()
        };
        let errors = wrong.check().unwrap_err();
        assert_eq!(
            errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(),
            ["flag_quota", "quorum_percent", "threshold_base"]
        );
    }
}
