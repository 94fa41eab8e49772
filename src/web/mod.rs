//! Everything HTTP that is not a page: the door ([`pages`]), sessions, forms, error pages, static files.
//!
//! A handler takes its typed path, then a [`Visit`] (who comes, when, with which flash message), answers a
//! template or a redirect, and fails with `AppError`; everything else happens in the layers.

pub mod assets;
pub mod error;
pub mod filters;
pub mod flash;
pub mod form;
pub mod limit;
pub mod operator;
pub mod pages;
pub mod session;
pub mod shell;
pub mod state;
pub mod upload;
pub mod view;

pub use form::Form;
pub use pages::{Pages, Who};
pub use session::Origin;
pub use state::App;
pub use view::{Visit, page, page_with, see_other};
