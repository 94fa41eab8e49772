//! Stories told in a real Chromium against the real program: `cumthidua serve --demo` on a database of its own.
//!
//! They need Debian's `chromium` and `chromium-driver`, which `bin/test` installs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::pedantic,
    reason = "this crate is tests throughout, on paths that we write ourselves"
)]

mod pages;
mod support;
mod year;
