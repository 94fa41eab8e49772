//! Noting when and where awards were handed over, and putting a wrong note right, on the page of their decision.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{CorrectionForm, HandoverForm},
        model::{Handover, Line},
        queries,
    },
    CorrectionPath, HandoverPath,
    show::{ShowPage, find},
};
use crate::{
    ids::NominationId,
    kit::{
        clock,
        error::{AppError, Result},
    },
    nominations,
    web::{Form, Visit, page_with, see_other},
};

/// Notes that awards of a decision were handed over: one of them, or all that wait.
pub(super) async fn hand_over(
    path: HandoverPath,
    visit: Visit,
    Form(form): Form<HandoverForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let decision = find(&mut tx, &visit, path.decision).await?;
    let content = decision.content.as_ref().ok_or(AppError::NotFound)?;
    let handovers = queries::handovers(&mut tx, decision.id).await?;
    // A cancelled award may have been given again: then its handing over is the other decision's.
    let gone = queries::cancelled(&mut tx, decision.id).await?;
    // Of all at once those that wait; a single one is answered by the act itself.
    let waits = |id| {
        handovers
            .iter()
            .any(|h| h.nomination_id == id && h.awarded_on.is_none())
    };
    let holding = content.lines.iter().filter(|l| !gone.contains(&l.nomination_id));
    let meant = holding.filter(|l| form.means(l.nomination_id));
    let meant: Vec<&Line> = meant
        .filter(|l| form.everybody.is_empty() || waits(l.nomination_id))
        .collect();
    let checked = form.check(content.issued_on, clock::day(visit.now));
    let (false, Ok((on, place))) = (meant.is_empty(), &checked) else {
        let mut errors = checked.err().unwrap_or_default();
        if meant.is_empty() {
            errors.add("nomination", "Hãy chọn đơn vị được trao.");
        }
        let mut view = ShowPage::new(&mut tx, &visit, decision).await?;
        view.errors = errors;
        view.typed = form;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    let ids: Vec<NominationId> = meant.iter().map(|l| l.nomination_id).collect();
    nominations::lock_all(&mut tx, &ids).await?;
    let found = nominations::by_ids(&mut tx, actor, &ids).await?;
    if found.len() < ids.len() {
        return Err(AppError::NotFound);
    }
    for nomination in &found {
        actions::hand_over(&mut tx, visit.now, actor, nomination, *on, place).await?;
    }
    let told = match meant.as_slice() {
        [line] => format!("Đã ghi trao cho {}.", line.nominee()),
        several => format!("Đã ghi trao cho {} trường hợp.", several.len()),
    };
    tx.commit().await?;
    Ok(see_other(decision.path(), &told))
}

/// Puts the day and place of a handing over right: of one award, or of all that were noted.
pub(super) async fn correct(
    path: CorrectionPath,
    visit: Visit,
    Form(form): Form<CorrectionForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let decision = find(&mut tx, &visit, path.decision).await?;
    access::require_office(visit.actor()?)?;
    let content = decision.content.as_ref().ok_or(AppError::NotFound)?;
    let handovers = queries::handovers(&mut tx, decision.id).await?;
    let gone = queries::cancelled(&mut tx, decision.id).await?;
    // Of all at once those that were noted; a single one is answered by the act itself.
    let mut meant: Vec<&Handover> = handovers
        .iter()
        .filter(|h| form.means(h.nomination_id) && !gone.contains(&h.nomination_id))
        .filter(|h| form.corrected_everybody.is_empty() || h.awarded_on.is_some())
        .collect();
    let checked = form.check(content.issued_on, clock::day(visit.now));
    let mut errors = checked.as_ref().err().cloned().unwrap_or_default();
    if meant.is_empty() {
        errors.add("corrected", "Hãy chọn đơn vị đã ghi trao.");
    } else if let Ok((on, place, _)) = &checked {
        meant.retain(|was| was.awarded_on != Some(*on) || was.awarded_place != *place);
        if meant.is_empty() {
            errors.add("corrected_on", "Ngày và nơi vẫn như đã ghi: chưa có gì để sửa.");
        }
    }
    let (true, Ok((on, place, reason))) = (errors.is_empty(), &checked) else {
        let mut view = ShowPage::new(&mut tx, &visit, decision).await?;
        view.errors = errors;
        view.correction = form;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    for was in &meant {
        let right = (*on, place.as_str(), reason.as_str());
        actions::correct_handover(&mut tx, visit.now, visit.actor()?, &decision, was, right).await?;
    }
    let told = match meant.as_slice() {
        [_] => "Đã sửa ngày, nơi trao.".to_owned(),
        several => format!("Đã sửa ngày, nơi trao của {} đơn vị.", several.len()),
    };
    tx.commit().await?;
    Ok(see_other(decision.path(), &told))
}
