//! The self-score. What is typed is always kept; what is wrong is shown at its line.

use askama::Template;
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    super::{
        access, actions,
        forms::{PostedSelfScore, SelfScoreForm},
        model::Line,
        workflow::Action,
    },
    DraftPath, EditPath, Opened, open,
    sheet_view::{self, Row},
};
use crate::{
    criteria::Tally,
    kit::{
        clock,
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers::{self, Checked, Opening},
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "scoring/edit.html")]
struct EditPage {
    shell: Shell,
    opened: Opened,
    form: SelfScoreForm,
    rows: Vec<Row>,
    tally: Tally,
    errors: FieldErrors,
    version: i32,
    saved: String,
    conflict: Option<String>,
}

impl EditPage {
    fn new(visit: &Visit, opened: Opened, typed: SelfScoreForm, version: i32, how: Checked) -> Self {
        let form = typed.aligned(&opened.asked);
        let decimals = opened.scoring.set.rules.decimals;
        let errors = form.check(&opened.asked, decimals, how).err().unwrap_or_default();
        let tally = provisional(&opened, &form);
        let saved = opened
            .sheet
            .draft_saved_at
            .map(|at| {
                format!(
                    "{} lưu lúc {}",
                    opened.sheet.draft_saved_by,
                    clock::moment_text(at)
                )
            })
            .unwrap_or_default();
        Self {
            shell: visit.shell_in(&opened.year.place()),
            rows: sheet_view::rows(&opened, &tally),
            conflict: None,
            form,
            tally,
            errors,
            version,
            saved,
            opened,
        }
    }

    /// A mistake with its line.
    fn line_of(&self, error: &FieldError) -> String {
        papers::line_of_error(&place(&self.opened, &error.field), &error.message)
    }
}

/// Where a field of the form is: the criterion's code and name.
pub(super) fn place(opened: &Opened, field: &str) -> String {
    field
        .rsplit_once('-')
        .and_then(|(_, index)| index.parse::<usize>().ok())
        .and_then(|index| opened.asked.iter().filter(|a| a.applies()).nth(index))
        .map(|a| format!("{} {}", a.criterion.code, a.criterion.name))
        .unwrap_or_default()
}

/// The sums of what is typed so far, as far as it can be read.
fn provisional(opened: &Opened, form: &SelfScoreForm) -> Tally {
    let decimals = opened.scoring.set.rules.decimals;
    let lines: Vec<Line> = form
        .rows
        .iter()
        .filter(|row| !row.points.trim().is_empty())
        .flat_map(|row| {
            let single = SelfScoreForm {
                rows: vec![row.clone()],
            };
            let asked: Vec<_> = opened
                .asked
                .iter()
                .filter(|a| Some(a.criterion.id.0) == row.id.map(|id| id.0))
                .cloned()
                .collect();
            single
                .check(&asked, decimals, Checked::AsDraft)
                .unwrap_or_default()
        })
        .collect();
    opened.scoring.tally(opened.sheet.unit_id, &lines, Line::points)
}

pub(super) async fn form(path: EditPath, Query(opening): Query<Opening>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    access::require(visit.actor()?, Action::Save, &opened.scoring, &opened.sheet)?;
    let (draft, version) = (opened.facts.draft.clone(), opened.sheet.version);
    page(&EditPage::new(&visit, opened, draft, version, opening.checked()))
}

pub(super) async fn save(
    path: EditPath,
    visit: Visit,
    Form(posted): Form<PostedSelfScore>,
) -> Result<Response> {
    posted.bound()?;
    let (seen, next) = (posted.version, posted.next.clone());
    let typed = SelfScoreForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let actor = visit.actor()?;
    let (scoring, sheet) = (&opened.scoring, &opened.sheet);
    let version = match actions::save_draft(&mut tx, visit.now, actor, scoring, sheet, seen, &typed).await {
        Ok(version) => version,
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Save, scoring, sheet) => {
            let mut view = EditPage::new(&visit, opened, typed, seen, Checked::AsDraft);
            view.conflict = Some(what);
            return page_with(StatusCode::CONFLICT, &view);
        }
        Err(error) => return Err(error),
    };
    tx.commit().await?;
    let to = match next.as_str() {
        "nop" => (opened.path_to("nop"), ""),
        "tep" => (opened.path_to("tep"), "Đã lưu bản nháp."),
        _ => (opened.path(), "Đã lưu bản nháp."),
    };
    let mut view = EditPage::new(&visit, opened, typed, version, Checked::AsDraft);
    if view.errors.is_empty() {
        return Ok(see_other(to.0, to.1));
    }
    view.saved = format!("Bản nháp vẫn được giữ lúc {}", clock::moment_text(visit.now));
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Saves while the form is filled in: answers a short sentence with the sum, and the version that the next save starts from.
pub(super) async fn autosave(
    path: DraftPath,
    visit: Visit,
    Form(posted): Form<PostedSelfScore>,
) -> Result<Response> {
    posted.bound()?;
    let seen = posted.version;
    let typed = SelfScoreForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (scoring, sheet) = (&opened.scoring, &opened.sheet);
    let version =
        actions::save_draft(&mut tx, visit.now, visit.actor()?, scoring, sheet, seen, &typed).await?;
    tx.commit().await?;
    let wrong = typed
        .check(&opened.asked, scoring.set.rules.decimals, Checked::AsDraft)
        .err()
        .map_or(0, |errors| errors.len());
    let total = opened.points(&provisional(&opened, &typed).total);
    let time = clock::time_text(visit.now);
    let words = match wrong {
        0 => format!("Đã lưu nháp lúc {time}; tổng điểm đang là {total}"),
        n => format!("Đã lưu nháp lúc {time}; còn {n} ô cần sửa"),
    };
    let mut response = words.into_response();
    response
        .headers_mut()
        .insert("x-version", HeaderValue::from(version));
    Ok(response)
}
