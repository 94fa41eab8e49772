//! The cards of the council's members, to be printed and cut; a new one for a lost one.

use askama::Template;
use axum::response::Response;

use super::{
    super::{access, actions, model::Sitting, queries, workflow::Action},
    CardsPath, NewCardPath,
};
use crate::{
    conferences::cards,
    ids::SeatId,
    kit::{error::Result, qr},
    web::{Visit, page, see_other, shell::Shell},
};

/// Cards on a sheet of A4: two beside each other, four below.
const ON_A_SHEET: usize = 8;

/// A card as it is printed.
struct Card {
    id: SeatId,
    name: String,
    number: i32,
    code: String,
    qr: String,
}

#[derive(Template)]
#[template(path = "council/cards.html")]
struct CardsPage {
    shell: Shell,
    sitting: Sitting,
    sheets: Vec<Vec<Card>>,
    count: usize,
    address: String,
}

pub(super) async fn show(path: CardsPath, visit: Visit) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut db = visit.db().await?;
    let sitting = queries::find_sitting(&mut db, path.year, path.sitting).await?;
    access::require_act(visit.actor()?, Action::Roll, &sitting)?;
    let address = format!("{}/phieu", visit.app.config.address());
    let mut sheets: Vec<Vec<Card>> = Vec::new();
    let seats = queries::roll(&mut db, sitting.id).await?;
    for seat in &seats {
        let code = cards::code(&secret, seat.id, seat.card_number);
        let card = Card {
            id: seat.id,
            name: seat.name.clone(),
            number: seat.card_number,
            qr: qr::data_address(&format!("{address}/{code}"))?,
            code: cards::spaced(&code),
        };
        match sheets.last_mut() {
            Some(sheet) if sheet.len() < ON_A_SHEET => sheet.push(card),
            _ => sheets.push(vec![card]),
        }
    }
    page(&CardsPage {
        shell: visit.shell(),
        sitting,
        sheets,
        count: seats.len(),
        address,
    })
}

pub(super) async fn renew(path: NewCardPath, visit: Visit) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let sitting = queries::find_sitting(&mut tx, path.year, path.sitting).await?;
    let seat = actions::new_card(&mut tx, visit.now, visit.actor()?, &sitting, path.seat, &secret).await?;
    tx.commit().await?;
    let message = format!(
        "Thẻ cũ của {} đã hủy. Hãy in thẻ mới (thẻ số {}).",
        seat.name, seat.card_number
    );
    Ok(see_other(sitting.path_to("the-uy-vien"), &message))
}
