//! Who administers whom, and who shapes a year.

use crate::{
    kit::error::{AppError, Result},
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
