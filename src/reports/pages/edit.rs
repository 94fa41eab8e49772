//! The report form. What is typed is always kept; what is wrong is shown at its field.

use askama::Template;
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    super::{
        access, actions,
        asked::Asked,
        content::Certainty,
        forms::{AdditionRow, PostedReport, ReportForm},
        model::State,
        section::Section,
        workflow::Action,
    },
    DraftPath, EditPath, Opened, open,
    parts::{Line, Part},
    sheet::Sheet,
};
use crate::{
    ids::RowId,
    indicators::Kind,
    kit::{
        clock,
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers::{self, Checked, OpenParts, Opening, Return},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "reports/edit.html")]
struct EditPage {
    shell: Shell,
    opened: Opened,
    asked: Vec<Asked>,
    form: ReportForm,
    errors: FieldErrors,
    version: i32,
    open: OpenParts,
    last_return: Option<Return>,
    saved: String,
    conflict: Option<String>,
    certainties: [(&'static str, &'static str); 2],
    yes_no: [(&'static str, &'static str); 2],
}

impl EditPage {
    fn new(visit: &Visit, opened: Opened, form: ReportForm, version: i32) -> Self {
        let is_returned = opened.report.state == State::Returned;
        let saved = opened
            .report
            .draft_saved_at
            .map(|at| {
                format!(
                    "{} lưu lúc {}",
                    opened.report.draft_saved_by,
                    clock::moment_text(at)
                )
            })
            .unwrap_or_default();
        let asked = opened.report.asked(&opened.history);
        Self {
            shell: visit.shell_in(&opened.year.place()),
            open: opened.history.open_parts(is_returned),
            last_return: opened.history.last_return(is_returned),
            certainties: Certainty::ALL.map(|c| (c.code(), c.label())),
            errors: FieldErrors::default(),
            conflict: None,
            yes_no: [("1", "có"), ("0", "không")],
            form: form.aligned(&asked),
            asked,
            version,
            saved,
            opened,
        }
    }

    /// Everything that is asked with what is typed for it, by groups.
    fn parts(&self) -> Vec<Part<'_>> {
        Part::all(&self.opened, &self.asked, &self.form.figures)
    }

    /// Whether last year's values can be put into empty fields.
    fn may_take_over(&self) -> bool {
        self.asked.iter().zip(&self.form.figures).any(|(asked, row)| {
            asked.last.is_some() && row.reached.trim().is_empty() && self.open.has_row("figures", row.id)
        })
    }

    /// Whether the remark and the links of a row are to be seen at once: there are some, or something is wrong with them.
    fn has_remarks(&self, line: &Line<'_>) -> bool {
        let is_wrong = |field| self.errors.of(&format!("{field}-{}", line.index)).is_some();
        !line.row.note.is_empty()
            || !line.row.links.is_empty()
            || is_wrong("figure_note")
            || is_wrong("figure_links")
    }

    /// How many figures still wait for an answer.
    fn number_missing(&self) -> usize {
        self.parts().iter().map(|part| part.missing().len()).sum()
    }

    /// The sections of text that still have nothing.
    fn missing_sections(&self) -> Vec<&'static Section> {
        Section::narrative(self.opened.report.period)
            .iter()
            .filter(|s| !s.is_optional() && self.form.text(s).trim().is_empty())
            .collect()
    }

    /// A mistake with its place.
    fn line_of(&self, error: &FieldError) -> String {
        let sheet = Sheet::of_draft(&self.form, &self.opened.report, &self.opened.history);
        papers::line_of_error(&sheet.place_of(&error.field), &error.message)
    }

    /// Whether a section can be edited, or its rows added and removed.
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

    /// Adds the empty rows that the open table ends with.
    fn with_spare_rows(mut self, opening: &Opening) -> Self {
        let blank = AdditionRow::default();
        self.form
            .additions
            .extend(std::iter::repeat_n(blank, opening.spare_rows("additions")));
        self
    }
}

/// A certainty as typed, in words.
fn certainty_words(code: &str) -> &'static str {
    Certainty::from_code(code).map_or("", Certainty::label)
}

pub(super) async fn form(path: EditPath, Query(opening): Query<Opening>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path).await?;
    access::require(visit.actor()?, Action::Save, &opened.report)?;
    let (form, version) = (opened.report.draft.clone(), opened.report.version);
    let mut view = EditPage::new(&visit, opened, form, version);
    // Slips in a saved draft are shown at once, not only when it is handed in.
    if let Err(errors) = view
        .form
        .check(&view.asked, view.opened.report.period, opening.checked())
    {
        view.errors = errors;
    }
    page(&view.with_spare_rows(&opening))
}

pub(super) async fn save(path: EditPath, visit: Visit, Form(posted): Form<PostedReport>) -> Result<Response> {
    posted.bound()?;
    let (seen_version, next) = (posted.version, posted.next.clone());
    let typed = ReportForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    let actor = visit.actor()?;
    let saved = actions::save_draft(
        &mut tx,
        visit.now,
        actor,
        &opened.report,
        &opened.history,
        seen_version,
        typed.clone(),
    )
    .await;
    match saved {
        Ok((version, draft)) => {
            let mut taken = 0;
            if next == "giong-nam-truoc" {
                let (report, history) = (&opened.report, &opened.history);
                taken = actions::take_over(&mut tx, visit.now, actor, report, history, draft.clone()).await?;
            }
            tx.commit().await?;
            if taken > 0 {
                let message =
                    format!("Đã điền {taken} số liệu giống năm trước vào các ô trống. Xin xem lại từng số.");
                return Ok(see_other(format!("{}/sua", opened.path()), &message));
            }
            answer_saved(&visit, opened, version, draft, &next)
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Save, &opened.report) => {
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
    draft: ReportForm,
    next: &str,
) -> Result<Response> {
    let path = opened.path();
    let report = &opened.report;
    match draft.check(&report.asked(&opened.history), report.period, Checked::AsDraft) {
        Ok(_) => {
            let (to, message) = match (next, next.strip_prefix("dong-")) {
                ("nop", _) => (format!("{path}/nop"), ""),
                ("tep", _) => (format!("{path}/tep"), "Đã lưu bản nháp."),
                ("giong-nam-truoc", _) => (
                    format!("{path}/sua"),
                    "Đã lưu bản nháp; không còn ô trống nào có số năm trước.",
                ),
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
    Form(posted): Form<PostedReport>,
) -> Result<Response> {
    posted.bound()?;
    let seen_version = posted.version;
    let typed = ReportForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, path).await?;
    let (report, history) = (&opened.report, &opened.history);
    let (version, draft) = actions::save_draft(
        &mut tx,
        visit.now,
        visit.actor()?,
        report,
        history,
        seen_version,
        typed,
    )
    .await?;
    tx.commit().await?;
    let wrong = draft
        .check(&report.asked(history), report.period, Checked::AsDraft)
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
