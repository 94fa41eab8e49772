//! A row of a spreadsheet as typed, and the way from there to what is kept: each wrong cell gets its sentence.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::{Entry, Key};
use crate::{
    awards::Awards,
    ids::UnitId,
    kit::{
        fields::FieldErrors,
        text::fold,
        values::{self, PersonName},
    },
};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The unit's name.
    Unit,
    /// The person's name.
    Person,
    /// The award.
    Award,
    /// The year of the achievement.
    Year,
    /// The decision's number.
    Number,
    /// Its day.
    DecidedOn,
    /// Who decided.
    Issuer,
    /// The bonus.
    Bonus,
    /// A remark.
    Note,
}

impl Column {
    /// All columns in the order of the template.
    pub const ALL: [Self; 9] = [
        Self::Unit,
        Self::Person,
        Self::Award,
        Self::Year,
        Self::Number,
        Self::DecidedOn,
        Self::Issuer,
        Self::Bonus,
        Self::Note,
    ];

    /// Its heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unit => "Đơn vị",
            Self::Person => "Họ và tên cá nhân",
            Self::Award => "Danh hiệu, hình thức khen thưởng",
            Self::Year => "Năm",
            Self::Number => "Số quyết định",
            Self::DecidedOn => "Ngày quyết định",
            Self::Issuer => "Cơ quan quyết định",
            Self::Bonus => "Tiền thưởng (đồng)",
            Self::Note => "Ghi chú",
        }
    }

    /// Headings that mean it, folded; the first is that of the template.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Unit => &[
                "don vi",
                "ten don vi",
                "tap the",
                "ten tap the",
                "lien hiep hoi",
                "don vi tap the",
            ],
            Self::Person => &[
                "ho va ten ca nhan",
                "ho va ten",
                "ho ten",
                "ca nhan",
                "ten ca nhan",
                "ho ten ca nhan",
            ],
            Self::Award => &[
                "danh hieu hinh thuc khen thuong",
                "danh hieu",
                "hinh thuc",
                "hinh thuc khen thuong",
                "danh hieu hinh thuc",
                "khen thuong",
                "danh hieu thi dua hinh thuc khen thuong",
            ],
            Self::Year => &[
                "nam",
                "nam khen thuong",
                "nam thanh tich",
                "nam xet khen",
                "nam khen",
            ],
            Self::Number => &[
                "so quyet dinh",
                "so qd",
                "quyet dinh so",
                "quyet dinh so ky hieu",
                "so ky hieu",
                "so",
            ],
            Self::DecidedOn => &[
                "ngay quyet dinh",
                "ngay qd",
                "ngay",
                "quyet dinh ngay",
                "ngay ky",
                "ngay ban hanh",
                "quyet dinh ngay thang nam",
                "ngay thang nam",
            ],
            Self::Issuer => &[
                "co quan quyet dinh",
                "co quan ban hanh",
                "quyet dinh co quan ban hanh",
                "co quan",
                "quyet dinh co quan",
                "cap khen thuong",
                "noi khen thuong",
            ],
            Self::Bonus => &["tien thuong dong", "tien thuong", "muc thuong", "muc tien thuong"],
            Self::Note => &["ghi chu"],
        }
    }

    /// The code of its cell's errors.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Person => "person",
            Self::Award => "award",
            Self::Year => "year",
            Self::Number => "number",
            Self::DecidedOn => "decided_on",
            Self::Issuer => "issuer",
            Self::Bonus => "bonus",
            Self::Note => "note",
        }
    }
}

/// A cell as it stands in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellText {
    /// Its column.
    pub column: Column,
    /// What people see in it.
    pub text: String,
    /// Why it can't be read, if it can't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// A row as it stands in the spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowText {
    /// Its line, from 1.
    pub line: i32,
    /// Its cells; none for columns that the spreadsheet doesn't have.
    pub cells: Vec<CellText>,
}

/// A unit that a row can mean.
#[derive(Clone, Debug)]
pub struct KnownUnit {
    /// The unit.
    pub id: UnitId,
    /// Its place, short and full name.
    pub names: [String; 3],
    /// Its last day.
    pub ended_on: Option<NaiveDate>,
}

/// What rows are read with.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// All units, ended ones too.
    pub units: Vec<KnownUnit>,
    /// The catalogue.
    pub awards: Awards,
}

impl Known {
    /// The unit that people call so. Of two with the same name that one which was there in the year.
    fn unit(&self, words: &str, year: Option<i32>) -> Result<UnitId, String> {
        let folded = bare(words);
        let fitting: Vec<&KnownUnit> = self
            .units
            .iter()
            .filter(|unit| unit.names.iter().any(|name| bare(name) == folded))
            .collect();
        let then = |unit: &&&KnownUnit| {
            let ended = unit.ended_on.map(|day| chrono::Datelike::year(&day));
            match (ended, year) {
                (Some(ended), Some(year)) => year <= ended,
                (Some(_), None) => false,
                (None, _) => true,
            }
        };
        let ended_by_then = fitting.iter().filter(|unit| unit.ended_on.is_some()).find(then);
        ended_by_then
            .or_else(|| fitting.iter().find(then))
            .or_else(|| fitting.first())
            .map(|unit| unit.id)
            .ok_or_else(|| {
                format!(
                    "Không có đơn vị nào tên “{}”. Ghi như trong danh mục Đơn vị.",
                    shown(words)
                )
            })
    }
}

/// A unit's name without the words that all of them share: `Sơn La`, `LHH tỉnh Sơn La` and the full name are the same.
fn bare(words: &str) -> String {
    let mut rest = fold(words);
    for shared in [
        "lien hiep cac hoi khoa hoc va ky thuat",
        "lien hiep cac hoi kh kt",
        "lien hiep hoi",
        "lhh",
        "tinh",
        "thanh pho",
        "tp",
    ] {
        if let Some(shorter) = rest.strip_prefix(shared)
            && (shorter.is_empty() || shorter.starts_with(' '))
        {
            rest = shorter.trim().to_owned();
        }
    }
    rest
}

fn shown(words: &str) -> String {
    words.chars().take(60).collect()
}

impl RowText {
    /// What stands in a column.
    #[must_use]
    pub fn text(&self, column: Column) -> &str {
        self.cells
            .iter()
            .find(|cell| cell.column == column)
            .map_or("", |cell| cell.text.as_str())
    }

    /// The row as it will be kept; errors at the codes of its columns.
    pub fn check(&self, known: &Known) -> Result<Entry, FieldErrors> {
        let mut e = FieldErrors::default();
        for cell in &self.cells {
            if let Some(trouble) = &cell.trouble {
                e.add(cell.column.code(), trouble.clone());
            }
        }
        let year = e.read("year", year(self.text(Column::Year)));
        let unit = match values::required_line(self.text(Column::Unit), 300, "tên đơn vị") {
            Ok(words) => known.unit(&words, year),
            Err(message) => Err(message),
        };
        let unit = e.read("unit", unit);
        let person = e.read("person", person(self.text(Column::Person)));
        let award = values::required_line(self.text(Column::Award), 300, "danh hiệu, hình thức khen thưởng");
        let award = e.read("award", award);
        let number = e.read("number", values::line(self.text(Column::Number), 100));
        let decided_on = e.read("decided_on", day(self.text(Column::DecidedOn)));
        let issuer = e.read("issuer", values::line(self.text(Column::Issuer), 300));
        let bonus = e.read("bonus", amount(self.text(Column::Bonus)));
        let note = e.read("note", values::line(self.text(Column::Note), 1000));
        match (unit, person, award, year, number, decided_on, issuer, bonus, note) {
            (
                Some(unit_id),
                Some(person_name),
                Some(award),
                Some(year),
                Some(number),
                Some(decided_on),
                Some(issuer),
                Some(bonus),
                Some(note),
            ) if e.is_empty() => {
                let found = known.awards.named(&award);
                Ok(Entry {
                    line: self.line,
                    unit_id,
                    person_name,
                    award_name: found.map_or(award, |a| a.name.clone()),
                    award: found.map(|a| a.code.clone()),
                    year,
                    number,
                    decided_on,
                    issuer,
                    bonus,
                    note,
                })
            }
            _ => Err(e),
        }
    }
}

impl Entry {
    /// By what it is the same award as another one.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            unit_id: self.unit_id,
            person: fold(&self.person_name),
            award: fold(&self.award_name),
            year: self.year,
        }
    }
}

/// `2023`, `Năm 2023`, `2023,0`.
fn year(typed: &str) -> Result<i32, String> {
    let text = fold(typed);
    let text = text
        .strip_prefix("nam ")
        .unwrap_or(&text)
        .trim_end_matches(" 0")
        .to_owned();
    text.parse::<i32>()
        .ok()
        .filter(|year| (1945..=2100).contains(year))
        .ok_or_else(|| {
            format!(
                "“{}” không phải là năm. Ghi bốn chữ số, ví dụ 2023.",
                shown(typed)
            )
        })
}

fn person(typed: &str) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    PersonName::parse(typed).map(|name| name.as_str().to_owned())
}

/// `05/11/2023`, `5-11-2023`, `05.11.2023`, `ngày 5 tháng 11 năm 2023`.
fn day(typed: &str) -> Result<Option<NaiveDate>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let words = fold(typed);
    let numbers: Vec<&str> = words
        .split(' ')
        .filter(|word| !["ngay", "thang", "nam"].contains(word))
        .collect();
    match values::date(typed).or_else(|_| values::date(&numbers.join("/"))) {
        Ok(day) => Ok(Some(day)),
        Err(_) => Err(format!(
            "“{}” không phải là một ngày có thật. Ghi ngày/tháng/năm, ví dụ 05/11/2023.",
            shown(typed)
        )),
    }
}

/// `18.720.000`, `18720000 đồng`, `18720000,0`.
fn amount(typed: &str) -> Result<Option<Decimal>, String> {
    let text = typed
        .trim()
        .trim_end_matches(['đ', 'Đ', 'd'])
        .trim_end_matches("đồng")
        .trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = values::figure(text)?;
    if value.fract().is_zero() {
        Ok(Some(value))
    } else {
        Err(format!("“{}”: ghi số đồng tròn, ví dụ 18.720.000.", shown(typed)))
    }
}

/// Why a reading is taken back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawalForm {
    /// As typed.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::awards::Award;

    fn known() -> Known {
        let unit = |place: &str, ended: Option<&str>| KnownUnit {
            id: UnitId::new(),
            names: [
                place.to_owned(),
                format!("Liên hiệp Hội tỉnh {place}"),
                format!("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh {place}"),
            ],
            ended_on: ended.map(|day| day.parse().unwrap()),
        };
        Known {
            units: vec![
                unit("Sơn La", None),
                unit("Phú Thọ", None),
                unit("Phú Thọ", Some("2025-06-30")),
            ],
            awards: Awards(vec![Award {
                code: "vusta_flag".into(),
                name: "Cờ thi đua của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam".into(),
                short_name: "Cờ thi đua LHHVN".into(),
                for_units: true,
                for_persons: false,
            }]),
        }
    }

    fn row(cells: &[(Column, &str)]) -> RowText {
        RowText {
            line: 5,
            cells: cells
                .iter()
                .map(|(column, text)| CellText {
                    column: *column,
                    text: (*text).to_owned(),
                    trouble: None,
                })
                .collect(),
        }
    }

    #[test]
    fn a_row_is_read_however_it_is_written() {
        let known = known();
        for unit in [
            "SON LA",
            "LHH tỉnh Sơn La",
            "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn La",
        ] {
            let entry = row(&[
                (Column::Unit, unit),
                (Column::Award, "cờ thi đua lhhvn"),
                (Column::Year, "Năm 2022"),
                (Column::DecidedOn, "ngày 5 tháng 01 năm 2023"),
                (Column::Bonus, "11.920.000 đồng"),
            ])
            .check(&known)
            .unwrap();
            assert_eq!(entry.unit_id, known.units[0].id, "{unit}");
            assert_eq!(entry.award.as_deref(), Some("vusta_flag"));
            assert_eq!(entry.decided_on, NaiveDate::from_ymd_opt(2023, 1, 5));
            assert_eq!((entry.year, entry.bonus), (2022, Some(Decimal::from(11_920_000))));
        }
    }

    #[test]
    fn of_two_units_with_one_name_the_year_decides() {
        let known = known();
        let unit = |year: &str| {
            row(&[
                (Column::Unit, "Phú Thọ"),
                (Column::Award, "Bằng khen của UBND tỉnh"),
                (Column::Year, year),
            ])
            .check(&known)
            .unwrap()
            .unit_id
        };
        assert_eq!(unit("2023"), known.units[2].id);
        assert_eq!(unit("2026"), known.units[1].id);
    }

    #[test]
    fn every_wrong_cell_has_its_sentence() {
        let errors = row(&[
            (Column::Unit, "Atlantis"),
            (Column::Person, "12345"),
            (Column::Award, ""),
            (Column::Year, "hai nghìn"),
            (Column::DecidedOn, "31/02/2023"),
            (Column::Bonus, "1,5 triệu"),
        ])
        .check(&known())
        .unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["year", "unit", "person", "award", "decided_on", "bonus"]);
        let mut broken = row(&[(Column::Year, "2023")]);
        broken.cells[0].trouble = Some("Ô này báo lỗi #REF!".into());
        assert!(
            broken
                .check(&known())
                .unwrap_err()
                .of("year")
                .unwrap()
                .contains("#REF!")
        );
    }
}
