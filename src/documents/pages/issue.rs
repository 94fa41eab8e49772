//! The act of issuing a draft.

use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access,
        actions::{self, IssueInput},
        forms::IssueForm,
        queries,
    },
    IssuePath, Opened,
    draft::DraftPage,
};
use crate::{
    ids::DocumentId,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    papers,
    web::{Form, Visit, page_with, see_other},
};

pub(super) async fn issue(path: IssuePath, visit: Visit, Form(form): Form<IssueForm>) -> Result<Response> {
    match issued(&path, &visit, &form).await {
        Ok(id) => {
            let mut db = visit.db().await?;
            let (issued, _) = queries::find_visible(&mut db, visit.actor()?, id).await?;
            let message = format!("Đã ban hành văn bản số {}.", issued.number_text());
            Ok(see_other(issued.path(), &message))
        }
        Err(AppError::Invalid(errors)) => again(&path, &visit, form, &errors).await,
        Err(error) => Err(error),
    }
}

async fn issued(path: &IssuePath, visit: &Visit, form: &IssueForm) -> Result<DocumentId> {
    let mut tx = visit.begin().await?;
    let opened = Opened::find(&mut tx, visit, &path.kind, &path.about).await?;
    access::require(visit.actor()?, opened.prepared.issuer)?;
    if form.version != opened.version() {
        return Err(papers::changed_meanwhile("Bản dự thảo"));
    }
    let mut form = form.clone();
    if let Some(fixed) = &opened.prepared.fixed {
        form = form.fixed_to(fixed.number, fixed.on);
    }
    // A decision has a day of its own, which its own form has checked.
    let first = opened
        .prepared
        .first_day()
        .filter(|_| opened.prepared.fixed.is_none());
    let today = clock::day(visit.now);
    let (number, on) = form.check(today, first).map_err(AppError::Invalid)?;
    let replaces: Option<DocumentId> = match form.replaces.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| AppError::NotFound)?),
    };
    let input = IssueInput {
        version: opened.version(),
        number,
        on,
        replaces: replaces.map(|id| (id, form.reason.trim().to_owned())),
        verified_at: format!("{}/xac-minh", visit.app.config.address()),
    };
    let (actor, now) = (visit.actor()?, visit.now);
    let id = actions::issue(&mut tx, now, actor, &opened.prepared, &opened.wording, &input).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same page with what was wrong; the transaction is over, so everything is read afresh.
async fn again(path: &IssuePath, visit: &Visit, form: IssueForm, errors: &FieldErrors) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, visit, &path.kind, &path.about).await?;
    let mut view = DraftPage::new(&mut db, visit, opened).await?;
    view.form = form;
    view.tell(errors);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
