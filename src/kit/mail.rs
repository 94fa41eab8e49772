//! Letters: queued in the transaction of what they tell about, sent by a task, failures kept where an
//! administrator sees them.

use std::{path::PathBuf, time::Duration};

use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::header::ContentType,
};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{
    clock::{Clock, Moment},
    config::Config,
    error::Result,
};

/// A letter in plain text.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The address it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// Puts a letter in the queue. A person without an address gets none.
pub async fn queue(db: &mut PgConnection, now: Moment, letter: &Letter) -> Result<()> {
    if letter.to.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into mails (id, recipient, subject, body, queued_at, next_try_at) values ($1, $2, $3, $4, $5, $5)",
        Uuid::now_v7(), letter.to, letter.subject, letter.body, now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A letter that couldn't be sent so far.
#[derive(Clone, Debug)]
pub struct Failure {
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// When it was queued.
    pub queued_at: Moment,
    /// How often it was tried.
    pub attempts: i32,
    /// What the mail server said last.
    pub last_error: String,
}

/// The letters that failed and still wait, newest first, at most 50.
pub async fn failures(db: &mut PgConnection) -> Result<Vec<Failure>> {
    Ok(sqlx::query_as!(
        Failure,
        r#"select recipient, subject, queued_at, attempts, last_error as "last_error!" from mails
           where sent_at is null and last_error is not null order by queued_at desc limit 50"#
    )
    .fetch_all(db)
    .await?)
}

/// The way letters leave: a mail server, or files in a folder.
pub enum Post {
    /// Through a mail server.
    Server(AsyncSmtpTransport<Tokio1Executor>),
    /// Into a folder, one `.eml` file a letter.
    Folder(AsyncFileTransport<Tokio1Executor>),
}

impl Post {
    /// The way that the settings ask for.
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.smtp_url {
            return Ok(Self::Server(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build(),
            ));
        }
        let folder: PathBuf = config.data.join("mail");
        std::fs::create_dir_all(&folder)?;
        Ok(Self::Folder(AsyncFileTransport::new(folder)))
    }

    async fn send(&self, from: &str, letter: &Letter) -> anyhow::Result<()> {
        let message = Message::builder()
            .from(from.parse()?)
            .to(letter.to.parse()?)
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())?;
        match self {
            Self::Server(server) => drop(server.send(message).await?),
            Self::Folder(folder) => drop(folder.send(message).await?),
        }
        Ok(())
    }
}

/// Sends what waits, for ever. A letter that fails is tried again after 1, 2, 4 ... minutes, at most a day.
pub async fn run(pool: PgPool, clock: Clock, post: Post, from: String) {
    loop {
        match send_next(&pool, clock.now(), &post, &from).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(Duration::from_secs(5)).await,
            Err(error) => {
                tracing::warn!(%error, "mail queue");
                tokio::time::sleep(Duration::from_secs(30)).await;
            }
        }
    }
}

/// Sends the letter that has waited longest; answers whether there was one.
async fn send_next(pool: &PgPool, now: Moment, post: &Post, from: &str) -> Result<bool> {
    let mut tx = pool.begin().await?;
    let Some(next) = sqlx::query!(
        "select id, recipient, subject, body, attempts from mails
         where sent_at is null and next_try_at <= $1 order by next_try_at limit 1 for update skip locked",
        now
    )
    .fetch_optional(&mut *tx)
    .await?
    else {
        return Ok(false);
    };
    let letter = Letter {
        to: next.recipient,
        subject: next.subject,
        body: next.body,
    };
    match post.send(from, &letter).await {
        Ok(()) => {
            sqlx::query!(
                "update mails set sent_at = $2, attempts = attempts + 1, last_error = null where id = $1",
                next.id,
                now
            )
            .execute(&mut *tx)
            .await?;
        }
        Err(error) => {
            let minutes = 2_i64
                .saturating_pow(u32::try_from(next.attempts).unwrap_or(0))
                .min(24 * 60);
            sqlx::query!(
                "update mails set attempts = attempts + 1, next_try_at = $2, last_error = $3 where id = $1",
                next.id,
                now + chrono::Duration::minutes(minutes),
                format!("{error:#}")
            )
            .execute(&mut *tx)
            .await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}
