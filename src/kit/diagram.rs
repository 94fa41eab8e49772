//! State machines as text: the table for a snapshot, the diagram for a feature's documentation.

use std::fmt::{Debug, Write};

/// A line per state and action that leads somewhere; the states' other actions are named at its end as refused.
pub fn table<S: Copy + Debug, A: Copy + Debug>(
    states: &[S],
    actions: &[A],
    after: impl Fn(S, A) -> Option<S>,
) -> String {
    let mut text = String::new();
    for state in states {
        let mut refused = Vec::new();
        for action in actions {
            match after(*state, *action) {
                Some(next) => line(&mut text, format_args!("{state:?} --{action:?}-> {next:?}")),
                None => refused.push(format!("{action:?}")),
            }
        }
        line(
            &mut text,
            format_args!("{state:?} refuses {}", refused.join(", ")),
        );
    }
    text
}

/// The same as a picture in text: a block per state with its ways out.
pub fn draw<S: Copy + Debug, A: Copy + Debug>(
    states: &[S],
    actions: &[A],
    after: impl Fn(S, A) -> Option<S>,
) -> String {
    let mut text = String::new();
    for state in states {
        let ways: Vec<String> = actions
            .iter()
            .filter_map(|a| after(*state, *a).map(|next| format!("{a:?} -> {next:?}")))
            .collect();
        let ways = if ways.is_empty() {
            "(end)".to_owned()
        } else {
            ways.join("   ")
        };
        line(&mut text, format_args!("{:<14} {ways}", format!("{state:?}")));
    }
    text
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing into a string never fails.
    let _ = writeln!(text, "{words}");
}

/// Fails when the file isn't what was generated; with `UPDATE_DIAGRAMS=1` it is written instead.
///
/// # Panics
/// When they differ: that is the test.
#[cfg(test)]
pub fn assert_file(path: &str, generated: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DIAGRAMS").is_some() {
        std::fs::write(&file, generated).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        found, generated,
        "{path} is out of date: run UPDATE_DIAGRAMS=1 cargo test --lib diagram"
    );
}
