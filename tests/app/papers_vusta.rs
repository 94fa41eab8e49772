//! Papers that go up to VUSTA and come down from it: from the records to what is printed, issued and received.

use cumthidua::{registrations, reports};

use crate::{
    documents, official_papers, recalls,
    support::{Browser, Page, TestApp, decision_form, draft_decision, issue_decision, login},
};

const SUBMISSION: &str = "/van-ban/soan/to-trinh/cum-3.2023";
const LIST: &str = "/van-ban/soan/danh-sach-trich-ngang/cum-3.2023";
const APPRAISAL: &str = "/van-ban/soan/bao-cao-tham-dinh/2023";
const SESSION: &str = "/van-ban/soan/bien-ban-hoi-dong/2023.2024-01-18";

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// What a paper says, after making sure that both its files come.
pub async fn lines(browser: &Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await.expect(200);
    let pdf = browser.get(&format!("{path}/ban.pdf")).await.expect(200);
    assert!(pdf.bytes.starts_with(b"%PDF-"), "{path}");
    let docx = browser.get(&format!("{path}/ban.docx")).await.expect(200);
    assert!(docx.bytes.starts_with(b"PK"), "{path}");
    page.text(".paper-view")
}

/// A `|` parts cells of a row.
#[track_caller]
pub fn assert_says(lines: &str, wanted: &[&str]) {
    for words in wanted {
        let words = words.replace(" |", "").replace("| ", "");
        assert!(lines.contains(&words), "no “{words}” in\n{lines}");
    }
}

/// Saves the wording with these fields instead.
pub async fn worded(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Page {
    let form = browser.get(&format!("{path}/sua")).await.expect(200);
    browser.submit(&form, "form[data-warn]", fields).await
}

pub async fn issued(browser: &Browser<'_>, path: &str) -> Page {
    let draft = browser.get(path).await.expect(200);
    let answer = browser.submit(&draft, "form.final-body", &[]).await.expect(303);
    browser.follow(&answer).await.expect(200)
}

/// The council votes on these dossiers.
async fn council(app: &TestApp, votes: &[(&str, &str)]) {
    app.set_clock("2024-01-18 16:00");
    let mut fields = vec![
        ("held_on", "18/01/2024"),
        ("members_total", "9"),
        ("members_present", "8"),
        ("threshold_percent", "50"),
        ("threshold_base", "all_members"),
    ];
    for (path, votes) in votes {
        fields.extend([("nomination", id_of(path)), ("votes_for", *votes)]);
    }
    let office = app.standing_office().await;
    office.post("/hoi-dong/2023/phien-hop", &fields).await.expect(303);
}

#[tokio::test]
async fn a_submission_names_whom_the_conference_acclaimed_with_the_votes_and_goes_up_to_vusta() {
    let app = TestApp::new().await;
    let lead = app.secretariat().await;
    lead.get(SUBMISSION).await.expect(409);
    app.conference().await;
    let said = lines(&lead, SUBMISSION).await;
    assert_says(
        &said,
        &[
            "Ngày 27 tháng 11 năm 2023 tại TP. Sơn La",
            "Có 7/8 đơn vị thành viên tham dự",
            "bỏ phiếu kín",
            "04 tập thể",
            "Cờ thi đua của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam: 02 tập thể, gồm:",
            "tỉnh Sơn La: 7/8 (87,50%) phiếu;",
            "Kính gửi: - Chủ tịch Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam",
            "DANH SÁCH TRÍCH NGANG",
            "CỤM TRƯỞNG CHỦ TỊCH LIÊN HIỆP HỘI TỈNH SƠN LA",
            "Hồ sơ đề nghị khen thưởng đầy đủ, đúng quy định; Cụm thi đua số 3 và các đơn vị được đề nghị chịu trách nhiệm",
        ],
    );
    assert!(!said.contains("tỉnh Yên Bái:"), "three votes acclaimed nobody");

    let paper = issued(&lead, SUBMISSION).await;
    assert!(paper.text("h1").contains("01/TTr-CTĐ3"));
    let path = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let path = path.trim_end_matches("/ban.pdf");
    let office = app.standing_office().await;
    let paper = office.get(path).await.expect(200);
    office.submit(&paper, "form.panel", &[]).await.expect(303);
    app.officer_of("dien-bien").await.get(path).await.expect(200);
    app.officer_of("ha-tinh").await.get(path).await.expect(404);
}

#[tokio::test]
async fn what_is_written_in_the_list_stands_in_the_submission_too() {
    let app = TestApp::new().await;
    app.registration("cum-3", "son-la", registrations::State::Accepted)
        .await;
    app.report("cum-3", "son-la", reports::State::Accepted).await;
    app.conference().await;
    let lead = app.secretariat().await;
    let said = lines(&lead, LIST).await;
    let total = "Danh sách này có 04 tập thể.";
    assert_says(
        &said,
        &["Đạt và vượt 1/2 chỉ tiêu thi đua đã đăng ký năm 2023.", total],
    );
    let written = worded(&lead, LIST, &[("section_text", "Đi đầu về phản biện xã hội.")]).await;
    written.expect(303);
    for path in [LIST, SUBMISSION] {
        let said = lines(&lead, path).await;
        assert_says(&said, &["Đi đầu về phản biện xã hội."]);
        assert!(!said.contains("1/2 chỉ tiêu"), "the edited text takes its place");
    }
    assert!(
        !lead.get(LIST).await.has("form.final-body"),
        "a list has no number of its own"
    );
    lead.post(
        &format!("{LIST}/ban-hanh"),
        &[("version", "1"), ("issued_on", "28/11/2023")],
    )
    .await
    .expect(404);

    // A member may know who was acclaimed, not what the lead is writing.
    let member = app.officer_of("dien-bien").await;
    let said = member.get(LIST).await.expect(200).text(".paper-view");
    assert!(said.contains("7/8 (87,50%)") && !said.contains("Đi đầu về phản biện"));
    member.get(SUBMISSION).await.expect(404);
    app.officer_of("ha-tinh").await.get(LIST).await.expect(404);
}

#[tokio::test]
async fn a_unit_reports_its_achievements_with_figures_beside_targets_and_past_awards() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.report("cum-3", "hoa-binh", reports::State::Accepted).await;
    app.conference().await;
    let nomination = app.dossier("hoa-binh", "vusta_flag").await;
    let paper = format!("/van-ban/soan/bao-cao-thanh-tich/{}", id_of(&nomination));
    let unit = app.officer_of("hoa-binh").await;
    let said = lines(&unit, &paper).await;
    assert_says(
        &said,
        &[
            "Đề nghị tặng Cờ thi đua của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam năm 2023",
            "I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH",
            "I. Đặc điểm tình hình: nội dung.",
            "II. THÀNH TÍCH ĐẠT ĐƯỢC",
            "Lớp tập huấn",
            "9 (ước)",
            "112,5",
            "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
            "Chưa có danh hiệu",
            "BÁO CÁO THÀNH TÍCH Đề nghị tặng",
            "XÁC NHẬN CỦA CỤM TRƯỞNG",
            "Trần Văn Hòa Bình",
        ],
    );
    assert!(
        !said.contains("Biện pháp, nguyên nhân"),
        "no heading over nothing"
    );
    assert!(
        !said.contains("1. Đặc điểm") && !said.contains("Kết quả năm 2021"),
        "no number without a second one, no column without a figure"
    );
    worded(&unit, &paper, &[]).await.expect(303);
    let paper_page = issued(&unit, &paper).await;
    assert!(paper_page.text("h1").contains("01/BC-LHH"));
    // The lead of the cluster gets it.
    let path = paper_page
        .attribute(".page-actions a.btn-primary", "href")
        .unwrap();
    app.secretariat()
        .await
        .get(path.trim_end_matches("/ban.pdf"))
        .await
        .expect(200);

    for (who, status) in [
        (login::leader("son-la"), 200),
        (login::STANDING_OFFICE.to_owned(), 200),
        (login::officer("dien-bien"), 404),
        (login::COUNCIL_MEMBER.to_owned(), 404),
        (login::officer("ha-tinh"), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(&paper).await.expect_because(status, &who);
    }
    unit.get("/van-ban/soan/bao-cao-thanh-tich/xyz").await.expect(404);
}

#[tokio::test]
async fn a_paper_from_a_dossier_is_read_no_sooner_and_no_further_than_the_dossier() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    app.report("cum-3", "hoa-binh", reports::State::Accepted).await;
    app.conference().await;
    let dossier = app.dossier("hoa-binh", "vusta_flag").await;
    let paper = format!("/van-ban/soan/bao-cao-thanh-tich/{}", id_of(&dossier));
    let leader = app.leader_of("hoa-binh").await;
    let issued = issued(&leader, &paper).await;
    let path = issued
        .attribute(".page-actions a.btn-primary", "href")
        .unwrap()
        .trim_end_matches("/ban.pdf")
        .to_owned();
    let (member, office) = (app.council_member().await, app.standing_office().await);
    member.get(&dossier).await.expect(404);
    member.get(&path).await.expect(404);
    member.get(&format!("{path}/ban.pdf")).await.expect(404);
    app.patron().await.get(&path).await.expect(200);
    office.get(&path).await.expect(200);
    // Nor is the letter that takes it back, which says what it was and why.
    let letter = recalls::drafted(&leader, &path).await;
    let letter = recalls::recalled(&leader, &letter).await;
    let letter = official_papers::path_of(&letter);
    member.get(&letter).await.expect(404);
    office.get(&letter).await.expect(200);
    app.sql(
        "insert into conflicts_of_interest (id, person_id, unit_id, reason, declared_at, declared_by)
         select gen_random_uuid(), p.id, u.id, 'người thân', '2023-12-01', p.id from persons p, units u
         where u.slug = 'hoa-binh' and exists(select from posts o where o.person_id = p.id and o.role = 'standing_office')",
    )
    .await
    .unwrap();
    let office = app.standing_office().await;
    office.get(&dossier).await.expect(403);
    for path in [&path, &letter] {
        office.get(path).await.expect(404);
        office.get(&format!("{path}/ban.pdf")).await.expect(404);
        let listed = office.get("/van-ban").await.expect(200);
        assert!(!listed.body.contains(path.as_str()), "{path}");
    }
    office
        .post(
            &format!("{dossier}/dieu-kien"),
            &[
                ("condition", "0"),
                ("remark_kind", "waived"),
                ("remark_reason", "x"),
            ],
        )
        .await
        .expect(403);
}

#[tokio::test]
async fn the_lead_signs_its_own_report_once_and_earlier_awards_stand_in_it() {
    let app = TestApp::new().await;
    app.decision().await;
    // A year later the unit is nominated again.
    app.sql(
        "insert into years (id, cluster_id, year, state, opened_at)
         select '01900000-0000-7000-8000-000000000001', cluster_id, 2024, 'open', now() from years y join clusters c on c.id = y.cluster_id where c.slug = 'cum-3';
         insert into year_rules select '01900000-0000-7000-8000-000000000001', flag_quota, merit_quota, quorum_percent, threshold_percent, threshold_base
         from year_rules limit 1;
         insert into memberships (year_id, unit_id) select '01900000-0000-7000-8000-000000000001', id from units where slug = 'son-la';
         insert into nominations (id, year_id, unit_id, award, state, votes_for, votes_of, working)
         select '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', id, 'vusta_merit', 'acclaimed', 5, 5, '' from units where slug = 'son-la'",
    )
    .await
    .unwrap();
    let again = "/van-ban/soan/bao-cao-thanh-tich/01900000-0000-7000-8000-000000000002";
    let said = lines(&app.officer_of("son-la").await, again).await;
    assert_says(
        &said,
        &["2023 | Cờ thi đua", "Quyết định số 48/QĐ-LHHVN ngày 30/01/2024"],
    );
    let nomination = app.dossier("son-la", "vusta_flag").await;
    let paper = format!("/van-ban/soan/bao-cao-thanh-tich/{}", id_of(&nomination));
    let said = lines(&app.officer_of("son-la").await, &paper).await;
    assert!(!said.contains("XÁC NHẬN"), "nobody confirms the own report");
}

#[tokio::test]
async fn a_person_of_an_accepted_registration_reports_on_a_form_of_its_own() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", registrations::State::Submitted)
        .await;
    let row: String = app
        .value("select content -> 'individuals' -> 0 ->> 'id' from registrations")
        .await;
    let paper = format!("/van-ban/soan/bao-cao-thanh-tich/cum-3.2023.hoa-binh.{row}");
    let unit = app.officer_of("hoa-binh").await;
    unit.get(&paper).await.expect(409);
    app.sql("update registrations set state = 'accepted', accepted_at = submitted_at")
        .await
        .unwrap();
    let said = lines(&unit, &paper).await;
    assert_says(
        &said,
        &[
            "Họ và tên: Trần Thị Ví Dụ",
            "Giới tính: Nữ",
            "Chức vụ: Chánh Văn phòng",
            "Quê quán: …",
            "BÁO CÁO THÀNH TÍCH Đề nghị tặng",
            "NGƯỜI BÁO CÁO THÀNH TÍCH",
        ],
    );
    let empty = worded(&unit, &paper, &[]).await.expect(422);
    assert_eq!(
        empty.wrong_fields(),
        [
            "section-life",
            "section-duties",
            "section-results",
            "section-awards"
        ]
    );
    assert!(
        !unit.get(&paper).await.has("form.final-body"),
        "an empty report isn't issued"
    );
    let (action, mut fields) = empty.form("form[data-warn]");
    for field in fields.iter_mut().filter(|(name, _)| name == "section_text") {
        field.1 = "Nội dung.".to_owned();
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    unit.post(&action, &fields).await.expect(303);
    issued(&unit, &paper).await;
    app.officer_of("ha-tinh").await.get(&paper).await.expect(404);
    unit.get("/van-ban/soan/bao-cao-thanh-tich/cum-3.2023.hoa-binh")
        .await
        .expect(404);
}

#[tokio::test]
async fn an_appraisal_report_tells_each_finding_with_its_reason_and_waits_until_all_are_made() {
    let app = TestApp::new().await;
    app.conference().await;
    let office = app.standing_office().await;
    office.get(APPRAISAL).await.expect(409);
    app.eligible("son-la", "vusta_flag").await;
    let path = app.submitted_dossier("lao-cai", "vusta_merit").await;
    let page = office.get(APPRAISAL).await.expect(200);
    assert!(page.text(".notice").contains("Còn 1 hồ sơ chưa thẩm định xong"));
    assert!(!page.has("form.final-body"));
    let finding = [
        ("version", "2"),
        ("finding", "ineligible"),
        ("reason", "Thiếu xác nhận của đơn vị."),
    ];
    office
        .post(&format!("{path}/tham-dinh"), &finding)
        .await
        .expect(303);
    let said = lines(&office, APPRAISAL).await;
    assert_says(
        &said,
        &[
            "đã tiếp nhận 02 hồ sơ của 01 cụm thi đua",
            "Đủ điều kiện: 01 hồ sơ.",
            "Không đủ điều kiện: 01 hồ sơ.",
            "Liên hiệp Hội tỉnh Lào Cai (Bằng khen LHHVN, Cụm thi đua số 3): Thiếu xác nhận của đơn vị.",
            "Đơn vị không có đăng ký thi đua của năm",
            "PHÓ CHỦ TỊCH THƯỜNG TRỰC",
        ],
    );
    worded(&office, APPRAISAL, &[("signer_name", "Nguyễn Văn Mẫu")])
        .await
        .expect(303);
    let paper = issued(&office, APPRAISAL).await;
    assert!(paper.text("h1").contains("01/BC-HĐTĐKT"));
    let report = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let report = report.trim_end_matches("/ban.pdf").to_owned();
    let member = app.council_member().await;
    member.get(&report).await.expect(200);
    // With a conflict of interest nothing of what was issued can be left out: the whole paper is withheld, with the reason.
    let unit: String = app
        .value("select id::text from units where slug = 'lao-cai'")
        .await;
    let declared = [
        ("unit", unit.as_str()),
        ("reason", "Người thân công tác tại đơn vị"),
    ];
    let register = member.get("/xung-dot-loi-ich").await.expect(200);
    member
        .submit(&register, "form.panel", &declared)
        .await
        .expect(303);
    for page in ["", "/ban.pdf", "/ban.docx", "/bang.xlsx"] {
        let told = member.get(&format!("{report}{page}")).await.expect(403);
        assert!(told.text(".trouble-text").contains("xung đột lợi ích"), "{page}");
    }
    office.get(&report).await.expect(200);
    for who in [login::leader("son-la"), login::COUNCIL_MEMBER.to_owned()] {
        app.signed_in(&who)
            .await
            .get(APPRAISAL)
            .await
            .expect_because(404, &who);
    }

    // Who is refused is told why, in VUSTA's name.
    let notice = format!("/van-ban/soan/thong-bao-khong-khen/{}", id_of(&path));
    let said = lines(&office, &notice).await;
    assert_says(
        &said,
        &["không đủ điều kiện", "Lý do: Thiếu xác nhận của đơn vị."],
    );
    worded(&office, &notice, &[("signer_name", "Nguyễn Văn Mẫu")])
        .await
        .expect(303);
    let paper = issued(&office, &notice).await;
    assert!(paper.text("h1").contains("01/TB-LHHVN"));
    let own = app.officer_of("lao-cai").await;
    own.get(&notice).await.expect(404);
    let path = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let path = path.trim_end_matches("/ban.pdf").to_owned();
    own.get(&path).await.expect(200);
    app.officer_of("dien-bien").await.get(&path).await.expect(404);

    // What takes these papers back is closed to whom they are closed.
    for (paper, told) in [(&path, 404), (&report, 403)] {
        let letter = recalls::drafted(&office, paper).await;
        let letter = official_papers::path_of(&recalls::recalled(&office, &letter).await);
        member.get(paper).await.expect(told);
        for page in ["", "/ban.pdf"] {
            member.get(&format!("{letter}{page}")).await.expect(told);
            office.get(&format!("{letter}{page}")).await.expect(200);
        }
    }
}

#[tokio::test]
async fn the_minutes_of_the_council_hold_turnout_rule_and_votes_in_a_series_of_their_own() {
    let app = TestApp::new().await;
    app.conference().await;
    let passed = app.eligible("son-la", "vusta_flag").await;
    let refused = app.eligible("hoa-binh", "vusta_flag").await;
    council(&app, &[(&passed, "8"), (&refused, "4")]).await;
    let office = app.standing_office().await;
    let said = lines(&office, SESSION).await;
    assert_says(
        &said,
        &[
            "Có mặt 8/9 ủy viên Hội đồng",
            "trên 50% tổng số ủy viên Hội đồng",
            "8/9 phiếu = 88,89%",
            "không thông qua",
            "thông qua 01/02 trường hợp",
        ],
    );
    let member = app.council_member().await;
    assert!(!member.get(SESSION).await.expect(200).has("form.final-body"));
    app.secretariat().await.get(SESSION).await.expect(404);
    office
        .get("/van-ban/soan/bien-ban-hoi-dong/2023.2024-01-19")
        .await
        .expect(404);
    let names = [
        ("signer_name", "Nguyễn Văn Mẫu"),
        ("signer_name", "Trần Thị Ví Dụ"),
    ];
    let form = office.get(&format!("{SESSION}/sua")).await.expect(200);
    let one = office
        .submit(&form, "form[data-warn]", &names[..1])
        .await
        .expect(422);
    assert!(one.error_at("signer_name-1").contains("người ký"), "both sign");
    let (action, mut fields) = one.form("form[data-warn]");
    let mut left = names.iter().rev();
    for field in fields.iter_mut().filter(|(name, _)| name == "signer_name") {
        field.1 = left.next().unwrap().1.to_owned();
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    office.post(&action, &fields).await.expect(303);
    let paper = issued(&office, SESSION).await;
    assert!(paper.text("h1").contains("01/BB-HĐTĐKT"));

    let notice = format!("/van-ban/soan/thong-bao-khong-khen/{}", id_of(&refused));
    assert_says(
        &lines(&office, &notice).await,
        &["đã bỏ phiếu và không thông qua", "4/9 phiếu = 44,44%"],
    );
    let other = format!("/van-ban/soan/thong-bao-khong-khen/{}", id_of(&passed));
    office.get(&other).await.expect(409);
}

/// The pages of a paper, read letter by letter.
pub async fn printed(browser: &Browser<'_>, path: &str) -> Vec<documents::printed::Page> {
    let pdf = browser.get(&format!("{path}/ban.pdf")).await.expect(200);
    documents::printed::read(&pdf.bytes)
}

#[tokio::test]
async fn minutes_lists_and_orders_are_laid_out_as_the_decree_wants_them() {
    let app = TestApp::new().await;
    let (decision, _) = app.decision().await;
    let office = app.standing_office().await;
    let minutes = printed(&office, SESSION).await;
    assert!(
        !minutes[0].text().contains("Hà Nội, ngày"),
        "minutes have no line of place and date"
    );
    let end = minutes.last().unwrap();
    let (left, right) = (end.find("THƯ KÝ"), end.find("CHỦ TỌA"));
    assert!(left.centre() < 105.0 && right.centre() > 115.0 && (left.base - right.base).abs() < 0.1);

    let order = printed(&office, &format!("/van-ban/soan/quyet-dinh/{}", id_of(&decision))).await;
    let verb = order[0].find("QUYẾT ĐỊNH:");
    let middle = 30.0 + (210.0 - 30.0 - 15.0) / 2.0;
    assert!((verb.centre() - middle).abs() < 0.5 && verb.bold, "{verb:?}");
    let (basis, article) = (order[0].find("Căn cứ"), order[0].find("Điều 1."));
    assert!(basis.italic && basis.base < verb.base && verb.base < article.base && article.bold);
    assert!(order[1].width < order[1].height && order[1].find("Phụ lục").bold);

    let lead = app.secretariat().await;
    let submission = printed(&lead, SUBMISSION).await;
    assert!(submission[0].width < submission[0].height);
    let list = submission.last().unwrap();
    assert!(list.width > list.height, "the list lies on its side");
    let list_alone = &printed(&lead, LIST).await[0];
    assert!(list_alone.width > list_alone.height);
}

#[tokio::test]
async fn a_decision_on_paper_has_the_number_day_and_signer_of_the_decision_and_no_other() {
    let app = TestApp::new().await;
    let paths = app.passed_flags().await;
    app.set_clock("2024-01-30 10:00");
    let office = app.standing_office().await;
    let mut fields = decision_form("48").to_vec();
    fields.extend(paths.iter().map(|path| ("nomination", id_of(path))));
    let form = office.get("/quyet-dinh/moi").await.expect(200);
    let offered = form.text("textarea[name=bases]");
    let acts = [
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Căn cứ Nghị định số 98/2023/NĐ-CP",
        "Căn cứ Quy chế Thi đua, khen thưởng",
        "Theo đề nghị của Thường trực Hội đồng Thi đua - Khen thưởng.",
    ];
    assert_says(&offered, &acts);
    assert!(!offered.contains("91/2017") && !offered.contains("152/2025") && !offered.contains("586/"));
    let draft = draft_decision(&office, &fields).await;
    let paper = format!("/van-ban/soan/quyet-dinh/{}", id_of(&draft));
    let page = office.get(&paper).await.expect(200);
    assert!(page.text("main").contains("Quyết định chưa ban hành") && !page.has("form.final-body"));
    let own = app.officer_of("son-la").await;
    own.get(&paper).await.expect(404);

    issue_decision(&office, &draft).await;
    let said = lines(&office, &paper).await;
    assert_says(
        &said,
        &[
            "CHỦ TỊCH LIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM Căn cứ Luật Thi đua, khen thưởng",
            "QUYẾT ĐỊNH: Điều 1.",
            "Điều 1. Tặng Cờ thi đua của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam cho 02 tập thể (có danh sách kèm theo) đã có thành tích xuất sắc trong phong trào thi đua năm 2023.",
            "Điều 3.",
            "DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG",
            "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Hòa Bình",
            "CHỦ TỊCH Nguyễn Văn Mẫu",
        ],
    );
    own.get(&paper).await.expect(200);
    // Whatever a browser sends, the paper stays the decision's.
    let (action, mut typed) = office
        .get(&format!("{paper}/sua"))
        .await
        .expect(200)
        .form("form[data-warn]");
    typed.retain(|(name, _)| name != "signer_name");
    typed.push(("signer_name".to_owned(), "Người Khác".to_owned()));
    typed.push(("bases".to_owned(), "Căn cứ khác".to_owned()));
    let typed: Vec<(&str, &str)> = typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    office.post(&action, &typed).await.expect(303);
    let said = office.get(&paper).await.text(".paper-view");
    assert!(said.contains("Nguyễn Văn Mẫu") && !said.contains("Người Khác") && !said.contains("Căn cứ khác"));

    app.set_clock("2024-02-05 10:00");
    let fields = [("version", "1"), ("number", "49"), ("issued_on", "05/02/2024")];
    let answer = office
        .post(&format!("{paper}/ban-hanh"), &fields)
        .await
        .expect(303);
    let kept = office.follow(&answer).await.expect(200);
    assert!(kept.text("h1").contains("48/QĐ-LHHVN"), "{}", kept.text("h1"));
    let todo = office.get("/viec-cua-toi").await.text("main");
    assert!(
        todo.contains("Ghi sổ vàng") && !todo.contains("Ban hành văn bản của"),
        "{todo}"
    );
    let days: bool = app
        .value("select issued_on = date '2024-01-30' from documents")
        .await;
    let codes: bool = app
        .value("select d.code = q.code from documents d, decisions q")
        .await;
    assert!(days && codes, "day and code are the decision's");
    assert_eq!(
        app.value::<i64>("select count(*) from document_recipients").await,
        2
    );
    let again = office.get(&paper).await.expect(200);
    assert!(again.text("main").contains("đã lưu") && !again.has("form.final-body"));
    app.visitor()
        .get(&format!(
            "/xac-minh/{}",
            app.value::<String>("select code from decisions").await
        ))
        .await
        .expect(200);
}

#[tokio::test]
async fn each_paper_is_reached_from_the_page_of_its_facts_by_those_who_may_open_it() {
    let app = TestApp::new().await;
    let state = registrations::State::Accepted;
    app.registration("cum-3", "hoa-binh", state).await;
    let (decision, page) = app.decision().await;
    let nomination = app.dossier("hoa-binh", "vusta_flag").await;
    let list = "/cum/cum-3/2023/khen-thuong".to_owned();
    let registration = "/cum/cum-3/2023/dang-ky/hoa-binh".to_owned();
    let pages = [
        list,
        nomination,
        registration,
        decision,
        "/hoi-dong/2023".to_owned(),
    ];
    let people = [
        login::leader("son-la"),
        login::officer("hoa-binh"),
        login::officer("dien-bien"),
        login::patron("cum-3"),
        login::STANDING_OFFICE.to_owned(),
        login::COUNCIL_MEMBER.to_owned(),
    ];
    assert!(
        page.links()
            .iter()
            .any(|link| link.contains("/van-ban/soan/quyet-dinh/"))
    );
    let mut followed = 0;
    for who in people {
        let browser = app.signed_in(&who).await;
        for path in &pages {
            let page = browser.get(path).await;
            if page.status != 200 {
                continue;
            }
            for link in page
                .links()
                .iter()
                .filter(|link| link.starts_with("/van-ban/soan/"))
            {
                browser
                    .get(link)
                    .await
                    .expect_because(200, &format!("{who}: {path} to {link}"));
                followed += 1;
            }
        }
    }
    assert!(followed > 20, "{followed}");
}
