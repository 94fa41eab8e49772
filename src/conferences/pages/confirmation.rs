//! What will be frozen, one button.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{
    super::{access, actions, counting::Outcome, model::Content, workflow::Action},
    ConfirmationPath, Opened, open, warnings,
};
use crate::{
    awards::Awards,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

/// The version a person saw when deciding.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    version: i32,
}

#[derive(Template)]
#[template(path = "conferences/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    opened: Opened,
    content: Option<Content>,
    errors: FieldErrors,
    warnings: Vec<String>,
}

impl ConfirmPage {
    fn awards(&self) -> &Awards {
        &self.opened.awards
    }
}

async fn view(db: &mut sqlx::PgConnection, visit: &Visit, opened: Opened) -> Result<ConfirmPage> {
    access::require(visit.actor()?, Action::Confirm, &opened.conference)?;
    let shell = visit.shell_in(&opened.year.place());
    Ok(
        match opened
            .conference
            .draft
            .check(&opened.year, &opened.awards, clock::day(visit.now))
        {
            Ok(content) => {
                let warnings = warnings(db, &opened.year, &content).await?;
                ConfirmPage {
                    shell,
                    opened,
                    content: Some(content),
                    errors: FieldErrors::default(),
                    warnings,
                }
            }
            Err(errors) => ConfirmPage {
                shell,
                opened,
                content: None,
                errors,
                warnings: Vec::new(),
            },
        },
    )
}

pub(super) async fn preview(path: ConfirmationPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year).await?;
    page(&view(&mut db, &visit, opened).await?)
}

pub(super) async fn confirm(
    path: ConfirmationPath,
    visit: Visit,
    Form(seen): Form<Seen>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let (year, conference) = (&opened.year, &opened.conference);
    match actions::confirm(
        &mut tx,
        visit.now,
        visit.actor()?,
        year,
        conference,
        &opened.awards,
        seen.version,
    )
    .await
    {
        Ok(content) => {
            tx.commit().await?;
            let acclaimed = content
                .candidates
                .iter()
                .filter(|c| c.outcome == Outcome::Acclaimed)
                .count();
            let message = format!(
                "Đã chốt kết quả hội nghị: {acclaimed} đề nghị khen thưởng được suy tôn. Hồ sơ ở mục “Hồ sơ khen thưởng”."
            );
            Ok(see_other(opened.path(), &message))
        }
        Err(AppError::Invalid(_)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&mut tx, &visit, opened).await?,
        ),
        Err(error) => Err(error),
    }
}
