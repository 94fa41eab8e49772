//! A person's report on achievements (Form 03 of Decree 98/2023).

use sqlx::PgConnection;

use super::{
    super::{
        access,
        forms::{Signer, Wording, lines},
        model::Issuer,
        queries,
    },
    Desk, Prepared, Signed, Text,
    achievements::{PROPOSED, hindrance},
    blocks::{clauses, dashes, gap, part, roman},
    needed, paragraphs,
    past::{self, PastAward},
    section,
    vusta::signer,
};
use crate::{
    awards,
    ids::RowId,
    kit::{
        documents::model::Block,
        error::{AppError, Result},
    },
    nominations::{Individual, Nomination},
    people::Gender,
    registrations,
    units::{self, Unit},
    years::{self, Year},
};

/// Báo cáo thành tích of a person whom the unit's accepted registration puts forward.
pub(super) async fn report(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let (year, rest) = desk.year(db).await?;
    let (slug, row) = rest.split_once('.').ok_or(AppError::NotFound)?;
    let row: RowId = row.parse().map_err(|_| AppError::NotFound)?;
    let registration = registrations::find_visible(db, desk.actor, &year, slug).await?;
    let is_taken_in = matches!(
        registration.state,
        registrations::State::Accepted | registrations::State::Forwarded
    );
    let content = registration.content.filter(|_| is_taken_in).ok_or_else(|| {
        AppError::conflict(
            "Đăng ký thi đua của đơn vị chưa được tiếp nhận nên chưa có cá nhân để lập báo cáo.",
        )
    })?;
    let individuals = content.individuals.into_iter();
    let person = individuals
        .into_iter()
        .find(|p| p.id == row)
        .ok_or(AppError::NotFound)?;
    let award = awards::all(db).await?.name(&person.award);
    let unit = units::find(db, registration.unit_id).await?;
    let back = (
        format!("{}/dang-ky/{slug}", year.path()),
        format!("Đăng ký thi đua của {}", unit.short_name),
    );
    let about = About {
        person: Individual::of(&person),
        unit,
        award,
    };
    Ok(Prepared {
        back,
        ..form(db, desk, &year, about).await?
    })
}

/// Báo cáo thành tích of a person who is put forward. What was written for the registered person is taken over.
pub(super) async fn nominated(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    nomination: &Nomination,
    person: &Individual,
) -> Result<Prepared> {
    let year = years::by_id(db, nomination.year_id).await?;
    let about = About {
        person: person.clone(),
        unit: units::find(db, nomination.unit_id).await?,
        award: awards::all(db).await?.name(&nomination.award),
    };
    let mut prepared = form(db, desk, &year, about).await?;
    if let Some(written) = written_before(db, desk, &year, nomination, person).await? {
        prepared.offered.sections = written.refreshed(&prepared.offered).sections;
    }
    prepared.hindrance = hindrance(nomination);
    prepared.back = (
        nomination.path(),
        format!("Hồ sơ khen thưởng của {}", person.full_name),
    );
    Ok(prepared)
}

/// What was written for this person while registered only, for those who draft it.
async fn written_before(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    year: &Year,
    nomination: &Nomination,
    person: &Individual,
) -> Result<Option<Wording>> {
    if !access::may_issue(desk.actor, Issuer::Unit(nomination.unit_id)) {
        return Ok(None);
    }
    let slug = &nomination.unit_slug;
    let content = match registrations::find_visible(db, desk.actor, year, slug).await {
        Ok(registration) => registration.content,
        Err(AppError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let mut rows = content.into_iter().flat_map(|content| content.individuals);
    let Some(row) = rows.find(|row| row.award == nomination.award && Individual::of(row) == *person) else {
        return Ok(None);
    };
    let about = format!("{}.{}.{slug}.{}", year.cluster.slug, year.year, row.id);
    let versions = queries::versions(db, desk.kind, &about).await?;
    Ok(versions.into_iter().next().map(|version| version.wording))
}

/// Whom a report is on.
struct About {
    person: Individual,
    unit: Unit,
    award: String,
}

async fn form(db: &mut PgConnection, desk: &Desk<'_>, year: &Year, about: About) -> Result<Prepared> {
    let About { person, unit, award } = about;
    let (name, unit_name) = (person.full_name.clone(), unit.name.clone());
    let past = past::before(db, unit.id, Some(&name), year.year).await?;
    let is_known = !past.is_empty();
    let mut prepared = desk
        .of_unit(db, year, unit.id, move |wording| {
            person_text(&person, &unit_name, &past, wording)
        })
        .await?;
    let reporting = Signer {
        name: name.clone(),
        ..signer("", "NGƯỜI BÁO CÁO THÀNH TÍCH")
    };
    if let Some(head) = prepared.offered.signers.first_mut() {
        "XÁC NHẬN CỦA ĐƠN VỊ\nCHỦ TỊCH".clone_into(&mut head.post);
    }
    prepared.offered.signers.push(reporting);
    prepared.offered.subject = format!("Đề nghị tặng {award} năm {}\nHọ và tên: {name}", year.year);
    prepared.offered.sections = PERSON_PARTS
        .map(|(code, title)| match code {
            "life" | "duties" | "results" => needed(code, title, ""),
            // What the history knows stands there by itself; people add what it doesn't.
            "awards" if !is_known => needed(code, title, ""),
            _ => section(code, title, ""),
        })
        .to_vec();
    Ok(prepared)
}

const PERSON_PARTS: [(&str, &str); 5] = [
    (
        "life",
        "I. Quê quán, nơi thường trú, trình độ chuyên môn, nghiệp vụ",
    ),
    ("duties", "II.1. Quyền hạn, nhiệm vụ được giao"),
    ("results", "II.2. Thành tích đạt được"),
    (
        "initiatives",
        "II.3. Sáng kiến, đề tài, giải pháp công tác (cơ quan công nhận, hiệu quả)",
    ),
    (
        "awards",
        "III. Các hình thức đã được khen thưởng (năm, số quyết định, cơ quan)",
    ),
];

fn person_text(person: &Individual, unit: &str, past: &[PastAward], wording: &Wording) -> Text {
    let gender = match person.gender {
        Gender::Female => "Nữ",
        Gender::Male => "Nam",
    };
    let year = person.birth_year.to_string();
    let known = [
        ("Họ và tên", person.full_name.as_str()),
        ("Giới tính", gender),
        ("Năm sinh", &year),
        ("Chức vụ", &person.position),
        ("Đơn vị công tác", unit),
    ];
    let known = known.map(|(label, value)| format!("{label}: {value}"));
    let life = lines(wording.section("life"));
    let mut body = vec![roman(1, "SƠ LƯỢC LÝ LỊCH")];
    if life.is_empty() {
        let unknown = ["Quê quán", "Nơi thường trú", "Trình độ chuyên môn, nghiệp vụ"];
        let unknown = unknown.map(|label| format!("{label}: …"));
        body.extend(dashes(known.into_iter().chain(unknown)));
    } else {
        body.extend(dashes(known));
        body.extend(paragraphs(wording.section("life")));
    }
    body.push(roman(2, "THÀNH TÍCH ĐẠT ĐƯỢC"));
    let needed = |code: &str, title| {
        let (title, text) = part(wording, code, title);
        (title, if text.is_empty() { vec![gap()] } else { text })
    };
    body.extend(clauses([
        needed("duties", "Quyền hạn, nhiệm vụ được giao"),
        needed("results", "Thành tích đạt được"),
        part(wording, "initiatives", "Sáng kiến, đề tài, giải pháp công tác"),
    ]));
    body.push(roman(3, "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"));
    if past.is_empty() {
        body.extend(needed("awards", "").1);
    } else {
        body.push(past::table(past));
        body.extend(part(wording, "awards", "").1);
    }
    body.push(Block::Paragraph(PROPOSED.into()));
    Text {
        signed: Signed::BySeveral,
        ..Text::of(body)
    }
}
