//! The regulation by which a cluster works: chapters and articles, offered from the rules of the year, to be edited.

mod articles;

use sqlx::PgConnection;

use self::articles::{CHAPTERS, first_text};
use super::{super::forms::Wording, Desk, Prepared, Text, section};
use crate::{
    documents::{forms::lines, model::Figure},
    kit::{
        documents::model::{Block, Level},
        error::Result,
        values::figure_text,
    },
    years::Year,
};

/// Quy chế hoạt động của cụm (domain: document 2).
pub(super) async fn regulation(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let mut prepared = desk
        .of_cluster(db, &year, |wording| Text::of(body(wording)))
        .await?;
    prepared.cites = true;
    prepared.figures = figures(&year);
    prepared.offered.subject = format!("Hoạt động của {}", year.cluster.name);
    prepared.offered.sections = CHAPTERS
        .into_iter()
        .flat_map(|(_, articles)| articles)
        .map(|(code, heading)| section(code, heading, first_text(code, &year)))
        .collect();
    prepared.back = (year.path(), year.title());
    Ok(prepared)
}

/// Chapters with their articles. An article that says nothing is left out, with a chapter that has none; the numbers go on.
fn body(wording: &Wording) -> Vec<Block> {
    let mut body = Vec::new();
    let (mut chapter, mut article) = (0, 0);
    for (title, articles) in CHAPTERS {
        let mut said = Vec::new();
        for (code, heading) in articles {
            let text = clauses(wording.section(code));
            if !text.is_empty() {
                article += 1;
                said.push(heading_of(Level::Article, article, heading));
                said.extend(text);
            }
        }
        if !said.is_empty() {
            chapter += 1;
            body.push(heading_of(Level::Chapter, chapter, title));
            body.extend(said);
        }
    }
    body
}

fn heading_of(level: Level, number: usize, title: &str) -> Block {
    Block::Heading {
        level,
        number,
        title: title.to_owned(),
    }
}

/// The text of an article: a line that begins with `1.` is a clause, one with `a)` a point, one with a dash an item of a
/// list. Numbers and letters come from the order, so that a line put between others needs no counting.
fn clauses(text: &str) -> Vec<Block> {
    let (mut clause, mut point) = (0, 0);
    lines(text)
        .into_iter()
        .map(|line| {
            if let Some(rest) = numbered(&line) {
                (clause, point) = (clause + 1, 0);
                Block::Clause {
                    number: clause,
                    text: rest.into(),
                }
            } else if let Some(rest) = lettered(&line) {
                point += 1;
                Block::Point {
                    number: point,
                    text: rest.into(),
                }
            } else if let Some(rest) = line.strip_prefix('-') {
                Block::Dash(rest.trim().into())
            } else {
                Block::Paragraph(line.into())
            }
        })
        .collect()
}

/// What follows `12.` at the beginning of a line.
fn numbered(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(". ")?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| rest.trim())
}

/// What follows `a)` at the beginning of a line.
fn lettered(line: &str) -> Option<&str> {
    let (letter, rest) = line.split_once(')')?;
    let mut letters = letter.chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_letter.then(|| rest.trim())
}

/// The rules that the text was made from: an issued regulation tells when the year has others.
fn figures(year: &Year) -> Vec<Figure> {
    let rules = &year.rules;
    let all = [
        (
            "Tỷ lệ đơn vị có mặt tối thiểu",
            format!("{}%", figure_text(rules.quorum_percent)),
        ),
        (
            "Ngưỡng suy tôn",
            format!("{}%", figure_text(rules.threshold_percent)),
        ),
        ("Cách tính ngưỡng", rules.threshold_base.label().to_owned()),
        ("Số đơn vị đề nghị Cờ thi đua", rules.flag_quota.to_string()),
        ("Số đơn vị đề nghị Bằng khen", rules.merit_quota.to_string()),
    ];
    all.into_iter()
        .map(|(label, value)| Figure {
            label: label.to_owned(),
            value,
            path: year.path(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_points_are_numbered_by_their_order() {
        let text = "Mở đầu.\n1. Một:\na) a;\nx) b.\n7. Hai. Ba.\na) c.\n- mục\n2023 là năm.";
        let number = |block: &Block| match block {
            Block::Clause { number, .. } => format!("{number}."),
            Block::Point { number, .. } => format!("{number})"),
            Block::Dash(_) => "-".to_owned(),
            _ => String::new(),
        };
        let found: Vec<String> = clauses(text).iter().map(number).collect();
        assert_eq!(found, ["", "1.", "1)", "2)", "2.", "1)", "-", ""]);
    }

    #[test]
    fn an_article_that_says_nothing_leaves_no_gap_in_the_numbers() {
        let wording = Wording {
            sections: vec![
                section("scope", "", "Có."),
                section("lead", "", "Có."),
                section("force", "", "Có."),
            ],
            ..Wording::default()
        };
        let numbers: Vec<(Level, usize)> = body(&wording)
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, number, .. } => Some((*level, *number)),
                _ => None,
            })
            .collect();
        let (chapter, article) = (Level::Chapter, Level::Article);
        assert_eq!(
            numbers,
            [
                (chapter, 1),
                (article, 1),
                (chapter, 2),
                (article, 2),
                (chapter, 3),
                (article, 3)
            ]
        );
    }
}
