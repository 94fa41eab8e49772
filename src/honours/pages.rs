//! `/vinh-danh` and `/xac-minh`.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::{extract::Query, routing::TypedPath};
use serde::Deserialize;

use crate::{
    decisions::{self, Decision, Honour, Kind, State, Verified},
    documents::{self, Issued},
    kit::{
        error::{AppError, Result},
        text::resembles,
    },
    signatures::{self, SignedCopy},
    web::{Pages, Visit, Who, filters, page, page_with, see_other, shell::Shell},
};

/// The honour roll.
#[derive(TypedPath, Deserialize)]
#[typed_path("/vinh-danh")]
pub struct RollPath;

/// The decisions behind it.
#[derive(TypedPath, Deserialize)]
#[typed_path("/vinh-danh/quyet-dinh")]
pub struct DecisionsPath;

/// The form that asks for a code.
#[derive(TypedPath, Deserialize)]
#[typed_path("/xac-minh")]
pub struct VerifyPath;

/// A decision by its code.
#[derive(TypedPath, Deserialize)]
#[typed_path("/xac-minh/{code}", rejection(AppError))]
pub struct VerifiedPath {
    code: String,
}

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::Anyone, roll)
        .get(Who::Anyone, issued)
        .get(Who::Anyone, ask)
        .get(Who::Anyone, verified)
}

/// Which year and cluster; empty for all.
#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    nam: String,
    #[serde(default)]
    cum: String,
    /// A name, as people type it.
    #[serde(default)]
    tim: String,
}

impl Filter {
    fn fits(&self, honour: &Honour) -> bool {
        let words = || {
            format!(
                "{} {} {} {} {} {}",
                honour.unit,
                honour.award,
                honour.cluster,
                honour.number,
                honour.year,
                honour.kin.join(" ")
            )
        };
        (self.nam.is_empty() || honour.year.to_string() == self.nam)
            && (self.cum.is_empty() || honour.cluster_slug == self.cum)
            // A name is short: more is nobody's search.
            && (self.tim.is_empty() || (self.tim.len() <= 200 && resembles(&words(), &self.tim)))
    }
}

#[derive(Template)]
#[template(path = "honours/roll.html")]
struct RollPage {
    shell: Shell,
    years: Vec<i32>,
    clusters: Vec<(String, String)>,
    filter: Filter,
    /// By year and cluster.
    groups: Vec<Group>,
}

struct Group {
    year: i32,
    cluster: String,
    honours: Vec<Honour>,
}

async fn roll(_: RollPath, Query(filter): Query<Filter>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let all = decisions::honours(&mut db).await?;
    let mut years: Vec<i32> = all.iter().map(|h| h.year).collect();
    years.dedup();
    let mut clusters: Vec<(String, String)> = Vec::new();
    for honour in &all {
        if !clusters.iter().any(|(slug, _)| *slug == honour.cluster_slug) {
            clusters.push((honour.cluster_slug.clone(), honour.cluster.clone()));
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for honour in all.into_iter().filter(|honour| filter.fits(honour)) {
        match groups.last_mut() {
            Some(group) if group.year == honour.year && group.cluster == honour.cluster => {
                group.honours.push(honour);
            }
            _ => groups.push(Group {
                year: honour.year,
                cluster: honour.cluster.clone(),
                honours: vec![honour],
            }),
        }
    }
    page(&RollPage {
        shell: visit.shell(),
        years,
        clusters,
        filter,
        groups,
    })
}

#[derive(Template)]
#[template(path = "honours/decisions.html")]
struct DecisionsPage {
    shell: Shell,
    list: Vec<Decision>,
}

async fn issued(_: DecisionsPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&DecisionsPage {
        shell: visit.shell(),
        list: decisions::list_issued(&mut db).await?,
    })
}

/// What was typed into the form.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    ma: String,
}

#[derive(Template)]
#[template(path = "honours/ask.html")]
struct AskPage {
    shell: Shell,
    typed: String,
    is_unknown: bool,
}

/// A code as people type it: small letters, spaces, hyphens.
fn clean(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(20)
        .collect()
}

async fn ask(_: VerifyPath, Query(asked): Query<Asked>, visit: Visit) -> Result<Response> {
    let code = clean(&asked.ma);
    if code.is_empty() {
        page(&AskPage {
            shell: visit.shell(),
            typed: String::new(),
            is_unknown: false,
        })
    } else {
        Ok(see_other(format!("/xac-minh/{code}"), ""))
    }
}

#[derive(Template)]
#[template(path = "honours/verified.html")]
struct VerifiedPage {
    shell: Shell,
    code: String,
    found: Verified,
    /// The hash of the file of its paper, once that is issued.
    paper: Option<String>,
}

impl VerifiedPage {
    /// What the table of units is about.
    fn heading(&self) -> &'static str {
        match self.found.kind {
            Kind::Award | Kind::Correction => "Tập thể, cá nhân được khen thưởng",
            Kind::Cancellation => "Tập thể, cá nhân bị hủy khen thưởng",
        }
    }
}

/// An official paper: number, day, what it is and the hash of its file; no person, nothing of what it says.
#[derive(Template)]
#[template(path = "honours/verified_paper.html")]
struct VerifiedPaperPage {
    shell: Shell,
    issued: Issued,
    /// The newest signed copy: only what it came to, and its hash.
    copy: Option<SignedCopy>,
}

async fn verified(path: VerifiedPath, visit: Visit) -> Result<Response> {
    let code = clean(&path.code);
    let mut db = visit.db().await?;
    match decisions::verify(&mut db, &code).await {
        Ok(found) => {
            let paper = match documents::verify(&mut db, &code).await {
                Ok(issued) => Some(issued.sha256),
                Err(AppError::NotFound) => None,
                Err(error) => return Err(error),
            };
            return page(&VerifiedPage {
                shell: visit.shell(),
                code,
                found,
                paper,
            });
        }
        Err(AppError::NotFound) => {}
        Err(error) => return Err(error),
    }
    match documents::verify(&mut db, &code).await {
        Ok(issued) => page(&VerifiedPaperPage {
            shell: visit.shell(),
            copy: signatures::newest(&mut db, issued.id).await?,
            issued,
        }),
        Err(AppError::NotFound) => {
            let view = AskPage {
                shell: visit.shell(),
                typed: code,
                is_unknown: true,
            };
            page_with(StatusCode::NOT_FOUND, &view)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(clean(" abcde-fgh23 "), "ABCDEFGH23");
        assert_eq!(clean("'; drop table"), "DROPTABLE");
    }
}
