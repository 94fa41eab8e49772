//! Stories of the pattern feature: a unit registers, the secretariat takes it in or sends it back.

use cumthidua::registrations::State;

use crate::support::{PDF, TestApp};

const PATH: &str = "/cum/cum-3/2023/dang-ky/hoa-binh";

/// The fields of a form that has everything, as a browser sends them; `version` is the one the form was made from.
fn filled(version: &str) -> Vec<(&str, &str)> {
    vec![
        ("version", version),
        ("contact_name", "Nguyễn Văn Mẫu"),
        ("contact_phone", "0218 385 0000"),
        ("target_id", ""),
        ("target_indicator", "Lớp tập huấn"),
        ("target_unit_of_measure", "lớp"),
        ("target_last_result", "0"),
        ("target_target", "8,5"),
        ("target_note", ""),
        ("title_id", ""),
        ("title_award", "vusta_flag"),
        ("title_note", ""),
    ]
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields
        .iter_mut()
        .filter(|(known, _)| *known == name)
        .for_each(|field| field.1 = value);
    fields
}

#[tokio::test]
async fn a_unit_registers_and_the_secretariat_takes_it_in() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let saved = officer
        .post(&format!("{PATH}/sua"), &filled("0"))
        .await
        .expect(303)
        .expect_to(PATH);
    assert!(
        officer
            .follow(&saved)
            .await
            .expect(200)
            .text(".state")
            .contains("nháp")
    );

    // An officer writes, the leader hands in.
    officer
        .post(&format!("{PATH}/nop"), &[("version", "1")])
        .await
        .expect(403);
    let leader = app.leader_of("hoa-binh").await;
    let preview = leader.get(&format!("{PATH}/nop")).await.expect(200);
    assert!(preview.text("main").contains("8,5"));
    leader
        .post(&format!("{PATH}/nop"), &[("version", "1")])
        .await
        .expect(303);
    let shown = leader.get(PATH).await.expect(200);
    assert!(
        shown.text(".receipt").contains("đúng hạn"),
        "{}",
        shown.text(".receipt")
    );
    assert_eq!(shown.text(".hash").len(), 64);

    let lead = app.secretariat().await;
    lead.post(&format!("{PATH}/tiep-nhan"), &[("version", "2")])
        .await
        .expect(303);
    assert!(
        lead.get(PATH)
            .await
            .expect(200)
            .text(".state")
            .contains("đã tiếp nhận")
    );
    let journal: i64 = app
        .value("select count(*) from journal where action like 'registration.%'")
        .await;
    assert_eq!(journal, 3, "save, submit, accept");
}

#[tokio::test]
async fn a_wrong_value_comes_back_with_what_was_typed_and_the_draft_is_kept() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    for wrong in ["8 lớp", "NaN", "-", "1.234", "-5"] {
        let version: i32 = app
            .value("select coalesce(max(version), 0) from registrations")
            .await;
        let version = version.to_string();
        let page = officer
            .post(
                &format!("{PATH}/sua"),
                &with(filled(&version), "target_target", wrong),
            )
            .await
            .expect(422);
        assert!(!page.error_at("target_target-0").is_empty(), "{wrong}");
        assert_eq!(page.value("[id='target_target-0']"), wrong);
        assert!(page.has(".error-summary a[href='#target_target-0']"));
    }
    let again = officer.get(&format!("{PATH}/sua")).await.expect(200);
    assert_eq!(
        again.value("[id='target_target-0']"),
        "-5",
        "the draft keeps even what is wrong"
    );
    let leader = app.leader_of("hoa-binh").await;
    leader
        .post(&format!("{PATH}/nop"), &[("version", "5")])
        .await
        .expect(422);
}

#[tokio::test]
async fn text_of_any_length_and_script_is_bounded_and_escaped() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let long = "ă".repeat(5000);
    let page = officer
        .post(&format!("{PATH}/sua"), &with(filled("0"), "contact_name", &long))
        .await
        .expect(422);
    assert!(page.error_at("contact_name").contains("5.000"));
    let fields = with(filled("1"), "target_indicator", "<script>alert(1)</script>");
    officer.post(&format!("{PATH}/sua"), &fields).await.expect(303);
    let shown = officer.get(PATH).await.expect(200);
    assert_eq!(shown.count("main script"), 0);
    assert!(shown.text("main").contains("<script>alert(1)</script>"));
}

#[tokio::test]
async fn the_second_of_two_who_edit_the_same_draft_gets_a_conflict_and_keeps_the_text() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    officer
        .post(&format!("{PATH}/sua"), &filled("0"))
        .await
        .expect(303);
    let leader = app.leader_of("hoa-binh").await;
    leader
        .post(&format!("{PATH}/sua"), &with(filled("1"), "target_target", "9"))
        .await
        .expect(303);
    let late = officer
        .post(&format!("{PATH}/sua"), &with(filled("1"), "target_target", "12"))
        .await
        .expect(409);
    assert_eq!(late.value("[id='target_target-0']"), "12");
    let stored = officer.get(&format!("{PATH}/sua")).await.expect(200);
    assert_eq!(stored.value("[id='target_target-0']"), "9");
}

#[tokio::test]
async fn the_form_saves_itself_and_says_the_version_to_go_on_from() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let first = officer
        .post(&format!("{PATH}/ban-nhap"), &filled("0"))
        .await
        .expect(200);
    assert_eq!(first.header("x-version"), "1");
    let fields = with(filled("1"), "target_target", "tám");
    let second = officer
        .post(&format!("{PATH}/ban-nhap"), &fields)
        .await
        .expect(200);
    assert!(second.body.contains("1 ô cần sửa"), "{}", second.body);
    officer
        .post(&format!("{PATH}/ban-nhap"), &filled("1"))
        .await
        .expect(409);
}

#[tokio::test]
async fn lateness_is_for_the_clock_to_say_and_for_the_year_to_allow() {
    let app = TestApp::new().await;
    let leader = app.leader_of("hoa-binh").await;
    leader
        .post(&format!("{PATH}/sua"), &filled("0"))
        .await
        .expect(303);
    app.set_clock("2023-03-06 08:00");
    app.sql("update year_steps set late_is = 'refused' where step = 'registration'")
        .await
        .unwrap();
    let leader = app.leader_of("hoa-binh").await;
    leader
        .post(&format!("{PATH}/nop"), &[("version", "1")])
        .await
        .expect(409);
    app.sql("update year_steps set late_is = 'marked' where step = 'registration'")
        .await
        .unwrap();
    leader
        .post(&format!("{PATH}/nop"), &[("version", "1")])
        .await
        .expect(303);
    assert!(leader.get(PATH).await.text(".receipt").contains("chậm 6 ngày"));
}

#[tokio::test]
async fn a_return_opens_only_the_items_it_names() {
    let app = TestApp::new().await;
    let before = app.registration("cum-3", "hoa-binh", State::Submitted).await;
    let targets = &before.content.as_ref().unwrap().targets;
    let key = format!("targets:{}", targets[0].id);
    let lead = app.secretariat().await;
    let version = before.version.to_string();
    let bare = lead
        .post(&format!("{PATH}/tra-lai"), &[("version", &version)])
        .await
        .expect(422);
    assert_eq!(bare.wrong_fields(), ["reason", "item"]);
    let fields = [
        ("version", version.as_str()),
        ("reason", "Chỉ tiêu thấp"),
        ("item", key.as_str()),
        ("item_key", key.as_str()),
        ("item_note", "Xem lại"),
    ];
    lead.post(&format!("{PATH}/tra-lai"), &fields).await.expect(303);

    let officer = app.officer_of("hoa-binh").await;
    let form = officer.get(&format!("{PATH}/sua")).await.expect(200);
    assert_eq!(
        form.count("input[name=target_target]"),
        1,
        "only the row that was sent back"
    );
    assert_eq!(form.count("#contact_name"), 0);
    let (id, other) = (targets[0].id.to_string(), targets[1].id.to_string());
    let now: i32 = app.value("select version from registrations").await;
    let now = now.to_string();
    let typed = [
        ("version", now.as_str()),
        ("contact_name", "Kẻ Khác"),
        ("target_id", id.as_str()),
        ("target_indicator", "Lớp tập huấn"),
        ("target_unit_of_measure", "lớp"),
        ("target_target", "20"),
        ("target_id", other.as_str()),
        ("target_indicator", "Bị sửa trộm"),
        ("target_target", "1"),
    ];
    officer.post(&format!("{PATH}/sua"), &typed).await.expect(303);
    let draft: serde_json::Value = app.value("select draft from registrations").await;
    assert_eq!(draft["targets"][0]["target"], "20");
    assert_eq!(
        draft["targets"][1]["indicator"], "Hội viên",
        "a closed row stays, whatever a browser sends"
    );
    assert_eq!(draft["contact_name"], "Nguyễn Văn Mẫu");
}

#[tokio::test]
async fn nobody_sees_or_touches_what_is_anothers() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Draft).await;
    let neighbour = app.officer_of("yen-bai").await;
    for page in ["", "/sua", "/nop", "/tep"] {
        neighbour.get(&format!("{PATH}{page}")).await.expect(404);
    }
    neighbour
        .post(&format!("{PATH}/sua"), &filled("1"))
        .await
        .expect(404);
    // The secretariat doesn't see a draft either, and never writes in another unit's paper.
    let lead = app.secretariat().await;
    lead.get(PATH).await.expect(404);
    app.registration("cum-3", "yen-bai", State::Submitted).await;
    let theirs = "/cum/cum-3/2023/dang-ky/yen-bai";
    lead.get(theirs).await.expect(200);
    lead.post(&format!("{theirs}/sua"), &filled("2"))
        .await
        .expect(403);
    app.officer_of("hoa-binh").await.get(theirs).await.expect(404);
    lead.post(&format!("{theirs}/tiep-nhan"), &[("version", "2")])
        .await
        .expect(303);
    app.officer_of("hoa-binh").await.get(theirs).await.expect(200);
}

#[tokio::test]
async fn an_act_out_of_turn_is_a_conflict() {
    let app = TestApp::new().await;
    let accepted = app.registration("cum-3", "hoa-binh", State::Accepted).await;
    let version = accepted.version.to_string();
    let leader = app.leader_of("hoa-binh").await;
    for act in ["nop", "rut"] {
        leader
            .post(&format!("{PATH}/{act}"), &[("version", &version)])
            .await
            .expect(409);
    }
    leader
        .post(&format!("{PATH}/sua"), &filled(&version))
        .await
        .expect(409);
    app.sql("update years set state = 'closed', closed_at = now() where year = 2023")
        .await
        .unwrap();
    let lead = app.secretariat().await;
    lead.get(&format!("{PATH}/tra-lai")).await.expect(409);
    leader.get(PATH).await.expect(200);
}

#[tokio::test]
async fn accepted_content_is_locked_in_the_database_too() {
    let app = TestApp::new().await;
    app.registration("cum-3", "hoa-binh", State::Accepted).await;
    assert!(app.sql("update registrations set content = '{}'").await.is_err());
    assert!(app.sql("delete from registrations").await.is_err());
}

#[tokio::test]
async fn files_are_checked_by_size_kind_and_number_and_leave_by_the_same_door() {
    let app = TestApp::new().await;
    let officer = app.officer_of("hoa-binh").await;
    let files = format!("{PATH}/tep");
    for (bytes, words) in [(&b"<html>"[..], "không phải PDF"), (&b""[..], "rỗng")] {
        let page = officer
            .upload(&files, "báo cáo.pdf", bytes, &[])
            .await
            .expect(422);
        assert!(page.error_at("file").contains(words), "{}", page.error_at("file"));
    }
    let mut large = PDF.to_vec();
    large.resize(21 * 1024 * 1024, 0);
    let page = officer.upload(&files, "to.pdf", &large, &[]).await.expect(422);
    assert!(page.error_at("file").contains("20 MB"));
    for _ in 0..10 {
        officer.upload(&files, "báo cáo.pdf", PDF, &[]).await.expect(303);
    }
    let page = officer.upload(&files, "thừa.pdf", PDF, &[]).await.expect(422);
    assert!(page.error_at("file").contains("10 tệp"));

    let list = officer.get(&files).await.expect(200);
    let href = list.attribute(".files a", "href").unwrap();
    let file = officer.get(&href).await.expect(200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    app.officer_of("yen-bai").await.get(&href).await.expect(404);
}
