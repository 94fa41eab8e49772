//! The years of the clusters: the standing office opens, shapes and closes them, the administrator looks.

mod calendar;
mod extensions;
mod index;
mod leadership;
mod members;
mod new_year;
mod rules;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::super::access;
use crate::{
    kit::error::{AppError, Result},
    web::{Pages, Visit, Who},
    years::{Year, find_year},
};

/// All years of all clusters.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/nam")]
pub(super) struct YearsPath;

/// A new year.
#[derive(TypedPath, Deserialize)]
#[typed_path("/quan-tri/nam/moi")]
pub(super) struct NewYearPath;

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $end:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($end, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
        }
    )*};
}

year_paths! {
    /// One year as it is set up.
    YearPath "/quan-tri/nam/{cluster}/{year}"
    /// Its calendar.
    CalendarPath "/quan-tri/nam/{cluster}/{year}/lich"
    /// Its rules.
    RulesPath "/quan-tri/nam/{cluster}/{year}/quy-dinh"
    /// Its members.
    MembersPath "/quan-tri/nam/{cluster}/{year}/thanh-vien"
    /// Taking a member out.
    MemberRemovalPath "/quan-tri/nam/{cluster}/{year}/thanh-vien/dua-ra"
    /// Lead and deputy.
    LeadershipPath "/quan-tri/nam/{cluster}/{year}/cum-truong"
    /// Taking an office back.
    LeadershipRemovalPath "/quan-tri/nam/{cluster}/{year}/cum-truong/xoa"
    /// More time for a unit.
    ExtensionsPath "/quan-tri/nam/{cluster}/{year}/gia-han"
    /// Closing it.
    ClosingPath "/quan-tri/nam/{cluster}/{year}/khep-lai"
}

/// The pages of years.
pub(super) fn pages() -> Pages {
    Pages::new()
        .get(Who::StandingOfficeOrAdministrator, index::index)
        .get(Who::StandingOffice, new_year::form)
        .post(Who::StandingOffice, new_year::open)
        .get(Who::StandingOfficeOrAdministrator, show::show)
        .get(Who::StandingOffice, calendar::form)
        .post(Who::StandingOffice, calendar::save)
        .get(Who::StandingOffice, rules::form)
        .post(Who::StandingOffice, rules::save)
        .get(Who::StandingOffice, members::form)
        .post(Who::StandingOffice, members::put)
        .post(Who::StandingOffice, members::remove)
        .get(Who::StandingOffice, leadership::form)
        .post(Who::StandingOffice, leadership::put)
        .post(Who::StandingOffice, leadership::remove)
        .get(Who::StandingOffice, extensions::form)
        .post(Who::StandingOffice, extensions::grant)
        .post(Who::StandingOffice, show::close)
}

/// `/quan-tri/nam/cum-3/2026`
fn base_of(year: &Year) -> String {
    YearPath {
        cluster: year.cluster.slug.clone(),
        year: year.year,
    }
    .to_string()
}

/// The year at this path, to be changed: one that is closed is a conflict.
async fn open_to_change(db: &mut PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Year> {
    let year = find_year(db, visit, cluster, year).await?;
    access::require_open(&year)?;
    Ok(year)
}
