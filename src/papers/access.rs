//! Who may read a paper: one rule for its page, its files, its line in lists and exports.

use crate::{
    ids::{ClusterId, UnitId},
    people::Actor,
};

/// How far a paper has come on its way to the others. What a state means here is its feature's matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Not handed in: its own unit only.
    Unit,
    /// Handed in: also the secretariat, the patron and the standing office.
    Overseers,
    /// Taken in: also the other members of the cluster.
    Members,
}

/// Whose a paper is.
#[derive(Clone, Copy, Debug)]
pub struct Holder {
    /// The unit.
    pub unit_id: UnitId,
    /// The cluster of its year.
    pub cluster_id: ClusterId,
    /// Whether that year is open.
    pub year_is_open: bool,
}

/// Whether the content may be known to this person. Who may not gets the same 404 as for one that doesn't exist.
///
/// The unit sees its own at any time. A post that has ended, or the post in a successor, shows it in closed years.
#[must_use]
pub fn sees(actor: &Actor, holder: Holder, audience: Audience, is_member: bool) -> bool {
    let own = actor.is_of(holder.unit_id);
    let was_own = !holder.year_is_open && actor.archive_of.contains(&holder.unit_id);
    let oversees = actor.is_secretariat_of(holder.cluster_id)
        || actor.is_patron_of(holder.cluster_id)
        || actor.is_standing_office;
    match audience {
        Audience::Unit => own || was_own,
        Audience::Overseers => own || was_own || oversees,
        Audience::Members => own || was_own || oversees || is_member,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_read_by_more_people_the_further_it_has_come() {
        let holder = Holder {
            unit_id: UnitId::new(),
            cluster_id: ClusterId::new(),
            year_is_open: true,
        };
        let own = Actor {
            officer_of: vec![holder.unit_id],
            ..Actor::default()
        };
        let secretariat = Actor {
            secretariat_of: vec![holder.cluster_id],
            ..Actor::default()
        };
        let others = Actor {
            secretariat_of: vec![ClusterId::new()],
            ..Actor::default()
        };
        let seen = |actor: &Actor, is_member| {
            [Audience::Unit, Audience::Overseers, Audience::Members]
                .map(|a| sees(actor, holder, a, is_member))
        };
        assert_eq!(seen(&own, true), [true, true, true]);
        assert_eq!(seen(&secretariat, true), [false, true, true]);
        assert_eq!(seen(&others, true), [false, false, true], "another member");
        assert_eq!(
            seen(&others, false),
            [false, false, false],
            "another cluster's secretariat"
        );
    }

    #[test]
    fn a_former_post_opens_closed_years_only() {
        let unit_id = UnitId::new();
        let former = Actor {
            archive_of: vec![unit_id],
            ..Actor::default()
        };
        let holder = |year_is_open| Holder {
            unit_id,
            cluster_id: ClusterId::new(),
            year_is_open,
        };
        assert!(sees(&former, holder(false), Audience::Unit, false));
        assert!(!sees(&former, holder(true), Audience::Unit, false));
    }
}
