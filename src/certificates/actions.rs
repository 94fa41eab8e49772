//! The acts on certificates: one transaction each, in the order check, change, journal.

use chrono::Datelike;
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    access,
    forms::Wording,
    model::{Layout, Printer, Stationery},
    queries,
};
use crate::{
    decisions::{self, Decision},
    ids::PrinterId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    papers,
    people::Actor,
};

/// Saves the words on the certificates of a decision.
pub async fn save_wording(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    decision: &Decision,
    typed: &Wording,
) -> Result<()> {
    access::require(actor)?;
    let decision = &decisions::find_locked(db, actor, decision.id).await?;
    access::require_in_force(decision)?;
    let wording = typed.check().map_err(AppError::Invalid)?;
    let newest = queries::wording(db, decision.id).await?.map_or(0, |w| w.version);
    if newest != typed.version || !queries::insert_wording(db, decision.id, &wording, actor.id, now).await? {
        return Err(papers::changed_meanwhile("Lời ghi trên bằng"));
    }
    let (subject, after) = (decision.subject(), json!({ "wording": wording }));
    journal::write(db, now, &actor.hand(), "certificate.wording", subject, (), after).await
}

/// Gives the awards of a decision their numbers in the golden book; answers how many got one.
pub async fn enter_book(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    decision: &Decision,
) -> Result<u64> {
    access::require(actor)?;
    let decision = &decisions::find_locked(db, actor, decision.id).await?;
    let content = access::require_in_force(decision)?;
    let year = content.issued_on.year();
    let entered = queries::enter(db, decision.id, year, actor.id, now).await?;
    if entered == 0 {
        return Err(AppError::conflict("Quyết định này đã vào sổ vàng."));
    }
    let numbers = queries::numbers(db, decision.id).await?;
    let after = json!({"year": year, "numbers": numbers});
    journal::write(
        db,
        now,
        &actor.hand(),
        "certificate.book",
        decision.subject(),
        (),
        after,
    )
    .await?;
    Ok(entered)
}

/// Saves where the fields stand on a kind of paper. `seen` is the version that the form was made from.
pub async fn save_layout(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    stationery: Stationery,
    layout: &Layout,
    seen: i32,
) -> Result<()> {
    access::require(actor)?;
    let id = Uuid::now_v7();
    let (newest, _) = queries::layout(db, stationery).await?;
    if newest != seen
        || !queries::insert_layout(db, id, stationery, (seen + 1, layout), actor.id, now).await?
    {
        return Err(papers::changed_meanwhile("Mẫu bằng"));
    }
    let after = json!({"stationery": stationery, "version": seen + 1, "layout": layout});
    let subject = Subject::new("certificate_layouts", id);
    journal::write(db, now, &actor.hand(), "certificate.layout", subject, (), after).await
}

/// Adds a printer, which is taken for straight until it is measured.
pub async fn add_printer(db: &mut PgConnection, now: Moment, actor: &Actor, name: &str) -> Result<PrinterId> {
    access::require(actor)?;
    let id = PrinterId::new();
    queries::insert_printer(db, id, name, actor.id, now).await?;
    let (subject, after) = (Subject::new("printers", id), json!({ "name": name }));
    journal::write(db, now, &actor.hand(), "printer.add", subject, (), after).await?;
    Ok(id)
}

/// Keeps by how much what a printer prints has to be moved.
pub async fn set_offset(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    printer: &Printer,
    (across, down): (Decimal, Decimal),
) -> Result<()> {
    access::require(actor)?;
    queries::insert_offset(db, printer.id, (across, down), actor.id, now).await?;
    let before = json!({"across": printer.across, "down": printer.down});
    let after = json!({"across": across, "down": down});
    let subject = Subject::new("printers", printer.id);
    journal::write(db, now, &actor.hand(), "printer.offset", subject, before, after).await
}
