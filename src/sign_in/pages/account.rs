//! The own account: posts, sessions, password.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{actions, forms::NewPasswordForm, model::browser_words},
    AccountPath, OtherSessionsPath, PasswordPath, SessionPath,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    people::{self, Person, Post},
    web::{
        Form, Origin, Visit, filters, page, page_with, see_other,
        session::{self, OwnSession},
        shell::Shell,
    },
};

#[derive(Template)]
#[template(path = "sign_in/account.html")]
struct AccountPage {
    shell: Shell,
    person: Person,
    today: chrono::NaiveDate,
    posts: Vec<(Post, String)>,
    sessions: Vec<OwnSession>,
    errors: FieldErrors,
}

impl AccountPage {
    async fn load(db: &mut PgConnection, visit: &Visit) -> Result<Self> {
        let id = visit.actor()?.id;
        let token = visit.token.as_deref().unwrap_or_default();
        Ok(Self {
            shell: visit.shell(),
            person: people::find_person(db, id).await?,
            today: clock::day(visit.now),
            posts: people::posts_of(db, id).await?,
            sessions: session::own(db, visit.now, visit.app.config.session_idle_minutes, id, token).await?,
            errors: FieldErrors::default(),
        })
    }

    fn state_of(&self, post: &Post) -> (&'static str, &'static str) {
        match post {
            post if post.holds_on(self.today) => ("done", "đang giữ"),
            post if post.starts_on > self.today => ("info", "sắp nhận"),
            _ => ("neutral", "đã thôi"),
        }
    }

    fn email(&self) -> &str {
        if self.person.email.is_empty() {
            "chưa có"
        } else {
            &self.person.email
        }
    }
}

pub(super) async fn show(_: AccountPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&AccountPage::load(&mut db, &visit).await?)
}

pub(super) async fn change_password(
    _: PasswordPath,
    visit: Visit,
    from: Origin,
    Form(form): Form<NewPasswordForm>,
) -> Result<Response> {
    let actor = visit.actor()?;
    let errors = match form.check(&actor.login) {
        Err(errors) => errors,
        Ok(new) => {
            let seen = people::find_account(&mut *visit.db().await?, &actor.login).await?;
            let seen = seen.ok_or(AppError::NotFound)?;
            let is_right = form.current.matches(seen.password_hash.clone()).await?;
            let mut tx = visit.begin().await?;
            let (config, token) = (&visit.app.config, visit.token.as_deref());
            let done = actions::change_password(
                &mut tx,
                visit.now,
                config,
                actor,
                (&seen, is_right),
                new,
                (token, &from),
            )
            .await?;
            tx.commit().await?;
            if done {
                return Ok(see_other("/tai-khoan", "Đã đổi mật khẩu; các máy khác đã thoát."));
            }
            FieldErrors::one("current", "Mật khẩu hiện tại chưa đúng.")
        }
    };
    let mut db = visit.db().await?;
    let view = AccountPage {
        errors,
        ..AccountPage::load(&mut db, &visit).await?
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

pub(super) async fn end_session(path: SessionPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    actions::end_session(&mut tx, visit.now, visit.actor()?, path.session).await?;
    tx.commit().await?;
    Ok(see_other("/tai-khoan", "Đã thoát khỏi máy đó."))
}

pub(super) async fn end_other_sessions(_: OtherSessionsPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let count =
        actions::end_other_sessions(&mut tx, visit.now, visit.actor()?, visit.token.as_deref()).await?;
    tx.commit().await?;
    Ok(see_other(
        "/tai-khoan",
        &format!("Đã thoát khỏi {count} máy khác."),
    ))
}
