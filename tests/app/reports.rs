//! The report of a unit on its year: written, handed in, sent back, taken in, closed.

use cumthidua::{registrations, reports::State};

use crate::support::{Browser, Page, TestApp};

const INDEX: &str = "/cum/cum-3/2023/bao-cao/nam";
const PATH: &str = "/cum/cum-3/2023/bao-cao/nam/hoa-binh";
const FORM: &str = "form[data-autosave]";
const TEXTS: [(&str, &str); 5] = [
    ("situation", "Có 15 hội thành viên."),
    ("results", "Hoàn thành các nhiệm vụ."),
    ("emulation", "Phát động hai phong trào."),
    ("limitations", "Kinh phí còn hạn hẹp."),
    ("directions", "Giữ vững kết quả."),
];

fn path(end: &str) -> String {
    format!("{PATH}/{end}")
}

/// A world in which the unit's registration was taken in, in November.
async fn november() -> TestApp {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.set_clock("2023-11-10 09:00");
    app
}

async fn fill_in(browser: &Browser<'_>, reached: &[&str; 2]) -> Page {
    let page = browser.get(&path("sua")).await.expect(200);
    let (action, mut fields) = page.form(FORM);
    let mut reached = reached.iter();
    for (name, value) in &mut fields {
        if name == "figure_reached" {
            (*reached.next().unwrap()).clone_into(value);
        }
        if let Some((_, text)) = TEXTS.iter().find(|(known, _)| known == name) {
            (*text).clone_into(value);
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post(&action, &fields).await
}

async fn hand_in(browser: &Browser<'_>) -> Page {
    let page = browser.get(&path("nop")).await.expect(200);
    browser.submit(&page, ".final-body", &[]).await
}

#[tokio::test]
async fn a_report_goes_from_the_first_line_to_closed_figures() {
    let app = november().await;
    let (officer, leader, secretariat) = (
        app.officer_of("hoa-binh").await,
        app.leader_of("hoa-binh").await,
        app.secretariat().await,
    );

    let page = officer.get(&path("sua")).await.expect(200);
    assert!(
        page.text("table").contains("Lớp tập huấn (lớp) Đăng ký: 8"),
        "registered targets wait for their figures"
    );
    let wrong = fill_in(&officer, &["tám", "3.200,5"]).await.expect(422);
    assert!(wrong.error_at("figure_reached-0").contains("không phải là số"));
    assert_eq!(wrong.value("#figure_reached-0"), "tám");
    assert_eq!(wrong.value("#situation"), TEXTS[0].1);
    fill_in(&officer, &["9", "3100"]).await.expect_to(PATH);

    let refused = officer.post(&path("nop"), &[("version", "2")]).await.expect(403);
    assert!(refused.text("h1 + p, .trouble-text").contains("lãnh đạo đơn vị"));
    app.set_clock("2023-11-18 10:00");
    let shown = leader
        .follow(&hand_in(&leader).await.expect_to(PATH))
        .await
        .expect(200);
    assert_eq!(shown.text(".receipt h2"), "Đã nộp lần 1, chậm 3 ngày");
    assert_eq!(shown.texts(".bar-words"), ["vượt, 112,5%", "chưa đạt, 96,8%"]);
    let version = app.value::<i32>("select version from reports").await.to_string();
    leader
        .post(&path("nop"), &[("version", &version)])
        .await
        .expect(409);

    // One figure comes back: only that one opens.
    let form = secretariat.get(&path("tra-lai")).await.expect(200);
    let row = app
        .value::<String>("select content->'figures'->0->>'id' from reports")
        .await;
    let (item, reason) = (format!("figures:{row}"), "Xem lại số lớp.");
    let wrong = secretariat
        .submit(&form, "main form", &[("item", &item)])
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["reason"]);
    secretariat
        .submit(&form, "main form", &[("item", &item), ("reason", reason)])
        .await
        .expect_to(PATH);
    let open = officer.get(&path("sua")).await.expect(200);
    assert!(open.text(".notice-late").contains(reason));
    assert_eq!(
        (open.count("[name=figure_reached]"), open.count("textarea")),
        (1, 0)
    );
    officer
        .submit(
            &open,
            FORM,
            &[("figure_reached", "7"), ("results", "Chữ không được mở.")],
        )
        .await
        .expect_to(PATH);
    assert_eq!(
        app.value::<String>("select draft->>'results' from reports").await,
        TEXTS[1].1
    );

    app.set_clock("2023-11-22 10:00");
    let again = leader.follow(&hand_in(&leader).await.expect_to(PATH)).await;
    assert_eq!(
        again.text(".receipt h2"),
        "Đã nộp lần 2, chậm 3 ngày",
        "mending isn't lateness"
    );
    app.officer_of("lai-chau").await.get(PATH).await.expect(404);
    let shown = secretariat.get(PATH).await.expect(200);
    secretariat
        .submit(&shown, "form[action$='/tiep-nhan']", &[])
        .await
        .expect_to(PATH);
    let theirs = app.officer_of("lai-chau").await.get(PATH).await.expect(200);
    assert!(
        theirs
            .text(".actions")
            .contains("chờ lãnh đạo đơn vị nhập số chính thức")
    );

    // Closing: each estimate gets its final figure, and both stay.
    app.set_clock("2024-01-05 09:00");
    secretariat.get(&path("chot")).await.expect(403);
    let form = leader.get(&path("chot")).await.expect(200);
    assert_eq!(form.value("#final_reached-0"), "7");
    let wrong = leader
        .submit(&form, "main form", &[("final_reached", "mười")])
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["final_reached-0"]);
    leader
        .submit(&form, "main form", &[("final_reached", "8")])
        .await
        .expect_to(PATH);
    let closed = theirs_after(&app).await;
    assert!(
        closed
            .text("td[data-label='Đạt được']")
            .contains("8 ước khi nộp: 7, chênh +1")
    );
    assert_eq!(closed.texts(".bar-words")[0], "đạt, 100%");
    leader.get(&path("chot")).await.expect(409);
    leader
        .submit(&form, "main form", &[("final_reached", "9")])
        .await
        .expect(409);
    leader.get(&path("sua")).await.expect(409);
}

async fn theirs_after(app: &TestApp) -> Page {
    app.officer_of("lai-chau").await.get(PATH).await.expect(200)
}

#[tokio::test]
async fn a_draft_saves_itself_and_the_second_of_two_editors_loses_nothing() {
    let app = november().await;
    let (officer, leader) = (app.officer_of("hoa-binh").await, app.leader_of("hoa-binh").await);
    let both = officer.get(&path("sua")).await.expect(200);
    let fields = [
        ("version", "0"),
        ("situation", "Bản thứ nhất."),
        ("addition_indicator", "Hội thảo"),
    ];
    let saved = officer.post(&path("ban-nhap"), &fields).await.expect(200);
    assert_eq!(saved.header("x-version"), "1");
    assert!(saved.body.starts_with("Đã lưu nháp lúc 09:00"), "{}", saved.body);

    let late = leader
        .submit(&both, FORM, &[("situation", "Bản thứ hai.")])
        .await
        .expect(409);
    assert_eq!(late.value("#situation"), "Bản thứ hai.");
    leader.post(&path("ban-nhap"), &fields).await.expect(409);
    let now = leader.get(&path("sua")).await.expect(200);
    assert_eq!(
        (now.value("#situation"), now.value("#addition_indicator-0")),
        ("Bản thứ nhất.".into(), "Hội thảo".into())
    );
    app.secretariat().await.get(PATH).await.expect(404);
}

#[tokio::test]
async fn a_unit_without_a_registration_reports_rows_of_its_own_and_the_secretariat_closes_final_figures() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-10 09:00");
    let leader = app.leader_of("hoa-binh").await;
    let page = leader.get(&path("sua")).await.expect(200);
    assert!(!page.has("[name=figure_reached]"));
    let mut fields = TEXTS.to_vec();
    fields.extend([
        ("addition_indicator", "Hội thảo"),
        ("addition_unit_of_measure", "cuộc"),
        ("addition_reached", "0"),
        ("addition_certainty", "final"),
    ]);
    leader.submit(&page, FORM, &fields).await.expect_to(PATH);
    hand_in(&leader).await.expect_to(PATH);
    let secretariat = app.secretariat().await;
    let shown = secretariat.get(PATH).await.expect(200);
    secretariat
        .submit(&shown, "form[action$='/tiep-nhan']", &[])
        .await
        .expect_to(PATH);
    leader.get(&path("chot")).await.expect(403);
    let form = secretariat.get(&path("chot")).await.expect(200);
    secretariat.submit(&form, "main form", &[]).await.expect_to(PATH);
    assert_eq!(app.value::<String>("select state from reports").await, "final");
}

#[tokio::test]
async fn what_was_taken_in_changes_by_closing_only_in_the_database_too() {
    let app = november().await;
    app.report("cum-3", "hoa-binh", State::Accepted).await;
    let closing = "update reports set state = 'final', finalised_at = now(), content = jsonb_set(content,";
    for damage in [
        "update reports set content = '{}'".to_owned(),
        "delete from reports".to_owned(),
        format!("{closing} '{{figures,0,reached}}', '\"99\"')"),
        format!("{closing} '{{results}}', '\"Khác.\"')"),
    ] {
        let refused = app.sql(&damage).await.unwrap_err().to_string();
        assert!(refused.contains("is locked"), "{damage}: {refused}");
    }
    app.sql(&format!("{closing} '{{figures,0,final_reached}}', '\"99\"')"))
        .await
        .unwrap();
    for damage in [
        "update reports set content = jsonb_set(content, '{figures,0,final_reached}', '\"1\"')",
        "update reports set state = 'returned', finalised_at = null",
        "delete from reports",
    ] {
        assert!(app.sql(damage).await.is_err(), "{damage}");
    }
}

#[tokio::test]
async fn others_find_nothing_and_the_wrong_role_is_told_whose_act_it_is() {
    let app = november().await;
    app.report("cum-3", "hoa-binh", State::Submitted).await;
    let foreign = [
        app.officer_of("lai-chau").await,
        app.officer_of("nghe-an").await,
        app.former_officer_of("hoa-binh").await,
    ];
    for browser in &foreign {
        assert_eq!(browser.get(PATH).await.status, 404);
    }
    let other = app.leader_of("lai-chau").await;
    for end in ["sua", "nop", "chot", "tep"] {
        other.get(&path(end)).await.expect(404);
    }
    for end in ["sua", "ban-nhap", "nop", "rut", "chot"] {
        other.post(&path(end), &[("version", "2")]).await.expect(404);
        app.secretariat()
            .await
            .post(&path(end), &[("version", "2")])
            .await
            .expect(403);
    }
    for end in ["tiep-nhan", "tra-lai"] {
        app.leader_of("hoa-binh")
            .await
            .post(&path(end), &[("version", "2")])
            .await
            .expect(403);
    }
    let missing = [
        "/cum/cum-3/2023/bao-cao/quy-1",
        "/cum/cum-3/2023/bao-cao/nam/nghe-an",
        "/cum/cum-4/2023/bao-cao/nam/hoa-binh",
    ];
    for path in missing {
        app.secretariat().await.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn the_index_names_the_missing_units_and_counts_what_was_reached() {
    let app = november().await;
    app.report("cum-3", "hoa-binh", State::Submitted).await;
    let page = app.secretariat().await.get(INDEX).await.expect(200);
    let rows = page.texts("tbody tr");
    let ours = rows.iter().find(|row| row.contains("Hòa Bình")).unwrap();
    assert!(ours.contains("đã nộp") && ours.contains("đạt 1/2"), "{ours}");
    let reminder = page.text("#loi-nhac");
    assert!(
        reminder.contains("Điện Biên") && !reminder.contains("Hòa Bình"),
        "{reminder}"
    );
    let theirs = app.officer_of("lai-chau").await.get(INDEX).await.expect(200);
    let rows = theirs.texts("tbody tr");
    let ours = rows.iter().find(|row| row.contains("Hòa Bình")).unwrap();
    assert!(
        ours.contains("đã nộp") && !ours.contains("1/2"),
        "states are known to all, figures aren't: {ours}"
    );
    assert!(!theirs.has("#loi-nhac"));
}

#[tokio::test]
async fn files_belong_to_their_report_and_open_with_their_section() {
    let app = november().await;
    let officer = app.officer_of("hoa-binh").await;
    let pdf = b"%PDF-1.7\nx\n%%EOF\n";
    officer
        .upload(&path("tep"), "Báo cáo.pdf", pdf, &[])
        .await
        .expect_to(&path("tep"));
    let wrong = officer
        .upload(&path("tep"), "a.exe", b"MZ\x90", &[])
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["file"]);
    let id = app.value::<uuid::Uuid>("select id from attachments").await;
    let file = officer.get(&path(&format!("tep/{id}"))).await.expect(200);
    assert_eq!(file.bytes.as_ref(), pdf);
    app.officer_of("lai-chau")
        .await
        .get(&path(&format!("tep/{id}")))
        .await
        .expect(404);
    let elsewhere = format!("{INDEX}/lai-chau/tep/{id}");
    app.officer_of("lai-chau").await.get(&elsewhere).await.expect(404);
    officer
        .post(&path(&format!("tep/{id}/go")), &[])
        .await
        .expect_to(&path("tep"));
    officer.get(&path(&format!("tep/{id}"))).await.expect(404);
    app.report("cum-3", "hoa-binh", State::Submitted).await;
    officer.upload(&path("tep"), "b.pdf", pdf, &[]).await.expect(409);
}

/// The form of a report by a catalogue, with something in each field that must have it.
pub async fn fill_catalogue(browser: &Browser<'_>, path: &str, changes: &[(&str, &str)]) -> Page {
    let page = browser.get(&format!("{path}/sua")).await.expect(200);
    let (action, mut fields) = page.form(FORM);
    let ids: Vec<String> = fields
        .iter()
        .filter(|(n, _)| n == "figure_id")
        .map(|(_, v)| v.clone())
        .collect();
    let mut row = 0;
    for (name, value) in &mut fields {
        if let Some((_, text)) = TEXTS.iter().find(|(known, _)| known == name) {
            (*text).clone_into(value);
        }
        if name == "figure_reached" {
            let code = browser.code_of(&ids[row]).await;
            row += 1;
            let plain = if ["NCDA.1", "NCDA.2"].contains(&code.as_str()) {
                "1"
            } else {
                "0"
            };
            if code != "TC.9" && code != "HTQT.2" && value.is_empty() {
                plain.clone_into(value);
            }
            if let Some((_, changed)) = changes.iter().find(|(known, _)| *known == code) {
                (*changed).clone_into(value);
            }
        }
    }
    for (name, value) in changes {
        if let Some((name, place)) = name.split_once('#') {
            let place: usize = place.parse().unwrap();
            let field = fields
                .iter_mut()
                .filter(|(known, _)| known == name)
                .nth(place)
                .unwrap();
            (*value).clone_into(&mut field.1);
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post(&action, &fields).await
}

/// The place of an indicator among the rows of a form.
async fn place_of(app: &TestApp, code: &str) -> usize {
    let statement = format!(
        "select n::integer - 1 from indicator_catalogues, jsonb_array_elements(indicators) with ordinality as rows (i, n)
         where year = 2023 and i->>'code' = '{code}'"
    );
    usize::try_from(app.value::<i32>(&statement).await).unwrap()
}

impl Browser<'_> {
    async fn code_of(&self, id: &str) -> String {
        let statement = format!(
            "select coalesce((select i->>'code' from indicator_catalogues, jsonb_array_elements(indicators) i where i->>'id' = '{id}' limit 1), '')"
        );
        self.app().value::<String>(&statement).await
    }
}

#[tokio::test]
async fn a_catalogue_asks_every_unit_and_its_rules_are_told_at_the_field() {
    let app = november().await;
    app.catalogue(2023).await;
    let (officer, leader, secretariat) = (
        app.officer_of("hoa-binh").await,
        app.leader_of("hoa-binh").await,
        app.secretariat().await,
    );
    let page = officer.get(&path("sua")).await.expect(200);
    assert!(
        page.text("main")
            .contains("Tư vấn, phản biện và giám định xã hội")
    );
    assert!(
        page.text("main").contains("Chỉ tiêu đăng ký ngoài danh mục"),
        "Hội viên isn't in the catalogue"
    );
    assert!(page.text(".missing summary").contains("số liệu"));
    let (sum, bound) = (place_of(&app, "NCDA.1").await, place_of(&app, "TC.8").await);
    let (total, members) = (place_of(&app, "TC.1").await, place_of(&app, "TC.4").await);
    let wrong = [
        ("NCDA.1", "5"),
        ("TC.7", "8"),
        ("TC.8", "9"),
        ("TC.1", "-1"),
        ("TC.4", "1.234"),
        ("figure_links#0", "javascript:alert(1)"),
    ];
    let answer = fill_catalogue(&officer, PATH, &wrong).await.expect(422);
    let at = |place: usize| format!("figure_reached-{place}");
    assert!(answer.error_at(&at(sum)).contains("Phải bằng tổng"));
    assert!(
        answer
            .error_at(&at(bound))
            .contains("Không được lớn hơn “Biên chế được giao”, nay là 8")
    );
    assert!(answer.error_at(&at(total)).contains("không phải là số"));
    assert!(answer.error_at(&at(members)).contains("1234 hoặc 1,234"));
    assert!(answer.error_at("figure_links-0").contains("https://"));
    assert_eq!(
        answer.value(&format!("#{}", at(members))),
        "1.234",
        "what was typed stays"
    );
    let right = [
        ("NCDA.1", "1"),
        ("TC.8", "8"),
        ("TC.1", "15"),
        ("TC.4", "14200"),
        ("TC.9", "1"),
        ("figure_links#0", "https://www.w3.org/TR/"),
    ];
    fill_catalogue(&officer, PATH, &right).await.expect_to(PATH);

    // Evidence hangs at its figure.
    let row = app.value::<String>("select i->>'id' from indicator_catalogues, jsonb_array_elements(indicators) i where i->>'code' = 'TC.1'").await;
    let files = officer
        .get(&format!("{}?so-lieu={row}", path("tep")))
        .await
        .expect(200);
    assert_eq!(files.value("#part"), row);
    let pdf = b"%PDF-1.7\nx\n%%EOF\n";
    officer
        .upload(&path("tep"), "Danh sách.pdf", pdf, &[("part", &row)])
        .await
        .expect_to(&path("tep"));
    let foreign = cumthidua::ids::RowId::new().to_string();
    let wrong = officer
        .upload(&path("tep"), "b.pdf", pdf, &[("part", &foreign)])
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["part"]);

    hand_in(&leader).await.expect_to(PATH);
    let shown = secretariat.get(PATH).await.expect(200);
    let cell = shown
        .texts("td.card-name")
        .into_iter()
        .find(|t| t.starts_with("Hội thành viên ("))
        .unwrap();
    assert!(
        cell.contains("Danh sách.pdf") && cell.contains("https://www.w3.org/TR/"),
        "{cell}"
    );
    assert!(
        shown
            .text("main > .actions, .actions")
            .contains("Từ 09:00 ngày 10/11/2023"),
        "who holds the ball, since when"
    );
    let frozen = "select count(*) from receipts, jsonb_array_elements(content->'attachments') a where a->>'part' <> ''";
    assert_eq!(
        app.value::<i64>(frozen).await,
        1,
        "the receipt covers what a file proves"
    );

    // One figure comes back: its field and its evidence open, nothing else.
    let form = secretariat.get(&path("tra-lai")).await.expect(200);
    let item = format!("figures:{row}");
    secretariat
        .submit(&form, "main form", &[("item", &item), ("reason", "Xem lại.")])
        .await
        .expect_to(PATH);
    let open = officer.get(&path("sua")).await.expect(200);
    assert_eq!(open.count("[name=figure_reached]"), 1);
    officer
        .upload(&path("tep"), "c.pdf", pdf, &[("part", &row)])
        .await
        .expect(303);
    officer
        .upload(&path("tep"), "d.pdf", pdf, &[("part", "")])
        .await
        .expect(409);
    assert!(shown_since(&officer).await.contains("Chờ đơn vị sửa"));
}

async fn shown_since(browser: &Browser<'_>) -> String {
    browser
        .get(PATH)
        .await
        .expect(200)
        .text("main .actions, .actions")
}

#[tokio::test]
async fn the_report_on_six_months_is_written_taken_in_and_stands_beside_the_annual_one() {
    const MIDYEAR: &str = "/cum/cum-3/2023/bao-cao/6-thang/hoa-binh";
    let app = TestApp::new().await;
    app.catalogue(2023).await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.set_clock("2023-07-05 09:00");
    let (officer, leader, secretariat) = (
        app.officer_of("hoa-binh").await,
        app.leader_of("hoa-binh").await,
        app.secretariat().await,
    );
    let tasks = officer.get("/viec-cua-toi").await.expect(200);
    assert!(tasks.text("main").contains("Nộp báo cáo 6 tháng năm 2023"));
    let page = officer.get(&format!("{MIDYEAR}/sua")).await.expect(200);
    assert_eq!(page.count("textarea"), 4, "less text than in the annual one");
    fill_catalogue(&officer, MIDYEAR, &[("TVPB.1", "4"), ("TVPB.3", "2")])
        .await
        .expect_to(MIDYEAR);
    let page = leader.get(&format!("{MIDYEAR}/nop")).await.expect(200);
    leader.submit(&page, ".final-body", &[]).await.expect_to(MIDYEAR);
    let tasks = secretariat.get("/viec-cua-toi").await.expect(200);
    assert!(tasks.text("main").contains("Tiếp nhận 1 báo cáo 6 tháng"));
    let shown = secretariat.get(MIDYEAR).await.expect(200);
    secretariat
        .submit(&shown, "form[action$='/tiep-nhan']", &[])
        .await
        .expect_to(MIDYEAR);
    let done = leader.get(MIDYEAR).await.expect(200);
    assert!(done.text("main").contains("Đã xong báo cáo 6 tháng"));
    assert!(!done.has("a[href$='/chot']"));
    leader.get(&format!("{MIDYEAR}/chot")).await.expect(409);
    secretariat
        .post(&format!("{MIDYEAR}/chot"), &[("version", "3")])
        .await
        .expect(403);
    let matrix = officer.get("/cum/cum-3/2023").await.expect(200);
    assert!(matrix.texts("thead th").contains(&"Báo cáo 6 tháng".to_owned()));

    // The annual form shows it beside the field; a year without the step knows no such report.
    app.set_clock("2023-11-10 09:00");
    let page = officer.get(&path("sua")).await.expect(200);
    let row = page
        .texts("tr")
        .into_iter()
        .find(|t| t.starts_with("Nhiệm vụ tư vấn, phản biện"))
        .unwrap();
    assert!(row.contains("6 tháng: 4"), "{row}");
    app.sql("delete from year_steps where step = 'midyear_report'")
        .await
        .unwrap();
    let browser = app.officer_of("hoa-binh").await;
    browser.get(MIDYEAR).await.expect(404);
    browser.get("/cum/cum-3/2023/bao-cao/6-thang").await.expect(404);
    let matrix = browser.get("/cum/cum-3/2023").await.expect(200);
    assert!(!matrix.texts("thead th").contains(&"Báo cáo 6 tháng".to_owned()));
}

#[tokio::test]
async fn the_table_and_the_promises_show_what_a_reader_may_see_and_no_more() {
    const TABLE: &str = "/cum/cum-3/2023/bao-cao/nam/bang-so-lieu";
    const KEPT: &str = "/cum/cum-3/2023/bao-cao/thuc-hien-dang-ky";
    let app = november().await;
    app.report("cum-3", "hoa-binh", State::Submitted).await;
    let (secretariat, other) = (app.secretariat().await, app.officer_of("lai-chau").await);
    let table = secretariat.get(TABLE).await.expect(200);
    let row = table
        .texts("tbody tr")
        .into_iter()
        .find(|t| t.starts_with("Lớp tập huấn"))
        .unwrap();
    assert!(row.contains("9 ước"), "{row}");
    assert!(table.text("main").contains("Chưa có số liệu để xem của 7 đơn vị"));
    let theirs = other.get(TABLE).await.expect(200);
    assert!(!theirs.has("tbody td"), "not taken in yet");
    let kept = other.get(KEPT).await.expect(200);
    assert!(
        kept.text("#hoa-binh").contains("chưa có số liệu"),
        "the promise is known, the figure isn't"
    );
    let kept = secretariat.get(KEPT).await.expect(200);
    assert!(kept.text("#hoa-binh").contains("vượt, 112,5%"));
    let file = secretariat.get(&format!("{TABLE}/bang.xlsx")).await.expect(200);
    assert_eq!(&file.bytes[..2], b"PK");
    app.officer_of("nghe-an").await.get(TABLE).await.expect(404);
    app.officer_of("nghe-an").await.get(KEPT).await.expect(404);

    // What scores are computed from: reports that were taken in, all units in one statement.
    let year = app.year("cum-3", 2023).await;
    let mut db = app.db().await;
    assert!(
        cumthidua::reports::figures_of(&mut db, year.id)
            .await
            .unwrap()
            .is_empty()
    );
    app.report("cum-3", "lai-chau", State::Draft).await;
    app.sql("update reports set state = 'accepted', accepted_at = now() where state = 'submitted'")
        .await
        .unwrap();
    let figures = cumthidua::reports::figures_of(&mut db, year.id).await.unwrap();
    assert_eq!(figures.len(), 2);
    assert_eq!(figures[0].figure.registered, Some(8.into()));
    assert_eq!((figures[0].code(), figures[0].evidence.len()), (None, 0));
}

#[tokio::test]
async fn a_target_with_the_name_of_an_indicator_is_known_by_its_code() {
    let app = TestApp::new().await;
    app.catalogue(2023).await;
    let officer = app.officer_of("hoa-binh").await;
    let form = officer
        .get("/cum/cum-3/2023/dang-ky/hoa-binh/sua")
        .await
        .expect(200);
    assert!(form.has("datalist option[value='Lớp tập huấn, phổ biến kiến thức']"));
    app.sql("update indicator_catalogues set year = 2024")
        .await
        .unwrap_err();
    app.registration("cum-3", "hoa-binh", registrations::State::Submitted)
        .await;
    let codes = "select coalesce(string_agg(t->>'code', ' '), '') from registrations, jsonb_array_elements(content->'targets') t";
    assert_eq!(
        app.value::<String>(codes).await,
        "",
        "no indicator is called like these"
    );
    let leader = app.leader_of("hoa-binh").await;
    leader
        .post("/cum/cum-3/2023/dang-ky/hoa-binh/rut", &[("version", "2")])
        .await
        .expect(303);
    let form = officer
        .get("/cum/cum-3/2023/dang-ky/hoa-binh/sua")
        .await
        .expect(200);
    let named = [("target_indicator", "lớp tập huấn,  phổ biến KIẾN thức")];
    officer
        .submit(&form, "form[data-autosave]", &named)
        .await
        .expect(303);
    let page = leader
        .get("/cum/cum-3/2023/dang-ky/hoa-binh/nop")
        .await
        .expect(200);
    leader.submit(&page, ".final-body", &[]).await.expect(303);
    assert_eq!(app.value::<String>(codes).await, "TTPB.4");
}

#[tokio::test]
async fn what_was_done_besides_has_its_links_and_they_are_checked() {
    let app = november().await;
    let (officer, leader) = (app.officer_of("hoa-binh").await, app.leader_of("hoa-binh").await);
    let page = officer.get(&path("sua?them=additions")).await.expect(200);
    let (action, fields) = page.form(FORM);
    let typed = |links: &str| -> Vec<(String, String)> {
        let mut done: Vec<String> = Vec::new();
        fields
            .iter()
            .map(|(name, value)| {
                let is_first = !done.contains(name);
                done.push(name.clone());
                let text = match name.as_str() {
                    "addition_indicator" if is_first => "Triển lãm ảnh",
                    "addition_unit_of_measure" if is_first => "cuộc",
                    "addition_reached" if is_first => "2",
                    "addition_certainty" if is_first => "final",
                    "addition_links" if is_first => links,
                    "figure_reached" => "3",
                    known => TEXTS
                        .iter()
                        .find(|(n, _)| *n == known)
                        .map_or(value.as_str(), |(_, t)| *t),
                };
                (name.clone(), text.to_owned())
            })
            .collect()
    };
    let post = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        officer.post(&action, &fields).await
    };
    let wrong = post(typed("javascript:alert(1)")).await.expect(422);
    assert!(
        wrong
            .error_at("addition_links-0")
            .contains("Liên kết bắt đầu bằng https://")
    );
    assert_eq!(wrong.value("#addition_links-0"), "javascript:alert(1)");
    let mut right = typed("https://lienhiephoi.example/trien-lam");
    for (name, value) in &mut right {
        if name == "version" {
            "1".clone_into(value);
        }
    }
    post(right).await.expect(303);
    hand_in(&leader).await.expect(303);
    let shown = leader.get(PATH).await.expect(200);
    assert!(shown.has("a[href='https://lienhiephoi.example/trien-lam']"));
}

/// Changes a registration that was taken in, as its mending would.
async fn behind_its_lock(app: &TestApp, statement: &str) {
    let lock = |how| format!("alter table registrations {how} trigger registrations_locked");
    for part in [lock("disable"), statement.to_owned(), lock("enable")] {
        app.sql(&part).await.unwrap();
    }
}

#[tokio::test]
async fn evidence_from_before_the_catalogue_stays_with_its_figure() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    behind_its_lock(
        &app,
        "update registrations set content = jsonb_set(content, '{targets,0,indicator}', '\"Lớp tập huấn, phổ biến kiến thức\"')",
    )
    .await;
    app.set_clock("2023-11-10 09:00");
    let target: String = app
        .value("select content->'targets'->0->>'id' from registrations")
        .await;
    let pdf = b"%PDF-1.7\nx\n%%EOF\n";
    officer
        .upload(&path("tep"), "lop.pdf", pdf, &[("part", &target)])
        .await
        .expect(303);
    app.catalogue(2023).await;

    let draft = officer.get(PATH).await.expect(200);
    let row = |page: &Page| {
        let rows = page.texts("tbody tr");
        rows.into_iter()
            .find(|row| row.starts_with("Lớp tập huấn, phổ biến kiến thức"))
            .unwrap()
    };
    assert!(row(&draft).contains("lop.pdf"), "{}", row(&draft));
    let files = officer.get(&path("tep")).await.expect(200);
    assert!(
        files
            .texts("h2")
            .contains(&"Lớp tập huấn, phổ biến kiến thức".to_owned())
    );
    assert!(files.has("form[action$='/go']"), "it can still be taken off");
    fill_catalogue(&officer, PATH, &[("TTPB.4", "8")])
        .await
        .expect(303);
    hand_in(&app.leader_of("hoa-binh").await).await.expect(303);
    let version = app.value::<i32>("select version from reports").await.to_string();
    let taken_in = [("version", version.as_str())];
    app.secretariat()
        .await
        .post(&path("tiep-nhan"), &taken_in)
        .await
        .expect(303);
    let read = app.officer_of("lai-chau").await.get(PATH).await.expect(200);
    assert!(row(&read).contains("lop.pdf"), "{}", row(&read));
    let year = app.year("cum-3", 2023).await;
    let figures = cumthidua::reports::figures_of(&mut *app.db().await, year.id)
        .await
        .unwrap();
    let figure = figures.iter().find(|f| f.code() == Some("TTPB.4")).unwrap();
    assert_eq!(figure.evidence.len(), 1, "scores know it too");
}

#[tokio::test]
async fn evidence_of_a_figure_that_is_gone_is_still_shown() {
    let app = november().await;
    let officer = app.officer_of("hoa-binh").await;
    let target: String = app
        .value("select content->'targets'->0->>'id' from registrations")
        .await;
    let pdf = b"%PDF-1.7\nx\n%%EOF\n";
    officer
        .upload(&path("tep"), "cu.pdf", pdf, &[("part", &target)])
        .await
        .expect(303);
    behind_its_lock(
        &app,
        "update registrations set content = content #- '{targets,0}'",
    )
    .await;
    let page = officer.get(PATH).await.expect(200);
    assert!(
        page.text("main")
            .contains("Minh chứng của số liệu không còn trong báo cáo: cu.pdf"),
        "{}",
        page.text("main")
    );
}
