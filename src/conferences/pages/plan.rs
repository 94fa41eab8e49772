//! The form of plan and agenda. What is typed is always kept; what is wrong is shown at its field.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{ItemRow, PlanForm, PostedPlan},
        workflow::Action,
    },
    Meeting, PlanPath, open_meeting,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

/// Empty rows at the end of the agenda.
const SPARE_ROWS: usize = 2;

#[derive(Template)]
#[template(path = "conferences/plan.html")]
struct PlanPage {
    shell: Shell,
    meeting: Meeting,
    form: PlanForm,
    errors: FieldErrors,
    version: i32,
    conflict: Option<String>,
}

impl PlanPage {
    fn new(visit: &Visit, meeting: Meeting, mut form: PlanForm, version: i32, errors: FieldErrors) -> Self {
        form.items.extend((0..SPARE_ROWS).map(|_| ItemRow::default()));
        Self {
            shell: visit.shell_in(&meeting.year.place()),
            meeting,
            form,
            errors,
            version,
            conflict: None,
        }
    }

    fn will_tell_again(&self) -> bool {
        self.meeting.conference.invited_at.is_some()
    }
}

pub(super) async fn form(path: PlanPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    access::require(visit.actor()?, Action::Plan, &meeting.conference)?;
    let form = PlanForm::of(&meeting.conference, &meeting.agenda);
    let version = meeting.conference.version;
    page(&PlanPage::new(
        &visit,
        meeting,
        form,
        version,
        FieldErrors::default(),
    ))
}

pub(super) async fn save(path: PlanPath, visit: Visit, Form(posted): Form<PostedPlan>) -> Result<Response> {
    posted.bound()?;
    let (seen, next) = (posted.version, posted.next.clone());
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let actor = visit.actor()?;
    let conference = &meeting.conference;
    let typed = posted.into_form(&conference.plan.conclusion);
    let done = actions::save_plan(&mut tx, visit.now, actor, &meeting.year, conference, seen, &typed).await;
    match done {
        Ok(_) => {
            tx.commit().await?;
            Ok(match next.as_str() {
                "dong-items" => see_other(
                    meeting.path_to("sua#items"),
                    "Đã lưu kế hoạch; cuối bảng có dòng trống để ghi thêm.",
                ),
                "giay-moi" => see_other(meeting.path_to("giay-moi"), "Đã lưu kế hoạch hội nghị."),
                _ => see_other(meeting.path(), "Đã lưu kế hoạch hội nghị."),
            })
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &PlanPage::new(&visit, meeting, typed, seen, errors),
        ),
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Plan, conference) => {
            let mut view = PlanPage::new(&visit, meeting, typed, seen, FieldErrors::default());
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}
