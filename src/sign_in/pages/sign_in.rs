//! The sign-in form.

use std::{sync::Arc, time::Duration};

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    super::{actions, forms::SignInForm, model::way_on},
    SignInPath,
};
use crate::{
    kit::{error::Result, fields::FieldErrors},
    people::{self, DEMO_PASSWORD},
    web::{
        Form, Origin, Visit,
        limit::{self, Limit},
        page, page_with, session,
        shell::Shell,
        view::set_cookie,
    },
};

/// Every refusal takes at least this long, whatever had to be looked up and written for it, so that its time
/// doesn't tell an unknown login from a wrong password.
const REFUSAL_TIME: Duration = Duration::from_millis(400);

/// The one sentence of every refusal.
const REFUSED: &str = "Tên đăng nhập hoặc mật khẩu chưa đúng.";

/// An account of the demonstration world that a visitor may try.
struct DemoAccount {
    login: &'static str,
    who: &'static str,
    place: &'static str,
}

const DEMO_ACCOUNTS: [DemoAccount; 9] = [
    DemoAccount {
        login: "phutho",
        who: "Đơn vị cụm trưởng năm nay",
        place: "Liên hiệp Hội tỉnh Phú Thọ",
    },
    DemoAccount {
        login: "sonla",
        who: "Đơn vị cụm phó năm nay",
        place: "Liên hiệp Hội tỉnh Sơn La",
    },
    DemoAccount {
        login: "dienbien",
        who: "Đơn vị thành viên, biên chế một người",
        place: "Liên hiệp Hội tỉnh Điện Biên",
    },
    DemoAccount {
        login: "laichau",
        who: "Đơn vị thành viên",
        place: "Liên hiệp Hội tỉnh Lai Châu",
    },
    DemoAccount {
        login: "laocai",
        who: "Đơn vị thành viên, hợp nhất năm 2025",
        place: "Liên hiệp Hội tỉnh Lào Cai",
    },
    DemoAccount {
        login: "phutrach3",
        who: "Ủy viên Đoàn Chủ tịch phụ trách cụm",
        place: "Cụm thi đua số 3",
    },
    DemoAccount {
        login: "thuongtruc",
        who: "Thường trực Hội đồng Thi đua - Khen thưởng",
        place: "LHHVN",
    },
    DemoAccount {
        login: "hoidong1",
        who: "Ủy viên Hội đồng Thi đua - Khen thưởng",
        place: "LHHVN",
    },
    DemoAccount {
        login: "quantri",
        who: "Quản trị hệ thống",
        place: "LHHVN",
    },
];

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
struct SignInPage {
    shell: Shell,
    login: String,
    tiep: String,
    errors: FieldErrors,
    /// Whether a sign-in was refused, so that locks are worth a word.
    was_refused: bool,
    lock_after: i32,
    lock_time: String,
    demo_accounts: &'static [DemoAccount],
    demo_password: &'static str,
}

impl SignInPage {
    fn new(visit: &Visit, login: String, tiep: String) -> Self {
        let config = &visit.app.config;
        Self {
            shell: visit.shell(),
            login,
            tiep,
            errors: FieldErrors::default(),
            was_refused: false,
            lock_after: config.lock_after,
            lock_time: match config.lock_minutes {
                minutes if minutes % 60 == 0 => format!("{} giờ", minutes / 60),
                minutes => format!("{minutes} phút"),
            },
            demo_accounts: if visit.app.is_demo { &DEMO_ACCOUNTS } else { &[] },
            demo_password: DEMO_PASSWORD,
        }
    }

    fn refused(mut self, errors: FieldErrors) -> Self {
        self.errors = errors;
        self
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    tiep: String,
}

pub(super) async fn form(_: SignInPath, Query(asked): Query<Asked>, visit: Visit) -> Result<Response> {
    if visit.visitor().is_some() {
        return Ok(Redirect::to("/viec-cua-toi").into_response());
    }
    page(&SignInPage::new(&visit, String::new(), asked.tiep))
}

pub(super) async fn enter(
    _: SignInPath,
    visit: Visit,
    from: Origin,
    limit: Arc<Limit>,
    Form(form): Form<SignInForm>,
) -> Result<Response> {
    if visit.visitor().is_some() {
        return Ok(Redirect::to("/viec-cua-toi").into_response());
    }
    let view = SignInPage::new(&visit, form.login.clone(), form.tiep.clone());
    if let Err(errors) = form.check() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view.refused(errors));
    }
    if !limit.take(&from.address, visit.now) {
        return too_many(view);
    }
    let pause = tokio::time::sleep(REFUSAL_TIME);
    if let Some(token) = attempt(&visit, &from, &form).await? {
        limit.give_back(&from.address, visit.now);
        let mut response = Redirect::to(way_on(&form.tiep)).into_response();
        set_cookie(&mut response, &session::cookie(&visit.app.config, token));
        return Ok(response);
    }
    pause.await;
    let mut view = view.refused(FieldErrors::one("login", REFUSED));
    view.was_refused = true;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// The token of the new session, if login and password are right. No connection is held while the hash is worked out.
async fn attempt(visit: &Visit, from: &Origin, form: &SignInForm) -> Result<Option<String>> {
    let seen = people::find_account(&mut *visit.db().await?, &form.login()).await?;
    let is_right = form
        .password
        .matches(seen.as_ref().and_then(|a| a.password_hash.clone()))
        .await?;
    let Some(seen) = seen else {
        // Not what was typed: people type passwords into this field, too.
        tracing::info!(address = from.address, "sign-in with an unknown login");
        return Ok(None);
    };
    let mut tx = visit.begin().await?;
    let token = actions::settle(&mut tx, visit.now, &visit.app.config, &seen, is_right, from).await?;
    tx.commit().await?;
    Ok(token)
}

fn too_many(view: SignInPage) -> Result<Response> {
    let sentence = format!(
        "Đã có quá nhiều lần đăng nhập chưa đúng từ mạng của anh/chị. Xin chờ {} phút rồi thử lại.",
        limit::MINUTES
    );
    let mut response = page_with(
        StatusCode::TOO_MANY_REQUESTS,
        &view.refused(FieldErrors::one("login", sentence)),
    )?;
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(limit::MINUTES * 60));
    Ok(response)
}
