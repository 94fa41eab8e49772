//! What the operator's tools ask: does the process live, can it serve, how busy is it.
//!
//! No page: plain text without a session, outside of the layers around pages. A proxy needn't pass these paths on
//! to the public; they tell nothing but counts.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::time;

use super::state::App;
use crate::kit::database;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// `/health`, `/ready`, `/metrics`.
#[expect(
    clippy::disallowed_methods,
    reason = "no pages: everybody may ask, and nobody is known here"
)]
pub fn router() -> Router<App> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
}

fn text(status: StatusCode, text: String) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// The process lives. Whoever restarts it when this fails must not do so because the database is away.
async fn health() -> Response {
    text(StatusCode::OK, "ok\n".to_owned())
}

/// The database answers and has all migrations: pages can be served.
async fn ready(State(app): State<App>) -> Response {
    match time::timeout(PATIENCE, database::is_ready(&app.pool)).await {
        Ok(true) => text(StatusCode::OK, "ready\n".to_owned()),
        Ok(false) | Err(_) => text(
            StatusCode::SERVICE_UNAVAILABLE,
            "the database doesn't answer, or lacks migrations\n".to_owned(),
        ),
    }
}

/// Since the start of the process: answers by class of their status, and the time they took together.
static ANSWERS: [AtomicU64; 5] = [const { AtomicU64::new(0) }; 5];
static MICROSECONDS: AtomicU64 = AtomicU64::new(0);

/// Counts every answer, and the time from the whole head of the request to the head of its answer.
pub async fn measure(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let response = next.run(request).await;
    let took = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    let class = usize::from(response.status().as_u16() / 100 - 1);
    if let Some(count) = ANSWERS.get(class) {
        count.fetch_add(1, Relaxed);
    }
    MICROSECONDS.fetch_add(took, Relaxed);
    response
}

/// In the text format of Prometheus.
async fn metrics(State(app): State<App>) -> Response {
    let mut lines = String::from("# TYPE cumthidua_http_requests_total counter\n");
    let answers = ANSWERS.each_ref().map(|count| count.load(Relaxed));
    for (class, count) in (1..).zip(answers) {
        // Writing into a String can't fail.
        let _ = writeln!(
            lines,
            "cumthidua_http_requests_total{{status=\"{class}xx\"}} {count}"
        );
    }
    let took = Duration::from_micros(MICROSECONDS.load(Relaxed)).as_secs_f64();
    let all: u64 = answers.iter().sum();
    let (open, idle) = (app.pool.size(), app.pool.num_idle());
    let most = app.config.db_connections;
    let _ = write!(
        lines,
        "# TYPE cumthidua_http_request_duration_seconds summary\n\
         cumthidua_http_request_duration_seconds_sum {took}\n\
         cumthidua_http_request_duration_seconds_count {all}\n\
         # TYPE cumthidua_db_connections gauge\n\
         cumthidua_db_connections{{state=\"open\"}} {open}\n\
         cumthidua_db_connections{{state=\"idle\"}} {idle}\n\
         # TYPE cumthidua_db_connections_max gauge\n\
         cumthidua_db_connections_max {most}\n"
    );
    let mut response = text(StatusCode::OK, lines);
    let kind = header::HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
