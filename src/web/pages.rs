//! The door: every page says who may come in, and is registered here or not at all.
//!
//! A feature returns [`Pages`], not a router. [`Pages::get`] and [`Pages::post`] take `who` first; the path
//! comes from the handler's own typed path. clippy forbids the router's methods everywhere else.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    handler::Handler,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};
use axum_extra::routing::{SecondElementIs, TypedPath};

use super::{session, state::App, view};
use crate::{kit::error::AppError, people::Actor};

/// Who may open a page. Finer rules (whose record, in which state) are the feature's `access::may`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// Everybody who is signed in.
    SignedIn,
    /// Officers and leaders of a unit, today.
    Units,
    /// Posts in a unit that leads a cluster today.
    Secretariat,
    /// The standing office of VUSTA's council.
    StandingOffice,
    /// The standing office and the council's members.
    Council,
    /// The administrator.
    Administrator,
    /// The standing office and the administrator.
    StandingOfficeOrAdministrator,
}

impl Who {
    /// All values, for the walk over every page.
    pub const ALL: [Self; 8] = [
        Self::Anyone,
        Self::SignedIn,
        Self::Units,
        Self::Secretariat,
        Self::StandingOffice,
        Self::Council,
        Self::Administrator,
        Self::StandingOfficeOrAdministrator,
    ];

    /// Whether this person may come in.
    #[must_use]
    pub fn admits(self, actor: &Actor) -> bool {
        match self {
            Self::Anyone | Self::SignedIn => true,
            Self::Units => !actor.units().is_empty(),
            Self::Secretariat => !actor.secretariat_of.is_empty(),
            Self::StandingOffice => actor.is_standing_office,
            Self::Council => actor.is_standing_office || actor.is_council_member,
            Self::Administrator => actor.is_administrator,
            Self::StandingOfficeOrAdministrator => actor.is_standing_office || actor.is_administrator,
        }
    }

    /// Completes "Trang này dành cho …".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Anyone => "mọi người",
            Self::SignedIn => "người đã đăng nhập",
            Self::Units => "cán bộ phụ trách thi đua, khen thưởng và lãnh đạo của đơn vị thành viên",
            Self::Secretariat => "đơn vị cụm trưởng đương nhiệm",
            Self::StandingOffice => "Thường trực Hội đồng Thi đua - Khen thưởng",
            Self::Council => "Thường trực và ủy viên Hội đồng Thi đua - Khen thưởng",
            Self::Administrator => "quản trị hệ thống",
            Self::StandingOfficeOrAdministrator => {
                "Thường trực Hội đồng Thi đua - Khen thưởng và quản trị hệ thống"
            }
        }
    }
}

/// How a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; changes nothing.
    Get,
    /// Acts.
    Post,
}

/// A page: method, path, who.
#[derive(Clone, Debug)]
pub struct Page {
    /// GET or POST.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Who may open it.
    pub who: Who,
}

/// The pages of a feature, or of the whole program.
#[derive(Default)]
pub struct Pages {
    list: Vec<(Page, MethodRouter<App>)>,
}

/// Bytes of an ordinary form.
const FORM_BYTES: usize = 600 * 1024;
/// Bytes of an upload: more than one file may have, so that a file somewhat too large is still read to its
/// end and answered with a sentence at its field instead of a broken connection.
const UPLOAD_BYTES: usize = 64 * 1024 * 1024;

impl Pages {
    /// No pages yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page to read.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn get<H, T, P>(self, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: SecondElementIs<P> + 'static,
        P: TypedPath,
    {
        self.add(Method::Get, P::PATH, who, routing::get(handler), FORM_BYTES)
    }

    /// An act.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn post<H, T, P>(self, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: SecondElementIs<P> + 'static,
        P: TypedPath,
    {
        self.add(Method::Post, P::PATH, who, routing::post(handler), FORM_BYTES)
    }

    /// An act that brings files.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn upload<H, T, P>(self, who: Who, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: SecondElementIs<P> + 'static,
        P: TypedPath,
    {
        self.add(Method::Post, P::PATH, who, routing::post(handler), UPLOAD_BYTES)
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        who: Who,
        route: MethodRouter<App>,
        bytes: usize,
    ) -> Self {
        self.list.push((
            Page { method, path, who },
            route.layer(DefaultBodyLimit::max(bytes)),
        ));
        self
    }

    /// These pages and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.list.extend(others.list);
        self
    }

    /// What there is, for the walk over every page.
    #[must_use]
    pub fn list(&self) -> Vec<Page> {
        self.list.iter().map(|(page, _)| page.clone()).collect()
    }

    /// The router, each page behind its guard.
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn into_router(self, app: &App) -> Router<App> {
        let mut router = Router::new();
        for (page, route) in self.list {
            let guard = middleware::from_fn_with_state((app.clone(), page.who), guard);
            router = router.route(page.path, route.layer(guard));
        }
        // An address that leads nowhere passes the guard too: who is signed in keeps the menu on the error page.
        let guard = middleware::from_fn_with_state((app.clone(), Who::Anyone), guard);
        router.fallback_service(nothing_here.layer(guard).with_state(()))
    }
}

async fn nothing_here() -> AppError {
    AppError::NotFound
}

/// Finds out who comes, and lets in or not.
async fn guard(State((app, who)): State<(App, Who)>, mut request: Request, next: Next) -> Response {
    // No address of ours holds U+0000, and the database would refuse it.
    if request.uri().path().contains("%00") {
        return AppError::NotFound.into_response();
    }
    let actor = match session::actor_of(&app, request.headers()).await {
        Ok(actor) => actor,
        Err(error) => return error.into_response(),
    };
    match (&actor, who) {
        (None, Who::Anyone) => {}
        (None, _) => return view::to_sign_in(&request).into_response(),
        (Some(actor), who) if !who.admits(actor) => {
            view::remember_actor(&request, actor.clone());
            return AppError::Forbidden(format!("Trang này dành cho {}.", who.label())).into_response();
        }
        (Some(_), _) => {}
    }
    if let Some(actor) = actor {
        view::remember_actor(&request, actor.clone());
        request.extensions_mut().insert(actor);
    }
    next.run(request).await
}
