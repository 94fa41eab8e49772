//! The catalogue.

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

/// The whole catalogue in its order.
#[derive(Clone, Debug, Default)]
pub struct Awards(pub Vec<Award>);

impl Awards {
    /// The award with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Award> {
        self.0.iter().find(|a| a.code == code)
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
