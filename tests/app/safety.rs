//! What a hostile or unlucky request must not do: slip a file past a receipt, fill the store, read what is not handed
//! in, take the program down with odd bytes.

use axum::{
    body::Body,
    http::{Method, header},
};
use cumthidua::registrations::State;
use sha2::{Digest, Sha256};

use crate::support::{Browser, PDF, Page, TestApp};

const PATH: &str = "/cum/cum-3/2023/dang-ky/hoa-binh";

/// The form that hands a registration in.
const SUBMISSION: &str = "form[action$='/nop']";

/// Whether the store holds the bytes of [`PDF`].
async fn is_stored(app: &TestApp) -> bool {
    app.app.files.has(&Sha256::digest(PDF)).await
}

#[tokio::test]
async fn a_paper_is_handed_in_with_the_files_that_were_seen_and_its_form_goes_on() {
    let app = TestApp::new().await;
    let draft = app.registration("cum-3", "hoa-binh", State::Draft).await;
    let (officer, leader) = (app.officer_of("hoa-binh").await, app.leader_of("hoa-binh").await);
    let form = officer.get(&format!("{PATH}/sua")).await.expect(200);
    let preview = leader.get(&format!("{PATH}/nop")).await.expect(200);
    let files = format!("{PATH}/tep");
    officer.upload(&files, "a.pdf", PDF, &[]).await.expect(303);
    leader.submit(&preview, SUBMISSION, &[]).await.expect(409);

    // A file is no reason to refuse what is typed in another window.
    let version = draft.version.to_string();
    assert_eq!(form.value("form[action$='/sua'] [name=version]"), version);
    officer
        .submit(&form, "form[action$='/sua']", &[])
        .await
        .expect(303);

    let preview = leader.get(&format!("{PATH}/nop")).await.expect(200);
    leader.submit(&preview, SUBMISSION, &[]).await.expect(303);
    let named: String = app
        .value("select content -> 'attachments' -> 0 ->> 'name' from receipts")
        .await;
    assert_eq!(named, "a.pdf");
}

#[tokio::test]
async fn bytes_are_stored_only_for_whoever_may_attach_them() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Returned).await;
    let files = format!("{PATH}/tep");
    let neighbour = app.officer_of("yen-bai").await;
    neighbour.upload(&files, "a.pdf", PDF, &[]).await.expect(404);
    // Only the targets were sent back.
    let officer = app.officer_of("hoa-binh").await;
    officer.upload(&files, "a.pdf", PDF, &[]).await.expect(409);
    assert!(!is_stored(&app).await);

    let own = "/cum/cum-3/2023/dang-ky/yen-bai/tep";
    app.sql("alter table attachments add check (file_name <> 'no.pdf')")
        .await
        .unwrap();
    neighbour.upload(own, "no.pdf", PDF, &[]).await.expect(500);
    assert!(!is_stored(&app).await, "the act failed");
    let long = "x".repeat(300);
    neighbour
        .upload(own, "a.pdf", PDF, &[("part", &long)])
        .await
        .expect(400);
    two_files(&neighbour, own).await.expect(400);
    assert!(!is_stored(&app).await, "the form was wrong");
    neighbour.upload(own, "a.pdf", PDF, &[]).await.expect(303);
    neighbour.upload(own, "no.pdf", PDF, &[]).await.expect(500);
    assert!(is_stored(&app).await, "an attachment names the same bytes");
}

async fn two_files(browser: &Browser<'_>, path: &str) -> Page {
    let part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\nx\n%%EOF\n\r\n";
    let request = browser
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    browser
        .send(request, Body::from(format!("{part}{part}--x--\r\n")))
        .await
}

#[tokio::test]
async fn a_files_name_says_what_is_in_it() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let files = format!("{PATH}/tep");
    officer
        .upload(&files, "Bao\u{200b} cao.hta", PDF, &[])
        .await
        .expect(303);
    let list = officer.get(&files).await.expect(200);
    assert_eq!(list.text(".files a"), "Bao cao.pdf");
}

#[tokio::test]
async fn while_a_unit_mends_others_see_the_files_that_were_handed_in() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Draft).await;
    app.attach("cum-3", "hoa-binh", "old.pdf").await;
    let leader = app.leader_of("hoa-binh").await;
    let preview = leader.get(&format!("{PATH}/nop")).await.expect(200);
    leader.submit(&preview, SUBMISSION, &[]).await.expect(303);
    let lead = app.secretariat().await;
    let fields = [
        ("version", "2"),
        ("reason", "Thay tệp"),
        ("item", "attachments"),
        ("item_key", "attachments"),
        ("item_note", ""),
    ];
    lead.post(&format!("{PATH}/tra-lai"), &fields).await.expect(303);

    let files = format!("{PATH}/tep");
    leader.upload(&files, "new.pdf", PDF, &[]).await.expect(303);
    let list = leader.get(&files).await.expect(200);
    let (removal, _) = list.form("form[action$='/go']");
    leader.post(&removal, &[]).await.expect(303);
    let own = leader.get(PATH).await.expect(200);
    assert_eq!(own.texts(".files a"), ["new.pdf"]);
    let theirs = lead.get(PATH).await.expect(200);
    assert_eq!(theirs.texts(".files a"), ["old.pdf"]);
    let old = theirs.attribute(".files a", "href").unwrap();
    lead.get(&old).await.expect(200);
    let new = own.attribute(".files a", "href").unwrap();
    lead.get(&new).await.expect(404);
    leader.get(&new).await.expect(200);
}

#[tokio::test]
async fn odd_bytes_are_no_fault_of_ours() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let form = [
        ("version", "0"),
        ("contact_name", "Nguyễn\0 Văn Mẫu"),
        ("note", "100%00"),
    ];
    officer.post(&format!("{PATH}/sua"), &form).await.expect(303);
    let draft: serde_json::Value = app.value("select draft from registrations").await;
    assert_eq!(draft["contact_name"], "Nguyễn Văn Mẫu");
    assert_eq!(draft["note"], "100%00");
    for path in ["/cum/cum-3%00/2023", "/don-vi/a%00"] {
        officer.get(path).await.expect(404);
    }
    let hidden = [("version", "1"), ("contact_name", "Nguyễn\u{200b} Văn Mẫu")];
    let page = officer.post(&format!("{PATH}/sua"), &hidden).await.expect(422);
    assert!(page.error_at("contact_name").contains("ký tự"));
}

#[tokio::test]
async fn more_rows_than_anybody_types_are_refused_at_once() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let rows = vec![("target_indicator", "x"); 201];
    for act in ["sua", "ban-nhap"] {
        officer.post(&format!("{PATH}/{act}"), &rows).await.expect(413);
    }
    let report = "/cum/cum-3/2023/bao-cao/nam/hoa-binh";
    let rows = vec![("addition_indicator", "x"); 201];
    for act in ["sua", "ban-nhap"] {
        officer.post(&format!("{report}/{act}"), &rows).await.expect(413);
    }
    let lead = app.secretariat().await;
    let rows = vec![("candidate_unit", "x"); 201];
    lead.post("/cum/cum-3/2023/hoi-nghi/sua", &rows).await.expect(413);
}

#[tokio::test]
async fn a_row_sent_back_by_itself_is_mended_and_not_taken_away() {
    let app = TestApp::new().await;
    let before = app.registration("cum-3", "hoa-binh", State::Submitted).await;
    let row = before.content.as_ref().unwrap().targets[0].id.to_string();
    let (key, version) = (format!("targets:{row}"), before.version.to_string());
    let fields = [
        ("version", version.as_str()),
        ("reason", "Chỉ tiêu thấp"),
        ("item", &key),
        ("item_key", &key),
        ("item_note", ""),
    ];
    let lead = app.secretariat().await;
    lead.post(&format!("{PATH}/tra-lai"), &fields).await.expect(303);
    let now = app
        .value::<i32>("select version from registrations")
        .await
        .to_string();
    let blank = [
        ("version", now.as_str()),
        ("target_id", &row),
        ("target_indicator", ""),
        ("target_target", " "),
    ];
    let officer = app.officer_of("hoa-binh").await;
    officer.post(&format!("{PATH}/sua"), &blank).await.expect(303);
    let draft: serde_json::Value = app.value("select draft from registrations").await;
    assert_eq!(draft["targets"][0]["indicator"], "Lớp tập huấn");
}

#[tokio::test]
async fn a_deadlock_that_the_database_broke_is_a_conflict_to_try_again() {
    let app = TestApp::new().await;
    app.sql(
        "create function stop() returns trigger language plpgsql as
         $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$;
         create trigger stop before insert on registrations for each row execute function stop()",
    )
    .await
    .unwrap();
    let officer = app.officer_of("hoa-binh").await;
    let page = officer
        .post(&format!("{PATH}/ban-nhap"), &[("version", "0")])
        .await
        .expect(409);
    assert!(page.body.contains("xin làm lại"));
}

#[tokio::test]
async fn a_sentence_for_the_next_page_travels_over_https_only_and_undisguised() {
    let app = TestApp::with(|c| c.public_url = Some("https://cumthidua.example".to_owned())).await;
    let officer = app.officer_of("hoa-binh").await;
    let form = [("version", "0"), ("note", "x")];
    let saved = officer.post(&format!("{PATH}/sua"), &form).await.expect(303);
    let cookie = saved.header("set-cookie");
    assert!(
        cookie.starts_with("loi-nhan=") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
    officer.set_cookie("loi-nhan", "sA%E2%80%AEB");
    assert_eq!(officer.get(PATH).await.expect(200).message(), "Đã xong. AB");
}
