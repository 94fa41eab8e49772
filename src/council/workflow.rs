//! What can happen to a session that is held in the program.

use super::model::State;

/// An act on a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Day, rule and agenda are saved.
    Save,
    /// The roll is kept: who is there, who can't come, cards, conflicts.
    Roll,
    /// It begins.
    Open,
    /// It ends; what was voted is recorded.
    End,
    /// It is called off, with the reason.
    Cancel,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 5] = [Self::Save, Self::Roll, Self::Open, Self::End, Self::Cancel];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Lưu phiên họp",
            Self::Roll => "Điểm danh",
            Self::Open => "Khai mạc",
            Self::End => "Kết thúc phiên họp",
            Self::Cancel => "Hủy phiên họp",
        }
    }
}

impl State {
    /// Where an action leads from here; none where it isn't possible.
    #[must_use]
    pub fn after(self, action: Action) -> Option<Self> {
        use Action as A;
        match (self, action) {
            (Self::Planned, A::Save | A::Roll) => Some(Self::Planned),
            (Self::Planned, A::Open) => Some(Self::InSession),
            (Self::InSession, A::Roll) => Some(Self::InSession),
            (Self::InSession, A::End) => Some(Self::Ended),
            (Self::Planned | Self::InSession, A::Cancel) => Some(Self::Cancelled),
            (Self::Planned, A::End)
            | (Self::InSession, A::Save | A::Open)
            | (Self::Ended | Self::Cancelled, A::Save | A::Roll | A::Open | A::End | A::Cancel) => None,
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
        Planned --Save-> Planned
        Planned --Roll-> Planned
        Planned --Open-> InSession
        Planned --Cancel-> Cancelled
        Planned refuses End
        InSession --Roll-> InSession
        InSession --End-> Ended
        InSession --Cancel-> Cancelled
        InSession refuses Save, Open
        Ended refuses Save, Roll, Open, End, Cancel
        Cancelled refuses Save, Roll, Open, End, Cancel
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/council/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
