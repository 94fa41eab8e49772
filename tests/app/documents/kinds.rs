//! Every kind of paper that the demonstration world of 2023 can draft is laid out as the decree wants it, in both files.

use cumthidua::documents::Kind;

use super::{checker::faults, word_processor::losses};
use crate::support::{Browser, TestApp, moment};

/// What can't be had of the demonstration world: a list to shrink.
const NOT_YET: [Kind; 1] = [Kind::Reminder];

/// The keys of all records of a year that a paper can be about.
pub(super) async fn keys(app: &TestApp) -> Vec<String> {
    let year = app.year("cum-3", 2023).await;
    let mut keys = vec!["cum-3.2023".to_owned(), "2023".to_owned()];
    keys.extend(
        year.members
            .iter()
            .map(|member| format!("cum-3.2023.{}", member.slug)),
    );
    let of_records: String = app
        .value(
            "select string_agg(key, ' ' order by place, key) from (
                select 1 as place, 'cum-3.2023.' || c.slug as key from conferences c join years y on y.id = c.year_id
                    join clusters k on k.id = y.cluster_id where k.slug = 'cum-3' and y.year = 2023
                union select 2, b.id::text from ballots b join conferences c on c.id = b.conference_id
                    join years y on y.id = c.year_id where y.year = 2023
                union select 3, n.id::text from nominations n join years y on y.id = n.year_id where y.year = 2023
                union select 4, id::text from decisions
                union select 5, '2023.' || held_on::text from council_sessions) as found",
        )
        .await;
    keys.extend(of_records.split(' ').map(str::to_owned));
    keys
}

/// Who may know the records between them: VUSTA's office, and the members of 2023, one of which leads the cluster today.
const PEOPLE: [&str; 9] = [
    "thuongtruc",
    "sonla",
    "dienbien",
    "laichau",
    "laocai",
    "yenbai",
    "vinhphuc",
    "phutho",
    "hoabinh",
];

pub(super) async fn people(app: &TestApp) -> Vec<Browser<'_>> {
    let mut people = Vec::new();
    for login in PEOPLE {
        people.push(app.signed_in(login).await);
    }
    people
}

#[tokio::test]
async fn every_kind_that_the_demonstration_world_can_draft_is_laid_out_by_the_decree_and_opens_in_a_word_processor()
 {
    let app = TestApp::demo(moment("2026-11-23 08:42")).await;
    let (keys, people) = (keys(&app).await, people(&app).await);
    let mut found = Vec::new();
    let mut faulty = Vec::new();
    let mut papers = Vec::new();
    for kind in Kind::ALL {
        let mut is_drafted = false;
        for key in &keys {
            let path = format!("/van-ban/soan/{}/{key}", kind.slug());
            for person in &people {
                let pdf = person.get(&format!("{path}/ban.pdf")).await;
                if pdf.status != 200 {
                    continue;
                }
                let docx = person.get(&format!("{path}/ban.docx")).await.expect(200);
                faulty.extend(
                    faults(&pdf.bytes, &docx.bytes)
                        .into_iter()
                        .map(|fault| format!("{path}: {fault}")),
                );
                papers.push((path, docx.bytes.to_vec()));
                is_drafted = true;
                break;
            }
            // One of a unit speaks for those of all units; each ballot and conference is another paper.
            if is_drafted
                && !matches!(
                    kind,
                    Kind::BallotPaper | Kind::CountMinutes | Kind::ConferenceMinutes
                )
            {
                break;
            }
        }
        if is_drafted {
            found.push(kind);
        }
    }
    faulty.extend(losses(&papers));
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
    let missing: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| !found.contains(kind))
        .collect();
    assert_eq!(missing, NOT_YET);
}
