//! From a spreadsheet to rows: where the headings are, which column is what. Pure.

use super::forms::{CellText, Column, RowText};
use crate::kit::{
    legacy::is_legacy,
    text::fold,
    workbook::{Table, Value},
};

/// The headings are looked for in this many first rows.
const HEADINGS_WITHIN: usize = 20;

/// What was read of a table.
#[derive(Debug)]
pub struct Reading {
    /// The rows.
    pub rows: Vec<RowText>,
    /// The lines that are headings of groups, counted from 1: left out.
    pub headings: Vec<i32>,
}

impl Reading {
    /// That headings of groups were left out; nothing where there were none.
    #[must_use]
    pub fn left_out(&self) -> String {
        const SHOWN: usize = 10;
        let lines: Vec<String> = self.headings.iter().take(SHOWN).map(i32::to_string).collect();
        match self.headings.len() {
            0 => String::new(),
            number => {
                let more = if number > SHOWN { "…" } else { "" };
                format!(
                    " Đã bỏ qua {number} dòng tiêu đề nhóm (dòng {}{more} của tệp).",
                    lines.join(", ")
                )
            }
        }
    }
}

/// The rows of a table of awards; the error is a sentence for the field.
pub fn rows_of(table: &Table) -> Result<Reading, String> {
    if let Some(text) = table.texts().find(|text| is_legacy(text)) {
        let shown: String = text.chars().take(40).collect();
        return Err(format!(
            "Tệp dùng phông chữ cũ (TCVN3 .VnTime hoặc VNI), ví dụ “{shown}”. Hãy chuyển sang Unicode rồi chọn lại: \
             bôi đen, chép (Ctrl+C), chuyển mã bằng công cụ của bộ gõ (với UniKey là Ctrl+Shift+F6, nguồn TCVN3, đích \
             Unicode), rồi dán trở lại."
        ));
    }
    let heads = Heads::find(table)?;
    let found = (heads.first_row..table.height()).filter_map(|row| heads.row(table, row));
    let (headings, rows): (Vec<RowText>, Vec<RowText>) = found.partition(is_heading);
    if rows.is_empty() {
        return Err("Dưới dòng tiêu đề không có dòng nào.".to_owned());
    }
    Ok(Reading {
        rows,
        headings: headings.iter().map(|row| row.line).collect(),
    })
}

/// Whether a row is the heading of a group, merged over the width of the table: what stands for the unit stands for the award
/// too, which no award does.
fn is_heading(row: &RowText) -> bool {
    let unit = row.text(Column::Unit);
    !unit.is_empty() && unit == row.text(Column::Award)
}

/// Which column is where.
struct Heads {
    columns: Vec<(Column, usize)>,
    first_row: usize,
}

impl Heads {
    /// The row, or the two rows one above the other, in which most headings are known.
    fn find(table: &Table) -> Result<Self, String> {
        let mut best = Self {
            columns: Vec::new(),
            first_row: 0,
        };
        for row in 0..table.height().min(HEADINGS_WITHIN) {
            for depth in [1, 2] {
                let columns = known_columns(table, row, depth);
                if columns.len() > best.columns.len() {
                    best = Self {
                        columns,
                        first_row: row + depth,
                    };
                }
            }
        }
        let missing: Vec<&str> = [Column::Unit, Column::Award, Column::Year]
            .into_iter()
            .filter(|needed| !best.columns.iter().any(|(known, _)| known == needed))
            .map(Column::label)
            .collect();
        if missing.is_empty() {
            Ok(best)
        } else {
            Err(format!(
                "Không tìm thấy cột {} trong {HEADINGS_WITHIN} dòng đầu. Hãy đặt tiêu đề cột như trong tệp mẫu.",
                missing
                    .iter()
                    .map(|label| format!("“{label}”"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
        }
    }

    /// A row; nothing for an empty one, a line of column numbers, or a total.
    fn row(&self, table: &Table, row: usize) -> Option<RowText> {
        let cells: Vec<CellText> = self
            .columns
            .iter()
            .map(|(column, at)| {
                let value = table.at(row, *at);
                CellText {
                    column: *column,
                    text: value.typed(),
                    trouble: value.trouble().map(str::to_owned),
                }
            })
            .collect();
        let filled: Vec<&CellText> = cells
            .iter()
            .filter(|c| !c.text.is_empty() || c.trouble.is_some())
            .collect();
        let is_numbering = filled.len() > 2
            && filled
                .iter()
                .all(|c| c.text.len() <= 2 && c.text.chars().all(|l| l.is_ascii_digit()));
        let is_total = (0..table.width()).any(|at| {
            matches!(table.at(row, at), Value::Text(text) if ["cong", "tong cong", "tong so"].contains(&fold(text).as_str()))
        });
        if filled.is_empty() || is_numbering || is_total {
            return None;
        }
        Some(RowText {
            line: i32::try_from(row + 1).unwrap_or(i32::MAX),
            cells,
        })
    }
}

/// The columns whose headings are known, when these are `depth` rows from `row` on.
fn known_columns(table: &Table, row: usize, depth: usize) -> Vec<(Column, usize)> {
    let mut found: Vec<(Column, usize)> = Vec::new();
    for at in 0..table.width() {
        let above = fold(&table.at(row, at).typed());
        let below = if depth == 2 {
            fold(&table.at(row + 1, at).typed())
        } else {
            String::new()
        };
        // A heading over both rows is the same in both; one over several columns says what those below are parts of.
        let words = match (above.as_str(), below.as_str()) {
            (above, below) if above == below || below.is_empty() => vec![above.to_owned()],
            (above, below) => vec![format!("{above} {below}").trim().to_owned(), below.to_owned()],
        };
        let column = words.iter().find_map(|words| {
            Column::ALL.into_iter().find(|column| {
                column.names().contains(&words.as_str()) && !found.iter().any(|(known, _)| known == column)
            })
        });
        if let Some(column) = column {
            found.push((column, at));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{Format, Workbook, Worksheet};

    fn read_whole(fill: impl FnOnce(&mut Worksheet)) -> Result<Reading, String> {
        let mut book = Workbook::new();
        fill(book.add_worksheet());
        rows_of(&Table::read(book.save_to_buffer().unwrap()).unwrap())
    }

    fn read(fill: impl FnOnce(&mut Worksheet)) -> Result<Vec<RowText>, String> {
        read_whole(fill).map(|reading| reading.rows)
    }

    fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write(row, column, *text).unwrap();
        }
    }

    #[test]
    fn a_plain_table_is_read() {
        let rows = read(|sheet| {
            put(sheet, 0, &["LỊCH SỬ KHEN THƯỞNG"]);
            put(
                sheet,
                3,
                &["TT", "Đơn vị", "Hình thức khen thưởng", "Năm", "Ghi chú"],
            );
            put(sheet, 4, &["1", "Sơn La", "Cờ thi đua LHHVN", "2022", ""]);
            put(sheet, 6, &["2", "Hòa Bình", "Bằng khen", "2021", "x"]);
            put(sheet, 7, &["", "Tổng cộng", "", "", "2"]);
        })
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].line, rows[0].text(Column::Unit)), (5, "Sơn La"));
        assert_eq!(rows[1].text(Column::Note), "x");
    }

    #[test]
    fn merged_headings_over_two_rows_are_understood() {
        let rows = read(|sheet| {
            let plain = Format::new();
            for (column, words) in [(0, "TT"), (1, "Tập thể"), (2, "Danh hiệu"), (6, "Năm")] {
                sheet.merge_range(2, column, 3, column, words, &plain).unwrap();
            }
            sheet.merge_range(2, 3, 2, 5, "Quyết định", &plain).unwrap();
            for (column, words) in [(3, "Số"), (4, "Ngày"), (5, "Cơ quan ban hành")] {
                sheet.write(3, column, words).unwrap();
            }
            put(sheet, 4, &["1", "2", "3", "4", "5", "6", "7"]);
            put(
                sheet,
                5,
                &["1", "Sơn La", "Cờ", "48/QĐ-LHHVN", "02/02/2024", "LHHVN", "2023"],
            );
        })
        .unwrap();
        assert_eq!(rows.len(), 1, "the line of column numbers is no row");
        assert_eq!(rows[0].text(Column::Number), "48/QĐ-LHHVN");
        assert_eq!(rows[0].text(Column::DecidedOn), "02/02/2024");
        assert_eq!(rows[0].text(Column::Issuer), "LHHVN");
        assert_eq!(rows[0].text(Column::Year), "2023");
    }

    #[test]
    fn the_headings_of_groups_are_left_out_and_told() {
        let reading = read_whole(|sheet| {
            let plain = Format::new();
            put(sheet, 0, &["TT", "Đơn vị", "Danh hiệu", "Năm"]);
            sheet.merge_range(1, 0, 1, 3, "I. KHỐI TỈNH", &plain).unwrap();
            put(sheet, 2, &["1", "Sơn La", "Cờ thi đua", "2022"]);
            put(sheet, 3, &["II"]);
            sheet
                .merge_range(3, 1, 3, 3, "KHỐI HỘI NGÀNH TOÀN QUỐC", &plain)
                .unwrap();
            put(sheet, 4, &["1", "Hội Mẫu", "Bằng khen", "2022"]);
        })
        .unwrap();
        let units: Vec<&str> = reading.rows.iter().map(|row| row.text(Column::Unit)).collect();
        assert_eq!(units, ["Sơn La", "Hội Mẫu"]);
        assert_eq!(
            reading.left_out(),
            " Đã bỏ qua 2 dòng tiêu đề nhóm (dòng 2, 4 của tệp)."
        );
    }

    #[test]
    fn old_fonts_and_missing_columns_are_told_with_advice() {
        let old = read(|sheet| put(sheet, 0, &["§¬n vÞ", "Danh hiÖu", "N¨m"])).unwrap_err();
        assert!(old.contains("TCVN3") && old.contains("Unicode"));
        let bare = read(|sheet| put(sheet, 0, &["Đơn vị", "Năm"])).unwrap_err();
        assert!(bare.contains("“Danh hiệu, hình thức khen thưởng”"));
        let empty = read(|sheet| put(sheet, 0, &["Đơn vị", "Danh hiệu", "Năm"])).unwrap_err();
        assert!(empty.contains("không có dòng nào"));
    }
}
