//! Every SQL statement about official papers.

mod decisions;
mod drafts;
mod issuing;
mod numbers;
mod refusals;
mod waiting;

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    access::{self, Matter},
    model::{Figure, Issued, Issuer, Kind, Recall, Recipient, Record},
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
pub(super) use issuing::{
    NewDocument, contents, insert, insert_contents, insert_file, insert_recipients, lock_recalls, recall,
    receive,
};
pub(super) use numbers::{cancel_number, next_number};
pub use numbers::{cancelled_numbers, highest_number, own_series};
pub use refusals::{Unnoticed, unnoticed};
pub use waiting::{Waiting, waiting};

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
              b.issued_on as "by_on?", b.replaces_id is not distinct from d.id as "is_replacement!",
              o.kind as "recalled_kind?: Kind", o.about as "recalled_about?",
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
           left join documents o on o.id = case d.kind when 'recall_letter' then d.about::uuid end
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
            let by = r.by_number.zip(r.by_symbol).zip(r.by_on);
            let recall = match (r.by_id, r.reason, r.recalled_at, by) {
                (Some(by), Some(reason), Some(at), Some(((number, symbol), by_on))) => Some(Recall {
                    by,
                    by_number: format!("{number:02}/{symbol}"),
                    by_on,
                    is_replacement: r.is_replacement,
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
                    recalls: r
                        .recalled_kind
                        .zip(r.recalled_about)
                        .map(|(kind, about)| Record { kind, about }),
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
    let found = found.ok_or(AppError::NotFound)?;
    if let (Kind::AppraisalReport, year) = found.issued.record()
        && tells_closed(db, actor, year).await?
    {
        return Err(AppError::Forbidden(WITHHELD.to_owned()));
    }
    Ok((found.issued, found.recipients))
}

const WITHHELD: &str = "Văn bản này nói về hồ sơ của đơn vị mà anh/chị có xung đột lợi ích. Văn bản đã ban hành không sửa, không che từng phần được nên không mở cho anh/chị; người khác của Hội đồng, Thường trực Hội đồng làm việc này.";

/// Whether the appraisal report of a calendar year tells what was found in a dossier that this person may not open: what was
/// issued can't leave out its row.
async fn tells_closed(db: &mut PgConnection, actor: &Actor, year: &str) -> Result<bool> {
    let own = actor.units();
    let others = actor.conflicts.iter().filter(|unit| !own.contains(unit));
    let others: Vec<Uuid> = others.map(|unit| unit.0).collect();
    let Some(year) = year.parse::<i32>().ok().filter(|_| !others.is_empty()) else {
        return Ok(false);
    };
    Ok(sqlx::query_scalar!(
        r#"select exists(select from nominations n join years y on y.id = n.year_id where y.year = $1 and n.unit_id = any($2)
              and n.state not in ('proposed', 'acclaimed', 'not_acclaimed', 'withdrawn')) as "told!""#,
        year,
        &others
    )
    .fetch_one(db)
    .await?)
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

/// The cluster that an issued paper is about. Who may see the paper is asked before.
pub(super) async fn matter(db: &mut PgConnection, id: DocumentId) -> Result<Option<ClusterId>> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(about_cluster_id, cluster_id) as "cluster: ClusterId" from documents where id = $1"#,
        id as _
    )
    .fetch_one(db)
    .await?)
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
