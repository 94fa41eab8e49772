//! An XLSX file that people made, read as a table: merged cells filled, dates as dates, formulas by their results.
//!
//! Everything is bounded: a small file can claim a million rows, or unpack to gigabytes.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::FromPrimitive};

use super::{clock::date_text, text::nfc, values::figure_typed};

/// At most this many rows and columns are read.
pub const MOST_ROWS: usize = 5_000;
/// At most this many columns.
pub const MOST_COLUMNS: usize = 60;
/// At most this many bytes when unpacked.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// At most this many cells are filled because they are merged with another one.
const MOST_FILLED: usize = 50_000;
/// At most this many characters of a cell.
const MOST_CHARACTERS: usize = 2_000;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Words, NFC, ends trimmed.
    Text(String),
    /// A figure.
    Number(Decimal),
    /// A day.
    Day(NaiveDate),
    /// What can't be read: a formula without a result, `#REF!`; the sentence says so.
    Broken(String),
}

impl Value {
    /// The value as somebody would type it: `8,5`, `05/11/2023`.
    #[must_use]
    pub fn typed(&self) -> String {
        match self {
            Self::Empty | Self::Broken(_) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(figure) => figure_typed(*figure),
            Self::Day(day) => date_text(*day),
        }
    }

    /// Why it can't be read.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        match self {
            Self::Broken(why) => Some(why),
            _ => None,
        }
    }
}

/// The first sheet with anything in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    rows: Vec<Vec<Value>>,
}

impl Table {
    /// Reads a file's bytes; the error is a sentence for the field.
    pub fn read(bytes: Vec<u8>) -> Result<Self, String> {
        require_small(&bytes)?;
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
        for name in book.sheet_names() {
            let mut table = Self::default();
            table.read_cells(&mut book, &name)?;
            if !table.rows.is_empty() {
                table.fill_merged(&mut book, &name)?;
                return Ok(table);
            }
        }
        Err("Tệp không có dòng nào. Hãy chọn tệp có bảng dữ liệu.".to_owned())
    }

    /// How many rows there are.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// A cell, counted from 0.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> &Value {
        static NOTHING: Value = Value::Empty;
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .unwrap_or(&NOTHING)
    }

    /// All texts in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().flatten().filter_map(|value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    fn read_cells(&mut self, book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<(), String> {
        let mut cells = book.worksheet_cells_reader(sheet).map_err(|_| broken())?;
        while let Some(cell) = cells.next_cell_with_formula().map_err(|_| broken())? {
            let value = value_of(cell.value, cell.formula.is_some());
            if value == Value::Empty {
                continue;
            }
            let (row, column) = (cell.pos.0 as usize, cell.pos.1 as usize);
            if row >= MOST_ROWS {
                return Err(format!("Tệp có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp."));
            }
            // What stands far to the right belongs to no table of ours.
            if column < MOST_COLUMNS {
                self.put(row, column, value);
            }
        }
        Ok(())
    }

    fn put(&mut self, row: usize, column: usize, value: Value) {
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Value::Empty);
        }
        cells[column] = value;
    }

    /// In a merged region only the first cell has a value; to a reader it stands in all of them.
    fn fill_merged(&mut self, book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<(), String> {
        let height = self.height();
        let mut filled = 0;
        for region in book.merge_cells_by_sheet_name(sheet).unwrap_or_default() {
            let (top, left) = (region.start.0 as usize, region.start.1 as usize);
            let value = self.at(top, left).clone();
            if value == Value::Empty {
                continue;
            }
            for row in top..=(region.end.0 as usize).min(height.saturating_sub(1)) {
                for column in left..=(region.end.1 as usize).min(MOST_COLUMNS - 1) {
                    filled += 1;
                    if filled > MOST_FILLED {
                        return Err("Tệp có quá nhiều ô gộp. Hãy bỏ gộp ô rồi chọn lại.".to_owned());
                    }
                    self.put(row, column, value.clone());
                }
            }
        }
        Ok(())
    }
}

fn broken() -> String {
    "Không đọc được tệp. Hãy mở tệp bằng Excel, lưu lại kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
        .to_owned()
}

fn require_small(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut unpacked = 0_u64;
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|_| broken())?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > MOST_UNPACKED {
        return Err("Bảng trong tệp quá lớn. Hãy bỏ bớt trang tính, hình ảnh rồi chọn lại.".to_owned());
    }
    Ok(())
}

fn value_of(cell: DataRef<'_>, is_formula: bool) -> Value {
    match Data::from(cell) {
        Data::Empty if is_formula => {
            Value::Broken("Ô này là công thức chưa có kết quả. Hãy chép và dán giá trị.".to_owned())
        }
        Data::Empty => Value::Empty,
        Data::String(text) => text_of(&text),
        Data::Int(whole) => Value::Number(Decimal::from(whole)),
        Data::Float(figure) => number_of(figure),
        Data::Bool(yes) => Value::Text(if yes { "có" } else { "không" }.to_owned()),
        Data::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).map_or_else(
                || Value::Broken("Ô này không phải một ngày có thật.".to_owned()),
                Value::Day,
            )
        }
        Data::DateTimeIso(text) => text
            .get(..10)
            .and_then(|day| day.parse().ok())
            .map_or_else(|| text_of(&text), Value::Day),
        Data::DurationIso(text) => text_of(&text),
        Data::Error(error) => Value::Broken(format!("Ô này báo lỗi {error}. Hãy sửa trong tệp.")),
    }
}

fn text_of(text: &str) -> Value {
    let text: String = nfc(text.trim()).chars().take(MOST_CHARACTERS).collect();
    if text.is_empty() {
        Value::Empty
    } else {
        Value::Text(text)
    }
}

/// A figure as it is seen: eight places hide what binary fractions add.
fn number_of(figure: f64) -> Value {
    Decimal::from_f64(figure).map_or_else(
        || Value::Broken("Số trong ô này quá lớn.".to_owned()),
        |figure| Value::Number(figure.round_dp(8).normalize()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{Format, Formula, Workbook};

    fn table(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Result<Table, String> {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Trống").unwrap();
        fill(book.add_worksheet());
        Table::read(book.save_to_buffer().unwrap())
    }

    #[test]
    fn cells_are_read_as_people_see_them() {
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let read = table(|sheet| {
            sheet
                .merge_range(0, 0, 0, 1, "Quyết định", &Format::new())
                .unwrap();
            sheet.write(1, 0, " Ho\u{300}a Bình ").unwrap();
            sheet.write(1, 1, 8.5).unwrap();
            sheet.write_with_format(1, 2, 45_256, &day).unwrap();
            sheet
                .write_formula(2, 0, Formula::new("=1+1").set_result("2"))
                .unwrap();
            sheet.write(2, 1, 2023).unwrap();
        })
        .unwrap();
        assert_eq!((read.height(), read.width()), (3, 3));
        assert_eq!(read.at(0, 1).typed(), "Quyết định", "merged cells are filled");
        assert_eq!(read.at(1, 0).typed(), "Hòa Bình");
        assert_eq!(read.at(1, 1).typed(), "8,5");
        assert_eq!(read.at(1, 2).typed(), "26/11/2023");
        assert_eq!(read.at(2, 0).typed(), "2");
        assert_eq!(read.at(2, 1).typed(), "2023");
        assert_eq!(read.at(9, 9), &Value::Empty);
    }

    #[test]
    fn a_region_without_end_is_refused() {
        let read = table(|sheet| {
            let format = Format::new();
            sheet.merge_range(0, 0, 999, 58, "gộp", &format).unwrap();
            sheet.write(999, 59, "cuối").unwrap();
        });
        assert!(read.unwrap_err().contains("ô gộp"));
    }

    #[test]
    fn what_is_no_workbook_or_has_no_rows_is_told() {
        assert!(Table::read(b"PK\x03\x04 nonsense".to_vec()).is_err());
        assert!(table(|_| {}).unwrap_err().contains("không có dòng nào"));
        let far = table(|sheet| {
            sheet.write(900_000, 0, "xa").unwrap();
        });
        assert!(far.unwrap_err().contains("5000 dòng"));
    }

    #[test]
    fn an_error_in_a_cell_is_told_at_the_cell() {
        let read = table(|sheet| {
            sheet.write(0, 0, "x").unwrap();
            sheet
                .write_formula(1, 0, Formula::new("=A9/0").set_result("#DIV/0!"))
                .unwrap();
        });
        let read = read.unwrap();
        assert!(read.at(1, 0).trouble().is_some() || read.at(1, 0).typed() == "#DIV/0!");
    }
}
