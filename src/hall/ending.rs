//! What a conference comes to when it ends: the result out of attendance and counted ballots, or what still stands in the
//! way. Pure.

use crate::{
    ballots::{self, Ballot, FinalLine, Purpose, Verdict},
    conferences::{
        Attendance, Candidate, Conference, Content, FormOfVote, Kind, NamedUnit, VOTED_AWARDS,
        counting::Outcome, quota_of,
    },
    ids::UnitId,
    years::Year,
};

/// Something that must be done first, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub words: String,
    pub href: String,
}

/// How a conference would end now.
pub(super) struct Ending {
    /// The result of a closing one; none while something stands in the way.
    pub content: Option<Content>,
    pub obstacles: Vec<Obstacle>,
}

/// What ending the conference would make final.
pub(super) fn ending(
    year: &Year,
    conference: &Conference,
    attendance: &Attendance,
    ballots: &[Ballot],
) -> Ending {
    let lines = ballots::outcome_of(ballots);
    let mut obstacles = unfinished(year, ballots, &lines);
    if conference.kind != Kind::Closing {
        return Ending {
            content: None,
            obstacles,
        };
    }
    let path = conference.path(year);
    let mut missing = |words: &str| {
        obstacles.push(Obstacle {
            words: words.to_owned(),
            href: format!("{path}/dieu-hanh#bo-phieu"),
        });
    };
    if !attendance.has_quorum {
        missing(&format!("Chưa đủ đơn vị dự họp: {}.", attendance.working));
    }
    let awards: Vec<&FinalLine> = lines
        .iter()
        .filter(|line| line.purpose == Purpose::Award)
        .collect();
    if awards.is_empty() {
        missing("Chưa có phiếu suy tôn nào đã kiểm.");
    }
    for award in VOTED_AWARDS {
        let elected = awards
            .iter()
            .filter(|line| line.award.as_deref() == Some(award) && is_in(line))
            .count();
        let quota = usize::try_from(quota_of(year, award)).unwrap_or(0);
        if elected > quota {
            missing(&format!(
                "Suy tôn {elected} đơn vị, nhiều hơn {quota} suất của năm cho cùng một hình thức."
            ));
        }
    }
    let lead = elected(&lines, Purpose::Lead);
    let deputy = elected(&lines, Purpose::Deputy);
    for (who, found) in [("cụm trưởng", &lead), ("cụm phó", &deputy)] {
        if found.is_none() {
            missing(&format!("Chưa bầu được {who} năm {}.", year.year + 1));
        }
    }
    if lead.is_some() && lead == deputy {
        missing("Cụm trưởng và cụm phó năm sau phải là hai đơn vị khác nhau.");
    }
    let content = match (lead, deputy) {
        (Some(lead), Some(deputy)) if obstacles.is_empty() => Some(content(
            year, conference, attendance, ballots, &awards, lead, deputy,
        )),
        _ => None,
    };
    Ending { content, obstacles }
}

/// Ballots that are still going on, and places that are still equal.
fn unfinished(year: &Year, ballots: &[Ballot], lines: &[FinalLine]) -> Vec<Obstacle> {
    let going_on = ballots
        .iter()
        .filter(|b| {
            use ballots::State as S;
            matches!(b.state, S::Advance | S::Open | S::Closed)
        })
        .map(|b| Obstacle {
            words: format!("Phiếu “{}” {}.", b.plan.title, b.state.label()),
            href: ballots::path(year, b),
        });
    let mut tied: Vec<Obstacle> = Vec::new();
    for line in lines.iter().filter(|line| line.verdict == Verdict::Tied) {
        let found = Obstacle {
            words: format!("“{}” còn đơn vị bằng phiếu chưa xác định.", line.question),
            href: format!("{}/hoi-nghi/bo-phieu/{}", year.path(), line.ballot_id),
        };
        if !tied.contains(&found) {
            tied.push(found);
        }
    }
    going_on.chain(tied).collect()
}

fn is_in(line: &FinalLine) -> bool {
    line.verdict == Verdict::Elected
}

fn elected(lines: &[FinalLine], purpose: Purpose) -> Option<NamedUnit> {
    let line = lines
        .iter()
        .rev()
        .find(|line| line.purpose == purpose && is_in(line))?;
    named(line)
}

fn named(line: &FinalLine) -> Option<NamedUnit> {
    Some(NamedUnit {
        id: line.candidate.unit_id?,
        name: line.candidate.name.clone(),
    })
}

fn content(
    year: &Year,
    conference: &Conference,
    attendance: &Attendance,
    ballots: &[Ballot],
    awards: &[&FinalLine],
    next_lead: NamedUnit,
    next_deputy: NamedUnit,
) -> Content {
    let first = awards
        .first()
        .and_then(|line| ballots.iter().find(|b| b.id == line.ballot_id));
    let outcome = first.and_then(|b| b.result.as_ref());
    let turnout = outcome.map(|o| o.turnout).unwrap_or_default();
    let name_of = |unit: UnitId, known: &str| {
        year.member_of(unit)
            .map_or_else(|| known.to_owned(), |member| member.short_name.clone())
    };
    let full = |unit: NamedUnit| NamedUnit {
        name: name_of(unit.id, &unit.name),
        id: unit.id,
    };
    let mut candidates: Vec<Candidate> = awards
        .iter()
        .filter_map(|line| {
            Some(Candidate {
                unit: full(named(line)?),
                award: line.award.clone()?,
                votes_for: line.votes_for,
                votes_of: Some(line.base),
                order: None,
                outcome: match line.verdict {
                    Verdict::Elected => Outcome::Acclaimed,
                    Verdict::OverQuota => Outcome::OverQuota,
                    Verdict::BelowThreshold | Verdict::Tied => Outcome::BelowThreshold,
                },
                working: line.working.clone(),
            })
        })
        .collect();
    let place = |award: &str| VOTED_AWARDS.iter().position(|known| *known == award);
    candidates.sort_by_key(|c| {
        (
            place(&c.award),
            c.outcome != Outcome::Acclaimed,
            std::cmp::Reverse(c.votes_for),
        )
    });
    Content {
        held_on: conference.day_of_members(year),
        place: conference.plan.place.clone(),
        title: conference.title(year),
        chairs: conference.plan.chairs.clone(),
        form_of_vote: first.map_or(FormOfVote::Secret, |b| b.plan.form),
        units_total: attendance.total,
        present: attendance.present_units(),
        absent: attendance.absent_units(),
        issued: turnout.issued,
        collected: turnout.collected,
        valid: outcome
            .and_then(|o| o.questions.first())
            .map_or(0, |question| question.valid),
        quorum_working: attendance.working.clone(),
        base: awards.first().map_or(0, |line| line.base),
        candidates,
        tie_note: ties(ballots),
        next_lead: full(next_lead),
        next_deputy: full(next_deputy),
        note: conference.plan.conclusion.clone(),
        rules: year.rules.clone(),
    }
}

/// How equal votes were settled, in the words of the ladder.
fn ties(ballots: &[Ballot]) -> String {
    let ladders = ballots
        .iter()
        .filter_map(|b| b.result.as_ref())
        .flat_map(|outcome| &outcome.questions);
    let said: Vec<String> = ladders
        .flat_map(|question| {
            question
                .ladder
                .iter()
                .map(|step| format!("{}: {}", question.title, step.said))
        })
        .chain(
            ballots
                .iter()
                .filter_map(|b| b.settlement.as_ref())
                .map(|s| format!("Ý kiến LHHVN: {}", s.reason)),
        )
        .collect();
    said.join("\n")
}
