//! The closing conference: its result is checked against the rules of the year, made final, and makes the nominations.

use cumthidua::years;

use crate::support::{CONFERENCE, TestApp, changed, conference_form, with_version};

const EDIT: &str = "/cum/cum-3/2023/hoi-nghi/sua";
const CONFIRM: &str = "/cum/cum-3/2023/hoi-nghi/chot";

async fn at_the_conference() -> TestApp {
    let app = TestApp::new().await;
    app.set_clock("2023-11-28 09:00");
    app
}

#[tokio::test]
async fn the_result_is_counted_in_words_made_final_and_makes_the_nominations() {
    let app = at_the_conference().await;
    let lead = app.secretariat().await;
    let mut fields = with_version("0", &conference_form());
    fields.push(("next", "chot"));
    lead.post(EDIT, &fields).await.expect_to(CONFIRM);

    let preview = lead.get(CONFIRM).await.expect(200);
    assert!(
        preview
            .text("table")
            .contains("7/8 đơn vị = 87,50% > 50% tổng số đơn vị thành viên")
    );
    assert!(
        preview.text(".notice-waiting").contains("chưa có đăng ký"),
        "a missing registration is a warning only"
    );
    lead.post(CONFIRM, &[("version", "1")])
        .await
        .expect_to(CONFERENCE);
    lead.post(CONFIRM, &[("version", "1")]).await.expect(409);
    lead.post(EDIT, &with_version("2", &conference_form()))
        .await
        .expect(409);

    let states: String = app
        .value(
            "select string_agg(u.slug || ' ' || n.award || ' ' || n.state, ', ' order by n.award, n.votes_for desc)
             from nominations n join units u on u.id = n.unit_id",
        )
        .await;
    assert_eq!(
        states,
        "son-la vusta_flag acclaimed, hoa-binh vusta_flag acclaimed, yen-bai vusta_flag not_acclaimed, \
         lao-cai vusta_merit acclaimed, phu-tho vusta_merit acclaimed"
    );
    assert!(app.year("cum-3", 2023).await.rules.frozen_at.is_some());
}

#[tokio::test]
async fn members_see_the_result_once_it_is_final() {
    let app = at_the_conference().await;
    let member = app.officer_of("hoa-binh").await;
    let lead = app.secretariat().await;
    lead.post(EDIT, &with_version("0", &conference_form()))
        .await
        .expect(303);
    let before = member.get(CONFERENCE).await.expect(200);
    assert!(before.has(".blank") && !before.has("table"));
    lead.post(CONFIRM, &[("version", "1")]).await.expect(303);
    let after = member.get(CONFERENCE).await.expect(200);
    assert!(after.text("table").contains("được suy tôn"));
    assert!(after.text("main").contains("có hiệu lực từ ngày bàn giao"));
    member.get(EDIT).await.expect(403);
}

#[tokio::test]
async fn figures_that_cannot_be_are_refused_at_their_fields_and_kept() {
    let app = at_the_conference().await;
    let lead = app.secretariat().await;
    let wrong = [
        ("held_on", 0, "29/11/2023", "held_on"),
        ("held_on", 0, "31/02/2023", "held_on"),
        ("issued", 0, "8", "issued"),
        ("collected", 0, "8", "collected"),
        ("valid", 0, "8", "valid"),
        ("valid", 0, "bảy", "valid"),
        ("candidate_votes_for", 1, "8", "candidate_votes_for-1"),
        ("candidate_unit", 1, "son-la", "candidate_unit-1"),
        ("candidate_award", 0, "pm_merit", "candidate_award-0"),
        ("next_deputy", 0, "lao-cai", "next_deputy"),
        ("next_lead", 0, "nghe-an", "next_lead"),
        ("place", 0, "", "place"),
    ];
    for (version, (name, place, value, field)) in wrong.into_iter().enumerate() {
        let version = version.to_string();
        let mut fields = with_version(&version, &changed(conference_form(), name, place, value));
        fields.push(("next", "chot"));
        let page = lead.post(EDIT, &fields).await.expect(422);
        assert!(
            page.wrong_fields().contains(&field.to_owned()),
            "{name}={value}: {:?}",
            page.wrong_fields()
        );
        assert!(!page.error_at(field).is_empty(), "{name}={value}");
    }
    lead.post(CONFIRM, &[("version", "12")]).await.expect(422);
}

#[tokio::test]
async fn too_few_units_present_make_no_vote() {
    let app = at_the_conference().await;
    let lead = app.secretariat().await;
    let few: Vec<_> = conference_form()
        .into_iter()
        .filter(|field| !matches!(*field, ("present", "son-la" | "dien-bien")))
        .collect();
    let few = changed(few, "issued", 0, "5");
    let few = changed(few, "collected", 0, "5");
    let mut fields = with_version("0", &few);
    fields.push(("next", "chot"));
    let page = lead.post(EDIT, &fields).await.expect(422);
    assert!(page.error_at("present").contains("5/8 đơn vị = 62,50% < 66,67%"));
}

#[tokio::test]
async fn equal_votes_at_the_last_place_wait_for_a_second_vote() {
    let app = at_the_conference().await;
    let lead = app.secretariat().await;
    let tied = changed(conference_form(), "candidate_votes_for", 2, "6");
    let mut fields = with_version("0", &tied);
    fields.push(("next", "chot"));
    let page = lead.post(EDIT, &fields).await.expect(422);
    let told = page.texts(".error-summary li").join(" ");
    assert!(
        told.contains("bỏ phiếu lại") && told.contains("Hòa Bình") && told.contains("Yên Bái"),
        "{told}"
    );

    let settled = changed(tied, "candidate_order", 1, "2");
    let settled = changed(settled, "candidate_order", 2, "1");
    let mut fields = with_version("1", &settled);
    fields.push(("next", "chot"));
    let page = lead.post(EDIT, &fields).await.expect(422);
    assert!(page.error_at("tie_note").contains("cách xác định"));
    let mut fields = with_version("2", &settled);
    fields.extend([
        ("next", "chot"),
        ("tie_note", "Bỏ phiếu lại: Yên Bái 5, Hòa Bình 2."),
    ]);
    lead.post(EDIT, &fields).await.expect(303);
    lead.post(CONFIRM, &[("version", "3")]).await.expect(303);
    let flags: Vec<String> = lead.get(CONFERENCE).await.texts("table tbody tr");
    assert!(
        flags[1].contains("Yên Bái") && flags[1].contains("được suy tôn"),
        "{flags:?}"
    );
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let app = at_the_conference().await;
    let lead = app.secretariat().await;
    lead.post(EDIT, &with_version("0", &conference_form()))
        .await
        .expect(303);
    let stale = lead
        .post(
            EDIT,
            &with_version("0", &changed(conference_form(), "place", 0, "Mộc Châu")),
        )
        .await
        .expect(409);
    assert_eq!(stale.value("#place"), "Mộc Châu");
    assert_eq!(lead.get(EDIT).await.value("#place"), "TP. Sơn La");
}

#[tokio::test]
async fn final_minutes_cannot_be_changed_in_the_database_either() {
    let app = TestApp::new().await;
    app.conference().await;
    for statement in [
        "update conferences set content = '{}'",
        "update conferences set state = 'planned', ended_at = null, content = null, confirmed_at = null, confirmed_by = null",
        "delete from conferences",
        "update nominations set votes_for = 8",
        "delete from nominations",
        "update year_rules set flag_quota = 5 where frozen_at is not null",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn the_hand_over_needs_the_next_year_and_moves_the_rights_on_its_day() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = format!("{CONFERENCE}/ban-giao");
    let form = [("version", "2"), ("on", "01/01/2024")];
    let lead = app.secretariat().await;
    let told = lead.post(&path, &form).await.expect(409);
    assert!(told.text(".trouble-text").contains("Chưa mở năm thi đua 2024"));

    let year = app.year("cum-3", 2023).await;
    let members: Vec<_> = year.members.iter().map(|m| m.unit_id).collect();
    let mut tx = app.app.begin().await.unwrap();
    let hand = app.office_actor().await.hand();
    years::open_year(
        &mut tx,
        app.now(),
        &hand,
        year.cluster.id,
        2024,
        &members,
        Some(&year),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let early = [("version", "2"), ("on", "01/11/2023")];
    let page = lead.post(&path, &early).await.expect(422);
    assert!(page.error_at("on").contains("không thể trước hội nghị"));
    app.officer_of("hoa-binh")
        .await
        .post(&path, &form)
        .await
        .expect(403);
    lead.post(&path, &form).await.expect(303);
    lead.post(&path, &form).await.expect(409);

    app.set_clock("2024-01-01 08:00");
    assert!(app.actor("lanh-dao.son-la").await.secretariat_of.is_empty());
    assert_eq!(
        app.actor("lanh-dao.lao-cai").await.secretariat_of,
        [year.cluster.id]
    );

    // Both sides say that all was handed over; the new lead sees what goes along, other members don't.
    let (old, new) = (app.leader_of("son-la").await, app.leader_of("lao-cai").await);
    let seen = new.get(&path).await.expect(200);
    for words in [
        "Lịch năm 2024",
        "Đăng ký thi đua",
        "Trình",
        "Danh bạ các đơn vị",
        "Liên hiệp Hội tỉnh Hòa Bình",
        "chưa xác nhận",
    ] {
        assert!(seen.body.contains(words), "{words}");
    }
    assert!(!seen.has("form[action$='/da-giao']"), "the other side's own");
    app.officer_of("hoa-binh").await.get(&path).await.expect(403);
    app.administrator().await.get(&path).await.expect(403);
    new.submit(&seen, "form[action$='/da-nhan']", &[])
        .await
        .expect_to(&path);
    let page = old.get(&path).await.expect(200);
    assert!(page.body.contains("đã nhận đủ"));
    old.submit(&page, "form[action$='/da-giao']", &[])
        .await
        .expect_to(&path);
    new.post(&format!("{path}/da-nhan"), &[("version", "5")])
        .await
        .expect(409);
    assert!(new.get(&path).await.expect(200).body.contains("đã giao đủ"));
    // The old lead goes on reading, and no longer writes.
    old.get(CONFERENCE).await.expect(200);
    old.post(&format!("{CONFERENCE}/moi"), &[("kind", "bat-thuong")])
        .await
        .expect(403);
}
