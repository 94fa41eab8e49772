//! The paths of registrations.
