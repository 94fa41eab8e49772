//! What was read of the reference data, remembered until that changes.
//!
//! Reference data (posts, members, calendars, rules) is read on every request and changes a few times a year. The table
//! `reference_revision` holds a random value that triggers renew in the transaction of each change. A request reads it
//! with its session, and takes from here only what was read under the same value: nobody sees less than a statement of
//! their own would have shown, not even where another program writes to the database.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;

/// At most this many things of a kind: enough for everybody of a busy day, a few megabytes at most.
const MOST: usize = 1024;

/// Things of a kind by their key, all read under one revision of the reference data. Values of two databases don't meet:
/// a revision is random, so that no two databases with different data have the same.
#[derive(Debug)]
pub struct Remembered<K, V>(Mutex<(Uuid, HashMap<K, V>)>);

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Self(Mutex::new((Uuid::nil(), HashMap::new())))
    }
}

impl<K: Eq + Hash, V: Clone> Remembered<K, V> {
    /// What was read under this revision.
    pub fn recall(&self, revision: Uuid, key: &K) -> Option<V> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (held.0 == revision).then(|| held.1.get(key).cloned()).flatten()
    }

    /// Keeps what was read after this revision was, and answers it. Another revision's things are forgotten.
    pub fn keep(&self, revision: Uuid, key: K, value: V) -> V {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.0 != revision || held.1.len() >= MOST {
            *held = (revision, HashMap::new());
        }
        held.1.insert(key, value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_recalled_under_its_revision_only() {
        let remembered = Remembered::default();
        let (first, second) = (Uuid::new_v4(), Uuid::new_v4());
        assert_eq!(remembered.recall(first, &"a"), None);
        remembered.keep(first, "a", 1);
        assert_eq!(remembered.recall(first, &"a"), Some(1));
        assert_eq!(remembered.recall(second, &"a"), None);
        remembered.keep(second, "b", 2);
        assert_eq!(remembered.recall(first, &"a"), None);
        assert_eq!(remembered.recall(second, &"a"), None);
    }

    #[test]
    fn memory_is_bounded() {
        let remembered = Remembered::default();
        let revision = Uuid::new_v4();
        for n in 0..5000 {
            remembered.keep(revision, n, n);
        }
        assert!(remembered.0.lock().unwrap().1.len() <= MOST);
        assert_eq!(remembered.recall(revision, &4999), Some(4999));
    }
}
