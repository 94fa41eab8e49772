//! SQL about drafts and what they cite.

use sqlx::{PgConnection, types::Json};

use super::super::{
    forms::{BasisInput, Wording},
    model::{Kind, Version},
};
use crate::{
    ids::PersonId,
    kit::{clock::Moment, error::Result},
};

/// The saved versions of a draft, the newest first.
pub async fn versions(db: &mut PgConnection, kind: Kind, about: &str) -> Result<Vec<Version>> {
    let rows = sqlx::query!(
        r#"select d.version, d.wording as "wording: Json<Wording>", d.text, d.saved_at, p.full_name as saved_by
           from document_drafts d join persons p on p.id = d.saved_by
           where d.kind = $1 and d.about = $2 order by d.version desc"#,
        kind as _,
        about
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Version {
            version: r.version,
            wording: r.wording.0,
            text: r.text,
            saved_at: r.saved_at,
            saved_by: r.saved_by,
        })
        .collect())
}

/// The number of the newest saved version of a draft; 0 when none is.
pub(in crate::documents) async fn newest_version(
    db: &mut PgConnection,
    kind: Kind,
    about: &str,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(version), 0) as "newest!" from document_drafts where kind = $1 and about = $2"#,
        kind as _,
        about
    )
    .fetch_one(db)
    .await?)
}

/// What is saved as a version.
pub(in crate::documents) struct NewVersion<'a> {
    pub(in crate::documents) kind: Kind,
    pub(in crate::documents) about: &'a str,
    pub(in crate::documents) version: i32,
    pub(in crate::documents) wording: &'a Wording,
    pub(in crate::documents) text: &'a str,
}

/// Adds a version. Whoever saved the same one meanwhile was first.
pub(in crate::documents) async fn insert_version(
    db: &mut PgConnection,
    new: &NewVersion<'_>,
    by: PersonId,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into document_drafts (kind, about, version, wording, text, saved_at, saved_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        new.kind as _,
        new.about,
        new.version,
        Json(new.wording) as _,
        new.text,
        now,
        by as _
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds a legal basis, or sets the days of the one with the same words.
pub(in crate::documents) async fn put_basis(db: &mut PgConnection, basis: &BasisInput) -> Result<()> {
    sqlx::query!(
        "insert into legal_bases (words, kinds, starts_on, ends_on, position)
         values ($1, $2, $3, $4, (select coalesce(max(position), 0) + 1 from legal_bases))
         on conflict on constraint legal_bases_words_unique do update set kinds = $2, starts_on = $3, ends_on = $4",
        basis.words,
        &basis.kinds,
        basis.starts_on,
        basis.ends_on
    )
    .execute(db)
    .await?;
    Ok(())
}
