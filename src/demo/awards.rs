//! From the closing conference to the decision: dossiers, appraisals, the council, the award.

use anyhow::{Context, anyhow};
use chrono::Duration;
use sqlx::PgConnection;

use super::{Act as Any, evening, shapes, timeline::Timeline};
use crate::{
    awards, certificates,
    council::{self, SessionForm},
    decisions::{self, DecisionForm, Kind},
    ids::NominationId,
    kit::{
        clock::{self, Moment, date_text},
        files::{Arrived, Stored},
    },
    nominations::{self, Dossier, Finding, IndividualForm, Nomination, Part, YearPapers},
    papers,
    people::Actor,
    registrations,
    years::{self, Year},
};

/// How long before an act its paper was written.
const WRITING: Duration = Duration::minutes(30);
/// How long before handing in a dossier its files came.
const COLLECTING: Duration = Duration::days(1);

/// An act on the way to an award.
pub struct Act<'a> {
    year: &'a shapes::ClusterYear,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    PutForward(&'a shapes::PutForward),
    /// Files of these parts for the nominations of this unit, or of all.
    Attach(Option<&'a str>, [(Part, &'static str); 1], &'a Stored),
    Submit,
    Appraise(&'a shapes::Appraisal),
    Council(&'a shapes::Council),
    Decide(&'a shapes::Decision),
    Book(&'a shapes::Decision),
}

/// The acts that lead the nominations of the year to where they are. `file` is attached wherever a dossier needs one.
pub fn plan<'a>(year: &'a shapes::ClusterYear, file: &'a Stored, timeline: &mut Timeline<'a>) {
    let mut add = |at: Moment, by: &'a str, what| timeline.add(at, Any::Award(Act { year, by, what }));
    for person in &year.put_forward {
        add(person.at, &person.by, What::PutForward(person));
    }
    if let (Some(at), Some(by)) = (year.submitted_at, &year.submitted_by) {
        for unit in &year.registrations {
            let report = [(Part::AchievementReport, "Báo cáo thành tích.pdf")];
            add(
                at - COLLECTING,
                &unit.by,
                What::Attach(Some(&unit.unit), report, file),
            );
        }
        let minutes = [(Part::Minutes, "Biên bản bình xét và kiểm phiếu.pdf")];
        add(at - WRITING, by, What::Attach(None, minutes, file));
        add(
            at - WRITING,
            by,
            What::Attach(None, [(Part::Proposal, "Tờ trình.pdf")], file),
        );
        add(at, by, What::Submit);
    }
    for appraisal in &year.appraisals {
        add(appraisal.at, &appraisal.by, What::Appraise(appraisal));
    }
    if let Some(council) = &year.council {
        add(evening(council.held_on), &council.by, What::Council(council));
    }
    if let Some(decision) = &year.decision {
        add(evening(decision.issued_on), &decision.by, What::Decide(decision));
        if let Some(day) = decision.booked_on {
            add(evening(day), &decision.by, What::Book(decision));
        }
    }
}

impl Act<'_> {
    pub async fn perform(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let place = format!("{} {}, awards", self.year.cluster, self.year.year);
        self.act(db, at).await.context(place)
    }

    async fn act(self, db: &mut PgConnection, at: Moment) -> anyhow::Result<()> {
        let actor = super::actor(db, self.by, at).await?;
        let year = years::find(db, &self.year.cluster, self.year.year).await?;
        match self.what {
            What::Attach(unit, parts, file) => attach(db, at, &actor, &year, unit, &parts, file).await,
            What::PutForward(shape) => put_forward(db, at, &actor, &year, shape).await,
            What::Submit => submit(db, at, &actor, &year).await,
            What::Appraise(shape) => {
                let nomination = find(
                    db,
                    &actor,
                    &year,
                    (&shape.unit, shape.person.as_deref()),
                    &shape.award,
                )
                .await?;
                let finding = if shape.eligible {
                    Finding::Eligible("")
                } else {
                    Finding::Ineligible(&shape.reason)
                };
                Ok(nominations::appraise(db, at, &actor, &nomination, nomination.version, finding).await?)
            }
            What::Council(shape) => council(db, at, &actor, &year, shape).await,
            What::Decide(shape) => decide(db, at, &actor, shape).await,
            What::Book(shape) => book(db, at, &actor, shape).await,
        }
    }
}

async fn find(
    db: &mut PgConnection,
    actor: &Actor,
    year: &Year,
    (unit, person): (&str, Option<&str>),
    award: &str,
) -> anyhow::Result<Nomination> {
    let name = |n: &Nomination| n.person.as_ref().map(|person| person.full_name.clone());
    let all = nominations::of_year(db, actor, year).await?;
    all.into_iter()
        .find(|n| n.unit_slug == unit && n.award == award && name(n).as_deref() == person)
        .ok_or_else(|| anyhow!("{unit} isn't nominated for {award}, or {person:?} of it"))
}

/// Puts a person forward whom the unit registered.
async fn put_forward(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: &Year,
    shape: &shapes::PutForward,
) -> anyhow::Result<()> {
    let registration = registrations::find_visible(db, actor, year, &shape.unit).await?;
    let mut registered = registration
        .content
        .into_iter()
        .flat_map(|content| content.individuals);
    let registered = registered
        .find(|person| person.full_name == shape.full_name)
        .with_context(|| format!("{} isn't registered", shape.full_name))?;
    let form = IndividualForm {
        reviewed_on: date_text(shape.reviewed_on),
        votes_for: shape.votes_for.to_string(),
        votes_of: shape.votes_of.to_string(),
        ground: "consent".to_owned(),
        detail: shape.detail.clone(),
        given_on: date_text(shape.reviewed_on),
        ..IndividualForm::of(&registered)
    };
    let awards = awards::all(db).await?;
    let input = form
        .check(year.year, &awards, clock::day(at))
        .map_err(|errors| anyhow!("{errors:?}"))?;
    nominations::put_forward(db, at, actor, year, registration.unit_id, &input).await?;
    Ok(())
}

/// Attaches to every dossier that is open to the actor.
async fn attach(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: &Year,
    unit: Option<&str>,
    parts: &[(Part, &str)],
    file: &Stored,
) -> anyhow::Result<()> {
    for nomination in nominations::of_year(db, actor, year).await? {
        let history = papers::history(db, "nominations", nomination.id).await?;
        for (part, name) in parts {
            let is_wanted = unit.is_none_or(|unit| unit == nomination.unit_slug);
            if is_wanted && nominations::part_is_open(actor, &nomination, &history, *part) {
                let arrived = Arrived {
                    name: (*name).to_owned(),
                    file: Ok(file.clone()),
                    part: part.code().to_owned(),
                };
                nominations::attach(db, at, actor, &nomination, &history, arrived).await?;
            }
        }
    }
    Ok(())
}

async fn submit(db: &mut PgConnection, at: Moment, actor: &Actor, year: &Year) -> anyhow::Result<()> {
    let papers_of_year = YearPapers::of(db, year).await?;
    for nomination in nominations::of_year(db, actor, year).await? {
        if nomination.state == nominations::State::Acclaimed {
            let history = papers::history(db, "nominations", nomination.id).await?;
            let dossier = Dossier {
                year,
                nomination: &nomination,
                history: &history,
                facts: &papers_of_year.facts_of(&nomination),
            };
            nominations::submit(db, at, actor, dossier, nomination.version).await?;
        }
    }
    Ok(())
}

async fn council(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    year: &Year,
    shape: &shapes::Council,
) -> anyhow::Result<()> {
    let list = nominations::of_calendar_year(db, actor, year.year).await?;
    let mut form = SessionForm {
        held_on: date_text(shape.held_on),
        members_total: shape.members_total.to_string(),
        members_present: shape.members_present.to_string(),
        ..SessionForm::default()
    };
    for result in &shape.results {
        let nomination = find(
            db,
            actor,
            year,
            (&result.unit, result.person.as_deref()),
            &result.award,
        )
        .await?;
        form.nomination.push(nomination.id);
        form.votes_for.push(result.votes_for.to_string());
    }
    let input = form
        .check(&list, clock::day(at))
        .map_err(|errors| anyhow!("{errors:?}"))?;
    Ok(council::record(db, at, actor, year.year, None, &input, &list).await?)
}

async fn decide(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    shape: &shapes::Decision,
) -> anyhow::Result<()> {
    let around = decisions::surroundings(db, actor, None).await?;
    let ids: Vec<NominationId> = around.passed.iter().map(|n| n.id).collect();
    let form = DecisionForm {
        number: shape.number.clone(),
        symbol: shape.symbol.clone(),
        issued_on: date_text(shape.issued_on),
        signer: shape.signer.clone(),
        signer_post: shape.signer_post.clone(),
        title: shape.title.clone(),
        nomination: ids,
        bases: around.bases_on(shape.issued_on),
        ..DecisionForm::default()
    };
    let id = decisions::draft(db, at - WRITING, actor, Kind::Award, None, &form).await?;
    let decision = decisions::find_visible(db, actor, id).await?;
    decisions::issue(db, at, actor, &decision, &around, decision.version).await?;
    Ok(())
}

async fn book(
    db: &mut PgConnection,
    at: Moment,
    actor: &Actor,
    shape: &shapes::Decision,
) -> anyhow::Result<()> {
    let mut all = decisions::list_visible(db, actor).await?.into_iter();
    let has_number = |decision: &decisions::Decision| {
        let content = decision.content.as_ref();
        content.is_some_and(|content| content.issued_on == shape.issued_on)
    };
    let decision = all.find(has_number).context("the decision isn't there yet")?;
    certificates::enter_book(db, at, actor, &decision).await?;
    Ok(())
}
