//! What can happen to a consolidated registration.

use super::model::State;

/// An act on a consolidated registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The secretariat writes its remark.
    Note,
    /// The secretariat sends it to VUSTA.
    Send,
    /// VUSTA sends it back with a reason.
    Return,
    /// VUSTA notes it.
    Acknowledge,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 4] = [Self::Note, Self::Send, Self::Return, Self::Acknowledge];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Note => "Lưu ghi chú",
            Self::Send => "Gửi LHHVN",
            Self::Return => "Trả lại",
            Self::Acknowledge => "Ghi nhận",
        }
    }
}

impl State {
    /// Where an action leads from here; none where it isn't possible.
    #[must_use]
    pub fn after(self, action: Action) -> Option<Self> {
        use Action as A;
        match (self, action) {
            (Self::Draft, A::Note) => Some(Self::Draft),
            (Self::Returned, A::Note) => Some(Self::Returned),
            (Self::Draft | Self::Returned, A::Send) => Some(Self::Sent),
            (Self::Sent, A::Return) => Some(Self::Returned),
            (Self::Sent, A::Acknowledge) => Some(Self::Acknowledged),
            (Self::Draft | Self::Returned, A::Return | A::Acknowledge)
            | (Self::Sent, A::Note | A::Send)
            | (Self::Acknowledged, A::Note | A::Send | A::Return | A::Acknowledge) => None,
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
        Draft --Note-> Draft
        Draft --Send-> Sent
        Draft refuses Return, Acknowledge
        Sent --Return-> Returned
        Sent --Acknowledge-> Acknowledged
        Sent refuses Note, Send
        Returned --Note-> Returned
        Returned --Send-> Sent
        Returned refuses Return, Acknowledge
        Acknowledged refuses Note, Send, Return, Acknowledge
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/consolidations/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
