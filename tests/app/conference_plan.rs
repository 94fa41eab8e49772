//! A conference from its plan to its signed minutes.

use cumthidua::conferences::{self, ItemState, Kind, State};

use crate::support::{CONFERENCE, MEETING, TestApp, conference_form, with_version};

const PLAN: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket/sua";
const INVITATION: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket/giay-moi";
const BEGIN: &str = "/cum/cum-3/2023/hoi-nghi/moi";

const WHOLE: [(&str, &str); 6] = [
    ("place", "Hội trường tỉnh"),
    ("starts_on", "28/11/2023"),
    ("starts_at", "8h"),
    ("ends_at", "11:30"),
    ("chairs", "Ông Nguyễn Văn Chủ Trì"),
    ("secretary", "Bà Trần Thị Thư Ký"),
];

async fn before_the_conference() -> TestApp {
    let app = TestApp::new().await;
    app.set_clock("2023-11-10 09:00");
    app
}

#[tokio::test]
async fn the_lead_plans_and_invites_and_the_units_get_letters() {
    let app = before_the_conference().await;
    app.sql(
        "update persons set email = case when login like '%hoa-binh' or login like '%nghe-an' then login || '@donvi.example' else '' end",
    )
    .await
    .unwrap();
    let lead = app.secretariat().await;
    lead.post(BEGIN, &[("kind", "tong-ket")]).await.expect_to(PLAN);
    lead.post(BEGIN, &[("kind", "tong-ket")]).await.expect(409);
    let form = lead.get(PLAN).await.expect(200);
    assert!(form.value("#item_title-4").contains("Bỏ phiếu suy tôn"));

    // Half a plan can be kept, but nobody can be invited with it.
    lead.submit(&form, "main form", &[("place", "Hội trường tỉnh")])
        .await
        .expect_to(MEETING);
    let told = lead.post(INVITATION, &[("version", "2")]).await.expect(422);
    assert_eq!(
        told.texts(".error-summary li").join(" "),
        "Chưa có ngày họp. Chưa có giờ khai mạc. Chưa có người chủ trì. Chưa có thư ký hội nghị."
    );

    let form = lead.get(PLAN).await.expect(200);
    let mut fields = WHOLE.to_vec();
    fields.push(("next", "giay-moi"));
    lead.submit(&form, "main form", &fields)
        .await
        .expect_to(INVITATION);
    let letter = lead.get(INVITATION).await.expect(200);
    assert!(letter.text("article").contains("08:00 đến 11:30 ngày 28/11/2023"));
    assert_eq!(letter.count("article ul li"), 8, "every member is named");
    lead.submit(&letter, "form.final-body", &[])
        .await
        .expect_to(MEETING);
    let told = lead.get(MEETING).await.expect(200);
    assert_eq!(told.text(".state"), "đã mời");

    let letters: String = app
        .value("select string_agg(recipient || ': ' || subject, ', ' order by recipient) from mails")
        .await;
    assert_eq!(
        letters,
        "can-bo.hoa-binh@donvi.example: Giấy mời: Hội nghị tổng kết năm 2023, Cụm thi đua số 3, \
         lanh-dao.hoa-binh@donvi.example: Giấy mời: Hội nghị tổng kết năm 2023, Cụm thi đua số 3",
        "who has left the unit and who is in another cluster get none"
    );
    let body: String = app.value("select body from mails limit 1").await;
    assert!(body.contains("08:00 đến 11:30 ngày 28/11/2023") && body.contains("7. Kết luận hội nghị"));
    assert!(body.contains(MEETING));

    // Told again after a change; the state stays.
    let again = lead.get(INVITATION).await.expect(200);
    lead.submit(&again, "form.final-body", &[]).await.expect(303);
    assert_eq!(app.value::<i64>("select count(*) from mails").await, 4);
    lead.post(INVITATION, &[("version", "3")]).await.expect(409);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_kept() {
    let app = before_the_conference().await;
    app.planned("cum-3", Kind::Closing, "28/11/2023").await;
    let lead = app.secretariat().await;
    let form = lead.get(PLAN).await.expect(200);
    let long = "ă".repeat(5000);
    for (field, typed) in [
        ("starts_on", "31/11/2023"),
        ("starts_on", "28/11/2031"),
        ("starts_at", "25:00"),
        ("ends_at", "07:30"),
        ("title", long.as_str()),
        ("place", "Sơn\u{202e}La"),
        ("chairs", long.as_str()),
        ("invitation", long.as_str()),
    ] {
        let page = lead
            .submit(&form, "main form", &[(field, typed)])
            .await
            .expect(422);
        assert_eq!(page.wrong_fields(), [field], "{typed:.20}");
        assert!(!page.error_at(field).is_empty());
        assert_eq!(page.value(&format!("#{field}")), typed);
    }
    for (name, typed, field) in [
        ("item_minutes", "mười", "item_minutes-0"),
        ("item_order", "-1", "item_order-0"),
        ("item_title", "", "item_title-0"),
    ] {
        let page = lead
            .submit(&form, "main form", &[(name, typed)])
            .await
            .expect(422);
        assert_eq!(page.wrong_fields(), [field]);
    }
    assert_eq!(
        app.meeting("cum-3", "tong-ket").await.plan.starts_on,
        "28/11/2023"
    );
}

#[tokio::test]
async fn the_agenda_is_ordered_by_numbers_and_keeps_what_has_been() {
    let app = before_the_conference().await;
    let meeting = app.invited("cum-3", Kind::Midyear, "20/11/2023").await;
    let (lead, actor) = (app.secretariat().await, app.actor("lanh-dao.son-la").await);
    let path = format!("{CONFERENCE}/so-ket/sua");
    let form = lead.get(&path).await.expect(200);
    let (_, mut fields) = form.form("main form");
    // The third item comes first; a new one goes between, the last is taken off.
    let place = |fields: &[(String, String)], name: &str, at: usize| {
        fields
            .iter()
            .enumerate()
            .filter(|(_, f)| f.0 == name)
            .nth(at)
            .unwrap()
            .0
    };
    for (name, at, value) in [
        ("item_order", 2, "1"),
        ("item_order", 0, "2"),
        ("item_title", 4, "Giải lao"),
        ("item_order", 4, "2"),
        ("item_title", 3, ""),
        ("item_minutes", 3, ""),
    ] {
        let i = place(&fields, name, at);
        value.clone_into(&mut fields[i].1);
    }
    let sent: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    lead.post(&path, &sent).await.expect(303);
    let titles = |agenda: Vec<conferences::AgendaItem>| -> Vec<String> {
        agenda
            .into_iter()
            .map(|i| format!("{} {}", i.position, i.title))
            .collect()
    };
    let agenda = conferences::agenda(&mut *app.db().await, meeting.id)
        .await
        .unwrap();
    assert_eq!(
        titles(agenda.clone()),
        [
            "1 Thảo luận",
            "2 Ổn định tổ chức, giới thiệu đại biểu",
            "3 Báo cáo sơ kết 6 tháng đầu năm",
            "4 Giải lao"
        ]
    );

    app.set_clock("2023-11-20 08:00");
    let meeting = app.opened("so-ket").await;
    let mut tx = app.app.begin().await.unwrap();
    let now = app.now();
    for item in &agenda[..2] {
        conferences::go_to(&mut tx, now, &actor, &meeting, item.id)
            .await
            .unwrap();
    }
    conferences::save_notes(
        &mut tx,
        now,
        &actor,
        &meeting,
        agenda[0].id,
        1,
        "Các đơn vị nhất trí.",
    )
    .await
    .unwrap();
    let stale = conferences::save_notes(&mut tx, now, &actor, &meeting, agenda[0].id, 1, "khác").await;
    assert!(stale.is_err(), "two who write notes at once");
    tx.commit().await.unwrap();
    let states: Vec<ItemState> = conferences::agenda(&mut *app.db().await, meeting.id)
        .await
        .unwrap()
        .into_iter()
        .map(|i| i.state)
        .collect();
    assert_eq!(
        states,
        [
            ItemState::Done,
            ItemState::On,
            ItemState::Waiting,
            ItemState::Waiting
        ]
    );
    let form = lead.get(&path).await.expect(200);
    let page = lead
        .submit(&form, "main form", &[("item_title", ""), ("item_minutes", "")])
        .await
        .expect(422);
    assert!(page.text(".error-summary").contains("đã diễn ra"));
}

#[tokio::test]
async fn two_who_plan_at_once_lose_nothing() {
    let app = before_the_conference().await;
    app.planned("cum-3", Kind::Closing, "28/11/2023").await;
    let lead = app.secretariat().await;
    let form = lead.get(PLAN).await.expect(200);
    lead.submit(&form, "main form", &[("place", "Mộc Châu")])
        .await
        .expect(303);
    let stale = lead
        .submit(&form, "main form", &[("place", "Mai Sơn")])
        .await
        .expect(409);
    assert_eq!(stale.value("#place"), "Mai Sơn");
    assert_eq!(lead.get(PLAN).await.value("#place"), "Mộc Châu");
}

#[tokio::test]
async fn only_the_secretariat_plans_and_others_of_the_cluster_read() {
    let app = before_the_conference().await;
    app.planned("cum-3", Kind::Closing, "28/11/2023").await;
    let readers = [
        app.officer_of("hoa-binh").await,
        app.patron().await,
        app.standing_office().await,
    ];
    for reader in &readers {
        let page = reader.get(MEETING).await.expect(200);
        assert!(page.text("main").contains("Hội trường Liên hiệp Hội"));
        assert!(!page.links().contains(&PLAN.to_owned()));
        let ballots = format!("{MEETING}/bo-phieu");
        assert!(page.links().contains(&ballots));
        reader.get(&ballots).await.expect(200);
        for path in [PLAN, BEGIN, INVITATION] {
            reader
                .post(path, &[("kind", "so-ket"), ("version", "2")])
                .await
                .expect(403);
        }
    }
    app.officer_of("ha-tinh").await.get(MEETING).await.expect(404);
    // Who runs the program has nothing to do with votes.
    let page = app.administrator().await.get(MEETING).await.expect(200);
    assert!(!page.links().contains(&format!("{MEETING}/bo-phieu")));
    app.secretariat()
        .await
        .post("/cum/cum-4/2023/hoi-nghi/moi", &[("kind", "so-ket")])
        .await
        .expect(404);
}

#[tokio::test]
async fn extraordinary_ones_are_numbered() {
    let app = before_the_conference().await;
    let lead = app.secretariat().await;
    for number in 1..=2 {
        lead.post(BEGIN, &[("kind", "bat-thuong")])
            .await
            .expect_to(&format!("{CONFERENCE}/bat-thuong-{number}/sua"));
    }
    lead.post(BEGIN, &[("kind", "hop-mat")]).await.expect(400);
    let cards = lead.get(CONFERENCE).await.expect(200).texts(".meetings h2");
    assert_eq!(cards.len(), 2);
}

#[tokio::test]
async fn minutes_on_paper_end_a_conference_that_was_planned_here() {
    let app = before_the_conference().await;
    let meeting = app.invited("cum-3", Kind::Closing, "28/11/2023").await;
    app.set_clock("2023-11-28 15:00");
    let lead = app.secretariat().await;
    let version = meeting.version.to_string();
    let form = with_version(&version, &conference_form());
    lead.post(&format!("{CONFERENCE}/sua"), &form).await.expect(303);
    let version = (meeting.version + 1).to_string();
    lead.post(&format!("{CONFERENCE}/chot"), &[("version", &version)])
        .await
        .expect(303);
    let ended = app.meeting("cum-3", "tong-ket").await;
    assert_eq!((ended.state, ended.content.is_some()), (State::Ended, true));
    lead.get(PLAN).await.expect(409);
}

#[tokio::test]
async fn signed_minutes_are_frozen_whoever_writes() {
    let app = before_the_conference().await;
    app.invited("cum-3", Kind::Midyear, "20/11/2023").await;
    app.set_clock("2023-11-20 08:00");
    let meeting = app.opened("so-ket").await;
    let (year, actor) = (app.year("cum-3", 2023).await, app.actor("lanh-dao.son-la").await);
    let mut tx = app.app.begin().await.unwrap();
    let now = app.now();
    let minutes = serde_json::json!({"b": 1, "a": ["Sơn La"]});
    assert!(
        conferences::sign(&mut tx, now, &actor, &meeting, &minutes, meeting.version)
            .await
            .is_err(),
        "it still meets"
    );
    conferences::end(&mut tx, now, &actor, &year, &meeting, None, meeting.version)
        .await
        .unwrap();
    let meeting = conferences::find_meeting(&mut tx, &year, "so-ket").await.unwrap();
    let version = conferences::save_conclusion(&mut tx, now, &actor, &meeting, meeting.version, "Nhất trí.")
        .await
        .unwrap();
    let meeting = conferences::find_meeting(&mut tx, &year, "so-ket").await.unwrap();
    let hash = conferences::sign(&mut tx, now, &actor, &meeting, &minutes, version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let signed = app.meeting("cum-3", "so-ket").await;
    assert_eq!((signed.state, signed.minutes_hash), (State::Signed, Some(hash)));
    for statement in [
        "update conferences set minutes = '{}' where slug = 'so-ket'",
        "update conferences set plan = '{}' where slug = 'so-ket'",
        "update conferences set state = 'ended', minutes = null, minutes_hash = null, signed_at = null, signed_by = null",
        "delete from conferences where slug = 'so-ket'",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn everybody_is_told_whose_turn_it_is() {
    let app = before_the_conference().await;
    let (lead, unit) = (app.secretariat().await, app.officer_of("hoa-binh").await);
    let tasks = |page: crate::support::Page| page.texts(".task h3").join(" | ");
    let planned = app.planned("cum-3", Kind::Closing, "28/11/2023").await;
    assert!(tasks(lead.get("/viec-cua-toi").await).contains("Mời hội nghị tổng kết"));
    assert!(!tasks(unit.get("/viec-cua-toi").await).contains("Cử đại biểu"));
    let letter = lead.get(INVITATION).await.expect(200);
    lead.submit(&letter, "form.final-body", &[]).await.expect(303);
    assert!(tasks(unit.get("/viec-cua-toi").await).contains("Cử đại biểu dự hội nghị tổng kết"));
    assert!(tasks(lead.get("/viec-cua-toi").await).contains("Nhắc 8 đơn vị cử đại biểu"));

    app.delegate(&app.meeting("cum-3", "tong-ket").await, "cum-3", "hoa-binh")
        .await;
    let told = tasks(unit.get("/viec-cua-toi").await);
    assert!(
        told.contains("Gửi giấy ủy quyền") && !told.contains("Cử đại biểu"),
        "{told}"
    );
    app.set_clock("2023-11-28 07:30");
    assert!(tasks(lead.get("/viec-cua-toi").await).contains("Điểm danh hội nghị tổng kết"));
    app.opened("tong-ket").await;
    assert!(tasks(lead.get("/viec-cua-toi").await).contains("Điều hành hội nghị tổng kết"));
    assert_eq!(planned.kind, Kind::Closing);
}
