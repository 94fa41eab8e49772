//! The whole dossier at once: one PDF to read and print, an archive of the files as they were handed in.

use std::{path::Path, time::Duration};

use anyhow::Context;
use askama::Template;
use axum::{body::Body, response::Response};
use tokio::{fs, time::timeout};

use super::{
    super::{
        conditions::Looked,
        frozen::Row,
        persons::Named,
        queries,
        volume::{Checked, Line, Whole},
    },
    Opened, PdfPath, ZipPath, open,
};
use crate::{
    ids::NominationId,
    kit::{
        archive,
        clock::{self, moment_text},
        confined::Scratch,
        documents::bound::{self, Table},
        error::{AppError, Result},
    },
    papers::Attachment,
    web::{Visit, upload},
};

/// A page may take a minute; the answer says so before the server's own limit cuts it off.
const PATIENCE: Duration = Duration::from_secs(50);

/// A dossier with what was found of it.
struct Read {
    opened: Opened,
    award: String,
    persons: Vec<Named>,
    checked: Checked,
}

impl Read {
    async fn of(visit: &Visit, id: NominationId) -> Result<Self> {
        let mut db = visit.db().await?;
        let opened = open(&mut db, visit, id).await?;
        let (nomination, today) = (&opened.nomination, clock::day(visit.now));
        let about = (&opened.year, nomination);
        let files = &opened.history.attachments;
        let looked = Looked::at(&mut db, about, files, &opened.facts, today).await?;
        let submissions = queries::submissions(&mut db, id).await?;
        let checked = Checked::of(nomination.state, submissions.first(), || Checked {
            note: format!("Theo hồ sơ lúc {}.", moment_text(visit.now)),
            checklist: Row::all_of_list(&looked.list),
            conditions: Row::all_of_card(&looked.card),
        });
        Ok(Self {
            award: opened.award_name(),
            persons: looked.persons,
            checked,
            opened,
        })
    }
}

fn whole<'a>(read: &'a Read, visit: &Visit) -> Whole<'a> {
    let opened = &read.opened;
    Whole {
        year: &opened.year,
        nomination: &opened.nomination,
        history: &opened.history,
        award: &read.award,
        persons: &read.persons,
        checked: &read.checked,
        now: visit.now,
    }
}

pub(super) async fn pdf(path: PdfPath, visit: Visit) -> Result<Response> {
    let read = Read::of(&visit, path.nomination).await?;
    let whole = whole(&read, &visit);
    let folder = Scratch::new().context("there is no place for a volume")?;
    let mut found = Vec::new();
    for file in whole.wanted() {
        if lay_out(&visit, file, folder.path()).await? {
            found.push(file.id);
        }
    }
    let binding = bound::apart::bind(&visit.app.program, folder.path(), whole.volume(&found));
    let bound = timeout(PATIENCE, binding).await.unwrap_or_else(|_| {
        Err(AppError::conflict(
            "Hồ sơ này lớn nên chưa ghép kịp thành một tệp PDF. Xin thử lại sau ít phút, hoặc tải tệp ZIP.",
        ))
    })?;
    Ok(upload::bytes_as_download(
        &whole.file_name("pdf"),
        "application/pdf",
        bound,
    ))
}

/// Copies a file to the folder; false where the store has lost it: the rest is worth having.
async fn lay_out(visit: &Visit, file: &Attachment, folder: &Path) -> Result<bool> {
    let bytes = match visit.app.files.bytes(&file.hash()?).await {
        Ok(bytes) => bytes,
        Err(AppError::NotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    let copied = fs::write(folder.join(file.id.to_string()), bytes).await;
    copied.context("a file can't be laid out")?;
    Ok(true)
}

/// The index in the archive: it is opened from a folder, so it brings all it needs.
#[derive(Template)]
#[template(path = "nominations/contents.html")]
struct Contents {
    title: String,
    facts: Vec<(String, String)>,
    tables: Vec<Table>,
    lines: Vec<Line>,
}

pub(super) async fn zip(path: ZipPath, visit: Visit) -> Result<Response> {
    let read = Read::of(&visit, path.nomination).await?;
    let (opened, award) = (&read.opened, &read.award);
    let whole = whole(&read, &visit);
    let mut kept = Vec::new();
    for file in &opened.history.attachments {
        if visit.app.files.has(&file.hash()?).await {
            kept.push(file.id);
        }
    }
    let contents = Contents {
        title: format!("Hồ sơ đề nghị {award}: {}", opened.nomination.nominee()),
        facts: whole.facts(),
        tables: read.checked.tables(),
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
