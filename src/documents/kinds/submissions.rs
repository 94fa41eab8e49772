//! What a cluster puts before VUSTA: the submission with the list of nominees.

use sqlx::PgConnection;

use super::{
    super::{
        access,
        forms::Section,
        model::{Issuer, Kind},
        queries,
    },
    Desk, Prepared, Text,
    nominees::{Facts, back, heads_of, tables},
    paragraphs, section,
    vusta::COUNCIL_NAME,
};
use crate::kit::{
    documents::{
        model::{Appendix, Block},
        wording::date_text,
    },
    error::Result,
    text::capital,
};

/// Tờ trình (domain: document 14; Form 01 of Decree 98/2023), with the list as its appendix.
pub(super) async fn submission(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let facts = Facts::of(db, desk, &year).await?;
    let summaries = summaries(db, desk, Issuer::Cluster(year.cluster.id), &facts).await?;
    let figures = facts.figures(&back(&year).0);
    let names_persons = facts.names_persons();
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| {
            let mut body = opening(&facts);
            body.extend(paragraphs(wording.section("reasons")));
            body.extend(proposed(&facts));
            body.extend(paragraphs(wording.section("dossier")));
            body.extend(paragraphs(wording.section("statement")));
            body.extend(paragraphs(wording.section("closing")));
            let find = |code: &str| {
                let found = summaries.iter().find(|part| part.code == code);
                found.map(|part| part.text.clone()).unwrap_or_default()
            };
            Text {
                appendices: vec![Appendix {
                    title: format!(
                        "DANH SÁCH TRÍCH NGANG\n{} đề nghị khen thưởng năm {}",
                        capital(facts.whom()),
                        facts.year
                    ),
                    body: tables(&facts, find),
                    is_landscape: true,
                    ..Appendix::default()
                }],
                ..Text::of(body)
            }
        })
        .await?;
    prepared.cites = true;
    prepared.figures = figures;
    prepared.offered.subject = format!(
        "Về việc đề nghị khen thưởng thành tích năm {} của {}",
        year.year, year.cluster.name
    );
    prepared.offered.addressees =
        format!("Chủ tịch Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam\n{COUNCIL_NAME}");
    "Như trên\nCác đơn vị thành viên cụm\nLưu: VT".clone_into(&mut prepared.offered.recipients);
    prepared.offered.sections = vec![
        section("reasons", "Nhận xét của cụm về các trường hợp được đề nghị", ""),
        section("dossier", "Hồ sơ gửi kèm", DOSSIER),
        section(
            "statement",
            "Cam kết về hồ sơ",
            format!(
                "Hồ sơ đề nghị khen thưởng đầy đủ, đúng quy định; {} và các đơn vị được đề nghị chịu trách nhiệm về tính chính xác của hồ sơ.",
                year.cluster.name
            ),
        ),
        section("closing", "Lời kết", CLOSING),
    ];
    if names_persons {
        // Persons are their unit's own matter until they are awarded: it goes up, and to no other member.
        "Như trên\nLưu: VT".clone_into(&mut prepared.offered.recipients);
        prepared.sent_to.clear();
    }
    prepared.sent_to.push(None);
    prepared.back = back(&year);
    Ok(prepared)
}

const DOSSIER: &str = "Hồ sơ gửi kèm Tờ trình gồm:\n- Danh sách trích ngang;\n- Báo cáo thành tích của từng trường hợp;\n- Biên bản bình xét kèm kết quả bỏ phiếu.";
const CLOSING: &str = "Kính đề nghị Hội đồng Thi đua - Khen thưởng và Chủ tịch Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam xem xét, quyết định";

/// What people wrote in the list, for those who draft both.
async fn summaries(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    issuer: Issuer,
    facts: &Facts,
) -> Result<Vec<Section>> {
    let saved = if access::may_issue(desk.actor, issuer) {
        queries::versions(db, Kind::NomineeList, desk.about).await?
    } else {
        Vec::new()
    };
    let written = saved.first().map(|version| &version.wording.sections);
    Ok(facts
        .sections()
        .into_iter()
        .map(|part| {
            let found = written.and_then(|all| all.iter().find(|other| other.code == part.code));
            found.cloned().unwrap_or(part)
        })
        .collect())
}

/// When and how the cluster voted.
fn opening(facts: &Facts) -> Vec<Block> {
    let Some(held) = &facts.conference else {
        return Vec::new();
    };
    let place = if held.place.is_empty() {
        String::new()
    } else {
        format!(" tại {}", held.place)
    };
    let text = format!(
        "{}{place}, {} tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm {}. Có {}/{} đơn vị thành viên tham dự. Hội nghị đã bình xét, suy tôn các tập thể đề nghị khen thưởng bằng hình thức {}.",
        capital(&date_text(Some(held.held_on))),
        facts.cluster,
        facts.year,
        held.present.len(),
        held.units_total,
        held.form_of_vote.label()
    );
    vec![Block::Paragraph(text.into())]
}

/// Whom the cluster proposes for what, with the votes.
fn proposed(facts: &Facts) -> Vec<Block> {
    let lead = format!(
        "{} kính trình Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam xem xét, khen thưởng {} có thành tích trong phong trào thi đua năm {} (có danh sách trích ngang kèm theo), cụ thể như sau:",
        facts.cluster,
        facts.heads(),
        facts.year
    );
    let mut body = vec![Block::Paragraph(lead.into())];
    for (at, (award, nominees)) in facts.by_award().into_iter().enumerate() {
        let text = format!("{award}: {}, gồm:", heads_of(&nominees));
        body.push(Block::Clause {
            number: at + 1,
            text: text.into(),
        });
        let last = nominees.len() - 1;
        for (place, nominee) in nominees.into_iter().enumerate() {
            let end = if place == last { '.' } else { ';' };
            let line = format!("{}: {} phiếu{end}", nominee.name(), nominee.votes());
            body.push(Block::Dash(line.into()));
        }
    }
    body
}
