//! A conference for everybody of its cluster: plan, agenda, who comes, papers, what to do next.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        model::{Attendance, State},
        workflow::Action,
    },
    Meeting, ShowPath, open_meeting,
};
use crate::{
    kit::{clock, error::Result},
    papers::{self, File},
    web::{Visit, filters, page, shell::Shell},
    years,
};

#[derive(Template)]
#[template(path = "conferences/show.html")]
struct ShowPage {
    shell: Shell,
    attendance: Attendance,
    files: Vec<File>,
    /// The visitor's own units: part of a path, place, whether the unit has answered.
    own: Vec<(String, String, bool)>,
    may_plan: bool,
    may_invite: bool,
    may_register: bool,
    may_attach: bool,
    /// Whether it is the secretariat that looks.
    is_secretariat: bool,
    is_invited: bool,
    /// Whether its day has come.
    is_day: bool,
    sees_notes: bool,
    shows_lamp: bool,
    /// Whether the conference's votes are this person's matter.
    shows_ballots: bool,
    /// Whether the minutes can be read as an official paper.
    reads_minutes: bool,
    /// Whether this person drafts the notice of what was concluded.
    may_conclude: bool,
    /// Units that named who votes, units that can't come, guests.
    named: usize,
    excused: usize,
    guests: usize,
    meeting: Meeting,
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let meeting = open_meeting(&mut db, &visit, &path.cluster, path.year, &path.meeting).await?;
    let (actor, conference) = (visit.actor()?, &meeting.conference);
    let history = papers::history(&mut db, "conferences", conference.id).await?;
    let attendance = meeting.attendance();
    let own = attendance
        .units
        .iter()
        .filter(|u| {
            access::require_delegation(actor, conference, u.unit_id).is_ok() && actor.is_of(u.unit_id)
        })
        .map(|u| {
            let has_answered = u.delegate.is_some() || !u.reason.is_empty();
            (u.slug.clone(), u.place.clone(), has_answered)
        })
        .collect();
    let is_secretariat = actor.is_secretariat_of(conference.cluster_id);
    page(&ShowPage {
        shell: visit.shell_in(&meeting.year.place()),
        files: history.files(&meeting.path_to("tai-lieu"), false),
        own,
        may_plan: access::offers(actor, Action::Plan, conference),
        may_invite: access::offers(actor, Action::Invite, conference),
        may_register: access::require_register(actor, conference).is_ok(),
        may_attach: access::require_papers(actor, conference).is_ok(),
        is_day: conference.day().is_some_and(|day| day <= clock::day(visit.now)),
        is_invited: conference.invited_at.is_some(),
        sees_notes: access::sees_notes(actor, conference),
        shows_ballots: years::access::is_concerned(actor, &meeting.year),
        shows_lamp: attendance.present > 0 || conference.opened_at.is_some(),
        named: attendance.units.iter().filter(|u| u.delegate.is_some()).count(),
        excused: attendance.units.iter().filter(|u| !u.reason.is_empty()).count(),
        guests: meeting.guests().count(),
        reads_minutes: access::reads_minutes(actor, conference),
        may_conclude: is_secretariat && conference.opened_at.or(conference.confirmed_at).is_some(),
        is_secretariat,
        attendance,
        meeting,
    })
}
