//! The catalogue of awards with its versions, the history read from spreadsheets, and what a nomination still lacks.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::support::{Page, TestApp};

const CATALOGUE: &str = "/danh-muc-khen-thuong";
const FLAG: &str = "/danh-muc-khen-thuong/co-thi-dua-lhhvn";
const HISTORY: &str = "/lich-su-khen-thuong";
const IMPORTS: &str = "/lich-su-khen-thuong/nhap";

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// A table with the usual headings and these rows.
fn table(rows: &[[&str; 6]]) -> Vec<u8> {
    let heads = [
        "Đơn vị",
        "Họ và tên",
        "Hình thức khen thưởng",
        "Năm",
        "Số quyết định",
        "Ngày quyết định",
    ];
    workbook(|sheet| {
        for (row, cells) in (2_u32..).zip(std::iter::once(&heads).chain(rows)) {
            for (column, text) in (0_u16..).zip(cells) {
                sheet.write(row, column, *text).unwrap();
            }
        }
    })
}

/// Reads a file as the standing office; answers the page that shows it.
async fn read(app: &TestApp, bytes: &[u8]) -> Page {
    let office = app.standing_office().await;
    let answer = office
        .upload(IMPORTS, "lịch sử.xlsx", bytes, &[])
        .await
        .expect(303);
    office.get(answer.location.as_deref().unwrap()).await.expect(200)
}

/// Reads a file and confirms it.
async fn import(app: &TestApp, rows: &[[&str; 6]]) {
    let page = read(app, &table(rows)).await;
    let office = app.standing_office().await;
    office
        .submit(&page, "form[action$='/ghi']", &[])
        .await
        .expect_to(HISTORY);
}

#[tokio::test]
async fn everybody_reads_the_catalogue_and_the_standing_office_adds_versions() {
    let app = TestApp::new().await;
    let (office, officer) = (app.standing_office().await, app.officer_of("hoa-binh").await);
    let page = officer.get(CATALOGUE).await.expect(200);
    assert_eq!(page.count("section:first-of-type tbody tr"), 14);
    assert!(!page.has("main form") && page.text("main").contains("1.490.000 đồng"));
    let entry = officer.get(FLAG).await.expect(200);
    assert!(entry.text("#phien-ban-1").contains("đang có hiệu lực"));
    assert!(
        entry.text("#phien-ban-2").contains("Điều 26")
            && entry.text("#phien-ban-2").contains("từ 01/01/2024")
    );
    assert!(!entry.links().iter().any(|link| link.ends_with("/phien-ban-moi")));

    let form = office.get(&format!("{FLAG}/phien-ban-moi")).await.expect(200);
    assert_eq!(form.value("#article-1"), "Điều 26 khoản 1 Luật 06/2022/QH15");
    let wrong = [("from", "01/01/2024"), ("unit_multiple", "tám"), ("years", "0")];
    let wrong = office.submit(&form, "main form", &wrong).await.expect(422);
    assert_eq!(wrong.wrong_fields(), ["from", "unit_multiple", "reason"]);
    assert_eq!(wrong.value("#unit_multiple"), "tám");
    let right = [
        ("from", "01/03/2027"),
        ("unit_multiple", "9,5"),
        ("reason", "Nghị định mới"),
    ];
    office.submit(&wrong, "main form", &right).await.expect_to(FLAG);
    // Of two editors the second is told.
    let again = office
        .submit(
            &wrong,
            "main form",
            &[("from", "01/04/2027"), ("unit_multiple", ""), ("reason", "x")],
        )
        .await;
    again.expect(409);
    // Nor does a form that claims to have seen another number.
    let forged = [
        ("seen", "2147483646"),
        ("from", "01/04/2027"),
        ("unit_multiple", ""),
        ("reason", "x"),
    ];
    office.submit(&wrong, "main form", &forged).await.expect(409);
    let entry = officer.get(FLAG).await.expect(200);
    assert!(entry.text("#phien-ban-3").contains("9,5 lần lương cơ sở"));
    assert!(entry.text("#phien-ban-2").contains("đến hết 28/02/2027"));
    for damage in [
        "update award_versions set source = 'x'",
        "delete from award_versions",
        "update base_salaries set amount = 1",
    ] {
        assert!(app.sql(damage).await.is_err(), "{damage}");
    }

    let page = office.get(CATALOGUE).await.expect(200);
    let salary = [
        ("from", "01/07/2024"),
        ("amount", "2.530.000"),
        ("source", "Nghị định mới"),
    ];
    let taken = office.submit(&page, "main form", &salary).await.expect(422);
    assert_eq!(taken.wrong_fields(), ["from"]);
    office
        .submit(&taken, "main form", &[("from", "01/07/2026")])
        .await
        .expect_to(CATALOGUE);
    assert!(
        officer
            .get(CATALOGUE)
            .await
            .text("main")
            .contains("2.530.000 đồng")
    );
    assert_eq!(
        app.value::<i64>("select count(*) from journal where action like 'award.%'")
            .await,
        2
    );
}

#[tokio::test]
async fn what_has_been_used_for_a_decision_keeps_its_version() {
    let app = TestApp::new().await;
    app.decision().await;
    let office = app.standing_office().await;
    let form = office.get(&format!("{FLAG}/phien-ban-moi")).await.expect(200);
    let change = |from| [("from", from), ("reason", "Nghị định mới")];
    let early = office
        .submit(&form, "main form", &change("30/01/2024"))
        .await
        .expect(422);
    assert!(early.error_at("from").contains("30/01/2024"));
    office
        .submit(&form, "main form", &change("31/01/2024"))
        .await
        .expect(303);
}

#[tokio::test]
async fn a_spreadsheet_is_looked_at_first_and_only_then_counts() {
    let app = TestApp::new().await;
    let rows = [
        [
            "LHH tỉnh Sơn La",
            "",
            "Cờ thi đua LHHVN",
            "2021",
            "12/QĐ-LHHVN",
            "ngày 15 tháng 01 năm 2022",
        ],
        [
            "Hòa Bình",
            "Nguyễn Văn Ví Dụ",
            "Bằng khen LHHVN",
            "Năm 2021",
            "12/QĐ-LHHVN",
            "15.01.2022",
        ],
        ["Sơn La", "", "Bằng khen của UBND tỉnh", "2020", "", ""],
        ["Sơn La", "", "CỜ THI ĐUA LHHVN", "2021", "", ""],
    ];
    let page = read(&app, &table(&rows)).await;
    assert_eq!(page.count("tbody tr"), 4);
    assert!(
        page.text("form[action$='/ghi']")
            .contains("3 dòng mới, trong đó 1 dòng cần xem; 1 dòng đã có")
    );
    let officer = app.officer_of("son-la").await;
    assert!(
        officer.get(HISTORY).await.expect(200).has(".blank"),
        "nothing counts yet"
    );
    let office = app.standing_office().await;
    office
        .submit(&page, "form[action$='/ghi']", &[])
        .await
        .expect_to(HISTORY);
    office
        .submit(&page, "form[action$='/ghi']", &[])
        .await
        .expect(409);

    office.get(&format!("{HISTORY}?trang=")).await.expect(200);
    let all = office.get(HISTORY).await.expect(200);
    assert_eq!(all.count("tbody tr"), 3);
    assert!(all.text("tbody").contains("15/01/2022") && all.text("tbody").contains("Nguyễn Văn Ví Dụ"));
    // A person's award is for those who work with the unit.
    for (browser, rows) in [
        (app.officer_of("hoa-binh").await, 3),
        (app.secretariat().await, 3),
        (app.officer_of("dien-bien").await, 2),
        (app.administrator().await, 2),
    ] {
        assert_eq!(browser.get(HISTORY).await.expect(200).count("tbody tr"), rows);
    }
    for (filter, rows) in [
        ("don-vi=hoa-binh", 1),
        ("ca-nhan=vi+du", 1),
        ("hinh-thuc=vusta_flag", 1),
        ("nam=2020", 1),
        ("nam=2021&hinh-thuc=vusta_merit", 1),
    ] {
        assert_eq!(
            office
                .get(&format!("{HISTORY}?{filter}"))
                .await
                .expect(200)
                .count("tbody tr"),
            rows,
            "{filter}"
        );
    }
    let unit = officer.get("/don-vi/son-la/khen-thuong").await.expect(200);
    assert!(unit.text("main").contains("Bằng khen của UBND tỉnh"));

    // The same file again has nothing new; a mistake is taken back as a whole.
    let again = read(&app, &table(&rows)).await;
    assert!(!again.has("form[action$='/ghi']"));
    let path = page.path.clone();
    office.post(&format!("{path}/huy"), &[]).await.expect(422);
    office
        .post(&format!("{path}/huy"), &[("reason", "Nhập nhầm tệp")])
        .await
        .expect_to(&path);
    office
        .post(&format!("{path}/huy"), &[("reason", "x")])
        .await
        .expect(409);
    assert!(office.get(HISTORY).await.expect(200).has(".blank"));
    for damage in [
        "update award_records set year = 2000",
        "delete from award_imports",
        "update award_imports set reason = 'y'",
    ] {
        assert!(app.sql(damage).await.is_err(), "{damage}");
    }
}

#[tokio::test]
async fn every_wrong_cell_is_told_and_nothing_of_the_file_is_kept() {
    let app = TestApp::new().await;
    let page = read(
        &app,
        &table(&[
            ["Atlantis", "", "Cờ thi đua LHHVN", "2021", "", "31/02/2022"],
            ["Sơn La", "", "Cờ thi đua LHHVN", "2021", "", ""],
        ]),
    )
    .await;
    assert!(page.text(".notice-late").contains("1 dòng"));
    let told = page.texts("tbody .field-error").join(" ");
    assert!(told.contains("Atlantis") && told.contains("31/02/2022"));
    assert!(!page.has("form[action$='/ghi']"));
    let office = app.standing_office().await;
    office.post(&format!("{}/ghi", page.path), &[]).await.expect(409);

    for (bytes, words) in [
        (
            workbook(|sheet| {
                sheet.write(0, 0, "Liªn hiÖp Héi").unwrap();
            }),
            "TCVN3",
        ),
        (
            workbook(|sheet| {
                sheet.write(0, 0, "Đơn vị").unwrap();
            }),
            "Không tìm thấy cột",
        ),
        (b"%PDF-1.7\n".to_vec(), ".xlsx"),
    ] {
        let told = office.upload(IMPORTS, "a.xlsx", &bytes, &[]).await.expect(422);
        assert!(told.error_at("file").contains(words), "{words}");
    }
    assert_eq!(app.value::<i64>("select count(*) from award_imports").await, 1);
    app.secretariat().await.get(IMPORTS).await.expect(403);
    let template = office.get(&format!("{IMPORTS}/mau.xlsx")).await.expect(200);
    let wrong = read(&app, &template.bytes).await;
    assert_eq!(wrong.count("tbody tr"), 1, "the template can be read back");
}

#[tokio::test]
async fn merged_headings_formulas_and_real_dates_are_read() {
    let app = TestApp::new().await;
    let bytes = workbook(|sheet| {
        let (plain, day) = (Format::new(), Format::new().set_num_format("dd/mm/yyyy"));
        sheet
            .merge_range(0, 0, 0, 5, "LỊCH SỬ KHEN THƯỞNG", &plain)
            .unwrap();
        for (column, words) in [(0, "TT"), (1, "Tập thể"), (2, "Danh hiệu"), (5, "Năm")] {
            sheet.merge_range(2, column, 3, column, words, &plain).unwrap();
        }
        sheet.merge_range(2, 3, 2, 4, "Quyết định", &plain).unwrap();
        sheet.write(3, 3, "Số").unwrap();
        sheet.write(3, 4, "Ngày").unwrap();
        sheet.write(4, 0, 1).unwrap();
        sheet.write(4, 1, "Sơn La").unwrap();
        sheet.write(4, 2, "Cờ thi đua LHHVN").unwrap();
        sheet.write(4, 3, "12/QĐ-LHHVN").unwrap();
        sheet.write_with_format(4, 4, 44_576, &day).unwrap();
        sheet
            .write_formula(4, 5, rust_xlsxwriter::Formula::new("=2020+1").set_result("2021"))
            .unwrap();
    });
    let page = read(&app, &bytes).await;
    let row = page.text("tbody tr");
    assert!(
        row.contains("đúng") && row.contains("15/01/2022") && row.contains("2021"),
        "{row}"
    );
}

#[tokio::test]
async fn a_units_history_is_that_of_the_units_it_came_from_too() {
    let app = TestApp::new().await;
    import(&app, &[["Yên Bái", "", "Cờ thi đua LHHVN", "2019", "", ""]]).await;
    app.sql(
        "insert into unit_successions (predecessor_id, successor_id, happened_on, kind)
         select o.id, n.id, '2025-07-01', 'merge' from units o, units n where o.slug = 'yen-bai' and n.slug = 'lao-cai'",
    )
    .await
    .unwrap();
    let office = app.standing_office().await;
    let list = office.get(&format!("{HISTORY}?don-vi=lao-cai")).await.expect(200);
    assert!(list.text("tbody").contains("Yên Bái"));
    let unit = office.get("/don-vi/lao-cai/khen-thuong").await.expect(200);
    assert!(unit.text("main").contains("đơn vị tiền thân"));
    assert!(
        !office
            .get(&format!("{HISTORY}?don-vi=yen-bai"))
            .await
            .text("tbody")
            .contains("Lào Cai")
    );
}

#[tokio::test]
async fn a_nomination_shows_what_it_lacks_and_those_in_charge_vouch_or_waive() {
    let app = TestApp::new().await;
    app.conference().await;
    import(
        &app,
        &[[
            "Hòa Bình",
            "",
            "Bằng khen của UBND tỉnh",
            "2023",
            "99/QĐ-UBND",
            "",
        ]],
    )
    .await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let (officer, lead, office) = (
        app.officer_of("hoa-binh").await,
        app.secretariat().await,
        app.standing_office().await,
    );
    let page = officer.get(&path).await.expect(200);
    let card = page.text("#con-thieu-gi");
    assert!(
        card.contains("Hội nghị đã suy tôn, 6 phiếu") && card.contains("Cụm suy tôn 2, được 2"),
        "{card}"
    );
    assert!(
        card.contains("99/QĐ-UBND") && card.contains("Trước hết: Đã đăng ký thi đua"),
        "{card}"
    );
    assert!(!page.has(".remark"), "the unit doesn't vouch for itself");
    let form = format!("{path}/dieu-kien");
    officer.post(&form, &[]).await.expect(403);

    let page = lead.get(&path).await.expect(200);
    let bare = lead.submit(&page, ".remark-form", &[]).await.expect(422);
    assert_eq!(bare.wrong_fields(), ["condition", "remark_kind", "remark_reason"]);
    // Nobody disciplined: the eighth condition of the first version.
    let vouched = [
        ("condition", "1-7"),
        ("remark_kind", "attested"),
        ("remark_reason", "Văn bản của tỉnh"),
    ];
    lead.post(&form, &vouched).await.expect_to(&path);
    lead.post(&form, &vouched).await.expect(409);
    // Registered in time, and no double reward, can be waived: by VUSTA, with a reason.
    let waived = |place| {
        [
            ("condition", place),
            ("remark_kind", "waived"),
            ("remark_reason", "Thành tích đột xuất"),
        ]
    };
    lead.post(&form, &waived("1-0")).await.expect(403);
    office.post(&form, &waived("1-0")).await.expect_to(&path);
    office.post(&form, &waived("1-6")).await.expect_to(&path);
    office.post(&form, &waived("1-7")).await.expect(409);
    office.post(&form, &waived("2-0")).await.expect(409);
    let card = officer.get(&path).await.text("#con-thieu-gi");
    assert!(
        card.contains("được miễn") && card.contains("Thành tích đột xuất") && card.contains("đã xác nhận")
    );
    let noted: i64 = app
        .value("select count(*) from journal where action in ('nomination.waive', 'nomination.attest')")
        .await;
    assert_eq!(noted, 3);
    // What is missing doesn't keep the dossier where the rule isn't certain or can be waived.
    let path = app.complete_dossier("son-la", "vusta_flag").await;
    lead.post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(303);
}

#[tokio::test]
async fn what_is_certain_and_cannot_be_waived_keeps_a_dossier_from_going() {
    let app = TestApp::new().await;
    app.conference().await;
    // A version that asks what Sơn La hasn't: certain, not to be waived.
    app.sql(
        r#"insert into award_versions (award, version, in_force_from, level, source, to_check, conditions, dossier)
           values ('vusta_flag', 3, '2022-06-01', 'vusta', 'Quy chế', false,
               '[{"kind": "registered", "article": "Điều 1 Quy chế"}]', '[]')"#,
    )
    .await
    .unwrap();
    let path = app.complete_dossier("son-la", "vusta_flag").await;
    let lead = app.secretariat().await;
    let told = lead
        .post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(409);
    assert!(told.text(".trouble-text").contains("Đã đăng ký thi đua"));
    lead.post("/cum/cum-3/2023/khen-thuong/trinh", &[])
        .await
        .expect(409);
}

#[tokio::test]
async fn a_unit_sees_what_it_lacks_for_each_award() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", cumthidua::registrations::State::Submitted)
        .await;
    let page = "/don-vi/hoa-binh/khen-thuong";
    let own = app.officer_of("hoa-binh").await.get(page).await.expect(200);
    assert!(own.has("section.eligibility"));
    assert!(
        own.text("section.eligibility")
            .contains("cụm trưởng chưa tiếp nhận")
    );
    assert!(
        app.secretariat()
            .await
            .get(page)
            .await
            .expect(200)
            .has("section.eligibility")
    );
    assert!(
        app.standing_office()
            .await
            .get(page)
            .await
            .expect(200)
            .has("section.eligibility")
    );
    for other in [
        app.officer_of("dien-bien").await,
        app.officer_of("nghe-an").await,
        app.council_member().await,
    ] {
        let seen = other.get(page).await.expect(200);
        assert!(!seen.has("section.eligibility") && !seen.has("section.other-awards"));
    }
    // The other awards that a unit can have are folded below, for one that registered nothing too.
    let others = own.texts("section.other-awards summary");
    assert!(
        others
            .iter()
            .any(|award| award.starts_with("Bằng khen của Thủ tướng")),
        "{others:?}"
    );
    let flag = |list: &[String]| {
        list.iter()
            .any(|award| award.starts_with("Cờ thi đua của Liên hiệp"))
    };
    assert!(!flag(&others), "registered, so not among the others");
    let bare = app
        .officer_of("dien-bien")
        .await
        .get("/don-vi/dien-bien/khen-thuong")
        .await
        .expect(200);
    assert!(!bare.has("section.eligibility") && flag(&bare.texts("section.other-awards summary")));
    assert!(
        bare.text("section.other-awards")
            .contains("Đơn vị chưa nộp đăng ký thi đua của năm")
    );
    let directory = app
        .officer_of("dien-bien")
        .await
        .get("/don-vi/hoa-binh")
        .await
        .expect(200);
    assert!(directory.links().iter().any(|link| link == page));
}

#[tokio::test]
async fn each_person_of_a_dossier_has_a_ground_and_can_take_consent_back() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let officer = app.officer_of("hoa-binh").await;
    let page = officer.get(&path).await.expect(200);
    let bare = officer
        .submit(&page, ".person-form", &[("full_name", "Trần Thị Ví Dụ")])
        .await
        .expect(422);
    assert_eq!(
        bare.wrong_fields(),
        ["ground", "detail", "given_on"],
        "no ground is chosen beforehand"
    );
    assert_eq!(bare.value("#full_name"), "Trần Thị Ví Dụ");
    let ground = [
        ("ground", "consent"),
        ("detail", "Bản đồng ý ký tay"),
        ("given_on", "12/11/2023"),
    ];
    officer
        .submit(&bare, ".person-form", &ground)
        .await
        .expect_to(&path);
    let page = officer.get(&path).await.expect(200);
    assert!(page.text("#ca-nhan").contains("Bản đồng ý ký tay"));
    let end = "#ca-nhan form[action$='/rut']";
    officer.submit(&page, end, &[]).await.expect(422);
    officer
        .submit(&page, end, &[("end_reason", "Thư ngày 28/11/2023")])
        .await
        .expect_to(&path);
    officer
        .submit(&page, end, &[("end_reason", "x")])
        .await
        .expect(409);
    assert!(officer.get(&path).await.text("#ca-nhan").contains("đã rút"));
    assert!(app.sql("delete from nomination_persons").await.is_err());
    app.council_member()
        .await
        .post(&format!("{path}/ca-nhan"), &[])
        .await
        .expect(404);
    app.standing_office()
        .await
        .post(&format!("{path}/ca-nhan"), &[])
        .await
        .expect(403);
}

#[tokio::test]
async fn a_decision_tells_the_bonus_of_its_day_with_the_total() {
    let app = TestApp::new().await;
    let (path, page) = app.decision().await;
    // Eight base salaries of 1 800 000 each, for two flags.
    let told = page.text("#tien-thuong");
    assert!(
        told.contains("14.400.000") && told.contains("28.800.000") && told.contains("1.800.000 đồng"),
        "{told}"
    );
    let sheet = app
        .officer_of("dien-bien")
        .await
        .get(&format!("{path}/tien-thuong.xlsx"))
        .await
        .expect(200);
    assert!(sheet.header("content-disposition").contains("tien-thuong-48-Q"));
    assert_eq!(&sheet.bytes[..2], b"PK");
    // What comes later changes nothing of it.
    let office = app.standing_office().await;
    let catalogue = office.get(CATALOGUE).await.expect(200);
    let salary = [("amount", "2.000.000"), ("source", "Nghị định mới")];
    let mut early = salary.to_vec();
    early.push(("from", "15/01/2024"));
    office.submit(&catalogue, "main form", &early).await.expect(422);
    assert!(
        office
            .get(&path)
            .await
            .text("#tien-thuong")
            .contains("28.800.000")
    );
}

#[tokio::test]
async fn all_awards_of_a_decision_are_handed_over_at_once() {
    let app = TestApp::new().await;
    let (path, page) = app.decision().await;
    app.set_clock("2024-03-26 10:00");
    let office = app.standing_office().await;
    let award = [
        ("everybody", "1"),
        ("awarded_on", "26/03/2024"),
        ("awarded_place", "Hà Nội"),
    ];
    office
        .submit(&page, "form.handover", &award)
        .await
        .expect_to(&path);
    let states: i64 = app
        .value("select count(*) from nominations where state = 'awarded'")
        .await;
    assert_eq!(states, 2);
    let given = office.get(&path).await;
    assert!(!given.has("form.handover"));
    office.submit(&page, "form.handover", &award).await.expect(422);

    // One wrong place was noted for all: it is put right for all.
    let right = [
        ("corrected_everybody", "1"),
        ("corrected_place", "Sơn La"),
        ("corrected_reason", "Ghi nhầm nơi"),
    ];
    let done = office.submit(&given, "form.correction", &right).await;
    done.expect_to(&path);
    let page = office.get(&path).await.text("tbody");
    assert_eq!(page.matches("26/03/2024, Sơn La").count(), 2, "{page}");
}
