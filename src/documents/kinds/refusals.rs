//! The notice to those whom VUSTA refuses.

use sqlx::PgConnection;

use super::{Desk, Prepared, Text, paragraphs, section, vusta::signer};
use crate::{
    awards,
    ids::NominationId,
    kit::{
        documents::model::Block,
        error::{AppError, Result},
    },
    nominations::{self, State},
    units,
    years::{self, Office},
};

/// Thông báo không khen thưởng (domain: document 19): to the nominee, with the reason.
pub(super) async fn refusal(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let id: NominationId = desk.about.parse().map_err(|_| AppError::NotFound)?;
    let nomination = nominations::find_visible(db, desk.actor, id).await?;
    let finding = match nomination.state {
        State::Ineligible => {
            "hồ sơ không đủ điều kiện theo thẩm định của Thường trực Hội đồng Thi đua - Khen thưởng."
        }
        State::CouncilRejected => "Hội đồng Thi đua - Khen thưởng đã bỏ phiếu và không thông qua.",
        _ => {
            return Err(AppError::conflict(
                "Chỉ thông báo cho đề nghị đã thẩm định không đủ điều kiện hoặc Hội đồng không thông qua.",
            ));
        }
    };
    let notes = nominations::last_notes(db, &[id]).await?;
    let reason = notes.into_iter().map(|(_, note)| note).next().unwrap_or_default();
    let award = awards::all(db).await?.name(&nomination.award);
    let (unit, place) = (
        units::find(db, nomination.unit_id).await?.name,
        nomination.place.clone(),
    );
    let whom = match &nomination.person {
        Some(person) => format!("{}, {}, {unit}", person.addressed(), person.position),
        None => unit.clone(),
    };
    let lead = format!(
        "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam đã xem xét hồ sơ đề nghị tặng {award} năm {} cho {whom} ({}) và thông báo như sau:",
        place.year, place.name
    );
    let reason = if reason.is_empty() {
        String::new()
    } else {
        format!("Lý do: {}.", reason.trim_end_matches('.'))
    };
    let mut prepared = desk.of_office(signer("", "CHỦ TỊCH"), move |wording| {
        let points = [format!("Kết quả: {finding}"), reason.clone()];
        let points = points.into_iter().filter(|text| !text.is_empty());
        let points = points.enumerate().map(|(at, text)| Block::Clause {
            number: at + 1,
            text: text.into(),
        });
        let mut body = vec![Block::Paragraph(lead.clone().into())];
        body.extend(points);
        body.extend(paragraphs(wording.section("guidance")));
        Text::of(body)
    });
    let year = years::by_id(db, nomination.year_id).await?;
    prepared.cluster_id = Some(nomination.cluster_id);
    prepared.offered.subject = format!("Về việc không tặng {award} năm {}", place.year);
    prepared.offered.recipients = format!("{unit}\nĐơn vị cụm trưởng {}\nLưu: VT, HĐTĐKT", place.name);
    prepared.offered.sections = vec![section("guidance", "Hướng dẫn", GUIDANCE)];
    let lead = year
        .holder(Office::Lead)
        .filter(|lead| *lead != nomination.unit_id);
    prepared.sent_to = std::iter::once(nomination.unit_id)
        .chain(lead)
        .map(Some)
        .collect();
    prepared.back = (
        nomination.path(),
        format!("Hồ sơ khen thưởng của {}", nomination.nominee()),
    );
    Ok(prepared)
}

const GUIDANCE: &str = "Nếu có ý kiến, đề nghị đơn vị gửi văn bản về Thường trực Hội đồng Thi đua - Khen thưởng Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam để được xem xét, trả lời.\nLiên hiệp các Hội Khoa học và Kỹ thuật Việt Nam thông báo để đơn vị được biết";
