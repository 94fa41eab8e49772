//! A row of a spreadsheet as typed, and the way from there to what is kept: each wrong cell gets its sentence.

mod columns;
mod known;

pub use columns::Column;
pub use known::{Known, KnownUnit};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::{Entry, Key};
use known::shown;

use crate::kit::{
    fields::FieldErrors,
    text::fold,
    values::{self, PersonName},
};

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
        let year = e.read("year", year(self.text(Column::Year), known.this_year));
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

impl RowText {
    /// What is right, but worth a look before it is kept: cells with their sentences.
    #[must_use]
    pub fn doubts(&self, entry: &Entry, known: &Known) -> Vec<(Column, String)> {
        let mut doubts = Vec::new();
        match entry.award.as_deref().and_then(|code| known.awards.find(code)) {
            None => doubts.push((
                Column::Award,
                "Không có trong danh mục khen thưởng; ghi đúng như trong tệp.".to_owned(),
            )),
            Some(award) if !award.for_units && entry.person_name.is_empty() => doubts.push((
                Column::Person,
                "Danh hiệu của cá nhân mà chưa có họ tên; ghi cho đơn vị.".to_owned(),
            )),
            Some(_) => {}
        }
        doubts
    }

    /// The unit that a row was read as, where its words only resemble the name.
    #[must_use]
    pub fn read_as(&self, entry: &Entry, known: &Known) -> Option<String> {
        let words = self.text(Column::Unit);
        (!known.is_named(entry.unit_id, words)).then(|| known.name_of(entry.unit_id).to_owned())
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
fn year(typed: &str, this_year: i32) -> Result<i32, String> {
    let text = fold(typed);
    let text = text
        .strip_prefix("nam ")
        .unwrap_or(&text)
        .trim_end_matches(" 0")
        .to_owned();
    let year = text
        .parse::<i32>()
        .ok()
        .filter(|year| (1945..=2100).contains(year))
        .ok_or_else(|| {
            format!(
                "“{}” không phải là năm. Ghi bốn chữ số, ví dụ 2023.",
                shown(typed)
            )
        })?;
    if year > this_year {
        return Err(format!("Năm {year} chưa đến. Ghi năm đạt thành tích."));
    }
    Ok(year)
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

/// An amount in đồng, or nothing.
fn amount(typed: &str) -> Result<Option<Decimal>, String> {
    (!typed.trim().is_empty())
        .then(|| values::money(typed))
        .transpose()
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
    use crate::{
        awards::{Award, Awards},
        ids::UnitId,
    };

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
            this_year: 2026,
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
    fn what_is_doubtful_is_told_and_a_year_to_come_is_refused() {
        let mut known = known();
        known.awards.0.push(Award {
            code: "grassroots_fighter".into(),
            name: "Chiến sĩ thi đua cơ sở".into(),
            short_name: "CSTĐ cơ sở".into(),
            for_units: false,
            for_persons: true,
        });
        let read = |unit: &str, award: &str, year: &str| {
            let row = row(&[(Column::Unit, unit), (Column::Award, award), (Column::Year, year)]);
            let entry = row.check(&known)?;
            let columns: Vec<Column> = row.doubts(&entry, &known).into_iter().map(|d| d.0).collect();
            Ok::<_, FieldErrors>((columns, row.read_as(&entry, &known)))
        };
        let flag = read("Liên hiệp Hội tỉnh Sơn La", "Cờ thi đua LHHVN", "2022").unwrap();
        assert_eq!(flag, (vec![], None));
        let unknown = read("son la", "Cờ vàng", "2022").unwrap();
        let name = "Liên hiệp Hội tỉnh Sơn La".to_owned();
        assert_eq!(unknown, (vec![Column::Award], Some(name)));
        let nobody = read("Sơn La", "Chiến sĩ thi đua cơ sở", "2022").unwrap();
        assert_eq!(nobody, (vec![Column::Person], None));
        let early = read("Sơn La", "Cờ thi đua LHHVN", "2027").unwrap_err();
        assert_eq!(
            early.of("year"),
            Some("Năm 2027 chưa đến. Ghi năm đạt thành tích.")
        );
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
