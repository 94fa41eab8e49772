//! A cluster's nominations: states, votes, what is missing; handing in all that are complete.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;

use super::{
    super::{
        access,
        actions::{self, Dossier},
        checklist::PERSONAL_DATA,
        conditions::Looked,
        model::{Nomination, Part, State},
        queries::{self, Summary},
        workflow::Action,
    },
    AllSubmissionPath, IndexPath, YearPapers,
};
use crate::{
    awards::{self, Awards},
    ids::NominationId,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
    },
    papers,
    web::{Visit, filters, page, see_other, shell::Shell},
    years::{Step, StepPlan, Year, find_year},
};

#[derive(Template)]
#[template(path = "nominations/index.html")]
struct IndexPage {
    shell: Shell,
    year: Year,
    plan: Option<StepPlan>,
    rows: Vec<Row>,
    /// How many dossiers the secretariat can hand in now, and how many still lack something.
    ready: usize,
    lacking: usize,
    may_submit: bool,
    is_secretariat: bool,
    /// Whether this person can put a person of the unit forward.
    may_put_forward: bool,
}

impl IndexPage {
    fn to_conference(&self) -> String {
        format!("{}/hoi-nghi", self.year.path())
    }

    /// Whether there is anybody to put into a submission.
    fn has_acclaimed(&self) -> bool {
        let state = |row: &Row| row.nomination.state;
        let mut rows = self.rows.iter();
        rows.any(|row| state(row).was_acclaimed() && state(row) != State::Withdrawn)
    }
}

/// A nomination, and what its dossier lacks where that may be seen.
struct Row {
    nomination: Nomination,
    award: String,
    is_open: bool,
    missing: Vec<&'static str>,
    /// Of one that was sent back: until when, and how late it is.
    due_again: Option<(NaiveDate, i32)>,
}

fn row(nomination: Nomination, summaries: &[Summary], awards: &Awards, is_open: bool, now: Moment) -> Row {
    let summary = summaries.iter().find(|s| s.id == nomination.id);
    let parts = summary.map(|s| s.parts.as_slice()).unwrap_or_default();
    let due_again = summary.and_then(|s| s.due_again).filter(|_| is_open);
    let waits = matches!(nomination.state, State::Acclaimed | State::Returned);
    let lacks = |part: &Part| part.is_required() && !parts.iter().any(|code| code == part.code());
    let missing = if is_open && waits {
        let lacks_ground = summary.is_some_and(|s| s.lacks_ground);
        let parts = Part::ALL.into_iter().filter(lacks).map(Part::label);
        parts.chain(lacks_ground.then_some(PERSONAL_DATA)).collect()
    } else {
        Vec::new()
    };
    Row {
        award: awards.short_name(&nomination.award),
        is_open,
        missing,
        due_again: due_again.map(|due| (due, clock::days_late(now, due))),
        nomination,
    }
}

pub(super) async fn index(path: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let summaries = queries::summaries(&mut db, year.id).await?;
    let awards = awards::all(&mut db).await?;
    let rows: Vec<Row> = queries::of_year(&mut db, actor, &year)
        .await?
        .into_iter()
        .map(|nomination| {
            let is_open = access::opens(actor, &nomination);
            row(nomination, &summaries, &awards, is_open, visit.now)
        })
        .collect();
    let waits = |row: &&Row| access::offers(actor, Action::Submit, &row.nomination);
    page(&IndexPage {
        shell: visit.shell_in(&year.place()),
        plan: year.plan(Step::Dossiers).cloned(),
        ready: rows
            .iter()
            .filter(waits)
            .filter(|row| row.missing.is_empty())
            .count(),
        lacking: rows
            .iter()
            .filter(waits)
            .filter(|row| !row.missing.is_empty())
            .count(),
        may_put_forward: year.is_open() && year.members.iter().any(|m| actor.leads(m.unit_id)),
        is_secretariat: actor.is_secretariat_of(year.cluster.id),
        may_submit: rows
            .iter()
            .any(|row| access::offers(actor, Action::Submit, &row.nomination)),
        year,
        rows,
    })
}

/// Hands in every dossier that is complete; those that lack something stay and are named.
pub(super) async fn submit_all(path: AllSubmissionPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = find_year(&mut tx, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let papers_of_year = YearPapers::of(&mut tx, &year).await?;
    let mut submitted = 0;
    let mut lacking = Vec::new();
    let all = queries::of_year(&mut tx, actor, &year).await?;
    let ids: Vec<NominationId> = all.iter().map(|n| n.id).collect();
    queries::lock_all(&mut tx, &ids).await?;
    for nomination in all {
        if !access::offers(actor, Action::Submit, &nomination) {
            continue;
        }
        let history = papers::history(&mut tx, "nominations", nomination.id).await?;
        let facts = papers_of_year.facts_of(&nomination);
        let today = clock::day(visit.now);
        let about = (&year, &nomination);
        let looked = Looked::at(&mut tx, about, &history.attachments, &facts, today).await?;
        if looked.card.bars().next().is_none() && looked.list.is_complete() {
            actions::submit(
                &mut tx,
                visit.now,
                actor,
                Dossier {
                    year: &year,
                    nomination: &nomination,
                    history: &history,
                    facts: &facts,
                },
                nomination.version,
            )
            .await?;
            submitted += 1;
        } else {
            lacking.push(nomination.nominee());
        }
    }
    if submitted == 0 {
        return Err(AppError::Conflict(if lacking.is_empty() {
            "Không có hồ sơ nào đang chờ trình.".to_owned()
        } else {
            format!(
                "Chưa có hồ sơ nào đủ để trình. Còn thiếu tài liệu hoặc điều kiện bắt buộc: {}.",
                lacking.join(", ")
            )
        }));
    }
    tx.commit().await?;
    let rest = if lacking.is_empty() {
        String::new()
    } else {
        format!(
            " Chưa trình vì còn thiếu tài liệu hoặc điều kiện bắt buộc: {}.",
            lacking.join(", ")
        )
    };
    Ok(see_other(
        format!("{}/khen-thuong", year.path()),
        &format!("Đã trình LHHVN {submitted} hồ sơ.{rest}"),
    ))
}
