//! The form of title, remark and rules.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::HeadForm,
        model::{CriteriaSet, Rescaling, TieStep},
        queries,
        workflow::Action,
    },
    HeadPath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/head.html")]
struct HeadPage {
    shell: Shell,
    set: CriteriaSet,
    form: HeadForm,
    errors: FieldErrors,
    conflict: Option<String>,
}

impl HeadPage {
    fn new(visit: &Visit, set: CriteriaSet, form: HeadForm) -> Self {
        Self {
            shell: visit.shell(),
            set,
            form: form.with_spare_rows(),
            errors: FieldErrors::default(),
            conflict: None,
        }
    }

    fn ways() -> Vec<(&'static str, &'static str)> {
        Rescaling::ALL
            .iter()
            .map(|way| (way.code(), way.label()))
            .collect()
    }

    fn steps() -> Vec<(&'static str, String)> {
        let all = [
            TieStep::MainGroups(Vec::new()),
            TieStep::MoreBonus,
            TieStep::LessDeduction,
            TieStep::NotAwardedLastYear,
            TieStep::Vote,
            TieStep::LeadDecides,
        ];
        let words = |step: &TieStep| match step {
            TieStep::MainGroups(_) => "Điểm các nhóm nhiệm vụ chính cao hơn".to_owned(),
            step => step.label(),
        };
        all.iter().map(|step| (step.code(), words(step))).collect()
    }
}

pub(super) async fn form(path: HeadPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let set = queries::find_visible(&mut db, visit.actor()?, path.set).await?;
    access::require(visit.actor()?, Action::Save, &set)?;
    let form = HeadForm::from(&set);
    page(&HeadPage::new(&visit, set, form))
}

pub(super) async fn save(path: HeadPath, visit: Visit, Form(form): Form<HeadForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let set = queries::find_visible(&mut tx, actor, path.set).await?;
    access::require(actor, Action::Save, &set)?;
    let input = match form.check(set.is_supplement()) {
        Ok(input) => input,
        Err(errors) => {
            let mut view = HeadPage::new(&visit, set, form);
            view.errors = errors;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    match actions::save_head(&mut tx, visit.now, actor, &set, form.version, &input).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(set.path(), "Đã lưu quy định của bảng."))
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) => {
            let mut view = HeadPage::new(&visit, set, form);
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}
