//! The unit explains the lines it was asked for.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{ExplanationForm, PostedExplanation},
        model::Line,
        workflow::Action,
    },
    ExplanationPath, Opened, open,
};
use crate::{
    criteria::Criterion,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "scoring/explanation.html")]
struct ExplanationPage {
    shell: Shell,
    opened: Opened,
    form: ExplanationForm,
    errors: FieldErrors,
    version: i32,
}

impl ExplanationPage {
    fn new(visit: &Visit, opened: Opened, typed: ExplanationForm, version: i32, errors: FieldErrors) -> Self {
        Self {
            shell: visit.shell_in(&opened.year.place()),
            form: typed.aligned(&opened.sheet.lines),
            errors,
            version,
            opened,
        }
    }

    /// What is asked about a line, with its points.
    fn hint_of(&self, line: &Line) -> String {
        let appraised = line
            .appraised
            .as_ref()
            .map(|points| format!(", đang thẩm định {}", self.opened.points(points)))
            .unwrap_or_default();
        format!(
            "Tự chấm {}{appraised}. Bên thẩm định hỏi: {}",
            self.opened.points(&line.own),
            line.question
        )
    }

    /// The lines that were asked for: field, criterion, line, what was typed.
    fn asked(&self) -> Vec<(String, &Criterion, &Line, &str)> {
        self.opened
            .sheet
            .lines
            .iter()
            .filter(|line| !line.question.is_empty())
            .zip(&self.form.rows)
            .enumerate()
            .filter_map(|(i, (line, row))| {
                let asked = self
                    .opened
                    .asked
                    .iter()
                    .find(|a| a.criterion.id == line.criterion_id)?;
                Some((
                    format!("line_explanation-{i}"),
                    &asked.criterion,
                    line,
                    row.explanation.as_str(),
                ))
            })
            .collect()
    }
}

pub(super) async fn form(path: ExplanationPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    access::require(visit.actor()?, Action::Explain, &opened.scoring, &opened.sheet)?;
    let version = opened.sheet.version;
    let blank = ExplanationForm::default();
    page(&ExplanationPage::new(
        &visit,
        opened,
        blank,
        version,
        FieldErrors::default(),
    ))
}

pub(super) async fn explain(
    path: ExplanationPath,
    visit: Visit,
    Form(posted): Form<PostedExplanation>,
) -> Result<Response> {
    let seen = posted.version;
    let typed = ExplanationForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (scoring, sheet) = (&opened.scoring, &opened.sheet);
    match actions::explain(&mut tx, visit.now, visit.actor()?, scoring, sheet, seen, &typed).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(opened.path(), "Đã gửi giải trình cho bên thẩm định."))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &ExplanationPage::new(&visit, opened, typed, seen, errors),
        ),
        Err(error) => Err(error),
    }
}
