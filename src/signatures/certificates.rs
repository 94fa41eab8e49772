//! Certificates as bytes: what they say, which of them issued which, what an authority revoked.
//!
//! That a chain holds is NSS's judgement; it also knows authorities of its own, though. So here the way from a signer to an
//! authority of the administrator's list is walked once more, link by link.

use chrono::DateTime;
use x509_parser::{
    certificate::X509Certificate,
    pem::Pem,
    prelude::FromDer,
    revocation_list::CertificateRevocationList,
    time::ASN1Time,
    x509::{AttributeTypeAndValue, X509Name},
};

use super::der::{MOST_ELEMENTS, element, elements, inside_of};
use crate::kit::{clock::Moment, text::nfc, values::is_hidden};

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) subject: String,
    pub(super) issuer: String,
    pub(super) common_name: String,
    pub(super) organisation: String,
    pub(super) issuer_name: String,
    pub(super) starts_at: Moment,
    pub(super) ends_at: Moment,
    pub(super) is_authority: bool,
}

/// What a list of revoked certificates says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListFacts {
    pub(super) issued_at: Moment,
    pub(super) next_at: Option<Moment>,
}

/// What is known about the revocation of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Revocation {
    /// The authority's list names it: since when.
    Revoked(Moment),
    /// The list doesn't name it.
    NotOn(ListFacts),
    /// There is no list of this authority.
    NoList,
}

/// The end of a PEM label.
const CERTIFICATE: &str = "CERTIFICATE";
const LIST: &str = "X509 CRL";

/// The bytes of the only certificate in a file, PEM or DER.
pub(super) fn read_certificate(file: &[u8]) -> Result<Vec<u8>, String> {
    let der = read_one(file, CERTIFICATE).map_err(|count| match count {
        0 => {
            "Tệp không phải chứng thư số dạng PEM hoặc DER (.pem, .crt, .cer). Hãy xuất lại chứng thư của CA."
                .to_owned()
        }
        many => format!("Tệp có {many} chứng thư. Hãy đưa lên từng chứng thư một."),
    })?;
    let is_whole = X509Certificate::from_der(&der).is_ok_and(|(rest, _)| rest.is_empty());
    if is_whole {
        Ok(der)
    } else {
        Err("Chứng thư trong tệp bị hỏng hoặc không phải X.509.".to_owned())
    }
}

/// The bytes of the only list of revoked certificates in a file, PEM or DER.
pub(super) fn read_list(file: &[u8]) -> Result<Vec<u8>, String> {
    let der = read_one(file, LIST)
        .map_err(|_| "Tệp không phải danh sách thu hồi (.crl) dạng PEM hoặc DER.".to_owned())?;
    let is_whole = CertificateRevocationList::from_der(&der).is_ok_and(|(rest, _)| rest.is_empty());
    if is_whole {
        Ok(der)
    } else {
        Err("Danh sách thu hồi trong tệp bị hỏng.".to_owned())
    }
}

/// The only block with this label, or the whole file where it is DER; the number of blocks is the error.
fn read_one(file: &[u8], label: &str) -> Result<Vec<u8>, usize> {
    if file.first() == Some(&0x30) {
        return Ok(file.to_vec());
    }
    let blocks = Pem::iter_from_buffer(file)
        .take(MOST_ELEMENTS)
        .filter_map(Result::ok);
    let mut found: Vec<Pem> = blocks.filter(|block| block.label == label).collect();
    match (found.pop(), found.len()) {
        (Some(block), 0) => Ok(block.contents),
        (Some(_), others) => Err(others + 1),
        (None, _) => Err(0),
    }
}

/// What a certificate says; none where it can't be read.
pub(super) fn facts(der: &[u8]) -> Option<Facts> {
    let certificate = parsed(der)?;
    Some(Facts {
        subject: clean(&certificate.subject().to_string()),
        issuer: clean(&certificate.issuer().to_string()),
        common_name: common_name(certificate.subject()),
        organisation: first(certificate.subject().iter_organization()),
        issuer_name: common_name(certificate.issuer()),
        starts_at: moment(certificate.validity().not_before)?,
        ends_at: moment(certificate.validity().not_after)?,
        is_authority: certificate.is_ca(),
    })
}

/// What a list says, where the authority with this certificate signed it.
pub(super) fn list_facts(list: &[u8], authority: &[u8]) -> Option<ListFacts> {
    let (_, list) = CertificateRevocationList::from_der(list).ok()?;
    let authority = parsed(authority)?;
    let is_its = list.issuer().as_raw() == authority.subject().as_raw()
        && list.verify_signature(authority.public_key()).is_ok();
    if !is_its {
        return None;
    }
    Some(ListFacts {
        issued_at: moment(list.last_update())?,
        next_at: list.next_update().and_then(moment),
    })
}

/// Whether one certificate was issued by the other: by name and by key.
fn is_issued_by(certificate: &X509Certificate<'_>, authority: &X509Certificate<'_>) -> bool {
    certificate.issuer().as_raw() == authority.subject().as_raw()
        && certificate.verify_signature(Some(authority.public_key())).is_ok()
}

/// As long as a chain may be.
const MOST_LINKS: usize = 8;

/// The certificates from the signer's up to one of the list's, that one included; none where no way leads there.
pub(super) fn chain<'a>(signer: &'a [u8], others: &[&'a [u8]], list: &'a [Vec<u8>]) -> Option<Vec<&'a [u8]>> {
    let mut way = vec![signer];
    while way.len() <= MOST_LINKS {
        let reached = *way.last()?;
        if list.iter().any(|known| known == reached) {
            return Some(way);
        }
        let current = parsed(reached)?;
        let issued =
            |der: &&[u8]| parsed(der).is_some_and(|other| other.is_ca() && is_issued_by(&current, &other));
        let next = list
            .iter()
            .map(Vec::as_slice)
            .chain(others.iter().copied())
            .filter(|der| !way.contains(der))
            .find(issued)?;
        way.push(next);
    }
    None
}

/// What the newest list of its authority says about a certificate.
pub(super) fn revocation(certificate: &[u8], authority: &[u8], lists: &[Vec<u8>]) -> Revocation {
    let newest = lists
        .iter()
        .filter_map(|list| Some((list_facts(list, authority)?, list)))
        .max_by_key(|(facts, _)| facts.issued_at);
    let (Some((facts, list)), Some(certificate)) = (newest, parsed(certificate)) else {
        return Revocation::NoList;
    };
    let Ok((_, list)) = CertificateRevocationList::from_der(list) else {
        return Revocation::NoList;
    };
    let entry = list
        .iter_revoked_certificates()
        .find(|entry| entry.raw_serial() == certificate.raw_serial());
    match entry {
        Some(entry) => Revocation::Revoked(moment(entry.revocation_date).unwrap_or(facts.issued_at)),
        None => Revocation::NotOn(facts),
    }
}

fn parsed(der: &[u8]) -> Option<X509Certificate<'_>> {
    X509Certificate::from_der(der)
        .ok()
        .map(|(_, certificate)| certificate)
}

fn moment(time: ASN1Time) -> Option<Moment> {
    DateTime::from_timestamp(time.timestamp(), 0)
}

fn common_name(name: &X509Name<'_>) -> String {
    let own = first(name.iter_common_name());
    if own.is_empty() {
        clean(&name.to_string())
    } else {
        own
    }
}

fn first<'a, 'b: 'a>(mut attributes: impl Iterator<Item = &'a AttributeTypeAndValue<'b>>) -> String {
    let text = attributes.next().and_then(|attribute| attribute.as_str().ok());
    text.map(clean).unwrap_or_default()
}

/// As many characters of a name as are kept.
const MOST_NAME: usize = 300;

/// A name as it can be shown and kept, whatever the certificate says.
fn clean(text: &str) -> String {
    let shown = nfc(text);
    let shown = shown.chars().filter(|c| !c.is_control() && !is_hidden(*c));
    shown.take(MOST_NAME).collect()
}

/// What a signature's container (CMS, RFC 5652) holds: the signer's certificate first, then the others.
#[derive(Debug, Default)]
pub(super) struct Container<'a> {
    pub(super) certificates: Vec<&'a [u8]>,
    pub(super) has_time_stamp: bool,
}

/// `id-aa-signatureTimeStampToken`
const TIME_STAMP: [u8; 13] = [
    0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e,
];

/// Reads a container: `ContentInfo { type, [0] SignedData { version, digests, content, [0] certificates, ..., signers } }`.
pub(super) fn container(cms: &[u8]) -> Option<Container<'_>> {
    let (_, info, _) = element(cms)?;
    let (_, _, rest) = element(info.inside)?;
    let (wrapped, _) = inside_of(rest, 0xa0)?;
    let (data, _) = inside_of(wrapped, 0x30)?;
    let mut certificates = Vec::new();
    let mut signer = None;
    let mut rest = data;
    while let Some((tag, found, after)) = element(rest) {
        match tag {
            0xa0 => certificates = elements(found.inside).into_iter().map(|e| e.whole).collect(),
            // The digests are a set, too, and stand before; the signers are the last one.
            0x31 => signer = elements(found.inside).first().map(|e| e.inside),
            _ => {}
        }
        rest = after;
    }
    let signer = signer?;
    let (issuer, serial) = signer_id(signer)?;
    let own = certificates.iter().position(|der| {
        parsed(der).is_some_and(|c| c.issuer().as_raw() == issuer && c.raw_serial() == serial)
    })?;
    certificates.swap(0, own);
    Some(Container {
        certificates,
        has_time_stamp: signer.windows(TIME_STAMP.len()).any(|bytes| bytes == TIME_STAMP),
    })
}

/// SignerInfo { version, SEQUENCE { issuer, serial }, ... }
fn signer_id(signer: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, _, rest) = element(signer)?;
    let (id, _) = inside_of(rest, 0x30)?;
    let (_, issuer, rest) = element(id)?;
    let (serial, _) = inside_of(rest, 0x02)?;
    Some((issuer.whole, serial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_told_in_words() {
        assert!(read_certificate(b"hello").unwrap_err().contains("PEM"));
        assert!(read_certificate(&[0x30, 0x82]).unwrap_err().contains("hỏng"));
        assert!(read_list(b"").unwrap_err().contains(".crl"));
        let empty = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
        let two = format!("{empty}{empty}");
        assert!(
            read_certificate(two.as_bytes())
                .unwrap_err()
                .contains("2 chứng thư")
        );
        assert!(read_certificate(empty.as_bytes()).unwrap_err().contains("hỏng"));
    }

    #[test]
    fn broken_containers_are_not_read() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x80, 0, 0],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 0x05, 0x06, 0x01, 0x2a, 0xa0, 0x00],
        ] {
            assert!(container(bytes).is_none(), "{bytes:?}");
        }
    }
}
