//! Stories of signing in and out, of locks and limits, of the own account and of one-time links.

use cumthidua::people;
use futures::future::join_all;

use crate::support::{Browser, PASSWORD, Page, TestApp, login};

const FORM: &str = "form[action='/dang-nhap']";

/// What a refusal says.
const REFUSED: &str = "Tên đăng nhập hoặc mật khẩu chưa đúng.";

async fn sign_in(browser: &Browser<'_>, login: &str, password: &str) -> Page {
    browser
        .post("/dang-nhap", &[("login", login), ("password", password)])
        .await
}

async fn lines(app: &TestApp, action: &str) -> i64 {
    app.value(&format!("select count(*) from journal where action = '{action}'"))
        .await
}

/// A one-time link for this person, as an administrator gives it out.
async fn link_for(app: &TestApp, login: &str) -> String {
    let administrator = app.actor(login::ADMINISTRATOR).await;
    let person = app.actor(login).await.id;
    let mut tx = app.app.begin().await.unwrap();
    let link = |token: &str| format!("/mat-khau/{token}");
    let path = people::issue_password_link(&mut tx, app.now(), &administrator.hand(), person, 72, link)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    path
}

#[tokio::test]
async fn whoever_signs_in_gets_where_he_wanted_and_can_leave_again() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let sent = browser.get("/don-vi?tim=son+la").await.expect(303);
    let form = browser.follow(&sent).await.expect(200);
    let fields = [("login", " Can-Bo.Hoa-Binh "), ("password", PASSWORD)];
    browser
        .submit(&form, FORM, &fields)
        .await
        .expect_to("/don-vi?tim=son+la");
    let account = browser.get("/tai-khoan").await.expect(200);
    assert_eq!(account.text("h1"), "Nguyễn Thị Hòa Bình");
    assert!(account.text("main").contains("192.0.2.1"));

    browser.get("/dang-nhap").await.expect_to("/viec-cua-toi");
    browser.get("/").await.expect_to("/viec-cua-toi");
    let left = browser.post("/dang-xuat", &[]).await.expect_to("/dang-nhap");
    assert_eq!(browser.cookie("cumthidua"), None);
    assert!(browser.follow(&left).await.message().contains("đã đăng xuất"));
    browser.get("/tai-khoan").await.expect(303);
    assert_eq!(app.value::<i64>("select count(*) from sessions").await, 0);
    assert_eq!(
        (lines(&app, "sign_in.ok").await, lines(&app, "sign_in.out").await),
        (1, 1)
    );
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let app = TestApp::new().await;
    for elsewhere in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
    ] {
        let browser = app.visitor();
        let fields = [
            ("login", login::ADMINISTRATOR),
            ("password", PASSWORD),
            ("tiep", elsewhere),
        ];
        browser
            .post("/dang-nhap", &fields)
            .await
            .expect_to("/viec-cua-toi");
    }
}

#[tokio::test]
async fn unknown_login_wrong_password_and_locked_account_are_refused_in_the_same_words() {
    let app = TestApp::new().await;
    let person = login::officer("hoa-binh");
    let browser = app.visitor();
    let unknown = sign_in(&browser, "nguoi-la", PASSWORD).await.expect(422);
    assert_eq!(unknown.error_at("login"), REFUSED);
    assert_eq!(unknown.value("#login"), "nguoi-la");
    assert_eq!(unknown.value("#password"), "");
    let before: i64 = app.value("select number from journal_head").await;
    for _ in 0..5 {
        let wrong = sign_in(&browser, &person, "mật khẩu của người khác")
            .await
            .expect(422);
        assert_eq!(
            wrong.text("main").replace(&person, "nguoi-la"),
            unknown.text("main")
        );
    }
    assert_eq!(
        (
            lines(&app, "sign_in.failed").await,
            lines(&app, "sign_in.locked").await
        ),
        (4, 1)
    );
    // The right password is refused like any other: a lock that told would tell a guesser.
    let locked = sign_in(&browser, &person, PASSWORD).await.expect(422);
    assert_eq!(locked.text("main"), unknown.text("main"));
    let letter: String = app.value("select subject || recipient from mails").await;
    assert_eq!(
        letter,
        "Tài khoản Cụm thi đua tạm khóacan-bo.hoa-binh@donvi.example"
    );
    let after: i64 = app.value("select number from journal_head").await;
    assert_eq!(
        after - before,
        6,
        "a line for each attempt on the account, none for the unknown login"
    );

    app.set_clock("2023-02-20 20:59");
    sign_in(&app.visitor(), &person, PASSWORD).await.expect(422);
    app.set_clock("2023-02-20 21:00");
    sign_in(&app.visitor(), &person, PASSWORD).await.expect(303);
}

#[tokio::test]
async fn no_journal_line_holds_what_was_typed() {
    let app = TestApp::new().await;
    sign_in(&app.visitor(), login::ADMINISTRATOR, "con cò bay lả bay la")
        .await
        .expect(422);
    sign_in(&app.visitor(), "con cò bay lả bay la", PASSWORD)
        .await
        .expect(422);
    let held: i64 = app
        .value("select count(*) from journal where journal::text like '%con cò%'")
        .await;
    assert_eq!(held, 0);
    assert_eq!(
        lines(&app, "sign_in.failed").await,
        1,
        "there is a line that could hold it"
    );
}

#[tokio::test]
async fn passwords_guessed_at_the_same_time_are_counted_one_by_one() {
    let app = TestApp::new().await;
    let person = login::officer("hoa-binh");
    let guesses = (0..8).map(|_| async {
        let browser = app.visitor();
        sign_in(&browser, &person, "đoán mò").await.expect(422)
    });
    join_all(guesses).await;
    let count: i32 = app
        .value(&format!(
            "select failed_sign_ins from persons where login = '{person}'"
        ))
        .await;
    assert_eq!((count, lines(&app, "sign_in.locked").await), (5, 1));
}

#[tokio::test]
async fn an_address_that_fails_too_often_waits_and_others_need_not() {
    let app = TestApp::with(|config| config.trust_proxy = true).await;
    let attempt = |address: &'static str, login: &'static str| {
        let app = &app;
        async move {
            let browser = app.visitor();
            let request = browser
                .request(axum::http::Method::POST, "/dang-nhap")
                .header("x-forwarded-for", address)
                .header("content-type", "application/x-www-form-urlencoded");
            let body: String = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("login", login), ("password", PASSWORD)])
                .finish();
            browser.send(request, body.into()).await
        }
    };
    // Only the proxy's own entry, the last, is believed.
    let failures = join_all((0..20).map(|_| attempt("198.51.100.1, 203.0.113.7", "nguoi-la"))).await;
    assert!(failures.iter().all(|page| page.status == 422));
    let refused = attempt("198.51.100.2, 203.0.113.7", login::ADMINISTRATOR)
        .await
        .expect(429);
    assert_eq!(refused.header("retry-after"), "600");
    assert_eq!(refused.value("#login"), login::ADMINISTRATOR);
    assert!(refused.error_at("login").contains("10 phút"));
    attempt("203.0.113.8", login::ADMINISTRATOR).await.expect(303);
    app.set_clock("2023-02-20 09:10");
    attempt("203.0.113.7", login::ADMINISTRATOR).await.expect(303);
    let address: String = app
        .value("select string_agg(address, ' ' order by address) from sessions")
        .await;
    assert_eq!(address, "203.0.113.7 203.0.113.8");
}

#[tokio::test]
async fn without_a_proxy_of_ours_a_forwarded_address_is_a_fairy_tale() {
    let app = TestApp::new().await;
    let browser = app.visitor();
    let request = browser
        .request(axum::http::Method::POST, "/dang-nhap")
        .header("x-forwarded-for", "203.0.113.7")
        .header("content-type", "application/x-www-form-urlencoded");
    let body = format!("login={}&password={}", login::ADMINISTRATOR, PASSWORD);
    browser.send(request, body.into()).await.expect(303);
    assert_eq!(
        app.value::<String>("select address from sessions").await,
        "192.0.2.1"
    );
}

#[tokio::test]
async fn a_one_time_link_sets_a_password_once() {
    let app = TestApp::new().await;
    let person = login::officer("hoa-binh");
    let old_session = app.signed_in(&person).await;
    let path = link_for(&app, &person).await;
    let browser = app.visitor();
    let form = browser.get(&path).await.expect(200);
    assert!(form.text("main").contains("Nguyễn Thị Hòa Bình"));
    let short = browser
        .submit(&form, "main form", &[("new", "ngắn"), ("repeat", "ngắn")])
        .await
        .expect(422);
    assert!(short.error_at("new").contains("14"));
    let new = "ăn quả nhớ kẻ trồng cây";
    let unlike = browser
        .submit(&form, "main form", &[("new", new), ("repeat", "khác")])
        .await
        .expect(422);
    assert_eq!(unlike.wrong_fields(), ["repeat"]);
    let done = browser
        .submit(&form, "main form", &[("new", new), ("repeat", new)])
        .await
        .expect_to("/dang-nhap");
    assert!(browser.follow(&done).await.message().contains("Đã đặt mật khẩu"));

    old_session.get("/tai-khoan").await.expect(303);
    sign_in(&app.visitor(), &person, PASSWORD).await.expect(422);
    sign_in(&app.visitor(), &person, new).await.expect(303);
    for dead in [
        browser.get(&path).await,
        browser
            .submit(&form, "main form", &[("new", new), ("repeat", new)])
            .await,
        browser.get("/mat-khau/khong-co").await,
    ] {
        assert!(dead.expect(404).text(".trouble").contains("không dùng được nữa"));
    }
}

#[tokio::test]
async fn an_old_link_and_a_replaced_one_open_nothing() {
    let app = TestApp::new().await;
    let person = login::officer("hoa-binh");
    let first = link_for(&app, &person).await;
    let second = link_for(&app, &person).await;
    app.visitor().get(&first).await.expect(404);
    app.set_clock("2023-02-23 08:59");
    app.visitor().get(&second).await.expect(200);
    app.set_clock("2023-02-23 09:00");
    app.visitor().get(&second).await.expect(404);
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    let app = TestApp::new().await;
    let person = login::officer("hoa-binh");
    let (here, elsewhere) = (app.signed_in(&person).await, app.signed_in(&person).await);
    let account = here.get("/tai-khoan").await.expect(200);
    let form = "form[action='/tai-khoan/mat-khau']";
    let new = "ăn quả nhớ kẻ trồng cây";
    let fields = |current| [("current", current), ("new", new), ("repeat", new)];
    let wrong = here
        .submit(&account, form, &fields("không phải"))
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["current"]);
    let count: i32 = app
        .value(&format!(
            "select failed_sign_ins from persons where login = '{person}'"
        ))
        .await;
    assert_eq!(count, 1, "an open session is no place to guess at ease");
    elsewhere.get("/tai-khoan").await.expect(200);

    here.submit(&account, form, &fields(PASSWORD))
        .await
        .expect_to("/tai-khoan");
    here.get("/tai-khoan").await.expect(200);
    elsewhere.get("/tai-khoan").await.expect(303);
    sign_in(&app.visitor(), &person, new).await.expect(303);
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner_only() {
    let app = TestApp::new().await;
    let person = login::officer("hoa-binh");
    let (here, elsewhere) = (app.signed_in(&person).await, app.signed_in(&person).await);
    let account = here.get("/tai-khoan").await.expect(200);
    let (end, _) = account.form("form[action^='/tai-khoan/phien/'][action$='/ket-thuc']:not(.card-body)");
    let foreigner = app.officer_of("dien-bien").await;
    foreigner.post(&end, &[]).await.expect(404);
    elsewhere.get("/tai-khoan").await.expect(200);
    here.post(&end, &[]).await.expect_to("/tai-khoan");
    elsewhere.get("/tai-khoan").await.expect(303);

    let third = app.signed_in(&person).await;
    here.post("/tai-khoan/phien/ket-thuc", &[])
        .await
        .expect_to("/tai-khoan");
    third.get("/tai-khoan").await.expect(303);
    assert_eq!(
        here.get("/tai-khoan").await.texts("tbody .state").last().unwrap(),
        "máy này"
    );
    foreigner.get("/tai-khoan").await.expect(200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_or_old() {
    let app = TestApp::with(|config| {
        config.session_idle_minutes = 120;
        config.session_hours = 12;
    })
    .await;
    let idle = app.officer_of("hoa-binh").await;
    let busy = app.officer_of("dien-bien").await;
    for hour in 10..21 {
        app.set_clock(&format!("2023-02-20 {hour}:30"));
        busy.get("/tai-khoan").await.expect(200);
    }
    idle.get("/tai-khoan").await.expect(303);
    app.set_clock("2023-02-20 21:00");
    busy.get("/tai-khoan").await.expect(303);
}

#[tokio::test]
async fn the_first_page_says_what_this_is() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/").await.expect(200);
    assert!(page.has(".hero a[href='/dang-nhap']") && page.has("main a[href='/vinh-danh']"));
    assert!(page.text("main").contains("cụm thi đua"));
}

#[tokio::test]
async fn an_empty_form_says_what_is_missing_and_counts_nothing() {
    let app = TestApp::new().await;
    let page = sign_in(&app.visitor(), " ", "").await.expect(422);
    assert_eq!(page.wrong_fields(), ["login", "password"]);
}
