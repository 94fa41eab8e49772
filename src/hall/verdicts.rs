//! What a session of VUSTA's council comes to when it ends: the votes on each dossier out of counted ballots, or what still
//! stands in the way. Pure.

use super::ending::Obstacle;
use crate::{
    ballots::{self, Ballot, Purpose, Verdict},
    council::{Sitting, Voted},
    nominations::{Nomination, State},
};

/// A dossier and what the end of the session makes of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub dossier: Nomination,
    /// The votes; none where no counted ballot voted on it.
    pub voted: Option<Voted>,
    /// Why it stays as it is.
    pub stays: &'static str,
}

/// How a session would end now.
pub(super) struct Verdicts {
    /// The dossiers of the agenda, in its order.
    pub lines: Vec<Line>,
    pub obstacles: Vec<Obstacle>,
}

impl Verdicts {
    /// What is recorded.
    pub fn votes(&self) -> Vec<Voted> {
        let recorded = self.lines.iter().filter(|line| line.stays.is_empty());
        recorded.filter_map(|line| line.voted.clone()).collect()
    }
}

/// What ending the session would make final.
pub(super) fn verdicts(sitting: &Sitting, dossiers: &[Nomination], ballots: &[Ballot]) -> Verdicts {
    let base = ballots::council_base(sitting.year);
    let final_lines = ballots::outcome_of(ballots);
    let voted_on = |dossier: &Nomination| {
        let line = final_lines.iter().rev().find(|line| {
            line.purpose == Purpose::Council && line.candidate.nomination_id == Some(dossier.id)
        })?;
        Some(Voted {
            nomination_id: dossier.id,
            ballot_id: Some(line.ballot_id),
            votes_for: line.votes_for,
            votes_of: line.base,
            working: line.working.clone(),
            passed: line.verdict == Verdict::Elected,
        })
    };
    let agenda = sitting
        .plan
        .agenda
        .iter()
        .filter_map(|id| dossiers.iter().find(|dossier| dossier.id == *id));
    let lines: Vec<Line> = agenda
        .map(|dossier| {
            let voted = voted_on(dossier);
            Line {
                stays: if dossier.state != State::Eligible {
                    "không còn chờ Hội đồng"
                } else if voted.is_none() {
                    "chưa bỏ phiếu, chờ phiên họp sau"
                } else {
                    ""
                },
                voted,
                dossier: dossier.clone(),
            }
        })
        .collect();
    let mut obstacles: Vec<Obstacle> = going_on(ballots)
        .map(|ballot| Obstacle {
            words: format!("Phiếu “{}” {}.", ballot.plan.title, ballot.state.label()),
            href: ballots::path_below(&base, ballot),
        })
        .collect();
    if obstacles.is_empty() && lines.iter().all(|line| !line.stays.is_empty()) {
        obstacles.push(Obstacle {
            words: "Chưa có hồ sơ nào được bỏ phiếu và kiểm phiếu.".to_owned(),
            href: format!("{}#bo-phieu", sitting.path()),
        });
    }
    Verdicts { lines, obstacles }
}

/// Ballots in which somebody votes or papers wait to be counted.
pub(super) fn going_on(ballots: &[Ballot]) -> impl Iterator<Item = &Ballot> {
    use ballots::State as S;
    ballots
        .iter()
        .filter(|ballot| matches!(ballot.state, S::Advance | S::Open | S::Closed))
}
