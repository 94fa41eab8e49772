//! Letters that anybody can seal and one key opens: HPKE (RFC 9180) in its base mode, X25519 with ChaCha20-Poly1305.
//!
//! Two letters with the same words differ in every byte, and nothing but the secret half of the key opens one.

use anyhow::anyhow;
use hpke::{
    Deserializable, Kem as _, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};

use super::error::{AppError, Result};

/// The half of a key that seals; it is no secret.
pub type PublicKey = [u8; PUBLIC];

/// How long the public half is, and what sealing puts before each letter.
const PUBLIC: usize = 32;

/// By how much sealing lengthens a letter: the key of this one letter, and the mark that nobody has changed it.
pub const OVERHEAD: usize = PUBLIC + 16;

/// The half of a key that opens. It never shows itself in a log.
pub struct SecretKey(<X25519HkdfSha256 as hpke::Kem>::PrivateKey);

impl SecretKey {
    /// A new key.
    #[must_use]
    pub fn new() -> Self {
        Self(X25519HkdfSha256::gen_keypair().0)
    }

    /// The key out of its bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        <X25519HkdfSha256 as hpke::Kem>::PrivateKey::from_bytes(bytes)
            .map(Self)
            .map_err(|error| AppError::Internal(anyhow!("a secret key can't be read: {error}")))
    }

    /// Its bytes, to be kept.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes().into()
    }

    /// The half that seals.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        X25519HkdfSha256::sk_to_pk(&self.0).to_bytes().into()
    }

    /// Opens a letter that was sealed for this `purpose` and `context`; anything else is an error.
    pub fn open(&self, purpose: &[u8], context: &[u8], letter: &[u8]) -> Result<Vec<u8>> {
        let unreadable =
            |error: hpke::HpkeError| AppError::Internal(anyhow!("a sealed letter can't be opened: {error}"));
        let (start, rest) = letter
            .split_at_checked(PUBLIC)
            .ok_or_else(|| AppError::Internal(anyhow!("a sealed letter is too short")))?;
        let start = <X25519HkdfSha256 as hpke::Kem>::EncappedKey::from_bytes(start).map_err(unreadable)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &start,
            purpose,
            rest,
            context,
        )
        .map_err(unreadable)
    }
}

impl Default for SecretKey {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// Seals a letter: only the secret half of `key` opens it, and only for the same `purpose` and `context`.
pub fn seal(key: &[u8], purpose: &[u8], context: &[u8], letter: &[u8]) -> Result<Vec<u8>> {
    let unusable = |error: hpke::HpkeError| AppError::Internal(anyhow!("a letter can't be sealed: {error}"));
    let key = <X25519HkdfSha256 as hpke::Kem>::PublicKey::from_bytes(key).map_err(unusable)?;
    let (start, rest) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        purpose,
        letter,
        context,
    )
    .map_err(unusable)?;
    let mut sealed = start.to_bytes().to_vec();
    sealed.extend_from_slice(&rest);
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_key_its_purpose_and_its_context_only() {
        let (key, other) = (SecretKey::new(), SecretKey::new());
        let letter = seal(&key.public(), b"paper", b"ballot", b"words").unwrap();
        assert_eq!(letter.len(), 5 + OVERHEAD);
        let kept = SecretKey::from_bytes(&key.to_bytes()).unwrap();
        assert_eq!(kept.open(b"paper", b"ballot", &letter).unwrap(), b"words");
        assert!(other.open(b"paper", b"ballot", &letter).is_err());
        assert!(key.open(b"letter", b"ballot", &letter).is_err());
        assert!(key.open(b"paper", b"other", &letter).is_err());
        for place in 0..letter.len() {
            let mut changed = letter.clone();
            changed[place] ^= 1;
            assert!(key.open(b"paper", b"ballot", &changed).is_err(), "byte {place}");
        }
        assert!(key.open(b"paper", b"ballot", &letter[..20]).is_err());
    }

    #[test]
    fn the_same_words_sealed_twice_have_nothing_in_common() {
        let key = SecretKey::new();
        let letters = [(); 2].map(|()| seal(&key.public(), b"", b"", &[0; 400]).unwrap());
        let equal = letters[0].iter().zip(&letters[1]).filter(|(a, b)| a == b).count();
        // Of 448 random bytes 1.75 are equal.
        assert!(equal < 15, "{equal}");
        assert_eq!(format!("{key:?}"), "SecretKey(..)");
    }
}
