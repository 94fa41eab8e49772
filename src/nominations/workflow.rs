//! What can happen to a nomination: the whole state machine on one screen.

use super::model::State;

/// An act on a nomination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The unit whose meeting voted for it puts a person forward.
    PutForward,
    /// The conference votes for it.
    Acclaim,
    /// The conference doesn't.
    Refuse,
    /// Files are added to its dossier, or taken off.
    Attach,
    /// The secretariat hands the dossier to VUSTA.
    Submit,
    /// VUSTA's standing office sends it back to be completed.
    Return,
    /// The standing office finds it eligible.
    FindEligible,
    /// The standing office finds it not eligible.
    FindIneligible,
    /// The council votes for it.
    Pass,
    /// The council doesn't.
    Reject,
    /// A decision is issued.
    Decide,
    /// The award is handed over.
    Award,
    /// The unit takes it back.
    Withdraw,
    /// A later decision cancels the decision.
    Cancel,
    /// A later decision cancels the decision for a formal error: the award waits for another one.
    Release,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 15] = [
        Self::PutForward,
        Self::Acclaim,
        Self::Refuse,
        Self::Attach,
        Self::Submit,
        Self::Return,
        Self::FindEligible,
        Self::FindIneligible,
        Self::Pass,
        Self::Reject,
        Self::Decide,
        Self::Award,
        Self::Withdraw,
        Self::Cancel,
        Self::Release,
    ];

    /// The code in facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PutForward => "put_forward",
            Self::Acclaim => "acclaim",
            Self::Refuse => "refuse",
            Self::Attach => "attach",
            Self::Submit => "submit",
            Self::Return => "return",
            Self::FindEligible => "find_eligible",
            Self::FindIneligible => "find_ineligible",
            Self::Pass => "pass",
            Self::Reject => "reject",
            Self::Decide => "decide",
            Self::Award => "award",
            Self::Withdraw => "withdraw",
            Self::Cancel => "cancel",
            Self::Release => "release",
        }
    }

    /// The code of its line in the journal.
    #[must_use]
    pub fn journal_code(self) -> &'static str {
        match self {
            Self::PutForward => "nomination.put_forward",
            Self::Acclaim => "nomination.acclaim",
            Self::Refuse => "nomination.refuse",
            Self::Attach => "nomination.attach",
            Self::Submit => "nomination.submit",
            Self::Return => "nomination.return",
            Self::FindEligible => "nomination.find_eligible",
            Self::FindIneligible => "nomination.find_ineligible",
            Self::Pass => "nomination.pass",
            Self::Reject => "nomination.reject",
            Self::Decide => "nomination.decide",
            Self::Award => "nomination.award",
            Self::Withdraw => "nomination.withdraw",
            Self::Cancel => "nomination.cancel",
            Self::Release => "nomination.release",
        }
    }

    /// The name on its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::PutForward => "Đề nghị khen thưởng",
            Self::Acclaim => "Suy tôn",
            Self::Refuse => "Không suy tôn",
            Self::Attach => "Bổ sung hồ sơ",
            Self::Submit => "Trình LHHVN",
            Self::Return => "Trả lại bổ sung",
            Self::FindEligible => "Đủ điều kiện",
            Self::FindIneligible => "Không đủ điều kiện",
            Self::Pass => "Hội đồng thông qua",
            Self::Reject => "Hội đồng không thông qua",
            Self::Decide => "Ban hành quyết định",
            Self::Award => "Ghi đã trao",
            Self::Withdraw => "Rút hồ sơ",
            Self::Cancel => "Hủy quyết định",
            Self::Release => "Hủy quyết định vì lỗi hình thức",
        }
    }

    /// Whether it is part of the year's work: once the year is closed, only decisions and what follows them go on.
    #[must_use]
    pub fn needs_open_year(self) -> bool {
        !matches!(self, Self::Decide | Self::Award | Self::Cancel | Self::Release)
    }
}

impl State {
    /// Where an action leads from here; none where it isn't possible.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "the whole table on one screen, without a wildcard"
    )]
    pub fn after(self, action: Action) -> Option<Self> {
        use Action as A;
        match self {
            Self::Proposed => match action {
                A::PutForward | A::Acclaim => Some(Self::Acclaimed),
                A::Refuse => Some(Self::NotAcclaimed),
                A::Withdraw => Some(Self::Withdrawn),
                A::Attach
                | A::Submit
                | A::Return
                | A::FindEligible
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Award
                | A::Cancel
                | A::Release => None,
            },
            Self::Acclaimed | Self::Returned => match action {
                A::Attach => Some(self),
                A::Submit => Some(Self::Submitted),
                A::Withdraw => Some(Self::Withdrawn),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Return
                | A::FindEligible
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Award
                | A::Cancel
                | A::Release => None,
            },
            Self::Submitted => match action {
                A::Return => Some(Self::Returned),
                A::FindEligible => Some(Self::Eligible),
                A::FindIneligible => Some(Self::Ineligible),
                A::Withdraw => Some(Self::Withdrawn),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Award
                | A::Cancel
                | A::Release => None,
            },
            // What comes up between the finding and the vote, an objection say, can still change the finding.
            Self::Eligible => match action {
                A::Return => Some(Self::Returned),
                A::FindIneligible => Some(Self::Ineligible),
                A::Pass => Some(Self::CouncilPassed),
                A::Reject => Some(Self::CouncilRejected),
                A::Withdraw => Some(Self::Withdrawn),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::FindEligible
                | A::Decide
                | A::Award
                | A::Cancel
                | A::Release => None,
            },
            Self::Ineligible => match action {
                A::FindEligible => Some(Self::Eligible),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::Return
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Award
                | A::Withdraw
                | A::Cancel
                | A::Release => None,
            },
            Self::CouncilPassed => match action {
                A::Decide => Some(Self::Decided),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::Return
                | A::FindEligible
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Award
                | A::Withdraw
                | A::Cancel
                | A::Release => None,
            },
            Self::Decided => match action {
                A::Award => Some(Self::Awarded),
                A::Cancel => Some(Self::Cancelled),
                A::Release => Some(Self::CouncilPassed),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::Return
                | A::FindEligible
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Withdraw => None,
            },
            Self::Awarded => match action {
                A::Cancel => Some(Self::Cancelled),
                A::Release => Some(Self::CouncilPassed),
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::Return
                | A::FindEligible
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Award
                | A::Withdraw => None,
            },
            Self::NotAcclaimed | Self::CouncilRejected | Self::Withdrawn | Self::Cancelled => match action {
                A::PutForward
                | A::Acclaim
                | A::Refuse
                | A::Attach
                | A::Submit
                | A::Return
                | A::FindEligible
                | A::FindIneligible
                | A::Pass
                | A::Reject
                | A::Decide
                | A::Award
                | A::Withdraw
                | A::Cancel
                | A::Release => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::diagram;

    #[test]
    fn the_whole_table_is_as_agreed() {
        // Without the lines of what is refused: with fourteen actions they say nothing that the diagram doesn't.
        let table = diagram::table(&State::ALL, &Action::ALL, State::after);
        let ways: Vec<&str> = table.lines().filter(|l| !l.contains(" refuses ")).collect();
        let ways = ways.join("\n");
        insta::assert_snapshot!(ways, @r"
        Proposed --PutForward-> Acclaimed
        Proposed --Acclaim-> Acclaimed
        Proposed --Refuse-> NotAcclaimed
        Proposed --Withdraw-> Withdrawn
        Acclaimed --Attach-> Acclaimed
        Acclaimed --Submit-> Submitted
        Acclaimed --Withdraw-> Withdrawn
        Submitted --Return-> Returned
        Submitted --FindEligible-> Eligible
        Submitted --FindIneligible-> Ineligible
        Submitted --Withdraw-> Withdrawn
        Returned --Attach-> Returned
        Returned --Submit-> Submitted
        Returned --Withdraw-> Withdrawn
        Eligible --Return-> Returned
        Eligible --FindIneligible-> Ineligible
        Eligible --Pass-> CouncilPassed
        Eligible --Reject-> CouncilRejected
        Eligible --Withdraw-> Withdrawn
        Ineligible --FindEligible-> Eligible
        CouncilPassed --Decide-> Decided
        Decided --Award-> Awarded
        Decided --Cancel-> Cancelled
        Decided --Release-> CouncilPassed
        Awarded --Cancel-> Cancelled
        Awarded --Release-> CouncilPassed
        ");
    }

    #[test]
    fn the_diagram_in_the_documentation_is_generated_from_the_table() {
        diagram::assert_file(
            "src/nominations/diagram.txt",
            &diagram::draw(&State::ALL, &Action::ALL, State::after),
        );
    }

    #[test]
    fn what_is_decided_can_only_be_awarded_or_cancelled_by_a_decision() {
        for action in Action::ALL {
            let possible = matches!(action, Action::Award | Action::Cancel | Action::Release);
            assert_eq!(State::Decided.after(action).is_some(), possible, "{action:?}");
        }
    }
}
