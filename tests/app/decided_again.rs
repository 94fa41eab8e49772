//! A decision with a formal error is cancelled, and its awards are given once more by another one: everything follows the
//! decision that is in force.

use crate::support::{Browser, TestApp, decision_form, draft_decision, issue_decision};

/// The id of a unit's flag.
async fn flag(app: &TestApp, unit: &str) -> String {
    app.value(&format!(
        "select n.id::text from nominations n join units u on u.id = n.unit_id where u.slug = '{unit}' and n.award = 'vusta_flag'"
    ))
    .await
}

/// Cancels awards of a decision on this ground; answers the path of the cancellation.
async fn cancelled(office: &Browser<'_>, about: &str, ground: &str, number: &str, awards: &[&str]) -> String {
    let about = about.trim_start_matches("/quyet-dinh/");
    let mut fields = decision_form(number).to_vec();
    fields.retain(|(name, _)| *name != "kind");
    fields.extend([("kind", "cancellation"), ("about", about), ("ground", ground)]);
    fields.push(("reason", "Quyết định ghi sai thẩm quyền ký"));
    fields.extend(awards.iter().map(|id| ("nomination", *id)));
    let path = draft_decision(office, &fields).await;
    issue_decision(office, &path).await;
    path
}

async fn decided(office: &Browser<'_>, number: &str, awards: &[&str]) -> String {
    let mut fields = decision_form(number).to_vec();
    fields.extend(awards.iter().map(|id| ("nomination", *id)));
    let path = draft_decision(office, &fields).await;
    issue_decision(office, &path).await;
    path
}

async fn code_of(app: &TestApp, path: &str) -> String {
    let id = path.trim_start_matches("/quyet-dinh/");
    app.value(&format!("select code from decisions where id = '{id}'"))
        .await
}

#[tokio::test]
async fn a_decision_that_was_cancelled_for_its_form_is_issued_again_for_the_same_units() {
    let app = TestApp::new().await;
    let (first, _) = app.decision().await;
    let office = app.standing_office().await;
    let flags = [flag(&app, "son-la").await, flag(&app, "hoa-binh").await];
    let flags = [flags[0].as_str(), flags[1].as_str()];
    office
        .post(&format!("{first}/bang-khen/so-vang"), &[])
        .await
        .expect(303);
    let form = office
        .get(&format!(
            "/quyet-dinh/moi?huy={}",
            first.trim_start_matches("/quyet-dinh/")
        ))
        .await
        .expect(200);
    assert_eq!(form.value("input[name=ground][checked]"), "substance");
    let cancellation = cancelled(&office, &first, "form", "49", &flags).await;
    let shown = office.get(&cancellation).await.expect(200).text("main");
    assert!(shown.contains("sai hình thức"), "{shown}");
    let paper = cancellation.replace("/quyet-dinh/", "/van-ban/soan/quyet-dinh/");
    let words = office.get(&paper).await.expect(200).text("main");
    assert!(words.contains("ban hành bằng quyết định khác"), "{words}");
    assert!(!words.contains("Hiện vật"), "nothing is taken back: {words}");
    // Between the two nothing is awarded, and the dossiers wait.
    assert_eq!(app.visitor().get("/vinh-danh").await.count(".honour"), 0);
    let waiting: i64 = app
        .value("select count(*) from nominations where state = 'council_passed'")
        .await;
    assert_eq!(waiting, 2);

    let second = decided(&office, "50", &flags).await;
    let roll = app.visitor().get("/vinh-danh").await;
    assert_eq!(roll.count(".honour"), 2, "each once");
    assert!(roll.text("main").contains("50/QĐ-LHHVN") && !roll.text("main").contains("48/QĐ-LHHVN"));
    let old = app
        .visitor()
        .get(&format!("/xac-minh/{}", code_of(&app, &first).await))
        .await
        .expect(200);
    assert!(old.text(".state").contains("bị hủy") && !old.text("main").contains("Sơn La"));
    let new = app
        .visitor()
        .get(&format!("/xac-minh/{}", code_of(&app, &second).await))
        .await
        .expect(200);
    assert!(new.text(".state").contains("có hiệu lực") && new.text("tbody").contains("Sơn La"));

    // The golden book keeps the old numbers, marked, and gives new ones.
    office
        .post(&format!("{second}/bang-khen/so-vang"), &[])
        .await
        .expect(303);
    let book = office.get("/so-vang/2024").await.expect(200);
    assert_eq!(book.count("tbody tr"), 4);
    let marked = book.texts("tbody tr");
    let gone = marked.iter().filter(|line| line.contains("đã bị hủy")).count();
    assert_eq!(gone, 2, "{marked:?}");
    assert!(
        marked[..2].iter().all(|line| line.contains("48/QĐ-LHHVN")),
        "{marked:?}"
    );
    let flags = office
        .get(&format!("{second}/bang-khen"))
        .await
        .expect(200)
        .text("main");
    assert!(
        flags.contains("Sơn La") && !flags.contains("đã bị hủy"),
        "{flags}"
    );
    let none = office
        .get(&format!("{first}/bang-khen"))
        .await
        .expect(200)
        .text("main");
    assert!(none.contains("đã bị hủy") && !none.contains("Sơn La"), "{none}");

    // The history has each award once, by the decision in force.
    let history = office.get("/lich-su-khen-thuong").await.expect(200).text("main");
    assert_eq!(history.matches("50/QĐ-LHHVN").count(), 2, "{history}");
    assert_eq!(history.matches("48/QĐ-LHHVN").count(), 0, "{history}");
}

#[tokio::test]
async fn one_award_is_decided_again_and_the_others_stay_where_they_are() {
    let app = TestApp::new().await;
    let (first, _) = app.decision().await;
    let office = app.standing_office().await;
    let (stands, gone) = (flag(&app, "son-la").await, flag(&app, "hoa-binh").await);
    cancelled(&office, &first, "form", "49", &[&gone]).await;
    let second = decided(&office, "50", &[&gone]).await;
    let lines: String = app
        .value(
            "select string_agg(d.number || (case when l.cancelled_by is null then '' else '-' end), ' ' order by d.number, l.position)
             from decision_lines l join decisions d on d.id = l.decision_id",
        )
        .await;
    assert_eq!(lines, "48 48- 50");
    let roll = app.visitor().get("/vinh-danh").await.text("main");
    assert!(
        roll.contains("48/QĐ-LHHVN") && roll.contains("50/QĐ-LHHVN"),
        "{roll}"
    );
    // Handing over concerns the decision in force.
    let fields = [
        ("nomination", gone.as_str()),
        ("awarded_on", "30/01/2024"),
        ("awarded_place", "Hà Nội"),
    ];
    office.post(&format!("{first}/trao"), &fields).await.expect(422);
    office.post(&format!("{second}/trao"), &fields).await.expect(303);
    let shown = office.get(&first).await.expect(200).text("tbody");
    assert!(
        shown.contains("đã bị hủy") && !shown.contains("Hà Nội"),
        "{shown}"
    );
    assert!(
        office
            .get(&second)
            .await
            .expect(200)
            .text("tbody")
            .contains("Hà Nội")
    );
    let right = [
        ("corrected", gone.as_str()),
        ("corrected_on", "30/01/2024"),
        ("corrected_place", "Mộc Châu"),
        ("corrected_reason", "Ghi nhầm nơi trao"),
    ];
    office
        .post(&format!("{second}/trao/sua"), &right)
        .await
        .expect(303);
    assert!(
        office
            .get(&second)
            .await
            .expect(200)
            .text("tbody")
            .contains("Mộc Châu")
    );
    // Cancelled once more, now because it wasn't due: that is the end of it.
    cancelled(&office, &second, "substance", "51", &[&gone]).await;
    let states: String = app
        .value("select string_agg(state, ' ' order by state) from nominations where award = 'vusta_flag' and state in ('cancelled', 'decided')")
        .await;
    assert_eq!(states, "cancelled decided");
    assert_eq!(app.visitor().get("/vinh-danh").await.count(".honour"), 1);
    let stays: bool = app
        .value(&format!(
            "select state = 'decided' from nominations where id = '{stands}'"
        ))
        .await;
    assert!(stays);
}

#[tokio::test]
async fn no_award_is_given_again_while_its_decision_holds_or_when_it_was_not_due() {
    let app = TestApp::new().await;
    let (first, _) = app.decision().await;
    let office = app.standing_office().await;
    let (stands, gone) = (flag(&app, "son-la").await, flag(&app, "hoa-binh").await);
    let again = async |id: &str| {
        let mut fields = decision_form("60").to_vec();
        fields.push(("nomination", id));
        office.post("/quyet-dinh/moi", &fields).await.expect(422)
    };
    let page = again(&stands).await;
    assert!(page.error_at("nomination").contains("không còn chờ"));
    let twice = app
        .sql("insert into decision_lines (nomination_id, decision_id, position)
              select nomination_id, (select id from decisions where state = 'draft' limit 1), 9 from decision_lines limit 1")
        .await;
    assert!(twice.is_err(), "the database knows, too");
    cancelled(&office, &first, "substance", "49", &[&gone]).await;
    let page = again(&gone).await;
    assert!(page.error_at("nomination").contains("không còn chờ"));
    for statement in [
        "update decision_lines set cancelled_by = null where cancelled_by is not null",
        "update decision_lines set awarded_on = '2024-01-30' where cancelled_by is not null",
        "update decision_lines set position = 7",
        "delete from decision_lines",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
    let wrong = [
        ("kind", "cancellation"),
        ("about", first.trim_start_matches("/quyet-dinh/")),
        ("ground", "khác"),
        ("nomination", stands.as_str()),
    ];
    let page = office.post("/quyet-dinh/moi", &wrong).await.expect(422);
    assert!(page.error_at("ground").contains("căn cứ hủy"));
}
