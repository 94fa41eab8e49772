//! The registers of outgoing and incoming papers (Decree 30, articles 15 and 22; fields: Appendix VI), on screen, printable
//! and as XLSX.

use askama::Template;
use axum::response::Response;

use super::{super::queries, RegisterPath, RegisterXlsxPath};
use crate::{
    kit::{
        clock::{self, date_text},
        error::{AppError, Result},
        sheet::{Cell, Sheet},
        values::YEARS,
    },
    people::Actor,
    web::{Visit, page, shell::Shell, upload::sheet_as_download},
};

/// Which way papers went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Outgoing,
    Incoming,
}

impl Direction {
    fn from_slug(slug: &str) -> Result<Self> {
        match slug {
            "di" => Ok(Self::Outgoing),
            "den" => Ok(Self::Incoming),
            _ => Err(AppError::NotFound),
        }
    }

    /// The direction and the year of a path: a register has a year of the calendar.
    fn of(slug: &str, year: i32) -> Result<Self> {
        if YEARS.contains(&year) {
            Self::from_slug(slug)
        } else {
            Err(AppError::NotFound)
        }
    }

    fn title(self, year: i32) -> String {
        match self {
            Self::Outgoing => format!("Sổ đăng ký văn bản đi năm {year}"),
            Self::Incoming => format!("Sổ đăng ký văn bản đến năm {year}"),
        }
    }

    fn headings(self) -> [&'static str; 6] {
        match self {
            Self::Outgoing => [
                "Số, ký hiệu",
                "Ngày văn bản",
                "Tên loại và trích yếu",
                "Người ký",
                "Nơi nhận",
                "Ghi chú",
            ],
            Self::Incoming => [
                "Số đến",
                "Ngày đến",
                "Số, ký hiệu, ngày văn bản",
                "Tên loại và trích yếu",
                "Nơi nhận",
                "Ghi chú",
            ],
        }
    }
}

/// A line of a register: its cells, and the path of the paper.
struct Line {
    path: String,
    cells: [String; 6],
}

#[derive(Template)]
#[template(path = "documents/register.html")]
struct RegisterPage {
    shell: Shell,
    title: String,
    slug: String,
    year: i32,
    headings: [&'static str; 6],
    lines: Vec<Line>,
}

/// The lines of a register as this person may know them: papers of one's own issuers go out, those sent to one's own
/// units or office come in.
async fn lines(visit: &Visit, direction: Direction, year: i32) -> Result<Vec<Line>> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let mut lines = match direction {
        Direction::Outgoing => outgoing(&mut db, actor, year).await?,
        Direction::Incoming => incoming(&mut db, actor, year).await?,
    };
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// Sorted by what stands before each line.
type Sorted = Vec<((String, i32), Line)>;

async fn outgoing(db: &mut sqlx::PgConnection, actor: &Actor, year: i32) -> Result<Sorted> {
    let list = queries::list_visible(db, actor, year).await?;
    Ok(list
        .into_iter()
        .filter(|(issued, _)| super::access::may_issue(actor, issued.issuer))
        .map(|(issued, recipients)| {
            let to: Vec<String> = recipients
                .iter()
                .map(super::super::model::Recipient::words)
                .collect();
            let note = issued.recall.as_ref().map_or_else(String::new, |r| {
                format!("Thu hồi bằng văn bản số {}: {}", r.by_number, r.reason)
            });
            let cells = [
                issued.number_text(),
                date_text(issued.issued_on),
                issued.title.clone(),
                issued.signer.clone(),
                to.join("; "),
                note,
            ];
            let key = (
                format!("{:?}{}", issued.issuer, issued.kind.series()),
                issued.number,
            );
            (
                key,
                Line {
                    path: issued.path(),
                    cells,
                },
            )
        })
        .collect())
}

async fn incoming(db: &mut sqlx::PgConnection, actor: &Actor, year: i32) -> Result<Sorted> {
    let mut list = queries::list_visible(db, actor, year).await?;
    // A paper of December may come in January.
    list.extend(queries::list_visible(db, actor, year - 1).await?);
    let mut lines = Vec::new();
    for (issued, recipients) in list {
        for recipient in recipients {
            let Some((at, number)) = recipient.received else {
                continue;
            };
            let came_in = chrono::Datelike::year(&clock::day(at));
            if came_in != year || !super::access::may_receive(actor, &recipient) {
                continue;
            }
            let cells = [
                format!("{number:02}"),
                date_text(clock::day(at)),
                format!("{} ngày {}", issued.number_text(), date_text(issued.issued_on)),
                issued.title.clone(),
                recipient.words(),
                issued
                    .recall
                    .as_ref()
                    .map(|r| format!("Đã thu hồi: {}", r.reason))
                    .unwrap_or_default(),
            ];
            let path = issued.path();
            lines.push((
                (recipient.stand_in.unwrap_or(recipient.name), number),
                Line { path, cells },
            ));
        }
    }
    Ok(lines)
}

pub(super) async fn register(path: RegisterPath, visit: Visit) -> Result<Response> {
    let direction = Direction::of(&path.direction, path.number_year)?;
    page(&RegisterPage {
        shell: visit.shell(),
        title: direction.title(path.number_year),
        lines: lines(&visit, direction, path.number_year).await?,
        headings: direction.headings(),
        year: path.number_year,
        slug: path.direction,
    })
}

/// The width of each column in characters.
const WIDTHS: [u16; 6] = [16, 14, 50, 24, 40, 30];

pub(super) async fn workbook(path: RegisterXlsxPath, visit: Visit) -> Result<Response> {
    let direction = Direction::of(&path.direction, path.number_year)?;
    let lines = lines(&visit, direction, path.number_year).await?;
    let headings = direction.headings();
    let sheet = Sheet {
        title: direction.title(path.number_year),
        subtitle: String::new(),
        upper: Vec::new(),
        columns: headings
            .iter()
            .zip(WIDTHS)
            .map(|(words, width)| ((*words).to_owned(), width))
            .collect(),
        rows: lines
            .into_iter()
            .map(|line| line.cells.into_iter().map(Cell::from).collect())
            .collect(),
        totals: None,
    };
    let name = format!("so-van-ban-{}-{}.xlsx", path.direction, path.number_year);
    sheet_as_download(&name, sheet).await
}
