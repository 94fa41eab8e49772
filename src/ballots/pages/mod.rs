//! The paths of ballots, at a conference and at VUSTA's council: who may open which page. What a person may do with a ballot
//! is `access`'s matter.

mod council;
mod counting;
mod create;
mod edit;
mod endings;
mod follow;
mod housed;
mod index;
mod opening;
mod papers;
mod paths;
mod prints;
mod result;
mod scans;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    access,
    forms::{Ground, Placed},
    listing,
    model::{Ballot, State},
    queries,
    standing::standing,
};
use crate::{
    awards::{self, Awards},
    conferences, council as of_sittings,
    ids::SittingId,
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    web::{Pages, Visit, Who, shell::Shell},
    years::{self, find_year},
};
use housed::{Electorate, Housed};
use paths::{AtBallot, Place};

/// The ballots of a conference, and a new one.
#[derive(TypedPath, Deserialize)]
#[typed_path("/cum/{cluster}/{year}/hoi-nghi/{meeting}/bo-phieu", rejection(AppError))]
pub(super) struct CreationPath {
    cluster: String,
    year: i32,
    meeting: String,
}

/// A new ballot of the council.
#[derive(TypedPath, Deserialize)]
#[typed_path("/hoi-dong/{year}/phien-hop/{sitting}/bo-phieu", rejection(AppError))]
pub(super) struct CouncilCreationPath {
    year: i32,
    sitting: SittingId,
}

/// The pages of ballots.
#[must_use]
pub fn pages() -> Pages {
    of_conferences().and(of_council())
}

fn of_conferences() -> Pages {
    use paths::at_conference as at;
    Pages::new()
        .get(Who::SignedIn, index::index)
        .post(Who::Secretariat, create::create)
        .get(Who::SignedIn, show::show::<at::Show>)
        .get(Who::Secretariat, edit::form::<at::Edit>)
        .post(Who::Secretariat, edit::save::<at::Edit>)
        .get(Who::Secretariat, opening::preview_advance::<at::Advance>)
        .post(Who::Secretariat, opening::open_advance::<at::Advance>)
        .get(Who::Secretariat, opening::preview::<at::Opening>)
        .post(Who::Secretariat, opening::open_hall::<at::Opening>)
        .post(Who::Secretariat, papers::admit::<at::Admission>)
        .get(Who::Secretariat, endings::close_form::<at::Closing>)
        .post(Who::Secretariat, endings::close::<at::Closing>)
        .get(Who::SignedIn, papers::form::<at::Papers>)
        .post(Who::SignedIn, papers::enter::<at::Papers>)
        .post(Who::Secretariat, papers::hand_out::<at::HandingOut>)
        .get(Who::Secretariat, counting::form::<at::Count>)
        .post(Who::Secretariat, counting::count::<at::Count>)
        .get(Who::SignedIn, result::show::<at::Result>)
        .get(Who::SignedIn, result::download::<at::File>)
        .post(Who::Secretariat, follow::second_round::<at::Round>)
        .post(Who::Secretariat, follow::again::<at::Again>)
        .post(Who::SignedIn, follow::settle::<at::Settlement>)
        .post(Who::Secretariat, follow::sign::<at::Signature>)
        .get(Who::Secretariat, endings::cancel_form::<at::Cancellation>)
        .post(Who::Secretariat, endings::cancel::<at::Cancellation>)
        .get(Who::SignedIn, prints::papers::<at::Print>)
        .get(Who::SignedIn, prints::sheet::<at::Sheet>)
        .get(Who::SignedIn, scans::index::<at::Scans>)
        .upload(Who::Secretariat, scans::attach::<at::Scans>)
        .get(Who::SignedIn, scans::download::<at::Scan>)
        .post(Who::Secretariat, scans::detach::<at::ScanRemoval>)
}

fn of_council() -> Pages {
    use paths::at_council as at;
    Pages::new()
        .post(Who::StandingOffice, council::create)
        .get(Who::Council, show::show::<at::Show>)
        .get(Who::StandingOffice, edit::form::<at::Edit>)
        .post(Who::StandingOffice, edit::save::<at::Edit>)
        .get(Who::StandingOffice, opening::preview_advance::<at::Advance>)
        .post(Who::StandingOffice, opening::open_advance::<at::Advance>)
        .get(Who::StandingOffice, opening::preview::<at::Opening>)
        .post(Who::StandingOffice, opening::open_hall::<at::Opening>)
        .post(Who::StandingOffice, papers::admit::<at::Admission>)
        .get(Who::StandingOffice, endings::close_form::<at::Closing>)
        .post(Who::StandingOffice, endings::close::<at::Closing>)
        .get(Who::Council, papers::form::<at::Papers>)
        .post(Who::Council, papers::enter::<at::Papers>)
        .post(Who::StandingOffice, papers::hand_out::<at::HandingOut>)
        .get(Who::StandingOffice, counting::form::<at::Count>)
        .post(Who::StandingOffice, counting::count::<at::Count>)
        .get(Who::Council, result::show::<at::Result>)
        .get(Who::Council, result::download::<at::File>)
        .post(Who::StandingOffice, follow::again::<at::Again>)
        .post(Who::StandingOffice, follow::sign::<at::Signature>)
        .get(Who::StandingOffice, endings::cancel_form::<at::Cancellation>)
        .post(Who::StandingOffice, endings::cancel::<at::Cancellation>)
        .get(Who::Council, prints::papers::<at::Print>)
        .get(Who::Council, prints::sheet::<at::Sheet>)
        .get(Who::Council, scans::index::<at::Scans>)
        .upload(Who::StandingOffice, scans::attach::<at::Scans>)
        .get(Who::Council, scans::download::<at::Scan>)
        .post(Who::StandingOffice, scans::detach::<at::ScanRemoval>)
}

/// A ballot with what its pages need.
pub(super) struct Opened {
    house: Housed,
    pub ballot: Ballot,
    pub awards: Awards,
    /// All ballots of the house, this one among them.
    pub all: Vec<Ballot>,
}

/// Opens a ballot for this visit, or answers 404.
async fn open(db: &mut PgConnection, visit: &Visit, at: &impl AtBallot) -> Result<Opened> {
    let actor = visit.actor()?;
    let (ballot, house) = match at.place() {
        Place::Year(cluster, year) => {
            let year = find_year(db, visit, cluster, year).await?;
            let ballot = queries::find(db, at.ballot()).await?;
            let is_here = ballot.year_id == Some(year.id) && years::access::is_concerned(actor, &year);
            let id = ballot
                .conference_id
                .filter(|_| is_here)
                .ok_or(AppError::NotFound)?;
            let (_, conference) = conferences::by_id(db, id).await?;
            (ballot, Housed::Conference(Box::new((year, conference))))
        }
        Place::Council(year) => {
            let ballot = queries::find(db, at.ballot()).await?;
            let is_here = ballot.council_year == Some(year) && of_sittings::access::is_concerned(actor);
            let id = ballot.sitting_id.filter(|_| is_here).ok_or(AppError::NotFound)?;
            let sitting = of_sittings::find_sitting(db, year, id).await?;
            (ballot, Housed::Council(Box::new(sitting)))
        }
    };
    if !access::sees(actor, &ballot) {
        return Err(AppError::NotFound);
    }
    Ok(Opened {
        awards: awards::all(db).await?,
        all: queries::beside(db, &ballot).await?,
        house,
        ballot,
    })
}

impl Opened {
    /// What surrounds its pages.
    pub fn shell(&self, visit: &Visit) -> Shell {
        self.house.shell(visit)
    }

    /// `/cum/cum-3/2023/hoi-nghi/bo-phieu/…`
    pub fn path(&self) -> String {
        self.path_of(&self.ballot)
    }

    /// The path of one of its pages: `path_to("mo")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// What it is called.
    pub fn title(&self) -> String {
        listing::title(&self.ballot)
    }

    /// What the conference or session is called.
    pub fn meeting(&self) -> String {
        self.house.title()
    }

    /// Its path.
    pub fn meeting_path(&self) -> String {
        self.house.path()
    }

    /// Who votes, in words: `đơn vị`, `thành viên Hội đồng`.
    pub fn voters(&self) -> &'static str {
        self.ballot.plan.voters_are()
    }

    /// The ballot that took up what this one left, unless that was called off.
    pub fn child(&self) -> Option<&Ballot> {
        self.all
            .iter()
            .find(|b| b.parent_id == Some(self.ballot.id) && b.state != State::Cancelled)
    }

    /// The ballot that this one follows.
    pub fn parent(&self) -> Option<&Ballot> {
        self.all.iter().find(|b| Some(b.id) == self.ballot.parent_id)
    }

    /// The path of another ballot of the house.
    pub fn path_of(&self, other: &Ballot) -> String {
        listing::path_below(&self.house.base(), other)
    }

    /// Who may vote, as of now.
    async fn electorate(&self, db: &mut PgConnection) -> Result<Electorate> {
        self.house.electorate(db, &self.ballot.plan).await
    }

    /// The standing from which candidates are taken; none at the council, which votes on dossiers.
    async fn standing(&self, db: &mut PgConnection, visit: &Visit) -> Result<Vec<Placed>> {
        match self.house.year() {
            Some(year) => standing(db, visit.actor()?, year, visit.now).await,
            None => Ok(Vec::new()),
        }
    }

    /// What its form is read by.
    fn ground<'a>(&'a self, standing: &'a [Placed], now: Moment) -> Ground<'a> {
        Ground {
            members: match &self.house {
                Housed::Conference(held) => held.0.members_on(held.1.day_of_members(&held.0)),
                Housed::Council(_) => Vec::new(),
            },
            standing,
            saved: &self.ballot.plan,
            now,
        }
    }
}

/// The version that a person saw when deciding.
#[derive(Deserialize)]
struct Seen {
    #[serde(default)]
    version: i32,
}
