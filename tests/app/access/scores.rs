//! Who may know a unit's points: the rule as a table, compared with what every page, file, export and search answers.
//!
//! Hòa Bình's sheet carries marks that stand nowhere else: points, an address, a file's name, and what is written about
//! it. Those who know the points collect every address they are led to; then everybody asks for all of them, and a mark
//! in an answer to somebody who may not know is a leak, whatever page it comes from.

use std::{
    collections::{BTreeSet, VecDeque},
    io::{Cursor, Read as _},
};

use calamine::{Data, Reader as _};
use cumthidua::web::pages::Method;

use super::{
    pages,
    walk::{Walk, Whose},
};
use crate::{
    papers_vusta::issued,
    scoring::{BASE, appraised_by, filled, grid, handed_in, send},
    support::{Browser, PDF, Page, TestApp, login},
};

/// How far Hòa Bình's sheet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    HandedIn,
    Asked,
    Appraised,
    /// Appraised, and the conference's step of the calendar has opened.
    DayCome,
    Locked,
}

/// Those who read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    Visitor,
    Own,
    Appraiser,
    Lead,
    Patron,
    StandingOffice,
    Member,
    Deputy,
    FormerOfficer,
    Foreigner,
    Council,
    Administrator,
}

impl Reader {
    const ALL: [Self; 12] = [
        Self::Visitor,
        Self::Own,
        Self::Appraiser,
        Self::Lead,
        Self::Patron,
        Self::StandingOffice,
        Self::Member,
        Self::Deputy,
        Self::FormerOfficer,
        Self::Foreigner,
        Self::Council,
        Self::Administrator,
    ];

    fn login(self) -> Option<String> {
        Some(match self {
            Self::Visitor => return None,
            Self::Own => login::leader("hoa-binh"),
            Self::Appraiser => login::officer("yen-bai"),
            Self::Lead => login::leader("son-la"),
            Self::Patron => login::patron("cum-3"),
            Self::StandingOffice => login::STANDING_OFFICE.to_owned(),
            Self::Member => login::officer("dien-bien"),
            Self::Deputy => login::leader("lao-cai"),
            Self::FormerOfficer => login::former_officer("hoa-binh"),
            Self::Foreigner => login::leader("ha-tinh"),
            Self::Council => login::COUNCIL_MEMBER.to_owned(),
            Self::Administrator => login::ADMINISTRATOR.to_owned(),
        })
    }

    /// The rule: the unit itself, who appraises it, who runs the year and who oversees it know its points from the
    /// moment they are handed in; the other members from the day on which the conference's step opens, or once the
    /// conference has confirmed them; nobody else.
    fn knows(self, stage: Stage) -> bool {
        match self {
            Self::Own | Self::Appraiser | Self::Lead | Self::Patron | Self::StandingOffice => true,
            Self::Member | Self::Deputy => matches!(stage, Stage::DayCome | Stage::Locked),
            Self::Visitor | Self::FormerOfficer | Self::Foreigner | Self::Council | Self::Administrator => {
                false
            }
        }
    }
}

const POINTS: &str = "0,37";
const LINK: &str = "https://lienhiephoi.example/dau-rieng-cua-hoa-binh";
const FILE: &str = "dau-rieng.pdf";
const QUESTION: &str = "Câu hỏi mang dấu riêng?";
const EXPLANATION: &str = "Giải trình mang dấu riêng.";
const REASON: &str = "Lý do mang dấu riêng";
const OBJECTION: &str = "Kiến nghị mang dấu riêng.";

/// The sheet's official papers.
const PAPERS: [&str; 2] = [
    "/van-ban/soan/bang-cham-diem/cum-3.2023.hoa-binh",
    "/van-ban/soan/bien-ban-tham-dinh/cum-3.2023.hoa-binh",
];

/// The marks of the sheet that an answer tells.
fn marks_in(page: &Page) -> Vec<&'static str> {
    let text = if page.path.ends_with("/ban.docx") && page.bytes.starts_with(b"PK") {
        crate::documents::docx_text(&page.bytes)
    } else if page.path.ends_with("/ban.pdf") && page.bytes.starts_with(b"%PDF") {
        let pages = crate::documents::printed::read(&page.bytes);
        pages.iter().map(crate::documents::printed::Page::text).collect()
    } else if page.path.ends_with("/ho-so.zip") && page.bytes.starts_with(b"PK") {
        unpacked(&page.bytes)
    } else if page.bytes.starts_with(b"PK") {
        cells(&page.bytes)
    } else {
        page.body.clone()
    };
    let told = |mark: &str| {
        text.match_indices(mark)
            .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit()))
    };
    [POINTS, LINK, FILE, QUESTION, EXPLANATION, REASON, OBJECTION]
        .into_iter()
        .filter(|mark| told(mark))
        .collect()
}

/// The names and texts of an archive's files.
fn unpacked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let mut inside = Vec::new();
        file.read_to_end(&mut inside).unwrap();
        text.push_str(&file.name().unwrap());
        text.push_str(&String::from_utf8_lossy(&inside));
        text.push('\n');
    }
    text
}

/// All cells of a workbook, numbers as people write them.
fn cells(bytes: &[u8]) -> String {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for (_, sheet) in book.worksheets() {
        for (_, _, cell) in sheet.used_cells() {
            text.push_str(&match cell {
                Data::Float(number) => number.to_string().replace('.', ","),
                other => other.to_string(),
            });
            text.push('\n');
        }
    }
    text
}

/// Hòa Bình hands in a sheet full of marks, Yên Bái appraises it, as far as the stage.
async fn come_to(app: &TestApp, stage: Stage) {
    appraised_by(app, "hoa-binh", "yen-bai").await;
    let (unit, appraiser) = (app.leader_of("hoa-binh").await, app.officer_of("yen-bai").await);
    let (sheet, grid_path) = (format!("{BASE}/hoa-binh"), format!("{BASE}/hoa-binh/tham-dinh"));
    unit.upload(&format!("{sheet}/tep"), FILE, PDF, &[("part", "I.1")])
        .await
        .expect(303);
    let form = unit.get(&format!("{sheet}/sua")).await.expect(200);
    let typed: Vec<(String, String)> = filled(&form)
        .into_iter()
        .map(|(name, value)| match (name.as_str(), value.as_str()) {
            ("line_points", "0,5") => (name, POINTS.to_owned()),
            ("line_links", _) => (name, LINK.to_owned()),
            _ => (name, value),
        })
        .collect();
    send(&unit, &format!("{sheet}/sua"), &typed).await.expect(303);
    let preview = unit.get(&format!("{sheet}/nop")).await.expect(200);
    unit.submit(&preview, "form[action$='/nop']", &[])
        .await
        .expect_to(&sheet);
    issued(&unit, PAPERS[0]).await;
    if stage == Stage::HandedIn {
        return;
    }
    let page = appraiser.get(&grid_path).await.expect(200);
    send(
        &appraiser,
        &grid_path,
        &grid(&page, &[(0, "", "", QUESTION)], "hoi"),
    )
    .await
    .expect_to(&sheet);
    if stage == Stage::Asked {
        return;
    }
    let page = unit.get(&format!("{sheet}/giai-trinh")).await.expect(200);
    let explained = [("line_explanation", EXPLANATION)];
    unit.submit(&page, "form[action$='/giai-trinh']", &explained)
        .await
        .expect_to(&sheet);
    let page = appraiser.get(&grid_path).await.expect(200);
    send(
        &appraiser,
        &grid_path,
        &grid(&page, &[(0, "0,25", REASON, QUESTION)], "xong"),
    )
    .await
    .expect_to(&sheet);
    issued(&appraiser, PAPERS[1]).await;
    let page = unit.get(&sheet).await.expect(200);
    unit.submit(&page, "form[action$='/kien-nghi']", &[("text", OBJECTION)])
        .await
        .expect(303);
    match stage {
        Stage::HandedIn | Stage::Asked | Stage::Appraised => {}
        Stage::DayCome => app
            .sql("update year_steps set opens_on = date '2020-01-01' where step = 'conference'")
            .await
            .unwrap(),
        Stage::Locked => lock(app).await,
    }
}

/// The others' sheets come in and are appraised, and the conference confirms.
async fn lock(app: &TestApp) {
    for unit in [
        "son-la",
        "dien-bien",
        "lai-chau",
        "lao-cai",
        "yen-bai",
        "vinh-phuc",
        "phu-tho",
    ] {
        handed_in(app, unit).await;
    }
    app.sql(
        "update score_sheets set state = 'appraised', appraised_at = now() where state = 'self_scored';
         update score_objections set answer = 'đã xem', answered_at = raised_at, answered_by = raised_by",
    )
    .await
    .unwrap();
    let lead = app.secretariat().await;
    lead.post(&format!("{BASE}/chot"), &[]).await.expect(303);
}

/// Every address that those who know are led to, from every page of the program.
async fn addresses(walk: &Walk) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for reader in Reader::ALL.into_iter().filter(|r| r.knows(Stage::HandedIn)) {
        let browser = walk.browser_of(&reader.login().unwrap()).await;
        let listed = pages().into_iter().filter(|page| page.method == Method::Get);
        let mut open: VecDeque<String> = listed
            .map(|page| walk.path(&page, Whose::Own, Whose::Own))
            .collect();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        while let Some(path) = open.pop_front() {
            if !seen.insert(path.clone()) {
                continue;
            }
            let page = browser.get(&path).await;
            // Lists have no end of filters and pages; what matters hangs below the scores.
            let is_deep = path.contains("/cham-diem") || !path.contains('?');
            if page.status != 200 || !is_deep {
                continue;
            }
            for place in page.links() {
                let is_paper = PAPERS.iter().any(|paper| place.starts_with(paper));
                if is_paper || place.contains("/cham-diem") && !place.contains("/cum-4/") {
                    open.push_back(place);
                }
            }
        }
        known.extend(seen);
    }
    for page in ["/don-vi", "/vinh-danh", "/quyet-dinh", "/quan-tri/nguoi-dung"] {
        known.insert(format!("{page}?tim=dau+rieng"));
    }
    known.extend(issued_papers(&walk.app).await);
    known
}

/// The papers that have been issued, with their files and the page that verifies them.
async fn issued_papers(app: &TestApp) -> Vec<String> {
    let statement = "select coalesce(string_agg(concat_ws(' ', '/van-ban/' || id, '/van-ban/' || id || '/ban.pdf',
                            '/van-ban/' || id || '/ban.docx', '/xac-minh/' || code), ' '), '') from documents";
    let all: String = app.value(statement).await;
    all.split_whitespace().map(str::to_owned).collect()
}

/// Whoever may know the points opens the sheet's papers and their files, and nobody else does.
async fn compare_papers(stage: Stage, reader: Reader, browser: &Browser<'_>) {
    for (at, paper) in PAPERS.iter().enumerate() {
        for file in ["", "/ban.pdf", "/ban.docx", "/bang.xlsx"] {
            let path = format!("{paper}{file}");
            let wanted = match reader {
                Reader::Visitor => 303,
                _ if !reader.knows(stage) => 404,
                // Nobody has appraised yet.
                _ if at == 1 && stage == Stage::HandedIn => 409,
                _ => 200,
            };
            let answer = browser.get(&path).await;
            assert_eq!(answer.status, wanted, "{reader:?} at {path} while {stage:?}");
        }
    }
}

async fn ask(walk: &Walk, reader: Reader) -> Browser<'_> {
    match reader.login() {
        Some(login) => walk.browser_of(&login).await,
        None => walk.app.visitor(),
    }
}

/// Compares the rule with every answer.
async fn compare(stage: Stage) {
    let walk = Walk::begin().await;
    come_to(&walk.app, stage).await;
    let addresses = addresses(&walk).await;
    assert!(
        addresses.len() > 60,
        "{} addresses are too few to mean anything",
        addresses.len()
    );
    for reader in Reader::ALL {
        let browser = ask(&walk, reader).await;
        compare_papers(stage, reader, &browser).await;
        let mut found = BTreeSet::new();
        for path in &addresses {
            let page = browser.get(path).await;
            let marks = marks_in(&page);
            assert!(
                reader.knows(stage) || marks.is_empty(),
                "{reader:?} learns {marks:?} at {path} ({}) while {stage:?}",
                page.status
            );
            found.extend(marks);
        }
        if reader.knows(stage) {
            for mark in [POINTS, LINK, FILE] {
                assert!(
                    found.contains(mark),
                    "{reader:?} may know {mark} while {stage:?} and finds it nowhere"
                );
            }
            let written = match stage {
                Stage::HandedIn => vec![],
                Stage::Asked => vec![QUESTION],
                Stage::Appraised | Stage::DayCome | Stage::Locked => vec![QUESTION, EXPLANATION, REASON],
            };
            for mark in written {
                assert!(
                    found.contains(mark),
                    "{reader:?} may know {mark} while {stage:?} and finds it nowhere"
                );
            }
        }
    }
}

#[tokio::test]
async fn points_handed_in_are_known_to_those_alone_who_work_with_them() {
    compare(Stage::HandedIn).await;
}

#[tokio::test]
async fn questions_about_points_are_known_to_those_alone_who_work_with_them() {
    compare(Stage::Asked).await;
}

#[tokio::test]
async fn appraised_points_are_known_to_those_alone_who_work_with_them() {
    compare(Stage::Appraised).await;
}

#[tokio::test]
async fn appraised_points_are_known_to_all_members_from_the_day_of_the_calendar() {
    compare(Stage::DayCome).await;
}

#[tokio::test]
async fn confirmed_points_are_known_to_all_members() {
    compare(Stage::Locked).await;
}
