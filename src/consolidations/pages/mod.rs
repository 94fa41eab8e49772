//! The paths of consolidated registrations.

mod acts;
mod export;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    access,
    model::{Consolidation, Content},
    queries,
};
use crate::{
    kit::error::{AppError, Result},
    registrations::{self, Registration},
    web::{Pages, Visit, Who},
    years::{Year, find_year},
};

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
        }
    )*};
}

year_paths! {
    /// The table.
    ShowPath "/cum/{cluster}/{year}/tong-hop-dang-ky"
    /// The same as a spreadsheet.
    SheetPath "/cum/{cluster}/{year}/tong-hop-dang-ky/bang.xlsx"
    /// The secretariat's remark.
    NotePath "/cum/{cluster}/{year}/tong-hop-dang-ky/ghi-chu"
    /// Sending it to VUSTA.
    SendingPath "/cum/{cluster}/{year}/tong-hop-dang-ky/gui"
    /// Sending it back.
    ReturnPath "/cum/{cluster}/{year}/tong-hop-dang-ky/tra-lai"
    /// Noting it.
    AcknowledgementPath "/cum/{cluster}/{year}/tong-hop-dang-ky/ghi-nhan"
}

/// The pages of consolidated registrations.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, show::show)
        .get(Who::SignedIn, export::sheet)
        .post(Who::Secretariat, acts::note)
        .post(Who::Secretariat, acts::send)
        .post(Who::StandingOffice, acts::send_back)
        .post(Who::StandingOffice, acts::acknowledge)
}

/// The table with what it is made of.
pub(super) struct Opened {
    pub year: Year,
    pub consolidation: Consolidation,
    pub registrations: Vec<Registration>,
}

pub(super) async fn open(db: &mut PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Opened> {
    let year = find_year(db, visit, cluster, year).await?;
    let consolidation = queries::find_visible(db, visit.actor()?, &year).await?;
    Opened::of(db, visit, year, consolidation).await
}

impl Opened {
    /// The table with the registrations that this visitor may see.
    pub async fn of(
        db: &mut PgConnection,
        visit: &Visit,
        year: Year,
        consolidation: Consolidation,
    ) -> Result<Self> {
        let registrations = registrations::of_year(db, visit.actor()?, &year).await?;
        Ok(Self {
            year,
            consolidation,
            registrations,
        })
    }

    /// What the page shows to this visitor.
    pub fn content(&self, visit: &Visit) -> Result<Content> {
        let actor = visit.actor()?;
        Ok(access::shown(
            actor,
            &self.consolidation,
            &self.year,
            &self.registrations,
        ))
    }

    /// `/cum/cum-3/2023/tong-hop-dang-ky`
    pub fn path(&self) -> String {
        format!("{}/tong-hop-dang-ky", self.year.path())
    }

    /// The path of one of its acts: `path_to("gui")`.
    pub fn path_to(&self, act: &str) -> String {
        format!("{}/{act}", self.path())
    }

    /// The registrations it is made of.
    pub fn path_to_registrations(&self) -> String {
        format!("{}/dang-ky", self.year.path())
    }
}
