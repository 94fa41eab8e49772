//! Who drafts, issues and reads official papers. Pure.

use super::model::{Issued, Issuer, Recipient};
use crate::{
    ids::{ClusterId, UnitId},
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person drafts and issues papers in this name.
#[must_use]
pub fn may_issue(actor: &Actor, issuer: Issuer) -> bool {
    match issuer {
        Issuer::Unit(unit) => actor.is_of(unit),
        Issuer::Cluster(cluster) => actor.is_secretariat_of(cluster),
        Issuer::Office | Issuer::Council => actor.is_standing_office,
    }
}

/// Whether this person says which legal bases are in force.
#[must_use]
pub fn may_put_basis(actor: &Actor) -> bool {
    actor.is_standing_office || actor.is_administrator
}

/// An error that says whose it is.
pub fn require(actor: &Actor, issuer: Issuer) -> Result<()> {
    if may_issue(actor, issuer) {
        return Ok(());
    }
    let whose = match issuer {
        Issuer::Unit(_) => "Chỉ cán bộ phụ trách và lãnh đạo của chính đơn vị soạn và ban hành văn bản này.",
        Issuer::Cluster(_) => "Chỉ đơn vị cụm trưởng đương nhiệm soạn và ban hành văn bản của cụm.",
        Issuer::Office | Issuer::Council => {
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng soạn và ban hành văn bản này."
        }
    };
    Err(AppError::Forbidden(whose.to_owned()))
}

/// An error that says who cancels numbers.
pub fn require_numbering(actor: &Actor, issuer: Issuer) -> Result<()> {
    if may_issue(actor, issuer) {
        return Ok(());
    }
    Err(AppError::Forbidden(
        "Chỉ nơi ban hành hủy số trong dãy số văn bản của mình.".to_owned(),
    ))
}

/// Whether this person has a signed copy of a paper in this name checked once more.
#[must_use]
pub fn may_check(actor: &Actor, issuer: Issuer) -> bool {
    may_issue(actor, issuer) || actor.is_standing_office
}

/// An error that says who brings signed copies.
pub fn require_signing(actor: &Actor, issuer: Issuer) -> Result<()> {
    if may_issue(actor, issuer) {
        return Ok(());
    }
    Err(AppError::Forbidden(
        "Chỉ nơi ban hành đưa bản đã ký của văn bản lên.".to_owned(),
    ))
}

/// An error that says who has them checked once more.
pub fn require_check(actor: &Actor, issuer: Issuer) -> Result<()> {
    if may_check(actor, issuer) {
        return Ok(());
    }
    Err(AppError::Forbidden(
        "Chỉ nơi ban hành và Thường trực Hội đồng yêu cầu kiểm tra lại bản đã ký.".to_owned(),
    ))
}

/// What an issued paper is about, as far as it decides who reads it.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    /// The cluster that it belongs to.
    pub cluster: Option<ClusterId>,
    /// Of a paper from a dossier: whether the dossier may be opened.
    pub dossier_opens: Option<bool>,
}

/// Whether an issued paper may be known to this person: its issuer, its recipients, the patron, VUSTA.
///
/// One that tells a unit's points goes no further than the points themselves: not to the council, which never knows them,
/// and not to those whose post in the unit has ended, who read only closed years. One from a dossier goes to VUSTA no sooner
/// and no further than the dossier. The council reads what is put before it: no other paper of a unit. A recall letter is read
/// by those who read what it takes back.
#[must_use]
pub fn sees(actor: &Actor, issued: &Issued, matter: Matter, recipients: &[Recipient]) -> bool {
    let is_open = !issued.tells_points();
    let own = |unit: UnitId| actor.is_of(unit) || (is_open && actor.archive_of.contains(&unit));
    let opens = matter.dossier_opens.unwrap_or(true);
    let is_for_council = is_open && (issued.issuer.unit().is_none() || matter.dossier_opens.is_some());
    (actor.is_standing_office && opens)
        || (actor.is_council_member && is_for_council && opens)
        || matter.cluster.is_some_and(|cluster| actor.is_patron_of(cluster))
        || may_issue(actor, issued.issuer)
        || issued.issuer.unit().or(issued.lead_id).is_some_and(own)
        || recipients.iter().filter_map(|r| r.unit_id).any(own)
}

/// Whether this person confirms that a recipient has a paper: where a unit was merged, those of its successor.
#[must_use]
pub fn may_receive(actor: &Actor, recipient: &Recipient) -> bool {
    match recipient.unit_id {
        Some(_) => receives_as(actor, recipient).is_some(),
        None => actor.is_standing_office,
    }
}

/// The unit of this person that notes a paper in its register: the recipient, or its successor.
#[must_use]
pub fn receives_as(actor: &Actor, recipient: &Recipient) -> Option<UnitId> {
    let own = recipient
        .unit_id
        .into_iter()
        .chain(recipient.heirs.iter().copied());
    own.into_iter().find(|unit| actor.is_of(*unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ClusterId, UnitId};

    #[test]
    fn the_successor_confirms_for_a_unit_that_was_merged() {
        let (merged, heir) = (UnitId::new(), UnitId::new());
        let recipient = Recipient {
            unit_id: Some(merged),
            name: "Hòa Bình".to_owned(),
            heirs: vec![heir],
            stand_in: Some("Phú Thọ".to_owned()),
            received: None,
        };
        let of = |unit| Actor {
            officer_of: vec![unit],
            ..Actor::default()
        };
        assert_eq!(receives_as(&of(heir), &recipient), Some(heir));
        assert_eq!(receives_as(&of(merged), &recipient), Some(merged));
        assert!(!may_receive(&of(UnitId::new()), &recipient));
        assert_eq!(recipient.words(), "Phú Thọ (nhận thay Hòa Bình)");
    }

    #[test]
    fn papers_are_issued_by_those_in_whose_name_they_are() {
        let (unit, cluster) = (UnitId::new(), ClusterId::new());
        let officer = Actor {
            officer_of: vec![unit],
            ..Actor::default()
        };
        let lead = Actor {
            secretariat_of: vec![cluster],
            ..Actor::default()
        };
        let office = Actor {
            is_standing_office: true,
            ..Actor::default()
        };
        let table = |issuer| [&officer, &lead, &office].map(|actor| may_issue(actor, issuer));
        assert_eq!(table(Issuer::Unit(unit)), [true, false, false]);
        assert_eq!(table(Issuer::Unit(UnitId::new())), [false, false, false]);
        assert_eq!(table(Issuer::Cluster(cluster)), [false, true, false]);
        assert_eq!(table(Issuer::Office), [false, false, true]);
        assert_eq!(table(Issuer::Council), [false, false, true]);
    }
}
