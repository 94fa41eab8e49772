//! What adds to the catalogue: one transaction each, in the order lock, check, change, journal.

use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    access,
    forms::{SalaryForm, VersionForm},
    model::{Award, Awards, Version},
    queries,
};
use crate::{
    kit::{
        clock::Moment,
        database,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
};

/// The record of an entry in the journal: the same id for the same code.
fn subject(kind: &'static str, code: &str) -> Subject {
    let mut id = [0; 16];
    id.copy_from_slice(&Sha256::digest(code.as_bytes())[..16]);
    Subject::new(kind, Uuid::from_bytes(id))
}

/// Adds a version of an award. The one in use stays as it is; the new one holds from its first day.
pub async fn add_version(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    award: &Award,
    awards: &Awards,
    typed: &VersionForm,
) -> Result<Version> {
    access::require_writer(actor)?;
    // Against a decision that is issued meanwhile there is no lock: a decision's day is past, the version's is later.
    database::take_turns(db, "award_versions").await?;
    let settled = queries::settled(db, &award.code).await?;
    let version = typed
        .check(&award.code, awards, settled)
        .map_err(AppError::Invalid)?;
    let newest = queries::newest_number(db, &award.code).await?;
    if newest != typed.seen || !queries::insert_version(db, &version, actor.id, now).await? {
        return Err(overtaken());
    }
    let subject = subject("award_versions", &award.code);
    journal::write(db, now, &actor.hand(), "award.version", subject, (), &version).await?;
    Ok(version)
}

fn overtaken() -> AppError {
    AppError::conflict(
        "Vừa có người khác lập phiên bản mới của mục này. Chưa có gì được ghi; xin mở lại để xem bản mới.",
    )
}

/// Adds a base salary, from a day on.
pub async fn add_salary(db: &mut PgConnection, now: Moment, actor: &Actor, typed: &SalaryForm) -> Result<()> {
    access::require_writer(actor)?;
    database::take_turns(db, "base_salaries").await?;
    let settled = queries::salaries_settled(db).await?;
    let salary = typed.check(settled).map_err(AppError::Invalid)?;
    if !queries::insert_salary(db, &salary, actor.id, now).await? {
        return Err(AppError::invalid("from", "Ngày này đã có mức lương cơ sở."));
    }
    let subject = subject("base_salaries", "");
    journal::write(db, now, &actor.hand(), "award.salary", subject, (), &salary).await
}
