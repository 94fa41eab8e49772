//! The whole dossier at once: one PDF to read and print, an archive of the files as they were handed in.

use std::{collections::HashMap, time::Duration};

use askama::Template;
use axum::{body::Body, response::Response};
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use tokio::time::timeout;

use super::{
    super::volume::{Line, Whole},
    Opened, PdfPath, ZipPath, open,
};
use crate::{
    ids::AttachmentId,
    kit::{
        archive, documents,
        error::{AppError, Result},
    },
    papers::Attachment,
    web::{Visit, upload},
};

/// A page may take a minute; the answer says so before the server's own limit cuts it off.
const PATIENCE: Duration = Duration::from_secs(50);

fn whole<'a>(opened: &'a Opened, award: &'a str, visit: &Visit) -> Whole<'a> {
    Whole {
        year: &opened.year,
        nomination: &opened.nomination,
        history: &opened.history,
        award,
        now: visit.now,
    }
}

pub(super) async fn pdf(path: PdfPath, visit: Visit) -> Result<Response> {
    let opened = open(&mut *visit.db().await?, &visit, path.nomination).await?;
    let award = opened.award_name();
    let whole = whole(&opened, &award, &visit);
    let mut bytes = HashMap::new();
    for file in whole.wanted() {
        if let Some(found) = read(&visit, file).await? {
            bytes.insert(file.id, found);
        }
    }
    let bound = bind(&whole, bytes).await?;
    Ok(upload::bytes_as_download(
        &whole.file_name("pdf"),
        "application/pdf",
        bound,
    ))
}

async fn bind(whole: &Whole<'_>, bytes: HashMap<AttachmentId, Bytes>) -> Result<Vec<u8>> {
    let volume = whole.volume(&bytes);
    drop(bytes);
    timeout(PATIENCE, documents::bound_apart(volume))
        .await
        .unwrap_or_else(|_| {
            Err(AppError::conflict(
                "Hồ sơ này lớn nên chưa ghép kịp thành một tệp PDF. Xin thử lại sau ít phút, hoặc tải tệp ZIP.",
            ))
        })
}

/// The bytes of a file; none where the store has lost them: the rest is worth having.
async fn read(visit: &Visit, file: &Attachment) -> Result<Option<Bytes>> {
    let stream = match visit.app.files.read(&file.hash()?).await {
        Ok(stream) => stream,
        Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let gather = |mut all: BytesMut, piece: Bytes| async move {
        all.extend_from_slice(&piece);
        Ok(all)
    };
    let all = stream.try_fold(BytesMut::new(), gather).await;
    all.map(|all| Some(all.freeze()))
        .map_err(|error| AppError::Internal(error.into()))
}

/// The index in the archive: it is opened from a folder, so it brings all it needs.
#[derive(Template)]
#[template(path = "nominations/contents.html")]
struct Contents {
    title: String,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
}

pub(super) async fn zip(path: ZipPath, visit: Visit) -> Result<Response> {
    let opened = open(&mut *visit.db().await?, &visit, path.nomination).await?;
    let award = opened.award_name();
    let whole = whole(&opened, &award, &visit);
    let mut kept = Vec::new();
    for file in &opened.history.attachments {
        if visit.app.files.has(&file.hash()?).await {
            kept.push(file.id);
        }
    }
    let contents = Contents {
        title: format!("Hồ sơ đề nghị {award}: {}", opened.nomination.unit_name),
        facts: whole.facts(),
        lines: whole.lines(|file| kept.contains(&file.id)),
    };
    let index = contents
        .render()
        .map_err(|error| AppError::Internal(error.into()))?;
    let entries = whole.entries(&contents.lines, index)?;
    let stream = archive::stream_of(&visit.app.files, visit.now, entries);
    Ok(upload::as_download(
        &whole.file_name("zip"),
        "application/zip",
        Body::from_stream(stream),
    ))
}
