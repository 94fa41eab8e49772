//! Who sees what a unit still lacks. Pure.

use crate::{ids::ClusterId, ids::UnitId, people::Actor};

/// Whether this person sees the cards of a unit that is in this cluster: the unit itself, the cluster's secretariat and
/// patron, VUSTA's standing office but for who has a conflict of interest with the unit.
#[must_use]
pub fn sees(actor: &Actor, unit: UnitId, cluster: ClusterId) -> bool {
    actor.is_of(unit)
        || actor.archive_of.contains(&unit)
        || actor.is_secretariat_of(cluster)
        || actor.is_patron_of(cluster)
        || (actor.is_standing_office && !actor.has_conflict_with(unit))
}
