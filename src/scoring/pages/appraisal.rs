//! The appraisal's grid: the unit's own points on the left, the appraisers' on the right. Works with the keyboard alone: arrows
//! go from line to line, Enter takes the unit's points over; without a script the same fields are typed into.

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};

use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        forms::{AppraisalForm, PostedAppraisal},
        model::Line,
        queries::{self, Repeat},
        workflow::Action,
    },
    AppraisalDraftPath, AppraisalPath, Opened, open,
    sheet_view::{self, Row},
};
use crate::{
    criteria::Tally,
    kit::{
        clock,
        error::{AppError, Result},
        fields::{FieldError, FieldErrors},
    },
    papers,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "scoring/appraisal.html")]
struct AppraisalPage {
    shell: Shell,
    opened: Opened,
    form: AppraisalForm,
    rows: Vec<Row>,
    own: Tally,
    appraised: Tally,
    errors: FieldErrors,
    version: i32,
    questions: usize,
    conflict: Option<String>,
    repeats: Vec<Repeat>,
}

impl AppraisalPage {
    fn new(visit: &Visit, opened: Opened, typed: AppraisalForm, version: i32, errors: FieldErrors) -> Self {
        let form = typed.aligned(&opened.sheet.lines);
        let unit = opened.sheet.unit_id;
        let own = opened.scoring.tally(unit, &opened.sheet.lines, |line| line.own);
        let appraised = opened.scoring.tally(unit, &opened.sheet.lines, Line::points);
        Self {
            shell: visit.shell_in(&opened.year.place()),
            rows: sheet_view::rows(&opened, &appraised),
            questions: form.rows.iter().filter(|r| !r.question.trim().is_empty()).count(),
            conflict: None,
            repeats: Vec::new(),
            form,
            own,
            appraised,
            errors,
            version,
            opened,
        }
    }

    /// The page with the files that prove something else too.
    async fn with_repeats(mut self, db: &mut PgConnection) -> Result<Self> {
        self.repeats = queries::repeats(db, self.opened.sheet.id).await?;
        Ok(self)
    }

    /// Where else a file stands, in words: `III.2 của Sơn La năm 2025`.
    fn elsewhere(&self, href: &str) -> Vec<String> {
        self.repeats
            .iter()
            .filter(|repeat| href.ends_with(&repeat.attachment_id.to_string()))
            .map(|repeat| format!("{} của {} năm {}", repeat.part, repeat.place, repeat.year))
            .collect()
    }

    /// A mistake with its line.
    fn line_of(&self, error: &FieldError) -> String {
        papers::line_of_error(&super::edit::place(&self.opened, &error.field), &error.message)
    }
}

pub(super) async fn form(path: AppraisalPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    access::require(visit.actor()?, Action::Appraise, &opened.scoring, &opened.sheet)?;
    let (typed, version) = (opened.facts.appraisal.clone(), opened.sheet.version);
    let view = AppraisalPage::new(&visit, opened, typed, version, FieldErrors::default());
    page(&view.with_repeats(&mut db).await?)
}

/// Saves, and does what the button says: asks for explanations, or finishes. Either is done to what was saved just now.
pub(super) async fn save(
    path: AppraisalPath,
    visit: Visit,
    Form(posted): Form<PostedAppraisal>,
) -> Result<Response> {
    posted.bound()?;
    let (seen, next) = (posted.version, posted.next.clone());
    let typed = AppraisalForm::from(posted);
    let actor = visit.actor()?;
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (scoring, sheet, asked) = (&opened.scoring, &opened.sheet, &opened.asked);
    let saved = match actions::appraise(&mut tx, visit.now, actor, scoring, sheet, asked, seen, &typed).await
    {
        Ok(saved) => saved,
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Appraise, scoring, sheet) => {
            let mut view = AppraisalPage::new(&visit, opened, typed, seen, FieldErrors::default());
            view.conflict = Some(what);
            return page_with(StatusCode::CONFLICT, &view);
        }
        Err(error) => return Err(error),
    };
    tx.commit().await?;
    if !saved.errors.is_empty() {
        return again(&path, &visit, typed, saved.errors).await;
    }
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (scoring, sheet, asked) = (&opened.scoring, &opened.sheet, &opened.asked);
    let done = match next.as_str() {
        "hoi" => actions::ask(&mut tx, visit.now, actor, scoring, sheet, saved.version)
            .await
            .map(|()| "Đã gửi yêu cầu giải trình cho đơn vị."),
        "xong" => actions::finish(
            &mut tx,
            visit.now,
            actor,
            scoring,
            sheet,
            asked,
            &typed,
            saved.version,
        )
        .await
        .map(|()| "Đã hoàn tất thẩm định."),
        _ => Ok("Đã lưu thẩm định."),
    };
    match done {
        Ok(words) => {
            tx.commit().await?;
            let to = if next.is_empty() {
                opened.path_to("tham-dinh")
            } else {
                opened.path()
            };
            Ok(see_other(to, words))
        }
        Err(AppError::Invalid(errors)) => {
            tx.rollback().await?;
            again(&path, &visit, typed, errors).await
        }
        Err(error) => Err(error),
    }
}

/// The same page with what was typed and what is wrong in it.
async fn again(
    path: &AppraisalPath,
    visit: &Visit,
    typed: AppraisalForm,
    errors: FieldErrors,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, visit, &path.cluster, path.year, &path.unit).await?;
    let version = opened.sheet.version;
    let view = AppraisalPage::new(visit, opened, typed, version, errors)
        .with_repeats(&mut db)
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Saves while the grid is filled in.
pub(super) async fn autosave(
    path: AppraisalDraftPath,
    visit: Visit,
    Form(posted): Form<PostedAppraisal>,
) -> Result<Response> {
    posted.bound()?;
    let seen = posted.version;
    let typed = AppraisalForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year, &path.unit).await?;
    let (scoring, sheet, asked) = (&opened.scoring, &opened.sheet, &opened.asked);
    let saved = actions::appraise(
        &mut tx,
        visit.now,
        visit.actor()?,
        scoring,
        sheet,
        asked,
        seen,
        &typed,
    )
    .await?;
    tx.commit().await?;
    let time = clock::time_text(visit.now);
    let words = match saved.errors.len() {
        0 => format!("Đã lưu lúc {time}"),
        n => format!("Đã lưu lúc {time}; còn {n} ô cần sửa"),
    };
    let mut response = words.into_response();
    response
        .headers_mut()
        .insert("x-version", HeaderValue::from(saved.version));
    Ok(response)
}
