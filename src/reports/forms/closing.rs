//! The form that closes a report.

use serde::Deserialize;

use super::super::{
    content::{Content, Figure},
    model::Report,
};
use crate::{
    ids::RowId,
    indicators::{self, Catalogue, Given},
    kit::{
        fields::FieldErrors,
        values::{self, figure_typed},
    },
};

/// The form that closes a report: a final figure for each estimate. The two lists are aligned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct FinalForm {
    pub version: i32,
    pub figure_id: Vec<RowId>,
    pub final_reached: Vec<String>,
}

impl FinalForm {
    /// The form to begin with: each estimate as it stands, to be confirmed or put right.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let open: Vec<&Figure> = report
            .content
            .iter()
            .flat_map(Content::all_figures)
            .filter(|f| f.is_open_estimate())
            .collect();
        Self {
            version: report.version,
            figure_id: open.iter().map(|f| f.id).collect(),
            final_reached: open.iter().map(|f| figure_typed(f.reached)).collect(),
        }
    }

    /// What was typed for a figure.
    #[must_use]
    pub fn typed(&self, id: &RowId) -> &str {
        self.figure_id
            .iter()
            .position(|known| known == id)
            .and_then(|i| self.final_reached.get(i))
            .map_or("", String::as_str)
    }

    /// The content with its final figures. Errors are at `final_reached-index`, counted over the estimates. The rules
    /// of the catalogue hold for final figures too; what breaks one is told at a figure that can still be changed.
    pub fn check(&self, content: &Content, catalogue: Option<&Catalogue>) -> Result<Content, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut closed = content.clone();
        let open = closed
            .figures
            .iter_mut()
            .chain(&mut closed.additions)
            .filter(|f| f.is_open_estimate());
        let mut codes = Vec::new();
        for (i, figure) in open.enumerate() {
            codes.push(figure.code.clone());
            figure.final_reached = errors.read(
                format!("final_reached-{i}"),
                values::figure(self.typed(&figure.id)),
            );
        }
        if errors.is_empty()
            && let Some(catalogue) = catalogue
        {
            check_rules(&closed, catalogue, &codes, &mut errors);
        }
        if errors.is_empty() {
            Ok(closed)
        } else {
            Err(errors)
        }
    }
}

fn check_rules(closed: &Content, catalogue: &Catalogue, open: &[Option<String>], errors: &mut FieldErrors) {
    let given: Given = closed
        .figures
        .iter()
        .filter_map(|f| Some((f.code.clone()?, f.value())))
        .collect();
    let name_of = |code: &str| {
        catalogue
            .find(code)
            .map_or_else(|| code.to_owned(), |i| i.name.clone())
    };
    for indicator in closed
        .figures
        .iter()
        .filter_map(|f| catalogue.find(f.code.as_deref()?))
    {
        let Some(message) = indicators::broken(indicator, &given, true, name_of) else {
            continue;
        };
        let mut concerned = std::iter::once(&indicator.code)
            .chain(&indicator.sum_of)
            .chain(&indicator.not_more_than);
        let place = concerned.find_map(|code| open.iter().position(|o| o.as_ref() == Some(code)));
        if let Some(i) = place {
            errors.add(
                format!("final_reached-{i}"),
                format!("{}: {message}", indicator.name),
            );
        }
    }
}
