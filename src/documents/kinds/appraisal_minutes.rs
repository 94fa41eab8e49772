//! The minutes of the appraisal of a unit's points.

use sqlx::PgConnection;

use super::{
    super::forms::{Section, Signer, Wording},
    Desk, Prepared, Signed, Text,
    blocks::{grid, numbered},
    leader_of, paragraphs,
    scored::{Mark, Scored, ended, strong},
    section, signer,
};
use crate::{
    kit::{
        clock::{self, Moment},
        documents::model::{Align, Block},
        error::{AppError, Result},
        values::figure_text,
    },
    people,
    scoring::{Line, Stage, State, points_in},
    years::Office,
};

/// Biên bản thẩm định (domain: document 9): who appraised whom, the lines with other points and why, what the unit
/// explained, the result. Issued by the unit that appraises; where the working group does, by the cluster.
pub(super) async fn minutes(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let scored = Scored::open(db, desk).await?;
    if !scored.is_appraised() {
        return Err(AppError::conflict(
            "Bên thẩm định chưa chấm nên chưa có gì để in. Hãy thẩm định trước.",
        ));
    }
    let (year, member, state) = (scored.year.clone(), scored.member.clone(), scored.sheet.state);
    let appraiser = scored.scoring.appraiser_of(member.unit_id);
    let appraiser = appraiser.and_then(|a| a.appraiser_unit_id);
    let (path, figures) = (scored.path(), scored.figures());
    let mut signers = vec![signer(
        "ĐẠI DIỆN ĐƠN VỊ\nĐƯỢC THẨM ĐỊNH",
        &leader_of(db, member.unit_id, desk.now).await?,
    )];
    let group = group(db, desk.now, &scored, appraiser.is_some()).await?;
    let names = group.clone();
    let compose = move |wording: &Wording| Text {
        signed: Signed::BySeveral,
        ..Text::of(body(&scored, &names, wording))
    };
    let mut prepared = if let Some(unit) = appraiser {
        signers.push(signer(
            "ĐẠI DIỆN\nBÊN THẨM ĐỊNH",
            &leader_of(db, unit, desk.now).await?,
        ));
        desk.of_unit(db, &year, unit, compose).await?
    } else {
        signers.extend(of_group(&group));
        desk.of_cluster(db, &year, compose).await?
    };
    // Until the calendar opens them, the points are known to the unit, to those who appraise it and to the lead alone.
    let lead = year.holder(Office::Lead);
    let issuing = appraiser.or(lead);
    let mut told = vec![Some(member.unit_id), lead.filter(|lead| *lead != member.unit_id)];
    told.retain(|unit| unit.is_some() && *unit != issuing);
    prepared.sent_to = told;
    prepared.is_open_to_readers = true;
    prepared.figures = figures;
    if !matches!(state, State::Appraised | State::Locked) {
        prepared.hindrance =
            Some("Chưa thẩm định xong: hoàn tất thẩm định rồi mới ban hành được.".to_owned());
    }
    let offered = &mut prepared.offered;
    offered.subject = format!(
        "Thẩm định điểm thi đua năm {} của {}",
        year.year, member.short_name
    );
    offered.place = String::new();
    offered.signers = signers;
    offered.recipients = format!("{}\nĐơn vị cụm trưởng\nBên thẩm định\nLưu: VT", member.short_name);
    offered.sections = sections();
    prepared.back = (path, format!("Bảng điểm của {}", member.short_name));
    Ok(prepared)
}

/// The names of the working group, where it appraises. Nobody appraises the own unit: who belongs to it is left out.
async fn group(db: &mut PgConnection, now: Moment, scored: &Scored, is_by_unit: bool) -> Result<Vec<String>> {
    let mut names = Vec::new();
    if is_by_unit {
        return Ok(names);
    }
    let today = clock::day(now);
    for id in &scored.scoring.group {
        let posts = people::posts_of(db, *id).await?;
        let is_own = posts
            .iter()
            .any(|(post, _)| post.unit_id == Some(scored.member.unit_id) && post.holds_on(today));
        if !is_own {
            names.push(people::find_person(db, *id).await?.full_name);
        }
    }
    Ok(names)
}

/// The working group signs as a whole.
fn of_group(names: &[String]) -> Vec<Signer> {
    if names.is_empty() {
        return vec![signer("ĐẠI DIỆN\nBÊN THẨM ĐỊNH", "")];
    }
    let all = names.iter().map(|name| signer("THÀNH VIÊN\nTỔ THẨM ĐỊNH", name));
    all.collect()
}

/// What the program doesn't know is left to write in.
fn sections() -> Vec<Section> {
    vec![
        section(
            "opening",
            "Thời gian, địa điểm",
            "Thời gian bắt đầu: … giờ … phút, ngày … tháng … năm …\nĐịa điểm: …",
        ),
        section("attendance", "Thành phần khác", ""),
        section("opinions", "Ý kiến của các bên", ""),
        section(
            "closing",
            "Kết thúc",
            "Biên bản được các bên thống nhất, lập thành hai bản có giá trị như nhau, mỗi bên giữ một bản.\nViệc thẩm định kết thúc vào … giờ … phút, ngày … tháng … năm …",
        ),
    ]
}

fn body(scored: &Scored, group: &[String], wording: &Wording) -> Vec<Block> {
    let mut who = attendance(scored, group);
    who.extend(paragraphs(wording.section("attendance")));
    let mut opinions = scored.objections();
    opinions.extend(paragraphs(wording.section("opinions")));
    let mut body = paragraphs(wording.section("opening"));
    body.extend(numbered([
        ("THÀNH PHẦN", who),
        ("NỘI DUNG THẨM ĐỊNH", differences(scored)),
        ("GIẢI TRÌNH CỦA ĐƠN VỊ", explanations(scored)),
        ("Ý KIẾN, KIẾN NGHỊ", opinions),
        ("KẾT QUẢ THẨM ĐỊNH", result(scored)),
    ]));
    body.extend(paragraphs(wording.section("closing")));
    body
}

/// Both sides, and who gave the points.
fn attendance(scored: &Scored, group: &[String]) -> Vec<Block> {
    let mut appraisers: Vec<&str> = Vec::new();
    for change in scored.facts.changes.iter().filter(|c| c.stage != Stage::Own) {
        if !appraisers.contains(&change.by.as_str()) {
            appraisers.push(&change.by);
        }
    }
    let mut lines = vec![format!("Bên thẩm định: {}.", scored.appraiser())];
    if !group.is_empty() {
        lines.push(format!("Tổ thẩm định gồm: {}.", group.join(", ")));
    }
    if !appraisers.is_empty() {
        lines.push(format!("Người ghi điểm thẩm định: {}.", appraisers.join(", ")));
    }
    lines.push(format!(
        "Đơn vị được thẩm định: {}, nộp bảng tự chấm {}.",
        scored.member.short_name,
        scored.handed_in()
    ));
    lines.into_iter().map(|line| Block::Dash(line.into())).collect()
}

/// The lines that have other points than the unit gave itself, with the reasons.
fn differences(scored: &Scored) -> Vec<Block> {
    let lines = || {
        scored
            .scoring
            .scored()
            .filter_map(|c| Some((c, scored.sheet.line(c.id)?)))
    };
    let differing: Vec<_> = lines().filter(|(_, line)| line.differs()).collect();
    let mut blocks = scored.criteria();
    let words = if differing.is_empty() {
        format!(
            "Đã xem xét {} tiêu chí; điểm thẩm định bằng điểm tự chấm ở tất cả tiêu chí.",
            lines().count()
        )
    } else {
        format!(
            "Đã xem xét {} tiêu chí; điểm thẩm định khác điểm tự chấm ở {} tiêu chí:",
            lines().count(),
            differing.len()
        )
    };
    blocks.push(Block::Paragraph(words.into()));
    if differing.is_empty() {
        return blocks;
    }
    let rows = differing.into_iter().map(|(criterion, line)| {
        let points = line.points();
        vec![
            criterion.code.clone(),
            criterion.name.clone(),
            figure_text(criterion.maximum),
            scored.points(line.own),
            scored.points(points),
            difference(scored, line),
            line.reason.clone(),
        ]
    });
    blocks.push(grid(
        &[
            ("Mã", 6, Align::Centre),
            ("Tiêu chí", 14, Align::Left),
            ("Điểm tối\u{a0}đa", 6, Align::Right),
            ("Tự chấm", 6, Align::Right),
            ("Thẩm định", 6, Align::Right),
            ("Chênh lệch", 6, Align::Right),
            ("Lý do", 14, Align::Left),
        ],
        rows,
    ));
    blocks
}

fn difference(scored: &Scored, line: &Line) -> String {
    let off = line.points() - line.own;
    let sign = if off.is_sign_negative() { "" } else { "+" };
    format!("{sign}{}", scored.points(off))
}

/// What the unit was asked and what it explained.
fn explanations(scored: &Scored) -> Vec<Block> {
    let mut blocks = Vec::new();
    for criterion in scored.scoring.scored() {
        let Some(line) = scored.sheet.line(criterion.id).filter(|l| !l.question.is_empty()) else {
            continue;
        };
        let answer = if line.explanation.is_empty() {
            "chưa giải trình"
        } else {
            &line.explanation
        };
        let words = format!(
            "Tiêu chí {}. Bên thẩm định hỏi: {} Đơn vị giải trình: {}",
            criterion.code,
            ended(&line.question),
            ended(answer)
        );
        blocks.push(Block::Dash(words.into()));
    }
    blocks
}

/// The points by group, the total, the class.
fn result(scored: &Scored) -> Vec<Block> {
    let (own, current) = (scored.tally(Mark::Own), scored.tally(Mark::Current));
    let mut rows: Vec<Vec<String>> = scored
        .top_groups()
        .map(|group| {
            vec![
                group.code.clone(),
                group.name.clone(),
                figure_text(group.maximum),
                scored.points(points_in(&own, group)),
                scored.points(points_in(&current, group)),
            ]
        })
        .collect();
    let total = rows.len();
    rows.push(vec![
        String::new(),
        "TỔNG ĐIỂM".to_owned(),
        figure_text(scored.scoring.set.rules.total),
        scored.points(own.total),
        scored.points(current.total),
    ]);
    let columns = [
        ("Mã", 6, Align::Centre),
        ("Nhóm tiêu chí", 28, Align::Left),
        ("Điểm tối\u{a0}đa", 6, Align::Right),
        ("Tự chấm", 6, Align::Right),
        ("Thẩm định", 6, Align::Right),
    ];
    let class = current
        .class
        .map_or_else(String::new, |class| format!(", xếp loại: {class}"));
    let provisional = if scored.is_settled() {
        ""
    } else {
        " (tạm tính, chưa thẩm định xong)"
    };
    let words = format!(
        "Tổng điểm thẩm định: {} điểm{class}{provisional}.",
        scored.points(current.total)
    );
    vec![
        strong(grid(&columns, rows), &[total]),
        Block::Paragraph(words.into()),
    ]
}
