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
    consultations,
    ids::NominationId,
    kit::{clock::Moment, error::Result},
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
    /// Those whose dossiers the reader may open.
    open: Vec<NominationId>,
    /// Those whose dossiers are closed to the reader by a conflict of interest.
    closed: Vec<NominationId>,
    standings: Vec<consultations::Standing>,
    now: Moment,
    notes: Vec<(NominationId, String)>,
    sessions: Vec<RecordedSession>,
    /// Sessions held in the program.
    sittings: Vec<Sitting>,
    awards: Awards,
    may_record: bool,
}

impl YearPage {
    /// What of its consultation is still open.
    fn objections(&self, nomination: &Nomination) -> Vec<String> {
        let standing = self.standings.iter().find(|s| s.nomination_id == nomination.id);
        standing.map(|s| s.warnings(self.now)).unwrap_or_default()
    }

    /// Whether the reader may open the dossier: not with a conflict of interest.
    fn opens(&self, nomination: &Nomination) -> bool {
        self.open.contains(&nomination.id)
    }

    /// Whether the reader may know how the council voted on it.
    fn may_know(&self, nomination: NominationId) -> bool {
        !self.closed.contains(&nomination)
    }

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
    let opens = |n: &&Nomination| nominations::access::opens(actor, n);
    let open: Vec<NominationId> = list.iter().filter(opens).map(|n| n.id).collect();
    let closed = list
        .iter()
        .map(|n| n.id)
        .filter(|id| !open.contains(id))
        .collect();
    let is_in = |n: &Nomination, state: State| n.state == state && open.contains(&n.id);
    let states: Vec<(&'static str, String)> = State::ALL
        .into_iter()
        .map(|state| (state, list.iter().filter(|n| is_in(n, state)).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| (state.code(), format!("{} ({count})", state.label())))
        .collect();
    let total = list.len();
    let may_record = access::may_record(actor) && list.iter().any(|n| n.state == State::Eligible);
    if let Some(state) = State::from_code(&filter.trang_thai) {
        list.retain(|n| is_in(n, state));
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
        open,
        closed,
        standings: consultations::standings(&mut db, path.year).await?,
        now: visit.now,
        notes,
        sessions,
        sittings,
        awards,
        may_record,
    })
}
