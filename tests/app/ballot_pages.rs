//! A conference's ballots through their pages: from the draft to the signature, on phones and on paper.

use std::collections::HashMap;

use cumthidua::{
    ballots::{self, Answer, Ballot, Choices, Ground, Placed, Plan, Preset, Purpose, Rule, Seats, Token},
    conferences::{self, Conference, Delegation, FormOfVote, Kind, NamedPerson, PlanForm},
    ids::{BallotId, UnitId},
    kit::fields::FieldErrors,
    people::Actor,
    years::Year,
};
use rust_decimal::Decimal;

use crate::support::{Browser, PDF, Page, TestApp, login};

const UNITS: [&str; 8] = [
    "son-la",
    "dien-bien",
    "lai-chau",
    "lao-cai",
    "yen-bai",
    "vinh-phuc",
    "phu-tho",
    "hoa-binh",
];

/// Where a new ballot of the closing conference is asked for.
const NEW: &str = "/cum/cum-3/2023/hoi-nghi/tong-ket/bo-phieu";

/// The closing conference of 2023: Phú Thọ can't come, and has named who votes for it.
struct Meeting {
    app: TestApp,
    lead: Actor,
}

impl Meeting {
    /// Invited, all delegates named.
    async fn invited() -> Self {
        let app = TestApp::new().await;
        app.set_clock("2023-11-20 08:00");
        let meeting = Self {
            lead: app.actor(&login::leader("son-la")).await,
            app,
        };
        meeting.plan().await;
        meeting.name().await;
        meeting
    }

    /// In session, all there but Phú Thọ.
    async fn in_session() -> Self {
        let meeting = Self::invited().await;
        meeting.begin().await;
        meeting
    }

    async fn year(&self) -> Year {
        self.app.year("cum-3", 2023).await
    }

    async fn conference(&self) -> Conference {
        let mut db = self.app.db().await;
        conferences::find_meeting(&mut db, &self.year().await, "tong-ket")
            .await
            .unwrap()
    }

    async fn plan(&self) {
        let (year, now) = (self.year().await, self.app.now());
        let mut tx = self.app.app.begin().await.unwrap();
        let made = conferences::create(&mut tx, now, &self.lead, &year, Kind::Closing)
            .await
            .unwrap();
        let agenda = conferences::agenda(&mut tx, made.id).await.unwrap();
        let mut typed = PlanForm::of(&made, &agenda);
        typed.plan = conferences::Plan {
            place: "TP. Sơn La".to_owned(),
            starts_on: "27/11/2023".to_owned(),
            starts_at: "08:30".to_owned(),
            chairs: "Chủ tịch Liên hiệp Hội tỉnh Sơn La".to_owned(),
            secretary: "Trần Thị Thư Ký".to_owned(),
            ..typed.plan
        };
        conferences::save_plan(&mut tx, now, &self.lead, &year, &made, made.version, &typed)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let saved = self.conference().await;
        let mut tx = self.app.app.begin().await.unwrap();
        conferences::invite(&mut tx, now, &self.lead, &year, &saved, "", saved.version)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn name(&self) {
        let (year, conference) = (self.year().await, self.conference().await);
        let secret = self.app.app.vault.card_secret().unwrap();
        let mut tx = self.app.app.begin().await.unwrap();
        for slug in UNITS {
            let member = year.member(slug).unwrap();
            let wanted = Delegation {
                absence: (slug == "phu-tho").then(|| "trùng lịch làm việc của tỉnh".to_owned()),
                voting: Some(NamedPerson {
                    id: None,
                    name: format!("Đại biểu {}", member.place),
                    post: "Chủ tịch".to_owned(),
                }),
                is_head: true,
                stand_in: None,
                others: Vec::new(),
            };
            let seen = conferences::digest(member.unit_id, &[], &[]);
            conferences::name_delegates(
                &mut tx,
                self.app.now(),
                &self.lead,
                &conference,
                member,
                &seen,
                &wanted,
                &secret,
            )
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn begin(&self) {
        self.app.set_clock("2023-11-27 08:30");
        let mut tx = self.app.app.begin().await.unwrap();
        let conference = self.conference().await;
        conferences::open(
            &mut tx,
            self.app.now(),
            &self.lead,
            &conference,
            conference.version,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        for slug in UNITS.into_iter().filter(|slug| *slug != "phu-tho") {
            self.attend(slug).await;
        }
    }

    async fn attend(&self, slug: &str) {
        let conference = self.conference().await;
        let unit = self.unit(slug).await;
        let mut tx = self.app.app.begin().await.unwrap();
        let delegates = conferences::delegates(&mut tx, conference.id).await.unwrap();
        let delegate = delegates.iter().find(|d| d.unit_id == Some(unit)).unwrap();
        conferences::attend(
            &mut tx,
            self.app.now(),
            &self.lead,
            &conference,
            delegate.id,
            true,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    async fn unit(&self, slug: &str) -> UnitId {
        self.year().await.member(slug).unwrap().unit_id
    }

    /// Casts a vote as the delegate's phone does; answers the receipt.
    async fn cast(&self, path: &str, slug: &str, choices: &[&[usize]]) -> String {
        let conference = self.conference().await;
        let unit = self.unit(slug).await;
        let delegates = conferences::delegates(&mut *self.app.db().await, conference.id)
            .await
            .unwrap();
        let card = &delegates
            .iter()
            .find(|d| d.unit_id == Some(unit))
            .unwrap()
            .card_hash;
        let answers = choices.iter().map(|places| Answer::Chosen(places.to_vec()));
        ballots::cast(
            &self.app.app.pool,
            self.app.now(),
            id_of(path),
            card,
            &Token::new(),
            &Choices(answers.collect()),
        )
        .await
        .unwrap()
        .receipt
    }

    async fn ballot(&self, path: &str) -> Ballot {
        ballots::find(&mut *self.app.db().await, id_of(path))
            .await
            .unwrap()
    }

    async fn version(&self, path: &str) -> String {
        self.ballot(path).await.version.to_string()
    }

    /// A draft of a preset; answers the path of the ballot.
    async fn draft(&self, lead: &Browser<'_>, preset: &str) -> String {
        let answer = lead.post(NEW, &[("preset", preset)]).await.expect(303);
        let form = answer.location.unwrap();
        form.strip_suffix("/sua").unwrap().to_owned()
    }

    /// A flag ballot among these, with a reason each, opened in the hall.
    async fn opened(&self, lead: &Browser<'_>, candidates: &[&str]) -> String {
        let path = self.draft(lead, "flag").await;
        lead.post(&format!("{path}/sua"), &flag("1", candidates, &[]))
            .await
            .expect(303);
        self.press(lead, &path, "mo").await.expect_to(&path);
        path
    }

    /// Presses a button that needs nothing but the version.
    async fn press(&self, browser: &Browser<'_>, path: &str, act: &str) -> Page {
        let version = self.version(path).await;
        browser
            .post(&format!("{path}/{act}"), &[("version", &version)])
            .await
    }

    async fn count(&self, lead: &Browser<'_>, path: &str) -> Page {
        let version = self.version(path).await;
        let committee = [
            ("version", version.as_str()),
            ("head", "Nguyễn Văn Trưởng"),
            ("secretary", "Trần Thị Thư Ký"),
            ("members", "Lê Văn Viên\n\nPhạm Thị Viên"),
        ];
        lead.post(&format!("{path}/kiem-phieu"), &committee).await
    }

    /// Gives papers on paper to these units.
    async fn give(&self, lead: &Browser<'_>, path: &str, units: &[&str]) {
        let voters = ballots::voters(&mut *self.app.db().await, id_of(path))
            .await
            .unwrap();
        for slug in units {
            let unit = self.unit(slug).await;
            let voter = voters
                .iter()
                .find(|v| v.unit_id == Some(unit))
                .unwrap()
                .id
                .to_string();
            let form = [("voter", voter.as_str()), ("given", "1")];
            lead.post(&format!("{path}/phieu-giay/phat"), &form)
                .await
                .expect(303);
        }
    }

    /// Lead and deputy enter the same count.
    async fn tally(&self, path: &str, collected: &str, votes: &[&str]) {
        for browser in [self.app.secretariat().await, self.app.deputy().await] {
            browser
                .post(&format!("{path}/phieu-giay"), &tally(collected, votes))
                .await
                .expect(303);
        }
    }
}

fn id_of(path: &str) -> BallotId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// A count of one question without invalid or blank papers.
fn tally<'a>(collected: &'a str, votes: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("collected", collected), ("invalid", "0"), ("blank", "0")];
    fields.extend(votes.iter().map(|votes| ("votes_for", *votes)));
    fields
}

/// The rule's fields as the form sends them.
fn rule() -> Vec<(&'static str, &'static str)> {
    vec![
        ("form", "secret"),
        ("quorum_percent", "66,67"),
        ("threshold", "more_than"),
        ("threshold_percent", "50"),
        ("base", "all_units"),
        ("absent", "before"),
        ("until_on", "28/11/2023"),
        ("until_at", "8h"),
        ("may_vote_for_self", "1"),
        ("ladder", "second_round"),
        ("ladder", "higher_score"),
        ("ladder", "vusta"),
    ]
}

fn row<'a>(of: &'a str, unit: &'a str, reason: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("candidate_of", of),
        ("candidate_unit", unit),
        ("candidate_name", ""),
        ("candidate_reason", reason),
    ]
}

fn question<'a>(purpose: &'a str, award: &'a str, title: &'a str, seats: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("question_purpose", purpose),
        ("question_award", award),
        ("question", title),
        ("question_style", "choose"),
        ("most", seats),
        ("seats", seats),
    ]
}

/// The form of a ballot on the flag, two seats; `changes` stand in the place of the first field of their name.
fn flag<'a>(
    version: &'a str,
    candidates: &[&'a str],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", version),
        ("next", "mo"),
        ("title", "Suy tôn Cờ thi đua năm 2023"),
    ];
    fields.extend(question(
        "award",
        "vusta_flag",
        "Đơn vị đề nghị tặng Cờ thi đua",
        "2",
    ));
    for unit in candidates {
        fields.extend(row("0", unit, "dẫn đầu nhiều nội dung công tác"));
    }
    fields.extend(rule());
    for (name, value) in changes {
        let field = fields.iter_mut().find(|(known, _)| known == name);
        field.expect("a field of the form").1 = value;
    }
    fields
}

#[tokio::test]
async fn the_flag_is_voted_on_with_phones_and_an_absent_unit_votes_before() {
    let meeting = Meeting::invited().await;
    let app = &meeting.app;
    let (lead, member) = (app.secretariat().await, app.officer_of("hoa-binh").await);
    let path = meeting.draft(&lead, "flag").await;
    member.get(&path).await.expect(404);
    let form = lead.get(&format!("{path}/sua")).await.expect(200);
    assert_eq!(form.value("#seats-0"), "2", "the year's number of flags");
    let fields = flag("1", &["son-la", "hoa-binh", "yen-bai"], &[]);
    lead.post(&format!("{path}/sua"), &fields)
        .await
        .expect_to(&format!("{path}/mo"));
    let early = lead.get(&format!("{path}/mo")).await.expect(200);
    assert!(early.text(".notice-late").contains("0/8 đơn vị = 0,00% < 66,67%"));
    assert!(!early.has("details.final"), "without a quorum there is no button");

    let before = lead.get(&format!("{path}/mo-truoc")).await.expect(200);
    let of_absent: Vec<String> = before
        .texts(".ballot-voters li")
        .into_iter()
        .filter(|li| li.contains("gửi phiếu trước"))
        .collect();
    assert!(
        of_absent.len() == 1 && of_absent[0].contains("Phú Thọ"),
        "{of_absent:?}"
    );
    assert!(
        before.text(".notice-waiting").contains("Chỉ có 1 phiếu"),
        "so few are easily guessed"
    );
    meeting.press(&lead, &path, "mo-truoc").await.expect_to(&path);
    lead.get(&format!("{path}/sua")).await.expect(409);
    let receipt = meeting.cast(&path, "phu-tho", &[&[0, 1]]).await;
    let seen = member.get(&path).await.expect(200);
    assert!(
        seen.text("main")
            .contains("trên 50% tổng số đơn vị thành viên đồng ý")
    );
    assert!(!seen.has(".ballot-voters") && !seen.has(".page-actions .btn-primary"));

    meeting.begin().await;
    let preview = lead.get(&format!("{path}/mo")).await.expect(200);
    assert!(preview.text(".quorum").contains("Đủ điều kiện họp"));
    assert!(preview.text("details.final").contains("bị khóa"));
    meeting.press(&lead, &path, "mo").await.expect_to(&path);
    for slug in ["son-la", "dien-bien", "lai-chau", "vinh-phuc", "hoa-binh"] {
        meeting.cast(&path, slug, &[&[0, 1]]).await;
    }
    let halfway = lead.get(&path).await.expect(200);
    assert!(
        halfway
            .texts(".stat")
            .iter()
            .any(|stat| stat.contains("Đã bỏ phiếu 6")),
        "{:?}",
        halfway.texts(".stat")
    );
    assert_eq!(halfway.count(".ballot-voters li"), 8);
    member.get(&format!("{path}/ket-qua")).await.expect(404);
    let asked = lead.get(&format!("{path}/dong")).await.expect(200);
    assert!(
        asked.text(".notice-waiting").contains("Lào Cai")
            && asked.text(".notice-waiting").contains("Yên Bái")
    );
    for slug in ["lao-cai", "yen-bai"] {
        meeting.cast(&path, slug, &[&[0, 2]]).await;
    }
    meeting.press(&lead, &path, "dong").await.expect_to(&path);
    member.get(&format!("{path}/phieu.json")).await.expect(404);
    let empty = [("version", "5"), ("head", ""), ("secretary", "Trần Thị Thư Ký")];
    let wrong = lead.post(&format!("{path}/kiem-phieu"), &empty).await.expect(422);
    assert_eq!(
        (wrong.wrong_fields(), wrong.value("#secretary")),
        (vec!["head".to_owned()], "Trần Thị Thư Ký".to_owned())
    );
    let result = format!("{path}/ket-qua");
    meeting.count(&lead, &path).await.expect_to(&result);

    let page = member.get(&result).await.expect(200);
    let rows = page.texts(".ballot-result tbody tr");
    assert!(
        rows[0].contains("Sơn La") && rows[0].contains("8/8 đơn vị = 100,00%") && rows[0].contains("đạt"),
        "{rows:?}"
    );
    assert!(rows[1].contains("Hòa Bình") && rows[1].contains("75,00%") && rows[1].contains("đạt"));
    assert!(rows[2].contains("Yên Bái") && rows[2].contains("không đủ phiếu"));
    assert!(page.texts("code").contains(&receipt), "each finds the own paper");
    assert!(!page.has("details.btn-danger") && !page.has("form[action$=ky]"));
    let file = member.get(&format!("{path}/phieu.json")).await.expect(200);
    let published: ballots::Published = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!((published.papers.len(), published.turnout.advance), (8, 1));
    assert!(page.body.contains(&published.hash));
    meeting.press(&lead, &path, "ky").await.expect_to(&result);
    meeting.press(&lead, &path, "ky").await.expect(409);
}

#[tokio::test]
async fn lead_and_deputy_are_elected_on_one_paper() {
    let meeting = Meeting::in_session().await;
    let lead = meeting.app.secretariat().await;
    let path = meeting.draft(&lead, "offices").await;
    let mut fields = vec![
        ("version", "1"),
        ("next", "mo"),
        ("title", "Bầu cụm trưởng, cụm phó năm 2024"),
    ];
    fields.extend(question("lead", "", "Đơn vị làm cụm trưởng năm 2024", "1"));
    fields.extend(question("deputy", "", "Đơn vị làm cụm phó năm 2024", "1"));
    for (of, unit) in [("0", "lao-cai"), ("0", "phu-tho"), ("1", "yen-bai")] {
        fields.extend(row(of, unit, ""));
    }
    fields.extend(rule());
    lead.post(&format!("{path}/sua"), &fields).await.expect(303);
    meeting.press(&lead, &path, "mo").await.expect_to(&path);
    for slug in UNITS.into_iter().filter(|slug| *slug != "phu-tho") {
        meeting.cast(&path, slug, &[&[0], &[0]]).await;
    }
    meeting.press(&lead, &path, "dong").await.expect(303);
    meeting.count(&lead, &path).await.expect(303);
    let mut db = meeting.app.db().await;
    let all = ballots::of_conference(&mut db, meeting.conference().await.id)
        .await
        .unwrap();
    let elected: HashMap<Purpose, String> = ballots::outcome_of(&all)
        .into_iter()
        .filter(|line| line.verdict == ballots::Verdict::Elected)
        .map(|line| (line.purpose, line.candidate.name))
        .collect();
    assert!(elected[&Purpose::Lead].contains("Lào Cai") && elected[&Purpose::Deputy].contains("Yên Bái"));
    let page = lead.get(&format!("{path}/ket-qua")).await.expect(200);
    assert!(page.texts(".ballot-result")[0].contains("7/8 đơn vị = 87,50% > 50%"));
    assert!(!page.has("form[action$=\"vong-2\"]"), "nothing is open");
}

#[tokio::test]
async fn a_tie_on_paper_goes_to_a_second_round_once_two_counts_agree() {
    let meeting = Meeting::in_session().await;
    let app = &meeting.app;
    let (lead, deputy) = (app.secretariat().await, app.deputy().await);
    let path = meeting.opened(&lead, &["son-la", "hoa-binh", "yen-bai"]).await;
    let here: Vec<&str> = UNITS.into_iter().filter(|slug| *slug != "phu-tho").collect();
    meeting.give(&lead, &path, &here).await;
    let papers = format!("{path}/phieu-giay");
    assert!(
        lead.get(&papers)
            .await
            .expect(200)
            .text("main")
            .contains("Đã phát 7 phiếu giấy")
    );
    lead.post(&papers, &tally("7", &["7", "5", "2"]))
        .await
        .expect(409);
    meeting.press(&lead, &path, "dong").await.expect(303);

    let wrong = lead
        .post(&papers, &tally("7", &["8", "năm", "2"]))
        .await
        .expect(422);
    assert_eq!(wrong.value("#for-0-1"), "năm");
    assert!(!wrong.error_at("for-0-1").is_empty());
    let wrong = lead
        .post(&papers, &tally("9", &["7", "5", "2"]))
        .await
        .expect(422);
    assert!(wrong.error_at("collected").contains("đã phát ra 7 phiếu"));
    lead.post(&papers, &tally("7", &["4", "5", "5"]))
        .await
        .expect_to(&papers);
    let blind = deputy.get(&papers).await.expect(200);
    assert_eq!(
        blind.value("#for-0-0"),
        "",
        "nobody sees the other's count before the own one"
    );
    assert!(!blind.text("main").contains("khác nhau"));
    deputy
        .post(&papers, &tally("7", &["5", "5", "4"]))
        .await
        .expect_to(&papers);
    let differing = deputy.get(&papers).await.expect(200);
    let figures = differing.texts("table tbody tr");
    assert_eq!(figures.len(), 2, "{figures:?}");
    assert!(
        figures[0].contains("Sơn La") && figures[0].ends_with("4 5"),
        "{figures:?}"
    );
    let blocked = lead.get(&format!("{path}/kiem-phieu")).await.expect(200);
    assert!(blocked.text(".notice-late").contains("khác nhau ở 2 số") && !blocked.has(".form-end"));
    meeting.count(&lead, &path).await.expect(409);
    app.patron()
        .await
        .post(&papers, &tally("7", &["5", "5", "4"]))
        .await
        .expect(409);
    // The lead had swapped two figures: with five votes each two are tied for nothing, with four each for one seat.
    for browser in [&lead, &deputy] {
        browser
            .post(&papers, &tally("7", &["4", "5", "5"]))
            .await
            .expect(303);
    }
    assert!(lead.get(&papers).await.text(".notice-done").contains("khớp nhau"));
    meeting.count(&lead, &path).await.expect(303);
    let page = lead.get(&format!("{path}/ket-qua")).await.expect(200);
    assert!(
        !page.has("form[action$=\"vong-2\"]"),
        "two of five votes each fill both seats"
    );

    let tied = meeting.opened(&lead, &["son-la", "hoa-binh", "yen-bai"]).await;
    meeting.give(&lead, &tied, &here).await;
    meeting.press(&lead, &tied, "dong").await.expect(303);
    meeting.tally(&tied, "7", &["4", "5", "4"]).await;
    // Four of eight is no more than half: without a pass there is no tie, so the base is all who are present elsewhere.
    meeting.count(&lead, &tied).await.expect(303);
    let page = lead.get(&format!("{tied}/ket-qua")).await.expect(200);
    assert!(page.texts(".ballot-result tbody tr")[0].contains("50,00% ≤ 50%"));
}

#[tokio::test]
async fn equal_votes_at_the_last_seat_lead_from_round_to_round_to_vusta() {
    let meeting = Meeting::in_session().await;
    let app = &meeting.app;
    let lead = app.secretariat().await;
    let here: Vec<&str> = UNITS.into_iter().filter(|slug| *slug != "phu-tho").collect();
    let path = meeting.draft(&lead, "flag").await;
    let form = flag(
        "1",
        &["son-la", "hoa-binh", "yen-bai"],
        &[("base", "present"), ("threshold_percent", "40")],
    );
    lead.post(&format!("{path}/sua"), &form).await.expect(303);
    meeting.press(&lead, &path, "mo").await.expect(303);
    meeting.give(&lead, &path, &here).await;
    meeting.press(&lead, &path, "dong").await.expect(303);
    meeting.tally(&path, "7", &["6", "4", "4"]).await;
    meeting.count(&lead, &path).await.expect(303);
    let result = lead.get(&format!("{path}/ket-qua")).await.expect(200);
    let steps = result.texts(".ladder li");
    assert!(
        steps.len() == 1 && steps[0].contains("đang chờ") && steps[0].contains("Hòa Bình, "),
        "{steps:?}"
    );
    assert!(result.texts(".ballot-result tbody tr")[1].contains("bằng phiếu, chưa xác định"));
    assert!(!result.has("form[action$=\"y-kien\"]"), "first the second round");
    let answer = [
        ("version", "4"),
        ("elected", "0-1"),
        ("reason", "Công văn 12/LHHVN"),
    ];
    lead.post(&format!("{path}/y-kien"), &answer).await.expect(409);
    app.deputy()
        .await
        .post(&format!("{path}/vong-2"), &[("version", "4")])
        .await
        .expect(403);

    let second = meeting
        .press(&lead, &path, "vong-2")
        .await
        .expect(303)
        .location
        .unwrap();
    let draft = lead.get(&second).await.expect(200);
    assert!(draft.text("h1").contains("(vòng 2)"));
    assert_eq!(draft.count(".ballot-names li"), 2);
    assert!(draft.text("main").contains("Bằng phiếu ở suất cuối cùng"));
    meeting.press(&lead, &path, "vong-2").await.expect(409);
    assert!(
        lead.get(&path)
            .await
            .text("main")
            .contains("Đã có phiếu tiếp theo")
    );
    // The candidates of a second round are given; a form that brings others changes nothing.
    let form = flag(
        "1",
        &["dien-bien"],
        &[
            ("title", "Bỏ phiếu lại"),
            ("base", "present"),
            ("threshold_percent", "40"),
        ],
    );
    lead.post(&format!("{second}/sua"), &form).await.expect(303);
    let names: Vec<String> = meeting.ballot(&second).await.plan.questions[0]
        .candidates
        .iter()
        .map(|c| c.name.clone())
        .collect();
    assert!(
        names.len() == 2 && names[0].contains("Hòa Bình") && names[1].contains("Yên Bái"),
        "{names:?}"
    );
    meeting.press(&lead, &second, "mo").await.expect(303);
    meeting.give(&lead, &second, &here[..6]).await;
    meeting.press(&lead, &second, "dong").await.expect(303);
    meeting.tally(&second, "6", &["3", "3"]).await;
    meeting.count(&lead, &second).await.expect(303);
    let page = lead.get(&format!("{second}/ket-qua")).await.expect(200);
    assert_eq!(page.count(".ladder li"), 3, "{:?}", page.texts(".ladder li"));
    let office = app.standing_office().await;
    let version = meeting.version(&second).await;
    let none = [("version", version.as_str()), ("reason", "Công văn 12/LHHVN")];
    let wrong = office.post(&format!("{second}/y-kien"), &none).await.expect(422);
    assert!(wrong.error_at("elected-0").contains("đúng 1"));
    assert_eq!(wrong.value("#reason"), "Công văn 12/LHHVN");
    let answer = [none[0], none[1], ("elected", "0-1")];
    office
        .post(&format!("{second}/y-kien"), &answer)
        .await
        .expect(303);
    let page = lead.get(&format!("{second}/ket-qua")).await.expect(200);
    let rows = page.texts(".ballot-result tbody tr");
    assert!(rows[1].contains("Yên Bái") && rows[1].contains("đạt"), "{rows:?}");
    assert!(page.text("main").contains("Công văn 12/LHHVN"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_its_field_and_kept() {
    let meeting = Meeting::in_session().await;
    let lead = meeting.app.secretariat().await;
    let path = meeting.draft(&lead, "flag").await;
    let form = format!("{path}/sua");
    let units = ["son-la", "hoa-binh"];
    for (name, value, field) in [
        ("seats", "hai", "seats-0"),
        ("most", "0", "most-0"),
        ("question_award", "", "question_award-0"),
        ("candidate_unit", "nghe-an", "candidate_unit-0"),
        ("candidate_unit", "", "candidate_unit-0"),
        ("candidate_reason", "", "candidate_reason-0"),
        ("candidate_name", "Nguyễn Văn Mẫu", "candidate_unit-0"),
        ("threshold_percent", "150", "threshold_percent"),
        ("quorum_percent", "hai phần ba", "quorum_percent"),
        ("until_on", "31/02/2023", "until_on"),
        ("until_at", "25:00", "until_at"),
        ("until_on", "20/11/2023", "until_on"),
        ("ladder", "vusta", "ladder"),
        ("form", "", "form"),
    ] {
        let page = lead
            .post(&form, &flag("1", &units, &[(name, value)]))
            .await
            .expect_because(422, name);
        assert!(
            !page.error_at(field).is_empty(),
            "{name}={value}: {:?}",
            page.wrong_fields()
        );
        assert_eq!(page.value("#title"), "Suy tôn Cờ thi đua năm 2023");
    }
    assert_eq!(meeting.version(&path).await, "1", "nothing of it was saved");
    let page = lead.post(&form, &flag("1", &units, &[("seats", "hai")])).await;
    assert_eq!(page.value("#seats-0"), "hai");

    // What is only missing may be saved, and keeps the ballot closed.
    let page = lead
        .post(&form, &flag("1", &units, &[("title", ""), ("seats", "3")]))
        .await
        .expect(422);
    assert_eq!(page.wrong_fields(), ["title", "seats-0"]);
    assert_eq!(meeting.version(&path).await, "2");
    let closed = lead.get(&format!("{path}/mo")).await.expect(200);
    assert!(closed.text(".error-summary").contains("tên phiếu") && !closed.has("details.final"));
    assert!(meeting.press(&lead, &path, "mo").await.status.is_client_error());

    let stale = lead
        .post(&form, &flag("1", &units, &[("title", "Bản cũ")]))
        .await
        .expect(409);
    assert_eq!(stale.value("#title"), "Bản cũ");
    lead.post(NEW, &[("preset", "la")]).await.expect(400);
}

#[tokio::test]
async fn rows_and_questions_are_added_without_a_script() {
    let meeting = Meeting::in_session().await;
    let lead = meeting.app.secretariat().await;
    let path = meeting.draft(&lead, "motion").await;
    let form = format!("{path}/sua");
    let typed = |version: &'static str, next: &'static str| {
        let mut fields = vec![("version", version), ("next", next), ("title", "Biểu quyết")];
        fields.extend([
            ("question_purpose", "motion"),
            ("question_award", ""),
            ("question", "Thông qua quy chế"),
            ("question_style", "each_yes_no"),
            ("most", ""),
            ("seats", ""),
            ("candidate_of", "0"),
            ("candidate_unit", ""),
            ("candidate_name", "Quy chế hoạt động của cụm"),
            ("candidate_reason", ""),
        ]);
        fields.extend(rule());
        fields
    };
    let to = lead
        .post(&form, &typed("1", "dong-0"))
        .await
        .expect(303)
        .location
        .unwrap();
    assert!(to.ends_with("/sua#candidates-0"));
    assert_eq!(
        lead.get(&form).await.count("#candidates-0-rows tr"),
        3,
        "one and two to spare"
    );
    lead.post(&form, &typed("2", "noi-dung")).await.expect(303);
    let page = lead.get(&form).await.expect(200);
    assert_eq!(page.count(".ballot-form"), 2);
    assert_eq!(page.value("#candidate_name-0"), "Quy chế hoạt động của cụm");
    let dropped = lead
        .submit(&page, "main form", &[("next", "bo-1")])
        .await
        .expect(303);
    assert_eq!(lead.follow(&dropped).await.count(".ballot-form"), 1);
    let plan = meeting.ballot(&path).await.plan;
    assert_eq!(
        (plan.questions[0].seats, plan.check()),
        (1, FieldErrors::default())
    );
}

#[tokio::test]
async fn nobody_sees_more_than_is_theirs() {
    let meeting = Meeting::in_session().await;
    let app = &meeting.app;
    let lead = app.secretariat().await;
    let path = meeting.opened(&lead, &["son-la", "hoa-binh"]).await;
    let acts = [
        "sua",
        "mo",
        "mo-truoc",
        "dong",
        "kiem-phieu",
        "huy",
        "ky",
        "vong-2",
        "lap-lai",
        "co-mat",
        "phieu-giay/phat",
    ];
    for (who, browser) in [
        ("member", app.leader_of("hoa-binh").await),
        ("patron", app.patron().await),
        ("office", app.standing_office().await),
    ] {
        let page = browser.get(&path).await.expect_because(200, who);
        assert!(!page.has(".ballot-voters"), "{who}");
        for act in acts {
            browser
                .post(&format!("{path}/{act}"), &[("version", "3")])
                .await
                .expect_because(403, &format!("{who} {act}"));
        }
        browser
            .get(&format!("{path}/ket-qua"))
            .await
            .expect_because(404, who);
    }
    for (who, browser) in [
        ("administrator", app.administrator().await),
        ("another cluster", app.leader_of("nghe-an").await),
        ("council", app.council_member().await),
    ] {
        for page in ["", "/ket-qua", "/phieu.json", "/phieu-giay", "/in-phieu"] {
            browser
                .get(&format!("{path}{page}"))
                .await
                .expect_because(404, &format!("{who} {page}"));
        }
    }
    app.officer_of("hoa-binh")
        .await
        .get(&format!("{path}/phieu-giay"))
        .await
        .expect(403);
    lead.get(&path.replace("cum-3", "cum-4")).await.expect(404);
    let id = BallotId::new();
    lead.get(&format!("/cum/cum-3/2023/hoi-nghi/bo-phieu/{id}"))
        .await
        .expect(404);
    app.officer_of("hoa-binh")
        .await
        .post(NEW, &[("preset", "flag")])
        .await
        .expect(403);
}

#[tokio::test]
async fn who_comes_late_votes_and_a_paper_unused_comes_back() {
    let meeting = Meeting::in_session().await;
    let lead = meeting.app.secretariat().await;
    let path = meeting.opened(&lead, &["son-la", "hoa-binh"]).await;
    let unit = meeting.unit("phu-tho").await;
    let voters = ballots::voters(&mut *meeting.app.db().await, id_of(&path))
        .await
        .unwrap();
    let voter = voters
        .iter()
        .find(|v| v.unit_id == Some(unit))
        .unwrap()
        .id
        .to_string();
    let late = format!("{path}/co-mat");
    let told = lead.post(&late, &[("voter", &voter)]).await.expect(409);
    assert!(told.text(".trouble-text").contains("điểm danh"));
    meeting.attend("phu-tho").await;
    lead.post(&late, &[("voter", &voter)]).await.expect_to(&path);
    let give = format!("{path}/phieu-giay/phat");
    lead.post(&give, &[("voter", &voter), ("given", "1")])
        .await
        .expect(303);
    lead.post(&give, &[("voter", &voter)]).await.expect(303);
    meeting.cast(&path, "phu-tho", &[&[0]]).await;
    lead.post(&give, &[("voter", &voter), ("given", "1")])
        .await
        .expect(409);
}

#[tokio::test]
async fn a_ballot_is_called_off_with_a_reason_and_another_takes_its_place() {
    let meeting = Meeting::in_session().await;
    let lead = meeting.app.secretariat().await;
    let path = meeting.opened(&lead, &["son-la", "hoa-binh"]).await;
    let version = meeting.version(&path).await;
    let off = format!("{path}/huy");
    let wrong = lead
        .post(&off, &[("version", &version), ("reason", " ")])
        .await
        .expect(422);
    assert!(!wrong.error_at("reason").is_empty());
    lead.post(&off, &[("version", &version), ("reason", "Thiếu một ứng viên")])
        .await
        .expect_to(&path);
    let page = lead.get(&path).await.expect(200);
    assert!(page.text(".notice-late").contains("Thiếu một ứng viên"));
    let to = lead
        .submit(&page, "form[action$=\"lap-lai\"]", &[])
        .await
        .expect(303)
        .location
        .unwrap();
    let next = lead.get(&to).await.expect(200);
    assert!(next.text("main").contains("Thiếu một ứng viên") && next.has("a[href$=\"/sua\"]"));
    assert_eq!(meeting.ballot(&to).await.plan.round, 1);
    let actor = &meeting.lead;
    let all = ballots::of_conference(&mut *meeting.app.db().await, meeting.conference().await.id)
        .await
        .unwrap();
    let list = ballots::list(actor, &ballots::year_base(&meeting.year().await), &all);
    assert!(list[0].note.contains("Thiếu một ứng viên") && list[0].next.is_none());
    assert_eq!(
        list[1].next.as_ref().map(|next| next.href.clone()),
        Some(format!("{to}/mo"))
    );
}

#[tokio::test]
async fn papers_and_the_sheet_for_counting_are_printed_for_any_ballot() {
    let meeting = Meeting::in_session().await;
    let lead = meeting.app.secretariat().await;
    let path = meeting.opened(&lead, &["son-la", "hoa-binh", "yen-bai"]).await;
    let page = lead.get(&format!("{path}/in-phieu")).await.expect(200);
    assert_eq!(page.count(".paper"), 8, "one for each who may vote");
    assert_eq!(
        page.count(".paper:first-of-type .paper-box"),
        3 * page.count(".paper-sheet")
    );
    assert!(page.text(".paper-validity").contains("phiếu trắng, không hợp lệ"));
    let four = lead
        .get(&format!("{path}/in-phieu?so_phieu=5&moi_trang=4"))
        .await
        .expect(200);
    assert_eq!((four.count(".paper-sheet-4"), four.count(".paper")), (2, 5));
    let sheet = meeting
        .app
        .deputy()
        .await
        .get(&format!("{path}/in-bien-ban-kiem"))
        .await
        .expect(200);
    assert_eq!(sheet.count(".count-marks"), 5, "three candidates, blank, invalid");
}

#[tokio::test]
async fn a_preset_takes_candidates_and_seats_from_the_year() {
    let app = TestApp::new().await;
    let year = app.year("cum-3", 2023).await;
    let awards = cumthidua::awards::all(&mut *app.db().await).await.unwrap();
    let standing: Vec<Placed> = ["hoa-binh", "son-la", "phu-tho", "lao-cai", "lai-chau"]
        .iter()
        .enumerate()
        .map(|(i, slug)| Placed {
            unit_id: year.member(slug).unwrap().unit_id,
            place: i + 1,
            points: Decimal::from(98 - i),
            words: format!("xếp thứ {} theo bảng điểm", i + 1),
        })
        .collect();
    let saved = Plan {
        title: String::new(),
        form: FormOfVote::Secret,
        round: 1,
        questions: Vec::new(),
        rule: Rule::of_year(&year.rules),
    };
    let ground = Ground {
        members: year.members.iter().collect(),
        standing: &standing,
        saved: &saved,
        now: app.now(),
    };
    let plan = |preset: Preset, flag| preset.plan(&year, &ground, &awards, Seats { flag, merit: 3 });
    let question = &plan(Preset::Flag, 1).questions[0];
    let names: Vec<&str> = question.candidates.iter().map(|c| c.origin.as_str()).collect();
    assert_eq!((question.seats, question.most), (1, 1), "one flag is left");
    assert_eq!(
        names,
        [
            "xếp thứ 1 theo bảng điểm",
            "xếp thứ 2 theo bảng điểm",
            "xếp thứ 3 theo bảng điểm"
        ]
    );
    assert_eq!(question.candidates[0].score, Some(Decimal::from(98)));
    assert_eq!(plan(Preset::Merit, 1).questions[0].candidates.len(), 5);
    let offices = plan(Preset::Offices, 1).questions;
    assert_eq!(
        (offices[0].purpose, offices[1].purpose),
        (Purpose::Lead, Purpose::Deputy)
    );
    assert_eq!(
        plan(Preset::Scores, 1).check(),
        FieldErrors::default(),
        "ready to be opened"
    );
}

#[tokio::test]
async fn the_ballots_of_a_conference_are_listed_and_new_ones_offered_to_the_secretariat() {
    let meeting = Meeting::in_session().await;
    let (lead, member) = (
        meeting.app.secretariat().await,
        meeting.app.officer_of("hoa-binh").await,
    );
    assert!(member.get(NEW).await.expect(200).has(".blank"));
    meeting.draft(&lead, "motion").await;
    let open = meeting.opened(&lead, &["son-la", "hoa-binh"]).await;
    let of_lead = lead.get(NEW).await.expect(200);
    assert_eq!(
        (
            of_lead.count(".ballot-list > li"),
            of_lead.count(".ballot-new button")
        ),
        (2, 6)
    );
    assert!(of_lead.has(&format!("a[href=\"{open}/dong\"]")));
    let of_member = member.get(NEW).await.expect(200);
    assert_eq!(
        (
            of_member.count(".ballot-list > li"),
            of_member.count(".ballot-new")
        ),
        (1, 0),
        "no drafts"
    );
    meeting.app.administrator().await.get(NEW).await.expect(404);
}

#[tokio::test]
async fn scans_are_attached_from_the_close_until_the_signature_and_stand_in_the_minutes() {
    let meeting = Meeting::in_session().await;
    let (lead, member) = (
        meeting.app.secretariat().await,
        meeting.app.officer_of("hoa-binh").await,
    );
    let path = meeting.opened(&lead, &["son-la", "hoa-binh", "yen-bai"]).await;
    let scans = format!("{path}/ban-quet");
    lead.upload(&scans, "sớm quá.pdf", PDF, &[]).await.expect(409);
    for slug in ["son-la", "hoa-binh", "yen-bai", "lao-cai", "lai-chau"] {
        meeting.cast(&path, slug, &[&[0, 1]]).await;
    }
    meeting.press(&lead, &path, "dong").await.expect_to(&path);
    lead.upload(&scans, "bảng kiểm.pdf", PDF, &[])
        .await
        .expect_to(&scans);
    member.upload(&scans, "của tôi.pdf", PDF, &[]).await.expect(403);
    let wrong = lead
        .upload(&scans, "lạ.exe", b"MZ no paper", &[])
        .await
        .expect(422);
    assert!(!wrong.error_at("file").is_empty());
    let counting = lead.get(&format!("{path}/kiem-phieu")).await.expect(200);
    assert_eq!(counting.texts(".files a"), ["bảng kiểm.pdf"]);
    let result = format!("{path}/ket-qua");
    meeting.count(&lead, &path).await.expect_to(&result);
    let before = lead.get(&result).await.expect(200);
    lead.upload(&scans, "biên bản.pdf", b"%PDF-1.4 signed", &[])
        .await
        .expect_to(&scans);
    // Who signs has seen every scan: here one has come since.
    lead.submit(&before, "form[action$='/ky']", &[]).await.expect(409);

    let page = member.get(&result).await.expect(200);
    assert_eq!(page.texts(".files a"), ["bảng kiểm.pdf", "biên bản.pdf"]);
    assert!(!page.has(".files form"), "members read, and take nothing off");
    let sha256: String = meeting
        .app
        .value("select encode(sha256, 'hex') from attachments where file_name = 'biên bản.pdf'")
        .await;
    assert!(page.body.contains(&sha256));
    let href = page.attribute(".files a", "href").unwrap();
    assert_eq!(member.get(&href).await.expect(200).bytes, PDF);
    meeting
        .app
        .leader_of("nghe-an")
        .await
        .get(&href)
        .await
        .expect(404);
    let minutes = format!(
        "/cum/cum-3/2023/hoi-nghi/tong-ket/bien-ban/kiem-phieu/{}",
        id_of(&path)
    );
    let printed = lead.get(&minutes).await.expect(200);
    assert!(printed.body.contains("biên bản.pdf") && printed.body.contains(&sha256));

    let removal = format!("{href}/go");
    member.post(&removal, &[]).await.expect(403);
    lead.post(&removal, &[]).await.expect_to(&scans);
    let page = lead.get(&result).await.expect(200);
    lead.submit(&page, "form[action$='/ky']", &[])
        .await
        .expect_to(&result);
    let told: String = meeting
        .app
        .value(
            "select after -> 'facts' -> 'scans' -> 0 ->> 'sha256' from journal where action = 'ballot.sign'",
        )
        .await;
    assert_eq!(told, sha256, "the signature names what it freezes");
    lead.upload(&scans, "muộn.pdf", PDF, &[]).await.expect(409);
    let kept = lead.get(&result).await.expect(200);
    let left = kept.attribute(".files a", "href").unwrap();
    lead.post(&format!("{left}/go"), &[]).await.expect(409);
    assert!(!kept.has(".files form") && !kept.has("a[href$='/ban-quet']"));
    // The minutes of the whole conference name it too.
    let whole = lead
        .get("/cum/cum-3/2023/hoi-nghi/tong-ket/bien-ban")
        .await
        .expect(200);
    assert!(whole.body.contains(&sha256));
}
