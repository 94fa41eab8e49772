//! A dossier: completed by two sides, handed in, sent back, appraised; and who sees what of it.

use crate::support::{PDF, TestApp};

const LIST: &str = "/cum/cum-3/2023/khen-thuong";

#[tokio::test]
async fn only_a_complete_dossier_goes_and_a_return_opens_what_it_names() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let (lead, office, officer) = (
        app.secretariat().await,
        app.standing_office().await,
        app.officer_of("hoa-binh").await,
    );
    let told = lead
        .post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(409);
    assert!(
        told.text(".trouble-text").contains("Báo cáo thành tích"),
        "what is missing is named"
    );

    app.complete_dossier("hoa-binh", "vusta_flag").await;
    lead.post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(303);
    let files = format!("{path}/tep");
    officer
        .upload(&files, "b.pdf", PDF, &[("part", "evidence")])
        .await
        .expect(409);

    let form = format!("{path}/tham-dinh");
    let bare = office
        .post(&form, &[("version", "2"), ("finding", "return")])
        .await
        .expect(422);
    assert_eq!(bare.wrong_fields(), ["reason", "part", "due_on"]);
    let back = [
        ("version", "2"),
        ("finding", "return"),
        ("reason", "Biên bản thiếu chữ ký"),
        ("part", "minutes"),
        ("due_on", "15/12/2023"),
    ];
    office.post(&form, &back).await.expect(303);
    assert!(
        officer
            .get(&path)
            .await
            .text(".notice-late")
            .contains("thiếu chữ ký")
    );
    officer
        .upload(&files, "b.pdf", PDF, &[("part", "evidence")])
        .await
        .expect(409);
    lead.upload(&files, "biên bản.pdf", PDF, &[("part", "minutes")])
        .await
        .expect(303);
    lead.post(&format!("{path}/trinh"), &[("version", "3")])
        .await
        .expect(303);
    let receipts: i64 = app
        .value("select count(*) from receipts where record_kind = 'nominations'")
        .await;
    assert_eq!(receipts, 2);
}

#[tokio::test]
async fn a_refusal_needs_its_reason_and_ends_the_way() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.submitted_dossier("phu-tho", "vusta_merit").await;
    let office = app.standing_office().await;
    let form = format!("{path}/tham-dinh");
    let bare = office
        .post(&form, &[("version", "2"), ("finding", "ineligible")])
        .await
        .expect(422);
    assert!(!bare.error_at("reason").is_empty());
    let refusal = [
        ("version", "2"),
        ("finding", "ineligible"),
        ("reason", "Đã được tỉnh khen"),
    ];
    office.post(&form, &refusal).await.expect(303);
    office.post(&form, &refusal).await.expect(409);
    assert!(
        office
            .get("/hoi-dong/2023")
            .await
            .text("main")
            .contains("Đã được tỉnh khen")
    );
}

#[tokio::test]
async fn members_know_what_was_acclaimed_but_not_the_dossiers() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.complete_dossier("son-la", "vusta_flag").await;
    let member = app.officer_of("dien-bien").await;
    let list = member.get(LIST).await.expect(200);
    assert_eq!(
        list.count("tbody tr"),
        4,
        "the one that wasn't acclaimed is not listed"
    );
    assert!(list.text("tbody").contains("7/8"));
    assert!(!list.has("tbody a"), "no dossier is open to them");
    let file: String = app
        .value("select id::text from attachments order by uploaded_at limit 1")
        .await;
    for closed in [path.clone(), format!("{path}/tep/{file}")] {
        member.get(&closed).await.expect(404);
        app.officer_of("nghe-an").await.get(&closed).await.expect(404);
        app.patron().await.get(&closed).await.expect(200);
    }
    assert_eq!(app.secretariat().await.get(LIST).await.count("tbody tr"), 5);
    app.officer_of("nghe-an").await.get(LIST).await.expect(404);
}

#[tokio::test]
async fn the_council_sees_what_is_put_before_it() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let council = app.council_member().await;
    council.get(&path).await.expect(404);
    assert!(council.get("/hoi-dong/2023").await.expect(200).has(".blank"));
    app.eligible("hoa-binh", "vusta_flag").await;
    council.get(&path).await.expect(200);
    assert_eq!(council.get("/hoi-dong/2023").await.count("tbody tr"), 1);
    council.get("/hoi-dong/2023/phien-hop").await.expect(403);
}

#[tokio::test]
async fn each_side_takes_off_its_own_files_only() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.complete_dossier("hoa-binh", "vusta_flag").await;
    let of_part = |part: &'static str| format!("select id::text from attachments where part = '{part}'");
    let report: String = app.value(&of_part("achievement_report")).await;
    let minutes: String = app.value(&of_part("minutes")).await;
    let (lead, officer) = (app.secretariat().await, app.officer_of("hoa-binh").await);
    lead.post(&format!("{path}/tep/{report}/go"), &[])
        .await
        .expect(403);
    officer
        .post(&format!("{path}/tep/{minutes}/go"), &[])
        .await
        .expect(403);
    officer
        .post(&format!("{path}/tep/{report}/go"), &[])
        .await
        .expect(303);
}

#[tokio::test]
async fn all_complete_dossiers_go_at_once_and_the_others_are_named() {
    let app = TestApp::new().await;
    app.conference().await;
    let lead = app.secretariat().await;
    let all = format!("{LIST}/trinh");
    lead.post(&all, &[]).await.expect(409);
    app.complete_dossier("hoa-binh", "vusta_flag").await;
    app.complete_dossier("son-la", "vusta_flag").await;
    let answer = lead.post(&all, &[]).await.expect(303);
    let told = lead.follow(&answer).await.message();
    assert!(told.contains("2 hồ sơ") && told.contains("Phú Thọ"), "{told}");
}

#[tokio::test]
async fn the_unit_may_take_its_nomination_back_with_a_reason() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let form = format!("{path}/rut");
    app.officer_of("hoa-binh")
        .await
        .post(&form, &[("version", "1"), ("reason", "x")])
        .await
        .expect(403);
    let leader = app.leader_of("hoa-binh").await;
    leader.post(&form, &[("version", "1")]).await.expect(422);
    leader
        .post(&form, &[("version", "1"), ("reason", "Nhường đơn vị khác")])
        .await
        .expect(303);
    assert!(leader.get(&path).await.text("main").contains("đã rút hồ sơ"));
}

#[tokio::test]
async fn the_list_comes_as_a_spreadsheet() {
    let app = TestApp::new().await;
    app.conference().await;
    let sheet = app
        .secretariat()
        .await
        .get(&format!("{LIST}/bang.xlsx"))
        .await
        .expect(200);
    assert!(
        sheet
            .header("content-disposition")
            .contains("khen-thuong-cum-3-2023.xlsx")
    );
    assert_eq!(&sheet.bytes[..2], b"PK");
}
