//! What keeps the system going: people and their posts, the years of the clusters, the journal, letters that failed.
//!
//! The administrator gives accounts and posts, and can't use what he gives: his post goes with no other (see
//! `people::Post::clash_with`), and his own posts and links are another administrator's matter. The standing office
//! opens, shapes and closes the years; the administrator may look. Both read the journal.

mod access;
mod actions;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use model::{changes, words};
