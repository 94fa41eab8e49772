//! The paths of conferences.

mod confirmation;
mod edit;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    model::{Conference, Content},
    queries,
};
use crate::{
    awards::{self, Awards},
    kit::error::{AppError, Result},
    registrations::{self, State as RegistrationState},
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
    /// The result.
    ShowPath "/cum/{cluster}/{year}/hoi-nghi"
    /// Its form.
    EditPath "/cum/{cluster}/{year}/hoi-nghi/sua"
    /// What will be frozen, and the act of making it final.
    ConfirmationPath "/cum/{cluster}/{year}/hoi-nghi/chot"
    /// The hand-over to the next lead.
    HandOverPath "/cum/{cluster}/{year}/hoi-nghi/ban-giao"
}

/// The pages of conferences.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, show::show)
        .get(Who::Secretariat, edit::form)
        .post(Who::Secretariat, edit::save)
        .get(Who::Secretariat, confirmation::preview)
        .post(Who::Secretariat, confirmation::confirm)
        .post(Who::SignedIn, show::hand_over)
}

/// A year's conference with what its pages need.
pub(super) struct Opened {
    pub year: Year,
    pub conference: Conference,
    pub awards: Awards,
}

pub(super) async fn open(db: &mut PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Opened> {
    let year = find_year(db, visit, cluster, year).await?;
    let conference = queries::find(db, &year).await?;
    let awards = awards::all(db).await?;
    Ok(Opened {
        year,
        conference,
        awards,
    })
}

/// What to think of before making the result final; nothing of it stops anybody.
pub(super) async fn warnings(db: &mut PgConnection, year: &Year, content: &Content) -> Result<Vec<String>> {
    let registrations = registrations::summaries(db, year.id).await?;
    let mut list = Vec::new();
    let mut named = std::collections::HashSet::new();
    for candidate in &content.candidates {
        if !named.insert(candidate.unit.id) {
            list.push(format!(
                "{} được bỏ phiếu cho nhiều hình thức: một thành tích không khen hai lần.",
                candidate.unit.name
            ));
            continue;
        }
        let found = registrations.iter().find(|r| r.unit_id == candidate.unit.id);
        let taken = found.is_some_and(|r| {
            matches!(
                r.state,
                RegistrationState::Accepted | RegistrationState::Forwarded
            )
        });
        if !taken {
            list.push(format!(
                "{} chưa có đăng ký thi đua được tiếp nhận trong năm.",
                candidate.unit.name
            ));
        }
    }
    Ok(list)
}

impl Opened {
    /// `/cum/cum-3/2023/hoi-nghi`
    pub fn path(&self) -> String {
        format!("{}/hoi-nghi", self.year.path())
    }

    /// The path of one of its pages: `path_to("chot")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }
}
