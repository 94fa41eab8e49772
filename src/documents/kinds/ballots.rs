//! The paper on which a conference votes.

use sqlx::PgConnection;

use super::{
    Desk, Prepared, Signed, Text,
    blocks::{grid, titled},
    signer,
};
use crate::{
    ballots::{self, Ballot, Plan, Question, Style},
    conferences::{self, Conference, FormOfVote},
    ids::BallotId,
    kit::{
        documents::model::{Align, Block, Rich},
        error::{AppError, Result},
    },
    years::{self, Year},
};

/// The ballot that the key names, with its year and conference, if this person may know it.
pub(super) async fn open(db: &mut PgConnection, desk: &Desk<'_>) -> Result<(Year, Conference, Ballot)> {
    let id: BallotId = desk.about.parse().map_err(|_| AppError::NotFound)?;
    let ballot = ballots::find(db, id).await?;
    let conference = ballot.conference_id.ok_or(AppError::NotFound)?;
    let (year, conference) = conferences::by_id(db, conference).await?;
    let may_know = years::access::sees(desk.actor, &year)
        && years::access::is_concerned(desk.actor, &year)
        && ballots::access::sees(desk.actor, &ballot);
    if may_know {
        Ok((year, conference, ballot))
    } else {
        Err(AppError::NotFound)
    }
}

/// Phiếu suy tôn, phiếu bầu, phiếu biểu quyết: printed, not issued; nobody signs a secret one.
pub(super) async fn paper(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let (year, conference, ballot) = open(db, desk).await?;
    if !ballots::access::counts(desk.actor, &ballot) {
        return Err(AppError::NotFound);
    }
    let plan = ballot.plan.clone();
    if !plan.has_candidates() {
        return Err(AppError::conflict(
            "Phiếu chưa có nội dung nào nên chưa có gì để in. Hãy soạn phiếu trước.",
        ));
    }
    let meeting = conference.title(&year);
    let mut prepared = desk
        .of_cluster(db, &year, move |_| Text {
            signed: if plan.form == FormOfVote::Secret {
                Signed::ByNobody
            } else {
                Signed::ByOne
            },
            is_closed: false,
            ..Text::of(paper_body(&plan, &meeting))
        })
        .await?;
    let heading = ballots::heading(&ballot.plan);
    heading.clone_into(&mut prepared.title_word);
    let offered = &mut prepared.offered;
    offered.subject = subject_of(heading, &ballot.plan.title);
    offered.symbol = String::new();
    offered.place = String::new();
    offered.recipients = String::new();
    offered.signers = if ballot.is_secret() {
        Vec::new()
    } else {
        vec![signer("NGƯỜI BIỂU QUYẾT", "")]
    };
    prepared.sent_to = Vec::new();
    prepared.is_open_to_readers = true;
    prepared.back = (ballots::path(&year, &ballot), ballot.plan.title);
    Ok(prepared)
}

/// The title of the ballot without the words that stand above it already.
fn subject_of(heading: &str, title: &str) -> String {
    let act = heading.trim_start_matches("Phiếu ");
    let rest = title
        .strip_prefix(crate::kit::text::capital(act).as_str())
        .map(str::trim_start)
        .filter(|rest| !rest.is_empty());
    rest.map_or_else(|| title.to_owned(), crate::kit::text::capital)
}

fn paper_body(plan: &Plan, meeting: &str) -> Vec<Block> {
    let mut body = vec![Block::Centred(Rich::default().italic(format!("({meeting})")))];
    let several = plan.questions.len() > 1;
    for (at, question) in plan.questions.iter().enumerate() {
        if several {
            body.push(titled(at + 1, &question.title));
        } else if question.title != plan.title {
            body.push(Block::Paragraph(
                Rich::default().bold(format!("{}.", question.title)),
            ));
        }
        body.push(Block::Paragraph(ballots::question_in_words(question).into()));
        body.push(boxes(question));
    }
    body.push(Block::Paragraph(
        Rich::default().bold("Cách ghi phiếu và phiếu hợp lệ:"),
    ));
    body.extend(
        ballots::validity(plan)
            .into_iter()
            .map(|line| Block::Dash(line.into())),
    );
    body
}

/// The list with a box, or two, to mark.
fn boxes(question: &Question) -> Block {
    let what = if question.candidates.len() > 1 {
        "Danh sách"
    } else {
        "Nội dung"
    };
    let rows = |boxes: usize| {
        question
            .candidates
            .iter()
            .enumerate()
            .map(move |(at, candidate)| {
                let mut cells = vec![(at + 1).to_string(), candidate.name.clone()];
                cells.resize(2 + boxes, String::new());
                cells
            })
    };
    let first = [("TT", 1, Align::Centre), (what, 9, Align::Left)];
    match question.style {
        Style::Choose => grid(&[&first[..], &[("Chọn", 3, Align::Centre)]].concat(), rows(1)),
        Style::EachYesNo => {
            let both = [("Đồng ý", 3, Align::Centre), ("Không đồng ý", 3, Align::Centre)];
            grid(&[&first[..], &both].concat(), rows(2))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_says_suy_ton_once() {
        assert_eq!(
            subject_of("Phiếu suy tôn", "Suy tôn đơn vị đề nghị tặng Cờ"),
            "Đơn vị đề nghị tặng Cờ"
        );
        assert_eq!(subject_of("Phiếu bầu", "Bầu cụm trưởng"), "Cụm trưởng");
        assert_eq!(subject_of("Phiếu suy tôn", "Suy tôn"), "Suy tôn");
        assert_eq!(
            subject_of("Phiếu biểu quyết", "Thông qua bảng điểm"),
            "Thông qua bảng điểm"
        );
    }
}
