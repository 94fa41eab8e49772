//! Persons, posts, and the [`Actor`]: a signed-in person with the rights of this day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{ClusterId, PersonId, PostId, UnitId},
    kit::journal::Hand,
};

/// What a post is for. See the table of posts in the product's design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// Writes the unit's papers.
    UnitOfficer,
    /// The same, and hands them in.
    UnitLeader,
    /// Member of VUSTA's Presidium in charge of a cluster: reads all of it, no vote.
    ClusterPatron,
    /// Standing office of VUSTA's emulation and commendation council.
    StandingOffice,
    /// Member of that council.
    CouncilMember,
    /// Accounts, posts, settings, journal. Cannot vote, score or decide.
    Administrator,
}

impl Role {
    /// All roles, in the order of the list an administrator chooses from.
    pub const ALL: [Self; 6] = [
        Self::UnitOfficer,
        Self::UnitLeader,
        Self::ClusterPatron,
        Self::StandingOffice,
        Self::CouncilMember,
        Self::Administrator,
    ];

    /// The role's name on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::UnitOfficer => "Cán bộ phụ trách thi đua, khen thưởng",
            Self::UnitLeader => "Lãnh đạo đơn vị",
            Self::ClusterPatron => "Ủy viên Đoàn Chủ tịch phụ trách cụm",
            Self::StandingOffice => "Thường trực Hội đồng Thi đua - Khen thưởng",
            Self::CouncilMember => "Ủy viên Hội đồng Thi đua - Khen thưởng",
            Self::Administrator => "Quản trị hệ thống",
        }
    }

    /// The role's code in forms and in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnitOfficer => "unit_officer",
            Self::UnitLeader => "unit_leader",
            Self::ClusterPatron => "cluster_patron",
            Self::StandingOffice => "standing_office",
            Self::CouncilMember => "council_member",
            Self::Administrator => "administrator",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the post is held in a unit.
    #[must_use]
    pub fn is_of_unit(self) -> bool {
        matches!(self, Self::UnitOfficer | Self::UnitLeader)
    }
}

/// How a person is addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Gender {
    /// "chị", "bà"
    Female,
    /// "anh", "ông"
    Male,
}

/// A person with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// The name typed to sign in.
    pub login: String,
    /// Full name, family name first.
    pub full_name: String,
    /// For the address, where known.
    pub gender: Option<Gender>,
    /// Where letters go; may be empty.
    pub email: String,
    /// Counts changes; a form carries the number it was made from.
    pub version: i32,
}

/// A post: a role in a unit or cluster, from one day to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The id.
    pub id: PostId,
    /// The role.
    pub role: Role,
    /// The unit, for posts of units.
    pub unit_id: Option<UnitId>,
    /// The cluster, for a patron.
    pub cluster_id: Option<ClusterId>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none while it lasts.
    pub ends_on: Option<NaiveDate>,
}

impl Post {
    /// Whether the post is held on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day <= end)
    }

    /// Whether there is a day on which both are held.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.ends_on.is_none_or(|end| other.starts_on <= end)
            && other.ends_on.is_none_or(|end| self.starts_on <= end)
    }

    /// Why the post can't be given beside those that are held, if it can't.
    ///
    /// Whoever runs the system holds no other post at that time: the hand that gives the rights to write, vote, score
    /// and decide uses none of them.
    #[must_use]
    pub fn clash_with(&self, held: &[Self]) -> Option<&'static str> {
        let beside = |other: &&Self| self.overlaps(other);
        let scope = |post: &Self| (post.role, post.unit_id, post.cluster_id);
        if held
            .iter()
            .filter(beside)
            .any(|other| scope(other) == scope(self))
        {
            return Some("Người này đã giữ chức vụ này trong khoảng thời gian đó.");
        }
        let is_mixed =
            |other: &Self| (other.role == Role::Administrator) != (self.role == Role::Administrator);
        held.iter().filter(beside).any(is_mixed).then_some(
            "Quản trị hệ thống không kiêm chức vụ khác trong cùng thời gian: người giao quyền không viết hồ sơ, không chấm, không bỏ phiếu, không quyết định. Hãy kết thúc chức vụ kia trước, hoặc chọn ngày khác.",
        )
    }
}

/// A year of a cluster, as far as a link to it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearPlace {
    /// The cluster's slug.
    pub slug: String,
    /// The cluster's name.
    pub name: String,
    /// The year.
    pub year: i32,
}

/// A signed-in person with the rights that the posts give today.
///
/// The lists are short (a person holds a few posts); every access rule of the program reads only these.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// Who it is.
    pub id: PersonId,
    /// The name to sign in.
    pub login: String,
    /// Full name.
    pub full_name: String,
    /// For the address.
    pub gender: Option<Gender>,
    /// Units in which the person writes papers today.
    pub officer_of: Vec<UnitId>,
    /// Units which the person leads today: writes and hands in.
    pub leader_of: Vec<UnitId>,
    /// Units of which the person reads the closed years: of ended posts, and predecessors of today's units.
    pub archive_of: Vec<UnitId>,
    /// Clusters that a unit of today's posts leads today.
    pub secretariat_of: Vec<ClusterId>,
    /// Clusters in which a unit of today's posts is the deputy today.
    pub deputy_of: Vec<ClusterId>,
    /// Clusters in the person's charge as a member of the Presidium.
    pub patron_of: Vec<ClusterId>,
    /// Units whose dossiers the person may not appraise: those of today's posts and of declared conflicts of interest,
    /// with what was before and what came after them.
    pub conflicts: Vec<UnitId>,
    /// The short names of the units of today's posts, for the head of the page.
    pub unit_names: Vec<String>,
    /// The years of the clusters the person works in: the newest of each, and every open one; the newest first.
    pub years: Vec<YearPlace>,
    /// Standing office of the council.
    pub is_standing_office: bool,
    /// Member of the council.
    pub is_council_member: bool,
    /// Administrator.
    pub is_administrator: bool,
    /// The revision of the reference data that this was read under.
    pub revision: uuid::Uuid,
}

impl Actor {
    /// Whether the person holds any post in `unit` today.
    #[must_use]
    pub fn is_of(&self, unit: UnitId) -> bool {
        self.officer_of.contains(&unit) || self.leader_of.contains(&unit)
    }

    /// Whether the person leads `unit` today.
    #[must_use]
    pub fn leads(&self, unit: UnitId) -> bool {
        self.leader_of.contains(&unit)
    }

    /// Whether the person belongs to the secretariat of `cluster` today.
    #[must_use]
    pub fn is_secretariat_of(&self, cluster: ClusterId) -> bool {
        self.secretariat_of.contains(&cluster)
    }

    /// Whether the person is the patron of `cluster` today.
    #[must_use]
    pub fn is_patron_of(&self, cluster: ClusterId) -> bool {
        self.patron_of.contains(&cluster)
    }

    /// Whether the person has a conflict of interest with `unit`.
    #[must_use]
    pub fn has_conflict_with(&self, unit: UnitId) -> bool {
        self.conflicts.contains(&unit)
    }

    /// The units of today's posts, each once.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.officer_of.iter().chain(&self.leader_of).copied().collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// Whether any post is held today.
    #[must_use]
    pub fn holds_a_post(&self) -> bool {
        !self.units().is_empty()
            || !self.patron_of.is_empty()
            || self.is_standing_office
            || self.is_council_member
            || self.is_administrator
    }

    /// The name under which acts are written into the journal.
    #[must_use]
    pub fn hand(&self) -> Hand {
        Hand {
            person: Some(self.id.0),
            name: self.full_name.clone(),
        }
    }

    /// "chị", "anh", or "anh/chị" where it isn't known.
    #[must_use]
    pub fn address(&self) -> &'static str {
        match self.gender {
            Some(Gender::Female) => "chị",
            Some(Gender::Male) => "anh",
            None => "anh/chị",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_held_from_its_first_to_its_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2025, 6, d).unwrap();
        let post = Post {
            id: PostId::new(),
            role: Role::UnitOfficer,
            unit_id: None,
            cluster_id: None,
            starts_on: day(10),
            ends_on: Some(day(20)),
        };
        assert_eq!(
            [9, 10, 20, 21].map(|d| post.holds_on(day(d))),
            [false, true, true, false]
        );
    }

    #[test]
    fn an_administrator_holds_no_other_post_at_the_same_time() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).unwrap();
        let unit = UnitId::new();
        let post = |role: Role, starts_on, ends_on| Post {
            id: PostId::new(),
            role,
            unit_id: role.is_of_unit().then_some(unit),
            cluster_id: None,
            starts_on,
            ends_on,
        };
        let administrator = post(Role::Administrator, day(3, 1), None);
        for role in Role::ALL {
            let beside = post(role, day(3, 1), None).clash_with(std::slice::from_ref(&administrator));
            let before =
                post(role, day(1, 1), Some(day(2, 28))).clash_with(std::slice::from_ref(&administrator));
            assert!(beside.is_some(), "{role:?}");
            assert_eq!(before, None, "{role:?}");
        }
        let officer = post(Role::UnitOfficer, day(1, 1), Some(day(3, 1)));
        assert!(administrator.clash_with(std::slice::from_ref(&officer)).is_some());
        assert_eq!(
            post(Role::UnitLeader, day(1, 1), None).clash_with(std::slice::from_ref(&officer)),
            None
        );
        assert!(
            post(Role::UnitOfficer, day(3, 1), None)
                .clash_with(&[officer])
                .is_some()
        );
    }

    #[test]
    fn every_role_has_its_own_code() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
