//! The conference's result, and the hand-over that follows it.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::HandOverForm,
        model::{Conference, Content},
        workflow::Action,
    },
    HandOverPath, Opened, ShowPath, open,
};
use crate::{
    awards::Awards,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    papers,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
    years::{self, Step, StepPlan},
};

#[derive(Template)]
#[template(path = "conferences/show.html")]
struct ShowPage {
    shell: Shell,
    plan: Option<StepPlan>,
    content: Option<Content>,
    hash: String,
    sees_draft: bool,
    may_save: bool,
    may_confirm: bool,
    may_hand_over: bool,
    errors: FieldErrors,
    typed_on: String,
    opened: Opened,
}

impl ShowPage {
    async fn new(
        db: &mut sqlx::PgConnection,
        visit: &Visit,
        opened: Opened,
        errors: FieldErrors,
        typed_on: String,
    ) -> Result<Self> {
        let actor = visit.actor()?;
        let conference = &opened.conference;
        let history = papers::history(db, "conferences", conference.id).await?;
        let offers = |action| access::offers(actor, action, conference);
        Ok(Self {
            shell: visit.shell_in(&opened.year.place()),
            plan: opened.year.plan(Step::Conference).cloned(),
            content: conference
                .content
                .clone()
                .filter(|_| access::sees_result(conference)),
            hash: history
                .receipts
                .first()
                .map(|r| r.content_hash.clone())
                .unwrap_or_default(),
            sees_draft: access::sees_draft(actor, conference) && conference.is_begun(),
            may_save: offers(Action::Save),
            may_confirm: offers(Action::Confirm) && conference.is_begun(),
            may_hand_over: offers(Action::HandOver),
            errors,
            typed_on,
            opened,
        })
    }

    fn conference(&self) -> &Conference {
        &self.opened.conference
    }

    fn awards(&self) -> &Awards {
        &self.opened.awards
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year).await?;
    page(&ShowPage::new(&mut db, &visit, opened, FieldErrors::default(), String::new()).await?)
}

pub(super) async fn hand_over(
    path: HandOverPath,
    visit: Visit,
    Form(form): Form<HandOverForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let (actor, conference) = (visit.actor()?, &opened.conference);
    access::require(actor, Action::HandOver, conference)?;
    let content = conference.content.as_ref().ok_or(AppError::NotFound)?;
    let on = match form.check(content.held_on) {
        Ok(on) => on,
        Err(errors) => {
            let view = ShowPage::new(&mut tx, &visit, opened, errors, form.on).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let next_year = opened.year.year + 1;
    let next = match years::find(&mut tx, &opened.year.cluster.slug, next_year).await {
        Ok(next) => next,
        Err(AppError::NotFound) => {
            return Err(AppError::Conflict(format!(
                "Chưa mở năm thi đua {next_year} của {}. Thường trực Hội đồng mở năm {next_year} trước, rồi ghi bàn giao.",
                opened.year.cluster.name
            )));
        }
        Err(error) => return Err(error),
    };
    actions::hand_over(&mut tx, visit.now, actor, conference, &next, on, form.version).await?;
    tx.commit().await?;
    let message = format!(
        "Đã ghi bàn giao: {} là cụm trưởng từ ngày {}.",
        content.next_lead.name,
        crate::kit::clock::date_text(on)
    );
    Ok(see_other(opened.path(), &message))
}
