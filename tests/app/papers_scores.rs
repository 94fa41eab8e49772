//! Papers of the points, the covenant and the regulation of a cluster: what they say, who drafts, reads and issues them.

use calamine::{Reader as _, Xlsx};
use cumthidua::registrations::State;

use crate::{
    papers_vusta::{assert_says, issued, lines, printed, worded},
    recalls,
    scoring::{BASE, appraised_by, grid, handed_in, opened, send},
    support::{Page, TestApp, login},
};

const SHEET: &str = "/van-ban/soan/bang-cham-diem/cum-3.2023.hoa-binh";
const MINUTES: &str = "/van-ban/soan/bien-ban-tham-dinh/cum-3.2023.hoa-binh";
const COVENANT: &str = "/van-ban/soan/giao-uoc/cum-3.2023";
const REGULATION: &str = "/van-ban/soan/quy-che/cum-3.2023";

/// The path of an issued paper.
fn path_of(page: &Page) -> String {
    let pdf = page.attribute(".page-actions a.btn-primary", "href").unwrap();
    pdf.trim_end_matches("/ban.pdf").to_owned()
}

/// The units that a paper went to, in order.
async fn recipients(app: &TestApp) -> String {
    app.value(
        "select coalesce(string_agg(u.slug, ' ' order by u.slug), '') from document_recipients r join units u on u.id = r.unit_id",
    )
    .await
}

/// Yên Bái asks Hòa Bình about the first line and, told why, gives it a quarter of a point.
async fn appraised_in_two_rounds(app: &TestApp) {
    let (unit, appraiser) = (app.leader_of("hoa-binh").await, app.officer_of("yen-bai").await);
    let path = format!("{BASE}/hoa-binh/tham-dinh");
    let page = appraiser.get(&path).await.expect(200);
    let asked = [(0, "0,4", "Thiếu ảnh", "Kế hoạch ở đâu?")];
    send(&appraiser, &path, &grid(&page, &asked, "hoi"))
        .await
        .expect(303);
    let explain = unit.get(&format!("{BASE}/hoa-binh/giai-trinh")).await.expect(200);
    let told = [("line_explanation", "Kế hoạch số 12/KH-LHH.")];
    unit.submit(&explain, "form[action$='/giai-trinh']", &told)
        .await
        .expect(303);
    let page = appraiser.get(&path).await.expect(200);
    let done = [(0, "0,25", "Ban hành sau quý I", "Kế hoạch ở đâu?")];
    send(&appraiser, &path, &grid(&page, &done, "xong"))
        .await
        .expect(303);
}

/// Hòa Bình has handed in, Yên Bái is to appraise it.
async fn scored() -> TestApp {
    let app = TestApp::new().await;
    opened(&app).await;
    appraised_by(&app, "hoa-binh", "yen-bai").await;
    app
}

#[tokio::test]
async fn a_score_sheet_has_every_criterion_with_points_evidence_and_class() {
    let app = scored().await;
    let unit = app.officer_of("hoa-binh").await;
    let page = unit.get(SHEET).await.expect(409);
    assert!(page.text("main").contains("Đơn vị chưa nộp bảng tự chấm"));
    handed_in(&app, "hoa-binh").await;
    let said = lines(&unit, SHEET).await;
    assert_says(
        &said,
        &[
            "BẢNG TỰ CHẤM ĐIỂM Thi đua năm 2023",
            "Kính gửi: Cụm thi đua số 3",
            "I | Chính trị tư tưởng",
            "VIII.1",
            "https://lienhiephoi.example/minh-chung",
            "Điểm thưởng",
            "TỔNG ĐIỂM | 100 | ",
            "Bên thẩm định: Liên hiệp Hội tỉnh Yên Bái. Chưa thẩm định.",
            "Tổng điểm tự chấm:",
            "Xếp loại:",
        ],
    );
    assert!(!said.contains("Thẩm định lần"), "nobody has appraised yet");
    let pages = printed(&unit, SHEET).await;
    assert!(pages.iter().all(|page| page.width > page.height), "landscape");

    let appraiser = app.officer_of("yen-bai").await;
    let grid_path = format!("{BASE}/hoa-binh/tham-dinh");
    let page = appraiser.get(&grid_path).await.expect(200);
    send(&appraiser, &grid_path, &grid(&page, &[], ""))
        .await
        .expect(303);
    let draft = unit.get(SHEET).await.expect(200);
    assert!(draft.text("main").contains("đang được thẩm định") && !draft.has("form.final-body"));
    appraised_in_two_rounds(&app).await;
    let said = lines(&unit, SHEET).await;
    assert_says(
        &said,
        &[
            "BẢNG CHẤM ĐIỂM Thi đua năm 2023",
            "0,50 | 0,40 | 0,25",
            "Thẩm định: Ban hành sau quý I.",
            "Hỏi: Kế hoạch ở đâu?",
            "Giải trình: Kế hoạch số 12/KH-LHH.",
            "Thẩm định lần hai",
            "Điểm đã thẩm định, chờ hội nghị xác nhận.",
            "tổng điểm thẩm định:",
        ],
    );
    let book = unit.get(&format!("{SHEET}/bang.xlsx")).await.expect(200);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book.bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let has = |wanted: f64| range.used_cells().any(|(_, _, cell)| *cell == wanted);
    assert!(has(0.4) && has(0.25), "points are figures");
}

#[tokio::test]
async fn an_issued_score_sheet_goes_to_the_lead_and_no_further_than_the_points() {
    let app = scored().await;
    handed_in(&app, "hoa-binh").await;
    let unit = app.leader_of("hoa-binh").await;
    let paper = issued(&unit, SHEET).await;
    let tables = format!("{}/bang.xlsx", path_of(&paper));
    assert!(
        paper.links().contains(&tables),
        "the tables as they were issued, too"
    );
    let tables = unit.get(&tables).await.expect(200);
    assert!(tables.bytes.starts_with(b"PK"));
    assert!(paper.text("h1").contains("01/LHH"), "{}", paper.text("h1"));
    assert_eq!(recipients(&app).await, "son-la");
    let path = path_of(&paper);
    // The letter that takes it back names it: who doesn't know the points doesn't read that, either.
    let letter = recalls::drafted(&unit, &path).await;
    let letter = path_of(&recalls::recalled(&unit, &letter).await);
    let knowing = [
        login::officer("hoa-binh"),
        login::leader("son-la"),
        login::STANDING_OFFICE.to_owned(),
    ];
    let others = [
        login::former_officer("hoa-binh"),
        login::officer("dien-bien"),
        login::leader("lao-cai"),
        login::COUNCIL_MEMBER.to_owned(),
        login::ADMINISTRATOR.to_owned(),
    ];
    for (people, status) in [(&knowing[..], 200), (&others[..], 404)] {
        for who in people {
            let browser = app.signed_in(who).await;
            for path in [&path, &letter] {
                for file in ["", "/ban.pdf", "/ban.docx"] {
                    browser
                        .get(&format!("{path}{file}"))
                        .await
                        .expect_because(status, who);
                }
                let listed = browser.get("/van-ban").await;
                assert_eq!(listed.body.contains(path), status == 200, "{who}");
            }
        }
    }
    // Who drafts a paper is the unit's: others who know the points only read.
    let lead = app.secretariat().await;
    assert!(!lead.get(SHEET).await.expect(200).has("form.final-body"));
    lead.get(&format!("{SHEET}/sua")).await.expect(403);
    lead.post(&format!("{SHEET}/ban-hanh"), &[("version", "0")])
        .await
        .expect(403);
    app.officer_of("dien-bien")
        .await
        .post(&format!("{SHEET}/ban-hanh"), &[("version", "0")])
        .await
        .expect(404);
    lead.get("/van-ban/soan/bang-cham-diem/cum-3.2023.khong-co")
        .await
        .expect(404);
    lead.get("/van-ban/soan/bang-cham-diem/cum-4.2023.nghe-an")
        .await
        .expect(404);
}

#[tokio::test]
async fn the_minutes_of_an_appraisal_are_drafted_by_those_who_appraised() {
    let app = scored().await;
    let appraiser = app.officer_of("yen-bai").await;
    let unit = app.officer_of("hoa-binh").await;
    handed_in(&app, "hoa-binh").await;
    let page = appraiser.get(MINUTES).await.expect(409);
    assert!(page.text("main").contains("Hãy thẩm định trước"));
    app.officer_of("dien-bien").await.get(MINUTES).await.expect(404);
    appraised_in_two_rounds(&app).await;
    let said = lines(&appraiser, MINUTES).await;
    assert_says(
        &said,
        &[
            "Thẩm định điểm thi đua năm 2023 của Liên hiệp Hội tỉnh Hòa Bình",
            "Bên thẩm định: Liên hiệp Hội tỉnh Yên Bái.",
            "Người ghi điểm thẩm định: Nguyễn Thị Yên Bái.",
            "điểm thẩm định khác điểm tự chấm ở 1 tiêu chí",
            "0,50 | 0,25 | -0,25 | Ban hành sau quý I",
            "Đơn vị giải trình: Kế hoạch số 12/KH-LHH.",
            "Tổng điểm thẩm định:",
            "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC THẨM ĐỊNH Trần Văn Hòa Bình",
            "ĐẠI DIỆN BÊN THẨM ĐỊNH Trần Văn Yên Bái",
        ],
    );
    let pages = printed(&appraiser, MINUTES).await;
    let last = pages.last().unwrap();
    let (left, right) = (last.find("Trần Văn Hòa Bình"), last.find("Trần Văn Yên Bái"));
    assert!(left.centre() < 105.0 && right.centre() > 115.0 && (left.base - right.base).abs() < 0.1);
    assert!(
        !pages[0].text().contains("Yên Bái, ngày"),
        "minutes have no line of place and date"
    );

    // Whoever knows the points reads the minutes; those who appraised write them.
    assert!(!unit.get(MINUTES).await.expect(200).has("form.final-body"));
    unit.get(&format!("{MINUTES}/sua")).await.expect(403);
    let wording = [("section_text", "Thời gian bắt đầu: 8 giờ.")];
    worded(&appraiser, MINUTES, &wording).await.expect(303);
    assert!(!unit.get(MINUTES).await.text(".paper-view").contains("8 giờ"));
    let paper = issued(&appraiser, MINUTES).await;
    assert!(paper.text("h1").contains("01/BB-LHH"), "{}", paper.text("h1"));
    assert_eq!(recipients(&app).await, "hoa-binh son-la");
    let path = path_of(&paper);
    unit.get(&path).await.expect(200);
    for who in [login::officer("dien-bien"), login::COUNCIL_MEMBER.to_owned()] {
        app.signed_in(&who)
            .await
            .get(&path)
            .await
            .expect_because(404, &who);
    }
}

#[tokio::test]
async fn the_working_group_signs_its_minutes_in_the_name_of_the_cluster() {
    let app = TestApp::new().await;
    opened(&app).await;
    let lead = app.secretariat().await;
    let mut group = Vec::new();
    for unit in ["dien-bien", "lai-chau", "hoa-binh"] {
        group.push(app.actor(&login::officer(unit)).await.id.to_string());
    }
    let persons: Vec<(&str, &str)> = group.iter().map(|id| ("person", id.as_str())).collect();
    lead.post(&format!("{BASE}/phan-cong/to-tham-dinh"), &persons)
        .await
        .expect(303);
    let unit: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let to_group = [("unit", unit.as_str()), ("appraiser", "to")];
    lead.post(&format!("{BASE}/phan-cong"), &to_group)
        .await
        .expect(303);
    handed_in(&app, "hoa-binh").await;
    let member = app.officer_of("dien-bien").await;
    let path = format!("{BASE}/hoa-binh/tham-dinh");
    let page = member.get(&path).await.expect(200);
    send(&member, &path, &grid(&page, &[], "")).await.expect(303);
    let draft = lead.get(MINUTES).await.expect(200);
    assert!(draft.text("main").contains("Chưa thẩm định xong") && !draft.has("form.final-body"));
    let page = member.get(&path).await.expect(200);
    send(&member, &path, &grid(&page, &[], "xong")).await.expect(303);
    let said = lines(&lead, MINUTES).await;
    assert_says(
        &said,
        &[
            "điểm thẩm định bằng điểm tự chấm ở tất cả tiêu chí",
            "Tổ thẩm định gồm: Nguyễn Thị Điện Biên, Nguyễn Thị Lai Châu.",
            "THÀNH VIÊN TỔ THẨM ĐỊNH Nguyễn Thị Lai Châu",
        ],
    );
    assert!(!said.contains("GIẢI TRÌNH CỦA ĐƠN VỊ"));
    assert!(!member.get(MINUTES).await.expect(200).has("form.final-body"));
    let paper = issued(&lead, MINUTES).await;
    assert!(paper.text("h1").contains("01/BB-CTĐ3"));
    assert_eq!(recipients(&app).await, "hoa-binh", "not the other members");
}

#[tokio::test]
async fn a_covenant_has_what_all_units_registered_and_all_heads_sign_it() {
    let app = TestApp::new().await;
    let lead = app.secretariat().await;
    let said = lines(&lead, COVENANT).await;
    assert!(
        said.contains("Chưa có bản đăng ký được tiếp nhận của: Sơn La, Lào Cai,")
            && !said.contains("Phụ lục I")
    );
    app.registration("cum-3", "hoa-binh", State::Accepted).await;
    app.registration("cum-3", "yen-bai", State::Submitted).await;
    let said = lines(&lead, COVENANT).await;
    assert_says(
        &said,
        &[
            "GIAO ƯỚC THI ĐUA Năm 2023 của Cụm thi đua số 3",
            "8 đơn vị thành viên Cụm thi đua số 3 gồm: Liên hiệp Hội tỉnh Sơn La, Liên hiệp Hội tỉnh Lào Cai,",
            "TT | Chỉ tiêu | Đơn vị tính | Sơn La | Lào Cai",
            "Lớp tập huấn | lớp | – | – |",
            "3.200,5",
            "Cờ thi đua của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam",
            "01 người",
            "CHỦ TỊCH LIÊN HIỆP HỘI TỈNH SƠN LA (CỤM TRƯỞNG) Trần Văn Sơn La",
            "CHỦ TỊCH LIÊN HIỆP HỘI TỈNH HÒA BÌNH Trần Văn Hòa Bình",
        ],
    );
    let missing = said.split("được tiếp nhận của: ").nth(1).unwrap();
    let missing = missing.split('.').next().unwrap();
    let is_told = missing.contains("Yên Bái") && !missing.contains("Hòa Bình");
    assert!(is_told, "what isn't taken in isn't told: {missing}");
    let pages = printed(&lead, COVENANT).await;
    let signed = pages
        .iter()
        .find(|page| page.words.iter().any(|w| w.text.starts_with("Trần Văn Sơn La")))
        .unwrap();
    let (left, right) = (signed.find("Trần Văn Sơn La"), signed.find("Trần Văn Lào Cai"));
    assert!(left.centre() < 105.0 && right.centre() > 105.0 && (left.base - right.base).abs() < 0.1);
    assert!(pages.last().unwrap().width > pages.last().unwrap().height);

    let member = app.officer_of("hoa-binh").await;
    member.get(COVENANT).await.expect(404);
    let draft = lead.get(COVENANT).await.expect(200);
    assert!(
        draft.text("main").contains("Lời mở đầu: còn chỗ “…” chưa điền") && !draft.has("form.final-body")
    );
    let opening = "Ngày 10 tháng 3 năm 2023, tại Sơn La, các đơn vị ký kết:";
    worded(&lead, COVENANT, &[("section_text", opening)])
        .await
        .expect(303);
    let paper = issued(&lead, COVENANT).await;
    assert!(paper.text("h1").contains("01/CTĐ3"));
    assert_eq!(
        app.value::<i64>("select count(*) from document_recipients").await,
        7
    );
    member.get(&path_of(&paper)).await.expect(200);
    app.officer_of("ha-tinh")
        .await
        .get(&path_of(&paper))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_regulation_is_offered_from_the_rules_of_the_year_and_tells_when_they_change() {
    let app = TestApp::new().await;
    let lead = app.secretariat().await;
    let said = lines(&lead, REGULATION).await;
    assert_says(
        &said,
        &[
            "QUY CHẾ Hoạt động của Cụm thi đua số 3",
            "Chương I QUY ĐỊNH CHUNG",
            "Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng",
            "Điều 15. Hiệu lực thi hành",
            "Cụm thi đua số 3 gồm 08 đơn vị thành viên",
            "cụm trưởng là Liên hiệp Hội tỉnh Sơn La; cụm phó là Liên hiệp Hội tỉnh Lào Cai",
            "a) Đăng ký thi đua, ký và thực hiện giao ước thi đua;",
            "trên 50% tổng số đơn vị thành viên đồng ý",
            "CỤM TRƯỞNG CHỦ TỊCH LIÊN HIỆP HỘI TỈNH SƠN LA",
        ],
    );
    let page = &printed(&lead, REGULATION).await[0];
    let (chapter, article) = (page.find("Chương I"), page.find("Điều 1."));
    let middle = 30.0 + (210.0 - 30.0 - 15.0) / 2.0;
    assert!(chapter.bold && article.bold && (chapter.centre() - middle).abs() < 0.5);
    app.officer_of("hoa-binh").await.get(REGULATION).await.expect(404);
    lead.get("/van-ban/soan/quy-che/cum-3.2023.hoa-binh")
        .await
        .expect(404);

    // An article that is emptied takes its number with it.
    worded(&lead, REGULATION, &[("section_text", "")])
        .await
        .expect(303);
    let said = lines(&lead, REGULATION).await;
    assert!(said.contains("Điều 1. Nguyên tắc hoạt động") && said.contains("Điều 14. Hiệu lực thi hành"));
    let paper = issued(&lead, REGULATION).await;
    assert!(paper.text("h1").contains("01/QC-CTĐ3"));
    app.sql("update year_rules set flag_quota = flag_quota + 1")
        .await
        .unwrap();
    let kept = lead.get(&path_of(&paper)).await.expect(200);
    assert!(
        kept.text("main").contains("Số đơn vị đề nghị Cờ thi đua"),
        "the figure that changed"
    );
}

/// The addresses of drafts that a page leads to.
fn drafts(page: &Page) -> Vec<String> {
    let links = page.links().into_iter();
    links.filter(|link| link.starts_with("/van-ban/soan/")).collect()
}

#[tokio::test]
async fn papers_of_points_and_covenant_are_reached_from_where_their_facts_live() {
    let app = scored().await;
    handed_in(&app, "hoa-binh").await;
    let sheet = format!("{BASE}/hoa-binh");
    let appraiser = app.officer_of("yen-bai").await;
    let links = drafts(&appraiser.get(&sheet).await.expect(200));
    assert_eq!(links, [SHEET], "nobody has appraised yet");
    appraised_in_two_rounds(&app).await;
    for who in [
        login::officer("hoa-binh"),
        login::officer("yen-bai"),
        login::leader("son-la"),
        login::patron("cum-3"),
    ] {
        let browser = app.signed_in(&who).await;
        let links = drafts(&browser.get(&sheet).await.expect(200));
        assert_eq!(links, [SHEET, MINUTES], "{who}");
        for link in links {
            browser.get(&link).await.expect_because(200, &who);
        }
    }
    let lead = app.secretariat().await;
    let registered = "/cum/cum-3/2023/dang-ky";
    assert!(drafts(&lead.get(registered).await).contains(&COVENANT.to_owned()));
    assert!(!drafts(&appraiser.get(registered).await).contains(&COVENANT.to_owned()));
    let listed = drafts(&lead.get("/cum/cum-3/2023/van-ban").await.expect(200));
    assert!(listed.contains(&COVENANT.to_owned()) && listed.contains(&REGULATION.to_owned()));
}
