//! The years, each with how many nominations wait for whom.

use askama::Template;
use axum::response::Response;

use super::IndexPath;
use crate::{
    kit::error::Result,
    nominations::{self, State, YearCount},
    web::{Visit, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "council/index.html")]
struct IndexPage {
    shell: Shell,
    years: Vec<Line>,
}

/// A year: nominations to appraise, before the council, passed, decided.
struct Line {
    year: i32,
    submitted: i64,
    eligible: i64,
    passed: i64,
    decided: i64,
}

fn lines(counts: &[YearCount]) -> Vec<Line> {
    let mut years: Vec<i32> = counts.iter().map(|c| c.year).collect();
    years.dedup();
    let of = |year: i32, states: &[State]| {
        counts
            .iter()
            .filter(|c| c.year == year && states.contains(&c.state))
            .map(|c| c.count)
            .sum()
    };
    years
        .into_iter()
        .map(|year| Line {
            year,
            submitted: of(year, &[State::Submitted]),
            eligible: of(year, &[State::Eligible]),
            passed: of(year, &[State::CouncilPassed]),
            decided: of(year, &[State::Decided, State::Awarded]),
        })
        .collect()
}

pub(super) async fn index(_: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let counts = nominations::counts(&mut db).await?;
    page(&IndexPage {
        shell: visit.shell(),
        years: lines(&counts),
    })
}
