//! Every SQL statement about persons, posts and password links.

mod actors;

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

pub use actors::{actor_by_login, actor_of_session, load_actor};

use super::model::{Gender, Person, Post, Role};
use crate::{
    ids::{ClusterId, PersonId, PostId, UnitId},
    kit::{clock::Moment, error::Result},
};

/// What signing in needs to know of an account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person.
    pub id: PersonId,
    /// The argon2id hash; none before the first password.
    pub password_hash: Option<String>,
    /// Wrong passwords in a row.
    pub failed_sign_ins: i32,
    /// Until when no sign-in is possible.
    pub locked_until: Option<Moment>,
}

/// The account with this login, unless it is disabled.
pub async fn find_account(db: &mut PgConnection, login: &str) -> Result<Option<Account>> {
    Ok(sqlx::query_as!(
        Account,
        "select id, password_hash, failed_sign_ins, locked_until from persons
         where login = $1 and disabled_at is null",
        login
    )
    .fetch_optional(db)
    .await?)
}

/// The account of this person as it is now, locked, so that wrong passwords are counted one by one.
pub async fn lock_account(db: &mut PgConnection, person: PersonId) -> Result<Account> {
    Ok(sqlx::query_as!(
        Account,
        "select id, password_hash, failed_sign_ins, locked_until from persons
         where id = $1 and disabled_at is null for no key update",
        person as _
    )
    .fetch_one(db)
    .await?)
}

/// Keeps the number of wrong passwords in a row, and the lock that follows from it.
pub async fn set_failures(
    db: &mut PgConnection,
    person: PersonId,
    count: i32,
    locked_until: Option<Moment>,
) -> Result<()> {
    sqlx::query!(
        "update persons set failed_sign_ins = $2, locked_until = $3 where id = $1",
        person as _,
        count,
        locked_until
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets wrong passwords after a right one, or when an administrator unlocks.
pub async fn note_good_sign_in(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!(
        "update persons set failed_sign_ins = 0, locked_until = null where id = $1",
        person as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A person by id.
pub async fn find_person(db: &mut PgConnection, id: PersonId) -> Result<Person> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id, login, full_name, gender as "gender: Gender", email, version from persons where id = $1"#,
        id as _
    )
    .fetch_one(db)
    .await?)
}

/// A person by login.
pub async fn person_by_login(db: &mut PgConnection, login: &str) -> Result<Person> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id, login, full_name, gender as "gender: Gender", email, version from persons where login = $1"#,
        login
    )
    .fetch_one(db)
    .await?)
}

/// The posts of a person, the newest first, with the name of the unit or cluster.
pub async fn posts_of(db: &mut PgConnection, id: PersonId) -> Result<Vec<(Post, String)>> {
    let rows = sqlx::query!(
        r#"select p.id, p.role as "role: Role", p.unit_id as "unit_id: UnitId", p.cluster_id as "cluster_id: ClusterId",
                  p.starts_on, p.ends_on, coalesce(u.short_name, c.name, '') as "place!"
           from posts p left join units u on u.id = p.unit_id left join clusters c on c.id = p.cluster_id
           where p.person_id = $1 order by p.starts_on desc, p.role"#,
        id as _
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let post = Post {
                id: r.id,
                role: r.role,
                unit_id: r.unit_id,
                cluster_id: r.cluster_id,
                starts_on: r.starts_on,
                ends_on: r.ends_on,
            };
            (post, r.place)
        })
        .collect())
}

/// A line of the list of people.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The person.
    pub id: PersonId,
    /// The login.
    pub login: String,
    /// Full name.
    pub full_name: String,
    /// Whether a password has been set.
    pub has_password: bool,
    /// Until when the account is locked.
    pub locked_until: Option<Moment>,
    /// Whether the account is disabled.
    pub is_disabled: bool,
    /// The posts held on the day asked for: role and place.
    pub posts: Json<Vec<(Role, String)>>,
}

/// All people with their posts of `today`, by login.
pub async fn all_people(db: &mut PgConnection, today: NaiveDate) -> Result<Vec<PersonRow>> {
    Ok(sqlx::query_as!(
        PersonRow,
        r#"select p.id, p.login, p.full_name, p.password_hash is not null as "has_password!", p.locked_until,
                  p.disabled_at is not null as "is_disabled!",
                  coalesce((select jsonb_agg(jsonb_build_array(o.role, coalesce(u.short_name, c.name, '')) order by o.role)
                            from posts o left join units u on u.id = o.unit_id left join clusters c on c.id = o.cluster_id
                            where o.person_id = p.id and o.starts_on <= $1 and coalesce(o.ends_on >= $1, true)), '[]')
                      as "posts!: Json<Vec<(Role, String)>>"
           from persons p order by p.login"#,
        today
    )
    .fetch_all(db)
    .await?)
}

/// The persons who hold a post in one of these units on a day, by unit and name: id, `Nguyễn Văn Mẫu (Sơn La)`.
pub async fn of_units(
    db: &mut PgConnection,
    units: &[UnitId],
    today: NaiveDate,
) -> Result<Vec<(PersonId, String)>> {
    let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    let rows = sqlx::query!(
        r#"select p.id as "id: PersonId", max(p.full_name || ' (' || u.place || ')') as "name!"
           from persons p join posts o on o.person_id = p.id join units u on u.id = o.unit_id
           where o.unit_id = any($1) and o.starts_on <= $2 and coalesce(o.ends_on >= $2, true) and p.disabled_at is null
           group by p.id order by max(u.place collate "vi-x-icu"), max(p.full_name collate "vi-x-icu")"#,
        &units,
        today
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.name)).collect())
}

/// Whom to write to in a unit.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The unit's short name.
    pub unit: String,
    /// The full name.
    pub full_name: String,
    /// The post.
    pub role: Role,
    /// Where letters go; may be empty.
    pub email: String,
}

/// Those who hold a post in one of these units on a day, by unit and name.
pub async fn contacts(db: &mut PgConnection, units: &[UnitId], today: NaiveDate) -> Result<Vec<Contact>> {
    let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    Ok(sqlx::query_as!(
        Contact,
        r#"select u.short_name as unit, p.full_name, o.role as "role: Role", p.email
           from persons p join posts o on o.person_id = p.id join units u on u.id = o.unit_id
           where o.unit_id = any($1) and o.starts_on <= $2 and coalesce(o.ends_on >= $2, true) and p.disabled_at is null
           order by u.place collate "vi-x-icu", o.role desc, p.full_name collate "vi-x-icu""#,
        &units,
        today
    )
    .fetch_all(db)
    .await?)
}

/// The members of VUSTA's council on a day, by name.
pub async fn council_members(db: &mut PgConnection, day: NaiveDate) -> Result<Vec<(PersonId, String)>> {
    let rows = sqlx::query!(
        "select p.id, p.full_name from persons p
         where p.disabled_at is null and exists(select from posts o where o.person_id = p.id and o.role = 'council_member'
               and o.starts_on <= $1 and coalesce(o.ends_on >= $1, true))
         order by p.full_name, p.id",
        day
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|r| (r.id, r.full_name)).collect())
}

/// The e-mail addresses of those who hold a post in one of these units on a day, each once.
pub async fn addresses_of(db: &mut PgConnection, units: &[UnitId], today: NaiveDate) -> Result<Vec<String>> {
    let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    Ok(sqlx::query_scalar!(
        "select distinct p.email from persons p join posts o on o.person_id = p.id
         where o.unit_id = any($1) and o.starts_on <= $2 and coalesce(o.ends_on >= $2, true) and p.disabled_at is null
           and p.email <> '' order by p.email",
        &units,
        today
    )
    .fetch_all(db)
    .await?)
}

/// Adds a person without a password.
pub(super) async fn insert_person(
    db: &mut PgConnection,
    person: &Person,
    now: Moment,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into persons (id, login, full_name, gender, email, created_at) values ($1, $2, $3, $4, $5, $6)",
        person.id as _, person.login, person.full_name, person.gender as _, person.email, now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes a person's particulars; answers whether they were still as seen.
pub(super) async fn update_person(db: &mut PgConnection, person: &Person) -> Result<bool> {
    let done = sqlx::query!(
        "update persons set full_name = $3, gender = $4, email = $5, version = version + 1 where id = $1 and version = $2",
        person.id as _, person.version, person.full_name, person.gender as _, person.email
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_post(db: &mut PgConnection, person: PersonId, post: &Post) -> Result<()> {
    sqlx::query!(
        "insert into posts (id, person_id, role, unit_id, cluster_id, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6, $7)",
        post.id as _, person as _, post.role as _, post.unit_id as _, post.cluster_id as _, post.starts_on, post.ends_on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a post of a person; answers whether there was one that still lasted.
pub(super) async fn end_post(
    db: &mut PgConnection,
    person: PersonId,
    post: PostId,
    on: NaiveDate,
) -> Result<bool> {
    let done = sqlx::query!(
        "update posts set ends_on = greatest($3, starts_on) where id = $2 and person_id = $1 and ends_on is null",
        person as _, post as _, on
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_link(
    db: &mut PgConnection,
    person: PersonId,
    token_hash: &[u8],
    now: Moment,
    expires: Moment,
) -> Result<()> {
    // A new link replaces those not used yet.
    sqlx::query!(
        "delete from password_links where person_id = $1 and used_at is null",
        person as _
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into password_links (token_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4)",
        token_hash,
        person as _,
        now,
        expires
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The person whom an unused, unexpired one-time link belongs to.
pub async fn find_link(db: &mut PgConnection, token_hash: &[u8], now: Moment) -> Result<Person> {
    Ok(sqlx::query_as!(
        Person,
        r#"select p.id, p.login, p.full_name, p.gender as "gender: Gender", p.email, p.version
           from password_links l join persons p on p.id = l.person_id
           where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and p.disabled_at is null"#,
        token_hash,
        now
    )
    .fetch_one(db)
    .await?)
}

/// Uses a link up; answers whether it was still good.
pub async fn use_link(db: &mut PgConnection, token_hash: &[u8], now: Moment) -> Result<bool> {
    let done = sqlx::query!(
        "update password_links set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2",
        token_hash, now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_password_hash(db: &mut PgConnection, person: PersonId, hash: &str) -> Result<()> {
    sqlx::query!(
        "update persons set password_hash = $2, failed_sign_ins = 0, locked_until = null where id = $1",
        person as _,
        hash
    )
    .execute(db)
    .await?;
    Ok(())
}
