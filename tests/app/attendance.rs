//! Who is there: the secretary's roll, the delegate's own card, the quorum.

use cumthidua::{
    conferences::{self, Attended, Delegate, Kind, cards},
    kit::error::AppError,
};

use crate::support::{MEETING, TestApp};

const ROLL: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket/diem-danh";

async fn invited() -> TestApp {
    let app = TestApp::new().await;
    app.set_clock("2023-11-10 09:00");
    app.invited("cum-3", Kind::Closing, "28/11/2023").await;
    app
}

#[tokio::test]
async fn the_lamp_is_lit_by_the_rule_of_the_year() {
    let app = invited().await;
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let lead = app.secretariat().await;
    let mut named = Vec::new();
    for unit in ["son-la", "dien-bien", "lai-chau", "lao-cai", "yen-bai", "phu-tho"] {
        named.push(app.delegate(&meeting, "cum-3", unit).await);
    }
    app.set_clock("2023-11-28 07:40");
    let note = async |delegate: &Delegate, present: &str| {
        let id = delegate.id.to_string();
        lead.post(ROLL, &[("delegate", &id), ("present", present)])
            .await
            .expect(303);
    };
    for delegate in &named[..5] {
        note(delegate, "1").await;
    }
    let page = lead.get(ROLL).await.expect(200);
    assert!(!page.has(".lamp-lit"));
    let told = page.text(".lamp");
    assert!(
        told.contains("Chưa đủ điều kiện họp: 5/8 đơn vị có mặt"),
        "{told}"
    );
    assert!(
        told.contains("62,50% < 66,67%") && told.contains("cần ít nhất 6 đơn vị"),
        "{told}"
    );
    note(&named[5], "1").await;
    note(&named[5], "1").await;
    assert!(lead.get(ROLL).await.expect(200).has(".lamp-lit"));
    assert!(
        app.officer_of("hoa-binh")
            .await
            .get(MEETING)
            .await
            .expect(200)
            .has(".lamp-lit")
    );
    // A slip is taken back; who is there can't be replaced.
    let own = format!("{MEETING}/nguoi-du/{}/bo", named[5].id);
    lead.post(&own, &[]).await.expect(409);
    note(&named[5], "").await;
    assert!(!lead.get(ROLL).await.expect(200).has(".lamp-lit"));
    lead.post(&own, &[]).await.expect(303);
    let lines: i64 = app
        .value("select count(*) from journal where action in ('conference.attend', 'conference.not_attend')")
        .await;
    assert_eq!(lines, 7, "saying it twice is said once");
}

#[tokio::test]
async fn somebody_without_a_vote_makes_no_unit_present_and_a_stand_in_does() {
    let app = invited().await;
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let lead = app.secretariat().await;
    app.delegate(&meeting, "cum-3", "hoa-binh").await;
    for (part, name) in [("stand_in", "Đinh Văn Thay"), ("other", "Quách Thị Cùng Đi")] {
        let fields = [("unit", "hoa-binh"), ("part", part), ("name", name)];
        lead.post(&format!("{MEETING}/them-dai-bieu"), &fields)
            .await
            .expect(303);
    }
    app.set_clock("2023-11-28 07:40");
    let year = app.year("cum-3", 2023).await;
    for (name, present) in [("Quách Thị Cùng Đi", false), ("Đinh Văn Thay", true)] {
        let all = app.delegates(&meeting).await;
        let id = all.iter().find(|d| d.name == name).unwrap().id.to_string();
        lead.post(ROLL, &[("delegate", &id), ("present", "1")])
            .await
            .expect(303);
        let attendance = conferences::attendance(&year, &meeting, &app.delegates(&meeting).await, &[]);
        let unit = attendance.units.iter().find(|u| u.slug == "hoa-binh").unwrap();
        assert_eq!(unit.is_present, present, "{name}");
    }
    let attendance = conferences::attendance(&year, &meeting, &app.delegates(&meeting).await, &[]);
    let unit = attendance.units.iter().find(|u| u.slug == "hoa-binh").unwrap();
    assert_eq!(unit.delegate.as_ref().unwrap().name, "Đinh Văn Thay");
}

#[tokio::test]
async fn a_card_says_that_its_holder_is_there_on_the_day() {
    let app = invited().await;
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let named = app.delegate(&meeting, "cum-3", "hoa-binh").await;
    let secret = app.app.vault.card_secret().unwrap();
    let hash = cards::hash_of(&cards::code(&secret, named.id, 1));
    let attend = async |hash: Vec<u8>| {
        let mut tx = app.app.begin().await.unwrap();
        let done = conferences::attend_by_card(&mut tx, app.now(), &hash).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    };
    assert!(
        matches!(attend(hash.clone()).await, Err(AppError::Conflict(_))),
        "too early"
    );
    app.set_clock("2023-11-28 07:30");
    let found = attend(hash.clone()).await.unwrap();
    assert_eq!(found.attended_by, Some(Attended::Card));
    app.set_clock("2023-11-28 07:45");
    let again = attend(hash.clone()).await.unwrap();
    assert_eq!(again.attended_at, found.attended_at, "said twice, noted once");
    assert!(matches!(
        attend(cards::hash_of("22222222")).await,
        Err(AppError::NotFound)
    ));
    let told: String = app
        .value("select person_name from journal where action = 'conference.attend'")
        .await;
    assert_eq!(told, "Đại biểu Hòa Bình (thẻ đại biểu)");
}

#[tokio::test]
async fn only_the_secretary_calls_the_roll_and_only_when_it_is_time() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-10 09:00");
    let planned = app.planned("cum-3", Kind::Closing, "28/11/2023").await;
    let named = app.delegate(&planned, "cum-3", "hoa-binh").await;
    let id = named.id.to_string();
    let fields = [("delegate", id.as_str()), ("present", "1")];
    let lead = app.secretariat().await;
    assert!(
        lead.get(ROLL)
            .await
            .expect(200)
            .text("main")
            .contains("chưa gửi giấy mời")
    );
    lead.post(ROLL, &fields).await.expect(409);
    for other in [
        app.leader_of("hoa-binh").await,
        app.patron().await,
        app.administrator().await,
    ] {
        other.get(ROLL).await.expect(403);
        other.post(ROLL, &fields).await.expect(403);
    }
    // Somebody of another conference isn't on this roll.
    let midyear = app.invited("cum-3", Kind::Midyear, "20/11/2023").await;
    lead.post(
        &format!("/cum/cum-3/2023/hoi-nghi/{}/diem-danh", midyear.slug),
        &fields,
    )
    .await
    .expect(404);
    lead.post(ROLL, &[("delegate", "không"), ("present", "1")])
        .await
        .expect(404);
}
