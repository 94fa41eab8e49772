//! A group or line of a table.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{points, some_points};
use crate::{
    criteria::{
        bound::Bindable,
        model::{Band, CriteriaSet, Criterion, Fact, Kind, Measured},
    },
    ids::CriterionId,
    kit::{
        fields::FieldErrors,
        values::{self, figure_text, figure_typed},
    },
};

/// The form: the fields of every kind; only those of the chosen one count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of a criterion")]
pub struct LineForm {
    pub version: i32,
    pub parent: String,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub maximum: String,
    pub points_at_target: String,
    pub full_at_percent: String,
    pub nothing_below_percent: String,
    pub steps_of: String,
    pub band_from: Vec<String>,
    pub band_points: Vec<String>,
    pub each: String,
    pub needs_evidence: String,
    pub indicator: String,
    pub fact: String,
    pub note: String,
}

/// At most this many steps.
const MOST_BANDS: usize = 20;

/// What a line beyond its group's maximum is told.
pub(super) fn beyond(maximum: Decimal, group: &str, most: Decimal) -> String {
    format!(
        "{} điểm vượt điểm tối đa {} của nhóm {group}. Hãy nhập số không quá {}, hoặc nâng điểm tối đa của nhóm trước.",
        figure_text(maximum),
        figure_text(most),
        figure_text(most)
    )
}

impl From<&Criterion> for LineForm {
    fn from(criterion: &Criterion) -> Self {
        let mut form = Self {
            parent: criterion.parent_id.map(|id| id.to_string()).unwrap_or_default(),
            code: criterion.code.clone(),
            name: criterion.name.clone(),
            kind: criterion.kind.code().to_owned(),
            maximum: figure_typed(criterion.maximum),
            needs_evidence: if criterion.needs_evidence { "1" } else { "" }.to_owned(),
            indicator: criterion.indicator.clone().unwrap_or_default(),
            fact: criterion.fact.map(|f| f.code().to_owned()).unwrap_or_default(),
            note: criterion.note.clone(),
            ..Self::default()
        };
        match &criterion.kind {
            Kind::TargetRatio {
                points_at_target,
                full_at_percent,
                nothing_below_percent,
            } => {
                form.points_at_target = figure_typed(*points_at_target);
                form.full_at_percent = figure_typed(*full_at_percent);
                form.nothing_below_percent = figure_typed(*nothing_below_percent);
            }
            Kind::Steps { of, bands } => {
                of.code().clone_into(&mut form.steps_of);
                form.band_from = bands.iter().map(|b| figure_typed(b.from)).collect();
                form.band_points = bands.iter().map(|b| figure_typed(b.points)).collect();
            }
            Kind::Count { each }
            | Kind::Bonus { each: Some(each) }
            | Kind::Deduction { each: Some(each) } => {
                form.each = figure_typed(*each);
            }
            _ => {}
        }
        form
    }
}

impl LineForm {
    /// The form with empty rows for more steps.
    #[must_use]
    pub fn with_spare_rows(mut self) -> Self {
        let rows = (self.band_from.len().max(self.band_points.len()) + 2).clamp(4, MOST_BANDS);
        self.band_from.resize(rows, String::new());
        self.band_points.resize(rows, String::new());
        self
    }

    /// The checked criterion with this id, for this place in the table.
    pub fn check(
        &self,
        set: &CriteriaSet,
        id: CriterionId,
        bindable: &Bindable,
    ) -> Result<Criterion, FieldErrors> {
        let mut errors = FieldErrors::default();
        let decimals = set.rules.decimals;
        let parent = errors.read("parent", self.read_parent(set, id)).flatten();
        let code = errors.read("code", self.read_code(set, id));
        let name = errors.read("name", values::required_line(&self.name, 500, "tên tiêu chí"));
        let maximum = errors.read("maximum", some_points(&self.maximum, decimals));
        if let (Some(maximum), Some(group)) = (maximum, parent)
            && maximum > group.maximum
        {
            errors.add("maximum", beyond(maximum, &group.code, group.maximum));
        }
        let kind = self.read_kind(set, id, maximum, &mut errors);
        let indicator = errors.read("indicator", values::line(&self.indicator, 20));
        let indicator = errors.read("indicator", bindable.read(indicator)).flatten();
        let fact = match self.fact.trim() {
            "" => Ok(None),
            code => Fact::from_code(code)
                .map(Some)
                .ok_or_else(|| "Hãy chọn trong danh sách.".to_owned()),
        };
        let fact = errors.read("fact", fact).flatten();
        let takes_facts =
            |kind: &Kind| matches!(kind, Kind::YesNo | Kind::Bonus { .. } | Kind::Deduction { .. });
        if fact.is_some() && kind.as_ref().is_some_and(|kind| !takes_facts(kind)) {
            errors.add(
                "fact",
                "Chỉ tiêu chí “có hoặc không”, điểm thưởng, điểm trừ mới gắn được với việc hệ thống tự xác định.",
            );
        }
        let note = errors.read("note", values::paragraphs(&self.note, 1000));
        match (code, name, maximum, kind) {
            (Some(code), Some(name), Some(maximum), Some(kind)) if errors.is_empty() => Ok(Criterion {
                id,
                parent_id: parent.map(|group| group.id),
                code,
                name,
                needs_evidence: !self.needs_evidence.is_empty() && kind != Kind::Group,
                indicator,
                fact,
                kind,
                maximum,
                note: note.unwrap_or_default(),
            }),
            _ => Err(errors),
        }
    }

    fn read_parent<'a>(
        &self,
        set: &'a CriteriaSet,
        id: CriterionId,
    ) -> Result<Option<&'a Criterion>, String> {
        if self.parent.trim().is_empty() {
            return Ok(None);
        }
        let groups = set.groups_for(Some(id));
        let found = groups
            .into_iter()
            .find(|group| group.id.to_string() == self.parent.trim());
        found
            .map(Some)
            .ok_or_else(|| "Hãy chọn một nhóm trong danh sách.".to_owned())
    }

    fn read_code(&self, set: &CriteriaSet, id: CriterionId) -> Result<String, String> {
        let code = values::required_line(&self.code, 20, "mã, ví dụ III.1")?;
        if !code.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-') {
            return Err("Mã chỉ gồm chữ, số, dấu chấm và gạch nối, ví dụ III.1.".to_owned());
        }
        match set.by_code(&code).filter(|known| known.id != id) {
            Some(known) => Err(format!(
                "Mã {code} đã dùng cho “{}”. Hãy chọn mã khác.",
                known.name
            )),
            None => Ok(code),
        }
    }

    fn read_kind(
        &self,
        set: &CriteriaSet,
        id: CriterionId,
        maximum: Option<Decimal>,
        errors: &mut FieldErrors,
    ) -> Option<Kind> {
        let decimals = set.rules.decimals;
        let most = maximum.unwrap_or(Decimal::MAX);
        let within = |typed: &str| {
            let value = points(typed, decimals)?;
            if value > most {
                return Err(format!(
                    "{} lớn hơn điểm tối đa {} của tiêu chí. Hãy nhập số không quá {}.",
                    figure_text(value),
                    figure_text(most),
                    figure_text(most)
                ));
            }
            Ok(value)
        };
        let each = |errors: &mut FieldErrors| errors.read("each", within(&self.each));
        let is_open = self.each.trim().is_empty();
        let kind = match self.kind.as_str() {
            "group" => Some(Kind::Group),
            "target_ratio" => self.read_ratio(&within, errors),
            "steps" => self.read_steps(&within, errors),
            "count" => each(errors).map(|each| Kind::Count { each }),
            "yes_no" => Some(Kind::YesNo),
            "judged" => Some(Kind::Judged),
            "bonus" if is_open => Some(Kind::Bonus { each: None }),
            "bonus" => each(errors).map(|each| Kind::Bonus { each: Some(each) }),
            "deduction" if is_open => Some(Kind::Deduction { each: None }),
            "deduction" => each(errors).map(|each| Kind::Deduction { each: Some(each) }),
            "leader_relative" => Some(Kind::LeaderRelative),
            _ => {
                errors.add("kind", "Hãy chọn cách chấm.");
                None
            }
        };
        if kind.as_ref().is_some_and(|k| *k != Kind::Group) && set.children(Some(id)).next().is_some() {
            errors.add("kind", "Nhóm này đang có tiêu chí bên trong nên phải giữ là nhóm. Hãy chuyển hoặc xóa các tiêu chí đó trước.");
        }
        kind
    }

    fn read_ratio(
        &self,
        within: &impl Fn(&str) -> Result<Decimal, String>,
        errors: &mut FieldErrors,
    ) -> Option<Kind> {
        let points_at_target = errors.read("points_at_target", within(&self.points_at_target));
        let percent = |typed: &str, empty: i64| match typed.trim().trim_end_matches('%') {
            "" => Ok(Decimal::from(empty)),
            typed => values::figure(typed),
        };
        let full = percent(&self.full_at_percent, 100).and_then(|full| {
            if (Decimal::ONE_HUNDRED..=Decimal::ONE_THOUSAND).contains(&full) {
                Ok(full)
            } else {
                Err("Hãy nhập tỷ lệ từ 100 đến 1000.".to_owned())
            }
        });
        let full_at_percent = errors.read("full_at_percent", full);
        let below = percent(&self.nothing_below_percent, 0).and_then(|below| {
            if below <= Decimal::ONE_HUNDRED {
                Ok(below)
            } else {
                Err("Hãy nhập tỷ lệ từ 0 đến 100.".to_owned())
            }
        });
        let nothing_below_percent = errors.read("nothing_below_percent", below);
        Some(Kind::TargetRatio {
            points_at_target: points_at_target?,
            full_at_percent: full_at_percent?,
            nothing_below_percent: nothing_below_percent?,
        })
    }

    fn read_steps(
        &self,
        within: &impl Fn(&str) -> Result<Decimal, String>,
        errors: &mut FieldErrors,
    ) -> Option<Kind> {
        let of = Measured::from_code(&self.steps_of).ok_or_else(|| "Hãy chọn tính bậc theo gì.".to_owned());
        let of = errors.read("steps_of", of);
        let before = errors.len();
        let mut bands: Vec<Band> = Vec::new();
        for (i, (from, points)) in self
            .band_from
            .iter()
            .zip(&self.band_points)
            .take(MOST_BANDS)
            .enumerate()
        {
            if from.trim().is_empty() && points.trim().is_empty() {
                continue;
            }
            let from = errors.read(format!("band_from-{i}"), values::figure(from));
            let points = errors.read(format!("band_points-{i}"), within(points));
            if let (Some(from), Some(points)) = (from, points) {
                if bands.iter().any(|band| band.from == from) {
                    errors.add(format!("band_from-{i}"), "Đã có bậc khác từ mức này.");
                }
                bands.push(Band { from, points });
            }
        }
        if bands.is_empty() && errors.len() == before {
            errors.add(
                "band_from-0",
                "Hãy ghi ít nhất một bậc: từ bao nhiêu thì được bao nhiêu điểm.",
            );
        }
        bands.sort_by_key(|band| band.from);
        Some(Kind::Steps { of: of?, bands })
    }
}
