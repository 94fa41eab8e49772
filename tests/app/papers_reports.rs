//! Papers out of what units register and report: their reports, the table of all registrations, the letter that urges.

use cumthidua::{registrations, reports};

use crate::{
    documents::{self, printed::Page as Printed},
    reports::fill_catalogue,
    scoring,
    support::{Browser, Page, TestApp, login},
};

const ANNUAL: &str = "/van-ban/soan/bao-cao-nam/cum-3.2023.hoa-binh";
const REPORT: &str = "/cum/cum-3/2023/bao-cao/nam/hoa-binh";
const MIDYEAR: &str = "/van-ban/soan/bao-cao-6-thang/cum-3.2023.hoa-binh";
const TABLE: &str = "/van-ban/soan/tong-hop-dang-ky/cum-3.2023";
const LETTER: &str = "/van-ban/soan/don-doc/cum-3.2023";

/// What a paper says, after making sure that both its files say it to the last line.
async fn lines(browser: &Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await.expect(200);
    let said = page.text(".paper-view");
    let last: String = page.texts(".paper-view p").pop().unwrap();
    let docx = browser.get(&format!("{path}/ban.docx")).await.expect(200);
    let written = in_a_line(&documents::docx_text(&docx.bytes));
    assert!(written.contains(&last), "{path}: no “{last}” in\n{written}");
    let pages = printed(browser, path).await;
    assert!(
        pages.iter().any(|page| in_a_line(&page.text()).contains(&last)),
        "{path}: {last}"
    );
    said
}

/// Words parted by one space, as pages tell them.
fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn printed(browser: &Browser<'_>, path: &str) -> Vec<Printed> {
    let pdf = browser.get(&format!("{path}/ban.pdf")).await.expect(200);
    documents::printed::read(&pdf.bytes)
}

/// The words of all cells of a workbook.
async fn workbook(browser: &Browser<'_>, path: &str) -> Vec<(String, Vec<String>)> {
    use calamine::{Reader, Xlsx};
    let file = browser.get(&format!("{path}/bang.xlsx")).await.expect(200);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(file.bytes.to_vec())).unwrap();
    book.sheet_names()
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            let cells = range.used_cells().map(|(_, _, cell)| cell.to_string());
            (name, cells.collect())
        })
        .collect()
}

/// A `|` parts cells of a row.
#[track_caller]
fn assert_says(lines: &str, wanted: &[&str]) {
    for words in wanted {
        let words = words.replace(" |", "").replace("| ", "");
        assert!(lines.contains(&words), "no “{words}” in\n{lines}");
    }
}

async fn issued(browser: &Browser<'_>, path: &str) -> Page {
    let draft = browser.get(path).await.expect(200);
    let answer = browser.submit(&draft, "form.final-body", &[]).await.expect(303);
    browser.follow(&answer).await.expect(200)
}

fn path_of(page: &Page) -> String {
    let pdf = page.attribute(".page-actions a.btn-primary", "href").unwrap();
    pdf.trim_end_matches("/ban.pdf").to_owned()
}

/// A unit's registration was taken in, and its report on the year stands there.
async fn reported(app: &TestApp, state: reports::State) {
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.report("cum-3", "hoa-binh", state).await;
}

#[tokio::test]
async fn a_report_on_paper_has_what_was_written_and_the_figures_beside_the_targets() {
    let app = TestApp::new().await;
    reported(&app, reports::State::Submitted).await;
    let unit = app.officer_of("hoa-binh").await;
    let page = unit.get(REPORT).await.expect(200);
    assert!(page.links().contains(&ANNUAL.to_owned()));
    let said = lines(&unit, ANNUAL).await;
    assert_says(
        &said,
        &[
            "BÁO CÁO",
            "Tổng kết công tác thi đua, khen thưởng năm 2023",
            "Kính gửi: Cụm thi đua số 3",
            "I. ĐẶC ĐIỂM TÌNH HÌNH",
            "I. Đặc điểm tình hình: nội dung.",
            "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ CHUYÊN MÔN",
            "Đạt và vượt 1/2 chỉ tiêu thi đua đã đăng ký.",
            "trong đó 2 số liệu là số ước",
            "V. PHƯƠNG HƯỚNG NĂM SAU",
            "SỐ LIỆU THEO NHÓM CHỈ TIÊU",
            "1 | Lớp tập huấn | lớp | 8 | 9 (ước) | vượt, 112,5% |",
            "2 | Hội viên | người | 3.200,5 | 1 (ước) | chưa đạt, 0% |",
            "Trần Văn Hòa Bình",
        ],
    );
    assert!(!said.contains("KIẾN NGHỊ"), "no heading over nothing");
    let pages = printed(&unit, ANNUAL).await;
    assert!(pages[0].width < pages[0].height, "the text stands upright");
    let table = pages.iter().find(|page| page.text().contains("Lớp tập huấn"));
    let table = table.unwrap();
    assert!(table.width > table.height, "the figures lie across");
    assert!(table.words.iter().any(|words| words.text == "TT"), "not broken");

    let book = workbook(&unit, ANNUAL).await;
    assert_eq!(book.len(), 1);
    assert!(book[0].1.contains(&"9 (ước)".to_owned()) && book[0].1.contains(&"3200.5".to_owned()));
}

#[tokio::test]
async fn figures_stand_under_the_groups_of_the_catalogue_with_last_year_and_their_evidence() {
    let app = TestApp::new().await;
    app.catalogue(2023).await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.set_clock("2023-11-10 09:00");
    let (officer, leader) = (app.officer_of("hoa-binh").await, app.leader_of("hoa-binh").await);
    fill_catalogue(
        &officer,
        REPORT,
        &[("TVPB.1", "4"), ("figure_note#0", "Số của Sở Nội vụ")],
    )
    .await
    .expect_to(REPORT);
    let row: String = app
        .value("select i->>'id' from indicator_catalogues, jsonb_array_elements(indicators) i where i->>'code' = 'TVPB.1'")
        .await;
    let pdf = b"%PDF-1.7\nx\n%%EOF\n";
    for (name, part) in [("Phản biện.pdf", row.as_str()), ("Toàn văn.pdf", "")] {
        officer
            .upload(&format!("{REPORT}/tep"), name, pdf, &[("part", part)])
            .await
            .expect(303);
    }
    let page = leader.get(&format!("{REPORT}/nop")).await.expect(200);
    leader.submit(&page, ".final-body", &[]).await.expect_to(REPORT);
    let said = lines(&officer, ANNUAL).await;
    assert_says(
        &said,
        &[
            "Tư vấn, phản biện và giám định xã hội",
            "Chỉ tiêu đăng ký ngoài danh mục",
            "Số của Sở Nội vụ",
            "DANH MỤC MINH CHỨNG",
            "- Tệp “Phản biện.pdf” (1 KB), tải lên ngày 10/11/2023.",
            "2. Tài liệu kèm theo báo cáo",
            "- Tệp “Toàn văn.pdf”",
        ],
    );
    assert!(
        said.contains("Phụ lục") || !said.contains("Năm 2022"),
        "nothing is known of 2022"
    );
}

#[tokio::test]
async fn who_may_read_a_report_reads_it_on_paper_and_only_its_unit_issues_it() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    let unit = app.officer_of("hoa-binh").await;
    let nothing = unit.get(ANNUAL).await.expect(409);
    assert!(nothing.text("main").contains("chưa nộp báo cáo năm"));
    unit.get(MIDYEAR).await.expect(409);
    let empty = unit.get(REPORT).await.expect(200);
    assert!(
        !empty.links().contains(&ANNUAL.to_owned()),
        "nothing to print yet"
    );
    let registered = unit.get("/cum/cum-3/2023/dang-ky/hoa-binh").await.expect(200);
    let paper = "/van-ban/soan/dang-ky/cum-3.2023.hoa-binh".to_owned();
    assert!(registered.links().contains(&paper));
    app.report("cum-3", "hoa-binh", reports::State::Submitted).await;
    let readers = [
        (login::leader("son-la"), 200),
        (login::patron("cum-3"), 200),
        (login::STANDING_OFFICE.to_owned(), 200),
        (login::officer("dien-bien"), 404),
        (login::COUNCIL_MEMBER.to_owned(), 404),
        (login::officer("ha-tinh"), 404),
    ];
    for (who, status) in readers {
        let browser = app.signed_in(&who).await;
        browser.get(ANNUAL).await.expect_because(status, &who);
        let file = browser.get(&format!("{ANNUAL}/bang.xlsx")).await;
        file.expect_because(status, &who);
        let issue = [("issued_on", "20/02/2023"), ("version", "0")];
        let refused = browser.post(&format!("{ANNUAL}/ban-hanh"), &issue).await;
        refused.expect_because(if status == 200 { 403 } else { 404 }, &who);
    }
    for key in ["cum-3.2023", "cum-3.2023.ha-tinh", "cum-3.2022.hoa-binh", "x"] {
        unit.get(&format!("/van-ban/soan/bao-cao-nam/{key}"))
            .await
            .expect_because(404, key);
    }

    let paper = issued(&unit, ANNUAL).await;
    assert!(paper.text("h1").contains("01/BC-LHH"));
    app.secretariat().await.get(&path_of(&paper)).await.expect(200);
    app.officer_of("dien-bien")
        .await
        .get(&path_of(&paper))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_report_that_is_back_for_work_is_printed_as_handed_in_and_not_issued() {
    let app = TestApp::new().await;
    reported(&app, reports::State::Returned).await;
    let unit = app.leader_of("hoa-binh").await;
    let draft = unit.get(ANNUAL).await.expect(200);
    assert!(draft.text("main").contains("hãy sửa và nộp lại rồi ban hành"));
    assert!(!draft.has("form.final-body"));
    let issue = [("issued_on", "20/02/2023"), ("version", "0")];
    unit.post(&format!("{ANNUAL}/ban-hanh"), &issue).await.expect(409);
}

#[tokio::test]
async fn a_final_figure_that_replaces_an_estimate_is_told_at_the_issued_report() {
    let app = TestApp::new().await;
    reported(&app, reports::State::Accepted).await;
    let unit = app.leader_of("hoa-binh").await;
    let paper = path_of(&issued(&unit, ANNUAL).await);
    app.set_clock("2024-01-10 09:00");
    let page = unit.get(&format!("{REPORT}/chot")).await.expect(200);
    let (action, mut fields) = page.form("form[action$='/chot']");
    let first = fields.iter_mut().find(|(_, value)| value == "9").unwrap();
    "10".clone_into(&mut first.1);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    unit.post(&action, &fields).await.expect(303);
    let told = unit.get(&paper).await.expect(200).text("main");
    assert_says(&told, &["Lớp tập huấn (lớp): đạt được", "10"]);
    let said = lines(&unit, ANNUAL).await;
    assert_says(&said, &["| 10 | vượt, 125% | Số ước khi nộp báo cáo: 9"]);
    assert!(!said.contains("(ước)"));
}

#[tokio::test]
async fn the_report_on_six_months_measures_by_half_of_the_target() {
    let app = TestApp::new().await;
    app.catalogue(2023).await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.set_clock("2023-07-05 09:00");
    let report = "/cum/cum-3/2023/bao-cao/6-thang/hoa-binh";
    let (officer, leader) = (app.officer_of("hoa-binh").await, app.leader_of("hoa-binh").await);
    fill_catalogue(&officer, report, &[("TVPB.1", "4")])
        .await
        .expect_to(report);
    let page = leader.get(&format!("{report}/nop")).await.expect(200);
    leader.submit(&page, ".final-body", &[]).await.expect_to(report);
    let page = officer.get(report).await.expect(200);
    assert!(page.links().contains(&MIDYEAR.to_owned()));
    let said = lines(&officer, MIDYEAR).await;
    assert_says(
        &said,
        &[
            "Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2023",
            "I. KẾT QUẢ SÁU THÁNG ĐẦU NĂM",
            "III. NHIỆM VỤ SÁU THÁNG CUỐI NĂM",
            "Đạt từ một nửa trở lên 0/2 chỉ tiêu",
            "chậm tiến độ, 0%",
            "Đạt được 6 tháng",
        ],
    );
    let paper = issued(&leader, MIDYEAR).await;
    assert!(paper.text("h1").contains("01/BC-LHH"));
}

#[tokio::test]
async fn the_table_of_registrations_counts_what_units_and_persons_registered_and_names_who_is_missing() {
    let app = TestApp::new().await;
    let lead = app.secretariat().await;
    lead.get(TABLE).await.expect(409);
    for unit in ["hoa-binh", "lai-chau"] {
        app.registration("cum-3", unit, registrations::State::Accepted)
            .await;
    }
    app.registration("cum-3", "yen-bai", registrations::State::Submitted)
        .await;
    let page = lead.get("/cum/cum-3/2023/tong-hop-dang-ky").await.expect(200);
    assert!(page.links().contains(&TABLE.to_owned()));
    let said = lines(&lead, TABLE).await;
    assert_says(
        &said,
        &[
            "BẢNG TỔNG HỢP",
            "của 2/8 đơn vị thành viên",
            "TT | Đơn vị | Số chỉ tiêu | Cờ thi đua LHHVN | Sáng kiến, đề tài | Ghi chú",
            "1 | Liên hiệp Hội tỉnh Hòa Bình | 2 | 1 | 1 |",
            "| Tổng cộng | 4 | 2 | 2",
            "TT | Đơn vị | Bằng khen LHHVN | Cộng",
            "| Tổng cộng | 2 | 2",
            "Chưa có trong bảng 6 đơn vị: ",
            "Liên hiệp Hội tỉnh Yên Bái",
            "CHỈ TIÊU ĐĂNG KÝ NĂM 2023 CỦA CÁC ĐƠN VỊ",
            "Hội viên | người | 3.200,5 | 3.200,5 | 6.401",
        ],
    );
    let pages = printed(&lead, TABLE).await;
    assert!(
        pages.iter().all(|page| page.width > page.height),
        "it lies across"
    );
    let book = workbook(&lead, TABLE).await;
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Bảng 1", "Bảng 2", "Bảng 3"]);
    for heading in [
        "Số chỉ tiêu",
        "Đơn vị",
        "Tổng cộng",
        "Liên hiệp Hội tỉnh Lai Châu",
    ] {
        assert!(book[0].1.contains(&heading.to_owned()), "{heading}");
    }
    assert!(book[2].1.contains(&"6401".to_owned()));
}

#[tokio::test]
async fn the_table_is_issued_once_it_was_sent_and_members_read_it_from_then_on() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    let lead = app.secretariat().await;
    let draft = lead.get(TABLE).await.expect(200);
    assert!(draft.text("main").contains("hãy gửi LHHVN") && !draft.has("form.final-body"));
    let others = [login::officer("dien-bien"), login::STANDING_OFFICE.to_owned()];
    for who in &others {
        app.signed_in(who).await.get(TABLE).await.expect_because(404, who);
    }
    let page = lead.get("/cum/cum-3/2023/tong-hop-dang-ky").await.expect(200);
    lead.submit(&page, "form[action$='/gui']", &[]).await.expect(303);
    for who in &others {
        let browser = app.signed_in(who).await;
        assert_says(&lines(&browser, TABLE).await, &["của 1/8 đơn vị", "3.200,5"]);
        browser
            .get(&format!("{TABLE}/sua"))
            .await
            .expect_because(403, who);
    }
    app.officer_of("ha-tinh").await.get(TABLE).await.expect(404);
    let paper = issued(&lead, TABLE).await;
    assert!(paper.text("h1").contains("01/CTĐ3"));
    let office = app.standing_office().await;
    let paper = office.get(&path_of(&paper)).await.expect(200);
    office.submit(&paper, "form.panel", &[]).await.expect(303);
}

#[tokio::test]
async fn a_letter_urges_only_those_who_owe_what_has_come_due() {
    let app = TestApp::new().await;
    app.set_clock("2023-03-05 09:00");
    for unit in ["son-la", "dien-bien", "lao-cai", "vinh-phuc", "phu-tho"] {
        app.registration("cum-3", unit, registrations::State::Accepted)
            .await;
    }
    app.registration("cum-3", "yen-bai", registrations::State::Draft)
        .await;
    app.registration("cum-3", "lai-chau", registrations::State::Returned)
        .await;
    app.sql(
        "insert into deadline_extensions (year_id, unit_id, step, due_on, reason, granted_by, granted_at)
         select m.year_id, m.unit_id, 'registration', '2023-03-10', 'Mới kiện toàn', p.id, now()
         from memberships m join units u on u.id = m.unit_id, persons p where u.slug = 'hoa-binh' and p.login = 'thuong-truc'",
    )
    .await
    .unwrap();
    let lead = app.officer_of("son-la").await;
    let page = lead.get("/cum/cum-3/2023/dang-ky").await.expect(200);
    assert!(page.links().contains(&LETTER.to_owned()));
    let year = lead.get("/cum/cum-3/2023/van-ban").await.expect(200);
    assert!(year.links().contains(&LETTER.to_owned()));
    let said = lines(&lead, LETTER).await;
    assert_says(
        &said,
        &[
            "V/v đôn đốc nộp hồ sơ thi đua, khen thưởng năm 2023",
            "Kính gửi: - Liên hiệp Hội tỉnh Hòa Bình; - Liên hiệp Hội tỉnh Lai Châu; - Liên hiệp Hội tỉnh Yên Bái.",
            "tính đến 09:00 ngày 05/03/2023, còn 03 đơn vị",
            "1. Đăng ký thi đua năm 2023 (hạn: hết ngày 28/02/2023)",
            "Liên hiệp Hội tỉnh Yên Bái: chưa nộp, quá hạn 5 ngày (từ ngày 01/03/2023)",
            "Liên hiệp Hội tỉnh Hòa Bình: chưa nộp, hạn của đơn vị: hết ngày 10/03/2023, còn 5 ngày",
            "Liên hiệp Hội tỉnh Lai Châu: đã được trả lại để sửa, chưa nộp lại, hạn của đơn vị: hết ngày 12/03/2023, còn 7 ngày",
        ],
    );
    assert!(!said.contains("tỉnh Điện Biên") && !said.contains("Báo cáo tổng kết"));

    // Whoever hands in meanwhile is no longer urged, whatever the saved draft says.
    let form = lead.get(&format!("{LETTER}/sua")).await.expect(200);
    assert!(!form.has("#addressees") && form.text("main").contains("tỉnh Yên Bái"));
    let typed = [("addressees", "Mọi đơn vị"), ("signer_name", "Nguyễn Văn Mẫu")];
    lead.post(
        &format!("{LETTER}/sua"),
        &[
            &[
                ("version", "0"),
                ("issuer", "CỤM THI ĐUA SỐ 3"),
                ("symbol", "CTĐ3"),
                ("subject", "đôn đốc nộp hồ sơ"),
                ("signer_powers", ""),
                ("signer_post", "CỤM TRƯỞNG"),
            ],
            typed.as_slice(),
        ]
        .concat(),
    )
    .await
    .expect(303);
    app.sql("update registrations set state = 'submitted', submitted_at = now(), late_days = 5, content = (select content from registrations where content is not null limit 1)
             where state = 'draft'")
        .await
        .unwrap();
    let said = lines(&lead, LETTER).await;
    assert!(!said.contains("Mọi đơn vị") && !said.contains("tỉnh Yên Bái"));
    let paper = issued(&lead, LETTER).await;
    assert!(paper.text("h1").contains("01/CTĐ3"));
    for (unit, status) in [
        ("hoa-binh", 200),
        ("lai-chau", 200),
        ("yen-bai", 404),
        ("dien-bien", 404),
    ] {
        let browser = app.officer_of(unit).await;
        browser.get(&path_of(&paper)).await.expect_because(status, unit);
        browser.get(LETTER).await.expect_because(404, unit);
    }
    app.standing_office().await.get(LETTER).await.expect(404);
    app.officer_of("ha-tinh").await.get(LETTER).await.expect(404);
}

#[tokio::test]
async fn reports_and_points_are_urged_when_their_time_has_come_and_nothing_when_all_is_there() {
    let app = TestApp::new().await;
    app.set_clock("2023-01-10 09:00");
    let lead = app.secretariat().await;
    let nothing = lead.get(LETTER).await.expect(409);
    assert!(nothing.text("main").contains("không có gì để đôn đốc"));
    app.set_clock("2023-07-15 09:00");
    let said = lines(&lead, LETTER).await;
    assert_says(
        &said,
        &["2. Báo cáo sơ kết 6 tháng đầu năm 2023 (hạn: hết ngày 10/07/2023)"],
    );
    app.set_clock("2023-11-20 09:00");
    scoring::opened(&app).await;
    let said = lines(&lead, LETTER).await;
    assert_says(
        &said,
        &[
            "2. Báo cáo tổng kết năm 2023 (hạn: hết ngày 15/11/2023)",
            "3. Bảng tự chấm điểm năm 2023",
            "quá hạn 5 ngày (từ ngày 16/11/2023)",
        ],
    );
    assert!(!said.contains("6 tháng"), "overtaken by the annual one");
    for page in ["bao-cao/nam", "cham-diem"] {
        let page = lead.get(&format!("/cum/cum-3/2023/{page}")).await.expect(200);
        assert!(page.links().contains(&LETTER.to_owned()), "{}", page.path);
    }
    app.sql("update years set state = 'closed', closed_at = now()")
        .await
        .unwrap();
    lead.get(LETTER).await.expect(409);
}
