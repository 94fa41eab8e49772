//! The demonstration world of `demo/`: what a first start shows.
//!
//! Nothing is written past the program's rules. The files are turned into a timeline of acts (somebody saved, handed
//! in, took in ...), which is then performed act by act with the very actions that the pages use, each at its own
//! moment and with the rights that the person had on that day. So every record, receipt and journal line is as if
//! people had worked with the program all these years.
//!
//! The current year of the world is that of the day on which it is loaded. What would lie in the future then is
//! moved to just before the present, in its order.

mod awards;
mod conferences;
mod consolidations;
mod criteria;
mod files;
mod hall;
mod indicators;
mod means;
mod meeting_shapes;
mod papers;
mod people;
mod registrations;
mod reports;
mod score_shapes;
mod scores;
mod shapes;
mod timeline;
mod units;
mod votes;
mod years;

use anyhow::{Context, anyhow, bail};
use bytes::Bytes;
use chrono::{Datelike, NaiveDate, NaiveTime};
use sqlx::{PgConnection, PgPool};

use crate::{
    ballots,
    kit::{
        clock::{self, Moment},
        database,
        files::FileStore,
        journal,
        vault::Vault,
    },
    people::{Actor, DEMO_PASSWORD, Password, actor_by_login},
};
use means::Means;
use shapes::World;
use timeline::Timeline;

/// What stands for every paper of a dossier.
const DOCUMENT: &[u8] = include_bytes!("../../demo/files/tai-lieu-minh-hoa.pdf");

/// Who acts for VUSTA: opens years, acknowledges, closes.
const STANDING_OFFICE: &str = "thuongtruc";

/// Loads the demonstration world, whole or not at all; `address` is the one that people type. Answers false, and changes nothing, when the database isn't
/// empty.
pub async fn load(
    pool: &PgPool,
    files: &FileStore,
    vault: &Vault,
    address: &str,
    now: Moment,
) -> anyhow::Result<bool> {
    let world = World::read(now)?;
    let hash = Password::of_demo(DEMO_PASSWORD).hash().await?;
    let mut tx = database::begin(pool).await?;
    if !journal::is_empty(&mut tx).await? {
        return Ok(false);
    }
    database::found(&mut tx, now, true).await?;
    let bytes = futures::stream::iter([Ok::<_, anyhow::Error>(Bytes::from_static(DOCUMENT))]);
    let file = files
        .take(bytes)
        .await
        .map_err(|refused| anyhow!(refused.message()))?;
    let means = Means::new(file, vault, address)?;
    let loaded = match perform_all(&mut tx, timeline(&world, &hash, &means)?, now).await {
        Ok(()) => tx.commit().await.map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    if let Err(error) = loaded {
        means.destroy_keys()?;
        return Err(error);
    }
    // What fails here is tried again at every start.
    if let Err(error) = ballots::sweep(pool, vault).await {
        tracing::error!(%error, "what closed ballots left behind can't be cleared away");
    }
    Ok(true)
}

async fn perform_all(db: &mut PgConnection, timeline: Timeline<'_>, now: Moment) -> anyhow::Result<()> {
    for (at, act) in timeline.until(now) {
        act.perform(db, at)
            .await
            .with_context(|| format!("the demonstration world can't be loaded, at {at}"))?;
    }
    Ok(())
}

/// Loads what a real start needs of it: units with their succession, clusters. No person, no year, nothing made up.
/// Answers false, and changes nothing, when there are clusters already.
pub async fn load_reference(pool: &PgPool, now: Moment) -> anyhow::Result<bool> {
    let world = World::read(now)?;
    let mut tx = database::begin(pool).await?;
    journal::is_empty(&mut tx).await?;
    if !crate::clusters::all(&mut tx).await?.is_empty() {
        return Ok(false);
    }
    database::found(&mut tx, now, false).await?;
    let mut timeline = Timeline::default();
    units::plan(
        &world,
        units::Contacts::PublishedOnly,
        clock::day(now),
        &mut timeline,
    );
    for (_, act) in timeline.until(now) {
        act.perform(&mut tx, now)
            .await
            .context("units and clusters can't be loaded")?;
    }
    tx.commit().await?;
    Ok(true)
}

/// An account of the demonstration world: login, full name, first post in words.
pub struct Account {
    /// The name to sign in.
    pub login: String,
    /// Full name.
    pub full_name: String,
    /// The post held today, in words.
    pub post: String,
}

/// All accounts, to be shown when the program starts.
pub fn accounts(now: Moment) -> anyhow::Result<Vec<Account>> {
    let world = World::read(now)?;
    Ok(world
        .people
        .iter()
        .map(|person| person.account(&world, clock::day(now)))
        .collect())
}

/// Everything that happens in the world.
fn timeline<'a>(world: &'a World, hash: &'a str, means: &'a Means<'a>) -> anyhow::Result<Timeline<'a>> {
    let mut timeline = Timeline::default();
    let Some(first_day) = world.first_day() else {
        bail!("demo/people.json holds no posts")
    };
    units::plan(world, units::Contacts::All, first_day, &mut timeline);
    people::plan(world, first_day, hash, &mut timeline);
    criteria::plan(&world.years, &mut timeline);
    for year in &world.years {
        years::plan(year, &mut timeline);
        indicators::plan(year, &mut timeline);
        registrations::plan(year, &mut timeline)?;
        consolidations::plan(year, &mut timeline);
        reports::plan(year, &mut timeline)?;
        scores::plan(year, &mut timeline);
        conferences::plan(year, means, &mut timeline);
        votes::plan(year, means, &mut timeline);
        hall::plan(year, means, &mut timeline);
        awards::plan(year, &means.file, &mut timeline);
        papers::plan(year, &means.address, &mut timeline);
    }
    Ok(timeline)
}

/// One act of the timeline; each kind of record has its own.
enum Act<'a> {
    Unit(units::Act<'a>),
    Person(people::Act<'a>),
    Year(years::Act<'a>),
    Indicators(indicators::Act),
    Registration(registrations::Act<'a>),
    Report(reports::Act<'a>),
    Consolidation(consolidations::Act<'a>),
    Criteria(criteria::Act<'a>),
    Score(scores::Act<'a>),
    Conference(conferences::Act<'a>),
    Vote(votes::Act<'a>),
    Hall(hall::Act<'a>),
    Award(awards::Act<'a>),
    Paper(papers::Act<'a>),
}

impl Act<'_> {
    async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        match self {
            Self::Unit(act) => act.perform(db, at).await,
            Self::Person(act) => act.perform(db, at).await,
            Self::Year(act) => act.perform(db, at).await,
            Self::Indicators(act) => act.perform(db, at).await,
            Self::Registration(act) => act.perform(db, at).await,
            Self::Report(act) => act.perform(db, at).await,
            Self::Consolidation(act) => act.perform(db, at).await,
            Self::Criteria(act) => act.perform(db, at).await,
            Self::Score(act) => act.perform(db, at).await,
            Self::Conference(act) => act.perform(db, at).await,
            Self::Vote(act) => act.perform(db, at).await,
            Self::Hall(act) => act.perform(db, at).await,
            Self::Award(act) => act.perform(db, at).await,
            Self::Paper(act) => act.perform(db, at).await,
        }
    }
}

/// Who acts, with the rights of that day.
async fn actor(db: &mut PgConnection, login: &str, at: Moment) -> anyhow::Result<Actor> {
    actor_by_login(db, login, clock::day(at))
        .await
        .with_context(|| format!("the account {login}"))
}

/// When an office opens, for acts of which only the day is known.
fn morning(day: NaiveDate) -> Moment {
    clock::at(day, NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default())
}

/// When it closes.
fn evening(day: NaiveDate) -> Moment {
    clock::at(day, NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default())
}

/// The year in Vietnam.
fn year_of(now: Moment) -> i32 {
    clock::day(now).year()
}
