//! Certificates: numbers of the golden book, printing on blank and pre-printed paper, printers that are off.

use crate::{
    documents::printed::{self, Page as Printed},
    support::{Browser, TestApp, codes_on, decision_form, draft_decision, issue_decision, login, words_on},
};

const PRINTERS: &str = "/bang-khen/may-in";

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// A decision that gives a flag to Sơn La and certificates to Lào Cai and Phú Thọ; answers its path.
async fn decision(app: &TestApp) -> String {
    app.conference().await;
    let mut dossiers = Vec::new();
    for (unit, award) in [
        ("son-la", "vusta_flag"),
        ("lao-cai", "vusta_merit"),
        ("phu-tho", "vusta_merit"),
    ] {
        dossiers.push(app.eligible(unit, award).await);
    }
    app.set_clock("2024-01-18 16:00");
    let office = app.standing_office().await;
    let mut fields = vec![
        ("held_on", "18/01/2024"),
        ("members_total", "9"),
        ("members_present", "8"),
        ("threshold_percent", "50"),
        ("threshold_base", "all_members"),
    ];
    for path in &dossiers {
        fields.extend([("nomination", id_of(path)), ("votes_for", "8")]);
    }
    office.post("/hoi-dong/2023/phien-hop", &fields).await.expect(303);
    app.set_clock("2024-01-30 10:00");
    let mut fields = decision_form("48").to_vec();
    fields.extend(dossiers.iter().map(|path| ("nomination", id_of(path))));
    let draft = draft_decision(&office, &fields).await;
    issue_decision(&office, &draft).await;
    draft
}

async fn print(office: &Browser<'_>, path: &str) -> Vec<Printed> {
    let pdf = office.get(path).await.expect(200);
    assert!(pdf.header("content-disposition").starts_with("inline"));
    printed::read(&pdf.bytes)
}

/// The decision with its numbers, and the standing office's browser.
async fn entered(app: &TestApp) -> (Browser<'_>, String) {
    let pages = format!("{}/bang-khen", decision(app).await);
    let office = app.standing_office().await;
    office.post(&format!("{pages}/so-vang"), &[]).await.expect(303);
    (office, pages)
}

#[tokio::test]
async fn awards_get_their_numbers_once_and_only_then_are_certificates_printed() {
    let app = TestApp::new().await;
    let decision = decision(&app).await;
    let office = app.standing_office().await;
    let link = format!("{decision}/bang-khen");
    assert!(office.get(&decision).await.links().contains(&link));
    let pages = office.get(&link).await.expect(200);
    office.get(&format!("{link}/ban.pdf")).await.expect(409);
    let answer = office.submit(&pages, "form.final-body", &[]).await.expect(303);
    assert!(office.follow(&answer).await.message().contains("3 tập thể"));
    office.post(&format!("{link}/so-vang"), &[]).await.expect(409);
    let numbers: String = app
        .value("select string_agg(series_year || '/' || number, ' ' order by number) from golden_book")
        .await;
    assert_eq!(numbers, "2024/1 2024/2 2024/3");

    let book = office.get("/so-vang/2024").await.expect(200);
    assert_eq!(book.count("tbody tr"), 3);
    assert!(book.text("tbody").contains("tỉnh Phú Thọ") && book.text("tbody").contains("48/QĐ-LHHVN"));
    assert!(
        office
            .get("/so-vang/2024/so.xlsx")
            .await
            .expect(200)
            .bytes
            .starts_with(b"PK")
    );
    let empty = office.get("/so-vang/2023").await.expect(200);
    assert_eq!(empty.count("tbody tr"), 0);
    assert!(
        empty.links().contains(&"/so-vang/2024".to_owned()),
        "the way to what there is"
    );
    assert!(
        !book.links().contains(&"/so-vang/2023".to_owned()),
        "and none to what there isn't"
    );
    office.get("/so-vang/20240").await.expect(404);
    office.get("/so-vang/1").await.expect(404);
    assert!(
        office
            .get("/quyet-dinh")
            .await
            .links()
            .contains(&"/so-vang/2024".to_owned())
    );
    for statement in [
        "update golden_book set number = 9",
        "delete from golden_book",
        "update print_offsets set across = 1",
        "delete from certificate_wordings",
    ] {
        let untouched = app.sql(statement).await;
        let rows: i64 = app
            .value("select count(*) from golden_book where number < 4")
            .await;
        assert!(
            rows == 3 && (untouched.is_err() || !statement.contains("golden")),
            "{statement}"
        );
    }
}

#[tokio::test]
async fn a_whole_decision_is_one_file_with_every_field_at_its_place() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    let sheets = print(&office, &format!("{pages}/ban.pdf?giay=giay-trang")).await;
    assert_eq!(sheets.len(), 2, "the flag isn't printed");
    for (sheet, name, number) in [(&sheets[0], "Lào Cai", "02"), (&sheets[1], "Phú Thọ", "03")] {
        assert!((sheet.width - 420.0).abs() < 0.1 && (sheet.height - 297.0).abs() < 0.1);
        let text = sheet.text();
        for words in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "CHỦ TỊCH LIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM",
            "BẰNG KHEN",
            name,
            "Đã có thành tích xuất sắc trong phong trào thi đua năm 2023",
            "Hà Nội, ngày 30 tháng 01 năm 2024",
            "Nguyễn Văn Mẫu",
            "Quyết định số: 48/QĐ-LHHVN ngày 30 tháng 01 năm 2024",
            &format!("Số sổ vàng: {number}"),
        ] {
            assert!(text.contains(words), "no “{words}” in\n{text}");
        }
        let title = sheet.find("BẰNG KHEN");
        assert!((title.centre() - 210.0).abs() < 0.5 && (title.size - 54.0).abs() < 0.1);
        let (post, signer) = (sheet.find("CHỦ TỊCH"), sheet.find("Nguyễn Văn Mẫu"));
        assert!(signer.centre() > 210.0 && signer.base > post.base);
        let motto = sheet.find("Độc lập");
        let line = sheet.line_below(motto);
        assert!(
            (line.1 - line.0 - (motto.right - motto.left)).abs() < 1.0,
            "as long as its words"
        );
    }
    let id: String = app
        .value(
            "select n.id::text from nominations n join units u on u.id = n.unit_id where u.slug = 'phu-tho'",
        )
        .await;
    let one = print(&office, &format!("{pages}/ban.pdf?chi={id}")).await;
    assert!(one.len() == 1 && one[0].text().contains("Phú Thọ"));
    office
        .get(&format!("{pages}/ban.pdf?giay=giay-khac"))
        .await
        .expect(404);
    office.get(&format!("{pages}/ban.pdf?may=x")).await.expect(404);
}

#[tokio::test]
async fn a_telephone_reads_on_a_certificate_where_its_decision_is_verified() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    for stationery in ["giay-trang", "phoi-in-san"] {
        let pdf = office
            .get(&format!("{pages}/ban.pdf?giay={stationery}"))
            .await
            .expect(200);
        let codes = codes_on(&pdf.bytes);
        assert_eq!(codes.len(), 1, "one on {stationery}");
        let (_, path) = codes[0].split_once("/xac-minh/").unwrap();
        let page = app.visitor().get(&format!("/xac-minh/{path}")).await.expect(200);
        assert!(page.text("main").contains("48/QĐ-LHHVN"));
        assert!(words_on(&pdf.bytes).contains("Quyết định số: 48/QĐ-LHHVN"));
    }
}

#[tokio::test]
async fn pre_printed_paper_gets_only_what_differs_moved_by_the_offset_of_the_printer() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    let list = office.get(PRINTERS).await.expect(200);
    let name = [("name", "Máy in văn phòng")];
    office.submit(&list, "form.new-printer", &name).await.expect(303);
    let taken = office.submit(&list, "form.new-printer", &name).await.expect(422);
    assert!(taken.error_at("name").contains("Đã có máy in"));
    let list = office.get(PRINTERS).await.expect(200);
    let wrong = [("measured_left", "51,5"), ("measured_top", "ba")];
    let again = office.submit(&list, "form.measures", &wrong).await.expect(422);
    assert!(again.text("main").contains("không phải là số"));
    let measured = [("measured_left", "51,5"), ("measured_top", "48")];
    office.submit(&list, "form.measures", &measured).await.expect(303);
    let list = office.get(PRINTERS).await.expect(200);
    assert!(
        list.text("main")
            .contains("Dịch sang phải -1,5 mm, xuống dưới 2 mm")
    );

    let printer: String = app.value("select id::text from printers").await;
    let path = format!("{pages}/ban.pdf?giay=phoi-in-san");
    let straight = &print(&office, &path).await[0];
    let moved = &print(&office, &format!("{path}&may={printer}")).await[0];
    assert!((straight.width - 400.0).abs() < 0.1);
    assert!(!straight.text().contains("CỘNG HÒA") && !straight.text().contains("BẰNG KHEN"));
    assert!(straight.lines.is_empty(), "the frame is on the paper already");
    for words in ["Liên hiệp các Hội", "Quyết định số", "Nguyễn Văn Mẫu"] {
        let (before, after) = (straight.find(words), moved.find(words));
        assert!((after.left - before.left + 1.5).abs() < 0.05, "{words}");
        assert!((after.base - before.base - 2.0).abs() < 0.05, "{words}");
    }

    // The sheet for measuring: its rulers begin at the edges of the paper, the cross is where it says.
    let sheet = &print(&office, "/bang-khen/to-can-chinh.pdf?giay=phoi-in-san").await[0];
    let arm = sheet
        .lines
        .iter()
        .find(|l| (l.0 - 44.0).abs() < 0.05 && (l.1 - 56.0).abs() < 0.05);
    assert!((arm.unwrap().2 - 50.0).abs() < 0.05, "the level arm of the cross");
    let ticks = sheet
        .lines
        .iter()
        .filter(|line| (line.0 - 12.0).abs() < 0.05)
        .count();
    // The reader leaves out the short ticks between.
    assert_eq!(ticks, 59, "a long tick for every five millimetres");
    let check = &print(
        &office,
        &format!("/bang-khen/to-can-chinh.pdf?giay=phoi-in-san&may={printer}"),
    )
    .await[0];
    assert!(
        check
            .lines
            .iter()
            .any(|l| (l.0 - 42.5).abs() < 0.05 && (l.2 - 52.0).abs() < 0.05)
    );
}

#[tokio::test]
async fn a_name_of_two_hundred_letters_shrinks_until_it_fits() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    let long = format!("Liên hiệp các Hội {}", "Khoa học và Kỹ thuật ".repeat(9));
    app.sql(&format!(
        "update units set name = '{}' where slug = 'lao-cai'",
        long.trim()
    ))
    .await
    .unwrap();
    let sheets = print(&office, &format!("{pages}/ban.pdf")).await;
    let name: Vec<_> = sheets[0]
        .words
        .iter()
        .filter(|w| w.bold && w.text.contains("Kỹ thuật") && w.base > 130.0 && w.base < 160.0)
        .collect();
    assert!(name.len() > 1, "on several lines: {}", sheets[0].text());
    for line in name {
        assert!(
            line.size < 28.0 && line.left >= 60.0 && line.right <= 360.0,
            "{line:?}"
        );
    }
    let short = sheets[1].find("Liên hiệp các Hội");
    assert!((short.size - 28.0).abs() < 0.1, "others keep their size");
}

#[tokio::test]
async fn the_words_are_edited_in_versions_and_flags_are_lettered_with_them() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    let page = office.get(&pages).await.expect(200);
    assert!(
        page.text("main")
            .contains("ĐƠN VỊ DẪN ĐẦU PHONG TRÀO THI ĐUA NĂM 2023")
    );
    let empty = office
        .submit(&page, "form.wording", &[("achievement", " ")])
        .await
        .expect(422);
    assert!(empty.error_at("achievement").contains("thành tích"));
    let words = [
        ("achievement", "Đã dẫn đầu về phổ biến kiến thức năm [năm]"),
        ("flag", "LHHVN\nTẶNG\nĐƠN VỊ XUẤT SẮC NĂM [năm]"),
    ];
    office.submit(&page, "form.wording", &words).await.expect(303);
    office.submit(&page, "form.wording", &words).await.expect(409);
    let sheets = print(&office, &format!("{pages}/ban.pdf")).await;
    assert!(
        sheets[0]
            .text()
            .contains("Đã dẫn đầu về phổ biến kiến thức năm 2023")
    );
    let page = office.get(&pages).await.expect(200);
    assert!(page.text("main").contains("ĐƠN VỊ XUẤT SẮC NĂM 2023"));
    let list = office.get(&format!("{pages}/chu-tren-co.xlsx")).await.expect(200);
    assert!(list.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn the_places_of_fields_are_data_of_each_kind_of_paper() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    let path = "/bang-khen/mau/phoi-in-san";
    let form = office.get(path).await.expect(200);
    let out = office
        .submit(&form, "form.layout", &[("width", "120")])
        .await
        .expect(422);
    assert!(out.text("main").contains("ra ngoài tờ giấy"));
    let before = print(&office, &format!("{pages}/ban.pdf?giay=phoi-in-san")).await[0]
        .find("Nguyễn Văn Mẫu")
        .base;
    let (action, mut fields) = form.form("form.layout");
    let tops = fields.iter_mut().filter(|(name, _)| name == "top");
    // The signer is the tenth field.
    let signer = tops.into_iter().nth(9).unwrap();
    signer.1 = "260".to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    office.post(&action, &fields).await.expect(303);
    office.post(&action, &fields).await.expect(409);
    let after = print(&office, &format!("{pages}/ban.pdf?giay=phoi-in-san")).await[0]
        .find("Nguyễn Văn Mẫu")
        .base;
    assert!((after - before - 19.5).abs() < 0.05, "{before} {after}");
    office.get("/bang-khen/mau/giay-khac").await.expect(404);
}

#[tokio::test]
async fn nothing_of_a_cancelled_decision_is_printed_and_the_book_says_so() {
    let app = TestApp::new().await;
    let (office, pages) = entered(&app).await;
    let decision = pages.trim_end_matches("/bang-khen").to_owned();
    let form = office
        .get(&format!("/quyet-dinh/moi?huy={}", id_of(&decision)))
        .await
        .expect(200);
    let typed = [
        ("number", "49"),
        ("issued_on", "30/01/2024"),
        ("signer", "Nguyễn Văn Mẫu"),
        ("reason", "Kê khai sai"),
    ];
    let later = office.submit(&form, "form.decision", &typed).await.expect(303);
    let later = later.location.unwrap();
    issue_decision(&office, &later).await;
    office.get(&format!("{pages}/ban.pdf")).await.expect(409);
    assert!(
        office
            .get(&pages)
            .await
            .expect(200)
            .text(".notice-late")
            .contains("bị hủy")
    );
    assert!(
        office
            .get("/so-vang/2024")
            .await
            .text("tbody")
            .contains("khen thưởng đã bị hủy")
    );
    office.get(&format!("{later}/bang-khen")).await.expect(404);
}

#[tokio::test]
async fn certificates_are_the_standing_offices_alone() {
    let app = TestApp::new().await;
    let (_, pages) = entered(&app).await;
    for who in [
        login::leader("son-la"),
        login::COUNCIL_MEMBER.to_owned(),
        login::ADMINISTRATOR.to_owned(),
    ] {
        let browser = app.signed_in(&who).await;
        for path in [
            pages.as_str(),
            PRINTERS,
            "/so-vang/2024",
            "/bang-khen/mau/giay-trang",
        ] {
            browser.get(path).await.expect_because(403, &who);
        }
    }
}
