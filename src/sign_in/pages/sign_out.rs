//! Signing out.

use axum::response::Response;

use super::{super::actions, SignOutPath};
use crate::{
    kit::error::Result,
    web::{Visit, see_other, session, view::set_cookie},
};

/// For anyone: whose session is over already is signed out as well.
pub(super) async fn sign_out(_: SignOutPath, visit: Visit) -> Result<Response> {
    if let (Some(actor), Some(token)) = (visit.visitor(), &visit.token) {
        let mut tx = visit.begin().await?;
        actions::sign_out(&mut tx, visit.now, actor, token).await?;
        tx.commit().await?;
    }
    let mut response = see_other("/dang-nhap", "Anh/chị đã đăng xuất.");
    set_cookie(&mut response, &session::forget(&visit.app.config));
    Ok(response)
}
