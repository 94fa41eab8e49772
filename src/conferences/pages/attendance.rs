//! Attendance as the secretary notes it at the door, on a phone or a tablet.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{
    super::{
        access, actions,
        model::{Attendance, Delegate, State},
    },
    AttendancePath, Meeting, open_meeting,
};
use crate::{
    ids::DelegateId,
    kit::{
        clock,
        error::{AppError, Result},
    },
    web::{Form, Visit, page, see_other, shell::Shell},
};

/// A unit, or the guests, with the people to tick.
struct Group {
    name: String,
    reason: String,
    is_present: bool,
    people: Vec<Delegate>,
}

#[derive(Template)]
#[template(path = "conferences/attendance.html")]
struct AttendancePage {
    shell: Shell,
    attendance: Attendance,
    groups: Vec<Group>,
    /// Whether attendance can be noted now.
    is_open: bool,
    meeting: Meeting,
}

impl AttendancePage {
    fn noted(delegate: &Delegate) -> String {
        delegate.attended_at.map(clock::time_text).unwrap_or_default()
    }
}

pub(super) async fn show(path: AttendancePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    access::require_register(visit.actor()?, &meeting.conference)?;
    let attendance = meeting.attendance();
    let mut groups: Vec<Group> = attendance
        .units
        .iter()
        .map(|unit| Group {
            name: unit.place.clone(),
            reason: unit.reason.clone(),
            is_present: unit.is_present,
            people: meeting
                .delegates
                .iter()
                .filter(|d| d.unit_id == Some(unit.unit_id))
                .cloned()
                .collect(),
        })
        .collect();
    let guests: Vec<Delegate> = meeting.guests().cloned().collect();
    if !guests.is_empty() {
        groups.push(Group {
            name: "Khách mời".to_owned(),
            reason: String::new(),
            is_present: false,
            people: guests,
        });
    }
    page(&AttendancePage {
        shell: visit.shell_in(&meeting.year.place()),
        is_open: meeting.conference.state != State::Planned,
        attendance,
        groups,
        meeting,
    })
}

/// Who is there, or isn't after all.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Note {
    delegate: String,
    present: String,
}

pub(super) async fn note(path: AttendancePath, visit: Visit, Form(note): Form<Note>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    let delegate: DelegateId = note.delegate.parse().map_err(|_| AppError::NotFound)?;
    let is_present = !note.present.is_empty();
    let found = actions::attend(&mut tx, visit.now, actor, conference, delegate, is_present).await?;
    tx.commit().await?;
    let message = if is_present {
        format!("{}: có mặt.", found.name)
    } else {
        format!("{}: đã bỏ điểm danh.", found.name)
    };
    Ok(see_other(
        meeting.path_to(&format!("diem-danh#nguoi-{}", found.id)),
        &message,
    ))
}
