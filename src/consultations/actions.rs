//! Opening a consultation, objecting, answering: one transaction each.

use serde_json::json;
use sqlx::PgConnection;

use super::{
    access,
    model::{AnswerInput, Comment, CommentInput, Listed, Opening, Window},
    queries,
};
use crate::{
    holidays,
    ids::{CommentId, ConsultationId},
    kit::{
        clock::{self, Moment},
        codes, database,
        error::{AppError, Result},
        journal::{self, Hand, Subject},
        mail::{self, Letter},
    },
    people::Actor,
};

/// As many open objections about one nomination are enough: the office is to answer them.
const MOST_WAITING: i64 = 200;

/// Lists nominations for objections from today on, until the last of so many working days.
pub async fn open(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: i32,
    opening: &Opening,
) -> Result<Window> {
    access::require_open(actor)?;
    let today = clock::day(now);
    let calendar = holidays::calendar(db).await?;
    let window = Window {
        id: ConsultationId::new(),
        year,
        days: opening.days,
        opens_on: today,
        closes_on: calendar.after(today, opening.days.unsigned_abs()),
    };
    queries::insert(db, &window, actor.id, now).await?;
    let listed = queries::list(db, window.id, &opening.nominations).await?;
    if listed != opening.nominations.len() as u64 {
        return Err(AppError::conflict(
            "Có đề nghị vừa được người khác đưa ra lấy ý kiến. Chưa có gì được ghi; xin mở lại trang.",
        ));
    }
    let subject = Subject::new("consultations", window.id);
    let after = json!({"year": year, "days": window.days, "from": window.opens_on, "to": window.closes_on,
        "nominations": opening.nominations.len()});
    journal::write(db, now, &actor.hand(), "consultation.open", subject, (), after).await?;
    Ok(window)
}

/// Takes an objection from anybody; answers the code with which its answer is found. The journal tells that one came, not whose.
pub async fn object(
    db: &mut PgConnection,
    now: Moment,
    listed: &Listed,
    window: &Window,
    input: &CommentInput,
) -> Result<String> {
    if !window.is_open(now) {
        return Err(AppError::Conflict(format!(
            "Đã hết thời gian lấy ý kiến (đến hết ngày {}).",
            clock::date_text(window.closes_on)
        )));
    }
    // One objection after the other is counted.
    database::take_turns(db, &format!("objections {}", listed.nomination_id)).await?;
    if queries::waiting(db, listed.nomination_id).await? >= MOST_WAITING {
        return Err(AppError::conflict(
            "Đã có rất nhiều ý kiến về trường hợp này đang chờ trả lời. Xin gửi văn bản đến Thường trực Hội đồng Thi đua - Khen thưởng.",
        ));
    }
    let code = codes::fresh();
    let id = queries::insert_comment(db, listed.nomination_id, &code, input, now).await?;
    let hand = Hand {
        person: None,
        name: "Người góp ý".to_owned(),
    };
    let after = json!({"award": listed.award, "unit": listed.unit_id});
    journal::write(
        db,
        now,
        &hand,
        "consultation.object",
        about(id, listed.unit_id.0),
        (),
        after,
    )
    .await?;
    Ok(code)
}

/// Answers an objection, once; who left an address gets a letter.
pub async fn answer(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    comment: &Comment,
    input: &AnswerInput,
) -> Result<()> {
    access::require_answer(actor, comment)?;
    if !queries::answer(db, comment.id, input, actor.id, now).await? {
        return Err(AppError::conflict("Ý kiến này đã được trả lời."));
    }
    let letter = Letter {
        to: comment.email.clone(),
        subject: "Trả lời ý kiến về đề nghị khen thưởng".to_owned(),
        body: format!(
            "Kính gửi {},\n\nThường trực Hội đồng Thi đua - Khen thưởng Liên hiệp Hội Việt Nam trả lời ý kiến của ông (bà) về đề nghị tặng {} cho {}: {}.\n\n{}\n",
            comment.name,
            comment.award,
            comment.unit,
            input.finding.label(),
            input.answer
        ),
    };
    mail::queue(db, now, &letter).await?;
    let after = json!({"unit": comment.unit_id, "result": input.finding.label(), "answer": input.answer});
    let subject = about(comment.id, comment.unit_id.0);
    journal::write(db, now, &actor.hand(), "consultation.answer", subject, (), after).await
}

fn about(id: CommentId, unit: uuid::Uuid) -> Subject {
    Subject {
        unit: Some(unit),
        ..Subject::new("consultation_comments", id)
    }
}
