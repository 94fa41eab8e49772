//! From the request to a page: who comes ([`Visit`]), what surrounds the content, how a template becomes an answer.

use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::{
    extract::{FromRequestParts, Request},
    http::{Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::Cookie;
use sqlx::{Postgres, pool::PoolConnection};

use super::{
    flash, session,
    shell::{Flash, FlashKind, MenuGroup, MenuItem, Shell, ShellPerson},
    state::App,
};
use crate::{
    kit::{
        clock::{self, Moment},
        database::Transaction,
        error::{AppError, Result},
    },
    people::{Actor, YearPlace},
};

/// Where the guard leaves who came, so that an error page made outside of it can still show the menu.
#[derive(Clone, Default)]
pub(super) struct Slot(Arc<Mutex<Option<Actor>>>);

impl Slot {
    pub(super) fn actor(&self) -> Option<Actor> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(super) fn remember_actor(request: &Request, actor: Actor) {
    if let Some(slot) = request.extensions().get::<Slot>() {
        *slot.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(actor);
    }
}

/// One visit to one page: who, when, and the way to the database.
pub struct Visit {
    /// The program.
    pub app: App,
    /// The moment that the whole visit counts as.
    pub now: Moment,
    /// The session's token, for pages about sessions.
    pub token: Option<String>,
    actor: Option<Actor>,
    flash: Option<Flash>,
    path: String,
}

impl FromRequestParts<App> for Visit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self {
            app: app.clone(),
            now: app.clock.now(),
            token: session::token_of(&app.config, &parts.headers),
            actor: parts.extensions.get().cloned(),
            flash: flash::of(&parts.headers),
            path: parts.uri.path().to_owned(),
        })
    }
}

impl Visit {
    /// The person who is signed in. On a page whose `who` is not `Anyone` there always is one.
    pub fn actor(&self) -> Result<&Actor> {
        self.actor
            .as_ref()
            .ok_or_else(|| AppError::Forbidden("Trang này dành cho người đã đăng nhập.".to_owned()))
    }

    /// The person who is signed in, if any.
    #[must_use]
    pub fn visitor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// A connection for reading.
    pub async fn db(&self) -> Result<PoolConnection<Postgres>> {
        self.app.db().await
    }

    /// A transaction for an act.
    pub async fn begin(&self) -> Result<Transaction> {
        self.app.begin().await
    }

    /// What surrounds the page.
    #[must_use]
    pub fn shell(&self) -> Shell {
        let place = self.actor.as_ref().and_then(|a| a.years.first().cloned());
        shell(
            &self.app,
            self.actor.as_ref(),
            self.now,
            &self.path,
            self.flash.clone(),
            place.as_ref(),
        )
    }

    /// What surrounds a page that belongs to the year of a cluster: the menu offers that year's pages.
    #[must_use]
    pub fn shell_in(&self, place: &YearPlace) -> Shell {
        shell(
            &self.app,
            self.actor.as_ref(),
            self.now,
            &self.path,
            self.flash.clone(),
            Some(place),
        )
    }
}

pub(super) fn shell(
    app: &App,
    actor: Option<&Actor>,
    now: Moment,
    path: &str,
    flash: Option<Flash>,
    place: Option<&YearPlace>,
) -> Shell {
    Shell {
        person: actor.map(|a| ShellPerson {
            name: a.full_name.clone(),
            office: office_of(a),
        }),
        menu: actor.map(|a| menu(a, path, place)).unwrap_or_default(),
        flash,
        demo: app.is_demo,
        today: clock::weekday_text(now),
        clock: clock::time_text(now),
        path: path.to_owned(),
    }
}

/// `Liên hiệp Hội tỉnh Sơn La · Cụm thi đua số 3`
fn office_of(actor: &Actor) -> String {
    let mut words = actor.unit_names.clone();
    if actor.is_standing_office {
        words.push("Thường trực Hội đồng TĐKT".to_owned());
    }
    if actor.is_council_member {
        words.push("Hội đồng TĐKT".to_owned());
    }
    if actor.is_administrator {
        words.push("Quản trị hệ thống".to_owned());
    }
    words.extend(actor.years.iter().map(|y| y.name.clone()));
    if words.is_empty() {
        "Không giữ chức vụ nào hôm nay".to_owned()
    } else {
        words.join(" · ")
    }
}

fn menu(actor: &Actor, path: &str, place: Option<&YearPlace>) -> Vec<MenuGroup> {
    let item = |label: &str, href: String| {
        let current = path == href || (href.len() > 4 && path.starts_with(&format!("{href}/")));
        MenuItem {
            label: label.to_owned(),
            current,
            href,
            badge: None,
        }
    };
    let mut first = vec![
        item("Việc của tôi", "/viec-cua-toi".to_owned()),
        item("Các cụm thi đua", "/cum".to_owned()),
    ];
    let mut groups = Vec::new();
    let mut year = Vec::new();
    if let Some(place) = place {
        let base = format!("/cum/{}/{}", place.slug, place.year);
        first[1].current = path == "/cum";
        let mut home = item(&place.name, base.clone());
        home.current = path == base;
        year.push(home);
        for (label, end) in [
            ("Đăng ký thi đua", "dang-ky"),
            ("Tổng hợp đăng ký", "tong-hop-dang-ky"),
            ("Báo cáo năm", "bao-cao/nam"),
            ("Chấm điểm", "cham-diem"),
            ("Hội nghị và suy tôn", "hoi-nghi"),
            ("Hồ sơ khen thưởng", "khen-thuong"),
            ("Văn bản của cụm", "van-ban"),
        ] {
            year.push(item(label, format!("{base}/{end}")));
        }
    }
    groups.push(MenuGroup {
        title: None,
        items: first,
    });
    if let (Some(place), false) = (place, year.is_empty()) {
        groups.push(MenuGroup {
            title: Some(format!("Năm {}", place.year)),
            items: year,
        });
    }
    if actor.is_standing_office || actor.is_council_member {
        groups.push(MenuGroup {
            title: Some("LHHVN".to_owned()),
            items: vec![
                item("Hội đồng TĐKT", "/hoi-dong".to_owned()),
                item("Quyết định", "/quyet-dinh".to_owned()),
                item("Xung đột lợi ích", "/xung-dot-loi-ich".to_owned()),
            ],
        });
        if let (true, Some(group)) = (actor.is_standing_office, groups.last_mut()) {
            group
                .items
                .insert(0, item("Thẩm định hồ sơ", "/tham-dinh".to_owned()));
        }
    }
    let mut look_up = vec![
        item("Văn bản đi, đến", "/van-ban".to_owned()),
        item("Đơn vị", "/don-vi".to_owned()),
        item("Chỉ tiêu báo cáo", "/chi-tieu".to_owned()),
        item("Bảng tiêu chí", "/tieu-chi".to_owned()),
        item("Danh mục khen thưởng", "/danh-muc-khen-thuong".to_owned()),
        item("Lịch sử khen thưởng", "/lich-su-khen-thuong".to_owned()),
        item("Vinh danh", "/vinh-danh".to_owned()),
    ];
    if !(actor.is_standing_office || actor.is_council_member) {
        look_up.insert(2, item("Quyết định", "/quyet-dinh".to_owned()));
    }
    groups.push(MenuGroup {
        title: Some("Tra cứu".to_owned()),
        items: look_up,
    });
    if actor.is_administrator || actor.is_standing_office {
        let mut items = vec![item("Năm thi đua", "/quan-tri/nam".to_owned())];
        if actor.is_administrator {
            items.push(item("Người dùng và chức vụ", "/quan-tri/nguoi-dung".to_owned()));
            items.push(item("Chứng thư CA", "/quan-tri/chung-thu-ca".to_owned()));
        }
        items.push(item("Ngày nghỉ", "/quan-tri/ngay-nghi".to_owned()));
        items.push(item("Nhật ký", "/quan-tri/nhat-ky".to_owned()));
        groups.push(MenuGroup {
            title: Some("Quản trị".to_owned()),
            items,
        });
    }
    groups
}

/// A page with 200.
pub fn page(template: &impl Template) -> Result<Response> {
    page_with(StatusCode::OK, template)
}

/// A page with another status: 422 for a form with errors, 409 for a conflict.
pub fn page_with(status: StatusCode, template: &impl Template) -> Result<Response> {
    let html = template.render().map_err(|e| AppError::Internal(e.into()))?;
    Ok((status, Html(html)).into_response())
}

/// The answer to an act that went well: 303 to a page that can be reloaded.
#[must_use]
pub fn see_other(to: impl std::fmt::Display, message: &str) -> Response {
    with_flash(to, FlashKind::Success, message)
}

/// The same with a sentence that asks for attention.
#[must_use]
pub fn see_other_warning(to: impl std::fmt::Display, message: &str) -> Response {
    with_flash(to, FlashKind::Warning, message)
}

fn with_flash(to: impl std::fmt::Display, kind: FlashKind, message: &str) -> Response {
    let mut response = Redirect::to(&to.to_string()).into_response();
    if !message.is_empty() {
        set_cookie(&mut response, &flash::cookie(kind, message));
    }
    response
}

/// Adds a cookie to an answer.
pub fn set_cookie(response: &mut Response, cookie: &Cookie<'_>) {
    if let Ok(value) = cookie.to_string().parse() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// To the sign-in form, which leads back to where the visitor wanted to go.
pub(super) fn to_sign_in(request: &Request) -> Redirect {
    match (request.method(), request.uri().path_and_query()) {
        (&Method::GET, Some(path)) if path.as_str() != "/" => {
            let back: String = url::form_urlencoded::byte_serialize(path.as_str().as_bytes()).collect();
            Redirect::to(&format!("/dang-nhap?tiep={back}"))
        }
        _ => Redirect::to("/dang-nhap"),
    }
}
