//! What others wrote for a part of a paper, to choose from: units' paragraphs for the report of their cluster.

use super::super::forms::Wording;

/// A paragraph that somebody else wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The code of the part it is for.
    pub section: String,
    /// Who wrote it: `Sơn La`.
    pub whose: String,
    /// The page where it stands.
    pub path: String,
    /// Its words.
    pub words: String,
}

impl Source {
    /// The line that a part takes: it says whose it is.
    #[must_use]
    pub fn line(&self) -> String {
        format!("- {}: {}", self.whose, self.words)
    }

    /// How a form says that the part is to take it. The words go along: what stands at the source may change meanwhile.
    #[must_use]
    pub fn choice(&self) -> String {
        format!("{}|{}", self.section, self.line())
    }

    /// The lines that are chosen for a part.
    pub fn chosen<'a>(choices: &'a [String], section: &'a str) -> impl Iterator<Item = &'a str> {
        let choices = choices.iter().filter_map(|choice| choice.split_once('|'));
        choices
            .filter(move |(code, _)| *code == section)
            .map(|(_, line)| line)
    }

    /// Whether its part says it, in whatever sentence.
    #[must_use]
    pub fn is_in(&self, wording: &Wording) -> bool {
        spaced(wording.section(&self.section)).contains(&spaced(&self.words))
    }
}

/// Whose report is taken in, but of which no paragraph stands in the text: most often it came after the text was edited.
#[must_use]
pub fn unheard(sources: &[Source], wording: &Wording) -> Vec<String> {
    let mut unheard: Vec<String> = Vec::new();
    for source in sources {
        let mut own = sources.iter().filter(|other| other.whose == source.whose);
        if !unheard.contains(&source.whose) && !own.any(|other| other.is_in(wording)) {
            unheard.push(source.whose.clone());
        }
    }
    unheard
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{super::super::forms::Section, *};

    fn source(whose: &str, words: &str) -> Source {
        Source {
            section: "results".to_owned(),
            whose: whose.to_owned(),
            path: String::new(),
            words: words.to_owned(),
        }
    }

    #[test]
    fn who_is_not_heard_at_all_is_named_and_a_sentence_around_the_words_is_no_matter() {
        let wording = Wording {
            sections: vec![Section {
                code: "results".to_owned(),
                text: "Nổi bật là Sơn La:  Một,\nhai ba.".to_owned(),
                ..Section::default()
            }],
            ..Wording::default()
        };
        let sources = [
            source("Sơn La", "Một, hai"),
            source("Sơn La", "Bốn"),
            source("Lai Châu", "Năm"),
        ];
        let heard: Vec<bool> = sources.iter().map(|s| s.is_in(&wording)).collect();
        assert_eq!(heard, [true, false, false]);
        assert_eq!(unheard(&sources, &wording), ["Lai Châu"]);
    }

    #[test]
    fn a_choice_names_its_part_and_keeps_what_the_words_contain() {
        let choices = [source("Sơn La", "A | B").choice(), "khác|x".to_owned()];
        let chosen: Vec<&str> = Source::chosen(&choices, "results").collect();
        assert_eq!(chosen, ["- Sơn La: A | B"]);
    }
}
