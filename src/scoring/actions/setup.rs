//! Opening a year's scoring, naming appraisers, saying what doesn't apply.

use serde_json::json;
use sqlx::PgConnection;

use super::super::{
    access,
    assignment::Circle,
    model::{Appraiser, Exemption, Scoring},
    queries,
};
use crate::{
    criteria::{self, Fact},
    ids::{CriterionId, PersonId, UnitId},
    kit::{
        clock::{Moment, date_text},
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
    units,
    years::{Office, Year},
};

/// A year's scoring as the journal knows it.
fn subject(year: &Year) -> Subject {
    Subject {
        kind: "scorings",
        id: year.id.0,
        cluster: Some(year.cluster.id.0),
        unit: None,
    }
}

/// Opens the scoring of a year by the criteria issued for it, and names appraisers by rotation.
pub async fn open(db: &mut PgConnection, now: Moment, actor: &Actor, year: &Year) -> Result<()> {
    access::require_secretariat(actor, year)?;
    if queries::lock_scoring(db, year.id).await? {
        return Err(AppError::conflict("Việc chấm điểm của năm này đã mở rồi."));
    }
    let Some(set) = criteria::find_issued(db, year.year).await? else {
        return Err(AppError::Conflict(format!(
            "Chưa mở được: Thường trực Hội đồng chưa ban hành bảng tiêu chí năm {}.",
            year.year
        )));
    };
    let supplement = criteria::find_supplement(db, year.cluster.id, year.year).await?;
    let supplement_id = supplement.as_ref().map(|s| s.id);
    queries::insert_scoring(db, year.id, set.id, supplement_id, now, actor.id).await?;
    let after = json!({"set": set.id, "supplement": supplement_id});
    journal::write(db, now, &actor.hand(), "scoring.open", subject(year), (), after).await?;
    exempt_newcomers(db, now, actor, year).await?;
    rotate(db, now, actor, year).await
}

/// What was due before a unit joined the cluster doesn't apply to it: neither points nor deductions come from it. The
/// secretariat sees each of these beside its reason, and can let it apply.
async fn exempt_newcomers(db: &mut PgConnection, now: Moment, actor: &Actor, year: &Year) -> Result<()> {
    let scoring = queries::find_scoring(db, year.id)
        .await?
        .ok_or(AppError::NotFound)?;
    for member in &year.members {
        let Some(from) = member.from_date else { continue };
        for criterion in scoring.scored() {
            let Some(step) = criterion.fact.map(Fact::step) else {
                continue;
            };
            let Some(deadline) = year.deadline(step, member.unit_id) else {
                continue;
            };
            if member.joined_by(deadline.due_on) {
                continue;
            }
            let reason = format!(
                "Đơn vị vào cụm từ ngày {}, sau hạn {} ({}).",
                date_text(from),
                step.label().to_lowercase(),
                date_text(deadline.due_on)
            );
            let exemption = Exemption {
                unit_id: member.unit_id,
                criterion_id: criterion.id,
                reason,
            };
            exempt(db, now, actor, year, &scoring, &exemption).await?;
        }
    }
    Ok(())
}

/// What the rotation has to know.
async fn circle(db: &mut PgConnection, year: &Year) -> Result<Circle> {
    let members: Vec<UnitId> = year.members.iter().map(|m| m.unit_id).collect();
    Ok(Circle {
        lead: year.holder(Office::Lead),
        deputy: year.holder(Office::Deputy),
        last_year: queries::last_year_appraisers(db, year).await?,
        successions: units::successions_among(db, &members).await?,
        members,
    })
}

/// Names appraisers for all units by rotation.
pub async fn rotate(db: &mut PgConnection, now: Moment, actor: &Actor, year: &Year) -> Result<()> {
    access::require_secretariat(actor, year)?;
    queries::lock_scoring(db, year.id).await?;
    let rotation = circle(db, year).await?.rotation(year.year);
    for appraiser in &rotation {
        queries::end_appraiser(db, year.id, appraiser.unit_id, now).await?;
        queries::name_appraiser(db, year.id, *appraiser, now, actor.id).await?;
    }
    let after = json!({"appraisers": rotation});
    journal::write(db, now, &actor.hand(), "scoring.assign", subject(year), (), after).await
}

/// Names one unit's appraiser: another unit, or the working group.
pub async fn assign(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    appraiser: Appraiser,
) -> Result<()> {
    access::require_secretariat(actor, year)?;
    queries::lock_scoring(db, year.id).await?;
    let field = "appraiser";
    if let Some(by) = appraiser.appraiser_unit_id {
        if !year.members.iter().any(|m| m.unit_id == by) {
            return Err(AppError::invalid(field, "Hãy chọn một đơn vị trong danh sách."));
        }
        let circle = circle(db, year).await?;
        if let Some(objection) = circle.objection(appraiser.unit_id, by) {
            return Err(AppError::invalid(field, objection));
        }
        let is_leads = circle.lead == Some(appraiser.unit_id);
        if is_leads && circle.deputy.is_some_and(|deputy| deputy != by) {
            return Err(AppError::invalid(
                field,
                "Điểm của đơn vị cụm trưởng do đơn vị cụm phó hoặc tổ thẩm định chấm.",
            ));
        }
    } else if scoring.group.is_empty() {
        return Err(AppError::invalid(
            field,
            "Chưa có tổ thẩm định: hãy lập tổ trước.",
        ));
    }
    queries::end_appraiser(db, year.id, appraiser.unit_id, now).await?;
    queries::name_appraiser(db, year.id, appraiser, now, actor.id).await?;
    let before = json!({"appraisers": scoring.appraiser_of(appraiser.unit_id)});
    let after = json!({"appraisers": [appraiser]});
    journal::write(
        db,
        now,
        &actor.hand(),
        "scoring.assign",
        subject(year),
        before,
        after,
    )
    .await
}

/// Makes these persons the working group; each holds a post in a member unit today.
pub async fn form_group(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    group: &[PersonId],
) -> Result<()> {
    access::require_secretariat(actor, year)?;
    queries::lock_scoring(db, year.id).await?;
    queries::put_group(db, year.id, group, now, actor.id).await?;
    let (before, after) = (json!({"group": scoring.group}), json!({"group": group}));
    journal::write(
        db,
        now,
        &actor.hand(),
        "scoring.group",
        subject(year),
        before,
        after,
    )
    .await
}

/// Says that a criterion doesn't apply to a unit this year, and why.
pub async fn exempt(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    scoring: &Scoring,
    exemption: &Exemption,
) -> Result<()> {
    access::require_secretariat(actor, year)?;
    queries::lock_scoring(db, year.id).await?;
    if !year.members.iter().any(|m| m.unit_id == exemption.unit_id) {
        return Err(AppError::invalid("unit", "Hãy chọn đơn vị."));
    }
    if !scoring.scored().any(|c| c.id == exemption.criterion_id) {
        return Err(AppError::invalid("criterion", "Hãy chọn tiêu chí."));
    }
    queries::require_unlocked(db, year.id, exemption.unit_id).await?;
    queries::grant_exemption(db, year.id, exemption, now, actor.id).await?;
    let after =
        json!({"unit": exemption.unit_id, "criterion": exemption.criterion_id, "reason": exemption.reason});
    journal::write(db, now, &actor.hand(), "scoring.exempt", subject(year), (), after).await
}

/// Lets a criterion apply to a unit again.
pub async fn unexempt(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    unit: UnitId,
    criterion: CriterionId,
) -> Result<()> {
    access::require_secretariat(actor, year)?;
    queries::lock_scoring(db, year.id).await?;
    queries::require_unlocked(db, year.id, unit).await?;
    if !queries::revoke_exemption(db, year.id, unit, criterion).await? {
        return Err(AppError::NotFound);
    }
    let before = json!({"unit": unit, "criterion": criterion});
    journal::write(
        db,
        now,
        &actor.hand(),
        "scoring.unexempt",
        subject(year),
        before,
        (),
    )
    .await
}
