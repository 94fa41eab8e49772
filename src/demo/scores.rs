//! Scores: opened, given by each unit, appraised by another, explained, confirmed.

use anyhow::{Context, anyhow};
use chrono::Duration;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{Act as Any, score_shapes::Score, shapes, timeline::Timeline};
use crate::{
    criteria::Kind,
    kit::{clock::Moment, values::figure_typed},
    papers::{self, History},
    people::Actor,
    scoring::{self, AppraisalForm, Asked, Exemption, ExplanationForm, Scoring, SelfScoreForm, Sheet},
    years::{self, Year},
};

/// How long before handing in the form was saved.
const WRITING: Duration = Duration::minutes(30);
/// From one round of an appraisal to the next.
const ROUND: Duration = Duration::hours(20);

/// An act of a year's scoring.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Open,
    Exempt(&'a Score),
    Save(&'a Score),
    Submit(&'a Score),
    Ask(&'a Score),
    Explain(&'a Score),
    Finish(&'a Score),
    Lock,
}

/// The acts that lead the scores of the year to where they are.
pub fn plan<'a>(year: &'a shapes::ClusterYear, timeline: &mut Timeline<'a>) {
    let Some(scoring) = &year.scoring else { return };
    let mut add = |at: Moment, by: &'a str, what| timeline.add(at, Any::Score(Act { year, by, what }));
    add(scoring.opened_at, &scoring.by, What::Open);
    for sheet in &scoring.sheets {
        if !sheet.exempt.is_empty() {
            add(scoring.opened_at + WRITING, &scoring.by, What::Exempt(sheet));
        }
        if let Some(at) = sheet.submitted_at {
            add(at - WRITING, &sheet.by, What::Save(sheet));
            add(at, &sheet.by, What::Submit(sheet));
        }
        if let Some(at) = sheet.asked_at {
            add(at, "", What::Ask(sheet));
        }
        if let Some(at) = sheet.appraised_at {
            if sheet.cuts.iter().any(|cut| !cut.question.is_empty()) {
                add(at - ROUND - ROUND, "", What::Ask(sheet));
                add(at - ROUND, &sheet.by, What::Explain(sheet));
            }
            add(at, "", What::Finish(sheet));
        }
    }
    if let Some(at) = scoring.locked_at {
        add(at, &scoring.by, What::Lock);
    }
}

/// What is needed to act: who, the scoring, the sheet as it is now with what it asks.
struct Desk {
    actor: Actor,
    scoring: Scoring,
    sheet: Sheet,
    draft: SelfScoreForm,
    history: History,
    asked: Vec<Asked>,
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("{} {}, scores", self.year.cluster, self.year.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        match self.what {
            What::Open => {
                let actor = super::actor(db, self.by, at).await?;
                Ok(scoring::open(db, at, &actor, &year).await?)
            }
            What::Lock => {
                let actor = super::actor(db, self.by, at).await?;
                let scoring = found(db, &year).await?;
                scoring::lock_all(db, at, &actor, &year, &scoring).await?;
                Ok(())
            }
            What::Exempt(score) => self.exempt(db, at, &year, score).await,
            What::Save(score) => {
                let desk = self.desk(db, at, &year, score).await?;
                let typed = typed(score, &desk);
                let (actor, sheet) = (&desk.actor, &desk.sheet);
                scoring::save_draft(db, at, actor, &desk.scoring, sheet, sheet.version, &typed).await?;
                Ok(())
            }
            What::Submit(score) => {
                let d = self.desk(db, at, &year, score).await?;
                let version = d.sheet.version;
                scoring::submit(
                    db, at, &d.actor, &year, &d.scoring, &d.sheet, &d.draft, &d.asked, &d.history, version,
                )
                .await?;
                Ok(())
            }
            What::Ask(score) => {
                let d = self.desk(db, at, &year, score).await?;
                let form = appraisal(score, &d, true);
                let (actor, sheet) = (&d.actor, &d.sheet);
                let saved =
                    scoring::appraise(db, at, actor, &d.scoring, sheet, &d.asked, sheet.version, &form)
                        .await?;
                let d = self.desk(db, at, &year, score).await?;
                Ok(scoring::ask(db, at, &d.actor, &d.scoring, &d.sheet, saved.version).await?)
            }
            What::Explain(score) => {
                let d = self.desk(db, at, &year, score).await?;
                let mut form = ExplanationForm::default().aligned(&d.sheet.lines);
                for row in &mut form.rows {
                    let cut = score.cuts.iter().find(|cut| id_of(&d, &cut.criterion) == row.id);
                    row.explanation = cut.map(|cut| cut.explanation.clone()).unwrap_or_default();
                }
                let version = d.sheet.version;
                Ok(scoring::explain(db, at, &d.actor, &d.scoring, &d.sheet, version, &form).await?)
            }
            What::Finish(score) => {
                let d = self.desk(db, at, &year, score).await?;
                let form = appraisal(score, &d, false);
                let (actor, sheet) = (&d.actor, &d.sheet);
                let saved =
                    scoring::appraise(db, at, actor, &d.scoring, sheet, &d.asked, sheet.version, &form)
                        .await?;
                if !saved.errors.is_empty() {
                    return Err(anyhow!("{}: {:?}", score.unit, saved.errors));
                }
                let d = self.desk(db, at, &year, score).await?;
                let (actor, sheet) = (&d.actor, &d.sheet);
                Ok(scoring::finish(db, at, actor, &d.scoring, sheet, &d.asked, &form, saved.version).await?)
            }
        }
    }

    async fn exempt(
        &self,
        db: &mut PgConnection,
        at: Moment,
        year: &Year,
        score: &Score,
    ) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let scoring = found(db, year).await?;
        let unit_id = year.member(&score.unit).context("no such member")?.unit_id;
        for (code, reason) in &score.exempt {
            let criterion = scoring.scored().find(|c| c.code == *code);
            let exemption = Exemption {
                unit_id,
                criterion_id: criterion.with_context(|| format!("no criterion {code}"))?.id,
                reason: reason.clone(),
            };
            scoring::exempt(db, at, &actor, year, &scoring, &exemption).await?;
        }
        Ok(())
    }

    /// Who acts is told, or follows from the rotation: whoever scores the unit that appraises.
    async fn desk(
        &self,
        db: &mut PgConnection,
        at: Moment,
        year: &Year,
        score: &Score,
    ) -> anyhow::Result<Desk> {
        let scoring = found(db, year).await?;
        let unit = year.member(&score.unit).context("no such member")?.unit_id;
        let login = match self.by {
            "" => self.appraiser(year, &scoring, score)?,
            told => told,
        };
        let actor = super::actor(db, login, at).await?;
        let (sheet, facts) = scoring::find_visible(db, &actor, year, &scoring, &score.unit, at).await?;
        let history = papers::history(db, "score_sheets", sheet.id).await?;
        let asked = if sheet.lines.is_empty() {
            let known = scoring::known(db, year, at).await?;
            scoring::asked(
                &scoring,
                unit,
                |c| known.basis(unit, c),
                |c| known.proofs(unit, c),
                |_| 0,
            )
        } else {
            scoring::as_handed_in(&scoring, &sheet, |_| 0)
        };
        Ok(Desk {
            actor,
            scoring,
            sheet,
            draft: facts.draft,
            history,
            asked,
        })
    }

    fn appraiser(&self, year: &Year, scoring: &Scoring, score: &Score) -> anyhow::Result<&str> {
        let unit = year.member(&score.unit).context("no such member")?.unit_id;
        let appraiser = scoring.appraiser_of(unit).and_then(|a| a.appraiser_unit_id);
        let sheets = self.year.scoring.iter().flat_map(|s| &s.sheets);
        sheets
            .filter(|sheet| year.member(&sheet.unit).map(|m| m.unit_id) == appraiser)
            .map(|sheet| sheet.by.as_str())
            .next()
            .with_context(|| format!("nobody appraises {}", score.unit))
    }
}

async fn found(db: &mut PgConnection, year: &Year) -> anyhow::Result<Scoring> {
    scoring::find_scoring(db, year.id).await?.context("not opened")
}

/// The row of the criterion with this code.
fn id_of(desk: &Desk, code: &str) -> Option<crate::ids::RowId> {
    let criterion = desk.scoring.scored().find(|c| c.code == code)?;
    Some(crate::ids::RowId(criterion.id.0))
}

/// The self-score as the officer fills it in.
fn typed(score: &Score, desk: &Desk) -> SelfScoreForm {
    let mut form = SelfScoreForm::default().aligned(&desk.asked);
    let applies = desk.asked.iter().filter(|a| a.applies());
    for (row, asked) in form.rows.iter_mut().zip(applies) {
        let code = &asked.criterion.code;
        if let Some(points) = score.points.get(code) {
            row.points.clone_from(points);
            "Theo hồ sơ minh chứng của đơn vị (số liệu minh họa).".clone_into(&mut row.note);
        } else if asked.is_judged() {
            // A yes is a yes; bonus and deductions are told one by one.
            let share = match asked.criterion.kind {
                Kind::YesNo => Decimal::ONE_HUNDRED,
                Kind::Bonus { .. } | Kind::Deduction { .. } => Decimal::ZERO,
                _ => Decimal::from(score.judged),
            };
            let points = desk
                .scoring
                .set
                .rules
                .round(asked.maximum() * share / Decimal::ONE_HUNDRED);
            row.points = figure_typed(points);
        }
        if asked.criterion.needs_evidence && asked.evidence() == 0 && row.points != "0" {
            row.links = format!("https://{}.lienhiephoi.example/minh-chung/{code}", score.unit);
        }
    }
    form
}

/// The appraisal: the unit's own points, but for the lines that are told. Before the explanation only these.
fn appraisal(score: &Score, desk: &Desk, is_first: bool) -> AppraisalForm {
    let mut form = AppraisalForm::default().aligned(&desk.sheet.lines);
    for (row, line) in form.rows.iter_mut().zip(&desk.sheet.lines) {
        row.points = figure_typed(line.own);
        row.question.clone_from(&line.question);
        if let Some(cut) = score
            .cuts
            .iter()
            .find(|cut| id_of(desk, &cut.criterion) == row.id)
        {
            row.question.clone_from(&cut.question);
            if is_first && !cut.question.is_empty() {
                row.points = String::new();
            } else {
                row.points.clone_from(&cut.points);
                row.reason.clone_from(&cut.reason);
            }
        }
    }
    form
}
