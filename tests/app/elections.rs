//! Lead and deputy that have become one unit since they were elected: the task, the confirmation, the new election.

use cumthidua::{
    ballots::{self, Answer, Choices, House, Plan, Purpose, Rule, Token},
    conferences::{FormOfVote, Kind},
    ids::UnitId,
    kit::journal::Hand,
    units::{self, SuccessionKind, Unit, UnitKind},
};

use crate::support::{TestApp, login};

const MERGER: &str = "/cum/cum-3/2023/hoi-nghi/hop-nhat";
const TASK: &str = "Cụm trưởng và cụm phó mới đã hợp nhất: bầu lại hoặc xác nhận";

/// The closing conference elected Lào Cai and Yên Bái; each is merged into the same new unit on the day of its list.
async fn merged(app: &TestApp, days: [&str; 2]) {
    app.conference().await;
    let mut db = app.db().await;
    let new = Unit {
        id: UnitId::new(),
        slug: "lao-cai-moi".to_owned(),
        place: "Lào Cai".to_owned(),
        name: "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Lào Cai (hợp nhất)".to_owned(),
        short_name: "Liên hiệp Hội tỉnh Lào Cai hợp nhất".to_owned(),
        kind: UnitKind::ProvincialUnion,
        founded_on: None,
        ended_on: None,
        address: String::new(),
        phone: String::new(),
        email: String::new(),
        made_up: Vec::new(),
    };
    let (now, hand) = (app.now(), Hand::program());
    units::create_unit(&mut db, now, &hand, &new, &[]).await.unwrap();
    for (slug, day) in ["lao-cai", "yen-bai"].into_iter().zip(days) {
        let old = units::unit_by_slug(&mut db, slug).await.unwrap().id;
        let on = day.parse().unwrap();
        units::succeed(&mut db, now, &hand, old, new.id, on, SuccessionKind::Merge)
            .await
            .unwrap();
    }
}

async fn has_task(app: &TestApp, login: &str) -> bool {
    let page = app.signed_in(login).await.get("/viec-cua-toi").await.expect(200);
    page.body.contains(TASK)
}

#[tokio::test]
async fn lead_and_office_have_a_task_from_the_merger_on_until_the_office_confirms() {
    let app = TestApp::new().await;
    merged(&app, ["2024-07-01", "2024-07-05"]).await;
    let (lead, member) = (login::leader("son-la"), login::leader("hoa-binh"));
    app.set_clock("2024-07-04 09:00");
    assert!(
        !has_task(&app, &lead).await,
        "Yên Bái is a unit of its own until the 5th"
    );
    app.standing_office().await.get(MERGER).await.expect(404);
    app.set_clock("2024-07-05 09:00");
    for who in [lead.as_str(), login::STANDING_OFFICE] {
        assert!(has_task(&app, who).await, "{who}");
    }
    for who in [member.as_str(), login::ADMINISTRATOR, &login::leader("nghe-an")] {
        assert!(!has_task(&app, who).await, "{who}");
    }

    let page = app.secretariat().await.get(MERGER).await.expect(200);
    assert!(page.body.contains("Liên hiệp Hội tỉnh Lào Cai hợp nhất") && page.body.contains("05/07/2024"));
    assert!(!page.has("textarea"), "only the standing office confirms");
    let form = [("reason", "Văn bản số 12/LHHVN ngày 05/7/2024")];
    app.secretariat().await.post(MERGER, &form).await.expect(403);
    app.leader_of("nghe-an").await.get(MERGER).await.expect(404);
    app.administrator().await.get(MERGER).await.expect(404);

    let office = app.standing_office().await;
    let wrong = office.post(MERGER, &[("reason", " ")]).await.expect(422);
    assert!(!wrong.error_at("reason").is_empty());
    assert!(has_task(&app, login::STANDING_OFFICE).await);
    office.post(MERGER, &form).await.expect_to(MERGER);
    for who in [lead.as_str(), login::STANDING_OFFICE] {
        assert!(!has_task(&app, who).await, "{who} is done");
    }
    let page = app.leader_of("hoa-binh").await.get(MERGER).await.expect(200);
    assert!(page.body.contains("đã xác nhận") && page.body.contains("12/LHHVN"));
    office.post(MERGER, &form).await.expect(409);
    let told: String = app
        .value("select after ->> 'reason' from journal where action = 'election.confirm'")
        .await;
    assert_eq!(told, form[0].1);
    assert!(
        app.sql("delete from merger_confirmations").await.is_err(),
        "a word once given stays"
    );
}

#[tokio::test]
async fn a_new_election_ends_the_task_once_it_is_counted_and_somebody_is_elected() {
    let app = TestApp::new().await;
    merged(&app, ["2024-07-01", "2024-07-01"]).await;
    app.set_clock("2024-07-10 08:00");
    let meeting = app.planned("cum-3", Kind::Extraordinary, "10/07/2024").await;
    let (actor, year) = (
        app.actor(&login::leader("son-la")).await,
        app.year("cum-3", 2023).await,
    );
    for (choice, is_done) in [(vec![], false), (vec![0], true)] {
        let hall = crate::support::Hall {
            year: year.clone(),
            codes: std::collections::HashMap::new(),
        };
        let plan = Plan {
            title: "Bầu lại cụm phó".to_owned(),
            form: FormOfVote::Secret,
            round: 1,
            questions: vec![hall.question(Purpose::Deputy, None, 1, &["hoa-binh", "phu-tho"])],
            rule: Rule::of_year(&year.rules),
        };
        let mut db = app.db().await;
        let house = House::Conference(meeting.id);
        let id = ballots::create(&mut db, app.now(), &actor, house, &plan)
            .await
            .unwrap();
        let electorate: Vec<ballots::Elector> = (0_u8..)
            .zip(&year.members)
            .map(|(card, member)| ballots::Elector {
                name: member.short_name.clone(),
                unit_id: Some(member.unit_id),
                person_id: None,
                card_hash: Some(vec![card]),
                attendance: ballots::Attendance::Present,
            })
            .collect();
        let ballot = app.ballot(id).await;
        let (now, vault) = (app.now(), &app.app.vault);
        ballots::open(&mut db, now, &actor, &ballot, ballot.version, &electorate, vault)
            .await
            .unwrap();
        for card in 0..7 {
            let choices = Choices(vec![Answer::Chosen(choice.clone())]);
            ballots::cast(&app.app.pool, now, id, &[card], &Token::new(), &choices)
                .await
                .unwrap();
        }
        assert!(has_task(&app, login::STANDING_OFFICE).await, "nothing is counted");
        app.count_ballot(id).await;
        assert_eq!(has_task(&app, login::STANDING_OFFICE).await, !is_done);
    }
    let page = app.standing_office().await.get(MERGER).await.expect(200);
    assert!(page.body.contains("đã bầu lại"));
    assert!(page.has("a[href='/cum/cum-3/2023/hoi-nghi/bat-thuong-1']"));
    app.standing_office()
        .await
        .post(MERGER, &[("reason", "Không cần nữa")])
        .await
        .expect(409);
}

#[tokio::test]
async fn where_they_are_two_units_there_is_nothing_to_do() {
    let app = TestApp::new().await;
    app.conference().await;
    let mut db = app.db().await;
    let old = units::unit_by_slug(&mut db, "lao-cai").await.unwrap().id;
    let into = units::unit_by_slug(&mut db, "lai-chau").await.unwrap().id;
    let (now, hand) = (app.now(), Hand::program());
    let on = "2024-07-01".parse().unwrap();
    units::succeed(&mut db, now, &hand, old, into, on, SuccessionKind::Merge)
        .await
        .unwrap();
    app.set_clock("2024-07-10 08:00");
    assert!(!has_task(&app, login::STANDING_OFFICE).await);
    app.standing_office().await.get(MERGER).await.expect(404);
    // Where the deputy is merged into the lead itself, both are one as well.
    let deputy = units::unit_by_slug(&mut db, "yen-bai").await.unwrap().id;
    units::succeed(&mut db, now, &hand, deputy, old, on, SuccessionKind::Merge)
        .await
        .unwrap();
    assert!(has_task(&app, login::STANDING_OFFICE).await);
}
