//! A card with its code: whose it is, and what it opens.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use crate::{
    ballots::{self, Ballot, Voter},
    conferences::{self, Conference, Delegate, cards},
    council::{self, Sitting},
    kit::{error::Result, text::capital},
    web::{Origin, Visit, limit::Limit, page_with},
};

/// Seconds after which the tablet that is handed round goes back to its start.
const KIOSK_SECONDS: u32 = 30;

/// The head of every page that a card opens.
#[derive(Clone, Debug, Default)]
pub(super) struct CardHead {
    /// `Hội nghị tổng kết Cụm thi đua số 3`
    pub house: String,
    /// `Nguyễn Văn Mẫu, Liên hiệp Hội tỉnh Sơn La`
    pub who: String,
    pub code: String,
    pub is_kiosk: bool,
    pub is_demo: bool,
    /// Goes back to the start by itself after this many seconds.
    pub returns_after: Option<u32>,
}

impl CardHead {
    /// Of a page that belongs to no card yet.
    pub fn blank(visit: &Visit, is_kiosk: bool) -> Self {
        Self {
            is_kiosk,
            is_demo: visit.app.is_demo,
            ..Self::default()
        }
    }

    /// The same, going back to the start of the tablet by itself.
    pub fn that_returns(mut self) -> Self {
        self.returns_after = self.is_kiosk.then_some(KIOSK_SECONDS);
        self
    }

    /// Where forms are sent: from the tablet never to an address with a code in it, which the next person could go back to.
    pub fn action(&self, rest: &str) -> String {
        if self.is_kiosk {
            "/phieu".to_owned()
        } else {
            self.link(rest)
        }
    }

    /// `/phieu/ABCD2345`, and a page below it.
    pub fn link(&self, rest: impl std::fmt::Display) -> String {
        let rest = rest.to_string();
        let slash = if rest.is_empty() { "" } else { "/" };
        format!("/phieu/{}{slash}{rest}", self.code)
    }
}

/// Whoever holds a card.
pub(super) struct Holder {
    pub head: CardHead,
    pub hash: Vec<u8>,
    pub seat: Seat,
    pub ballots: Vec<(Ballot, Voter)>,
}

/// Where the card lets its holder sit.
pub(super) enum Seat {
    /// A delegate at a conference.
    Delegate(Box<(Delegate, Conference)>),
    /// A member of the council at a session.
    Member(Box<(council::Seat, Sitting)>),
}

/// What became of a code.
pub(super) enum Opened {
    Known(Box<Holder>),
    /// No card has it.
    Unknown,
    /// The address has tried too many.
    TooMany,
}

/// Looks a code up. One that is wrong counts against the address it came from.
pub(super) async fn open(
    db: &mut PgConnection,
    visit: &Visit,
    from: &Origin,
    limit: &Limit,
    code: &str,
    is_kiosk: bool,
) -> Result<Opened> {
    let Some(attempt) = limit.attempt(&from.address, visit.now) else {
        return Ok(Opened::TooMany);
    };
    let holder = match cards::read(code) {
        Some(code) => holder_of(db, visit, code, is_kiosk).await?,
        None => None,
    };
    if let Some(holder) = holder {
        return Ok(Opened::Known(Box::new(holder)));
    }
    attempt.failed();
    Ok(Opened::Unknown)
}

/// Whoever holds the card with this code; none where no card has it.
async fn holder_of(
    db: &mut PgConnection,
    visit: &Visit,
    code: String,
    is_kiosk: bool,
) -> Result<Option<Holder>> {
    let hash = cards::hash_of(&code);
    let mut head = CardHead {
        code,
        ..CardHead::blank(visit, is_kiosk)
    };
    let ballots = ballots::open_for_card(db, &hash).await?;
    let seat = if let Some((delegate, id)) = conferences::delegate_by_card(db, &hash).await? {
        let (year, conference) = conferences::by_id(db, id).await?;
        let kind = capital(conference.kind.label());
        head.house = format!("{kind} {}, năm {}", year.cluster.name, year.year);
        let unit = delegate.unit_id.and_then(|unit| year.member_of(unit));
        head.who = match unit {
            Some(member) => format!("{}, {}", delegate.name, member.short_name),
            None => delegate.name.clone(),
        };
        Seat::Delegate(Box::new((delegate, conference)))
    } else if let Some((member, year)) = council::seat_by_card(db, &hash).await? {
        let sitting = council::find_sitting(db, year, member.sitting_id).await?;
        head.house = format!("Hội đồng Thi đua - Khen thưởng LHHVN, {}", sitting.title());
        head.who.clone_from(&member.name);
        Seat::Member(Box::new((member, sitting)))
    } else {
        // A card that was reported lost opens nothing, not even a ballot it could vote in before.
        return Ok(None);
    };
    Ok(Some(Holder {
        head,
        hash,
        seat,
        ballots,
    }))
}

/// A clear page that says why something isn't possible.
#[derive(Template)]
#[template(path = "hall/refused.html")]
pub(super) struct Refused {
    pub card: CardHead,
    pub title: &'static str,
    pub text: String,
    pub back: String,
    pub back_words: &'static str,
}

impl Refused {
    /// To somebody whose card is known.
    pub fn of(card: CardHead, title: &'static str, text: impl Into<String>) -> Self {
        Self {
            back: card.link(""),
            back_words: "Về thẻ đại biểu",
            card: card.that_returns(),
            title,
            text: text.into(),
        }
    }

    pub fn page(self, status: StatusCode) -> Result<Response> {
        page_with(status, &self)
    }
}

/// The answer to a code that opens nothing.
pub(super) fn refuse(visit: &Visit, opened: &Opened, is_kiosk: bool) -> Result<Response> {
    let (status, title, text) = match opened {
        Opened::TooMany => (
            StatusCode::TOO_MANY_REQUESTS,
            "Đã thử sai quá nhiều lần",
            "Chờ 10 phút rồi thử lại, hoặc hỏi thư ký hội nghị.",
        ),
        _ => (
            StatusCode::NOT_FOUND,
            "Mã này không mở được phiếu nào",
            "Xem lại mã trên thẻ đại biểu: 8 chữ và số, không có chữ O, chữ I, số 0 và số 1. Thẻ đã báo mất thì mã cũ không dùng được nữa: hỏi thư ký hội nghị.",
        ),
    };
    Refused {
        card: CardHead::blank(visit, is_kiosk).that_returns(),
        title,
        text: text.to_owned(),
        back: "/phieu".to_owned(),
        back_words: "Gõ lại mã",
    }
    .page(status)
}
