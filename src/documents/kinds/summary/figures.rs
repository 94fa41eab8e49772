//! The figures of the cluster: totals beside those of last year, the units side by side, and each of them as a figure that an
//! issued paper is compared with later.

use rust_decimal::Decimal;

use super::{
    super::blocks::{columns, heading_row, told, unique},
    Reported,
    rows::{is_same, kept, kept_text},
};
use crate::{
    documents::model::Figure,
    indicators::Kind,
    kit::{
        documents::model::{Align, Block, Cell, HeaderCell, Row, Table},
        values::figure_text,
    },
    reports::{self, ComparisonRow, Content, Period, Total},
    years::Year,
};

/// So many units stand beside each other in one table; more get a further one below.
const UNITS_ABREAST: usize = 10;

/// The figures of a year, an indicator a line.
pub(super) struct Figures {
    lines: Vec<Line>,
    places: Vec<String>,
    year: i32,
    /// Units that reported last year; none where there was no year.
    last_units: Option<usize>,
}

/// An indicator with what all came to.
struct Line {
    row: ComparisonRow,
    label: String,
    total: Option<Total>,
    last: Option<Total>,
    /// Units that reached what they had registered, and units that had registered anything.
    kept: (usize, usize),
}

impl Figures {
    /// Out of the reports of this year and the last one.
    pub(super) fn new(
        year: &Year,
        reported: &[Reported],
        last: Option<&[Content]>,
        order: &[String],
    ) -> Self {
        let contents: Vec<Option<&Content>> = reported.iter().map(|unit| Some(&unit.content)).collect();
        let before: Vec<Option<&Content>> = last.unwrap_or_default().iter().map(Some).collect();
        let before = reports::comparison_rows(&before, order);
        let mut labels: Vec<String> = Vec::new();
        let lines = reports::comparison_rows(&contents, order)
            .into_iter()
            .filter(|row| row.kind != Kind::Text)
            .map(|row| Line {
                label: unique(
                    &mut labels,
                    row.code.as_deref(),
                    &row.indicator,
                    &row.unit_of_measure,
                ),
                total: row.total(),
                last: before
                    .iter()
                    .find(|other| is_same(&row, other))
                    .and_then(ComparisonRow::total),
                kept: kept(&row, reported),
                row,
            })
            .collect();
        Self {
            lines,
            places: reported.iter().map(|unit| unit.place.clone()).collect(),
            year: year.year,
            last_units: last.map(<[Content]>::len),
        }
    }

    /// Whether there is anything to print.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The totals with what they were last year, below the headings of the catalogue.
    pub(super) fn totals(&self, appendix: &str) -> Vec<Block> {
        let lines: Vec<&Line> = self.lines.iter().filter(|line| line.total.is_some()).collect();
        if lines.is_empty() {
            return vec![Block::Paragraph("Các đơn vị chưa có số liệu cộng được.".into())];
        }
        let columns_of = self.columns_of_totals();
        let mut rows = Vec::new();
        let mut heading = "";
        for (at, line) in lines.iter().enumerate() {
            let own = self.heading(line);
            if own != heading && !own.is_empty() {
                rows.push(heading_row(own, columns_of.len()));
                heading = own;
            }
            rows.push(Row {
                cells: line
                    .cells(at + 1, self.last_units.is_some())
                    .into_iter()
                    .map(Into::into)
                    .collect(),
                is_strong: false,
            });
        }
        let shape: Vec<(u16, Align)> = columns_of
            .iter()
            .map(|(_, width, align)| (*width, *align))
            .collect();
        let names = columns_of
            .iter()
            .map(|(name, ..)| HeaderCell::from(name.as_str()));
        let table = Table {
            caption: format!("Bảng 1. Kết quả chung của cụm năm {}", self.year),
            columns: columns(&shape),
            header: vec![names.collect()],
            rows,
        };
        vec![
            Block::Table(table),
            Block::Paragraph(self.remark(appendix).into()),
        ]
    }

    /// Words, width, side. Where nothing is known of last year, nothing is compared.
    fn columns_of_totals(&self) -> Vec<(String, u16, Align)> {
        let column = |words: &str, width, align| (words.to_owned(), width, align);
        let mut columns = vec![
            column("TT", 3, Align::Centre),
            column("Chỉ tiêu", 15, Align::Left),
            column("Đơn vị tính", 6, Align::Centre),
        ];
        if self.last_units.is_some() {
            columns.push(column(&format!("Năm {}", self.year - 1), 7, Align::Right));
        }
        columns.push(column(&format!("Năm {}", self.year), 7, Align::Right));
        if self.last_units.is_some() {
            columns.push(column("Tăng, giảm", 9, Align::Right));
        }
        columns.push(column("Số đơn vị đạt đăng ký", 6, Align::Centre));
        columns
    }

    fn remark(&self, appendix: &str) -> String {
        let (year, last) = (self.year, self.year - 1);
        let before = match self.last_units {
            Some(number) => format!("số liệu năm {last} của {number:02} đơn vị"),
            None => format!("chưa có số liệu năm {last} để so sánh"),
        };
        let is_estimate = |line: &Line| line.total.as_ref().is_some_and(|total| total.is_estimate);
        let estimates = if self.lines.iter().any(is_estimate) {
            " Số liệu ghi “ước” có phần các đơn vị chưa chốt."
        } else {
            ""
        };
        format!(
            "Số liệu năm {year} của {:02} đơn vị; {before}.{estimates} Tỷ lệ không cộng; chi tiết từng đơn vị tại {appendix}.",
            self.places.len()
        )
    }

    fn heading(&self, line: &Line) -> &'static str {
        let has_catalogue = self.lines.iter().any(|line| line.row.group.is_some());
        match line.row.group {
            Some(group) => group.label(),
            None if has_catalogue => "Ngoài danh mục",
            None => "",
        }
    }

    /// The units side by side.
    pub(super) fn by_unit(&self) -> Vec<Block> {
        let starts = (0..self.places.len()).step_by(UNITS_ABREAST);
        starts
            .map(|start| {
                let end = (start + UNITS_ABREAST).min(self.places.len());
                self.abreast(start..end)
            })
            .collect()
    }

    fn abreast(&self, units: std::ops::Range<usize>) -> Block {
        let is_last = units.end == self.places.len();
        let mut shape = vec![(3, Align::Centre), (16, Align::Left), (6, Align::Centre)];
        shape.extend(units.clone().map(|_| (7, Align::Right)));
        let mut header = vec!["TT".into(), "Chỉ tiêu".into(), "Đơn vị tính".into()];
        header.extend(
            self.places[units.clone()]
                .iter()
                .map(|place| HeaderCell::from(place.as_str())),
        );
        if is_last {
            shape.push((8, Align::Right));
            header.push("Cộng".into());
        }
        let mut rows = Vec::new();
        let mut heading = "";
        for (at, line) in self.lines.iter().enumerate() {
            let own = self.heading(line);
            if own != heading && !own.is_empty() {
                rows.push(heading_row(own, shape.len()));
                heading = own;
            }
            let mut cells: Vec<Cell> = vec![
                (at + 1).to_string().into(),
                line.row.indicator.clone().into(),
                line.row.unit_of_measure.clone().into(),
            ];
            let known = line.row.cells[units.clone()].iter();
            cells.extend(known.map(|cell| match cell {
                Some(cell) => Cell::from(told(&cell.words, cell.is_estimate)),
                None => Cell::from("–"),
            }));
            if is_last {
                let total = line.total.as_ref();
                cells.push(total.map_or_else(|| "–".into(), |t| told(&t.words, t.is_estimate).into()));
            }
            rows.push(Row {
                cells,
                is_strong: false,
            });
        }
        Block::Table(Table {
            caption: String::new(),
            columns: columns(&shape),
            header: vec![header],
            rows,
        })
    }

    /// Every figure of the paper, with the page of the report and the line that it comes from.
    pub(super) fn listed(&self, year: &Year, reported: &[Reported]) -> Vec<Figure> {
        let base = format!("{}/bao-cao/{}", year.path(), Period::Annual);
        let before = format!(
            "/cum/{}/{}/bao-cao/{}/bang-so-lieu",
            year.cluster.slug,
            self.year - 1,
            Period::Annual
        );
        let mut list = Vec::new();
        for line in &self.lines {
            let mut add = |what: String, value: String, path: String| {
                list.push(Figure {
                    label: format!("{}: {what}", line.label),
                    value,
                    path,
                });
            };
            if let Some(total) = &line.total {
                let path = format!("{base}/bang-so-lieu");
                add("toàn cụm".to_owned(), total.words.clone(), path);
                if let Some(last) = &line.last {
                    add(
                        format!("toàn cụm năm {}", self.year - 1),
                        last.words.clone(),
                        before.clone(),
                    );
                }
                if line.kept.1 > 0 {
                    let path = format!("{}/bao-cao/thuc-hien-dang-ky", year.path());
                    add("số đơn vị đạt đăng ký".to_owned(), kept_text(line.kept), path);
                }
            }
            for (unit, cell) in reported.iter().zip(&line.row.cells) {
                if let Some(cell) = cell {
                    let path = format!("{base}/{}#so-lieu-{}", unit.slug, cell.id);
                    add(unit.place.clone(), cell.words.clone(), path);
                }
            }
        }
        list
    }
}

impl Line {
    fn cells(&self, number: usize, has_last: bool) -> Vec<String> {
        let told_total =
            |total: Option<&Total>| total.map_or_else(|| "–".to_owned(), |t| told(&t.words, t.is_estimate));
        let mut cells = vec![
            number.to_string(),
            self.row.indicator.clone(),
            self.row.unit_of_measure.clone(),
        ];
        if has_last {
            cells.push(told_total(self.last.as_ref()));
        }
        cells.push(told_total(self.total.as_ref()));
        if has_last {
            cells.push(self.difference());
        }
        cells.push(if self.kept.1 > 0 {
            kept_text(self.kept)
        } else {
            "–".to_owned()
        });
        cells
    }

    /// `+12 (+10,5%)`
    fn difference(&self) -> String {
        let value = |total: &Option<Total>| total.as_ref().and_then(|total| total.value);
        let (Some(now), Some(last)) = (value(&self.total), value(&self.last)) else {
            return "–".to_owned();
        };
        let signed = |value: Decimal| {
            let sign = if value > Decimal::ZERO { "+" } else { "" };
            format!("{sign}{}", figure_text(value))
        };
        let difference = now - last;
        let share = (difference * Decimal::ONE_HUNDRED)
            .checked_div(last)
            .map(|share| share.round_dp(1));
        match share {
            Some(share) => format!("{} ({}%)", signed(difference), signed(share)),
            None => signed(difference),
        }
    }
}
