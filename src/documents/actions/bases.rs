//! Legal bases: which of the cited ones hold, and what the list of them says.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        forms::{BasisInput, Wording, lines},
        queries::{self, LegalBasis},
    },
    id_of,
};
use crate::{
    kit::{
        clock::{Moment, date_text},
        error::{AppError, Result},
        fields::FieldErrors,
        journal::{self, Subject},
    },
    people::Actor,
};

/// What of the cited bases is no longer in force on the day of the paper.
pub(super) fn outdated(bases: &[LegalBasis], wording: &Wording, on: NaiveDate, errors: &mut FieldErrors) {
    for line in lines(&wording.bases) {
        let found = bases.iter().find(|basis| line.contains(&basis.words));
        if let Some(basis) = found.filter(|basis| !basis.holds_on(on)) {
            let what = match basis.ends_on.filter(|end| *end < on) {
                Some(end) => format!("hết hiệu lực từ sau ngày {}", date_text(end)),
                None => format!("có hiệu lực từ ngày {}", date_text(basis.starts_on)),
            };
            errors.add(
                "bases",
                format!(
                    "Ngày {}: “{}” {what}. Hãy bỏ hoặc thay căn cứ này.",
                    date_text(on),
                    basis.words
                ),
            );
        }
    }
}

/// What of the cited bases ends within 90 days: a warning, not an error.
#[must_use]
pub(in crate::documents) fn ending_soon(
    bases: &[LegalBasis],
    wording: &Wording,
    on: NaiveDate,
) -> Vec<String> {
    let soon = on + chrono::Days::new(90);
    let cited = lines(&wording.bases);
    bases
        .iter()
        .filter(|basis| cited.iter().any(|line| line.contains(&basis.words)))
        .filter_map(|basis| {
            let end = basis.ends_on.filter(|end| on <= *end && *end <= soon)?;
            Some(format!(
                "“{}” hết hiệu lực sau ngày {}.",
                basis.words,
                date_text(end)
            ))
        })
        .collect()
}

/// Adds a legal basis, or sets the days of one: what was issued before keeps the words that it was issued with.
pub async fn put_basis(db: &mut PgConnection, now: Moment, actor: &Actor, basis: &BasisInput) -> Result<()> {
    if !access::may_put_basis(actor) {
        return Err(AppError::NotFound);
    }
    queries::put_basis(db, basis).await?;
    let after = json!({
        "words": basis.words, "kinds": basis.kinds, "starts_on": basis.starts_on, "ends_on": basis.ends_on,
    });
    let subject = Subject::new("legal_bases", id_of(&basis.words));
    journal::write(db, now, &actor.hand(), "legal_basis.put", subject, (), after).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_basis_that_has_ended_is_refused_and_one_that_ends_soon_is_told() {
        let bases = [LegalBasis {
            words: "Nghị định số 98/2023/NĐ-CP".to_owned(),
            kinds: Vec::new(),
            starts_on: day("2024-01-01"),
            ends_on: Some(day("2025-06-30")),
        }];
        let wording = Wording {
            bases: "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023".to_owned(),
            ..Wording::default()
        };
        let wrong = |on: &str| {
            let mut errors = FieldErrors::default();
            outdated(&bases, &wording, day(on), &mut errors);
            errors.of("bases").map(str::to_owned)
        };
        assert!(wrong("2025-07-01").unwrap().contains("30/06/2025"));
        assert!(wrong("2023-12-31").unwrap().contains("có hiệu lực từ"));
        assert_eq!(wrong("2025-06-30"), None);
        assert_eq!(ending_soon(&bases, &wording, day("2025-04-01")).len(), 1);
        assert!(ending_soon(&bases, &wording, day("2025-03-31")).is_empty());
        assert!(ending_soon(&bases, &wording, day("2025-07-01")).is_empty());
    }
}
