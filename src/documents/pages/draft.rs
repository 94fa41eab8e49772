//! A draft: what the paper says now, its files, and the act of issuing it.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        forms::IssueForm,
        model::{self, Issued, Series, Version},
        queries,
    },
    DraftPath, Opened,
    paper::Paper,
};
use crate::{
    kit::{
        clock::{self, date_text},
        error::Result,
        fields::FieldErrors,
    },
    legal_bases,
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "documents/draft.html")]
pub(super) struct DraftPage {
    shell: Shell,
    opened: Opened,
    /// The paper as it looks, in HTML.
    paper: Paper,
    issued: Vec<Issued>,
    /// What must be mended before it can be issued.
    mend: FieldErrors,
    warnings: Vec<String>,
    /// Whose paragraphs the text doesn't have.
    unheard: Vec<String>,
    next_number: String,
    has_tables: bool,
    pub(super) form: IssueForm,
    errors: FieldErrors,
}

impl DraftPage {
    pub(super) async fn new(db: &mut sqlx::PgConnection, visit: &Visit, opened: Opened) -> Result<Self> {
        let prepared = &opened.prepared;
        let today = clock::day(visit.now);
        let bears = prepared.fixed.as_ref().map_or(today, |fixed| fixed.on);
        let document = prepared.document(&opened.wording, None);
        let issued = queries::issued_about(db, visit.actor()?, prepared.kind, &prepared.about).await?;
        let next = if opened.may_issue && prepared.kind.is_issued() {
            let year = chrono::Datelike::year(&today);
            let series = Series::of(prepared.issuer, prepared.kind);
            queries::highest_number(db, series, year).await? + 1
        } else {
            0
        };
        Ok(Self {
            shell: opened.shell(visit),
            paper: Paper::of(&document),
            has_tables: super::files::has_tables(&document),
            issued,
            mend: opened.wording.errors(prepared.kind.is_issued()),
            unheard: model::unheard(&prepared.sources, &opened.wording),
            warnings: legal_bases::ending_soon(&opened.bases, &opened.wording.bases, bears),
            next_number: format!("{next:02}"),
            form: IssueForm {
                version: opened.version(),
                issued_on: date_text(today),
                ..IssueForm::default()
            },
            errors: FieldErrors::default(),
            opened,
        })
    }

    /// Tells what was wrong: at the fields of this page, or with the way to the wording, where it is mended.
    pub(super) fn tell(&mut self, errors: &FieldErrors) {
        for error in errors {
            let is_here = ["number", "issued_on", "replaces", "reason"].contains(&error.field.as_str());
            let list = if is_here { &mut self.errors } else { &mut self.mend };
            list.add(error.field.clone(), error.message.clone());
        }
    }

    fn offers_issue(&self) -> bool {
        let prepared = &self.opened.prepared;
        self.opened.may_issue
            && prepared.kind.is_issued()
            && prepared.hindrance.is_none()
            && self.mend.is_empty()
    }

    /// The issued papers that hold: what a new one can take the place of.
    fn in_force(&self) -> Vec<(String, String)> {
        self.issued
            .iter()
            .filter(|issued| issued.recall.is_none())
            .map(|issued| (issued.id.to_string(), format!("Số {}", issued.number_text())))
            .collect()
    }

    fn newest(&self) -> Option<&Version> {
        self.opened.versions.first()
    }
}

pub(super) async fn show(path: DraftPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, &visit, &path.kind, &path.about).await?;
    page(&DraftPage::new(&mut db, &visit, opened).await?)
}
