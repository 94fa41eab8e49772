//! The whole program: every feature's pages, and the layers around them in reading order.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Request, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    csrf::CsrfLayer,
    set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{
    administration, appraisals, award_history, awards, ballots, certificates, conferences, conflicts,
    consolidations, consultations, council, criteria, decisions, documents, elections, eligibility, hall,
    handovers, help, holidays, honours, indicators,
    kit::error::AppError,
    nominations, overview, registrations, reports, scoring, sign_in, signatures, tasks, units,
    web::{App, Pages, assets, error, operator},
    years,
};

/// Every page of the program. The walk over them proves who may open what.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .and(sign_in::pages::pages())
        .and(holidays::pages::pages())
        .and(units::pages::pages())
        .and(conflicts::pages::pages())
        .and(years::pages::pages())
        .and(awards::pages::pages())
        .and(indicators::pages::pages())
        .and(criteria::pages::pages())
        .and(registrations::pages::pages())
        .and(reports::pages::pages())
        .and(consolidations::pages::pages())
        .and(award_history::pages::pages())
        .and(eligibility::pages::pages())
        .and(nominations::pages::pages())
        .and(consultations::pages::pages())
        .and(appraisals::pages::pages())
        .and(conferences::pages::pages())
        .and(scoring::pages::pages())
        .and(ballots::pages::pages())
        .and(elections::pages::pages())
        .and(council::pages::pages())
        .and(hall::pages::pages())
        .and(decisions::pages::pages())
        .and(certificates::pages::pages())
        .and(signatures::pages::pages())
        .and(documents::pages::pages())
        .and(honours::pages::pages())
        .and(overview::pages::pages())
        .and(tasks::pages::pages())
        .and(handovers::pages::pages())
        .and(help::pages::pages())
        .and(administration::pages::pages())
}

/// The closed content security policy: nothing but our own files, no inline script or style.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The program as a service.
pub fn router(app: &App) -> Router {
    let pages = pages().into_router(app);
    // A style sheet or font is no document; on a slow line the first visit needn't carry these words with each.
    let header = |name: HeaderName, value: &'static str| {
        let value = HeaderValue::from_static(value);
        SetResponseHeaderLayer::if_not_present(name, move |answer: &Response<_>| {
            (!assets::is_asset(answer.headers())).then(|| value.clone())
        })
    };
    // A stream of events would wait in the compressor's buffer for more.
    let compressible = SizeAbove::new(512)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE);
    // From the outside in: what a request meets first stands first.
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn(operator::measure))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(header(header::CONTENT_SECURITY_POLICY, CSP))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
        .layer(header(
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .option_layer(
            app.config
                .is_https()
                .then(|| header(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000")),
        )
        .layer(CompressionLayer::new().compress_when(compressible))
        .layer(middleware::from_fn_with_state(app.clone(), error::draw))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            app.config.request_time(),
        ))
        .layer(CsrfLayer::new());
    pages
        .merge(assets_router())
        .layer(layers)
        .merge(operator::router())
        .with_state(app.clone())
}

#[expect(
    clippy::disallowed_methods,
    reason = "static files are no page: everybody may have them"
)]
fn assets_router() -> Router<App> {
    Router::new().route("/static/{*file}", axum::routing::get(assets::serve))
}

/// What the log says of a request. The code of a delegate's card stands in the address: whoever has it can vote, and
/// beside a time it would tell who voted when. So the log never sees it.
fn span<B>(request: &Request<B>) -> tracing::Span {
    let path = request.uri().path();
    let path = if path.starts_with("/phieu/") {
        "/phieu/…"
    } else {
        path
    };
    tracing::debug_span!("request", method = %request.method(), path, version = ?request.version())
}

/// A fault that no error caught: logged with its message, answered like any other fault.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let message = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    AppError::Internal(anyhow::anyhow!(
        "panic: {}",
        message.unwrap_or("without a message")
    ))
    .into_response()
}
