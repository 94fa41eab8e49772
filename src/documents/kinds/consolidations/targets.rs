//! The targets of all units side by side: indicators by units, with totals where they can be added up.

use rust_decimal::Decimal;

use crate::{
    consolidations::Content,
    documents::{
        kinds::blocks::{columns, heading_row, unique},
        model::Figure,
    },
    indicators::{Catalogue, Indicator, Kind},
    kit::{
        documents::model::{Align, Block, HeaderCell, Row, Table},
        text::fold,
        values::{figure_text, whole_text},
    },
    registrations::{Registration, Target},
    years::Year,
};

/// So many units stand beside each other in one table; more get a further one below.
const UNITS_ABREAST: usize = 10;

/// Indicators by units.
#[derive(Default)]
pub(super) struct Targets {
    units: Vec<Unit>,
    lines: Vec<Line>,
}

/// A unit that registered.
struct Unit {
    place: String,
    slug: String,
}

/// An indicator with what each unit wants to reach.
struct Line {
    heading: &'static str,
    code: Option<String>,
    indicator: String,
    unit_of_measure: String,
    kind: Kind,
    cells: Vec<Option<Decimal>>,
}

impl Targets {
    /// Out of the registrations of those units that stand in the table, in the order of the catalogue; what isn't in it
    /// comes last, as the units wrote it.
    pub(super) fn new(
        year: &Year,
        content: &Content,
        registrations: &[Registration],
        catalogue: Option<&Catalogue>,
    ) -> Self {
        let place = |slug: &str| year.member(slug).map(|m| m.place.clone()).unwrap_or_default();
        let units: Vec<Unit> = content
            .lines
            .iter()
            .map(|line| Unit {
                place: place(&line.slug),
                slug: line.slug.clone(),
            })
            .collect();
        let mut lines: Vec<Line> = Vec::new();
        for (at, unit) in content.lines.iter().enumerate() {
            let registration = registrations.iter().find(|r| r.unit_id == unit.unit_id);
            let registered = registration.and_then(|r| r.content.as_ref());
            for target in registered.iter().flat_map(|content| &content.targets) {
                let known = catalogue.and_then(|catalogue| known(catalogue, target));
                let own = Line::of(target, known, catalogue.is_some(), units.len());
                // A unit may have written the same twice: then it stands there twice.
                let found = lines
                    .iter()
                    .position(|line| line.is_same(&own) && line.cells[at].is_none());
                let found = found.unwrap_or_else(|| {
                    lines.push(own);
                    lines.len() - 1
                });
                lines[found].cells[at] = Some(target.target);
            }
        }
        let place_of = |line: &Line| {
            let mut order = catalogue.into_iter().flat_map(|catalogue| &catalogue.indicators);
            let place = order.position(|indicator| Some(&indicator.code) == line.code.as_ref());
            place.unwrap_or(usize::MAX)
        };
        lines.sort_by_key(place_of);
        Self { units, lines }
    }

    /// Whether there is anything to print.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The units side by side.
    pub(super) fn tables(&self) -> Vec<Block> {
        let starts = (0..self.units.len()).step_by(UNITS_ABREAST);
        starts
            .map(|start| self.abreast(start..(start + UNITS_ABREAST).min(self.units.len())))
            .collect()
    }

    fn abreast(&self, units: std::ops::Range<usize>) -> Block {
        let is_last = units.end == self.units.len();
        let mut shape = vec![(4, Align::Centre), (17, Align::Left), (7, Align::Centre)];
        let mut header: Vec<HeaderCell> = ["TT", "Chỉ tiêu", "Đơn vị tính"].map(Into::into).to_vec();
        for unit in &self.units[units.clone()] {
            shape.push((7, Align::Right));
            header.push(unit.place.as_str().into());
        }
        if is_last {
            shape.push((8, Align::Right));
            header.push("Cộng".into());
        }
        let mut rows = Vec::new();
        let mut current = "";
        for (at, line) in self.lines.iter().enumerate() {
            if line.heading != current && !line.heading.is_empty() {
                rows.push(heading_row(line.heading, shape.len()));
                current = line.heading;
            }
            let mut cells = vec![
                (at + 1).to_string(),
                line.indicator.clone(),
                line.unit_of_measure.clone(),
            ];
            cells.extend(line.cells[units.clone()].iter().map(|cell| line.words(*cell)));
            if is_last {
                cells.push(line.total().unwrap_or_else(|| "–".to_owned()));
            }
            rows.push(Row {
                cells: cells.into_iter().map(Into::into).collect(),
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

    /// Each target with the registration that it comes from.
    pub(super) fn listed(&self, year: &Year) -> Vec<Figure> {
        let mut labels = Vec::new();
        let mut list = Vec::new();
        for line in &self.lines {
            let label = unique(
                &mut labels,
                line.code.as_deref(),
                &line.indicator,
                &line.unit_of_measure,
            );
            let known = self.units.iter().zip(&line.cells);
            list.extend(
                known
                    .filter(|(_, cell)| cell.is_some())
                    .map(|(unit, cell)| Figure {
                        label: format!("{label}: {}", unit.place),
                        value: line.words(*cell),
                        path: format!("{}/dang-ky/{}", year.path(), unit.slug),
                    }),
            );
        }
        list
    }
}

/// The indicator of the catalogue that a target is, also where it was registered before the catalogue was issued.
fn known<'a>(catalogue: &'a Catalogue, target: &Target) -> Option<&'a Indicator> {
    let by_code = target.code.as_ref().and_then(|code| catalogue.find(code));
    by_code.or_else(|| catalogue.named(&target.indicator))
}

impl Line {
    fn of(target: &Target, known: Option<&Indicator>, has_catalogue: bool, units: usize) -> Self {
        let kind = match known {
            Some(indicator) => indicator.kind,
            None if target.unit_of_measure.contains('%') => Kind::Ratio,
            None => Kind::Count,
        };
        Self {
            heading: match known {
                Some(indicator) => indicator.group.label(),
                None if has_catalogue => "Ngoài danh mục",
                None => "",
            },
            code: known.map(|indicator| indicator.code.clone()),
            indicator: target.indicator.clone(),
            unit_of_measure: target.unit_of_measure.clone(),
            kind,
            cells: vec![None; units],
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (&self.code, &other.code) {
            (Some(own), Some(other)) => own == other,
            (None, None) => {
                fold(&self.indicator) == fold(&other.indicator)
                    && fold(&self.unit_of_measure) == fold(&other.unit_of_measure)
            }
            _ => false,
        }
    }

    fn words(&self, cell: Option<Decimal>) -> String {
        match (self.kind, cell) {
            (_, None) => "–".to_owned(),
            (Kind::YesNo, Some(value)) if value.is_zero() => "không".to_owned(),
            (Kind::YesNo, Some(_)) => "có".to_owned(),
            (_, Some(value)) => figure_text(value),
        }
    }

    /// What all units together want to reach; none where nothing can be added up.
    fn total(&self) -> Option<String> {
        let known = || self.cells.iter().flatten();
        match self.kind {
            Kind::Count | Kind::Money => known()
                .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))
                .map(figure_text),
            Kind::YesNo => Some(format!(
                "{} có",
                whole_text(known().filter(|value| !value.is_zero()).count())
            )),
            Kind::Ratio | Kind::Text => None,
        }
    }
}
