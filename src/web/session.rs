//! Sessions: a random token in a cookie, its hash in a table, an idle and an absolute limit.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use sqlx::PgConnection;

use super::state::App;
use crate::{
    ids::{PersonId, SessionId},
    kit::{
        clock::{self, Moment},
        config::Config,
        error::{AppError, Result},
    },
    people::{Actor, actor_of_session, hash_of_token, new_token},
};

/// The cookie's name: the `__Host-` prefix binds it to HTTPS and to this host.
#[must_use]
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-cumthidua" } else { "cumthidua" }
}

/// The cookie that carries `token`.
#[must_use]
pub fn cookie(config: &Config, token: String) -> Cookie<'static> {
    Cookie::build((cookie_name(config), token))
        .path("/")
        .http_only(true)
        .secure(config.is_https())
        .same_site(SameSite::Lax)
        .build()
}

/// The token a request carries, if any.
#[must_use]
pub fn token_of(config: &Config, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(cookie_name(config)).map(|c| c.value().to_owned())
}

/// Who comes with this request; nobody when the session is unknown or over.
pub(super) async fn actor_of(app: &App, headers: &HeaderMap) -> Result<Option<Actor>> {
    let Some(token) = token_of(&app.config, headers) else { return Ok(None) };
    let now = app.clock.now();
    let mut db = app.db().await?;
    let idle_since = now - chrono::Duration::minutes(app.config.session_idle_minutes.into());
    let hash = hash_of_token(&token);
    let (actor, last_seen_at) = match actor_of_session(&mut db, &hash, now, idle_since, clock::day(now)).await {
        Ok(found) => found,
        Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    // Written at most once a minute: a write on every request would cost more than the page.
    if now - last_seen_at > chrono::Duration::minutes(1) {
        sqlx::query!("update sessions set last_seen_at = $2 where token_hash = $1", hash, now).execute(&mut *db).await?;
    }
    Ok(Some(actor))
}

/// Where a session was opened from.
pub struct Origin {
    /// The browser's own description, cut to 300 characters.
    pub user_agent: String,
    /// The network address.
    pub address: String,
}

/// Opens a session; answers its token.
pub async fn open(db: &mut PgConnection, now: Moment, config: &Config, person: PersonId, from: &Origin) -> Result<String> {
    let token = new_token();
    let agent: String = from.user_agent.chars().take(300).collect();
    sqlx::query!("delete from sessions where person_id = $1 and expires_at <= $2", person as _, now).execute(&mut *db).await?;
    sqlx::query!(
        "insert into sessions (id, token_hash, person_id, created_at, last_seen_at, expires_at, user_agent, address)
         values ($1, $2, $3, $4, $4, $5, $6, $7)",
        SessionId::new() as _,
        hash_of_token(&token),
        person as _,
        now,
        now + chrono::Duration::hours(config.session_hours.into()),
        agent,
        from.address
    )
    .execute(db)
    .await?;
    Ok(token)
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// Its id.
    pub id: SessionId,
    /// Since when.
    pub created_at: Moment,
    /// The last request, to the minute.
    pub last_seen_at: Moment,
    /// The browser.
    pub user_agent: String,
    /// The address.
    pub address: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The person's open sessions, the newest first.
pub async fn own(db: &mut PgConnection, now: Moment, person: PersonId, token: &str) -> Result<Vec<OwnSession>> {
    Ok(sqlx::query_as!(
        OwnSession,
        r#"select id, created_at, last_seen_at, user_agent, address, token_hash = $3 as "is_this!"
           from sessions where person_id = $1 and expires_at > $2 order by last_seen_at desc"#,
        person as _, now, hash_of_token(token)
    )
    .fetch_all(db)
    .await?)
}

/// Ends the session with this token.
pub async fn end(db: &mut PgConnection, token: &str) -> Result<()> {
    sqlx::query!("delete from sessions where token_hash = $1", hash_of_token(token)).execute(db).await?;
    Ok(())
}

/// Ends one of the person's own sessions.
pub async fn end_own(db: &mut PgConnection, person: PersonId, id: SessionId) -> Result<()> {
    sqlx::query!("delete from sessions where person_id = $1 and id = $2", person as _, id as _).execute(db).await?;
    Ok(())
}

/// Ends all sessions of a person but the one with this token: after a change of the password.
pub async fn end_others(db: &mut PgConnection, person: PersonId, token: &str) -> Result<()> {
    sqlx::query!("delete from sessions where person_id = $1 and token_hash <> $2", person as _, hash_of_token(token)).execute(db).await?;
    Ok(())
}
