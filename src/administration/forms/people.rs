//! A person, alone or with the first post.

use chrono::NaiveDate;
use serde::Deserialize;

use super::posts::{Places, PostForm};
use crate::{
    kit::{
        clock::date_text,
        fields::FieldErrors,
        values::{self, PersonName},
    },
    people::{Gender, NewPerson, Person, Post},
};

/// A person's particulars as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub version: i32,
    pub full_name: String,
    pub gender: String,
    pub email: String,
}

impl From<&Person> for PersonForm {
    fn from(person: &Person) -> Self {
        let gender = match person.gender {
            Some(Gender::Female) => "female",
            Some(Gender::Male) => "male",
            None => "",
        };
        Self {
            version: person.version,
            full_name: person.full_name.clone(),
            gender: gender.to_owned(),
            email: person.email.clone(),
        }
    }
}

impl PersonForm {
    /// The person with these particulars, as the form saw it.
    pub fn check(&self, person: &Person) -> Result<Person, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (name, gender, email) = self.read(&mut errors);
        match (name, email) {
            (Some(name), Some(email)) if errors.is_empty() => Ok(Person {
                full_name: name.as_str().to_owned(),
                gender,
                email,
                version: self.version,
                ..person.clone()
            }),
            _ => Err(errors),
        }
    }

    fn read(&self, errors: &mut FieldErrors) -> (Option<PersonName>, Option<Gender>, Option<String>) {
        let name = errors.read("full_name", PersonName::parse(&self.full_name));
        let gender = match self.gender.as_str() {
            "female" => Some(Gender::Female),
            "male" => Some(Gender::Male),
            _ => None,
        };
        (name, gender, errors.read("email", values::email(&self.email)))
    }
}

/// A new person with the first post, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewPersonForm {
    pub login: String,
    pub full_name: String,
    pub gender: String,
    pub email: String,
    pub role: String,
    pub unit: String,
    pub cluster: String,
    pub starts_on: String,
    pub ends_on: String,
}

impl NewPersonForm {
    /// An empty form for a post from this day on.
    pub fn from_day(day: NaiveDate) -> Self {
        Self {
            starts_on: date_text(day),
            ..Self::default()
        }
    }

    /// The post among it.
    pub fn post(&self) -> PostForm {
        PostForm {
            role: self.role.clone(),
            unit: self.unit.clone(),
            cluster: self.cluster.clone(),
            starts_on: self.starts_on.clone(),
            ends_on: self.ends_on.clone(),
        }
    }

    /// The checked person and post.
    pub fn check(&self, places: &Places) -> Result<(NewPerson, Post), FieldErrors> {
        let mut errors = FieldErrors::default();
        let person = PersonForm {
            version: 0,
            full_name: self.full_name.clone(),
            gender: self.gender.clone(),
            email: self.email.clone(),
        };
        let (full_name, gender, email) = person.read(&mut errors);
        let login = errors.read("login", login(&self.login));
        let post = self.post().read(places, &mut errors);
        match (full_name, email, login, post) {
            (Some(full_name), Some(email), Some(login), Some(post)) if errors.is_empty() => Ok((
                NewPerson {
                    login,
                    full_name,
                    gender,
                    email,
                },
                post,
            )),
            _ => Err(errors),
        }
    }
}

/// A login: 3 to 40 small letters, digits, `.`, `_`, `-`, and no word that is a page of its own beside the persons'.
fn login(typed: &str) -> Result<String, String> {
    let login = typed.trim().to_lowercase();
    let first_is_plain = login.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_plain = login
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
    if !first_is_plain || !is_plain || !(3..=40).contains(&login.len()) {
        return Err(
            "Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch, ví dụ: sonla.binh."
                .to_owned(),
        );
    }
    if login == "moi" {
        return Err("Tên đăng nhập này dành riêng cho hệ thống. Hãy chọn tên khác.".to_owned());
    }
    Ok(login)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_plain_and_no_page() {
        assert_eq!(login(" SonLa.2 "), Ok("sonla.2".to_owned()));
        for wrong in ["", "ab", ".abc", "sơnla", "son la", "moi", &"a".repeat(41)] {
            assert!(login(wrong).is_err(), "{wrong}");
        }
    }
}
