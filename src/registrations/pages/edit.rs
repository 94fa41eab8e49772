//! The registration form. What is typed is always kept; what is wrong is shown at its field.

use std::iter::repeat_n;

use askama::Template;
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    super::{
        access, actions,
        forms::{IndividualRow, InitiativeRow, PostedRegistration, RegistrationForm, TargetRow, TitleRow},
        model::{Section, State},
        workflow::Action,
    },
    DraftPath, EditPath, Opened, open, place,
};
use crate::{
    ids::RowId,
    kit::{
        clock,
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers::{self, Checked, OpenParts, Opening, Return},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "registrations/edit.html")]
struct EditPage {
    shell: Shell,
    opened: Opened,
    form: RegistrationForm,
    errors: FieldErrors,
    version: i32,
    open: OpenParts,
    last_return: Option<Return>,
    saved: String,
    conflict: Option<String>,
    unit_awards: Vec<(String, String)>,
    person_awards: Vec<(String, String)>,
    /// The names of the year's indicators, offered while a target is typed.
    indicators: Vec<String>,
}

impl EditPage {
    fn new(visit: &Visit, opened: Opened, form: RegistrationForm, version: i32) -> Self {
        let is_returned = opened.registration.state == State::Returned;
        let saved = opened
            .registration
            .draft_saved_at
            .map(|at| {
                format!(
                    "{} lưu lúc {}",
                    opened.registration.draft_saved_by,
                    clock::moment_text(at)
                )
            })
            .unwrap_or_default();
        Self {
            shell: visit.shell_in(&opened.year.place()),
            open: opened.history.open_parts(is_returned),
            last_return: opened.history.last_return(is_returned),
            unit_awards: opened.awards.of_units(),
            person_awards: opened.awards.of_persons(),
            indicators: opened.indicators.clone(),
            errors: FieldErrors::default(),
            conflict: None,
            form,
            version,
            saved,
            opened,
        }
    }

    /// A mistake with its place.
    fn line_of(&self, error: &FieldError) -> String {
        papers::line_of_error(&place::of(&self.form, &error.field), &error.message)
    }

    /// Whether a section's rows can be added and removed.
    fn is_section_open(&self, section: &str) -> bool {
        self.open.has_section(section)
    }

    #[expect(clippy::ref_option, reason = "templates pass references")]
    fn is_row_open(&self, section: &str, id: &Option<RowId>) -> bool {
        self.open.has_row(section, *id)
    }

    /// What the last return says of a section as a whole.
    fn wanted_of(&self, section: &str) -> String {
        self.wanted(section, &None)
    }

    /// What the last return says of a row or, with no row, of its section.
    #[expect(clippy::ref_option, reason = "templates pass references")]
    fn wanted(&self, section: &str, id: &Option<RowId>) -> String {
        self.last_return
            .as_ref()
            .map_or(String::new(), |back| back.asked(section, *id))
    }

    /// The class of a row: marked where a return has opened it.
    #[expect(clippy::ref_option, reason = "templates pass references")]
    fn class_of(&self, section: &str, id: &Option<RowId>) -> &'static str {
        match &self.last_return {
            Some(_) if id.is_some() && self.open.has_row(section, *id) => "is-wanted",
            _ => "",
        }
    }

    /// Adds the empty rows that the open tables end with.
    fn with_spare_rows(mut self, opening: &Opening) -> Self {
        let spare = |section| opening.spare_rows(section);
        let form = &mut self.form;
        form.targets
            .extend(repeat_n(TargetRow::default(), spare("targets")));
        form.titles.extend(repeat_n(TitleRow::default(), spare("titles")));
        form.individuals
            .extend(repeat_n(IndividualRow::default(), spare("individuals")));
        form.initiatives
            .extend(repeat_n(InitiativeRow::default(), spare("initiatives")));
        self
    }
}

pub(super) async fn form(path: EditPath, Query(opening): Query<Opening>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    access::require(visit.actor()?, Action::Save, &opened.registration)?;
    let (form, version) = (opened.registration.draft.clone(), opened.registration.version);
    let mut view = EditPage::new(&visit, opened, form, version);
    // Slips in a saved draft are shown at once, not only when it is handed in.
    if let Err(errors) = view
        .form
        .check(&view.opened.awards, view.opened.year.year, opening.checked())
    {
        view.errors = errors;
    }
    page(&view.with_spare_rows(&opening))
}

pub(super) async fn save(
    path: EditPath,
    visit: Visit,
    Form(posted): Form<PostedRegistration>,
) -> Result<Response> {
    posted.bound()?;
    let (seen_version, next) = (posted.version, posted.next.clone());
    let typed = RegistrationForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let actor = visit.actor()?;
    let saved = actions::save_draft(
        &mut tx,
        visit.now,
        actor,
        &opened.registration,
        &opened.history,
        seen_version,
        typed.clone(),
    )
    .await;
    match saved {
        Ok((version, draft)) => {
            tx.commit().await?;
            answer_saved(&visit, opened, version, draft, &next)
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Save, &opened.registration) => {
            let mut view = EditPage::new(&visit, opened, typed, seen_version);
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view.with_spare_rows(&Opening::default()))
        }
        Err(error) => Err(error),
    }
}

/// 303 where the draft was right; 422 with the same page where something in it must be mended.
fn answer_saved(
    visit: &Visit,
    opened: Opened,
    version: i32,
    draft: RegistrationForm,
    next: &str,
) -> Result<Response> {
    let path = opened.path();
    match draft.check(&opened.awards, opened.year.year, Checked::AsDraft) {
        Ok(_) => {
            let (to, message) = match (next, next.strip_prefix("dong-")) {
                ("nop", _) => (format!("{path}/nop"), ""),
                ("tep", _) => (format!("{path}/tep"), "Đã lưu bản nháp."),
                (_, Some(section)) if Section::ALL.iter().any(|s| s.code() == section) => (
                    Opening::path_of_more(&format!("{path}/sua"), section),
                    "Đã lưu bản nháp; cuối bảng có thêm dòng trống.",
                ),
                _ => (path, "Đã lưu bản nháp."),
            };
            Ok(see_other(to, message))
        }
        Err(errors) => {
            let mut view = EditPage::new(visit, opened, draft, version);
            view.errors = errors;
            view.saved = format!("Bản nháp vẫn được giữ lúc {}", clock::moment_text(visit.now));
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &view.with_spare_rows(&Opening::default()),
            )
        }
    }
}

/// Saves while the form is filled in: answers a short sentence, and the version that the next save starts from.
pub(super) async fn autosave(
    path: DraftPath,
    visit: Visit,
    Form(posted): Form<PostedRegistration>,
) -> Result<Response> {
    posted.bound()?;
    let seen_version = posted.version;
    let typed = RegistrationForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (registration, history) = (&opened.registration, &opened.history);
    let (version, draft) = actions::save_draft(
        &mut tx,
        visit.now,
        visit.actor()?,
        registration,
        history,
        seen_version,
        typed,
    )
    .await?;
    tx.commit().await?;
    let wrong = draft
        .check(&opened.awards, opened.year.year, Checked::AsDraft)
        .err()
        .map_or(0, |e| e.len());
    let time = clock::time_text(visit.now);
    let words = match wrong {
        0 => format!("Đã lưu nháp lúc {time}"),
        n => format!("Đã lưu nháp lúc {time}; còn {n} ô cần sửa"),
    };
    let mut response = words.into_response();
    response
        .headers_mut()
        .insert("x-version", HeaderValue::from(version));
    Ok(response)
}
