//! Words within tags: nothing typed ever becomes one.

/// Words as XML and HTML hold them, also within an attribute. Characters that XML can't hold are left out where a document is
/// laid out; a stray one becomes a sign that something is missing.
#[must_use]
pub fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => text += "&amp;",
            '<' => text += "&lt;",
            '>' => text += "&gt;",
            '"' => text += "&quot;",
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                text.push('\u{fffd}');
            }
            letter => text.push(letter),
        }
    }
    text
}
