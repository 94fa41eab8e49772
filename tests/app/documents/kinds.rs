//! Every kind of paper that the demonstration world of 2023 can draft is laid out as the decree wants it, in both files.

use cumthidua::documents::Kind;

use super::{checker::faults, word_processor::losses};
use crate::support::{Browser, TestApp, moment};

/// The keys of all records of a year that a paper can be about.
pub(super) async fn keys(app: &TestApp) -> Vec<String> {
    let year = app.year("cum-3", 2023).await;
    // What is urged is urged in a year that is open.
    let mut keys = vec![
        "cum-3.2023".to_owned(),
        "2023".to_owned(),
        "cum-3.2026".to_owned(),
    ];
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
                union select 5, '2023.' || held_on::text from council_sessions
                union select 6, id::text from documents where kind = 'plan') as found",
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
    assert_eq!(found, Kind::ALL, "of every kind there is one to draft");
}

/// What is never issued under a number, and why.
const NOT_ISSUED: [(Kind, &str); 2] = [
    (Kind::BallotPaper, "it is printed, and has no number"),
    (Kind::NomineeList, "it goes with the paper that it belongs to"),
];

/// Issues a draft as a clerk would: the signers named, gaps filled. Answers where it is, or why not.
async fn issued(person: &Browser<'_>, draft: &str) -> Result<String, String> {
    let form = person.get(&format!("{draft}/sua")).await;
    if form.status != 200 {
        return Err(format!("{}: {}", form.status, form.text("main")));
    }
    let (action, fields) = form.form("form[data-warn]");
    let filled: Vec<(String, String)> = fields
        .into_iter()
        .map(|(name, value)| {
            let value = match name.as_str() {
                "signer_name" if value.trim().is_empty() => "Nguyễn Văn Mẫu".to_owned(),
                "signer_post" if value.trim().is_empty() => "CHỦ TỊCH".to_owned(),
                "section_text" if value.trim().is_empty() => "Nội dung minh họa.".to_owned(),
                "section_text" => value.replace('…', "01"),
                _ => value,
            };
            (name, value)
        })
        .collect();
    let filled: Vec<(&str, &str)> = filled.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let saved = person.post(&action, &filled).await;
    let page = person.get(draft).await.expect(200);
    if !page.has("form.final-body") {
        return Err(format!(
            "{} {} | {}",
            saved.status,
            saved.texts("main").join(" "),
            page.texts(".notice").join(" ")
        ));
    }
    let answer = person.submit(&page, "form.final-body", &[]).await;
    answer.location.clone().ok_or_else(|| answer.text("main"))
}

#[tokio::test]
async fn a_paper_of_every_kind_is_issued_and_its_files_are_as_the_decree_wants_them() {
    let app = TestApp::demo(moment("2026-11-23 08:42")).await;
    let (keys, people) = (keys(&app).await, people(&app).await);
    let mut papers = Vec::new();
    let mut faulty = Vec::new();
    let kept: String = app
        .value("select string_agg(kind || ' ' || id, ',' order by kind) from documents")
        .await;
    for kept in kept.split(',') {
        let (kind, id) = kept.split_once(' ').unwrap();
        papers.push((kind.to_owned(), format!("/van-ban/{id}")));
    }
    for kind in ["plan", "reminder", "decision"] {
        assert!(
            papers.iter().any(|(known, _)| known == kind),
            "the world has a {kind}"
        );
    }
    let mut missing = Vec::new();
    for kind in Kind::ALL {
        let is_printed = NOT_ISSUED.iter().any(|(known, _)| *known == kind);
        if is_printed || papers.iter().any(|(known, _)| *known == kind.code()) {
            continue;
        }
        let mut why = String::new();
        'keys: for key in &keys {
            for person in &people {
                let draft = format!("/van-ban/soan/{}/{key}", kind.slug());
                if person.get(&draft).await.status != 200 {
                    continue;
                }
                match issued(person, &draft).await {
                    Ok(path) => {
                        papers.push((kind.code(), path));
                        break 'keys;
                    }
                    Err(reason) => why = format!("{key}: {reason}"),
                }
            }
        }
        let is_there = papers.iter().any(|(known, _)| *known == kind.code());
        if !is_there {
            missing.push(format!("{kind:?}: {why}"));
        }
    }
    let mut files = Vec::new();
    for (kind, path) in papers {
        let (mut pdf, mut docx) = (None, None);
        for person in &people {
            let page = person.get(&format!("{path}/ban.pdf")).await;
            if page.status == 200 {
                pdf = Some(page.bytes);
                docx = Some(person.get(&format!("{path}/ban.docx")).await.expect(200).bytes);
                break;
            }
        }
        let (pdf, docx) = (pdf.unwrap(), docx.unwrap());
        let found = faults(&pdf, &docx).into_iter();
        faulty.extend(found.map(|fault| format!("{kind} {path}: {fault}")));
        files.push((format!("{kind} {path}"), docx.to_vec()));
    }
    faulty.extend(losses(&files));
    faulty.extend(missing);
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
}
