//! Who comes: all units at a glance, guests, and what the secretariat does with the list.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::ExtraForm,
        model::{Delegate, Part, UnitAttendance},
    },
    DelegatesPath, ExtraPath, Meeting, RemovalPath, StandInPath, open_meeting,
};
use crate::{
    ids::UnitId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

/// A unit in the list.
struct Row {
    unit: UnitAttendance,
    voting: Option<Delegate>,
    stand_in: Option<Delegate>,
    others: Vec<Delegate>,
    /// Whether the visitor may say whom it sends.
    may_name: bool,
    /// Whether the visitor may see the authorisation.
    sees_papers: bool,
}

#[derive(Template)]
#[template(path = "conferences/delegates.html")]
struct DelegatesPage {
    shell: Shell,
    rows: Vec<Row>,
    /// Units that named a delegate or said that they can't come.
    answered: usize,
    may_register: bool,
    meeting: Meeting,
}

impl DelegatesPage {
    fn guests(&self) -> Vec<&Delegate> {
        self.meeting.guests().collect()
    }
}

pub(super) async fn index(path: DelegatesPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    let of = |unit: UnitId, part: Part| -> Vec<Delegate> {
        let of_unit = meeting.delegates.iter().filter(|d| d.unit_id == Some(unit));
        of_unit.filter(|d| d.part == part).cloned().collect()
    };
    let rows: Vec<Row> = meeting
        .attendance()
        .units
        .into_iter()
        .map(|unit| Row {
            voting: of(unit.unit_id, Part::Voting).into_iter().next(),
            stand_in: of(unit.unit_id, Part::StandIn).into_iter().next(),
            others: of(unit.unit_id, Part::Other),
            may_name: access::require_delegation(actor, conference, unit.unit_id).is_ok(),
            sees_papers: access::sees_delegation(actor, conference, unit.unit_id),
            unit,
        })
        .collect();
    page(&DelegatesPage {
        shell: visit.shell_in(&meeting.year.place()),
        answered: rows
            .iter()
            .filter(|r| r.voting.is_some() || !r.unit.reason.is_empty())
            .count(),
        rows,
        may_register: access::require_register(actor, conference).is_ok(),
        meeting,
    })
}

#[derive(Template)]
#[template(path = "conferences/extra.html")]
struct ExtraPage {
    shell: Shell,
    units: Vec<(String, String)>,
    form: ExtraForm,
    errors: FieldErrors,
    meeting: Meeting,
}

impl ExtraPage {
    fn new(visit: &Visit, meeting: Meeting, form: ExtraForm, errors: FieldErrors) -> Self {
        let year = &meeting.year;
        let members = year.members_on(meeting.conference.day_of_members(year));
        Self {
            shell: visit.shell_in(&year.place()),
            units: members
                .iter()
                .map(|m| (m.slug.clone(), m.short_name.clone()))
                .collect(),
            form,
            errors,
            meeting,
        }
    }

    fn parts() -> Vec<(&'static str, &'static str)> {
        [Part::Guest, Part::Voting, Part::StandIn, Part::Other]
            .map(|part| (part.code(), part.label()))
            .to_vec()
    }
}

pub(super) async fn form(path: ExtraPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    access::require_register(visit.actor()?, &meeting.conference)?;
    let form = ExtraForm {
        part: Part::Guest.code().to_owned(),
        ..ExtraForm::default()
    };
    page(&ExtraPage::new(&visit, meeting, form, FieldErrors::default()))
}

pub(super) async fn add(path: ExtraPath, visit: Visit, Form(form): Form<ExtraForm>) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    access::require_register(actor, conference)?;
    let checked = form
        .check()
        .map_err(AppError::Invalid)
        .and_then(|(part, person)| {
            let member = match form.unit.as_str() {
                "" => None,
                slug => Some(
                    meeting
                        .year
                        .member(slug)
                        .ok_or_else(|| AppError::invalid("unit", "Hãy chọn đơn vị của đại biểu."))?,
                ),
            };
            Ok((member.map(|m| m.unit_id), part, person))
        });
    let done = match checked {
        Ok((unit, part, person)) => {
            actions::add_delegate(
                &mut tx, visit.now, actor, conference, unit, part, &person, &secret,
            )
            .await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            tx.commit().await?;
            Ok(see_other(
                meeting.path_to("dai-bieu"),
                "Đã thêm vào danh sách đại biểu.",
            ))
        }
        Err(AppError::Invalid(errors)) => page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &ExtraPage::new(&visit, meeting, form, errors),
        ),
        Err(error) => Err(error),
    }
}

pub(super) async fn remove(path: RemovalPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    actions::remove_delegate(&mut tx, visit.now, actor, conference, path.delegate).await?;
    tx.commit().await?;
    Ok(see_other(
        meeting.path_to("dai-bieu"),
        "Đã bỏ khỏi danh sách đại biểu.",
    ))
}

pub(super) async fn stand_in(path: StandInPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    actions::stand_in_votes(&mut tx, visit.now, actor, conference, path.delegate).await?;
    tx.commit().await?;
    Ok(see_other(
        meeting.path_to("dai-bieu"),
        "Đại biểu dự khuyết biểu quyết thay từ bây giờ.",
    ))
}
