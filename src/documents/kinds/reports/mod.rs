//! A unit's report on its year, or on six months of it, on paper: what it wrote when it handed in, its figures as a table,
//! what proves them.

mod evidence;
mod figures;

use sqlx::PgConnection;

use self::figures::Figures;
use super::{Desk, Prepared, Text, blocks::numbered, paragraphs, section, summary::text_of};
use crate::{
    kit::{
        documents::model::{Appendix, Block},
        error::{AppError, Result},
    },
    papers::{self, Attachment},
    reports::{self, Content, Period, Report, Score, Section, State},
    years::Year,
};

/// What the paper is made of.
struct Facts {
    period: Period,
    content: Content,
    figures: Figures,
    evidence: Vec<Block>,
}

/// Báo cáo tổng kết năm, báo cáo sơ kết 6 tháng (domain: documents 7 and 6).
pub(super) async fn report(db: &mut PgConnection, desk: &Desk<'_>, period: Period) -> Result<Prepared> {
    let (year, slug) = desk.year(db).await?;
    let report = reports::find_visible(db, desk.actor, &year, period, &slug).await?;
    let name = period.label().to_lowercase();
    let content = report.handed_in().cloned().ok_or_else(|| {
        AppError::conflict(format!(
            "Đơn vị chưa nộp {name} nên chưa có gì để in. Hãy nộp báo cáo trước."
        ))
    })?;
    let sees_past = reports::access::sees_past(desk.actor, &report);
    let figures = Figures::new(&report, &content, year.year, sees_past);
    let files = files(db, &report).await?;
    let path = format!("{}/bao-cao/{period}/{slug}", year.path());
    let listed = Figures::listed(&content, &path);
    let facts = Facts {
        evidence: evidence::list(&content, &files),
        period,
        content,
        figures,
    };
    let mut prepared = desk
        .of_unit(db, &year, report.unit_id, move |wording| Text {
            appendices: appendices(&facts),
            ..Text::of(body(&facts, &|code: &str| paragraphs(wording.section(code))))
        })
        .await?;
    prepared.offered.subject = subject(&year, period);
    prepared.offered.addressees.clone_from(&year.cluster.name);
    "Như trên\nLưu: VT".clone_into(&mut prepared.offered.recipients);
    prepared.offered.sections = vec![
        section("opening", "Lời mở đầu", opening(&year, period)),
        section("closing", "Lời kết", closing(period)),
    ];
    prepared.figures = listed;
    let place = year.member(&slug).map(|m| m.place.clone()).unwrap_or_default();
    prepared.back = (path, format!("{}: {place}", period.label()));
    if report.state == State::Returned {
        prepared.hindrance =
            Some("Cụm trưởng đã trả lại báo cáo để sửa; hãy sửa và nộp lại rồi ban hành.".to_owned());
    }
    Ok(prepared)
}

/// The files that were handed in with it.
async fn files(db: &mut PgConnection, report: &Report) -> Result<Vec<Attachment>> {
    if report.state.is_open_to_unit() {
        papers::files_handed_in(db, "reports", report.id).await
    } else {
        Ok(papers::history(db, "reports", report.id).await?.attachments)
    }
}

fn subject(year: &Year, period: Period) -> String {
    let year = year.year;
    match period {
        Period::Annual => format!("Tổng kết công tác thi đua, khen thưởng năm {year}"),
        Period::Midyear => format!("Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm {year}"),
    }
}

fn opening(year: &Year, period: Period) -> String {
    let span = match period {
        Period::Annual => format!("năm {}", year.year),
        Period::Midyear => format!("6 tháng đầu năm {}", year.year),
    };
    format!(
        "Thực hiện kế hoạch công tác thi đua, khen thưởng năm {} của {}, đơn vị báo cáo kết quả {span} như sau:",
        year.year, year.cluster.name
    )
}

fn closing(period: Period) -> String {
    let what = match period {
        Period::Annual => "tổng kết năm",
        Period::Midyear => "sơ kết 6 tháng",
    };
    format!("Trên đây là báo cáo {what} của đơn vị, kính báo cáo Cụm xem xét, tổng hợp")
}

fn body(facts: &Facts, written: &dyn Fn(&str) -> Vec<Block>) -> Vec<Block> {
    let headings: Vec<(Section, String)> = Section::narrative(facts.period)
        .iter()
        .map(|theme| (*theme, heading(*theme, facts.period)))
        .collect();
    let parts = headings.iter().map(|(theme, heading)| {
        let mut blocks = paragraphs(text_of(&facts.content, *theme));
        if *theme == Section::Results {
            blocks.extend(told(facts));
        }
        (heading.as_str(), blocks)
    });
    let mut body = written("opening");
    body.extend(numbered(parts));
    body.extend(written("closing"));
    body
}

/// `II. Kết quả …` as a heading of the paper, which numbers its parts itself.
fn heading(theme: Section, period: Period) -> String {
    let label = theme.label_in(period);
    label
        .split_once(". ")
        .map_or(label, |(_, words)| words)
        .to_uppercase()
}

/// What the table says in a sentence, and where it is.
fn told(facts: &Facts) -> Option<Block> {
    if facts.figures.is_empty() {
        return None;
    }
    let score = Score::of(&facts.content, facts.period);
    let reached = match (facts.period, score.registered) {
        (_, 0) => String::new(),
        (Period::Annual, all) => {
            format!("Đạt và vượt {}/{all} chỉ tiêu thi đua đã đăng ký. ", score.met)
        }
        (Period::Midyear, all) => format!(
            "Đạt từ một nửa trở lên {}/{all} chỉ tiêu thi đua đã đăng ký của năm. ",
            score.met
        ),
    };
    let estimates = match facts.content.open_estimates() {
        0 => String::new(),
        number => format!("; trong đó {number} số liệu là số ước, ghi “(ước)”"),
    };
    Some(Block::Paragraph(
        format!("{reached}Số liệu chi tiết ở phụ lục{estimates}.").into(),
    ))
}

fn appendices(facts: &Facts) -> Vec<Appendix> {
    let mut appendices = Vec::new();
    if !facts.figures.is_empty() {
        appendices.push(Appendix {
            title: "SỐ LIỆU THEO NHÓM CHỈ TIÊU".to_owned(),
            body: facts.figures.table(),
            is_landscape: true,
            ..Appendix::default()
        });
    }
    if !facts.evidence.is_empty() {
        appendices.push(Appendix {
            title: "DANH MỤC MINH CHỨNG".to_owned(),
            body: facts.evidence.clone(),
            ..Appendix::default()
        });
    }
    appendices
}
