//! The standing in the cluster's report: units and groups of criteria with total and place, and its pictures.

use crate::{
    criteria::Criterion,
    documents::model::Figure,
    kit::documents::model::{Align, Block, Cell, Column, HeaderCell, Picture, Row, Table},
    scoring::{self, Published, StandingRow},
    years::Year,
};

/// So many groups of criteria stand beside each other in one table.
const GROUPS_ABREAST: usize = 16;

/// What the report says of the standing where the text is: who leads, and the pictures.
pub(super) fn pictures(published: &Published, first_number: usize, appendix: &str) -> Vec<Block> {
    let opening = if published.is_final {
        "Kết quả chấm điểm đã được hội nghị xác nhận"
    } else {
        "Kết quả chấm điểm đã thẩm định, chờ hội nghị xác nhận"
    };
    let opening = format!("{opening}; bảng điểm theo nhóm tiêu chí tại {appendix}.");
    let mut blocks = vec![Block::Paragraph(opening.into())];
    blocks.extend(published.pictures.iter().enumerate().map(|(at, drawn)| {
        Block::Picture(Picture {
            svg: drawn.svg.clone(),
            width: None,
            caption: format!("Hình {}. {}", first_number + at, drawn.title),
            description: drawn.description.clone(),
        })
    }));
    blocks
}

/// The table of units and groups, and how equal points were told apart.
pub(super) fn table(published: &Published) -> Vec<Block> {
    let mut blocks: Vec<Block> = published
        .groups
        .chunks(GROUPS_ABREAST)
        .map(|groups| abreast(published, groups))
        .collect();
    let legend: Vec<String> = published
        .groups
        .iter()
        .map(|group| {
            format!(
                "{}: {} (tối đa {})",
                group.code,
                group.name,
                points(published, group.maximum)
            )
        })
        .collect();
    blocks.push(Block::Paragraph(
        format!("Các nhóm tiêu chí: {}.", legend.join("; ")).into(),
    ));
    let equal = published.rows.iter().filter(|row| !row.steps.is_empty());
    for row in equal {
        blocks.push(Block::Paragraph(
            format!("Xét khi bằng điểm, {}: {}.", row.place_name, row.steps.join("; ")).into(),
        ));
    }
    blocks
}

fn points(published: &Published, points: rust_decimal::Decimal) -> String {
    published.scoring.set.rules.points_text(points)
}

fn abreast(published: &Published, groups: &[Criterion]) -> Block {
    let both = |words: &str| HeaderCell {
        down: 2,
        ..HeaderCell::from(words)
    };
    let column = |width, align| Column { width, align };
    let mut columns = vec![column(4, Align::Centre), column(14, Align::Left)];
    columns.extend(groups.iter().map(|_| column(6, Align::Right)));
    columns.extend([
        column(7, Align::Right),
        column(7, Align::Right),
        column(24, Align::Left),
    ]);
    let over = HeaderCell {
        across: groups.len(),
        ..HeaderCell::from("Điểm theo nhóm tiêu chí")
    };
    let header = vec![
        vec![
            both("Hạng"),
            both("Đơn vị"),
            over,
            both("Tự chấm"),
            both("Tổng điểm"),
            both("Xếp loại"),
        ],
        groups
            .iter()
            .map(|group| HeaderCell::from(group.code.as_str()))
            .collect(),
    ];
    let rows = published.rows.iter().map(|row| Row {
        cells: cells(published, row, groups)
            .into_iter()
            .map(Cell::from)
            .collect(),
        is_strong: false,
    });
    Block::Table(Table {
        caption: String::new(),
        columns,
        header,
        rows: rows.collect(),
    })
}

fn cells(published: &Published, row: &StandingRow, groups: &[Criterion]) -> Vec<String> {
    let place = if row.is_shared {
        format!("{} (đồng hạng)", row.place)
    } else {
        row.place.to_string()
    };
    let mut cells = vec![place, row.place_name.clone()];
    cells.extend(
        groups
            .iter()
            .map(|group| points(published, scoring::points_in(&row.tally, group))),
    );
    cells.extend([
        points(published, row.own.total),
        points(published, row.tally.total),
        row.tally.class.clone().unwrap_or_default(),
    ]);
    cells
}

/// Totals and places, with the sheets that they come from.
pub(super) fn listed(published: &Published, year: &Year) -> Vec<Figure> {
    let mut list = Vec::new();
    for row in &published.rows {
        let slug = year.member_of(row.unit_id).map_or("", |m| m.slug.as_str());
        list.push(Figure {
            label: format!("Tổng điểm: {}", row.place_name),
            value: points(published, row.tally.total),
            path: format!("{}/cham-diem/{slug}", year.path()),
        });
        list.push(Figure {
            label: format!("Hạng: {}", row.place_name),
            value: row.place.to_string(),
            path: format!("{}/cham-diem/xep-hang", year.path()),
        });
    }
    list
}
