//! What VUSTA's standing office finds: the appraisal report for the council.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    super::model::Figure,
    Desk, Prepared, Text,
    blocks::{dashes, grid, roman},
    paragraphs, section,
    vusta::{COUNCIL_NAME, signer},
};
use crate::{
    awards::{self, Awards},
    eligibility::Card,
    ids::{NominationId, YearId},
    kit::{
        clock,
        documents::model::{Align, Appendix, Block},
        error::{AppError, Result},
        values::whole_text,
    },
    nominations::{
        self, Nomination, State, YearPapers,
        access::opens,
        checklist::{Checklist, Mark},
    },
    papers, years,
};

/// A dossier as the standing office found it.
struct Found {
    nomination: Nomination,
    award: String,
    /// `đủ`, or what is missing.
    parts: String,
    /// What is to be known of registration and report.
    remarks: String,
    /// `đủ`, or what is missing of the award's conditions.
    conditions: String,
    reason: String,
    /// Whether the reader may know it: not with a conflict of interest.
    is_open: bool,
}

/// What an appraisal came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    Eligible,
    Ineligible,
    Open,
}

impl Finding {
    fn of(state: State) -> Option<Self> {
        match state {
            State::Proposed | State::Acclaimed | State::NotAcclaimed | State::Withdrawn => None,
            State::Submitted | State::Returned => Some(Self::Open),
            State::Ineligible => Some(Self::Ineligible),
            State::Eligible
            | State::CouncilPassed
            | State::CouncilRejected
            | State::Decided
            | State::Awarded
            | State::Cancelled => Some(Self::Eligible),
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Eligible => "đủ điều kiện",
            Self::Ineligible => "không đủ điều kiện",
            Self::Open => "chưa thẩm định xong",
        }
    }
}

impl Found {
    fn finding(&self) -> Finding {
        Finding::of(self.nomination.state).unwrap_or(Finding::Open)
    }
}

/// Báo cáo thẩm định of a calendar year (domain: document 17).
pub(super) async fn report(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year: i32 = desk.about.parse().map_err(|_| AppError::NotFound)?;
    if !desk.actor.is_standing_office {
        return Err(AppError::NotFound);
    }
    let found = dossiers(db, desk, year).await?;
    if found.is_empty() {
        return Err(AppError::Conflict(format!(
            "Năm {year} chưa có hồ sơ nào trình LHHVN nên chưa có gì để báo cáo."
        )));
    }
    let open = count(&found, Finding::Open);
    let closed = found.iter().filter(|f| !f.is_open).count();
    let path = format!("/hoi-dong/{year}");
    let figures = figures(&found, &path);
    let mut prepared = desk.of_council(
        vec![signer("TM. THƯỜNG TRỰC HỘI ĐỒNG", "PHÓ CHỦ TỊCH THƯỜNG TRỰC")],
        move |wording| {
            let mut body = vec![roman(1, "TIẾP NHẬN HỒ SƠ")];
            body.extend(received(&found));
            body.extend(paragraphs(wording.section("method")));
            body.push(roman(2, "KẾT QUẢ THẨM ĐỊNH"));
            body.extend(findings(&found));
            body.push(roman(3, "ĐỀ NGHỊ"));
            body.extend(paragraphs(wording.section("proposal")));
            Text {
                appendices: vec![Appendix {
                    title: format!("KẾT QUẢ THẨM ĐỊNH HỒ SƠ KHEN THƯỞNG NĂM {year}"),
                    body: vec![table(&found)],
                    is_landscape: true,
                    ..Appendix::default()
                }],
                ..Text::of(body)
            }
        },
    );
    prepared.cites = true;
    prepared.figures = figures;
    prepared.hindrance = if closed > 0 {
        Some(format!(
            "Anh/chị có xung đột lợi ích với đơn vị của {closed} hồ sơ nên phần của các hồ sơ đó để trống; người khác của Thường trực Hội đồng ban hành báo cáo này."
        ))
    } else {
        (open > 0).then(|| format!("Còn {open} hồ sơ chưa thẩm định xong hoặc đang trả lại để bổ sung."))
    };
    prepared.offered.subject = format!("Thẩm định hồ sơ đề nghị khen thưởng năm {year}");
    COUNCIL_NAME.clone_into(&mut prepared.offered.addressees);
    "Như trên\nLưu: VT, HĐTĐKT".clone_into(&mut prepared.offered.recipients);
    prepared.offered.sections = vec![
        section("method", "Cách thẩm định", METHOD),
        section("proposal", "Đề nghị", PROPOSAL),
    ];
    prepared.back = (path, format!("Đề nghị khen thưởng năm {year}"));
    Ok(prepared)
}

const METHOD: &str = "Thường trực Hội đồng xem xét thành phần hồ sơ, kết quả bình xét, suy tôn của cụm, việc đăng ký thi đua và báo cáo trong năm của từng đơn vị theo quy định.";
const PROPOSAL: &str = "Kính trình Hội đồng xem xét, bỏ phiếu đối với các trường hợp đủ điều kiện";

/// The dossiers that reached VUSTA, each with what was found.
async fn dossiers(db: &mut PgConnection, desk: &Desk<'_>, year: i32) -> Result<Vec<Found>> {
    let awards = awards::all(db).await?;
    let mut list = nominations::of_calendar_year(db, desk.actor, year).await?;
    list.retain(|nomination| Finding::of(nomination.state).is_some());
    let ids: Vec<NominationId> = list.iter().map(|nomination| nomination.id).collect();
    let notes = nominations::last_notes(db, &ids).await?;
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let files = papers::files_of(db, "nominations", &uuids).await?;
    let cards = nominations::cards(db, year, &list, clock::day(desk.now)).await?;
    let mut papers: Option<(YearId, YearPapers)> = None;
    let mut found = Vec::new();
    for nomination in list {
        // The list is in the order of the clusters.
        if papers.as_ref().is_none_or(|(id, _)| *id != nomination.year_id) {
            let year = years::by_id(db, nomination.year_id).await?;
            papers = Some((year.id, YearPapers::of(db, &year).await?));
        }
        let facts = papers.as_ref().map(|(_, papers)| papers.facts_of(&nomination));
        let files = files.get(&nomination.id.0).map(Vec::as_slice).unwrap_or_default();
        let checklist = Checklist::of(&nomination, files, &facts.unwrap_or_default())
            .with_persons(&nominations::persons(db, nomination.id).await?);
        let told = matches!(nomination.state, State::Ineligible | State::Returned);
        let note = notes.iter().find(|(id, _)| told && *id == nomination.id);
        let note = note.map(|(_, note)| note.clone());
        let card = cards.get(&nomination.id);
        found.push(if opens(desk.actor, &nomination) {
            of_checklist(nomination, &checklist, card, &awards, note)
        } else {
            closed(nomination, &awards)
        });
    }
    Ok(found)
}

fn of_checklist(
    nomination: Nomination,
    checklist: &Checklist,
    card: Option<&Card>,
    awards: &Awards,
    reason: Option<String>,
) -> Found {
    let missing = checklist.missing();
    let warnings = checklist.items.iter().filter(|item| item.mark == Mark::Warning);
    let remarks: Vec<String> = warnings
        .map(|item| format!("{}: {}", item.label, item.note))
        .collect();
    Found {
        award: awards.short_name(&nomination.award),
        parts: if missing.is_empty() {
            "đủ".to_owned()
        } else {
            format!("thiếu: {}", missing.join("; "))
        },
        remarks: if remarks.is_empty() {
            "đúng hạn".to_owned()
        } else {
            remarks.join("\n")
        },
        conditions: card.map(Card::brief).unwrap_or_default(),
        reason: reason.unwrap_or_default(),
        is_open: true,
        nomination,
    }
}

/// A dossier with whose unit the reader has a conflict of interest: its name, no more.
fn closed(nomination: Nomination, awards: &Awards) -> Found {
    Found {
        award: awards.short_name(&nomination.award),
        parts: String::new(),
        remarks: String::new(),
        conditions: String::new(),
        reason: "xung đột lợi ích".to_owned(),
        is_open: false,
        nomination,
    }
}

fn count(found: &[Found], finding: Finding) -> usize {
    found.iter().filter(|f| f.finding() == finding).count()
}

fn figures(found: &[Found], path: &str) -> Vec<Figure> {
    let all =
        [Finding::Eligible, Finding::Ineligible].map(|finding| (finding.label(), count(found, finding)));
    [("tiếp nhận", found.len())]
        .into_iter()
        .chain(all)
        .map(|(what, number)| Figure {
            label: format!("Số hồ sơ {what}"),
            value: whole_text(number),
            path: path.to_owned(),
        })
        .collect()
}

/// How many dossiers came, by award.
fn received(found: &[Found]) -> Vec<Block> {
    let mut clusters: Vec<&str> = found.iter().map(|f| f.nomination.place.name.as_str()).collect();
    clusters.dedup();
    let lead = format!(
        "Thường trực Hội đồng đã tiếp nhận {:02} hồ sơ của {:02} cụm thi đua, trong đó:",
        found.len(),
        clusters.len()
    );
    let mut awards: Vec<(&str, usize)> = Vec::new();
    for f in found {
        match awards.iter_mut().find(|(award, _)| *award == f.award) {
            Some((_, number)) => *number += 1,
            None => awards.push((&f.award, 1)),
        }
    }
    let lines = awards
        .into_iter()
        .map(|(award, number)| format!("{award}: {number:02} hồ sơ"));
    std::iter::once(Block::Paragraph(lead.into()))
        .chain(dashes(lines))
        .collect()
}

/// How many are eligible and how many not, those by name with the reason.
fn findings(found: &[Found]) -> Vec<Block> {
    let mut body = Vec::new();
    for (number, finding) in [Finding::Eligible, Finding::Ineligible, Finding::Open]
        .into_iter()
        .enumerate()
    {
        let some: Vec<&Found> = found.iter().filter(|f| f.finding() == finding).collect();
        if some.is_empty() && finding == Finding::Open {
            continue;
        }
        let label = crate::kit::text::capital(finding.label());
        let text = format!("{label}: {:02} hồ sơ.", some.len());
        body.push(Block::Clause {
            number: number + 1,
            text: text.into(),
        });
        let told = some.into_iter().filter(|f| f.is_open && !f.reason.is_empty());
        body.extend(dashes(told.map(|f| {
            format!(
                "{} ({}, {}): {}",
                f.nomination.unit_name, f.award, f.nomination.place.name, f.reason
            )
        })));
    }
    let rest = "Kết quả thẩm định từng hồ sơ tại Phụ lục kèm theo.";
    body.push(Block::Paragraph(rest.into()));
    body
}

fn when_open(found: &Found, text: String) -> String {
    if found.is_open { text } else { String::new() }
}

fn table(found: &[Found]) -> Block {
    let rows = found.iter().enumerate().map(|(at, f)| {
        vec![
            (at + 1).to_string(),
            f.nomination.place.name.clone(),
            f.nomination.unit_name.clone(),
            f.award.clone(),
            when_open(f, f.nomination.votes()),
            f.parts.clone(),
            f.conditions.clone(),
            f.remarks.clone(),
            when_open(f, f.finding().label().to_owned()),
            f.reason.clone(),
        ]
    });
    grid(
        &[
            ("TT", 2, Align::Centre),
            ("Cụm", 4, Align::Left),
            ("Đơn vị", 7, Align::Left),
            ("Hình thức đề nghị", 5, Align::Left),
            ("Số phiếu của cụm", 3, Align::Centre),
            ("Thành phần hồ sơ", 5, Align::Left),
            ("Điều kiện", 6, Align::Left),
            ("Đăng ký, báo cáo năm", 6, Align::Left),
            ("Kết quả thẩm định", 5, Align::Left),
            ("Lý do", 6, Align::Left),
        ],
        rows,
    )
}
