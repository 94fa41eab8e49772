//! The one test program: what holds for every page, file and migration, and the stories of each feature.
//!
//! It needs a PostgreSQL: the one of `DATABASE_URL` (any database there; it is only the door), or, when that is
//! unset, one of its own that is thrown away afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::too_many_lines,
    reason = "this crate is tests throughout, and a story is told in one piece"
)]

mod support;

mod access;
mod architecture;
mod consolidations;
mod errors;
mod migrations;
mod registrations;
mod reports;
mod safety;
