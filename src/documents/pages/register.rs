//! The registers of outgoing and incoming papers (Decree 30, articles 15 and 22; fields: Appendix VI), on screen, printable
//! and as XLSX.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        actions,
        forms::CancelForm,
        model::{CancelledNumber, Issued, NamedSeries, Recipient, Series},
        queries,
    },
    CancelPath, RegisterPath, RegisterXlsxPath,
};
use crate::{
    kit::{
        clock::{self, date_text, moment_text},
        error::{AppError, Result},
        fields::FieldErrors,
        sheet::{Cell, Sheet},
        values::YEARS,
    },
    people::Actor,
    web::{Form, Visit, page, page_with, see_other, shell::Shell, upload::sheet_as_download},
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

/// A line of a register: its cells, and the path of the paper; a cancelled number has none.
struct Line {
    path: Option<String>,
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
    /// The series in which this person may cancel a number: none of incoming papers, of which others gave the numbers.
    own: Vec<NamedSeries>,
    form: CancelForm,
    errors: FieldErrors,
}

impl RegisterPage {
    async fn new(visit: &Visit, slug: String, year: i32) -> Result<Self> {
        let direction = Direction::of(&slug, year)?;
        let is_begun = year <= chrono::Datelike::year(&clock::day(visit.now));
        let own = match direction {
            Direction::Outgoing if is_begun => {
                queries::own_series(&mut *visit.db().await?, visit.actor()?).await?
            }
            Direction::Outgoing | Direction::Incoming => Vec::new(),
        };
        let only = own.first().filter(|_| own.len() == 1);
        Ok(Self {
            shell: visit.shell(),
            title: direction.title(year),
            lines: lines(visit, direction, year).await?,
            headings: direction.headings(),
            form: CancelForm {
                series: only.map(|own| own.series.key()).unwrap_or_default(),
                ..CancelForm::default()
            },
            own,
            errors: FieldErrors::default(),
            year,
            slug,
        })
    }

    /// The series to choose from, as the form names them.
    fn choices(&self) -> Vec<(String, String)> {
        let choice = |own: &NamedSeries| (own.series.key(), own.name.clone());
        self.own.iter().map(choice).collect()
    }
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
    let issued = list
        .into_iter()
        .filter(|(issued, _)| super::access::may_issue(actor, issued.issuer))
        .map(|(issued, recipients)| {
            let series = Series::of(issued.issuer, issued.kind);
            (place(series, issued.number), of_paper(&issued, &recipients))
        });
    let own = queries::own_series(db, actor).await?;
    let cancelled = queries::cancelled_numbers(db, actor, year).await?;
    let cancelled = cancelled
        .iter()
        .map(|number| (place(number.series, number.number), of_number(number, &own)));
    Ok(issued.chain(cancelled).collect())
}

/// Where a number stands among the outgoing ones: those of a series follow each other.
fn place(series: Series, number: i32) -> (String, i32) {
    (format!("{:?}{}", series.issuer, series.code), number)
}

fn of_paper(issued: &Issued, recipients: &[Recipient]) -> Line {
    let to: Vec<String> = recipients.iter().map(Recipient::words).collect();
    let note = issued.recall.as_ref().map_or_else(String::new, |r| {
        format!("Thu hồi bằng văn bản số {}: {}", r.by_number, r.reason)
    });
    Line {
        path: Some(issued.path()),
        cells: [
            issued.number_text(),
            date_text(issued.issued_on),
            issued.title.clone(),
            issued.signer.clone(),
            to.join("; "),
            note,
        ],
    }
}

/// The line of a number that no paper has.
fn of_number(cancelled: &CancelledNumber, own: &[NamedSeries]) -> Line {
    let whose = own.iter().find(|own| own.series == cancelled.series);
    let whose = whose.map(|own| format!(" ({})", own.name)).unwrap_or_default();
    let note = format!(
        "Lý do hủy: {} ({}, {})",
        cancelled.reason,
        cancelled.cancelled_by,
        moment_text(cancelled.cancelled_at)
    );
    Line {
        path: None,
        cells: [
            cancelled.number_text(),
            String::new(),
            format!("Số đã hủy{whose}"),
            String::new(),
            String::new(),
            note,
        ],
    }
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
            let path = Some(issued.path());
            lines.push((
                (recipient.stand_in.unwrap_or(recipient.name), number),
                Line { path, cells },
            ));
        }
    }
    Ok(lines)
}

pub(super) async fn register(path: RegisterPath, visit: Visit) -> Result<Response> {
    page(&RegisterPage::new(&visit, path.direction, path.number_year).await?)
}

pub(super) async fn cancel(path: CancelPath, visit: Visit, Form(form): Form<CancelForm>) -> Result<Response> {
    match cancelled(&path, &visit, &form).await {
        Ok(number) => {
            let register = format!("/so-van-ban/{}/{}", path.direction, path.number_year);
            Ok(see_other(register, &format!("Đã hủy số {number:02}.")))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = RegisterPage::new(&visit, path.direction, path.number_year).await?;
            view.errors = errors;
            view.form = form;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

async fn cancelled(path: &CancelPath, visit: &Visit, form: &CancelForm) -> Result<i32> {
    if Direction::of(&path.direction, path.number_year)? == Direction::Incoming {
        return Err(AppError::NotFound);
    }
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    if queries::own_series(&mut tx, actor).await?.is_empty() {
        return Err(AppError::Forbidden(
            "Chỉ nơi ban hành hủy số trong dãy số văn bản của mình.".to_owned(),
        ));
    }
    let this_year = chrono::Datelike::year(&clock::day(visit.now));
    let input = form
        .check(path.number_year, this_year)
        .map_err(AppError::Invalid)?;
    let number = actions::cancel_number(&mut tx, visit.now, actor, &input).await?;
    tx.commit().await?;
    Ok(number)
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
