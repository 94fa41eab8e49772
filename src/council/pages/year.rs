//! The nominations of all clusters in a year, with a filter by state, and the sessions held on them.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    super::{
        access,
        model::{RecordedSession, Sitting},
        queries,
    },
    YearPath,
};
use crate::{
    awards::{self, Awards},
    ids::NominationId,
    kit::error::Result,
    nominations::{self, Nomination, State},
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    trang_thai: String,
}

#[derive(Template)]
#[template(path = "council/year.html")]
struct YearPage {
    shell: Shell,
    year: i32,
    chosen: String,
    states: Vec<(&'static str, String)>,
    total: usize,
    list: Vec<Nomination>,
    notes: Vec<(NominationId, String)>,
    sessions: Vec<RecordedSession>,
    /// Sessions held in the program.
    sittings: Vec<Sitting>,
    awards: Awards,
    may_record: bool,
}

impl YearPage {
    /// The reason with which a nomination was refused, or the council's working.
    fn note(&self, nomination: &Nomination) -> &str {
        let told = matches!(
            nomination.state,
            State::Ineligible
                | State::Returned
                | State::Withdrawn
                | State::CouncilPassed
                | State::CouncilRejected
        );
        self.notes
            .iter()
            .find(|(id, _)| told && *id == nomination.id)
            .map_or("", |(_, note)| note.as_str())
    }
}

pub(super) async fn year(path: YearPath, Query(filter): Query<Filter>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let mut list = nominations::of_calendar_year(&mut db, actor, path.year).await?;
    let states: Vec<(&'static str, String)> = State::ALL
        .into_iter()
        .map(|state| (state, list.iter().filter(|n| n.state == state).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| (state.code(), format!("{} ({count})", state.label())))
        .collect();
    let total = list.len();
    let may_record = access::may_record(actor) && list.iter().any(|n| n.state == State::Eligible);
    if let Some(state) = State::from_code(&filter.trang_thai) {
        list.retain(|n| n.state == state);
    }
    let ids: Vec<NominationId> = list.iter().map(|n| n.id).collect();
    let notes = nominations::last_notes(&mut db, &ids).await?;
    let sessions = queries::sessions(&mut db, path.year).await?;
    let sittings = queries::sittings(&mut db, Some(path.year)).await?;
    let awards = awards::all(&mut db).await?;
    let chosen = filter.trang_thai;
    page(&YearPage {
        shell: visit.shell(),
        year: path.year,
        chosen,
        states,
        total,
        list,
        notes,
        sessions,
        sittings,
        awards,
        may_record,
    })
}
