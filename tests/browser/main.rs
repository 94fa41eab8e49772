//! Stories told in a real Chromium against the real program: `cumthidua serve --demo` on a database of its own.
//!
//! They need Debian's `chromium` and `chromium-driver`, which `bin/test` installs.

mod pages;
mod support;
mod year;
