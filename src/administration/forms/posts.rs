//! A post, in the unit or cluster that its role asks for.

use chrono::NaiveDate;
use serde::Deserialize;

use super::optional_date;
use crate::{
    clusters::Cluster,
    ids::PostId,
    kit::{clock::date_text, fields::FieldErrors, values},
    people::{Post, Role},
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

    pub(super) fn read(&self, places: &Places, errors: &mut FieldErrors) -> Option<Post> {
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
}
