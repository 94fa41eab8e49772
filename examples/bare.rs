//! What `bin/bench` holds the matrix page against: a handler with nothing but axum, sqlx and askama. It runs as many
//! indexed statements on the same tables, answers a page of about the same size, and compresses it alike.
//!
//!     bare DATABASE_URL STATEMENTS ADDRESS

use anyhow::Context;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use sqlx::{FromRow, PgPool, postgres::PgPoolOptions};
use tower_http::compression::{
    CompressionLayer,
    predicate::{NotForContentType, Predicate, SizeAbove},
};

/// The session's person.
const PERSON: &str = "select p.id, p.full_name from sessions s join persons p on p.id = s.person_id \
    where s.token_hash = $1 and s.expires_at > now() and p.disabled_at is null";
/// The year.
const YEAR: &str = "select y.id, c.name, y.state, r.flag_quota, r.merit_quota from years y join clusters c on c.id = y.cluster_id \
    join year_rules r on r.year_id = y.id where c.slug = $1 and y.year = $2";
/// Each gives the cells of a column or a table of the page, by the year.
const LISTS: [&str; 4] = [
    "select u.slug as key, u.place as text, f.staff::text as more from memberships m join units u on u.id = m.unit_id \
     join unit_facts f on f.unit_id = u.id and f.year = $2 where m.year_id = $1 order by u.slug",
    "select unit_id::text as key, state as text, submitted_at::text as more from registrations where year_id = $1 and $2 > 0",
    "select unit_id::text as key, state as text, submitted_at::text as more from reports where year_id = $1 and $2 > 0",
    "select step as key, opens_on::text as text, due_on::text as more from year_steps where year_id = $1 and $2 > 0 order by position",
];

#[derive(FromRow)]
struct Person {
    full_name: String,
}

#[derive(FromRow)]
struct Year {
    id: uuid::Uuid,
    name: String,
    state: String,
    flag_quota: i32,
    merit_quota: i32,
}

#[derive(FromRow)]
struct Row {
    key: String,
    text: String,
    more: Option<String>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{{ year.name }}</title>
<link rel="stylesheet" href="/static/vendor/tabler.min.css"><link rel="stylesheet" href="/static/app.css"></head><body class="shell">
<aside class="side"><p><strong>{{ person.full_name }}</strong></p><ul>{% for i in 0..16 %}
<li><a href="/cum/{{ slug }}/trang-{{ i }}"><span>Đăng ký thi đua, báo cáo năm của cụm</span></a></li>{% endfor %}</ul></aside>
<main class="main"><h1>{{ year.name }}</h1><p class="badge badge-{{ year.state }}">{{ year.state }}</p>
<dl><dt>Cờ thi đua</dt><dd>tối đa {{ year.flag_quota }} đơn vị</dd><dt>Bằng khen</dt><dd>tối đa {{ year.merit_quota }} đơn vị</dd></dl>
{% for list in lists %}<section class="card"><div class="card-header"><h2 class="card-title">Các đơn vị và các bước</h2></div><div class="frame">
<table class="table matrix"><thead><tr><th scope="col">Đơn vị</th><th scope="col">Trạng thái</th><th scope="col">Ngày nộp</th></tr></thead><tbody>
{% for row in list %}<tr><th scope="row"><a href="/cum/{{ slug }}/dang-ky/{{ row.key }}">{{ row.key }}</a></th>
<td><span class="badge badge-neutral" title="{{ row.text }}">{{ row.text }}</span></td>
<td class="number">{% if let Some(more) = row.more %}<span class="quiet">ngày {{ more }}</span>{% else %}–{% endif %}</td></tr>
{% endfor %}</tbody></table></div></section>{% endfor %}</main></body></html>"#
)]
struct Page {
    slug: String,
    person: Person,
    year: Year,
    lists: Vec<Vec<Row>>,
}

#[derive(Clone)]
struct Bare {
    pool: PgPool,
    lists: usize,
}

/// Whatever goes wrong is a 500: nothing is to go wrong here.
struct Wrong(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}

async fn show(
    State(bare): State<Bare>,
    Path((slug, number)): Path<(String, i32)>,
    headers: HeaderMap,
) -> Result<Html<String>, Wrong> {
    let token = headers
        .get(header::COOKIE)
        .and_then(|cookie| cookie.to_str().ok()?.strip_prefix("cumthidua="))
        .context("no session")?;
    let mut db = bare.pool.acquire().await?;
    let person = sqlx::query_as(PERSON)
        .bind(Sha256::digest(token.as_bytes()).to_vec())
        .fetch_one(&mut *db)
        .await?;
    let year: Year = sqlx::query_as(YEAR)
        .bind(&slug)
        .bind(number)
        .fetch_one(&mut *db)
        .await?;
    let mut lists = Vec::new();
    for statement in LISTS.into_iter().cycle().take(bare.lists) {
        let rows = sqlx::query_as(statement).bind(year.id).bind(number);
        lists.push(rows.fetch_all(&mut *db).await?);
    }
    let page = Page {
        slug,
        person,
        year,
        lists,
    };
    Ok(Html(page.render()?))
}

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "this is no page of the program")]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("bare DATABASE_URL STATEMENTS ADDRESS");
    let (url, statements, address) = (next()?, next()?.parse::<usize>()?, next()?);
    // As many connections as the program has by default.
    let pool = PgPoolOptions::new()
        .max_connections(12)
        .test_before_acquire(false)
        .connect(&url)
        .await?;
    let lists = statements.saturating_sub(2);
    let router = Router::new()
        .route("/bare/{cluster}/{year}", axum::routing::get(show))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(512).and(NotForContentType::IMAGES)))
        .with_state(Bare { pool, lists });
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |tcp| {
            // As in the program: an answer goes out at once.
            let _ = tcp.set_nodelay(true);
        }),
        router,
    )
    .await?;
    Ok(())
}
