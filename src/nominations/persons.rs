//! Persons whom a nomination names, each with the ground on which their data is used (Law 91/2025/QH15, art. 9 and 19):
//! silence is none, and consent can be taken back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// On which ground a person's data is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Ground {
    /// The person has agreed.
    Consent,
    /// A law asks for it or allows it.
    Legal,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Consent, Self::Legal];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Legal => "legal",
        }
    }

    /// The ground in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Consent => "người đó đã đồng ý",
            Self::Legal => "căn cứ pháp luật",
        }
    }

    /// The ground with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// Choices of a form: code and words.
    #[must_use]
    pub fn choices() -> [(&'static str, &'static str); 2] {
        [
            (
                "consent",
                "Người đó đã đồng ý (có văn bản, thư hoặc xác nhận trong hệ thống)",
            ),
            ("legal", "Căn cứ pháp luật, không cần đồng ý"),
        ]
    }
}

/// A person with the ground.
#[derive(Clone, Debug)]
pub struct Named {
    /// The row.
    pub id: Uuid,
    /// The full name.
    pub full_name: String,
    /// The ground.
    pub ground: Ground,
    /// How it was given, or which article.
    pub detail: String,
    /// When it was given.
    pub given_on: NaiveDate,
    /// Who noted it: the full name.
    pub noted_by: String,
    /// When it was taken back, if it was.
    pub ended_on: Option<NaiveDate>,
    /// Why.
    pub ended_reason: Option<String>,
    /// Since when the dossier doesn't name the person any more.
    pub left_on: Option<NaiveDate>,
}

/// Whom the dossier names without a ground: every one that was noted for the name has ended.
#[must_use]
pub fn without_ground(persons: &[Named]) -> Vec<&Named> {
    let has_ground = |name: &str| {
        let mut of_name = persons.iter().filter(|person| person.full_name == name);
        of_name.any(|person| person.ended_on.is_none())
    };
    let open = persons
        .iter()
        .filter(|person| person.ended_on.is_some() && person.left_on.is_none());
    open.filter(|person| !has_ground(&person.full_name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_ground_or_a_name_that_is_gone_closes_what_a_withdrawal_opened() {
        let day = NaiveDate::from_ymd_opt(2023, 12, 1);
        let named = |name: &str, ended_on, left_on| Named {
            id: Uuid::nil(),
            full_name: name.to_owned(),
            ground: Ground::Consent,
            detail: String::new(),
            given_on: day.unwrap(),
            noted_by: String::new(),
            ended_on,
            ended_reason: None,
            left_on,
        };
        let mut list = vec![
            named("Nguyễn Văn Mẫu", day, None),
            named("Lê Thị Mẫu", None, None),
        ];
        assert_eq!(without_ground(&list).len(), 1);
        list.push(named("Nguyễn Văn Mẫu", None, None));
        assert!(without_ground(&list).is_empty(), "another ground");
        let gone = [named("Nguyễn Văn Mẫu", day, day)];
        assert!(without_ground(&gone).is_empty(), "gone from the dossier");
    }
}
