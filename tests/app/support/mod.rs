//! What tests share: the program on a database of its own, a small world, a browser without a window.
//!
//! A test reads like this:
//!
//! ```text
//! let app = TestApp::new().await;
//! let officer = app.officer_of("hoa-binh").await;
//! let page = officer.get("/cum/cum-3/2023/dang-ky/hoa-binh/sua").await.expect(200);
//! let wrong = officer.submit(&page, "main form", &[("target_target", "tám")]).await.expect(422);
//! assert!(wrong.error_at("target_target-0").contains("không phải là số"));
//! ```

#![allow(
    dead_code,
    reason = "a role or a question that no test has at the moment stays for the next one"
)]

mod app;
mod awards;
mod browser;
pub mod database;
mod eye;
mod hall;
mod meetings;
mod page;
mod papers;
mod reports;
mod signing;
mod world;

pub use app::{TestApp, moment};
pub use awards::{
    CONFERENCE, changed, conference_form, decision_form, draft_decision, issue_decision, with_version,
};
pub use browser::Browser;
pub use eye::{codes_on, words_on};
pub use hall::{ABSENT, Hall};
pub use meetings::MEETING;
pub use page::Page;
pub use papers::PDF;
pub use signing::{Signers, drawn};
pub use world::{PASSWORD, login};
