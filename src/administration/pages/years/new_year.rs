//! Opening the year of a cluster: its members, and what calendar and rules start from.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::Query;
use chrono::Datelike;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{super::super::forms::NewYearForm, NewYearPath, YearPath, YearsPath};
use crate::{
    clusters::{self, Cluster},
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    units::{self, UnitChoice},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
    years::{self, Year, YearRow},
};

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The cluster's slug.
    #[serde(default)]
    cum: String,
}

#[derive(Template)]
#[template(path = "administration/new_year.html")]
struct NewYearPage {
    shell: Shell,
    known: Known,
    form: NewYearForm,
    errors: FieldErrors,
}

/// What the form is made and checked against.
struct Known {
    cluster: Cluster,
    units: Vec<UnitChoice>,
    years: Vec<YearRow>,
    last: Option<Year>,
}

impl Known {
    async fn load(db: &mut PgConnection, visit: &Visit, slug: &str) -> Result<Self> {
        let cluster = clusters::by_slug(db, slug).await?;
        let years = years::list(db, None).await?;
        let newest = years
            .iter()
            .filter(|y| y.cluster_id == cluster.id)
            .max_by_key(|y| y.year)
            .map(|y| y.id);
        let last = match newest {
            Some(id) => Some(years::by_id(db, id).await?),
            None => None,
        };
        let mut units = units::choices(db, clock::day(visit.now)).await?;
        // Those of the last year first: most years change nothing.
        units.sort_by_key(|unit| last.as_ref().is_none_or(|l| l.member_of(unit.id).is_none()));
        Ok(Self {
            cluster,
            units,
            years,
            last,
        })
    }

    /// Members of the last year that don't exist any more: somebody must say who takes their place.
    fn ended(&self) -> Vec<String> {
        let members = self.last.iter().flat_map(|l| &l.members);
        members
            .filter(|m| !self.units.iter().any(|u| u.id == m.unit_id))
            .map(|m| m.short_name.clone())
            .collect()
    }

    /// What calendar and rules can start from.
    fn sources(&self) -> Vec<(&'static str, String)> {
        let last = self
            .last
            .as_ref()
            .map(|l| ("last", format!("Chép từ năm {}", l.year)));
        last.into_iter()
            .chain([("defaults", "Lịch và quy định mặc định".to_owned())])
            .collect()
    }
}

pub(super) async fn form(_: NewYearPath, Query(asked): Query<Asked>, visit: Visit) -> Result<Response> {
    if asked.cum.is_empty() {
        return Ok(Redirect::to(&YearsPath.to_string()).into_response());
    }
    let known = Known::load(&mut *visit.db().await?, &visit, &asked.cum).await?;
    let form = NewYearForm::after(&asked.cum, known.last.as_ref(), clock::day(visit.now).year());
    page(&NewYearPage {
        shell: visit.shell(),
        known,
        form,
        errors: FieldErrors::default(),
    })
}

pub(super) async fn open(_: NewYearPath, visit: Visit, Form(form): Form<NewYearForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let known = Known::load(&mut tx, &visit, &form.cluster).await?;
    match act(&mut tx, &visit, &known, &form).await {
        Ok(year) => {
            tx.commit().await?;
            let path = YearPath {
                cluster: form.cluster,
                year,
            };
            Ok(see_other(
                path,
                &format!("Đã mở năm {year}. Xin xem lại lịch, quy định và ghi cụm trưởng, cụm phó."),
            ))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &NewYearPage {
                shell: visit.shell(),
                known,
                form,
                errors,
            },
        ),
        Err(error) => Err(error),
    }
}

async fn act(db: &mut PgConnection, visit: &Visit, known: &Known, form: &NewYearForm) -> Result<i32> {
    let new = form
        .check(&known.units, &known.years)
        .map_err(AppError::Invalid)?;
    let from = known.last.as_ref().filter(|_| new.copies_last);
    let hand = visit.actor()?.hand();
    years::open_year(
        db,
        visit.now,
        &hand,
        known.cluster.id,
        new.year,
        &new.members,
        from,
    )
    .await?;
    Ok(new.year)
}
