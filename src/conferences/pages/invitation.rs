//! The invitation as it is printed, its recipients, and the act of sending it.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions, workflow::Action},
    InvitationPath, Meeting, open_meeting,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    papers::Seen,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
    years::Office,
};

#[derive(Template)]
#[template(path = "conferences/invitation.html")]
struct InvitationPage {
    shell: Shell,
    /// The units that are invited, as the invitation names them.
    units: Vec<String>,
    /// Guests, one a line.
    guests: Vec<String>,
    lead: String,
    link: String,
    may_invite: bool,
    errors: FieldErrors,
    meeting: Meeting,
}

fn view(visit: &Visit, meeting: Meeting, errors: FieldErrors) -> Result<InvitationPage> {
    let (year, conference) = (&meeting.year, &meeting.conference);
    let members = year.members_on(conference.day_of_members(year));
    let guests = conference.plan.guests.lines().map(str::trim);
    Ok(InvitationPage {
        shell: visit.shell_in(&year.place()),
        units: members.iter().map(|m| m.short_name.clone()).collect(),
        guests: guests.filter(|g| !g.is_empty()).map(str::to_owned).collect(),
        lead: year.names_in(Office::Lead),
        link: link(visit, &meeting),
        may_invite: access::offers(visit.actor()?, Action::Invite, conference),
        errors,
        meeting,
    })
}

fn link(visit: &Visit, meeting: &Meeting) -> String {
    format!("{}{}", visit.app.config.address(), meeting.path())
}

pub(super) async fn show(path: InvitationPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    page(&view(&visit, meeting, FieldErrors::default())?)
}

pub(super) async fn send(path: InvitationPath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let meeting = open_meeting(&mut tx, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, link) = (visit.actor()?, link(&visit, &meeting));
    let (year, conference) = (&meeting.year, &meeting.conference);
    match actions::invite(&mut tx, visit.now, actor, year, conference, &link, seen.version).await {
        Ok(letters) => {
            tx.commit().await?;
            let message = format!(
                "Đã mời {} đơn vị; {letters} thư điện tử sẽ được gửi. Đơn vị thấy việc “Cử đại biểu” trên trang của mình.",
                year.members_on(conference.day_of_members(year)).len()
            );
            Ok(see_other(meeting.path(), &message))
        }
        Err(AppError::Invalid(errors)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&visit, meeting, errors)?)
        }
        Err(error) => Err(error),
    }
}
