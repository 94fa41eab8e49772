//! Who did what to which record, when. Written in the caller's transaction, so that no change is without
//! its line and no line without its change. The lines form a hash chain.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{clock::Moment, error::Result};

/// The hand that acts: a person, or the program itself.
#[derive(Clone, Debug)]
pub struct Hand {
    /// The person's id; none for the program.
    pub person: Option<Uuid>,
    /// The name as it was then.
    pub name: String,
}

impl Hand {
    /// The program acting by itself: at start, from the command line, in a job.
    #[must_use]
    pub fn program() -> Self {
        Self {
            person: None,
            name: "Hệ thống".to_owned(),
        }
    }
}

/// The record that a line is about, and where it belongs.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The kind of record, the name of its table.
    pub kind: &'static str,
    /// The record.
    pub id: Uuid,
    /// The cluster it belongs to, if any.
    pub cluster: Option<Uuid>,
    /// The unit it belongs to, if any.
    pub unit: Option<Uuid>,
}

impl Subject {
    /// A record that belongs to no cluster or unit.
    #[must_use]
    pub fn new(kind: &'static str, id: impl Into<Uuid>) -> Self {
        Self {
            kind,
            id: id.into(),
            cluster: None,
            unit: None,
        }
    }
}

/// Writes one line. `action` is a code (`registration.submit`) that the journal page puts into words.
///
/// Takes the chain's head row until the caller's transaction ends, so it should be among its last statements.
pub async fn write(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    action: &str,
    subject: Subject,
    before: impl Serialize,
    after: impl Serialize,
) -> Result<()> {
    let before = some_value(serde_json::to_value(before)?);
    let after = some_value(serde_json::to_value(after)?);
    let head = sqlx::query!("select number, hash from journal_head for update")
        .fetch_one(&mut *db)
        .await?;
    let line = Line {
        number: head.number + 1,
        at: now,
        person_id: hand.person,
        person_name: hand.name.clone(),
        action: action.to_owned(),
        record_kind: subject.kind.to_owned(),
        record_id: subject.id,
        cluster_id: subject.cluster,
        unit_id: subject.unit,
        before,
        after,
        previous: head.hash,
        hash: Vec::new(),
    };
    let hash = line.digest();
    sqlx::query!(
        "with head as (update journal_head set number = $1, hash = $13)
         insert into journal (number, at, person_id, person_name, action, record_kind, record_id, cluster_id, unit_id, before, after, previous, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        line.number, line.at, line.person_id, line.person_name, line.action, line.record_kind, line.record_id,
        line.cluster_id, line.unit_id, line.before, line.after, line.previous, hash
    )
    .execute(db)
    .await?;
    Ok(())
}

fn some_value(value: Value) -> Option<Value> {
    if value.is_null() { None } else { Some(value) }
}

/// Whether nothing has ever been done in this database: every change has its line. Takes the chain's head row, so
/// that of two programs that start on an empty database the second waits, and finds the work of the first.
pub async fn is_empty(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!("select number from journal_head for update")
        .fetch_one(db)
        .await?
        == 0)
}

/// A line as it stands in the journal.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its place in the chain, from 1.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub person_id: Option<Uuid>,
    /// The name at that time.
    pub person_name: String,
    /// What, as a code.
    pub action: String,
    /// The kind of record.
    pub record_kind: String,
    /// The record.
    pub record_id: Uuid,
    /// Its cluster.
    pub cluster_id: Option<Uuid>,
    /// Its unit.
    pub unit_id: Option<Uuid>,
    /// What it was.
    pub before: Option<Value>,
    /// What it became.
    pub after: Option<Value>,
    /// The hash of the line before.
    pub previous: Vec<u8>,
    /// This line's hash.
    pub hash: Vec<u8>,
}

impl Line {
    /// SHA-256 over the line before's hash and this line's facts, in one fixed form.
    fn digest(&self) -> Vec<u8> {
        let mut facts = serde_json::json!([
            self.number,
            self.at.timestamp_micros(),
            self.person_id,
            self.person_name,
            self.action,
            self.record_kind,
            self.record_id,
            self.cluster_id,
            self.unit_id,
            self.before,
            self.after
        ]);
        // jsonb gives the same values back with their keys in an order of its own, and whether serde_json keeps that
        // order depends on what other crates ask of it: sorted here, the form is stable.
        facts.sort_all_objects();
        let mut hasher = Sha256::new();
        hasher.update(&self.previous);
        hasher.update(facts.to_string().as_bytes());
        hasher.finalize().to_vec()
    }
}

/// What a check of the whole chain found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every line fits; the number of lines and the head's hash in hexadecimal, as printed in signed papers.
    Whole {
        /// How many lines.
        lines: i64,
        /// The head.
        head: String,
    },
    /// The first line that doesn't fit.
    Broken {
        /// Its number.
        number: i64,
    },
}

/// Walks the chain from its first line and recomputes every hash.
pub async fn verify(db: &mut PgConnection) -> Result<Verdict> {
    let mut previous = vec![0_u8; 32];
    let mut last = 0;
    loop {
        let lines = lines_after(db, last, 1000).await?;
        for line in &lines {
            if line.number != last + 1 || line.previous != previous || line.digest() != line.hash {
                return Ok(Verdict::Broken { number: last + 1 });
            }
            previous.clone_from(&line.hash);
            last = line.number;
        }
        if lines.is_empty() {
            break;
        }
    }
    let head = sqlx::query!("select number, hash from journal_head")
        .fetch_one(db)
        .await?;
    if head.number != last || head.hash != previous {
        return Ok(Verdict::Broken { number: last + 1 });
    }
    Ok(Verdict::Whole {
        lines: last,
        head: hex::encode(previous),
    })
}

async fn lines_after(db: &mut PgConnection, number: i64, most: i64) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        "select number, at, person_id, person_name, action, record_kind, record_id, cluster_id, unit_id, before, after, previous, hash
         from journal where number > $1 order by number limit $2",
        number, most
    )
    .fetch_all(db)
    .await?)
}

/// The number and the hash (hexadecimal) of the last line: printed on paper they prove later that nothing before was changed.
pub async fn head(db: &mut PgConnection) -> Result<(i64, String)> {
    let head = sqlx::query!("select number, hash from journal_head")
        .fetch_one(db)
        .await?;
    Ok((head.number, hex::encode(head.hash)))
}

/// The newest lines before `before` (0: from the newest on), of one record or of all.
pub async fn newest(
    db: &mut PgConnection,
    record: Option<Uuid>,
    before: i64,
    most: i64,
) -> Result<Vec<Line>> {
    Ok(sqlx::query_as!(
        Line,
        "select number, at, person_id, person_name, action, record_kind, record_id, cluster_id, unit_id, before, after, previous, hash
         from journal
         where ($1::uuid is null or record_id = $1) and ($2 = 0::bigint or number < $2)
         order by number desc limit $3",
        record, before, most
    )
    .fetch_all(db)
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_stands_for_what_happened_and_not_for_the_order_of_keys() {
        let line = |after: &str| Line {
            number: 1,
            at: Moment::UNIX_EPOCH,
            person_id: None,
            person_name: "Hệ thống".to_owned(),
            action: "unit.create".to_owned(),
            record_kind: "units".to_owned(),
            record_id: Uuid::nil(),
            cluster_id: None,
            unit_id: None,
            before: None,
            after: serde_json::from_str(after).ok(),
            previous: vec![0; 32],
            hash: Vec::new(),
        };
        let hash = line(r#"{"slug": "son-la", "codes": [{"to": 1, "from": 2}]}"#).digest();
        assert_eq!(
            hash,
            line(r#"{"codes": [{"from": 2, "to": 1}], "slug": "son-la"}"#).digest()
        );
        assert_ne!(
            hash,
            line(r#"{"codes": [{"from": 1, "to": 2}], "slug": "son-la"}"#).digest()
        );
    }
}
