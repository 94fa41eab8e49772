//! An issued paper is taken back by a letter, which goes to whomever the paper went.

use crate::{
    official_papers::{issued, path_of},
    papers_vusta::{self, worded},
    support::{Browser, Page, TestApp, login},
};

/// The letter that takes a paper back, with its reason written; nothing is issued yet.
pub async fn drafted(lead: &Browser<'_>, paper: &str) -> String {
    let page = lead.get(paper).await.expect(200);
    let letter = page.attribute("a.btn-danger-line", "href").unwrap();
    let form = lead.get(&format!("{letter}/sua")).await.expect(200);
    let place = form.texts("label.field-label");
    assert!(
        place.iter().any(|label| label.contains("Lý do thu hồi")),
        "{place:?}"
    );
    let (_, fields) = form.form("form[data-warn]");
    let mut parts = 0;
    let fields: Vec<(String, String)> = fields
        .into_iter()
        .map(|(name, value)| match name.as_str() {
            "signer_name" => (name, "Nguyễn Văn Mẫu".to_owned()),
            // The first part is the reason.
            "section_text" => {
                parts += 1;
                let text = if parts == 1 {
                    "Sai thời gian họp cụm".to_owned()
                } else {
                    value
                };
                (name, text)
            }
            _ => (name, value),
        })
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    lead.post(&format!("{letter}/sua"), &fields).await.expect(303);
    letter
}

/// The letter, issued.
pub async fn recalled(lead: &Browser<'_>, letter: &str) -> Page {
    let draft = lead.get(letter).await.expect(200);
    let answer = lead.submit(&draft, "form.final-body", &[]).await.expect(303);
    lead.follow(&answer).await.expect(200)
}

#[tokio::test]
async fn a_letter_takes_a_paper_back_and_every_page_of_the_paper_says_by_which_one() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let paper = path_of(&page);
    let id = paper.trim_start_matches("/van-ban/").to_owned();
    // Without a reason it isn't issued.
    let bare = lead.get(&format!("/van-ban/soan/thu-hoi/{id}")).await.expect(200);
    assert!(!bare.has("form.final-body"));
    let letter = drafted(&lead, &paper).await;
    let view = lead.get(&letter).await.expect(200).text(".paper-view");
    for part in [
        "V/v thu hồi văn bản số 01/KH-CTĐ3",
        "Hòa Bình",
        "Sai thời gian họp cụm",
        "không còn hiệu lực",
        "gửi lại bản giấy",
    ] {
        assert!(view.contains(part), "{part}: {view}");
    }
    let issued = recalled(&lead, &letter).await;
    assert!(issued.text("h1").contains("02/CTĐ3"), "{}", issued.text("h1"));
    assert!(
        !issued.has("a.btn-danger-line"),
        "a letter of recall isn't recalled"
    );

    let old = lead.get(&paper).await.expect(200);
    let notice = old.text(".notice-late");
    assert!(
        notice.contains("bị thu hồi bằng công văn số 02/CTĐ3 ngày"),
        "{notice}"
    );
    assert!(notice.contains("Sai thời gian họp cụm"), "{notice}");
    assert!(!old.has("a.btn-danger-line"));
    let code: String = app.value("select code from documents where kind = 'plan'").await;
    let seen = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    let words = seen.text(".notice-late");
    assert!(
        words.contains("đã bị thu hồi bằng công văn số 02/CTĐ3 ngày"),
        "{words}"
    );
    assert!(!seen.body.contains("Sai thời gian"), "nothing of the text");
    let register = lead.get("/so-van-ban/di/2023").await.expect(200).text("tbody");
    assert!(register.contains("Thu hồi bằng văn bản số 02/CTĐ3"), "{register}");
    let lines: i64 = app
        .value("select count(*) from journal where action in ('document.issue', 'document.recall')")
        .await;
    assert_eq!(lines, 3);
    // Once more there is nothing to take back.
    assert!(!lead.get(&letter).await.expect(200).has("form.final-body"));
    lead.post(
        &format!("{letter}/ban-hanh"),
        &[("version", "1"), ("issued_on", "20/02/2023")],
    )
    .await
    .expect(409);
}

#[tokio::test]
async fn those_who_have_the_paper_get_the_letter_and_confirm_it() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let paper = path_of(&page);
    let letter = drafted(&lead, &paper).await;
    let letter = path_of(&recalled(&lead, &letter).await);
    let went: bool = app
        .value(
            "select array_agg(r.unit_id order by r.unit_id) filter (where d.kind = 'plan')
                 = array_agg(r.unit_id order by r.unit_id) filter (where d.kind = 'recall_letter')
             from document_recipients r join documents d on d.id = r.document_id",
        )
        .await;
    assert!(went, "to the same units");
    let member = app.officer_of("hoa-binh").await;
    let todo = member.get("/viec-cua-toi").await.expect(200).text("main");
    assert!(
        todo.contains("đã nhận văn bản số 02/CTĐ3") && !todo.contains("đã nhận văn bản số 01/KH-CTĐ3"),
        "{todo}"
    );
    let shown = member.get(&letter).await.expect(200);
    member.submit(&shown, "form.panel", &[]).await.expect(303);
    let receipts = lead.get(&letter).await.expect(200).text("main");
    assert!(receipts.contains("1 / "), "{receipts}");
    let patron = app.patron().await;
    patron.get(&letter).await.expect(200);
    app.officer_of("ha-tinh").await.get(&letter).await.expect(404);
}

#[tokio::test]
async fn only_those_whose_paper_it_is_take_it_back() {
    let app = TestApp::new().await;
    let (_, page) = issued(&app, &[]).await;
    let paper = path_of(&page);
    let letter = format!("/van-ban/soan/thu-hoi/{}", paper.trim_start_matches("/van-ban/"));
    for who in [
        login::officer("hoa-binh"),
        login::STANDING_OFFICE.to_owned(),
        login::patron("cum-3"),
        login::officer("ha-tinh"),
        login::ADMINISTRATOR.to_owned(),
    ] {
        let browser = app.signed_in(&who).await;
        browser.get(&letter).await.expect_because(404, &who);
        let fields = [("version", "0"), ("issued_on", "01/03/2023")];
        browser
            .post(&format!("{letter}/ban-hanh"), &fields)
            .await
            .expect_because(404, &who);
    }
    assert_eq!(app.value::<i64>("select count(*) from document_recalls").await, 0);
}

#[tokio::test]
async fn a_letter_bears_no_day_before_the_paper_and_a_reason_that_a_line_holds() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let letter = drafted(&lead, &path_of(&page)).await;
    let draft = lead.get(&letter).await.expect(200);
    let early = lead
        .submit(&draft, "form.final-body", &[("issued_on", "01/01/2023")])
        .await
        .expect(422);
    assert!(
        early.error_at("issued_on").contains("trước văn bản"),
        "{}",
        early.error_at("issued_on")
    );
    assert_eq!(app.value::<i64>("select count(*) from document_recalls").await, 0);
    assert_eq!(app.value::<i64>("select count(*) from documents").await, 1);
}

#[tokio::test]
async fn a_paper_that_is_not_named_is_neither_replaced_nor_taken_back() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    let plan = path_of(&page);
    let regulation = "/van-ban/soan/quy-che/cum-3.2023";
    worded(&lead, regulation, &[("signer_name", "Nguyễn Văn Mẫu")])
        .await
        .expect(303);
    let other = path_of(&papers_vusta::issued(&lead, regulation).await);
    let letter = drafted(&lead, &plan).await;
    let forge = async |draft: &str, version: &str, replaced: &str| {
        let fields = [
            ("version", version),
            ("issued_on", "20/02/2023"),
            ("replaces", replaced.trim_start_matches("/van-ban/")),
            ("reason", "Nhầm"),
        ];
        let page = lead.post(&format!("{draft}/ban-hanh"), &fields).await.expect(422);
        assert_eq!(page.wrong_fields(), ["replaces"], "{}", page.text("main"));
        page.text("main")
    };
    for replaced in [&other, &plan] {
        let told = forge(&letter, "1", replaced).await;
        assert!(told.contains("chỉ thu hồi văn bản nêu trong đó"), "{told}");
    }
    let told = forge("/van-ban/soan/ke-hoach/cum-3.2023", "1", &other).await;
    assert!(told.contains("cùng loại về cùng một việc"), "{told}");
    let counts: String = app
        .value("select (select count(*) from documents) || ' ' || (select count(*) from document_recalls)")
        .await;
    assert_eq!(counts, "2 0", "nothing was issued, nothing taken back");
    recalled(&lead, &letter).await;
    let kind: String = app
        .value("select d.kind from document_recalls r join documents d on d.id = r.document_id")
        .await;
    assert_eq!(kind, "plan");
}

#[tokio::test]
async fn a_paper_is_taken_back_although_the_next_year_is_there() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[]).await;
    app.sql(
        "insert into years (id, cluster_id, year, state, opened_at)
         select '01900000-0000-7000-8000-000000000001', id, 2024, 'open', now() from clusters where slug = 'cum-3';
         insert into year_rules select '01900000-0000-7000-8000-000000000001', flag_quota, merit_quota, quorum_percent, threshold_percent, threshold_base
         from year_rules limit 1;
         insert into memberships (year_id, unit_id) select '01900000-0000-7000-8000-000000000001', id from units where slug = 'son-la';
         update leaderships set ends_on = '2023-12-31' where ends_on is null;
         insert into leaderships (id, cluster_id, year_id, office, unit_id, starts_on, ends_on)
         select gen_random_uuid(), cluster_id, '01900000-0000-7000-8000-000000000001', 'lead', unit_id, '2024-01-01', null
         from leaderships l join clusters c on c.id = l.cluster_id
         where c.slug = 'cum-3' and l.office = 'lead' and l.unit_id = (select id from units where slug = 'son-la') limit 1",
    )
    .await
    .unwrap();
    let letter = drafted(&lead, &path_of(&page)).await;
    let issued = recalled(&lead, &letter).await;
    assert!(issued.text("h1").contains("02/CTĐ3"), "{}", issued.text("h1"));
}
