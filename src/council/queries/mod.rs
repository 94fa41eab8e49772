//! Every SQL statement about the council's sessions.

mod roll;
mod sessions;
mod sittings;

pub(super) use roll::{add_seat, attend, remove_seat, renew_card, set_declared};
pub use roll::{roll, seat_by_card};
pub use sessions::sessions;
pub(super) use sessions::{insert_result, insert_session};
pub(super) use sittings::{cancel, end, insert, lock, open, put_agenda, save};
pub use sittings::{find_sitting, sittings};
