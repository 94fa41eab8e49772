//! Nominations in overviews: their states, not their dossiers.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::super::model::State;
use crate::{
    ids::{NominationId, UnitId, YearId},
    kit::error::Result,
};

/// A nomination in the matrix and among the tasks: its state, not its dossier.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The nomination.
    pub id: NominationId,
    /// The unit.
    pub unit_id: UnitId,
    /// The name of the person whom it is for; none for the unit itself.
    pub person: Option<String>,
    /// The award's code.
    pub award: String,
    /// Its short name.
    pub award_name: String,
    /// The state.
    pub state: State,
    /// Codes of the parts that have files.
    pub parts: Vec<String>,
    /// Whether it names somebody whose ground has ended.
    pub lacks_ground: bool,
    /// Of one that was sent back: until when it is awaited again.
    pub due_again: Option<NaiveDate>,
    /// Of one that was sent back: codes of the parts that are asked for.
    pub asked: Vec<String>,
}

/// The states of all nominations of a year. Members may know those that were acclaimed (`State::was_acclaimed`).
pub async fn summaries(db: &mut PgConnection, year: YearId) -> Result<Vec<Summary>> {
    Ok(sqlx::query_as!(
        Summary,
        r#"select n.id, n.unit_id, n.person_name as person, n.award, w.short_name as award_name, n.state as "state: State",
              array(select distinct a.part from attachments a
                    where a.record_kind = 'nominations' and a.record_id = n.id and a.removed_at is null) as "parts!",
              exists(select from nomination_persons p where p.nomination_id = n.id and p.ended_on is not null and p.left_on is null
                     and not exists(select from nomination_persons o where o.nomination_id = n.id and o.full_name = p.full_name
                                    and o.ended_on is null)) as "lacks_ground!",
              b.due_on as "due_again?", array(select i ->> 'section' from jsonb_array_elements(b.items) i) as "asked!: Vec<String>"
           from nominations n join awards w on w.code = n.award
           left join lateral (select r.due_on, r.items from returns r where n.state = 'returned' and r.record_kind = 'nominations'
                              and r.record_id = n.id order by r.returned_at desc limit 1) b on true
           where n.year_id = $1 order by w.position, n.person_name is not null, n.votes_for desc"#,
        year as _
    )
    .fetch_all(db)
    .await?)
}

/// How many nominations of a calendar year are in a state.
#[derive(Clone, Debug)]
pub struct YearCount {
    /// The year.
    pub year: i32,
    /// The state.
    pub state: State,
    /// How many.
    pub count: i64,
}

/// Nominations of all years by state, for the standing office and the council, the newest year first.
pub async fn counts(db: &mut PgConnection) -> Result<Vec<YearCount>> {
    Ok(sqlx::query_as!(
        YearCount,
        r#"select y.year, n.state as "state: State", count(*) as "count!"
           from nominations n join years y on y.id = n.year_id group by y.year, n.state order by y.year desc, n.state"#
    )
    .fetch_all(db)
    .await?)
}
