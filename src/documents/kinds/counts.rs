//! The minutes of the count of a ballot, and how the minutes of the conference tell it.

use sqlx::PgConnection;

use super::{
    Desk, Prepared, Signed, Text,
    ballots::open,
    blocks::{grid, listed, numbered},
    signer,
};
use crate::{
    ballots,
    hall::{self, Count},
    kit::{
        clock::moment_text,
        documents::model::{Align, Block, Rich},
        error::{AppError, Result},
    },
    papers,
};

/// Biên bản kiểm phiếu: the frozen rule, who counted, the papers, the result; signed by those who counted.
pub(super) async fn minutes(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let (year, conference, ballot) = open(db, desk).await?;
    if !ballot.state.has_result() {
        return Err(AppError::conflict(
            "Phiếu này chưa kiểm nên chưa có gì để in. Hãy đóng bỏ phiếu và chốt kiểm phiếu trước.",
        ));
    }
    let scans = papers::history(db, "ballots", ballot.id).await?.attachments;
    let count = hall::count(&ballot, &scans);
    let heading = [
        ("Thời gian kiểm phiếu", ballot.counted_at.map(moment_text)),
        ("Địa điểm", Some(conference.plan.place.clone())),
        ("Tại", Some(conference.title(&year))),
    ];
    let heading = heading.map(|(what, value)| (what, value.unwrap_or_default()));
    let settled = ballot.settlement.as_ref().map(|s| s.reason.clone());
    let signers = &ballot.committee;
    let mut signatures = vec![
        signer("THƯ KÝ", &signers.secretary),
        signer("TỔ TRƯỞNG TỔ KIỂM PHIẾU", &signers.head),
    ];
    signatures.extend(signers.members.iter().map(|name| signer("ỦY VIÊN", name)));
    let title = count.title.clone();
    let mut prepared = desk
        .of_cluster(db, &year, move |_| Text {
            signed: Signed::BySeveral,
            ..Text::of(count_body(&heading, &count, settled.as_deref()))
        })
        .await?;
    prepared.offered.subject = counted(&title);
    prepared.offered.place = String::new();
    prepared.offered.signers = signatures;
    prepared.is_open_to_readers = true;
    prepared.back = (
        format!("{}/ket-qua", ballots::path(&year, &ballot)),
        format!("Kết quả: {title}"),
    );
    if ballot.state != ballots::State::Signed {
        prepared.hindrance = Some(
            "Tổ kiểm phiếu ký biên bản, cụm trưởng ghi “đã ký” ở trang kết quả của phiếu, rồi mới ban hành."
                .to_owned(),
        );
    }
    Ok(prepared)
}

fn count_body(heading: &[(&str, String)], count: &Count, settled: Option<&str>) -> Vec<Block> {
    let mut body: Vec<Block> = heading
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(what, value)| Block::Paragraph(format!("{what}: {value}.").into()))
        .collect();
    if !count.reason.is_empty() {
        body.push(Block::Paragraph(
            format!("{}.", count.reason.trim_end_matches('.')).into(),
        ));
    }
    let committee = count.committee.iter();
    let committee = committee.map(|(part, name)| Block::Dash(format!("{part}: {name}.").into()));
    // When it was counted is said at the top.
    let rules = count.parameters.iter().filter(|(what, _)| what != "Kiểm phiếu");
    let rules = rules.map(|(what, says)| Block::Dash(format!("{what}: {says}.").into()));
    let lines = papers(count);
    let first = lines
        .iter()
        .position(|line| line.starts_with("Phiếu"))
        .unwrap_or(lines.len());
    let (voters, papers) = lines.split_at(first);
    let papers = [voters, papers].into_iter().filter(|part| !part.is_empty());
    let papers = papers.map(|part| Block::Dash(format!("{}.", in_a_sentence(part)).into()));
    let parts: [(&str, Vec<Block>); 5] = [
        ("TỔ KIỂM PHIẾU", committee.collect()),
        ("QUY ĐỊNH BỎ PHIẾU", rules.collect()),
        ("SỐ PHIẾU", papers.collect()),
        ("KẾT QUẢ", count.questions.iter().flat_map(result).collect()),
        ("KẾT LUẬN", conclusion(count, settled)),
    ];
    body.extend(numbered(parts));
    if !count.hash.is_empty() {
        body.push(Block::Paragraph(
            format!(
                "Mã băm của dữ liệu kiểm phiếu đã công bố:\n{}",
                halves(&count.hash)
            )
            .into(),
        ));
    }
    body.push(Block::Paragraph(
        "Biên bản được tổ kiểm phiếu thông qua và công bố trước hội nghị.".into(),
    ));
    body
}

/// How many papers there were, a line each; parts of a number stand behind it: `Phiếu thu vào: 7 (điện tử: 5; giấy: 2)`.
fn papers(count: &Count) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for (what, number) in &count.papers {
        let part = what.strip_prefix("trong đó ");
        match (part, lines.last_mut()) {
            (Some(part), Some((_, parts))) => parts.push(format!("{part}: {number}")),
            _ => lines.push((format!("{what}: {number}"), Vec::new())),
        }
    }
    lines
        .into_iter()
        .map(|(line, parts)| {
            if parts.is_empty() {
                line
            } else {
                format!("{line} (trong đó {})", parts.join("; "))
            }
        })
        .collect()
}

/// The papers in one sentence, without its full stop.
pub(super) fn papers_in_words(count: &Count) -> String {
    in_a_sentence(&papers(count))
}

/// `Phiếu phát ra: 7; phiếu thu vào: 7`
fn in_a_sentence(lines: &[String]) -> String {
    let lower = |line: &String| {
        let mut letters = line.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    };
    let first = lines.iter().take(1).cloned();
    first
        .chain(lines.iter().skip(1).map(lower))
        .collect::<Vec<_>>()
        .join("; ")
}

/// A ballot as the minutes of the conference tell it: form of vote, papers, results with shares.
pub(super) fn count_blocks(count: &Count) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !count.reason.is_empty() {
        blocks.push(Block::Paragraph(
            format!("{}.", count.reason.trim_end_matches('.')).into(),
        ));
    }
    let said = |wanted: &str| {
        let found = count.parameters.iter().find(|(what, _)| what == wanted);
        found.map(|(what, says)| format!("{what}: {says}. "))
    };
    let rule: String = ["Hình thức", "Cách chọn", "Điều kiện đạt"]
        .into_iter()
        .filter_map(said)
        .collect();
    blocks.push(Block::Paragraph(rule.trim_end().into()));
    let papers = papers(count);
    if !papers.is_empty() {
        blocks.push(Block::Paragraph(format!("{}.", in_a_sentence(&papers)).into()));
    }
    blocks.extend(count.questions.iter().flat_map(result));
    blocks
}

/// A question's papers and its candidates with votes, shares and what they led to.
fn result(question: &hall::Question) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(
        Rich::default()
            .bold(format!("{}: ", question.title))
            .plain(format!(
                "hợp lệ {} phiếu, không hợp lệ {} phiếu, phiếu trắng {}.",
                question.valid, question.invalid, question.blank
            )),
    )];
    let has_against = question.lines.iter().any(|line| line.votes_against > 0);
    let mut columns = vec![
        ("TT", 3, Align::Centre),
        ("Ứng viên, nội dung", 14, Align::Left),
        ("Đồng\u{a0}ý", 5, Align::Centre),
    ];
    if has_against {
        columns.push(("Không đồng\u{a0}ý", 6, Align::Centre));
    }
    columns.extend([
        ("Tỷ lệ", 7, Align::Right),
        ("Cách tính", 16, Align::Left),
        ("Kết quả", 8, Align::Left),
    ]);
    let rows = question.lines.iter().enumerate().map(|(at, line)| {
        let mut cells = vec![
            (at + 1).to_string(),
            line.name.clone(),
            line.votes_for.to_string(),
        ];
        if has_against {
            cells.push(line.votes_against.to_string());
        }
        cells.extend([line.share.clone(), line.working.clone(), line.verdict.clone()]);
        cells
    });
    blocks.push(grid(&columns, rows));
    if !question.ladder.is_empty() {
        blocks.push(Block::Paragraph("Khi bằng phiếu:".into()));
        blocks.extend(
            question
                .ladder
                .iter()
                .map(|step| Block::Dash(step.as_str().into())),
        );
    }
    blocks
}

/// A hash on two lines of the same length: on one it would leave its last letter alone.
pub(super) fn halves(hash: &str) -> String {
    let (first, second) = hash.split_at_checked(hash.len() / 2).unwrap_or((hash, ""));
    format!("{first}\n{second}")
}

/// What is counted, in the middle of a title: `Kiểm phiếu suy tôn …`.
fn counted(title: &str) -> String {
    let acts = [
        ("Suy tôn", "suy tôn"),
        ("Bầu", "bầu"),
        ("Biểu quyết", "biểu quyết"),
    ];
    let act = acts
        .into_iter()
        .find_map(|(act, inside)| Some((inside, title.strip_prefix(act)?)));
    act.map_or_else(
        || format!("Kiểm phiếu: {title}"),
        |(inside, rest)| format!("Kiểm phiếu {inside}{rest}"),
    )
}

/// Who passed, question by question.
fn conclusion(count: &Count, settled: Option<&str>) -> Vec<Block> {
    let passed = ballots::Verdict::Elected.label();
    let mut blocks: Vec<Block> = count
        .questions
        .iter()
        .map(|question| {
            let names: Vec<&str> = question
                .lines
                .iter()
                .filter(|line| line.verdict == passed)
                .map(|line| line.name.as_str())
                .collect();
            let names = if names.is_empty() {
                "không có ứng viên, nội dung nào".to_owned()
            } else {
                listed(&names)
            };
            Block::Dash(format!("{}: {names} đủ phiếu.", question.title).into())
        })
        .collect();
    if let Some(reason) = settled {
        blocks.push(Block::Dash(
            format!("Ý kiến LHHVN: {}.", reason.trim_end_matches('.')).into(),
        ));
    }
    blocks
}
