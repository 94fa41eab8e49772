//! The papers of the year of a cluster: what can be drafted, and what has been issued.

use askama::Template;
use axum::response::Response;
use sqlx::PgConnection;

use super::{
    super::{
        kinds,
        model::{Issued, Kind},
        queries,
    },
    YearPath,
};
use crate::{
    conferences,
    kit::error::{AppError, Result},
    web::{Visit, filters, page, shell::Shell},
    years::{Year, access as year_access, find_year},
};

/// A paper that can be drafted.
struct Draftable {
    label: String,
    path: String,
}

#[derive(Template)]
#[template(path = "documents/year.html")]
struct YearPage {
    shell: Shell,
    year: Year,
    is_secretariat: bool,
    of_cluster: Vec<Draftable>,
    of_conferences: Vec<(String, Vec<Draftable>)>,
    issued: Vec<Issued>,
}

const OF_CLUSTER: [Kind; 9] = [
    Kind::Plan,
    Kind::Regulation,
    Kind::ConsolidatedRegistration,
    Kind::Covenant,
    Kind::Reminder,
    Kind::SummaryReport,
    Kind::Submission,
    Kind::NomineeList,
    Kind::HandOverMinutes,
];

const OF_CONFERENCE: [Kind; 2] = [Kind::ConferenceMinutes, Kind::ConclusionNotice];

/// Those of these papers that there is something to draft from yet.
async fn draftable(
    db: &mut PgConnection,
    visit: &Visit,
    kinds: &[Kind],
    about: &str,
) -> Result<Vec<Draftable>> {
    let mut list = Vec::new();
    for kind in kinds {
        match kinds::prepare(db, visit.now, visit.actor()?, *kind, about).await {
            Ok(prepared) => list.push(Draftable {
                label: kind.label().to_owned(),
                path: prepared.path(),
            }),
            Err(AppError::NotFound | AppError::Conflict(_) | AppError::Forbidden(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(list)
}

pub(super) async fn show(path: YearPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let key = format!("{}.{}", year.cluster.slug, year.year);
    let is_secretariat = year_access::is_secretariat(actor, &year);
    let mut of_conferences = Vec::new();
    if is_secretariat {
        for meeting in conferences::all_of(&mut db, &year).await? {
            let about = format!("{key}.{}", meeting.slug);
            let list = draftable(&mut db, &visit, &OF_CONFERENCE, &about).await?;
            if list.is_empty() {
                continue;
            }
            of_conferences.push((meeting.title(&year), list));
        }
    }
    page(&YearPage {
        shell: visit.shell_in(&year.place()),
        of_cluster: if is_secretariat {
            draftable(&mut db, &visit, &OF_CLUSTER, &key).await?
        } else {
            Vec::new()
        },
        issued: queries::issued_within(&mut db, actor, &key).await?,
        of_conferences,
        is_secretariat,
        year,
    })
}
