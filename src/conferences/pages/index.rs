//! The conferences of a year, the result of the closing one, and the hand-over that follows it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    super::{
        access, actions,
        forms::HandOverForm,
        model::{Conference, Content, Kind, State},
        queries,
        workflow::Action,
    },
    CreationPath, HandOverPath, IndexPath, Opened, open,
};
use crate::{
    awards::Awards,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    papers,
    people::Actor,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
    years::{self, Office, Year, find_year},
};

/// A conference in the list.
struct Card {
    kind: &'static str,
    title: String,
    href: String,
    state: &'static str,
    tone: &'static str,
    when: String,
    place: String,
    whose_turn: &'static str,
    /// What the visitor does next: where and the words.
    next: Option<(String, &'static str)>,
}

impl Card {
    fn of(actor: &Actor, year: &Year, conference: &Conference, has_answered: bool, today: NaiveDate) -> Self {
        let plan = &conference.plan;
        let path = conference.path(year);
        let held_on = conference.content.as_ref().map(|c| c.held_on);
        Self {
            kind: conference.kind.label(),
            title: conference.title(year),
            state: conference.state.label(),
            tone: conference.state.tone(),
            when: match held_on {
                Some(day) if plan.when().is_empty() => format!("ngày {}", clock::date_text(day)),
                _ => plan.when(),
            },
            place: match &conference.content {
                Some(content) if plan.place.is_empty() => content.place.clone(),
                _ => plan.place.clone(),
            },
            whose_turn: conference.state.whose_turn(),
            next: next(actor, year, conference, has_answered, today),
            href: path,
        }
    }
}

/// What this person does next with a conference.
fn next(
    actor: &Actor,
    year: &Year,
    conference: &Conference,
    has_answered: bool,
    today: NaiveDate,
) -> Option<(String, &'static str)> {
    if !conference.year_is_open {
        return None;
    }
    let path = conference.path(year);
    let is_secretariat = actor.is_secretariat_of(conference.cluster_id);
    match conference.state {
        State::Planned if is_secretariat && !conference.plan.missing().is_empty() => {
            Some((format!("{path}/sua"), "Lập kế hoạch"))
        }
        State::Planned if is_secretariat => Some((format!("{path}/giay-moi"), "Gửi giấy mời")),
        State::Invited if !has_answered => {
            own_unit(actor, year, conference).map(|slug| (format!("{path}/dai-bieu/{slug}"), "Cử đại biểu"))
        }
        State::Invited if is_secretariat && conference.plan.day().is_some_and(|day| day > today) => {
            Some((format!("{path}/dai-bieu"), "Xem đại biểu"))
        }
        State::Invited | State::InSession if is_secretariat => {
            Some((format!("{path}/diem-danh"), "Điểm danh"))
        }
        _ => None,
    }
}

/// The visitor's unit among the members on that day.
fn own_unit<'a>(actor: &Actor, year: &'a Year, conference: &Conference) -> Option<&'a str> {
    let members = year.members_on(conference.day_of_members(year));
    let own = members.into_iter().find(|m| actor.is_of(m.unit_id));
    own.map(|m| m.slug.as_str())
}

#[derive(Template)]
#[template(path = "conferences/index.html")]
struct IndexPage {
    shell: Shell,
    cards: Vec<Card>,
    /// Which of them has the page's primary button.
    primary: usize,
    /// Kinds that can be begun: code and name.
    kinds: Vec<(&'static str, String)>,
    content: Option<Content>,
    hash: String,
    sees_draft: bool,
    may_record: bool,
    may_confirm: bool,
    may_hand_over: bool,
    reads_hand_over: bool,
    errors: FieldErrors,
    typed_on: String,
    opened: Opened,
}

impl IndexPage {
    async fn new(
        db: &mut sqlx::PgConnection,
        visit: &Visit,
        opened: Opened,
        errors: FieldErrors,
        typed_on: String,
    ) -> Result<Self> {
        let actor = visit.actor()?;
        let (year, conference) = (&opened.year, &opened.conference);
        let history = papers::history(db, "conferences", conference.id).await?;
        let all = queries::all_of(db, year).await?;
        let summaries = queries::summaries(db, year.id).await?;
        let today = clock::day(visit.now);
        let cards: Vec<Card> = all
            .iter()
            .map(|c| {
                let own = own_unit(actor, year, c).and_then(|slug| year.member(slug));
                let summary = summaries.iter().find(|s| s.slug == c.slug);
                let has_answered = own
                    .zip(summary)
                    .is_some_and(|(m, s)| s.answered.contains(&m.unit_id));
                Card::of(actor, year, c, has_answered, today)
            })
            .collect();
        let offers = |action| access::offers(actor, action, conference);
        let may_confirm = offers(Action::Confirm) && conference.has_typed_result();
        let is_free = |kind: &Kind| *kind == Kind::Extraordinary || all.iter().all(|c| c.kind != *kind);
        let kinds = Kind::ALL.into_iter().filter(is_free);
        Ok(Self {
            shell: visit.shell_in(&year.place()),
            primary: if may_confirm {
                usize::MAX
            } else {
                cards.iter().position(|c| c.next.is_some()).unwrap_or(usize::MAX)
            },
            cards,
            kinds: if access::require_create(actor, year).is_ok() {
                kinds.map(|kind| (kind.code(), kind.heading())).collect()
            } else {
                Vec::new()
            },
            content: conference
                .content
                .clone()
                .filter(|_| access::sees_result(conference)),
            hash: history
                .receipts
                .first()
                .map(|r| r.content_hash.clone())
                .unwrap_or_default(),
            sees_draft: access::sees_draft(actor, conference) && conference.has_typed_result(),
            may_record: offers(Action::Record),
            may_confirm,
            may_hand_over: access::require_hand_over(actor, conference).is_ok(),
            reads_hand_over: access::reads_hand_over(actor, conference, year.holder(Office::Lead)),
            errors,
            typed_on,
            opened,
        })
    }

    fn conference(&self) -> &Conference {
        &self.opened.conference
    }

    fn awards(&self) -> &Awards {
        &self.opened.awards
    }
}

pub(super) async fn show(path: IndexPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year).await?;
    page(&IndexPage::new(&mut db, &visit, opened, FieldErrors::default(), String::new()).await?)
}

/// Which kind is to begin.
#[derive(Deserialize)]
pub(super) struct Beginning {
    #[serde(default)]
    kind: String,
}

pub(super) async fn create(
    path: CreationPath,
    visit: Visit,
    Form(form): Form<Beginning>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let year = find_year(&mut tx, &visit, &path.cluster, path.year).await?;
    let kind = Kind::from_code(&form.kind).ok_or_else(|| {
        AppError::BadRequest("Không rõ loại hội nghị. Xin mở lại trang Hội nghị và chọn lại.".to_owned())
    })?;
    let conference = actions::create(&mut tx, visit.now, visit.actor()?, &year, kind).await?;
    tx.commit().await?;
    Ok(see_other(
        format!("{}/sua", conference.path(&year)),
        "Đã lập; chương trình thường dùng được điền sẵn để sửa.",
    ))
}

pub(super) async fn hand_over(
    path: HandOverPath,
    visit: Visit,
    Form(form): Form<HandOverForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path.cluster, path.year).await?;
    let (actor, conference) = (visit.actor()?, &opened.conference);
    access::require_hand_over(actor, conference)?;
    let content = conference.content.as_ref().ok_or(AppError::NotFound)?;
    let on = match form.check(content.held_on) {
        Ok(on) => on,
        Err(errors) => {
            let view = IndexPage::new(&mut tx, &visit, opened, errors, form.on).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let next_year = opened.year.year + 1;
    let next = match years::find(&mut tx, &opened.year.cluster.slug, next_year).await {
        Ok(next) => next,
        Err(AppError::NotFound) => {
            return Err(AppError::Conflict(format!(
                "Chưa mở năm thi đua {next_year} của {}. Thường trực Hội đồng mở năm {next_year} trước, rồi ghi bàn giao.",
                opened.year.cluster.name
            )));
        }
        Err(error) => return Err(error),
    };
    actions::hand_over(&mut tx, visit.now, actor, conference, &next, on, form.version).await?;
    tx.commit().await?;
    let message = format!(
        "Đã ghi bàn giao: {} là cụm trưởng từ ngày {}.",
        content.next_lead.name,
        clock::date_text(on)
    );
    Ok(see_other(opened.path(), &message))
}
