//! Who walks, whose records they ask for, and the world they walk through.

use std::{cell::RefCell, collections::BTreeMap};

use cumthidua::{
    ballots::{self, House, Plan, Rule},
    conferences::{self, Delegate},
    council,
    criteria::{self, Criterion, NewInput, Source},
    decisions::{self, DecisionForm, Kind},
    ids::{CriterionId, PersonId},
    indicators,
    nominations::{self, Vote},
    people::{self, Actor},
    registrations::State,
    scoring,
    web::pages::{Method, Page},
};

use crate::support::{self, Browser, PDF, TestApp, login};

/// Those who come, as the world knows them: all but the last work in or with `cum-3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    SignedOut,
    Officer,
    Leader,
    Secretariat,
    Patron,
    FormerOfficer,
    StandingOffice,
    Council,
    Administrator,
    Foreigner,
}

impl Role {
    pub const ALL: [Self; 10] = [
        Self::SignedOut,
        Self::Officer,
        Self::Leader,
        Self::Secretariat,
        Self::Patron,
        Self::FormerOfficer,
        Self::StandingOffice,
        Self::Council,
        Self::Administrator,
        Self::Foreigner,
    ];

    fn login(self) -> Option<String> {
        Some(match self {
            Self::SignedOut => return None,
            Self::Officer => login::officer("hoa-binh"),
            Self::Leader => login::leader("hoa-binh"),
            Self::Secretariat => login::leader("son-la"),
            Self::Patron => login::patron("cum-3"),
            Self::FormerOfficer => login::former_officer("hoa-binh"),
            Self::StandingOffice => login::STANDING_OFFICE.to_owned(),
            Self::Council => login::COUNCIL_MEMBER.to_owned(),
            Self::Administrator => login::ADMINISTRATOR.to_owned(),
            Self::Foreigner => login::officer("ha-tinh"),
        })
    }
}

/// Whose records a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Hòa Bình's.
    Own,
    /// Điện Biên's, of the same cluster, which are drafts still.
    OtherUnits,
    /// Nghệ An's, of another cluster.
    OtherClusters,
    /// None that exist.
    Nobodys,
}

/// The units of [`Whose`], as far as they exist.
const UNITS: [(&str, &str); 3] = [
    ("cum-3", "hoa-binh"),
    ("cum-3", "dien-bien"),
    ("cum-4", "nghe-an"),
];

/// What stands in a path for a parameter.
struct Sample {
    name: &'static str,
    /// The part of the path that tells the kind of record, where the name doesn't.
    within: &'static str,
    /// In the order of [`Whose`].
    values: [String; 4],
}

/// A world with records of several units.
pub struct Walk {
    pub app: TestApp,
    samples: Vec<Sample>,
    /// The sessions of those who have come.
    tokens: RefCell<BTreeMap<String, String>>,
    before: String,
}

impl Walk {
    pub async fn begin() -> Self {
        let app = TestApp::new().await;
        let samples = Box::pin(samples(&app)).await;
        app.registration("cum-3", "hoa-binh", State::Submitted).await;
        app.registration("cum-4", "nghe-an", State::Submitted).await;
        let mut walk = Self {
            app,
            samples,
            tokens: RefCell::default(),
            before: String::new(),
        };
        walk.before = walk.traces().await;
        walk
    }

    /// The path of a page with the records of `whose`, the last parameter of `last`.
    pub fn path(&self, page: &Page, whose: Whose, last: Whose) -> String {
        let names = names_in(page.path);
        let mut path = page.path.to_owned();
        for (place, name) in names.iter().enumerate() {
            let fits = |sample: &&Sample| sample.name == *name && page.path.contains(sample.within);
            let sample = self.samples.iter().find(fits).unwrap_or_else(|| {
                panic!(
                    "{} has the path parameter {{{name}}}, which this test has no values for. Add a line to `samples` in \
                     tests/app/access/walk.rs: a record of Hòa Bình, one of Điện Biên that only Điện Biên may see, one \
                     of Nghệ An in another cluster, and one that doesn't exist.",
                    page.path
                )
            });
            let whose = if place + 1 == names.len() { last } else { whose };
            path = path.replace(&format!("{{{name}}}"), &sample.values[whose as usize]);
        }
        path
    }

    /// A browser of somebody who signed in once for all pages.
    pub async fn browser(&self, role: Role) -> Browser<'_> {
        match role.login() {
            Some(login) => self.browser_of(&login).await,
            None => self.app.visitor(),
        }
    }

    pub async fn browser_of(&self, login: &str) -> Browser<'_> {
        if let Some(token) = self.tokens.borrow().get(login) {
            let browser = self.app.visitor();
            browser.set_cookie("cumthidua", token);
            return browser;
        }
        let browser = self.app.signed_in(login).await;
        let token = browser.cookie("cumthidua").unwrap();
        self.tokens.borrow_mut().insert(login.to_owned(), token);
        browser
    }

    pub async fn actor(&self, role: Role) -> Option<Actor> {
        match role.login() {
            Some(login) => Some(self.app.actor(&login).await),
            None => None,
        }
    }

    pub async fn ask(&self, role: Role, page: &Page, whose: Whose) -> support::Page {
        ask(
            &self.browser(role).await,
            page,
            &self.path(page, whose, whose),
            &[],
        )
        .await
    }

    /// What tells that an act has happened.
    async fn traces(&self) -> String {
        let statement =
            "select concat(number, ' ', (select string_agg(password_hash, ' ' order by id) from persons))
                         from journal_head";
        self.app.value(statement).await
    }

    /// This world, or a new one when an act has changed it.
    pub async fn unchanged(self) -> Self {
        if self.traces().await == self.before {
            self
        } else {
            Self::begin().await
        }
    }
}

/// Opens a page, or sends it a form with these fields.
pub async fn ask(browser: &Browser<'_>, page: &Page, path: &str, fields: &[(&str, &str)]) -> support::Page {
    if page.method == Method::Get {
        return browser.get(path).await;
    }
    let answer = browser.post(path, fields).await;
    // A page that takes files can't read an ordinary form.
    if answer.status == 400 {
        browser.upload(path, "a.pdf", PDF, fields).await
    } else {
        answer
    }
}

/// The names of a path's parameters.
pub fn names_in(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .map(|name| name.trim_start_matches('*'))
        .collect()
}

/// Makes the records, and says what stands for them in paths.
async fn samples(app: &TestApp) -> Vec<Sample> {
    catalogue(app).await;
    let nobodys = PersonId::new().to_string();
    let fixed = |name, values: [&str; 4]| Sample {
        name,
        within: "",
        values: values.map(str::to_owned),
    };
    let records = |name, within, ids: [String; 3]| {
        let [own, other_units, other_clusters] = ids;
        Sample {
            name,
            within,
            values: [own, other_units, other_clusters, nobodys.clone()],
        }
    };
    let nominations = nominations(app).await;
    let dossiers: Vec<String> = nominations
        .iter()
        .map(|id| format!("/khen-thuong/{id}"))
        .collect();
    let dossier_files = files(app, &dossiers).await;
    let (sets, lines) = tables(app).await;
    open_scoring(app).await;
    let (delegates, conference_papers) = meetings(app).await;
    let (sittings, places, council_ballots) = sessions(app).await;
    let paper = |kind: &str| UNITS.map(|(cluster, unit)| format!("/cum/{cluster}/2023/{kind}/{unit}"));
    vec![
        fixed("cluster", ["cum-3", "cum-3", "cum-4", "cum-99"]),
        fixed("year", ["2023", "2023", "2023", "2019"]),
        fixed("unit", ["hoa-binh", "dien-bien", "nghe-an", "khong-co"]),
        fixed("period", ["nam"; 4]),
        fixed(
            "award",
            [
                "co-thi-dua-lhhvn",
                "co-thi-dua-lhhvn",
                "co-thi-dua-lhhvn",
                "khong-co",
            ],
        ),
        fixed("import", [&nobodys; 4]),
        // Of the year's catalogue, a draft.
        fixed("indicator", ["TVPB.1"; 4]),
        records("attachment", "/dang-ky/", files(app, &paper("dang-ky")).await),
        records("attachment", "/bao-cao/", files(app, &paper("bao-cao/nam")).await),
        records("attachment", "/cham-diem/", files(app, &paper("cham-diem")).await),
        // An objection is found through its sheet, which is a draft here.
        fixed("objection", [&nobodys; 4]),
        fixed("meeting", ["tong-ket", "so-ket", "tong-ket", "khong-co"]),
        fixed("delegation", ["hoa-binh", "dien-bien", "nghe-an", "khong-co"]),
        records("delegate", "", delegates),
        records("attachment", "/hoi-nghi/", conference_papers.clone()),
        records("nomination", "", nominations),
        records("attachment", "/khen-thuong/", dossier_files.clone()),
        // Nothing of these is handed in; the story of frozen files is told in dossiers.rs.
        fixed("receipt", ["1"; 4]),
        // Drafts, all of them, and files of something else: an issued decision is public.
        records("decision", "", decisions(app).await),
        records("attachment", "/quyet-dinh/", dossier_files),
        fixed(
            "meeting",
            ["bat-thuong-1", "bat-thuong-1", "bat-thuong-1", "khong-co"],
        ),
        records("sitting", "", sittings),
        records("seat", "", places),
        // Drafts, too; with them files of something else.
        records("ballot", "/hoi-dong/", council_ballots),
        records("attachment", "/hoi-dong/", conference_papers.clone()),
        // Drafts: two of cum-3, one of cum-4.
        records("ballot", "", drafts_of_ballots(app).await),
        fixed("set", sets.each_ref().map(String::as_str)),
        fixed("other", sets.each_ref().map(String::as_str)),
        fixed("criterion", lines.each_ref().map(String::as_str)),
        records("person", "", UNITS.map(|(_, unit)| login::officer(unit))),
        records("post", "", posts(app).await),
        // Sessions and one-time links belong to a person; their stories are told with signing in. The codes of
        // decisions are public.
        fixed("session", [&nobodys; 4]),
        fixed("token", [&password_link(app).await; 4]),
        fixed("code", ["23456789AB"; 4]),
        // Papers about a registration: Hòa Bình's is handed in.
        fixed("kind", ["dang-ky"; 4]),
        fixed(
            "about",
            [
                "cum-3.2023.hoa-binh",
                "cum-3.2023.dien-bien",
                "cum-4.2023.nghe-an",
                "cum-3.2023.khong-co",
            ],
        ),
        // Their stories are told in official_papers.rs.
        fixed("document", [&nobodys; 4]),
        // Told in signed_copies.rs.
        fixed("copy", [&nobodys; 4]),
        fixed("certificate", [&nobodys; 4]),
        fixed("direction", ["di"; 4]),
        fixed("number_year", ["2023"; 4]),
        // The standing office's alone; their stories are told in certificates.rs.
        fixed("stationery", ["giay-trang"; 4]),
        fixed("printer", [&nobodys; 4]),
        // The standing office's, too; their stories are told in appraisal_desk.rs.
        fixed("conflict", [&nobodys; 4]),
        // And in consultation.rs.
        fixed("comment", [&nobodys; 4]),
    ]
}

/// Drafts of ballots, each cluster's at an extraordinary conference.
async fn drafts_of_ballots(app: &TestApp) -> [String; 3] {
    let mut ids = Vec::new();
    for (slug, lead, number) in [("cum-3", "son-la", 2), ("cum-4", "nghe-an", 1)] {
        let (year, actor) = (app.year(slug, 2023).await, app.actor(&login::leader(lead)).await);
        let mut tx = app.app.begin().await.unwrap();
        let kind = conferences::Kind::Extraordinary;
        let meeting = conferences::create(&mut tx, app.now(), &actor, &year, kind)
            .await
            .unwrap();
        for _ in 0..number {
            let plan = Plan {
                title: "Biểu quyết".to_owned(),
                form: conferences::FormOfVote::Open,
                round: 1,
                questions: Vec::new(),
                rule: Rule::of_year(&year.rules),
            };
            let id = ballots::create(&mut tx, app.now(), &actor, House::Conference(meeting.id), &plan)
                .await
                .unwrap();
            ids.push(id.to_string());
        }
        tx.commit().await.unwrap();
    }
    ids.try_into().unwrap()
}

/// Sessions of the council with a seat and a draft of a ballot each: two about 2023, one about 2022.
async fn sessions(app: &TestApp) -> ([String; 3], [String; 3], [String; 3]) {
    let office = app.actor(login::STANDING_OFFICE).await;
    let secret = app.app.vault.card_secret().unwrap();
    let rules = app.year("cum-3", 2023).await.rules;
    let mut found = (Vec::new(), Vec::new(), Vec::new());
    let mut tx = app.app.begin().await.unwrap();
    for year in [2023, 2023, 2022] {
        let plan = council::SittingPlan {
            held_on: "2023-12-20".parse().unwrap(),
            place: String::new(),
            chair: String::new(),
            secretary: String::new(),
            quorum_percent: rules.quorum_percent,
            threshold_percent: rules.threshold_percent,
            threshold_base: council::Base::AllMembers,
            agenda: Vec::new(),
        };
        let sitting = council::create(&mut tx, app.now(), &office, year, &plan, &secret)
            .await
            .unwrap();
        let roll = council::roll(&mut tx, sitting).await.unwrap();
        let plan = Plan {
            title: "Hội đồng bỏ phiếu".to_owned(),
            form: conferences::FormOfVote::Secret,
            round: 1,
            questions: Vec::new(),
            rule: Rule::of_year(&rules),
        };
        let house = House::Council(sitting);
        let ballot = ballots::create(&mut tx, app.now(), &office, house, &plan)
            .await
            .unwrap();
        found.0.push(sitting.to_string());
        found.1.push(roll[0].id.to_string());
        found.2.push(ballot.to_string());
    }
    tx.commit().await.unwrap();
    (
        found.0.try_into().unwrap(),
        found.1.try_into().unwrap(),
        found.2.try_into().unwrap(),
    )
}

/// Attaches a file to each unit's paper, which begins its draft.
async fn files(app: &TestApp, papers: &[String]) -> [String; 3] {
    let mut ids = Vec::new();
    for ((_, unit), paper) in UNITS.iter().zip(papers) {
        let officer = app.officer_of(unit).await;
        // A report's file without a part is for the whole of it.
        let part = if paper.contains("/bao-cao/") {
            ""
        } else if paper.contains("/cham-diem/") {
            "I.1"
        } else {
            "achievement_report"
        };
        officer
            .upload(&format!("{paper}/tep"), "a.pdf", PDF, &[("part", part)])
            .await
            .expect(303);
        ids.push(
            app.value("select id::text from attachments order by uploaded_at desc, id desc limit 1")
                .await,
        );
    }
    ids.try_into().unwrap()
}

/// The closing conferences of both clusters and the mid-year one of the first, all invited, with a delegate and a paper
/// each: of Hòa Bình at the closing one, of Điện Biên at the mid-year one, of Nghệ An.
async fn meetings(app: &TestApp) -> ([String; 3], [String; 3]) {
    let held = [
        (conferences::Kind::Closing, "28/11/2023"),
        (conferences::Kind::Midyear, "20/07/2023"),
        (conferences::Kind::Closing, "28/11/2023"),
    ];
    let (mut delegates, mut papers) = (Vec::new(), Vec::new());
    for ((cluster, unit), (kind, day)) in UNITS.into_iter().zip(held) {
        let meeting = app.invited(cluster, kind, day).await;
        let named: Delegate = app.delegate(&meeting, cluster, unit).await;
        delegates.push(named.id.to_string());
        let lead = if cluster == "cum-3" { "son-la" } else { "nghe-an" };
        let path = meeting.path(&app.year(cluster, 2023).await);
        app.leader_of(lead)
            .await
            .upload(&format!("{path}/tai-lieu"), "a.pdf", PDF, &[])
            .await
            .expect(303);
        papers.push(
            app.value("select id::text from attachments order by uploaded_at desc, id desc limit 1")
                .await,
        );
    }
    (delegates.try_into().unwrap(), papers.try_into().unwrap())
}

/// A nomination of each unit, as the conference makes it.
async fn nominations(app: &TestApp) -> [String; 3] {
    let mut ids = Vec::new();
    let mut tx = app.app.begin().await.unwrap();
    for (cluster, unit) in UNITS {
        let year = app.year(cluster, 2023).await;
        let lead = if cluster == "cum-3" { "son-la" } else { "nghe-an" };
        let secretariat = app.actor(&login::leader(lead)).await;
        let vote = Vote {
            unit_id: year.member(unit).unwrap().unit_id,
            award: "vusta_merit".to_owned(),
            votes_for: 7,
            votes_of: 8,
            working: "7/8".to_owned(),
            acclaimed: true,
        };
        ids.push(
            nominations::create(&mut tx, app.now(), &secretariat, &year, &vote)
                .await
                .unwrap()
                .to_string(),
        );
    }
    tx.commit().await.unwrap();
    ids.try_into().unwrap()
}

/// The scoring of both clusters, by the table that was issued.
async fn open_scoring(app: &TestApp) {
    let mut tx = app.app.begin().await.unwrap();
    for (cluster, lead) in [("cum-3", "son-la"), ("cum-4", "nghe-an")] {
        let (year, actor) = (
            app.year(cluster, 2023).await,
            app.actor(&login::leader(lead)).await,
        );
        scoring::open(&mut tx, app.now(), &actor, &year).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A draft of the year's catalogue.
async fn catalogue(app: &TestApp) {
    let office = app.actor(login::STANDING_OFFICE).await;
    let mut tx = app.app.begin().await.unwrap();
    indicators::create(&mut tx, app.now(), &office, 2023, indicators::Source::Default)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Tables of criteria with a line of each: VUSTA's that was issued, drafts of the supplements of both clusters.
async fn tables(app: &TestApp) -> ([String; 4], [String; 4]) {
    let (mut sets, mut lines) = (Vec::new(), Vec::new());
    let mut tx = app.app.begin().await.unwrap();
    for (login, cluster) in [
        (login::STANDING_OFFICE.to_owned(), None),
        (login::leader("son-la"), Some("cum-3")),
        (login::leader("nghe-an"), Some("cum-4")),
    ] {
        let actor = app.actor(&login).await;
        let input = NewInput {
            year: 2023,
            cluster_id: match cluster {
                Some(slug) => Some(app.year(slug, 2023).await.cluster.id),
                None => None,
            },
            source: if cluster.is_some() {
                Source::Empty
            } else {
                Source::Proposal
            },
        };
        let id = criteria::create(&mut tx, app.now(), &actor, &input)
            .await
            .unwrap();
        let set = criteria::by_id(&mut tx, id).await.unwrap();
        let line = Criterion {
            id: CriterionId::new(),
            parent_id: None,
            ..criteria::proposal().unwrap().criteria[1].clone()
        };
        if cluster.is_some() {
            lines.push(line.id.to_string());
            criteria::put(&mut tx, app.now(), &actor, &set, 1, line)
                .await
                .unwrap();
        } else {
            lines.push(set.criteria[1].id.to_string());
            criteria::issue(&mut tx, app.now(), &actor, &set, 1)
                .await
                .unwrap();
        }
        sets.push(id.to_string());
    }
    tx.commit().await.unwrap();
    for ids in [&mut sets, &mut lines] {
        ids.push(CriterionId::new().to_string());
    }
    (sets.try_into().unwrap(), lines.try_into().unwrap())
}

/// Drafts of decisions.
async fn decisions(app: &TestApp) -> [String; 3] {
    let office = app.actor(login::STANDING_OFFICE).await;
    let mut ids = Vec::new();
    let mut tx = app.app.begin().await.unwrap();
    for _ in UNITS {
        let form = DecisionForm::default();
        let id = decisions::draft(&mut tx, app.now(), &office, Kind::Award, None, &form)
            .await
            .unwrap();
        ids.push(id.to_string());
    }
    tx.commit().await.unwrap();
    ids.try_into().unwrap()
}

/// The posts of the units' officers.
async fn posts(app: &TestApp) -> [String; 3] {
    let mut ids = Vec::new();
    for (_, unit) in UNITS {
        let of = login::officer(unit);
        let statement = format!(
            "select o.id::text from posts o join persons p on p.id = o.person_id where p.login = '{of}'"
        );
        ids.push(app.value(&statement).await);
    }
    ids.try_into().unwrap()
}

async fn password_link(app: &TestApp) -> String {
    let administrator = app.actor(login::ADMINISTRATOR).await;
    let person = app.actor(&login::officer("yen-bai")).await.id;
    let mut tx = app.app.begin().await.unwrap();
    let hand = administrator.hand();
    let link = people::issue_password_link(&mut tx, app.now(), &hand, person, 72, str::to_owned)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    link
}
