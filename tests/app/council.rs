//! The council's sessions held in the program: the roll, cards, a secret vote on dossiers, papers on paper, the end; and who
//! may do none of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use cumthidua::{
    ballots,
    conferences::cards,
    council::{self, Sitting},
    ids::{BallotId, PostId, SittingId},
    kit::{journal::Hand, values::PersonName},
    people::{self, NewPerson, Post, Role},
};

use crate::support::{Browser, PDF, Page, TestApp};

const NEW: &str = "/hoi-dong/2023/phien-hop/moi";
/// The members of the council beside the world's own.
const MEMBERS: [&str; 8] = ["An", "Bình", "Chi", "Dung", "Em", "Giang", "Hà", "Khánh"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Somebody with a post in the council until a day.
async fn member(app: &TestApp, name: &str, until: Option<NaiveDate>) {
    let mut db = app.db().await;
    let (now, hand) = (app.now(), Hand::program());
    let login = format!("uv-{}", name.to_lowercase().replace(' ', "-"));
    let login: String = login.chars().filter(char::is_ascii).collect();
    let new = NewPerson {
        email: format!("{login}@donvi.example"),
        login,
        full_name: PersonName::parse(&format!("Ủy Viên {name}")).unwrap(),
        gender: None,
    };
    let id = people::create_person(&mut db, now, &hand, new).await.unwrap();
    let post = Post {
        id: PostId::new(),
        role: Role::CouncilMember,
        unit_id: None,
        cluster_id: None,
        starts_on: day("2021-01-01"),
        ends_on: until,
    };
    people::add_post(&mut db, now, &hand, id, &post).await.unwrap();
}

/// Nine members; both flags and a certificate of merit wait for the council.
async fn waiting() -> TestApp {
    let app = TestApp::new().await;
    for name in MEMBERS {
        member(&app, name, None).await;
    }
    member(&app, "Cũ", Some(day("2023-12-31"))).await;
    app.conference().await;
    for (unit, award) in [
        ("son-la", "vusta_flag"),
        ("hoa-binh", "vusta_flag"),
        ("lao-cai", "vusta_merit"),
    ] {
        app.eligible(unit, award).await;
    }
    app.set_clock("2024-01-10 09:00");
    app
}

/// A session for 18/01/2024 on all dossiers that wait; answers its path.
async fn planned(app: &TestApp) -> String {
    let office = app.standing_office().await;
    let form = office.get(NEW).await.expect(200);
    assert_eq!(form.count("input[name=nomination][checked]"), 3);
    let early = [("held_on", "09/01/2024")];
    let wrong = office.submit(&form, "form.council", &early).await.expect(422);
    assert!(wrong.error_at("held_on").contains("đã qua"));
    let made = office
        .submit(
            &wrong,
            "form.council",
            &[("held_on", "18/01/2024"), ("place", "Hà Nội")],
        )
        .await
        .expect(303);
    made.location.unwrap()
}

async fn sitting(app: &TestApp, path: &str) -> Sitting {
    let id: SittingId = path.rsplit('/').next().unwrap().parse().unwrap();
    council::find_sitting(&mut *app.db().await, 2023, id)
        .await
        .unwrap()
}

/// The codes of the members' cards, by the last word of their names.
async fn codes(app: &TestApp, path: &str) -> HashMap<String, String> {
    let secret = app.app.vault.card_secret().unwrap();
    let sitting = sitting(app, path).await;
    let roll = council::roll(&mut *app.db().await, sitting.id).await.unwrap();
    roll.into_iter()
        .map(|seat| {
            let name = seat.name.rsplit(' ').next().unwrap().to_owned();
            (name, cards::code(&secret, seat.id, seat.card_number))
        })
        .collect()
}

/// A seat's id by the last word of the name.
async fn seat(app: &TestApp, path: &str, name: &str) -> String {
    let sitting = sitting(app, path).await;
    let roll = council::roll(&mut *app.db().await, sitting.id).await.unwrap();
    let found = roll.iter().find(|seat| seat.name.ends_with(name)).unwrap();
    found.id.to_string()
}

async fn attend(app: &TestApp, path: &str, names: &[&str]) {
    let office = app.standing_office().await;
    for name in names {
        let id = seat(app, path, name).await;
        office
            .post(
                &format!("{path}/diem-danh"),
                &[("seat", &id), ("noted", "present")],
            )
            .await
            .expect(303);
    }
}

/// Opens the session on its day.
async fn open(app: &TestApp, path: &str) {
    let office = app.standing_office().await;
    let page = office.get(path).await.expect(200);
    office
        .submit(&page, "form[action$='/khai-mac']", &[])
        .await
        .expect_to(path);
}

/// A ballot on all dossiers of the session; answers its path.
async fn drafted(app: &TestApp, path: &str) -> String {
    let office = app.standing_office().await;
    let page = office.get(path).await.expect(200);
    let (action, fields) = page.form("form[action$='/bo-phieu']");
    // All boxes are ticked.
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(fields.len(), 3);
    let made = office.post(&action, &fields).await.expect(303);
    let edit = made.location.unwrap();
    office.get(&edit).await.expect(200);
    edit.strip_suffix("/sua").unwrap().to_owned()
}

fn id_of(ballot: &str) -> BallotId {
    ballot.rsplit('/').next().unwrap().parse().unwrap()
}

async fn press(browser: &Browser<'_>, app: &TestApp, ballot: &str, act: &str) -> Page {
    let version = app.ballot(id_of(ballot)).await.version.to_string();
    browser
        .post(&format!("{ballot}/{act}"), &[("version", &version)])
        .await
}

/// Votes on a phone: `marks` on each dossier, `-` leaves it open.
async fn vote(app: &TestApp, code: &str, ballot: &str, marks: &str) -> Page {
    let phone = app.visitor();
    let paper = phone
        .get(&format!("/phieu/{code}/{}", id_of(ballot)))
        .await
        .expect(200);
    let (action, fields) = paper.form("form");
    let boxes = ["q0c0", "q0c1", "q1c0"];
    let mut sent: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    for (name, mark) in boxes.into_iter().zip(marks.chars()) {
        match mark {
            'y' => sent.push((name, "yes")),
            'n' => sent.push((name, "no")),
            _ => {}
        }
    }
    sent.push(("buoc", "xem"));
    let check = phone.post(&action, &sent).await;
    if check.status != 200 {
        return check;
    }
    phone.submit(&check, "form", &[("buoc", "gui")]).await
}

async fn count(app: &TestApp, ballot: &str) {
    let office = app.standing_office().await;
    let version = app.ballot(id_of(ballot)).await.version.to_string();
    let committee = [
        ("version", version.as_str()),
        ("head", "Ủy Viên An"),
        ("secretary", "Ủy Viên Chi"),
    ];
    office
        .post(&format!("{ballot}/kiem-phieu"), &committee)
        .await
        .expect_to(&format!("{ballot}/ket-qua"));
}

async fn state_of(app: &TestApp, unit: &str, award: &str) -> String {
    app.value(&format!(
        "select n.state from nominations n join units u on u.id = n.unit_id where u.slug = '{unit}' and n.award = '{award}'"
    ))
    .await
}

#[tokio::test]
async fn a_whole_session_votes_by_cards_and_its_result_goes_into_the_dossiers() {
    let app = waiting().await;
    let office = app.standing_office().await;
    let path = planned(&app).await;
    let codes = codes(&app, &path).await;
    assert_eq!(
        codes.len(),
        9,
        "whose post has ended before the day is not on the roll"
    );
    let printed = office.get(&format!("{path}/the-uy-vien")).await.expect(200);
    assert_eq!(printed.count("article.delegate-card"), 9);
    assert!(printed.body.contains(&cards::spaced(&codes["An"])));
    let ballot = drafted(&app, &path).await;
    let page = office.get(&path).await.expect(200);
    assert!(
        !page.has("form[action$='/bo-phieu']"),
        "every dossier has its ballot"
    );
    let early = office
        .post(&format!("{path}/khai-mac"), &[("version", "1")])
        .await;
    assert!(early.expect(409).text(".trouble-text").contains("18/01/2024"));

    app.set_clock("2024-01-18 08:30");
    let phone = app.visitor();
    let card = phone.get(&format!("/phieu/{}", codes["An"])).await.expect(200);
    assert!(card.body.contains("Ủy Viên An") && card.body.contains("Phiên họp Hội đồng ngày 18/01/2024"));
    phone
        .submit(&card, "form[action$='/co-mat']", &[])
        .await
        .expect(303);
    attend(&app, &path, &["Bình", "Chi", "Dung", "Em"]).await;
    press(&office, &app, &ballot, "mo").await.expect(409);
    open(&app, &path).await;
    // Five of nine are fewer than two thirds.
    let preview = office.get(&format!("{ballot}/mo")).await.expect(200);
    assert!(preview.text(".notice-late").contains("5/9"), "{}", preview.body);
    let refused = press(&office, &app, &ballot, "mo").await.expect(409);
    assert!(refused.text(".trouble-text").contains("5/9"));
    attend(&app, &path, &["Giang", "Hà"]).await;
    let excused = seat(&app, &path, "Khánh").await;
    let roll = format!("{path}/diem-danh");
    let wrong = office
        .post(&roll, &[("seat", &excused), ("noted", "excused")])
        .await
        .expect(422);
    assert!(!wrong.error_at("excuse").is_empty());
    office
        .post(
            &roll,
            &[
                ("seat", &excused),
                ("noted", "excused"),
                ("excuse", "đi công tác"),
            ],
        )
        .await
        .expect(303);
    // A declared conflict bars the member from the units' dossiers.
    let hoa_binh: String = app
        .value("select id::text from units where slug = 'hoa-binh'")
        .await;
    let seated = seat(&app, &path, "Hà").await;
    let declared = [("seat", seated.as_str()), ("unit", &hoa_binh)];
    office
        .post(&format!("{path}/khai-bao"), &declared)
        .await
        .expect(303);
    let screen = office.get(&format!("{path}/man-hinh")).await.expect(200);
    assert!(screen.body.contains("7/9") && screen.body.contains("ủy viên có mặt"));
    press(&office, &app, &ballot, "mo").await.expect_to(&ballot);

    let shown = app
        .visitor()
        .get(&format!("/phieu/{}/{}", codes["An"], id_of(&ballot)))
        .await
        .expect(200);
    for words in [
        "Tặng Cờ thi đua",
        "Liên hiệp Hội tỉnh Sơn La",
        "tổng số thành viên Hội đồng",
    ] {
        assert!(shown.body.contains(words), "{words}");
    }
    let barred = vote(&app, &codes["Hà"], &ballot, "yyy").await.expect(422);
    assert!(barred.body.contains("Không bỏ phiếu cho đơn vị của mình"));
    // One that is put on record while the ballot is open bars, too: a second unit, for this member.
    app.sql(
        "insert into conflicts_of_interest (id, person_id, unit_id, reason, declared_at, declared_by)
         select gen_random_uuid(), s.person_id, u.id, 'thử', now(), s.person_id from council_seats s, units u
         where s.name = 'Ủy Viên Hà' and u.slug = 'son-la'",
    )
    .await
    .unwrap();
    vote(&app, &codes["Hà"], &ballot, "y-y").await.expect(422);
    vote(&app, &codes["Hà"], &ballot, "-yy").await.expect(422);
    app.sql(
        "update conflicts_of_interest set lifted_at = now(), lifted_for = 'hết',
         lifted_by = (select id from persons p where p.id <> person_id order by id limit 1) where reason = 'thử'",
    )
    .await
    .unwrap();
    let first = vote(&app, &codes["Hà"], &ballot, "y-y").await.expect(200);
    let receipt = first.text(".receipt-code");
    for (name, marks) in [
        ("An", "yyy"),
        ("Bình", "yyy"),
        ("Chi", "yyn"),
        ("Dung", "yyy"),
        ("Em", "ynn"),
    ] {
        vote(&app, &codes[name], &ballot, marks).await.expect(200);
    }
    vote(&app, &codes["Giang"], &ballot, "nny").await.expect(200);
    // Who isn't here, votes twice, or has another card, is refused.
    let absent = app
        .visitor()
        .get(&format!("/phieu/{}/{}", codes["Khánh"], id_of(&ballot)))
        .await;
    assert_eq!(absent.status, 409);
    let twice = app
        .visitor()
        .get(&format!("/phieu/{}/{}", codes["An"], id_of(&ballot)))
        .await;
    assert_eq!(twice.status, 409);
    let screen = office.get(&format!("{path}/man-hinh")).await.expect(200);
    assert!(screen.text(".screen-number").contains("7/9") && !screen.has(".screen-result"));

    let member = app.council_member().await;
    member.get(&format!("{ballot}/ket-qua")).await.expect(404);
    let waits = office.get(&format!("{path}/ket-thuc")).await.expect(200);
    assert!(waits.text(".error-summary").contains("đang mở"));
    office
        .post(&format!("{path}/ket-thuc"), &[("version", "2")])
        .await
        .expect(409);
    press(&office, &app, &ballot, "dong").await.expect_to(&ballot);
    count(&app, &ballot).await;
    let result = member.get(&format!("{ballot}/ket-qua")).await.expect(200);
    let rows = result.texts(".ballot-result tbody tr");
    assert!(
        rows[0].contains("6/9 thành viên Hội đồng = 66,67% > 50%") && rows[0].contains("đạt"),
        "{rows:?}"
    );
    assert!(
        rows[1].contains("4/9") && rows[1].contains("44,44% ≤ 50%"),
        "{rows:?}"
    );
    assert!(
        rows[2].contains("5/9") && rows[2].contains("55,56% > 50%"),
        "{rows:?}"
    );
    assert!(
        result.texts("code").contains(&receipt),
        "each finds the own paper"
    );
    let file = member.get(&format!("{ballot}/phieu.json")).await.expect(200);
    let found = ballots::recount::recount(&file.body).unwrap();
    assert!(found.differences.is_empty(), "{:?}", found.differences);
    office
        .upload(&format!("{ballot}/ban-quet"), "biên bản.pdf", PDF, &[])
        .await
        .expect(303);
    let minutes = format!("{path}/bien-ban/kiem-phieu/{}", id_of(&ballot));
    let printed = member.get(&minutes).await.expect(200);
    assert!(
        printed.body.contains("Số thành viên Hội đồng được bỏ phiếu")
            && printed.body.contains("biên bản.pdf")
    );

    let last = office.get(&format!("{path}/ket-thuc")).await.expect(200);
    assert!(!last.has(".error-summary"));
    office
        .submit(&last, "form[action$='/ket-thuc']", &[])
        .await
        .expect_to(&path);
    for (unit, award, state) in [
        ("son-la", "vusta_flag", "council_passed"),
        ("hoa-binh", "vusta_flag", "council_rejected"),
        ("lao-cai", "vusta_merit", "council_passed"),
    ] {
        assert_eq!(state_of(&app, unit, award).await, state, "{unit}");
    }
    let year = member.get("/hoi-dong/2023").await.expect(200);
    assert!(
        year.body.contains("Có mặt 7/9 ủy viên") && year.has(&format!("a[href='{ballot}/ket-qua']")),
        "{}",
        year.body
    );
    let decision = office.get("/quyet-dinh/moi").await.expect(200);
    assert!(decision.body.contains("Sơn La") && !decision.body.contains("Liên hiệp Hội tỉnh Hòa Bình"));

    let paper = office
        .get("/van-ban/soan/bien-ban-hoi-dong/2023.2024-01-18")
        .await
        .expect(200)
        .text(".paper-view");
    for words in [
        "tiến hành bỏ phiếu kín đối với từng trường hợp",
        "Tổ kiểm phiếu: Tổ trưởng:",
        "phiếu thu vào: ",
        "Vắng mặt (lý do):",
        "CHỦ TỌA",
    ] {
        assert!(paper.contains(words), "no “{words}” in {paper}");
    }

    // The minutes of the count are signed after the session, too; nothing else moves any more.
    let page = office.get(&format!("{ballot}/ket-qua")).await.expect(200);
    office
        .submit(&page, "form[action$='/ky']", &[])
        .await
        .expect_to(&format!("{ballot}/ket-qua"));
    office
        .post(
            &format!("{ballot}/lap-lai"),
            &[("version", "6"), ("reason", "thử lại")],
        )
        .await
        .expect(409);
    for act in ["khai-mac", "ket-thuc", "diem-danh"] {
        office
            .post(
                &format!("{path}/{act}"),
                &[("version", "3"), ("seat", &excused), ("noted", "present")],
            )
            .await
            .expect(409);
    }
    for statement in [
        "update council_sittings set place = 'x'",
        "update council_seats set excuse = 'x' where attended_at is null",
        "delete from council_agenda",
        "update ballots set sitting_id = null where sitting_id is not null",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn papers_on_paper_are_counted_with_those_from_phones_and_a_ballot_can_be_held_again() {
    let app = waiting().await;
    let (office, member) = (app.standing_office().await, app.council_member().await);
    let path = planned(&app).await;
    app.set_clock("2024-01-18 08:30");
    attend(&app, &path, &["An", "Bình", "Chi", "Dung", "Em", "Giang", "Đồng"]).await;
    open(&app, &path).await;
    let first = drafted(&app, &path).await;
    press(&office, &app, &first, "mo").await.expect_to(&first);
    let version = app.ballot(id_of(&first)).await.version.to_string();
    let reason = [("version", version.as_str()), ("reason", "in sai tên phiếu")];
    office
        .post(&format!("{first}/huy"), &reason)
        .await
        .expect_to(&first);
    let page = office.get(&first).await.expect(200);
    let again = office
        .submit(&page, "form[action$='/lap-lai']", &[])
        .await
        .expect(303);
    let ballot = again.location.unwrap();
    assert_ne!(ballot, first);
    press(&office, &app, &ballot, "mo").await.expect_to(&ballot);

    let voters = ballots::voters(&mut *app.db().await, id_of(&ballot))
        .await
        .unwrap();
    for name in ["Dung", "Em"] {
        let voter = voters.iter().find(|v| v.name.ends_with(name)).unwrap();
        let form = [("voter", voter.id.to_string()), ("given", "1".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        office
            .post(&format!("{ballot}/phieu-giay/phat"), &form)
            .await
            .expect(303);
    }
    let codes = codes(&app, &path).await;
    for name in ["An", "Bình", "Chi", "Giang", "Đồng"] {
        vote(&app, &codes[name], &ballot, "yyy").await.expect(200);
    }
    press(&office, &app, &ballot, "dong").await.expect_to(&ballot);
    let tally = |for_merit: &'static str, against: &'static str| {
        let mut fields = vec![("collected", "2")];
        fields.extend([("invalid", "0"), ("invalid", "0"), ("blank", "0"), ("blank", "0")]);
        fields.extend([("votes_for", "2"), ("votes_for", "0"), ("votes_for", for_merit)]);
        fields.extend([
            ("votes_against", "0"),
            ("votes_against", "2"),
            ("votes_against", against),
        ]);
        fields
    };
    let papers = format!("{ballot}/phieu-giay");
    office.post(&papers, &tally("1", "1")).await.expect(303);
    // A member of the council counts too; where both differ nothing is counted.
    member.post(&papers, &tally("2", "0")).await.expect(303);
    let obstacle = office.get(&format!("{ballot}/kiem-phieu")).await.expect(200);
    assert!(obstacle.text(".notice-late").contains("khác nhau"));
    member.post(&papers, &tally("1", "1")).await.expect(303);
    count(&app, &ballot).await;
    let result = member.get(&format!("{ballot}/ket-qua")).await.expect(200);
    let rows = result.texts(".ballot-result tbody tr");
    assert!(
        rows[0].contains("7/9") && rows[1].contains("5/9") && rows[2].contains("6/9"),
        "{rows:?}"
    );
    for page in ["in-phieu", "in-bien-ban-kiem"] {
        let printed = member.get(&format!("{ballot}/{page}")).await.expect(200);
        assert!(printed.body.contains("Hội đồng Thi đua - Khen thưởng LHHVN"));
    }

    // A dossier that is taken back before the end is left alone.
    app.leader_of("hoa-binh")
        .await
        .post(
            &format!("{}/rut", app.dossier("hoa-binh", "vusta_flag").await),
            &[("version", "3"), ("reason", "xin rút")],
        )
        .await
        .expect(303);
    let last = office.get(&format!("{path}/ket-thuc")).await.expect(200);
    assert!(last.text(".notice").contains("không còn chờ Hội đồng"));
    office
        .submit(&last, "form[action$='/ket-thuc']", &[])
        .await
        .expect_to(&path);
    assert_eq!(state_of(&app, "son-la", "vusta_flag").await, "council_passed");
    assert_eq!(state_of(&app, "hoa-binh", "vusta_flag").await, "withdrawn");
}

#[tokio::test]
async fn only_the_standing_office_holds_sessions_and_only_the_council_follows_them() {
    let app = waiting().await;
    let office = app.standing_office().await;
    let path = planned(&app).await;
    let ballot = drafted(&app, &path).await;
    let member = app.council_member().await;
    member.get(&path).await.expect(200);
    member.get(&ballot).await.expect(404);
    for page in ["sua", "diem-danh", "the-uy-vien", "ket-thuc"] {
        member.get(&format!("{path}/{page}")).await.expect(403);
    }
    for act in ["khai-mac", "ket-thuc", "huy", "diem-danh", "khai-bao", "bo-phieu"] {
        member.post(&format!("{path}/{act}"), &[]).await.expect(403);
    }
    for stranger in [
        app.secretariat().await,
        app.patron().await,
        app.administrator().await,
        app.officer_of("hoa-binh").await,
    ] {
        for page in [path.clone(), format!("{path}/man-hinh"), ballot.clone()] {
            stranger.get(&page).await.expect(403);
        }
    }
    // A ballot is found below its own place only.
    let id = id_of(&ballot);
    for other in [
        format!("/hoi-dong/2022/bo-phieu/{id}"),
        format!("/cum/cum-3/2023/hoi-nghi/bo-phieu/{id}"),
        path.replace("/2023/", "/2022/"),
    ] {
        office.get(&other).await.expect(404);
    }
    // Called off, with the reason, while nobody votes.
    let wrong = office
        .post(&format!("{path}/huy"), &[("version", "1"), ("reason", "")])
        .await
        .expect(422);
    assert!(!wrong.error_at("reason").is_empty());
    office
        .post(
            &format!("{path}/huy"),
            &[("version", "1"), ("reason", "Hoãn sang tháng 2")],
        )
        .await
        .expect_to(&path);
    app.set_clock("2024-01-18 08:30");
    office
        .post(&format!("{path}/khai-mac"), &[("version", "2")])
        .await
        .expect(409);
    press(&office, &app, &ballot, "mo").await.expect(409);
    assert_eq!(state_of(&app, "son-la", "vusta_flag").await, "eligible");
}

#[tokio::test]
async fn a_session_follows_changes_of_its_plan_and_a_lost_card_opens_nothing() {
    let app = waiting().await;
    let office = app.standing_office().await;
    let path = planned(&app).await;
    let before = codes(&app, &path).await;
    let an = seat(&app, &path, "An").await;
    office
        .post(&format!("{path}/the-uy-vien/{an}/the-moi"), &[])
        .await
        .expect(303);
    let after = codes(&app, &path).await;
    assert_ne!(before["An"], after["An"]);
    app.visitor()
        .get(&format!("/phieu/{}", before["An"]))
        .await
        .expect(404);
    app.visitor()
        .get(&format!("/phieu/{}", after["An"]))
        .await
        .expect(200);

    let form = office.get(&format!("{path}/sua")).await.expect(200);
    let none = office
        .post(
            &format!("{path}/sua"),
            &[
                ("version", "1"),
                ("held_on", "20/01/2024"),
                ("quorum_percent", "50"),
                ("threshold_percent", "80"),
                ("threshold_base", "present"),
            ],
        )
        .await
        .expect(422);
    assert!(!none.error_at("agenda").is_empty());
    member(&app, "Mới", None).await;
    office
        .submit(
            &form,
            "form.council",
            &[("held_on", "20/01/2024"), ("threshold_percent", "80")],
        )
        .await
        .expect_to(&path);
    let stale = office
        .submit(&form, "form.council", &[("held_on", "21/01/2024")])
        .await
        .expect(409);
    assert_eq!(stale.value("#held_on"), "21/01/2024");
    assert_eq!(codes(&app, &path).await.len(), 10, "the roll follows the posts");
    let ballot = drafted(&app, &path).await;
    let edit = office.get(&format!("{ballot}/sua")).await.expect(200);
    assert_eq!(edit.value("#threshold_percent"), "80");
    assert!(
        !edit.has("#base-3"),
        "the council's share is never taken of valid papers"
    );
    let wrong = office
        .submit(&edit, "main form", &[("base", "valid_papers")])
        .await
        .expect(422);
    assert!(!wrong.error_at("base").is_empty());
    // The next session begins with the rule of this one.
    let next = office.get(NEW).await.expect(200);
    assert_eq!(next.value("#threshold_percent"), "80");
}
