//! The lead sends VUSTA one table of what all units registered; VUSTA notes it or sends it back.

use cumthidua::registrations::State;

use crate::support::TestApp;

const PATH: &str = "/cum/cum-3/2023/tong-hop-dang-ky";

#[tokio::test]
async fn the_table_fills_itself_is_sent_returned_and_noted() {
    let app = TestApp::new().await;
    for unit in ["hoa-binh", "son-la"] {
        app.registration("cum-3", unit, State::Accepted).await;
    }
    app.registration("cum-3", "yen-bai", State::Submitted).await;
    let lead = app.secretariat().await;
    let page = lead.get(PATH).await.expect(200);
    assert_eq!(page.count("table tbody tr"), 2);
    assert!(
        page.text(".notice").contains("Yên Bái"),
        "missing units are named"
    );

    lead.post(&format!("{PATH}/gui"), &[("version", "0")])
        .await
        .expect(303);
    lead.post(&format!("{PATH}/gui"), &[("version", "1")])
        .await
        .expect(409);
    let forwarded: i64 = app
        .value("select count(*) from registrations where state = 'forwarded'")
        .await;
    assert_eq!(forwarded, 2);

    let office = app.standing_office().await;
    let bare = office
        .post(&format!("{PATH}/tra-lai"), &[("version", "1")])
        .await
        .expect(422);
    assert!(!bare.error_at("reason").is_empty());
    office
        .post(
            &format!("{PATH}/tra-lai"),
            &[("version", "1"), ("reason", "Thiếu Yên Bái")],
        )
        .await
        .expect(303);
    assert!(lead.get(PATH).await.text("main").contains("Thiếu Yên Bái"));
    lead.post("/cum/cum-3/2023/dang-ky/yen-bai/tiep-nhan", &[("version", "2")])
        .await
        .expect(303);
    lead.post(&format!("{PATH}/gui"), &[("version", "2")])
        .await
        .expect(303);
    office
        .post(&format!("{PATH}/ghi-nhan"), &[("version", "3")])
        .await
        .expect(303);
    assert!(
        app.officer_of("hoa-binh")
            .await
            .get(PATH)
            .await
            .expect(200)
            .text(".state")
            .contains("ghi nhận")
    );
}

#[tokio::test]
async fn members_see_the_table_only_once_it_was_sent_and_only_the_lead_sends_it() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Accepted).await;
    let member = app.officer_of("hoa-binh").await;
    let waiting = member.get(PATH).await.expect(200);
    assert!(
        waiting.has(".blank") && !waiting.has("table"),
        "that it will come, not what is in it"
    );
    member.get(&format!("{PATH}/bang.xlsx")).await.expect(404);
    member
        .post(&format!("{PATH}/gui"), &[("version", "0")])
        .await
        .expect(403);
    let office = app.standing_office().await.get(PATH).await.expect(200);
    assert!(!office.has("table"));
}

#[tokio::test]
async fn the_spreadsheet_opens_and_holds_text_as_text() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Accepted).await;
    let sheet = app
        .secretariat()
        .await
        .get(&format!("{PATH}/bang.xlsx"))
        .await
        .expect(200);
    assert!(sheet.header("content-type").contains("spreadsheetml"));
    assert!(
        sheet
            .header("content-disposition")
            .contains("tong-hop-dang-ky-cum-3-2023.xlsx")
    );
}
