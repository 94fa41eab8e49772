//! Tables of criteria: out of the proposal, changed, summed, issued, frozen, copied, compared; and who may.

use crate::support::{Browser, TestApp};

/// Begins a table; answers its path.
async fn created(browser: &Browser<'_>, year: &str, whose: &str, source: &str) -> String {
    let answer = browser
        .post(
            "/tieu-chi/moi",
            &[("year", year), ("whose", whose), ("source", source)],
        )
        .await
        .expect(303);
    answer.location.unwrap()
}

/// VUSTA's table for 2023 out of the proposal, issued; answers its path.
async fn issued(browser: &Browser<'_>) -> String {
    let path = created(browser, "2023", "lhhvn", "mau").await;
    browser
        .post(&format!("{path}/ban-hanh"), &[("version", "1")])
        .await
        .expect(303);
    path
}

async fn line(app: &TestApp, path: &str, code: &str) -> String {
    let set = path.rsplit('/').next().unwrap();
    let id: String = app
        .value(&format!(
            "select id::text from criteria where set_id = '{set}' and code = '{code}'"
        ))
        .await;
    format!("{path}/muc/{id}")
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_table_out_of_the_proposal_is_whole_and_says_that_it_is_one() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let form = office.get("/tieu-chi/moi").await.expect(200);
    let answer = office.submit(&form, "form.criteria-new", &[]).await.expect(303);
    let page = office.get(&answer.location.unwrap()).await.expect(200);
    assert!(page.text("h1").contains("năm 2023, bản 1"));
    assert!(page.text("#bang").contains("100/100 điểm, đủ"));
    assert_eq!(page.count("tr.criteria-group"), 11);
    assert!(page.text("main").contains("Đề xuất mẫu 100 điểm"));
    assert!(
        page.text("main")
            .contains("khi nộp đăng ký thi đua chậm (hệ thống tự xác định)")
    );
    assert!(page.has("#ban-hanh form[action$='/ban-hanh']"));
}

#[tokio::test]
async fn a_wrong_sum_is_shown_at_its_group_and_keeps_the_table_from_being_issued() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = created(&office, "2023", "lhhvn", "mau").await;
    let edit = format!("{}/sua", line(&app, &path, "III.3").await);
    let form = office.get(&edit).await.expect(200);
    let changes = [("maximum", "2"), ("points_at_target", "2")];
    office
        .submit(&form, "form.criteria-line", &changes)
        .await
        .expect(303);
    let page = office.get(&path).await.expect(200);
    assert!(page.text("main").contains("Nhóm III: 18/20 điểm, còn thiếu 2"));
    assert!(!page.has("form[action$='/ban-hanh']"));
    let refused = office
        .post(&format!("{path}/ban-hanh"), &[("version", "2")])
        .await
        .expect(422);
    assert!(refused.text(".error-summary").contains("còn thiếu 2"));
    assert_eq!(
        app.value::<String>("select state from criteria_sets").await,
        "draft"
    );

    let form = office.get(&edit).await.expect(200);
    let changes = [
        ("maximum", "4"),
        ("points_at_target", "3,5"),
        ("full_at_percent", "120"),
    ];
    office
        .submit(&form, "form.criteria-line", &changes)
        .await
        .expect(303);
    office
        .post(&format!("{path}/ban-hanh"), &[("version", "3")])
        .await
        .expect(303);
    let page = office.get(&path).await.expect(200);
    assert!(page.text(".state").contains("đã ban hành"));
    assert!(page.text("main").contains("Đạt 100% chỉ tiêu được 3,5 điểm"));
    assert_eq!(page.text("code.hash").len(), 64);
}

#[tokio::test]
async fn points_are_typed_as_people_write_them_and_refused_in_clear_sentences() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = created(&office, "2023", "lhhvn", "mau").await;
    let edit = format!("{}/sua", line(&app, &path, "III.1").await);
    let form = office.get(&edit).await.expect(200);
    assert_eq!(form.value("#maximum"), "10");
    let mut told = Vec::new();
    for (field, typed) in [
        ("points_at_target", "10.01"),
        ("points_at_target", "-1"),
        ("points_at_target", ""),
        ("points_at_target", "9,555"),
        ("maximum", "20,5"),
        ("maximum", "-3"),
        ("maximum", ""),
        ("maximum", "0"),
        ("full_at_percent", "90"),
        ("code", "III.2"),
        ("name", ""),
        ("fact", "registered_in_time"),
        ("kind", "x"),
    ] {
        let page = office
            .submit(&form, "form.criteria-line", &[(field, typed)])
            .await
            .expect(422);
        told.push(format!("{field} “{typed}”: {}", page.error_at(field)));
        if field != "kind" && field != "fact" {
            assert_eq!(page.value(&format!("#{field}")), typed, "what was typed is kept");
        }
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    points_at_target “10.01”: 10,01 lớn hơn điểm tối đa 10 của tiêu chí. Hãy nhập số không quá 10.
    points_at_target “-1”: Điểm không được âm: hãy nhập số từ 0 trở lên. Điểm trừ cũng ghi bằng số dương.
    points_at_target “”: Hãy nhập số điểm, ví dụ 8 hoặc 8,5.
    points_at_target “9,555”: Chỉ ghi tối đa 2 chữ số sau dấu phẩy.
    maximum “20,5”: 20,5 điểm vượt điểm tối đa 20 của nhóm III. Hãy nhập số không quá 20, hoặc nâng điểm tối đa của nhóm trước.
    maximum “-3”: Điểm không được âm: hãy nhập số từ 0 trở lên. Điểm trừ cũng ghi bằng số dương.
    maximum “”: Hãy nhập số điểm, ví dụ 8 hoặc 8,5.
    maximum “0”: Điểm phải lớn hơn 0.
    full_at_percent “90”: Hãy nhập tỷ lệ từ 100 đến 1000.
    code “III.2”: Mã III.2 đã dùng cho “Văn bản góp ý, kiến nghị được tiếp thu”. Hãy chọn mã khác.
    name “”: Hãy nhập tên tiêu chí.
    fact “registered_in_time”: Chỉ tiêu chí “có hoặc không”, điểm thưởng, điểm trừ mới gắn được với việc hệ thống tự xác định.
    kind “x”: Hãy chọn cách chấm.
    ");
    let changes = [("points_at_target", "9,55"), ("full_at_percent", "110")];
    office
        .submit(&form, "form.criteria-line", &changes)
        .await
        .expect(303);
    assert_eq!(office.get(&edit).await.value("#points_at_target"), "9,55");
    let kind: String = app
        .value("select kind ->> 'points_at_target' from criteria where code = 'III.1'")
        .await;
    assert_eq!(kind, "9.55");
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_is_told_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = created(&office, "2023", "lhhvn", "mau").await;
    let edit = format!("{}/sua", line(&app, &path, "III.1").await);
    let form = office.get(&edit).await.expect(200);
    let points = office.get(&format!("{path}/diem")).await.expect(200);
    let head = office.get(&format!("{path}/sua")).await.expect(200);
    let first = [("name", "Tên của người thứ nhất")];
    office
        .submit(&form, "form.criteria-line", &first)
        .await
        .expect(303);
    let second = [("name", "Tên của người thứ hai")];
    let page = office
        .submit(&form, "form.criteria-line", &second)
        .await
        .expect(409);
    assert!(
        page.text("[role=alert]")
            .contains("Chưa lưu. Bảng tiêu chí đã được người khác thay đổi")
    );
    assert_eq!(page.value("#name"), "Tên của người thứ hai");
    office
        .submit(&points, "form.criteria-points", &[])
        .await
        .expect(409);
    office.submit(&head, "form.criteria-head", &[]).await.expect(409);
    let name: String = app.value("select name from criteria where code = 'III.1'").await;
    assert_eq!(name, "Tên của người thứ nhất");
}

#[tokio::test]
async fn groups_and_lines_are_added_moved_and_removed_at_any_depth() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = created(&office, "2023", "lhhvn", "trong").await;
    let mut parent = String::new();
    for (code, maximum) in [("I", "100"), ("I.A", "100"), ("I.A.1", "100")] {
        let query = if parent.is_empty() {
            String::new()
        } else {
            format!("?nhom={parent}")
        };
        let form = office.get(&format!("{path}/them{query}")).await.expect(200);
        let typed = [
            ("code", code),
            ("name", "Nhóm thử"),
            ("kind", "group"),
            ("maximum", maximum),
        ];
        office
            .submit(&form, "form.criteria-line", &typed)
            .await
            .expect(303);
        parent = id_of(&line(&app, &path, code).await).to_owned();
    }
    for (code, maximum) in [("a", "60"), ("b", "40")] {
        let form = office
            .get(&format!("{path}/them?nhom={parent}"))
            .await
            .expect(200);
        let typed = [
            ("code", code),
            ("name", "Dòng thử"),
            ("kind", "yes_no"),
            ("maximum", maximum),
        ];
        office
            .submit(&form, "form.criteria-line", &typed)
            .await
            .expect(303);
    }
    let page = office.get(&path).await.expect(200);
    assert!(page.text("#bang").contains("đủ"));
    let order = "select string_agg(code, ' ' order by position) from criteria";
    assert_eq!(app.value::<String>(order).await, "I I.A I.A.1 a b");
    let form = office
        .get(&format!("{}/sua", line(&app, &path, "b").await))
        .await
        .expect(200);
    office
        .submit(&form, "form[action$='/chuyen']", &[])
        .await
        .expect(303);
    assert_eq!(app.value::<String>(order).await, "I I.A I.A.1 b a");
    let group = office
        .get(&format!("{}/sua", line(&app, &path, "I.A").await))
        .await
        .expect(200);
    assert!(
        !group.has(&format!("#parent option[value='{parent}']")),
        "a group can't stand in a group of its own"
    );
    let refused = office
        .submit(&group, "form.criteria-line", &[("kind", "judged")])
        .await
        .expect(422);
    assert!(refused.error_at("kind").contains("đang có tiêu chí bên trong"));
    office
        .submit(&group, "form[action$='/xoa']", &[])
        .await
        .expect(303);
    assert_eq!(app.value::<String>(order).await, "I");
    let page = office.get(&path).await.expect(200);
    assert!(
        page.text(".notice-waiting")
            .contains("Nhóm I chưa có tiêu chí nào")
    );
}

#[tokio::test]
async fn an_issued_table_cannot_be_changed_in_the_database_either() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = issued(&office).await;
    for statement in [
        "update criteria set maximum = 9 where code = 'I.1'",
        "update criteria set name = 'x'",
        "delete from criteria where code = 'IX.2'",
        "insert into criteria select gen_random_uuid(), set_id, null, 999, 'Y', 'x', kind, 1, false, null, null, '' from criteria limit 1",
        "update criteria_sets set rules = '{}'",
        "update criteria_sets set title = 'x'",
        "update criteria_sets set state = 'draft', issued_at = null, issued_by = null, content_hash = null",
        "delete from criteria_sets",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
    for end in ["sua", "diem", "them"] {
        office.get(&format!("{path}/{end}")).await.expect(409);
    }
    let told = office
        .post(&format!("{path}/xoa"), &[("version", "2")])
        .await
        .expect(409);
    assert!(told.text(".trouble-text").contains("hãy lập bản mới từ bản này"));
    office
        .post(&format!("{path}/dong"), &[("version", "2")])
        .await
        .expect(303);
    assert!(office.get(&path).await.text(".state").contains("đã đóng"));
}

#[tokio::test]
async fn a_later_version_is_a_copy_whose_changes_can_be_seen_and_takes_the_place_of_the_earlier() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let first = issued(&office).await;
    let page = office.get(&first).await.expect(200);
    let answer = office
        .submit(&page, "form.criteria-copy", &[("year", "2023")])
        .await
        .expect(303);
    let second = answer.location.unwrap();
    let same = office
        .get(&format!("{first}/so-voi/{}", id_of(&second)))
        .await
        .expect(200);
    assert!(same.text(".blank").contains("giống nhau"));

    let points = office.get(&format!("{second}/diem")).await.expect(200);
    assert_eq!(points.count("input[name=maximum]"), 48);
    let edit = format!("{}/sua", line(&app, &second, "II.2").await);
    let form = office.get(&edit).await.expect(200);
    let changes = [("maximum", "3"), ("name", "Đại hội đúng hạn")];
    office
        .submit(&form, "form.criteria-line", &changes)
        .await
        .expect(303);
    let group = id_of(&line(&app, &second, "II").await).to_owned();
    let form = office
        .get(&format!("{second}/them?nhom={group}"))
        .await
        .expect(200);
    assert_eq!(form.value("#code"), "II.5");
    let typed = [("name", "Thu hội phí"), ("maximum", "1"), ("kind", "yes_no")];
    office
        .submit(&form, "form.criteria-line", &typed)
        .await
        .expect(303);
    let gone = office
        .get(&format!("{}/sua", line(&app, &second, "TR.4").await))
        .await
        .expect(200);
    office
        .submit(&gone, "form[action$='/xoa']", &[])
        .await
        .expect(303);
    office
        .post(&format!("{second}/ban-hanh"), &[("version", "4")])
        .await
        .expect(303);

    let reader = app.officer_of("hoa-binh").await;
    for path in [
        format!("{first}/so-voi/{}", id_of(&second)),
        format!("{second}/so-voi/{}", id_of(&first)),
    ] {
        let page = reader.get(&path).await.expect(200);
        assert!(page.text("h1").contains("từ năm 2023, bản 1 đến năm 2023, bản 2"));
        assert_eq!(page.texts(".stat-number"), ["1", "1", "1", "46"]);
        let table = page.text("main");
        assert!(
            table.contains("Đại hội, kiện toàn tổ chức đúng hạn → Đại hội đúng hạn"),
            "{table}"
        );
        assert!(table.contains("Điểm tối đa: 4 → 3"), "{table}");
    }
    assert!(reader.get(&first).await.text(".state").contains("đã đóng"));
    assert!(reader.get(&second).await.text(".state").contains("đã ban hành"));
    let next = created(&office, "2024", "lhhvn", id_of(&second)).await;
    assert_eq!(office.get("/tieu-chi").await.expect(200).count("tbody tr"), 3);
    assert_eq!(
        office
            .get("/tieu-chi?nam=2023")
            .await
            .expect(200)
            .count("tbody tr"),
        2
    );
    assert!(office.get(&next).await.text("h1").contains("năm 2024, bản 1"));
}

#[tokio::test]
async fn there_is_one_draft_of_a_year_at_a_time() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = created(&office, "2023", "lhhvn", "mau").await;
    let page = office
        .post(
            "/tieu-chi/moi",
            &[("year", "2023"), ("whose", "lhhvn"), ("source", "mau")],
        )
        .await
        .expect(422);
    assert!(page.error_at("year").contains("đang có một bản nháp"));
    let wrong = office
        .post(
            "/tieu-chi/moi",
            &[("year", "23"), ("whose", "cum-3"), ("source", "x")],
        )
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["year", "whose", "source"]);
    office
        .post(&format!("{path}/xoa"), &[("version", "1")])
        .await
        .expect(303);
    created(&office, "2023", "lhhvn", "mau").await;
}

#[tokio::test]
async fn rules_are_changed_and_checked() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let path = created(&office, "2023", "lhhvn", "mau").await;
    let form = office.get(&format!("{path}/sua")).await.expect(200);
    let wrong = [
        ("total", "-1"),
        ("decimals", "9"),
        ("main_groups", ""),
        ("title", ""),
    ];
    let page = office
        .submit(&form, "form.criteria-head", &wrong)
        .await
        .expect(422);
    assert_eq!(page.wrong_fields(), ["title", "decimals", "total", "main_groups"]);
    let right = [("bonus_ceiling", "7,5"), ("main_groups", "III, X")];
    office
        .submit(&form, "form.criteria-head", &right)
        .await
        .expect(303);
    let page = office.get(&path).await.expect(200);
    assert!(page.text("main").contains("tối đa 7,5 điểm"));
    assert!(
        page.text(".notice-waiting")
            .contains("nêu nhóm X, bảng không có nhóm này")
    );
}

#[tokio::test]
async fn drafts_are_their_writers_own_and_supplements_the_clusters() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let lead = app.secretariat().await;
    let draft = created(&office, "2023", "lhhvn", "mau").await;
    let added = created(&lead, "2023", "cum-3", "trong").await;
    let officer = app.officer_of("hoa-binh").await;
    for (browser, hidden) in [
        (&officer, &draft),
        (&lead, &draft),
        (&officer, &added),
        (&office, &added),
    ] {
        browser.get(hidden).await.expect(404);
        browser
            .post(&format!("{hidden}/ban-hanh"), &[("version", "1")])
            .await
            .expect(404);
    }
    assert!(officer.get("/tieu-chi").await.expect(200).has(".blank"));
    officer.get("/tieu-chi/moi").await.expect(403);
    lead.post(
        "/tieu-chi/moi",
        &[("year", "2023"), ("whose", "lhhvn"), ("source", "trong")],
    )
    .await
    .expect(403);
    office
        .post(&format!("{draft}/ban-hanh"), &[("version", "1")])
        .await
        .expect(303);
    let page = officer.get(&draft).await.expect(200);
    assert!(!page.has(".page-actions a") && !page.has("form.criteria-copy"));
    officer.get(&format!("{draft}/sua")).await.expect(403);
    lead.post(&format!("{draft}/dong"), &[("version", "2")])
        .await
        .expect(403);
    // A supplement isn't compared with VUSTA's table, nor made out of it.
    lead.get(&format!("{added}/so-voi/{}", id_of(&draft)))
        .await
        .expect(404);
    lead.post(
        "/tieu-chi/moi",
        &[("year", "2024"), ("whose", "cum-3"), ("source", id_of(&draft))],
    )
    .await
    .expect(404);
}

#[tokio::test]
async fn what_scoring_asks_for_is_what_holds() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let mut db = app.db().await;
    assert!(
        cumthidua::criteria::find_issued(&mut db, 2023)
            .await
            .unwrap()
            .is_none()
    );
    let path = issued(&office).await;
    let set = cumthidua::criteria::find_issued(&mut db, 2023)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(set.id.to_string(), id_of(&path));
    assert_eq!(set.lines().count(), 37);
    let hash = cumthidua::criteria::content_hash(&set).unwrap();
    let kept: Vec<u8> = app.value("select content_hash from criteria_sets").await;
    assert_eq!(hash, kept, "what is read back is what was issued");
    let cluster = app.year("cum-3", 2023).await.cluster.id;
    let supplement = cumthidua::criteria::find_supplement(&mut db, cluster, 2023)
        .await
        .unwrap();
    assert!(supplement.is_none());
}
