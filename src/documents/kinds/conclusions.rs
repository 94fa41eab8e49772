//! The notice of what the chair of a conference concluded.

use sqlx::PgConnection;

use super::{Desk, Prepared, Text, blocks::listed, paragraphs, section};
use crate::{
    awards::{self, Awards},
    conferences::{Content, counting::Outcome},
    hall::Hall,
    kit::{clock::date_text, documents::model::Block, error::Result},
};

/// Thông báo kết luận hội nghị: what the chair concluded, to be edited; what was voted comes from the records.
pub(super) async fn conclusion(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let (year, meeting) = desk.year(db).await?;
    let hall = Hall::of(db, desk.actor, year, &meeting).await?;
    let (year, conference) = (&hall.year, &hall.conference);
    let title = conference.title(year);
    let content = conference.content.clone();
    let awards = awards::all(db).await?;
    let text = if conference.plan.conclusion.is_empty() {
        content.as_ref().map(|c| c.note.clone()).unwrap_or_default()
    } else {
        conference.plan.conclusion.clone()
    };
    let opening = opening(&hall, &title);
    let results = content
        .as_ref()
        .map(|content| acclaimed(content, year.year, &awards))
        .unwrap_or_default();
    let mut prepared = desk
        .of_cluster(db, year, move |wording| {
            let mut body = vec![Block::Paragraph(opening.clone().into())];
            body.extend(results.clone());
            body.extend(paragraphs(wording.section("conclusion")));
            body.extend(paragraphs(wording.section("closing")));
            Text::of(body)
        })
        .await?;
    prepared.offered.subject = format!("Kết luận {title}");
    prepared.offered.sections = vec![
        section("conclusion", "Kết luận", text),
        section(
            "closing",
            "Tổ chức thực hiện",
            format!(
                "Trên đây là kết luận của hội nghị, {} thông báo để các đơn vị thành viên biết và thực hiện.",
                year.cluster.name
            ),
        ),
    ];
    prepared.sent_to.push(None);
    prepared.back = (hall.path(), title);
    if !conference.state.is_over() {
        prepared.hindrance = Some("Hội nghị chưa kết thúc nên chưa có kết luận để thông báo.".to_owned());
    }
    Ok(prepared)
}

fn opening(hall: &Hall, title: &str) -> String {
    let (conference, content) = (&hall.conference, hall.conference.content.as_ref());
    let or = |planned: &str, kept: Option<&str>| {
        if planned.is_empty() {
            kept.unwrap_or_default().to_owned()
        } else {
            planned.to_owned()
        }
    };
    let place = or(&conference.plan.place, content.map(|c| c.place.as_str()));
    let chairs = or(&conference.plan.chairs, content.map(|c| c.chairs.as_str()));
    let (present, total) = content.map_or_else(
        || (hall.attendance.present, hall.attendance.total),
        |c| (i32::try_from(c.present.len()).unwrap_or_default(), c.units_total),
    );
    let mut words = match conference.day() {
        Some(day) => format!("Ngày {}", date_text(day)),
        None => "Vừa qua".to_owned(),
    };
    if !place.is_empty() {
        words.push_str(", tại ");
        words.push_str(&place);
    }
    let cluster = &hall.year.cluster.name;
    words += &[", ", cluster, " tổ chức ", &lower(title), ". "].concat();
    words += &["Dự hội nghị có ", &present.to_string(), "/", &total.to_string()].concat();
    words += " đơn vị thành viên.";
    if !chairs.is_empty() {
        words += &[" Chủ trì hội nghị: ", chairs.trim_end_matches('.'), "."].concat();
    }
    words.push_str(" Sau khi nghe các báo cáo và ý kiến thảo luận, chủ tọa hội nghị kết luận như sau:");
    words
}

/// The kind of conference stands in the middle of the sentence.
fn lower(title: &str) -> String {
    match title.strip_prefix("Hội ") {
        Some(rest) => format!("hội {rest}"),
        None => title.to_owned(),
    }
}

/// What the votes came to, award by award.
pub(super) fn acclaimed(content: &Content, year: i32, awards: &Awards) -> Vec<Block> {
    let mut codes: Vec<&str> = Vec::new();
    let winners = || {
        content
            .candidates
            .iter()
            .filter(|c| c.outcome == Outcome::Acclaimed)
    };
    for candidate in winners() {
        if !codes.contains(&candidate.award.as_str()) {
            codes.push(&candidate.award);
        }
    }
    let mut blocks: Vec<Block> = codes
        .into_iter()
        .map(|code| {
            let units: Vec<&str> = winners()
                .filter(|c| c.award == code)
                .map(|c| c.unit.name.as_str())
                .collect();
            Block::Dash(
                format!(
                    "Hội nghị suy tôn {} để đề nghị tặng {};",
                    listed(&units),
                    awards.name(code)
                )
                .into(),
            )
        })
        .collect();
    blocks.push(Block::Dash(elected(content, year).into()));
    blocks
}

/// Who leads in the year after `year`.
pub(super) fn elected(content: &Content, year: i32) -> String {
    format!(
        "Hội nghị bầu {} làm cụm trưởng, {} làm cụm phó năm {}.",
        content.next_lead.name,
        content.next_deputy.name,
        year + 1
    )
}
