//! A ballot where it is: the paper and its rule, who took part, and the one act that comes next.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        listing::{self, Next},
        model::{AbsentRule, Attendance, Ballot, Plan, State, Voter},
        queries, wording,
        workflow::Action,
    },
    AtBallot, Opened, open,
};
use crate::{
    kit::error::Result,
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "ballots/show.html")]
struct ShowPage {
    shell: Shell,
    opened: Opened,
    next: Option<Next>,
    voters: Vec<Voter>,
    cast: i32,
    sees_voters: bool,
    may_save: bool,
    may_advance: bool,
    may_admit: bool,
    may_paper: bool,
    may_tally: bool,
    may_cancel: bool,
    may_follow: bool,
    /// Whether the paper can be had as a file: that of a conference, by those who count it.
    may_print: bool,
}

impl ShowPage {
    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    fn ballot(&self) -> &Ballot {
        &self.opened.ballot
    }

    fn rule(&self) -> Vec<(&'static str, String)> {
        wording::rule_in_words(self.plan())
    }

    fn number(&self, attendance: Attendance) -> usize {
        self.voters.iter().filter(|v| v.attendance == attendance).count()
    }

    fn has_paper(&self) -> bool {
        self.voters
            .iter()
            .any(|v| v.took_part == Some(super::super::model::Part::Paper))
    }

    /// Those who are here or send their vote, and haven't voted.
    fn awaited(&self) -> usize {
        let awaited = |v: &&Voter| v.attendance != Attendance::Absent && v.took_part.is_none();
        self.voters.iter().filter(awaited).count()
    }

    fn is_open(&self) -> bool {
        self.ballot().state.takes_votes()
    }
}

pub(super) async fn show<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    let actor = visit.actor()?;
    let ballot = &opened.ballot;
    let offers = |action| access::offers(actor, action, ballot);
    let sees_voters = access::holds(actor, ballot);
    let may_before =
        matches!(ballot.plan.rule.absent, AbsentRule::MayVoteBefore { until } if visit.now < until);
    page(&ShowPage {
        shell: opened.shell(&visit),
        next: listing::next_act(actor, &opened.house.base(), ballot, opened.child().is_some()),
        voters: queries::voters(&mut db, ballot.id).await?,
        cast: queries::papers_cast(&mut db, ballot.id).await?,
        sees_voters,
        may_save: offers(Action::Save),
        may_advance: offers(Action::OpenAdvance) && may_before,
        may_admit: offers(Action::Admit),
        may_paper: offers(Action::Paper),
        may_tally: offers(Action::Tally),
        may_cancel: offers(Action::Cancel),
        may_follow: sees_voters
            && ballot.year_is_open
            && ballot.state == State::Cancelled
            && opened.child().is_none(),
        may_print: ballot.conference_id.is_some()
            && access::counts(actor, ballot)
            && ballot.plan.has_candidates(),
        opened,
    })
}
