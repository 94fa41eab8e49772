//! The letter that takes an issued paper back (Decree 30, article 18).

use sqlx::PgConnection;

use super::{
    super::{
        model::{Issued, Issuer, Recipient},
        queries,
    },
    Desk, Prepared, Text, needed, paragraphs, section, vusta,
};
use crate::{
    documents::forms::{Signer, Wording},
    ids::{ClusterId, DocumentId},
    kit::{
        clock::date_text,
        documents::model::Block,
        error::{AppError, Result},
    },
    units,
    years::{self, Office, Year},
};

/// The part of the letter that says why: the recall is kept with it.
pub(in crate::documents) const REASON: &str = "reason";

/// Công văn thu hồi: to whomever the paper went, in the name in which it was issued.
pub(super) async fn letter(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let id: DocumentId = desk.about.parse().map_err(|_| AppError::NotFound)?;
    let (issued, recipients) = queries::find_visible(db, desk.actor, id).await?;
    if !issued.kind.can_be_recalled() {
        return Err(AppError::conflict(
            "Văn bản này không thu hồi bằng công văn: quyết định được sửa, hủy bằng quyết định khác; công văn thu hồi thì không thu hồi.",
        ));
    }
    let mut prepared = in_its_name(db, desk, &issued).await?;
    prepared.recalls = Some(issued.id);
    prepared.is_open_to_readers = false;
    prepared.cluster_id = if issued.kind.tells_points() {
        None
    } else {
        queries::matter(db, issued.id).await?
    };
    prepared.hindrance = issued
        .recall
        .as_ref()
        .map(|recall| format!("Văn bản số {} {}.", issued.number_text(), recall.words()));
    prepared.offered.symbol = issued.abbreviation().to_owned();
    prepared.offered.subject = format!(
        "thu hồi văn bản số {} ngày {}",
        issued.number_text(),
        date_text(issued.issued_on)
    );
    prepared.offered.addressees = addressees(&recipients);
    prepared.names_addressees = !recipients.is_empty();
    let whom = if recipients.is_empty() { "" } else { "Như trên\n" };
    prepared.offered.recipients = format!("{whom}Lưu: VT");
    prepared.offered.sections = vec![
        needed(REASON, "Lý do thu hồi", ""),
        section("request", "Đề nghị", REQUEST),
        section("closing", "Lời kết", "Trân trọng"),
    ];
    prepared.sent_to = recipients.iter().map(|recipient| recipient.unit_id).collect();
    prepared.back = (issued.path(), format!("Văn bản số {}", issued.number_text()));
    Ok(prepared)
}

const REQUEST: &str = "Đề nghị nơi đã nhận văn bản nêu trên gửi lại bản giấy đã nhận (nếu có), không tiếp tục sử dụng bản điện tử và những bản đã sao.";

/// A line each; none where the paper went to nobody.
fn addressees(recipients: &[Recipient]) -> String {
    let names: Vec<String> = recipients.iter().map(Recipient::words).collect();
    names.join("\n")
}

/// What the letter says: what is taken back, why, and what is asked of those who have it.
fn text(issued: &Issued, house: &str, wording: &Wording) -> Text {
    let number = issued.number_text();
    let was = format!(
        "Ngày {}, {house} đã ban hành văn bản số {number} ({}).",
        date_text(issued.issued_on),
        issued.title
    );
    let is = format!(
        "{house} thu hồi văn bản số {number} nêu trên. Văn bản này không còn hiệu lực kể từ ngày ban hành công văn này."
    );
    let mut body = vec![Block::Paragraph(was.into()), Block::Paragraph(is.into())];
    let reason = wording.section(REASON).trim();
    if !reason.is_empty() {
        body.extend(paragraphs(&format!("Lý do thu hồi: {reason}")));
    }
    body.extend(paragraphs(wording.section("request")));
    body.extend(paragraphs(wording.section("closing")));
    Text::of(body)
}

/// A letter in the name in which the paper was issued, signed by whoever signs in that name today.
async fn in_its_name(db: &mut PgConnection, desk: &Desk<'_>, issued: &Issued) -> Result<Prepared> {
    let paper = issued.clone();
    let compose = move |issuer: String| move |wording: &Wording| text(&paper, &issuer, wording);
    match issued.issuer {
        Issuer::Unit(id) => {
            let unit = units::find(db, id).await?;
            let offered = Wording {
                issuer: unit.name.to_uppercase(),
                place: unit.place.clone(),
                signers: vec![Signer {
                    powers: String::new(),
                    post: "CHỦ TỊCH".to_owned(),
                    name: super::leader_of(db, id, desk.now).await?,
                }],
                ..Wording::default()
            };
            let own = (issued.issuer, unit.name.as_str());
            Ok(desk.prepared(None, own, offered, compose(unit.name.clone())))
        }
        Issuer::Cluster(cluster) => {
            let year = led_year(db, desk, cluster).await?;
            desk.of_cluster(db, &year, compose(year.cluster.name.clone()))
                .await
        }
        Issuer::Office => {
            let head = vusta::signer("", "CHỦ TỊCH");
            Ok(desk.of_office(head, compose(super::VUSTA_NAME.to_owned())))
        }
        Issuer::Council => {
            let chair = vusta::signer("TM. HỘI ĐỒNG", "CHỦ TỊCH");
            Ok(desk.of_council(vec![chair], compose(vusta::COUNCIL_NAME.to_owned())))
        }
    }
}

/// The newest year of the cluster in which a unit of this person leads it; the newest one where none does.
async fn led_year(db: &mut PgConnection, desk: &Desk<'_>, cluster: ClusterId) -> Result<Year> {
    let rows = years::list(db, Some(cluster)).await?;
    let own = desk.actor.units();
    for row in &rows {
        let year = years::by_id(db, row.id).await?;
        if year.holder(Office::Lead).is_some_and(|lead| own.contains(&lead)) {
            return Ok(year);
        }
    }
    let newest = rows.first().ok_or(AppError::NotFound)?;
    years::by_id(db, newest.id).await
}
