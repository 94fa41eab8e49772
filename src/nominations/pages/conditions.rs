//! What is noted of a dossier's conditions, and of the persons it names.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{EndForm, LeavingForm, PartNoteForm, PersonForm, RemarkForm},
    },
    ConditionPath, LeavingPath, PartNotePath, PersonEndPath, PersonPath, open,
    show::ShowPage,
};
use crate::{
    eligibility::RemarkKind,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
        values,
    },
    web::{Form, Visit, page_with, see_other},
};

pub(super) async fn remark(
    path: ConditionPath,
    visit: Visit,
    Form(form): Form<RemarkForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &opened.nomination);
    access::require_remark(actor, RemarkKind::Attested, nomination)?;
    match form.check() {
        Ok(input) => {
            actions::remark(&mut tx, visit.now, actor, &opened.year, nomination, &input).await?;
            tx.commit().await?;
            Ok(see_other(nomination.path(), "Đã ghi về điều kiện khen thưởng."))
        }
        Err(errors) => {
            let view = ShowPage::new(&mut tx, &visit, opened).await?;
            let view = view.with_errors(errors).with_remark(form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

pub(super) async fn attest_part(
    path: PartNotePath,
    visit: Visit,
    Form(form): Form<PartNoteForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &opened.nomination);
    access::require_remark(actor, RemarkKind::Attested, nomination)?;
    match form.check() {
        Ok(input) => {
            let about = (&opened.year, nomination, &opened.history);
            actions::attest_part(&mut tx, visit.now, actor, about, &input).await?;
            tx.commit().await?;
            Ok(see_other(
                nomination.path(),
                "Đã ghi phần này của hồ sơ là đã có.",
            ))
        }
        Err(errors) => {
            let view = ShowPage::new(&mut tx, &visit, opened).await?;
            let view = view.with_errors(errors).with_part_note(form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

pub(super) async fn name_person(
    path: PersonPath,
    visit: Visit,
    Form(form): Form<PersonForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &opened.nomination);
    access::require_naming(actor, nomination)?;
    match form.check(clock::day(visit.now)) {
        Ok(input) => {
            actions::name_person(&mut tx, visit.now, actor, nomination, &input).await?;
            tx.commit().await?;
            let told = format!("Đã ghi căn cứ của {}.", input.full_name.as_str());
            Ok(see_other(nomination.path(), &told))
        }
        Err(errors) => {
            let view = ShowPage::new(&mut tx, &visit, opened).await?;
            let view = view.with_errors(errors).with_person(form);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

pub(super) async fn end_person(
    path: PersonEndPath,
    visit: Visit,
    Form(form): Form<EndForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &opened.nomination);
    access::require_ending(actor, nomination)?;
    let person = form.person.ok_or(AppError::NotFound)?;
    match values::required_line(&form.end_reason, 1000, "lý do rút đồng ý") {
        Ok(reason) => {
            actions::end_person(&mut tx, visit.now, actor, nomination, person, &reason).await?;
            tx.commit().await?;
            Ok(see_other(nomination.path(), "Đã ghi việc rút đồng ý."))
        }
        Err(message) => {
            let errors = FieldErrors::one("end_reason", message);
            let view = ShowPage::new(&mut tx, &visit, opened).await?.with_errors(errors);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

pub(super) async fn leave_out(
    path: LeavingPath,
    visit: Visit,
    Form(form): Form<LeavingForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &opened.nomination);
    access::require_naming(actor, nomination)?;
    let person = form.person.ok_or(AppError::NotFound)?;
    actions::leave_out(&mut tx, visit.now, actor, nomination, person).await?;
    tx.commit().await?;
    Ok(see_other(
        nomination.path(),
        "Đã ghi tên người này không còn trong hồ sơ.",
    ))
}
