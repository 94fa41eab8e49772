//! Every SQL statement about what units have and lack.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::model::{Card, Facts, Nominated, Registered, Remark, Subject};
use crate::{
    award_history::{self, Forebear, Laurel},
    awards::{self, Awards, Level, Version, in_force},
    ids::{UnitId, YearId},
    kit::error::Result,
    registrations,
    years::Year,
};

/// A unit in the year of a cluster.
pub type Place = (YearId, UnitId);

/// Everything that cards of one day are made with, read once.
pub struct Judge {
    awards: Awards,
    versions: Vec<Version>,
    day: NaiveDate,
}

impl Judge {
    /// For a calendar year, as of today: a year that is over goes by what held on its last day.
    pub async fn of(db: &mut PgConnection, calendar_year: i32, today: NaiveDate) -> Result<Self> {
        let last = NaiveDate::from_ymd_opt(calendar_year, 12, 31).unwrap_or(today);
        Ok(Self {
            awards: awards::all(db).await?,
            versions: awards::versions(db, None).await?,
            day: today.min(last),
        })
    }

    fn version(&self, award: &str) -> Option<&Version> {
        let own: Vec<Version> = self
            .versions
            .iter()
            .filter(|v| v.award == award)
            .cloned()
            .collect();
        let number = in_force(&own, self.day)?.number;
        self.versions
            .iter()
            .find(|v| v.award == award && v.number == number)
    }

    /// What the subject has and lacks.
    #[must_use]
    pub fn card(&self, subject: &Subject, facts: &Facts, remarks: &[Remark]) -> Card {
        Card::of(
            subject,
            self.version(&subject.award),
            facts,
            remarks,
            &self.awards,
        )
    }

    /// The awards that units can have and that hold on the day: their codes, in the catalogue's order.
    pub fn awards_of_units(&self) -> impl Iterator<Item = &str> {
        let holding = |award: &&awards::Award| award.for_units && self.version(&award.code).is_some();
        self.awards
            .0
            .iter()
            .filter(holding)
            .map(|award| award.code.as_str())
    }

    /// What the program knows of a unit in the year.
    pub async fn facts(&self, db: &mut PgConnection, year: &Year, unit: UnitId) -> Result<Facts> {
        let place = (year.id, unit);
        let mut found = self.facts_of(db, year.year, &[place]).await?;
        Ok(found.remove(&place).unwrap_or_default())
    }

    /// What the program knows of units in their years of clusters, all of one calendar year: the same few statements, however
    /// many they are and however long their history.
    pub async fn facts_of(
        &self,
        db: &mut PgConnection,
        calendar_year: i32,
        places: &[Place],
    ) -> Result<HashMap<Place, Facts>> {
        let given_by_unit = self.awards.0.iter().filter(|award| {
            self.version(&award.code)
                .is_some_and(|v| v.level == Level::Grassroots)
        });
        let grassroots: HashSet<String> = given_by_unit.map(|award| award.code.clone()).collect();
        let known = Known::of(db, calendar_year, places).await?;
        let facts = |place: &Place| (*place, known.facts(calendar_year, *place, &grassroots));
        Ok(places.iter().map(facts).collect())
    }
}

/// What was read of many units at once.
struct Known {
    registered: HashMap<Place, Registered>,
    forebears: HashMap<UnitId, Vec<Forebear>>,
    classes: HashMap<UnitId, Vec<(i32, Option<String>)>>,
    laurels: HashMap<UnitId, Vec<Laurel>>,
    nominated: HashMap<YearId, Vec<Nominated>>,
    quotas: HashMap<YearId, HashMap<String, i32>>,
    acclaimed: HashMap<String, i64>,
}

impl Known {
    async fn of(db: &mut PgConnection, calendar_year: i32, places: &[Place]) -> Result<Self> {
        let years: HashSet<Uuid> = places.iter().map(|(year, _)| year.0).collect();
        let years: Vec<Uuid> = years.into_iter().collect();
        let units: HashSet<UnitId> = places.iter().map(|(_, unit)| *unit).collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        let forebears = award_history::forebears(db, &units).await?;
        let before = forebears.values().flatten().map(|forebear| forebear.unit_id);
        let line: HashSet<UnitId> = units.iter().copied().chain(before).collect();
        let line: Vec<UnitId> = line.into_iter().collect();
        let mut laurels: HashMap<UnitId, Vec<Laurel>> = HashMap::new();
        for laurel in award_history::laurels(db, &line).await? {
            laurels.entry(laurel.unit_id).or_default().push(laurel);
        }
        Ok(Self {
            registered: registered(db, &years, &units).await?,
            classes: classes(db, &line).await?,
            nominated: nominated(db, &years).await?,
            quotas: quotas(db, &years).await?,
            acclaimed: acclaimed(db, calendar_year).await?,
            forebears,
            laurels,
        })
    }

    fn facts(&self, calendar_year: i32, place: Place, grassroots: &HashSet<String>) -> Facts {
        let (year, unit) = place;
        let forebears = self.forebears.get(&unit).cloned().unwrap_or_default();
        let line: HashSet<UnitId> = std::iter::once(unit)
            .chain(forebears.iter().map(|f| f.unit_id))
            .collect();
        let laurels = line.iter().filter_map(|unit| self.laurels.get(unit)).flatten();
        let mut laurels: Vec<Laurel> = laurels.cloned().collect();
        laurels.sort_by(|a, b| (b.year, &a.number).cmp(&(a.year, &b.number)));
        let mut classes = HashMap::new();
        for unit in &line {
            let of_unit = self.classes.get(unit).into_iter().flatten();
            classes.extend(of_unit.map(|(year, class)| ((*unit, *year), class.clone())));
        }
        Facts {
            year: calendar_year,
            unit_id: Some(unit),
            registered: self.registered.get(&place).cloned(),
            forebears,
            classes,
            laurels,
            nominated: self.nominated.get(&year).cloned().unwrap_or_default(),
            quotas: self.quotas.get(&year).cloned().unwrap_or_default(),
            acclaimed: self.acclaimed.clone(),
            grassroots: grassroots.clone(),
        }
    }
}

async fn registered(
    db: &mut PgConnection,
    years: &[Uuid],
    units: &[UnitId],
) -> Result<HashMap<Place, Registered>> {
    let rows = sqlx::query!(
        r#"select year_id as "year_id: YearId", unit_id as "unit_id: UnitId", state in ('accepted', 'forwarded') as "is_taken_in!",
              coalesce(late_days, 0) as "late_days!", content as "content!: Json<registrations::Content>"
           from registrations where year_id = any($1) and unit_id = any($2) and content is not null"#,
        years,
        &uuids(units)
    )
    .fetch_all(db)
    .await?;
    let read = rows.into_iter().map(|r| {
        let Json(content) = r.content;
        let persons = content.individuals.into_iter().map(|i| (i.full_name, i.award));
        let registered = Registered {
            is_taken_in: r.is_taken_in,
            late_days: r.late_days,
            units: content.titles.into_iter().map(|t| t.award).collect(),
            persons: persons.collect(),
        };
        ((r.year_id, r.unit_id), registered)
    });
    Ok(read.collect())
}

fn uuids(units: &[UnitId]) -> Vec<Uuid> {
    units.iter().map(|unit| unit.0).collect()
}

/// The years in which units were in a cluster, with the class of the locked sheet.
async fn classes(
    db: &mut PgConnection,
    units: &[UnitId],
) -> Result<HashMap<UnitId, Vec<(i32, Option<String>)>>> {
    let rows = sqlx::query!(
        r#"select m.unit_id as "unit_id: UnitId", y.year, s.result ->> 'class' as class
           from memberships m join years y on y.id = m.year_id
           left join score_sheets s on s.year_id = m.year_id and s.unit_id = m.unit_id and s.state = 'locked'
           where m.unit_id = any($1) order by y.year, class nulls first"#,
        &uuids(units)
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<UnitId, Vec<(i32, Option<String>)>> = HashMap::new();
    for r in rows {
        found.entry(r.unit_id).or_default().push((r.year, r.class));
    }
    Ok(found)
}

async fn nominated(db: &mut PgConnection, years: &[Uuid]) -> Result<HashMap<YearId, Vec<Nominated>>> {
    let rows = sqlx::query!(
        r#"select n.year_id as "year_id: YearId", n.unit_id as "unit_id: UnitId", u.short_name, n.award, n.votes_for,
              n.state not in ('proposed', 'not_acclaimed', 'withdrawn') as "acclaimed!",
              n.state not in ('proposed', 'not_acclaimed', 'withdrawn', 'ineligible', 'council_rejected', 'cancelled') as "counts!"
           from nominations n join units u on u.id = n.unit_id where n.year_id = any($1) and n.person_name is null order by u.place collate "vi-x-icu""#,
        years
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<YearId, Vec<Nominated>> = HashMap::new();
    for r in rows {
        found.entry(r.year_id).or_default().push(Nominated {
            unit_id: r.unit_id,
            unit_name: r.short_name,
            award: r.award,
            votes_for: r.votes_for,
            acclaimed: r.acclaimed,
            counts: r.counts,
        });
    }
    Ok(found)
}

async fn quotas(db: &mut PgConnection, years: &[Uuid]) -> Result<HashMap<YearId, HashMap<String, i32>>> {
    let rows = sqlx::query!(
        r#"select year_id as "year_id: YearId", flag_quota, merit_quota from year_rules where year_id = any($1)"#,
        years
    )
    .fetch_all(db)
    .await?;
    let read = rows.into_iter().map(|r| {
        let quotas = [("vusta_flag", r.flag_quota), ("vusta_merit", r.merit_quota)];
        (
            r.year_id,
            quotas.map(|(award, most)| (award.to_owned(), most)).into(),
        )
    });
    Ok(read.collect())
}

async fn acclaimed(db: &mut PgConnection, calendar_year: i32) -> Result<HashMap<String, i64>> {
    let rows = sqlx::query!(
        r#"select n.award, count(*) as "count!" from nominations n join years y on y.id = n.year_id
           where y.year = $1 and n.person_name is null and n.state not in ('proposed', 'not_acclaimed', 'withdrawn', 'ineligible', 'council_rejected', 'cancelled')
           group by n.award"#,
        calendar_year
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.award, r.count)).collect())
}

/// The newest year of a cluster that the unit was a member of.
pub(super) async fn newest_year(db: &mut PgConnection, unit: UnitId) -> Result<Option<YearId>> {
    Ok(sqlx::query_scalar!(
        r#"select y.id as "id: YearId" from memberships m join years y on y.id = m.year_id
           where m.unit_id = $1 order by y.year desc, m.from_date desc nulls last limit 1"#,
        unit as _
    )
    .fetch_optional(db)
    .await?)
}
