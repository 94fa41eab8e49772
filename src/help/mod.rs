//! The short guide for each role, reachable from every page: `/huong-dan`.

pub mod pages;
