//! How often one network address may guess wrong: passwords, codes of cards. Kept in memory: a restart forgets it, the
//! locks of accounts it doesn't.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use chrono::Duration;

use crate::kit::clock::Moment;

/// The time in which failures are counted.
pub const MINUTES: i64 = 10;
/// From this many addresses on, those that are quiet again are forgotten.
const MANY: usize = 10_000;

/// The recent attempts of each address.
pub struct Limit {
    /// At most this many failures in [`MINUTES`].
    most: usize,
    addresses: Mutex<HashMap<String, VecDeque<Moment>>>,
}

impl Limit {
    /// At most `most` failures of an address in [`MINUTES`].
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most,
            addresses: Mutex::default(),
        }
    }

    /// Takes one attempt off what the address has left; answers whether there was one. It is counted before its
    /// outcome is known, so that attempts made at the same time can't slip past.
    pub fn take(&self, address: &str, now: Moment) -> bool {
        let since = now - Duration::minutes(MINUTES);
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if addresses.len() >= MANY {
            addresses.retain(|_, attempts| attempts.back().is_some_and(|at| *at > since));
        }
        let attempts = addresses.entry(place_of(address)).or_default();
        while attempts.front().is_some_and(|at| *at <= since) {
            attempts.pop_front();
        }
        let is_free = attempts.len() < self.most;
        if is_free {
            attempts.push_back(now);
        }
        is_free
    }

    /// As [`Limit::take`], for an attempt that costs nothing unless it turns out to be wrong. None when none is left.
    pub fn attempt<'a>(&'a self, address: &'a str, now: Moment) -> Option<Attempt<'a>> {
        self.take(address, now).then(|| Attempt {
            limit: self,
            address,
            at: now,
            has_failed: false,
        })
    }

    /// Gives back the attempt taken at `at`: it was right. Others' failures from the same address stay.
    pub fn give_back(&self, address: &str, at: Moment) {
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(attempts) = addresses.get_mut(&place_of(address))
            && let Some(place) = attempts.iter().rposition(|a| *a == at)
        {
            attempts.remove(place);
        }
    }
}

/// An attempt whose outcome isn't known yet. It counts while it is under way, and gives itself back unless it [`failed`]:
/// a fault of the database or a phone that goes away midway is nobody's wrong guess.
///
/// [`failed`]: Attempt::failed
#[must_use]
pub struct Attempt<'a> {
    limit: &'a Limit,
    address: &'a str,
    at: Moment,
    has_failed: bool,
}

impl Attempt<'_> {
    /// It was wrong: it counts.
    pub fn failed(mut self) {
        self.has_failed = true;
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.has_failed {
            self.limit.give_back(self.address, self.at);
        }
    }
}

/// What counts as one address: of IPv6 the network's first half, since one visitor owns the other half.
fn place_of(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(ip)) => format!("{:x?}", &ip.segments()[..4]),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Moment {
        "2026-03-02T01:00:00Z".parse().unwrap()
    }

    #[test]
    fn an_address_may_fail_twenty_times_in_ten_minutes() {
        let limit = Limit::new(20);
        assert!((0..20).all(|i| limit.take("203.0.113.7", start() + Duration::seconds(i))));
        assert!(!limit.take("203.0.113.7", start() + Duration::minutes(9)));
        assert!(limit.take("203.0.113.8", start() + Duration::minutes(9)));
        assert!(limit.take("203.0.113.7", start() + Duration::minutes(10)));
    }

    #[test]
    fn a_right_password_costs_nothing_and_pardons_nobody() {
        let limit = Limit::new(20);
        for i in 0..19 {
            limit.take("203.0.113.7", start() + Duration::seconds(i));
        }
        let at = start() + Duration::seconds(30);
        assert!(limit.take("203.0.113.7", at));
        limit.give_back("203.0.113.7", at);
        assert!(limit.take("203.0.113.7", at));
        assert!(!limit.take("203.0.113.7", at));
    }

    #[test]
    fn an_attempt_counts_while_it_is_under_way_and_afterwards_only_when_it_failed() {
        let limit = Limit::new(2);
        let first = limit.attempt("203.0.113.7", start()).unwrap();
        let second = limit.attempt("203.0.113.7", start()).unwrap();
        assert!(limit.attempt("203.0.113.7", start()).is_none());
        first.failed();
        assert!(limit.attempt("203.0.113.7", start()).is_none());
        drop(second);
        limit.attempt("203.0.113.7", start()).unwrap().failed();
        assert!(limit.attempt("203.0.113.7", start()).is_none());
    }

    #[test]
    fn one_ipv6_network_is_one_address() {
        let limit = Limit::new(20);
        assert!((0..20).all(|i| limit.take(&format!("2001:db8:1:2::{i:x}"), start())));
        assert!(!limit.take("2001:db8:1:2:ffff::1", start()));
        assert!(limit.take("2001:db8:1:3::1", start()));
    }
}
