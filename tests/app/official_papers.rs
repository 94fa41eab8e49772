//! Official papers: drafted from records, issued under a number, sent, received, replaced, verified.

use cumthidua::years;

use crate::support::{Browser, CONFERENCE, Page, TestApp, login};

const PLAN: &str = "/van-ban/soan/ke-hoach/cum-3.2023";

/// Sơn La's officer drafts the plan of the cluster with this signer.
async fn drafted<'a>(app: &'a TestApp, signer: &str) -> (Browser<'a>, Page) {
    let lead = app.officer_of("son-la").await;
    let form = lead.get(&format!("{PLAN}/sua")).await.expect(200);
    let saved = lead
        .submit(&form, "form[data-warn]", &[("signer_name", signer)])
        .await;
    (lead, saved)
}

/// The plan, issued: the browser of the lead and the paper's page.
pub async fn issued<'a>(app: &'a TestApp, fields: &[(&str, &str)]) -> (Browser<'a>, Page) {
    let (lead, _) = drafted(app, "Nguyễn Văn Mẫu").await;
    let draft = lead.get(PLAN).await.expect(200);
    let answer = lead.submit(&draft, "form.final-body", fields).await.expect(303);
    let page = lead.follow(&answer).await.expect(200);
    (lead, page)
}

pub fn path_of(page: &Page) -> String {
    let pdf = page.attribute(".page-actions a.btn-primary", "href").unwrap();
    pdf.trim_end_matches("/ban.pdf").to_owned()
}

#[tokio::test]
async fn a_plan_is_drafted_from_the_year_and_issued_under_the_next_number() {
    let app = TestApp::new().await;
    let lead = app.officer_of("son-la").await;
    let first = lead.get(PLAN).await.expect(200);
    assert!(
        first
            .text(".paper-view")
            .contains("Căn cứ Luật Thi đua, khen thưởng")
    );
    assert!(first.text("main").contains("Hãy nhập họ và tên người ký") || first.has("form.final-body"));
    let pdf = lead.get(&format!("{PLAN}/ban.pdf")).await.expect(200);
    assert!(pdf.bytes.starts_with(b"%PDF-"), "a PDF to look at");
    assert!(pdf.header("content-disposition").starts_with("inline"));
    let docx = lead.get(&format!("{PLAN}/ban.docx")).await.expect(200);
    assert!(docx.bytes.starts_with(b"PK"));

    let (_, page) = issued(&app, &[]).await;
    assert!(page.text("h1").contains("01/KH-CTĐ3"));
    assert_eq!(app.value::<i64>("select count(*) from document_files").await, 2);
    let paper = page.text(".paper-view");
    assert!(paper.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && paper.contains("Nơi nhận: -"));
    assert!(page.has(".paper-view .paper-columns") && !page.has(".paper-lines"));
    assert_eq!(
        app.value::<i64>("select count(*) from document_contents").await,
        1
    );
    let of_year = "/cum/cum-3/2023/van-ban";
    let list = lead.get(of_year).await.expect(200).text(".doc-list");
    assert!(
        list.contains("đã ban hành 01/KH-CTĐ3") && list.contains("chưa soạn"),
        "{list}"
    );
    let draft = lead.get(PLAN).await.expect(200);
    assert_eq!(
        draft.attribute(".side-menu [aria-current]", "href").as_deref(),
        Some(of_year)
    );
    let path = path_of(&page);
    let file = lead.get(&format!("{path}/ban.pdf")).await.expect(200);
    let hash: String = app
        .value("select encode(sha256, 'hex') from document_files where format = 'pdf'")
        .await;
    assert!(page.body.contains(&hash) && file.bytes.starts_with(b"%PDF-"));
    let kept: bool = app
        .value("select bool_and(sha256 = sha256(bytes)) from document_files")
        .await;
    assert!(kept, "the hash is that of the bytes");
}

#[tokio::test]
async fn a_number_is_given_once_and_one_that_the_clerk_gave_is_kept() {
    let app = TestApp::new().await;
    let (_, first) = issued(&app, &[("number", "38")]).await;
    let first = path_of(&first).trim_start_matches("/van-ban/").to_owned();
    let instead = [("replaces", first.as_str()), ("reason", "Sai thời gian")];
    let lead = app.officer_of("son-la").await;
    let draft = lead.get(PLAN).await.expect(200);
    let again = [&instead[..], &[("number", "38")]].concat();
    let taken = lead.submit(&draft, "form.final-body", &again).await.expect(422);
    assert!(taken.error_at("number").contains("đã dùng"));
    assert_eq!(taken.value("#number"), "38", "what was typed stays");
    let next = lead.submit(&draft, "form.final-body", &instead).await.expect(303);
    assert!(lead.follow(&next).await.text("h1").contains("39/KH-CTĐ3"));
    let future = lead
        .submit(&draft, "form.final-body", &[("issued_on", "31/12/2099")])
        .await
        .expect(422);
    assert!(future.error_at("issued_on").contains("chưa đến"));
}

#[tokio::test]
async fn a_paper_bears_no_day_long_before_its_year_and_a_new_year_counts_anew() {
    let app = TestApp::new().await;
    let (lead, _) = drafted(&app, "Nguyễn Văn Mẫu").await;
    let draft = lead.get(PLAN).await.expect(200);
    let early = [("issued_on", "30/09/2022")];
    let refused = lead.submit(&draft, "form.final-body", &early).await.expect(422);
    let why = refused.error_at("issued_on");
    assert!(
        why.contains("về năm 2023 nên không thể đề ngày trước 01/10/2022"),
        "{why}"
    );
    assert_eq!(refused.value("#issued_on"), "30/09/2022", "what was typed stays");
    let last = [("issued_on", "31/12/2022"), ("number", "38")];
    let answer = lead.submit(&draft, "form.final-body", &last).await.expect(303);
    let old = lead.follow(&answer).await.expect(200);
    assert!(old.text("h1").contains("38/KH-CTĐ3"));
    let register = lead.get("/so-van-ban/di/2022").await.expect(200).text("tbody");

    let id = path_of(&old).trim_start_matches("/van-ban/").to_owned();
    let first = [
        ("issued_on", "01/01/2023"),
        ("replaces", id.as_str()),
        ("reason", "Sai thời gian"),
    ];
    let answer = lead.submit(&draft, "form.final-body", &first).await.expect(303);
    let new = lead.follow(&answer).await.expect(200);
    assert!(new.text("h1").contains("01/KH-CTĐ3"), "{}", new.text("h1"));
    let of = async |year: &str| lead.get(&format!("/so-van-ban/di/{year}")).await.expect(200);
    assert_eq!(of("2023").await.count("tbody tr"), 1);
    let after = of("2022").await;
    assert_eq!(after.count("tbody tr"), 1);
    assert!(register.contains("38/KH-CTĐ3") && after.text("tbody").contains("38/KH-CTĐ3"));
}

#[tokio::test]
async fn a_draft_keeps_what_was_typed_and_tells_what_is_missing() {
    let app = TestApp::new().await;
    let (lead, page) = drafted(&app, "").await;
    let page = page.expect(422);
    assert!(page.error_at("signer_name-0").contains("họ và tên người ký"));
    assert_eq!(
        app.value::<i64>("select count(*) from document_drafts").await,
        1,
        "kept all the same"
    );
    let draft = lead.get(PLAN).await.expect(200);
    assert!(
        !draft.has("form.final-body"),
        "nothing is issued without a signer"
    );

    // Two people edit: the second is told, and nothing of the first is lost.
    let form = lead.get(&format!("{PLAN}/sua")).await.expect(200);
    let first = lead
        .submit(
            &form,
            "form[data-warn]",
            &[("signer_name", "Nguyễn Văn Mẫu"), ("place", "Mộc Châu")],
        )
        .await;
    first.expect(303);
    let second = lead
        .submit(
            &form,
            "form[data-warn]",
            &[("signer_name", "Trần Thị Thử"), ("place", "Hà Nội")],
        )
        .await
        .expect(409);
    assert_eq!(
        second.value("#place"),
        "Hà Nội",
        "what was typed stays to be copied"
    );
    // A version that no page ever showed.
    lead.post(&format!("{PLAN}/sua"), &[("version", "2147483647")])
        .await
        .expect(409);
    let versions = lead.get(&format!("{PLAN}/phien-ban")).await.expect(200);
    assert_eq!(versions.count("tbody tr"), 2);
    assert!(versions.text("ins").contains("Nguyễn Văn Mẫu"));
}

#[tokio::test]
async fn what_was_sent_to_a_merged_unit_is_received_by_its_successor() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let path = path_of(&page);
    app.sql(
        "insert into unit_successions (predecessor_id, successor_id, happened_on, kind)
         select a.id, b.id, '2023-02-01', 'merge' from units a, units b where a.slug = 'hoa-binh' and b.slug = 'phu-tho'",
    )
    .await
    .unwrap();
    let heir = app.officer_of("phu-tho").await;
    let todo = heir.get("/viec-cua-toi").await.expect(200);
    let waiting = todo.links().iter().filter(|link| **link == path).count();
    assert_eq!(
        waiting, 2,
        "its own copy and the one of the unit that was merged into it"
    );
    let paper = heir.get(&path).await.expect(200);
    assert_eq!(paper.count("form.panel"), 2);
    for form in ["form.panel", "form.panel"] {
        let paper = heir.get(&path).await;
        heir.submit(&paper, form, &[]).await.expect(303);
    }
    let after = lead.get(&path).await.expect(200);
    assert!(
        after
            .text("main")
            .contains("Phú Thọ (nhận thay Liên hiệp Hội tỉnh Hòa Bình): nhận")
    );
    let register = heir.get("/so-van-ban/den/2023").await.expect(200);
    assert_eq!(
        register.count("tbody tr"),
        2,
        "both stand in the register of the successor"
    );
    let numbers =
        app.value::<String>("select string_agg(number::text, ' ' order by number) from document_receipts");
    assert_eq!(numbers.await, "1 2");
    app.officer_of("lai-chau")
        .await
        .post(
            &format!("{path}/da-nhan"),
            &[(
                "unit",
                &app.value::<String>("select id::text from units where slug = 'hoa-binh'")
                    .await,
            )],
        )
        .await
        .expect(403);
}

#[tokio::test]
async fn members_receive_the_paper_and_it_stands_in_both_registers() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let path = path_of(&page);
    let member = app.officer_of("hoa-binh").await;
    let todo = member.get("/viec-cua-toi").await.expect(200);
    assert!(
        todo.text("main")
            .contains("Xác nhận đã nhận văn bản số 01/KH-CTĐ3")
    );
    let paper = member.get(&path).await.expect(200);
    member.submit(&paper, "form.panel", &[]).await.expect(303);
    let after = member.get(&path).await.expect(200);
    assert!(after.text("main").contains("số đến 01") && !after.has("form.panel"));
    member
        .post(&format!("{path}/da-nhan"), &[("unit", "")])
        .await
        .expect(404);
    assert!(
        !member
            .get("/viec-cua-toi")
            .await
            .text("main")
            .contains("01/KH-CTĐ3")
    );

    let incoming = member.get("/so-van-ban/den/2023").await.expect(200);
    assert!(incoming.text("tbody").contains("01/KH-CTĐ3"));
    let outgoing = lead.get("/so-van-ban/di/2023").await.expect(200);
    assert!(outgoing.text("tbody").contains("Hòa Bình"));
    assert_eq!(
        member
            .get("/so-van-ban/di/2023")
            .await
            .expect(200)
            .count("tbody tr"),
        0
    );
    let workbook = lead.get("/so-van-ban/di/2023/so.xlsx").await.expect(200);
    assert!(workbook.bytes.starts_with(b"PK"));
    lead.get("/so-van-ban/ngang/2023").await.expect(404);
}

#[tokio::test]
async fn a_paper_is_replaced_by_a_further_one_only_and_never_changed() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let path = path_of(&page);
    let id = path.trim_start_matches("/van-ban/").to_owned();
    let draft = lead.get(PLAN).await.expect(200);
    let without = lead
        .submit(&draft, "form.final-body", &[("replaces", &id)])
        .await
        .expect(422);
    assert!(without.error_at("reason").contains("lý do"));
    let fields = [("replaces", id.as_str()), ("reason", "Sai thời gian họp cụm")];
    lead.submit(&draft, "form.final-body", &fields).await.expect(303);
    let old = lead.get(&path).await.expect(200);
    assert!(old.text("main").contains("Sai thời gian họp cụm") && old.text(".state").contains("đã thu hồi"));
    let again = lead.submit(&draft, "form.final-body", &fields).await;
    again.expect(409);

    for statement in [
        "update documents set title = 'x'",
        "delete from documents",
        "update document_files set bytes = ''",
        "delete from document_recipients",
        "update document_drafts set text = 'x'",
        "delete from document_recalls",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn what_is_in_force_is_not_issued_once_more_by_itself() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let first = path_of(&page);
    let draft = lead.get(PLAN).await.expect(200);
    let twice = lead.submit(&draft, "form.final-body", &[]).await.expect(409);
    assert!(twice.text("main").contains("01/KH-CTĐ3"));
    assert_eq!(app.value::<i64>("select count(*) from documents").await, 1);
    let id = |path: &str| path.trim_start_matches("/van-ban/").to_owned();
    let fields = [("replaces", &*id(&first)), ("reason", "Sai thời gian")];
    let answer = lead.submit(&draft, "form.final-body", &fields).await.expect(303);
    let second = path_of(&lead.follow(&answer).await.expect(200));
    // Nobody confirms what was replaced any more, and nobody takes it back.
    let old = lead.get(&first).await.expect(200).text(".notice-late");
    assert!(old.contains("được thay thế bằng văn bản số 02/KH-CTĐ3"), "{old}");
    let letter = format!("/van-ban/soan/thu-hoi/{}", id(&first));
    assert!(!lead.get(&letter).await.expect(200).has("form.final-body"));
    let member = app.officer_of("hoa-binh").await;
    let unit: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let receipt = [("unit", unit.as_str())];
    member
        .post(&format!("{first}/da-nhan"), &receipt)
        .await
        .expect(409);
    member
        .post(&format!("{second}/da-nhan"), &receipt)
        .await
        .expect(303);
    for path in ["/so-van-ban/den/-2147483648", "/so-van-ban/di/99999/so.xlsx"] {
        lead.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn anybody_verifies_a_paper_by_its_code_and_learns_nothing_else() {
    let app = TestApp::new().await;
    issued(&app, &[]).await;
    let code: String = app.value("select code from documents").await;
    let visitor = app.visitor();
    let found = visitor.get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(found.text("main").contains("01/KH-CTĐ3") && found.text(".state").contains("có hiệu lực"));
    assert!(!found.body.contains("Nguyễn Văn Mẫu"), "no person's name");
    assert!(!found.body.contains("MỤC ĐÍCH"), "nothing of the text");
    visitor.get("/xac-minh/23456789AB").await.expect(404);
}

#[tokio::test]
async fn papers_are_seen_by_those_they_concern_and_issued_by_those_whose_they_are() {
    let app = TestApp::new().await;
    let (_, page) = issued(&app, &[]).await;
    let path = path_of(&page);
    for (who, status) in [
        (login::officer("hoa-binh"), 200),
        (login::STANDING_OFFICE.to_owned(), 200),
        (login::patron("cum-3"), 200),
        (login::officer("ha-tinh"), 404),
        (login::ADMINISTRATOR.to_owned(), 404),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(&path).await.expect_because(status, &who);
        browser
            .get(&format!("{path}/ban.pdf"))
            .await
            .expect_because(status, &who);
    }
    // The draft is the secretariat's alone; a paper made of a record is read by those who may know the record, and
    // drafted by those whose it is.
    let member = app.officer_of("hoa-binh").await;
    member.get(PLAN).await.expect(404);
    member.get(&format!("{PLAN}/ban.pdf")).await.expect(404);
    member
        .post(&format!("{PLAN}/ban-hanh"), &[("issued_on", "01/03/2023")])
        .await
        .expect(404);
    app.registration("cum-3", "hoa-binh", cumthidua::registrations::State::Submitted)
        .await;
    let paper = "/van-ban/soan/dang-ky/cum-3.2023.hoa-binh";
    let lead = app.officer_of("son-la").await;
    assert!(!lead.get(paper).await.expect(200).has("form.final-body"));
    lead.get(&format!("{paper}/sua")).await.expect(403);
    lead.post(&format!("{paper}/sua"), &[("version", "0")])
        .await
        .expect(403);
    lead.post(&format!("{paper}/ban-hanh"), &[("issued_on", "01/03/2023")])
        .await
        .expect(403);
    app.officer_of("ha-tinh").await.get(PLAN).await.expect(404);
}

#[tokio::test]
async fn a_registration_on_paper_says_what_was_handed_in() {
    let app = TestApp::new().await;
    let paper = "/van-ban/soan/dang-ky/cum-3.2023.hoa-binh";
    let officer = app.officer_of("hoa-binh").await;
    officer.get(paper).await.expect(409);
    app.registration("cum-3", "hoa-binh", cumthidua::registrations::State::Submitted)
        .await;
    let page = officer.get(paper).await.expect(200);
    assert!(page.text(".paper-view").contains("CHỈ TIÊU THI ĐUA"));
    officer.get(&format!("{paper}/bang.xlsx")).await.expect(200);
    app.officer_of("dien-bien").await.get(paper).await.expect(404);
}

#[tokio::test]
async fn papers_cite_the_bases_that_are_in_force_and_refuse_those_that_have_ended() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let page = office.get("/can-cu-phap-ly").await.expect(200);
    let wrong = [
        ("words", "Căn cứ Luật"),
        ("starts_on", "2/1/2023"),
        ("ends_on", "1/1/2023"),
    ];
    let refused = office.submit(&page, "form.panel", &wrong).await.expect(422);
    assert!(
        refused.error_at("words").contains("Không ghi chữ")
            && refused.error_at("ends_on").contains("trước ngày")
    );
    let words = "Thông tư số 99/2023/TT-BNV của Bộ Nội vụ";
    let fields = [("words", words), ("starts_on", "01/01/2023")];
    office.submit(&page, "form.panel", &fields).await.expect(303);

    let (lead, _) = drafted(&app, "Nguyễn Văn Mẫu").await;
    assert!(
        lead.get(PLAN).await.text(".paper-view").contains(words),
        "cited by itself"
    );
    let ended = [
        ("words", words),
        ("starts_on", "01/01/2023"),
        ("ends_on", "01/02/2023"),
    ];
    office.submit(&page, "form.panel", &ended).await.expect(303);
    let draft = lead.get(PLAN).await.expect(200);
    let answer = lead.submit(&draft, "form.final-body", &[]).await.expect(422);
    assert!(
        answer
            .text(".notice")
            .contains("hết hiệu lực từ sau ngày 01/02/2023")
    );
    assert!(
        answer.text(".notice").contains("có hiệu lực: Luật Thi đua"),
        "{}",
        answer.text(".notice")
    );
    assert!(
        answer
            .links()
            .iter()
            .any(|link| link.ends_with("/sua#bases") || link.ends_with("/sua"))
    );
    app.officer_of("hoa-binh")
        .await
        .get("/can-cu-phap-ly")
        .await
        .expect(403);
}

#[tokio::test]
async fn the_clusters_page_leads_to_papers_that_there_is_something_to_draft_from() {
    let app = TestApp::new().await;
    let page = "/cum/cum-3/2023/van-ban";
    let hand_over = "/van-ban/soan/bien-ban-ban-giao/cum-3.2023".to_owned();
    let lead = app.officer_of("son-la").await;
    let before = lead.get(page).await.expect(200).links();
    assert!(before.contains(&PLAN.to_owned()) && !before.contains(&hand_over));

    app.conference().await;
    let year = app.year("cum-3", 2023).await;
    let members: Vec<_> = year.members.iter().map(|m| m.unit_id).collect();
    let hand = app.office_actor().await.hand();
    let mut tx = app.app.begin().await.unwrap();
    years::open_year(
        &mut tx,
        app.now(),
        &hand,
        year.cluster.id,
        2024,
        &members,
        Some(&year),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let fields = [("version", "2"), ("on", "01/01/2024")];
    lead.post(&format!("{CONFERENCE}/ban-giao"), &fields)
        .await
        .expect(303);
    let after = lead.get(page).await.expect(200).links();
    assert!(after.contains(&hand_over), "{after:?}");
    for link in after.iter().filter(|link| link.starts_with("/van-ban/soan/")) {
        lead.get(link).await.expect_because(200, link);
    }
    let member = app.officer_of("hoa-binh").await.get(page).await.expect(200);
    assert!(
        !member
            .links()
            .iter()
            .any(|link| link.starts_with("/van-ban/soan/"))
    );
}
