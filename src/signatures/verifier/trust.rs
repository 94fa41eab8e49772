//! Whose signature it is, as far as the administrator's authorities vouch for it.

use super::{Task, pdfsig::Printed};
use crate::{
    kit::clock::{Moment, date_text, day, moment_text},
    signatures::{
        certificates::{self, Container, Facts, Revocation},
        model::Finding,
    },
};

const TRUST: &str = "Nơi cấp chứng thư";
const VALIDITY: &str = "Thời hạn chứng thư";
const REVOCATION: &str = "Thu hồi chứng thư";

/// As `pdfsig` says it.
const TRUSTED: &str = "Certificate is Trusted.";

/// Authority, validity and revocation of the signer's certificate.
pub(super) fn trust(
    task: &Task,
    printed: &Printed,
    container: Option<&Container<'_>>,
    facts: Option<&Facts>,
) -> Vec<Finding> {
    let (Some(container), Some(facts)) = (container, facts) else {
        return vec![Finding::unknown(
            TRUST,
            "Không đọc được chứng thư số của người ký.",
        )];
    };
    if task.authorities.is_empty() {
        let why = "Quản trị hệ thống chưa nạp chứng thư của CA nào để đối chiếu.";
        return vec![Finding::unknown(TRUST, why)];
    }
    let Some((signer, others)) = container.certificates.split_first() else {
        return vec![Finding::unknown(
            TRUST,
            "Chữ ký không kèm chứng thư số của người ký.",
        )];
    };
    let Some(chain) = certificates::chain(signer, others, &task.authorities) else {
        let why = format!(
            "Nơi cấp “{}” không có trong danh sách CA của quản trị hệ thống.",
            facts.issuer_name
        );
        return vec![Finding::unknown(TRUST, why)];
    };
    let authority = chain.last().and_then(|der| certificates::facts(der));
    let authority = authority.map_or_else(String::new, |a| a.common_name);
    let issuer = chain.get(1).copied().unwrap_or(signer);
    let revoked = certificates::revocation(signer, issuer, &task.lists);
    vec![
        chained(printed, &authority, revoked, task.now > facts.ends_at),
        validity(facts, printed.signed_at, task.now),
        revocation(revoked, printed.signed_at, task.now),
    ]
}

/// What NSS says of the chain. That the signer's certificate has ended or was revoked is told at its own point; that
/// another one on the way has ended is told nowhere else.
fn chained(printed: &Printed, authority: &str, revoked: Revocation, has_ended: bool) -> Finding {
    let said = printed.certificate.as_str();
    let is_ended = has_ended && said.starts_with("Certificate has Expired");
    let is_revoked = said.starts_with("Certificate has been Revoked");
    if said == TRUSTED || is_ended || (is_revoked && matches!(revoked, Revocation::Revoked(_))) {
        Finding::valid(
            TRUST,
            format!("Có đường dẫn tin cậy đến “{authority}” trong danh sách CA."),
        )
    } else if is_revoked {
        Finding::invalid(TRUST, "Một chứng thư trên đường dẫn tin cậy đã bị thu hồi.")
    } else {
        Finding::unknown(TRUST, "Chưa xác nhận được đường dẫn tin cậy của chứng thư số.")
    }
}

fn validity(facts: &Facts, signed_at: Option<Moment>, now: Moment) -> Finding {
    let span = format!(
        "{} đến {}",
        date_text(day(facts.starts_at)),
        date_text(day(facts.ends_at))
    );
    if let Some(at) = signed_at
        && (at < facts.starts_at || at > facts.ends_at)
    {
        let why = format!(
            "Ký lúc {}, ngoài thời hạn của chứng thư ({span}).",
            moment_text(at)
        );
        return Finding::invalid(VALIDITY, why);
    }
    if signed_at.is_some() && now <= facts.ends_at {
        return Finding::valid(VALIDITY, format!("Ký trong thời hạn của chứng thư ({span})."));
    }
    let why = if signed_at.is_none() {
        "Chữ ký không ghi thời điểm ký.".to_owned()
    } else {
        format!(
            "Chứng thư đã hết hạn ({span}); không có dấu thời gian đã đối chiếu nên không biết chắc ký trước đó."
        )
    };
    Finding::unknown(VALIDITY, why)
}

fn revocation(revoked: Revocation, signed_at: Option<Moment>, now: Moment) -> Finding {
    match revoked {
        Revocation::Revoked(since) => Finding::invalid(
            REVOCATION,
            format!("Chứng thư đã bị thu hồi lúc {}.", moment_text(since)),
        ),
        // A list from after the signing answers for good; an older one until the next is due.
        Revocation::NotOn(list)
            if signed_at.is_some_and(|at| at <= list.issued_at)
                || list.next_at.is_some_and(|next| now <= next) =>
        {
            let words = format!(
                "Không bị thu hồi theo danh sách ngày {}.",
                date_text(day(list.issued_at))
            );
            Finding::valid(REVOCATION, words)
        }
        Revocation::NotOn(list) => Finding::unknown(
            REVOCATION,
            format!(
                "Danh sách thu hồi ngày {} đã cũ; quản trị hệ thống cần nạp danh sách mới.",
                date_text(day(list.issued_at))
            ),
        ),
        Revocation::NoList => Finding::unknown(
            REVOCATION,
            "Chưa biết chứng thư có bị thu hồi không: chưa có danh sách thu hồi của nơi cấp.",
        ),
    }
}
