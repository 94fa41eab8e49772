//! Every SQL statement about what units have and lack.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};

use super::model::{Card, Facts, Nominated, Registered, Remark, Subject};
use crate::{
    award_history,
    awards::{self, Awards, Level, Version, in_force},
    ids::{UnitId, YearId},
    kit::error::Result,
    registrations,
    years::Year,
};

/// Everything that cards of one day are made with, read once.
pub struct Judge {
    awards: Awards,
    versions: Vec<Version>,
    day: NaiveDate,
}

impl Judge {
    /// For a year, as of today: a year that is over goes by what held on its last day.
    pub async fn of(db: &mut PgConnection, year: &Year, today: NaiveDate) -> Result<Self> {
        let last = NaiveDate::from_ymd_opt(year.year, 12, 31).unwrap_or(today);
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

    /// What the program knows of a unit in the year: the same few statements, however long its history.
    pub async fn facts(&self, db: &mut PgConnection, year: &Year, unit: UnitId) -> Result<Facts> {
        let mut facts = facts(db, year, unit).await?;
        let given_by_unit = self.awards.0.iter().filter(|award| {
            self.version(&award.code)
                .is_some_and(|v| v.level == Level::Grassroots)
        });
        facts.grassroots = given_by_unit.map(|award| award.code.clone()).collect();
        Ok(facts)
    }
}

/// What the program knows of a unit in a year, but for the levels of awards.
async fn facts(db: &mut PgConnection, year: &Year, unit: UnitId) -> Result<Facts> {
    let line = award_history::lineage(db, unit).await?;
    let quotas = [
        ("vusta_flag", year.rules.flag_quota),
        ("vusta_merit", year.rules.merit_quota),
    ];
    Ok(Facts {
        year: year.year,
        unit_id: Some(unit),
        registered: registered(db, year.id, unit).await?,
        classes: classes(db, unit).await?,
        laurels: award_history::laurels(db, &line).await?,
        nominated: nominated(db, year.id).await?,
        quotas: quotas.map(|(award, most)| (award.to_owned(), most)).into(),
        acclaimed: acclaimed(db, year.year).await?,
        grassroots: std::collections::HashSet::default(),
    })
}

async fn registered(db: &mut PgConnection, year: YearId, unit: UnitId) -> Result<Option<Registered>> {
    let row = sqlx::query!(
        r#"select state in ('accepted', 'forwarded') as "is_taken_in!", coalesce(late_days, 0) as "late_days!",
              content as "content!: Json<registrations::Content>"
           from registrations where year_id = $1 and unit_id = $2 and content is not null"#,
        year as _,
        unit as _
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|r| Registered {
        is_taken_in: r.is_taken_in,
        late_days: r.late_days,
        units: r.content.titles.iter().map(|t| t.award.clone()).collect(),
        persons: r
            .content
            .individuals
            .iter()
            .map(|i| (i.full_name.clone(), i.award.clone()))
            .collect(),
    }))
}

async fn classes(db: &mut PgConnection, unit: UnitId) -> Result<BTreeMap<i32, String>> {
    let rows = sqlx::query!(
        r#"select y.year, s.result ->> 'class' as "class!" from score_sheets s join years y on y.id = s.year_id
           where s.unit_id = $1 and s.state = 'locked' and s.result ->> 'class' is not null"#,
        unit as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.year, r.class)).collect())
}

async fn nominated(db: &mut PgConnection, year: YearId) -> Result<Vec<Nominated>> {
    Ok(sqlx::query_as!(
        Nominated,
        r#"select unit_id, award, votes_for, state not in ('proposed', 'not_acclaimed', 'withdrawn') as "acclaimed!"
           from nominations where year_id = $1"#,
        year as _
    )
    .fetch_all(db)
    .await?)
}

async fn acclaimed(db: &mut PgConnection, calendar_year: i32) -> Result<HashMap<String, i64>> {
    let rows = sqlx::query!(
        r#"select n.award, count(*) as "count!" from nominations n join years y on y.id = n.year_id
           where y.year = $1 and n.state not in ('proposed', 'not_acclaimed', 'withdrawn', 'ineligible', 'council_rejected', 'cancelled')
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
