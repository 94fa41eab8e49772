//! The minutes of the hand-over from the lead of a year to the next.

use chrono::{NaiveDate, NaiveTime};
use sqlx::PgConnection;

use super::{
    super::forms::{Section, Wording},
    Desk, Prepared, Signed, Text,
    blocks::{dashes, grid, numbered},
    leader_of, paragraphs, section, signer,
};
use crate::{
    conferences::{self, Conference, HandOver},
    ids::UnitId,
    kit::{
        clock::{self, Moment, date_text, moment_text},
        documents::{
            model::{Align, Block},
            wording::date_text as date_in_words,
        },
        error::{AppError, Result},
    },
    registrations, reports,
    reports::Period,
    scoring, units,
    years::{self, Office, StepPlan, Year, YearRow},
};

/// Biên bản bàn giao cụm trưởng: who hands over to whom from when, what waits, next year's calendar, the archive; both
/// sides sign.
pub(super) async fn hand_over(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let conference = conferences::find(db, &year).await?;
    let giver = year.holder(Office::Lead);
    if !conferences::access::reads_hand_over(desk.actor, &conference, giver) {
        return Err(AppError::NotFound);
    }
    let (Some(content), Some(hand_over)) = (conference.content.clone(), conference.hand_over.clone()) else {
        return Err(AppError::conflict(
            "Chưa ghi ngày bàn giao nên chưa có gì để in. Hãy ghi bàn giao ở trang hội nghị trước.",
        ));
    };
    let taker = content.next_lead.id;
    // Who led the two units then: a union may have another head by now, or be merged into another.
    let then = clock::at(hand_over.takes_effect_on, NaiveTime::MIN);
    let sides = [
        side(db, "BÊN GIAO", giver, then).await?,
        side(db, "BÊN NHẬN", Some(taker), then).await?,
    ];
    let next = match years::find(db, &year.cluster.slug, year.year + 1).await {
        Ok(next) => next.steps,
        Err(AppError::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    let parts = [
        ("NỘI DUNG BÀN GIAO", opening(&year, &conference, &hand_over)),
        (
            "HỒ SƠ VÀ CÔNG VIỆC CHƯA HOÀN THÀNH CỦA NĂM",
            vec![state_of_papers(db, &year).await?],
        ),
        ("TIẾN ĐỘ CÔNG TÁC NĂM SAU", calendar(&next, year.year + 1)),
        (
            "HỒ SƠ CÁC NĂM",
            archive(&years::list(db, Some(year.cluster.id)).await?, year.year),
        ),
        ("XÁC NHẬN", confirmations(&hand_over)),
    ];
    let names = sides.each_ref().map(|side| side.words.clone());
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| Text {
            signed: Signed::BySeveral,
            ..Text::of(body(&names, &parts, wording))
        })
        .await?;
    let offered = &mut prepared.offered;
    offered.subject = format!(
        "Bàn giao nhiệm vụ cụm trưởng {} năm {}",
        year.cluster.name,
        year.year + 1
    );
    offered.place = String::new();
    offered.signers = sides
        .iter()
        .map(|side| signer(&format!("ĐẠI DIỆN {}\nCHỦ TỊCH", side.part), &side.leader))
        .collect();
    "Bên giao, bên nhận\nThường trực Hội đồng Thi đua - Khen thưởng LHHVN\nLưu: VT"
        .clone_into(&mut offered.recipients);
    offered.sections = sections(hand_over.takes_effect_on);
    prepared.is_open_to_readers = true;
    prepared.sent_to = [giver, Some(taker)]
        .into_iter()
        .flatten()
        .map(Some)
        .chain([None])
        .collect();
    prepared.back = (
        format!("{}/hoi-nghi/ban-giao", year.path()),
        "Bàn giao cụm trưởng".to_owned(),
    );
    if hand_over.given.is_none() || hand_over.taken.is_none() {
        prepared.hindrance = Some(
            "Chờ bên giao xác nhận đã giao đủ và bên nhận xác nhận đã nhận đủ ở trang bàn giao.".to_owned(),
        );
    }
    Ok(prepared)
}

/// A side of the hand-over.
struct SideOf {
    part: &'static str,
    leader: String,
    words: String,
}

async fn side(
    db: &mut PgConnection,
    part: &'static str,
    unit: Option<UnitId>,
    then: Moment,
) -> Result<SideOf> {
    let Some(unit) = unit else {
        return Ok(SideOf {
            part,
            leader: String::new(),
            words: format!("{part}: (năm này chưa có đơn vị cụm trưởng)"),
        });
    };
    let unit = units::find(db, unit).await?;
    let leader = leader_of(db, unit.id, then).await?;
    let represented = if leader.is_empty() {
        String::new()
    } else {
        format!(", đại diện: {leader}, Chủ tịch")
    };
    Ok(SideOf {
        words: format!("{part}: {}{represented}.", unit.name),
        part,
        leader,
    })
}

/// What people write; hour and place of the meeting aren't known to the program.
fn sections(on: NaiveDate) -> Vec<Section> {
    let day = date_in_words(Some(on));
    vec![
        section(
            "opening",
            "Thời gian, địa điểm",
            format!("Thời gian bắt đầu: … giờ … phút, {day}.\nĐịa điểm: …"),
        ),
        section(
            "opinions",
            "Ý kiến của hai bên",
            "Hai bên nhất trí với nội dung bàn giao nêu trên. Bên nhận tiếp tục giải quyết các việc chưa hoàn thành; bên giao còn quyền xem hồ sơ và phối hợp khi bên nhận đề nghị.",
        ),
        section(
            "closing",
            "Kết thúc",
            format!("Việc bàn giao kết thúc vào … giờ … phút, {day}."),
        ),
    ]
}

fn body(sides: &[String], parts: &[(&str, Vec<Block>)], wording: &Wording) -> Vec<Block> {
    let mut body = paragraphs(wording.section("opening"));
    body.extend(sides.iter().map(|side| Block::Paragraph(side.as_str().into())));
    let opinions = ("Ý KIẾN CỦA HAI BÊN", paragraphs(wording.section("opinions")));
    body.extend(numbered(parts.iter().cloned().chain([opinions])));
    body.extend(paragraphs(wording.section("closing")));
    body.push(Block::Paragraph(
        "Biên bản lập thành hai bản có giá trị như nhau, mỗi bên giữ một bản.".into(),
    ));
    body
}

fn opening(year: &Year, conference: &Conference, hand_over: &HandOver) -> Vec<Block> {
    let elected = match conference.day() {
        Some(day) => format!("{} ngày {}", conference.title(year), date_text(day)),
        None => conference.title(year),
    };
    vec![
        Block::Paragraph(
            format!(
                "Theo kết quả bầu tại {elected}, bên giao bàn giao cho bên nhận nhiệm vụ cụm trưởng {} từ ngày {}.",
                year.cluster.name,
                date_text(hand_over.takes_effect_on)
            )
            .into(),
        ),
        Block::Paragraph(
            "Từ ngày đó, quyền tiếp nhận, tổng hợp, điều hành hội nghị và trình hồ sơ của cụm thuộc về bên nhận.".into(),
        ),
    ]
}

/// What of the year's papers is there, and what still waits, by kind of paper.
async fn state_of_papers(db: &mut PgConnection, year: &Year) -> Result<Block> {
    let done_of = |states: Vec<(UnitId, bool)>| {
        let is_done = |unit: UnitId| states.iter().any(|(of, done)| *of == unit && *done);
        let waiting = year.members.iter().filter(|m| !is_done(m.unit_id));
        let waiting: Vec<&str> = waiting.map(|m| m.place.as_str()).collect();
        let done = year.members.len() - waiting.len();
        (format!("{done}/{}", year.members.len()), waiting.join(", "))
    };
    let mut rows = Vec::new();
    let registered = registrations::summaries(db, year.id).await?;
    let is_in = |state| {
        use registrations::State as S;
        matches!(state, S::Accepted | S::Forwarded)
    };
    let registered = registered.iter().map(|s| (s.unit_id, is_in(s.state)));
    rows.push(("Bản đăng ký thi đua đã tiếp nhận", done_of(registered.collect())));
    for period in Period::ALL.into_iter().filter(|period| period.is_in(year)) {
        let reports = reports::summaries(db, year.id, Some(period)).await?;
        let done = reports.iter().map(|s| {
            use reports::State as S;
            (s.unit_id, matches!(s.state, S::Accepted | S::Final))
        });
        let what = match period {
            Period::Midyear => "Báo cáo 6 tháng đã tiếp nhận",
            Period::Annual => "Báo cáo năm đã tiếp nhận",
        };
        rows.push((what, done_of(done.collect())));
    }
    let scored = scoring::summaries(db, year.id).await?;
    if !scored.is_empty() {
        let done = scored
            .iter()
            .map(|s| (s.unit_id, s.state == Some(scoring::State::Locked)));
        rows.push(("Bảng chấm điểm đã chốt tại hội nghị", done_of(done.collect())));
    }
    let rows = rows.into_iter().enumerate().map(|(at, (what, (done, waiting)))| {
        let waiting = if waiting.is_empty() {
            "không".to_owned()
        } else {
            waiting
        };
        vec![(at + 1).to_string(), what.to_owned(), done, waiting]
    });
    Ok(grid(
        &[
            ("TT", 1, Align::Centre),
            ("Hồ sơ", 6, Align::Left),
            ("Số đơn vị", 2, Align::Centre),
            ("Chưa hoàn thành, của đơn vị", 6, Align::Left),
        ],
        rows,
    ))
}

fn calendar(steps: &[StepPlan], year: i32) -> Vec<Block> {
    if steps.is_empty() {
        return vec![Block::Paragraph(
            format!("Thường trực Hội đồng Thi đua - Khen thưởng chưa ban hành lịch năm {year}.").into(),
        )];
    }
    let rows = steps.iter().enumerate().map(|(at, step)| {
        vec![
            (at + 1).to_string(),
            step.step.label().to_owned(),
            date_text(step.opens_on),
            date_text(step.due_on),
        ]
    });
    vec![grid(
        &[
            ("TT", 1, Align::Centre),
            ("Công việc", 7, Align::Left),
            ("Từ ngày", 3, Align::Centre),
            ("Hạn", 3, Align::Centre),
        ],
        rows,
    )]
}

/// The years that are handed over: this one and those before.
fn archive(rows: &[YearRow], last: i32) -> Vec<Block> {
    let opening = "Đăng ký, báo cáo, bảng điểm, biên bản, phiếu đã kiểm và văn bản của các năm sau đây:";
    let years = rows.iter().filter(|row| row.year <= last).map(|row| {
        let leads = if row.leads.is_empty() {
            String::new()
        } else {
            format!(", cụm trưởng: {}", row.leads.join(", "))
        };
        format!("Năm {} ({}{leads})", row.year, row.state.label())
    });
    std::iter::once(Block::Paragraph(opening.into()))
        .chain(dashes(years))
        .collect()
}

fn confirmations(hand_over: &HandOver) -> Vec<Block> {
    let said = |side: &str, what: &str, word: Option<&(Moment, String)>| {
        let words = match word {
            Some((at, who)) => format!("{side} ({who}) xác nhận {what} lúc {}.", moment_text(*at)),
            None => format!("{side} chưa xác nhận {what}."),
        };
        Block::Dash(words.into())
    };
    vec![
        said("Bên giao", "đã giao đủ", hand_over.given.as_ref()),
        said("Bên nhận", "đã nhận đủ", hand_over.taken.as_ref()),
    ]
}
