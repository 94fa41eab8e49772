//! A person, the first post, further posts.

use chrono::NaiveDate;
use serde::Deserialize;

use super::optional_date;
use crate::{
    clusters::Cluster,
    ids::PostId,
    kit::{
        clock::date_text,
        fields::FieldErrors,
        values::{self, PersonName},
    },
    people::{Gender, NewPerson, Person, Post, Role},
    units::UnitChoice,
};

/// Where a post can be held: what the form offers.
pub struct Places {
    /// The units that exist today.
    pub units: Vec<UnitChoice>,
    /// The clusters.
    pub clusters: Vec<Cluster>,
}

/// A post as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostForm {
    pub role: String,
    pub unit: String,
    pub cluster: String,
    pub starts_on: String,
    pub ends_on: String,
}

impl PostForm {
    /// An empty form for a post from this day on.
    pub fn from_day(day: NaiveDate) -> Self {
        Self {
            starts_on: date_text(day),
            ..Self::default()
        }
    }

    /// The checked post.
    pub fn check(&self, places: &Places) -> Result<Post, FieldErrors> {
        let mut errors = FieldErrors::default();
        let post = self.read(places, &mut errors);
        post.filter(|_| errors.is_empty()).ok_or(errors)
    }

    fn read(&self, places: &Places, errors: &mut FieldErrors) -> Option<Post> {
        let role = errors.read(
            "role",
            Role::from_code(&self.role).ok_or_else(|| "Hãy chọn chức vụ.".to_owned()),
        );
        let unit_id = places.units.iter().find(|u| u.slug == self.unit).map(|u| u.id);
        let cluster_id = places
            .clusters
            .iter()
            .find(|c| c.slug == self.cluster)
            .map(|c| c.id);
        if let Some(role) = role {
            let of_cluster = role == Role::ClusterPatron;
            check_place(
                errors,
                "unit",
                role.is_of_unit(),
                (&self.unit, unit_id.is_some()),
                "đơn vị",
            );
            check_place(
                errors,
                "cluster",
                of_cluster,
                (&self.cluster, cluster_id.is_some()),
                "cụm thi đua",
            );
        }
        let starts_on = errors.read("starts_on", values::date(&self.starts_on));
        let ends_on = errors.read("ends_on", optional_date(&self.ends_on));
        if let (Some(start), Some(Some(end))) = (starts_on, ends_on)
            && end < start
        {
            errors.add("ends_on", "Ngày kết thúc phải từ ngày bắt đầu trở đi.");
        }
        Some(Post {
            id: PostId::new(),
            role: role?,
            unit_id,
            cluster_id,
            starts_on: starts_on?,
            ends_on: ends_on?,
        })
    }
}

/// A post is held in exactly the kind of place that its role asks for.
fn check_place(
    errors: &mut FieldErrors,
    field: &str,
    is_needed: bool,
    (typed, is_known): (&str, bool),
    what: &str,
) {
    if is_needed && !is_known {
        errors.add(field, format!("Chức vụ này thuộc một {what}. Hãy chọn {what}."));
    } else if !is_needed && !typed.is_empty() {
        errors.add(
            field,
            format!("Chức vụ này không gắn với {what} nào. Hãy để trống ô này."),
        );
    }
}

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
    use crate::ids::{ClusterId, UnitId};

    fn places() -> Places {
        let cluster = Cluster {
            id: ClusterId::new(),
            slug: "cum-3".into(),
            number: 3,
            name: "Cụm thi đua số 3".into(),
            note: String::new(),
        };
        Places {
            units: vec![UnitChoice {
                id: UnitId::new(),
                slug: "son-la".into(),
                short_name: "Liên hiệp Hội tỉnh Sơn La".into(),
            }],
            clusters: vec![cluster],
        }
    }

    fn wrong_fields(role: &str, unit: &str, cluster: &str) -> Vec<String> {
        let form = PostForm {
            role: role.into(),
            unit: unit.into(),
            cluster: cluster.into(),
            starts_on: "01/03/2026".into(),
            ends_on: String::new(),
        };
        form.check(&places())
            .err()
            .map(|e| e.iter().map(|e| e.field.clone()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_post_is_held_in_the_place_that_its_role_asks_for() {
        for (role, unit, cluster, wrong) in [
            ("unit_officer", "son-la", "", vec![]),
            ("unit_officer", "", "", vec!["unit"]),
            ("unit_leader", "son-la", "cum-3", vec!["cluster"]),
            ("cluster_patron", "", "cum-3", vec![]),
            ("cluster_patron", "", "cum-9", vec!["cluster"]),
            ("standing_office", "", "", vec![]),
            ("council_member", "son-la", "", vec!["unit"]),
            ("king", "", "", vec!["role"]),
        ] {
            assert_eq!(
                wrong_fields(role, unit, cluster),
                wrong,
                "{role} {unit} {cluster}"
            );
        }
    }

    #[test]
    fn a_post_does_not_end_before_it_begins() {
        let form = PostForm {
            role: "standing_office".into(),
            starts_on: "02/03/2026".into(),
            ends_on: "01/03/2026".into(),
            ..PostForm::default()
        };
        assert!(form.check(&places()).unwrap_err().of("ends_on").is_some());
    }

    #[test]
    fn a_login_is_plain_and_no_page() {
        assert_eq!(login(" SonLa.2 "), Ok("sonla.2".to_owned()));
        for wrong in ["", "ab", ".abc", "sơnla", "son la", "moi", &"a".repeat(41)] {
            assert!(login(wrong).is_err(), "{wrong}");
        }
    }
}
