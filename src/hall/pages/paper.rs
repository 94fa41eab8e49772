//! The paper on the phone: choose, look over, send, receipt. What was sent is never shown again.

use std::sync::Arc;

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    PaperPath,
    card::{self, CardHead, Holder, Opened, Refused},
    paper_view::{self, QuestionView, questions},
    phone::{Typed, field},
};
use crate::{
    ballots::{self, Ballot, Choices, Token, Voter},
    hall::scene::{form_in_words, share_in_words},
    ids::BallotId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        values::percent_text,
    },
    web::{Form, Origin, Visit, limit::Limit, page, page_with},
};

struct Slip {
    question: usize,
    message: String,
}

#[derive(Template)]
#[template(path = "hall/paper.html")]
struct PaperPage {
    card: CardHead,
    ballot: String,
    title: String,
    /// What is voted on and by what rule, in three lines.
    lines: Vec<String>,
    questions: Vec<QuestionView>,
    errors: Vec<Slip>,
    token: String,
}

#[derive(Template)]
#[template(path = "hall/check.html")]
struct CheckPage {
    card: CardHead,
    ballot: String,
    questions: Vec<QuestionView>,
    fields: Vec<(String, String)>,
    is_blank: bool,
    blank_counts: bool,
    token: String,
}

#[derive(Template)]
#[template(path = "hall/receipt.html")]
struct ReceiptPage {
    card: CardHead,
    title: String,
    receipt: String,
}

struct ResultLine {
    name: String,
    votes: i32,
    share: String,
    verdict: &'static str,
}

struct ResultQuestion {
    title: String,
    lines: Vec<ResultLine>,
}

struct PublishedLine {
    receipt: String,
    words: String,
}

#[derive(Template)]
#[template(path = "hall/counted.html")]
struct CountedPage {
    card: CardHead,
    title: String,
    questions: Vec<ResultQuestion>,
    papers: Vec<PublishedLine>,
}

pub(super) async fn open(path: PaperPath, visit: Visit, from: Origin, limit: Arc<Limit>) -> Result<Response> {
    step(
        &visit,
        &from,
        &limit,
        &path.code,
        false,
        path.ballot,
        &Typed::new(),
    )
    .await
}

pub(super) async fn act(
    path: PaperPath,
    visit: Visit,
    from: Origin,
    limit: Arc<Limit>,
    Form(fields): Form<Typed>,
) -> Result<Response> {
    step(&visit, &from, &limit, &path.code, false, path.ballot, &fields).await
}

/// One step with a paper; `buoc` says which: none opens it, `xem` looks it over, `sua` goes back, `gui` sends it.
pub(super) async fn step(
    visit: &Visit,
    from: &Origin,
    limit: &Limit,
    code: &str,
    is_kiosk: bool,
    ballot: BallotId,
    fields: &Typed,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = card::open(&mut db, visit, from, limit, code, is_kiosk).await?;
    let Opened::Known(holder) = opened else {
        return card::refuse(visit, &opened, is_kiosk);
    };
    let Holder {
        head, hash, ballots, ..
    } = *holder;
    let Some((ballot, voter)) = ballots.into_iter().find(|(b, _)| b.id == ballot) else {
        let text = "Thẻ này không có phiếu ấy. Quay về thẻ đại biểu để xem các phiếu đang mở.";
        return Refused::of(head, "Không có phiếu này", text).page(StatusCode::NOT_FOUND);
    };
    if ballot.state.has_result() && !is_kiosk {
        return counted(&mut db, head, &ballot).await;
    }
    // Nothing more is needed of this connection: the next statement that writes takes one of its own.
    drop(db);
    let token = Token::parse(field(fields, "token"));
    let buoc = field(fields, "buoc");
    // Who sends the same form again, because the answer was lost, is answered from what was kept.
    if let ("gui", Some(token)) = (buoc, &token) {
        return send(visit, head, &hash, &ballot, &voter, token, fields).await;
    }
    if let Some(refused) = refusal(&head, &ballot, &voter, visit) {
        return refused.page(StatusCode::CONFLICT);
    }
    let choices = paper_view::choices(&ballot.plan, fields);
    let token = token.unwrap_or_default();
    if buoc != "xem" {
        return page(&paper(
            head,
            &ballot,
            &voter,
            &choices,
            &FieldErrors::default(),
            &token,
        ));
    }
    let errors = choices.check(&ballot.plan, &voter.barred);
    if !errors.is_empty() {
        let view = paper(head, &ballot, &voter, &choices, &errors, &token);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    page(&CheckPage {
        ballot: ballot.id.to_string(),
        questions: questions(&ballot.plan, &voter.barred, &choices, &[]),
        fields: paper_view::fields(&choices),
        is_blank: choices.is_blank(),
        blank_counts: ballot.plan.rule.blank_is_valid,
        token: token.text(),
        card: head,
    })
}

async fn send(
    visit: &Visit,
    head: CardHead,
    hash: &[u8],
    ballot: &Ballot,
    voter: &Voter,
    token: &Token,
    fields: &Typed,
) -> Result<Response> {
    let choices = paper_view::choices(&ballot.plan, fields);
    let errors = choices.check(&ballot.plan, &voter.barred);
    if !errors.is_empty() {
        let view = paper(head, ballot, voter, &choices, &errors, token);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
    }
    match ballots::cast(&visit.app.pool, visit.now, ballot.id, hash, token, &choices).await {
        Ok(cast) => page(&ReceiptPage {
            card: head.that_returns(),
            title: ballot.plan.title.clone(),
            receipt: cast.receipt,
        }),
        Err(AppError::Conflict(why)) => {
            Refused::of(head, "Phiếu chưa được nhận", why).page(StatusCode::CONFLICT)
        }
        Err(error) => Err(error),
    }
}

fn refusal(head: &CardHead, ballot: &Ballot, voter: &Voter, visit: &Visit) -> Option<Refused> {
    if let Some(part) = voter.took_part {
        let title = match part {
            ballots::Part::Electronic => "Thẻ này đã bỏ phiếu",
            ballots::Part::Paper => "Thẻ này đã nhận phiếu giấy",
        };
        let text = "Mỗi thẻ một phiếu: không bỏ lại và không xem lại lựa chọn. Nếu không phải anh/chị đã bỏ, báo ngay cho tổ kiểm phiếu.";
        return Some(Refused::of(head.clone(), title, text));
    }
    let why = ballots::may_cast(ballot, voter, visit.now).err()?;
    let title = if ballot.state == ballots::State::Closed {
        "Đã đóng bỏ phiếu"
    } else {
        "Chưa bỏ phiếu được"
    };
    Some(Refused::of(head.clone(), title, why))
}

fn paper(
    card: CardHead,
    ballot: &Ballot,
    voter: &Voter,
    choices: &Choices,
    errors: &FieldErrors,
    token: &Token,
) -> PaperPage {
    let place = |field: &str| field.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let errors: Vec<Slip> = errors
        .iter()
        .map(|error| Slip {
            question: place(&error.field),
            message: error.message.clone(),
        })
        .collect();
    let wrong: Vec<usize> = errors.iter().map(|error| error.question).collect();
    PaperPage {
        ballot: ballot.id.to_string(),
        title: ballot.plan.title.clone(),
        lines: vec![
            format!("{}.", form_in_words(&ballot.plan)),
            format!("Đạt khi có {} đồng ý.", share_in_words(&ballot.plan)),
            if ballot.is_secret() {
                "Phiếu kín: máy chủ không giữ tên người bỏ phiếu cùng lựa chọn.".to_owned()
            } else {
                "Biểu quyết công khai: biên bản ghi số phiếu của từng lựa chọn.".to_owned()
            },
        ],
        questions: questions(&ballot.plan, &voter.barred, choices, &wrong),
        errors,
        token: token.text(),
        card,
    }
}

async fn counted(db: &mut PgConnection, card: CardHead, ballot: &Ballot) -> Result<Response> {
    let published = ballots::published(db, ballot).await?;
    let questions = ballot.result.iter().flat_map(|outcome| &outcome.questions);
    let line = |candidate: &ballots::CandidateOutcome| ResultLine {
        name: candidate.name.clone(),
        votes: candidate.votes_for,
        share: percent_text(candidate.share),
        verdict: candidate.verdict.label(),
    };
    page(&CountedPage {
        title: ballot.plan.title.clone(),
        questions: questions
            .map(|question| ResultQuestion {
                title: question.title.clone(),
                lines: question.candidates.iter().map(line).collect(),
            })
            .collect(),
        papers: published
            .papers
            .iter()
            .map(|paper| PublishedLine {
                receipt: paper.receipt.clone(),
                words: paper_view::in_words(&ballot.plan, &paper.choices),
            })
            .collect(),
        card,
    })
}
