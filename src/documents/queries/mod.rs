//! Every SQL statement about official papers.

mod decisions;
mod drafts;
mod issuing;
mod refusals;

use chrono::NaiveDate;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    access::{self, Matter},
    model::{Figure, Issued, Issuer, Kind, Recall, Recipient},
};
use crate::{
    ids::{ClusterId, DocumentId, NominationId, UnitId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    nominations,
    people::Actor,
};

pub use decisions::{Unfinished, unfinished};
pub use drafts::versions;
pub(super) use drafts::{NewVersion, insert_version, newest_version, put_basis};
pub use issuing::highest_number;
pub(super) use issuing::{
    NewDocument, contents, insert, insert_contents, insert_file, insert_recipients, lock_recalls,
    next_number, recall, receive,
};
pub use refusals::{Unnoticed, unnoticed};

/// Issued papers of a person's choice, with what access needs.
struct Found {
    issued: Issued,
    cluster: Option<ClusterId>,
    recipients: Vec<Recipient>,
}

#[derive(Debug, serde::Deserialize)]
struct RecipientRow {
    unit_id: Option<UnitId>,
    name: String,
    heirs: Vec<UnitId>,
    heir_names: Option<String>,
    register_id: Option<UnitId>,
    received_at: Option<Moment>,
    number: Option<i32>,
}

impl From<RecipientRow> for Recipient {
    fn from(row: RecipientRow) -> Self {
        let received = row.received_at.zip(row.number);
        let received_itself = received.is_some() && row.register_id == row.unit_id;
        Self {
            unit_id: row.unit_id,
            name: row.name,
            heirs: row.heirs,
            stand_in: row.heir_names.filter(|_| !received_itself),
            received,
        }
    }
}

/// Which issued papers are asked for.
#[derive(Default)]
struct Asked<'a> {
    id: Option<DocumentId>,
    code: Option<&'a str>,
    about: Option<(Kind, &'a str)>,
    /// The key of the year of a cluster: papers about anything in it.
    within: Option<&'a str>,
    year: Option<i32>,
}

async fn load(db: &mut PgConnection, asked: Asked<'_>) -> Result<Vec<Found>> {
    let rows = sqlx::query!(
        r#"select d.id, d.kind as "kind: Kind", d.about, d.issuer, d.unit_id as "unit_id: UnitId", d.cluster_id as "cluster_id: ClusterId",
              coalesce(d.about_cluster_id, d.cluster_id) as "matter: ClusterId", d.lead_id as "lead_id: UnitId",
              d.number, d.symbol, d.issued_on, d.title, d.signer, d.wording ->> 'issuer' as "issuer_name!", d.figures as "figures: Json<Vec<Figure>>", d.text, d.code,
              d.replaces_id as "replaces: DocumentId", d.issued_at, p.full_name as issued_by, encode(f.sha256, 'hex') as "sha256!",
              r.by_id as "by_id?: DocumentId", r.reason as "reason?", r.recalled_at as "recalled_at?", b.number as "by_number?", b.symbol as "by_symbol?",
              (select coalesce(jsonb_agg(jsonb_build_object('unit_id', q.unit_id, 'name',
                      coalesce(u.short_name, 'Thường trực Hội đồng Thi đua - Khen thưởng LHHVN'), 'received_at', c.received_at, 'number', c.number,
                      'register_id', c.unit_id, 'heirs', h.ids, 'heir_names', h.names)
                      order by u.place collate "vi-x-icu" nulls first), '[]')
               from document_recipients q left join units u on u.id = q.unit_id left join document_receipts c on c.recipient_id = q.id
               cross join lateral (
                   with recursive line as (
                       select s.successor_id as id from unit_successions s where s.predecessor_id = q.unit_id
                       union select s.successor_id from unit_successions s join line l on l.id = s.predecessor_id
                   )
                   select coalesce(jsonb_agg(n.id), '[]') as ids, string_agg(n.short_name, ', ' order by n.place collate "vi-x-icu") as names
                   from line l join units n on n.id = l.id
                   where not exists (select from unit_successions z where z.predecessor_id = l.id)
               ) h
               where q.document_id = d.id) as "recipients!: Json<Vec<RecipientRow>>"
           from documents d join persons p on p.id = d.issued_by
           join document_files f on f.document_id = d.id and f.format = 'pdf'
           left join document_recalls r on r.document_id = d.id left join documents b on b.id = r.by_id
           where ($1::uuid is null or d.id = $1) and ($2::text is null or d.code = $2)
             and ($3::text is null or (d.kind = $3 and d.about = $4)) and ($5::integer is null or d.series_year = $5)
             and ($6::text is null or d.about = $6 or starts_with(d.about, $6 || '.'))
           order by d.issued_on desc, d.number desc, d.issued_at desc"#,
        asked.id.map(|id| id.0),
        asked.code,
        asked.about.map(|(kind, _)| kind.code()),
        asked.about.map(|(_, about)| about),
        asked.year,
        asked.within
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|r| {
            let issuer = Issuer::from_columns(&r.issuer, r.unit_id, r.cluster_id)
                .ok_or_else(|| anyhow::anyhow!("a paper without issuer: {}", r.id))?;
            let recall = match (r.by_id, r.reason, r.recalled_at, r.by_number, r.by_symbol) {
                (Some(by), Some(reason), Some(at), Some(number), Some(symbol)) => Some(Recall {
                    by,
                    by_number: format!("{number:02}/{symbol}"),
                    reason,
                    at,
                }),
                _ => None,
            };
            Ok(Found {
                cluster: r.matter,
                recipients: r.recipients.0.into_iter().map(Recipient::from).collect(),
                issued: Issued {
                    id: r.id,
                    kind: r.kind,
                    about: r.about,
                    issuer,
                    lead_id: r.lead_id,
                    number: r.number,
                    symbol: r.symbol,
                    issued_on: r.issued_on,
                    title: r.title,
                    signer: r.signer,
                    issuer_name: r.issuer_name,
                    figures: r.figures.0,
                    text: r.text,
                    code: r.code,
                    replaces: r.replaces,
                    issued_at: r.issued_at,
                    issued_by: r.issued_by,
                    sha256: r.sha256,
                    recall,
                },
            })
        })
        .collect()
}

/// Those of them that this person may see.
async fn visible(db: &mut PgConnection, actor: &Actor, asked: Asked<'_>) -> Result<Vec<Found>> {
    let mut found = load(db, asked).await?;
    let dossiers: Vec<NominationId> = found.iter().filter_map(|f| f.issued.dossier()).collect();
    let opened: Vec<NominationId> = if dossiers.is_empty() {
        Vec::new()
    } else {
        let known = nominations::by_ids(db, actor, &dossiers).await?;
        let open = known.iter().filter(|n| nominations::access::opens(actor, n));
        open.map(|n| n.id).collect()
    };
    found.retain(|f| {
        let matter = Matter {
            cluster: f.cluster,
            dossier_opens: f.issued.dossier().map(|id| opened.contains(&id)),
        };
        access::sees(actor, &f.issued, matter, &f.recipients)
    });
    Ok(found)
}

/// An issued paper that this person may see, with those to whom it went.
pub async fn find_visible(
    db: &mut PgConnection,
    actor: &Actor,
    id: DocumentId,
) -> Result<(Issued, Vec<Recipient>)> {
    let asked = Asked {
        id: Some(id),
        ..Asked::default()
    };
    let found = visible(db, actor, asked).await?.into_iter().next();
    found.map(|f| (f.issued, f.recipients)).ok_or(AppError::NotFound)
}

/// The issued papers of a calendar year that this person may see, the newest first, each with its recipients.
pub async fn list_visible(
    db: &mut PgConnection,
    actor: &Actor,
    year: i32,
) -> Result<Vec<(Issued, Vec<Recipient>)>> {
    let asked = Asked {
        year: Some(year),
        ..Asked::default()
    };
    let found = visible(db, actor, asked).await?;
    Ok(found.into_iter().map(|f| (f.issued, f.recipients)).collect())
}

/// The papers of this kind about this record that have been issued and this person may see, the newest first.
pub async fn issued_about(
    db: &mut PgConnection,
    actor: &Actor,
    kind: Kind,
    about: &str,
) -> Result<Vec<Issued>> {
    let asked = Asked {
        about: Some((kind, about)),
        ..Asked::default()
    };
    let found = visible(db, actor, asked).await?;
    Ok(found.into_iter().map(|f| f.issued).collect())
}

/// The issued papers about the year of a cluster, or about anything in it, that this person may see, the newest first.
pub async fn issued_within(db: &mut PgConnection, actor: &Actor, year: &str) -> Result<Vec<Issued>> {
    let asked = Asked {
        within: Some(year),
        ..Asked::default()
    };
    let found = visible(db, actor, asked).await?;
    Ok(found.into_iter().map(|f| f.issued).collect())
}

/// The issued paper with this code, for anybody who holds a copy.
pub async fn verify(db: &mut PgConnection, code: &str) -> Result<Issued> {
    let asked = Asked {
        code: Some(code),
        ..Asked::default()
    };
    let found = load(db, asked).await?.into_iter().next();
    found.map(|f| f.issued).ok_or(AppError::NotFound)
}

/// The number of the paper of this kind about this record that is in force, if one is.
pub(super) async fn in_force(db: &mut PgConnection, kind: Kind, about: &str) -> Result<Option<String>> {
    let asked = Asked {
        about: Some((kind, about)),
        ..Asked::default()
    };
    let found = load(db, asked).await?.into_iter();
    let mut holding = found.map(|f| f.issued).filter(|issued| issued.recall.is_none());
    Ok(holding.next().map(|issued| issued.number_text()))
}

/// The years in which papers were issued, the newest first.
pub async fn years(db: &mut PgConnection) -> Result<Vec<i32>> {
    Ok(
        sqlx::query_scalar!("select distinct series_year from documents order by series_year desc")
            .fetch_all(db)
            .await?,
    )
}

/// The bytes of an issued paper. Who may see the paper is asked before.
pub(super) async fn file(db: &mut PgConnection, id: DocumentId, format: &str) -> Result<Vec<u8>> {
    Ok(sqlx::query_scalar!(
        "select bytes from document_files where document_id = $1 and format = $2",
        id as _,
        format
    )
    .fetch_one(db)
    .await?)
}

/// A paper that waits until a recipient confirms it: for the list of tasks.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The paper.
    pub id: DocumentId,
    /// The recipient; none for VUSTA's standing office.
    pub unit_id: Option<UnitId>,
    /// `38/KH-CTĐ3`
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The day it bears.
    pub issued_on: NaiveDate,
}

/// The papers that these units, or VUSTA's standing office, haven't confirmed yet, the oldest first: those sent to a unit that
/// was merged wait for its successor, unless they tell points, which no successor reads before the year is closed.
pub async fn waiting(db: &mut PgConnection, units: &[UnitId], office: bool) -> Result<Vec<Waiting>> {
    let units: Vec<Uuid> = units.iter().map(|u| u.0).collect();
    let rows = sqlx::query!(
        r#"with recursive own as (
               select unnest($1::uuid[]) as id
               union select s.predecessor_id from unit_successions s join own o on o.id = s.successor_id
           )
           select d.id, q.unit_id as "unit_id: UnitId", d.kind as "kind: Kind", d.number, d.symbol, d.title, d.issued_on
           from document_recipients q join documents d on d.id = q.document_id
           where (q.unit_id in (select id from own) or (q.unit_id is null and $2))
             and not exists (select 1 from document_receipts c where c.recipient_id = q.id)
             and not exists (select 1 from document_recalls r where r.document_id = d.id)
           order by d.issued_on, d.number"#,
        &units,
        office
    )
    .fetch_all(db)
    .await?;
    let is_theirs = |unit: Option<UnitId>| unit.is_none_or(|unit| units.contains(&unit.0));
    Ok(rows
        .into_iter()
        .filter(|r| is_theirs(r.unit_id) || !r.kind.tells_points())
        .map(|r| Waiting {
            id: r.id,
            unit_id: r.unit_id,
            number: format!("{:02}/{}", r.number, r.symbol),
            title: r.title,
            issued_on: r.issued_on,
        })
        .collect())
}
