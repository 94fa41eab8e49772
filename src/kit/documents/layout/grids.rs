//! Tables.

use super::{Grid, GridCell, GridRow, Item, Para, Press, Section, Side, pieces::paras};
use crate::kit::documents::{
    fonts::MM_PER_POINT,
    model::{Align, HeaderCell, Rich, Row, Table},
    profile::{Lines, Style},
    wording::clean_line,
};

/// Between the text of a cell and the lines at its sides, in millimetres.
pub const INSET_X: f64 = 1.5;
/// Between the text of a cell and the lines above and below, in millimetres.
pub const INSET_Y: f64 = 0.8;
/// A row that takes more than this part of a page may be cut: it might not fit on any.
const TALLEST: f64 = 0.7;

impl Press<'_> {
    /// A table, below its caption. Without columns there is nothing to show.
    pub fn table(&self, table: &Table, section: &Section) -> Vec<Item> {
        let gap = self.profile.body.gap;
        let mut items = Vec::new();
        let caption = clean_line(&table.caption);
        if !caption.is_empty() {
            let para = Para::new(caption, self.profile.figures.caption, Side::Centre);
            items.push(Item::Para(para.above(gap).with_next()));
        }
        if table.columns.is_empty() || (table.rows.is_empty() && table.header.is_empty()) {
            return items;
        }
        let widths = widths(table, section.measure());
        let header = self.header(&table.header, widths.len());
        let rows = table
            .rows
            .iter()
            .map(|row| self.row(row, table, &widths, section.depth()));
        let mut rows: Vec<GridRow> = rows.collect();
        if let Some(last) = rows.last_mut() {
            last.with_next = false;
        }
        items.push(Item::Grid(Grid {
            rows,
            widths,
            header,
            above: gap,
        }));
        items
    }

    /// The lines of the header: a cell that reaches down takes its place in the lines below.
    fn header(&self, lines: &[Vec<HeaderCell>], columns: usize) -> Vec<Vec<GridCell>> {
        let style = self.profile.figures.header;
        let mut taken = vec![vec![false; columns]; lines.len()];
        let mut header = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let mut cells = Vec::new();
            let mut given = line.iter();
            let mut column = 0;
            while column < columns {
                if taken[at][column] {
                    column += 1;
                    continue;
                }
                let free = taken[at][column..].iter().take_while(|taken| !**taken).count();
                let (text, across, down) = given
                    .next()
                    .map_or(("", 1, 1), |cell| (cell.text.as_str(), cell.across, cell.down));
                let (across, down) = (across.clamp(1, free), down.clamp(1, lines.len() - at));
                for line in &mut taken[at..at + down] {
                    line[column..column + across].fill(true);
                }
                cells.push(GridCell {
                    paras: cell_paras(&text.into(), style, Side::Centre),
                    column,
                    across,
                    down,
                });
                column += across;
            }
            header.push(cells);
        }
        header
    }

    fn row(&self, row: &Row, table: &Table, widths: &[f64], depth: f64) -> GridRow {
        let style = Style {
            bold: row.is_strong,
            ..self.profile.figures.cell
        };
        let mut cells = Vec::new();
        let mut column = 0;
        let mut given = row.cells.iter();
        let mut tallest: f64 = 0.0;
        while column < widths.len() {
            let cell = given.next();
            let across = cell.map_or(1, |cell| cell.across.clamp(1, widths.len() - column));
            let side = match table.columns[column].align {
                Align::Left => Side::Left,
                Align::Centre => Side::Centre,
                Align::Right => Side::Right,
            };
            let paras = cell.map_or_else(
                || cell_paras(&Rich::default(), style, side),
                |cell| cell_paras(&cell.text, style, side),
            );
            let wide: f64 = widths[column..column + across].iter().sum();
            let height: f64 = paras.iter().map(|para| para.height(wide - 2.0 * INSET_X)).sum();
            tallest = tallest.max(height + 2.0 * INSET_Y);
            cells.push(GridCell {
                paras,
                column,
                across,
                down: 1,
            });
            column += across;
        }
        let is_whole = tallest < depth * TALLEST;
        GridRow {
            // One bold cell all across is a heading.
            with_next: is_whole && row.is_strong && cells.len() == 1 && widths.len() > 1,
            cells,
            whole: is_whole,
        }
    }
}

/// The paragraphs of a cell; at least one, for the height of an empty row.
fn cell_paras(text: &Rich, style: Style, side: Side) -> Vec<Para> {
    let paras = paras(text, style, side, Lines::Times(1.0));
    if paras.is_empty() {
        vec![Para::new("", style, side)]
    } else {
        paras
    }
}

/// The columns share what there is by their weights, but none gets too narrow for a few letters.
fn widths(table: &Table, measure: f64) -> Vec<f64> {
    let count = u32::try_from(table.columns.len()).map_or(1.0, f64::from);
    let least = (12.0 * MM_PER_POINT + 2.0 * INSET_X).min(measure / count);
    let total: f64 = table
        .columns
        .iter()
        .map(|column| f64::from(column.width.max(1)))
        .sum();
    let raw: Vec<f64> = table
        .columns
        .iter()
        .map(|column| (f64::from(column.width.max(1)) / total * measure).max(least))
        .collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter().map(|width| width * measure / sum).collect()
}
