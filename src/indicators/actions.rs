//! Making, changing and issuing a catalogue: one transaction each, in the order lock, check, change, journal.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    access,
    forms::check_whole,
    model::{Catalogue, Indicator, State, in_order},
    queries,
};
use crate::{
    ids::RowId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
};

/// The catalogue that ships with the program.
const DEFAULT: &str = include_str!("default-catalogue.json");

/// What a new catalogue starts from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// The one that ships with the program.
    Default,
    /// Another year's.
    Year(&'a Catalogue),
}

/// The record of a year's catalogue in the journal: the same id for the same year.
fn subject(year: i32) -> Subject {
    let mut id = [0; 16];
    id[12..].copy_from_slice(&year.to_be_bytes());
    Subject::new("indicator_catalogues", Uuid::from_bytes(id))
}

/// Begins the catalogue of a year. Each indicator gets the row that the year's reports know it by.
pub async fn create(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: i32,
    source: Source<'_>,
) -> Result<()> {
    access::require_writer(actor)?;
    let mut indicators: Vec<Indicator> = match source {
        Source::Default => serde_json::from_str(DEFAULT)?,
        Source::Year(other) => other.indicators.clone(),
    };
    for indicator in &mut indicators {
        indicator.id = RowId::new();
    }
    let indicators = in_order(indicators);
    if !queries::insert(db, year, &indicators, actor.id, now).await? {
        return Err(AppError::invalid(
            "year",
            &format!("Năm {year} đã có danh mục chỉ tiêu."),
        ));
    }
    let from = match source {
        Source::Default => None,
        Source::Year(other) => Some(other.year),
    };
    let after = json!({"year": year, "copied_from": from, "indicators": indicators.len()});
    journal::write(
        db,
        now,
        &actor.hand(),
        "catalogue.create",
        subject(year),
        (),
        after,
    )
    .await
}

/// Locks the catalogue and makes sure that it still is what the person saw.
async fn lock_unchanged(db: &mut PgConnection, catalogue: &Catalogue, seen_version: i32) -> Result<()> {
    match queries::lock(db, catalogue.year).await? {
        Some((version, State::Draft)) if version == seen_version && version == catalogue.version => Ok(()),
        _ => Err(AppError::conflict(
            "Danh mục này vừa được người khác sửa trong lúc anh/chị đang mở. Nội dung của anh/chị chưa được ghi; xin mở lại để xem bản mới.",
        )),
    }
}

/// Puts an indicator into the catalogue: a new one at the end of its group, or in the place of the one with `code`.
pub async fn save(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    catalogue: &Catalogue,
    seen_version: i32,
    code: Option<&str>,
    indicator: Indicator,
) -> Result<()> {
    access::require_open(actor, catalogue)?;
    lock_unchanged(db, catalogue, seen_version).await?;
    let mut indicators = catalogue.indicators.clone();
    let before = match code {
        None => {
            indicators.push(indicator.clone());
            None
        }
        Some(code) => {
            let place = indicators.iter_mut().find(|i| i.code == code);
            let place = place.ok_or(AppError::NotFound)?;
            Some(std::mem::replace(place, indicator.clone()))
        }
    };
    queries::save(db, catalogue.year, &in_order(indicators), actor.id, now).await?;
    let subject = subject(catalogue.year);
    journal::write(
        db,
        now,
        &actor.hand(),
        "catalogue.save",
        subject,
        before,
        indicator,
    )
    .await
}

/// Takes an indicator out.
pub async fn remove(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    catalogue: &Catalogue,
    seen_version: i32,
    code: &str,
) -> Result<()> {
    access::require_open(actor, catalogue)?;
    let gone = catalogue.find(code).ok_or(AppError::NotFound)?;
    lock_unchanged(db, catalogue, seen_version).await?;
    let mut indicators = catalogue.indicators.clone();
    indicators.retain(|i| i.code != code);
    queries::save(db, catalogue.year, &indicators, actor.id, now).await?;
    let subject = subject(catalogue.year);
    journal::write(db, now, &actor.hand(), "catalogue.remove", subject, gone, ()).await
}

/// Issues the catalogue: from now on it never changes.
pub async fn issue(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    catalogue: &Catalogue,
    seen_version: i32,
) -> Result<()> {
    access::require_open(actor, catalogue)?;
    lock_unchanged(db, catalogue, seen_version).await?;
    check_whole(catalogue).map_err(AppError::Invalid)?;
    queries::issue(db, catalogue.year, now).await?;
    let after = json!({"state": State::Issued, "indicators": catalogue.indicators.len()});
    let before = json!({"state": State::Draft});
    let subject = subject(catalogue.year);
    journal::write(db, now, &actor.hand(), "catalogue.issue", subject, before, after).await
}
