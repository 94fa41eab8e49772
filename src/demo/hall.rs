//! The day on which a conference was held, minute by minute, and the hand-over that followed.

use anyhow::Context;
use sqlx::PgConnection;

use super::{
    Act as Any,
    means::Means,
    meeting_shapes::{Attended, HandOver, Item, Meeting},
    shapes,
    timeline::Timeline,
};
use crate::{
    conferences::{self, access::Side},
    hall::{self, Hall},
    kit::{clock::Moment, files::Arrived},
    years,
};

/// An act while a conference is held or after it.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    meeting: &'a Meeting,
    means: &'a Means<'a>,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Attend(&'a Attended),
    Begin,
    /// The item of the agenda at this place.
    GoTo(usize),
    Note(usize, &'a Item),
    Conclude(&'a str),
    End,
    Scan,
    Sign,
    HandOver(&'a HandOver),
    Confirm(Side),
}

/// The acts of a conference that was held.
pub fn plan<'a>(year: &'a shapes::ClusterYear, means: &'a Means<'a>, timeline: &mut Timeline<'a>) {
    let Some((meeting, held)) = year
        .meeting
        .as_ref()
        .and_then(|meeting| Some((meeting, meeting.held.as_ref()?)))
    else {
        return;
    };
    let mut add = |at: Moment, by: &'a str, what| {
        let act = Act {
            year,
            meeting,
            means,
            by,
            what,
        };
        timeline.add(at, Any::Hall(act));
    };
    let by = &meeting.by;
    for attended in &held.attendance {
        add(attended.at, by, What::Attend(attended));
    }
    add(held.opened_at, by, What::Begin);
    for (place, item) in held.items.iter().enumerate() {
        if place > 0 {
            add(item.at, by, What::GoTo(place));
        }
        // What was said stands there before the next one's turn.
        let until = held
            .items
            .get(place + 1)
            .map_or(held.concluded_at, |next| next.at);
        add(until, by, What::Note(place, item));
    }
    add(held.concluded_at, by, What::Conclude(&held.conclusion));
    add(held.ended_at, by, What::End);
    add(held.scanned_at, by, What::Scan);
    add(held.signed_at, by, What::Sign);
    let hand_over = &held.hand_over;
    add(hand_over.recorded_at, by, What::HandOver(hand_over));
    add(hand_over.given_at, by, What::Confirm(Side::Giver));
    add(
        hand_over.taken_at,
        &hand_over.taken_by,
        What::Confirm(Side::Taker),
    );
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("{} {}, hall", self.year.cluster, self.year.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        let hall = Hall::of(db, &actor, year, &self.meeting.kind).await?;
        let conference = &hall.conference;
        let seen = conference.version;
        match self.what {
            What::Attend(attended) => {
                let delegate = hall
                    .delegates
                    .iter()
                    .find(|d| d.name == attended.name)
                    .with_context(|| attended.name.clone())?;
                if attended.by_card {
                    conferences::attend_by_card(db, at, &delegate.card_hash).await?;
                } else {
                    conferences::attend(db, at, &actor, conference, delegate.id, true).await?;
                }
            }
            What::Begin => hall::begin(db, at, &actor, &hall, seen).await?,
            What::GoTo(place) => {
                let item = hall.agenda.get(place).context("an item of the agenda")?;
                conferences::go_to(db, at, &actor, conference, item.id).await?;
            }
            What::Note(place, shape) => {
                let item = hall.agenda.get(place).context("an item of the agenda")?;
                let (id, version) = (item.id, item.version);
                conferences::save_notes(db, at, &actor, conference, id, version, &shape.notes).await?;
            }
            What::Conclude(text) => {
                conferences::save_conclusion(db, at, &actor, conference, seen, text).await?;
            }
            What::End => hall::end_now(db, at, &actor, &hall, seen).await?,
            What::Scan => {
                let scan = Arrived {
                    name: "Biên bản hội nghị có chữ ký.pdf".to_owned(),
                    file: Ok(self.means.file.clone()),
                    part: String::new(),
                };
                conferences::attach(db, at, &actor, conference, scan).await?;
            }
            What::Sign => {
                hall::sign(db, at, &actor, &hall, seen).await?;
            }
            What::HandOver(shape) => {
                let next = years::find(db, &self.year.cluster, self.year.year + 1).await?;
                conferences::hand_over(db, at, &actor, conference, &next, shape.on, seen).await?;
            }
            What::Confirm(side) => {
                let year = &hall.year;
                conferences::confirm_hand_over(db, at, &actor, year, conference, side, seen).await?;
            }
        }
        Ok(())
    }
}
