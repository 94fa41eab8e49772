//! axe finds no violation on any page.
