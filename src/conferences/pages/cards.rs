//! The cards of delegates, to be printed and cut; a new one for a lost one.

use askama::Template;
use axum::response::Response;

use super::{
    super::{access, actions, cards, model::Part},
    CardsPath, Meeting, NewCardPath, open_meeting,
};
use crate::{
    ids::DelegateId,
    kit::{error::Result, qr},
    web::{Visit, page, see_other, shell::Shell},
};

/// Cards on a sheet of A4: two beside each other, four below.
const ON_A_SHEET: usize = 8;

/// A card as it is printed.
struct Card {
    id: DelegateId,
    name: String,
    post: String,
    unit: String,
    part: &'static str,
    is_voting: bool,
    number: i32,
    code: String,
    qr: String,
}

#[derive(Template)]
#[template(path = "conferences/cards.html")]
struct CardsPage {
    shell: Shell,
    sheets: Vec<Vec<Card>>,
    count: usize,
    address: String,
    meeting: Meeting,
}

pub(super) async fn show(path: CardsPath, visit: Visit) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    access::require_register(visit.actor()?, &meeting.conference)?;
    let address = format!("{}/phieu", visit.app.config.address());
    let mut all = Vec::new();
    for d in &meeting.delegates {
        let code = cards::code(&secret, d.id, d.card_number);
        all.push(Card {
            id: d.id,
            name: d.name.clone(),
            post: d.post.clone(),
            unit: meeting.unit_of(d),
            part: d.part.label(),
            is_voting: d.part == Part::Voting,
            number: d.card_number,
            qr: qr::data_address(&format!("{address}/{code}"))?,
            code: cards::spaced(&code),
        });
    }
    let count = all.len();
    let mut sheets: Vec<Vec<Card>> = Vec::new();
    for card in all {
        match sheets.last_mut() {
            Some(sheet) if sheet.len() < ON_A_SHEET => sheet.push(card),
            _ => sheets.push(vec![card]),
        }
    }
    page(&CardsPage {
        shell: visit.shell_in(&meeting.year.place()),
        sheets,
        count,
        address,
        meeting,
    })
}

pub(super) async fn renew(path: NewCardPath, visit: Visit) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    let found = actions::new_card(&mut tx, visit.now, actor, conference, path.delegate, &secret).await?;
    tx.commit().await?;
    let message = format!(
        "Thẻ cũ của {} đã hủy. Hãy in thẻ mới (thẻ số {}).",
        found.name, found.card_number
    );
    Ok(see_other(meeting.path_to("the-dai-bieu"), &message))
}
