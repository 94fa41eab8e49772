//! The acts on official papers: one transaction each, in the order lock, check, change, journal.

mod afterwards;
mod bases;
mod numbers;

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    access,
    forms::Wording,
    kinds::{Prepared, RECALL_REASON, Stamp},
    model::{Issued, Series},
    queries::{self, NewDocument, NewVersion},
};
use crate::{
    ids::DocumentId,
    kit::{
        clock::Moment,
        codes,
        documents::{Profile, docx_apart, pdf_apart, plain},
        error::{AppError, Result},
        journal::{self, Subject},
    },
    legal_bases, papers,
    people::Actor,
};
pub use afterwards::receive;
use afterwards::{require_in_force, require_recallable, take_back};
pub use bases::put_basis;
pub use numbers::cancel_number;

/// Saves the wording of a draft as a new version, right or wrong. `seen` is the version that the form was made from.
pub async fn save(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    prepared: &Prepared,
    wording: &Wording,
    seen: i32,
) -> Result<i32> {
    access::require(actor, prepared.issuer)?;
    papers::bound_draft(wording, Some(MOST_DRAFT_BYTES))?;
    let newest = queries::newest_version(db, prepared.kind, &prepared.about).await?;
    if newest != seen {
        return Err(papers::changed_meanwhile("Bản dự thảo"));
    }
    let text = plain::lines(&prepared.document(wording, None)).join("\n");
    let version = newest + 1;
    let new = NewVersion {
        kind: prepared.kind,
        about: &prepared.about,
        version,
        wording,
        text: &text,
    };
    if !queries::insert_version(db, &new, actor.id, now).await? {
        return Err(papers::changed_meanwhile("Bản dự thảo"));
    }
    let after = json!({"kind": prepared.kind, "about": prepared.about, "version": version});
    let subject = Subject::new("document_drafts", draft_id(prepared));
    journal::write(db, now, &actor.hand(), "document.save", subject, (), after).await?;
    Ok(version)
}

/// As much as the table takes of a wording, with some room.
const MOST_DRAFT_BYTES: usize = 360_000;

fn draft_id(prepared: &Prepared) -> uuid::Uuid {
    id_of(&format!("{}/{}", prepared.kind.slug(), prepared.about))
}

/// The journal names records by id; a draft is named by kind and key, a legal basis by its words.
fn id_of(key: &str) -> uuid::Uuid {
    let hash = Sha256::digest(key.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What issuing needs besides the paper.
#[derive(Clone, Debug)]
pub struct IssueInput {
    /// The version of the draft that is issued.
    pub version: i32,
    /// The number that the clerk gave; none takes the next one.
    pub number: Option<i32>,
    /// The day the paper bears.
    pub on: NaiveDate,
    /// The paper that it takes the place of, and why.
    pub replaces: Option<(DocumentId, String)>,
    /// Where anybody verifies a paper; the code is put behind it.
    pub verified_at: String,
}

/// Issues a paper: number and code, the bytes of both formats, recipients. Nothing of it changes afterwards.
pub async fn issue(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    prepared: &Prepared,
    wording: &Wording,
    input: &IssueInput,
) -> Result<DocumentId> {
    access::require(actor, prepared.issuer)?;
    if !prepared.kind.is_issued() {
        return Err(AppError::NotFound);
    }
    if let Some(why) = &prepared.hindrance {
        return Err(AppError::conflict(why.clone()));
    }
    let mut errors = wording.errors(true);
    // A record that is in force already was looked at when it was issued: its paper says what it says.
    if prepared.fixed.is_none() {
        let bases = legal_bases::all(db).await?;
        if let Some(why) = legal_bases::refusal(&bases, &prepared.kind.code(), &wording.bases, input.on) {
            errors.add("bases", why);
        }
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let stamp = stamp(db, prepared, input).await?;
    // From here on nobody else issues in this series.
    require_first(db, prepared, input).await?;
    let year = stamp.on.year();
    let ended = ended(db, actor, prepared, wording, input).await?;
    let replaced = ended.as_ref().filter(|_| input.replaces.is_some());
    let id = DocumentId::new();
    let document = prepared.document(wording, Some(&stamp));
    let text = plain::lines(&document).join("\n");
    let title = prepared.title(wording);
    let new = NewDocument {
        id,
        kind: prepared.kind,
        about: &prepared.about,
        issuer: prepared.issuer,
        lead: prepared.lead_id,
        // Whose points a paper tells is the matter of the scores, which the patron doesn't see.
        matter: prepared.cluster_id.filter(|_| !prepared.kind.tells_points()),
        stamp: &stamp,
        year,
        title: &title,
        wording,
        figures: &prepared.figures,
        text: &text,
        replaces: replaced.map(|(issued, _)| issued.id),
    };
    queries::insert(db, &new, actor.id, now).await?;
    let pdf = pdf_apart(document.clone(), Profile::decree_30()).await?;
    queries::insert_contents(db, id, &document).await?;
    let docx = docx_apart(document, Profile::decree_30()).await?;
    for (format, bytes) in [("pdf", &pdf), ("docx", &docx)] {
        queries::insert_file(db, id, format, &Sha256::digest(bytes), bytes).await?;
    }
    queries::insert_recipients(db, id, &prepared.sent_to).await?;
    let after = json!({
        "kind": prepared.kind, "about": prepared.about, "number": stamp.number, "symbol": wording.symbol, "issued_on": stamp.on,
        "code": stamp.code, "pdf": hex::encode(Sha256::digest(&pdf)), "replaces": replaced.map(|(issued, _)| issued.id),
    });
    let subject = subject_of(prepared, id);
    journal::write(db, now, &actor.hand(), "document.issue", subject, (), after).await?;
    if let Some((issued, reason)) = ended {
        take_back(db, now, actor, &issued, id, &reason).await?;
    }
    Ok(id)
}

/// Two people may press at once: what was issued meanwhile isn't issued once more, and what was written isn't passed over.
async fn require_first(db: &mut PgConnection, prepared: &Prepared, input: &IssueInput) -> Result<()> {
    if queries::newest_version(db, prepared.kind, &prepared.about).await? != input.version {
        return Err(papers::changed_meanwhile("Bản dự thảo"));
    }
    if prepared.kind.is_repeated() || input.replaces.is_some() {
        return Ok(());
    }
    match queries::in_force(db, prepared.kind, &prepared.about).await? {
        None => Ok(()),
        Some(number) => Err(AppError::Conflict(format!(
            "Văn bản này đã được ban hành, số {number}. Muốn ban hành bản khác thì chọn “thay thế văn bản {number}” và ghi lý do."
        ))),
    }
}

/// Number, day and code: those that the record has already, else those the clerk gave, else the next ones.
async fn stamp(db: &mut PgConnection, prepared: &Prepared, input: &IssueInput) -> Result<Stamp> {
    let (number, on) = match &prepared.fixed {
        Some(fixed) => (Some(fixed.number), fixed.on),
        None => (input.number, input.on),
    };
    let series = Series::of(prepared.issuer, prepared.kind);
    let next = queries::next_number(db, series, on.year()).await?;
    let own = prepared.fixed.as_ref().and_then(|fixed| fixed.code.clone());
    let code = own.unwrap_or_else(codes::fresh);
    Ok(Stamp {
        number: number.unwrap_or(next).unsigned_abs(),
        on,
        address: format!("{}/{code}", input.verified_at),
        code,
    })
}

fn subject_of(prepared: &Prepared, id: DocumentId) -> Subject {
    Subject {
        cluster: prepared.cluster_id.map(|c| c.0),
        unit: prepared.issuer.unit().map(|u| u.0),
        ..Subject::new("documents", id)
    }
}

/// The paper that the new one puts an end to, with the reason: that which it takes the place of, or takes back, never both.
async fn ended(
    db: &mut PgConnection,
    actor: &Actor,
    prepared: &Prepared,
    wording: &Wording,
    input: &IssueInput,
) -> Result<Option<(Issued, String)>> {
    let (id, reason) = match (prepared.recalls, &input.replaces) {
        (None, None) => return Ok(None),
        (Some(id), None) => (id, wording.section(RECALL_REASON).trim().to_owned()),
        (None, Some((id, reason))) => (*id, reason.clone()),
        (Some(_), Some(_)) => return Err(AppError::invalid("replaces", RECALLS_ONLY)),
    };
    // As it is now: another paper may just have put an end to it.
    queries::lock_recalls(db).await?;
    let (issued, _) = queries::find_visible(db, actor, id).await?;
    if issued.issuer != prepared.issuer {
        return Err(AppError::NotFound);
    }
    require_in_force(&issued)?;
    if prepared.recalls.is_some() {
        require_recallable(&issued, &reason, input.on)?;
    } else if (issued.kind, &issued.about) != (prepared.kind, &prepared.about) {
        return Err(AppError::invalid("replaces", REPLACES_ITS_LIKE));
    }
    Ok(Some((issued, reason)))
}

const RECALLS_ONLY: &str = "Công văn thu hồi chỉ thu hồi văn bản nêu trong đó, không thay thế văn bản nào.";
const REPLACES_ITS_LIKE: &str = "Văn bản mới chỉ thay thế văn bản cùng loại về cùng một việc.";
