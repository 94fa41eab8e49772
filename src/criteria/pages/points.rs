//! Names and maxima of all groups and lines on one page.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::PointsForm,
        model::{CriteriaSet, Criterion, Kind},
        queries,
        sums::{self, Checked},
        workflow::Action,
    },
    PointsPath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/points.html")]
struct PointsPage {
    shell: Shell,
    set: CriteriaSet,
    checked: Checked,
    form: PointsForm,
    errors: FieldErrors,
    conflict: Option<String>,
}

impl PointsPage {
    fn new(visit: &Visit, set: CriteriaSet, form: PointsForm) -> Self {
        Self {
            shell: visit.shell(),
            checked: sums::check(&set),
            set,
            form,
            errors: FieldErrors::default(),
            conflict: None,
        }
    }

    fn sum(&self, criterion: &Criterion) -> Option<&sums::Sum> {
        self.checked.of(criterion.id).filter(|sum| !sum.is_right)
    }

    fn name(&self, criterion: &Criterion) -> &str {
        self.form.typed(criterion.id).0
    }

    fn maximum(&self, criterion: &Criterion) -> &str {
        self.form.typed(criterion.id).1
    }
}

pub(super) async fn form(path: PointsPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let set = queries::find_visible(&mut db, visit.actor()?, path.set).await?;
    access::require(visit.actor()?, Action::Save, &set)?;
    let form = PointsForm::from(&set);
    page(&PointsPage::new(&visit, set, form))
}

pub(super) async fn save(path: PointsPath, visit: Visit, Form(form): Form<PointsForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let set = queries::find_visible(&mut tx, actor, path.set).await?;
    access::require(actor, Action::Save, &set)?;
    let criteria = match form.check(&set) {
        Ok(criteria) => criteria,
        Err(errors) => {
            let mut view = PointsPage::new(&visit, set, form);
            view.errors = errors;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    match actions::put_all(&mut tx, visit.now, actor, &set, form.version, criteria).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(set.path(), "Đã lưu tên và điểm tối đa."))
        }
        Err(AppError::Conflict(what)) => {
            let mut view = PointsPage::new(&visit, set, form);
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}
