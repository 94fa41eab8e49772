//! Who appraises whom: every member appraises one other, by rotation. Nobody appraises the own unit, a unit that it came from
//! or that came from it, or the unit that appraised it the year before; the lead's sheet is appraised by the deputy.

use super::model::Appraiser;
use crate::ids::UnitId;

/// What the rotation has to know of a cluster's year.
#[derive(Clone, Debug, Default)]
pub struct Circle {
    /// The members, in the order of the alphabet.
    pub members: Vec<UnitId>,
    /// The lead.
    pub lead: Option<UnitId>,
    /// The deputy.
    pub deputy: Option<UnitId>,
    /// Who appraised whom the year before.
    pub last_year: Vec<Appraiser>,
    /// Predecessors and successors, as pairs in that order.
    pub successions: Vec<(UnitId, UnitId)>,
}

impl Circle {
    /// Why a unit can't appraise another; none where it can.
    #[must_use]
    pub fn objection(&self, unit: UnitId, appraiser: UnitId) -> Option<&'static str> {
        if unit == appraiser {
            return Some("Đơn vị không thẩm định điểm của chính mình.");
        }
        let is_kin = |a, b| self.successions.contains(&(a, b));
        if is_kin(unit, appraiser) || is_kin(appraiser, unit) {
            return Some("Hai đơn vị này kế thừa nhau nên không thẩm định điểm của nhau.");
        }
        let appraised_before = self
            .last_year
            .iter()
            .any(|a| a.unit_id == appraiser && a.appraiser_unit_id == Some(unit));
        appraised_before
            .then_some("Năm trước đơn vị được chấm đã thẩm định đơn vị này; năm nay không đổi vai cho nhau.")
    }

    /// A rotation in which every member appraises one other, starting from a shift that moves on each year. A unit for
    /// which none is found is left to the working group.
    #[must_use]
    pub fn rotation(&self, year: i32) -> Vec<Appraiser> {
        let count = self.members.len();
        if count < 2 {
            return self.members.iter().map(|unit| group_for(*unit)).collect();
        }
        let shift = 1 + usize::try_from(year.rem_euclid(i32::MAX)).unwrap_or(0) % (count - 1);
        let mut chosen = vec![None; count];
        let mut order: Vec<usize> = (0..count).collect();
        // The lead's sheet has one appraiser only, so it chooses first.
        order.sort_by_key(|i| Some(self.members[*i]) != self.lead);
        order.retain(|i| !self.has_nobody(self.members[*i]));
        if !self.place(&order, shift, &mut chosen) {
            // Not everybody can have one: the first who can do.
            for i in order {
                chosen[i] = self.candidates(i, shift).find(|a| !chosen.contains(&Some(*a)));
            }
        }
        self.members
            .iter()
            .zip(chosen)
            .map(|(unit, appraiser)| Appraiser {
                unit_id: *unit,
                appraiser_unit_id: appraiser,
            })
            .collect()
    }

    /// Finds an appraiser for each unit in turn and takes back what leads nowhere; answers whether all have one.
    fn place(&self, order: &[usize], shift: usize, chosen: &mut Vec<Option<UnitId>>) -> bool {
        let Some((place, rest)) = order.split_first() else {
            return true;
        };
        for appraiser in self.candidates(*place, shift) {
            if !chosen.contains(&Some(appraiser)) {
                chosen[*place] = Some(appraiser);
                if self.place(rest, shift, chosen) {
                    return true;
                }
                chosen[*place] = None;
            }
        }
        false
    }

    /// Who may appraise the unit at this place, in the order of the rotation.
    fn candidates(&self, place: usize, shift: usize) -> impl Iterator<Item = UnitId> {
        let (unit, count) = (self.members[place], self.members.len());
        (0..count)
            .map(move |step| self.members[(place + shift + step) % count])
            .filter(move |appraiser| {
                let is_bound =
                    Some(unit) == self.lead && self.deputy.is_some() && self.deputy != Some(*appraiser);
                !is_bound && self.objection(unit, *appraiser).is_none()
            })
    }

    /// Whether no member at all may appraise the unit.
    fn has_nobody(&self, unit: UnitId) -> bool {
        let place = self.members.iter().position(|m| *m == unit);
        place.is_none_or(|place| self.candidates(place, 0).next().is_none())
    }
}

fn group_for(unit_id: UnitId) -> Appraiser {
    Appraiser {
        unit_id,
        appraiser_unit_id: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn circle(count: usize) -> Circle {
        let members: Vec<UnitId> = (0..count).map(|_| UnitId::new()).collect();
        Circle {
            lead: members.first().copied(),
            deputy: members.get(1).copied(),
            members,
            ..Circle::default()
        }
    }

    #[test]
    fn two_units_change_roles_only_through_the_working_group() {
        let mut pair = circle(2);
        let first = pair.rotation(2025);
        assert!(first.iter().all(|a| a.appraiser_unit_id.is_some()));
        pair.last_year = first;
        let second = pair.rotation(2026);
        assert!(second.iter().all(|a| a.appraiser_unit_id.is_none()), "{second:?}");
    }

    #[test]
    fn a_unit_and_its_predecessor_never_meet() {
        let mut three = circle(3);
        three.deputy = None;
        three.successions = vec![(three.members[1], three.members[0])];
        for a in three.rotation(2025) {
            if let Some(appraiser) = a.appraiser_unit_id {
                assert_eq!(three.objection(a.unit_id, appraiser), None);
            }
        }
    }

    proptest! {
        #[test]
        fn every_member_of_a_real_cluster_appraises_one_other_year_after_year(count in 4_usize..10, first in 2020_i32..2040) {
            let mut circle = circle(count);
            for year in first..first + 4 {
                let rotation = circle.rotation(year);
                let mut busy: Vec<UnitId> = rotation.iter().filter_map(|a| a.appraiser_unit_id).collect();
                let left: Vec<UnitId> = rotation.iter().filter(|a| a.appraiser_unit_id.is_none()).map(|a| a.unit_id).collect();
                // Only the lead can be left to the working group: where its deputy may not appraise it.
                for unit in &left {
                    prop_assert_eq!(Some(*unit), circle.lead);
                    prop_assert!(circle.objection(*unit, circle.deputy.unwrap()).is_some());
                }
                busy.sort();
                busy.dedup();
                prop_assert_eq!(busy.len() + left.len(), count, "nobody appraises two");
                for a in &rotation {
                    if let Some(appraiser) = a.appraiser_unit_id {
                        prop_assert_eq!(circle.objection(a.unit_id, appraiser), None);
                        if Some(a.unit_id) == circle.lead {
                            prop_assert_eq!(Some(appraiser), circle.deputy);
                        }
                    }
                }
                circle.last_year = rotation;
                circle.members.rotate_left(1);
                circle.lead = circle.members.first().copied();
                circle.deputy = circle.members.get(1).copied();
                circle.members.sort();
            }
        }
    }
}
