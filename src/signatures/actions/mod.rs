//! The acts on signed copies and authorities: one transaction each, in the order lock, check, change, journal; and the
//! checking, which happens in the background.

mod authorities;
mod checking;
mod copies;

pub(super) use authorities::{add_certificate, add_list, remove_certificate};
pub use checking::{check_next, run};
pub use copies::{attach, check_again};
