//! Issuing, closing and throwing away.

use axum::response::Response;
use serde::Deserialize;

use super::{
    super::{actions, queries},
    ClosePath, IssuePath, RemovalPath, show,
};
use crate::{
    kit::error::{AppError, Result},
    web::{Form, Visit, see_other},
};

/// The version that was seen.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    version: i32,
}

pub(super) async fn issue(path: IssuePath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let set = queries::find_visible(&mut tx, visit.actor()?, path.set).await?;
    match actions::issue(&mut tx, visit.now, visit.actor()?, &set, seen.version).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                set.path(),
                "Đã ban hành. Từ nay nội dung bảng này không thay đổi.",
            ))
        }
        Err(AppError::Invalid(errors)) => {
            drop(tx);
            show::refused(&visit, path.set, errors).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn close(path: ClosePath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let set = queries::find_visible(&mut tx, visit.actor()?, path.set).await?;
    actions::close(&mut tx, visit.now, visit.actor()?, &set, seen.version).await?;
    tx.commit().await?;
    Ok(see_other(set.path(), "Đã đóng bảng tiêu chí."))
}

pub(super) async fn remove(path: RemovalPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let set = queries::find_visible(&mut tx, visit.actor()?, path.set).await?;
    actions::remove(&mut tx, visit.now, visit.actor()?, &set, seen.version).await?;
    tx.commit().await?;
    Ok(see_other("/tieu-chi", "Đã xóa bản nháp."))
}
