//! Checking in the background: one copy after the other, away from the requests.

use std::time::Duration;

use serde_json::json;
use sqlx::PgPool;

use crate::{
    kit::{
        clock::{Clock, Moment},
        database,
        error::Result,
        files::FileStore,
        journal::{self, Hand, Subject},
    },
    signatures::{
        model::{Finding, Report},
        queries::{self, Waiting},
        verifier::{Task, Verifier},
    },
};

/// Checks what waits, for ever.
pub async fn run(pool: PgPool, clock: Clock, files: FileStore, verifier: Verifier) {
    loop {
        match check_next(&pool, &files, &verifier, clock.now()).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(Duration::from_secs(2)).await,
            Err(error) => {
                tracing::warn!(%error, "checks of signed copies");
                tokio::time::sleep(Duration::from_secs(30)).await;
            }
        }
    }
}

/// Checks the copy that has waited longest; answers whether there was one. No transaction is held while programs run, so
/// that two programs on one database may do the same check: the first result counts.
pub async fn check_next(pool: &PgPool, files: &FileStore, verifier: &Verifier, now: Moment) -> Result<bool> {
    let mut db = pool.acquire().await?;
    let Some(mut waiting) = queries::next_check(&mut db).await? else {
        return Ok(false);
    };
    let authorities = queries::authorities(&mut db).await?;
    let lists = queries::lists(&mut db).await?;
    drop(db);
    let report = match files.bytes(&waiting.sha256).await {
        Ok(signed) => {
            let task = Task {
                signed,
                issued: std::mem::take(&mut waiting.issued),
                authorities: authorities.into_iter().map(|authority| authority.der).collect(),
                lists,
                now,
            };
            verifier.verify(task).await
        }
        Err(error) => {
            tracing::error!(%error, "a signed copy can't be read");
            let why = "Không đọc được tệp trong kho lưu trữ. Xin báo người vận hành.";
            Report {
                findings: vec![Finding::unknown("Tệp", why)],
                ..Report::default()
            }
        }
    };
    if let Err(error) = keep(pool, &waiting, &report, now).await {
        // One result that can't be kept must not keep the others waiting.
        tracing::error!(%error, "the result of a check can't be kept");
        let why = "Không ghi được kết quả kiểm tra của tệp này. Xin báo người vận hành.";
        let without = Report {
            findings: vec![Finding::unknown("Tệp", why)],
            ..Report::default()
        };
        keep(pool, &waiting, &without, now).await?;
    }
    Ok(true)
}

/// Writes a result down, unless there is one.
async fn keep(pool: &PgPool, waiting: &Waiting, report: &Report, now: Moment) -> Result<()> {
    let mut tx = database::begin(pool).await?;
    if queries::insert_result(&mut tx, waiting.check, report, now).await? {
        let after = json!({"copy": waiting.number, "outcome": report.outcome(), "reason": report.reason(), "tool": report.tool});
        let subject = Subject::new("documents", waiting.document);
        let hand = Hand::program();
        journal::write(&mut tx, now, &hand, "signed_copy.result", subject, (), after).await?;
    }
    Ok(tx.commit().await?)
}
