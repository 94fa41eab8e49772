//! Who manages the authorities, and who has a copy checked. Pure.

use crate::{
    kit::error::{AppError, Result},
    people::Actor,
};

/// An error for everybody but the administrator.
pub fn require_manager(actor: &Actor) -> Result<()> {
    if actor.is_administrator {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Chỉ quản trị hệ thống quản lý chứng thư của tổ chức cung cấp dịch vụ chữ ký số.".to_owned(),
        ))
    }
}
