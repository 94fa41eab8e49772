//! What is typed to sign in and to set a password.

use serde::Deserialize;

use crate::{
    kit::{fields::FieldErrors, text::nfc},
    people::{Password, Secret},
};

/// The sign-in form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SignInForm {
    pub login: String,
    pub password: Secret,
    /// The page that was asked for.
    pub tiep: String,
}

impl SignInForm {
    /// The login as it is stored: phones begin words with a capital and end them with a space.
    pub fn login(&self) -> String {
        nfc(&self.login)
            .chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .take(100)
            .collect()
    }

    /// What is missing.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.login().is_empty() {
            errors.add("login", "Hãy nhập tên đăng nhập.");
        }
        if self.password.0.is_empty() {
            errors.add("password", "Hãy nhập mật khẩu.");
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// A new password, typed twice.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct NewPasswordForm {
    /// The present one; empty where a one-time link stands for it.
    pub current: Secret,
    pub new: Secret,
    pub repeat: Secret,
}

impl NewPasswordForm {
    /// The new password, if it keeps the rules and both times are the same.
    pub fn check(&self, login: &str) -> Result<Password, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = errors.read("new", Password::parse(&self.new, login));
        if password.is_some() && nfc(&self.new.0) != nfc(&self.repeat.0) {
            errors.add("repeat", "Hai lần gõ không giống nhau. Hãy gõ lại mật khẩu mới.");
        }
        match password {
            Some(password) if errors.is_empty() => Ok(password),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_the_same_with_capitals_and_spaces() {
        for typed in ["sonla", " SonLa ", "Son La"] {
            assert_eq!(
                SignInForm {
                    login: typed.to_owned(),
                    ..SignInForm::default()
                }
                .login(),
                "sonla"
            );
        }
    }

    #[test]
    fn a_new_password_is_typed_twice_the_same() {
        let form = |new: &str, repeat: &str| NewPasswordForm {
            current: Secret::default(),
            new: Secret(new.to_owned()),
            repeat: Secret(repeat.to_owned()),
        };
        assert!(
            form("con trâu đi trước cái cày", "con trâu đi trước cái cày")
                .check("sonla")
                .is_ok()
        );
        let wrong = form("con trâu đi trước cái cày", "con trâu")
            .check("sonla")
            .err()
            .unwrap();
        assert!(wrong.of("repeat").is_some());
        assert!(
            form("ngắn", "ngắn")
                .check("sonla")
                .err()
                .unwrap()
                .of("new")
                .is_some()
        );
    }
}
