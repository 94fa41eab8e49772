//! Numbers of outgoing papers that were spoiled on paper: cancelled once, for good, and never given to a paper.

use crate::{
    official_papers::{issued, path_of},
    support::{TestApp, login},
};

const REGISTER: &str = "/so-van-ban/di/2023";
const CANCEL: &str = "/so-van-ban/di/2023/huy-so";
const PLAN: &str = "/van-ban/soan/ke-hoach/cum-3.2023";

/// How forms name the series of the cluster.
async fn of_cluster(app: &TestApp) -> String {
    let id: String = app
        .value("select id::text from clusters where slug = 'cum-3'")
        .await;
    format!("cluster.{id}")
}

#[tokio::test]
async fn a_cancelled_number_stands_in_the_register_and_the_next_paper_gets_the_one_after_it() {
    let app = TestApp::new().await;
    let lead = app.officer_of("son-la").await;
    let (series, why) = (of_cluster(&app).await, "Tờ giấy in hỏng, đã xé");
    let register = lead.get(REGISTER).await.expect(200);
    let fields = [("series", series.as_str()), ("reason", why)];
    let answer = lead
        .submit(&register, "form.final-body", &fields)
        .await
        .expect(303);
    let after = lead.follow(&answer).await.expect(200);
    assert!(after.message().contains("Đã hủy số 01"), "{}", after.message());
    let line = after.text("tbody tr");
    for part in ["01", "Số đã hủy", "Cụm thi đua số 3", why] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert_eq!(after.count("tbody a"), 0, "there is no paper behind it");
    let workbook = lead.get(&format!("{REGISTER}/so.xlsx")).await.expect(200);
    assert!(workbook.bytes.starts_with(b"PK"));
    let journal: i64 = app
        .value("select count(*) from journal where action = 'document.cancel_number'")
        .await;
    assert_eq!(journal, 1);

    let (_, page) = issued(&app, &[]).await;
    assert!(page.text("h1").contains("02/KH-CTĐ3"), "{}", page.text("h1"));
    let list = lead.get(REGISTER).await.expect(200).texts("tbody th");
    assert_eq!(list, ["01", "02/KH-CTĐ3"]);
    // Another unit's register knows nothing of it, and its members have none to cancel in the cluster's series.
    let member = app.officer_of("hoa-binh").await;
    assert_eq!(member.get(REGISTER).await.expect(200).count("tbody tr"), 0);
    for statement in [
        "update cancelled_numbers set number = 9",
        "delete from cancelled_numbers",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn what_was_cancelled_is_not_issued_and_what_was_issued_is_not_cancelled() {
    let app = TestApp::new().await;
    let (lead, page) = issued(&app, &[("number", "5")]).await;
    let first = path_of(&page).trim_start_matches("/van-ban/").to_owned();
    let series = of_cluster(&app).await;
    let cancel = async |number: &str, reason: &str| {
        lead.post(
            CANCEL,
            &[
                ("series", series.as_str()),
                ("number", number),
                ("reason", reason),
            ],
        )
        .await
    };
    let given = cancel("5", "Nhầm").await.expect(422);
    assert!(
        given.error_at("number").contains("đã cấp"),
        "{}",
        given.error_at("number")
    );
    assert_eq!(given.value("#number"), "5", "what was typed stays");
    assert_eq!(given.value("#reason"), "Nhầm");
    for (number, reason, field) in [
        ("0", "Nhầm", "number"),
        ("100000", "Nhầm", "number"),
        ("năm", "Nhầm", "number"),
        ("6", " ", "reason"),
    ] {
        let page = cancel(number, reason).await.expect(422);
        assert_eq!(page.wrong_fields(), [field], "{number}, {reason}");
    }
    let far = cancel("7", "Nhầm").await.expect(422);
    assert_eq!(
        far.error_at("number"),
        "Số tiếp theo của dãy là 06: chỉ hủy số này hoặc số còn trống trước đó."
    );
    assert_eq!(far.value("#number"), "7", "what was typed stays");
    cancel("6", "Nhầm").await.expect(303);
    let twice = cancel("6", "Nhầm").await.expect(422);
    assert!(twice.error_at("number").contains("đã hủy trước đó"));

    let draft = lead.get(PLAN).await.expect(200);
    let fields = [
        ("replaces", first.as_str()),
        ("reason", "Sai ngày"),
        ("number", "6"),
    ];
    let refused = lead.submit(&draft, "form.final-body", &fields).await.expect(422);
    assert!(
        refused.error_at("number").contains("đã hủy"),
        "{}",
        refused.error_at("number")
    );
    let numbers: String = app
        .value("select string_agg(number::text, ' ' order by number) from cancelled_numbers")
        .await;
    assert_eq!(numbers, "6");
    // One that was passed over is free to be cancelled.
    cancel("2", "Bỏ sót").await.expect(303);
    lead.post(
        "/so-van-ban/di/2099/huy-so",
        &[("series", &series), ("reason", "Nhầm")],
    )
    .await
    .expect(422);
    for path in ["/so-van-ban/den/2023/huy-so", "/so-van-ban/di/99999/huy-so"] {
        lead.post(path, &[("series", &series), ("reason", "Nhầm")])
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn numbers_are_cancelled_by_those_in_whose_name_they_are_given() {
    let app = TestApp::new().await;
    let unit: String = app
        .value("select id::text from units where slug = 'son-la'")
        .await;
    let series = [
        of_cluster(&app).await,
        format!("unit.{unit}"),
        "office".to_owned(),
        "office.QĐ".to_owned(),
        "council".to_owned(),
    ];
    for (who, may) in [
        (login::officer("son-la"), [303, 303, 403, 403, 403]),
        (login::officer("hoa-binh"), [403; 5]),
        (login::STANDING_OFFICE.to_owned(), [403, 403, 303, 303, 303]),
        (login::patron("cum-3"), [403; 5]),
        (login::ADMINISTRATOR.to_owned(), [403; 5]),
    ] {
        let browser = app.signed_in(&who).await;
        for (series, status) in series.iter().zip(may) {
            let fields = [("series", series.as_str()), ("reason", "Ghi nhầm trên giấy")];
            let page = browser.post(CANCEL, &fields).await;
            page.expect_because(status, &format!("{who} {series}"));
        }
    }
    let office = app.standing_office().await;
    let choices = office.get(REGISTER).await.expect(200).text("#series");
    assert!(
        choices.contains("Hội đồng") && !choices.contains("Cụm thi đua"),
        "{choices}"
    );
    let patron = app.patron().await;
    assert!(!patron.get(REGISTER).await.expect(200).has("form.final-body"));
}

#[tokio::test]
async fn two_at_once_never_get_the_same_number() {
    let app = TestApp::new().await;
    let series = of_cluster(&app).await;
    let (first, second) = (app.officer_of("son-la").await, app.leader_of("son-la").await);
    let fields = [("series", series.as_str()), ("reason", "Giấy hỏng")];
    let both = tokio::join!(first.post(CANCEL, &fields), second.post(CANCEL, &fields));
    assert_eq!([both.0.status.as_u16(), both.1.status.as_u16()], [303, 303]);
    let numbers: String = app
        .value("select string_agg(number::text, ' ' order by number) from cancelled_numbers")
        .await;
    assert_eq!(numbers, "1 2");

    // One issues number 4 while another one cancels it: whoever comes second is told.
    issued(&app, &[]).await;
    let draft = first.get(PLAN).await.expect(200);
    let replaced: String = app.value("select id::text from documents").await;
    let issuing = [
        ("number", "4"),
        ("replaces", replaced.as_str()),
        ("reason", "Sai ngày"),
    ];
    let cancelling = [
        ("series", series.as_str()),
        ("number", "4"),
        ("reason", "Giấy hỏng"),
    ];
    let both = tokio::join!(
        first.submit(&draft, "form.final-body", &issuing),
        second.post(CANCEL, &cancelling)
    );
    let mut answers = [both.0.status, both.1.status].map(|status| status.as_u16());
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
    let given: i64 = app
        .value("select (select count(*) from documents where number = 4) + (select count(*) from cancelled_numbers where number = 4)")
        .await;
    assert_eq!(given, 1);
}

#[tokio::test]
async fn a_decision_and_its_series_know_of_each_other() {
    let app = TestApp::new().await;
    let (_, page) = app.decision().await;
    page.expect(200);
    let year: i32 = app
        .value("select series_year from decisions where number is not null")
        .await;
    let number: i32 = app
        .value("select number from decisions where number is not null")
        .await;
    let office = app.standing_office().await;
    let cancel = format!("/so-van-ban/di/{year}/huy-so");
    let given = [
        ("series", "office.QĐ"),
        ("number", &number.to_string()),
        ("reason", "Giấy hỏng"),
    ];
    let refused = office.post(&cancel, &given).await.expect(422);
    assert!(refused.error_at("number").contains("đã cấp"));
    let next = [("series", "office.QĐ"), ("reason", "Giấy hỏng")];
    office.post(&cancel, &next).await.expect(303);
    let cancelled: i32 = app.value("select number from cancelled_numbers").await;
    assert_eq!(cancelled, number + 1, "the decision's own number counts");
}
