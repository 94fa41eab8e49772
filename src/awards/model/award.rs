//! An award and the list of all.

use crate::kit::text::fold;

/// A title or a form of commendation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Award {
    /// Its code, stable for ever.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// A name that fits into a table.
    pub short_name: String,
    /// Whether units can have it.
    pub for_units: bool,
    /// Whether persons can have it.
    pub for_persons: bool,
}

impl Award {
    /// Its part of a path: `co-thi-dua-lhhvn`.
    #[must_use]
    pub fn slug(&self) -> String {
        fold(&self.short_name).replace(' ', "-")
    }

    /// Its page in the catalogue.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/danh-muc-khen-thuong/{}", self.slug())
    }

    /// Who can have it, in words.
    #[must_use]
    pub fn whose(&self) -> &'static str {
        match (self.for_units, self.for_persons) {
            (true, true) => "tập thể, cá nhân",
            (true, false) => "tập thể",
            (false, true) => "cá nhân",
            (false, false) => "không áp dụng",
        }
    }
}

/// The whole catalogue in its order.
#[derive(Clone, Debug, Default)]
pub struct Awards(pub Vec<Award>);

impl Awards {
    /// The award with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Award> {
        self.0.iter().find(|a| a.code == code)
    }

    /// The award with this part of a path.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&Award> {
        self.0.iter().find(|a| a.slug() == slug)
    }

    /// The award that people call so: by its full or its short name, whatever the marks and capitals.
    #[must_use]
    pub fn named(&self, words: &str) -> Option<&Award> {
        let folded = fold(words);
        let mut fitting = self.0.iter();
        fitting.find(|a| fold(&a.name) == folded || fold(&a.short_name) == folded)
    }

    /// Choices for a list of all: code and name.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, String)> {
        self.0.iter().map(|a| (a.code.clone(), a.name.clone())).collect()
    }

    /// The full name; the code itself where the catalogue has no such award any more.
    #[must_use]
    pub fn name(&self, code: &str) -> String {
        self.find(code)
            .map_or_else(|| code.to_owned(), |a| a.name.clone())
    }

    /// The short name, likewise.
    #[must_use]
    pub fn short_name(&self, code: &str) -> String {
        self.find(code)
            .map_or_else(|| code.to_owned(), |a| a.short_name.clone())
    }

    /// Choices for a unit: code and name.
    #[must_use]
    pub fn of_units(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter(|a| a.for_units)
            .map(|a| (a.code.clone(), a.name.clone()))
            .collect()
    }

    /// Choices for a person: code and name.
    #[must_use]
    pub fn of_persons(&self) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter(|a| a.for_persons)
            .map(|a| (a.code.clone(), a.name.clone()))
            .collect()
    }
}
