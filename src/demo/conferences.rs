//! The way to a conference: planned, invited, delegates named.

use anyhow::Context;
use sqlx::PgConnection;

use super::{
    Act as Any,
    means::Means,
    meeting_shapes::{Delegation as DelegationShape, Meeting},
    shapes,
    timeline::Timeline,
};
use crate::{
    conferences::{self, Delegation, Kind, NamedPerson, Part, Plan, PlanForm},
    kit::{
        clock::{Moment, date_text},
        files::Arrived,
    },
    years::{self, Year},
};

/// An act on the way to a conference.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    meeting: &'a Meeting,
    by: &'a str,
    means: &'a Means<'a>,
    what: What<'a>,
}

enum What<'a> {
    Plan,
    Invite,
    Delegate(&'a DelegationShape),
    Authorise(&'a DelegationShape),
    Guests,
}

/// The acts that lead the conference of the year to where it is.
pub fn plan<'a>(year: &'a shapes::ClusterYear, means: &'a Means<'a>, timeline: &mut Timeline<'a>) {
    let Some(meeting) = &year.meeting else { return };
    let mut add = |at: Moment, by: &'a str, what| {
        let act = Act {
            year,
            meeting,
            by,
            means,
            what,
        };
        timeline.add(at, Any::Conference(act));
    };
    add(meeting.planned_at, &meeting.by, What::Plan);
    add(meeting.invited_at, &meeting.by, What::Invite);
    add(meeting.invited_at, &meeting.by, What::Guests);
    for delegation in &meeting.delegations {
        add(delegation.at, &delegation.by, What::Delegate(delegation));
        if let Some(at) = delegation.authorised_at {
            add(at, &delegation.by, What::Authorise(delegation));
        }
    }
}

fn person(named: &shapes::Named) -> NamedPerson {
    NamedPerson {
        id: None,
        name: named.name.clone(),
        post: named.post.clone(),
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("{} {}, conference", self.year.cluster, self.year.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        let shape = self.meeting;
        let secret = &self.means.secret;
        if let What::Plan = self.what {
            let kind = Kind::from_code(&shape.kind).context("a kind of conference")?;
            let begun = conferences::create(db, at, &actor, &year, kind).await?;
            let form = self.form(db, &year, &begun).await?;
            conferences::save_plan(db, at, &actor, &year, &begun, begun.version, &form).await?;
            return Ok(());
        }
        let found = conferences::find_meeting(db, &year, &shape.kind).await?;
        match self.what {
            What::Plan => {}
            What::Invite => {
                let link = found.path(&year);
                conferences::invite(db, at, &actor, &year, &found, &link, found.version).await?;
            }
            What::Guests => {
                for guest in &shape.guests {
                    let guest = person(guest);
                    conferences::add_delegate(db, at, &actor, &found, None, Part::Guest, &guest, secret)
                        .await?;
                }
            }
            What::Delegate(delegation) => {
                let member = year.member(&delegation.unit).context("a member")?;
                let delegates = conferences::delegates(db, found.id).await?;
                let absences = conferences::absences(db, found.id).await?;
                let seen = conferences::digest(member.unit_id, &delegates, &absences);
                let wanted = Delegation {
                    absence: Some(delegation.absence.clone()).filter(|a| !a.is_empty()),
                    voting: Some(person(&delegation.voting)),
                    is_head: delegation.is_head,
                    stand_in: delegation.stand_in.as_ref().map(person),
                    others: delegation.others.iter().map(person).collect(),
                };
                conferences::name_delegates(db, at, &actor, &found, member, &seen, &wanted, secret).await?;
            }
            What::Authorise(delegation) => {
                let member = year.member(&delegation.unit).context("a member")?;
                let paper = Arrived {
                    name: "Giấy ủy quyền.pdf".to_owned(),
                    file: Ok(self.means.file.clone()),
                    part: String::new(),
                };
                conferences::authorise(db, at, &actor, &found, member, paper).await?;
            }
        }
        Ok(())
    }

    /// The usual agenda under the plan of the shape.
    async fn form(
        &self,
        db: &mut PgConnection,
        year: &Year,
        begun: &conferences::Conference,
    ) -> anyhow::Result<PlanForm> {
        let shape = self.meeting;
        let guests: Vec<String> = shape
            .guests
            .iter()
            .map(|g| format!("{}, {}", g.name, g.post))
            .collect();
        let agenda = conferences::agenda(db, begun.id).await?;
        let plan = Plan {
            title: if shape.title.is_empty() {
                begun.title(year)
            } else {
                shape.title.clone()
            },
            place: shape.place.clone(),
            starts_on: date_text(shape.starts_on),
            starts_at: shape.starts_at.clone(),
            ends_at: shape.ends_at.clone(),
            chairs: shape.chairs.clone(),
            secretary: shape.secretary.clone(),
            invitation: shape.invitation.clone(),
            guests: guests.join("\n"),
            conclusion: String::new(),
        };
        Ok(PlanForm {
            plan,
            ..PlanForm::of(begun, &agenda)
        })
    }
}
