//! The hand-over of a cluster from the lead of a year to the next: what the new lead gets, and both sides saying that
//! all was given and received.
//!
//! The rights move by themselves on the day that was set; the page shows what goes along: the work that still waits, next
//! year's calendar, whom to call, and the archive of the years before. The old lead keeps reading.

mod access;
pub mod pages;
