//! What all units of a cluster registered, in one table, on paper; with the targets of each in an appendix.

mod targets;

use sqlx::PgConnection;

use self::targets::Targets;
use super::{Desk, Prepared, Text, blocks::columns, paragraphs, section};
use crate::{
    awards,
    consolidations::{self, Content, Line, Total},
    documents::model::Figure,
    indicators,
    kit::{
        documents::model::{Align, Appendix, Block, HeaderCell, Row, Table},
        error::{AppError, Result},
        values::whole_text,
    },
    registrations,
    years::Year,
};

/// What the paper is made of.
struct Facts {
    year: i32,
    content: Content,
    totals: Vec<Total>,
    targets: Targets,
}

/// Bảng tổng hợp đăng ký (domain: document 4).
pub(super) async fn table(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let consolidation = consolidations::find_visible(db, desk.actor, &year).await?;
    let registrations = registrations::of_year(db, desk.actor, &year).await?;
    let content = consolidations::access::shown(desk.actor, &consolidation, &year, &registrations);
    if content.lines.is_empty() {
        return Err(AppError::conflict(
            "Chưa tiếp nhận đăng ký nào nên chưa có gì để tổng hợp. Hãy tiếp nhận đăng ký của các đơn vị trước.",
        ));
    }
    let catalogue = indicators::find_issued_under(db, desk.actor.revision, year.year).await?;
    let is_live = consolidation.state.is_live();
    // While the table is open again, registrations may say something else than what was sent.
    let targets = if is_live && !consolidations::access::sees_live(desk.actor, &consolidation) {
        Targets::default()
    } else {
        Targets::new(&year, &content, &registrations, catalogue.as_ref())
    };
    let facts = Facts {
        year: year.year,
        totals: content.totals(&awards::all(db).await?),
        content,
        targets,
    };
    let figures = facts.figures(&year);
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| Text {
            appendices: facts.appendices(),
            is_landscape: true,
            ..Text::of(facts.body(paragraphs(wording.section("closing"))))
        })
        .await?;
    let offered = &mut prepared.offered;
    offered.subject = format!("Đăng ký thi đua năm {} của {}", year.year, year.cluster.name);
    "Thường trực Hội đồng Thi đua - Khen thưởng Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam"
        .clone_into(&mut offered.addressees);
    "Như trên\nCác đơn vị thành viên cụm\nLưu: VT".clone_into(&mut offered.recipients);
    offered.sections = vec![section("closing", "Lời kết", "")];
    prepared.figures = figures;
    prepared.is_open_to_readers = true;
    prepared.sent_to.push(None);
    prepared.back = (path(&year), "Bảng tổng hợp đăng ký".to_owned());
    if is_live {
        prepared.hindrance = Some(
            "Bảng còn thay đổi theo các đăng ký; hãy gửi LHHVN ở trang bảng tổng hợp rồi ban hành."
                .to_owned(),
        );
    }
    Ok(prepared)
}

fn path(year: &Year) -> String {
    format!("{}/tong-hop-dang-ky", year.path())
}

/// A number as it stands in the table.
fn number(value: usize) -> String {
    if value == 0 {
        "–".to_owned()
    } else {
        whole_text(value)
    }
}

impl Facts {
    /// Awards that units registered for themselves.
    fn of_units(&self) -> impl Iterator<Item = &Total> {
        self.totals.iter().filter(|total| total.units > 0)
    }

    /// Awards that persons are registered for.
    fn of_persons(&self) -> impl Iterator<Item = &Total> {
        self.totals.iter().filter(|total| total.persons > 0)
    }

    fn body(&self, closing: Vec<Block>) -> Vec<Block> {
        let (known, missing) = (self.content.lines.len(), &self.content.missing);
        let opening = format!(
            "Đăng ký thi đua năm {} của {known}/{} đơn vị thành viên được tổng hợp như sau:",
            self.year,
            known + missing.len()
        );
        let mut body = vec![Block::Paragraph(opening.into()), self.table()];
        if !missing.is_empty() {
            let words = format!(
                "Chưa có trong bảng {} đơn vị: {}.",
                missing.len(),
                missing.join(", ")
            );
            body.push(Block::Paragraph(words.into()));
        }
        if !self.targets.is_empty() {
            body.push(Block::Paragraph(
                "Chỉ tiêu đăng ký của từng đơn vị ở phụ lục.".into(),
            ));
        }
        body.extend(paragraphs(&self.content.note));
        body.extend(closing);
        body
    }

    fn table(&self) -> Block {
        let (units, persons) = (self.of_units().count(), self.of_persons().count());
        let mut shape = vec![(4, Align::Centre), (15, Align::Left), (6, Align::Right)];
        shape.extend(std::iter::repeat_n((8, Align::Right), units));
        shape.extend(std::iter::repeat_n((8, Align::Right), persons));
        if persons > 1 {
            shape.push((6, Align::Right));
        }
        shape.extend([(7, Align::Right), (10, Align::Left)]);
        let lines = self.content.lines.iter().enumerate();
        let rows = lines.map(|(at, line)| self.row(at + 1, line));
        Block::Table(Table {
            caption: String::new(),
            columns: columns(&shape),
            header: self.header(),
            rows: rows.chain([self.sums()]).collect(),
        })
    }

    fn header(&self) -> Vec<Vec<HeaderCell>> {
        let both = |words: &str| HeaderCell {
            down: 2,
            ..HeaderCell::from(words)
        };
        let over = |words: &str, across| HeaderCell {
            across,
            ..HeaderCell::from(words)
        };
        let names = |totals: Vec<&Total>| -> Vec<HeaderCell> {
            totals
                .into_iter()
                .map(|total| total.name.as_str().into())
                .collect()
        };
        let (units, mut persons) = (
            names(self.of_units().collect()),
            names(self.of_persons().collect()),
        );
        if persons.len() > 1 {
            persons.push("Cộng".into());
        }
        let mut upper = vec![both("TT"), both("Đơn vị"), both("Số chỉ tiêu")];
        if !units.is_empty() {
            upper.push(over("Tập thể đăng ký", units.len()));
        }
        if !persons.is_empty() {
            upper.push(over("Số cá nhân đăng ký", persons.len()));
        }
        upper.extend([both("Sáng kiến, đề tài"), both("Ghi chú")]);
        let lower: Vec<HeaderCell> = units.into_iter().chain(persons).collect();
        vec![upper, lower]
    }

    fn row(&self, at: usize, line: &Line) -> Row {
        let mut cells = vec![at.to_string(), line.unit.clone(), number(line.targets)];
        cells.extend(self.of_units().map(|total| number(line.number_of(&total.code).0)));
        cells.extend(
            self.of_persons()
                .map(|total| number(line.number_of(&total.code).1)),
        );
        if self.of_persons().count() > 1 {
            cells.push(number(line.persons()));
        }
        let late = if line.late_days > 0 {
            format!("Nộp chậm {} ngày", line.late_days)
        } else {
            String::new()
        };
        cells.extend([number(line.initiatives), late]);
        Row {
            cells: cells.into_iter().map(Into::into).collect(),
            is_strong: false,
        }
    }

    fn sums(&self) -> Row {
        let lines = || self.content.lines.iter();
        let mut cells = vec![
            String::new(),
            "Tổng cộng".to_owned(),
            number(lines().map(|line| line.targets).sum()),
        ];
        cells.extend(self.of_units().map(|total| number(total.units)));
        cells.extend(self.of_persons().map(|total| number(total.persons)));
        if self.of_persons().count() > 1 {
            cells.push(number(lines().map(Line::persons).sum()));
        }
        cells.extend([number(lines().map(|line| line.initiatives).sum()), String::new()]);
        Row {
            cells: cells.into_iter().map(Into::into).collect(),
            is_strong: true,
        }
    }

    fn appendices(&self) -> Vec<Appendix> {
        if self.targets.is_empty() {
            return Vec::new();
        }
        vec![Appendix {
            title: format!("CHỈ TIÊU ĐĂNG KÝ NĂM {} CỦA CÁC ĐƠN VỊ", self.year),
            body: self.targets.tables(),
            is_landscape: true,
            ..Appendix::default()
        }]
    }

    /// The totals and each unit's targets, with the pages that they come from.
    fn figures(&self, year: &Year) -> Vec<Figure> {
        let figure = |label: String, value: String| Figure {
            label,
            value,
            path: path(year),
        };
        let known = self.content.lines.len();
        let mut list = vec![figure(
            "Số đơn vị đã có đăng ký".to_owned(),
            format!("{known}/{}", known + self.content.missing.len()),
        )];
        for total in &self.totals {
            list.push(figure(
                format!("{}: tập thể", total.name),
                whole_text(total.units),
            ));
            list.push(figure(
                format!("{}: cá nhân", total.name),
                whole_text(total.persons),
            ));
        }
        list.extend(self.targets.listed(year));
        list
    }
}
