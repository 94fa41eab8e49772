//! The public honour roll, and the page that verifies a printed decision. For everybody, without signing in.
//!
//! Both show what decisions that were issued say, never a person's name. A cancelled award leaves the roll (Law
//! 06/2022/QH15, article 93: a cancelled award is taken back); the verification page goes on saying what happened to
//! the decision and why, since printed copies are still about.

pub mod pages;
