//! Persons whom units put forward: from the form to the decision, its paper, the certificate and the roll.

use calamine::{Reader as _, Xlsx};

use crate::{
    documents::printed,
    papers_vusta::{assert_says, issued, lines},
    support::{Browser, PDF, Page, TestApp, decision_form, draft_decision, issue_decision, login, words_on},
};

const LIST: &str = "/cum/cum-3/2023/khen-thuong";
const FORM: &str = "/cum/cum-3/2023/khen-thuong/ca-nhan";

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// The form as Sơn La's leader fills it.
fn filled() -> Vec<(&'static str, &'static str)> {
    vec![
        ("award", "vusta_merit"),
        ("full_name", "Nguyễn Thị Mẫu"),
        ("birth_year", "1975"),
        ("gender", "female"),
        ("position", "Chánh Văn phòng"),
        ("reviewed_on", "20/11/2023"),
        ("votes_of", "8"),
        ("votes_for", "7"),
        ("ground", "consent"),
        ("detail", "Bản đồng ý ngày 20/11/2023"),
        ("given_on", "20/11/2023"),
    ]
}

async fn sent(browser: &Browser<'_>, fields: &[(&str, &str)]) -> Page {
    let form = browser.get(FORM).await.expect(200);
    browser.submit(&form, "form[data-warn]", fields).await
}

/// Puts the person forward; answers the path of the dossier.
async fn put_forward(app: &TestApp) -> String {
    let leader = app.leader_of("lai-chau").await;
    let answer = sent(&leader, &filled()).await.expect(303);
    answer.location.unwrap()
}

/// All words in a spreadsheet.
async fn cells(browser: &Browser<'_>, path: &str) -> String {
    let book = browser.get(path).await.expect(200);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(book.bytes)).unwrap();
    let sheets = book.worksheets();
    let rows = sheets.iter().flat_map(|(_, sheet)| sheet.rows());
    let cells = rows.flat_map(|row| row.iter().map(ToString::to_string));
    cells.collect::<Vec<_>>().join("\n")
}

/// The dossier at VUSTA, found eligible.
async fn eligible(app: &TestApp) -> String {
    let path = put_forward(app).await;
    let files = format!("{path}/tep");
    let officer = app.officer_of("lai-chau").await;
    for part in ["achievement_report", "minutes"] {
        officer
            .upload(&files, "a.pdf", PDF, &[("part", part)])
            .await
            .expect(303);
    }
    let lead = app.secretariat().await;
    lead.upload(&files, "a.pdf", PDF, &[("part", "proposal")])
        .await
        .expect(303);
    lead.post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(303);
    let office = app.standing_office().await;
    let finding = [("version", "2"), ("finding", "eligible")];
    office
        .post(&format!("{path}/tham-dinh"), &finding)
        .await
        .expect(303);
    path
}

/// A decision that gives a flag to Sơn La and a certificate of merit to its person; answers its path and the dossier's.
async fn decision(app: &TestApp) -> (String, String) {
    app.conference().await;
    let person = eligible(app).await;
    let flag = app.eligible("hoa-binh", "vusta_flag").await;
    app.set_clock("2024-01-18 16:00");
    let office = app.standing_office().await;
    let mut session = vec![
        ("held_on", "18/01/2024"),
        ("members_total", "9"),
        ("members_present", "8"),
        ("threshold_percent", "50"),
        ("threshold_base", "all_members"),
    ];
    for path in [&person, &flag] {
        session.extend([("nomination", id_of(path)), ("votes_for", "8")]);
    }
    office
        .post("/hoi-dong/2023/phien-hop", &session)
        .await
        .expect(303);
    app.set_clock("2024-01-30 10:00");
    let mut fields = decision_form("48").to_vec();
    fields.extend([("nomination", id_of(&person)), ("nomination", id_of(&flag))]);
    let draft = draft_decision(&office, &fields).await;
    issue_decision(&office, &draft).await;
    (draft, person)
}

#[tokio::test]
async fn a_unit_puts_a_person_forward_with_the_vote_of_its_own_meeting_and_the_ground() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-28 09:00");
    let path = put_forward(&app).await;
    let leader = app.leader_of("lai-chau").await;
    let dossier = leader.get(&path).await.expect(200);
    assert_says(
        &dossier.text("main"),
        &[
            "đơn vị đã bình xét",
            "Nguyễn Thị Mẫu",
            "Chánh Văn phòng",
            "1975",
            "7/8",
            "Đơn vị bình xét ngày 20/11/2023: 7/8 phiếu đồng ý.",
            "Bản đồng ý ngày 20/11/2023",
        ],
    );
    assert!(dossier.text("h1").contains("Nguyễn Thị Mẫu"));
    let list = leader.get(LIST).await.expect(200);
    assert!(list.links().contains(&FORM.to_owned()) && list.text("tbody").contains("Nguyễn Thị Mẫu"));

    // The same person for the same award again: told at the name, and all that was typed is still there.
    let again = sent(&leader, &filled()).await.expect(422);
    assert!(again.error_at("full_name").contains("đã được đề nghị"));
    assert_eq!(again.value("#position"), "Chánh Văn phòng");
    let another = sent(&leader, &[&filled()[..], &[("full_name", "Lê Văn Mẫu")]].concat()).await;
    another.expect(303);

    // Once taken back, a person can be put forward anew.
    leader
        .post(
            &format!("{path}/rut"),
            &[("version", "1"), ("reason", "Ghi nhầm chức vụ")],
        )
        .await
        .expect(303);
    sent(&leader, &filled()).await.expect(303);
}

#[tokio::test]
async fn wrong_fields_are_told_and_nothing_is_written() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-28 09:00");
    let leader = app.leader_of("lai-chau").await;
    let wrong = [
        ("award", "vusta_flag"),
        ("birth_year", "2020"),
        ("votes_for", "4"),
        ("reviewed_on", "29/11/2023"),
        ("ground", ""),
    ];
    let answer = sent(&leader, &[&filled()[..], &wrong].concat()).await.expect(422);
    assert_eq!(
        answer.wrong_fields(),
        ["award", "birth_year", "reviewed_on", "votes_for", "ground"]
    );
    assert_eq!(answer.value("#full_name"), "Nguyễn Thị Mẫu");
    let written: i64 = app
        .value("select count(*) from nominations where person_name is not null")
        .await;
    assert_eq!(written, 0);
}

#[tokio::test]
async fn only_the_leader_puts_forward_and_other_members_learn_of_no_person() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = put_forward(&app).await;
    for (who, status) in [
        (login::officer("lai-chau"), 403),
        (login::STANDING_OFFICE.to_owned(), 403),
        (login::leader("ha-tinh"), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(FORM).await.expect_because(status, &who);
        browser.post(FORM, &filled()).await.expect_because(status, &who);
    }
    // Another member's leader can't use the unit's id.
    let unit: String = app
        .value("select id::text from units where slug = 'lai-chau'")
        .await;
    let other = app.leader_of("hoa-binh").await;
    other
        .post(FORM, &[&filled()[..], &[("unit", unit.as_str())]].concat())
        .await
        .expect(404);
    other.get(&path).await.expect(404);
    assert!(!other.get(LIST).await.expect(200).text("main").contains("Mẫu"));
    let path = format!("{LIST}/bang.xlsx");
    assert!(!cells(&other, &path).await.contains("Mẫu"));
    let lead = app.secretariat().await;
    assert!(
        lead.get(LIST)
            .await
            .expect(200)
            .text("main")
            .contains("Nguyễn Thị Mẫu")
    );
    assert!(
        cells(&lead, &path)
            .await
            .contains("Nguyễn Thị Mẫu, Chánh Văn phòng")
    );
    let year = other.get("/cum/cum-3/2023").await.expect(200);
    assert!(!year.text("main").contains("Mẫu"));
}

#[tokio::test]
async fn the_list_has_year_of_birth_and_post_and_the_report_is_that_of_a_person() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = put_forward(&app).await;
    let lead = app.secretariat().await;
    for paper in ["danh-sach-trich-ngang", "to-trinh"] {
        let said = lines(&lead, &format!("/van-ban/soan/{paper}/cum-3.2023")).await;
        assert_says(
            &said,
            &[
                "B. CÁ NHÂN",
                "Năm sinh",
                "Nguyễn Thị Mẫu | 1975 | Chánh Văn phòng",
                "04 tập thể và 01 cá nhân",
            ],
        );
    }
    let leader = app.leader_of("lai-chau").await;
    let said = lines(
        &leader,
        &format!("/van-ban/soan/bao-cao-thanh-tich/{}", id_of(&path)),
    )
    .await;
    assert_says(
        &said,
        &[
            "Họ và tên: Nguyễn Thị Mẫu",
            "Năm sinh: 1975",
            "NGƯỜI BÁO CÁO THÀNH TÍCH",
        ],
    );
}

#[tokio::test]
async fn a_submission_with_persons_goes_up_and_to_no_other_member() {
    let app = TestApp::new().await;
    app.conference().await;
    put_forward(&app).await;
    let lead = app.secretariat().await;
    let paper = issued(&lead, "/van-ban/soan/to-trinh/cum-3.2023").await;
    let path = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let path = path.trim_end_matches("/ban.pdf");
    for (who, status) in [
        (login::leader("hoa-binh"), 404),
        (login::leader("lai-chau"), 404),
        (login::STANDING_OFFICE.to_owned(), 200),
        (login::patron("cum-3"), 200),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(path).await.expect_because(status, &who);
    }
}

#[tokio::test]
async fn persons_are_no_units_for_the_quota_the_steps_and_the_tasks() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-28 09:00");
    let path = put_forward(&app).await;
    // The conference hasn't voted on anybody yet.
    let lead = app.secretariat().await;
    let tasks = lead.get("/viec-cua-toi").await.expect(200).text("main");
    assert!(tasks.contains("Họp tổng kết và suy tôn"), "{tasks}");
    // The unit brings the report and the minutes of its own meeting.
    let officer = app.officer_of("lai-chau").await;
    let task = "Bổ sung hồ sơ đề nghị Bằng khen LHHVN cho Nguyễn Thị Mẫu";
    for part in ["achievement_report", "minutes"] {
        let tasks = officer.get("/viec-cua-toi").await.expect(200).text("main");
        assert!(tasks.contains(task), "{part}: {tasks}");
        officer
            .upload(&format!("{path}/tep"), "a.pdf", PDF, &[("part", part)])
            .await
            .expect(303);
    }
    let tasks = officer.get("/viec-cua-toi").await.expect(200).text("main");
    assert!(!tasks.contains(task), "{tasks}");

    app.conference().await;
    app.eligible("lao-cai", "vusta_merit").await;
    lead.upload(&format!("{path}/tep"), "a.pdf", PDF, &[("part", "proposal")])
        .await
        .expect(303);
    lead.post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(303);
    let office = app.standing_office().await;
    let desk = office.get("/tham-dinh/2023").await.expect(200).text("main");
    assert!(desk.contains("Nguyễn Thị Mẫu"));
    let quota = office
        .get("/tham-dinh/2023")
        .await
        .expect(200)
        .texts("[aria-label='Chỉ tiêu của các cụm'] tbody tr");
    assert!(quota.iter().any(|row| row.contains("2/2 2/3")), "{quota:?}");
}

#[tokio::test]
async fn a_decision_names_persons_beside_units_and_the_public_learns_what_it_may() {
    let app = TestApp::new().await;
    let (decision, dossier) = decision(&app).await;
    let office = app.standing_office().await;
    let page = office.get(&decision).await.expect(200);
    assert!(page.text("main").contains("Nguyễn Thị Mẫu, Chánh Văn phòng"));
    let said = lines(&office, &format!("/van-ban/soan/quyet-dinh/{}", id_of(&decision))).await;
    assert_says(
        &said,
        &[
            "cho 01 tập thể",
            "cho 01 cá nhân",
            "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG",
            "Bà Nguyễn Thị Mẫu | 1975 | Chánh Văn phòng",
        ],
    );
    // The bonus of a person goes by the multiple for persons.
    let multiples: Vec<String> = page.texts("#tien-thuong tbody td.number");
    assert!(
        multiples.len() == 4 && multiples[0] != multiples[2],
        "{multiples:?}"
    );

    let pages = format!("{decision}/bang-khen");
    office.post(&format!("{pages}/so-vang"), &[]).await.expect(303);
    let pdf = office.get(&format!("{pages}/ban.pdf")).await.expect(200);
    let words = words_on(&pdf.bytes);
    assert!(
        words.contains("Bà Nguyễn Thị Mẫu") && words.contains("Chánh Văn phòng"),
        "{words}"
    );
    assert!(!printed::read(&pdf.bytes).is_empty());

    let visitor = app.visitor();
    let roll = visitor.get("/vinh-danh?tim=nguyen+thi+mau").await.expect(200);
    assert!(roll.text("main").contains("Nguyễn Thị Mẫu"));
    let verify = roll.attribute("a[href^='/xac-minh/']", "href").unwrap();
    let verified = visitor.get(&verify).await.expect(200).text("main");
    assert!(
        !verified.contains("Mẫu, Chánh") && !verified.contains("Thị Mẫu"),
        "no person's name"
    );
    assert!(verified.contains("Cá nhân của"));
    let history = office
        .get("/lich-su-khen-thuong?ca-nhan=nguyen+thi+mau")
        .await
        .expect(200);
    assert!(history.text("main").contains("Nguyễn Thị Mẫu"));

    // Who takes the consent back is named to nobody any more who isn't concerned.
    let leader = app.leader_of("lai-chau").await;
    let page = leader.get(&dossier).await.expect(200);
    let id = page.value("input[name=person]");
    leader
        .post(
            &format!("{dossier}/ca-nhan/rut"),
            &[("person", id.as_str()), ("end_reason", "Theo đơn")],
        )
        .await
        .expect(303);
    let roll = visitor.get("/vinh-danh").await.expect(200).text("main");
    assert!(!roll.contains("Nguyễn Thị Mẫu") && roll.contains("Một cá nhân"));
}

#[tokio::test]
async fn consent_taken_back_stops_the_dossier_of_the_person_and_the_name_cannot_leave_it() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-28 09:00");
    let path = put_forward(&app).await;
    let leader = app.leader_of("lai-chau").await;
    let id = leader.get(&path).await.expect(200).value("input[name=person]");
    leader
        .post(
            &format!("{path}/ca-nhan/rut"),
            &[("person", id.as_str()), ("end_reason", "Theo đơn")],
        )
        .await
        .expect(303);
    let left = leader
        .post(&format!("{path}/ca-nhan/ra"), &[("person", id.as_str())])
        .await
        .expect(409);
    assert!(left.text("main").contains("chính người đó"));
    let lead = app.secretariat().await;
    let refused = lead
        .post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(409);
    assert!(refused.text("main").contains("Dữ liệu cá nhân"));
}
