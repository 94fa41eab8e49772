//! Changes to the groups and lines of a draft: each answers the whole list in reading order.

use std::collections::{BTreeMap, BTreeSet};

use super::{CriteriaSet, Criterion, Kind};
use crate::ids::CriterionId;

/// The criteria with each group before what belongs to it; among siblings the order stays.
fn in_reading_order(criteria: Vec<Criterion>) -> Vec<Criterion> {
    let mut children: BTreeMap<Option<CriterionId>, Vec<Criterion>> = BTreeMap::new();
    for criterion in criteria {
        children.entry(criterion.parent_id).or_default().push(criterion);
    }
    let mut ordered = Vec::new();
    gather(None, &mut children, &mut ordered);
    ordered
}

fn gather(
    parent: Option<CriterionId>,
    children: &mut BTreeMap<Option<CriterionId>, Vec<Criterion>>,
    ordered: &mut Vec<Criterion>,
) {
    for criterion in children.remove(&parent).unwrap_or_default() {
        let id = criterion.id;
        ordered.push(criterion);
        gather(Some(id), children, ordered);
    }
}

impl CriteriaSet {
    /// The criteria with this one put in the place of the one with its id, or added last in its group.
    #[must_use]
    pub fn with(&self, criterion: Criterion) -> Vec<Criterion> {
        let mut criteria = self.criteria.clone();
        let place = criteria.iter().position(|c| c.id == criterion.id);
        match place.and_then(|i| criteria.get_mut(i)) {
            Some(known) if known.parent_id == criterion.parent_id => *known = criterion,
            _ => {
                criteria.retain(|c| c.id != criterion.id);
                criteria.push(criterion);
            }
        }
        in_reading_order(criteria)
    }

    /// The criteria without this one and what belongs to it.
    #[must_use]
    pub fn without(&self, id: CriterionId) -> Vec<Criterion> {
        let gone = self.within(id);
        let kept = self.criteria.iter().filter(|c| !gone.contains(&c.id));
        kept.cloned().collect()
    }

    /// The criteria with this one before the sibling that it follows, or after the one that follows it.
    #[must_use]
    pub fn moved(&self, id: CriterionId, up: bool) -> Vec<Criterion> {
        let mut criteria = self.criteria.clone();
        let Some(parent) = self.criterion(id).map(|c| c.parent_id) else {
            return criteria;
        };
        let siblings: Vec<usize> = (0..criteria.len())
            .filter(|i| criteria[*i].parent_id == parent)
            .collect();
        let place = siblings
            .iter()
            .position(|i| criteria[*i].id == id)
            .unwrap_or_default();
        let other = if up { place.checked_sub(1) } else { Some(place + 1) };
        if let Some(other) = other.and_then(|o| siblings.get(o)) {
            criteria.swap(siblings[place], *other);
        }
        in_reading_order(criteria)
    }

    /// A criterion and everything below it.
    #[must_use]
    pub fn within(&self, id: CriterionId) -> BTreeSet<CriterionId> {
        let mut found = BTreeSet::from([id]);
        for criterion in &self.criteria {
            if criterion.parent_id.is_some_and(|parent| found.contains(&parent)) {
                found.insert(criterion.id);
            }
        }
        found
    }

    /// The groups that a criterion can stand in: none of its own.
    #[must_use]
    pub fn groups_for(&self, id: Option<CriterionId>) -> Vec<&Criterion> {
        let own = id.map(|id| self.within(id)).unwrap_or_default();
        let groups = self.criteria.iter().filter(|c| c.kind == Kind::Group);
        groups.filter(|c| !own.contains(&c.id)).collect()
    }

    /// The same criteria with ids of their own, for another table.
    #[must_use]
    pub fn copied(&self) -> Vec<Criterion> {
        let ids: BTreeMap<CriterionId, CriterionId> =
            self.criteria.iter().map(|c| (c.id, CriterionId::new())).collect();
        let copy = |c: &Criterion| Criterion {
            id: ids.get(&c.id).copied().unwrap_or_default(),
            parent_id: c.parent_id.and_then(|id| ids.get(&id).copied()),
            ..c.clone()
        };
        self.criteria.iter().map(copy).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::Index};
    use rust_decimal::Decimal;

    use super::*;
    use crate::criteria::{State, proposal};

    fn proposed() -> CriteriaSet {
        let proposal = proposal().unwrap();
        CriteriaSet {
            id: crate::ids::CriteriaSetId::new(),
            year: 2026,
            cluster_id: None,
            number: 1,
            state: State::Draft,
            title: proposal.title,
            note: proposal.note,
            rules: proposal.rules,
            criteria: proposal.criteria,
            version: 1,
            issued_at: None,
            content_hash: None,
        }
    }

    fn assert_readable(criteria: &[Criterion]) {
        let mut seen = BTreeSet::new();
        for criterion in criteria {
            assert!(criterion.parent_id.is_none_or(|parent| seen.contains(&parent)));
            assert!(seen.insert(criterion.id));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_moved_nothing_is_lost_and_groups_stand_before_their_lines(
            steps in proptest::collection::vec((any::<Index>(), any::<Index>(), 0_u8..4), 1..30),
        ) {
            let mut set = proposed();
            for (which, where_to, what) in steps {
                let (before, id) = (set.criteria.len(), which.get(&set.criteria).id);
                let after = match what {
                    0 => set.moved(id, true),
                    1 => set.moved(id, false),
                    _ => {
                        let groups: Vec<_> = set.groups_for(Some(id)).iter().map(|g| Some(g.id)).chain([None]).collect();
                        let parent_id = *where_to.get(&groups);
                        let moved = set.criterion(id).cloned().unwrap();
                        set.with(Criterion { parent_id, maximum: Decimal::ONE, ..moved })
                    }
                };
                prop_assert_eq!(after.len(), before);
                assert_readable(&after);
                set.criteria = after;
            }
            let id = set.criteria[0].id;
            let gone = set.within(id).len();
            let left = set.without(id);
            prop_assert_eq!(left.len() + gone, set.criteria.len());
            assert_readable(&left);
            assert_readable(&set.copied());
        }
    }
}
