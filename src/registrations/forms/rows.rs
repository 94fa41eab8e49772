//! The rows of a registration: from what was typed to what is checked.

use super::{IndividualRow, InitiativeRow, TargetRow, TitleRow};
use crate::{
    awards::Awards,
    kit::values::{self, PersonName},
    papers::Reader,
    people::Gender,
    registrations::model::{Individual, Initiative, Target, Title},
};

impl TargetRow {
    pub(super) fn read(&self, i: usize, r: &mut Reader) -> Target {
        Target {
            id: self.id.unwrap_or_default(),
            // Known once it is handed in: `Content::known_by`.
            code: None,
            indicator: r
                .needed(format!("target_indicator-{i}"), &self.indicator, |t| {
                    values::required_line(t, 300, "tên chỉ tiêu")
                })
                .unwrap_or_default(),
            unit_of_measure: r
                .needed(
                    format!("target_unit_of_measure-{i}"),
                    &self.unit_of_measure,
                    |t| values::required_line(t, 50, "đơn vị tính"),
                )
                .unwrap_or_default(),
            last_result: r.optional_value(
                format!("target_last_result-{i}"),
                &self.last_result,
                values::figure,
            ),
            target: r
                .needed(format!("target_target-{i}"), &self.target, values::figure)
                .unwrap_or_default(),
            note: r.optional(format!("target_note-{i}"), &self.note, |t| values::line(t, 300)),
        }
    }
}

impl TitleRow {
    pub(super) fn read(&self, i: usize, r: &mut Reader, awards: &Awards) -> Title {
        Title {
            id: self.id.unwrap_or_default(),
            award: r
                .needed(format!("title_award-{i}"), &self.award, |t| {
                    award_of(t, |a| a.for_units, awards)
                })
                .unwrap_or_default(),
            note: r.optional(format!("title_note-{i}"), &self.note, |t| values::line(t, 300)),
        }
    }
}

impl IndividualRow {
    pub(super) fn read(&self, i: usize, r: &mut Reader, awards: &Awards, year: i32) -> Individual {
        Individual {
            id: self.id.unwrap_or_default(),
            full_name: r
                .needed(format!("individual_full_name-{i}"), &self.full_name, |t| {
                    PersonName::parse(t).map(|n| n.as_str().to_owned())
                })
                .unwrap_or_default(),
            birth_year: r
                .needed(format!("individual_birth_year-{i}"), &self.birth_year, |t| {
                    values::whole(t, year - 100, year - 15, "Năm sinh")
                })
                .unwrap_or_default(),
            gender: r
                .needed(format!("individual_gender-{i}"), &self.gender, |t| match t {
                    "female" => Ok(Gender::Female),
                    "male" => Ok(Gender::Male),
                    _ => Err("Hãy chọn nam hoặc nữ.".to_owned()),
                })
                .unwrap_or(Gender::Female),
            position: r
                .needed(format!("individual_position-{i}"), &self.position, |t| {
                    values::required_line(t, 200, "chức vụ")
                })
                .unwrap_or_default(),
            award: r
                .needed(format!("individual_award-{i}"), &self.award, |t| {
                    award_of(t, |a| a.for_persons, awards)
                })
                .unwrap_or_default(),
            note: r.optional(format!("individual_note-{i}"), &self.note, |t| {
                values::line(t, 300)
            }),
        }
    }
}

impl InitiativeRow {
    pub(super) fn read(&self, i: usize, r: &mut Reader) -> Initiative {
        Initiative {
            id: self.id.unwrap_or_default(),
            name: r
                .needed(format!("initiative_name-{i}"), &self.name, |t| {
                    values::required_line(t, 500, "tên sáng kiến, đề tài")
                })
                .unwrap_or_default(),
            recognised_by: r.optional(
                format!("initiative_recognised_by-{i}"),
                &self.recognised_by,
                |t| values::line(t, 200),
            ),
            recognised_on: r.optional_value(
                format!("initiative_recognised_on-{i}"),
                &self.recognised_on,
                values::date,
            ),
        }
    }
}

fn award_of(
    typed: &str,
    fits: impl Fn(&crate::awards::Award) -> bool,
    awards: &Awards,
) -> Result<String, String> {
    match awards.find(typed.trim()) {
        Some(award) if fits(award) => Ok(award.code.clone()),
        _ => Err("Hãy chọn danh hiệu hoặc hình thức khen thưởng trong danh sách.".to_owned()),
    }
}
