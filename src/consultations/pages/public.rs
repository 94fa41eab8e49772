//! What everybody sees without an account: who is listed, the form for an objection, the answer by its code.

use std::sync::Arc;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    super::{
        actions,
        forms::CommentForm,
        model::{Comment, Listed, Window},
        queries::{self, Asked},
    },
    AnswerPath, CommentPath, PublicPath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{
        Form, Origin, Visit, filters,
        limit::{self, Limit},
        page, page_with,
        shell::Shell,
    },
};

#[derive(Template)]
#[template(path = "consultations/public.html")]
struct ListPage {
    shell: Shell,
    /// The open consultations with whom they list.
    open: Vec<(Window, Vec<Listed>)>,
}

pub(super) async fn list(_: PublicPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let listed = queries::listed(&mut db, None).await?;
    let mut open = Vec::new();
    for window in queries::windows(&mut db, None).await? {
        if window.is_open(visit.now) {
            let of_window = listed.iter().filter(|l| l.consultation_id == window.id);
            let of_window: Vec<Listed> = of_window.cloned().collect();
            open.push((window, of_window));
        }
    }
    page(&ListPage {
        shell: visit.shell(),
        open,
    })
}

#[derive(Template)]
#[template(path = "consultations/comment.html")]
struct CommentPage {
    shell: Shell,
    listed: Listed,
    window: Window,
    is_open: bool,
    form: CommentForm,
    errors: FieldErrors,
    /// The code of what was just taken.
    code: Option<String>,
}

impl CommentPage {
    async fn of(db: &mut sqlx::PgConnection, visit: &Visit, path: &CommentPath) -> Result<Self> {
        let listed = queries::find_listed(db, path.nomination).await?;
        let window = queries::window_of(db, &listed).await?;
        Ok(Self {
            shell: visit.shell(),
            is_open: window.is_open(visit.now),
            listed,
            window,
            form: CommentForm::default(),
            errors: FieldErrors::default(),
            code: None,
        })
    }
}

pub(super) async fn form(path: CommentPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&CommentPage::of(&mut db, &visit, &path).await?)
}

pub(super) async fn object(
    path: CommentPath,
    visit: Visit,
    from: Origin,
    limit: Arc<Limit>,
    Form(form): Form<CommentForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let mut view = CommentPage::of(&mut tx, &visit, &path).await?;
    let checked = form.check();
    view.form = form;
    let input = match checked {
        Ok(input) => input,
        Err(errors) => {
            view.errors = errors;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    if !limit.take(&from.address, visit.now) {
        view.errors = FieldErrors::one(
            "text",
            format!(
                "Đã có quá nhiều ý kiến gửi từ địa chỉ mạng này. Xin gửi lại sau {} phút; nội dung vẫn còn trong ô.",
                limit::MINUTES
            ),
        );
        return page_with(StatusCode::TOO_MANY_REQUESTS, &view);
    }
    let code = actions::object(&mut tx, visit.now, &view.listed, &view.window, &input).await?;
    tx.commit().await?;
    // Not a redirect: the code is shown to the sender once, and stands in no address.
    view.form = CommentForm::default();
    view.code = Some(code);
    page(&view)
}

/// What was typed to find an answer.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    ma: Vec<String>,
}

#[derive(Template)]
#[template(path = "consultations/answer.html")]
struct AnswerPage {
    shell: Shell,
    typed: String,
    found: Option<Comment>,
    errors: FieldErrors,
}

pub(super) async fn answer(
    _: AnswerPath,
    visit: Visit,
    from: Origin,
    limit: Arc<Limit>,
    Query(typed): Query<Typed>,
) -> Result<Response> {
    let letters = typed
        .ma
        .iter()
        .flat_map(|ma| ma.chars())
        .filter(char::is_ascii_alphanumeric)
        .take(20);
    let code: String = letters.map(|c| c.to_ascii_uppercase()).collect();
    let mut view = AnswerPage {
        shell: visit.shell(),
        typed: code,
        found: None,
        errors: FieldErrors::default(),
    };
    if view.typed.is_empty() {
        // Without a code in the address nobody has asked yet.
        if !typed.ma.is_empty() {
            view.errors = FieldErrors::one("ma", "Hãy nhập mã ý kiến.");
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        return page(&view);
    }
    if !limit.take(&from.address, visit.now) {
        return Err(AppError::Forbidden(format!(
            "Đã có quá nhiều lần tra mã từ địa chỉ mạng này. Xin thử lại sau {} phút.",
            limit::MINUTES
        )));
    }
    let asked = Asked {
        code: Some(&view.typed),
        ..Asked::default()
    };
    let mut db = visit.db().await?;
    let found = queries::comments(&mut db, asked).await?.into_iter().next();
    if found.is_some() {
        limit.give_back(&from.address, visit.now);
        view.found = found;
        return page(&view);
    }
    view.errors = FieldErrors::one(
        "ma",
        format!(
            "Không có ý kiến nào mang mã “{}”. Mã gồm 10 chữ cái và chữ số, không có I, O, 0, 1.",
            view.typed
        ),
    );
    page_with(StatusCode::NOT_FOUND, &view)
}
