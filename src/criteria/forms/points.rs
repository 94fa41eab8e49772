//! Names and maxima of all groups and lines at once.

use serde::Deserialize;

use super::some_points;
use crate::{
    criteria::model::{CriteriaSet, Criterion},
    ids::CriterionId,
    kit::{
        fields::FieldErrors,
        values::{self, figure_typed},
    },
};

/// The form: columns aligned by position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of a criterion")]
pub struct PointsForm {
    pub version: i32,
    pub id: Vec<CriterionId>,
    pub name: Vec<String>,
    pub maximum: Vec<String>,
}

impl From<&CriteriaSet> for PointsForm {
    fn from(set: &CriteriaSet) -> Self {
        Self {
            version: set.version,
            id: set.criteria.iter().map(|c| c.id).collect(),
            name: set.criteria.iter().map(|c| c.name.clone()).collect(),
            maximum: set.criteria.iter().map(|c| figure_typed(c.maximum)).collect(),
        }
    }
}

impl PointsForm {
    /// What was typed for a criterion: its name and maximum.
    #[must_use]
    pub fn typed(&self, id: CriterionId) -> (&str, &str) {
        let place = self.id.iter().position(|known| *known == id);
        let name = place.and_then(|i| self.name.get(i)).map_or("", String::as_str);
        let maximum = place.and_then(|i| self.maximum.get(i)).map_or("", String::as_str);
        (name, maximum)
    }

    /// The criteria with what was typed; errors are at the place of a criterion in the table. A criterion that the form
    /// doesn't name stays as it is.
    pub fn check(&self, set: &CriteriaSet) -> Result<Vec<Criterion>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut criteria = set.criteria.clone();
        for (i, criterion) in criteria
            .iter_mut()
            .enumerate()
            .filter(|(_, c)| self.id.contains(&c.id))
        {
            let (name, maximum) = self.typed(criterion.id);
            let name = errors.read(
                format!("name-{i}"),
                values::required_line(name, 500, "tên tiêu chí"),
            );
            let maximum = errors.read(format!("maximum-{i}"), some_points(maximum, set.rules.decimals));
            if let (Some(name), Some(maximum)) = (name, maximum) {
                (criterion.name, criterion.maximum) = (name, maximum);
            }
        }
        let maximum_of = |id| criteria.iter().find(|c| c.id == id).map(|c| (&c.code, c.maximum));
        for (i, criterion) in criteria.iter().enumerate() {
            if let Some((code, most)) = criterion.parent_id.and_then(maximum_of)
                && criterion.maximum > most
                && errors.of(&format!("maximum-{i}")).is_none()
            {
                errors.add(
                    format!("maximum-{i}"),
                    super::line::beyond(criterion.maximum, code, most),
                );
            }
        }
        if errors.is_empty() {
            Ok(criteria)
        } else {
            Err(errors)
        }
    }
}
