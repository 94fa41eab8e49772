//! What can happen to a ballot.

use super::model::State;

/// An act on a ballot. Casting a vote is none: whoever holds a card votes, and nothing tells who did when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The plan is saved.
    Save,
    /// Absent units begin to vote; the plan is frozen.
    OpenAdvance,
    /// The hall begins to vote; the plan is frozen.
    Open,
    /// Somebody comes late, or gets another card.
    Admit,
    /// A voter gets a paper on paper.
    Paper,
    /// Nobody votes any more.
    Close,
    /// The papers on paper are counted, by two people.
    Tally,
    /// The result is made.
    Count,
    /// The minutes of the count are signed.
    Sign,
    /// VUSTA's answer on equal votes is recorded.
    Settle,
    /// It is called off, with the reason.
    Cancel,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 11] = [
        Self::Save,
        Self::OpenAdvance,
        Self::Open,
        Self::Admit,
        Self::Paper,
        Self::Close,
        Self::Tally,
        Self::Count,
        Self::Sign,
        Self::Settle,
        Self::Cancel,
    ];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Lưu",
            Self::OpenAdvance => "Nhận phiếu trước",
            Self::Open => "Mở bỏ phiếu",
            Self::Admit => "Ghi có mặt",
            Self::Paper => "Phát phiếu giấy",
            Self::Close => "Đóng bỏ phiếu",
            Self::Tally => "Ghi kiểm phiếu giấy",
            Self::Count => "Chốt kiểm phiếu",
            Self::Sign => "Ghi đã ký biên bản",
            Self::Settle => "Ghi ý kiến LHHVN",
            Self::Cancel => "Hủy lần bỏ phiếu",
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
            (Self::Draft, A::OpenAdvance) => Some(Self::Advance),
            (Self::Draft | Self::Advance, A::Open) => Some(Self::Open),
            (Self::Advance, A::Admit) => Some(Self::Advance),
            (Self::Open, A::Admit | A::Paper) => Some(Self::Open),
            (Self::Open, A::Close) => Some(Self::Closed),
            (Self::Closed, A::Tally) => Some(Self::Closed),
            (Self::Closed, A::Count) => Some(Self::Counted),
            (Self::Counted, A::Sign) => Some(Self::Signed),
            (Self::Counted, A::Settle) => Some(Self::Counted),
            (Self::Signed, A::Settle) => Some(Self::Signed),
            (Self::Draft | Self::Advance | Self::Open | Self::Closed, A::Cancel) => Some(Self::Cancelled),
            (Self::Draft, A::Admit | A::Paper | A::Close | A::Tally | A::Count | A::Sign | A::Settle)
            | (
                Self::Advance,
                A::Save | A::OpenAdvance | A::Paper | A::Close | A::Tally | A::Count | A::Sign | A::Settle,
            )
            | (Self::Open, A::Save | A::OpenAdvance | A::Open | A::Tally | A::Count | A::Sign | A::Settle)
            | (
                Self::Closed,
                A::Save | A::OpenAdvance | A::Open | A::Admit | A::Paper | A::Close | A::Sign | A::Settle,
            )
            | (
                Self::Counted | Self::Signed,
                A::Save
                | A::OpenAdvance
                | A::Open
                | A::Admit
                | A::Paper
                | A::Close
                | A::Tally
                | A::Count
                | A::Cancel,
            )
            | (Self::Signed, A::Sign)
            | (
                Self::Cancelled,
                A::Save
                | A::OpenAdvance
                | A::Open
                | A::Admit
                | A::Paper
                | A::Close
                | A::Tally
                | A::Count
                | A::Sign
                | A::Settle
                | A::Cancel,
            ) => None,
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
        Draft --OpenAdvance-> Advance
        Draft --Open-> Open
        Draft --Cancel-> Cancelled
        Draft refuses Admit, Paper, Close, Tally, Count, Sign, Settle
        Advance --Open-> Open
        Advance --Admit-> Advance
        Advance --Cancel-> Cancelled
        Advance refuses Save, OpenAdvance, Paper, Close, Tally, Count, Sign, Settle
        Open --Admit-> Open
        Open --Paper-> Open
        Open --Close-> Closed
        Open --Cancel-> Cancelled
        Open refuses Save, OpenAdvance, Open, Tally, Count, Sign, Settle
        Closed --Tally-> Closed
        Closed --Count-> Counted
        Closed --Cancel-> Cancelled
        Closed refuses Save, OpenAdvance, Open, Admit, Paper, Close, Sign, Settle
        Counted --Sign-> Signed
        Counted --Settle-> Counted
        Counted refuses Save, OpenAdvance, Open, Admit, Paper, Close, Tally, Count, Cancel
        Signed --Settle-> Signed
        Signed refuses Save, OpenAdvance, Open, Admit, Paper, Close, Tally, Count, Sign, Cancel
        Cancelled refuses Save, OpenAdvance, Open, Admit, Paper, Close, Tally, Count, Sign, Settle, Cancel
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/ballots/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
