//! The list of authorities: what is put into it and taken off.

use serde_json::json;
use sqlx::PgConnection;

use crate::{
    ids::CaCertificateId,
    kit::{
        clock::{Moment, date_text, day},
        error::{AppError, Result},
        journal::{self, Subject},
    },
    people::Actor,
    signatures::{
        access, certificates,
        model::CaCertificate,
        queries::{self, NewCertificate},
    },
};

/// As many certificates as the list takes: each is one more to hand over at every check.
const MOST: usize = 60;

/// Puts the certificate of an authority into the list.
pub(in crate::signatures) async fn add_certificate(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    name: &str,
    file: &[u8],
) -> Result<()> {
    access::require_manager(actor)?;
    let der = certificates::read_certificate(file).map_err(|why| AppError::invalid("file", &why))?;
    let facts = certificates::facts(&der)
        .ok_or_else(|| AppError::invalid("file", "Chứng thư trong tệp ghi thời hạn không đọc được."))?;
    if !facts.is_authority {
        let why = format!(
            "Đây là chứng thư của người dùng “{}”, không phải của CA. Hãy đưa lên chứng thư của tổ chức cấp.",
            facts.common_name
        );
        return Err(AppError::invalid("file", &why));
    }
    if facts.ends_at < now {
        let why = format!("Chứng thư này đã hết hạn ngày {}.", date_text(day(facts.ends_at)));
        return Err(AppError::invalid("file", &why));
    }
    queries::lock_authorities(db).await?;
    let known = queries::authorities(db).await?;
    if let Some(same) = known.iter().find(|authority| authority.der == der) {
        let why = format!("Chứng thư này đã có trong danh sách với tên “{}”.", same.name);
        return Err(AppError::invalid("file", &why));
    }
    if known.len() >= MOST {
        let why = format!("Danh sách đã đủ {MOST} chứng thư. Hãy gỡ bớt chứng thư không còn dùng.");
        return Err(AppError::invalid("file", &why));
    }
    let id = CaCertificateId::new();
    let name = if name.is_empty() {
        shortened(&facts.common_name)
    } else {
        name.to_owned()
    };
    let new = NewCertificate {
        id,
        name: &name,
        der: &der,
        subject: &facts.subject,
        issuer: &facts.issuer,
        span: (facts.starts_at, facts.ends_at),
    };
    queries::insert_certificate(db, &new, actor.id, now).await?;
    let after = json!({
        "name": name, "subject": facts.subject, "issuer": facts.issuer, "starts_on": day(facts.starts_at),
        "ends_on": day(facts.ends_at), "sha256": fingerprint(&der),
    });
    let subject = Subject::new("ca_certificates", id);
    journal::write(db, now, &actor.hand(), "ca_certificate.add", subject, (), after).await
}

fn fingerprint(der: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(der))
}

fn shortened(name: &str) -> String {
    let name = name.chars().take(200).collect::<String>();
    if name.trim().is_empty() {
        "CA".to_owned()
    } else {
        name
    }
}

/// Takes a certificate off the list. What was checked with it stays as it was found then.
pub(in crate::signatures) async fn remove_certificate(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    id: CaCertificateId,
    reason: &str,
) -> Result<()> {
    access::require_manager(actor)?;
    queries::lock_authorities(db).await?;
    let authority = find(queries::authorities(db).await?, id)?;
    queries::insert_removal(db, id, reason, actor.id, now).await?;
    let before = json!({"name": authority.name, "sha256": authority.fingerprint});
    let after = json!({"reason": reason});
    let subject = Subject::new("ca_certificates", id);
    journal::write(
        db,
        now,
        &actor.hand(),
        "ca_certificate.remove",
        subject,
        before,
        after,
    )
    .await
}

fn find(all: Vec<CaCertificate>, id: CaCertificateId) -> Result<CaCertificate> {
    all.into_iter()
        .find(|authority| authority.id == id)
        .ok_or(AppError::NotFound)
}

/// Takes in what an authority of the list says it has revoked; the list itself says whose it is.
pub(in crate::signatures) async fn add_list(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    file: &[u8],
) -> Result<()> {
    access::require_manager(actor)?;
    let der = certificates::read_list(file).map_err(|why| AppError::invalid("list", &why))?;
    queries::lock_authorities(db).await?;
    let known = queries::authorities(db).await?;
    let found = known
        .iter()
        .find_map(|authority| Some((authority, certificates::list_facts(&der, &authority.der)?)));
    let Some((authority, facts)) = found else {
        let why =
            "Danh sách thu hồi này không do CA nào trong danh sách ký. Hãy nạp chứng thư của CA đó trước.";
        return Err(AppError::invalid("list", why));
    };
    if authority.list.is_some_and(|(newest, _)| newest > facts.issued_at) {
        let why = format!("Đã có danh sách mới hơn của “{}”.", authority.name);
        return Err(AppError::invalid("list", &why));
    }
    queries::insert_list(
        db,
        authority.id,
        &der,
        (facts.issued_at, facts.next_at),
        actor.id,
        now,
    )
    .await?;
    let after =
        json!({"name": authority.name, "list_issued_on": day(facts.issued_at), "sha256": fingerprint(&der)});
    let subject = Subject::new("ca_certificates", authority.id);
    journal::write(db, now, &actor.hand(), "ca_certificate.list", subject, (), after).await
}
