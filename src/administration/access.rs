//! Who administers whom, and who shapes a year.

use crate::{
    kit::{
        error::{AppError, Result},
        journal::Line,
    },
    people::{Actor, Person},
    years::{Year, access::may_shape},
};

/// Whether the account is another's: nobody gives himself a post, ends one of his own, or lets himself in.
pub(super) fn may_administer(actor: &Actor, person: &Person) -> bool {
    actor.is_administrator && actor.id != person.id
}

/// The same, or the error that says why not.
pub(super) fn require_other(actor: &Actor, person: &Person) -> Result<()> {
    if may_administer(actor, person) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Không ai tự thay đổi chức vụ và tài khoản của mình. Xin nhờ một quản trị viên khác; mật khẩu của mình đổi ở trang Tài khoản.".to_owned(),
        ))
    }
}

/// The record whose journal lines tell points, and what of those lines tells none.
const POINTS: (&str, [&str; 2]) = ("score_sheets", ["state", "version"]);

/// What a reader of the journal may know of a line: an administrator keeps accounts and no more, so learns that
/// somebody wrote points and when, never which.
pub(super) fn readable(actor: &Actor, mut line: Line) -> Line {
    let (kind, harmless) = POINTS;
    if line.record_kind == kind && !actor.is_standing_office {
        for facts in [&mut line.before, &mut line.after].into_iter().flatten() {
            if let Some(facts) = facts.as_object_mut() {
                facts.retain(|name, _| harmless.contains(&name.as_str()));
            }
        }
    }
    line
}

/// Whether the page offers to change the year.
pub(super) fn offers_change(actor: &Actor, year: &Year) -> bool {
    may_shape(actor) && year.is_open()
}

/// The year can still change, or the error that says why not.
pub(super) fn require_open(year: &Year) -> Result<()> {
    if year.is_open() {
        Ok(())
    } else {
        Err(AppError::Conflict(format!(
            "{} đã khép lại: chỉ còn để xem.",
            year.title()
        )))
    }
}
