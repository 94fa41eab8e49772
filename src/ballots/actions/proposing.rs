//! A new ballot: of a conference out of one of the usual ones, of the council on dossiers of its agenda.

use std::collections::HashSet;

use sqlx::PgConnection;

use super::{
    super::{
        forms::{Ground, Preset, Seats},
        model::{
            AbsentRule, Ballot, Candidate, FinalLine, House, Plan, Purpose, Question, Rule, State, Style,
            Threshold, Verdict,
        },
        queries, rounds,
        standing::standing,
    },
    preparing::create,
};
use crate::{
    awards::{self, Awards},
    conferences::{Conference, FormOfVote, quota_of},
    council::{Base, Sitting},
    ids::{BallotId, NominationId},
    kit::{
        clock::Moment,
        error::{AppError, Result},
    },
    nominations::Nomination,
    people::Actor,
    years::{ThresholdBase, Year},
};

/// Begins a ballot of a conference as such a ballot usually is: with the best of the standing where it is about an award,
/// and as many seats as are left.
pub async fn propose(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    preset: Preset,
) -> Result<BallotId> {
    if conference.state.is_over() {
        return Err(AppError::conflict(
            "Hội nghị đã kết thúc: không lập phiếu mới được nữa.",
        ));
    }
    let awards = awards::all(db).await?;
    let standing = standing(db, actor, year, now).await?;
    let before = queries::of_conference(db, conference.id).await?;
    let decided = rounds::outcome_of(&before);
    let left = |award: &str| {
        let is_acclaimed = |line: &&FinalLine| {
            line.purpose == Purpose::Award
                && line.award.as_deref() == Some(award)
                && line.verdict == Verdict::Elected
        };
        let acclaimed = decided.iter().filter(is_acclaimed).count();
        (quota_of(year, award) - i32::try_from(acclaimed).unwrap_or(i32::MAX)).max(0)
    };
    let seats = Seats {
        flag: left("vusta_flag"),
        merit: left("vusta_merit"),
    };
    let empty = Plan {
        title: String::new(),
        form: FormOfVote::Secret,
        round: 1,
        questions: Vec::new(),
        rule: Rule::of_year(&year.rules),
    };
    let ground = Ground {
        members: year.members_on(conference.day_of_members(year)),
        standing: &standing,
        saved: &empty,
        now,
    };
    let plan = preset.plan(year, &ground, &awards, seats);
    create(db, now, actor, House::Conference(conference.id), &plan).await
}

/// Begins a ballot of the council on these dossiers of a session's agenda: secret, yes or no on each, a question an award,
/// by the rule of the session. Dossiers that another ballot of the session votes on are refused.
pub async fn propose_to_council(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    sitting: &Sitting,
    dossiers: &[Nomination],
) -> Result<BallotId> {
    let awards = awards::all(db).await?;
    if dossiers.is_empty() {
        return Err(AppError::conflict("Hãy chọn ít nhất một hồ sơ cho phiếu."));
    }
    // The session is locked first: two who propose at once don't put a dossier onto two papers.
    queries::lock_house(db, House::Council(sitting.id)).await?;
    let taken = taken_up(&queries::of_sitting(db, sitting.id).await?);
    if let Some(dossier) = dossiers.iter().find(|dossier| taken.contains(&dossier.id)) {
        return Err(AppError::Conflict(format!(
            "Hồ sơ của {} đã có trong một phiếu của phiên họp này.",
            dossier.nominee()
        )));
    }
    let plan = Plan {
        title: format!("Hội đồng xét khen thưởng năm {}", sitting.year),
        form: FormOfVote::Secret,
        round: 1,
        questions: questions(&awards, dossiers),
        rule: Rule {
            quorum_percent: sitting.plan.quorum_percent,
            threshold_percent: sitting.plan.threshold_percent,
            threshold: Threshold::MoreThan,
            base: match sitting.plan.threshold_base {
                Base::AllMembers => ThresholdBase::AllUnits,
                Base::Present => ThresholdBase::Present,
            },
            may_vote_for_self: false,
            absent: AbsentRule::CountsAsAbsent,
            blank_is_valid: false,
            ladder: Vec::new(),
        },
    };
    create(db, now, actor, House::Council(sitting.id), &plan).await
}

/// The dossiers that ballots which weren't called off vote on.
#[must_use]
pub fn taken_up(ballots: &[Ballot]) -> HashSet<NominationId> {
    let held = ballots.iter().filter(|ballot| ballot.state != State::Cancelled);
    held.flat_map(|ballot| &ballot.plan.questions)
        .flat_map(|question| &question.candidates)
        .filter_map(|candidate| candidate.nomination_id)
        .collect()
}

/// A question an award, in the order of the dossiers; each dossier is for itself.
fn questions(awards: &Awards, dossiers: &[Nomination]) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for dossier in dossiers {
        let candidate = Candidate {
            name: dossier.nominee(),
            unit_id: Some(dossier.unit_id),
            nomination_id: Some(dossier.id),
            score: None,
            origin: format!("{}, phiếu của cụm {}", dossier.place.name, dossier.votes()),
        };
        if let Some(question) = questions
            .iter_mut()
            .find(|q| q.award.as_deref() == Some(&dossier.award))
        {
            question.candidates.push(candidate);
            continue;
        }
        questions.push(Question {
            purpose: Purpose::Council,
            award: Some(dossier.award.clone()),
            title: format!("Tặng {}", awards.name(&dossier.award)),
            style: Style::EachYesNo,
            most: 0,
            seats: 0,
            candidates: vec![candidate],
        });
    }
    for question in &mut questions {
        let all = i32::try_from(question.candidates.len()).unwrap_or(i32::MAX);
        (question.most, question.seats) = (all, all);
    }
    questions
}
