//! What all units of a cluster registered, in one table, on paper; with the targets of each in an appendix.

mod targets;

use sqlx::PgConnection;

use self::targets::Targets;
use super::{Desk, Prepared, Text, blocks::columns, paragraphs, section};
use crate::{
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
        totals: content.totals(&crate::awards::all(db).await?),
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

/// The heading of a column, its width and side.
type Head<'a> = (&'a str, u16, Align);

/// A column for each award; together they take at most so many parts of the line.
fn awards<'a>(names: impl Iterator<Item = &'a str>, together: u16) -> impl Iterator<Item = Head<'a>> {
    let names: Vec<&str> = names.collect();
    let width = together / u16::try_from(names.len()).unwrap_or(u16::MAX).max(1);
    names
        .into_iter()
        .map(move |name| (name, width.clamp(1, 40), Align::Right))
}

impl Facts {
    /// Awards that units registered for themselves.
    fn titles(&self) -> impl Iterator<Item = &Total> {
        self.totals.iter().filter(|total| total.units > 0)
    }

    /// Awards that persons are registered for.
    fn persons(&self) -> impl Iterator<Item = &Total> {
        self.totals.iter().filter(|total| total.persons > 0)
    }

    fn body(&self, closing: Vec<Block>) -> Vec<Block> {
        let (known, missing) = (self.content.lines.len(), &self.content.missing);
        let opening = format!(
            "Đăng ký thi đua năm {} của {known}/{} đơn vị thành viên được tổng hợp như sau:",
            self.year,
            known + missing.len()
        );
        let mut body = vec![Block::Paragraph(opening.into()), self.of_units()];
        if self.persons().next().is_some() {
            body.push(self.of_persons());
        }
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

    /// What the units registered for themselves.
    fn of_units(&self) -> Block {
        let names = self.titles().map(|total| total.name.as_str());
        let mut heads = vec![("Số chỉ tiêu", 16, Align::Right)];
        heads.extend(awards(names, 140));
        heads.extend([
            ("Sáng kiến, đề tài", 18, Align::Right),
            ("Ghi chú", 28, Align::Left),
        ]);
        let own = |line: &Line| {
            let mut cells = vec![number(line.targets)];
            cells.extend(self.titles().map(|total| number(line.number_of(&total.code).0)));
            let late = match line.late_days {
                0 => String::new(),
                days => format!("Nộp chậm {days} ngày"),
            };
            cells.extend([number(line.initiatives), late]);
            cells
        };
        let lines = || self.content.lines.iter();
        let mut sums = vec![number(lines().map(|line| line.targets).sum())];
        sums.extend(self.titles().map(|total| number(total.units)));
        sums.push(number(lines().map(|line| line.initiatives).sum()));
        self.grid(
            "Bảng 1. Chỉ tiêu, danh hiệu và hình thức khen thưởng của tập thể",
            &heads,
            own,
            sums,
        )
    }

    /// How many persons they registered for what.
    fn of_persons(&self) -> Block {
        let names = self.persons().map(|total| total.name.as_str());
        let mut heads: Vec<Head> = awards(names, 180).collect();
        heads.push(("Cộng", 22, Align::Right));
        let own = |line: &Line| {
            let known = self.persons().map(|total| number(line.number_of(&total.code).1));
            known.chain([number(line.persons())]).collect::<Vec<String>>()
        };
        let mut sums: Vec<String> = self.persons().map(|total| number(total.persons)).collect();
        sums.push(number(self.content.lines.iter().map(Line::persons).sum()));
        self.grid(
            "Bảng 2. Số cá nhân đăng ký danh hiệu, hình thức khen thưởng",
            &heads,
            own,
            sums,
        )
    }

    /// A line for each unit, and the sums.
    fn grid(
        &self,
        caption: &str,
        heads: &[Head],
        own: impl Fn(&Line) -> Vec<String>,
        sums: Vec<String>,
    ) -> Block {
        let mut shape = vec![(10, Align::Centre), (40, Align::Left)];
        shape.extend(heads.iter().map(|(_, width, align)| (*width, *align)));
        let header = ["TT", "Đơn vị"]
            .into_iter()
            .chain(heads.iter().map(|(words, ..)| *words));
        let row = |cells: Vec<String>, is_strong| Row {
            cells: cells.into_iter().map(Into::into).collect(),
            is_strong,
        };
        let lines = self.content.lines.iter().enumerate();
        let rows = lines.map(|(at, line)| {
            let first = vec![(at + 1).to_string(), line.unit.clone()];
            row([first, own(line)].concat(), false)
        });
        let last = [vec![String::new(), "Tổng cộng".to_owned()], sums].concat();
        Block::Table(Table {
            caption: caption.to_owned(),
            columns: columns(&shape),
            header: vec![header.map(HeaderCell::from).collect()],
            rows: rows.chain([row(last, true)]).collect(),
        })
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
