//! What can happen to a table of criteria: the whole state machine on one screen.

use super::model::State;

/// An act on a table of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Something in it is written.
    Save,
    /// It comes into force and is frozen.
    Issue,
    /// Its year is over, or a later version takes its place.
    Close,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 3] = [Self::Save, Self::Issue, Self::Close];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Sửa bảng tiêu chí",
            Self::Issue => "Ban hành",
            Self::Close => "Đóng bảng tiêu chí",
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
            (Self::Issued, A::Close) => Some(Self::Closed),
            (Self::Draft, A::Close)
            | (Self::Issued, A::Save | A::Issue)
            | (Self::Closed, A::Save | A::Issue | A::Close) => None,
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
        Draft refuses Close
        Issued --Close-> Closed
        Issued refuses Save, Issue
        Closed refuses Save, Issue, Close
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/criteria/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
