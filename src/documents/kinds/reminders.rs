//! The letter that urges units: what has come due and isn't handed in, thing by thing, to those units only.

use chrono::{Days, NaiveDate};
use sqlx::PgConnection;

use super::{Desk, Prepared, Text, blocks::titled, paragraphs, section};
use crate::{
    ids::UnitId,
    kit::{
        clock::{self, Moment, date_text},
        documents::model::Block,
        error::{AppError, Result},
    },
    registrations,
    reports::{self, Period},
    scoring,
    years::{LateIs, Member, Office, Step, Year},
};

/// A thing that has come due, and the units that it is awaited from.
struct Thing {
    what: String,
    step: Step,
    lines: Vec<Line>,
}

/// A unit that something is awaited from.
struct Line {
    unit: UnitId,
    words: String,
}

/// What is missing.
#[derive(Clone, Copy)]
enum Missing {
    /// It was never handed in.
    Never,
    /// It came back and is awaited again, perhaps until a day of its own.
    Returned(Option<NaiveDate>),
    /// The appraisers asked and wait for the answer.
    Explanation,
}

/// Công văn đôn đốc (domain: document 20): to each unit that owes something, and to no other.
pub(super) async fn letter(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    if !year.is_open() {
        return Err(AppError::conflict(
            "Năm thi đua này đã khép lại nên không còn gì để đôn đốc.",
        ));
    }
    let things = things(db, &year, desk.now).await?;
    let urged: Vec<&Member> = year
        .members
        .iter()
        .filter(|m| things.iter().any(|thing| thing.is_awaited_from(m.unit_id)))
        .collect();
    if urged.is_empty() {
        return Err(AppError::conflict(
            "Các đơn vị đã nộp đủ những gì đến kỳ nên không có gì để đôn đốc.",
        ));
    }
    let addressees: Vec<&str> = urged.iter().map(|m| m.short_name.as_str()).collect();
    let (addressees, sent_to) = (
        addressees.join("\n"),
        urged.iter().map(|m| Some(m.unit_id)).collect(),
    );
    let opening = format!(
        "Theo lịch công tác thi đua, khen thưởng năm {} của {}, tính đến {}, còn {:02} đơn vị chưa nộp đủ hồ sơ đã đến kỳ, cụ thể như sau:",
        year.year,
        year.cluster.name,
        clock::moment_text(desk.now),
        urged.len()
    );
    let mut facts = vec![Block::Paragraph(opening.into())];
    for (at, thing) in things.iter().enumerate() {
        facts.extend(thing.blocks(at + 1, &year));
    }
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| {
            let mut body = facts.clone();
            body.extend(paragraphs(wording.section("request")));
            body.extend(paragraphs(wording.section("closing")));
            Text::of(body)
        })
        .await?;
    prepared.offered.subject = format!("đôn đốc nộp hồ sơ thi đua, khen thưởng năm {}", year.year);
    prepared.offered.addressees = addressees;
    "Như trên\nLưu: VT".clone_into(&mut prepared.offered.recipients);
    prepared.offered.sections = vec![
        section("request", "Đề nghị", request(&year)),
        section("closing", "Lời kết", "Trân trọng"),
    ];
    prepared.names_addressees = true;
    prepared.sent_to = sent_to;
    Ok(prepared)
}

fn request(year: &Year) -> String {
    format!(
        "{} đề nghị các đơn vị có tên nêu trên khẩn trương hoàn thành và nộp trên hệ thống. Đơn vị có khó khăn, vướng mắc xin liên hệ {} (cụm trưởng) để được phối hợp, giải quyết.",
        year.cluster.name,
        year.names_in(Office::Lead)
    )
}

/// What has come due, in the order of the year. The unit that leads knows what it owes itself.
async fn things(db: &mut PgConnection, year: &Year, now: Moment) -> Result<Vec<Thing>> {
    let registrations = registrations::summaries(db, year.id).await?;
    let reports = reports::summaries(db, year.id, None).await?;
    let sheets = scoring::summaries(db, year.id).await?;
    let lead = year.holder(Office::Lead);
    let mut things = vec![Thing::of(
        format!("Đăng ký thi đua năm {}", year.year),
        Step::Registration,
    )];
    things.extend(Period::ALL.map(|period| Thing::of(report_of(period, year.year), period.step())));
    things.push(Thing::of(
        format!("Bảng tự chấm điểm năm {}", year.year),
        Step::AnnualReport,
    ));
    things.push(Thing::of(
        "Giải trình điểm với bên thẩm định".to_owned(),
        Step::Appraisal,
    ));
    for member in year.members.iter().filter(|m| Some(m.unit_id) != lead) {
        let unit = member.unit_id;
        let registered = registrations.iter().find(|r| r.unit_id == unit);
        let mut missing = vec![registration(year, member, registered, now)];
        missing.extend(Period::ALL.map(|period| {
            let mut of_unit = reports.iter().filter(|r| r.unit_id == unit);
            let found = of_unit.find(|r| r.period == period);
            report(year, member, period, found, now)
        }));
        let sheet = sheets.iter().find(|s| s.unit_id == unit);
        missing.extend(score(year, member, sheet, now));
        for (thing, missing) in things.iter_mut().zip(missing) {
            if let Some(missing) = missing {
                thing.lines.push(line(year, member, thing.step, missing, now));
            }
        }
    }
    things.retain(|thing| !thing.lines.is_empty());
    Ok(things)
}

fn report_of(period: Period, year: i32) -> String {
    match period {
        Period::Annual => format!("Báo cáo tổng kết năm {year}"),
        Period::Midyear => format!("Báo cáo sơ kết 6 tháng đầu năm {year}"),
    }
}

/// Whether the window of a step is open.
fn has_come(year: &Year, step: Step, now: Moment) -> bool {
    year.plan(step)
        .is_some_and(|plan| plan.opens_on <= clock::day(now))
}

fn registration(
    year: &Year,
    member: &Member,
    found: Option<&registrations::Summary>,
    now: Moment,
) -> Option<Missing> {
    use registrations::State;
    let is_awaited = member.to_date.is_none() && has_come(year, Step::Registration, now);
    match found.map(|r| r.state) {
        Some(State::Returned) if is_awaited => Some(Missing::Returned(found.and_then(|r| r.due_again))),
        None | Some(State::Draft) if is_awaited => Some(Missing::Never),
        _ => None,
    }
}

fn report(
    year: &Year,
    member: &Member,
    period: Period,
    found: Option<&reports::Summary>,
    now: Moment,
) -> Option<Missing> {
    use reports::State;
    if !period.is_in(year) || !period.is_asked_of(year, member) {
        return None;
    }
    match found.map(|r| r.state) {
        Some(State::Returned) => Some(Missing::Returned(found.and_then(|r| r.due_again))),
        // Once the annual report is due nobody misses the one on six months, unless it was begun.
        None if period.is_time(year, now) => Some(Missing::Never),
        Some(State::Draft) if has_come(year, period.step(), now) => Some(Missing::Never),
        _ => None,
    }
}

/// The points that a unit gives itself, and the answer to its appraisers.
fn score(
    year: &Year,
    member: &Member,
    found: Option<&scoring::Summary>,
    now: Moment,
) -> [Option<Missing>; 2] {
    use scoring::State;
    let is_awaited = member.to_date.is_none() && has_come(year, Step::AnnualReport, now);
    match found.filter(|_| is_awaited).map(|s| s.state) {
        Some(None | Some(State::Draft)) => [Some(Missing::Never), None],
        Some(Some(State::AwaitingExplanation)) => [None, Some(Missing::Explanation)],
        _ => [None, None],
    }
}

/// `Liên hiệp Hội tỉnh Hòa Bình: chưa nộp, quá hạn 5 ngày (từ ngày 01/03/2023)`
fn line(year: &Year, member: &Member, step: Step, missing: Missing, now: Moment) -> Line {
    let deadline = year.deadline(step, member.unit_id);
    let usual = year.plan(step).map(|plan| plan.due_on);
    let (what, own) = match missing {
        Missing::Never => ("chưa nộp", None),
        Missing::Returned(again) => ("đã được trả lại để sửa, chưa nộp lại", again),
        Missing::Explanation => ("chưa giải trình", None),
    };
    let mut words = vec![format!("{}: {what}", member.short_name)];
    if let Some(due) = own.or(deadline.map(|d| d.due_on)) {
        if Some(due) != usual {
            words.push(format!("hạn của đơn vị: hết ngày {}", date_text(due)));
        }
        words.push(match clock::days_late(now, due) {
            0 => format!("còn {} ngày", (due - clock::day(now)).num_days()),
            days => format!("quá hạn {days} ngày (từ ngày {})", date_text(due + Days::new(1))),
        });
    }
    let is_refused = deadline.is_some_and(|d| d.late_is == LateIs::Refused && d.days_late(now) > 0);
    if is_refused && matches!(missing, Missing::Never) {
        words.push("quy định của năm không nhận nộp chậm nên cần đề nghị gia hạn".to_owned());
    }
    Line {
        unit: member.unit_id,
        words: words.join(", "),
    }
}

impl Thing {
    fn of(what: String, step: Step) -> Self {
        Self {
            what,
            step,
            lines: Vec::new(),
        }
    }

    fn is_awaited_from(&self, unit: UnitId) -> bool {
        self.lines.iter().any(|line| line.unit == unit)
    }

    /// Its heading with the deadline, and a line for each unit.
    fn blocks(&self, number: usize, year: &Year) -> Vec<Block> {
        let due = year.plan(self.step).map_or_else(String::new, |plan| {
            format!(" (hạn: hết ngày {})", date_text(plan.due_on))
        });
        let heading = titled(number, &format!("{}{due}", self.what));
        let last = self.lines.len();
        let lines = self.lines.iter().zip(1..).map(|(line, at)| {
            let end = if at == last { '.' } else { ';' };
            Block::Dash(format!("{}{end}", line.words).into())
        });
        std::iter::once(heading).chain(lines).collect()
    }
}
