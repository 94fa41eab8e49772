//! Who sees a ballot, and who may do what with it. Pure.
//!
//! The cluster's secretariat holds the ballots of its conferences, VUSTA's standing office those of the council. An
//! administrator runs the program and holds no ballot.

use super::{
    model::{Ballot, House, State},
    workflow::Action,
};
use crate::{
    ids::ClusterId,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Whether this person holds the ballots of this house: `cluster` is the conference's.
#[must_use]
pub fn holds_at(actor: &Actor, house: House, cluster: Option<ClusterId>) -> bool {
    match house {
        House::Conference(_) => cluster.is_some_and(|cluster| actor.is_secretariat_of(cluster)),
        House::Council(_) => actor.is_standing_office,
    }
}

/// Whether this person holds this ballot.
#[must_use]
pub fn holds(actor: &Actor, ballot: &Ballot) -> bool {
    ballot
        .house()
        .is_some_and(|house| holds_at(actor, house, ballot.cluster_id))
}

/// Whether the ballot may be known to somebody who sees the year: a draft only to those who prepare or oversee it.
#[must_use]
pub fn sees(actor: &Actor, ballot: &Ballot) -> bool {
    ballot.state != State::Draft
        || holds(actor, ballot)
        || actor.is_standing_office
        || ballot
            .cluster_id
            .is_some_and(|cluster| actor.is_patron_of(cluster))
}

/// Whether this person counts papers: those who hold the ballot, the deputy and the patron of the cluster; of the
/// council its members.
#[must_use]
pub fn counts(actor: &Actor, ballot: &Ballot) -> bool {
    holds(actor, ballot)
        || match ballot.cluster_id {
            Some(cluster) => actor.deputy_of.contains(&cluster) || actor.is_patron_of(cluster),
            None => actor.is_council_member,
        }
}

/// Whether this person may do this, whatever the state.
#[must_use]
pub fn may(actor: &Actor, action: Action, ballot: &Ballot) -> bool {
    match action {
        Action::Tally => counts(actor, ballot),
        Action::Settle => actor.is_standing_office || holds(actor, ballot),
        Action::Save
        | Action::OpenAdvance
        | Action::Open
        | Action::Admit
        | Action::Paper
        | Action::Close
        | Action::Count
        | Action::Sign
        | Action::Cancel => holds(actor, ballot),
    }
}

fn forbidden(ballot: &Ballot) -> AppError {
    AppError::Forbidden(
        if ballot.council_year.is_some() {
            "Chỉ Thường trực Hội đồng Thi đua - Khen thưởng điều hành việc bỏ phiếu của Hội đồng."
        } else {
            "Chỉ đơn vị cụm trưởng đương nhiệm điều hành việc bỏ phiếu tại hội nghị của cụm."
        }
        .to_owned(),
    )
}

fn require_open_year(ballot: &Ballot) -> Result<()> {
    if ballot.year_is_open {
        return Ok(());
    }
    Err(AppError::conflict(
        "Năm thi đua này đã khép lại: các lần bỏ phiếu chỉ còn để xem.",
    ))
}

/// The state after the action, or the error that says why not: 403 for a wrong person, 409 for a wrong state.
pub fn require(actor: &Actor, action: Action, ballot: &Ballot) -> Result<State> {
    if !may(actor, action, ballot) {
        return Err(forbidden(ballot));
    }
    require_open_year(ballot)?;
    ballot.state.after(action).ok_or_else(|| {
        AppError::Conflict(format!(
            "Không “{}” được vì phiếu hiện ở trạng thái “{}”. {}",
            action.label(),
            ballot.state.label(),
            ballot.state.whose_turn()
        ))
    })
}

/// Makes sure that this person may attach scans now, or take one off: whoever holds the ballot, from the close on until the
/// minutes of the count, or those of the conference (`house_is_signed`), are signed.
pub fn require_scans(actor: &Actor, ballot: &Ballot, house_is_signed: bool) -> Result<()> {
    if !holds(actor, ballot) {
        return Err(forbidden(ballot));
    }
    require_open_year(ballot)?;
    if house_is_signed {
        return Err(AppError::conflict("Biên bản hội nghị đã ký: bản quét đã khóa."));
    }
    match ballot.state {
        State::Closed | State::Counted => Ok(()),
        State::Signed => Err(AppError::conflict("Biên bản kiểm phiếu đã ký: bản quét đã khóa.")),
        State::Draft | State::Advance | State::Open => Err(AppError::conflict(
            "Chưa đóng bỏ phiếu: chưa có biên bản kiểm phiếu để quét.",
        )),
        State::Cancelled => Err(AppError::conflict("Lần bỏ phiếu này đã hủy.")),
    }
}

/// Whether the page offers the button.
#[must_use]
pub fn offers(actor: &Actor, action: Action, ballot: &Ballot) -> bool {
    require(actor, action, ballot).is_ok()
}
