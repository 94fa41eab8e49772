//! Codes that people read off paper, say aloud and type.

use rand::Rng;

/// Letters and digits that can't be taken for one another: no I, O, 0, 1. There are 32.
pub const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A letter for each byte: five bits of it.
#[must_use]
pub fn of(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

/// A new code to print on a paper: ten characters, fifty random bits.
#[must_use]
pub fn fresh() -> String {
    let mut bytes = [0_u8; 10];
    rand::rng().fill_bytes(&mut bytes);
    of(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_hold_no_letter_that_could_be_another_one() {
        for _ in 0..200 {
            let code = fresh();
            assert_eq!(code.len(), 10);
            assert!(code.bytes().all(|b| ALPHABET.contains(&b)), "{code}");
        }
        assert!(!ALPHABET.iter().any(|b| b"IO01".contains(b)));
    }
}
