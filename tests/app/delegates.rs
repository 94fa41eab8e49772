//! Who comes: named by the unit, by the secretariat for a unit that called; guests; authorisations; cards.

use cumthidua::conferences::{self, Kind, Part, cards};

use crate::support::{CONFERENCE, MEETING, PDF, TestApp};

const OWN: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket/dai-bieu/hoa-binh";
const ONE_MORE: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket/them-dai-bieu";

async fn invited() -> TestApp {
    let app = TestApp::new().await;
    app.set_clock("2023-11-10 09:00");
    app.invited("cum-3", Kind::Closing, "28/11/2023").await;
    app
}

const GOES: [(&str, &str); 5] = [
    ("coming", "co"),
    ("name", "Bùi Thị Đại Biểu"),
    ("post", "Phó Chủ tịch"),
    ("stand_in_name", "Đinh Văn Thay"),
    ("other_name", "Quách Thị Cùng Đi"),
];

#[tokio::test]
async fn a_unit_names_its_own_delegates_and_nobody_elses() {
    let app = invited().await;
    let unit = app.officer_of("hoa-binh").await;
    let form = unit.get(OWN).await.expect(200);
    unit.submit(&form, "main form", &GOES).await.expect_to(OWN);
    let list = unit.get(&format!("{MEETING}/dai-bieu")).await.expect(200);
    let told = list.texts("tbody tr").join(" ");
    assert!(told.contains("Bùi Thị Đại Biểu") && told.contains("Đinh Văn Thay (dự khuyết)"));
    assert!(told.contains("chờ giấy ủy quyền") && told.contains("Quách Thị Cùng Đi"));

    let other = format!("{MEETING}/dai-bieu/dien-bien");
    unit.get(&other).await.expect(404);
    unit.post(&other, &GOES).await.expect(404);
    unit.upload(&format!("{other}/uy-quyen"), "a.pdf", PDF, &[])
        .await
        .expect(404);
    for (reader, status) in [
        (app.patron().await, 200),
        (app.standing_office().await, 200),
        (app.council_member().await, 404),
        (app.administrator().await, 404),
    ] {
        reader.get(OWN).await.expect(status);
        reader.post(OWN, &GOES).await.expect(403);
    }
    let meeting = app.meeting("cum-3", "tong-ket").await;
    assert_eq!(app.delegates(&meeting).await.len(), 3);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_kept() {
    let app = invited().await;
    let unit = app.leader_of("hoa-binh").await;
    let form = unit.get(OWN).await.expect(200);
    let long = "ă".repeat(5000);
    for (fields, wrong) in [
        (vec![("name", long.as_str())], "name"),
        (vec![("name", "")], "name"),
        (vec![("name", "Bùi 2")], "name"),
        (vec![("post", long.as_str())], "post"),
        (vec![("stand_in_name", "Bùi Thị Đại Biểu")], "stand_in_name"),
        (vec![("coming", "vang")], "reason"),
        (vec![("other_name", "12")], "other_name-0"),
    ] {
        let mut sent = GOES.to_vec();
        for (name, value) in fields {
            sent.retain(|f| f.0 != name);
            sent.push((name, value));
        }
        let page = unit.submit(&form, "main form", &sent).await.expect(422);
        assert_eq!(page.wrong_fields(), [wrong]);
        assert!(!page.error_at(wrong).is_empty());
    }
    let page = unit
        .submit(&form, "main form", &[("coming", "co"), ("name", &long)])
        .await
        .expect(422);
    assert_eq!(page.value("#name"), long);
}

#[tokio::test]
async fn two_of_a_unit_who_write_at_once_lose_nothing() {
    let app = invited().await;
    let (first, second) = (app.officer_of("hoa-binh").await, app.leader_of("hoa-binh").await);
    let (a, b) = (
        first.get(OWN).await.expect(200),
        second.get(OWN).await.expect(200),
    );
    first.submit(&a, "main form", &GOES).await.expect(303);
    let late = [("coming", "co"), ("name", "Người Khác")];
    let told = second.submit(&b, "main form", &late).await.expect(409);
    assert_eq!(told.value("#name"), "Người Khác");
    assert!(told.text("[role=alert]").contains("Chưa lưu"));
    assert_eq!(second.get(OWN).await.value("#name"), "Bùi Thị Đại Biểu");
}

#[tokio::test]
async fn a_unit_that_cannot_come_says_why_and_may_name_who_votes_beforehand() {
    let app = invited().await;
    let unit = app.officer_of("hoa-binh").await;
    let form = unit.get(OWN).await.expect(200);
    let away = [
        ("coming", "vang"),
        ("reason", "Đường sạt lở"),
        ("name", "Bùi Thị Đại Biểu"),
        ("is_head", "1"),
    ];
    unit.submit(&form, "main form", &away).await.expect(303);
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let (year, delegates) = (app.year("cum-3", 2023).await, app.delegates(&meeting).await);
    let absences = conferences::absences(&mut *app.db().await, meeting.id)
        .await
        .unwrap();
    let attendance = conferences::attendance(&year, &meeting, &delegates, &absences);
    let own = attendance.units.iter().find(|u| u.slug == "hoa-binh").unwrap();
    assert_eq!((own.is_present, own.reason.as_str()), (false, "Đường sạt lở"));
    assert_eq!(own.delegate.as_ref().unwrap().name, "Bùi Thị Đại Biểu");
    assert!(own.delegate.as_ref().unwrap().is_head);

    // And comes after all.
    let form = unit.get(OWN).await.expect(200);
    unit.submit(&form, "main form", &[("coming", "co")])
        .await
        .expect(303);
    assert_eq!(app.value::<i64>("select count(*) from absences").await, 0);
}

#[tokio::test]
async fn of_a_unit_one_votes_and_a_guest_belongs_to_none() {
    let app = invited().await;
    let lead = app.secretariat().await;
    let add = async |unit: &str, part: &str, name: &str| {
        lead.post(ONE_MORE, &[("unit", unit), ("part", part), ("name", name)])
            .await
    };
    add("lai-chau", "voting", "Tẩn Văn Một").await.expect(303);
    let second = add("lai-chau", "voting", "Tẩn Văn Hai").await.expect(422);
    assert!(second.error_at("part").contains("đã có đại biểu biểu quyết"));
    assert_eq!(second.value("#name"), "Tẩn Văn Hai");
    add("lai-chau", "stand_in", "Tẩn Văn Hai").await.expect(303);
    let third = add("lai-chau", "stand_in", "Tẩn Văn Ba").await.expect(422);
    assert!(third.error_at("part").contains("dự khuyết"));
    add("", "guest", "Phạm Thị Khách").await.expect(303);
    assert!(
        !add("lai-chau", "guest", "Ai Đó")
            .await
            .expect(422)
            .error_at("unit")
            .is_empty()
    );
    assert!(
        !add("", "other", "Ai Đó")
            .await
            .expect(422)
            .error_at("unit")
            .is_empty()
    );
    assert!(
        !add("nghe-an", "other", "Ai Đó")
            .await
            .expect(422)
            .error_at("unit")
            .is_empty()
    );
    assert!(
        !add("", "vip", "Ai Đó")
            .await
            .expect(422)
            .error_at("part")
            .is_empty()
    );

    let list = lead.get(&format!("{MEETING}/dai-bieu")).await.expect(200);
    assert!(list.text("ul.guests").contains("Phạm Thị Khách"));
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let guest = app
        .delegates(&meeting)
        .await
        .into_iter()
        .find(|d| d.part == Part::Guest)
        .unwrap();
    lead.post(&format!("{MEETING}/nguoi-du/{}/bo", guest.id), &[])
        .await
        .expect(303);
    assert_eq!(app.delegates(&meeting).await.len(), 2);
}

#[tokio::test]
async fn an_authorisation_belongs_to_the_person_it_was_given_for() {
    let app = invited().await;
    let unit = app.officer_of("hoa-binh").await;
    let file = format!("{OWN}/uy-quyen");
    unit.upload(&file, "a.pdf", PDF, &[]).await.expect(409);
    let form = unit.get(OWN).await.expect(200);
    unit.submit(&form, "main form", &GOES).await.expect(303);
    unit.upload(&file, "a.txt", b"only text", &[]).await.expect(422);
    unit.upload(&file, "ủy quyền.pdf", PDF, &[]).await.expect_to(OWN);
    unit.upload(&file, "ủy quyền 2.pdf", PDF, &[])
        .await
        .expect_to(OWN);
    app.secretariat().await.get(&file).await.expect(200);
    app.patron().await.get(&file).await.expect(200);
    app.officer_of("dien-bien").await.get(&file).await.expect(404);

    let meeting = app.meeting("cum-3", "tong-ket").await;
    let voting = async || {
        let all = app.delegates(&meeting).await;
        all.into_iter().find(|d| d.part == Part::Voting).unwrap()
    };
    let before = voting().await;
    let form = unit.get(OWN).await.expect(200);
    unit.submit(&form, "main form", &[("post", "Chánh Văn phòng")])
        .await
        .expect(303);
    assert_eq!(voting().await.authorisation, before.authorisation);
    let form = unit.get(OWN).await.expect(200);
    unit.submit(&form, "main form", &[("name", "Bùi Văn Khác")])
        .await
        .expect(303);
    let after = voting().await;
    assert_eq!((after.id, after.authorisation), (before.id, None));
    assert_ne!(
        after.card_hash, before.card_hash,
        "and the card of the one before is void"
    );
    unit.get(&file).await.expect(404);
}

#[tokio::test]
async fn cards_are_printed_with_their_codes_and_a_lost_one_is_void() {
    let app = invited().await;
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let before = app.delegate(&meeting, "cum-3", "hoa-binh").await;
    let secret = app.app.vault.card_secret().unwrap();
    let code = cards::code(&secret, before.id, 1);
    let lead = app.secretariat().await;
    let path = format!("{MEETING}/the-dai-bieu");
    let page = lead.get(&path).await.expect(200);
    assert_eq!(page.text(".delegate-card-code"), cards::spaced(&code));
    assert!(
        page.attribute(".delegate-card img", "src")
            .unwrap()
            .starts_with("data:image/svg+xml,")
    );
    let stored: String = app
        .value("select string_agg(d::text, '') || (select string_agg(j::text, '') from journal j) from delegates d")
        .await;
    assert!(!stored.contains(&code), "the database doesn't know the code");

    lead.post(&format!("{MEETING}/nguoi-du/{}/the-moi", before.id), &[])
        .await
        .expect(303);
    let renewed = lead.get(&path).await.expect(200);
    assert_ne!(renewed.text(".delegate-card-code"), cards::spaced(&code));
    assert!(renewed.text(".delegate-card-part").contains("thẻ số 2"));
    let mut db = app.db().await;
    let old = conferences::delegate_by_card(&mut db, &cards::hash_of(&code))
        .await
        .unwrap();
    assert!(old.is_none());
    let new = cards::hash_of(&cards::code(&secret, before.id, 2));
    let (found, at) = conferences::delegate_by_card(&mut db, &new)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((found.id, at), (before.id, meeting.id));

    for (who, status) in [
        (app.officer_of("hoa-binh").await, 403),
        (app.patron().await, 403),
        (app.administrator().await, 403),
    ] {
        who.get(&path).await.expect(status);
    }
}

#[tokio::test]
async fn once_it_meets_only_the_secretary_changes_the_list() {
    let app = invited().await;
    let meeting = app.meeting("cum-3", "tong-ket").await;
    let unit = app.officer_of("hoa-binh").await;
    let form = unit.get(OWN).await.expect(200);
    unit.submit(&form, "main form", &GOES).await.expect(303);
    app.set_clock("2023-11-28 08:00");
    let stale = unit.get(OWN).await.expect(200);
    app.opened("tong-ket").await;
    unit.submit(&stale, "main form", &[("name", "Người Khác")])
        .await
        .expect(409);
    assert!(!unit.get(OWN).await.expect(200).has("#name"));

    let lead = app.secretariat().await;
    let stand_in = app
        .delegates(&meeting)
        .await
        .into_iter()
        .find(|d| d.part == Part::StandIn)
        .unwrap();
    let path = format!("{MEETING}/nguoi-du/{}/bieu-quyet", stand_in.id);
    lead.post(&path, &[]).await.expect(303);
    lead.post(&path, &[]).await.expect(409);
    let votes = app
        .delegates(&meeting)
        .await
        .into_iter()
        .find(|d| d.part == Part::Voting)
        .unwrap();
    assert_eq!((votes.id, votes.card_hash), (stand_in.id, stand_in.card_hash));
}

#[tokio::test]
async fn papers_are_for_everybody_of_the_cluster() {
    let app = invited().await;
    let lead = app.secretariat().await;
    let papers = format!("{MEETING}/tai-lieu");
    lead.upload(&papers, "báo cáo.pdf", PDF, &[])
        .await
        .expect_to(&papers);
    lead.upload(&papers, "a.txt", b"text", &[]).await.expect(422);
    let unit = app.officer_of("hoa-binh").await;
    let page = unit.get(MEETING).await.expect(200);
    let file = page.attribute("ul.files a", "href").unwrap();
    unit.get(&file).await.expect(200);
    unit.post(&format!("{file}/go"), &[]).await.expect(403);
    unit.upload(&papers, "a.pdf", PDF, &[]).await.expect(403);
    lead.post(&format!("{file}/go"), &[]).await.expect_to(&papers);
    unit.get(&file).await.expect(404);
    assert!(unit.get(CONFERENCE).await.expect(200).has(".meetings"));
}
