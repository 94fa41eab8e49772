//! `ballot recount`: what a published file says, counted again on any machine.

use std::path::Path;

use crate::ballots::recount::recount as count_again;
use anyhow::Context;

use super::say;

/// Counts a published file again and prints the table; false where the file says otherwise.
pub fn recount(file: &Path) -> anyhow::Result<bool> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    let found = count_again(&text)?;
    for line in &found.lines {
        say(line);
    }
    say("");
    for difference in &found.differences {
        say(format_args!("DIFFERS: {difference}"));
    }
    if found.differences.is_empty() {
        say("the file says what was counted");
    }
    Ok(found.differences.is_empty())
}
