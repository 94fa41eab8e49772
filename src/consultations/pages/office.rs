//! The standing office: opening a consultation, following and answering what is objected.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        forms::{AnswerForm, OpeningForm},
        model::{Comment, Finding, Window},
        queries::{self, Asked},
    },
    OfficePath, ReplyPath,
};
use crate::{
    awards,
    ids::{CommentId, NominationId},
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    nominations::{self, State},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

/// A nomination that can be listed.
struct Choice {
    id: NominationId,
    words: String,
}

#[derive(Template)]
#[template(path = "consultations/office.html")]
struct OfficePage {
    shell: Shell,
    year: i32,
    windows: Vec<Window>,
    choices: Vec<Choice>,
    form: OpeningForm,
    errors: FieldErrors,
    comments: Vec<Row>,
    /// The objection whose answer had errors, and the answer as typed.
    wrong: Option<(CommentId, AnswerForm)>,
}

/// An objection as far as the reader may know it.
struct Row {
    comment: Comment,
    may_read: bool,
    may_answer: bool,
}

impl OfficePage {
    fn findings() -> Vec<(&'static str, &'static str)> {
        Finding::ALL.iter().map(|f| (f.code(), f.label())).collect()
    }

    fn typed(&self, comment: &Comment) -> AnswerForm {
        match &self.wrong {
            Some((id, typed)) if *id == comment.id => typed.clone(),
            _ => AnswerForm::default(),
        }
    }

    fn is_wrong(&self, comment: &Comment) -> bool {
        self.wrong.as_ref().is_some_and(|(id, _)| *id == comment.id)
    }
}

/// The nominations of a year that are with VUSTA and weren't listed yet.
async fn choices(db: &mut PgConnection, visit: &Visit, year: i32) -> Result<Vec<Choice>> {
    let listed = queries::standings(db, year).await?;
    let awards = awards::all(db).await?;
    let mut list = nominations::of_calendar_year(db, visit.actor()?, year).await?;
    list.retain(|n| {
        matches!(n.state, State::Submitted | State::Eligible)
            && listed.iter().all(|known| known.nomination_id != n.id)
    });
    Ok(list
        .into_iter()
        .map(|n| Choice {
            words: format!(
                "{}: {} ({})",
                n.nominee(),
                awards.short_name(&n.award),
                n.place.name
            ),
            id: n.id,
        })
        .collect())
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    year: i32,
    form: OpeningForm,
    errors: FieldErrors,
) -> Result<OfficePage> {
    let actor = visit.actor()?;
    let asked = Asked {
        year: Some(year),
        ..Asked::default()
    };
    let comments = queries::comments(db, asked).await?;
    Ok(OfficePage {
        shell: visit.shell(),
        year,
        windows: queries::windows(db, Some(year)).await?,
        choices: choices(db, visit, year).await?,
        form,
        errors,
        comments: comments
            .into_iter()
            .map(|comment| Row {
                may_read: access::may_answer(actor, &comment),
                may_answer: access::require_answer(actor, &comment).is_ok(),
                comment,
            })
            .collect(),
        wrong: None,
    })
}

pub(super) async fn show(path: OfficePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let mut form = OpeningForm::default();
    let choices = choices(&mut db, &visit, path.year).await?;
    form.nomination = choices.iter().map(|choice| choice.id.to_string()).collect();
    page(&view(&mut db, &visit, path.year, form, FieldErrors::default()).await?)
}

pub(super) async fn open(path: OfficePath, visit: Visit, Form(form): Form<OpeningForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let offered = choices(&mut tx, &visit, path.year).await?;
    let offered: Vec<NominationId> = offered.iter().map(|choice| choice.id).collect();
    let opening = match form.check(&offered) {
        Ok(opening) => opening,
        Err(errors) => {
            let view = view(&mut tx, &visit, path.year, form, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let window = actions::open(&mut tx, visit.now, visit.actor()?, path.year, &opening).await?;
    tx.commit().await?;
    let message = format!(
        "Đã mở lấy ý kiến {} đề nghị, đến hết ngày {}.",
        opening.nominations.len(),
        clock::date_text(window.closes_on)
    );
    Ok(see_other(path, &message))
}

pub(super) async fn reply(path: ReplyPath, visit: Visit, Form(form): Form<AnswerForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let asked = Asked {
        id: Some(path.comment),
        year: Some(path.year),
        ..Asked::default()
    };
    let found = queries::comments(&mut tx, asked).await?.into_iter().next();
    let comment = found.ok_or(AppError::NotFound)?;
    let actor = visit.actor()?;
    access::require_answer(actor, &comment)?;
    match form.check() {
        Ok(input) => {
            actions::answer(&mut tx, visit.now, actor, &comment, &input).await?;
            tx.commit().await?;
            let message = "Đã trả lời. Người góp ý xem bằng mã, hoặc nhận thư nếu đã để lại địa chỉ.";
            Ok(see_other(OfficePath { year: path.year }, message))
        }
        Err(errors) => {
            let opening = OpeningForm::default();
            let mut view = view(&mut tx, &visit, path.year, opening, errors).await?;
            view.wrong = Some((comment.id, form));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}
