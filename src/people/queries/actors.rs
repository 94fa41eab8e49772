//! Who somebody is today: posts, and the rights that follow from them.
//!
//! It runs on every request and changes a few times a year, so it is remembered until the reference data changes.

use std::sync::LazyLock;

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::super::model::{Actor, Gender, YearPlace};
use crate::{
    ids::{ClusterId, PersonId, UnitId},
    kit::{clock::Moment, error::Result, remembered::Remembered},
};

static ACTORS: LazyLock<Remembered<(PersonId, NaiveDate), Actor>> = LazyLock::new(Remembered::default);

/// The person with the rights of `today`.
pub async fn load_actor(db: &mut PgConnection, person: PersonId, today: NaiveDate) -> Result<Actor> {
    let revision = sqlx::query_scalar!("select revision from reference_revision")
        .fetch_one(&mut *db)
        .await?;
    load(db, person, today, revision).await
}

/// The person whose session this is, with the rights of `today`, and when the session was seen last. Not found when
/// the session is unknown or over.
pub async fn actor_of_session(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: Moment,
    idle_since: Moment,
    today: NaiveDate,
) -> Result<(Actor, Moment)> {
    let session = sqlx::query!(
        r#"select s.person_id as "person_id: PersonId", s.last_seen_at, r.revision
           from sessions s cross join reference_revision r
           where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3"#,
        token_hash,
        now,
        idle_since
    )
    .fetch_one(&mut *db)
    .await?;
    // An account that was disabled is another revision, and isn't found any more.
    let key = (session.person_id, today);
    let actor = match ACTORS.recall(session.revision, &key) {
        Some(actor) => actor,
        None => ACTORS.keep(
            session.revision,
            key,
            load(db, session.person_id, today, session.revision).await?,
        ),
    };
    Ok((actor, session.last_seen_at))
}

async fn load(db: &mut PgConnection, person: PersonId, today: NaiveDate, revision: Uuid) -> Result<Actor> {
    let row = sqlx::query!(
        r#"
        with held as (
            select role, unit_id, cluster_id, starts_on <= $2 and coalesce(ends_on >= $2, true) as now
            from posts where person_id = $1 and starts_on <= $2
        ), led as (
            select l.cluster_id, l.office
            from leaderships l join held h on h.unit_id = l.unit_id
            where h.now and l.starts_on <= $2 and coalesce(l.ends_on >= $2, true)
        ), archive as (
            select unit_id from held where not now and unit_id is not null
            union
            select s.predecessor_id from unit_successions s join held h on h.unit_id = s.successor_id where h.now
        ), close as (
            select unit_id from held where now and unit_id is not null
            union
            select unit_id from conflicts_of_interest where person_id = $1 and lifted_at is null
        ), conflict as (
            select unit_id from close
            union
            select s.predecessor_id from unit_successions s join close c on c.unit_id = s.successor_id
            union
            select s.successor_id from unit_successions s join close c on c.unit_id = s.predecessor_id
        )
        select p.id, p.login, p.full_name, p.gender as "gender: Gender",
            array(select unit_id from held where now and role = 'unit_officer') as "officer_of!: Vec<UnitId>",
            array(select unit_id from held where now and role = 'unit_leader') as "leader_of!: Vec<UnitId>",
            array(select unit_id from archive) as "archive_of!: Vec<UnitId>",
            array(select distinct cluster_id from led where office = 'lead') as "secretariat_of!: Vec<ClusterId>",
            array(select distinct cluster_id from led where office = 'deputy') as "deputy_of!: Vec<ClusterId>",
            array(select cluster_id from held where now and role = 'cluster_patron') as "patron_of!: Vec<ClusterId>",
            array(select unit_id from conflict) as "conflicts!: Vec<UnitId>",
            array(select distinct u.short_name from units u join held h on h.unit_id = u.id where h.now) as "unit_names!: Vec<String>",
            (select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'name', name, 'year', year)), '[]') from (
                select c.slug, c.name, y.year, y.state, row_number() over (partition by c.id order by y.year desc) as age
                from clusters c join years y on y.cluster_id = c.id
                where y.id in (select m.year_id from memberships m join held h on h.unit_id = m.unit_id where h.now
                               union select z.id from years z join held h on h.cluster_id = z.cluster_id where h.now and h.role = 'cluster_patron')
                order by c.number, y.year desc) as mine
             where age = 1 or state = 'open') as "years!: Json<Vec<YearPlace>>",
            exists(select from held where now and role = 'standing_office') as "is_standing_office!",
            exists(select from held where now and role = 'council_member') as "is_council_member!",
            exists(select from held where now and role = 'administrator') as "is_administrator!"
        from persons p where p.id = $1 and p.disabled_at is null
        "#,
        person as _,
        today
    )
    .fetch_one(db)
    .await?;
    Ok(Actor {
        id: row.id,
        login: row.login,
        full_name: row.full_name,
        gender: row.gender,
        officer_of: row.officer_of,
        leader_of: row.leader_of,
        archive_of: row.archive_of,
        secretariat_of: row.secretariat_of,
        deputy_of: row.deputy_of,
        patron_of: row.patron_of,
        conflicts: row.conflicts,
        unit_names: row.unit_names,
        years: row.years.0,
        is_standing_office: row.is_standing_office,
        is_council_member: row.is_council_member,
        is_administrator: row.is_administrator,
        revision,
    })
}

/// The same by login: for the demonstration world and tests.
pub async fn actor_by_login(db: &mut PgConnection, login: &str, today: NaiveDate) -> Result<Actor> {
    let id = sqlx::query_scalar!("select id from persons where login = $1", login)
        .fetch_one(&mut *db)
        .await?;
    load_actor(db, id, today).await
}
