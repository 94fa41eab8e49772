//! Those nominated are listed in public; anybody may object; the office answers; the council is warned.

use crate::support::{Browser, TestApp};

const OFFICE: &str = "/tham-dinh/2023/lay-y-kien";

const OBJECTION: [(&str, &str); 4] = [
    ("name", "Nguyễn Thị Góp Ý"),
    ("email", "gop.y@donvi.example"),
    ("phone", ""),
    ("text", "Số hội viên trong báo cáo chưa khớp với đại hội."),
];

/// A world in which Hòa Bình's and Sơn La's flags are listed for five working days from Tuesday, 28 November; answers the
/// public path of Hòa Bình's.
async fn listed(app: &TestApp) -> String {
    app.conference().await;
    let path = app.eligible("hoa-binh", "vusta_flag").await;
    app.eligible("son-la", "vusta_flag").await;
    let office = app.standing_office().await;
    let page = office.get(OFFICE).await.expect(200);
    let answer = office.submit(&page, "form.panel", &[]).await.expect(303);
    let told = office.follow(&answer).await.message();
    assert!(
        told.contains("2 đề nghị") && told.contains("05/12/2023"),
        "{told}"
    );
    path.replace("/khen-thuong/", "/lay-y-kien/")
}

async fn object(browser: &Browser<'_>, path: &str) -> String {
    let taken = browser.post(path, &OBJECTION).await.expect(200);
    taken.text(".code")
}

#[tokio::test]
async fn the_public_list_shows_units_and_titles_and_nothing_else() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let empty = visitor.get("/lay-y-kien").await.expect(200);
    assert!(empty.has(".blank"));
    let path = listed(&app).await;
    let list = visitor.get("/lay-y-kien").await.expect(200);
    assert_eq!(list.count("tbody tr"), 2);
    let words = list.text("main");
    assert!(
        words.contains("Hòa Bình") && words.contains("05/12/2023"),
        "{words}"
    );
    assert!(!words.contains("6/8"), "votes stay inside");
    visitor.get(&path).await.expect(200);
    let other = app.dossier("phu-tho", "vusta_merit").await;
    visitor
        .get(&other.replace("/khen-thuong/", "/lay-y-kien/"))
        .await
        .expect(404);
}

#[tokio::test]
async fn an_objection_is_taken_answered_and_its_author_stays_unknown_to_the_public() {
    let app = TestApp::new().await;
    let path = listed(&app).await;
    let visitor = app.visitor();
    let bare = visitor.post(&path, &[("text", "Không đúng")]).await.expect(422);
    assert_eq!(bare.wrong_fields(), ["name", "email"]);
    assert!(bare.body.contains("Không đúng"), "what was typed stays");
    let code = object(&visitor, &path).await;
    let look = format!("/lay-y-kien/tra-loi?ma={}", code.to_lowercase());
    assert!(
        visitor
            .get(&look)
            .await
            .expect(200)
            .text("main")
            .contains("đang xem xét")
    );
    let unknown = visitor.get("/lay-y-kien/tra-loi?ma=23456789AB").await.expect(404);
    assert!(unknown.error_at("ma").contains("23456789AB"));
    assert_eq!(unknown.attribute("#ma", "value").as_deref(), Some("23456789AB"));
    let nothing = visitor.get("/lay-y-kien/tra-loi?ma=").await.expect(422);
    assert!(nothing.error_at("ma").contains("Hãy nhập"));
    visitor.get("/lay-y-kien/tra-loi").await.expect(200);

    let office = app.standing_office().await;
    for page in [
        "/hoi-dong/2023",
        "/hoi-dong/2023/phien-hop/moi",
        "/tham-dinh/2023",
    ] {
        let words = office.get(page).await.expect(200).text("main");
        assert!(words.contains("1 ý kiến chưa trả lời"), "{page}: {words}");
    }
    let desk = office.get(OFFICE).await.expect(200);
    assert!(desk.text("article").contains("gop.y@donvi.example"));
    let id: String = app.value("select id::text from consultation_comments").await;
    let reply = format!("{OFFICE}/{id}");
    let bare = office.post(&reply, &[("answer", "Đã xem")]).await.expect(422);
    assert!(bare.body.contains("Đã xem"));
    let answer = [
        ("finding", "unfounded"),
        ("answer", "Đã đối chiếu biên bản đại hội: số liệu đúng."),
    ];
    office.post(&reply, &answer).await.expect(303);
    office.post(&reply, &answer).await.expect(409);
    let letters: i64 = app
        .value("select count(*) from mails where recipient = 'gop.y@donvi.example'")
        .await;
    assert_eq!(letters, 1);
    let told = visitor.get(&look).await.expect(200).text("main");
    assert!(told.contains("số liệu đúng"), "{told}");
    assert!(!told.contains("Góp Ý") && !told.contains("gop.y"), "{told}");
    let journal: i64 = app
        .value("select count(*) from journal where after::text like '%gop.y%' or person_name like '%Góp Ý%'")
        .await;
    assert_eq!(journal, 0, "the journal tells that one came, not whose");
}

#[tokio::test]
async fn objections_end_with_the_last_day_and_an_address_may_not_send_without_end() {
    let app = TestApp::new().await;
    let path = listed(&app).await;
    let visitor = app.visitor();
    for _ in 0..5 {
        object(&visitor, &path).await;
    }
    let told = visitor.post(&path, &OBJECTION).await.expect(429);
    assert!(
        told.body.contains("chưa khớp với đại hội"),
        "what was typed stays"
    );
    app.set_clock("2023-12-05 23:59");
    object(&visitor, &path).await;
    app.set_clock("2023-12-06 00:00");
    visitor.post(&path, &OBJECTION).await.expect(409);
    let page = visitor.get(&path).await.expect(200);
    assert!(!page.has("form.panel"), "the form has gone");
}

#[tokio::test]
async fn who_has_a_conflict_of_interest_neither_reads_nor_answers_an_objection() {
    let app = TestApp::new().await;
    let path = listed(&app).await;
    object(&app.visitor(), &path).await;
    let office = app.standing_office().await;
    let register = office.get("/xung-dot-loi-ich").await.expect(200);
    let unit: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let declared = [
        ("unit", unit.as_str()),
        ("reason", "Người thân công tác tại đơn vị"),
    ];
    office
        .submit(&register, "form.panel", &declared)
        .await
        .expect(303);
    let page = office.get(OFFICE).await.expect(200);
    assert!(page.text("article").contains("xung đột lợi ích"));
    assert!(!page.body.contains("gop.y@donvi.example"));
    let id: String = app.value("select id::text from consultation_comments").await;
    let answer = [("finding", "upheld"), ("answer", "Đúng")];
    office.post(&format!("{OFFICE}/{id}"), &answer).await.expect(403);
}
