//! The code on the card of a delegate, or of a member of VUSTA's council. It is derived from a secret that lies outside of the database, so that it can be
//! printed again at any time and yet nobody who reads the database learns it: there stands its hash only.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::kit::codes::{self, ALPHABET};

/// Letters in a code: 40 bits.
pub const LETTERS: usize = 8;

/// The secret that codes are derived from.
pub type Secret = [u8; 32];

/// The code of the card with this number of somebody: a delegate, or a member of the council on the roll of a session.
#[must_use]
pub fn code(secret: &Secret, holder: impl Into<Uuid>, number: i32) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        unreachable!("a key of any length will do")
    };
    mac.update(holder.into().as_bytes());
    mac.update(&number.to_be_bytes());
    let bytes = mac.finalize().into_bytes();
    codes::of(&bytes[..LETTERS])
}

/// The hash by which a card is found.
#[must_use]
pub fn hash_of(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}

/// The code as somebody typed it: any case, with spaces or dashes; none when it can't be one.
#[must_use]
pub fn read(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let is_known = |c: char| u8::try_from(c).is_ok_and(|c| ALPHABET.contains(&c));
    (code.len() == LETTERS && code.chars().all(is_known)).then_some(code)
}

/// `2345 6789`: as it is printed.
#[must_use]
pub fn spaced(code: &str) -> String {
    let (first, last) = code.split_at_checked(LETTERS / 2).unwrap_or((code, ""));
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DelegateId;

    #[test]
    fn every_card_has_a_code_of_its_own_and_keeps_it() {
        let (a, b) = (DelegateId::new(), DelegateId::new());
        let secret = [7; 32];
        assert_eq!(code(&secret, a, 1), code(&secret, a, 1));
        for other in [code(&secret, a, 2), code(&secret, b, 1), code(&[8; 32], a, 1)] {
            assert_ne!(code(&secret, a, 1), other);
        }
        assert_eq!(read(&code(&secret, a, 1)), Some(code(&secret, a, 1)));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(read(" abcd-2345 "), Some("ABCD2345".to_owned()));
        assert_eq!(read(&spaced("ABCD2345")), Some("ABCD2345".to_owned()));
        for wrong in ["", "ABCD234", "ABCD23455", "ABCD0345", "ABCDI345", "ĂBCD2345"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
