//! The guide: for visitors and for people who are signed in, the same words in either layout.

use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

use crate::{
    kit::error::Result,
    people::Actor,
    web::{Pages, Visit, Who, page, shell::Shell},
};

/// The guide.
#[derive(TypedPath, Deserialize)]
#[typed_path("/huong-dan")]
pub(super) struct HelpPath;

/// The pages of this feature.
#[must_use]
pub fn pages() -> Pages {
    Pages::new().get(Who::Anyone, show)
}

#[derive(Template)]
#[template(path = "help/visitor.html")]
struct VisitorPage {
    shell: Shell,
    parts: Vec<Part>,
}

#[derive(Template)]
#[template(path = "help/signed_in.html")]
struct SignedInPage {
    shell: Shell,
    parts: Vec<Part>,
}

/// A part of the guide, for people with the same work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Unit,
    Secretariat,
    Vusta,
    Administrator,
}

impl Part {
    const ALL: [Self; 4] = [Self::Unit, Self::Secretariat, Self::Vusta, Self::Administrator];

    fn title(self) -> &'static str {
        match self {
            Self::Unit => "Cán bộ và lãnh đạo đơn vị",
            Self::Secretariat => "Đơn vị cụm trưởng",
            Self::Vusta => "Thường trực và Hội đồng Thi đua - Khen thưởng",
            Self::Administrator => "Quản trị hệ thống",
        }
    }

    fn anchor(self) -> &'static str {
        match self {
            Self::Unit => "don-vi",
            Self::Secretariat => "cum-truong",
            Self::Vusta => "lhhvn",
            Self::Administrator => "quan-tri",
        }
    }

    fn is_for(self, actor: &Actor) -> bool {
        match self {
            Self::Unit => !(actor.officer_of.is_empty() && actor.leader_of.is_empty()),
            Self::Secretariat => !actor.secretariat_of.is_empty(),
            Self::Vusta => actor.is_standing_office || actor.is_council_member || !actor.patron_of.is_empty(),
            Self::Administrator => actor.is_administrator,
        }
    }

    /// All parts, the reader's own first. Who leads a cluster has more to look up there than as a member.
    fn in_order_for(actor: Option<&Actor>) -> Vec<Self> {
        let mut parts = Self::ALL.to_vec();
        if let Some(actor) = actor {
            parts.sort_by_key(|part| (!part.is_for(actor), *part != Self::Secretariat));
        }
        parts
    }
}

async fn show(_: HelpPath, visit: Visit) -> Result<Response> {
    let shell = visit.shell();
    let parts = Part::in_order_for(visit.visitor());
    if visit.visitor().is_some() {
        page(&SignedInPage { shell, parts })
    } else {
        page(&VisitorPage { shell, parts })
    }
}
