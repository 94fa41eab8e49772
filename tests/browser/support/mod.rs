//! A program, a browser, and what a person does with them.

mod browser;
mod server;

pub use browser::{Browser, SCREENS};
pub use server::Server;

/// The password of every account of the demonstration world.
pub const PASSWORD: &str = "thi-dua-demo-2023";
