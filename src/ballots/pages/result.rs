//! The result: votes with their working, the ladder step by step, the papers with their receipts; and the file with which
//! anybody counts again.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    super::{
        access,
        forms::{ReasonForm, SettlementForm},
        listing,
        model::{
            Answer, Ballot, CandidateOutcome, LadderStep, Outcome, Plan, Published, PublishedPaper, Question,
            QuestionOutcome, Style, TieStep, Verdict,
        },
        queries, rounds, wording,
        workflow::Action,
    },
    AtBallot, Opened, open,
    scans::Scans,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        values::percent_text,
    },
    web::{Visit, filters, page, page_with, shell::Shell},
};

#[derive(Template)]
#[template(path = "ballots/result.html")]
pub(super) struct ResultPage {
    shell: Shell,
    opened: Opened,
    outcome: Outcome,
    published: Published,
    scans: Scans,
    may_sign: bool,
    may_follow: bool,
    may_settle: bool,
    may_round: bool,
    pub reason: ReasonForm,
    pub settlement: SettlementForm,
    pub errors: FieldErrors,
}

impl ResultPage {
    pub async fn new(db: &mut sqlx::PgConnection, visit: &Visit, opened: Opened) -> Result<Self> {
        let (actor, ballot) = (visit.actor()?, &opened.ballot);
        let outcome = ballot
            .result
            .clone()
            .filter(|_| ballot.state.has_result())
            .ok_or(AppError::NotFound)?;
        let is_free = opened.child().is_none() && access::holds(actor, ballot) && ballot.year_is_open;
        let version = ballot.version;
        Ok(Self {
            shell: opened.shell(visit),
            published: queries::published(db, ballot).await?,
            scans: Scans::of(db, visit, &opened).await?,
            may_sign: access::offers(actor, Action::Sign, ballot)
                && (opened.child().is_some() || !listing::is_open_question(ballot)),
            may_follow: is_free && !opened.house.is_over(),
            may_round: is_free && ballot.settlement.is_none() && rounds::second_round_plan(ballot).is_some(),
            may_settle: access::offers(actor, Action::Settle, ballot)
                && ballot.settlement.is_none()
                && opened.child().is_none()
                && outcome.questions.iter().any(waits_for_vusta),
            reason: ReasonForm {
                version,
                reason: String::new(),
            },
            settlement: SettlementForm {
                version,
                ..SettlementForm::default()
            },
            errors: FieldErrors::default(),
            outcome,
            opened,
        })
    }

    /// The same page with what was wrong in one of its forms.
    pub fn wrong(self) -> Result<Response> {
        page_with(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }

    fn ballot(&self) -> &Ballot {
        &self.opened.ballot
    }

    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn is_wrong(&self, question: &usize) -> bool {
        self.errors.of(&format!("elected-{question}")).is_some()
    }

    fn rule(&self) -> Vec<(&'static str, String)> {
        wording::rule_in_words(self.plan())
    }

    fn share(candidate: &CandidateOutcome) -> String {
        percent_text(candidate.share)
    }

    fn asks_against(question: &Question) -> bool {
        question.style == Style::EachYesNo
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn origin(question: &Question, place: &usize) -> String {
        question
            .candidates
            .get(*place)
            .map(|c| c.origin.clone())
            .unwrap_or_default()
    }

    /// The verdict after VUSTA's answer.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn verdict(&self, question: &usize, place: &usize) -> Verdict {
        let counted = self.outcome.questions[*question].candidates[*place].verdict;
        let settled = self
            .ballot()
            .settlement
            .as_ref()
            .and_then(|s| s.elected.get(*question));
        match settled.filter(|elected| counted == Verdict::Tied && !elected.is_empty()) {
            Some(elected) if elected.contains(place) => Verdict::Elected,
            Some(_) => Verdict::OverQuota,
            None => counted,
        }
    }

    fn step(step: &LadderStep) -> String {
        wording::capital(step.step.label())
    }

    fn is_awaited(&self, step: &LadderStep) -> bool {
        step.is_pending && self.ballot().settlement.is_none() && self.opened.child().is_none()
    }

    /// What a paper says on a question: the names it is for; where that was asked, those it is against.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn said(&self, paper: &PublishedPaper, question: &usize) -> String {
        let (Some(answer), Some(question)) = (
            paper.choices.0.get(*question),
            self.plan().questions.get(*question),
        ) else {
            return String::new();
        };
        said(answer, question)
    }
}

/// Whether the ladder has ended at VUSTA.
fn waits_for_vusta(question: &QuestionOutcome) -> bool {
    let last = question.ladder.last();
    question.tie.is_some() && last.is_none_or(|step| step.step != TieStep::SecondRound)
}

fn said(answer: &Answer, question: &Question) -> String {
    if answer.is_blank() {
        return "phiếu trắng".to_owned();
    }
    let names = |wanted: bool| -> Vec<&str> {
        let marked = question.candidates.iter().enumerate();
        marked
            .filter(|(place, _)| answer.of(*place) == Some(wanted))
            .map(|(_, candidate)| candidate.name.as_str())
            .collect()
    };
    let (agreed, refused) = (names(true), names(false));
    match question.style {
        Style::Choose => agreed.join(", "),
        Style::EachYesNo if question.candidates.len() == 1 => if refused.is_empty() {
            "đồng ý"
        } else {
            "không đồng ý"
        }
        .to_owned(),
        Style::EachYesNo => [("đồng ý: ", agreed), ("không đồng ý: ", refused)]
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(word, names)| format!("{word}{}", names.join(", ")))
            .collect::<Vec<_>>()
            .join("; "),
    }
}

pub(super) async fn show<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    page(&ResultPage::new(&mut db, &visit, opened).await?)
}

pub(super) async fn download<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    if !opened.ballot.state.has_result() {
        return Err(AppError::NotFound);
    }
    let published = queries::published(&mut db, &opened.ballot).await?;
    let name = format!(
        "phieu-{}-{}.json",
        opened.house.file_name(),
        opened.ballot.position
    );
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, serde_json::to_vec_pretty(&published)?).into_response())
}
