//! Tables: those with lines, and those that only put pieces side by side.

use super::{
    Package,
    xml::{twips, whole},
};
use crate::kit::documents::layout::{Boxed, Columns, Grid, GridCell, INSET_X, INSET_Y, Item, Para, Side};

/// How a table looks.
struct Frame<'a> {
    widths: &'a [f64],
    /// Thickness of its lines in eighths of a point, and their colour.
    edge: Option<(&'a str, &'a str)>,
    inset: (f64, f64),
    is_centred: bool,
}

impl Package<'_> {
    /// Pieces side by side.
    pub fn columns(&mut self, columns: &Columns) -> anyhow::Result<()> {
        self.begin_table(&Frame {
            widths: &columns.widths,
            edge: None,
            inset: (0.0, 0.0),
            is_centred: false,
        });
        self.xml.open("w:tr", &[]);
        self.row_rule(columns.whole, false, None);
        for (items, width) in columns.cells.iter().zip(&columns.widths) {
            self.xml.open("w:tc", &[]);
            self.xml.open("w:tcPr", &[]);
            self.xml
                .empty("w:tcW", &[("w:w", &twips(*width)), ("w:type", "dxa")]);
            self.xml.close("w:tcPr");
            self.items(items)?;
            // A cell ends with a paragraph.
            if !matches!(
                items.last(),
                Some(Item::Para(_) | Item::Line(_) | Item::Picture(_))
            ) {
                self.room(1.0, false);
            }
            self.xml.close("w:tc");
        }
        self.xml.close("w:tr");
        self.xml.close("w:tbl");
        Ok(())
    }

    /// Words in a box: a table of one cell.
    pub fn boxed(&mut self, boxed: &Boxed) {
        let (thickness, colour) = ("8", if boxed.span.red { "FF0000" } else { "000000" });
        self.begin_table(&Frame {
            widths: &[boxed.width],
            edge: Some((thickness, colour)),
            inset: (0.0, 0.0),
            is_centred: true,
        });
        self.xml.open("w:tr", &[]);
        self.row_rule(true, false, Some(boxed.height));
        self.xml.open("w:tc", &[]);
        self.xml.open("w:tcPr", &[]);
        self.xml
            .empty("w:tcW", &[("w:w", &twips(boxed.width)), ("w:type", "dxa")]);
        self.xml.val("w:vAlign", "center");
        self.xml.close("w:tcPr");
        self.para(&Para::of(boxed.span.clone(), Side::Centre));
        self.xml.close("w:tc");
        self.xml.close("w:tr");
        self.xml.close("w:tbl");
    }

    /// A table with lines.
    pub fn grid(&mut self, grid: &Grid) {
        self.begin_table(&Frame {
            widths: &grid.widths,
            edge: Some(("4", "000000")),
            inset: (INSET_X, INSET_Y),
            is_centred: false,
        });
        for at in 0..grid.header.len() {
            self.xml.open("w:tr", &[]);
            self.row_rule(true, true, None);
            for (cell, line) in cells_of(&grid.header, at) {
                let merge = match (cell.down > 1, line == at) {
                    (false, _) => None,
                    (true, true) => Some("restart"),
                    (true, false) => Some("continue"),
                };
                self.cell(cell, grid, merge, true);
            }
            self.xml.close("w:tr");
        }
        for row in &grid.rows {
            self.xml.open("w:tr", &[]);
            self.row_rule(row.whole, false, None);
            for cell in &row.cells {
                self.cell(cell, grid, None, row.with_next);
            }
            self.xml.close("w:tr");
        }
        self.xml.close("w:tbl");
    }

    fn cell(&mut self, cell: &GridCell, grid: &Grid, merge: Option<&str>, with_next: bool) {
        let width: f64 = grid.widths[cell.column..cell.column + cell.across].iter().sum();
        let xml = &mut self.xml;
        xml.open("w:tc", &[]);
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", &twips(width)), ("w:type", "dxa")]);
        if cell.across > 1 {
            xml.val("w:gridSpan", cell.across);
        }
        if let Some(merge) = merge {
            xml.val("w:vMerge", merge);
        }
        xml.val("w:vAlign", "center");
        xml.close("w:tcPr");
        if merge == Some("continue") {
            self.room(1.0, false);
        } else {
            for para in &cell.paras {
                // A header isn't parted from the first row below it, nor is the heading of a group.
                let mut para = para.clone();
                para.with_next = with_next;
                self.para(&para);
            }
        }
        self.xml.close("w:tc");
    }

    fn begin_table(&mut self, frame: &Frame<'_>) {
        let xml = &mut self.xml;
        let total = twips(frame.widths.iter().sum());
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
        if frame.is_centred {
            xml.val("w:jc", "center");
        } else {
            xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
        }
        if let Some((thickness, colour)) = frame.edge {
            xml.open("w:tblBorders", &[]);
            for name in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                let edge = [
                    ("w:val", "single"),
                    ("w:sz", thickness),
                    ("w:space", "0"),
                    ("w:color", colour),
                ];
                xml.empty(name, &edge);
            }
            xml.close("w:tblBorders");
        }
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        let (across, down) = (twips(frame.inset.0), twips(frame.inset.1));
        xml.open("w:tblCellMar", &[]);
        for (name, width) in [
            ("w:top", &down),
            ("w:left", &across),
            ("w:bottom", &down),
            ("w:right", &across),
        ] {
            xml.empty(name, &[("w:w", width), ("w:type", "dxa")]);
        }
        xml.close("w:tblCellMar");
        xml.close("w:tblPr");
        xml.open("w:tblGrid", &[]);
        for width in frame.widths {
            xml.empty("w:gridCol", &[("w:w", &twips(*width))]);
        }
        xml.close("w:tblGrid");
    }

    fn row_rule(&mut self, is_whole: bool, is_header: bool, height: Option<f64>) {
        let xml = &mut self.xml;
        xml.open("w:trPr", &[]);
        if is_whole {
            xml.empty("w:cantSplit", &[]);
        }
        if let Some(height) = height {
            let height = whole(height / 25.4 * 1440.0);
            xml.empty("w:trHeight", &[("w:val", &height), ("w:hRule", "exact")]);
        }
        if is_header {
            xml.empty("w:tblHeader", &[]);
        }
        xml.close("w:trPr");
    }
}

/// The cells that cover a line of the header, with the line each begins in, from the left.
fn cells_of(header: &[Vec<GridCell>], at: usize) -> Vec<(&GridCell, usize)> {
    let mut cells: Vec<(&GridCell, usize)> = header[..=at]
        .iter()
        .enumerate()
        .flat_map(|(line, cells)| cells.iter().map(move |cell| (cell, line)))
        .filter(|(cell, line)| line + cell.down > at)
        .collect();
    cells.sort_by_key(|(cell, _)| cell.column);
    cells
}
