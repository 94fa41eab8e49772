//! What can happen to a conference's result.

use super::model::State;

/// An act on a conference's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The secretariat saves its draft.
    Save,
    /// The secretariat makes it final.
    Confirm,
    /// The next lead and deputy take over.
    HandOver,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 3] = [Self::Save, Self::Confirm, Self::HandOver];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Lưu nháp",
            Self::Confirm => "Chốt kết quả",
            Self::HandOver => "Bàn giao",
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
            (Self::Draft, A::Confirm) => Some(Self::Confirmed),
            (Self::Confirmed, A::HandOver) => Some(Self::HandedOver),
            (Self::Draft, A::HandOver)
            | (Self::Confirmed, A::Save | A::Confirm)
            | (Self::HandedOver, A::Save | A::Confirm | A::HandOver) => None,
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
        Draft --Confirm-> Confirmed
        Draft refuses HandOver
        Confirmed --HandOver-> HandedOver
        Confirmed refuses Save, Confirm
        HandedOver refuses Save, Confirm, HandOver
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/conferences/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
