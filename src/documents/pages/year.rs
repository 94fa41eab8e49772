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
    /// The tone and words of the badge that says how far it is.
    state: (&'static str, String),
}

/// How far a paper is: issued and not taken back, drafted by somebody, or not begun.
async fn state(
    db: &mut PgConnection,
    issued: &[Issued],
    kind: Kind,
    about: &str,
) -> Result<(&'static str, String)> {
    let found = issued
        .iter()
        .find(|paper| paper.kind == kind && paper.about == about && paper.recall.is_none());
    Ok(match found {
        Some(paper) => ("done", format!("đã ban hành {}", paper.number_text())),
        None if queries::newest_version(db, kind, about).await? > 0 => ("waiting", "dự thảo".to_owned()),
        None => ("neutral", "chưa soạn".to_owned()),
    })
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
    issued: &[Issued],
    kinds: &[Kind],
    about: &str,
) -> Result<Vec<Draftable>> {
    let mut list = Vec::new();
    for kind in kinds {
        match kinds::prepare(db, visit.now, visit.actor()?, *kind, about).await {
            Ok(prepared) => list.push(Draftable {
                label: kind.label().to_owned(),
                path: prepared.path(),
                state: state(db, issued, *kind, about).await?,
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
    let issued = queries::issued_within(&mut db, actor, &key).await?;
    let mut of_conferences = Vec::new();
    if is_secretariat {
        for meeting in conferences::all_of(&mut db, &year).await? {
            let about = format!("{key}.{}", meeting.slug);
            let list = draftable(&mut db, &visit, &issued, &OF_CONFERENCE, &about).await?;
            if list.is_empty() {
                continue;
            }
            of_conferences.push((meeting.title(&year), list));
        }
    }
    page(&YearPage {
        shell: visit.shell_in(&year.place()),
        of_cluster: if is_secretariat {
            draftable(&mut db, &visit, &issued, &OF_CLUSTER, &key).await?
        } else {
            Vec::new()
        },
        issued,
        of_conferences,
        is_secretariat,
        year,
    })
}
