//! What was wrong in a form, field by field.

use std::collections::HashMap;

/// One field's problem, in words that say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form; also the `id` of its input, so the summary can link to it.
    pub field: String,
    /// The sentence shown at the field.
    pub message: String,
}

/// All problems of a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors {
    list: Vec<FieldError>,
    /// Where in the list a field's first problem is: a large form asks for each of its fields.
    first: HashMap<String, usize>,
}

impl FieldErrors {
    /// A form with a single problem.
    #[must_use]
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Notes a problem.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let field = field.into();
        self.first.entry(field.clone()).or_insert(self.list.len());
        self.list.push(FieldError {
            field,
            message: message.into(),
        });
    }

    /// Keeps a checked value, or notes what was wrong with it.
    pub fn read<T>(&mut self, field: impl Into<String>, checked: Result<T, String>) -> Option<T> {
        checked.map_err(|message| self.add(field, message)).ok()
    }

    /// The first problem of `field`.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        let place = *self.first.get(field)?;
        self.list.get(place).map(|e| e.message.as_str())
    }

    /// Whether nothing was wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of problems.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
