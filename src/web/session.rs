//! Sessions: a random token in a cookie, its hash in a table, an idle and an absolute limit.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
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
    if config.is_https() {
        "__Host-cumthidua"
    } else {
        "cumthidua"
    }
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

/// The cookie that makes the browser forget its token.
#[must_use]
pub fn forget(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(config, String::new());
    cookie.make_removal();
    cookie
}

/// The token a request carries, if any.
#[must_use]
pub fn token_of(config: &Config, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(cookie_name(config))
        .map(|c| c.value().to_owned())
}

/// Who comes with this request; nobody when the session is unknown or over.
pub(super) async fn actor_of(app: &App, headers: &HeaderMap) -> Result<Option<Actor>> {
    let Some(token) = token_of(&app.config, headers) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let mut db = app.db().await?;
    let idle_since = now - chrono::Duration::minutes(app.config.session_idle_minutes.into());
    let hash = hash_of_token(&token);
    let (actor, last_seen_at) = match actor_of_session(&mut db, &hash, now, idle_since, clock::day(now)).await
    {
        Ok(found) => found,
        Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    // Written at most once a minute: a write on every request would cost more than the page.
    if now - last_seen_at > chrono::Duration::minutes(1) {
        sqlx::query!(
            "update sessions set last_seen_at = $2 where token_hash = $1",
            hash,
            now
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(Some(actor))
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The browser's own description.
    pub user_agent: String,
    /// The network address; `không rõ` where the server doesn't tell.
    pub address: String,
}

impl FromRequestParts<App> for Origin {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let agent = parts
            .headers
            .get(header::USER_AGENT)
            .map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|c| c.0.ip());
        // Anybody can send the header; only the operator knows whether a proxy of ours has the last word in it.
        let told = if app.config.trust_proxy {
            forwarded_for(&parts.headers)
        } else {
            None
        };
        let address = told
            .or(peer)
            .map_or_else(|| "không rõ".to_owned(), |ip| ip.to_canonical().to_string());
        Ok(Self {
            user_agent: agent.unwrap_or_default(),
            address,
        })
    }
}

/// The last entry of X-Forwarded-For: the one that the nearest proxy wrote.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()?
        .to_str()
        .ok()?
        .rsplit(',')
        .next()?
        .trim();
    last.parse()
        .ok()
        .or_else(|| last.parse::<SocketAddr>().ok().map(|a| a.ip()))
}

/// Opens a session; answers its token.
pub async fn open(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    person: PersonId,
    from: &Origin,
) -> Result<String> {
    let token = new_token();
    let agent: String = from.user_agent.chars().take(300).collect();
    sqlx::query!(
        "delete from sessions where person_id = $1 and expires_at <= $2",
        person as _,
        now
    )
    .execute(&mut *db)
    .await?;
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

/// The person's open sessions, the newest first: those that neither ran out nor were idle too long.
pub async fn own(
    db: &mut PgConnection,
    now: Moment,
    idle_minutes: u32,
    person: PersonId,
    token: &str,
) -> Result<Vec<OwnSession>> {
    Ok(sqlx::query_as!(
        OwnSession,
        r#"select id, created_at, last_seen_at, user_agent, address, token_hash = $3 as "is_this!"
           from sessions where person_id = $1 and expires_at > $2 and last_seen_at > $4 order by last_seen_at desc"#,
        person as _, now, hash_of_token(token), now - chrono::Duration::minutes(idle_minutes.into())
    )
    .fetch_all(db)
    .await?)
}

/// Ends the session with this token.
pub async fn end(db: &mut PgConnection, token: &str) -> Result<()> {
    sqlx::query!("delete from sessions where token_hash = $1", hash_of_token(token))
        .execute(db)
        .await?;
    Ok(())
}

/// Ends one of the person's own sessions; answers whether there was one.
pub async fn end_own(db: &mut PgConnection, person: PersonId, id: SessionId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from sessions where person_id = $1 and id = $2",
        person as _,
        id as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of a person but the one with this token, after a change of the password; all of them when
/// there is no token. Answers how many there were.
pub async fn end_others(db: &mut PgConnection, person: PersonId, token: Option<&str>) -> Result<u64> {
    let kept = token.map(hash_of_token);
    let done = sqlx::query!(
        "delete from sessions where person_id = $1 and coalesce(token_hash <> $2, true)",
        person as _,
        kept
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_forwarded_addresses_only_the_last_is_believed() {
        let said = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            forwarded_for(&headers).map(|ip| ip.to_string())
        };
        assert_eq!(said(&["10.0.0.9, 203.0.113.7"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(said(&["1.1.1.1", "2001:db8::1"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(said(&["203.0.113.7:51000"]).as_deref(), Some("203.0.113.7"));
        assert_eq!(said(&["unknown"]), None);
        assert_eq!(said(&[]), None);
    }
}
