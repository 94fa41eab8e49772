//! From figures and facts to points, from points to a total, from totals to places. Decimal only; every result says in
//! words how it came about, and bad input has a defined result: points are left to people, with the reason.

mod basis;
mod compute;
mod curve;
mod rank;
mod tally;
#[cfg(test)]
mod tests;

pub use basis::{Basis, Best};
pub use compute::{Computed, compute};
pub use rank::{Entry, Place, rank};
pub use tally::{GroupPoints, Line, Part, Tally, tally};
