//! The story of a year.
