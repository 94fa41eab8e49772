//! Stories of the standing office: opening a year, shaping it, closing it.

use crate::{
    architecture::sources::root,
    support::{Browser, Page, TestApp, login},
};

const BASE: &str = "/quan-tri/nam/cum-3/2023";

/// Opens one of the year's forms, fills it in and sends it.
async fn send(browser: &Browser<'_>, page: &str, changes: &[(&str, &str)]) -> Page {
    let path = format!("{BASE}/{page}");
    let form = browser.get(&path).await.expect(200);
    browser
        .submit(&form, &format!("form[action='{path}']"), changes)
        .await
}

#[tokio::test]
async fn a_year_is_opened_as_a_copy_of_the_last() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let list = office.get("/quan-tri/nam").await.expect(200);
    assert_eq!(list.count("tbody tr"), 2);
    let form = office.get("/quan-tri/nam/moi?cum=cum-3").await.expect(200);
    assert_eq!(form.value("#year"), "2024");
    assert_eq!(form.count("input[name=member][checked]"), 8);
    let done = office
        .submit(&form, "main form", &[])
        .await
        .expect_to("/quan-tri/nam/cum-3/2024");
    let shown = office.follow(&done).await.expect(200);
    assert!(
        shown
            .text("main")
            .contains("3. Đăng ký thi đua 15/01/2024 28/02/2024")
    );
    assert!(shown.text("main").contains("Năm này chưa có cụm trưởng, cụm phó"));
    let next = app.year("cum-3", 2024).await;
    assert_eq!(next.members.len(), 8);

    let twice = office
        .submit(&form, "main form", &[("year", "2024")])
        .await
        .expect(422);
    assert!(twice.error_at("year").contains("đã mở năm đó"));
    assert_eq!(
        twice.count("input[name=member][checked]"),
        8,
        "what was ticked stays ticked"
    );
}

#[tokio::test]
async fn a_unit_belongs_to_one_cluster_a_year() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let fields = [
        ("cluster", "cum-4"),
        ("year", "2024"),
        ("member", "nghe-an"),
        ("member", "son-la"),
    ];
    office
        .post("/quan-tri/nam/moi", &fields)
        .await
        .expect_to("/quan-tri/nam/cum-4/2024");
    let form = office.get("/quan-tri/nam/moi?cum=cum-3").await.expect(200);
    let taken = office.submit(&form, "main form", &[]).await.expect(422);
    assert!(
        taken
            .error_at("member-son-la")
            .contains("đã thuộc Cụm thi đua số 4 năm 2024")
    );
    // Within a year a unit may move from one to another, with its days.
    let whole = send(&office, "thanh-vien", &[("unit", "ha-tinh")])
        .await
        .expect(422);
    assert!(whole.error_at("unit").contains("hãy ghi ngày"));
    let days = [("unit", "ha-tinh"), ("from_date", "01/07/2023")];
    send(&office, "thanh-vien", &days).await.expect(303);
    assert!(app.year("cum-3", 2023).await.member("ha-tinh").is_some());
}

#[tokio::test]
async fn a_calendar_is_checked_cell_by_cell() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = format!("{BASE}/lich");
    let page = office.get(&path).await.expect(200);
    let (_, mut fields) = page.form(&format!("form[action='{path}']"));
    let cell = |fields: &mut Vec<(String, String)>, name: &str, row: usize, value: &str| {
        fields
            .iter_mut()
            .filter(|(known, _)| known == name)
            .nth(row)
            .unwrap()
            .1 = value.to_owned();
    };
    let mut wrong = fields.clone();
    cell(&mut wrong, "due_on", 2, "01/01/2023");
    cell(&mut wrong, "position", 3, "3");
    cell(&mut wrong, "opens_on", 5, "15/06/2032");
    let told = post(&office, &path, &wrong).await.expect(422);
    assert_eq!(told.wrong_fields(), ["due_on-2", "position-3", "opens_on-5"]);
    assert!(told.error_at("opens_on-5").contains("năm 2023 hoặc 2024"));
    assert_eq!(told.value("[id='due_on-2']"), "01/01/2023");

    // Step 3 comes later and takes nothing late; step 7 is left out; step 1 goes to the end.
    cell(&mut fields, "due_on", 2, "15/3/2023");
    cell(&mut fields, "late_is", 2, "refused");
    cell(&mut fields, "opens_on", 6, "");
    cell(&mut fields, "due_on", 6, "");
    cell(&mut fields, "position", 0, "99");
    post(&office, &path, &fields).await.expect_to(BASE);
    let year = app.year("cum-3", 2023).await;
    assert_eq!(year.steps.len(), 13);
    assert_eq!(year.steps.last().unwrap().step.code(), "guidance");
    let shown = office.get(BASE).await.expect(200);
    assert!(
        shown
            .text("main")
            .contains("Đăng ký thi đua 15/01/2023 15/03/2023 không nhận")
    );
    // The same form once more was made before that change.
    post(&office, &path, &fields).await.expect(409);
}

async fn post(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn rules_change_until_they_have_decided_something() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let wrong = send(&office, "quy-dinh", &[("quorum_percent", "101")])
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["quorum_percent"]);
    let form = office.get(&format!("{BASE}/quy-dinh")).await.expect(200);
    send(
        &office,
        "quy-dinh",
        &[("threshold_percent", "66,67"), ("flag_quota", "3")],
    )
    .await
    .expect(303);
    assert!(
        office
            .get(BASE)
            .await
            .expect(200)
            .text("main")
            .contains("trên 66,67% tổng số đơn vị thành viên")
    );
    let selector = "main form";
    office.submit(&form, selector, &[]).await.expect(409);

    app.sql("update year_rules set frozen_at = '2023-02-20T02:00:00Z'")
        .await
        .unwrap();
    let shown = office.get(BASE).await.expect(200);
    assert!(
        shown
            .text("main")
            .contains("đã được dùng để xét từ 09:00 ngày 20/02/2023")
    );
    assert!(
        !shown.has(&format!("a[href='{BASE}/quy-dinh']")) && shown.has(&format!("a[href='{BASE}/lich']"))
    );
    office.get(&format!("{BASE}/quy-dinh")).await.expect(409);
    let version = shown.value("form[action$='/khep-lai'] [name=version]");
    let fields = [
        ("version", version.as_str()),
        ("flag_quota", "1"),
        ("merit_quota", "1"),
        ("quorum_percent", "50"),
        ("threshold_percent", "50"),
        ("threshold_base", "present"),
    ];
    office
        .post(&format!("{BASE}/quy-dinh"), &fields)
        .await
        .expect(409);
}

#[tokio::test]
async fn rights_of_the_secretariat_move_on_the_day_that_is_set() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let lead =
        |unit: &'static str, day: &'static str| [("office", "lead"), ("unit", unit), ("starts_on", day)];
    let both = send(&office, "cum-truong", &lead("lao-cai", "01/03/2023"))
        .await
        .expect(422);
    assert!(both.error_at("unit").contains("không vừa là cụm trưởng"));
    send(&office, "cum-truong", &lead("yen-bai", "01/03/2023"))
        .await
        .expect_to(BASE);
    let twice = send(&office, "cum-truong", &lead("phu-tho", "01/03/2023"))
        .await
        .expect(422);
    assert!(twice.error_at("starts_on").contains("Đã có đơn vị khác"));

    let (old, new) = (app.leader_of("son-la").await, app.leader_of("yen-bai").await);
    let table = "/cum/cum-3/2023/tong-hop-dang-ky";
    old.get(table).await.expect(200);
    assert!(
        new.get(table).await.expect(200).has(".blank"),
        "not the lead yet: only that it will come"
    );
    app.set_clock("2023-03-01 00:00");
    let after = old.get(table).await.expect(200);
    assert!(after.text(".blank").contains("chưa gửi"), "the right has moved");
    new.get(table).await.expect(200);
}

#[tokio::test]
async fn an_office_given_by_mistake_is_taken_back_before_its_second_day() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let fields = [
        ("office", "lead"),
        ("unit", "yen-bai"),
        ("starts_on", "20/02/2023"),
    ];
    send(&office, "cum-truong", &fields).await.expect(303);
    let page = office.get(&format!("{BASE}/cum-truong")).await.expect(200);
    let removal = "form[action$='/cum-truong/xoa']";
    assert_eq!(page.count(removal), 1, "not for those who have led since January");
    app.set_clock("2023-02-21 08:00");
    office.submit(&page, removal, &[]).await.expect(409);
    app.set_clock("2023-02-20 23:00");
    let done = office.submit(&page, removal, &[]).await.expect(303);
    assert!(office.follow(&done).await.message().contains("giao lại"));
    let lead = [
        ("office", "lead"),
        ("unit", "son-la"),
        ("starts_on", "20/02/2023"),
    ];
    send(&office, "cum-truong", &lead).await.expect(303);
    app.secretariat()
        .await
        .get("/cum/cum-3/2023/tong-hop-dang-ky")
        .await
        .expect(200);
}

#[tokio::test]
async fn one_unit_gets_more_time_and_the_reason_stands() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let fields = |day: &'static str, reason: &'static str| {
        [
            ("unit", "dien-bien"),
            ("step", "registration"),
            ("due_on", day),
            ("reason", reason),
        ]
    };
    let wrong = send(&office, "gia-han", &fields("28/02/2023", " "))
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["due_on", "reason"]);
    send(&office, "gia-han", &fields("15/03/2023", "Chỉ có một biên chế."))
        .await
        .expect_to(BASE);
    let shown = office.get(BASE).await.expect(200);
    assert!(
        shown
            .text("main")
            .contains("Liên hiệp Hội tỉnh Điện Biên Đăng ký thi đua 15/03/2023 Chỉ có một biên chế.")
    );
    // The step can't be taken out of the calendar any more.
    let path = format!("{BASE}/lich");
    let page = office.get(&path).await.expect(200);
    let (_, mut calendar) = page.form(&format!("form[action='{path}']"));
    for name in ["opens_on", "due_on"] {
        calendar
            .iter_mut()
            .filter(|(known, _)| known == name)
            .nth(2)
            .unwrap()
            .1
            .clear();
    }
    let told = post(&office, &path, &calendar).await.expect(422);
    assert!(told.error_at("opens_on-2").contains("gia hạn"));
}

#[tokio::test]
async fn a_member_with_papers_or_an_office_stays() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    app.registration("cum-3", "hoa-binh", cumthidua::registrations::State::Draft)
        .await;
    let page = office.get(&format!("{BASE}/thanh-vien")).await.expect(200);
    let form = "form[action$='/dua-ra']";
    assert_eq!(page.count(form), 6, "lead and deputy stay");
    let with_papers = office
        .submit(&page, form, &[("unit", "hoa-binh")])
        .await
        .expect(409);
    assert!(
        with_papers
            .text(".trouble-text")
            .contains("đã có hồ sơ trong năm")
    );
    office
        .submit(&page, form, &[("unit", "son-la")])
        .await
        .expect(409);
    office
        .submit(&page, form, &[("unit", "vinh-phuc")])
        .await
        .expect(303);
    assert!(app.year("cum-3", 2023).await.member("vinh-phuc").is_none());
}

#[tokio::test]
async fn a_closed_year_is_read_only() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let page = office.get(BASE).await.expect(200);
    let form = "form[action$='/khep-lai']";
    assert!(page.text(form).contains("cụm trưởng Liên hiệp Hội tỉnh Sơn La"));
    office.submit(&page, form, &[("version", "99")]).await.expect(409);
    office.submit(&page, form, &[]).await.expect_to(BASE);
    let closed = office.get(BASE).await.expect(200);
    assert!(closed.text("main").contains("Năm đã khép lại"));
    assert_eq!(closed.count("main form"), 0);
    for edit in ["lich", "quy-dinh", "thanh-vien", "cum-truong", "gia-han"] {
        office.get(&format!("{BASE}/{edit}")).await.expect(409);
    }
    office.submit(&page, form, &[]).await.expect(409);
}

#[tokio::test]
async fn the_administrator_looks_at_years_and_shapes_none() {
    let app = TestApp::new().await;
    let administrator = app.signed_in(login::ADMINISTRATOR).await;
    let page = administrator.get(BASE).await.expect(200);
    assert_eq!(
        (page.count("main form"), page.count("main a[href$='/lich']")),
        (0, 0)
    );
    let office = app.standing_office().await.get(BASE).await.expect(200);
    assert!(office.count("main form") > 0 && office.count("main a[href$='/lich']") > 0);
    let list = administrator.get("/quan-tri/nam").await.expect(200);
    assert!(!list.has("a[href*='/moi']"));
}

#[tokio::test]
async fn what_is_remembered_of_posts_and_years_is_forgotten_when_any_table_it_was_read_from_changes() {
    let app = TestApp::new().await;
    let revised: Vec<String> = {
        let mut db = app.db().await;
        sqlx::query_scalar("select tgrelid::regclass::text from pg_trigger where tgname like '%\\_revised'")
            .fetch_all(&mut *db)
            .await
            .unwrap()
    };
    // Sessions are read on every request; the rest are names that the statements give themselves.
    let others = ["sessions", "reference_revision", "held", "led", "archive"];
    for source in ["src/people/queries/actors.rs", "src/years/queries/mod.rs"] {
        let text = std::fs::read_to_string(root().join(source)).unwrap();
        let words: Vec<&str> = text.split_whitespace().collect();
        let read = words
            .windows(2)
            .filter(|pair| ["from", "join"].contains(&pair[0]))
            .map(|pair| pair[1].trim_matches(|c: char| !c.is_alphanumeric() && c != '_'))
            .filter(|table| table.ends_with('s') && !others.contains(table));
        for table in read {
            assert!(
                revised.iter().any(|t| t == table),
                "{source} remembers what stands in {table}, so {table} needs a trigger that renews reference_revision"
            );
        }
    }
    let revision = || app.value::<String>("select revision::text from reference_revision");
    for table in &revised {
        let before = revision().await;
        app.sql(&format!(
            "update {table} set {0} = {0}",
            first_column(&app, table).await
        ))
        .await
        .unwrap();
        assert_ne!(revision().await, before, "{table}");
    }
}

/// A column whose change renews the revision.
async fn first_column(app: &TestApp, table: &str) -> String {
    if table == "persons" {
        return "full_name".to_owned();
    }
    app.value::<String>(&format!(
        "select attname::text from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped order by attnum limit 1"
    ))
    .await
}
