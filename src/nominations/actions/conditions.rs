//! What is noted of a nomination's conditions and of the persons it names.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::lock_unchanged;
use crate::{
    eligibility::{Card, Mark, Remark, RemarkKind},
    kit::{
        clock::{Moment, day},
        error::{AppError, Result},
        journal,
    },
    nominations::{
        access,
        asked::PartNote,
        checklist, conditions,
        forms::{PartNoteInput, PersonInput, RemarkInput},
        individual::Individual,
        model::Nomination,
        queries,
    },
    papers::History,
    people::Actor,
    years::Year,
};

/// Notes that a condition is fulfilled, or lets one pass; the reason stands in the journal.
pub async fn remark(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    nomination: &Nomination,
    input: &RemarkInput,
) -> Result<()> {
    access::require_remark(actor, input.kind, nomination)?;
    lock_unchanged(db, nomination, nomination.version).await?;
    let card = conditions::card(db, year, nomination, day(now)).await?;
    require_fitting(&card, input)?;
    let text = card.find(input.place).map(|f| f.text.clone()).unwrap_or_default();
    let remark = Remark {
        version: input.version,
        place: input.place,
        kind: input.kind,
        reason: input.reason.clone(),
        by: String::new(),
    };
    queries::insert_remark(db, nomination.id, &nomination.award, &remark, actor.id, now).await?;
    let code = match input.kind {
        RemarkKind::Attested => "nomination.attest",
        RemarkKind::Waived => "nomination.waive",
    };
    let after = json!({"award": nomination.award, "text": text, "reason": input.reason});
    journal::write(db, now, &actor.hand(), code, nomination.subject(), (), after).await
}

/// A remark is about a condition as it is now: open for somebody's word, open or missing for a waiver.
fn require_fitting(card: &Card, input: &RemarkInput) -> Result<()> {
    let found = card.find(input.place).filter(|_| card.version == input.version);
    let Some(finding) = found else {
        return Err(AppError::conflict(
            "Điều kiện này vừa thay đổi theo danh mục. Chưa có gì được ghi; xin mở lại hồ sơ.",
        ));
    };
    let fits = match input.kind {
        RemarkKind::Attested => finding.mark == Mark::Unknown,
        RemarkKind::Waived => finding.waivable && matches!(finding.mark, Mark::Unknown | Mark::Missing),
    };
    if fits {
        Ok(())
    } else {
        Err(AppError::Conflict(format!(
            "Điều kiện “{}” hiện “{}” nên không ghi như vậy được.",
            finding.text,
            finding.mark.label()
        )))
    }
}

/// Notes that a part is there which the catalogue asks for and no file is known by; the ground stands in the journal.
pub async fn attest_part(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    (year, nomination, history): (&Year, &Nomination, &History),
    input: &PartNoteInput,
) -> Result<()> {
    access::require_remark(actor, RemarkKind::Attested, nomination)?;
    lock_unchanged(db, nomination, nomination.version).await?;
    let asked = conditions::asked(db, year, nomination, day(now)).await?;
    let wanted = |part: &&crate::nominations::asked::Asked| {
        part.version == input.version
            && part.place == input.place
            && part.is_further()
            && part.item(&history.attachments).mark == checklist::Mark::Warning
    };
    let Some(part) = asked.iter().find(wanted) else {
        return Err(AppError::conflict(
            "Phần này vừa thay đổi theo danh mục, hoặc đã có. Chưa có gì được ghi; xin mở lại hồ sơ.",
        ));
    };
    let note = PartNote {
        version: input.version,
        place: input.place,
        reason: input.reason.clone(),
        by: String::new(),
    };
    queries::insert_part_note(db, nomination.id, &nomination.award, &note, actor.id, now).await?;
    let after = json!({"award": nomination.award, "text": part.text, "reason": input.reason});
    let subject = nomination.subject();
    journal::write(
        db,
        now,
        &actor.hand(),
        "nomination.attest_part",
        subject,
        (),
        after,
    )
    .await
}

/// Notes a person whom the nomination names, with the ground.
pub async fn name_person(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    input: &PersonInput,
) -> Result<()> {
    access::require_naming(actor, nomination)?;
    lock_unchanged(db, nomination, nomination.version).await?;
    queries::insert_person(db, nomination.id, input, actor.id, now).await?;
    let after = json!({"full_name": input.full_name, "note": input.ground.label(), "text": input.detail, "from": input.given_on});
    let subject = nomination.subject();
    journal::write(db, now, &actor.hand(), "nomination.consent", subject, (), after).await
}

/// Notes that a ground has ended: a person took the consent back.
pub async fn end_person(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    person: Uuid,
    reason: &str,
) -> Result<()> {
    access::require_ending(actor, nomination)?;
    lock_unchanged(db, nomination, nomination.version).await?;
    let all = queries::persons(db, nomination.id).await?;
    let named = all.iter().find(|p| p.id == person).ok_or(AppError::NotFound)?;
    if named.ended_on.is_some() {
        return Err(AppError::conflict("Căn cứ này đã được ghi là không còn."));
    }
    let on = day(now).max(named.given_on);
    queries::end_person(db, person, on, reason, actor.id).await?;
    let after = json!({"full_name": named.full_name, "reason": reason});
    let subject = nomination.subject();
    journal::write(
        db,
        now,
        &actor.hand(),
        "nomination.consent_end",
        subject,
        (),
        after,
    )
    .await
}

/// Notes that the dossier doesn't name a person any more who took the consent back.
pub async fn leave_out(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    nomination: &Nomination,
    person: Uuid,
) -> Result<()> {
    access::require_naming(actor, nomination)?;
    lock_unchanged(db, nomination, nomination.version).await?;
    let all = queries::persons(db, nomination.id).await?;
    let named = all.iter().find(|p| p.id == person).ok_or(AppError::NotFound)?;
    let Some(ended_on) = named.ended_on.filter(|_| named.left_on.is_none()) else {
        return Err(AppError::conflict(
            "Chỉ ghi được với người đã rút đồng ý và chưa được ghi là không còn trong hồ sơ.",
        ));
    };
    let is_nominee = |person: &Individual| person.full_name == named.full_name;
    if nomination.person.as_ref().is_some_and(is_nominee) {
        return Err(AppError::conflict(
            "Hồ sơ này đề nghị khen thưởng chính người đó: hãy ghi căn cứ khác, hoặc lãnh đạo đơn vị rút hồ sơ.",
        ));
    }
    let on = day(now).max(ended_on);
    queries::leave_out(db, person, on, actor.id).await?;
    let after = json!({"full_name": named.full_name, "from": on});
    let subject = nomination.subject();
    journal::write(db, now, &actor.hand(), "nomination.leave_out", subject, (), after).await
}
