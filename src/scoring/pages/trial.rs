//! What if: other weights, who would change place, how firm the places are. For the secretariat and the standing office, and
//! never stored.

use askama::Template;
use axum::{extract::RawQuery, response::Response};
use rust_decimal::Decimal;

use super::{
    super::{
        access,
        model::{Points, State},
        queries,
        what_if::{self, Candidate, Moved, Trial},
    },
    Ground, TrialPath, ground, sheet_view,
};
use crate::{
    criteria::{Criterion, Kind},
    ids::UnitId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        values::figure_text,
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
            .map_or_else(String::new, |(_, holds, all)| what_if::firm_words(*holds, *all))
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
    let awarded = queries::awarded_last_year(&mut db, &ground.year).await?;
    let candidates: Vec<Candidate> = sheets
        .iter()
        .filter(|s| s.state != State::Draft)
        .map(|sheet| Candidate {
            unit_id: sheet.unit_id,
            given: ground.scoring.given(sheet.unit_id, &sheet.lines, Points::points),
            awarded_last_year: awarded.contains(&sheet.unit_id),
        })
        .collect();
    let typed: Vec<(String, String)> = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    let mut errors = FieldErrors::default();
    let weights = what_if::weights(sheet_view::sets(&ground.scoring), &typed, &mut errors);
    let trial = Trial {
        set: &ground.scoring.set,
        supplement: ground.scoring.supplement.as_ref(),
        candidates: &candidates,
    };
    let fields = sheet_view::sets(&ground.scoring)
        .flat_map(|set| set.criteria.iter().map(move |criterion| (set, criterion)))
        .map(|(set, criterion)| {
            let text = what_if::typed_for(&typed, &criterion.code)
                .map_or_else(|| figure_text(criterion.maximum), str::to_owned);
            (criterion.clone(), set.depth(criterion), text)
        })
        .collect();
    page(&TrialPage {
        shell: visit.shell_in(&ground.year.place()),
        moved: trial.moved(&weights),
        firmness: trial.firmness(),
        is_changed: !weights.is_empty(),
        weights: fields,
        errors,
        ground,
    })
}
