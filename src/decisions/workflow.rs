//! What can happen to a decision.

use super::model::State;

/// An act on a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Its draft is saved.
    Save,
    /// It is issued.
    Issue,
    /// A later decision corrects it.
    Correct,
    /// A later decision cancels some of its awards.
    CancelPart,
    /// A later decision cancels it.
    Cancel,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 5] = [
        Self::Save,
        Self::Issue,
        Self::Correct,
        Self::CancelPart,
        Self::Cancel,
    ];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Lưu dự thảo",
            Self::Issue => "Ban hành",
            Self::Correct => "Đính chính",
            Self::CancelPart => "Hủy một phần",
            Self::Cancel => "Hủy",
        }
    }
}

impl State {
    /// Where an action leads from here; none where it isn't possible.
    #[must_use]
    pub fn after(self, action: Action) -> Option<Self> {
        use Action as A;
        match (self, action) {
            (Self::Draft, A::Save) => Some(Self::Draft),
            (Self::Draft, A::Issue) => Some(Self::Issued),
            (Self::Issued | Self::Corrected, A::Correct | A::CancelPart) => Some(Self::Corrected),
            (Self::Issued | Self::Corrected, A::Cancel) => Some(Self::Cancelled),
            (Self::Draft, A::Correct | A::CancelPart | A::Cancel)
            | (Self::Issued | Self::Corrected, A::Save | A::Issue)
            | (Self::Cancelled, A::Save | A::Issue | A::Correct | A::CancelPart | A::Cancel) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::diagram;

    #[test]
    fn the_whole_table_is_as_agreed() {
        insta::assert_snapshot!(diagram::table(&State::ALL, &Action::ALL, State::after), @r"
        Draft --Save-> Draft
        Draft --Issue-> Issued
        Draft refuses Correct, CancelPart, Cancel
        Issued --Correct-> Corrected
        Issued --CancelPart-> Corrected
        Issued --Cancel-> Cancelled
        Issued refuses Save, Issue
        Corrected --Correct-> Corrected
        Corrected --CancelPart-> Corrected
        Corrected --Cancel-> Cancelled
        Corrected refuses Save, Issue
        Cancelled refuses Save, Issue, Correct, CancelPart, Cancel
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/decisions/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
