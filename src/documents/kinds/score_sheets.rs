//! A unit's points on paper: every criterion with what was computed, given and said.

use sqlx::PgConnection;

use super::{
    Desk, Prepared, Text,
    blocks::grid,
    paragraphs,
    scored::{Mark, Scored, ended, strong},
    section,
};
use crate::{
    criteria::{Criterion, Kind, Tally},
    kit::{
        documents::model::{Align, Block},
        error::Result,
        values::figure_text,
    },
    scoring::{Line, State, points_in},
};

/// Bảng chấm điểm (domain: document 8): the unit's own points with evidence, beside them those of the appraisal with
/// their reasons.
pub(super) async fn sheet(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let scored = Scored::open(db, desk).await?;
    let (year, member) = (scored.year.clone(), scored.member.clone());
    let (state, path, figures) = (scored.sheet.state, scored.path(), scored.figures());
    let is_appraised = scored.is_appraised();
    let mut prepared = desk
        .of_unit(db, &year, member.unit_id, move |wording| {
            let mut body = opening(&scored);
            body.push(table(&scored));
            body.extend(result(&scored));
            body.extend(paragraphs(wording.section("opinions")));
            Text {
                is_landscape: true,
                ..Text::of(body)
            }
        })
        .await?;
    prepared.figures = figures;
    prepared.offered.subject = format!("Thi đua năm {}", year.year);
    prepared.offered.addressees.clone_from(&year.cluster.name);
    "Như trên\nLưu: VT".clone_into(&mut prepared.offered.recipients);
    prepared.offered.sections = vec![section("opinions", "Ý kiến của đơn vị", "")];
    if !is_appraised {
        "bảng tự chấm điểm".clone_into(&mut prepared.title_word);
    }
    if matches!(state, State::UnderAppraisal | State::AwaitingExplanation) {
        prepared.hindrance =
            Some("Bảng điểm đang được thẩm định: thẩm định xong mới ban hành được.".to_owned());
    }
    prepared.back = (path, format!("Bảng điểm của {}", member.short_name));
    Ok(prepared)
}

fn opening(scored: &Scored) -> Vec<Block> {
    let mut blocks = scored.criteria();
    let state = match scored.sheet.state {
        State::Locked => "Điểm đã được hội nghị xác nhận.",
        State::Appraised => "Điểm đã thẩm định, chờ hội nghị xác nhận.",
        State::UnderAppraisal | State::AwaitingExplanation => "Đang thẩm định: điểm còn tạm tính.",
        State::SelfScored | State::Draft => "Chưa thẩm định.",
    };
    let words = format!(
        "Đơn vị nộp bảng tự chấm {}. Bên thẩm định: {}. {state}",
        scored.handed_in(),
        scored.appraiser()
    );
    blocks.push(Block::Paragraph(words.into()));
    blocks
}

fn table(scored: &Scored) -> Block {
    let mut marks = scored.marks();
    if scored.sheet.state == State::Locked {
        // What the conference agreed to: the points that count.
        marks.push((Mark::Current, "Thống nhất"));
    }
    let mut columns = vec![
        ("Mã", 6, Align::Centre),
        ("Nội dung tiêu chí", 17, Align::Left),
        ("Kết quả, cách tính", 15, Align::Left),
        ("Điểm tối\u{a0}đa", 6, Align::Right),
        ("Điểm tính", 6, Align::Right),
    ];
    columns.extend(marks.iter().map(|(_, label)| (*label, 6, Align::Right)));
    columns.extend([
        ("Lý do, giải trình", 14, Align::Left),
        ("Minh chứng", 16, Align::Left),
    ]);
    let tallies: Vec<Tally> = marks.iter().map(|(mark, _)| scored.tally(*mark)).collect();
    let mut rows = Vec::new();
    let mut bold = Vec::new();
    for criterion in scored.sets().flat_map(|set| &set.criteria) {
        if criterion.kind == Kind::Group {
            bold.push(rows.len());
            rows.push(group(scored, &tallies, criterion));
        } else {
            rows.push(line(scored, &marks, criterion));
        }
    }
    let totals = totals(scored, &tallies);
    bold.extend(rows.len()..rows.len() + totals.len());
    rows.extend(totals);
    spread(strong(grid(&columns, rows), &bold), &bold)
}

/// The names of groups and sums reach over the column that says how points were computed: there is nothing to compute.
fn spread(block: Block, rows: &[usize]) -> Block {
    let Block::Table(mut table) = block else {
        return block;
    };
    for at in rows {
        if let Some(row) = table.rows.get_mut(*at) {
            row.cells[NAME].across = 2;
            row.cells.remove(NAME + 1);
        }
    }
    Block::Table(table)
}

/// The column of the criteria's names.
const NAME: usize = 1;

/// A row: code, words, how, maximum, computed; the points; reasons, evidence.
fn row(start: [String; 5], points: impl Iterator<Item = String>, end: [String; 2]) -> Vec<String> {
    start.into_iter().chain(points).chain(end).collect()
}

fn group(scored: &Scored, tallies: &[Tally], group: &Criterion) -> Vec<String> {
    let start = [
        group.code.clone(),
        group.name.clone(),
        String::new(),
        figure_text(group.maximum),
        String::new(),
    ];
    let points = tallies.iter().map(|tally| scored.points(points_in(tally, group)));
    row(start, points, Default::default())
}

fn line(scored: &Scored, marks: &[(Mark, &'static str)], criterion: &Criterion) -> Vec<String> {
    let line = scored.sheet.line(criterion.id);
    let start = [
        criterion.code.clone(),
        criterion.name.clone(),
        line.map(|l| scored.working(criterion, l)).unwrap_or_default(),
        figure_text(criterion.maximum),
        line.and_then(|l| l.computed)
            .map(|p| scored.points(p))
            .unwrap_or_default(),
    ];
    let points = marks.iter().map(|(mark, _)| {
        let given = line.and_then(|line| scored.given(*mark, line));
        given.map_or_else(|| "–".to_owned(), |points| scored.points(points))
    });
    let reasons = match (
        scored.scoring.exemption(scored.member.unit_id, criterion.id),
        line,
    ) {
        (Some(why), _) => format!("Không áp dụng trong năm: {}", ended(why)),
        (None, Some(line)) => reasons(line),
        (None, None) => String::new(),
    };
    row(start, points, [reasons, scored.evidence(criterion).join("\n")])
}

/// What the unit says of a line, why the appraisers differ, what they asked and were told: a line each.
fn reasons(line: &Line) -> String {
    let reason = if line.differs() { line.reason.as_str() } else { "" };
    let all = [
        ("Đơn vị", line.note.as_str()),
        ("Thẩm định", reason),
        ("Hỏi", line.question.as_str()),
        ("Giải trình", line.explanation.as_str()),
    ];
    let said = all.into_iter().filter(|(_, words)| !words.trim().is_empty());
    said.map(|(who, words)| format!("{who}: {}", ended(words)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The sums below the criteria, each with its points in every column.
fn totals(scored: &Scored, tallies: &[Tally]) -> Vec<Vec<String>> {
    type Sum = (&'static str, fn(&Tally) -> rust_decimal::Decimal);
    let mut sums: Vec<Sum> = vec![
        ("Điểm chuẩn", |tally| tally.base),
        ("Điểm thưởng", |tally| tally.bonus),
        ("Điểm trừ", |tally| tally.deduction),
    ];
    if tallies.iter().any(|tally| !tally.rescaled.is_zero()) {
        sums.insert(
            1,
            ("Trong đó quy đổi do tiêu chí không áp dụng", |tally| {
                tally.rescaled
            }),
        );
    }
    sums.push(("TỔNG ĐIỂM", |tally| tally.total));
    let total = figure_text(scored.scoring.set.rules.total);
    sums.into_iter()
        .map(|(what, of)| {
            let most = if what == "TỔNG ĐIỂM" {
                total.as_str()
            } else {
                ""
            };
            let start = ["", what, "", most, ""].map(str::to_owned);
            row(
                start,
                tallies.iter().map(|tally| scored.points(of(tally))),
                Default::default(),
            )
        })
        .collect()
}

/// Total and class in words, and what the unit objects to.
fn result(scored: &Scored) -> Vec<Block> {
    let own = scored.tally(Mark::Own);
    let mut said = vec![format!("Tổng điểm tự chấm: {} điểm", scored.points(own.total))];
    let mut class = own.class;
    if scored.is_appraised() {
        let current = scored.tally(Mark::Current);
        said.push(format!(
            "; tổng điểm thẩm định: {} điểm",
            scored.points(current.total)
        ));
        class = current.class;
    }
    if let Some(class) = class {
        said.push(format!(". Xếp loại: {class}"));
    }
    let mut blocks = vec![Block::Paragraph(format!("{}.", said.concat()).into())];
    let objections = scored.objections();
    if !objections.is_empty() {
        blocks.push(Block::Paragraph("Kiến nghị về điểm:".into()));
        blocks.extend(objections);
    }
    blocks
}
