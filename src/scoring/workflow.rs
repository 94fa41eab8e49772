//! What can happen to a score sheet: the whole state machine on one screen.

use super::model::State;

/// An act on a score sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The unit saves its self-score.
    Save,
    /// The unit's leader hands it in.
    Submit,
    /// The unit takes it back before anybody has appraised it.
    Withdraw,
    /// An appraiser saves points and reasons.
    Appraise,
    /// The appraisers ask the unit to explain lines.
    Ask,
    /// The unit explains the lines asked for.
    Explain,
    /// The appraisers are done.
    Finish,
    /// The secretariat opens a finished appraisal again, with a reason.
    Reopen,
    /// The conference has confirmed the points.
    Lock,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 9] = [
        Self::Save,
        Self::Submit,
        Self::Withdraw,
        Self::Appraise,
        Self::Ask,
        Self::Explain,
        Self::Finish,
        Self::Reopen,
        Self::Lock,
    ];

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Save => "Lưu nháp",
            Self::Submit => "Nộp bảng tự chấm",
            Self::Withdraw => "Rút lại",
            Self::Appraise => "Lưu thẩm định",
            Self::Ask => "Yêu cầu giải trình",
            Self::Explain => "Gửi giải trình",
            Self::Finish => "Hoàn tất thẩm định",
            Self::Reopen => "Mở lại thẩm định",
            Self::Lock => "Chốt điểm tại hội nghị",
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
            (Self::Draft, A::Submit) => Some(Self::SelfScored),
            (Self::SelfScored, A::Withdraw) => Some(Self::Draft),
            (Self::SelfScored | Self::UnderAppraisal, A::Appraise) => Some(Self::UnderAppraisal),
            (Self::UnderAppraisal, A::Ask) => Some(Self::AwaitingExplanation),
            (Self::AwaitingExplanation, A::Explain) => Some(Self::UnderAppraisal),
            (Self::UnderAppraisal, A::Finish) => Some(Self::Appraised),
            (Self::Appraised, A::Reopen) => Some(Self::UnderAppraisal),
            (Self::Appraised, A::Lock) => Some(Self::Locked),
            (
                Self::Draft,
                A::Withdraw | A::Appraise | A::Ask | A::Explain | A::Finish | A::Reopen | A::Lock,
            )
            | (
                Self::SelfScored,
                A::Save | A::Submit | A::Ask | A::Explain | A::Finish | A::Reopen | A::Lock,
            )
            | (Self::UnderAppraisal, A::Save | A::Submit | A::Withdraw | A::Explain | A::Reopen | A::Lock)
            | (
                Self::AwaitingExplanation,
                A::Save | A::Submit | A::Withdraw | A::Appraise | A::Ask | A::Finish | A::Reopen | A::Lock,
            )
            | (
                Self::Appraised,
                A::Save | A::Submit | A::Withdraw | A::Appraise | A::Ask | A::Explain | A::Finish,
            )
            | (
                Self::Locked,
                A::Save
                | A::Submit
                | A::Withdraw
                | A::Appraise
                | A::Ask
                | A::Explain
                | A::Finish
                | A::Reopen
                | A::Lock,
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
        let table = diagram::table(&State::ALL, &Action::ALL, State::after);
        insta::assert_snapshot!(table, @r"
        Draft --Save-> Draft
        Draft --Submit-> SelfScored
        Draft refuses Withdraw, Appraise, Ask, Explain, Finish, Reopen, Lock
        SelfScored --Withdraw-> Draft
        SelfScored --Appraise-> UnderAppraisal
        SelfScored refuses Save, Submit, Ask, Explain, Finish, Reopen, Lock
        UnderAppraisal --Appraise-> UnderAppraisal
        UnderAppraisal --Ask-> AwaitingExplanation
        UnderAppraisal --Finish-> Appraised
        UnderAppraisal refuses Save, Submit, Withdraw, Explain, Reopen, Lock
        AwaitingExplanation --Explain-> UnderAppraisal
        AwaitingExplanation refuses Save, Submit, Withdraw, Appraise, Ask, Finish, Reopen, Lock
        Appraised --Reopen-> UnderAppraisal
        Appraised --Lock-> Locked
        Appraised refuses Save, Submit, Withdraw, Appraise, Ask, Explain, Finish
        Locked refuses Save, Submit, Withdraw, Appraise, Ask, Explain, Finish, Reopen, Lock
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/scoring/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }
}
