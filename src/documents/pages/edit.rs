//! The wording of a draft. What is typed is always kept, as a new version.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{PostedWording, Wording, lines},
        model::Source,
    },
    EditPath, Opened,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "documents/edit.html")]
struct EditPage {
    shell: Shell,
    opened: Opened,
    form: Wording,
    errors: FieldErrors,
    version: i32,
    conflict: Option<String>,
}

impl EditPage {
    fn new(visit: &Visit, opened: Opened, form: Wording) -> Self {
        Self {
            shell: opened.shell(visit),
            version: opened.version(),
            errors: FieldErrors::default(),
            conflict: None,
            opened,
            form,
        }
    }

    fn is_minutes(&self) -> bool {
        use crate::kit::documents::model::{Signing, Title};
        let document = self.opened.prepared.document(&self.form, None);
        matches!(document.title, Title::Minutes { .. }) && matches!(document.signing, Signing::Minutes { .. })
    }

    /// What others wrote for a part, each with whether the text says it.
    fn sources(&self, section: &str) -> Vec<(&Source, bool)> {
        let all = self.opened.prepared.sources.iter();
        all.filter(|source| source.section == section)
            .map(|source| (source, source.is_in(&self.form)))
            .collect()
    }

    /// How many of these the text doesn't say.
    fn left_out(sources: &[(&Source, bool)]) -> usize {
        sources.iter().filter(|(_, is_in)| !is_in).count()
    }

    /// To whom it is addressed, in one line.
    fn addressees(&self) -> String {
        lines(&self.form.addressees).join("; ")
    }

    /// Lines of the box for a text: as many as it fills, and one to go on.
    fn rows(text: &str) -> usize {
        let lines = text
            .lines()
            .map(|line| 1 + line.chars().count() / 100)
            .sum::<usize>();
        (lines + 1).clamp(4, 24)
    }

    /// The words above a signer's fields.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn signer_label(&self, at: &usize) -> String {
        match (self.is_minutes(), at) {
            (true, 0) => "Thư ký".to_owned(),
            (true, _) => "Chủ tọa".to_owned(),
            (false, 0) if self.form.signers.len() == 1 => "Người ký".to_owned(),
            (false, at) => format!("Người ký {}", at + 1),
        }
    }
}

pub(super) async fn form(path: EditPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, &visit, &path.kind, &path.about).await?;
    access::require(visit.actor()?, opened.prepared.issuer)?;
    let wording = opened.wording.clone();
    let is_saved = opened.version() > 0;
    let mut view = EditPage::new(&visit, opened, wording);
    if is_saved {
        view.errors = view.form.errors(view.opened.prepared.kind.is_issued());
    }
    page(&view)
}

pub(super) async fn save(
    path: EditPath,
    visit: Visit,
    Form(posted): Form<PostedWording>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let actor = visit.actor()?;
    let opened = Opened::find(&mut tx, &visit, &path.kind, &path.about).await?;
    let typed = opened.prepared.settled(posted.wording(&opened.prepared.offered));
    match actions::save(
        &mut tx,
        visit.now,
        actor,
        &opened.prepared,
        &typed,
        posted.version,
    )
    .await
    {
        Ok(version) => {
            tx.commit().await?;
            let errors = typed.errors(opened.prepared.kind.is_issued());
            if errors.is_empty() {
                return Ok(see_other(opened.prepared.path(), "Đã lưu bản dự thảo."));
            }
            let mut view = EditPage::new(&visit, opened, typed);
            view.errors = errors;
            view.version = version;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) => {
            let mut view = EditPage::new(&visit, opened, typed);
            view.version = posted.version;
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}
