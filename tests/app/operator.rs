//! What the operator's tools ask, and what a start makes of a database.

use cumthidua::kit::database as kit;
use sqlx::PgPool;

use crate::support::{TestApp, database};

/// Where nothing listens.
const NOWHERE: &str = "postgres://nobody@127.0.0.1:1/nothing";

#[tokio::test]
async fn health_is_about_the_process_and_readiness_about_the_database() {
    let app = TestApp::new().await;
    assert_eq!(app.visitor().get("/health").await.expect(200).body, "ok\n");
    assert_eq!(app.visitor().get("/ready").await.expect(200).body, "ready\n");
    let lonely = TestApp::on(NOWHERE, |_| {});
    lonely.visitor().get("/health").await.expect(200);
    let page = lonely.visitor().get("/ready").await.expect(503);
    assert!(
        page.header("content-type").starts_with("text/plain"),
        "no page for a tool"
    );
}

#[tokio::test]
async fn a_database_is_ready_when_it_has_all_migrations() {
    let database = database::empty().await;
    let app = TestApp::on(&database.address, |_| {});
    app.visitor().get("/ready").await.expect(503);
    kit::migrate(&app.app.pool).await.unwrap();
    app.visitor().get("/ready").await.expect(200);
}

#[tokio::test]
async fn metrics_count_answers_by_class_and_connections() {
    let app = TestApp::new().await;
    let count = async |status: &str| -> u64 {
        let page = app.visitor().get("/metrics").await.expect(200);
        let name = format!("cumthidua_http_requests_total{{status=\"{status}\"}} ");
        let line = page
            .body
            .lines()
            .find_map(|line| line.strip_prefix(&name))
            .unwrap();
        line.parse().unwrap()
    };
    let before = count("4xx").await;
    app.visitor().get("/khong-co-trang-nay").await.expect(404);
    // Other tests count into the same numbers.
    assert!(count("4xx").await > before);
    let page = app.visitor().get("/metrics").await;
    for line in [
        "cumthidua_http_request_duration_seconds_sum ",
        "cumthidua_http_request_duration_seconds_count ",
        "cumthidua_db_connections{state=\"idle\"} ",
    ] {
        assert!(page.body.lines().any(|known| known.starts_with(line)), "{line}");
    }
}

#[tokio::test]
async fn migrations_are_applied_once_and_a_newer_database_is_refused_in_words() {
    let database = database::empty().await;
    let pool = PgPool::connect(&database.address).await.unwrap();
    assert_eq!(kit::migrate(&pool).await.unwrap(), kit::MIGRATIONS.iter().count());
    assert_eq!(kit::migrate(&pool).await.unwrap(), 0);
    assert!(kit::is_ready(&pool).await);
    let newer = "insert into _sqlx_migrations select 20990101000000, 'later', now(), true, '', 0";
    database::run(&mut pool.acquire().await.unwrap(), newer)
        .await
        .unwrap();
    let error = kit::migrate(&pool).await.unwrap_err().to_string();
    assert!(
        error.contains("newer version") && error.contains("20990101000000"),
        "{error}"
    );
    assert!(!kit::is_ready(&pool).await);
}

#[tokio::test]
async fn a_start_waits_for_a_database_that_is_away_but_not_for_a_wrong_name() {
    let config = |_: &mut _| {};
    let lonely = TestApp::on(NOWHERE, config);
    let error = kit::wait(&lonely.app.pool, std::time::Duration::ZERO)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("can't be used"), "{error}");
    let app = TestApp::new().await;
    let wrong = app.address.replacen("cumthidua_test", "nonexistent", 1);
    let wrong = TestApp::on(&wrong, config);
    let patience = std::time::Duration::from_hours(1);
    let error = kit::wait(&wrong.app.pool, patience).await.unwrap_err();
    assert!(format!("{error:#}").contains("does not exist"), "{error:#}");
}
