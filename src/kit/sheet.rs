//! A table as an XLSX file: title, header, rows, totals, ready to print on A4 landscape.
//!
//! Text stays text: a cell that begins with `=` is shown, never computed. Figures are figures, so a reader
//! can add them up.

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::{error::Result, writers::apart};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A figure.
    Number(Decimal),
    /// A day, which a reader can sort by.
    Day(NaiveDate),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl From<Decimal> for Cell {
    fn from(figure: Decimal) -> Self {
        Self::Number(figure)
    }
}

impl From<i32> for Cell {
    fn from(figure: i32) -> Self {
        Self::Number(Decimal::from(figure))
    }
}

impl From<usize> for Cell {
    fn from(figure: usize) -> Self {
        Self::Number(Decimal::from(figure))
    }
}

/// The table to be written.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The title above the table.
    pub title: String,
    /// The line below the title; may be empty.
    pub subtitle: String,
    /// Headings above the header, each over so many columns; none for a table with one line of headings.
    pub upper: Vec<(String, u16)>,
    /// Header and width (in characters) of each column.
    pub columns: Vec<(String, u16)>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The line that closes the table, if any.
    pub totals: Option<Vec<Cell>>,
}

/// The row of the header; the title's rows are above it.
const HEADER: u32 = 3;
/// A4, as Excel counts paper sizes.
const A4: u8 = 9;
/// Excel takes no more characters in a cell.
const MOST_CHARACTERS: usize = 32_000;

/// [`book()`] [apart](super::writers) from the threads that answer requests.
pub async fn book_apart(tables: Vec<Sheet>) -> Result<Vec<u8>> {
    apart(move || Ok(book(&tables)?)).await
}

/// The bytes of a file with these tables, each on a sheet of its own.
pub fn book(tables: &[Sheet]) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    for (at, table) in tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        match tables.len() {
            1 => sheet.set_name("Bảng")?,
            _ => sheet.set_name(format!("Bảng {}", at + 1))?,
        };
        table.write_to(sheet)?;
    }
    Ok(book.save_to_buffer()?)
}

impl Sheet {
    fn write_to(&self, sheet: &mut Worksheet) -> anyhow::Result<()> {
        sheet
            .set_landscape()
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer("&C&P/&N");
        sheet.set_repeat_rows(HEADER - u32::from(!self.upper.is_empty()), HEADER)?;
        sheet.set_freeze_panes(HEADER + 1, 0)?;
        self.write_head(sheet)?;
        let body = plain().set_border(FormatBorder::Thin).set_text_wrap();
        let mut row = HEADER + 1;
        for cells in &self.rows {
            write_row(sheet, row, cells, &body)?;
            row += 1;
        }
        if let Some(totals) = &self.totals {
            write_row(sheet, row, totals, &body.set_bold())?;
        }
        Ok(())
    }

    fn write_head(&self, sheet: &mut Worksheet) -> anyhow::Result<()> {
        let last = u16::try_from(self.columns.len().saturating_sub(1))?;
        let title = plain()
            .set_bold()
            .set_font_size(14)
            .set_align(FormatAlign::Center);
        let subtitle = plain().set_italic().set_align(FormatAlign::Center);
        for (row, text, format) in [(0, &self.title, title), (1, &self.subtitle, subtitle)] {
            // A merged range needs two cells.
            if last > 0 {
                sheet.merge_range(row, 0, row, last, text, &format)?;
            } else {
                sheet.write_string_with_format(row, 0, text, &for_text(text, &format))?;
            }
        }
        let header = plain()
            .set_bold()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        let mut column = 0;
        for (words, width) in &self.upper {
            if *width > 1 {
                sheet.merge_range(HEADER - 1, column, HEADER - 1, column + width - 1, words, &header)?;
            } else {
                sheet.write_string_with_format(HEADER - 1, column, words, &for_text(words, &header))?;
            }
            column += width;
        }
        for (column, (words, width)) in (0_u16..).zip(&self.columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(HEADER, column, words, &for_text(words, &header))?;
        }
        Ok(())
    }
}

fn plain() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(12)
        .set_align(FormatAlign::Top)
}

/// The format for a text: one that looks like a formula stays a text, too, when somebody edits the cell and leaves it.
fn for_text(text: &str, format: &Format) -> Format {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format.clone().set_quote_prefix()
    } else {
        format.clone()
    }
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[Cell], format: &Format) -> anyhow::Result<()> {
    for (column, cell) in (0_u16..).zip(cells) {
        match cell {
            // Written as a string whatever it begins with: typed text never becomes a formula.
            Cell::Text(text) => {
                let text: String = text.chars().take(MOST_CHARACTERS).collect();
                sheet.write_string_with_format(row, column, &text, &for_text(&text, format))?;
            }
            Cell::Number(figure) => {
                let pattern = if figure.fract().is_zero() {
                    "#,##0"
                } else {
                    "#,##0.0###"
                };
                let format = format
                    .clone()
                    .set_num_format(pattern)
                    .set_align(FormatAlign::Right);
                sheet.write_number_with_format(row, column, figure.to_f64().unwrap_or_default(), &format)?;
            }
            Cell::Day(day) => {
                let format = format
                    .clone()
                    .set_num_format("dd/mm/yyyy")
                    .set_align(FormatAlign::Center);
                let day = ExcelDateTime::from_ymd(
                    u16::try_from(day.year())?,
                    u8::try_from(day.month())?,
                    u8::try_from(day.day())?,
                )?;
                sheet.write_datetime_with_format(row, column, &day, &format)?;
            }
            Cell::Empty => {
                sheet.write_blank(row, column, format)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_makes_a_file_and_none_a_formula() {
        let sheet = Sheet {
            title: "=1+1".to_owned(),
            subtitle: String::new(),
            upper: vec![("Cụm".to_owned(), 2)],
            columns: vec![("Đơn vị".to_owned(), 30), ("Số phiếu".to_owned(), 10)],
            rows: vec![
                vec!["=HYPERLINK(\"x\")".into(), 7.into()],
                vec!["+84".into(), Decimal::new(85, 1).into()],
                vec![
                    Cell::Empty,
                    Cell::Day(NaiveDate::from_ymd_opt(2024, 1, 30).unwrap()),
                ],
            ],
            totals: Some(vec!["Cộng".into(), Cell::from(15)]),
        };
        let bytes = book(&[sheet]).unwrap();
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut parts.by_name(name).unwrap(), &mut text).unwrap();
            text
        };
        let table = part("xl/worksheets/sheet1.xml");
        assert!(table.contains("<v>8.5</v>") && !table.contains("<f>"), "{table}");
        assert!(part("xl/sharedStrings.xml").contains("=HYPERLINK"));
        assert!(part("xl/styles.xml").contains("quotePrefix=\"1\""));
    }

    #[test]
    fn a_table_of_one_column_and_a_very_long_text_are_no_trouble() {
        let sheet = Sheet {
            title: "Bảng".to_owned(),
            subtitle: "đ".repeat(300),
            upper: Vec::new(),
            columns: vec![("A".to_owned(), 10)],
            rows: vec![vec!["ă".repeat(40_000).into()]],
            totals: None,
        };
        assert!(book(std::slice::from_ref(&sheet)).is_ok());
        assert!(book(&[sheet.clone(), sheet]).is_ok());
    }
}
