//! Papers of a conference: the ballot paper, the minutes of the count, those of the conference, the notice of what was
//! concluded, the minutes of the hand-over. Who may draft and read them, and that no vote is told to anybody.

use cumthidua::{conferences::Kind, ids::BallotId, years};

use crate::{
    documents,
    hall::vote,
    papers_vusta::{assert_says, issued, lines, printed, worded},
    support::{ABSENT, Browser, CONFERENCE, Hall, MEETING, TestApp, login},
};

const MINUTES: &str = "/van-ban/soan/bien-ban-hoi-nghi/cum-3.2023.tong-ket";
const NOTICE: &str = "/van-ban/soan/thong-bao-ket-luan/cum-3.2023.tong-ket";
const HAND_OVER: &str = "/van-ban/soan/bien-ban-ban-giao/cum-3.2023";

/// Who votes for whom: the places of the flag's candidates.
const VOTES: [(&str, &[(&str, &str)]); 5] = [
    ("son-la", &[("q0", "0"), ("q0", "1")]),
    ("hoa-binh", &[("q0", "0"), ("q0", "1")]),
    ("lao-cai", &[("q0", "0"), ("q0", "1")]),
    ("yen-bai", &[("q0", "0"), ("q0", "1")]),
    ("lai-chau", &[("q0", "0"), ("q0", "2")]),
];

fn paper_of(kind: &str, ballot: BallotId) -> String {
    format!("/van-ban/soan/{kind}/{ballot}")
}

/// The flag is voted on; the ballot stays open.
async fn voted(app: &TestApp, hall: &Hall) -> BallotId {
    let flag = app.open_ballot(hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    for (unit, choice) in VOTES {
        vote(app, hall, unit, flag, choice).await.expect(200);
    }
    flag
}

/// Lead and deputy of the next year are elected, and the conference ends.
async fn ended(app: &TestApp, hall: &Hall) {
    let offices = app
        .open_ballot(hall, "Bầu cụm trưởng, cụm phó", hall.offices())
        .await;
    for (unit, _) in VOTES {
        let choice = [("q0", "0"), ("q1", "0")];
        vote(app, hall, unit, offices, &choice).await.expect(200);
    }
    app.count_ballot(offices).await;
    let lead = app.secretariat().await;
    let ready = lead.get(&format!("{MEETING}/ket-thuc")).await.expect(200);
    lead.submit(&ready, "form[action$='/ket-thuc']", &[])
        .await
        .expect(303);
}

/// No paper is about how somebody voted: units that are no candidates, delegates and receipts don't stand in it.
#[track_caller]
fn assert_secret(said: &str, receipts: &[String]) {
    for voter in ["Lai Châu", "Lào Cai", "Đại biểu "] {
        assert!(!said.contains(voter), "{voter} in {said}");
    }
    for receipt in receipts {
        assert!(!said.contains(receipt), "a receipt in {said}");
    }
}

/// Links to drafts on a page.
async fn drafts(browser: &Browser<'_>, page: &str) -> Vec<String> {
    let mut links = browser.get(page).await.expect(200).links();
    links.retain(|link| link.starts_with("/van-ban/soan/"));
    links
}

#[tokio::test]
async fn a_ballot_paper_lists_the_candidates_and_the_rule_and_bears_no_name_and_no_number() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let flag = app
        .draft_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag(), |_| {})
        .await;
    let paper = paper_of("phieu", flag);
    let lead = app.secretariat().await;
    let said = lines(&lead, &paper).await;
    assert_says(
        &said,
        &[
            "PHIẾU SUY TÔN",
            "Cờ thi đua",
            "TT | Danh sách | Chọn",
            "1 | Liên hiệp Hội tỉnh Sơn La",
            "3 | Liên hiệp Hội tỉnh Yên Bái",
            "tối đa 2",
            "không do tổ kiểm phiếu phát ra",
        ],
    );
    assert!(
        !said.contains("Nơi nhận") && !said.contains("CỤM TRƯỞNG"),
        "{said}"
    );
    let page = lead.get(&paper).await.expect(200);
    assert!(!page.has("form.final-body"), "it is printed, not issued");
    assert_eq!(printed(&lead, &paper).await.len(), 1, "one sheet");

    // A draft is known to those who prepare or oversee; an open one is printed by those who count.
    app.deputy().await.get(&paper).await.expect(404);
    app.open_drafted(&hall, flag).await;
    for (who, status) in [
        (login::leader("lao-cai"), 200),
        (login::patron("cum-3"), 200),
        (login::officer("hoa-binh"), 404),
        (login::officer("ha-tinh"), 404),
        (login::ADMINISTRATOR.to_owned(), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(&paper).await.expect_because(status, &who);
        let pdf = browser.get(&format!("{paper}/ban.pdf")).await;
        pdf.expect_because(status, &who);
    }
    let member = app.officer_of("hoa-binh").await;
    let page = format!("{CONFERENCE}/bo-phieu/{flag}");
    assert!(drafts(&member, &page).await.is_empty());
    assert_eq!(drafts(&lead, &page).await, [paper]);
    lead.get("/van-ban/soan/phieu/xyz").await.expect(404);
}

#[tokio::test]
async fn minutes_of_a_count_tell_the_sums_and_never_who_voted_what() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let flag = voted(&app, &hall).await;
    let (paper, result) = (
        paper_of("bien-ban-kiem-phieu", flag),
        format!("{CONFERENCE}/bo-phieu/{flag}/ket-qua"),
    );
    let lead = app.secretariat().await;
    lead.get(&paper).await.expect(409);
    lead.get(&format!("{paper}/ban.pdf")).await.expect(409);
    lead.get(&result).await.expect(404);
    // The ballot paper of a running vote knows nothing of it.
    let running = lines(&lead, &paper_of("phieu", flag)).await;
    assert!(
        !running.contains("62,50") && !running.contains("50,00"),
        "{running}"
    );

    app.count_ballot(flag).await;
    let said = lines(&lead, &paper).await;
    assert_says(
        &said,
        &[
            "Kiểm phiếu suy tôn Cờ thi đua",
            "TỔ KIỂM PHIẾU",
            "Tổ trưởng: Lê Văn Tổ Trưởng.",
            "Thư ký: Phạm Thị Thư Ký.",
            "Ủy viên: Hoàng Văn Ủy Viên.",
            "Số đơn vị được bỏ phiếu: 8; có mặt: 7; vắng mặt, đã gửi phiếu trước: 0.",
            "Phiếu phát ra: 7; phiếu thu vào: 5 (trong đó phiếu điện tử: 5; phiếu giấy: 0).",
            "hợp lệ 5 phiếu, không hợp lệ 0 phiếu",
            "1 | Liên hiệp Hội tỉnh Sơn La | 5 | 62,50%",
            "2 | Liên hiệp Hội tỉnh Hòa Bình | 4 | 50,00%",
            "Liên hiệp Hội tỉnh Sơn La đủ phiếu.",
            "TỔ TRƯỞNG TỔ KIỂM PHIẾU",
        ],
    );
    let receipts: Vec<String> = app
        .value::<String>("select coalesce(string_agg(receipt, ' '), '') from ballot_papers")
        .await
        .split(' ')
        .map(str::to_owned)
        .collect();
    assert_eq!(receipts.len(), 5);
    assert_secret(&said, &receipts);

    // The members of the cluster read what was counted; it is issued once it is signed.
    let member = app.officer_of("hoa-binh").await;
    assert_eq!(drafts(&member, &result).await, std::slice::from_ref(&paper));
    assert!(!member.get(&paper).await.expect(200).has("form.final-body"));
    member.get(&format!("{paper}/sua")).await.expect(403);
    for who in [login::officer("ha-tinh"), login::COUNCIL_MEMBER.to_owned()] {
        app.signed_in(&who)
            .await
            .get(&paper)
            .await
            .expect_because(404, &who);
    }
    let page = lead.get(&paper).await.expect(200);
    assert!(page.text(".notice").contains("Tổ kiểm phiếu ký biên bản") && !page.has("form.final-body"));
    let count = format!("{MEETING}/bien-ban/kiem-phieu/{flag}");
    assert_eq!(drafts(&lead, &count).await, [paper]);
}

#[tokio::test]
async fn minutes_of_the_conference_have_the_order_of_the_form_and_wait_for_the_signatures() {
    let app = TestApp::new().await;
    app.set_clock("2023-11-13 09:00");
    let lead = app.secretariat().await;
    lead.get(MINUTES).await.expect(404);
    let hall = app.hall().await;
    let flag = voted(&app, &hall).await;
    let member = app.officer_of("lai-chau").await;
    member.get(MINUTES).await.expect(404);
    assert!(drafts(&member, MEETING).await.is_empty());
    // While it goes on, whoever oversees reads what is recorded: not what is being voted.
    let during = lines(&lead, MINUTES).await;
    assert_says(&during, &["Hội nghị đang họp."]);
    assert!(!during.contains("62,50%"), "{during}");
    app.count_ballot(flag).await;
    ended(&app, &hall).await;

    let said = lines(&member, MINUTES).await;
    assert_says(
        &said,
        &[
            "Thời gian bắt đầu: 08:00 ngày 27/11/2023.",
            "Địa điểm: TP. Sơn La.",
            "Có mặt: 7/8 đơn vị thành viên",
            "Liên hiệp Hội tỉnh Hòa Bình: Đại biểu Hòa Bình",
            "lý do: Họp Ban Chấp hành cùng ngày",
            "Chủ trì (chủ tọa): Nguyễn Thị Chủ Tọa.",
            "Thư ký: Trần Văn Thư Ký.",
            "bỏ phiếu kín",
            "62,50%",
            "Hội nghị bầu Liên hiệp Hội tỉnh Lào Cai làm cụm trưởng",
            "Hội nghị kết thúc lúc",
        ],
    );
    let places: Vec<usize> = [
        "Thời gian bắt đầu",
        "Địa điểm:",
        "THÀNH PHẦN THAM DỰ",
        "Chủ trì",
        "Thư ký:",
        "NỘI DUNG",
        "Hội nghị kết thúc",
    ]
    .iter()
    .map(|words| said.find(words).unwrap())
    .collect();
    assert!(places.is_sorted(), "the order of form 1.9: {places:?}");
    assert!(said.contains(&hall.year.member(ABSENT).unwrap().short_name));
    member.get(&format!("{MINUTES}/sua")).await.expect(403);
    app.officer_of("ha-tinh").await.get(MINUTES).await.expect(404);

    let waiting = lead.get(MINUTES).await.expect(200);
    assert!(waiting.text(".notice").contains("ký") && !waiting.has("form.final-body"));
    let page = lead.get(&format!("{MEETING}/bien-ban")).await.expect(200);
    assert!(page.links().contains(&MINUTES.to_owned()));
    lead.submit(&page, "form[action$='/ky']", &[]).await.expect(303);
    let paper = issued(&lead, MINUTES).await;
    assert!(paper.text("h1").contains("01/BB-CTĐ3"));
    let minutes = &printed(&lead, MINUTES).await;
    let last = minutes
        .iter()
        .find(|page| page.text().contains("CHỦ TỌA"))
        .unwrap();
    let (left, right) = (last.find("THƯ KÝ"), last.find("CHỦ TỌA"));
    assert!(left.centre() < 105.0 && right.centre() > 115.0 && (left.base - right.base).abs() < 0.1);
}

#[tokio::test]
async fn minutes_of_a_conference_on_paper_are_the_signed_paper() {
    let app = TestApp::new().await;
    app.conference().await;
    let lead = app.secretariat().await;
    let answer = lead.get(MINUTES).await.expect(409);
    assert!(
        answer.text("main").contains("bản giấy đã ký"),
        "{}",
        answer.text("main")
    );
    assert_eq!(drafts(&lead, MEETING).await, [NOTICE]);
}

#[tokio::test]
async fn a_notice_tells_what_was_voted_and_what_the_chair_concluded_and_is_the_secretariats() {
    let app = TestApp::new().await;
    app.planned("cum-3", Kind::Midyear, "20/07/2023").await;
    let lead = app.secretariat().await;
    let early = "/van-ban/soan/thong-bao-ket-luan/cum-3.2023.so-ket";
    let page = lead.get(early).await.expect(200);
    assert!(page.text(".notice").contains("Hội nghị chưa kết thúc") && !page.has("form.final-body"));
    assert!(drafts(&lead, &format!("{CONFERENCE}/so-ket")).await.is_empty());

    app.conference().await;
    let said = lines(&lead, NOTICE).await;
    assert_says(
        &said,
        &[
            "Ngày 27/11/2023, tại TP. Sơn La, Cụm thi đua số 3 tổ chức",
            "Dự hội nghị có 7/8 đơn vị thành viên.",
            "suy tôn Liên hiệp Hội tỉnh Sơn La và Liên hiệp Hội tỉnh Hòa Bình",
            "Hội nghị bầu Liên hiệp Hội tỉnh Lào Cai làm cụm trưởng, Liên hiệp Hội tỉnh Yên Bái làm cụm phó năm 2024.",
        ],
    );
    let written = [("section_text", "Các đơn vị nộp báo cáo trước ngày 05/12.")];
    worded(&lead, NOTICE, &written).await.expect(303);
    assert_says(&lines(&lead, NOTICE).await, &["nộp báo cáo trước ngày 05/12"]);
    for (who, status) in [
        (login::officer("hoa-binh"), 404),
        (login::patron("cum-3"), 404),
        (login::officer("ha-tinh"), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(NOTICE).await.expect_because(status, &who);
        let ban = format!("{NOTICE}/ban.docx");
        browser.get(&ban).await.expect_because(status, &who);
    }
    let member = app.officer_of("hoa-binh").await;
    assert!(drafts(&member, MEETING).await.is_empty());
    let paper = issued(&lead, NOTICE).await;
    assert!(paper.text("h1").contains("01/TB-CTĐ3"));
    let path = paper.attribute(".page-actions a.btn-primary", "href").unwrap();
    let path = path.trim_end_matches("/ban.pdf");
    let read = member.get(path).await.expect(200);
    assert!(read.text(".paper-view").contains("nộp báo cáo trước ngày 05/12"));
    app.standing_office().await.get(path).await.expect(200);
}

#[tokio::test]
async fn both_sides_sign_the_minutes_of_the_hand_over_once_both_have_confirmed() {
    let app = TestApp::new().await;
    app.conference().await;
    let lead = app.secretariat().await;
    lead.get(HAND_OVER).await.expect(409);
    let year = app.year("cum-3", 2023).await;
    let members: Vec<_> = year.members.iter().map(|m| m.unit_id).collect();
    let hand = app.office_actor().await.hand();
    let mut tx = app.app.begin().await.unwrap();
    let (now, cluster) = (app.now(), year.cluster.id);
    years::open_year(&mut tx, now, &hand, cluster, 2024, &members, Some(&year))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let fields = [("version", "2"), ("on", "01/01/2024")];
    lead.post(&format!("{CONFERENCE}/ban-giao"), &fields)
        .await
        .expect(303);

    let page = format!("{CONFERENCE}/ban-giao");
    assert_eq!(drafts(&lead, &page).await, [HAND_OVER]);
    let said = lines(&lead, HAND_OVER).await;
    assert_says(
        &said,
        &[
            "BÊN GIAO: Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn La, đại diện: Trần Văn Sơn La, Chủ tịch.",
            "BÊN NHẬN: Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Lào Cai, đại diện: Trần Văn Lào Cai, Chủ tịch.",
            "Thời gian bắt đầu: … giờ",
            "Địa điểm:",
            "Việc bàn giao kết thúc vào … giờ",
            "từ ngày 01/01/2024",
            "0/8",
            "Bên giao chưa xác nhận đã giao đủ",
            "ĐẠI DIỆN BÊN GIAO",
            "ĐẠI DIỆN BÊN NHẬN",
        ],
    );
    let waiting = lead.get(HAND_OVER).await.expect(200);
    assert!(waiting.text(".notice").contains("Chờ bên giao") && !waiting.has("form.final-body"));
    // Both sides and those who oversee read it; it holds names.
    for (who, status) in [
        (login::leader("lao-cai"), 200),
        (login::patron("cum-3"), 200),
        (login::STANDING_OFFICE.to_owned(), 200),
        (login::officer("hoa-binh"), 404),
        (login::officer("ha-tinh"), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(HAND_OVER).await.expect_because(status, &who);
    }
    for (who, act) in [("son-la", "da-giao"), ("lao-cai", "da-nhan")] {
        let browser = app.leader_of(who).await;
        let shown = browser.get(&page).await.expect(200);
        let form = format!("form[action$='/{act}']");
        browser.submit(&shown, &form, &[]).await.expect(303);
    }
    assert_says(
        &lines(&lead, HAND_OVER).await,
        &["xác nhận đã giao đủ lúc", "xác nhận đã nhận đủ lúc"],
    );
    let paper = issued(&lead, HAND_OVER).await;
    assert!(paper.text("h1").contains("01/BB-CTĐ3"));
}

#[tokio::test]
async fn papers_of_a_conference_are_laid_out_as_the_decree_wants_them() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let flag = voted(&app, &hall).await;
    app.count_ballot(flag).await;
    ended(&app, &hall).await;
    let lead = app.secretariat().await;
    let papers = [
        MINUTES.to_owned(),
        NOTICE.to_owned(),
        paper_of("phieu", flag),
        paper_of("bien-ban-kiem-phieu", flag),
    ];
    for path in papers {
        let pdf = lead.get(&format!("{path}/ban.pdf")).await.expect(200);
        let docx = lead.get(&format!("{path}/ban.docx")).await.expect(200);
        let faults = documents::checker::faults(&pdf.bytes, &docx.bytes);
        assert!(faults.is_empty(), "{path}: {}", faults.join("\n"));
    }
    let count = &printed(&lead, &paper_of("bien-ban-kiem-phieu", flag)).await;
    assert!(
        !count[0].text().contains(", ngày tháng"),
        "no line of place and day"
    );
    let signed = count
        .iter()
        .find(|page| page.text().contains("TỔ TRƯỞNG TỔ"))
        .unwrap();
    assert!(signed.find("THƯ KÝ").centre() < 112.5 && signed.find("TỔ TRƯỞNG TỔ").centre() > 112.5);
}
