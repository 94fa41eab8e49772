//! The appraisal desk: what it shows of all clusters, and who may not appraise what.

use cumthidua::council;

use crate::support::{TestApp, login};

const DESK: &str = "/tham-dinh/2023";

#[tokio::test]
async fn the_desk_shows_dossiers_quotas_and_what_each_lacks() {
    let app = TestApp::new().await;
    app.conference().await;
    app.submitted_dossier("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    office.get("/tham-dinh").await.expect_to(DESK);
    let desk = office.get(DESK).await.expect(200);
    assert!(desk.text("main").contains("1 hồ sơ chờ thẩm định"));
    assert_eq!(desk.count("tbody tr"), 5 + 2);
    let rows = desk.texts("tbody tr");
    let of = |unit: &str| rows.iter().find(|row| row.contains(unit)).unwrap().clone();
    assert!(of("Hòa Bình").contains("đủ") && of("Hòa Bình").contains("Thẩm định"));
    assert!(of("Sơn La").contains("thiếu 3") && of("Sơn La").contains("Báo cáo thành tích"));
    assert!(
        of("Sơn La").contains("chưa nộp đăng ký thi đua") && !of("Sơn La").contains("không có đăng ký"),
        "what speaks against it is told once: {}",
        of("Sơn La")
    );
    assert!(
        of("Hòa Bình").contains("thiếu 1") && of("Hòa Bình").contains("chưa rõ 5"),
        "{}",
        of("Hòa Bình")
    );
    assert!(
        of("Hòa Bình").contains("Đã đăng ký thi đua"),
        "the first one in words"
    );
    let quota = rows
        .iter()
        .find(|row| row.contains("chỉ tiêu") && row.contains("số 3"));
    assert!(quota.unwrap().contains("2/2"), "{quota:?}");
    for (filter, number) in [
        ("ho_so=du", 1),
        ("ho_so=dieu_kien", 4),
        ("trang_thai=submitted", 1),
        ("hinh_thuc=vusta_flag", 3),
        ("cum=cum-4", 0),
        ("tim=hoa+binh", 1),
        ("tim=khong+co", 0),
    ] {
        let page = office.get(&format!("{DESK}?{filter}")).await.expect(200);
        assert_eq!(page.count("tbody tr"), number + 2, "{filter}");
    }
    app.council_member().await.get(DESK).await.expect(403);
    app.secretariat().await.get(DESK).await.expect(403);
}

#[tokio::test]
async fn what_the_desk_and_the_report_say_a_dossier_lacks_is_what_its_own_page_says() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.submitted_dossier("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    let row = async || {
        let rows = office.get(DESK).await.expect(200).texts("tbody tr");
        rows.into_iter().find(|row| row.contains("Hòa Bình")).unwrap()
    };
    assert!(!row().await.contains("Dữ liệu cá nhân"));
    // Somebody's consent is taken back after the dossier has gone.
    let person: String = app.value("select id::text from persons limit 1").await;
    app.sql(&format!(
        "insert into nomination_persons (id, nomination_id, full_name, ground, detail, given_on, noted_at, noted_by, ended_on, ended_reason, ended_by)
         values ('00000000-0000-7000-8000-0000000000aa', '{}', 'Nguyễn Văn Mẫu', 'consent', 'Bản ký', '2023-11-27', '2023-11-27 09:00+07',
             '{person}', '2023-11-28', 'Theo thư', '{person}')",
        path.rsplit('/').next().unwrap()
    ))
    .await
    .unwrap();
    let own = office.get(&path).await.expect(200).text("main");
    assert!(own.contains("1 người đã rút đồng ý"), "{own}");
    let told = row().await;
    assert!(
        told.contains("thiếu 1") && told.contains("Dữ liệu cá nhân"),
        "{told}"
    );
    let without = office.get(&format!("{DESK}?ho_so=du")).await.expect(200);
    assert!(!without.text("main").contains("Hòa Bình"));
    let report = office
        .get("/van-ban/soan/bao-cao-tham-dinh/2023")
        .await
        .expect(200);
    assert!(report.text(".paper-view").contains("thiếu: Dữ liệu cá nhân"));
}

#[tokio::test]
async fn whoever_has_a_conflict_of_interest_neither_opens_nor_appraises() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.submitted_dossier("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    office.get(&path).await.expect(200);
    let register = office.get("/xung-dot-loi-ich").await.expect(200);
    let bare = office
        .submit(&register, "form.panel", &[("unit", ""), ("reason", "")])
        .await
        .expect(422);
    assert_eq!(bare.wrong_fields(), ["unit", "reason"]);
    let unit: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let declared = [("unit", unit.as_str()), ("reason", "Nguyên cán bộ của đơn vị")];
    office
        .submit(&register, "form.panel", &declared)
        .await
        .expect(303);
    office
        .submit(&register, "form.panel", &declared)
        .await
        .expect(422);

    let files: String = app
        .value("select id::text from attachments order by uploaded_at limit 1")
        .await;
    for closed in ["", "/ho-so.pdf", "/ho-so.zip", &format!("/tep/{files}")] {
        let told = office.get(&format!("{path}{closed}")).await.expect(403);
        assert!(
            told.text(".trouble-text").contains("xung đột lợi ích"),
            "{closed}"
        );
    }
    let finding = [("version", "2"), ("finding", "eligible")];
    office
        .post(&format!("{path}/tham-dinh"), &finding)
        .await
        .expect(403);
    for list in [DESK, "/hoi-dong/2023"] {
        let page = office.get(list).await.expect(200);
        assert!(page.text("tbody").contains("xung đột lợi ích"), "{list}");
        assert!(!page.links().contains(&path), "{list}");
        let row = page
            .texts("tbody tr")
            .into_iter()
            .find(|row| row.contains("xung đột lợi ích"))
            .unwrap();
        assert!(row.contains("Hòa Bình") && row.contains("Cờ"), "{row}");
        for told in ["chờ thẩm định", "đủ", "điều kiện", "phiếu", "6/"] {
            assert!(!row.to_lowercase().contains(told), "{list} tells {told}: {row}");
        }
        let chosen = office
            .get(&format!("{list}?trang_thai=submitted"))
            .await
            .expect(200);
        assert!(!chosen.text("main").contains("Hòa Bình"), "{list}");
    }
    let said = office
        .get("/van-ban/soan/bao-cao-tham-dinh/2023")
        .await
        .expect(200);
    assert!(said.text(".paper-view").contains("xung đột lợi ích"));
    assert!(
        said.text(".notice").contains("xung đột lợi ích"),
        "another one issues it"
    );
    let unit = office.get("/don-vi/hoa-binh/khen-thuong").await.expect(200);
    assert!(!unit.has("section.other-awards"));
    let state: String = app
        .value("select state from nominations n join units u on u.id = n.unit_id where u.slug = 'hoa-binh' and award = 'vusta_flag'")
        .await;
    assert_eq!(state, "submitted");

    // Not by the same person; another one lifts it with a reason.
    let id: String = app.value("select id::text from conflicts_of_interest").await;
    let lift = format!("/xung-dot-loi-ich/{id}/go");
    office.post(&lift, &[("lifted_for", "Nhầm")]).await.expect(403);
    also_standing_office(&app, login::COUNCIL_MEMBER).await;
    let other = app.council_member().await;
    other.post(&lift, &[]).await.expect(422);
    other
        .post(&lift, &[("lifted_for", "Khai nhầm đơn vị")])
        .await
        .expect(303);
    office.get(&path).await.expect(200);
    office
        .post(&format!("{path}/tham-dinh"), &finding)
        .await
        .expect(303);
}

#[tokio::test]
async fn a_post_in_a_unit_is_a_conflict_with_it_and_with_what_became_of_it() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.submitted_dossier("phu-tho", "vusta_merit").await;
    // A former unit's officer, whose unit has become part of Phú Thọ, works for the standing office, too.
    app.sql(
        "insert into unit_successions (predecessor_id, successor_id, happened_on, kind)
         select a.id, b.id, '2025-07-01', 'merge' from units a, units b where a.slug = 'vinh-phuc' and b.slug = 'phu-tho'
         on conflict do nothing",
    )
    .await
    .unwrap();
    also_standing_office(&app, &login::officer("vinh-phuc")).await;
    let browser = app.officer_of("vinh-phuc").await;
    browser.get(&path).await.expect(403);
    browser
        .post(
            &format!("{path}/tham-dinh"),
            &[("version", "2"), ("finding", "eligible")],
        )
        .await
        .expect(403);
}

#[tokio::test]
async fn a_conflict_on_record_bars_a_member_of_the_council_without_a_second_word() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.eligible("hoa-binh", "vusta_flag").await;
    let unit: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let member = app.council_member().await;
    let register = member.get("/xung-dot-loi-ich").await.expect(200);
    assert_eq!(register.count("#person option"), 2, "everybody for themselves");
    let declared = [
        ("unit", unit.as_str()),
        ("reason", "Người thân công tác tại đơn vị"),
    ];
    member
        .submit(&register, "form.panel", &declared)
        .await
        .expect(303);
    member.get(&path).await.expect(403);

    let (office, secret) = (app.office_actor().await, app.app.vault.card_secret().unwrap());
    let rules = app.year("cum-3", 2023).await.rules;
    let plan = council::SittingPlan {
        held_on: "2023-12-20".parse().unwrap(),
        place: String::new(),
        chair: String::new(),
        secretary: String::new(),
        quorum_percent: rules.quorum_percent,
        threshold_percent: rules.threshold_percent,
        threshold_base: council::Base::AllMembers,
        agenda: vec![path.rsplit('/').next().unwrap().parse().unwrap()],
    };
    let mut tx = app.app.begin().await.unwrap();
    let id = council::create(&mut tx, app.now(), &office, 2023, &plan, &secret)
        .await
        .unwrap();
    let sitting = council::find_sitting(&mut tx, 2023, id).await.unwrap();
    let roll = council::roll(&mut tx, id).await.unwrap();
    let unit = unit.parse().unwrap();
    let barred: Vec<_> = roll.iter().filter(|seat| seat.is_barred_from(unit)).collect();
    assert_eq!(barred.len(), 1);
    // What is on record isn't undone at the door.
    council::declare(&mut tx, app.now(), &office, &sitting, barred[0].id, &[])
        .await
        .unwrap();
    let roll = council::roll(&mut tx, id).await.unwrap();
    assert!(roll.iter().any(|seat| seat.is_barred_from(unit)));
}

#[tokio::test]
async fn the_desk_counts_what_was_vouched_for_and_waived() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", cumthidua::registrations::State::Accepted)
        .await;
    app.conference().await;
    let path = app.submitted_dossier("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    let row = async || {
        let desk = office.get(&format!("{DESK}?tim=hoa+binh")).await.expect(200);
        desk.text("tbody tr:first-child")
    };
    let before = row().await;
    assert!(
        before.contains("chưa rõ 5") && before.contains("đạt 3/8"),
        "{before}"
    );
    let vouched = [
        ("condition", "1-7"),
        ("remark_kind", "attested"),
        ("remark_reason", "Văn bản của tỉnh"),
    ];
    office
        .post(&format!("{path}/dieu-kien"), &vouched)
        .await
        .expect_to(&path);
    let after = row().await;
    assert!(
        after.contains("chưa rõ 4") && after.contains("đạt 4/8"),
        "{after}"
    );
    let own = office.get(&path).await.expect(200);
    assert!(own.text("#con-thieu-gi").contains("4/8 điều kiện đạt"));
    let paper = office
        .get("/van-ban/soan/bao-cao-tham-dinh/2023")
        .await
        .expect(200);
    assert!(paper.text(".paper-view").contains("chưa rõ 4"));
}

#[tokio::test]
async fn whom_vusta_refuses_is_to_be_told() {
    let app = TestApp::new().await;
    app.conference().await;
    let tasks = async || {
        let office = app.standing_office().await;
        office.get("/viec-cua-toi").await.expect(200)
    };
    let refuse = async |unit: &str, award: &str| {
        let path = app.submitted_dossier(unit, award).await;
        assert!(tasks().await.links().contains(&DESK.to_owned()));
        let finding = [
            ("version", "2"),
            ("finding", "ineligible"),
            ("reason", "Thiếu xác nhận của đơn vị."),
        ];
        let office = app.standing_office().await;
        office
            .post(&format!("{path}/tham-dinh"), &finding)
            .await
            .expect(303);
        path
    };
    let first = refuse("hoa-binh", "vusta_flag").await;
    let page = tasks().await;
    assert!(
        page.text("main")
            .contains("Thông báo không tặng Cờ thi đua LHHVN")
    );
    assert!(page.links().contains(&first));
    refuse("lao-cai", "vusta_merit").await;
    let page = tasks().await;
    let list = format!("{DESK}?trang_thai=ineligible");
    assert!(page.links().contains(&list), "{:?}", page.links());
    let office = app.standing_office().await;
    assert_eq!(office.get(&list).await.expect(200).count("tbody tr"), 2 + 2);
    let member = app.council_member().await;
    let others = member.get("/viec-cua-toi").await.expect(200);
    assert!(
        !others.text("main").contains("Thông báo không"),
        "the office's task"
    );

    // The notice ends it.
    let notice = format!(
        "/van-ban/soan/thong-bao-khong-khen/{}",
        first.rsplit('/').next().unwrap()
    );
    crate::papers_vusta::worded(&office, &notice, &[("signer_name", "Nguyễn Văn Mẫu")])
        .await
        .expect(303);
    crate::papers_vusta::issued(&office, &notice).await;
    let page = tasks().await;
    assert!(!page.links().contains(&first) && page.text("main").contains("Bằng khen LHHVN"));
}

/// Gives somebody a post in the standing office besides.
async fn also_standing_office(app: &TestApp, login: &str) {
    app.sql(&format!(
        "insert into posts (id, person_id, role, starts_on)
         select gen_random_uuid(), id, 'standing_office', '2023-01-01' from persons where login = '{login}'"
    ))
    .await
    .unwrap();
}

#[tokio::test]
async fn what_comes_up_before_the_vote_changes_the_finding_and_every_change_has_its_reason() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.eligible("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    let state = "select state from nominations n join units u on u.id = n.unit_id
                 where u.slug = 'hoa-binh' and award = 'vusta_flag'";
    let find = async |fields: &[(&str, &str)]| {
        let page = office.get(&path).await.expect(200);
        office.submit(&page, "form[action$='/tham-dinh']", fields).await
    };

    let page = office.get(&path).await.expect(200);
    assert!(
        page.has("details form[action$='/tham-dinh']"),
        "folded: the finding stands"
    );
    assert!(!page.has("input[name=finding][value=eligible]"), "it is found so");
    let bare = find(&[("finding", "ineligible")]).await.expect(422);
    assert_eq!(bare.wrong_fields(), ["reason"]);
    let objected = [
        ("finding", "ineligible"),
        ("reason", "Kiến nghị có cơ sở: số liệu sai"),
    ];
    find(&objected).await.expect(303);
    assert_eq!(app.value::<String>(state).await, "ineligible");

    // The objection turns out to be wrong.
    let page = office.get(&path).await.expect(200);
    assert!(!page.has("input[name=finding][value=return]") && page.text("main").contains("số liệu sai"));
    let bare = find(&[("finding", "eligible")]).await.expect(422);
    assert_eq!(bare.wrong_fields(), ["reason"]);
    find(&[("finding", "eligible"), ("reason", "Đã đối chiếu, số liệu đúng")])
        .await
        .expect(303);
    assert_eq!(app.value::<String>(state).await, "eligible");
    assert!(office.get(&path).await.text("main").contains("Đã đối chiếu"));

    // A part has to be completed after all.
    find(&[
        ("finding", "return"),
        ("reason", "Biên bản thiếu trang"),
        ("part", "minutes"),
    ])
    .await
    .expect(303);
    assert_eq!(app.value::<String>(state).await, "returned");
    // What is with its unit offers no finding, and takes none.
    let finding = [("version", "6"), ("finding", "eligible"), ("reason", "x")];
    office
        .post(&format!("{path}/tham-dinh"), &finding)
        .await
        .expect(409);
    let page = office.get(&path).await.expect(200);
    assert!(!page.has("form[action$='/tham-dinh']"));
}
