//! What the list of legal bases says.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    super::{access, forms::BasisInput, queries},
    id_of,
};
use crate::{
    kit::{
        clock::Moment,
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
};

/// Adds a legal basis, or sets the days of one: what was issued before keeps the words that it was issued with.
pub async fn put_basis(db: &mut PgConnection, now: Moment, actor: &Actor, basis: &BasisInput) -> Result<()> {
    if !access::may_put_basis(actor) {
        return Err(AppError::NotFound);
    }
    queries::put_basis(db, basis).await?;
    let after = json!({
        "words": basis.words, "kinds": basis.kinds, "starts_on": basis.starts_on, "ends_on": basis.ends_on,
    });
    let subject = Subject::new("legal_bases", id_of(&basis.words));
    journal::write(db, now, &actor.hand(), "legal_basis.put", subject, (), after).await
}
