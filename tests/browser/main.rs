//! Stories told in a real Chromium against the real program: `cumthidua serve --demo` on a database of its own, or, where
//! the day matters, its router and server in this process with a clock that is set.
//!
//! Every story runs on two threads, for closing a window blocks the one it is closed on: with a single thread each story
//! hung for two minutes at its end, and a Chromium stayed behind.
//!
//! They need Debian's `chromium` and `chromium-driver`, which `bin/test` installs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::pedantic,
    reason = "this crate is tests throughout, on paths that we write ourselves"
)]

mod conference;
mod hall;
mod order;
mod pages;
mod paper;
mod scores;
mod support;
mod year;
