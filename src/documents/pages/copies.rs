//! The signed copies of an issued paper: brought by its issuer, read by everybody who reads the paper.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, model::Issued, queries},
    CopiesPath, CopyCheckPath, CopyFilePath, CopyPath,
    show::ShowPage,
};
use crate::{
    ids::{DocumentId, SignedCopyId},
    kit::{
        error::{AppError, Result},
        files::Arrived,
        text::fold,
    },
    papers,
    signatures::{self, Report, SignedCopy},
    web::{
        Visit, filters, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

#[derive(Template)]
#[template(path = "documents/copy.html")]
struct CopyPage {
    shell: Shell,
    issued: Issued,
    copy: SignedCopy,
    may_check: bool,
}

impl CopyPage {
    fn path(&self) -> String {
        format!("{}/ban-ky/{}", self.issued.path(), self.copy.id)
    }

    fn report(&self) -> Option<&Report> {
        self.copy.check().map(|check| &check.report)
    }

    /// Whether there are signatures and none is in the name that stands below the paper: worth a look, and no more, since
    /// a certificate may write a name in another way or be the organisation's.
    fn is_of_others(&self) -> bool {
        let wanted = fold(&self.issued.signer);
        self.report().is_some_and(|report| {
            let mut names = report.signatures.iter().map(|signature| fold(&signature.signer));
            !report.signatures.is_empty() && !names.any(|name| name.contains(&wanted))
        })
    }
}

/// The paper that this person may see, with one of its copies.
async fn find(visit: &Visit, document: DocumentId, copy: SignedCopyId) -> Result<(Issued, SignedCopy)> {
    let mut db = visit.db().await?;
    let (issued, _) = queries::find_visible(&mut db, visit.actor()?, document).await?;
    let copies = signatures::copies(&mut db, issued.id).await?;
    let copy = copies.into_iter().find(|known| known.id == copy);
    Ok((issued, copy.ok_or(AppError::NotFound)?))
}

pub(super) async fn show(path: CopyPath, visit: Visit) -> Result<Response> {
    let (issued, copy) = find(&visit, path.document, path.copy).await?;
    page(&CopyPage {
        shell: visit.shell(),
        may_check: access::may_check(visit.actor()?, issued.issuer) && !copy.is_waiting,
        issued,
        copy,
    })
}

/// The file as it came: a download, since it is somebody else's work.
pub(super) async fn file(path: CopyFilePath, visit: Visit) -> Result<Response> {
    let (_, copy) = find(&visit, path.document, path.copy).await?;
    let hash = hex::decode(&copy.sha256).map_err(|e| AppError::Internal(e.into()))?;
    upload::download(&visit.app, &copy.file_name, "application/pdf", &hash).await
}

/// First whether a copy is wanted, then its bytes, then the act.
pub(super) async fn attach(path: CopiesPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&visit, path.document).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã nhận bản đã ký; hệ thống đang kiểm tra.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let mut view = ShowPage::new(&mut db, &visit, path.document).await?;
            view.copy_errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(visit: &Visit, document: DocumentId) -> Result<()> {
    let actor = visit.actor()?;
    let (issued, _) = queries::find_visible(&mut *visit.db().await?, actor, document).await?;
    access::require_signing(actor, issued.issuer)
}

/// Answers where the copy is shown.
async fn attach_arrived(path: &CopiesPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let (sha256, files) = (arrived.sha256(), &visit.app.files);
    let done = async {
        let actor = visit.actor()?;
        let (issued, _) = queries::find_visible(&mut tx, actor, path.document).await?;
        access::require_signing(actor, issued.issuer)?;
        let paper = (issued.id, issued.subject());
        let copy = signatures::attach(&mut tx, files, visit.now, actor, paper, arrived).await?;
        Ok(format!("{}/ban-ky/{copy}", issued.path()))
    }
    .await;
    papers::settle_upload(&visit.app.pool, files, tx, sha256, done).await
}

pub(super) async fn check(path: CopyCheckPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let (issued, _) = queries::find_visible(&mut tx, actor, path.document).await?;
    access::require_check(actor, issued.issuer)?;
    let paper = (issued.id, issued.subject());
    signatures::check_again(&mut tx, visit.now, actor, paper, path.copy).await?;
    tx.commit().await?;
    let to = format!("{}/ban-ky/{}", issued.path(), path.copy);
    Ok(see_other(
        to,
        "Đã yêu cầu kiểm tra lại; xin xem kết quả sau ít giây.",
    ))
}
