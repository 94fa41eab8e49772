//! Minutes of VUSTA's council. A session is named by the year that it is about and its day: `2023.2024-01-18`.

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    super::{
        forms::{Section, Signer},
        model::Figure,
    },
    Desk, Prepared, Signed, Text,
    blocks::{grid, roman},
    counts::papers_in_words,
    paragraphs, section,
    vusta::COUNCIL_NAME,
};
use crate::{
    awards::{self, Awards},
    ballots::{self, Ballot},
    council::{self, CouncilResult, RecordedSession, Sitting},
    hall,
    kit::{
        clock::{Moment, hour_text},
        documents::{
            model::{Align, Block},
            wording::date_text,
        },
        error::{AppError, Result},
        values::{figure_text, whole_text},
    },
};

/// Biên bản họp Hội đồng (domain: document 18): attendance, rule and votes as they were recorded.
pub(super) async fn minutes(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    if !(desk.actor.is_standing_office || desk.actor.is_council_member) {
        return Err(AppError::NotFound);
    }
    let (year, on) = key(desk.about).ok_or(AppError::NotFound)?;
    // What was recorded on one day in two goes was one session.
    let mut held = council::sessions(db, year).await?;
    held.retain(|recorded| recorded.session.held_on == on);
    held.reverse();
    if held.is_empty() {
        return Err(AppError::NotFound);
    }
    let awards = awards::all(db).await?;
    let path = format!("/hoi-dong/{year}");
    let figures = figures(&held, &awards, &path);
    let sat = Sat::of(db, year, &held).await?;
    let sections = sections(on, sat.as_ref());
    let signers = signers(sat.as_ref());
    let mut prepared = desk.of_council(signers, move |wording| {
        let mut body = paragraphs(wording.section("opening"));
        body.push(roman(1, "THÀNH PHẦN THAM DỰ"));
        body.extend(turnout(&held));
        body.extend(paragraphs(wording.section("attendance")));
        body.push(roman(2, "NỘI DUNG"));
        body.extend(paragraphs(wording.section("discussion")));
        body.push(roman(3, "KẾT QUẢ BỎ PHIẾU"));
        body.extend(sat.iter().flat_map(Sat::counting));
        body.extend(votes(&held, &awards));
        body.extend(paragraphs(wording.section("closing")));
        Text {
            signed: Signed::BySeveral,
            ..Text::of(body)
        }
    });
    prepared.is_open_to_readers = true;
    prepared.figures = figures;
    prepared.offered.subject = format!("Họp {COUNCIL_NAME} xét khen thưởng năm {year}");
    prepared.offered.place = String::new();
    prepared.offered.sections = sections;
    prepared.back = (path, format!("Đề nghị khen thưởng năm {year}"));
    Ok(prepared)
}

fn key(about: &str) -> Option<(i32, NaiveDate)> {
    let (year, day) = about.split_once('.')?;
    Some((year.parse().ok()?, day.parse().ok()?))
}

/// A session as it was held in the program: more is known of it than of one that was typed in.
struct Sat {
    sitting: Sitting,
    absent: Vec<String>,
    ballots: Vec<Ballot>,
}

impl Sat {
    async fn of(db: &mut PgConnection, year: i32, held: &[RecordedSession]) -> Result<Option<Self>> {
        let Some(id) = held.iter().find_map(|recorded| recorded.sitting_id) else {
            return Ok(None);
        };
        let absent = council::roll(db, id)
            .await?
            .into_iter()
            .filter(|seat| !seat.is_present());
        let absent = absent.map(|seat| match seat.excuse.as_str() {
            "" => seat.name,
            why => format!("{} ({})", seat.name, why.trim_end_matches('.')),
        });
        let mut ballots = ballots::of_sitting(db, id).await?;
        ballots.retain(|ballot| ballot.state.has_result());
        Ok(Some(Self {
            sitting: council::find_sitting(db, year, id).await?,
            absent: absent.collect(),
            ballots,
        }))
    }

    /// Who counted, and how many papers there were.
    fn counting(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for ballot in &self.ballots {
            let count = hall::count(ballot, &[]);
            let people: Vec<String> = count
                .committee
                .iter()
                .map(|(part, name)| format!("{part}: {name}"))
                .collect();
            if !people.is_empty() {
                blocks.push(Block::Paragraph(
                    format!("Tổ kiểm phiếu: {}.", people.join("; ")).into(),
                ));
            }
            let papers = papers_in_words(&count);
            if !papers.is_empty() {
                blocks.push(Block::Paragraph(format!("{papers}.").into()));
            }
        }
        blocks
    }
}

/// What the program doesn't know is left to write in.
fn or_gap(known: &str) -> &str {
    if known.is_empty() { "…" } else { known }
}

fn signers(sat: Option<&Sat>) -> Vec<Signer> {
    let plan = sat.map(|sat| &sat.sitting.plan);
    let (secretary, chair) = plan.map_or(("", ""), |plan| (&plan.secretary, &plan.chair));
    vec![
        super::signer("THƯ KÝ", secretary),
        super::signer("CHỦ TỌA", chair),
    ]
}

fn sections(on: NaiveDate, sat: Option<&Sat>) -> Vec<Section> {
    let day = date_text(Some(on));
    let at = |moment: Option<Moment>| {
        moment.map_or_else(
            || format!("… giờ … phút, {day}"),
            |moment| format!("{}, {day}", hour_text(moment)),
        )
    };
    let sitting = sat.map(|sat| &sat.sitting);
    let plan = sitting.map(|sitting| &sitting.plan);
    let absent = sat.map(|sat| sat.absent.join("; "));
    let is_secret =
        sat.is_some_and(|sat| !sat.ballots.is_empty() && sat.ballots.iter().all(Ballot::is_secret));
    vec![
        section(
            "opening",
            "Thời gian, địa điểm",
            format!(
                "Thời gian bắt đầu: {}.\nĐịa điểm: {}",
                at(sitting.and_then(|s| s.opened_at)),
                or_gap(plan.map_or("", |plan| &plan.place))
            ),
        ),
        section(
            "attendance",
            "Thành phần tham dự",
            format!(
                "Chủ trì: {}\nThư ký: {}\nVắng mặt (lý do): {}",
                or_gap(plan.map_or("", |plan| &plan.chair)),
                or_gap(plan.map_or("", |plan| &plan.secretary)),
                match absent.as_deref() {
                    None => "…",
                    Some("") => "không",
                    Some(absent) => absent,
                }
            ),
        ),
        section(
            "discussion",
            "Nội dung",
            format!(
                "Thường trực Hội đồng báo cáo kết quả thẩm định hồ sơ.\nHội đồng thảo luận và tiến hành bỏ phiếu{} đối với từng trường hợp.",
                if is_secret { " kín" } else { "" }
            ),
        ),
        section(
            "closing",
            "Kết thúc",
            format!("Cuộc họp kết thúc vào {}", at(sitting.and_then(|s| s.ended_at))),
        ),
    ]
}

fn turnout(held: &[RecordedSession]) -> Vec<Block> {
    let mut lines: Vec<String> = held
        .iter()
        .map(|recorded| {
            let session = &recorded.session;
            format!(
                "Có mặt {}/{} ủy viên Hội đồng. Một trường hợp được thông qua khi có trên {}% {} đồng ý.",
                session.members_present,
                session.members_total,
                figure_text(session.threshold_percent),
                session.threshold_base.label()
            )
        })
        .collect();
    lines.dedup();
    lines
        .into_iter()
        .map(|line| Block::Paragraph(line.into()))
        .collect()
}

fn results(held: &[RecordedSession]) -> impl Iterator<Item = &CouncilResult> {
    held.iter().flat_map(|recorded| &recorded.results)
}

fn votes(held: &[RecordedSession], awards: &Awards) -> Vec<Block> {
    let rows = results(held).enumerate().map(|(at, result)| {
        vec![
            (at + 1).to_string(),
            result.unit.clone(),
            awards.short_name(&result.award),
            result.working.clone(),
            if result.passed {
                "thông qua"
            } else {
                "không thông qua"
            }
            .to_owned(),
        ]
    });
    let table = grid(
        &[
            ("TT", 1, Align::Centre),
            ("Đơn vị", 5, Align::Left),
            ("Hình thức", 4, Align::Left),
            ("Số phiếu đồng ý, tỷ lệ", 6, Align::Left),
            ("Kết quả", 3, Align::Left),
        ],
        rows,
    );
    let passed = results(held).filter(|result| result.passed).count();
    let all = results(held).count();
    let words = format!("Hội đồng thông qua {passed:02}/{all:02} trường hợp đưa ra bỏ phiếu.");
    vec![table, Block::Paragraph(words.into())]
}

fn figures(held: &[RecordedSession], awards: &Awards, path: &str) -> Vec<Figure> {
    let count = Figure {
        label: "Số trường hợp đưa ra bỏ phiếu".to_owned(),
        value: whole_text(results(held).count()),
        path: path.to_owned(),
    };
    let votes = results(held).map(|result| Figure {
        label: format!("{} ({})", result.unit, awards.short_name(&result.award)),
        value: result.working.clone(),
        path: path.to_owned(),
    });
    std::iter::once(count).chain(votes).collect()
}
