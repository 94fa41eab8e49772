//! What if: other weights, who would change place, how firm the places are. For the secretariat and the standing office, and
//! never stored.

use askama::Template;
use axum::{extract::RawQuery, response::Response};
use rust_decimal::Decimal;

use super::{
    super::{
        access,
        model::{Sheet, State},
        queries,
        what_if::{self, Moved, Weight},
    },
    Ground, TrialPath, ground, sheet_view,
};
use crate::{
    criteria::{Criterion, Kind},
    ids::UnitId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        values::{figure, figure_text},
    },
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "scoring/trial.html")]
struct TrialPage {
    shell: Shell,
    ground: Ground,
    /// Each criterion with what was typed for its maximum.
    weights: Vec<(Criterion, usize, String)>,
    moved: Vec<Moved>,
    firmness: Vec<(UnitId, usize, usize)>,
    errors: FieldErrors,
    is_changed: bool,
}

impl TrialPage {
    fn points(&self, points: &Decimal) -> String {
        self.ground.scoring.set.rules.points_text(*points)
    }

    fn place_of(&self, unit: &UnitId) -> String {
        self.ground
            .year
            .members
            .iter()
            .find(|m| m.unit_id == *unit)
            .map_or_else(String::new, |m| m.place.clone())
    }

    fn firm(&self, unit: &UnitId) -> String {
        self.firmness
            .iter()
            .find(|f| f.0 == *unit)
            .map_or_else(String::new, |(_, holds, all)| format!("{holds}/{all}"))
    }
}

pub(super) async fn show(path: TrialPath, RawQuery(query): RawQuery, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let ground = ground(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    if !access::may_try(actor, &ground.year) {
        return Err(AppError::Forbidden(
            "Chỉ đơn vị cụm trưởng đương nhiệm và Thường trực Hội đồng được thử đổi trọng số.".to_owned(),
        ));
    }
    let sheets = queries::of_year(&mut db, actor, &ground.year, &ground.scoring, visit.now).await?;
    let counted: Vec<&Sheet> = sheets.iter().filter(|s| s.state != State::Draft).collect();
    debug_assert!(
        counted
            .iter()
            .all(|s| access::sees(actor, &ground.year, &ground.scoring, s, visit.now))
    );
    let typed: Vec<(String, String)> = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    let mut errors = FieldErrors::default();
    let mut trial = Vec::new();
    let mut weights = Vec::new();
    for set in sheet_view::sets(&ground.scoring) {
        for criterion in &set.criteria {
            let found = typed.iter().find(|(code, _)| *code == criterion.code);
            let text = found.map_or_else(|| figure_text(criterion.maximum), |(_, text)| text.clone());
            if criterion.kind != Kind::Group && !criterion.maximum.is_zero() && !text.trim().is_empty() {
                let maximum = errors.read(criterion.code.clone(), figure(&text));
                if let Some(maximum) = maximum.filter(|m| *m != criterion.maximum) {
                    trial.push(Weight {
                        criterion_id: criterion.id,
                        factor: maximum / criterion.maximum,
                    });
                }
            }
            weights.push((criterion.clone(), set.depth(criterion), text));
        }
    }
    page(&TrialPage {
        shell: visit.shell_in(&ground.year.place()),
        moved: what_if::trial(&ground.scoring, &counted, &trial),
        firmness: what_if::firmness(&ground.scoring, &counted),
        is_changed: !trial.is_empty(),
        weights,
        errors,
        ground,
    })
}
