//! A file that was read: every row with its wrong cells; confirming it, taking it back.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        actions::{self, Verdict},
        forms::{Column, Known, RowText, WithdrawalForm},
        model::Import,
        queries,
    },
    ConfirmationPath, ImportPath, WithdrawalPath,
};
use crate::{
    kit::{
        error::Result,
        fields::FieldErrors,
        values::{self, figure_text},
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

/// Rows on the page: enough to see what is right; all wrong ones are shown.
const MOST_SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "award_history/import.html")]
struct ImportPage {
    shell: Shell,
    import: Import,
    columns: Vec<Column>,
    lines: Vec<Line>,
    right: usize,
    double: usize,
    wrong: usize,
    /// Of the right ones, those worth a look.
    doubtful: usize,
    reason: String,
    errors: FieldErrors,
}

/// A row with its cells and what is wrong in them.
struct Line {
    number: i32,
    tone: &'static str,
    words: &'static str,
    cells: Vec<Cell>,
}

/// A cell: what it says, what is wrong or doubtful about it, and how it was understood.
struct Cell {
    column: Column,
    text: String,
    trouble: Option<String>,
    doubt: Option<String>,
    read_as: Option<String>,
}

impl Line {
    fn of(row: &RowText, columns: &[Column], verdict: Option<&Verdict>, known: &Known) -> Self {
        let nothing = FieldErrors::default();
        let entry = match verdict {
            Some(Verdict::New(entry)) => Some(entry),
            _ => None,
        };
        let doubts = entry.map(|entry| row.doubts(entry, known)).unwrap_or_default();
        let (tone, words, errors) = match verdict {
            None => ("neutral", "", &nothing),
            Some(Verdict::New(_)) if !doubts.is_empty() => ("waiting", "cần xem", &nothing),
            Some(Verdict::New(_)) => ("done", "đúng", &nothing),
            Some(Verdict::Double) => ("neutral", "đã có, bỏ qua", &nothing),
            Some(Verdict::Wrong(errors)) => ("late", "cần sửa", errors),
        };
        let cells = columns.iter().map(|column| {
            let bonus = entry
                .and_then(|entry| entry.bonus)
                .filter(|_| *column == Column::Bonus);
            Cell {
                column: *column,
                text: bonus.map_or_else(|| row.text(*column).to_owned(), figure_text),
                trouble: errors.of(column.code()).map(str::to_owned),
                doubt: doubts
                    .iter()
                    .find(|(at, _)| at == column)
                    .map(|(_, words)| words.clone()),
                read_as: entry
                    .filter(|_| *column == Column::Unit)
                    .and_then(|entry| row.read_as(entry, known)),
            }
        });
        Self {
            number: row.line,
            tone,
            words,
            cells: cells.collect(),
        }
    }

    /// The wrong ones first, then those worth a look: they are what has to be done.
    fn rank(&self) -> u8 {
        match self.tone {
            "late" => 0,
            "waiting" => 1,
            _ => 2,
        }
    }
}

impl ImportPage {
    async fn new(db: &mut PgConnection, visit: &Visit, import: Import) -> Result<Self> {
        let (known, verdicts) = if import.is_preview() {
            let known = queries::known(db, visit.now).await?;
            let verdicts = actions::judge(&import.rows, &known, queries::keys(db).await?);
            (known, verdicts)
        } else {
            (Known::default(), Vec::new())
        };
        let count = |fits: fn(&Verdict) -> bool| verdicts.iter().filter(|v| fits(v)).count();
        let is_used = |column: &Column| {
            let needed = [Column::Unit, Column::Award, Column::Year].contains(column);
            let is_doubted = |row: &RowText, verdict: &Verdict| match verdict {
                Verdict::New(entry) => row.doubts(entry, &known).iter().any(|(at, _)| at == column),
                _ => false,
            };
            needed
                || import.rows.iter().any(|row| !row.text(*column).is_empty())
                || import
                    .rows
                    .iter()
                    .zip(&verdicts)
                    .any(|(row, verdict)| is_doubted(row, verdict))
        };
        let columns: Vec<Column> = Column::ALL.into_iter().filter(is_used).collect();
        let mut lines: Vec<Line> = import
            .rows
            .iter()
            .enumerate()
            .map(|(place, row)| Line::of(row, &columns, verdicts.get(place), &known))
            .collect();
        lines.sort_by_key(Line::rank);
        let doubtful = lines.iter().filter(|line| line.rank() == 1).count();
        lines.truncate(MOST_SHOWN);
        Ok(Self {
            shell: visit.shell(),
            right: count(|v| matches!(v, Verdict::New(_))),
            double: count(|v| matches!(v, Verdict::Double)),
            wrong: count(|v| matches!(v, Verdict::Wrong(_))),
            doubtful,
            columns,
            lines,
            import,
            reason: String::new(),
            errors: FieldErrors::default(),
        })
    }
}

pub(super) async fn show(path: ImportPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let import = queries::import(&mut db, path.import).await?;
    page(&ImportPage::new(&mut db, &visit, import).await?)
}

pub(super) async fn confirm(path: ConfirmationPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let import = queries::import(&mut tx, path.import).await?;
    let added = actions::confirm(&mut tx, visit.now, visit.actor()?, &import).await?;
    tx.commit().await?;
    Ok(see_other(
        "/lich-su-khen-thuong",
        &format!("Đã nhập {added} dòng vào lịch sử khen thưởng."),
    ))
}

pub(super) async fn withdraw(
    path: WithdrawalPath,
    visit: Visit,
    Form(form): Form<WithdrawalForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let import = queries::import(&mut tx, path.import).await?;
    match values::required_paragraphs(&form.reason, 2000, "lý do hủy") {
        Ok(reason) => {
            actions::withdraw(&mut tx, visit.now, visit.actor()?, &import, &reason).await?;
            tx.commit().await?;
            Ok(see_other(
                import.path(),
                "Đã hủy lần nhập này; các dòng của tệp không còn trong lịch sử.",
            ))
        }
        Err(message) => {
            let mut view = ImportPage::new(&mut tx, &visit, import).await?;
            view.errors = FieldErrors::one("reason", message);
            view.reason = form.reason;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}
