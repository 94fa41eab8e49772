//! What a visitor sees when something goes wrong, what every answer carries, and damage that has to be noticed.

use axum::{
    body::{Body, Bytes},
    http::{Method, header},
};
use cumthidua::{
    kit::journal::{self, Verdict},
    registrations::State,
    web::assets,
};
use futures::{StreamExt, stream};
use sha2::{Digest, Sha256};

use crate::support::{Browser, PASSWORD, Page, TestApp, database, login};

const EDIT: &str = "/cum/cum-3/2023/dang-ky/hoa-binh/sua";

/// An address where no database answers.
const NOWHERE: &str = "postgres://nobody@localhost/nothing?host=/nonexistent";

/// The page is ours: it says what happened and offers a way on.
#[track_caller]
fn assert_is_our_page(page: &Page, title: &str) {
    assert_eq!(page.text("h1"), title);
    assert!(page.has(".trouble-links a.btn-primary"));
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_page_of_ours_with_the_menu_for_whoever_is_signed_in() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/khong-co-trang-nay").await.expect(404);
    assert_is_our_page(&page, "Không có trang này");
    assert_eq!(page.attribute(".trouble-links a", "href").as_deref(), Some("/"));
    assert!(!page.has(".side-menu"));

    let page = app
        .officer_of("hoa-binh")
        .await
        .get("/khong-co-trang-nay")
        .await
        .expect(404);
    assert_is_our_page(&page, "Không có trang này");
    assert_eq!(
        page.attribute(".trouble-links a", "href").as_deref(),
        Some("/viec-cua-toi")
    );
    assert!(page.has(".side-menu a[href='/cum']"));
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_leads_nowhere_too() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    for path in [
        "/cum/cum-3/nam-nay",
        "/cum/cum-3/2023/dang-ky/hoa-binh/tep/khong-phai-ma",
        "/cum/cum-3/99999999999",
    ] {
        assert_is_our_page(&officer.get(path).await.expect(404), "Không có trang này");
    }
}

#[tokio::test]
async fn a_page_asked_for_in_the_wrong_way_says_so() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    assert_is_our_page(
        &officer.post("/don-vi", &[]).await.expect(405),
        "Không mở trang này như thế được",
    );
}

#[tokio::test]
async fn a_form_sent_from_another_site_is_refused_and_changes_nothing() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await.lured_by_another_site();
    let page = officer
        .post(EDIT, &[("contact_name", "Kẻ Khác")])
        .await
        .expect(403);
    assert_is_our_page(&page, "Yêu cầu đến từ một trang khác");
    assert_eq!(app.value::<i64>("select count(*) from registrations").await, 0);
    // A link on another site may lead here: it changes nothing.
    officer.get("/cum").await.expect(200);

    let old_browser = app.officer_of("hoa-binh").await;
    let request = old_browser
        .request(Method::POST, EDIT)
        .header(header::ORIGIN, "https://another.example");
    let mut request = request;
    request.headers_mut().unwrap().remove("sec-fetch-site");
    assert_is_our_page(
        &old_browser.send(request, Body::empty()).await.expect(403),
        "Yêu cầu đến từ một trang khác",
    );
}

#[tokio::test]
async fn whoever_may_not_enter_is_told_who_may() {
    let app = TestApp::new().await;
    let council = app.council_member().await;
    let page = council.get(EDIT).await.expect(403);
    assert_is_our_page(&page, "Anh/chị không có quyền làm việc này");
    assert!(page.text(".trouble-text").contains("cán bộ phụ trách"));
}

#[tokio::test]
async fn too_long_a_form_is_refused_with_the_limit() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let page = officer
        .post(EDIT, &[("note", &"x".repeat(700 * 1024))])
        .await
        .expect(413);
    assert_is_our_page(&page, "Nội dung gửi lên quá lớn");
    assert!(page.text(".trouble-text").contains("600 KB"));
}

#[tokio::test]
async fn a_file_somewhat_too_large_is_an_error_at_its_field_and_a_huge_one_a_page() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let path = "/cum/cum-3/2023/dang-ky/hoa-binh/tep";
    let send = async |megabytes: usize| {
        let head =
            "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n";
        let chunk = Bytes::from(vec![b'x'; 1024 * 1024]);
        let chunks = stream::iter([Bytes::from(head)])
            .chain(stream::iter(vec![chunk; megabytes]))
            .chain(stream::iter([Bytes::from("\r\n--line--\r\n")]));
        let request = officer.request(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=line");
        officer
            .send(request, Body::from_stream(chunks.map(Ok::<_, std::io::Error>)))
            .await
    };
    let page = send(21).await.expect(422);
    assert!(page.error_at("file").contains("20 MB"));
    assert_is_our_page(&send(65).await.expect(413), "Nội dung gửi lên quá lớn");
    assert_eq!(app.value::<i64>("select count(*) from attachments").await, 0);
}

#[tokio::test]
async fn a_request_that_never_arrives_whole_is_answered_in_time() {
    let app = TestApp::with(|config| config.request_seconds = 0).await;
    let visitor = app.visitor();
    let request = visitor.request(Method::POST, "/dang-nhap");
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    assert_is_our_page(
        &visitor.send(request, never).await.expect(408),
        "Đường truyền quá chậm",
    );
}

#[tokio::test]
async fn without_a_database_every_page_says_to_come_back_and_gives_a_reference() {
    let app = TestApp::on(NOWHERE, |_| {});
    let visitor = app.visitor();
    visitor.set_cookie("cumthidua", "0123456789abcdef");
    for path in ["/cum", "/tai-khoan", "/dang-nhap"] {
        let page = visitor.get(path).await.expect(503);
        assert_is_our_page(&page, "Máy chủ tạm thời chưa trả lời được");
        assert_eq!(page.text(".trouble code").len(), 8);
        assert!(!page.body.contains("nonexistent"), "the cause is for the log");
    }
    // What needs no database is there all the same.
    visitor.get(&assets::url("app.css")).await.expect(200);
}

#[tokio::test]
async fn after_the_database_was_away_the_program_comes_back_by_itself() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    officer.get("/cum").await.expect(200);
    let mut door = database::connect(&app.address).await;
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid()";
    database::run(&mut door, cut).await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..10 {
        let page = officer.get("/cum").await;
        statuses.push(page.status.as_u16());
        if page.status == 200 {
            break;
        }
    }
    assert_eq!(statuses.pop(), Some(200), "{statuses:?}");
    assert!(statuses.iter().all(|status| *status == 503), "{statuses:?}");
}

#[tokio::test]
async fn every_kind_of_answer_carries_the_headers_that_guard_it() {
    let app = TestApp::new().await;
    let (officer, visitor) = (app.officer_of("hoa-binh").await, app.visitor());
    let lured = app.officer_of("hoa-binh").await.lured_by_another_site();
    let answers = [
        officer.get("/cum").await.expect(200),
        officer.get("/static/khong-co.css").await.expect(404),
        visitor.get("/cum").await.expect(303),
        lured.post(EDIT, &[]).await.expect(403),
        app.council_member().await.get(EDIT).await.expect(403),
        officer.get("/khong-co-trang-nay").await.expect(404),
        officer.post("/don-vi", &[]).await.expect(405),
        officer
            .post(EDIT, &[("note", &"x".repeat(700 * 1024))])
            .await
            .expect(413),
        visitor.post("/dang-nhap", &[]).await.expect(422),
        TestApp::on(NOWHERE, |_| {})
            .visitor_with_a_session()
            .get("/cum")
            .await
            .expect(503),
    ];
    // A style sheet is no document: it says what it is and no more.
    let sheet = officer.get(&assets::url("app.css")).await.expect(200);
    assert_eq!(sheet.header("x-content-type-options"), "nosniff");
    for page in &answers {
        let csp = page.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(
                csp.split("; ").any(|known| known == rule),
                "{}: {rule}",
                page.path
            );
        }
        assert!(!csp.contains("unsafe"), "{}", page.path);
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{}", page.path);
        assert_eq!(page.header("x-frame-options"), "DENY", "{}", page.path);
        assert_eq!(page.header("referrer-policy"), "same-origin", "{}", page.path);
        assert!(
            page.headers.get("strict-transport-security").is_none(),
            "plain HTTP promises nothing"
        );
        let is_file = page.path.starts_with("/static/") && page.status == 200;
        assert_eq!(
            page.header("cache-control") == "no-store",
            !is_file,
            "{} {}",
            page.status,
            page.path
        );
    }
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let app = TestApp::with(|config| config.public_url = Some("https://cumthidua.example".to_owned())).await;
    let page = app.visitor().get("/dang-nhap").await.expect(200);
    assert!(page.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn the_session_cookie_is_closed_to_scripts_and_bound_to_https_where_there_is_https() {
    for (public_url, name, is_secure) in [
        ("http://cumthidua.example", "cumthidua", false),
        ("https://cumthidua.example", "__Host-cumthidua", true),
    ] {
        let app = TestApp::with(|config| config.public_url = Some(public_url.to_owned())).await;
        let login = login::officer("hoa-binh");
        let page = app
            .visitor()
            .post("/dang-nhap", &[("login", &login), ("password", PASSWORD)])
            .await
            .expect(303);
        let cookie = set_cookies(&page)
            .into_iter()
            .find(|c| c.starts_with(&format!("{name}=")))
            .unwrap();
        let parts: Vec<&str> = cookie.split("; ").skip(1).collect();
        for wanted in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(parts.contains(&wanted), "{cookie}");
        }
        assert_eq!(parts.contains(&"Secure"), is_secure, "{cookie}");
        assert!(!parts.iter().any(|part| part.starts_with("Domain")), "{cookie}");
    }
}

#[tokio::test]
async fn a_message_is_shown_once_and_holds_no_markup() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    officer.set_cookie("loi-nhan", "s%3Cb%3EXong%3C%2Fb%3E");
    let page = officer.get("/cum").await.expect(200);
    assert_eq!(page.message(), "Đã xong. <b>Xong</b>");
    assert!(!page.has(".notice b"));
    assert!(!officer.get("/cum").await.expect(200).has(".notice"));
    assert!(
        set_cookies(&page)
            .iter()
            .all(|cookie| cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
    );
}

fn set_cookies(page: &Page) -> Vec<String> {
    page.headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|cookie| cookie.to_str().unwrap().to_owned())
        .collect()
}

impl TestApp {
    /// A browser that brings a session's cookie, known or not.
    fn visitor_with_a_session(&self) -> Browser<'_> {
        let browser = self.visitor();
        browser.set_cookie("cumthidua", "0123456789abcdef");
        browser
    }
}

#[tokio::test]
async fn what_is_append_only_or_locked_refuses_changes_behind_the_programs_back() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Accepted).await;
    app.registration("cum-3", "dien-bien", State::Returned).await;
    for (statement, constraint) in [
        (
            "update journal set person_name = 'Ai Đó' where number = 1",
            "journal_append_only",
        ),
        ("delete from journal where number = 1", "journal_append_only"),
        ("update receipts set late_days = 0", "receipts_append_only"),
        ("delete from receipts", "receipts_append_only"),
        ("update returns set reason = 'khác'", "returns_append_only"),
        ("delete from returns", "returns_append_only"),
        (
            "update registrations set content = '{}' where state = 'accepted'",
            "registrations_locked",
        ),
        (
            "delete from registrations where state = 'accepted'",
            "registrations_locked",
        ),
    ] {
        let error = app.sql(statement).await.expect_err(statement);
        let told = error.as_database_error().unwrap().constraint().map(str::to_owned);
        assert_eq!(told.as_deref(), Some(constraint), "{statement}");
    }
}

#[tokio::test]
async fn a_journal_that_was_tampered_with_is_found_at_its_first_wrong_line() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Submitted).await;
    let lines = app.value::<i64>("select count(*) from journal").await;
    let verdict = async || journal::verify(&mut *app.db().await).await.unwrap();
    assert!(matches!(verdict().await, Verdict::Whole { lines: found, .. } if found == lines));

    let damage = async |statements: &str, number: i64| {
        let around = format!("begin; alter table journal disable trigger user; {statements};");
        let mut db = app.db().await;
        database::run(&mut db, &around).await.unwrap();
        assert_eq!(
            journal::verify(&mut db).await.unwrap(),
            Verdict::Broken { number },
            "{statements}"
        );
        database::run(&mut db, "rollback").await.unwrap();
    };
    damage("update journal set person_name = 'Ai Đó' where number = 7", 7).await;
    damage("update journal set after = '{}' where number = 9", 9).await;
    damage("delete from journal where number = 5", 5).await;
    damage(&format!("delete from journal where number = {lines}"), lines).await;
    damage("delete from journal", 1).await;
    damage(
        "update journal set hash = decode(repeat('ab', 32), 'hex') where number = 3",
        3,
    )
    .await;
    assert!(matches!(verdict().await, Verdict::Whole { .. }));
}

#[tokio::test]
async fn the_hash_on_a_receipt_is_that_of_the_content_that_was_kept() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Submitted).await;
    let mut content = app
        .value::<serde_json::Value>("select content from receipts")
        .await;
    let hash = app.value::<Vec<u8>>("select content_hash from receipts").await;
    content.sort_all_objects();
    assert_eq!(Sha256::digest(content.to_string().as_bytes()).to_vec(), hash);
    let leader = app.leader_of("hoa-binh").await;
    let page = leader.get("/cum/cum-3/2023/dang-ky/hoa-binh").await.expect(200);
    assert!(
        page.body.contains(&hex::encode(hash)),
        "people can compare it with the paper they printed"
    );
}
