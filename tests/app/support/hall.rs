//! The closing conference of `cum-3` in 2023, held in the program: seven units in the hall, Phú Thọ absent.

use std::collections::HashMap;

use cumthidua::{
    ballots::{self, Ballot, Candidate, Elector, House, Plan, Purpose, Question, Rule, Style},
    conferences::{self, Conference, FormOfVote, Kind, PlanForm, cards},
    ids::{BallotId, UnitId},
    years::Year,
};

use super::{TestApp, world::login};

/// The unit that couldn't come.
pub const ABSENT: &str = "phu-tho";

/// A conference with the codes of its delegates' cards, by unit.
pub struct Hall {
    pub year: Year,
    pub codes: HashMap<String, String>,
}

impl TestApp {
    /// Planned, invited, delegates named, the hall open on 27/11/2023 at eight, all but Phú Thọ here.
    pub async fn hall(&self) -> Hall {
        let hall = self.invited_hall().await;
        self.set_clock("2023-11-27 08:00");
        let lead = self.actor(&login::leader("son-la")).await;
        let mut db = self.db().await;
        let conference = self.closing().await;
        for delegate in conferences::delegates(&mut db, conference.id).await.unwrap() {
            if delegate.unit_id != Some(hall.unit(ABSENT)) {
                conferences::attend(&mut db, self.now(), &lead, &conference, delegate.id, true)
                    .await
                    .unwrap();
            }
        }
        let conference = self.closing().await;
        conferences::open(&mut db, self.now(), &lead, &conference, conference.version)
            .await
            .unwrap();
        hall
    }

    /// Planned and invited, delegates named; nobody is here yet.
    pub async fn invited_hall(&self) -> Hall {
        self.set_clock("2023-11-13 09:00");
        let lead = self.actor(&login::leader("son-la")).await;
        let year = self.year("cum-3", 2023).await;
        let mut db = self.db().await;
        let planned = conferences::create(&mut db, self.now(), &lead, &year, Kind::Closing)
            .await
            .unwrap();
        let agenda = conferences::agenda(&mut db, planned.id).await.unwrap();
        let mut form = PlanForm::of(&planned, &agenda);
        "TP. Sơn La".clone_into(&mut form.plan.place);
        "27/11/2023".clone_into(&mut form.plan.starts_on);
        "08:00".clone_into(&mut form.plan.starts_at);
        "Nguyễn Thị Chủ Tọa".clone_into(&mut form.plan.chairs);
        "Trần Văn Thư Ký".clone_into(&mut form.plan.secretary);
        let version = planned.version;
        conferences::save_plan(&mut db, self.now(), &lead, &year, &planned, version, &form)
            .await
            .unwrap();
        let planned = self.closing().await;
        conferences::invite(&mut db, self.now(), &lead, &year, &planned, "", planned.version)
            .await
            .unwrap();
        let secret = self.app.vault.card_secret().unwrap();
        let conference = self.closing().await;
        for member in &year.members {
            let by = self.actor(&login::leader(&member.slug)).await;
            let delegation = conferences::Delegation {
                absence: (member.slug == ABSENT).then(|| "Họp Ban Chấp hành cùng ngày".to_owned()),
                voting: Some(conferences::NamedPerson {
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
                &mut db,
                self.now(),
                &by,
                &conference,
                member,
                &seen,
                &delegation,
                &secret,
            )
            .await
            .unwrap();
        }
        let delegates = conferences::delegates(&mut db, conference.id).await.unwrap();
        let code_of = |unit: UnitId| {
            let delegate = delegates.iter().find(|d| d.unit_id == Some(unit)).unwrap();
            cards::code(&secret, delegate.id, delegate.card_number)
        };
        let codes = year.members.iter().map(|m| (m.slug.clone(), code_of(m.unit_id)));
        Hall {
            codes: codes.collect(),
            year,
        }
    }

    /// The closing conference as it is now.
    pub async fn closing(&self) -> Conference {
        let year = self.year("cum-3", 2023).await;
        conferences::find_meeting(&mut *self.db().await, &year, "tong-ket")
            .await
            .unwrap()
    }

    /// A ballot as it is now.
    pub async fn ballot(&self, id: BallotId) -> Ballot {
        ballots::find(&mut *self.db().await, id).await.unwrap()
    }

    /// A ballot on these questions, open in the hall.
    pub async fn open_ballot(&self, hall: &Hall, title: &str, questions: Vec<Question>) -> BallotId {
        let id = self.draft_ballot(hall, title, questions, |_| {}).await;
        self.open_drafted(hall, id).await;
        id
    }

    /// The same, not opened; `change` changes its rule.
    pub async fn draft_ballot(
        &self,
        hall: &Hall,
        title: &str,
        questions: Vec<Question>,
        change: impl FnOnce(&mut Rule),
    ) -> BallotId {
        let lead = self.actor(&login::leader("son-la")).await;
        let mut rule = Rule::of_year(&hall.year.rules);
        change(&mut rule);
        let plan = Plan {
            title: title.to_owned(),
            form: FormOfVote::Secret,
            round: 1,
            questions,
            rule,
        };
        let house = House::Conference(self.closing().await.id);
        ballots::create(&mut *self.db().await, self.now(), &lead, house, &plan)
            .await
            .unwrap()
    }

    /// Opens a prepared ballot for whoever is in the hall now.
    pub async fn open_drafted(&self, hall: &Hall, id: BallotId) {
        let lead = self.actor(&login::leader("son-la")).await;
        let electorate = self.electorate(hall).await;
        let ballot = self.ballot(id).await;
        let mut db = self.db().await;
        let vault = &self.app.vault;
        ballots::open(
            &mut db,
            self.now(),
            &lead,
            &ballot,
            ballot.version,
            &electorate,
            vault,
        )
        .await
        .unwrap();
    }

    /// Who may vote: the units with their delegates' cards; who isn't here may send the vote before.
    pub async fn electorate(&self, hall: &Hall) -> Vec<Elector> {
        let conference = self.closing().await;
        let delegates = conferences::delegates(&mut *self.db().await, conference.id)
            .await
            .unwrap();
        let is_here = |unit| {
            delegates
                .iter()
                .any(|d| d.unit_id == Some(unit) && d.is_present())
        };
        hall.year
            .members
            .iter()
            .map(|member| Elector {
                name: member.short_name.clone(),
                unit_id: Some(member.unit_id),
                person_id: None,
                card_hash: Some(cards::hash_of(&hall.codes[&member.slug])),
                attendance: if is_here(member.unit_id) {
                    ballots::Attendance::Present
                } else {
                    ballots::Attendance::Advance
                },
            })
            .collect()
    }

    /// Closes and counts a ballot.
    pub async fn count_ballot(&self, id: BallotId) -> Ballot {
        let lead = self.actor(&login::leader("son-la")).await;
        let ballot = self.ballot(id).await;
        let (pool, vault) = (&self.app.pool, &self.app.vault);
        ballots::close(pool, vault, self.now(), &lead, &ballot, ballot.version)
            .await
            .unwrap();
        let ballot = self.ballot(id).await;
        let committee = ballots::Committee {
            head: "Lê Văn Tổ Trưởng".to_owned(),
            secretary: "Phạm Thị Thư Ký".to_owned(),
            members: vec!["Hoàng Văn Ủy Viên".to_owned()],
        };
        let mut db = self.db().await;
        ballots::count(&mut db, self.now(), &lead, &ballot, ballot.version, &committee)
            .await
            .unwrap();
        self.ballot(id).await
    }
}

impl Hall {
    /// A member's id.
    pub fn unit(&self, slug: &str) -> UnitId {
        self.year.member(slug).unwrap().unit_id
    }

    /// A question that these units stand for.
    pub fn question(&self, purpose: Purpose, award: Option<&str>, seats: i32, units: &[&str]) -> Question {
        Question {
            purpose,
            award: award.map(str::to_owned),
            title: match purpose {
                Purpose::Lead => "Bầu cụm trưởng năm 2024",
                Purpose::Deputy => "Bầu cụm phó năm 2024",
                _ => "Suy tôn đơn vị đề nghị tặng Cờ thi đua",
            }
            .to_owned(),
            style: Style::Choose,
            most: seats,
            seats,
            candidates: units
                .iter()
                .map(|slug| Candidate {
                    name: self.year.member(slug).unwrap().short_name.clone(),
                    unit_id: Some(self.unit(slug)),
                    nomination_id: None,
                    score: None,
                    origin: String::new(),
                })
                .collect(),
        }
    }

    /// The flag: two seats, three candidates.
    pub fn flag(&self) -> Vec<Question> {
        vec![self.question(
            Purpose::Award,
            Some("vusta_flag"),
            2,
            &["son-la", "hoa-binh", "yen-bai"],
        )]
    }

    /// Next year's lead and deputy on one paper.
    pub fn offices(&self) -> Vec<Question> {
        vec![
            self.question(Purpose::Lead, None, 1, &["lao-cai", "yen-bai"]),
            self.question(Purpose::Deputy, None, 1, &["yen-bai", "lai-chau"]),
        ]
    }
}
