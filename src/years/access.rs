//! Who sees the year of a cluster, and who shapes it.

use super::model::{Year, YearRow, YearState};
use crate::{
    ids::{ClusterId, UnitId},
    people::Actor,
};

/// Whether the year may be known to this person at all. Who may not gets the same 404 as for a year that
/// doesn't exist.
///
/// VUSTA's people and the administrator see every year, a patron those of the cluster. A post in a member
/// unit shows its years; a post that has ended, or the post in a successor, shows the closed ones.
#[must_use]
pub fn sees(actor: &Actor, year: &Year) -> bool {
    sees_members(
        actor,
        year.cluster.id,
        year.state,
        year.members.iter().map(|m| m.unit_id),
    )
}

/// The same for a line of the list of years.
#[must_use]
pub fn sees_row(actor: &Actor, row: &YearRow) -> bool {
    sees_members(actor, row.cluster_id, row.state, row.members.iter().copied())
}

fn sees_members(
    actor: &Actor,
    cluster: ClusterId,
    state: YearState,
    mut members: impl Iterator<Item = UnitId>,
) -> bool {
    actor.is_standing_office
        || actor.is_council_member
        || actor.is_administrator
        || actor.is_patron_of(cluster)
        || actor.is_secretariat_of(cluster)
        || members
            .any(|unit| actor.is_of(unit) || (state == YearState::Closed && actor.archive_of.contains(&unit)))
}

/// Whether this person opens and closes years, forms clusters, and sets rules and calendars.
#[must_use]
pub fn may_shape(actor: &Actor) -> bool {
    actor.is_standing_office
}

/// Whether this person works for the cluster's secretariat today.
#[must_use]
pub fn is_secretariat(actor: &Actor, year: &Year) -> bool {
    actor.is_secretariat_of(year.cluster.id)
}

/// Whether this person counts as a member of the cluster in that year: through a post of today or, once the year
/// is closed, through a post that has ended or a predecessor.
#[must_use]
pub fn is_member(actor: &Actor, year: &Year) -> bool {
    year.members
        .iter()
        .any(|m| actor.is_of(m.unit_id) || (!year.is_open() && actor.archive_of.contains(&m.unit_id)))
}

/// Whether this person has to do with the cluster's votes and offices at all. Who runs the program has not.
#[must_use]
pub fn is_concerned(actor: &Actor, year: &Year) -> bool {
    is_secretariat(actor, year)
        || actor.is_patron_of(year.cluster.id)
        || actor.is_standing_office
        || is_member(actor, year)
}
