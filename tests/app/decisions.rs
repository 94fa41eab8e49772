//! From the council to the honour roll: what is decided stands, and is put right only by a further decision.

use crate::support::{TestApp, changed, decision_form, draft_decision, issue_decision};

#[tokio::test]
async fn an_issued_decision_reaches_the_honour_roll_and_can_be_verified_by_anybody() {
    let app = TestApp::new().await;
    let (path, page) = app.decision().await;
    assert!(page.text("h1").contains("48/QĐ-LHHVN"));
    let code: String = app.value("select code from decisions").await;

    let visitor = app.visitor();
    let roll = visitor.get("/vinh-danh").await.expect(200);
    assert_eq!(roll.count(".honour"), 2);
    assert!(roll.text(".honours").contains("Hòa Bình"));
    assert_eq!(
        visitor
            .get("/vinh-danh?nam=2022")
            .await
            .expect(200)
            .count(".honour"),
        0
    );
    // A union that merged since is found by the name that it goes by today.
    app.sql(
        "insert into unit_successions (predecessor_id, successor_id, happened_on, kind)
         select a.id, b.id, '2025-07-01', 'merge' from units a, units b where a.slug = 'hoa-binh' and b.slug = 'phu-tho'
         on conflict do nothing",
    )
    .await
    .unwrap();
    for (typed, number) in [
        ("hoa+binh", 1),
        ("phu+tho+2023", 1),
        ("phu+tho+2022", 0),
        ("Hòa+Bihn", 1),
        ("co+thi+dua", 2),
        ("nghe+an", 0),
    ] {
        let roll = visitor.get(&format!("/vinh-danh?tim={typed}")).await.expect(200);
        assert_eq!(roll.count(".honour"), number, "{typed}");
    }
    let found = visitor.get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(found.text("main").contains("48/QĐ-LHHVN") && found.text(".state").contains("có hiệu lực"));
    assert!(!found.body.contains("Nguyễn Văn Mẫu"), "no person's name");
    assert!(
        found.text("tbody").contains("Hòa Bình"),
        "whom it awards, as on the honour roll"
    );
    assert!(found.links().contains(&"/xac-minh".to_owned()));
    let issued = visitor.get("/vinh-danh/quyet-dinh").await.expect(200);
    assert!(issued.text("tbody").contains("48/QĐ-LHHVN") && !issued.body.contains("Nguyễn Văn Mẫu"));
    assert!(issued.links().contains(&format!("/xac-minh/{code}")));
    let typed = format!("/xac-minh?ma={}-{}", &code[..5].to_lowercase(), &code[5..]);
    visitor.get(&typed).await.expect_to(&format!("/xac-minh/{code}"));

    let office = app.standing_office().await;
    let todo = office.get("/viec-cua-toi").await.expect(200);
    for task in [
        "Ban hành văn bản của Quyết định 48",
        "Ghi sổ vàng",
        "Ghi việc trao thưởng",
    ] {
        assert!(todo.text("main").contains(task), "{task}");
    }
    let dossier: String = app
        .value("select '/khen-thuong/' || id from nominations where state = 'decided' limit 1")
        .await;
    let dossier = office.get(&dossier).await.expect(200);
    assert!(
        dossier.text("#con-thieu-gi").starts_with("Điều kiện lúc xét")
            && dossier.has("#con-thieu-gi details")
    );
    let award = [("awarded_on", "26/03/2024"), ("awarded_place", "Hà Nội")];
    let early = office.submit(&page, "form.handover", &award).await.expect(422);
    assert!(early.error_at("awarded_on").contains("chưa đến"));
    app.set_clock("2024-03-26 10:00");
    office.submit(&page, "form.handover", &award).await.expect(303);
    let after = office.get(&path).await;
    assert!(after.text("tbody").contains("26/03/2024, Hà Nội"));
    // What was noted stands in the fields: with nothing put right there is nothing to keep.
    let bare = office.submit(&after, "form.correction", &[]).await.expect(422);
    assert_eq!(bare.wrong_fields(), ["corrected_reason"]);
    let same = [("corrected_reason", "Ghi nhầm")];
    let same = office.submit(&after, "form.correction", &same).await.expect(422);
    assert!(same.error_at("corrected_on").contains("vẫn như đã ghi"));
    let right = [
        ("corrected_on", "25/03/2024"),
        ("corrected_place", "Sơn La"),
        ("corrected_reason", "Ghi nhầm"),
    ];
    office.submit(&after, "form.correction", &right).await.expect(303);
    let after = office.get(&path).await;
    assert!(
        after.text("tbody").contains("25/03/2024, Sơn La") && !after.text("tbody").contains("26/03/2024")
    );
    let noted = "select count(*) from journal where action = 'decision.correct_handover' and before->>'awarded_on' = '2024-03-26'";
    assert_eq!(app.value::<i64>(noted).await, 1);
    assert!(visitor.get("/vinh-danh").await.text("main").contains("Sơn La"));
}

#[tokio::test]
async fn an_issued_decision_cannot_be_changed_in_the_database_either() {
    let app = TestApp::new().await;
    let (path, _) = app.decision().await;
    for statement in [
        "update decisions set content = '{}'",
        "update decisions set number = 49",
        "update decisions set state = 'draft'",
        "update decisions set draft = '{}'",
        "delete from decisions",
        "delete from decision_lines",
        "update decision_lines set position = 9",
        "delete from council_results",
        "update council_sessions set threshold_percent = 10",
        "update nomination_events set note = 'x'",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
    let office = app.standing_office().await;
    office.get(&format!("{path}/sua")).await.expect(409);
    office
        .post(&format!("{path}/ban-hanh"), &[("version", "2")])
        .await
        .expect(409);
}

#[tokio::test]
async fn a_cancelled_decision_leaves_the_roll_and_says_by_what() {
    let app = TestApp::new().await;
    let (path, page) = app.decision().await;
    let code: String = app.value("select code from decisions").await;
    app.set_clock("2024-05-06 09:00");
    let office = app.standing_office().await;
    let to = page.attribute(".page-actions a[href*='huy=']", "href").unwrap();
    let form = office.get(&to).await.expect(200);
    let typed = [
        ("number", "90"),
        ("issued_on", "06/05/2024"),
        ("signer", "Nguyễn Văn Mẫu"),
    ];
    let wrong = office.submit(&form, "form.decision", &typed).await.expect(422);
    assert_eq!(wrong.wrong_fields(), ["reason"]);
    let mended = [("reason", "Kê khai sai thành tích")];
    let answer = office.submit(&wrong, "form.decision", &mended).await.expect(303);
    let later = answer.location.unwrap();
    office
        .post(&format!("{later}/ban-hanh"), &[("version", "2")])
        .await
        .expect(303);

    assert_eq!(app.visitor().get("/vinh-danh").await.count(".honour"), 0);
    let found = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(found.text(".state").contains("bị hủy"));
    assert!(found.text(".notice-late").contains("90/QĐ-LHHVN"));
    let states: i64 = app
        .value("select count(*) from nominations where state = 'cancelled'")
        .await;
    assert_eq!(states, 2);
    office
        .get(&format!(
            "/quyet-dinh/moi?huy={}",
            path.rsplit('/').next().unwrap()
        ))
        .await
        .expect(409);
}

#[tokio::test]
async fn the_power_by_which_a_decision_is_signed_stands_on_its_paper_and_its_certificates() {
    let app = TestApp::new().await;
    app.passed_flags().await;
    app.set_clock("2024-01-30 10:00");
    let office = app.standing_office().await;
    let form = office.get("/quyet-dinh/moi").await.expect(200);
    let mut typed: Vec<(&str, &str)> = decision_form("48")
        .into_iter()
        .filter(|(name, _)| *name != "signer_post")
        .collect();
    typed.push(("signer_post", "Chánh Văn phòng"));
    for wrong in ["Thay mặt Chủ tịch", "TL."] {
        let typed = [typed.clone(), vec![("signer_power", wrong)]].concat();
        let wrong = office.submit(&form, "form.decision", &typed).await.expect(422);
        assert_eq!(wrong.wrong_fields(), ["signer_power"]);
    }
    for (power, shown) in [
        ("TL. Chủ tịch", "TL. CHỦ TỊCH"),
        ("TUQ. Chủ tịch", "TUQ. CHỦ TỊCH"),
        ("TM. Ban Thường vụ", "TM. BAN THƯỜNG VỤ"),
    ] {
        let typed = [typed.clone(), vec![("signer_power", power)]].concat();
        let saved = office.submit(&form, "form.decision", &typed).await.expect(303);
        let draft = office.follow(&saved).await.expect(200);
        assert!(draft.text("main").contains(&format!("{shown}, Chánh Văn phòng")));
        let paper = draft.path.replace("/quyet-dinh/", "/van-ban/soan/quyet-dinh/");
        let words = office.get(&paper).await.expect(200).text("main");
        assert!(
            words.contains(shown) && words.contains("CHÁNH VĂN PHÒNG"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn one_award_is_cancelled_and_the_others_of_its_decision_stand() {
    let app = TestApp::new().await;
    let (path, page) = app.decision().await;
    let code: String = app.value("select code from decisions").await;
    app.set_clock("2024-05-06 09:00");
    let office = app.standing_office().await;
    let to = page.attribute(".page-actions a[href*='huy=']", "href").unwrap();
    let of = |unit: &str| {
        format!(
            "select n.id::text from nominations n join units u on u.id = n.unit_id where u.slug = '{unit}' and n.state = 'decided'"
        )
    };
    let gone: String = app.value(&of("hoa-binh")).await;
    let stands: String = app.value(&of("son-la")).await;

    let form = office.get(&to).await.expect(200);
    assert_eq!(
        form.count("input[name=nomination][checked]"),
        2,
        "all of them, unless some are left out"
    );
    let typed = [
        ("number", "90"),
        ("issued_on", "06/05/2024"),
        ("signer", "Nguyễn Văn Mẫu"),
        ("reason", "Kê khai sai thành tích"),
    ];
    let (action, mut fields) = form.form("form.decision");
    fields.retain(|(name, _)| name != "nomination");
    for (name, value) in typed {
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value.to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let none = office.post(&action, &fields).await.expect(422);
    assert_eq!(none.wrong_fields(), ["nomination"]);
    let one = [("nomination", gone.as_str())];
    let later = office.submit(&none, "form.decision", &one).await.expect(303);
    let later = later.location.unwrap();
    office
        .post(&format!("{later}/ban-hanh"), &[("version", "2")])
        .await
        .expect(303);

    // The roll, the code, the bonus, the golden book: without the one, with the other.
    let roll = app.visitor().get("/vinh-danh").await;
    assert_eq!(roll.count(".honour"), 1);
    assert!(roll.text(".honour").contains("Sơn La"));
    let found = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(found.text(".state").contains("có hiệu lực"));
    assert!(found.text(".notice-late").contains("hủy một phần"));
    assert!(found.text("tbody").contains("Sơn La") && !found.text("tbody").contains("Hòa Bình"));
    let shown = office.get(&path).await.expect(200);
    assert!(shown.text("tbody").contains("đã bị hủy"));
    assert!(
        !shown.text("#tien-thuong").contains("Hòa Bình") && shown.text("#tien-thuong").contains("Sơn La")
    );
    assert_eq!(
        shown.count("form.handover option"),
        1,
        "nothing is handed over to the other"
    );
    office
        .post(&format!("{path}/bang-khen/so-vang"), &[])
        .await
        .expect(303);
    assert_eq!(app.value::<i64>("select count(*) from golden_book").await, 1);
    let paper = office
        .get(&later.replace("/quyet-dinh/", "/van-ban/soan/quyet-dinh/"))
        .await
        .expect(200);
    let words = paper.text("main");
    assert!(
        words.contains("Hủy kết quả khen thưởng của 01 tập thể") && words.contains("BỊ HỦY"),
        "{words}"
    );

    // The rest can be cancelled, too, and then nothing is left of the decision.
    let form = office.get(&to).await.expect(200);
    assert_eq!(form.count("input[name=nomination]"), 1);
    let twice = [("number", "91"), ("nomination", &gone)];
    let twice = [typed.to_vec(), twice.to_vec()].concat();
    let twice = office.submit(&form, "form.decision", &twice).await.expect(422);
    assert!(twice.error_at("nomination").contains("đã bị hủy"));
    let rest = office
        .submit(&twice, "form.decision", &[("nomination", &stands)])
        .await
        .expect(303);
    let rest = rest.location.unwrap();
    office
        .post(&format!("{rest}/ban-hanh"), &[("version", "2")])
        .await
        .expect(303);
    let found = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(found.text(".state").contains("đã bị hủy"));
    assert_eq!(app.visitor().get("/vinh-danh").await.count(".honour"), 0);
}

#[tokio::test]
async fn a_correction_leaves_the_decision_in_force_and_says_what_reads_otherwise() {
    let app = TestApp::new().await;
    let (path, _) = app.decision().await;
    let code: String = app.value("select code from decisions").await;
    let office = app.standing_office().await;
    let id = path.rsplit('/').next().unwrap();
    let form = office
        .get(&format!("/quyet-dinh/moi?dinh-chinh={id}"))
        .await
        .expect(200);
    let typed = [
        ("number", "50"),
        ("issued_on", "30/01/2024"),
        ("signer", "Nguyễn Văn Mẫu"),
        ("reason", "Sửa trích yếu"),
    ];
    let answer = office.submit(&form, "form.decision", &typed).await.expect(303);
    let later = answer.location.unwrap();
    office
        .post(&format!("{later}/ban-hanh"), &[("version", "1")])
        .await
        .expect(303);
    let found = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(found.text(".state").contains("đã sửa đổi"));
    assert!(found.text(".notice-late").contains("Sửa trích yếu"));
    assert_eq!(app.visitor().get("/vinh-danh").await.count(".honour"), 2);
}

#[tokio::test]
async fn a_number_is_used_once_a_year() {
    let app = TestApp::new().await;
    let (path, _) = app.decision().await;
    let office = app.standing_office().await;
    let id = path.rsplit('/').next().unwrap();
    let mut fields = decision_form("48").to_vec();
    fields[0] = ("kind", "correction");
    fields.extend([("about", id), ("reason", "Sửa trích yếu")]);
    let answer = office.post("/quyet-dinh/moi", &fields).await.expect(303);
    let draft = answer.location.unwrap();
    let page = office
        .post(&format!("{draft}/ban-hanh"), &[("version", "1")])
        .await
        .expect(422);
    assert!(page.text(".error-summary").contains("Số này đã dùng"));
}

#[tokio::test]
async fn drafts_are_the_standing_offices_own() {
    let app = TestApp::new().await;
    app.passed_flags().await;
    app.set_clock("2024-01-30 10:00");
    let office = app.standing_office().await;
    let page = office
        .post("/quyet-dinh/moi", &decision_form("48"))
        .await
        .expect(422);
    assert!(!page.error_at("nomination").is_empty(), "nobody is awarded");
    let id: String = app.value("select id::text from decisions").await;
    app.secretariat()
        .await
        .get(&format!("/quyet-dinh/{id}"))
        .await
        .expect(404);
    assert!(
        app.secretariat()
            .await
            .get("/quyet-dinh")
            .await
            .expect(200)
            .has(".blank")
    );
    app.council_member()
        .await
        .get("/quyet-dinh/moi")
        .await
        .expect(403);
}

#[tokio::test]
async fn an_unknown_code_is_told_kindly() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/xac-minh/ABCDEFGH23").await.expect(404);
    assert!(page.text(".notice").contains("ABCDEFGH23"));
    assert!(page.has("form input[name=ma]"));
    assert!(app.visitor().get("/vinh-danh").await.expect(200).has(".blank"));
}

#[tokio::test]
async fn a_decision_cites_what_is_in_force_on_its_day() {
    let app = TestApp::new().await;
    let paths = app.passed_flags().await;
    app.set_clock("2024-01-30 10:00");
    let office = app.standing_office().await;
    let mut fields = decision_form("48").to_vec();
    let ids = paths.iter().map(|path| path.rsplit('/').next().unwrap());
    fields.extend(ids.map(|id| ("nomination", id)));

    // Today's bases were offered, the decision bears an earlier day: it cites those of that day.
    let offered = office
        .get("/quyet-dinh/moi")
        .await
        .expect(200)
        .text("textarea[name=bases]");
    let offered = offered.replace("; ", ";\r\n");
    let earlier = changed(fields.clone(), "issued_on", 0, "28/12/2023");
    let of_its_day = draft_decision(&office, &changed(earlier.clone(), "bases", 0, &offered)).await;
    let bases = office.get(&of_its_day).await.expect(200).text("main");
    assert!(
        bases.contains("91/2017/NĐ-CP") && !bases.contains("98/2023"),
        "{bases}"
    );

    // What somebody typed is refused at its field, with what is in force.
    let typed = "Căn cứ Luật Thi đua, khen thưởng năm 2022";
    let wrong = changed(earlier, "bases", 0, typed);
    let refused = office.post("/quyet-dinh/moi", &wrong).await.expect(422);
    let why = refused.error_at("bases");
    assert!(
        why.contains("có hiệu lực từ ngày 01/01/2024")
            && why
                .contains("Ngày 28/12/2023 có hiệu lực: Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003"),
        "{why}"
    );
    assert_eq!(refused.text("textarea[name=bases]"), typed);

    // One that ends soon is told; what ended meanwhile stands on no new paper.
    let ends = async |day: &str| {
        let list = office.get("/can-cu-phap-ly").await.expect(200);
        let ended = [
            ("words", "Hướng dẫn số 05/HD-LHHVN của Liên hiệp Hội Mẫu"),
            ("starts_on", "01/01/2023"),
            ("ends_on", day),
        ];
        office.submit(&list, "form.panel", &ended).await.expect(303);
    };
    ends("01/03/2024").await;
    let path = draft_decision(
        &office,
        &changed(fields, "bases", 0, "Căn cứ Hướng dẫn 05/HD-LHHVN"),
    )
    .await;
    let page = office.get(&path).await.expect(200);
    assert!(
        page.text(".notice-waiting")
            .contains("hết hiệu lực sau ngày 01/03/2024"),
        "{}",
        page.text("main")
    );
    issue_decision(&office, &path).await;
    // What is learnt afterwards doesn't keep the decision that is in force from being printed as it is.
    ends("29/01/2024").await;
    let paper = format!("/van-ban/soan/quyet-dinh/{}", path.rsplit('/').next().unwrap());
    let answer = office
        .post(&format!("{paper}/ban-hanh"), &[("version", "0")])
        .await
        .expect(303);
    assert!(answer.location.unwrap().starts_with("/van-ban/"));
}
