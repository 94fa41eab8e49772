//! Reports: written, handed in, sent back, mended, taken in, closed.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use chrono::Duration;
use serde_json::Value;
use sqlx::PgConnection;

use super::{Act as Any, shapes, timeline::Timeline};
use crate::{
    ids::RowId,
    kit::{
        clock::{self, Moment, date_text},
        text::fold,
        values,
    },
    papers::{self, History, ReturnForm},
    people::Actor,
    reports::{self, AdditionRow, Certainty, FigureRow, FinalForm, Period, Report, ReportForm, Section},
    years::{self, Year},
};

/// How long before handing in the form was saved.
const WRITING: Duration = Duration::minutes(20);

/// An act on a unit's report.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    period: Period,
    paper: &'a shapes::Report,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Save(Vec<shapes::Figure>),
    Submit,
    Return(&'a shapes::Returned),
    Accept,
    Finalise,
}

/// The acts that lead each report of the year to where it is.
pub fn plan<'a>(year: &'a shapes::ClusterYear, timeline: &mut Timeline<'a>) -> anyhow::Result<()> {
    let midyear = year.midyear_reports.iter().map(|paper| (Period::Midyear, paper));
    let annual = year.reports.iter().map(|paper| (Period::Annual, paper));
    for (period, paper) in midyear.chain(annual) {
        let first = match &paper.returned {
            Some(returned) => as_first_typed(&paper.figures, &returned.first_typed),
            None => paper.figures.clone(),
        };
        let (first, last) = (figures(&first)?, figures(&paper.figures)?);
        let mut add = |at: Moment, by: &'a str, what| {
            timeline.add(
                at,
                Any::Report(Act {
                    year,
                    period,
                    paper,
                    by,
                    what,
                }),
            );
        };
        if let Some(at) = paper.saved_at {
            add(at, &paper.by, What::Save(first.clone()));
        }
        if let Some(at) = paper.submitted_at {
            add(at - WRITING, &paper.by, What::Save(first));
            add(at, &paper.by, What::Submit);
        }
        if let Some(returned) = &paper.returned {
            add(returned.at, &returned.by, What::Return(returned));
            if let Some(again) = returned.resubmitted_at {
                add(again - WRITING, &paper.by, What::Save(last));
                add(again, &paper.by, What::Submit);
            }
        }
        if let (Some(at), Some(by)) = (paper.accepted_at, &paper.accepted_by) {
            add(at, by, What::Accept);
        }
        if let (Some(at), Some(by)) = (paper.finalised_at, &paper.finalised_by) {
            add(at, by, What::Finalise);
        }
    }
    Ok(())
}

fn figures(typed: &Value) -> anyhow::Result<Vec<shapes::Figure>> {
    Ok(serde_json::from_value(typed.clone())?)
}

/// The figures before they were mended.
fn as_first_typed(figures: &Value, first: &[shapes::FirstTyped]) -> Value {
    let mut figures = figures.clone();
    for typed in first {
        figures[typed.row - 1][&typed.field] = typed.value.clone().into();
    }
    figures
}

/// What is needed to act: who, the paper as it is now, its facts.
struct Desk {
    actor: Actor,
    year: Year,
    report: Report,
    history: History,
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!(
            "{} {}, report of {}",
            self.year.cluster, self.year.year, self.paper.unit
        );
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        let report = reports::find_visible(db, &actor, &year, self.period, &self.paper.unit).await?;
        let history = papers::history(db, "reports", report.id).await?;
        let desk = Desk {
            actor,
            year,
            report,
            history,
        };
        let (actor, report) = (&desk.actor, &desk.report);
        match self.what {
            What::Save(ref figures) => {
                let typed = self.typed(figures, &desk);
                reports::save_draft(db, at, actor, report, &desk.history, report.version, typed).await?;
            }
            What::Submit => {
                reports::submit(db, at, actor, &desk.year, report, &desk.history, report.version).await?;
            }
            What::Return(returned) => self.send_back(db, at, &desk, returned).await?,
            What::Accept => reports::accept(db, at, actor, report, report.version).await?,
            What::Finalise => reports::finalise(db, at, actor, report, &self.closing(report)?).await?,
        }
        Ok(())
    }

    /// The form as the officer fills it in: a figure belongs to the target with the same words, others are additions.
    fn typed(&self, figures: &[shapes::Figure], desk: &Desk) -> ReportForm {
        let text = &self.paper.sections;
        let mut form = ReportForm {
            situation: text.situation.clone(),
            results: text.results.clone(),
            emulation: text.emulation.clone(),
            limitations: text.limitations.clone(),
            directions: text.directions.clone(),
            proposals: text.proposals.clone(),
            ..ReportForm::default()
        };
        let asked = desk.report.asked(&desk.history);
        for figure in figures {
            let (reached, certainty, note) = (
                figure.reached.clone(),
                figure.certainty.clone(),
                figure.note.clone(),
            );
            if let Some(one) = asked.iter().find(|a| a.indicator == figure.indicator) {
                form.figures.push(FigureRow {
                    id: Some(one.id),
                    reached,
                    certainty,
                    note,
                    answer: figure.answer.clone(),
                    ..FigureRow::default()
                });
            } else {
                let stored = &desk.report.draft.additions;
                form.additions.push(AdditionRow {
                    // A row keeps its id from one save to the next, as in the form on the page.
                    id: stored
                        .iter()
                        .find(|row| row.indicator == figure.indicator)
                        .and_then(|row| row.id),
                    indicator: figure.indicator.clone(),
                    unit_of_measure: self.unit_of_measure(&figure.indicator),
                    reached,
                    certainty,
                    note,
                    ..AdditionRow::default()
                });
            }
        }
        for one in &asked {
            let is_told = form.figures.iter().any(|row| row.id == Some(one.id));
            let by_code = one.code().and_then(|code| self.by_code()?.get(code));
            if let Some(told) = by_code.filter(|_| !is_told) {
                let (typed, answer) = told.split_once('|').unwrap_or((told, ""));
                let is_estimate = typed.ends_with('~');
                let certainty = if is_estimate {
                    Certainty::Estimate
                } else {
                    Certainty::Final
                };
                form.figures.push(FigureRow {
                    id: Some(one.id),
                    reached: typed.trim_end_matches('~').to_owned(),
                    certainty: certainty.code().to_owned(),
                    answer: answer.to_owned(),
                    ..FigureRow::default()
                });
            }
        }
        form
    }

    /// The unit's figures that its report doesn't name.
    fn by_code(&self) -> Option<&BTreeMap<String, String>> {
        let figures = match self.period {
            Period::Annual => &self.year.annual_figures,
            Period::Midyear => &self.year.midyear_figures,
        };
        figures.get(&self.paper.unit)
    }

    /// As the unit wrote it in its registration, whatever became of that.
    fn unit_of_measure(&self, indicator: &str) -> String {
        let registration = self.year.registrations.iter().find(|r| r.unit == self.paper.unit);
        let targets = registration.and_then(|r| r.form["targets"].as_array());
        let target = targets
            .into_iter()
            .flatten()
            .find(|t| fold(t["indicator"].as_str().unwrap_or_default()) == fold(indicator));
        target
            .and_then(|t| t["unit_of_measure"].as_str())
            .unwrap_or_default()
            .to_owned()
    }

    async fn send_back(
        &self,
        db: &mut PgConnection,
        at: Moment,
        desk: &Desk,
        returned: &shapes::Returned,
    ) -> anyhow::Result<()> {
        let report = &desk.report;
        let keys = returned
            .items
            .iter()
            .map(|item| self.key(report, item))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let form = ReturnForm {
            version: report.version,
            reason: returned.reason.clone(),
            due_on: returned.due_on.map(date_text).unwrap_or_default(),
            item: keys.clone(),
            item_key: keys,
            item_note: returned.items.iter().map(|item| item.note.clone()).collect(),
        };
        let input = form
            .check(&reports::returnables(report), clock::day(at))
            .map_err(|errors| anyhow!("{errors:?}"))?;
        Ok(reports::return_for_work(db, at, &desk.actor, report, report.version, &input).await?)
    }

    /// The key that the item has in the form on the page.
    fn key(&self, report: &Report, item: &shapes::ReturnedItem) -> anyhow::Result<String> {
        let Some(row) = item.row else {
            return Ok(item.section.clone());
        };
        let known = figures(&self.paper.figures)?;
        let indicator = row
            .checked_sub(1)
            .and_then(|i| known.get(i))
            .map(|f| f.indicator.as_str());
        let indicator = indicator.with_context(|| format!("no row {row} in {}", item.section))?;
        let content = report.content.as_ref().context("nothing has been handed in")?;
        let of = |figures: &[reports::Figure], section: Section| {
            let found = figures.iter().find(|f| f.indicator == indicator);
            found.map(|f| format!("{}:{}", section.code(), f.id))
        };
        of(&content.figures, Section::Figures)
            .or_else(|| of(&content.additions, Section::Additions))
            .with_context(|| format!("no figure {indicator}"))
    }

    /// The final figures of the file for what was an estimate.
    fn closing(&self, report: &Report) -> anyhow::Result<FinalForm> {
        let known = figures(&self.paper.figures)?;
        let content = report.content.as_ref().context("nothing has been handed in")?;
        let (ids, texts): (Vec<RowId>, Vec<String>) = content
            .all_figures()
            .filter_map(|f| {
                let told = known.iter().find(|k| k.indicator == f.indicator);
                // What is told by code was right at once.
                let last = told.map_or_else(|| Some(values::figure_typed(f.reached)), |k| k.last.clone());
                Some((f.id, last?))
            })
            .unzip();
        Ok(FinalForm {
            version: report.version,
            figure_id: ids,
            final_reached: texts,
        })
    }
}
