//! Signing in and out, the own account, setting a password through a one-time link, and the first page.
//!
//! Whoever tries learns nothing from a refusal: an unknown login, a wrong password and a locked account get the same
//! words after the same time. A locked account stays shut even for the right password, and doesn't say so: a
//! lock that answered a right password differently would tell a guesser which of his guesses was right, and he would
//! only have to wait. The owner learns of the lock by letter, and every refusal names locks as a possible cause.

mod actions;
mod forms;
mod model;
pub mod pages;
