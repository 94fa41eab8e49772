//! The form of a decision. What is typed is always kept.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    super::{
        access, actions,
        forms::{DecisionForm, PostedDecision},
        model::{Decision, Ground, Kind, Surroundings},
        queries,
        workflow::Action,
    },
    EditPath, NewPath,
};
use crate::{
    ids::DecisionId,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "decisions/edit.html")]
struct EditPage {
    shell: Shell,
    kind: Kind,
    around: Surroundings,
    form: DecisionForm,
    errors: FieldErrors,
    version: i32,
    action: String,
    back: String,
    conflict: Option<String>,
}

impl EditPage {
    fn new(
        visit: &Visit,
        kind: Kind,
        around: Surroundings,
        form: DecisionForm,
        decision: Option<&Decision>,
    ) -> Self {
        Self {
            shell: visit.shell(),
            kind,
            around,
            form,
            errors: FieldErrors::default(),
            version: decision.map_or(0, |d| d.version),
            action: decision.map_or_else(|| "/quyet-dinh/moi".to_owned(), |d| d.path_to("sua")),
            back: decision.map_or_else(|| "/quyet-dinh".to_owned(), Decision::path),
            conflict: None,
        }
    }

    fn is_award(&self) -> bool {
        self.kind == Kind::Award
    }

    fn is_cancellation(&self) -> bool {
        self.kind == Kind::Cancellation
    }

    /// Why awards are cancelled, to choose from.
    fn grounds() -> [(String, String); 2] {
        Ground::ALL.map(|(code, words)| (code.to_owned(), words.to_owned()))
    }

    fn ending_bases(&self) -> Vec<String> {
        self.form.ending_bases(&self.around)
    }

    fn about_id(&self) -> Option<DecisionId> {
        self.around.about.as_ref().map(|d| d.id)
    }
}

/// Which earlier decision a new one is about: `?dinh-chinh=` or `?huy=`.
#[derive(Deserialize)]
pub(super) struct Choice {
    #[serde(rename = "dinh-chinh")]
    correct: Option<DecisionId>,
    #[serde(rename = "huy")]
    cancel: Option<DecisionId>,
}

pub(super) async fn new(_: NewPath, Query(choice): Query<Choice>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let (kind, about) = match (choice.correct, choice.cancel) {
        (Some(id), _) => (Kind::Correction, Some(id)),
        (None, Some(id)) => (Kind::Cancellation, Some(id)),
        (None, None) => (Kind::Award, None),
    };
    let around = queries::surroundings(&mut db, visit.actor()?, about).await?;
    if let Some(about) = &around.about {
        let action = if kind == Kind::Correction {
            Action::Correct
        } else {
            Action::Cancel
        };
        access::require(visit.actor()?, action, about)?;
    }
    let form = DecisionForm {
        title: first_title(kind, &around),
        nomination: match kind {
            Kind::Award => around.passed.iter().map(|n| n.id).collect(),
            Kind::Correction => Vec::new(),
            Kind::Cancellation => around.standing.iter().map(|line| line.nomination_id).collect(),
        },
        bases: around.bases_on(clock::day(visit.now)),
        ..DecisionForm::default()
    };
    page(&EditPage::new(&visit, kind, around, form, None))
}

/// The title that a new decision starts from.
fn first_title(kind: Kind, around: &Surroundings) -> String {
    let number = around
        .about
        .as_ref()
        .map(Decision::number_text)
        .unwrap_or_default();
    match kind {
        Kind::Award => "Về việc tặng Cờ thi đua, Bằng khen".to_owned(),
        Kind::Correction => format!("Về việc đính chính Quyết định số {number}"),
        Kind::Cancellation => format!("Về việc hủy Quyết định số {number}"),
    }
}

pub(super) async fn create(_: NewPath, visit: Visit, Form(posted): Form<PostedDecision>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let kind = Kind::from_code(&posted.kind).ok_or(AppError::NotFound)?;
    let around = queries::surroundings(&mut tx, visit.actor()?, posted.about).await?;
    let typed = posted.form().citing_its_day(&around, clock::day(visit.now));
    let id = actions::draft(
        &mut tx,
        visit.now,
        visit.actor()?,
        kind,
        around.about.as_ref(),
        &typed,
    )
    .await?;
    tx.commit().await?;
    let decision = queries::find_visible(&mut *visit.db().await?, visit.actor()?, id).await?;
    answer_saved(&visit, around, &decision, typed, decision.version)
}

pub(super) async fn form(path: EditPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let decision = queries::find_visible(&mut db, visit.actor()?, path.decision).await?;
    access::require(visit.actor()?, Action::Save, &decision)?;
    let around = queries::surroundings(&mut db, visit.actor()?, decision.about_id).await?;
    let mut view = EditPage::new(
        &visit,
        decision.kind,
        around,
        decision.draft.clone(),
        Some(&decision),
    );
    view.errors = errors_of(&visit, &view.around, &decision, &view.form);
    page(&view)
}

fn errors_of(visit: &Visit, around: &Surroundings, decision: &Decision, form: &DecisionForm) -> FieldErrors {
    form.check(decision.kind, around, clock::day(visit.now))
        .err()
        .unwrap_or_default()
}

pub(super) async fn save(
    path: EditPath,
    visit: Visit,
    Form(posted): Form<PostedDecision>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let (actor, typed) = (visit.actor()?, posted.form());
    let decision = queries::find_visible(&mut tx, actor, path.decision).await?;
    let around = queries::surroundings(&mut tx, visit.actor()?, decision.about_id).await?;
    match actions::save_draft(&mut tx, visit.now, actor, &decision, posted.version, &typed).await {
        Ok(version) => {
            tx.commit().await?;
            answer_saved(&visit, around, &decision, typed, version)
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Save, &decision) => {
            let mut view = EditPage::new(&visit, decision.kind, around, typed, Some(&decision));
            view.version = posted.version;
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}

/// 303 where the draft was right; 422 with the same page where something in it must be mended. Either way it is kept.
fn answer_saved(
    visit: &Visit,
    around: Surroundings,
    decision: &Decision,
    form: DecisionForm,
    version: i32,
) -> Result<Response> {
    let errors = errors_of(visit, &around, decision, &form);
    if errors.is_empty() {
        return Ok(see_other(decision.path(), "Đã lưu dự thảo quyết định."));
    }
    let mut view = EditPage::new(visit, decision.kind, around, form, Some(decision));
    view.errors = errors;
    view.version = version;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
