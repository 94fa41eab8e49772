//! Votes through the acts: one card one vote, whatever comes at once; the close; papers on paper; the count; what stays.

use chrono::Duration;
use cumthidua::{
    ballots::{
        self, AbsentRule, Answer, Attendance, Ballot, Candidate, Cast, Choices, Committee, Elector, House,
        PaperCounts, Part, Plan, Purpose, Question, QuestionCounts, Rule, Settlement, State, Style, TieStep,
        Token, Verdict, Votes,
    },
    conferences::FormOfVote,
    council,
    ids::{BallotId, ConferenceId, UnitId},
    kit::{clock::Moment, error::AppError},
    people::Actor,
};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::support::{TestApp, login, moment};

const START: &str = "2023-11-27 09:00";

/// The eight units in the order of the world, as the hall knows them.
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

/// A conference in session, and who works there.
pub(crate) struct Hall {
    pub app: TestApp,
    pub lead: Actor,
    pub house: House,
}

pub(crate) fn card(number: usize) -> Vec<u8> {
    Sha256::digest(format!("card {number}")).to_vec()
}

pub(crate) fn chosen(places: &[usize]) -> Choices {
    Choices(vec![Answer::Chosen(places.to_vec())])
}

fn committee() -> Committee {
    Committee {
        head: "Nguyễn Văn Trưởng".to_owned(),
        secretary: "Trần Thị Thư Ký".to_owned(),
        members: vec![String::new(), "Lê Văn Viên".to_owned()],
    }
}

impl Hall {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        app.set_clock(START);
        let lead = app.actor(&login::leader("son-la")).await;
        let year = app.year("cum-3", 2023).await;
        let conference = ConferenceId::new();
        app.sql(&format!(
            "insert into conferences (id, year_id, state, kind, slug, draft, draft_saved_at, draft_saved_by, opened_at)
             values ('{conference}', '{}', 'in_session', 'extraordinary', 'bat-thuong-1', '{{}}', '2023-11-27', '{}', '2023-11-27')",
            year.id, lead.id
        ))
        .await
        .unwrap();
        Self {
            app,
            lead,
            house: House::Conference(conference),
        }
    }

    fn now(&self) -> Moment {
        self.app.now()
    }

    async fn unit(&self, slug: &str) -> UnitId {
        self.app.year("cum-3", 2023).await.member(slug).unwrap().unit_id
    }

    pub async fn plan(&self, seats: i32) -> Plan {
        let year = self.app.year("cum-3", 2023).await;
        let candidates = ["son-la", "hoa-binh", "lao-cai"].map(|slug| Candidate {
            name: year.member(slug).unwrap().short_name.clone(),
            unit_id: Some(year.member(slug).unwrap().unit_id),
            nomination_id: None,
            score: None,
            origin: String::new(),
        });
        Plan {
            title: "Phiếu suy tôn Cờ thi đua".to_owned(),
            form: FormOfVote::Secret,
            round: 1,
            questions: vec![Question {
                purpose: Purpose::Award,
                award: Some("vusta_flag".to_owned()),
                title: "Suy tôn đơn vị nhận Cờ thi đua".to_owned(),
                style: Style::Choose,
                most: seats,
                seats,
                candidates: candidates.to_vec(),
            }],
            rule: Rule::of_year(&year.rules),
        }
    }

    /// The eight units; these are absent.
    async fn electorate(&self, absent: &[(&str, Attendance)]) -> Vec<Elector> {
        let year = self.app.year("cum-3", 2023).await;
        let elector = |(number, slug): (usize, &&str)| Elector {
            name: year.member(slug).unwrap().short_name.clone(),
            unit_id: Some(year.member(slug).unwrap().unit_id),
            person_id: None,
            card_hash: Some(card(number)),
            attendance: absent
                .iter()
                .find(|(unit, _)| unit == slug)
                .map_or(Attendance::Present, |(_, attendance)| *attendance),
        };
        UNITS
            .iter()
            .enumerate()
            .map(|(number, slug)| elector((number, slug)))
            .collect()
    }

    async fn create(&self, plan: &Plan) -> Ballot {
        let mut tx = self.app.app.begin().await.unwrap();
        let id = ballots::create(&mut tx, self.now(), &self.lead, self.house, plan)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.find(id).await
    }

    pub async fn find(&self, id: BallotId) -> Ballot {
        ballots::find(&mut *self.app.db().await, id).await.unwrap()
    }

    /// A ballot that the hall votes on.
    pub async fn open(&self, plan: &Plan, electorate: &[Elector]) -> Ballot {
        let ballot = self.create(plan).await;
        self.reopen(&ballot, electorate).await.unwrap();
        self.find(ballot.id).await
    }

    async fn reopen(&self, ballot: &Ballot, electorate: &[Elector]) -> Result<(), AppError> {
        let mut tx = self.app.app.begin().await.unwrap();
        let vault = &self.app.app.vault;
        ballots::open(
            &mut tx,
            self.now(),
            &self.lead,
            ballot,
            ballot.version,
            electorate,
            vault,
        )
        .await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    async fn open_advance(&self, ballot: &Ballot, electorate: &[Elector]) -> Result<(), AppError> {
        let mut tx = self.app.app.begin().await.unwrap();
        let vault = &self.app.app.vault;
        ballots::open_advance(
            &mut tx,
            self.now(),
            &self.lead,
            ballot,
            ballot.version,
            electorate,
            vault,
        )
        .await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    pub async fn cast(
        &self,
        ballot: &Ballot,
        number: usize,
        token: &Token,
        choices: &Choices,
    ) -> Result<Cast, AppError> {
        ballots::cast(
            &self.app.app.pool,
            self.now(),
            ballot.id,
            &card(number),
            token,
            choices,
        )
        .await
    }

    pub async fn close(&self, ballot: &Ballot) -> Result<Ballot, AppError> {
        let (app, version) = (&self.app.app, ballot.version);
        ballots::close(&app.pool, &app.vault, self.now(), &self.lead, ballot, version).await?;
        Ok(self.find(ballot.id).await)
    }

    async fn count(&self, ballot: &Ballot) -> Result<Ballot, AppError> {
        let mut tx = self.app.app.begin().await.unwrap();
        ballots::count(
            &mut tx,
            self.now(),
            &self.lead,
            ballot,
            ballot.version,
            &committee(),
        )
        .await?;
        tx.commit().await.unwrap();
        Ok(self.find(ballot.id).await)
    }

    /// Gives a voter a paper on paper.
    async fn give_paper(&self, ballot: &Ballot, slug: &str, is_given: bool) -> Result<(), AppError> {
        let unit = self.unit(slug).await;
        let mut tx = self.app.app.begin().await.unwrap();
        let voters = ballots::voters(&mut tx, ballot.id).await.unwrap();
        let voter = voters.iter().find(|voter| voter.unit_id == Some(unit)).unwrap();
        ballots::mark_paper(&mut tx, self.now(), &self.lead, ballot, voter.id, is_given).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    async fn tally(&self, by: &str, ballot: &Ballot, counts: &PaperCounts) -> Result<Option<bool>, AppError> {
        let by = self.app.actor(by).await;
        let mut tx = self.app.app.begin().await.unwrap();
        let agrees = ballots::enter_tally(&mut tx, self.now(), &by, ballot, counts).await?;
        tx.commit().await.unwrap();
        Ok(agrees)
    }

    async fn cancel(&self, ballot: &Ballot, reason: &str) -> Result<(), AppError> {
        let (app, version) = (&self.app.app, ballot.version);
        ballots::cancel(
            &app.pool,
            &app.vault,
            self.now(),
            &self.lead,
            ballot,
            version,
            reason,
        )
        .await
    }

    async fn number(&self, of: &str) -> i64 {
        self.app.value(&format!("select count(*) from {of}")).await
    }
}

/// The sentence of a refusal.
#[track_caller]
fn refusal<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> String {
    match outcome {
        Err(AppError::Conflict(said)) => said,
        other => panic!("{other:?} is no refusal"),
    }
}

fn on_paper(collected: i32, fors: [i32; 3]) -> PaperCounts {
    PaperCounts {
        collected,
        questions: vec![QuestionCounts {
            invalid: 0,
            blank: 0,
            votes: fors
                .map(|votes_for| Votes {
                    votes_for,
                    votes_against: 0,
                })
                .to_vec(),
        }],
    }
}

#[tokio::test]
async fn a_vote_goes_from_the_draft_to_the_signature() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(2).await, &hall.electorate(&[]).await).await;
    assert_eq!((ballot.state, ballot.position), (State::Open, 1));
    let mut receipts = Vec::new();
    for number in 0..7 {
        let choices = if number < 5 { chosen(&[1, 0]) } else { chosen(&[2]) };
        let cast = hall.cast(&ballot, number, &Token::new(), &choices).await.unwrap();
        assert!(!cast.is_again && cast.receipt.len() == 8);
        receipts.push(cast.receipt);
    }
    let mut db = hall.app.db().await;
    assert_eq!(ballots::papers_cast(&mut db, ballot.id).await.unwrap(), 7);
    assert!(matches!(
        ballots::published(&mut db, &ballot).await,
        Err(AppError::NotFound)
    ));
    drop(db);
    let closed = hall.close(&ballot).await.unwrap();
    assert_eq!(closed.state, State::Closed);
    let counted = hall.count(&closed).await.unwrap();
    let outcome = counted.result.clone().unwrap();
    let verdicts: Vec<Verdict> = outcome.questions[0]
        .candidates
        .iter()
        .map(|c| c.verdict)
        .collect();
    assert_eq!(
        verdicts,
        [Verdict::Elected, Verdict::Elected, Verdict::BelowThreshold]
    );
    assert_eq!(
        outcome.questions[0].candidates[0].working,
        "5/8 đơn vị = 62,50% > 50% tổng số đơn vị thành viên"
    );
    assert_eq!((outcome.turnout.issued, outcome.turnout.collected), (8, 7));
    assert_eq!(counted.committee.members, ["Lê Văn Viên"]);

    let published = ballots::published(&mut *hall.app.db().await, &counted)
        .await
        .unwrap();
    let mut found: Vec<String> = published
        .papers
        .iter()
        .map(|paper| paper.receipt.clone())
        .collect();
    found.sort();
    receipts.sort();
    assert_eq!(found, receipts);
    assert!(
        published
            .papers
            .iter()
            .any(|paper| paper.choices == chosen(&[0, 1])),
        "in one form"
    );
    assert_eq!(
        hex::decode(&published.hash).unwrap(),
        counted.result_hash.clone().unwrap()
    );
    let text = serde_json::to_string_pretty(&published).unwrap();
    assert_eq!(
        ballots::recount::recount(&text).unwrap().differences,
        Vec::<String>::new()
    );

    let mut tx = hall.app.app.begin().await.unwrap();
    ballots::sign(&mut tx, hall.now(), &hall.lead, &counted, counted.version, "")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(hall.find(ballot.id).await.state, State::Signed);
    let lines = ballots::outcome_of(
        &ballots::of_conference(&mut *hall.app.db().await, ballot.conference_id.unwrap())
            .await
            .unwrap(),
    );
    assert_eq!(lines.len(), 3);
    // The journal knows the ballot, and none of its seven votes.
    let acts: String = hall
        .app
        .value("select string_agg(action, ' ' order by number) from journal where record_kind = 'ballots'")
        .await;
    assert_eq!(
        acts,
        "ballot.create ballot.open ballot.close ballot.count ballot.sign"
    );
}

#[tokio::test]
async fn a_form_sent_twice_is_one_vote_and_another_form_of_the_card_is_refused() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    let token = Token::new();
    let first = hall.cast(&ballot, 3, &token, &chosen(&[0])).await.unwrap();
    let again = hall.cast(&ballot, 3, &token, &chosen(&[0])).await.unwrap();
    assert_eq!((&again.receipt, again.is_again), (&first.receipt, true));
    // What is in the box stays, also where the form was changed meanwhile.
    assert!(
        hall.cast(&ballot, 3, &token, &chosen(&[2]))
            .await
            .unwrap()
            .is_again
    );
    assert!(refusal(hall.cast(&ballot, 3, &Token::new(), &chosen(&[1])).await).contains("đã bỏ phiếu rồi"));
    let parsed = Token::parse(&token.text()).unwrap();
    assert!(
        hall.cast(&ballot, 3, &parsed, &chosen(&[0]))
            .await
            .unwrap()
            .is_again
    );
    assert!(Token::parse("xyz").is_none() && Token::parse(&token.text()[..30]).is_none());
    assert!(matches!(
        hall.cast(&ballot, 99, &token, &chosen(&[0])).await,
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        hall.cast(&ballot, 4, &Token::new(), &chosen(&[0, 1])).await,
        Err(AppError::Invalid(_))
    ));
    assert_eq!(hall.number("sealed_papers").await, 1);

    let closed = hall.close(&ballot).await.unwrap();
    assert!(
        hall.cast(&closed, 3, &token, &chosen(&[0]))
            .await
            .unwrap()
            .is_again,
        "who got no answer asks again"
    );
    assert!(refusal(hall.cast(&closed, 4, &Token::new(), &chosen(&[0])).await).contains("đã đóng"));
    assert_eq!(hall.number("ballot_papers").await, 1);
}

#[tokio::test]
async fn of_many_devices_with_one_card_at_once_one_votes() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    let casts = (0..12).map(async |i| hall.cast(&ballot, 2, &Token::new(), &chosen(&[i % 3])).await);
    let outcomes = futures::future::join_all(casts).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert!(refusal(outcome).contains("đã bỏ phiếu rồi"));
    }
    let token = Token::new();
    let double_click = (0..6).map(async |_| hall.cast(&ballot, 5, &token, &chosen(&[1])).await.unwrap());
    let casts = futures::future::join_all(double_click).await;
    assert_eq!(casts.iter().filter(|cast| !cast.is_again).count(), 1);
    assert!(casts.iter().all(|cast| cast.receipt == casts[0].receipt));
    assert_eq!(hall.number("sealed_papers").await, 2);
}

#[tokio::test]
async fn a_close_waits_for_votes_in_flight_and_counts_each_that_was_acknowledged() {
    let hall = Hall::new().await;
    let electorate: Vec<Elector> = (0..60)
        .map(|number| Elector {
            name: format!("Đơn vị {number}"),
            unit_id: None,
            person_id: None,
            card_hash: Some(card(number)),
            attendance: Attendance::Present,
        })
        .collect();
    let ballot = hall.open(&hall.plan(1).await, &electorate).await;
    let hall = &hall;
    let ballot = &ballot;
    let casts = futures::future::join_all((0..60).map(async |number| {
        let delay = std::time::Duration::from_millis(u64::try_from(number).unwrap() * 2);
        tokio::time::sleep(delay).await;
        hall.cast(ballot, number, &Token::new(), &chosen(&[number % 3]))
            .await
    }));
    let close = async {
        tokio::time::sleep(std::time::Duration::from_millis(60)).await;
        hall.close(ballot).await.unwrap()
    };
    let (outcomes, closed) = tokio::join!(casts, close);
    let mut receipts = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(cast) => receipts.push(cast.receipt),
            refused => assert!(refusal(refused).contains("đã đóng")),
        }
    }
    assert!(
        !receipts.is_empty() && receipts.len() < 60,
        "the close came in between: {}",
        receipts.len()
    );
    let published = ballots::published(&mut *hall.app.db().await, &closed)
        .await
        .unwrap();
    let mut found: Vec<String> = published.papers.into_iter().map(|paper| paper.receipt).collect();
    found.sort();
    receipts.sort();
    assert_eq!(found, receipts);
}

#[tokio::test]
async fn an_absent_unit_votes_before_until_the_cut_off_whatever_the_clock_does() {
    let hall = Hall::new().await;
    let mut plan = hall.plan(1).await;
    let absent = [("phu-tho", Attendance::Advance), ("yen-bai", Attendance::Advance)];
    let electorate = hall.electorate(&absent).await;
    let draft = hall.create(&plan).await;
    assert!(refusal(hall.open_advance(&draft, &electorate).await).contains("không nhận phiếu gửi trước"));
    let until = moment("2023-11-28 17:00");
    plan.rule.absent = AbsentRule::MayVoteBefore { until };
    let draft = hall.create(&plan).await;
    assert!(
        refusal(hall.open_advance(&draft, &hall.electorate(&[]).await).await)
            .contains("Không có đơn vị vắng mặt")
    );
    hall.open_advance(&draft, &electorate).await.unwrap();
    let advance = hall.find(draft.id).await;
    assert_eq!(advance.state, State::Advance);
    assert!(
        refusal(hall.cast(&advance, 0, &Token::new(), &chosen(&[0])).await).contains("Hội trường chưa mở")
    );

    hall.app.set_clock("2023-11-28 16:59");
    let token = Token::new();
    let before = hall.cast(&advance, 6, &token, &chosen(&[1])).await.unwrap();
    hall.app.set_clock("2023-11-28 17:00");
    assert!(
        refusal(hall.cast(&advance, 4, &Token::new(), &chosen(&[1])).await)
            .contains("17:00 ngày 28/11/2023, đã qua")
    );
    // A clock set back gives nobody a second vote.
    hall.app.set_clock("2023-11-27 10:00");
    assert!(
        hall.cast(&advance, 6, &token, &chosen(&[1]))
            .await
            .unwrap()
            .is_again
    );
    assert!(refusal(hall.cast(&advance, 6, &Token::new(), &chosen(&[0])).await).contains("đã bỏ phiếu rồi"));

    // Yên Bái comes after all, with another card; Phú Thọ has voted.
    hall.app.set_clock("2023-11-29 08:00");
    let mut now = hall.electorate(&[("phu-tho", Attendance::Advance)]).await;
    now[4].card_hash = Some(card(104));
    now[6].card_hash = Some(card(106));
    let stranger = [now.clone(), vec![now[0].clone()]].concat();
    assert!(refusal(hall.reopen(&advance, &stranger).await).contains("khác với danh sách"));
    hall.reopen(&advance, &now).await.unwrap();
    let open = hall.find(draft.id).await;
    assert_eq!((open.state, &open.plan), (State::Open, &plan));
    hall.cast(&open, 104, &Token::new(), &chosen(&[0])).await.unwrap();
    assert!(matches!(
        hall.cast(&open, 4, &Token::new(), &chosen(&[0])).await,
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        hall.cast(&open, 106, &Token::new(), &chosen(&[0])).await,
        Err(AppError::NotFound)
    ));
    let counted = hall.count(&hall.close(&open).await.unwrap()).await.unwrap();
    let turnout = counted.result.unwrap().turnout;
    assert_eq!((turnout.present, turnout.advance, turnout.collected), (7, 1, 2));
    let published = ballots::published(&mut *hall.app.db().await, &hall.find(draft.id).await)
        .await
        .unwrap();
    assert!(
        published
            .papers
            .iter()
            .any(|paper| paper.receipt == before.receipt)
    );
}

#[tokio::test]
async fn the_hall_opens_with_a_quorum_only_and_who_is_absent_does_not_vote() {
    let hall = Hall::new().await;
    let plan = hall.plan(1).await;
    let absent = ["phu-tho", "yen-bai", "lao-cai"].map(|unit| (unit, Attendance::Absent));
    let draft = hall.create(&plan).await;
    let said = refusal(hall.reopen(&draft, &hall.electorate(&absent).await).await);
    assert!(said.contains("5/8 đơn vị = 62,50% < 66,67%"), "{said}");
    assert_eq!(hall.app.app.vault.ballots().unwrap().len(), 0);
    let ballot = hall.open(&plan, &hall.electorate(&absent[..2]).await).await;
    assert!(
        refusal(hall.cast(&ballot, 6, &Token::new(), &chosen(&[0])).await).contains("chưa được ghi có mặt")
    );
    let unit = hall.unit("phu-tho").await;
    let mut tx = hall.app.app.begin().await.unwrap();
    let voters = ballots::voters(&mut tx, ballot.id).await.unwrap();
    let late = voters.iter().find(|voter| voter.unit_id == Some(unit)).unwrap();
    ballots::admit(
        &mut tx,
        hall.now(),
        &hall.lead,
        &ballot,
        late.id,
        Attendance::Present,
        None,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    hall.cast(&ballot, 6, &Token::new(), &chosen(&[0])).await.unwrap();
    let names: Vec<String> = voters.iter().map(|voter| voter.name.clone()).collect();
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| cumthidua::kit::text::fold(name));
    assert_eq!(names, sorted, "the order of names tells nothing");
}

#[tokio::test]
async fn papers_on_paper_are_counted_by_two_people_who_must_agree() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    for unit in ["son-la", "dien-bien", "lai-chau"] {
        hall.give_paper(&ballot, unit, true).await.unwrap();
    }
    assert!(refusal(hall.give_paper(&ballot, "son-la", true).await).contains("đã nhận phiếu giấy"));
    assert!(refusal(hall.cast(&ballot, 0, &Token::new(), &chosen(&[0])).await).contains("phiếu giấy"));
    hall.give_paper(&ballot, "lai-chau", false).await.unwrap();
    hall.give_paper(&ballot, "yen-bai", true).await.unwrap();
    for number in [2, 3, 5, 6] {
        hall.cast(&ballot, number, &Token::new(), &chosen(&[0]))
            .await
            .unwrap();
    }
    assert!(refusal(hall.give_paper(&ballot, "lai-chau", true).await).contains("đã bỏ phiếu"));
    assert!(
        refusal(
            hall.tally(&login::officer("son-la"), &ballot, &on_paper(3, [1, 2, 0]))
                .await
        )
        .contains("đang mở")
    );
    let closed = hall.close(&ballot).await.unwrap();
    assert!(refusal(hall.count(&closed).await).contains("hai người"));

    let (first, second) = (login::officer("son-la"), login::leader("lao-cai"));
    assert_eq!(
        hall.tally(&first, &closed, &on_paper(3, [1, 2, 0]))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        hall.tally(&first, &closed, &on_paper(3, [1, 2, 0]))
            .await
            .unwrap(),
        None,
        "one person is one count"
    );
    assert!(matches!(
        hall.tally(&second, &closed, &on_paper(4, [1, 2, 1])).await,
        Err(AppError::Invalid(_))
    ));
    assert_eq!(
        hall.tally(&second, &closed, &on_paper(3, [2, 1, 0]))
            .await
            .unwrap(),
        Some(false)
    );
    let said = refusal(hall.count(&closed).await);
    assert!(said.contains("khác nhau ở 2 số"), "{said}");
    let stranger = hall
        .tally(&login::officer("hoa-binh"), &closed, &on_paper(3, [1, 2, 0]))
        .await;
    assert!(matches!(stranger, Err(AppError::Forbidden(_))));
    let third = hall
        .tally(&login::patron("cum-3"), &closed, &on_paper(3, [1, 2, 0]))
        .await;
    assert!(refusal(third).contains("Đã có hai người"));
    assert_eq!(
        hall.tally(&second, &closed, &on_paper(3, [1, 2, 0]))
            .await
            .unwrap(),
        Some(true)
    );

    let counted = hall.count(&closed).await.unwrap();
    let outcome = counted.result.clone().unwrap();
    let fors: Vec<i32> = outcome.questions[0]
        .candidates
        .iter()
        .map(|c| c.votes_for)
        .collect();
    assert_eq!((fors, outcome.questions[0].valid), (vec![5, 2, 0], 7));
    assert_eq!(
        (
            outcome.turnout.electronic,
            outcome.turnout.paper,
            outcome.turnout.issued
        ),
        (4, 3, 8)
    );
    let published = ballots::published(&mut *hall.app.db().await, &counted)
        .await
        .unwrap();
    let text = serde_json::to_string(&published).unwrap();
    assert_eq!(
        ballots::recount::recount(&text).unwrap().differences,
        Vec::<String>::new()
    );
    // The journal tells that two people counted, not what: the second must not read the first's figures there.
    let told: i64 = hall
        .number("journal where action = 'ballot.tally' and after::text like '%votes%'")
        .await;
    assert_eq!(told, 0);
}

#[tokio::test]
async fn equal_votes_go_to_a_second_round_and_from_there_to_vusta() {
    let hall = Hall::new().await;
    let plan = hall.plan(1).await;
    let electorate = hall.electorate(&[]).await;
    let split = async |ballot: &Ballot| {
        for number in 0..8 {
            hall.cast(ballot, number, &Token::new(), &chosen(&[number % 2]))
                .await
                .unwrap();
        }
        hall.count(&hall.close(ballot).await.unwrap()).await.unwrap()
    };
    let mut equal = plan;
    equal.rule.threshold_percent = Decimal::from(40);
    let first = split(&hall.open(&equal, &electorate).await).await;
    let settle = async |ballot: &Ballot, elected: Vec<usize>| {
        let settlement = Settlement {
            elected: vec![elected],
            reason: "Công văn số 12/LHHVN".to_owned(),
        };
        let office = hall.app.actor(login::STANDING_OFFICE).await;
        let mut tx = hall.app.app.begin().await.unwrap();
        ballots::settle(&mut tx, hall.now(), &office, ballot, ballot.version, &settlement).await?;
        tx.commit().await.unwrap();
        Ok::<_, AppError>(hall.find(ballot.id).await)
    };
    assert!(refusal(settle(&first, vec![0]).await).contains("vòng 2"));
    let follow = async |reason: &str| {
        let mut tx = hall.app.app.begin().await.unwrap();
        let id =
            ballots::second_round(&mut tx, hall.now(), &hall.lead, &first, first.version, reason).await?;
        tx.commit().await.unwrap();
        Ok::<_, AppError>(id)
    };
    assert!(matches!(follow(" ").await, Err(AppError::Invalid(_))));
    let second = hall.find(follow("Bằng phiếu ở vòng 1").await.unwrap()).await;
    assert!(refusal(follow("Bằng phiếu ở vòng 1").await).contains("Đã có phiếu tiếp theo"));
    assert_eq!(
        (second.state, second.parent_id, second.plan.round),
        (State::Draft, Some(first.id), 2)
    );
    assert_eq!(second.plan.questions[0].candidates.len(), 2);
    hall.reopen(&second, &electorate).await.unwrap();
    let second = split(&hall.find(second.id).await).await;
    let ladder = second.result.as_ref().unwrap().questions[0].ladder.clone();
    let steps: Vec<TieStep> = ladder.iter().map(|step| step.step).collect();
    assert_eq!(steps, TieStep::ALL);
    let of_house = async || {
        let id = first.conference_id.unwrap();
        ballots::of_conference(&mut *hall.app.db().await, id)
            .await
            .unwrap()
    };
    assert!(!ballots::is_settled(&of_house().await));
    assert!(matches!(
        settle(&second, vec![0, 1]).await,
        Err(AppError::Invalid(_))
    ));
    settle(&second, vec![1]).await.unwrap();
    let all = of_house().await;
    assert!(ballots::is_settled(&all));
    let verdicts: Vec<Verdict> = ballots::outcome_of(&all)
        .iter()
        .map(|line| line.verdict)
        .collect();
    assert_eq!(
        verdicts,
        [Verdict::OverQuota, Verdict::Elected, Verdict::BelowThreshold]
    );
    let settled = hall.find(second.id).await;
    assert!(refusal(settle(&settled, vec![0]).await).contains("Không còn gì"));
}

#[tokio::test]
async fn a_ballot_that_is_called_off_takes_its_papers_along_unread() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    hall.cast(&ballot, 0, &Token::new(), &chosen(&[0])).await.unwrap();
    assert!(matches!(
        hall.cancel(&ballot, "").await,
        Err(AppError::Invalid(_))
    ));
    assert_eq!(hall.app.app.vault.ballots().unwrap(), [ballot.id.0]);
    hall.cancel(&ballot, "Mất điện trong hội trường").await.unwrap();
    let cancelled = hall.find(ballot.id).await;
    assert_eq!(cancelled.state, State::Cancelled);
    assert!(hall.number("sealed_papers").await == 0 && hall.number("ballot_papers").await == 0);
    assert!(hall.app.app.vault.ballots().unwrap().is_empty());
    assert!(refusal(hall.cast(&cancelled, 1, &Token::new(), &chosen(&[0])).await).contains("đã hủy"));
    let mut tx = hall.app.app.begin().await.unwrap();
    let version = cancelled.version;
    let next = ballots::again(
        &mut tx,
        hall.now(),
        &hall.lead,
        &cancelled,
        version,
        "Bỏ phiếu lại sau khi có điện",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(hall.find(next).await.plan, ballot.plan);
}

#[tokio::test]
async fn only_the_secretariat_holds_a_ballot_and_what_it_saw_must_still_be_so() {
    let hall = Hall::new().await;
    let plan = hall.plan(1).await;
    let draft = hall.create(&plan).await;
    for stranger in [
        login::leader("hoa-binh").as_str(),
        &login::leader("nghe-an"),
        login::ADMINISTRATOR,
        login::STANDING_OFFICE,
    ] {
        let actor = hall.app.actor(stranger).await;
        let mut tx = hall.app.app.begin().await.unwrap();
        let created = ballots::create(&mut tx, hall.now(), &actor, hall.house, &plan).await;
        assert!(matches!(created, Err(AppError::Forbidden(_))), "{stranger}");
        let saved = ballots::save(&mut tx, hall.now(), &actor, &draft, draft.version, &plan).await;
        assert!(matches!(saved, Err(AppError::Forbidden(_))), "{stranger}");
    }
    let office = hall.app.actor(login::STANDING_OFFICE).await;
    let mut tx = hall.app.app.begin().await.unwrap();
    let sitting = council::SittingPlan {
        held_on: "2023-12-20".parse().unwrap(),
        place: String::new(),
        chair: String::new(),
        secretary: String::new(),
        quorum_percent: Decimal::from(66),
        threshold_percent: Decimal::from(50),
        threshold_base: council::Base::AllMembers,
        agenda: Vec::new(),
    };
    let secret = hall.app.app.vault.card_secret().unwrap();
    let sitting = council::create(&mut tx, hall.now(), &office, 2023, &sitting, &secret)
        .await
        .unwrap();
    let council = ballots::create(&mut tx, hall.now(), &office, House::Council(sitting), &plan)
        .await
        .unwrap();
    assert_eq!(
        ballots::of_sitting(&mut tx, sitting).await.unwrap()[0].id,
        council
    );
    let foreign = ballots::create(&mut tx, hall.now(), &hall.lead, House::Council(sitting), &plan).await;
    assert!(matches!(foreign, Err(AppError::Forbidden(_))));
    drop(tx);
    let mut tx = hall.app.app.begin().await.unwrap();
    let version = ballots::save(
        &mut tx,
        hall.now(),
        &hall.lead,
        &draft,
        draft.version,
        &hall.plan(2).await,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(version, 2);
    let electorate = hall.electorate(&[]).await;
    assert!(refusal(hall.reopen(&draft, &electorate).await).contains("vừa được người khác xử lý"));
    let mut empty = hall.plan(1).await;
    empty.questions.clear();
    let empty = hall.create(&empty).await;
    assert!(matches!(
        hall.reopen(&empty, &electorate).await,
        Err(AppError::Invalid(_))
    ));
}

#[tokio::test]
async fn the_database_itself_keeps_what_was_voted_on_and_what_came_of_it() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    hall.cast(&ballot, 0, &Token::new(), &chosen(&[0])).await.unwrap();
    hall.give_paper(&ballot, "dien-bien", true).await.unwrap();
    for damage in [
        "update ballots set plan = '{}'",
        "update ballots set sealing_key = '\\x00'",
        "update ballots set state = 'draft'",
        "delete from ballots",
    ] {
        assert!(hall.app.sql(damage).await.is_err(), "{damage}");
    }
    let closed = hall.close(&ballot).await.unwrap();
    for by in [login::officer("son-la"), login::leader("lao-cai")] {
        hall.tally(&by, &closed, &on_paper(1, [1, 0, 0])).await.unwrap();
    }
    let closed_damage = [
        "update ballots set state = 'open'",
        "update ballot_papers set choices = '[]'",
        "delete from ballot_papers",
        "update ballot_voters set took_part = null, answer_key = null",
        "delete from ballot_voters",
        "insert into sealed_papers (id, ballot_id, paper) select gen_random_uuid(), id, '\\x00' from ballots",
        "insert into ballot_papers (id, ballot_id, receipt, choices) select gen_random_uuid(), id, 'X', '[]' from ballots",
    ];
    for damage in closed_damage {
        assert!(hall.app.sql(damage).await.is_err(), "{damage}");
    }
    let counted = hall.count(&closed).await.unwrap();
    for damage in [
        "update ballots set result = '{}'",
        "update ballots set state = 'closed', result = null, result_hash = null, counted_at = null, counted_by = null",
        "update ballots set committee = '{}'",
        "update ballot_tallies set counts = '{}'",
        "delete from ballot_tallies",
    ] {
        assert!(hall.app.sql(damage).await.is_err(), "{damage}");
    }
    let version = counted.version;
    let mut tx = hall.app.app.begin().await.unwrap();
    ballots::sign(&mut tx, hall.now(), &hall.lead, &counted, version, "")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(
        hall.app
            .sql("update ballots set signed_at = now()")
            .await
            .is_err()
    );
    let signed = hall.find(ballot.id).await;
    assert!(refusal(hall.cancel(&signed, "lý do").await).contains("biên bản đã ký"));
}

#[tokio::test]
async fn a_box_that_was_tampered_with_is_not_counted() {
    let hall = Hall::new().await;
    let electorate = hall.electorate(&[]).await;
    for damage in [
        "update sealed_papers set paper = set_byte(paper, 40, get_byte(paper, 40) # 1)",
        "insert into sealed_papers (id, ballot_id, paper) select gen_random_uuid(), ballot_id, paper from sealed_papers",
        "delete from sealed_papers",
    ] {
        let ballot = hall.open(&hall.plan(1).await, &electorate).await;
        hall.cast(&ballot, 0, &Token::new(), &chosen(&[0])).await.unwrap();
        hall.app.sql(damage).await.unwrap();
        let said = refusal(hall.close(&ballot).await);
        assert!(said.contains("bị can thiệp"), "{damage}: {said}");
        assert_eq!(hall.find(ballot.id).await.state, State::Open);
        hall.cancel(&ballot, "Thùng phiếu bị can thiệp").await.unwrap();
    }
    // The key of another ballot opens nothing either.
    let ballot = hall.open(&hall.plan(1).await, &electorate).await;
    hall.cast(&ballot, 0, &Token::new(), &chosen(&[0])).await.unwrap();
    hall.app.app.vault.new_sealing_key(ballot.id.0).unwrap();
    assert!(refusal(hall.close(&ballot).await).contains("không mở được"));
}

#[tokio::test]
async fn a_receipt_that_two_voters_brought_about_does_not_stop_the_close() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    let token = Token::new();
    for number in 0..3 {
        assert!(
            !hall
                .cast(&ballot, number, &token, &chosen(&[number]))
                .await
                .unwrap()
                .is_again
        );
    }
    let closed = hall.close(&ballot).await.unwrap();
    let published = ballots::published(&mut *hall.app.db().await, &closed)
        .await
        .unwrap();
    let mut endings: Vec<String> = published
        .papers
        .iter()
        .map(|paper| paper.receipt[8..].to_owned())
        .collect();
    endings.sort();
    assert_eq!(endings, ["", "-2", "-3"]);
}

#[tokio::test]
async fn a_close_that_broke_off_before_the_key_was_destroyed_is_finished_at_the_next_start() {
    let hall = Hall::new().await;
    let electorate = hall.electorate(&[]).await;
    let (open, ballot) = (
        hall.open(&hall.plan(1).await, &electorate).await,
        hall.open(&hall.plan(1).await, &electorate).await,
    );
    hall.cast(&open, 0, &Token::new(), &chosen(&[0])).await.unwrap();
    hall.cast(&ballot, 0, &Token::new(), &chosen(&[0])).await.unwrap();
    let (pool, vault) = (&hall.app.app.pool, &hall.app.app.vault);
    // Before the commit nothing has happened.
    let mut tx = hall.app.app.begin().await.unwrap();
    ballots::close_only(&mut tx, vault, hall.now(), &hall.lead, &ballot, ballot.version)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    ballots::sweep(pool, vault).await.unwrap();
    assert_eq!(vault.ballots().unwrap().len(), 2);
    // After it the key is still there: the program died.
    let mut tx = hall.app.app.begin().await.unwrap();
    ballots::close_only(&mut tx, vault, hall.now(), &hall.lead, &ballot, ballot.version)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(vault.sealing_key(ballot.id.0).unwrap().is_some());
    let stranger = uuid::Uuid::new_v4();
    vault.new_sealing_key(stranger).unwrap();
    ballots::sweep(pool, vault).await.unwrap();
    assert!(vault.sealing_key(ballot.id.0).unwrap().is_none());
    assert!(
        vault.sealing_key(stranger).unwrap().is_some(),
        "not this database's"
    );
    // The other ballot goes on.
    hall.cast(&open, 1, &Token::new(), &chosen(&[0])).await.unwrap();
    hall.close(&open).await.unwrap();
    assert_eq!(hall.number("ballot_papers").await, 3);
    assert_eq!(vault.ballots().unwrap(), [stranger]);
}

#[tokio::test]
async fn a_card_finds_the_ballots_it_may_vote_in_and_those_it_has_voted_in() {
    let hall = Hall::new().await;
    let electorate = hall.electorate(&[]).await;
    let (first, second) = (
        hall.open(&hall.plan(1).await, &electorate).await,
        hall.open(&hall.plan(1).await, &electorate).await,
    );
    hall.create(&hall.plan(1).await).await;
    let open = async |number| {
        let found = ballots::open_for_card(&mut *hall.app.db().await, &card(number))
            .await
            .unwrap();
        found
            .into_iter()
            .map(|(ballot, voter)| (ballot.id, voter.took_part))
            .collect::<Vec<_>>()
    };
    assert_eq!(open(1).await, [(first.id, None), (second.id, None)]);
    hall.cast(&first, 1, &Token::new(), &chosen(&[0])).await.unwrap();
    hall.close(&first).await.unwrap();
    assert_eq!(
        open(1).await,
        [(first.id, Some(Part::Electronic)), (second.id, None)]
    );
    assert_eq!(
        open(2).await,
        [(first.id, None), (second.id, None)],
        "what it missed is said to be closed"
    );
    assert_eq!(open(77).await, []);
}

#[tokio::test]
async fn the_command_recounts_a_file_and_tells_a_forged_one() {
    let hall = Hall::new().await;
    let ballot = hall.open(&hall.plan(1).await, &hall.electorate(&[]).await).await;
    for number in 0..6 {
        hall.cast(&ballot, number, &Token::new(), &chosen(&[0]))
            .await
            .unwrap();
    }
    let counted = hall.count(&hall.close(&ballot).await.unwrap()).await.unwrap();
    let published = ballots::published(&mut *hall.app.db().await, &counted)
        .await
        .unwrap();
    let text = serde_json::to_string_pretty(&published).unwrap();
    let run = |text: &str| {
        let path = std::env::temp_dir().join(format!("cumthidua-recount-{}.json", uuid::Uuid::new_v4()));
        std::fs::write(&path, text).unwrap();
        let program = env!("CARGO_BIN_EXE_cumthidua");
        let done = std::process::Command::new(program)
            .args(["ballot", "recount"])
            .arg(&path)
            .output()
            .unwrap();
        std::fs::remove_file(path).unwrap();
        (
            done.status.code().unwrap(),
            String::from_utf8(done.stdout).unwrap(),
        )
    };
    let (code, said) = run(&text);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("75.00%  elected") && said.contains("Sơn La") && said.contains(&published.hash),
        "{said}"
    );
    let forged = text.replacen("\"votes_for\": 6", "\"votes_for\": 5", 1);
    assert_ne!(forged, text);
    let (code, said) = run(&forged);
    assert_eq!(code, 1);
    assert!(
        said.contains("DIFFERS: hash of the file") && said.contains("for: counted 6, the file says 5"),
        "{said}"
    );
    assert_eq!(run("{}").0, 2);
    assert_eq!(run(&text[..text.len() / 2]).0, 2);
}

#[tokio::test]
async fn two_ballots_may_be_open_at_once_and_a_later_cut_off_outlives_the_opening() {
    let hall = Hall::new().await;
    let mut plan = hall.plan(1).await;
    plan.rule.absent = AbsentRule::MayVoteBefore {
        until: hall.now() + Duration::hours(2),
    };
    let electorate = hall.electorate(&[("phu-tho", Attendance::Advance)]).await;
    let (first, second) = (
        hall.open(&plan, &electorate).await,
        hall.open(&plan, &electorate).await,
    );
    for ballot in [&first, &second] {
        hall.cast(ballot, 6, &Token::new(), &chosen(&[0])).await.unwrap();
        hall.cast(ballot, 1, &Token::new(), &chosen(&[0])).await.unwrap();
    }
    assert_eq!(hall.close(&first).await.unwrap().state, State::Closed);
    hall.cast(&second, 2, &Token::new(), &chosen(&[0])).await.unwrap();
}
