//! The report of a cluster on its year, which writes itself out of the reports that were taken in.

use cumthidua::{registrations, reports};

use crate::{
    documents,
    papers_vusta::{assert_says, issued, lines, printed, worded},
    scoring,
    support::{Browser, TestApp, login},
};

const SUMMARY: &str = "/van-ban/soan/bao-cao-tong-ket/cum-3.2023";
const REPORTS: &str = "/cum/cum-3/2023/bao-cao/nam";

/// Units with a registration that was taken in and a report in this state.
async fn reported(app: &TestApp, units: &[&str], state: reports::State) {
    for unit in units {
        app.registration("cum-3", unit, registrations::State::Accepted)
            .await;
        app.report("cum-3", unit, state).await;
    }
}

/// The unit's leader closes the report with other final figures: the first one is `first`.
async fn finalised(app: &TestApp, unit: &str, first: &str) {
    let leader = app.actor(&login::leader(unit)).await;
    let year = app.year("cum-3", 2023).await;
    let mut tx = app.app.begin().await.unwrap();
    let report = reports::find_visible(&mut tx, &leader, &year, reports::Period::Annual, unit)
        .await
        .unwrap();
    let mut form = reports::FinalForm::of(&report);
    first.clone_into(&mut form.final_reached[0]);
    reports::finalise(&mut tx, app.now(), &leader, &report, &form)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn leads_here(browser: &Browser<'_>, page: &str) -> bool {
    let links = browser.get(page).await.expect(200).links();
    links.contains(&SUMMARY.to_owned())
}

#[tokio::test]
async fn it_writes_itself_out_of_the_reports_and_names_whose_is_missing() {
    let app = TestApp::new().await;
    let lead = app.secretariat().await;
    let answer = lead.get(SUMMARY).await.expect(409);
    assert!(answer.text("main").contains("Chưa tiếp nhận báo cáo năm nào"));
    assert!(!leads_here(&lead, REPORTS).await);
    reported(&app, &["hoa-binh", "dien-bien"], reports::State::Accepted).await;
    reported(&app, &["lai-chau"], reports::State::Submitted).await;

    let said = lines(&lead, SUMMARY).await;
    assert_says(
        &said,
        &[
            "Kính gửi: Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam",
            "gồm 08 đơn vị thành viên",
            "báo cáo năm của 02 đơn vị; chưa gồm báo cáo của 06 đơn vị",
            "Lai Châu (đã nộp, chưa tiếp nhận)",
            "Sơn La (chưa nộp)",
            "Bảng 1. Kết quả chung của cụm năm 2023",
            "Lớp tập huấn | lớp",
            "18 (ước)",
            "2/2",
            "- Hòa Bình: II. Kết quả",
            "SỐ LIỆU CỦA CÁC ĐƠN VỊ",
        ],
    );
    assert!(
        !said.contains("- Lai Châu:"),
        "nothing of a report that isn't taken in"
    );
    assert!(leads_here(&lead, REPORTS).await && leads_here(&lead, &format!("{REPORTS}/bang-so-lieu")).await);
}

#[tokio::test]
async fn it_is_drafted_by_the_secretariat_alone_and_read_once_it_is_issued() {
    let app = TestApp::new().await;
    reported(&app, &["hoa-binh"], reports::State::Accepted).await;
    for who in [
        login::officer("hoa-binh"),
        login::leader("lao-cai"),
        login::patron("cum-3"),
        login::STANDING_OFFICE.to_owned(),
        login::COUNCIL_MEMBER.to_owned(),
        login::officer("ha-tinh"),
    ] {
        let browser = app.signed_in(&who).await;
        for page in ["", "/sua", "/phien-ban", "/ban.pdf", "/ban.docx", "/bang.xlsx"] {
            let path = format!("{SUMMARY}{page}");
            browser
                .get(&path)
                .await
                .expect_because(404, &format!("{who}: {path}"));
        }
        let fields = [("version", "0"), ("issued_on", "20/02/2023")];
        let answer = browser.post(&format!("{SUMMARY}/ban-hanh"), &fields).await;
        answer.expect_because(404, &who);
    }
    assert!(!leads_here(&app.officer_of("hoa-binh").await, REPORTS).await);
    let lead = app.secretariat().await;
    let paper = issued(&lead, SUMMARY).await;
    assert!(paper.text("h1").contains("01/BC-CTĐ3"));
    let path = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let path = path.trim_end_matches("/ban.pdf");
    for (who, status) in [
        (login::officer("hoa-binh"), 200),
        (login::STANDING_OFFICE.to_owned(), 200),
        (login::officer("ha-tinh"), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(path).await.expect_because(status, &who);
    }
    lead.get("/van-ban/soan/bao-cao-tong-ket/cum-3.2023.hoa-binh")
        .await
        .expect(404);
}

#[tokio::test]
async fn what_was_edited_stays_when_the_figures_are_new() {
    let app = TestApp::new().await;
    reported(&app, &["hoa-binh"], reports::State::Accepted).await;
    let lead = app.secretariat().await;
    let own = "Năm qua cụm đã hoàn thành nhiệm vụ.";
    worded(&lead, SUMMARY, &[("section_text", own)]).await.expect(303);
    assert_says(&lines(&lead, SUMMARY).await, &[own, "9 (ước)"]);

    finalised(&app, "hoa-binh", "12").await;
    reported(&app, &["dien-bien"], reports::State::Accepted).await;
    let said = lines(&lead, SUMMARY).await;
    assert_says(&said, &[own, "21 (ước)", "báo cáo năm của 02 đơn vị"]);
    assert_says(&said, &["- Điện Biên: II. Kết quả"]);

    // Somebody edits that part too; a report that comes later stands beside it, to be taken in.
    let page = lead.get(&format!("{SUMMARY}/sua")).await.expect(200);
    let (action, fields) = page.form("form[data-warn]");
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| {
            let is_part = name == "section_text" && value.contains("II. Kết quả");
            (
                name.as_str(),
                if is_part {
                    "Kết quả chung rất tốt."
                } else {
                    value
                },
            )
        })
        .collect();
    lead.post(&action, &fields).await.expect(303);
    reported(&app, &["lai-chau"], reports::State::Accepted).await;
    assert!(!lines(&lead, SUMMARY).await.contains("- Lai Châu: II."));
    let choice = "results|- Lai Châu: ";
    let offers = format!("input[name=take][value^=\"{choice}\"]");
    let page = lead.get(&format!("{SUMMARY}/sua")).await.expect(200);
    let whole = page.attribute(&offers, "value").expect("a paragraph to tick");
    worded(&lead, SUMMARY, &[("take", &whole)]).await.expect(303);
    let said = lines(&lead, SUMMARY).await;
    assert_says(&said, &["Kết quả chung rất tốt.", "- Lai Châu: II. Kết quả"]);
    let page = lead.get(&format!("{SUMMARY}/sua")).await.expect(200);
    assert!(!page.has(&offers), "it is in the text now");
}

#[tokio::test]
async fn each_figure_leads_to_the_unit_the_report_and_the_line_it_comes_from() {
    let app = TestApp::new().await;
    reported(&app, &["hoa-binh", "dien-bien"], reports::State::Accepted).await;
    let lead = app.secretariat().await;
    let draft = lead.get(SUMMARY).await.expect(200);
    assert!(
        draft.has("#so-lieu details:not([open])"),
        "the long list is folded"
    );
    let anchors = scraper::Selector::parse("#so-lieu a").unwrap();
    let links: Vec<String> = draft
        .dom
        .select(&anchors)
        .filter_map(|link| link.attr("href").map(str::to_owned))
        .collect();
    let of_units: Vec<&String> = links.iter().filter(|link| link.contains('#')).collect();
    assert!(of_units.len() >= 4, "{links:?}");
    let list = draft.text("#so-lieu ul");
    assert_says(
        &list,
        &[
            "Số đơn vị có báo cáo đã tiếp nhận : 2/8",
            "Lớp tập huấn (lớp): Hòa Bình : 9",
            "Lớp tập huấn (lớp): toàn cụm : 18",
        ],
    );
    for link in links {
        let (path, line) = link.split_once('#').unwrap_or((&link, ""));
        let page = lead.get(path).await.expect_because(200, &link);
        assert!(line.is_empty() || page.has(&format!("#{line}")), "no line {link}");
    }
}

#[tokio::test]
async fn the_issued_report_says_which_figures_are_others_today() {
    let app = TestApp::new().await;
    reported(&app, &["hoa-binh", "dien-bien"], reports::State::Accepted).await;
    let lead = app.secretariat().await;
    let paper = issued(&lead, SUMMARY).await;
    assert!(!paper.text("main").contains("đã khác bản ký"));
    let path = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let path = path.trim_end_matches("/ban.pdf").to_owned();
    app.set_clock("2023-03-20 09:00");
    finalised(&app, "hoa-binh", "7").await;

    // The unit's figure, the sum, and how many reached what they had registered.
    let notice = lead.get(&path).await.expect(200).text(".notice");
    assert_says(
        &notice,
        &[
            "3 số liệu đã khác bản ký ngày 20/02/2023",
            "Hòa Bình : bản ký 9, nay 7",
            "toàn cụm : bản ký 18, nay 16",
            "số đơn vị đạt đăng ký : bản ký 2/2, nay 1/2",
        ],
    );
    let kept = lead.get(&format!("{path}/ban.pdf")).await.expect(200);
    let pages = documents::printed::read(&kept.bytes);
    let printed: String = pages.iter().map(documents::printed::Page::text).collect();
    assert!(printed.contains("18 (ước)"), "the paper stays what was signed");
}

#[tokio::test]
async fn the_standing_is_in_it_once_it_may_be_known() {
    let app = TestApp::new().await;
    let members = app.year("cum-3", 2023).await.members;
    let units: Vec<&str> = members.iter().map(|member| member.slug.as_str()).collect();
    reported(&app, &units, reports::State::Accepted).await;
    scoring::opened(&app).await;
    scoring::appraised_by(&app, "hoa-binh", "yen-bai").await;
    for unit in &units {
        scoring::handed_in(&app, unit).await;
    }
    let lead = app.secretariat().await;
    let said = lines(&lead, SUMMARY).await;
    assert!(!said.contains("KẾT QUẢ CHẤM ĐIỂM"), "nothing is appraised yet");
    app.sql(
        "update score_sheets s set state = 'appraised', appraised_at = now(), lines =
            (select jsonb_agg(l || jsonb_build_object('appraised', l->'own') order by n)
             from jsonb_array_elements(s.lines) with ordinality as x (l, n));
         update year_steps set opens_on = date '2020-01-01' where step = 'conference'",
    )
    .await
    .unwrap();
    let said = lines(&lead, SUMMARY).await;
    assert_says(&said, &["KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG", "Xếp hạng", "Hòa Bình"]);
    // The pictures are in the file itself, each with the words for those who don't see it.
    let pdf = lead.get(&format!("{SUMMARY}/ban.pdf")).await.expect(200);
    let docx = lead.get(&format!("{SUMMARY}/ban.docx")).await.expect(200);
    let faults = documents::checker::faults(&pdf.bytes, &docx.bytes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx.bytes.to_vec())).unwrap();
    let pictures = (0..archive.len()).filter(|at| {
        let name = archive.by_index(*at).unwrap().name().unwrap().into_owned();
        name.starts_with("word/media/")
    });
    assert!(pictures.count() >= 1);
}

#[tokio::test]
async fn it_is_laid_out_as_the_decree_wants_it_with_the_figures_on_their_side() {
    let app = TestApp::new().await;
    let units = [
        "son-la",
        "dien-bien",
        "lai-chau",
        "lao-cai",
        "yen-bai",
        "vinh-phuc",
        "phu-tho",
        "hoa-binh",
    ];
    reported(&app, &units, reports::State::Accepted).await;
    let lead = app.secretariat().await;
    let pdf = lead.get(&format!("{SUMMARY}/ban.pdf")).await.expect(200);
    let docx = lead.get(&format!("{SUMMARY}/ban.docx")).await.expect(200);
    let faults = documents::checker::faults(&pdf.bytes, &docx.bytes);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let pages = printed(&lead, SUMMARY).await;
    let last = pages.last().unwrap();
    assert!(pages[0].width < pages[0].height && last.width > last.height);
    assert!(last.find("TT").bold);
    for place in ["Sơn La", "Điện", "Hòa", "Lào Cai"] {
        assert!(last.find(place).bold, "a column for {place}");
    }
    assert_says(
        &lines(&lead, SUMMARY).await,
        &["báo cáo năm của tất cả 08 đơn vị"],
    );
}
