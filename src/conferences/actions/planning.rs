//! From the plan of a conference to its opening, and its signed minutes.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::{lock_unchanged, write};
use crate::{
    conferences::{
        access,
        forms::PlanForm,
        model::{AgendaItem, Conference, Kind, Plan, State, usual_title},
        queries,
        workflow::Action,
    },
    ids::{AgendaItemId, AttachmentId, ConferenceId},
    kit::{
        clock::{self, Moment, moment_text},
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
        mail::{self, Letter},
    },
    papers::{self, History},
    people::{self, Actor},
    years::Year,
};

/// Begins a conference of a kind with the agenda that it usually has. A closing one whose result is being typed gets
/// its plan.
pub async fn create(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    kind: Kind,
) -> Result<Conference> {
    access::require_create(actor, year)?;
    queries::lock(db, year.id, kind.code()).await?;
    let number = queries::count_of_kind(db, year.id, kind).await?;
    let slug = match kind {
        Kind::Extraordinary => format!("{}-{}", kind.code(), number + 1),
        _ if number > 0 => {
            return Err(AppError::Conflict(format!(
                "Năm {} đã có {}.",
                year.year,
                kind.label()
            )));
        }
        _ => kind.code().to_owned(),
    };
    let conference = Conference {
        id: ConferenceId::new(),
        kind,
        slug,
        plan: Plan {
            title: usual_title(kind, year),
            ..Plan::default()
        },
        ..queries::blank(year)
    };
    queries::insert(db, &conference, actor.id, now).await?;
    for (position, (title, minutes)) in (1..).zip(kind.usual_agenda()) {
        let item = AgendaItem {
            id: AgendaItemId::new(),
            position,
            title: (*title).to_owned(),
            presenter: String::new(),
            minutes_planned: Some(*minutes),
            state: crate::conferences::ItemState::Waiting,
            notes: String::new(),
            begun_at: None,
            version: 1,
        };
        queries::insert_item(db, conference.id, &item).await?;
    }
    let after = json!({"kind": kind, "label": conference.plan.title});
    write(db, now, actor, "conference.create", &conference, (), after).await?;
    queries::find_meeting(db, year, &conference.slug).await
}

/// Saves plan and agenda: what is typed must be right, what is empty may be filled in later. Answers the new version.
pub async fn save_plan(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    seen: i32,
    typed: &PlanForm,
) -> Result<i32> {
    access::require(actor, Action::Plan, conference)?;
    lock_unchanged(db, conference, seen).await?;
    queries::item_versions(db, conference.id).await?;
    let known = queries::agenda(db, conference.id).await?;
    let (plan, items) = typed.check(year, &known).map_err(AppError::Invalid)?;
    for item in &known {
        if !items.iter().any(|i| i.id == item.id) {
            queries::delete_item(db, conference.id, item.id).await?;
        }
    }
    for item in &items {
        if known.iter().any(|k| k.id == item.id) {
            queries::update_item(db, conference.id, item).await?;
        } else {
            queries::insert_item(db, conference.id, item).await?;
        }
    }
    let version = queries::save_plan(db, conference.id, &plan, actor.id, now).await?;
    let titles: Vec<&str> = items.iter().map(|i| i.title.as_str()).collect();
    let (before, after) = (json!(conference.plan), json!({"plan": plan, "items": titles}));
    write(db, now, actor, "conference.plan", conference, before, after).await?;
    Ok(version)
}

/// Invites the units, or tells them again what has changed: letters to everybody who holds a post in one of them.
/// `link` is the conference's address. Answers how many letters go out.
pub async fn invite(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    link: &str,
    seen: i32,
) -> Result<usize> {
    let after = access::require(actor, Action::Invite, conference)?;
    lock_unchanged(db, conference, seen).await?;
    let agenda = queries::agenda(db, conference.id).await?;
    let mut errors = FieldErrors::default();
    for (field, told) in conference.plan.missing() {
        errors.add(field, told);
    }
    if agenda.is_empty() {
        errors.add("items", "Chương trình chưa có mục nào.");
    }
    if conference.plan.starts().is_some_and(|at| at < now) {
        errors.add("starts_on", "Giờ khai mạc đã qua.");
    }
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    queries::invite(db, conference.id, now).await?;
    let members = year.members_on(conference.day_of_members(year));
    let units: Vec<_> = members.iter().map(|m| m.unit_id).collect();
    let addresses = people::addresses_of(db, &units, clock::day(now)).await?;
    let letter = invitation(year, conference, &agenda, link);
    for to in &addresses {
        let letter = Letter {
            to: to.clone(),
            ..letter.clone()
        };
        mail::queue(db, now, &letter).await?;
    }
    let before = json!({"state": conference.state});
    let to = json!({"state": after, "letters": addresses.len()});
    write(db, now, actor, "conference.invite", conference, before, to).await?;
    Ok(addresses.len())
}

fn invitation(year: &Year, conference: &Conference, agenda: &[AgendaItem], link: &str) -> Letter {
    let plan = &conference.plan;
    let title = conference.title(year);
    let again = conference.state == State::Invited;
    let items: Vec<String> = agenda
        .iter()
        .map(|item| format!("  {}. {}", item.position, item.title))
        .collect();
    let words = if plan.invitation.is_empty() {
        String::new()
    } else {
        format!("\n{}\n", plan.invitation)
    };
    Letter {
        to: String::new(),
        subject: if again {
            format!("Giấy mời (cập nhật): {title}")
        } else {
            format!("Giấy mời: {title}")
        },
        body: format!(
            "Kính gửi đơn vị,\n\nTrân trọng kính mời đơn vị dự {title}.\n\nThời gian: {}\nĐịa điểm: {}\nChủ trì: {}\n{words}\n\
             Chương trình:\n{}\n\nXin cử đại biểu (mỗi đơn vị một đại biểu biểu quyết; người dự thay lãnh đạo cần giấy ủy quyền) tại:\n{link}\n",
            plan.when(),
            plan.place,
            plan.chairs,
            items.join("\n")
        ),
    }
}

/// Begins the conference.
pub async fn open(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    seen: i32,
) -> Result<()> {
    let after = access::require(actor, Action::Open, conference)?;
    lock_unchanged(db, conference, seen).await?;
    queries::open(db, conference.id, now).await?;
    let before = json!({"state": conference.state});
    let to = json!({"state": after, "when": moment_text(now)});
    write(db, now, actor, "conference.open", conference, before, to).await
}

/// Freezes the minutes as they are signed. Answers their hash in hexadecimal.
pub async fn sign(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    minutes: &Value,
    seen: i32,
) -> Result<String> {
    let after = access::require(actor, Action::Sign, conference)?;
    lock_unchanged(db, conference, seen).await?;
    // With sorted keys equal minutes have an equal hash.
    let mut sorted = minutes.clone();
    sorted.sort_all_objects();
    let hash = Sha256::digest(sorted.to_string().as_bytes());
    queries::sign(db, conference.id, &sorted, &hash, actor.id, now).await?;
    let hash = hex::encode(hash);
    let before = json!({"state": conference.state});
    let to = json!({"state": after, "hash": hash});
    write(db, now, actor, "conference.sign", conference, before, to).await?;
    Ok(hash)
}

/// Attaches a paper of the conference that everybody in the cluster may read.
pub async fn attach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    arrived: Arrived,
) -> Result<()> {
    access::require_papers(actor, conference)?;
    papers::attach(db, now, actor, conference.subject(), arrived).await?;
    Ok(())
}

/// Takes one off.
pub(in crate::conferences) async fn detach(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    conference: &Conference,
    history: &History,
    file: AttachmentId,
) -> Result<()> {
    access::require_papers(actor, conference)?;
    history.file(file)?;
    papers::detach(db, now, actor, conference.subject(), file).await
}
