//! The minutes of a conference.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    Desk, Prepared, Signed, Text,
    blocks::{dashes, grid, numbered, titled},
    conclusions::elected,
    counts::{count_blocks, halves},
    paragraphs, signer,
};
use crate::{
    awards::{self, Awards},
    conferences::{self, Content},
    hall::{Hall, Minutes},
    kit::{
        documents::model::{Align, Block},
        error::{AppError, Result},
        values::percent_text,
    },
};

/// Biên bản hội nghị (Decree 30, form 1.9): out of what was recorded in the hall; once signed, as it was signed.
pub(super) async fn minutes(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let (year, meeting) = desk.year(db).await?;
    let hall = Hall::of(db, desk.actor, year, &meeting).await?;
    if hall.conference.state.is_over() && !hall.conference.was_held_here() {
        return Err(AppError::conflict(
            "Kết quả hội nghị này được ghi theo biên bản giấy; biên bản là bản giấy đã ký, đính kèm ở trang hội nghị.",
        ));
    }
    if !hall.conference.was_held_here() && conferences::access::sees_draft(desk.actor, &hall.conference) {
        return Err(AppError::conflict(
            "Hội nghị chưa khai mạc nên chưa có gì để in. Hãy khai mạc ở trang điều hành hội nghị trước.",
        ));
    }
    hall.require_minutes(desk.actor).map_err(|_| AppError::NotFound)?;
    let minutes = hall.minutes(db).await?;
    let awards = awards::all(db).await?;
    let content = hall.conference.content.clone();
    let (year, conference) = (&hall.year, &hall.conference);
    let signers = [
        signer("THƯ KÝ", &minutes.secretary),
        signer("CHỦ TỌA", &minutes.chairs),
    ];
    let subject = minutes.title.clone();
    let mut prepared = desk
        .of_cluster(db, year, move |_| Text {
            signed: Signed::AsMinutes,
            ..Text::of(minutes_body(&minutes, content.as_ref(), &awards))
        })
        .await?;
    prepared.offered.subject = subject;
    prepared.offered.place = String::new();
    prepared.offered.signers = signers.to_vec();
    prepared.is_open_to_readers = true;
    prepared.sent_to.push(None);
    prepared.back = (hall.path_to("bien-ban"), "Biên bản hội nghị".to_owned());
    if conference.minutes.is_none() {
        prepared.hindrance = Some(
            "Nội dung biên bản còn thay đổi. Thư ký và chủ tọa ký, cụm trưởng ghi “đã ký” ở trang biên bản, rồi mới ban hành."
                .to_owned(),
        );
    }
    Ok(prepared)
}

fn minutes_body(minutes: &Minutes, content: Option<&Content>, awards: &Awards) -> Vec<Block> {
    let mut body = Vec::new();
    said(&mut body, "Thời gian bắt đầu", &minutes.began);
    said(&mut body, "Địa điểm", &minutes.place);
    let mut parts: Vec<(&str, Vec<Block>)> = vec![
        ("THÀNH PHẦN THAM DỰ", attendance(minutes)),
        ("NỘI DUNG", agenda(minutes)),
        ("BIỂU QUYẾT, BỎ PHIẾU", votes(minutes)),
    ];
    if let Some(content) = content {
        parts.push((
            "KẾT QUẢ SUY TÔN, BẦU CỤM TRƯỞNG",
            outcome(content, &minutes.cluster, minutes.year, awards),
        ));
    }
    if !minutes.conclusion.is_empty() {
        parts.push(("KẾT LUẬN", paragraphs(&minutes.conclusion)));
    }
    body.extend(numbered(parts));
    body.push(Block::Paragraph(
        format!(
            "Biên bản lập theo nhật ký điện tử của hội nghị đến dòng {}; mã băm của nhật ký:\n{}",
            minutes.journal_line,
            halves(&minutes.journal_hash)
        )
        .into(),
    ));
    let end = if minutes.ended.is_empty() {
        "Hội nghị đang họp.".to_owned()
    } else {
        format!(
            "Hội nghị kết thúc lúc {}. Biên bản đã được đọc lại cho mọi người dự họp nghe và nhất trí.",
            minutes.ended
        )
    };
    body.push(Block::Paragraph(end.into()));
    body
}

/// `Địa điểm: TP. Sơn La.`; nothing where nothing is known.
fn said(body: &mut Vec<Block>, what: &str, value: &str) {
    if !value.is_empty() {
        body.push(Block::Paragraph(
            format!("{what}: {}.", value.trim_end_matches('.')).into(),
        ));
    }
}

fn attendance(minutes: &Minutes) -> Vec<Block> {
    let total = minutes.present.len() + minutes.absent.len();
    let mut blocks = vec![titled(
        1,
        &format!("Có mặt: {}/{total} đơn vị thành viên", minutes.present.len()),
    )];
    blocks.extend(dashes(minutes.present.iter().map(|unit| {
        if unit.delegates.is_empty() {
            unit.unit.clone()
        } else {
            format!("{}: {}", unit.unit, unit.delegates.join("; "))
        }
    })));
    let mut number = 1;
    if !minutes.absent.is_empty() {
        number += 1;
        blocks.push(titled(
            number,
            &format!("Vắng mặt: {:02} đơn vị", minutes.absent.len()),
        ));
        blocks.extend(dashes(minutes.absent.iter().map(|unit| {
            if unit.reason.is_empty() {
                unit.unit.clone()
            } else {
                format!("{} (lý do: {})", unit.unit, unit.reason.trim_end_matches('.'))
            }
        })));
    }
    if !minutes.guests.is_empty() {
        number += 1;
        blocks.push(titled(number, "Khách mời"));
        blocks.extend(dashes(minutes.guests.split("; ").map(str::to_owned)));
    }
    said(&mut blocks, "Điều kiện họp", &minutes.quorum);
    said(&mut blocks, "Chủ trì (chủ tọa)", &minutes.chairs);
    said(&mut blocks, "Thư ký", &minutes.secretary);
    blocks
}

fn agenda(minutes: &Minutes) -> Vec<Block> {
    if minutes.items.is_empty() {
        return vec![Block::Paragraph("Hội nghị không lập chương trình.".into())];
    }
    let mut blocks = Vec::new();
    for (at, item) in minutes.items.iter().enumerate() {
        blocks.push(titled(at + 1, &item.title));
        said(&mut blocks, "Người trình bày", &item.presenter);
        blocks.extend(paragraphs(&item.notes));
    }
    blocks
}

fn votes(minutes: &Minutes) -> Vec<Block> {
    if minutes.ballots.is_empty() {
        return vec![Block::Paragraph("Hội nghị không bỏ phiếu.".into())];
    }
    let mut blocks = Vec::new();
    for (at, count) in minutes.ballots.iter().enumerate() {
        blocks.push(titled(at + 1, &count.title));
        blocks.extend(count_blocks(count));
    }
    blocks
}

/// Whom the conference proposes for what, with how many votes; who leads next year.
fn outcome(content: &Content, cluster: &str, year: i32, awards: &Awards) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(
        format!(
            "Hội nghị {} các đơn vị của {cluster} để đề nghị khen thưởng năm {year}, kết quả như sau:",
            content.form_of_vote.label()
        )
        .into(),
    )];
    blocks.push(nominees(content, awards));
    if !content.tie_note.is_empty() {
        blocks.push(Block::Paragraph("Khi bằng phiếu:".into()));
        blocks.extend(paragraphs(&content.tie_note));
    }
    blocks.push(Block::Paragraph(elected(content, year).into()));
    blocks
}

/// The candidates with their votes.
fn nominees(content: &Content, awards: &Awards) -> Block {
    let rows = content.candidates.iter().enumerate().map(|(at, candidate)| {
        let of = candidate.votes_of.unwrap_or(content.base);
        let share = Decimal::from(candidate.votes_for * 100).checked_div(of.into());
        vec![
            (at + 1).to_string(),
            candidate.unit.name.clone(),
            awards.name(&candidate.award),
            format!("{}/{of}", candidate.votes_for),
            share.map(percent_text).unwrap_or_default(),
            candidate.outcome.label().to_owned(),
        ]
    });
    grid(
        &[
            ("TT", 3, Align::Centre),
            ("Đơn vị", 12, Align::Left),
            ("Hình thức đề nghị", 17, Align::Left),
            ("Số phiếu", 6, Align::Centre),
            ("Tỷ lệ", 7, Align::Right),
            ("Kết quả", 8, Align::Left),
        ],
        rows,
    )
}
