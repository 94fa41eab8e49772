use std::collections::BTreeMap;

use super::*;
use crate::{
    clusters, consolidations,
    kit::journal::Verdict,
    nominations, registrations,
    reports::{self, Period},
    units, years,
};

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// A place for files; what is left in it lies in the temporary folder.
fn files() -> FileStore {
    let folder = std::env::temp_dir().join(format!("cumthidua-demo-{}", uuid::Uuid::new_v4().simple()));
    FileStore::open(&folder).unwrap()
}

async fn loaded(pool: &PgPool, now: Moment) {
    assert!(load(pool, &files(), now).await.unwrap());
}

#[sqlx::test(migrator = "database::MIGRATIONS")]
async fn the_whole_world_stands_as_the_files_tell(pool: PgPool) {
    let now = moment("2026-11-23T01:42:00Z");
    loaded(&pool, now).await;
    let mut db = pool.acquire().await.unwrap();

    assert!(database::is_demo(&mut db).await.unwrap());
    assert_eq!(
        units::choices(&mut db, clock::day(moment("2023-06-01T00:00:00Z")))
            .await
            .unwrap()
            .len(),
        63
    );
    assert_eq!(units::choices(&mut db, clock::day(now)).await.unwrap().len(), 34);
    assert_eq!(clusters::all(&mut db).await.unwrap().len(), 9);

    let office = actor(&mut db, STANDING_OFFICE, now).await.unwrap();
    for shape in &World::read(now).unwrap().years {
        let year = years::find(&mut db, &shape.cluster, shape.year).await.unwrap();
        assert_eq!(year.is_open(), shape.closed_on.is_none(), "{}", year.title());
        assert_eq!(year.members.len(), shape.members.len(), "{}", year.title());
        assert_eq!(
            year.leaderships.len(),
            shape.leaderships.len(),
            "{}",
            year.title()
        );
        let states: BTreeMap<_, _> = registrations::summaries(&mut db, year.id)
            .await
            .unwrap()
            .into_iter()
            .map(|r| {
                (
                    year.member_of(r.unit_id).unwrap().slug.clone(),
                    serde_json::to_value(r.state).unwrap(),
                )
            })
            .collect();
        let sent = shape.consolidation.as_ref().is_some_and(|c| c.sent_at.is_some());
        let told = |state: &str| {
            if sent && state == "accepted" {
                "forwarded".to_owned()
            } else {
                state.to_owned()
            }
        };
        let expected = shape
            .registrations
            .iter()
            .map(|r| (r.unit.clone(), told(&r.state).into()))
            .collect();
        assert_eq!(states, expected, "{}", year.title());
        assert_awards_as_told(&mut db, &office, &year, shape).await;
        let states: BTreeMap<_, _> = reports::summaries(&mut db, year.id, Period::Annual)
            .await
            .unwrap()
            .into_iter()
            .map(|r| (year.member_of(r.unit_id).unwrap().slug.clone(), r.state))
            .collect();
        let told = |state: &str| serde_json::from_value(state.replace("finalised", "final").into()).unwrap();
        let expected = shape
            .reports
            .iter()
            .map(|r| (r.unit.clone(), told(&r.state)))
            .collect();
        assert_eq!(states, expected, "{}", year.title());
        if shape
            .consolidation
            .as_ref()
            .is_some_and(|c| c.acknowledged_at.is_some())
        {
            let table = consolidations::find_visible(&mut db, &office, &year)
                .await
                .unwrap();
            assert_eq!(table.content.unwrap().lines.len(), 8);
            assert_eq!(table.state, consolidations::State::Acknowledged);
        }
    }
    let verdict = journal::verify(&mut db).await.unwrap();
    assert!(
        matches!(verdict, Verdict::Whole { lines, .. } if lines > 400),
        "{verdict:?}"
    );
}

/// The conference's votes led to what the file says, and the nominations came as far.
async fn assert_awards_as_told(
    db: &mut PgConnection,
    office: &Actor,
    year: &years::Year,
    shape: &shapes::ClusterYear,
) {
    let all = nominations::of_year(db, office, year).await.unwrap();
    let candidates = shape.conference.iter().flat_map(|c| &c.candidates);
    assert_eq!(all.len(), candidates.clone().count(), "{}", year.title());
    for candidate in candidates {
        let found = all
            .iter()
            .find(|n| n.unit_slug == candidate.unit && n.award == candidate.award)
            .unwrap();
        let refused = shape
            .appraisals
            .iter()
            .any(|a| a.unit == candidate.unit && a.award == candidate.award && !a.eligible);
        let passed = shape.council.iter().flat_map(|c| &c.results);
        let passed = passed
            .filter(|r| r.passed)
            .any(|r| r.unit == candidate.unit && r.award == candidate.award);
        let expected = match (candidate.acclaimed, refused, passed) {
            (false, ..) => nominations::State::NotAcclaimed,
            (true, true, _) => nominations::State::Ineligible,
            (true, false, true) => nominations::State::Decided,
            (true, false, false) => nominations::State::CouncilRejected,
        };
        assert_eq!(found.state, expected, "{} {}", candidate.unit, candidate.award);
    }
}

#[sqlx::test(migrator = "database::MIGRATIONS")]
async fn the_journal_reads_in_the_order_of_time_with_the_hands_of_then(pool: PgPool) {
    let now = moment("2026-11-23T01:42:00Z");
    loaded(&pool, now).await;
    let mut db = pool.acquire().await.unwrap();
    let lines = journal::newest(&mut db, None, 0, 10_000).await.unwrap();
    assert!(lines.is_sorted_by(|newer, older| newer.at >= older.at));
    assert!(lines.first().unwrap().at <= now);

    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let lead = actor(&mut db, "sonla", moment("2023-03-05T00:00:00Z"))
        .await
        .unwrap();
    let late = registrations::find_visible(&mut db, &lead, &year, "vinh-phuc")
        .await
        .unwrap();
    assert_eq!(late.late_days, Some(6));
    let mended = registrations::find_visible(&mut db, &lead, &year, "hoa-binh")
        .await
        .unwrap();
    let story: Vec<_> = journal::newest(&mut db, Some(mended.id.0), 0, 100)
        .await
        .unwrap()
        .into_iter()
        .rev()
        .map(|line| {
            format!(
                "{} {}",
                line.action.trim_start_matches("registration."),
                line.person_name
            )
        })
        .collect();
    insta::assert_snapshot!(story.join("\n"), @"
    save Bùi Văn Ví Dụ
    submit Bùi Văn Ví Dụ
    return Lò Văn Giả Định
    save Bùi Văn Ví Dụ
    submit Bùi Văn Ví Dụ
    accept Lò Văn Giả Định
    forward Lò Văn Giả Định
    ");
}

#[sqlx::test(migrator = "database::MIGRATIONS")]
async fn early_in_a_year_its_whole_story_has_just_happened(pool: PgPool) {
    let now = moment("2026-12-31T17:00:01Z");
    loaded(&pool, now).await;
    let mut db = pool.acquire().await.unwrap();
    let year = years::find(&mut db, "cum-3", 2027).await.unwrap();
    let states: Vec<_> = registrations::summaries(&mut db, year.id).await.unwrap();
    assert_eq!(states.len(), 5);
    assert!(
        states
            .iter()
            .filter_map(|r| r.submitted_at)
            .all(|at| year_of(at) == 2027 && at <= now)
    );
}

#[sqlx::test(migrator = "database::MIGRATIONS")]
async fn only_an_empty_database_is_filled_and_only_once(pool: PgPool) {
    let now = moment("2026-03-01T00:00:00Z");
    let (one, other) = {
        let (a, b) = (files(), files());
        tokio::join!(load(&pool, &a, now), load(&pool, &b, now))
    };
    assert_eq!(
        [one.unwrap(), other.unwrap()]
            .iter()
            .filter(|loaded| **loaded)
            .count(),
        1
    );
    assert!(!load_reference(&pool, now).await.unwrap());
}

#[sqlx::test(migrator = "database::MIGRATIONS")]
async fn a_world_that_cannot_be_loaded_leaves_nothing_behind(pool: PgPool) {
    let now = moment("2026-03-01T00:00:00Z");
    sqlx::query("alter table receipts add constraint receipts_test check (number < 2)")
        .execute(&pool)
        .await
        .unwrap();
    let error = load(&pool, &files(), now).await.unwrap_err();
    assert!(
        format!("{error:#}").contains("cum-3 2023, registration of hoa-binh"),
        "{error:#}"
    );
    assert!(
        journal::is_empty(&mut pool.acquire().await.unwrap())
            .await
            .unwrap()
    );
    sqlx::query("alter table receipts drop constraint receipts_test")
        .execute(&pool)
        .await
        .unwrap();
    loaded(&pool, now).await;
}

#[sqlx::test(migrator = "database::MIGRATIONS")]
async fn a_real_start_gets_units_and_clusters_and_nothing_made_up(pool: PgPool) {
    let now = moment("2026-03-01T00:00:00Z");
    assert!(load_reference(&pool, now).await.unwrap());
    let mut db = pool.acquire().await.unwrap();
    assert!(!database::is_demo(&mut db).await.unwrap());
    assert_eq!(units::choices(&mut db, clock::day(now)).await.unwrap().len(), 34);
    let unit = units::unit_by_slug(&mut db, "lao-cai-cu").await.unwrap();
    assert_eq!(
        (unit.address.as_str(), unit.phone.as_str(), unit.made_up.len()),
        ("", "", 0)
    );
    assert!(years::list(&mut db, None).await.unwrap().is_empty());
    drop(db);
    assert!(!load(&pool, &files(), now).await.unwrap());
}
