//! The one test program: what holds for every page, file and migration, and the stories of each feature.
//!
//! It needs a PostgreSQL: the one of `DATABASE_URL` (any database there; it is only the door), or, when that is
//! unset, one of its own that is thrown away afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::too_many_lines,
    reason = "this crate is tests throughout, and a story is told in one piece"
)]

mod support;

mod access;
mod administration;
mod appraisal_desk;
mod architecture;
mod ballots;
mod ballots_insider;
mod ballot_pages;
mod certificates;
mod attendance;
mod awards;
mod conference_plan;
mod conferences;
mod consolidations;
mod consultation;
mod council;
mod criteria;
mod decided_again;
mod decisions;
mod delegates;
mod demo;
mod documents;
mod dossiers;
mod elections;
mod errors;
mod hall;
mod indicators;
mod migrations;
mod nominated_persons;
mod nominations;
mod official_papers;
mod operator;
mod paper_numbers;
mod papers_conference;
mod papers_summary;
mod papers_reports;
mod papers_scores;
mod papers_vusta;
mod past_awards;
mod recalls;
mod registrations;
mod reports;
mod safety;
mod scoring;
mod sign_in;
mod signed_copies;
mod signed_pages;
mod standing;
mod years;
