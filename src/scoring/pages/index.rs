//! All units of the year with the state of their sheets; points by group where they may be seen.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    super::{
        access,
        model::{Points, Scoring, Sheet, State},
        queries,
    },
    IndexPath, sheet_view,
};
use crate::{
    criteria::{self, Criterion},
    kit::{clock, error::Result},
    web::{Visit, filters, page, shell::Shell},
    years::{Member, Office, Step, Year, find_year},
};

#[derive(Template)]
#[template(path = "scoring/index.html")]
struct IndexPage {
    shell: Shell,
    year: Year,
    scoring: Option<Scoring>,
    groups: Vec<Criterion>,
    rows: Vec<Row>,
    /// Whether the secretariat can open the scoring: a set of criteria is issued.
    may_open: bool,
    is_issued: bool,
    may_lead: bool,
    may_lock: bool,
    sees_standing: bool,
    opens_on: String,
    /// Whether a letter urges those that haven't scored themselves or explained yet.
    has_letter: bool,
}

/// A member with what may be known of its sheet.
struct Row {
    member: Member,
    office: Option<Office>,
    state: Option<State>,
    /// Since when it is there, where the sheet may be seen.
    since: Option<NaiveDate>,
    appraiser: String,
    is_open: bool,
    /// Total and points by group, where they may be seen.
    points: Option<(String, Vec<String>)>,
    own: String,
}

pub(super) async fn index(path: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let may_lead = access::require_secretariat(actor, &year).is_ok();
    let Some(scoring) = queries::find_scoring(&mut db, year.id).await? else {
        let is_issued = criteria::find_issued(&mut db, year.year).await?.is_some();
        return page(&IndexPage {
            shell: visit.shell_in(&year.place()),
            may_open: may_lead && is_issued,
            is_issued,
            may_lead,
            may_lock: false,
            sees_standing: false,
            scoring: None,
            groups: Vec::new(),
            rows: Vec::new(),
            opens_on: String::new(),
            has_letter: false,
            year,
        });
    };
    let summaries = queries::summaries(&mut db, year.id).await?;
    let sheets = queries::of_year(&mut db, actor, &year, &scoring, visit.now).await?;
    let groups: Vec<Criterion> = sheet_view::top_groups(&scoring).into_iter().cloned().collect();
    let rows = year
        .members
        .iter()
        .map(|member| {
            let state = summaries
                .iter()
                .find(|s| s.unit_id == member.unit_id)
                .and_then(|s| s.state);
            let seen = sheets.iter().find(|s| s.unit_id == member.unit_id);
            row(
                &year,
                &scoring,
                &groups,
                member,
                state,
                seen,
                actor.is_of(member.unit_id),
            )
        })
        .collect::<Vec<_>>();
    let lead = year.holder(Office::Lead);
    let is_awaited = |row: &Row| {
        let state = row.state.unwrap_or(State::Draft);
        let is_with_unit = matches!(state, State::Draft | State::AwaitingExplanation);
        is_with_unit && row.member.to_date.is_none() && Some(row.member.unit_id) != lead
    };
    let has_come = year
        .plan(Step::AnnualReport)
        .is_some_and(|plan| plan.opens_on <= clock::day(visit.now));
    let are_appraised = rows.iter().all(|row| row.state == Some(State::Appraised));
    page(&IndexPage {
        shell: visit.shell_in(&year.place()),
        may_open: false,
        is_issued: true,
        may_lock: may_lead && are_appraised,
        sees_standing: access::sees_standing(actor, &year, &scoring, &sheets, visit.now),
        opens_on: access::opens_on(&year),
        has_letter: may_lead && year.is_open() && has_come && rows.iter().any(is_awaited),
        may_lead,
        scoring: Some(scoring),
        groups,
        rows,
        year,
    })
}

fn row(
    year: &Year,
    scoring: &Scoring,
    groups: &[Criterion],
    member: &Member,
    state: Option<State>,
    seen: Option<&Sheet<Points>>,
    is_own: bool,
) -> Row {
    let rules = &scoring.set.rules;
    let handed_in = seen.filter(|s| s.state != State::Draft);
    let name_of = |unit| {
        year.members
            .iter()
            .find(|m| m.unit_id == unit)
            .map_or_else(String::new, |m| m.place.clone())
    };
    Row {
        office: year.office_of(member.unit_id),
        state,
        since: handed_in
            .and_then(|s| s.since.as_ref())
            .map(|(at, _)| clock::day(*at)),
        appraiser: match scoring.appraiser_of(member.unit_id) {
            None => "–".to_owned(),
            Some(a) => a
                .appraiser_unit_id
                .map_or_else(|| "tổ thẩm định".to_owned(), name_of),
        },
        is_open: is_own || handed_in.is_some(),
        points: handed_in.map(|sheet| {
            let tally = scoring.tally(member.unit_id, &sheet.lines, Points::points);
            let by_group = groups
                .iter()
                .map(|group| rules.points_text(sheet_view::points_in(&tally, group)))
                .collect();
            (rules.points_text(tally.total), by_group)
        }),
        own: handed_in.map_or_else(String::new, |sheet| {
            let own: Decimal = scoring.tally(member.unit_id, &sheet.lines, |l| l.own).total;
            rules.points_text(own)
        }),
        member: member.clone(),
    }
}
