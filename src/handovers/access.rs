//! Who reads a hand-over. Pure.

use crate::{
    conferences::{self, Conference},
    ids::UnitId,
    kit::error::{AppError, Result},
    people::Actor,
};

/// The error for everybody who doesn't.
pub(super) fn require_reads(actor: &Actor, conference: &Conference, giver: Option<UnitId>) -> Result<()> {
    if conferences::access::reads_hand_over(actor, conference, giver) {
        Ok(())
    } else {
        Err(AppError::Forbidden(
            "Hồ sơ bàn giao dành cho cụm trưởng cũ và mới, Ủy viên Đoàn Chủ tịch phụ trách cụm và Thường trực Hội đồng.".to_owned(),
        ))
    }
}
