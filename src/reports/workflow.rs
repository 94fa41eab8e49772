//! What can happen to a report: the whole state machine on one screen.

use super::model::State;

/// An act on a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The unit saves its draft.
    Save,
    /// The unit's leader hands it in.
    Submit,
    /// The unit takes it back before it is taken in.
    Withdraw,
    /// The secretariat sends it back with a reason.
    Return,
    /// The secretariat takes it in.
    Accept,
    /// Its figures are closed: the final ones stand beside the estimates.
    Finalise,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 6] = [
        Self::Save,
        Self::Submit,
        Self::Withdraw,
        Self::Return,
        Self::Accept,
        Self::Finalise,
    ];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Lưu nháp",
            Self::Submit => "Nộp báo cáo",
            Self::Withdraw => "Rút lại",
            Self::Return => "Trả lại",
            Self::Accept => "Tiếp nhận",
            Self::Finalise => "Chốt số liệu",
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
            (Self::Returned, A::Save) => Some(Self::Returned),
            (Self::Draft | Self::Returned, A::Submit) => Some(Self::Submitted),
            (Self::Submitted, A::Withdraw) => Some(Self::Draft),
            (Self::Submitted | Self::Accepted, A::Return) => Some(Self::Returned),
            (Self::Submitted, A::Accept) => Some(Self::Accepted),
            (Self::Accepted, A::Finalise) => Some(Self::Final),
            (Self::Draft | Self::Returned, A::Withdraw | A::Return | A::Accept | A::Finalise)
            | (Self::Submitted, A::Save | A::Submit | A::Finalise)
            | (Self::Accepted, A::Save | A::Submit | A::Withdraw | A::Accept)
            | (Self::Final, A::Save | A::Submit | A::Withdraw | A::Return | A::Accept | A::Finalise) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::diagram;

    #[test]
    fn the_whole_table_is_as_agreed() {
        let table = diagram::table(&State::ALL, &Action::ALL, State::after);
        insta::assert_snapshot!(table, @r"
        Draft --Save-> Draft
        Draft --Submit-> Submitted
        Draft refuses Withdraw, Return, Accept, Finalise
        Submitted --Withdraw-> Draft
        Submitted --Return-> Returned
        Submitted --Accept-> Accepted
        Submitted refuses Save, Submit, Finalise
        Returned --Save-> Returned
        Returned --Submit-> Submitted
        Returned refuses Withdraw, Return, Accept, Finalise
        Accepted --Return-> Returned
        Accepted --Finalise-> Final
        Accepted refuses Save, Submit, Withdraw, Accept
        Final refuses Save, Submit, Withdraw, Return, Accept, Finalise
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/reports/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
