//! The figures of a unit's report: group by group last year's value, what was registered, what was reached, the share.

use crate::{
    documents::{
        kinds::blocks::{columns, heading_row, told, unique},
        model,
    },
    indicators::{Group, Kind},
    kit::{
        documents::model::{Align, Block, HeaderCell, Row, Table},
        values::figure_text,
    },
    reports::{Asked, Content, Earlier, Figure, Period, Progress, Report},
};

/// The table before it is laid out.
pub(super) struct Figures {
    year: i32,
    period: Period,
    lines: Vec<Line>,
}

/// A figure in words.
struct Line {
    heading: &'static str,
    indicator: String,
    unit_of_measure: String,
    last: String,
    midyear: String,
    registered: String,
    reached: String,
    share: String,
    note: String,
}

impl Figures {
    /// Out of what was handed in; with the years before where the reader may know them.
    pub(super) fn new(report: &Report, content: &Content, year: i32, sees_past: bool) -> Self {
        let asked = report.basis.rows_of(content.figures.iter(), report.period);
        let has_catalogue = content.figures.iter().any(|figure| figure.group.is_some());
        let figures = content.figures.iter().zip(&asked).map(|(figure, asked)| Line {
            heading: heading(figure.group, has_catalogue),
            ..Line::of(figure, report.period, Some(asked).filter(|_| sees_past))
        });
        let additions = content.additions.iter().map(|figure| Line {
            heading: "Kết quả ngoài đăng ký",
            ..Line::of(figure, report.period, None)
        });
        let mut lines: Vec<Line> = figures.chain(additions).collect();
        // Rows of a group stand together, wherever they came from; the groups keep the order in which they come first.
        let order: Vec<&'static str> = lines.iter().map(|line| line.heading).collect();
        lines.sort_by_key(|line| order.iter().position(|heading| *heading == line.heading));
        Self {
            year,
            period: report.period,
            lines,
        }
    }

    /// Whether there is anything to print.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The table; columns that nothing stands in are left out.
    pub(super) fn table(&self) -> Vec<Block> {
        let has_last = self.lines.iter().any(|line| !line.last.is_empty());
        let has_midyear = self.lines.iter().any(|line| !line.midyear.is_empty());
        let shape = self.shape(has_last, has_midyear);
        let mut rows = Vec::new();
        let mut current = "";
        for (at, line) in self.lines.iter().enumerate() {
            if line.heading != current && !line.heading.is_empty() {
                rows.push(heading_row(line.heading, shape.len()));
                current = line.heading;
            }
            rows.push(line.row(at + 1, has_last, has_midyear));
        }
        let widths: Vec<(u16, Align)> = shape.iter().map(|(_, width, align)| (*width, *align)).collect();
        let header = shape.into_iter().map(|(words, ..)| HeaderCell::from(words));
        let table = Block::Table(Table {
            caption: String::new(),
            columns: columns(&widths),
            header: vec![header.collect()],
            rows,
        });
        vec![table]
    }

    fn shape(&self, has_last: bool, has_midyear: bool) -> Vec<(String, u16, Align)> {
        let year = self.year;
        let reached = match self.period {
            Period::Annual => format!("Đạt được năm {year}"),
            Period::Midyear => "Đạt được 6 tháng".to_owned(),
        };
        let mut shape = vec![
            ("TT".to_owned(), 4, Align::Centre),
            ("Chỉ tiêu".to_owned(), 18, Align::Left),
            ("Đơn vị tính".to_owned(), 7, Align::Centre),
        ];
        if has_last {
            shape.push((format!("Năm {}", year - 1), 9, Align::Right));
        }
        if has_midyear {
            shape.push((format!("6 tháng đầu năm {year}"), 8, Align::Right));
        }
        shape.extend([
            (format!("Đăng ký năm {year}"), 8, Align::Right),
            (reached, 9, Align::Right),
            ("So với đăng ký".to_owned(), 13, Align::Left),
            ("Ghi chú".to_owned(), 13, Align::Left),
        ]);
        shape
    }

    /// Every figure of the paper, with the line of the report that it comes from.
    pub(super) fn listed(content: &Content, path: &str) -> Vec<model::Figure> {
        let mut labels = Vec::new();
        let mut list = Vec::new();
        for figure in content.all_figures() {
            let label = unique(
                &mut labels,
                figure.code.as_deref(),
                &figure.indicator,
                &figure.unit_of_measure,
            );
            let path = format!("{path}#so-lieu-{}", figure.id);
            if let Some(registered) = figure.registered {
                list.push(model::Figure {
                    label: format!("{label}: đăng ký"),
                    value: figure_text(registered),
                    path: path.clone(),
                });
            }
            list.push(model::Figure {
                label: format!("{label}: đạt được"),
                value: figure.words(),
                path,
            });
        }
        list
    }
}

fn heading(group: Option<Group>, has_catalogue: bool) -> &'static str {
    match group {
        Some(group) => group.label(),
        None if has_catalogue => "Chỉ tiêu đăng ký ngoài danh mục",
        None => "",
    }
}

impl Line {
    fn of(figure: &Figure, period: Period, past: Option<&Asked>) -> Self {
        let is_words = figure.answers_with() == Kind::Text;
        let progress = Progress::of(figure, period).filter(|_| !is_words);
        Self {
            heading: "",
            indicator: figure.indicator.clone(),
            unit_of_measure: figure.unit_of_measure.clone(),
            last: past
                .and_then(|asked| asked.last.as_ref())
                .map(Earlier::told)
                .filter(|_| !is_words)
                .unwrap_or_default(),
            midyear: past
                .and_then(|asked| asked.midyear.as_ref())
                .map(Earlier::told)
                .filter(|_| !is_words)
                .unwrap_or_default(),
            registered: figure.registered.map(figure_text).unwrap_or_default(),
            // Words are read from the left, in the widest column.
            reached: if is_words {
                "xem ghi chú".to_owned()
            } else {
                told(&figure.words(), figure.is_open_estimate())
            },
            share: progress.map(Progress::words).unwrap_or_default(),
            note: note(figure, is_words, past.is_some()),
        }
    }

    fn row(&self, number: usize, has_last: bool, has_midyear: bool) -> Row {
        let or_dash = |words: &str| (if words.is_empty() { "–" } else { words }).to_owned();
        let mut cells = vec![
            number.to_string(),
            self.indicator.clone(),
            self.unit_of_measure.clone(),
        ];
        if has_last {
            cells.push(or_dash(&self.last));
        }
        if has_midyear {
            cells.push(or_dash(&self.midyear));
        }
        cells.extend([
            or_dash(&self.registered),
            self.reached.clone(),
            or_dash(&self.share),
            self.note.clone(),
        ]);
        Row {
            cells: cells.into_iter().map(Into::into).collect(),
            is_strong: false,
        }
    }
}

/// The remark, the estimate that a final figure took the place of, and the answer to what was asked about it.
fn note(figure: &Figure, is_words: bool, sees_past: bool) -> String {
    let mut lines = Vec::new();
    if is_words {
        lines.push(figure.text.clone());
    }
    lines.push(figure.note.clone());
    if figure
        .difference()
        .is_some_and(|difference| !difference.is_zero())
    {
        lines.push(format!("Số ước khi nộp báo cáo: {}", figure_text(figure.reached)));
    }
    if let Some(explained) = figure.explained.as_ref().filter(|_| sees_past) {
        lines.push(format!("Giải trình: {}", explained.answer));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}
