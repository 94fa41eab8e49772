//! A program, a browser, and what a person does with them.

mod browser;
mod house;
mod server;

/// What the stories over HTTP are told with: their world, its clock, its hall.
#[allow(unused_imports, reason = "the stories over HTTP use more of it")]
#[path = "../../app/support/mod.rs"]
pub mod http;

pub use browser::{Browser, SCREENS};
pub use house::House;
pub use server::Server;

/// The password of every account of the demonstration world.
pub const PASSWORD: &str = "thi-dua-demo-2023";
