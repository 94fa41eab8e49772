//! Who may open what: every page, as everybody, with records of one's own, of others, and of nobody.
//!
//! A new page is walked by itself. A new path parameter needs its values in [`Walk::values`]. A change of rights
//! shows in the snapshot below `snapshots/`; `INSTA_UPDATE=always cargo test --test app access` accepts it.

use std::{cell::RefCell, collections::BTreeMap, fmt::Write};

use cumthidua::{
    ids::PersonId,
    people::{self, Actor},
    registrations::State,
    web::{
        Who,
        pages::{Method, Page},
    },
};
use futures::future::join_all;

use crate::support::{self, Browser, PDF, TestApp, login};

/// Those who come, as the world knows them: all but the last work in or with `cum-3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
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

use Role::{
    Administrator, Council, Foreigner, FormerOfficer, Leader, Officer, Patron, Secretariat, SignedOut,
    StandingOffice,
};

impl Role {
    const ALL: [Self; 10] = [
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
    ];

    fn login(self) -> Option<String> {
        Some(match self {
            SignedOut => return None,
            Officer => login::officer("hoa-binh"),
            Leader => login::leader("hoa-binh"),
            Secretariat => login::leader("son-la"),
            Patron => login::patron("cum-3"),
            FormerOfficer => login::former_officer("hoa-binh"),
            StandingOffice => login::STANDING_OFFICE.to_owned(),
            Council => login::COUNCIL_MEMBER.to_owned(),
            Administrator => login::ADMINISTRATOR.to_owned(),
            Foreigner => login::officer("ha-tinh"),
        })
    }
}

/// Whose records a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Hòa Bình's.
    Own,
    /// Điện Biên's, of the same cluster, which are drafts still.
    OtherUnits,
    /// Nghệ An's, of another cluster.
    OtherClusters,
    /// None that exist.
    Nobodys,
}

use Whose::{Nobodys, OtherClusters, OtherUnits, Own};

/// Pages about a unit or cluster that are open to everybody who is admitted, whosever they are.
const OPEN_TO_ALL: [(&str, &str); 1] = [("/don-vi/{unit}", "the directory of units is the same for all")];

fn is_open_to_all(page: &Page) -> bool {
    OPEN_TO_ALL.iter().any(|(path, _)| *path == page.path)
}

/// Whose files there are, in the order of [`Whose`].
const UNITS: [(&str, &str); 3] = [
    ("cum-3", "hoa-binh"),
    ("cum-3", "dien-bien"),
    ("cum-4", "nghe-an"),
];

/// A world with records of several units.
struct Walk {
    app: TestApp,
    registration_files: [String; 3],
    report_files: [String; 3],
    posts: [String; 3],
    token: String,
    tokens: RefCell<BTreeMap<String, String>>,
    before: String,
}

impl Walk {
    async fn begin() -> Self {
        let app = TestApp::new().await;
        let registration_files = files(&app, "dang-ky").await;
        let report_files = files(&app, "bao-cao/nam").await;
        app.registration("cum-3", "hoa-binh", State::Submitted).await;
        app.registration("cum-4", "nghe-an", State::Submitted).await;
        let posts = posts(&app).await;
        let token = password_link(&app).await;
        let mut walk = Self {
            app,
            registration_files,
            report_files,
            posts,
            token,
            tokens: RefCell::default(),
            before: String::new(),
        };
        walk.before = walk.traces().await;
        walk
    }

    /// The values of a path's parameters: own, other unit's, other cluster's, nobody's.
    fn values(&self, path: &str, name: &str) -> [String; 4] {
        let nobodys = PersonId::new().to_string();
        let records = |known: &[String; 3]| {
            let [own, other_units, other_clusters] = known.clone();
            [own, other_units, other_clusters, nobodys.clone()]
        };
        match name {
            "cluster" => ["cum-3", "cum-3", "cum-4", "cum-99"].map(str::to_owned),
            "year" => ["2023", "2023", "2023", "2019"].map(str::to_owned),
            "unit" => ["hoa-binh", "dien-bien", "nghe-an", "khong-co"].map(str::to_owned),
            "period" => ["nam"; 4].map(str::to_owned),
            "attachment" if path.contains("/dang-ky/") => records(&self.registration_files),
            "attachment" if path.contains("/bao-cao/") => records(&self.report_files),
            "person" => records(&UNITS.map(|(_, unit)| login::officer(unit))),
            "post" => records(&self.posts),
            // Sessions and one-time links belong to a person; their stories are told with signing in.
            "session" => [(); 4].map(|()| nobodys.clone()),
            "token" => [(); 4].map(|()| self.token.clone()),
            _ => panic!(
                "{path} has the path parameter {{{name}}}, which this test has no values for. Add a line to Walk::values \
                 in tests/app/access.rs: a record of Hòa Bình, one of Điện Biên that only Điện Biên may see, one of \
                 Nghệ An in another cluster, and one that doesn't exist."
            ),
        }
    }

    /// The path of a page with the records of `whose`, the last parameter of `last`.
    fn path(&self, page: &Page, whose: Whose, last: Whose) -> String {
        let names = names_in(page.path);
        let mut path = page.path.to_owned();
        for (place, name) in names.iter().enumerate() {
            let values = self.values(page.path, name);
            let whose = if place + 1 == names.len() { last } else { whose };
            path = path.replace(&format!("{{{name}}}"), &values[whose as usize]);
        }
        path
    }

    /// A browser of somebody who signed in once for all pages.
    async fn browser(&self, role: Role) -> Browser<'_> {
        let Some(login) = role.login() else {
            return self.app.visitor();
        };
        if let Some(token) = self.tokens.borrow().get(&login) {
            let browser = self.app.visitor();
            browser.set_cookie("cumthidua", token);
            return browser;
        }
        let browser = self.app.signed_in(&login).await;
        let token = browser.cookie("cumthidua").unwrap();
        self.tokens.borrow_mut().insert(login, token);
        browser
    }

    async fn actor(&self, role: Role) -> Option<Actor> {
        match role.login() {
            Some(login) => Some(self.app.actor(&login).await),
            None => None,
        }
    }

    async fn ask(&self, role: Role, page: &Page, whose: Whose) -> support::Page {
        self.ask_in(
            &self.browser(role).await,
            page,
            &self.path(page, whose, whose),
            &[],
        )
        .await
    }

    async fn ask_in(
        &self,
        browser: &Browser<'_>,
        page: &Page,
        path: &str,
        fields: &[(&str, &str)],
    ) -> support::Page {
        if page.method == Method::Get {
            return browser.get(path).await;
        }
        let answer = browser.post(path, fields).await;
        // A page that takes files can't read an ordinary form.
        if answer.status == 400 {
            browser.upload(path, "a.pdf", PDF, &[]).await
        } else {
            answer
        }
    }

    /// What tells that an act has happened.
    async fn traces(&self) -> String {
        let statement =
            "select concat(number, ' ', (select string_agg(password_hash, ' ' order by id) from persons))
                         from journal_head";
        self.app.value(statement).await
    }

    /// This world, or a new one when an act has changed it.
    async fn unchanged(self) -> Self {
        if self.traces().await == self.before {
            self
        } else {
            Self::begin().await
        }
    }
}

/// Attaches a file to each unit's paper, which begins its draft.
async fn files(app: &TestApp, paper: &str) -> [String; 3] {
    let mut ids = Vec::new();
    for (cluster, unit) in UNITS {
        let path = format!("/cum/{cluster}/2023/{paper}/{unit}/tep");
        app.officer_of(unit)
            .await
            .upload(&path, "a.pdf", PDF, &[])
            .await
            .expect(303);
        ids.push(
            app.value("select id::text from attachments order by uploaded_at desc, id desc limit 1")
                .await,
        );
    }
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

/// The names of a path's parameters.
fn names_in(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .map(|n| n.trim_start_matches('*'))
        .collect()
}

fn admits(who: Who, actor: Option<&Actor>) -> bool {
    actor.map_or(who == Who::Anyone, |actor| who.admits(actor))
}

fn pages() -> Vec<Page> {
    cumthidua::app::pages().list()
}

/// Asks for every page with records of Hòa Bình; answers the statuses in the order of the pages.
async fn statuses_as(role: Role) -> Vec<u16> {
    let mut walk = Walk::begin().await;
    let actor = walk.actor(role).await;
    let mut statuses = Vec::new();
    for page in pages() {
        let answer = walk.ask(role, &page, Own).await;
        let (status, what) = (
            answer.status.as_u16(),
            format!("{:?} {} as {role:?}", page.method, page.path),
        );
        if role == SignedOut && page.who != Who::Anyone {
            assert_eq!(status, 303, "{what}");
            assert!(answer.location.unwrap().starts_with("/dang-nhap"), "{what}");
        } else if !admits(page.who, actor.as_ref()) {
            assert_eq!(status, 403, "{what}");
            let told = answer.text(".trouble-text");
            assert!(
                told.contains(page.who.label()),
                "{what}: the page says only “{told}”"
            );
        } else {
            assert!(status < 500, "{what}: {}", answer.body);
        }
        statuses.push(status);
        walk = walk.unchanged().await;
    }
    statuses
}

#[tokio::test]
async fn every_page_admits_whom_it_names_and_nobody_else() {
    let columns = join_all(Role::ALL.map(statuses_as)).await;
    let mut table = format!(
        "{:71}{:30}",
        "Hòa Bình: registration handed in, report a draft", "open to"
    );
    for role in Role::ALL {
        write!(table, " {:>14}", format!("{role:?}")).unwrap();
    }
    for (row, page) in pages().iter().enumerate() {
        let method = if page.method == Method::Get { "GET" } else { "POST" };
        write!(
            table,
            "\n{method:5}{:66}{:30}",
            page.path,
            format!("{:?}", page.who)
        )
        .unwrap();
        for column in &columns {
            write!(table, " {:>14}", column[row]).unwrap();
        }
    }
    insta::assert_snapshot!("rights", table);
}

/// Asks for pages with foreign records: each must answer as it does for records that don't exist.
async fn assert_hidden(roles: &[Role], whose: Whose, concerned: impl Fn(&Page) -> bool) {
    let mut walk = Walk::begin().await;
    let concerned: Vec<Page> = pages()
        .into_iter()
        .filter(|page| concerned(page) && !is_open_to_all(page))
        .collect();
    assert!(!concerned.is_empty());
    for role in roles {
        let actor = walk.actor(*role).await;
        for page in &concerned {
            let what = format!("{:?} {} as {role:?} with {whose:?}", page.method, page.path);
            let answer = walk.ask(*role, page, whose).await;
            if admits(page.who, actor.as_ref()) {
                let foreign = answer.expect_because(404, &what);
                let missing = walk.ask(*role, page, Nobodys).await.expect_because(404, &what);
                assert_eq!(foreign.text(".trouble"), missing.text(".trouble"), "{what}");
            } else {
                answer.expect_because(403, &what);
            }
            walk = walk.unchanged().await;
        }
    }
}

fn has(page: &Page, name: &str) -> bool {
    names_in(page.path).contains(&name)
}

#[tokio::test]
async fn records_of_another_cluster_are_as_if_they_did_not_exist() {
    let bound = [Officer, Leader, Secretariat, Patron, FormerOfficer];
    assert_hidden(&bound, OtherClusters, |page| {
        has(page, "cluster") || has(page, "unit")
    })
    .await;
    assert_hidden(&[Foreigner], Own, |page| {
        has(page, "cluster") || has(page, "unit")
    })
    .await;
}

#[tokio::test]
async fn drafts_of_another_unit_are_as_if_they_did_not_exist() {
    let others = Role::ALL
        .into_iter()
        .filter(|role| *role != SignedOut)
        .collect::<Vec<_>>();
    assert_hidden(&others, OtherUnits, |page| has(page, "unit")).await;
}

#[tokio::test]
async fn a_record_is_found_below_its_own_place_only() {
    let walk = Walk::begin().await;
    for page in pages() {
        let own_place = ["cluster", "year", "unit", "period"];
        let is_leaf = names_in(page.path)
            .last()
            .is_some_and(|name| !own_place.contains(name));
        if page.who == Who::Anyone || names_in(page.path).len() < 2 || !is_leaf {
            continue;
        }
        let insider = login::leader("dien-bien");
        let mut admitted = None;
        for login in [insider.as_str(), login::ADMINISTRATOR, login::STANDING_OFFICE] {
            let actor = walk.app.actor(login).await;
            if page.who.admits(&actor) && admitted.is_none() {
                admitted = Some(walk.app.signed_in(login).await);
            }
        }
        let admitted = admitted.expect("somebody who may open the page");
        // Điện Biên's are drafts, so that no state forbids the act before the record is looked for.
        for leaf in [Own, OtherClusters] {
            let path = walk.path(&page, OtherUnits, leaf);
            let what = format!(
                "{:?} {} of Điện Biên, the record is {leaf:?}",
                page.method, page.path
            );
            // Fields that some of the forms look at first.
            let fields = [("last_day", "20/02/2023"), ("reason", "vì thế"), ("version", "1")];
            walk.ask_in(&admitted, &page, &path, &fields)
                .await
                .expect_because(404, &what);
        }
    }
}
