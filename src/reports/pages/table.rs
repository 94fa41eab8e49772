//! The figures of all units side by side, to read, to print and to take along.

use askama::Template;
use axum::response::Response;
use sqlx::PgConnection;

use super::{
    super::{
        access,
        comparison::{self, Row},
        content::Content,
        model::{Period, Report},
        queries,
    },
    TablePath, TableSheetPath, sheet, title,
};
use crate::{
    indicators::{self, Kind},
    kit::{
        clock,
        error::{AppError, Result},
        sheet::{Cell, Sheet},
    },
    people::Actor,
    web::{Visit, page, shell::Shell, upload},
    years::{Member, Year, find_year},
};

#[derive(Template)]
#[template(path = "reports/table.html")]
struct TablePage {
    shell: Shell,
    table: Table,
    /// Whether the cluster's report on the year can be drafted from here.
    drafts_summary: bool,
}

/// What the page and the file show.
struct Table {
    year: Year,
    period: Period,
    members: Vec<Member>,
    /// The units whose report can't be seen (yet).
    unseen: Vec<String>,
    rows: Vec<Row>,
}

impl Table {
    async fn load(db: &mut PgConnection, actor: &Actor, year: Year, period: Period) -> Result<Self> {
        if !period.is_in(&year) {
            return Err(AppError::NotFound);
        }
        let reports = queries::of_year(db, actor, &year, period).await?;
        let catalogue = indicators::find_issued_under(db, actor.revision, year.year).await?;
        let order: Vec<String> = catalogue
            .into_iter()
            .flat_map(|c| c.indicators)
            .map(|i| i.code)
            .collect();
        // Who left within the year and reported nothing has no column.
        let has_report = |m: &&Member| m.to_date.is_none() || reports.iter().any(|r| r.unit_id == m.unit_id);
        let members: Vec<Member> = year.members.iter().filter(has_report).cloned().collect();
        let seen: Vec<Option<&Content>> = members
            .iter()
            .map(|m| {
                reports
                    .iter()
                    .find(|r| r.unit_id == m.unit_id)
                    .and_then(Report::handed_in)
            })
            .collect();
        let unseen = members
            .iter()
            .zip(&seen)
            .filter(|(_, content)| content.is_none())
            .map(|(m, _)| m.place.clone());
        Ok(Self {
            unseen: unseen.collect(),
            rows: comparison::rows(&seen, &order),
            period,
            members,
            year,
        })
    }

    /// The rows under their headings.
    fn groups(&self) -> Vec<(&'static str, Vec<&Row>)> {
        let has_catalogue = self.rows.iter().any(|row| row.group.is_some());
        let mut groups: Vec<(&'static str, Vec<&Row>)> = Vec::new();
        for row in self.rows.iter().filter(|row| row.kind != Kind::Text) {
            let heading = match row.group {
                None if has_catalogue => "Ngoài danh mục",
                None => "Các chỉ tiêu",
                group => sheet::heading(group, has_catalogue),
            };
            match groups.iter_mut().find(|(title, _)| *title == heading) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((heading, vec![row])),
            }
        }
        groups
    }

    /// What was answered in words: the indicator, the unit, the words. Sentences would make the table too wide.
    fn words(&self) -> Vec<(&str, &str, &str)> {
        let told = self.rows.iter().filter(|row| row.kind == Kind::Text);
        told.flat_map(|row| {
            let cells = self.members.iter().zip(&row.cells);
            cells.filter_map(|(m, cell)| {
                Some((
                    row.indicator.as_str(),
                    m.place.as_str(),
                    cell.as_ref()?.words.as_str(),
                ))
            })
        })
        .collect()
    }

    fn title(&self) -> String {
        format!(
            "Bảng số liệu: {}",
            title(self.period, self.year.year).to_lowercase()
        )
    }
}

pub(super) async fn show(path: TablePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let summaries = queries::summaries(&mut db, year.id, Some(path.period)).await?;
    let states = summaries.iter().map(|s| s.state);
    let drafts_summary = access::drafts_summary(actor, &year, path.period, states);
    let table = Table::load(&mut db, actor, year, path.period).await?;
    page(&TablePage {
        shell: visit.shell_in(&table.year.place()),
        drafts_summary,
        table,
    })
}

/// The same as a spreadsheet: figures are figures, an estimate says so in the column behind the totals.
pub(super) async fn sheet(path: TableSheetPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let table = Table::load(&mut db, visit.actor()?, year, path.period).await?;
    let mut columns = vec![
        ("Mã".to_owned(), 10),
        ("Chỉ tiêu".to_owned(), 44),
        ("Đơn vị tính".to_owned(), 12),
    ];
    columns.extend(table.members.iter().map(|m| (m.place.clone(), 12)));
    columns.extend([("Cộng".to_owned(), 12), ("Số liệu còn ước".to_owned(), 24)]);
    let sheet = Sheet {
        title: table.title(),
        subtitle: format!(
            "{}, lập lúc {}",
            table.year.cluster.name,
            clock::moment_text(visit.now)
        ),
        upper: Vec::new(),
        columns,
        rows: table.rows.iter().map(|row| cells(row, &table.members)).collect(),
        totals: None,
    };
    let name = format!(
        "bang-so-lieu-{}-{}-{}.xlsx",
        table.period, table.year.cluster.slug, table.year.year
    );
    drop(db);
    upload::sheet_as_download(&name, sheet).await
}

fn cells(row: &Row, members: &[Member]) -> Vec<Cell> {
    let mut cells = vec![
        Cell::from(row.code.clone().unwrap_or_default()),
        Cell::from(row.indicator.as_str()),
        Cell::from(row.unit_of_measure.as_str()),
    ];
    cells.extend(row.cells.iter().map(|cell| match cell {
        Some(cell) if row.kind.is_number() => Cell::from(cell.value),
        Some(cell) => Cell::from(cell.words.as_str()),
        None => Cell::Empty,
    }));
    cells.push(row.total().map_or(Cell::Empty, |total| match total.value {
        Some(value) => Cell::from(value),
        None => Cell::from(total.words),
    }));
    let estimated: Vec<&str> = members
        .iter()
        .zip(&row.cells)
        .filter(|(_, cell)| cell.as_ref().is_some_and(|cell| cell.is_estimate))
        .map(|(member, _)| member.place.as_str())
        .collect();
    cells.push(Cell::from(estimated.join(", ")));
    cells
}
