//! What became of everything that the units registered: promised, after six months, reached.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        comparison::Kept,
        model::{Period, Report},
        progress::{Progress, Verdict},
        queries,
    },
    KeeperPath,
};
use crate::{
    kit::error::Result,
    registrations::{self, Registration},
    web::{Visit, filters, page, shell::Shell},
    years::{Member, Year, find_year},
};

#[derive(Template)]
#[template(path = "reports/keeper.html")]
struct KeeperPage {
    shell: Shell,
    year: Year,
    units: Vec<Unit>,
    /// The units whose registration wasn't taken in (yet).
    missing: Vec<String>,
}

/// A unit with its promises.
struct Unit {
    member: Member,
    kept: Vec<Kept>,
}

impl Unit {
    /// `đạt 5/8 chỉ tiêu`
    fn words(&self) -> String {
        let known: Vec<Verdict> = self
            .kept
            .iter()
            .filter_map(Kept::progress)
            .map(Progress::verdict)
            .collect();
        let good = known.iter().filter(|v| v.is_good()).count();
        if known.is_empty() {
            format!("{} chỉ tiêu, chưa có báo cáo", self.kept.len())
        } else {
            format!("{good}/{} chỉ tiêu đạt hoặc đúng tiến độ", self.kept.len())
        }
    }
}

pub(super) async fn show(path: KeeperPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    let registrations = registrations::of_year(&mut db, actor, &year).await?;
    let midyear = queries::of_year(&mut db, actor, &year, Period::Midyear).await?;
    let annual = queries::of_year(&mut db, actor, &year, Period::Annual).await?;
    let is_promised = |r: &&Registration| {
        matches!(
            r.state,
            registrations::State::Accepted | registrations::State::Forwarded
        )
    };
    let mut units = Vec::new();
    let mut missing = Vec::new();
    for member in &year.members {
        let of = |reports: &[Report]| {
            let found = reports.iter().find(|r| r.unit_id == member.unit_id);
            found.and_then(Report::handed_in).cloned()
        };
        let registered = registrations
            .iter()
            .filter(is_promised)
            .find(|r| r.unit_id == member.unit_id)
            .and_then(|r| r.content.as_ref());
        match registered {
            Some(content) => {
                let (midyear, annual) = (of(&midyear), of(&annual));
                units.push(Unit {
                    kept: Kept::of(&content.targets, midyear.as_ref(), annual.as_ref()),
                    member: member.clone(),
                });
            }
            None => missing.push(member.place.clone()),
        }
    }
    page(&KeeperPage {
        shell: visit.shell_in(&year.place()),
        year,
        units,
        missing,
    })
}
