//! The report of a cluster on its year, which writes itself: figures with totals, last year beside them, the units' own
//! paragraphs gathered under each theme to choose from, who is missing, the standing.

mod figures;
mod rows;
mod scores;
mod texts;

use sqlx::PgConnection;

pub(super) use self::texts::text_of;

use self::figures::Figures;
use super::{Desk, Prepared, Text, blocks::numbered, conclusions::acclaimed, paragraphs, section};
use crate::{
    awards, conferences,
    documents::model::Figure,
    indicators,
    kit::{
        documents::{
            model::{Appendix, Block},
            wording::roman,
        },
        error::{AppError, Result},
    },
    reports::{self, Content, Period, Report, Section, State},
    scoring::{self, Published},
    years::{self, Office, Year},
};

/// A unit whose report was taken in.
pub(super) struct Reported {
    pub(super) place: String,
    pub(super) slug: String,
    pub(super) content: Content,
}

/// Everything that the report is made of.
struct Facts {
    opening: Vec<Block>,
    figures: Figures,
    acclaimed: Vec<Block>,
    published: Option<Published>,
}

/// Báo cáo tổng kết công tác thi đua, khen thưởng của cụm.
pub(super) async fn report(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let reports = reports::of_year(db, desk.actor, &year, Period::Annual).await?;
    let reported = taken_in(&year, &reports);
    if reported.is_empty() {
        // Who sees the year but no report learns nothing of them.
        if !years::access::is_secretariat(desk.actor, &year) {
            return Err(AppError::NotFound);
        }
        return Err(AppError::conflict(
            "Chưa tiếp nhận báo cáo năm nào nên chưa có gì để tổng hợp. Hãy tiếp nhận báo cáo của các đơn vị trước.",
        ));
    }
    let catalogue = indicators::find_issued_under(db, desk.actor.revision, year.year).await?;
    let order = catalogue.into_iter().flat_map(|c| c.indicators).map(|i| i.code);
    let order: Vec<String> = order.collect();
    let last = last_year(db, desk, &year).await?;
    let figures = Figures::new(&year, &reported, last.as_deref(), &order);
    let conference = conferences::find(db, &year).await?;
    let awards = awards::all(db).await?;
    let result = conference
        .content
        .as_ref()
        .filter(|_| conferences::access::sees_result(&conference));
    let published = scoring::published(db, desk.actor, &year, desk.now).await?;
    let mut listed = vec![counted(&year, reported.len())];
    listed.extend(figures.listed(&year, &reported));
    listed.extend(
        published
            .iter()
            .flat_map(|published| scores::listed(published, &year)),
    );
    let facts = Facts {
        opening: opening(&year, &reported, &reports),
        acclaimed: result
            .map(|c| acclaimed(c, year.year, &awards))
            .unwrap_or_default(),
        figures,
        published,
    };
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| Text {
            appendices: appendices(&facts),
            ..Text::of(body(&facts, &|code: &str| paragraphs(wording.section(code))))
        })
        .await?;
    let offered = &mut prepared.offered;
    offered.subject = format!(
        "Tổng kết công tác thi đua, khen thưởng năm {} của {}",
        year.year, year.cluster.name
    );
    "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam".clone_into(&mut offered.addressees);
    offered.sections = texts::THEMES
        .into_iter()
        .map(|(theme, heading)| section(theme.code(), heading, texts::gathered(&reported, theme)))
        .collect();
    let what = format!("công tác thi đua, khen thưởng năm {}", year.year);
    let name = &year.cluster.name;
    let opening = format!("{name} báo cáo kết quả {what} như sau:");
    let closing = format!("Trên đây là báo cáo tổng kết {what} của {name}");
    offered
        .sections
        .insert(0, section("opening", "Lời mở đầu", opening));
    offered.sections.push(section("closing", "Lời kết", closing));
    prepared.figures = listed;
    prepared.sources = texts::sources(&year, &reported);
    prepared.sent_to.push(None);
    prepared.back = (
        format!("{}/bao-cao/{}", year.path(), Period::Annual),
        format!("Báo cáo năm {}", year.year),
    );
    Ok(prepared)
}

/// The units whose report was taken in, in the order of the year.
fn taken_in(year: &Year, reports: &[Report]) -> Vec<Reported> {
    let of = |unit| {
        let report = reports.iter().find(|report| report.unit_id == unit)?;
        matches!(report.state, State::Accepted | State::Final).then(|| report.content.clone())?
    };
    let reported = year.members.iter().filter_map(|member| {
        Some(Reported {
            place: member.place.clone(),
            slug: member.slug.clone(),
            content: of(member.unit_id)?,
        })
    });
    reported.collect()
}

/// What the units reported a year before; none where the cluster had no year then, or this person may not know it.
async fn last_year(db: &mut PgConnection, desk: &Desk<'_>, year: &Year) -> Result<Option<Vec<Content>>> {
    let last = match years::find(db, &year.cluster.slug, year.year - 1).await {
        Ok(last) if years::access::sees(desk.actor, &last) => last,
        Ok(_) | Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let reports = reports::of_year(db, desk.actor, &last, Period::Annual).await?;
    let contents: Vec<Content> = taken_in(&last, &reports)
        .into_iter()
        .map(|unit| unit.content)
        .collect();
    Ok((!contents.is_empty()).then_some(contents))
}

fn counted(year: &Year, number: usize) -> Figure {
    Figure {
        label: "Số đơn vị có báo cáo đã tiếp nhận".to_owned(),
        value: format!("{number}/{}", due(year).count()),
        path: format!("{}/bao-cao/{}", year.path(), Period::Annual),
    }
}

/// The members that owe a report: not those that left within the year.
fn due(year: &Year) -> impl Iterator<Item = &years::Member> {
    year.members.iter().filter(|member| member.to_date.is_none())
}

/// Who belongs to the cluster, and whose report isn't in.
fn opening(year: &Year, reported: &[Reported], reports: &[Report]) -> Vec<Block> {
    let members: Vec<&str> = year.members.iter().map(|m| m.place.as_str()).collect();
    let mut words = format!(
        "Năm {}, {} gồm {:02} đơn vị thành viên: {}.",
        year.year,
        year.cluster.name,
        members.len(),
        members.join(", ")
    );
    for (office, what) in [(Office::Lead, "Cụm trưởng"), (Office::Deputy, "Cụm phó")] {
        let names = year.names_in(office);
        if year.holder(office).is_some() {
            words += &[" ", what, ": ", &names, "."].concat();
        }
    }
    let mut blocks = vec![Block::Paragraph(words.into())];
    let missing: Vec<String> = due(year)
        .filter(|member| !reported.iter().any(|unit| unit.slug == member.slug))
        .map(|member| {
            let is_handed_in = reports
                .iter()
                .any(|r| r.unit_id == member.unit_id && r.handed_in().is_some());
            let state = if is_handed_in {
                "đã nộp, chưa tiếp nhận"
            } else {
                "chưa nộp"
            };
            format!("{} ({state})", member.place)
        })
        .collect();
    let told = if missing.is_empty() {
        format!(
            "Báo cáo này tổng hợp báo cáo năm của tất cả {:02} đơn vị.",
            reported.len()
        )
    } else {
        format!(
            "Báo cáo này tổng hợp báo cáo năm của {:02} đơn vị; chưa gồm báo cáo của {:02} đơn vị: {}.",
            reported.len(),
            missing.len(),
            missing.join(", ")
        )
    };
    blocks.push(Block::Paragraph(told.into()));
    blocks
}

fn body(facts: &Facts, written: &dyn Fn(&str) -> Vec<Block>) -> Vec<Block> {
    let parts = texts::THEMES.into_iter().map(|(theme, heading)| {
        let mut blocks = Vec::new();
        match theme {
            Section::Situation => blocks.extend(facts.opening.iter().cloned()),
            Section::Results if !facts.figures.is_empty() => {
                blocks.extend(facts.figures.totals(&appendix(facts, 1)));
            }
            _ => {}
        }
        blocks.extend(written(theme.code()));
        if theme == Section::Emulation {
            if !facts.acclaimed.is_empty() {
                blocks.push(Block::Paragraph("Kết quả bình xét tại hội nghị tổng kết:".into()));
            }
            blocks.extend(facts.acclaimed.iter().cloned());
            blocks.extend(
                facts
                    .published
                    .iter()
                    .flat_map(|published| scores::pictures(published, 1, &appendix(facts, 2))),
            );
        }
        (heading, blocks)
    });
    let mut body = written("opening");
    body.extend(numbered(parts));
    body.extend(written("closing"));
    body
}

/// How the text names an appendix: a single one has no number.
fn appendix(facts: &Facts, number: usize) -> String {
    if facts.figures.is_empty() || facts.published.is_none() {
        "Phụ lục".to_owned()
    } else {
        format!("Phụ lục {}", roman(number))
    }
}

fn appendices(facts: &Facts) -> Vec<Appendix> {
    let mut appendices = Vec::new();
    let mut add = |title: &str, body: Vec<Block>| {
        appendices.push(Appendix {
            title: title.to_owned(),
            body,
            is_landscape: true,
            ..Appendix::default()
        });
    };
    if !facts.figures.is_empty() {
        add("SỐ LIỆU CỦA CÁC ĐƠN VỊ", facts.figures.by_unit());
    }
    if let Some(published) = &facts.published {
        add("KẾT QUẢ CHẤM ĐIỂM VÀ XẾP HẠNG", scores::table(published));
    }
    appendices
}
