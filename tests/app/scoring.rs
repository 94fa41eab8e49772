//! Stories of scoring: from an empty sheet to confirmed points, told by those whose steps they are; and what others may
//! not know before.

use crate::support::{Browser, Page, TestApp, login};

pub const BASE: &str = "/cum/cum-3/2023/cham-diem";

/// VUSTA's table for 2023, issued, and the scoring opened by it.
pub async fn opened(app: &TestApp) {
    let office = app.standing_office().await;
    let made = office
        .post(
            "/tieu-chi/moi",
            &[("year", "2023"), ("whose", "lhhvn"), ("source", "mau")],
        )
        .await
        .expect(303);
    let set = made.location.unwrap();
    office
        .post(&format!("{set}/ban-hanh"), &[("version", "1")])
        .await
        .expect(303);
    let lead = app.secretariat().await;
    let page = lead.get(BASE).await.expect(200);
    lead.submit(&page, "form[action$='/mo']", &[])
        .await
        .expect_to(&format!("{BASE}/phan-cong"));
}

/// Makes one unit another's appraiser, whatever the rotation has chosen.
pub async fn appraised_by(app: &TestApp, unit: &str, appraiser: &str) {
    app.sql(&format!(
        "update appraisers set appraiser_unit_id = (select id from units where slug = '{appraiser}')
         where unit_id = (select id from units where slug = '{unit}') and ended_at is null"
    ))
    .await
    .unwrap();
}

/// Every line's points, half of the maximum of what is judged, each with an address where evidence is needed.
pub fn filled(page: &Page) -> Vec<(String, String)> {
    let (_, fields) = page.form("form[data-autosave]");
    fields
        .into_iter()
        .map(|(name, value)| match name.as_str() {
            "line_points" if value.is_empty() => (name, "0,5".to_owned()),
            "line_links" => (name, "https://lienhiephoi.example/minh-chung".to_owned()),
            _ => (name, value),
        })
        .collect()
}

pub async fn send(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post(path, &fields).await
}

/// The unit's leader fills the sheet in and hands it in.
pub async fn handed_in(app: &TestApp, unit: &str) {
    let leader = app.leader_of(unit).await;
    let path = format!("{BASE}/{unit}");
    let form = leader.get(&format!("{path}/sua")).await.expect(200);
    send(&leader, &format!("{path}/sua"), &filled(&form))
        .await
        .expect(303);
    let preview = leader.get(&format!("{path}/nop")).await.expect(200);
    leader
        .submit(&preview, "form[action$='/nop']", &[])
        .await
        .expect_to(&path);
}

/// All points of the grid typed as the unit's own, changed where told: (index, points, reason, question).
pub fn grid(page: &Page, changes: &[(usize, &str, &str, &str)], next: &str) -> Vec<(String, String)> {
    let own = page.texts("td[data-own]");
    let (_, fields) = page.form("form[data-grid]");
    let mut at = [0_usize; 3];
    let mut all: Vec<(String, String)> = fields
        .into_iter()
        .filter(|(name, _)| name != "next")
        .map(|(name, value)| {
            let column = ["line_points", "line_reason", "line_question"]
                .iter()
                .position(|known| *known == name);
            let Some(column) = column else {
                return (name, value);
            };
            let index = at[column];
            at[column] += 1;
            let told = changes.iter().find(|change| change.0 == index);
            let value = match (column, told) {
                (0, Some(change)) => change.1.to_owned(),
                (0, None) => own[index].clone(),
                (1, Some(change)) => change.2.to_owned(),
                (2, Some(change)) => change.3.to_owned(),
                _ => value,
            };
            (name, value)
        })
        .collect();
    all.push(("next".to_owned(), next.to_owned()));
    all
}

#[tokio::test]
async fn points_go_from_an_empty_sheet_to_an_appraisal_with_explanation() {
    let app = TestApp::new().await;
    opened(&app).await;
    appraised_by(&app, "hoa-binh", "yen-bai").await;
    handed_in(&app, "hoa-binh").await;
    let (unit, appraiser) = (app.leader_of("hoa-binh").await, app.officer_of("yen-bai").await);
    let (sheet, grid_path) = (format!("{BASE}/hoa-binh"), format!("{BASE}/hoa-binh/tham-dinh"));
    assert!(
        unit.get(&sheet)
            .await
            .expect(200)
            .text("main")
            .contains("đã tự chấm")
    );

    // Other points without a reason are refused, and what was typed stays.
    let page = appraiser.get(&grid_path).await.expect(200);
    let wrong = send(&appraiser, &grid_path, &grid(&page, &[(0, "0", "", "")], "xong"))
        .await
        .expect(422);
    assert_eq!(
        wrong.error_at("line_reason-0"),
        "Hãy ghi lý do: điểm thẩm định khác điểm tự chấm."
    );
    assert_eq!(wrong.value("#line_points-0"), "0");

    // A question goes to the unit, which explains; then the second appraisal ends.
    let page = appraiser.get(&grid_path).await.expect(200);
    let asked = grid(&page, &[(0, "", "", "Kế hoạch quán triệt ở đâu?")], "hoi");
    send(&appraiser, &grid_path, &asked).await.expect_to(&sheet);
    appraiser.get(&grid_path).await.expect(409);
    let explain = unit.get(&format!("{sheet}/giai-trinh")).await.expect(200);
    assert!(explain.text("main").contains("Kế hoạch quán triệt ở đâu?"));
    unit.submit(&explain, "form[action$='/giai-trinh']", &[])
        .await
        .expect(422);
    unit.submit(
        &explain,
        "form[action$='/giai-trinh']",
        &[("line_explanation", "Kế hoạch số 12/KH-LHH.")],
    )
    .await
    .expect_to(&sheet);
    let page = appraiser.get(&grid_path).await.expect(200);
    assert!(page.text("main").contains("Kế hoạch số 12/KH-LHH."));
    let done = grid(
        &page,
        &[(
            0,
            "0,25",
            "Kế hoạch ban hành sau quý I",
            "Kế hoạch quán triệt ở đâu?",
        )],
        "xong",
    );
    send(&appraiser, &grid_path, &done).await.expect_to(&sheet);

    let why = unit.get(&sheet).await.expect(200);
    assert!(why.text("main").contains("đã thẩm định"));
    assert!(why.text("main").contains("Kế hoạch ban hành sau quý I"));
    let second: i64 = app
        .value("select count(*) from score_changes where stage = 'second_appraisal'")
        .await;
    assert!(second > 0, "each change stays with its stage");
}

#[tokio::test]
async fn nobody_appraises_the_own_unit_and_two_at_once_do_not_overwrite() {
    let app = TestApp::new().await;
    opened(&app).await;
    appraised_by(&app, "hoa-binh", "yen-bai").await;
    handed_in(&app, "hoa-binh").await;
    let path = format!("{BASE}/hoa-binh/tham-dinh");
    app.officer_of("hoa-binh").await.get(&path).await.expect(403);
    let (first, second) = (app.officer_of("yen-bai").await, app.leader_of("yen-bai").await);
    let (seen, also_seen) = (
        first.get(&path).await.expect(200),
        second.get(&path).await.expect(200),
    );
    send(&first, &path, &grid(&seen, &[], "")).await.expect(303);
    let late = send(&second, &path, &grid(&also_seen, &[(0, "0", "vì", "")], ""))
        .await
        .expect(409);
    assert!(late.has("form[data-grid]"), "what was typed stays on the page");
    let changed: i64 = app
        .value("select count(*) from score_changes where to_points = 0 and reason = 'vì'")
        .await;
    assert_eq!(changed, 0);
}

#[tokio::test]
async fn an_appraiser_who_lost_the_post_in_mid_work_appraises_no_more() {
    let app = TestApp::new().await;
    opened(&app).await;
    appraised_by(&app, "hoa-binh", "yen-bai").await;
    handed_in(&app, "hoa-binh").await;
    let appraiser = app.officer_of("yen-bai").await;
    let path = format!("{BASE}/hoa-binh/tham-dinh");
    let page = appraiser.get(&path).await.expect(200);
    app.sql("update posts set ends_on = date '2022-12-31', starts_on = date '2022-01-01' where unit_id = (select id from units where slug = 'yen-bai')")
        .await
        .unwrap();
    let answer = send(&appraiser, &path, &grid(&page, &[], "xong")).await;
    assert!([403, 404].contains(&answer.status.as_u16()), "{}", answer.status);
}

#[tokio::test]
async fn what_is_wrong_in_a_self_score_is_said_at_its_line_and_kept() {
    let app = TestApp::new().await;
    opened(&app).await;
    let unit = app.leader_of("hoa-binh").await;
    let path = format!("{BASE}/hoa-binh/sua");
    let form = unit.get(&path).await.expect(200);
    let typed = |points: &str| -> Vec<(String, String)> {
        let (_, mut fields) = form.form("form[data-autosave]");
        let first = fields.iter_mut().find(|(name, _)| name == "line_points").unwrap();
        points.clone_into(&mut first.1);
        fields
    };
    for (points, words) in [
        ("10.01", "Tối đa 4 điểm cho tiêu chí này."),
        ("-1", "Điểm không âm. Không đạt thì ghi 0."),
        ("3,555", "Ghi tối đa 2 chữ số sau dấu phẩy."),
    ] {
        let page = send(&unit, &path, &typed(points)).await;
        let page = if page.status == 409 {
            unit.get(&path).await
        } else {
            page.expect(422)
        };
        assert_eq!(page.error_at("line_points-0"), words, "{points}");
        assert_eq!(page.value("#line_points-0"), points);
        app.sql("delete from score_sheets").await.unwrap();
    }
    unit.get(&format!("{BASE}/hoa-binh/nop")).await.expect(200);
}

#[tokio::test]
async fn points_of_others_are_hidden_until_the_calendar_opens_them() {
    let app = TestApp::new().await;
    opened(&app).await;
    appraised_by(&app, "hoa-binh", "yen-bai").await;
    handed_in(&app, "hoa-binh").await;
    app.sql("update score_sheets set state = 'appraised', appraised_at = now()")
        .await
        .unwrap();
    let places = [format!("{BASE}/hoa-binh"), format!("{BASE}/hoa-binh/tep")];
    let others = [
        app.officer_of("dien-bien").await,
        app.leader_of("lai-chau").await,
        app.council_member().await,
    ];
    let knowing = [
        app.officer_of("hoa-binh").await,
        app.officer_of("yen-bai").await,
        app.secretariat().await,
        app.patron().await,
        app.standing_office().await,
    ];
    for other in &others {
        other.get(&places[0]).await.expect(404);
        let index = other.get(BASE).await.expect(200);
        assert!(!index.has("a[href$='/cham-diem/hoa-binh']"));
        assert!(
            !index.texts("td strong").iter().any(|t| t.contains(',')),
            "no total"
        );
        let book = other.get(&format!("{BASE}/bang-diem.xlsx")).await.expect(200);
        let known = app
            .secretariat()
            .await
            .get(&format!("{BASE}/bang-diem.xlsx"))
            .await
            .expect(200);
        assert!(
            book.body.len() < known.body.len(),
            "the workbook holds no more than the page"
        );
    }
    for who in &knowing {
        who.get(&places[0]).await.expect(200);
    }
    app.sql("update year_steps set opens_on = date '2020-01-01' where step = 'conference'")
        .await
        .unwrap();
    for other in &others[..2] {
        other.get(&places[0]).await.expect(200);
    }
    others[2].get(&places[0]).await.expect(404);
}

#[tokio::test]
async fn the_conference_confirms_when_all_is_appraised_and_answered_and_then_nothing_changes() {
    let app = TestApp::new().await;
    opened(&app).await;
    let lead = app.secretariat().await;
    let early = lead.post(&format!("{BASE}/chot"), &[]).await.expect(409);
    assert!(early.text("main").contains("chưa thẩm định xong"));
    for unit in [
        "son-la",
        "dien-bien",
        "lai-chau",
        "lao-cai",
        "yen-bai",
        "vinh-phuc",
        "phu-tho",
        "hoa-binh",
    ] {
        handed_in(&app, unit).await;
    }
    app.sql("update score_sheets set state = 'appraised', appraised_at = now()")
        .await
        .unwrap();
    let unit = app.leader_of("hoa-binh").await;
    let page = unit.get(&format!("{BASE}/hoa-binh")).await.expect(200);
    unit.submit(
        &page,
        "form[action$='/kien-nghi']",
        &[("text", "Đề nghị xem lại tiêu chí I.1.")],
    )
    .await
    .expect(303);
    let open = lead.post(&format!("{BASE}/chot"), &[]).await.expect(409);
    assert!(open.text("main").contains("1 kiến nghị chưa trả lời"));
    let page = lead.get(&format!("{BASE}/hoa-binh")).await.expect(200);
    lead.submit(
        &page,
        "form[action*='/kien-nghi/']",
        &[("answer", "Đã xem lại, giữ nguyên điểm.")],
    )
    .await
    .expect(303);
    lead.post(&format!("{BASE}/chot"), &[])
        .await
        .expect_to(&format!("{BASE}/xep-hang"));

    let standing = unit.get(&format!("{BASE}/xep-hang")).await.expect(200);
    assert!(standing.text("main").contains("đã chốt tại hội nghị"));
    assert!(standing.has("svg title"));
    assert_eq!(standing.count("section:nth-of-type(2) a[href*='/cham-diem/']"), 8);
    let refused = app.sql("update score_sheets set lines = '[]'").await.unwrap_err();
    assert!(refused.to_string().contains("locked"), "{refused}");
    lead.get(&format!("{BASE}/thu-doi?I.1=0")).await.expect(200);
}

#[tokio::test]
async fn a_file_that_proves_two_things_is_flagged_to_the_appraiser() {
    let app = TestApp::new().await;
    opened(&app).await;
    appraised_by(&app, "hoa-binh", "yen-bai").await;
    let unit = app.leader_of("hoa-binh").await;
    for code in ["I.1", "II.2"] {
        unit.upload(
            &format!("{BASE}/hoa-binh/tep"),
            "a.pdf",
            b"%PDF-1.7\n%%EOF\n",
            &[("part", code)],
        )
        .await
        .expect(303);
    }
    let elsewhere = app.leader_of("dien-bien").await;
    elsewhere
        .upload(
            &format!("{BASE}/dien-bien/tep"),
            "b.pdf",
            b"%PDF-1.7\n%%EOF\n",
            &[("part", "I.1")],
        )
        .await
        .expect(303);
    handed_in(&app, "hoa-binh").await;
    let grid = app
        .officer_of("yen-bai")
        .await
        .get(&format!("{BASE}/hoa-binh/tham-dinh"))
        .await
        .expect(200);
    let flags = grid.texts(".score-grid .state-late");
    assert!(
        flags.contains(&"cùng tệp: II.2 của Hòa Bình năm 2023".to_owned()),
        "{flags:?}"
    );
    assert!(
        flags.contains(&"cùng tệp: I.1 của Điện Biên năm 2023".to_owned()),
        "{flags:?}"
    );
}

#[tokio::test]
async fn a_table_is_tried_on_last_years_figures_by_those_who_may_know_them() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let made = office
        .post(
            "/tieu-chi/moi",
            &[("year", "2024"), ("whose", "lhhvn"), ("source", "mau")],
        )
        .await
        .expect(303);
    let set = made.location.unwrap();
    let page = office.get(&format!("{set}/xem-thu?cum=cum-3")).await.expect(200);
    assert_eq!(
        page.count("thead th.number"),
        2 + 8,
        "the maximum, the one to try, a column a unit"
    );
    assert!(page.text("main").contains("Số tiêu chí chờ đánh giá"));
    assert!(page.text("main").contains("Giữ hạng khi đổi một tiêu chí ±10 %"));
    assert!(
        !page.text("main").contains("Hạng khi thử"),
        "nothing is tried yet"
    );
    let tried = office
        .get(&format!("{set}/xem-thu?cum=cum-3&VIII.1=0&VIII.2=x"))
        .await
        .expect(200);
    assert!(tried.text("main").contains("Hạng khi thử"));
    assert_eq!(tried.value("[id='VIII.1']"), "0");
    assert!(
        !tried.text(".field-error").is_empty(),
        "what is no number is told at its field"
    );
    let maximum = "select maximum::text from criteria where code = 'VIII.1' limit 1";
    assert_ne!(app.value::<String>(maximum).await, "0", "a trial is never stored");
    app.officer_of("hoa-binh")
        .await
        .get(&format!("{set}/xem-thu"))
        .await
        .expect(404);
    office
        .post(&format!("{set}/ban-hanh"), &[("version", "1")])
        .await
        .expect(303);
    let nothing = app
        .officer_of("hoa-binh")
        .await
        .get(&format!("{set}/xem-thu?cum=cum-3"))
        .await
        .expect(200);
    assert_eq!(nothing.count("table"), 0, "no figures of other units");
}

#[tokio::test]
async fn a_unit_that_joined_within_the_year_is_measured_by_what_was_due_since() {
    let app = TestApp::new().await;
    // The registration was due before Hòa Bình came, the annual report is due after.
    app.sql(
        "update memberships m set from_date = date '2023-07-01'
         from units u, years y where u.id = m.unit_id and u.slug = 'hoa-binh' and y.id = m.year_id and y.year = 2023",
    )
    .await
    .unwrap();
    opened(&app).await;
    let lead = app.secretariat().await;
    let setup = lead.get(&format!("{BASE}/phan-cong")).await.expect(200);
    let told = setup.text("main");
    assert!(
        told.contains("Đơn vị vào cụm từ ngày 01/07/2023, sau hạn"),
        "the secretariat sees what doesn't apply, and why: {told}"
    );
    let exempt: Vec<String> = {
        let statement = "select string_agg(distinct c.fact, ' ' order by c.fact) from score_exemptions e join criteria c on c.id = e.criterion_id";
        let facts: String = app.value(statement).await;
        facts.split(' ').map(str::to_owned).collect()
    };
    assert!(
        exempt
            .iter()
            .any(|fact| fact.contains("registration") || fact.contains("registered"))
    );
    assert!(!exempt.iter().any(|fact| fact.contains("annual")), "{exempt:?}");
    let others: i64 = app
        .value("select count(*) from score_exemptions where unit_id <> (select id from units where slug = 'hoa-binh')")
        .await;
    assert_eq!(others, 0);

    // Its points are rescaled by the rule of the table: full marks elsewhere still reach the total.
    handed_in(&app, "hoa-binh").await;
    let page = app
        .leader_of("hoa-binh")
        .await
        .get(&format!("{BASE}/hoa-binh"))
        .await
        .expect(200);
    assert!(
        page.text("main")
            .contains("Không áp dụng trong năm: Đơn vị vào cụm từ")
    );
    let late: i64 = app
        .value("select count(*) from score_sheets s, jsonb_array_elements(s.lines) l where l::text like '%nộp đăng ký thi đua chậm%'")
        .await;
    assert_eq!(late, 0, "what was due before it came isn't held against it");
}

#[tokio::test]
async fn the_working_group_is_told_what_it_has_to_appraise_and_its_own_unit_is_left_out() {
    let app = TestApp::new().await;
    opened(&app).await;
    let lead = app.secretariat().await;
    let mut group = Vec::new();
    for unit in ["dien-bien", "hoa-binh"] {
        group.push(app.actor(&login::officer(unit)).await.id.to_string());
    }
    let persons: Vec<(&str, &str)> = group.iter().map(|id| ("person", id.as_str())).collect();
    lead.post(&format!("{BASE}/phan-cong/to-tham-dinh"), &persons)
        .await
        .expect(303);
    let unit: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let to_group = [("unit", unit.as_str()), ("appraiser", "to")];
    lead.post(&format!("{BASE}/phan-cong"), &to_group)
        .await
        .expect(303);
    handed_in(&app, "hoa-binh").await;
    let task = "a[href$='/cham-diem/hoa-binh/tham-dinh']";
    let in_group = app.officer_of("dien-bien").await;
    assert!(in_group.get("/viec-cua-toi").await.expect(200).has(task));
    in_group
        .get(&format!("{BASE}/hoa-binh/tham-dinh"))
        .await
        .expect(200);
    for other in [app.officer_of("hoa-binh").await, app.officer_of("lai-chau").await] {
        assert!(!other.get("/viec-cua-toi").await.expect(200).has(task));
    }
}
