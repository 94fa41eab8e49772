//! Reports on achievements: of a nominated unit (Form 02 of Decree 98/2023). Those of persons are in `persons`.

use sqlx::PgConnection;

use super::{
    super::{
        forms::{Section, Signer, Wording},
        model::Figure,
    },
    Desk, Prepared, Signed, Text,
    blocks::{clauses, dashes, grid, part, roman},
    leader_of, needed, paragraphs,
    past::{self, PastAward},
    persons, section,
    vusta::signer,
};
use crate::{
    awards,
    ids::NominationId,
    kit::{
        documents::model::{Align, Appendix, Block},
        error::{AppError, Result},
        values::figure_text,
    },
    nominations::{self, Nomination, State},
    reports::{self, Period, Progress, Report},
    units::{self, Unit},
    years::{self, Office, Year},
};

/// Báo cáo thành tích, named by its nomination; that of a person who is registered and not put forward yet by the row of
/// the registration: `cum-3.2023.son-la.{row}`.
pub(super) async fn report(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    match desk.about.parse::<NominationId>() {
        Ok(id) => {
            let nomination = nominations::find_visible(db, desk.actor, id).await?;
            match &nomination.person {
                Some(person) => persons::nominated(db, desk, &nomination, person).await,
                None => of_unit(db, desk, &nomination).await,
            }
        }
        Err(_) => persons::report(db, desk).await,
    }
}

/// What a unit's report is made of.
struct Facts {
    unit: Unit,
    year: i32,
    staff: Option<i32>,
    award: String,
    past: Vec<PastAward>,
    rows: Vec<Compared>,
}

/// A figure beside what it is compared with.
struct Compared {
    indicator: String,
    unit_of_measure: String,
    before_last: String,
    last: String,
    registered: String,
    reached: String,
    percent: String,
}

async fn of_unit(db: &mut PgConnection, desk: &Desk<'_>, nomination: &Nomination) -> Result<Prepared> {
    let year = years::by_id(db, nomination.year_id).await?;
    let slug = &nomination.unit_slug;
    let report = match reports::find_visible(db, desk.actor, &year, Period::Annual, slug).await {
        Ok(report) => Some(report),
        Err(AppError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let unit = units::find(db, nomination.unit_id).await?;
    let facts = Facts {
        year: year.year,
        staff: year.member_of(unit.id).and_then(|member| member.staff),
        award: awards::all(db).await?.name(&nomination.award),
        past: past::before(db, unit.id, None, year.year).await?,
        rows: report.as_ref().map(compared).unwrap_or_default(),
        unit,
    };
    let figures = figures(&facts.rows, &format!("{}/bao-cao/nam/{slug}", year.path()));
    let subject = format!(
        "Đề nghị tặng {} năm {}\nTên tập thể đề nghị: {}",
        facts.award, facts.year, facts.unit.name
    );
    let sections = unit_sections(report.as_ref());
    let mut prepared = desk
        .of_unit(db, &year, nomination.unit_id, move |wording| {
            unit_text(&facts, wording)
        })
        .await?;
    confirmed_by_lead(db, desk, &year, &mut prepared).await?;
    prepared.figures = figures;
    prepared.hindrance = hindrance(nomination);
    prepared.offered.subject = subject;
    prepared.offered.sections = sections;
    prepared.back = (
        nomination.path(),
        format!("Hồ sơ khen thưởng của {}", nomination.unit_name),
    );
    Ok(prepared)
}

pub(super) fn hindrance(nomination: &Nomination) -> Option<String> {
    let is_out = matches!(
        nomination.state,
        State::Proposed | State::NotAcclaimed | State::Withdrawn
    );
    is_out.then(|| {
        format!(
            "Đề nghị hiện ở trạng thái “{}”: {}",
            nomination.state_label(),
            nomination.state.whose_turn()
        )
    })
}

/// The lead confirms at the left what the unit signs at the right, unless the unit leads itself.
async fn confirmed_by_lead(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    year: &Year,
    prepared: &mut Prepared,
) -> Result<()> {
    let lead = year.holder(Office::Lead);
    if let Some(lead) = lead.filter(|lead| Some(*lead) != prepared.issuer.unit()) {
        let unit = units::find(db, lead).await?.short_name;
        let confirming = Signer {
            name: leader_of(db, lead, desk.now).await?,
            ..signer("", &format!("XÁC NHẬN CỦA CỤM TRƯỞNG\nChủ tịch {unit}"))
        };
        prepared.offered.signers.insert(0, confirming);
    }
    Ok(())
}

/// The parts of Form 02 that people write; what the annual report says already is their first text.
fn unit_sections(report: Option<&Report>) -> Vec<Section> {
    let content = report.and_then(|report| report.content.as_ref());
    let (situation, results) = content.map_or(("", ""), |c| (c.situation.as_str(), c.results.as_str()));
    vec![
        section(
            "history",
            "I.1. Đặc điểm, quá trình thành lập và phát triển",
            situation,
        ),
        section("structure", "I.2. Cơ cấu tổ chức; tổ chức đảng, đoàn thể", ""),
        section("functions", "I.3. Chức năng, nhiệm vụ được giao", ""),
        needed("results", "II.1. Kết quả thực hiện chức năng, nhiệm vụ", results),
        section("measures", "II.2. Biện pháp, nguyên nhân đạt được thành tích", ""),
        section(
            "compliance",
            "II.3. Việc thực hiện chủ trương của Đảng, chính sách, pháp luật của Nhà nước",
            "",
        ),
        section("party", "II.4. Hoạt động của tổ chức đảng, đoàn thể", ""),
    ]
}

fn unit_text(facts: &Facts, wording: &Wording) -> Text {
    let mut situation = seat(facts);
    situation.extend(paragraphs(wording.section("history")));
    let mut results = paragraphs(wording.section("results"));
    if !facts.rows.is_empty() {
        let words = format!(
            "Số liệu so sánh kết quả năm {} với chỉ tiêu đã đăng ký và các năm trước: tại Phụ lục kèm theo.",
            facts.year
        );
        results.push(Block::Paragraph(words.into()));
    }
    let mut body = vec![roman(1, "SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH")];
    body.extend(clauses([
        ("Đặc điểm, tình hình", situation),
        part(wording, "structure", "Cơ cấu tổ chức; tổ chức đảng, đoàn thể"),
        part(wording, "functions", "Chức năng, nhiệm vụ được giao"),
    ]));
    body.push(roman(2, "THÀNH TÍCH ĐẠT ĐƯỢC"));
    body.extend(clauses([
        ("Kết quả thực hiện chức năng, nhiệm vụ", results),
        part(wording, "measures", "Biện pháp, nguyên nhân đạt được thành tích"),
        part(
            wording,
            "compliance",
            "Việc thực hiện chủ trương của Đảng, chính sách, pháp luật của Nhà nước",
        ),
        part(wording, "party", "Hoạt động của tổ chức đảng, đoàn thể"),
    ]));
    body.push(roman(3, "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"));
    body.push(if facts.past.is_empty() {
        Block::Paragraph(
            "Chưa có danh hiệu, hình thức khen thưởng nào được ghi nhận trong các năm trước.".into(),
        )
    } else {
        past::table(&facts.past)
    });
    body.push(Block::Paragraph(PROPOSED.into()));
    Text {
        signed: Signed::BySeveral,
        appendices: comparison(facts).into_iter().collect(),
        ..Text::of(body)
    }
}

/// What a report on achievements ends with.
pub(super) const PROPOSED: &str = "Kính đề nghị cấp có thẩm quyền xem xét, khen thưởng";

/// Where the unit sits and how many work there, as far as that is known.
fn seat(facts: &Facts) -> Vec<Block> {
    let unit = &facts.unit;
    let staff = facts.staff.map(|staff| staff.to_string()).unwrap_or_default();
    let known = [
        ("Địa chỉ trụ sở", unit.address.as_str()),
        ("Điện thoại", unit.phone.as_str()),
        ("Thư điện tử", unit.email.as_str()),
        ("Biên chế", staff.as_str()),
    ];
    let known = known.into_iter().filter(|(_, value)| !value.is_empty());
    dashes(known.map(|(label, value)| format!("{label}: {value}")))
}

fn compared(report: &Report) -> Vec<Compared> {
    let (year, past) = (report.basis.year, &report.basis.past);
    let figures = report.content.iter().flat_map(reports::Content::all_figures);
    figures
        .map(|figure| {
            let told = |year| {
                let earlier = past.of_year(year, figure.code.as_deref(), &figure.indicator);
                earlier.map(|e| e.told()).unwrap_or_default()
            };
            let progress = Progress::of(figure, Period::Annual);
            let estimate = if figure.is_open_estimate() {
                " (ước)"
            } else {
                ""
            };
            Compared {
                indicator: figure.indicator.clone(),
                unit_of_measure: figure.unit_of_measure.clone(),
                before_last: told(year - 2),
                last: told(year - 1),
                registered: figure.registered.map(figure_text).unwrap_or_default(),
                reached: format!("{}{estimate}", figure.words()),
                percent: progress
                    .and_then(Progress::percent)
                    .map(figure_text)
                    .unwrap_or_default(),
            }
        })
        .collect()
}

fn figures(rows: &[Compared], path: &str) -> Vec<Figure> {
    let figures = rows.iter().enumerate().map(|(at, row)| Figure {
        label: format!("{}. {}", at + 1, row.indicator),
        value: row.reached.clone(),
        path: path.to_owned(),
    });
    figures.collect()
}

/// The figures beside those of other years; a year of which nothing is known has no column.
fn comparison(facts: &Facts) -> Option<Appendix> {
    type Value = fn(&Compared) -> &str;
    let year = facts.year;
    let all: [(String, u16, Value); 5] = [
        (format!("Kết quả năm {}", year - 2), 3, |row| {
            &row.before_last
        }),
        (format!("Kết quả năm {}", year - 1), 3, |row| &row.last),
        (format!("Chỉ tiêu năm {year}"), 3, |row| &row.registered),
        (format!("Kết quả năm {year}"), 3, |row| &row.reached),
        ("So với chỉ tiêu (%)".to_owned(), 2, |row| &row.percent),
    ];
    let known: Vec<&(String, u16, Value)> = all
        .iter()
        .filter(|(_, _, value)| facts.rows.iter().any(|row| !value(row).is_empty()))
        .collect();
    let mut columns = vec![
        ("TT", 1, Align::Centre),
        ("Chỉ tiêu", 8, Align::Left),
        ("Đơn vị tính", 2, Align::Centre),
    ];
    columns.extend(
        known
            .iter()
            .map(|(head, width, _)| (head.as_str(), *width, Align::Right)),
    );
    let rows = facts.rows.iter().enumerate().map(|(at, row)| {
        let words = [
            (at + 1).to_string(),
            row.indicator.clone(),
            row.unit_of_measure.clone(),
        ];
        let values = known.iter().map(|(_, _, value)| match value(row) {
            "" => "–".to_owned(),
            value => value.to_owned(),
        });
        words.into_iter().chain(values).collect()
    });
    (!facts.rows.is_empty()).then(|| Appendix {
        title: format!("SỐ LIỆU SO SÁNH KẾT QUẢ NĂM {year}"),
        body: vec![grid(&columns, rows)],
        is_landscape: true,
        ..Appendix::default()
    })
}
