//! The form with which a unit puts a person forward.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::{super::individual::Individual, PersonForm, PersonInput};
use crate::{
    awards::Awards,
    ids::UnitId,
    kit::{
        clock::date_text,
        fields::FieldErrors,
        values::{self, PersonName},
    },
    people::Gender,
    registrations,
};

/// The form as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of what is checked")]
pub struct IndividualForm {
    pub unit: Option<UnitId>,
    pub award: String,
    pub full_name: String,
    pub birth_year: String,
    pub gender: String,
    pub position: String,
    pub reviewed_on: String,
    pub votes_for: String,
    pub votes_of: String,
    pub ground: String,
    pub detail: String,
    pub given_on: String,
}

/// A person put forward, checked.
#[derive(Clone, Debug)]
pub struct IndividualInput {
    /// The award's code.
    pub award: String,
    /// Who.
    pub person: Individual,
    /// When the unit's meeting voted.
    pub reviewed_on: NaiveDate,
    /// Votes for it.
    pub votes_for: i32,
    /// Of how many who were called.
    pub votes_of: i32,
    /// On which ground the person's data is used.
    pub ground: PersonInput,
}

impl IndividualInput {
    /// How the votes were counted, in words.
    #[must_use]
    pub fn working(&self) -> String {
        format!(
            "Đơn vị bình xét ngày {}: {}/{} phiếu đồng ý.",
            date_text(self.reviewed_on),
            self.votes_for,
            self.votes_of
        )
    }
}

impl IndividualForm {
    /// The form filled with a person whom the unit registered.
    #[must_use]
    pub fn of(registered: &registrations::Individual) -> Self {
        let gender = match registered.gender {
            Gender::Female => "female",
            Gender::Male => "male",
        };
        Self {
            award: registered.award.clone(),
            full_name: registered.full_name.clone(),
            birth_year: registered.birth_year.to_string(),
            gender: gender.to_owned(),
            position: registered.position.clone(),
            ..Self::default()
        }
    }

    /// The checked input.
    ///
    /// # Errors
    ///
    /// At each field what is wrong with it.
    pub fn check(
        &self,
        year: i32,
        awards: &Awards,
        today: NaiveDate,
    ) -> Result<IndividualInput, FieldErrors> {
        let mut e = FieldErrors::default();
        let award = awards.find(&self.award).filter(|award| award.for_persons);
        let award = award.ok_or_else(|| "Hãy chọn hình thức khen thưởng dành cho cá nhân.".to_owned());
        let award = e.read("award", award);
        let person = self.person(&mut e, year);
        let reviewed_on = values::date(&self.reviewed_on).and_then(|day| {
            if day > today {
                Err(format!("Ngày {} chưa đến.", date_text(day)))
            } else if day.year() < year {
                Err(format!(
                    "Việc bình xét cho năm {year} không thể trước năm {year}."
                ))
            } else {
                Ok(day)
            }
        });
        let reviewed_on = e.read("reviewed_on", reviewed_on);
        let votes = self.votes(&mut e);
        let ground = PersonForm {
            full_name: self.full_name.clone(),
            ground: self.ground.clone(),
            detail: self.detail.clone(),
            given_on: self.given_on.clone(),
        };
        let ground = ground.check(today).map_err(|errors| {
            // The name has its error already.
            for error in errors.iter().filter(|error| error.field != "full_name") {
                e.add(error.field.clone(), error.message.clone());
            }
        });
        match (award, person, reviewed_on, votes, ground) {
            (Some(award), Some(person), Some(reviewed_on), Some((votes_for, votes_of)), Ok(ground))
                if e.is_empty() =>
            {
                Ok(IndividualInput {
                    award: award.code.clone(),
                    person,
                    reviewed_on,
                    votes_for,
                    votes_of,
                    ground,
                })
            }
            _ => Err(e),
        }
    }

    fn person(&self, e: &mut FieldErrors, year: i32) -> Option<Individual> {
        let full_name = e.read("full_name", PersonName::parse(&self.full_name));
        let born = values::whole(&self.birth_year, year - 100, year - 15, "Năm sinh");
        let birth_year = e.read("birth_year", born);
        let gender = match self.gender.as_str() {
            "female" => Ok(Gender::Female),
            "male" => Ok(Gender::Male),
            _ => Err("Hãy chọn ông hoặc bà.".to_owned()),
        };
        let gender = e.read("gender", gender);
        let position = values::required_line(&self.position, 200, "chức vụ");
        let position = e.read("position", position);
        Some(Individual {
            full_name: full_name?.as_str().to_owned(),
            birth_year: birth_year?,
            gender: gender?,
            position: position?,
        })
    }

    /// More than half of those who were called have to agree: with less there is nothing to put forward.
    fn votes(&self, e: &mut FieldErrors) -> Option<(i32, i32)> {
        let of = e.read(
            "votes_of",
            values::whole(&self.votes_of, 1, 999, "Số người bỏ phiếu"),
        );
        let most = of.unwrap_or(999);
        let votes = values::whole(&self.votes_for, 0, most, "Số phiếu đồng ý").and_then(|votes| {
            if votes * 2 > most || of.is_none() {
                Ok(votes)
            } else {
                Err("Chưa quá nửa số phiếu đồng ý nên chưa đề nghị được.".to_owned())
            }
        });
        e.read("votes_for", votes).zip(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::awards::Award;

    fn form() -> IndividualForm {
        IndividualForm {
            unit: None,
            award: "vusta_merit".into(),
            full_name: "Nguyễn Văn Mẫu".into(),
            birth_year: "1970".into(),
            gender: "male".into(),
            position: "Chánh Văn phòng".into(),
            reviewed_on: "05/12/2023".into(),
            votes_for: "7".into(),
            votes_of: "8".into(),
            ground: "consent".into(),
            detail: "Bản đồng ý ngày 05/12/2023".into(),
            given_on: "05/12/2023".into(),
        }
    }

    fn awards() -> Awards {
        let award = |code: &str, for_persons| Award {
            code: code.into(),
            name: code.into(),
            short_name: code.into(),
            for_units: true,
            for_persons,
        };
        Awards(vec![award("vusta_merit", true), award("vusta_flag", false)])
    }

    fn wrong(change: impl FnOnce(&mut IndividualForm)) -> Vec<String> {
        let mut typed = form();
        change(&mut typed);
        let today = NaiveDate::from_ymd_opt(2023, 12, 10).unwrap();
        match typed.check(2023, &awards(), today) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.iter().map(|error| error.field.clone()).collect(),
        }
    }

    #[test]
    fn each_wrong_field_is_told_at_its_place() {
        assert!(wrong(|_| ()).is_empty());
        assert_eq!(
            wrong(|f| f.award = "vusta_flag".into()),
            ["award"],
            "for units only"
        );
        assert_eq!(wrong(|f| f.full_name = " ".into()), ["full_name"], "once");
        assert_eq!(wrong(|f| f.birth_year = "2020".into()), ["birth_year"]);
        assert_eq!(wrong(|f| f.gender = String::new()), ["gender"]);
        assert_eq!(
            wrong(|f| f.reviewed_on = "11/12/2023".into()),
            ["reviewed_on"],
            "not yet"
        );
        assert_eq!(
            wrong(|f| f.reviewed_on = "31/12/2022".into()),
            ["reviewed_on"],
            "too early"
        );
        assert_eq!(
            wrong(|f| f.votes_for = "4".into()),
            ["votes_for"],
            "half isn't more than half"
        );
        assert_eq!(wrong(|f| f.votes_for = "9".into()), ["votes_for"]);
        assert_eq!(wrong(|f| f.votes_of = "0".into()), ["votes_of"]);
        assert_eq!(
            wrong(|f| f.ground = String::new()),
            ["ground"],
            "silence is no ground"
        );
    }
}
