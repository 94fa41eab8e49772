//! The hall: cards, papers on phones and on the tablet that is handed round, the screen, the running order, the end.

use cumthidua::ballots;

use crate::support::{ABSENT, Browser, Hall, MEETING, Page, TestApp};

const SCREEN: &str = "/cum/cum-3/2023/hoi-nghi/man-hinh";

/// Opens the paper on a phone, chooses, looks over and sends; answers the receipt's page.
pub async fn vote(
    app: &TestApp,
    hall: &Hall,
    unit: &str,
    ballot: impl ToString,
    choice: &[(&str, &str)],
) -> Page {
    let phone = app.visitor();
    let path = format!("/phieu/{}/{}", hall.codes[unit], ballot.to_string());
    let paper = phone.get(&path).await.expect(200);
    let check = look_over(&phone, &paper, choice).await.expect(200);
    phone.submit(&check, "form", &[("buoc", "gui")]).await
}

/// Fills in a paper, several boxes of one name too, and goes on to look it over.
async fn look_over(phone: &Browser<'_>, paper: &Page, choice: &[(&str, &str)]) -> Page {
    let (action, fields) = paper.form("form");
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(with(choice, "xem"));
    phone.post(&action, &fields).await
}

fn with<'a>(choice: &[(&'a str, &'a str)], step: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = choice.to_vec();
    fields.push(("buoc", step));
    fields
}

fn receipt(page: &Page) -> String {
    page.text(".receipt-code")
}

#[tokio::test]
async fn a_vote_goes_from_the_card_to_a_receipt_that_is_found_after_the_count() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let ballot = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    let phone = app.visitor();
    let card = phone
        .get(&format!("/phieu/{}", hall.codes["hoa-binh"]))
        .await
        .expect(200);
    assert!(
        card.body
            .contains("Đại biểu Hòa Bình, Liên hiệp Hội tỉnh Hòa Bình")
    );
    assert!(card.body.contains("Mở phiếu để bỏ"));

    let sent = vote(&app, &hall, "hoa-binh", ballot, &[("q0", "0"), ("q0", "1")])
        .await
        .expect(200);
    let mine = receipt(&sent);
    assert_eq!(mine.len(), 8);
    assert!(!sent.body.contains("Sơn La"), "a choice is never shown again");

    // The same card again, on another phone.
    let again = phone
        .get(&format!("/phieu/{}/{ballot}", hall.codes["hoa-binh"]))
        .await
        .expect(409);
    assert!(again.body.contains("Thẻ này đã bỏ phiếu"));
    let card = phone
        .get(&format!("/phieu/{}", hall.codes["hoa-binh"]))
        .await
        .expect(200);
    assert!(card.body.contains("Đã bỏ phiếu."));

    for unit in ["son-la", "lao-cai", "yen-bai", "lai-chau"] {
        vote(&app, &hall, unit, ballot, &[("q0", "0")]).await.expect(200);
    }
    let ballot = app.count_ballot(ballot).await;
    let path = format!("/phieu/{}/{}", hall.codes["hoa-binh"], ballot.id);
    let counted = phone.get(&path).await.expect(200);
    assert!(
        counted.body.contains(&mine),
        "the own paper is among those published"
    );
    assert!(counted.body.contains("62,50%"), "5 of 8 for Sơn La");
}

#[tokio::test]
async fn a_choice_is_checked_before_it_is_sent_and_a_blank_paper_is_asked_about() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let ballot = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    let phone = app.visitor();
    let path = format!("/phieu/{}/{ballot}", hall.codes["son-la"]);
    let paper = phone.get(&path).await.expect(200);
    for words in ["Phiếu kín", "chọn tối đa 2", "trên 50% tổng số đơn vị thành viên"] {
        assert!(paper.body.contains(words), "{words}");
    }
    let three = [("q0", "0"), ("q0", "1"), ("q0", "2")];
    let wrong = look_over(&phone, &paper, &three).await.expect(422);
    assert!(wrong.body.contains("Chọn tối đa 2, đang chọn 3"));
    assert_eq!(
        wrong.count("input[name=q0][checked]"),
        3,
        "what was chosen is kept"
    );
    let forged = look_over(&phone, &paper, &[("q0", "7")]).await.expect(422);
    assert!(forged.body.contains("không có trong danh sách"));

    let blank = look_over(&phone, &paper, &[]).await.expect(200);
    assert!(blank.body.contains("Phiếu trắng"));
    // Going back keeps the choice.
    let check = look_over(&phone, &paper, &[("q0", "2")]).await.expect(200);
    assert!(check.body.contains("Yên Bái") && !check.body.contains("Hòa Bình"));
    let back = phone.submit(&check, "form", &[("buoc", "sua")]).await.expect(200);
    assert_eq!(
        back.attribute("input[name=q0][checked]", "value").as_deref(),
        Some("2")
    );
    assert_eq!(
        app.value::<i64>("select count(*) from sealed_papers").await,
        0,
        "nothing was sent yet"
    );
}

#[tokio::test]
async fn a_form_sent_twice_gets_the_same_receipt_and_another_form_of_the_card_none() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let ballot = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    let (one, two) = (app.visitor(), app.visitor());
    let path = format!("/phieu/{}/{ballot}", hall.codes["lai-chau"]);
    let (first, second) = (one.get(&path).await.expect(200), two.get(&path).await.expect(200));
    let first = one
        .submit(&first, "form", &with(&[("q0", "0")], "xem"))
        .await
        .expect(200);
    let second = two
        .submit(&second, "form", &with(&[("q0", "1")], "xem"))
        .await
        .expect(200);
    // Two devices at the same moment, and a double click on one of them.
    let send = [("buoc", "gui")];
    let (a, b, c) = tokio::join!(
        one.submit(&first, "form", &send),
        two.submit(&second, "form", &send),
        one.submit(&first, "form", &send)
    );
    let statuses = [&a, &b, &c].map(|page| page.status.as_u16());
    assert!(
        statuses == [200, 409, 200] || statuses == [409, 200, 409],
        "{statuses:?}"
    );
    if a.status == 200 {
        assert_eq!(receipt(&a), receipt(&c));
    }
    assert_eq!(app.value::<i64>("select count(*) from sealed_papers").await, 1);

    // An answer that was lost is had again, even after the close.
    let (phone, form) = if a.status == 200 {
        (&one, &first)
    } else {
        (&two, &second)
    };
    let answer = receipt(if a.status == 200 { &a } else { &b });
    app.count_ballot(ballot).await;
    let late = phone.submit(form, "form", &send).await;
    assert!(
        late.status == 200 && (late.body.contains(&answer)),
        "{}",
        late.status
    );
}

#[tokio::test]
async fn wrong_late_and_foreign_codes_get_a_clear_page() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let ballot = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    let phone = app.visitor();
    for wrong in [
        "AAAAAAAA",
        "1",
        "00000000",
        "../../etc",
        "%C3%A9%C3%A9",
        &"A".repeat(5000),
    ] {
        let page = phone
            .get(&format!("/phieu/{}", wrong.replace("../", "%2e%2e%2f")))
            .await;
        assert_eq!(page.status, 404, "{wrong}");
    }
    let typed = phone.post("/phieu", &[("code", "zzzz zzzz")]).await.expect(422);
    assert!(typed.body.contains("Mã này không có trên thẻ nào"));
    let code = &hall.codes["son-la"];
    let spaced = format!("{} - {}", code[..4].to_lowercase(), &code[4..]);
    phone
        .post("/phieu", &[("code", &spaced)])
        .await
        .expect_to(&format!("/phieu/{code}"));

    // A ballot that isn't on this card.
    let other = uuid::Uuid::new_v4();
    phone.get(&format!("/phieu/{code}/{other}")).await.expect(404);

    // Open when the page was drawn, closed when the vote came.
    let paper = phone.get(&format!("/phieu/{code}/{ballot}")).await.expect(200);
    let check = look_over(&phone, &paper, &[("q0", "0")]).await.expect(200);
    let lead = app.actor(&crate::support::login::leader("son-la")).await;
    let open = app.ballot(ballot).await;
    ballots::close(
        &app.app.pool,
        &app.app.vault,
        app.now(),
        &lead,
        &open,
        open.version,
    )
    .await
    .unwrap();
    let late = phone.submit(&check, "form", &[("buoc", "gui")]).await.expect(409);
    assert_eq!(
        late.text(".shut p"),
        "Lần bỏ phiếu này đã đóng. Phiếu vừa gửi không được nhận."
    );
    let card = phone.get(&format!("/phieu/{code}")).await.expect(200);
    assert!(card.body.contains("Đã đóng bỏ phiếu"));
    assert_eq!(app.value::<i64>("select count(*) from ballot_papers").await, 0);
}

#[tokio::test]
async fn an_absent_unit_votes_before_the_hall_and_counts_as_absent() {
    let app = TestApp::new().await;
    let hall = app.invited_hall().await;
    app.set_clock("2023-11-25 08:00");
    let until = app.now() + chrono::Duration::hours(40);
    let id = app
        .draft_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag(), |rule| {
            rule.absent = ballots::AbsentRule::MayVoteBefore { until };
        })
        .await;
    let mut electorate = app.electorate(&hall).await;
    for elector in &mut electorate {
        if elector.unit_id != Some(hall.unit(ABSENT)) {
            elector.attendance = ballots::Attendance::Present;
        }
    }
    let lead = app.actor(&crate::support::login::leader("son-la")).await;
    let draft = app.ballot(id).await;
    ballots::open_advance(
        &mut *app.db().await,
        app.now(),
        &lead,
        &draft,
        draft.version,
        &electorate,
        &app.app.vault,
    )
    .await
    .unwrap();
    let early = app
        .visitor()
        .get(&format!("/phieu/{}", hall.codes["son-la"]))
        .await
        .expect(200);
    assert!(early.body.contains("Hội trường chưa mở bỏ phiếu"));
    vote(&app, &hall, ABSENT, id, &[("q0", "0")]).await.expect(200);

    app.set_clock("2023-11-27 08:30");
    let conference = app.closing().await;
    let delegates = cumthidua::conferences::delegates(&mut *app.db().await, conference.id)
        .await
        .unwrap();
    for delegate in delegates.iter().filter(|d| d.unit_id != Some(hall.unit(ABSENT))) {
        cumthidua::conferences::attend(
            &mut *app.db().await,
            app.now(),
            &lead,
            &conference,
            delegate.id,
            true,
        )
        .await
        .unwrap();
    }
    app.open_drafted(&hall, id).await;
    for unit in ["son-la", "lao-cai", "yen-bai", "lai-chau", "hoa-binh"] {
        vote(&app, &hall, unit, id, &[("q0", "0")]).await.expect(200);
    }
    let outcome = app.count_ballot(id).await.result.unwrap();
    assert_eq!((outcome.turnout.present, outcome.turnout.advance), (7, 1));
    let son_la = &outcome.questions[0].candidates[0];
    assert_eq!(
        (son_la.votes_for, outcome.questions[0].base),
        (6, 8),
        "{}",
        son_la.working
    );
}

#[tokio::test]
async fn who_cannot_vote_yet_is_told_why_in_a_sentence() {
    let app = TestApp::new().await;
    let hall = app.invited_hall().await;
    let until = app.now() + chrono::Duration::hours(40);
    let id = app
        .draft_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag(), |rule| {
            rule.absent = ballots::AbsentRule::MayVoteBefore { until };
        })
        .await;
    // Nobody is there yet, so all but Phú Thọ are noted as absent until the hall opens.
    let mut electorate = app.electorate(&hall).await;
    for elector in &mut electorate {
        if elector.unit_id != Some(hall.unit(ABSENT)) {
            elector.attendance = ballots::Attendance::Absent;
        }
    }
    let lead = app.actor(&crate::support::login::leader("son-la")).await;
    let (draft, vault) = (app.ballot(id).await, &app.app.vault);
    let (now, version) = (app.now(), draft.version);
    ballots::open_advance(
        &mut *app.db().await,
        now,
        &lead,
        &draft,
        version,
        &electorate,
        vault,
    )
    .await
    .unwrap();
    let phone = app.visitor();
    let card = format!("/phieu/{}", hall.codes["son-la"]);
    let early = "Hội trường chưa mở bỏ phiếu; lúc này chỉ nhận phiếu của đơn vị vắng mặt.";
    assert_eq!(phone.get(&card).await.expect(200).text(".shut p"), early);
    let paper = phone.get(&format!("{card}/{id}")).await.expect(409);
    assert_eq!(paper.text(".shut p"), early);
    app.set_clock("2023-11-15 09:00");
    let late = phone
        .get(&format!("/phieu/{}", hall.codes[ABSENT]))
        .await
        .expect(200);
    assert_eq!(
        late.text(".shut p"),
        "Hạn gửi phiếu trước là 01:00 ngày 15/11/2023, đã qua."
    );
}

#[tokio::test]
async fn the_tablet_keeps_no_code_in_its_addresses_and_goes_back_by_itself() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let ballot = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    let tablet = app.visitor();
    let start = tablet.get("/phieu?ban=1").await.expect(200);
    let code = hall.codes["yen-bai"].as_str();
    let card = tablet.submit(&start, "form", &[("code", code)]).await.expect(200);
    let paper = tablet
        .submit(
            &card,
            "form:has(input[name=phieu])",
            &[("phieu", &ballot.to_string())],
        )
        .await
        .expect(200);
    let check = tablet
        .submit(&paper, "form", &with(&[("q0", "0")], "xem"))
        .await
        .expect(200);
    let done = tablet
        .submit(&check, "form", &[("buoc", "gui")])
        .await
        .expect(200);
    for page in [&start, &card, &paper, &check, &done] {
        assert_eq!(page.path.split('?').next(), Some("/phieu"));
        let leaks = page.count(&format!("[href*='{code}'], [action*='{code}']"));
        assert_eq!(
            leaks, 0,
            "an address with the code of a card stays in the history"
        );
    }
    assert!(
        done.body
            .contains("http-equiv=\"refresh\" content=\"30; url=/phieu?ban=1\"")
    );
    assert_eq!(receipt(&done).len(), 8);
}

#[tokio::test]
async fn the_screen_counts_papers_and_tells_neither_results_nor_who_voted() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let member = app.officer_of("lai-chau").await;
    let before = member.get(SCREEN).await.expect(200);
    assert!(before.body.contains("7/8 đơn vị có mặt (cần 6)"));
    let id = app
        .open_ballot(
            &hall,
            "Suy tôn Cờ thi đua của Liên hiệp Hội Việt Nam",
            hall.flag(),
        )
        .await;
    let open = member.get(SCREEN).await.expect(200);
    assert_eq!(open.text(".screen-number"), "0/8");
    let mut seen = Vec::new();
    for (unit, votes) in [("son-la", "0"), ("hoa-binh", "1"), ("yen-bai", "2")] {
        vote(&app, &hall, unit, id, &[("q0", votes)]).await.expect(200);
        let page = member.get(SCREEN).await.expect(200);
        // Apart from the number every screen is the same: nothing tells who was last, or for whom.
        let number = page.text(".screen-number");
        let text = page.text("#man-hinh .screen-cols");
        seen.push((number.clone(), text.replace(&number, "N")));
    }
    assert_eq!(
        seen.iter().map(|s| s.0.as_str()).collect::<Vec<_>>(),
        ["1/8", "2/8", "3/8"]
    );
    assert!(seen.iter().all(|s| s.1 == seen[0].1));
    app.count_ballot(id).await;
    let counted = member.get(SCREEN).await.expect(200);
    assert!(counted.text(".screen-result").contains("Hòa Bình"));
    assert!(counted.body.contains("Phiếu phát ra"));

    // Whoever can't see the year sees no screen.
    let stranger = app.officer_of("nghe-an").await;
    stranger.get(SCREEN).await.expect(404);
    app.visitor().get(SCREEN).await.expect(303);
}

#[tokio::test]
async fn a_blank_paper_is_counted_once_on_the_screen_and_in_the_minutes() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let id = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    vote(&app, &hall, "son-la", id, &[]).await.expect(200);
    for unit in ["lao-cai", "yen-bai", "lai-chau", "hoa-binh"] {
        vote(&app, &hall, unit, id, &[("q0", "0")]).await.expect(200);
    }
    app.count_ballot(id).await;
    let lead = app.secretariat().await;
    let screen = lead.get(SCREEN).await.expect(200);
    assert_eq!(
        screen.text("#man-hinh .screen-note"),
        "Phiếu phát ra 7, thu vào 5, hợp lệ 4, không hợp lệ 1"
    );
    for page in [
        format!("{MEETING}/bien-ban/kiem-phieu/{id}"),
        format!("/cum/cum-3/2023/hoi-nghi/bo-phieu/{id}/ket-qua"),
    ] {
        let said = lead.get(&page).await.expect(200).text("main");
        assert!(
            said.contains("ợp lệ 4, không hợp lệ 1; trong đó phiếu trắng 1."),
            "{said}"
        );
    }
}

#[tokio::test]
async fn the_screens_stream_tells_that_something_changed_and_nothing_else() {
    use http_body_util::BodyExt;
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let id = app.open_ballot(&hall, "Suy tôn", hall.flag()).await;
    let member = app.officer_of("lai-chau").await;
    let request = member.request(axum::http::Method::GET, &format!("{SCREEN}/luong"));
    let answer = tower::ServiceExt::oneshot(
        app.router.clone(),
        request.body(axum::body::Body::empty()).unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(answer.headers().get("content-encoding").is_none());
    let mut body = answer.into_body();
    let mut next = async || {
        let frame = body.frame().await.unwrap().unwrap();
        String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
    };
    let first = next().await;
    assert!(first.contains("event: revision") && first.contains("data: "));
    vote(&app, &hall, "son-la", id, &[("q0", "0")]).await.expect(200);
    let second = next().await;
    assert!(second.contains("event: revision") && second != first);
}

#[tokio::test]
async fn the_lead_runs_the_conference_to_its_end_and_the_minutes_are_complete() {
    let app = TestApp::new().await;
    let hall = app.hall().await;
    let lead = app.secretariat().await;
    let running = lead.get(&format!("{MEETING}/dieu-hanh")).await.expect(200);
    assert!(running.body.contains("7/8 đơn vị có mặt"));
    // The first item, its notes, the next.
    let item = running.attribute(".agenda button", "class");
    assert_eq!(item.as_deref(), Some("link-button"));
    let first = app
        .value::<String>("select i.id::text from agenda_items i where i.position = 1")
        .await;
    lead.post(&format!("{MEETING}/muc"), &[("item", &first)])
        .await
        .expect_to(&format!("{MEETING}/dieu-hanh"));
    let notes = [
        ("item", first.as_str()),
        ("version", "1"),
        ("notes", "Chủ tọa giới thiệu đại biểu."),
    ];
    lead.post(&format!("{MEETING}/ghi-chep"), &notes)
        .await
        .expect(303);
    let stale = lead
        .post(&format!("{MEETING}/ghi-chep"), &notes)
        .await
        .expect(409);
    assert!(
        stale.body.contains("Chủ tọa giới thiệu đại biểu."),
        "what was typed is kept"
    );

    // Not before everything is counted.
    let early = lead.get(&format!("{MEETING}/ket-thuc")).await.expect(200);
    assert!(early.body.contains("Chưa bầu được cụm trưởng năm 2024"));
    lead.post(&format!("{MEETING}/ket-thuc"), &[("version", "9")])
        .await
        .expect(409);

    let flag = app.open_ballot(&hall, "Suy tôn Cờ thi đua", hall.flag()).await;
    for unit in ["son-la", "hoa-binh", "lao-cai", "yen-bai", "lai-chau"] {
        vote(&app, &hall, unit, flag, &[("q0", "0"), ("q0", "1")])
            .await
            .expect(200);
    }
    let waiting = lead.get(&format!("{MEETING}/ket-thuc")).await.expect(200);
    assert!(waiting.body.contains("đang mở"));
    app.count_ballot(flag).await;
    let offices = app
        .open_ballot(&hall, "Bầu cụm trưởng, cụm phó", hall.offices())
        .await;
    for unit in ["son-la", "hoa-binh", "lao-cai", "yen-bai", "lai-chau"] {
        vote(&app, &hall, unit, offices, &[("q0", "0"), ("q1", "0")])
            .await
            .expect(200);
    }
    app.count_ballot(offices).await;
    let member = app.officer_of("lai-chau").await;
    member.get(&format!("{MEETING}/bien-ban")).await.expect(403);

    let ready = lead.get(&format!("{MEETING}/ket-thuc")).await.expect(200);
    assert!(ready.body.contains("được suy tôn"));
    lead.submit(&ready, "form[action$='/ket-thuc']", &[])
        .await
        .expect_to(&format!("{MEETING}/bien-ban"));
    let minutes = member.get(&format!("{MEETING}/bien-ban")).await.expect(200);
    for words in [
        "TP. Sơn La",
        "Nguyễn Thị Chủ Tọa",
        "Trần Văn Thư Ký",
        "Đại biểu Hòa Bình",
        "Họp Ban Chấp hành cùng ngày",
        "Chủ tọa giới thiệu đại biểu.",
        "62,50%",
        "Lê Văn Tổ Trưởng",
        "Liên hiệp Hội tỉnh Lào Cai",
        "Nhật ký hệ thống đến dòng",
    ] {
        assert!(minutes.body.contains(words), "{words}");
    }
    let nominated = app
        .value::<i64>("select count(*) from nominations where award = 'vusta_flag' and state = 'acclaimed'")
        .await;
    assert_eq!(nominated, 2);
    let count = member
        .get(&format!("{MEETING}/bien-ban/kiem-phieu/{flag}"))
        .await
        .expect(200);
    assert!(count.body.contains("Biên bản kiểm phiếu"));

    // Signed: the same for ever.
    let page = lead.get(&format!("{MEETING}/bien-ban")).await.expect(200);
    lead.submit(&page, "form[action$='/ky']", &[])
        .await
        .expect_to(&format!("{MEETING}/bien-ban"));
    let notes = [("item", first.as_str()), ("version", "2"), ("notes", "khác")];
    lead.post(&format!("{MEETING}/ghi-chep"), &notes)
        .await
        .expect(409);
    let signed = member.get(&format!("{MEETING}/bien-ban")).await.expect(200);
    assert!(signed.body.contains("Mã băm của biên bản"));
}

#[tokio::test]
async fn only_the_secretariat_runs_the_hall() {
    let app = TestApp::new().await;
    app.hall().await;
    for other in [
        app.officer_of("lai-chau").await,
        app.patron().await,
        app.standing_office().await,
        app.administrator().await,
    ] {
        for page in ["dieu-hanh", "ket-thuc"] {
            let answer = other.get(&format!("{MEETING}/{page}")).await;
            assert!(
                answer.status == 403 || answer.status == 404,
                "{page}: {}",
                answer.status
            );
        }
        for act in [
            "khai-mac",
            "muc",
            "ket-thuc",
            "bien-ban/ky",
            "ket-luan",
            "ghi-chep",
        ] {
            let answer = other.post(&format!("{MEETING}/{act}"), &[("version", "1")]).await;
            assert!(
                answer.status == 403 || answer.status == 404,
                "{act}: {}",
                answer.status
            );
        }
    }
    app.patron()
        .await
        .get(&format!("{MEETING}/bien-ban"))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_delegate_says_to_be_here_with_the_card() {
    let app = TestApp::new().await;
    let hall = app.invited_hall().await;
    let path = format!("/phieu/{}", hall.codes["dien-bien"]);
    app.set_clock("2023-11-26 20:00");
    let phone = app.visitor();
    let early = phone.get(&path).await.expect(200);
    assert!(early.body.contains("Điểm danh mở vào ngày họp"));
    phone.post(&format!("{path}/co-mat"), &[]).await.expect(409);
    app.set_clock("2023-11-27 07:40");
    let card = phone.get(&path).await.expect(200);
    phone
        .submit(&card, "form[action$='/co-mat']", &[])
        .await
        .expect_to(&path);
    assert!(
        phone
            .get(&path)
            .await
            .expect(200)
            .body
            .contains("Đã điểm danh có mặt lúc 07:40")
    );
    let here = app
        .value::<i64>("select count(*) from delegates where attended_by = 'card'")
        .await;
    assert_eq!(here, 1);
}

#[tokio::test]
async fn faults_of_the_database_lock_no_hall_out_but_wrong_codes_do() {
    const MOST: usize = 300;
    let app = TestApp::new().await;
    let hall = app.invited_hall().await;
    let phone = app.visitor();
    let known = format!("/phieu/{}", hall.codes["dien-bien"]);
    app.sql("alter table delegates rename to delegates_away")
        .await
        .unwrap();
    for _ in 0..=MOST {
        phone.get(&known).await.expect(500);
    }
    app.sql("alter table delegates_away rename to delegates")
        .await
        .unwrap();
    for _ in 0..MOST {
        phone.get("/phieu/23456789").await.expect(404);
    }
    phone.get(&known).await.expect(429);
    app.set_clock("2023-11-27 08:40");
    phone.get(&known).await.expect(200);
}
