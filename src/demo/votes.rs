//! The ballots of a conference: prepared, voted on beforehand by absent units, voted on in the hall, counted.
//!
//! The files tell how many votes a candidate got, not who cast them: the papers are made out of these numbers and dealt to the
//! units by chance.

use anyhow::{Context, ensure};
use chrono::Duration;
use rand::seq::SliceRandom;
use sqlx::PgConnection;

use super::{
    Act as Any,
    means::Means,
    meeting_shapes::{Ballot as Shape, Candidate as CandidateShape, Meeting, Vote},
    shapes,
    timeline::Timeline,
};
use crate::{
    ballots::{
        self, AbsentRule, Answer, Ballot, Candidate, Choices, Committee, Placed, Plan, Preset, Style, Token,
    },
    hall::Hall,
    kit::clock::Moment,
    people::Actor,
    years::{self, Year},
};

/// How long the form of a new ballot is filled in.
const WRITING: Duration = Duration::minutes(5);

/// For whom a paper is: question by question, candidate by candidate.
type Paper = Vec<Vec<bool>>;

/// An act on the ballot at a place.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    meeting: &'a Meeting,
    means: &'a Means<'a>,
    place: usize,
    what: What<'a>,
}

enum What<'a> {
    Propose(&'a str),
    Save(&'a Vote),
    OpenAdvance,
    Cast(&'a str, Paper),
    Open,
    Close,
    Count(&'a Vote),
    Sign,
}

/// The acts on all ballots of the year's conference.
pub fn plan<'a>(year: &'a shapes::ClusterYear, means: &'a Means<'a>, timeline: &mut Timeline<'a>) {
    let Some(meeting) = &year.meeting else { return };
    for (
        place,
        Shape {
            preset,
            prepared_at,
            vote,
        },
    ) in meeting.ballots.iter().enumerate()
    {
        let mut add = |at: Moment, what| {
            let act = Act {
                year,
                meeting,
                means,
                place,
                what,
            };
            timeline.add(at, Any::Vote(act));
        };
        add(*prepared_at, What::Propose(preset));
        let Some(vote) = vote else { continue };
        add(*prepared_at + WRITING, What::Save(vote));
        add(vote.advance_at, What::OpenAdvance);
        add(vote.opened_at, What::Open);
        for (delegation, paper) in meeting
            .delegations
            .iter()
            .zip(papers(vote, meeting.delegations.len()))
        {
            let at = if delegation.absence.is_empty() {
                vote.cast_at
            } else {
                vote.advance_cast_at
            };
            add(at, What::Cast(&delegation.unit, paper));
        }
        add(vote.closed_at, What::Close);
        add(vote.counted_at, What::Count(vote));
        add(vote.signed_at, What::Sign);
    }
}

/// So many papers that add up to the votes, in random order. Dealt one after the other, papers differ by one vote at
/// most, so that none chooses more than it may where the votes themselves aren't too many.
fn papers(vote: &Vote, number: usize) -> Vec<Paper> {
    let empty: Paper = vote
        .questions
        .iter()
        .map(|question| vec![false; question.len()])
        .collect();
    let mut papers = vec![empty; number];
    for (i, question) in vote.questions.iter().enumerate() {
        let mut next = 0;
        for (j, candidate) in question.iter().enumerate() {
            for _ in 0..candidate.votes_for.min(number) {
                papers[next % number][i][j] = true;
                next += 1;
            }
        }
    }
    papers.shuffle(&mut rand::rng());
    papers
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!(
            "{} {}, ballot {}",
            self.year.cluster,
            self.year.year,
            self.place + 1
        );
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, &self.meeting.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        let hall = Hall::of(db, &actor, year, &self.meeting.kind).await?;
        let vault = self.means.vault;
        if let What::Propose(preset) = self.what {
            let preset = Preset::from_code(preset).context("a usual ballot")?;
            let id = ballots::propose(db, at, &actor, &hall.year, &hall.conference, preset).await?;
            self.means.remember(id);
            return Ok(());
        }
        let ballot = hall.ballots.get(self.place).context("not prepared")?;
        let seen = ballot.version;
        let electorate = || ballots::electorate(&hall.attendance, &ballot.plan.rule.absent);
        match self.what {
            What::Propose(_) => {}
            What::Save(vote) => {
                let plan = filled_in(db, at, &actor, &hall.year, ballot, vote).await?;
                ballots::save(db, at, &actor, ballot, seen, &plan).await?;
            }
            What::OpenAdvance => {
                ballots::open_advance(db, at, &actor, ballot, seen, &electorate(), vault).await?;
            }
            What::Cast(unit, paper) => {
                let units = &hall.attendance.units;
                let unit = units.iter().find(|u| u.slug == unit).context("no such member")?;
                let delegate = unit.delegate.as_ref().context("nobody votes for it")?;
                let choices = choices(&ballot.plan, &paper);
                let card = &delegate.card_hash;
                ballots::cast_only(db, at, ballot.id, card, &Token::new(), &choices).await?;
            }
            What::Open => ballots::open(db, at, &actor, ballot, seen, &electorate(), vault).await?,
            What::Close => ballots::close_only(db, vault, at, &actor, ballot, seen).await?,
            What::Count(vote) => {
                let committee = Committee {
                    head: vote.committee.head.clone(),
                    secretary: vote.committee.secretary.clone(),
                    members: vote.committee.members.clone(),
                };
                ballots::count(db, at, &actor, ballot, seen, &committee).await?;
            }
            What::Sign => ballots::sign(db, at, &actor, ballot, seen, "").await?,
        }
        Ok(())
    }
}

/// The ballot as the secretariat fills it in.
async fn filled_in(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: &Year,
    ballot: &Ballot,
    vote: &Vote,
) -> anyhow::Result<Plan> {
    let standing = ballots::standing(db, actor, year, at).await?;
    let mut plan = ballot.plan.clone();
    ensure!(plan.questions.len() == vote.questions.len(), "other questions");
    for (question, shapes) in plan.questions.iter_mut().zip(&vote.questions) {
        question.style = if vote.each_yes_no {
            Style::EachYesNo
        } else {
            Style::Choose
        };
        question.candidates = shapes
            .iter()
            .map(|shape| candidate(year, &standing, shape))
            .collect::<anyhow::Result<_>>()?;
    }
    plan.rule.absent = AbsentRule::MayVoteBefore {
        until: vote.advance_until,
    };
    Ok(plan)
}

fn candidate(year: &Year, standing: &[Placed], shape: &CandidateShape) -> anyhow::Result<Candidate> {
    let member = year.member(&shape.unit).with_context(|| shape.unit.clone())?;
    let placed = standing.iter().find(|placed| placed.unit_id == member.unit_id);
    let by_points = placed.map(|placed| placed.words.clone()).unwrap_or_default();
    Ok(Candidate {
        name: member.short_name.clone(),
        unit_id: Some(member.unit_id),
        nomination_id: None,
        score: placed.map(|placed| placed.points),
        origin: if shape.reason.is_empty() {
            by_points
        } else {
            ballots::from_the_floor(&shape.reason)
        },
    })
}

/// The paper as it is filled in.
fn choices(plan: &Plan, paper: &Paper) -> Choices {
    let answer = |(question, marks): (&ballots::Question, &Vec<bool>)| match question.style {
        Style::Choose => Answer::Chosen((0..marks.len()).filter(|place| marks[*place]).collect()),
        Style::EachYesNo => Answer::Marks(marks.iter().map(|is_for| Some(*is_for)).collect()),
    };
    Choices(plan.questions.iter().zip(paper).map(answer).collect())
}
