//! Who may open what: every page, as everybody, with records of one's own, of others, and of nobody.
//!
//! A new page is walked by itself. A new path parameter needs its values in `walk.rs`. A change of rights shows in the
//! snapshot below `snapshots/`; `INSTA_UPDATE=always cargo test --test app access` accepts it.

mod scores;
mod walk;

use std::fmt::Write;

use cumthidua::{
    people::Actor,
    web::{
        Who,
        pages::{Method, Page},
    },
};
use futures::{StreamExt, stream};

use crate::support::login;
use walk::{Role, Walk, Whose, ask, names_in};

/// Pages about a unit or cluster that are open to everybody who is admitted, whosever they are.
const OPEN_TO_ALL: [(&str, &str); 2] = [
    ("/don-vi/{unit}", "the directory of units is the same for all"),
    (
        "/don-vi/{unit}/khen-thuong",
        "what a unit was awarded is public; what it lacks is shown to those who work with it",
    ),
];

fn is_open_to_all(page: &Page) -> bool {
    OPEN_TO_ALL.iter().any(|(path, _)| *path == page.path)
}

fn has(page: &Page, name: &str) -> bool {
    names_in(page.path).contains(&name)
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
        let answer = walk.ask(role, &page, Whose::Own).await;
        let (status, what) = (
            answer.status.as_u16(),
            format!("{:?} {} as {role:?}", page.method, page.path),
        );
        if actor.is_none() && page.who != Who::Anyone {
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
    let columns: Vec<Vec<u16>> = stream::iter(Role::ALL)
        .map(statuses_as)
        .buffered(3)
        .collect()
        .await;
    let mut table = format!(
        "{:71}{:30}",
        "Hòa Bình: registration handed in, acclaimed, the rest drafts", "open to"
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
                let missing = walk
                    .ask(*role, page, Whose::Nobodys)
                    .await
                    .expect_because(404, &what);
                assert_eq!(foreign.text(".trouble"), missing.text(".trouble"), "{what}");
            } else {
                answer.expect_because(403, &what);
            }
            walk = walk.unchanged().await;
        }
    }
}

/// Everybody who is signed in, but those.
fn all_but(some: &[Role]) -> Vec<Role> {
    Role::ALL
        .into_iter()
        .filter(|role| *role != Role::SignedOut && !some.contains(role))
        .collect()
}

#[tokio::test]
async fn records_of_another_cluster_are_as_if_they_did_not_exist() {
    let is_placed = |page: &Page| {
        ["cluster", "unit", "nomination"]
            .iter()
            .any(|name| has(page, name))
    };
    let bound = [
        Role::Officer,
        Role::Leader,
        Role::Secretariat,
        Role::Patron,
        Role::FormerOfficer,
    ];
    assert_hidden(&bound, Whose::OtherClusters, is_placed).await;
    assert_hidden(&[Role::Foreigner], Whose::Own, is_placed).await;
}

#[tokio::test]
async fn drafts_of_another_unit_are_as_if_they_did_not_exist() {
    assert_hidden(&all_but(&[]), Whose::OtherUnits, |page| has(page, "unit")).await;
}

#[tokio::test]
async fn dossiers_of_another_unit_are_as_if_they_did_not_exist() {
    let overseers = [Role::Secretariat, Role::Patron, Role::StandingOffice];
    assert_hidden(&all_but(&overseers), Whose::OtherUnits, |page| {
        has(page, "nomination")
    })
    .await;
}

#[tokio::test]
async fn a_decision_that_is_not_issued_yet_is_as_if_it_did_not_exist() {
    assert_hidden(&all_but(&[Role::StandingOffice]), Whose::Own, |page| {
        has(page, "decision")
    })
    .await;
}

#[tokio::test]
async fn a_record_is_found_below_its_own_place_only() {
    let walk = Walk::begin().await;
    for page in pages() {
        let is_place = |name: &&str| {
            [
                "cluster",
                "year",
                "unit",
                "period",
                "indicator",
                "meeting",
                "delegation",
                // The key of a paper names its whole place.
                "about",
                "number_year",
                "sitting",
            ]
            .contains(name)
        };
        let names = names_in(page.path);
        if page.who == Who::Anyone || names.len() < 2 || names.last().is_some_and(is_place) {
            continue;
        }
        let insider = login::leader("dien-bien");
        for login in [insider.as_str(), login::STANDING_OFFICE, login::ADMINISTRATOR] {
            if !page.who.admits(&walk.app.actor(login).await) {
                continue;
            }
            let browser = walk.browser_of(login).await;
            // Điện Biên's are drafts, so that no state forbids the act before the record is looked for.
            // A ballot belongs to the cluster, which Điện Biên shares with Hòa Bình.
            let leaves: &[Whose] = match names.last() {
                Some(&"ballot") => &[Whose::OtherClusters],
                _ => &[Whose::Own, Whose::OtherClusters],
            };
            for leaf in leaves {
                let path = walk.path(&page, Whose::OtherUnits, *leaf);
                let what = format!(
                    "{:?} {} of Điện Biên as {login}, the last is {leaf:?}",
                    page.method, page.path
                );
                // Fields that some of the forms look at first.
                let fields = [("last_day", "20/02/2023"), ("reason", "vì thế"), ("version", "1")];
                ask(&browser, &page, &path, &fields)
                    .await
                    .expect_because(404, &what);
            }
        }
    }
}
