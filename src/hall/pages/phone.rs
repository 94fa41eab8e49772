//! The delegate's own page: whose card it is, whether the delegate is here, which ballots wait.

use std::sync::Arc;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    AttendPath, CardPath, CodePath,
    card::{self, CardHead, Holder, Opened, Refused, Seat},
    paper,
};
use crate::{
    ballots::{self, Ballot, Part, Voter},
    conferences, council,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
    },
    web::{Form, Origin, Visit, limit::Limit, page, page_with},
};

/// How the page was asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ban: String,
}

/// What was typed; from the tablet also everything that comes after.
pub(super) type Typed = Vec<(String, String)>;

/// The last value of a field.
pub(super) fn field<'a>(fields: &'a Typed, name: &str) -> &'a str {
    let found = fields.iter().rev().find(|(field, _)| field == name);
    found.map_or("", |(_, value)| value.as_str())
}

#[derive(Template)]
#[template(path = "hall/code.html")]
struct CodePage {
    card: CardHead,
    typed: String,
    error: String,
}

/// Whether the delegate can say to be here.
enum Attendance {
    MaySay,
    /// Said at this time.
    Said(String),
    NotYet,
    Over,
}

/// What a card can do in a ballot now.
enum Stand {
    MayCast,
    Cast,
    OnPaper,
    NotYet(String),
    Closed,
    Counted,
}

struct BallotLine {
    id: String,
    title: String,
    stand: Stand,
}

#[derive(Template)]
#[template(path = "hall/card.html")]
struct CardPage {
    card: CardHead,
    message: String,
    attendance: Attendance,
    ballots: Vec<BallotLine>,
}

pub(super) async fn form(_: CodePath, Query(asked): Query<Asked>, visit: Visit) -> Result<Response> {
    page(&CodePage {
        card: CardHead::blank(&visit, asked.ban == "1"),
        typed: String::new(),
        error: String::new(),
    })
}

/// A typed code leads to the card's page. From the tablet every step comes here, the code in the form.
pub(super) async fn enter(
    _: CodePath,
    visit: Visit,
    from: Origin,
    limit: Arc<Limit>,
    Form(fields): Form<Typed>,
) -> Result<Response> {
    let is_kiosk = field(&fields, "ban") == "1";
    let code = field(&fields, "code").to_owned();
    let step = field(&fields, "phieu").to_owned();
    if let (true, Ok(ballot)) = (is_kiosk, step.parse()) {
        return paper::step(&visit, &from, &limit, &code, is_kiosk, ballot, &fields).await;
    }
    if is_kiosk && step == "co-mat" {
        return say_here(&visit, &from, &limit, &code, is_kiosk).await;
    }
    let opened = card::open(&mut *visit.db().await?, &visit, &from, &limit, &code, is_kiosk).await?;
    match opened {
        Opened::Known(holder) if is_kiosk => page(&view(*holder, visit.now, String::new())),
        Opened::Known(holder) => Ok(Redirect::to(&holder.head.link("")).into_response()),
        Opened::Unknown => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &CodePage {
                card: CardHead::blank(&visit, is_kiosk),
                typed: field(&fields, "code").chars().take(20).collect(),
                error:
                    "Mã này không có trên thẻ nào. Mã gồm 8 chữ và số, không có chữ O, chữ I, số 0 và số 1."
                        .to_owned(),
            },
        ),
        Opened::TooMany => card::refuse(&visit, &opened, is_kiosk),
    }
}

pub(super) async fn show(path: CardPath, visit: Visit, from: Origin, limit: Arc<Limit>) -> Result<Response> {
    let opened = card::open(&mut *visit.db().await?, &visit, &from, &limit, &path.code, false).await?;
    match opened {
        Opened::Known(holder) => page(&view(*holder, visit.now, String::new())),
        _ => card::refuse(&visit, &opened, false),
    }
}

pub(super) async fn attend(
    path: AttendPath,
    visit: Visit,
    from: Origin,
    limit: Arc<Limit>,
) -> Result<Response> {
    say_here(&visit, &from, &limit, &path.code, false).await
}

async fn say_here(
    visit: &Visit,
    from: &Origin,
    limit: &Limit,
    code: &str,
    is_kiosk: bool,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = card::open(&mut tx, visit, from, limit, code, is_kiosk).await?;
    let Opened::Known(holder) = opened else {
        return card::refuse(visit, &opened, is_kiosk);
    };
    let head = holder.head.clone();
    let said = match holder.seat {
        Seat::Delegate(_) => conferences::attend_by_card(&mut tx, visit.now, &holder.hash)
            .await
            .map(|_| ()),
        Seat::Member(_) => council::attend_by_card(&mut tx, visit.now, &holder.hash)
            .await
            .map(|_| ()),
    };
    match said {
        Ok(()) => {}
        Err(AppError::Conflict(why)) => {
            return Refused::of(head, "Chưa điểm danh được", why).page(StatusCode::CONFLICT);
        }
        Err(error) => return Err(error),
    }
    tx.commit().await?;
    if !is_kiosk {
        return Ok(Redirect::to(&head.link("")).into_response());
    }
    match card::open(&mut *visit.db().await?, visit, from, limit, code, is_kiosk).await? {
        Opened::Known(holder) => page(&view(*holder, visit.now, "Đã điểm danh có mặt.".to_owned())),
        other => card::refuse(visit, &other, is_kiosk),
    }
}

fn view(holder: Holder, now: Moment, message: String) -> CardPage {
    let attendance = attendance(&holder, now);
    let lines = holder.ballots.iter().map(|(ballot, voter)| BallotLine {
        id: ballot.id.to_string(),
        title: ballot.plan.title.clone(),
        stand: stand(ballot, voter, now),
    });
    CardPage {
        attendance,
        message,
        ballots: lines.collect(),
        card: holder.head,
    }
}

fn attendance(holder: &Holder, now: Moment) -> Attendance {
    let (attended_at, is_over, may_say) = match &holder.seat {
        Seat::Delegate(held) => {
            let (delegate, conference) = &**held;
            let may_say = conferences::may_attend_by_card(conference, now);
            (delegate.attended_at, conference.state.is_over(), may_say)
        }
        Seat::Member(held) => {
            let (member, sitting) = &**held;
            let may_say = council::may_attend_by_card(sitting, now);
            (member.attended_at, sitting.state.is_over(), may_say)
        }
    };
    match attended_at {
        Some(at) => Attendance::Said(clock::time_text(at)),
        None if is_over => Attendance::Over,
        None if may_say => Attendance::MaySay,
        None => Attendance::NotYet,
    }
}

fn stand(ballot: &Ballot, voter: &Voter, now: Moment) -> Stand {
    use ballots::State as S;
    match (ballot.state, voter.took_part) {
        (S::Counted | S::Signed, _) => Stand::Counted,
        (_, Some(Part::Electronic)) => Stand::Cast,
        (_, Some(Part::Paper)) => Stand::OnPaper,
        (S::Closed, None) => Stand::Closed,
        (_, None) => match ballots::may_cast(ballot, voter, now) {
            Ok(()) => Stand::MayCast,
            Err(why) => Stand::NotYet(why),
        },
    }
}
