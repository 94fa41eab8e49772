//! What VUSTA's standing office finds: the appraisal report for the council.

mod found;

use sqlx::PgConnection;

use super::{
    super::model::Figure,
    Desk, Prepared, Text,
    blocks::{dashes, grid, roman},
    paragraphs, section,
    vusta::{COUNCIL_NAME, signer},
};
use crate::kit::{
    documents::model::{Align, Appendix, Block},
    error::{AppError, Result},
    values::whole_text,
};
use found::{Finding, Found, dossiers};

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
                f.nomination.nominee(),
                f.award,
                f.nomination.place.name,
                f.reason
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
            f.nomination.nominee(),
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
