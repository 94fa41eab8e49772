//! The form of the conference's result. What is typed is always kept; what is wrong is shown at its field.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        candidates::{CandidateRow, VOTED_AWARDS, quota_of},
        forms::{ConferenceForm, PostedConference},
        model::FormOfVote,
        workflow::Action,
    },
    EditPath, Opened, open,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
        values::figure_text,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

/// Empty rows at the end of the table of candidates.
const SPARE_ROWS: usize = 3;

#[derive(Template)]
#[template(path = "conferences/edit.html")]
struct EditPage {
    shell: Shell,
    opened: Opened,
    form: ConferenceForm,
    errors: FieldErrors,
    version: i32,
    conflict: Option<String>,
    units: Vec<(String, String)>,
    awards: Vec<(String, String)>,
    rules: Vec<String>,
}

impl EditPage {
    fn new(
        visit: &Visit,
        opened: Opened,
        mut form: ConferenceForm,
        version: i32,
        errors: FieldErrors,
    ) -> Self {
        form.candidates
            .extend((0..SPARE_ROWS).map(|_| CandidateRow::default()));
        Self {
            shell: visit.shell_in(&opened.year.place()),
            units: opened
                .year
                .members
                .iter()
                .map(|m| (m.slug.clone(), m.place.clone()))
                .collect(),
            awards: VOTED_AWARDS
                .iter()
                .map(|a| ((*a).to_owned(), opened.awards.short_name(a)))
                .collect(),
            rules: rules_in_words(&opened),
            conflict: None,
            opened,
            form,
            version,
            errors,
        }
    }

    fn forms_of_vote() -> Vec<(&'static str, &'static str)> {
        FormOfVote::ALL.iter().map(|f| (f.code(), f.label())).collect()
    }
}

/// The year's rules as they will be applied.
fn rules_in_words(opened: &Opened) -> Vec<String> {
    let rules = &opened.year.rules;
    let mut list = vec![
        format!(
            "Họp khi có mặt ít nhất {}% tổng số đơn vị thành viên.",
            figure_text(rules.quorum_percent)
        ),
        format!(
            "Được suy tôn khi có trên {}% {} đồng ý.",
            figure_text(rules.threshold_percent),
            rules.threshold_base.label()
        ),
    ];
    list.extend(VOTED_AWARDS.iter().map(|a| {
        format!(
            "{}: tối đa {} đơn vị.",
            opened.awards.short_name(a),
            quota_of(&opened.year, a)
        )
    }));
    list
}

pub(super) async fn form(path: EditPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year).await?;
    access::require(visit.actor()?, Action::Record, &opened.conference)?;
    let (form, version) = (opened.conference.draft.clone(), opened.conference.version);
    // Slips in a saved draft are shown at once.
    let errors = if opened.conference.has_typed_result() {
        form.check(&opened.year, &opened.awards, clock::day(visit.now))
            .err()
            .unwrap_or_default()
    } else {
        FieldErrors::default()
    };
    page(&EditPage::new(&visit, opened, form, version, errors))
}

pub(super) async fn save(
    path: EditPath,
    visit: Visit,
    Form(posted): Form<PostedConference>,
) -> Result<Response> {
    posted.bound()?;
    let (seen, next) = (posted.version, posted.next.clone());
    let typed = ConferenceForm::from(posted);
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let actor = visit.actor()?;
    match actions::save_draft(&mut tx, visit.now, actor, &opened.conference, seen, &typed).await {
        Ok(version) => {
            tx.commit().await?;
            answer_saved(&visit, opened, typed, version, &next)
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Record, &opened.conference) => {
            let mut view = EditPage::new(&visit, opened, typed, seen, FieldErrors::default());
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}

/// 303 where the draft may go on; 422 with the same page where it was to be made final and something is wrong.
fn answer_saved(
    visit: &Visit,
    opened: Opened,
    typed: ConferenceForm,
    version: i32,
    next: &str,
) -> Result<Response> {
    match (
        next,
        typed.check(&opened.year, &opened.awards, clock::day(visit.now)),
    ) {
        ("chot", Ok(_)) => Ok(see_other(opened.path_to("chot"), "")),
        ("chot", Err(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &EditPage::new(visit, opened, typed, version, errors),
        ),
        ("dong-candidates", _) => Ok(see_other(
            opened.path_to("sua#candidates"),
            "Đã lưu bản nháp; cuối bảng có dòng trống để ghi thêm.",
        )),
        _ => Ok(see_other(opened.path(), "Đã lưu bản nháp kết quả hội nghị.")),
    }
}
