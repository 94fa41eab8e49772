//! The demonstration world: what the files tell is what the pages show, and it came about by the rules.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use cumthidua::{
    ballots, clusters,
    conferences::{self, State as ConferenceState},
    consolidations, criteria, demo,
    kit::{
        clock::{self, Moment},
        database,
        files::FileStore,
        journal::{self, Verdict},
        vault::Vault,
    },
    nominations,
    people::actor_by_login,
    registrations,
    reports::{self, Period},
    scoring::{self, Line, Points, State as ScoreState},
    units,
    years::{self, Office},
};
use serde_json::Value;
use sqlx::{PgPool, Postgres, pool::PoolConnection};
use uuid::Uuid;

use crate::{
    architecture::sources::root,
    support::{
        database::{self as databases, Database},
        moment,
    },
};

/// A database with all migrations and nothing in it, and a folder of keys of its own.
struct Ground {
    pool: PgPool,
    keys: PathBuf,
    _database: Database,
}

impl Ground {
    async fn new() -> Self {
        let database = databases::empty().await;
        let pool = PgPool::connect(&database.address).await.unwrap();
        database::migrate(&pool).await.unwrap();
        Self {
            pool,
            keys: std::env::temp_dir().join(format!("cumthidua-test-demo-keys-{}", Uuid::new_v4())),
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
        demo::load(&self.pool, &files, &self.vault(), "http://localhost", now).await
    }

    fn vault(&self) -> Vault {
        Vault::open(&self.keys).unwrap()
    }

    async fn db(&self) -> PoolConnection<Postgres> {
        self.pool.acquire().await.unwrap()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.keys);
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
    let candidates: Vec<(String, Value)> = [("flag", "vusta_flag"), ("merit", "vusta_merit")]
        .into_iter()
        .flat_map(|(preset, award)| {
            let ballots = list(&shape["meeting"]["ballots"]);
            let ballot = ballots.into_iter().find(|b| b["preset"] == preset).unwrap();
            let candidates = list(&ballot["vote"]["questions"][0]);
            candidates.into_iter().map(move |c| (award.to_owned(), c))
        })
        .collect();
    let persons = list(&shape["put_forward"]);
    assert_eq!(all.len(), candidates.len() + persons.len());
    for person in persons {
        let is_this = |n: &&nominations::Nomination| {
            n.person
                .as_ref()
                .is_some_and(|p| person["full_name"] == p.full_name)
        };
        let found = all.iter().find(is_this).unwrap();
        assert_eq!(found.state, nominations::State::Decided, "{person}");
    }
    for (award, candidate) in candidates {
        let is_this =
            |v: &&Value| v["unit"] == candidate["unit"] && v["award"] == award && v["person"].is_null();
        let appraised = list(&shape["appraisals"]);
        let refused = appraised
            .iter()
            .find(is_this)
            .is_some_and(|a| a["eligible"] == false);
        let voted = list(&shape["council"]["results"]);
        let passed = voted.iter().find(is_this).is_some_and(|r| r["passed"] == true);
        let expected = match (candidate["elected"] == true, refused, passed) {
            (false, ..) => nominations::State::NotAcclaimed,
            (true, true, _) => nominations::State::Ineligible,
            (true, false, true) => nominations::State::Decided,
            (true, false, false) => nominations::State::CouncilRejected,
        };
        let found = all
            .iter()
            .find(|n| candidate["unit"] == n.unit_slug && award == n.award && n.person.is_none())
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
    let later = "alter table hand_overs add constraint hand_overs_obstacle check (taken_at is null)";
    databases::run(&mut *ground.db().await, later).await.unwrap();
    let removed = "alter table receipts drop constraint receipts_obstacle";
    databases::run(&mut *ground.db().await, removed).await.unwrap();
    let error = format!("{:#}", ground.load(now).await.unwrap_err());
    assert!(error.contains("cum-3 2023, hall"), "{error}");
    assert!(
        ground.vault().ballots().unwrap().is_empty(),
        "no key is left of ballots that never were"
    );
    let removed = "alter table hand_overs drop constraint hand_overs_obstacle";
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
    let (mut explained, mut differing) = (0, 0);
    for member in &year.members {
        let (sheet, _) = scoring::find_visible(&mut db, &office, &year, &scoring, &member.slug, now)
            .await
            .unwrap();
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
            explained += usize::from(!line.explanation.is_empty());
            differing += usize::from(line.differs());
        }
        let again = scoring.tally(sheet.unit_id, &sheet.lines, Line::points);
        assert_eq!(sheet.result.as_ref(), Some(&again));
        // Lists and the standing read the points alone; they are the same.
        let listed = sheets.iter().find(|s| s.unit_id == sheet.unit_id).unwrap();
        assert_eq!(scoring.tally(sheet.unit_id, &listed.lines, Points::points), again);
    }
    let standing = scoring::ranked(&mut db, &year, &scoring, &sheets).await.unwrap();
    let places: Vec<&str> = standing
        .iter()
        .take(2)
        .map(|row| row.place_name.as_str())
        .collect();
    assert_eq!(places, ["Sơn La", "Hòa Bình"]);
    assert!(
        explained >= 2 && differing >= 3,
        "{explained} explained, {differing} differ"
    );
}

#[tokio::test]
async fn the_conference_of_2023_was_held_in_the_program_and_nothing_of_it_is_open() {
    let now = moment("2026-11-23 08:42");
    let ground = Ground::loaded(now).await;
    let mut db = ground.db().await;
    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let held = conferences::find_meeting(&mut db, &year, "tong-ket")
        .await
        .unwrap();
    assert_eq!(held.state, ConferenceState::Signed);
    assert!(held.was_held_here() && !held.has_typed_result());

    let delegates = conferences::delegates(&mut db, held.id).await.unwrap();
    let absences = conferences::absences(&mut db, held.id).await.unwrap();
    let there = conferences::attendance(&year, &held, &delegates, &absences);
    assert_eq!((there.present, there.total, there.has_quorum), (7, 8, true));
    let away: Vec<&str> = there
        .units
        .iter()
        .filter(|u| !u.is_present)
        .map(|u| u.slug.as_str())
        .collect();
    assert_eq!((away.as_slice(), absences.len()), (["phu-tho-cu"].as_slice(), 1));
    assert!(delegates.iter().all(|d| !d.lacks_authorisation()));

    // Real people of the published report vote for nobody and say nothing themselves.
    for name in ["Phạm Thị Hà", "Lương Minh Nghiêm", "Nguyễn Hồng Yến"] {
        let real = delegates.iter().find(|d| d.name == name).unwrap();
        assert!(!matches!(
            real.part,
            conferences::Part::Voting | conferences::Part::StandIn
        ));
        assert_eq!(real.attended_by, Some(conferences::Attended::Secretary));
    }

    let content = held.content.as_ref().unwrap();
    let slug = |unit| year.member_of(unit).unwrap().slug.as_str();
    let votes: Vec<(&str, &str, i32)> = content
        .candidates
        .iter()
        .map(|c| (c.award.as_str(), slug(c.unit.id), c.votes_for))
        .collect();
    assert_eq!(
        votes[..3],
        [
            ("vusta_flag", "son-la", 7),
            ("vusta_flag", "hoa-binh", 6),
            ("vusta_flag", "yen-bai", 3)
        ]
    );
    assert_eq!(votes[3], ("vusta_merit", "lao-cai-cu", 7));
    assert_eq!((content.issued, content.collected, content.base), (8, 8, 8));
    assert_eq!(
        (slug(content.next_lead.id), slug(content.next_deputy.id)),
        ("lao-cai-cu", "yen-bai")
    );
    let minutes = held.minutes.as_ref().unwrap();
    assert_eq!(minutes["present"].as_array().unwrap().len(), 7);
    assert_eq!(minutes["absent"].as_array().unwrap().len(), 1);
    assert_eq!(minutes["ballots"].as_array().unwrap().len(), 3);
    let items = minutes["items"].as_array().unwrap();
    assert!(items.len() == 7 && items.iter().all(|item| item["notes"] != ""));
    for part in [
        "began",
        "ended",
        "chairs",
        "secretary",
        "conclusion",
        "next_lead",
        "next_deputy",
        "journal_hash",
    ] {
        assert_ne!(minutes[part], "", "{part}");
    }
    assert_eq!(
        minutes["guests"]
            .as_str()
            .unwrap()
            .matches("Nguyễn Hồng Yến")
            .count(),
        1
    );

    let hand_over = held.hand_over.as_ref().unwrap();
    assert_eq!(hand_over.takes_effect_on, clock::day(moment("2024-01-01 00:00")));
    assert!(hand_over.given.is_some() && hand_over.taken.is_some());
    let next = years::find(&mut db, "cum-3", 2024).await.unwrap();
    assert_eq!(next.holder(Office::Lead), Some(content.next_lead.id));
    assert_eq!(next.holder(Office::Deputy), Some(content.next_deputy.id));
    for (day, leads) in [("2023-12-31 12:00", false), ("2024-01-01 12:00", true)] {
        let taker = actor_by_login(&mut db, "laocai", clock::day(moment(day)))
            .await
            .unwrap();
        assert_eq!(taker.is_secretariat_of(year.cluster.id), leads, "{day}");
    }
}

#[tokio::test]
async fn the_papers_of_2023_are_published_with_receipts_and_no_key_is_left() {
    let ground = Ground::loaded(moment("2026-11-23 08:42")).await;
    let mut db = ground.db().await;
    let year = years::find(&mut db, "cum-3", 2023).await.unwrap();
    let held = conferences::find_meeting(&mut db, &year, "tong-ket")
        .await
        .unwrap();
    let all = ballots::of_conference(&mut db, held.id).await.unwrap();
    let told = file("years/cum-3-2023.json");
    assert_eq!(all.len(), 3);
    for (place, ballot) in all.iter().enumerate() {
        assert_eq!(ballot.state, ballots::State::Signed);
        assert!(ballot.is_secret() && ballot.advance_at < ballot.opened_at);
        let published = ballots::published(&mut db, ballot).await.unwrap();
        let receipts: BTreeSet<&str> = published.papers.iter().map(|p| p.receipt.as_str()).collect();
        assert_eq!(receipts.len(), 8);
        assert_eq!((published.turnout.present, published.turnout.advance), (7, 1));
        assert!(
            published
                .papers
                .iter()
                .all(|p| p.choices.check(&published.plan, &[]).is_empty())
        );
        let result = ballot.result.as_ref().unwrap();
        for (i, question) in result.questions.iter().enumerate() {
            assert_eq!((question.valid, question.base), (8, 8));
            for (j, candidate) in question.candidates.iter().enumerate() {
                let shape = &told["meeting"]["ballots"][place]["vote"]["questions"][i][j];
                assert_eq!(shape["votes_for"], candidate.votes_for, "{}", candidate.name);
                let is_in = candidate.verdict == ballots::Verdict::Elected;
                assert_eq!(shape["elected"], is_in, "{}", candidate.name);
            }
        }
    }
    let flag = &all[0].plan.questions[0];
    assert_eq!((flag.style, flag.most), (ballots::Style::Choose, 2));
    let origins: Vec<&str> = flag.candidates.iter().map(|c| c.origin.as_str()).collect();
    assert!(
        origins[0].starts_with("xếp thứ 1 ") && origins[1].starts_with("xếp thứ 2 "),
        "{origins:?}"
    );
    assert!(flag.candidates.iter().all(|c| c.score.is_some()));

    assert!(ground.vault().ballots().unwrap().is_empty());
    let sealed: i64 = sqlx::query_scalar("select count(*) from sealed_papers")
        .fetch_one(&mut *db)
        .await
        .unwrap();
    assert_eq!(sealed, 0);

    let current = years::find(&mut db, "cum-3", 2026).await.unwrap();
    let coming = conferences::find_meeting(&mut db, &current, "tong-ket")
        .await
        .unwrap();
    assert_eq!(coming.state, ConferenceState::Invited);
    let drafts = ballots::of_conference(&mut db, coming.id).await.unwrap();
    assert!(drafts.len() == 1 && drafts[0].state == ballots::State::Draft);
}
