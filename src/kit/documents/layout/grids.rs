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
/// No column gets narrower than this, in millimetres.
const LEAST: f64 = 12.0 * MM_PER_POINT + 2.0 * INSET_X;
/// A word asks for at most this part of the page: an address typed without spaces is cut.
const WIDEST: f64 = 0.25;
/// Kept free beside the longest word, in millimetres: other offices measure letters a little wider.
const SLACK: f64 = 0.4;
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
        let header = self.header(&table.header, table.columns.len());
        let widths = self.widths(table, &header, section.measure());
        let rows = table.rows.iter().enumerate().map(|(at, row)| GridRow {
            // A strong row before others heads them, be it words all across or the sums of a group.
            heads: row.is_strong && at + 1 < table.rows.len(),
            ..self.row(row, table, &widths, section.depth())
        });
        items.push(Item::Grid(Grid {
            rows: rows.collect(),
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

    /// The columns share what there is by their weights, but none gets narrower than the longest word in it: no number and
    /// no heading is cut. Where all words together are wider than the page, each gives up its part.
    fn widths(&self, table: &Table, header: &[Vec<GridCell>], measure: f64) -> Vec<f64> {
        let most = measure * WIDEST;
        let mut needs: Vec<f64> = vec![0.0; table.columns.len()];
        let alone = header.iter().flatten().filter(|cell| cell.across == 1);
        for cell in alone {
            let words = cell.paras.iter().map(Para::longest_word).fold(0.0, f64::max);
            needs[cell.column] = needs[cell.column].max(words);
        }
        for row in &table.rows {
            let style = self.cell_style(row);
            let mut column = 0;
            for cell in &row.cells {
                if cell.across == 1
                    && let Some(need) = needs.get_mut(column)
                {
                    let paras = cell_paras(&cell.text, style, Side::Left);
                    let words = paras.iter().map(Para::longest_word).fold(0.0, f64::max);
                    *need = need.max(words);
                }
                column += cell.across.max(1);
            }
        }
        let needs: Vec<f64> = needs
            .into_iter()
            .map(|words| (words + 2.0 * INSET_X + SLACK).clamp(LEAST, most.max(LEAST)))
            .collect();
        let weights: Vec<f64> = table
            .columns
            .iter()
            .map(|column| f64::from(column.width.max(1)))
            .collect();
        shared(&needs, &weights, measure)
    }

    fn cell_style(&self, row: &Row) -> Style {
        Style {
            bold: row.is_strong,
            ..self.profile.figures.cell
        }
    }

    fn row(&self, row: &Row, table: &Table, widths: &[f64], depth: f64) -> GridRow {
        let style = self.cell_style(row);
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
        GridRow {
            cells,
            whole: tallest < depth * TALLEST,
            heads: false,
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

/// What there is, shared by weights; a column whose share is less than it needs gets just that.
fn shared(needs: &[f64], weights: &[f64], measure: f64) -> Vec<f64> {
    let needed: f64 = needs.iter().sum();
    if needed >= measure {
        return needs.iter().map(|need| need * measure / needed).collect();
    }
    let mut is_short = vec![false; needs.len()];
    loop {
        let taken: f64 = needs
            .iter()
            .zip(&is_short)
            .filter(|(_, short)| **short)
            .map(|(need, _)| need)
            .sum();
        let open: f64 = weights
            .iter()
            .zip(&is_short)
            .filter(|(_, short)| !**short)
            .map(|(weight, _)| weight)
            .sum();
        let share = |at: usize| weights[at] / open * (measure - taken);
        let next = (0..needs.len()).find(|at| !is_short[*at] && share(*at) < needs[*at]);
        match next {
            Some(at) => is_short[at] = true,
            None => {
                return (0..needs.len())
                    .map(|at| if is_short[at] { needs[at] } else { share(at) })
                    .collect();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_wide_as_it_needs_and_the_others_share_the_rest() {
        assert_eq!(
            shared(&[8.0, 8.0, 8.0], &[1.0, 6.0, 3.0], 100.0),
            [10.0, 60.0, 30.0]
        );
        assert_eq!(
            shared(&[19.0, 8.0, 8.0], &[1.0, 6.0, 3.0], 100.0),
            [19.0, 54.0, 27.0]
        );
        assert_eq!(
            shared(&[10.0, 8.0, 30.0], &[1.0, 8.0, 1.0], 100.0),
            [10.0, 60.0, 30.0]
        );
        assert_eq!(shared(&[60.0, 60.0], &[1.0, 1.0], 60.0), [30.0, 30.0]);
        assert!(shared(&[], &[], 60.0).is_empty());
    }
}
