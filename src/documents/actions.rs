//! The acts on official papers: one transaction each, in the order lock, check, change, journal.

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{
    access,
    forms::{BasisInput, Wording, lines},
    kinds::{Prepared, Stamp},
    model::{Issued, Recipient},
    queries::{self, LegalBasis, NewDocument, NewVersion},
};
use crate::{
    ids::{DocumentId, UnitId},
    kit::{
        clock::{Moment, date_text, local},
        codes,
        documents::{Profile, docx_apart, pdf_apart, plain},
        error::{AppError, Result},
        fields::FieldErrors,
        journal::{self, Subject},
    },
    papers,
    people::Actor,
};

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
    // What a record cites that is in force already is no longer anybody's to mend.
    if prepared.fixed.is_none() {
        outdated(&queries::legal_bases(db).await?, wording, input.on, &mut errors);
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let stamp = stamp(db, prepared, input).await?;
    let year = stamp.on.year();
    let replaced = replaced(db, actor, prepared, input).await?;
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
        stamp: &stamp,
        year,
        title: &title,
        wording,
        figures: &prepared.figures,
        text: &text,
        replaces: replaced.as_ref().map(|(issued, _)| issued.id),
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
        "code": stamp.code, "pdf": hex::encode(Sha256::digest(&pdf)), "replaces": replaced.as_ref().map(|(issued, _)| issued.id),
    });
    let subject = subject_of(prepared, id);
    journal::write(db, now, &actor.hand(), "document.issue", subject, (), after).await?;
    if let Some((issued, reason)) = replaced {
        take_back(db, now, actor, &issued, id, &reason).await?;
    }
    Ok(id)
}

/// Number, day and code: those that the record has already, else those the clerk gave, else the next ones.
async fn stamp(db: &mut PgConnection, prepared: &Prepared, input: &IssueInput) -> Result<Stamp> {
    let (number, on) = match &prepared.fixed {
        Some(fixed) => (Some(fixed.number), fixed.on),
        None => (input.number, input.on),
    };
    let next = queries::next_number(db, prepared.issuer, prepared.kind.series(), on.year()).await?;
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

/// The paper that the new one takes the place of, with the reason.
async fn replaced(
    db: &mut PgConnection,
    actor: &Actor,
    prepared: &Prepared,
    input: &IssueInput,
) -> Result<Option<(Issued, String)>> {
    let Some((id, reason)) = &input.replaces else {
        return Ok(None);
    };
    let (issued, _) = queries::find_visible(db, actor, *id).await?;
    if issued.issuer != prepared.issuer {
        return Err(AppError::NotFound);
    }
    require_in_force(&issued)?;
    Ok(Some((issued, reason.clone())))
}

fn require_in_force(issued: &Issued) -> Result<()> {
    match &issued.recall {
        None => Ok(()),
        Some(recall) => Err(AppError::Conflict(format!(
            "Văn bản số {} đã bị thu hồi, thay thế bằng văn bản số {}.",
            issued.number_text(),
            recall.by_number
        ))),
    }
}

/// What of the cited bases is no longer in force on the day of the paper.
fn outdated(bases: &[LegalBasis], wording: &Wording, on: NaiveDate, errors: &mut FieldErrors) {
    for line in lines(&wording.bases) {
        let found = bases.iter().find(|basis| line.contains(&basis.words));
        if let Some(basis) = found.filter(|basis| !basis.holds_on(on)) {
            let what = match basis.ends_on.filter(|end| *end < on) {
                Some(end) => format!("hết hiệu lực từ sau ngày {}", date_text(end)),
                None => format!("có hiệu lực từ ngày {}", date_text(basis.starts_on)),
            };
            errors.add(
                "bases",
                format!(
                    "Ngày {}: “{}” {what}. Hãy bỏ hoặc thay căn cứ này.",
                    date_text(on),
                    basis.words
                ),
            );
        }
    }
}

/// What of the cited bases ends within 90 days: a warning, not an error.
#[must_use]
pub(super) fn ending_soon(bases: &[LegalBasis], wording: &Wording, on: NaiveDate) -> Vec<String> {
    let soon = on + chrono::Days::new(90);
    let cited = lines(&wording.bases);
    bases
        .iter()
        .filter(|basis| cited.iter().any(|line| line.contains(&basis.words)))
        .filter_map(|basis| {
            let end = basis.ends_on.filter(|end| on <= *end && *end <= soon)?;
            Some(format!(
                "“{}” hết hiệu lực sau ngày {}.",
                basis.words,
                date_text(end)
            ))
        })
        .collect()
}

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

/// Takes a paper back by a further one of the same issuer, with the reason (Decree 30, article 18).
pub async fn recall(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    issued: &Issued,
    by: &Issued,
    reason: &str,
) -> Result<()> {
    access::require(actor, issued.issuer)?;
    require_in_force(issued)?;
    if by.issuer != issued.issuer || by.id == issued.id {
        return Err(AppError::invalid(
            "by",
            "Hãy chọn văn bản thu hồi của cùng cơ quan, đơn vị ban hành.",
        ));
    }
    take_back(db, now, actor, issued, by.id, reason).await
}

async fn take_back(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    issued: &Issued,
    by: DocumentId,
    reason: &str,
) -> Result<()> {
    queries::recall(db, issued.id, by, reason, actor.id, now).await?;
    let after = json!({"by": by, "reason": reason});
    journal::write(
        db,
        now,
        &actor.hand(),
        "document.recall",
        issued.subject(),
        (),
        after,
    )
    .await
}

/// Confirms that a recipient has a paper; answers its number in the register of incoming papers.
pub async fn receive(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    issued: &Issued,
    recipients: &[Recipient],
    unit: Option<UnitId>,
) -> Result<i32> {
    let recipient = recipients
        .iter()
        .find(|r| r.unit_id == unit)
        .ok_or(AppError::NotFound)?;
    if !access::may_receive(actor, recipient) {
        return Err(AppError::Forbidden(
            "Chỉ nơi nhận xác nhận đã nhận văn bản.".to_owned(),
        ));
    }
    let year = local(now).year();
    let register = access::receives_as(actor, recipient);
    let number = queries::receive(db, issued.id, unit, register, year, actor.id, now).await?;
    let number = number.ok_or_else(|| AppError::conflict("Văn bản này đã được xác nhận trước đó."))?;
    let after = json!({"unit": unit, "register": register, "number": number, "year": year});
    let (hand, subject) = (actor.hand(), issued.subject());
    journal::write(db, now, &hand, "document.receive", subject, (), after).await?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_basis_that_has_ended_is_refused_and_one_that_ends_soon_is_told() {
        let bases = [LegalBasis {
            words: "Nghị định số 98/2023/NĐ-CP".to_owned(),
            kinds: Vec::new(),
            starts_on: day("2024-01-01"),
            ends_on: Some(day("2025-06-30")),
        }];
        let wording = Wording {
            bases: "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023".to_owned(),
            ..Wording::default()
        };
        let wrong = |on: &str| {
            let mut errors = FieldErrors::default();
            outdated(&bases, &wording, day(on), &mut errors);
            errors.of("bases").map(str::to_owned)
        };
        assert!(wrong("2025-07-01").unwrap().contains("30/06/2025"));
        assert!(wrong("2023-12-31").unwrap().contains("có hiệu lực từ"));
        assert_eq!(wrong("2025-06-30"), None);
        assert_eq!(ending_soon(&bases, &wording, day("2025-04-01")).len(), 1);
        assert!(ending_soon(&bases, &wording, day("2025-03-31")).is_empty());
        assert!(ending_soon(&bases, &wording, day("2025-07-01")).is_empty());
    }
}
