//! What is noted of a dossier's conditions, and of the persons it names.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{EndForm, LeavingForm, PartNoteForm, PersonForm, RemarkForm},
    },
    ConditionPath, LeavingPath, Opened, PartNotePath, PersonEndPath, PersonPath, open,
    show::ShowPage,
};
use crate::{
    eligibility::RemarkKind,
    ids::NominationId,
    kit::{
        clock,
        database::Transaction,
        error::{AppError, Result},
        fields::FieldErrors,
        values,
    },
    web::{Form, Visit, page_with, see_other},
};

/// A dossier about which something is being noted, from its opening to the answer.
struct Note<'a> {
    visit: &'a Visit,
    tx: Transaction,
    dossier: Opened,
}

impl<'a> Note<'a> {
    async fn begin(visit: &'a Visit, nomination: NominationId) -> Result<Self> {
        let mut tx = visit.begin().await?;
        let dossier = open(&mut tx, visit, nomination).await?;
        Ok(Self { visit, tx, dossier })
    }

    /// It is written: keeps it, and goes back to the dossier.
    async fn kept(self, told: &str) -> Result<Response> {
        self.tx.commit().await?;
        Ok(see_other(self.dossier.nomination.path(), told))
    }

    /// Something must be mended: nothing is kept, and the page shows what was typed.
    async fn refused(
        mut self,
        errors: FieldErrors,
        typed: impl FnOnce(ShowPage) -> ShowPage,
    ) -> Result<Response> {
        let view = ShowPage::new(&mut self.tx, self.visit, self.dossier).await?;
        page_with(StatusCode::UNPROCESSABLE_ENTITY, &typed(view.with_errors(errors)))
    }
}

pub(super) async fn remark(
    path: ConditionPath,
    visit: Visit,
    Form(form): Form<RemarkForm>,
) -> Result<Response> {
    let mut note = Note::begin(&visit, path.nomination).await?;
    let (actor, dossier) = (visit.actor()?, &note.dossier);
    access::require_remark(actor, RemarkKind::Attested, &dossier.nomination)?;
    match form.check() {
        Ok(input) => {
            let (year, nomination) = (&dossier.year, &dossier.nomination);
            actions::remark(&mut note.tx, visit.now, actor, year, nomination, &input).await?;
            note.kept("Đã ghi về điều kiện khen thưởng.").await
        }
        Err(errors) => note.refused(errors, |view| view.with_remark(form)).await,
    }
}

pub(super) async fn attest_part(
    path: PartNotePath,
    visit: Visit,
    Form(form): Form<PartNoteForm>,
) -> Result<Response> {
    let mut note = Note::begin(&visit, path.nomination).await?;
    let (actor, dossier) = (visit.actor()?, &note.dossier);
    access::require_remark(actor, RemarkKind::Attested, &dossier.nomination)?;
    match form.check() {
        Ok(input) => {
            let about = (&dossier.year, &dossier.nomination, &dossier.history);
            actions::attest_part(&mut note.tx, visit.now, actor, about, &input).await?;
            note.kept("Đã ghi phần này của hồ sơ là đã có.").await
        }
        Err(errors) => note.refused(errors, |view| view.with_part_note(form)).await,
    }
}

pub(super) async fn name_person(
    path: PersonPath,
    visit: Visit,
    Form(form): Form<PersonForm>,
) -> Result<Response> {
    let mut note = Note::begin(&visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &note.dossier.nomination);
    access::require_naming(actor, nomination)?;
    match form.check(clock::day(visit.now)) {
        Ok(input) => {
            actions::name_person(&mut note.tx, visit.now, actor, nomination, &input).await?;
            let told = format!("Đã ghi căn cứ của {}.", input.full_name.as_str());
            note.kept(&told).await
        }
        Err(errors) => note.refused(errors, |view| view.with_person(form)).await,
    }
}

pub(super) async fn end_person(
    path: PersonEndPath,
    visit: Visit,
    Form(form): Form<EndForm>,
) -> Result<Response> {
    let mut note = Note::begin(&visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &note.dossier.nomination);
    access::require_ending(actor, nomination)?;
    let person = form.person.ok_or(AppError::NotFound)?;
    match values::required_line(&form.end_reason, 1000, "lý do rút đồng ý") {
        Ok(reason) => {
            actions::end_person(&mut note.tx, visit.now, actor, nomination, person, &reason).await?;
            note.kept("Đã ghi việc rút đồng ý.").await
        }
        Err(message) => {
            let errors = FieldErrors::one("end_reason", message);
            note.refused(errors, |view| view).await
        }
    }
}

pub(super) async fn leave_out(
    path: LeavingPath,
    visit: Visit,
    Form(form): Form<LeavingForm>,
) -> Result<Response> {
    let mut note = Note::begin(&visit, path.nomination).await?;
    let (actor, nomination) = (visit.actor()?, &note.dossier.nomination);
    access::require_naming(actor, nomination)?;
    let person = form.person.ok_or(AppError::NotFound)?;
    actions::leave_out(&mut note.tx, visit.now, actor, nomination, person).await?;
    note.kept("Đã ghi tên người này không còn trong hồ sơ.").await
}
