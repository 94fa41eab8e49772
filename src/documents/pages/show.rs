//! An issued paper: its files, who has received it, whether its figures still hold, taking it back.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{
    super::{
        access, actions, kinds,
        model::{Changed, Issued, Kind, Recipient, changed},
        queries,
    },
    ReceiptPath, ShowPath,
    files::has_tables,
    paper::Paper,
};
use crate::{
    ids::{DocumentId, UnitId},
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    signatures::{self, SignedCopy},
    web::{Form, Visit, filters, page, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "documents/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    issued: Issued,
    /// The paper as it looks, in HTML; none of those issued before their contents were kept.
    paper: Option<Paper>,
    has_tables: bool,
    recipients: Vec<Recipient>,
    /// The record it was made from, where this person may know it.
    back: Option<(String, String)>,
    /// The draft of a further paper about the same record.
    draft: Option<String>,
    changes: Vec<Changed>,
    receives: Vec<(String, String)>,
    /// The draft of the letter that takes it back, where this person writes one.
    recall: Option<String>,
    /// The signed copies, the newest first.
    copies: Vec<SignedCopy>,
    may_sign: bool,
    /// What was wrong with a signed copy.
    pub(super) copy_errors: FieldErrors,
}

impl ShowPage {
    pub(super) async fn new(db: &mut sqlx::PgConnection, visit: &Visit, id: DocumentId) -> Result<Self> {
        let actor = visit.actor()?;
        let (issued, recipients) = queries::find_visible(db, actor, id).await?;
        let prepared = match kinds::prepare(db, visit.now, actor, issued.kind, &issued.about).await {
            Ok(prepared) => Some(prepared),
            // The record may be hidden from a recipient, or be open again: the paper stays what it is.
            Err(AppError::NotFound | AppError::Conflict(_) | AppError::Forbidden(_)) => None,
            Err(error) => return Err(error),
        };
        let may_recall = access::may_issue(actor, issued.issuer)
            && issued.recall.is_none()
            && issued.kind.can_be_recalled();
        let contents = queries::contents(db, issued.id).await?;
        Ok(Self {
            shell: visit.shell(),
            paper: contents.as_ref().map(Paper::of),
            has_tables: contents.as_ref().is_some_and(has_tables),
            changes: prepared
                .as_ref()
                .map(|p| changed(&issued.figures, &p.figures))
                .unwrap_or_default(),
            receives: recipients
                .iter()
                .filter(|r| r.received.is_none() && issued.recall.is_none() && access::may_receive(actor, r))
                .map(|r| (r.unit_id.map(|u| u.to_string()).unwrap_or_default(), r.words()))
                .collect(),
            draft: prepared
                .as_ref()
                .filter(|p| access::may_issue(actor, p.issuer))
                .map(kinds::Prepared::path),
            back: prepared.map(|p| p.back),
            recall: may_recall.then(|| kinds::path(Kind::RecallLetter, &issued.id.to_string())),
            copies: signatures::copies(db, issued.id).await?,
            may_sign: access::may_issue(actor, issued.issuer),
            copy_errors: FieldErrors::default(),
            recipients,
            issued,
        })
    }

    fn received(&self) -> usize {
        self.recipients.iter().filter(|r| r.received.is_some()).count()
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&ShowPage::new(&mut db, &visit, path.document).await?)
}

/// For whom it has come: a unit's id, or nothing for VUSTA's standing office.
#[derive(Deserialize)]
pub(super) struct For {
    #[serde(default)]
    unit: String,
}

pub(super) async fn receive(path: ReceiptPath, visit: Visit, Form(to): Form<For>) -> Result<Response> {
    let unit: Option<UnitId> = match to.unit.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| AppError::NotFound)?),
    };
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let (issued, recipients) = queries::find_visible(&mut tx, actor, path.document).await?;
    let number = actions::receive(&mut tx, visit.now, actor, &issued, &recipients, unit).await?;
    tx.commit().await?;
    let message = format!("Đã xác nhận nhận văn bản, số đến {number:02}.");
    Ok(see_other(issued.path(), &message))
}
