//! What can happen to a conference.

use super::model::State;

/// An act on a conference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The secretariat saves plan and agenda.
    Plan,
    /// The secretariat invites the units, or tells them again.
    Invite,
    /// It begins.
    Open,
    /// It ends.
    End,
    /// The minutes are signed.
    Sign,
    /// The secretariat saves the result as it stands in minutes on paper.
    Record,
    /// The secretariat makes that result final.
    Confirm,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 7] = [
        Self::Plan,
        Self::Invite,
        Self::Open,
        Self::End,
        Self::Sign,
        Self::Record,
        Self::Confirm,
    ];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Plan => "Lưu kế hoạch",
            Self::Invite => "Gửi giấy mời",
            Self::Open => "Khai mạc",
            Self::End => "Bế mạc",
            Self::Sign => "Ký biên bản",
            Self::Record => "Lưu nháp",
            Self::Confirm => "Chốt kết quả",
        }
    }
}

impl State {
    /// Where an action leads from here; none where it isn't possible.
    #[must_use]
    pub fn after(self, action: Action) -> Option<Self> {
        use Action as A;
        match (self, action) {
            (Self::Planned, A::Plan | A::Record) => Some(Self::Planned),
            (Self::Planned, A::Invite) => Some(Self::Invited),
            (Self::Invited, A::Plan | A::Invite | A::Record) => Some(Self::Invited),
            (Self::Invited, A::Open) => Some(Self::InSession),
            (Self::InSession, A::Plan | A::Record) => Some(Self::InSession),
            (Self::InSession, A::End) => Some(Self::Ended),
            (Self::Planned | Self::Invited | Self::InSession, A::Confirm) => Some(Self::Ended),
            (Self::Ended, A::Sign) => Some(Self::Signed),
            (Self::Planned, A::Open | A::End | A::Sign)
            | (Self::Invited, A::End | A::Sign)
            | (Self::InSession, A::Invite | A::Open | A::Sign)
            | (Self::Ended, A::Plan | A::Invite | A::Open | A::End | A::Record | A::Confirm)
            | (Self::Signed, A::Plan | A::Invite | A::Open | A::End | A::Sign | A::Record | A::Confirm) => {
                None
            }
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
        Planned --Plan-> Planned
        Planned --Invite-> Invited
        Planned --Record-> Planned
        Planned --Confirm-> Ended
        Planned refuses Open, End, Sign
        Invited --Plan-> Invited
        Invited --Invite-> Invited
        Invited --Open-> InSession
        Invited --Record-> Invited
        Invited --Confirm-> Ended
        Invited refuses End, Sign
        InSession --Plan-> InSession
        InSession --End-> Ended
        InSession --Record-> InSession
        InSession --Confirm-> Ended
        InSession refuses Invite, Open, Sign
        Ended --Sign-> Signed
        Ended refuses Plan, Invite, Open, End, Record, Confirm
        Signed refuses Plan, Invite, Open, End, Sign, Record, Confirm
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
