//! Passwords and secret tokens: argon2id for what people choose, SHA-256 for what we draw at random.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use rand::Rng;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::kit::error::{AppError, Result};

/// A password that keeps the house rules: 14 characters or more, not a common or repeated one.
pub struct Password(String);

/// What was typed into a password field: never printed.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// The fewest characters of a password without a second factor (TCVN 14423:2026, level 2).
const FEWEST: usize = 14;

/// The password of every account of the demonstration world; the sign-in page shows it.
pub const DEMO_PASSWORD: &str = "thi-dua-demo-2023";

impl Password {
    /// Checks a password that somebody wants to use. `login` mustn't be part of it.
    pub fn parse(typed: &Secret, login: &str) -> Result<Self, String> {
        let text = crate::kit::text::nfc(&typed.0);
        let length = text.chars().count();
        if length < FEWEST {
            return Err(format!(
                "Mật khẩu cần ít nhất {FEWEST} ký tự (đang có {length}). Một câu ngắn dễ nhớ là tốt nhất."
            ));
        }
        if length > 200 {
            return Err("Mật khẩu dài tối đa 200 ký tự.".to_owned());
        }
        let mut different: Vec<char> = text.to_lowercase().chars().collect();
        different.sort_unstable();
        different.dedup();
        let lower = text.to_lowercase();
        let common = ["12345678", "matkhau", "password", "qwerty"]
            .iter()
            .any(|word| lower.contains(word));
        if different.len() < 6 || common || (login.len() > 3 && lower == login.to_lowercase()) {
            return Err("Mật khẩu này dễ đoán. Hãy chọn một câu ngắn mà chỉ anh/chị biết.".to_owned());
        }
        Ok(Self(text))
    }

    /// A password for the demonstration world, known to everybody: exempt from the rules by design.
    #[must_use]
    pub fn of_demo(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The argon2id hash in PHC form. Slow by design, so it runs off the request threads.
    pub async fn hash(self) -> Result<String> {
        blocking(move || Ok(hasher().hash_password(self.0.as_bytes())?.to_string())).await
    }
}

impl Secret {
    /// Whether this is the password of `hash`. Takes as long for an account that has none.
    pub async fn matches(&self, hash: Option<String>) -> Result<bool> {
        let typed = crate::kit::text::nfc(&self.0);
        blocking(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODYS.clone());
            let Ok(parsed) = PasswordHash::new(&hash) else {
                return Ok(false);
            };
            Ok(hasher().verify_password(typed.as_bytes(), &parsed).is_ok() && known)
        })
        .await
    }
}

fn hasher() -> Argon2<'static> {
    Argon2::default()
}

/// A hash nobody has the password of: checking against it costs what a real check costs.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    hasher()
        .hash_password(new_token().as_bytes())
        .map(|h| h.to_string())
        .unwrap_or_default()
});

/// How many hashes are worked out at the same time: each takes 19 MB, and a flood of sign-ins mustn't take all memory.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
) -> Result<T> {
    // It is never closed, so the permit is always had.
    let _permit = AT_ONCE.acquire().await.ok();
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| AppError::Internal(e.into()))?
        .map_err(|e| AppError::Internal(anyhow::anyhow!("password hash: {e}")))
}

/// A new secret token: 256 random bits in hexadecimal.
#[must_use]
pub fn new_token() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

/// What is stored of a token, so that a copy of the database opens no session.
#[must_use]
pub fn hash_of_token(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_common_passwords_are_refused_in_words() {
        let check = |text: &str| Password::parse(&Secret(text.to_owned()), "sonla").map(|_| ());
        assert!(check("ngắn").unwrap_err().contains("14"));
        assert!(check("aaaaaaaaaaaaaaaaaa").is_err());
        assert!(check("Password12345678").is_err());
        assert!(check("con trâu đi trước cái cày").is_ok());
    }

    #[tokio::test]
    async fn a_hash_matches_its_password_in_either_unicode_form_only() {
        let hash = Password("trời hôm nay đẹp".to_owned()).hash().await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        let decomposed: String =
            unicode_normalization::UnicodeNormalization::nfd("trời hôm nay đẹp").collect();
        assert!(Secret(decomposed).matches(Some(hash.clone())).await.unwrap());
        assert!(!Secret("khác".to_owned()).matches(Some(hash)).await.unwrap());
        assert!(!Secret("bất kỳ".to_owned()).matches(None).await.unwrap());
    }
}
