//! The demonstration world: what the files tell is what the pages show, and it came about by the rules.

use std::collections::BTreeMap;

use cumthidua::{
    clusters, consolidations, criteria, demo,
    kit::{
        clock::{self, Moment},
        database,
        files::FileStore,
        journal::{self, Verdict},
    },
    nominations,
    people::actor_by_login,
    registrations,
    reports::{self, Period},
    scoring::{self, Line, Scored, State as ScoreState},
    units, years,
};
use serde_json::Value;
use sqlx::{PgPool, Postgres, pool::PoolConnection};

use crate::{
    architecture::sources::root,
    support::{
        database::{self as databases, Database},
        moment,
    },
};

/// A database with all migrations and nothing in it.
struct Ground {
    pool: PgPool,
    _database: Database,
}

impl Ground {
    async fn new() -> Self {
        let database = databases::empty().await;
        let pool = PgPool::connect(&database.address).await.unwrap();
        database::migrate(&pool).await.unwrap();
        Self {
            pool,
            _database: database,
        }
    }

    async fn loaded(now: Moment) -> Self {
        let ground = Self::new().await;
        assert!(ground.load(now).await.unwrap());
        ground
    }

    /// Loads the world, with its files in the temporary folder.
    async fn load(&self, now: Moment) -> anyhow::Result<bool> {
        let files = FileStore::open(&std::env::temp_dir().join("cumthidua-test-demo")).unwrap();
        demo::load(&self.pool, &files, now).await
    }

    async fn db(&self) -> PoolConnection<Postgres> {
        self.pool.acquire().await.unwrap()
    }
}

fn file(name: &str) -> Value {
    let text = std::fs::read_to_string(root().join("demo").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The states of all registrations of a year, by unit.
async fn states(ground: &Ground, cluster: &str, year: i32) -> BTreeMap<String, Value> {
    let mut db = ground.db().await;
    let year = years::find(&mut db, cluster, year).await.unwrap();
    let all = registrations::summaries(&mut db, year.id).await.unwrap();
    let slug = |unit| year.member_of(unit).unwrap().slug.clone();
    all.iter()
        .map(|r| (slug(r.unit_id), serde_json::to_value(r.state).unwrap()))
        .collect()
}

#[tokio::test]
async fn units_clusters_and_years_stand_as_the_files_tell() {
    let now = moment("2026-11-23 08:42");
    let ground = Ground::loaded(now).await;
    let mut db = ground.db().await;
    assert!(database::is_demo(&mut db).await.unwrap());
    let before_the_mergers = clock::day(moment("2025-06-30 12:00"));
    assert_eq!(
        units::choices(&mut db, before_the_mergers).await.unwrap().len(),
        63
    );
    assert_eq!(units::choices(&mut db, clock::day(now)).await.unwrap().len(), 34);
    assert_eq!(file("units.json").as_array().unwrap().len(), 86);
    for unit in file("units.json").as_array().unwrap() {
        units::unit_by_slug(&mut db, unit["slug"].as_str().unwrap())
            .await
            .unwrap();
    }
    assert_eq!(clusters::all(&mut db).await.unwrap().len(), 9);

    let mut told = vec![
        file("years/cum-3-2023.json"),
        file("years/cum-3-2024.json"),
        file("years/cum-3-2025.json"),
        file("years/cum-3-current.json"),
    ];
    told.extend(file("years/others.json")["years"].as_array().unwrap().clone());
    for shape in told {
        let number = shape["year"].as_i64().unwrap_or(2026).try_into().unwrap();
        let year = years::find(&mut db, shape["cluster"].as_str().unwrap(), number)
            .await
            .unwrap();
        assert_eq!(year.is_open(), shape["closed_on"].is_null(), "{}", year.title());
        for (kept, part) in [
            (year.members.len(), "members"),
            (year.leaderships.len(), "leaderships"),
        ] {
            assert_eq!(
                kept,
                shape[part].as_array().unwrap().len(),
                "{}: {part}",
                year.title()
            );
        }
    }
}

#[tokio::test]
async fn every_registration_is_where_the_files_tell() {
    let ground = Ground::loaded(moment("2026-11-23 08:42")).await;
    for (name, year) in [("2023", 2023), ("2024", 2024), ("2025", 2025), ("current", 2026)] {
        let shape = file(&format!("years/cum-3-{name}.json"));
        // What was accepted has gone on with the consolidated registration, where there is one.
        let sent = shape["consolidation"]["sent_at"].is_string();
        let told: BTreeMap<String, Value> = shape["registrations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| (r["unit"].as_str().unwrap().to_owned(), r["state"].clone()))
            .map(|(unit, state)| {
                (
                    unit,
                    if sent && state == "accepted" {
                        "forwarded".into()
                    } else {
                        state
                    },
                )
            })
            .collect();
        assert_eq!(states(&ground, "cum-3", year).await, told, "{name}");
    }
    let mut db = ground.db().await;
    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let office = actor_by_login(&mut db, "thuongtruc", clock::day(moment("2024-01-15 09:00")))
        .await
        .unwrap();
    let table = consolidations::find_visible(&mut db, &office, &year)
        .await
        .unwrap();
    assert_eq!(table.state, consolidations::State::Acknowledged);
    assert_eq!(table.content.unwrap().lines.len(), 8);
}

#[tokio::test]
async fn every_report_is_where_the_files_tell() {
    let ground = Ground::loaded(moment("2026-11-23 08:42")).await;
    let mut db = ground.db().await;
    for (name, number) in [("2023", 2023), ("current", 2026)] {
        let year = years::find(&mut db, "cum-3", number).await.unwrap();
        let all = reports::summaries(&mut db, year.id, Some(Period::Annual))
            .await
            .unwrap();
        let slug = |unit| year.member_of(unit).unwrap().slug.clone();
        let states: BTreeMap<_, _> = all.iter().map(|r| (slug(r.unit_id), r.state)).collect();
        let shape = file(&format!("years/cum-3-{name}.json"));
        let told = |state: &Value| {
            let word = state.as_str().unwrap().replace("finalised", "final");
            serde_json::from_value(word.into()).unwrap()
        };
        let told: BTreeMap<_, _> = shape["reports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| (r["unit"].as_str().unwrap().to_owned(), told(&r["state"])))
            .collect();
        assert_eq!(states, told, "{name}");
    }
}

#[tokio::test]
async fn votes_appraisals_and_the_council_led_each_nomination_where_the_files_tell() {
    let ground = Ground::loaded(moment("2026-11-23 08:42")).await;
    let mut db = ground.db().await;
    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let day = clock::day(moment("2024-01-31 09:00"));
    let office = actor_by_login(&mut db, "thuongtruc", day).await.unwrap();
    let all = nominations::of_year(&mut db, &office, &year).await.unwrap();
    let shape = file("years/cum-3-2023.json");
    let list = |value: &Value| value.as_array().unwrap().clone();
    let candidates = list(&shape["conference"]["candidates"]);
    assert_eq!(all.len(), candidates.len());
    for candidate in candidates {
        let is_this = |v: &&Value| v["unit"] == candidate["unit"] && v["award"] == candidate["award"];
        let appraised = list(&shape["appraisals"]);
        let refused = appraised
            .iter()
            .find(is_this)
            .is_some_and(|a| a["eligible"] == false);
        let voted = list(&shape["council"]["results"]);
        let passed = voted.iter().find(is_this).is_some_and(|r| r["passed"] == true);
        let expected = match (candidate["acclaimed"] == true, refused, passed) {
            (false, ..) => nominations::State::NotAcclaimed,
            (true, true, _) => nominations::State::Ineligible,
            (true, false, true) => nominations::State::Decided,
            (true, false, false) => nominations::State::CouncilRejected,
        };
        let found = all
            .iter()
            .find(|n| candidate["unit"] == n.unit_slug && candidate["award"] == n.award)
            .unwrap();
        assert_eq!(found.state, expected, "{candidate}");
    }
}

#[tokio::test]
async fn the_journal_is_whole_in_the_order_of_time_and_names_the_hands_of_then() {
    let now = moment("2026-11-23 08:42");
    let ground = Ground::loaded(now).await;
    let mut db = ground.db().await;
    let verdict = journal::verify(&mut db).await.unwrap();
    assert!(
        matches!(verdict, Verdict::Whole { lines, .. } if lines > 400),
        "{verdict:?}"
    );
    let lines = journal::newest(&mut db, None, 0, 10_000).await.unwrap();
    assert!(lines.is_sorted_by(|newer, older| newer.at >= older.at));
    assert!(lines.first().unwrap().at <= now);

    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let lead = actor_by_login(&mut db, "sonla", clock::day(moment("2023-03-10 09:00")))
        .await
        .unwrap();
    let late = registrations::find_visible(&mut db, &lead, &year, "vinh-phuc")
        .await
        .unwrap();
    assert_eq!(late.late_days, Some(6));
    let mended = registrations::find_visible(&mut db, &lead, &year, "hoa-binh")
        .await
        .unwrap();
    let lines = journal::newest(&mut db, Some(mended.id.0), 0, 100).await.unwrap();
    let story = lines.iter().rev().map(|line| {
        let act = line.action.trim_start_matches("registration.");
        format!("{} {act} {}", clock::moment_text(line.at), line.person_name)
    });
    insta::assert_snapshot!(story.collect::<Vec<_>>().join("\n"), @"
    16:10 ngày 24/02/2023 save Bùi Văn Ví Dụ
    16:30 ngày 24/02/2023 submit Bùi Văn Ví Dụ
    10:00 ngày 27/02/2023 return Lò Văn Giả Định
    14:05 ngày 02/03/2023 save Bùi Văn Ví Dụ
    14:25 ngày 02/03/2023 submit Bùi Văn Ví Dụ
    08:45 ngày 03/03/2023 accept Lò Văn Giả Định
    10:30 ngày 13/03/2023 forward Lò Văn Giả Định
    ");
}

#[tokio::test]
async fn at_the_first_moment_of_a_year_its_whole_story_has_just_happened() {
    let now = moment("2027-01-01 00:00:01");
    let ground = Ground::loaded(now).await;
    assert_eq!(states(&ground, "cum-3", 2027).await.len(), 5);
    let lines = journal::newest(&mut *ground.db().await, None, 0, 10_000)
        .await
        .unwrap();
    let of_the_year = lines.iter().filter(|line| line.at >= moment("2027-01-01 00:00"));
    assert!(of_the_year.count() > 20);
    assert!(lines.iter().all(|line| line.at <= now));
}

#[tokio::test]
async fn only_an_empty_database_is_filled_and_of_two_programs_one_fills_it() {
    let now = moment("2026-03-01 07:00");
    let ground = Ground::new().await;
    let both = tokio::join!(ground.load(now), ground.load(now));
    assert_eq!(
        [both.0.unwrap(), both.1.unwrap()]
            .iter()
            .filter(|filled| **filled)
            .count(),
        1
    );
    assert!(!ground.load(now).await.unwrap());
    assert!(!demo::load_reference(&ground.pool, now).await.unwrap());
}

#[tokio::test]
async fn a_world_that_cannot_be_loaded_says_where_and_leaves_nothing_behind() {
    let now = moment("2026-03-01 07:00");
    let ground = Ground::new().await;
    let obstacle = "alter table receipts add constraint receipts_obstacle check (number < 2)";
    databases::run(&mut *ground.db().await, obstacle).await.unwrap();
    let error = format!("{:#}", ground.load(now).await.unwrap_err());
    assert!(error.contains("cum-3 2023, registration of hoa-binh"), "{error}");
    assert!(journal::is_empty(&mut *ground.db().await).await.unwrap());
    let removed = "alter table receipts drop constraint receipts_obstacle";
    databases::run(&mut *ground.db().await, removed).await.unwrap();
    assert!(ground.load(now).await.unwrap());
}

#[tokio::test]
async fn a_real_start_gets_units_and_clusters_and_nothing_made_up() {
    let now = moment("2026-03-01 07:00");
    let ground = Ground::new().await;
    assert!(demo::load_reference(&ground.pool, now).await.unwrap());
    let mut db = ground.db().await;
    assert!(!database::is_demo(&mut db).await.unwrap());
    assert_eq!(units::choices(&mut db, clock::day(now)).await.unwrap().len(), 34);
    assert_eq!(clusters::all(&mut db).await.unwrap().len(), 9);
    let unit = units::unit_by_slug(&mut db, "lao-cai-cu").await.unwrap();
    assert_eq!(
        (unit.address.as_str(), unit.phone.as_str(), unit.email.as_str()),
        ("", "", "")
    );
    assert!(years::list(&mut db, None).await.unwrap().is_empty());
    assert!(!demo::load_reference(&ground.pool, now).await.unwrap());
    assert!(!ground.load(now).await.unwrap());
}

#[tokio::test]
async fn every_year_has_its_table_of_criteria_and_the_first_one_a_second_version() {
    let now = moment("2026-11-23 08:42");
    let ground = Ground::loaded(now).await;
    let mut db = ground.db().await;
    for (year, number) in [(2023, 2), (2024, 1), (2025, 1), (2026, 1)] {
        let set = criteria::find_issued(&mut db, year).await.unwrap().unwrap();
        assert_eq!(set.number, number);
        assert!(criteria::sums::check(&set).problems.is_empty());
    }
    let lead = actor_by_login(&mut db, "phutho", clock::day(now)).await.unwrap();
    let list = criteria::list_visible(&mut db, &lead).await.unwrap();
    let own = list.iter().find(|row| row.cluster_id.is_some()).unwrap();
    assert_eq!((own.year, own.state), (2026, criteria::State::Draft));
    let first = list
        .iter()
        .find(|row| row.state == criteria::State::Closed)
        .unwrap();
    let first = criteria::by_id(&mut db, first.id).await.unwrap();
    let second = criteria::find_issued(&mut db, 2023).await.unwrap().unwrap();
    assert_eq!(criteria::difference::between(&first, &second).criteria.len(), 5);
}

#[tokio::test]
async fn the_points_of_2023_come_out_the_same_whenever_they_are_computed_and_son_la_and_hoa_binh_lead() {
    let now = moment("2030-03-01 09:00");
    let ground = Ground::loaded(now).await;
    let mut db = ground.db().await;
    let office = actor_by_login(&mut db, "thuongtruc", clock::day(now))
        .await
        .unwrap();
    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let scoring = scoring::find_scoring(&mut db, year.id).await.unwrap().unwrap();
    let sheets = scoring::of_year(&mut db, &office, &year, &scoring, now)
        .await
        .unwrap();
    assert_eq!(sheets.len(), 8);
    for sheet in &sheets {
        assert_eq!(sheet.state, ScoreState::Locked);
        for line in &sheet.lines {
            let criterion = scoring.set.criterion(line.criterion_id).unwrap();
            let again = criteria::compute(criterion, &scoring.set.rules, &line.basis);
            assert_eq!(
                (again.points, &again.working),
                (line.computed, &line.working),
                "{}",
                criterion.code
            );
        }
        let again = scoring.tally(sheet.unit_id, &sheet.lines, Line::points);
        assert_eq!(sheet.result.as_ref(), Some(&again));
    }
    let scored: Vec<Scored<'_>> = sheets
        .iter()
        .map(|sheet| Scored {
            sheet,
            awarded_last_year: false,
        })
        .collect();
    let standing = scoring::standing_rows(&year, &scoring, &scored);
    let places: Vec<&str> = standing
        .iter()
        .take(2)
        .map(|row| row.place_name.as_str())
        .collect();
    assert_eq!(places, ["Sơn La", "Hòa Bình"]);
    let explained = sheets
        .iter()
        .flat_map(|s| &s.lines)
        .filter(|l| !l.explanation.is_empty())
        .count();
    let differing = sheets
        .iter()
        .flat_map(|s| &s.lines)
        .filter(|l| l.differs())
        .count();
    assert!(
        explained >= 2 && differing >= 3,
        "{explained} explained, {differing} differ"
    );
}
