//! A session to be held in the program: its day, its rule, the dossiers on its agenda.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        forms::SittingForm,
        model::{Base, Sitting},
        queries,
        workflow::Action,
    },
    NewSittingPath, SittingEditPath,
};
use crate::{
    awards::{self, Awards},
    consultations,
    kit::{
        clock::{self, Moment},
        error::{AppError, Result},
        fields::FieldErrors,
    },
    nominations::{self, Nomination, State},
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "council/sitting.html")]
struct SittingPage {
    shell: Shell,
    year: i32,
    /// None while it is new.
    sitting: Option<Sitting>,
    form: SittingForm,
    errors: FieldErrors,
    conflict: Option<String>,
    waiting: Vec<Nomination>,
    /// Which of them have something open in their consultation: whoever sets the agenda should know.
    standings: Vec<consultations::Standing>,
    now: Moment,
    awards: Awards,
}

impl SittingPage {
    fn bases() -> Vec<(&'static str, &'static str)> {
        Base::ALL.iter().map(|b| (b.code(), b.label())).collect()
    }

    fn objections(&self, nomination: &Nomination) -> Vec<String> {
        let standing = self.standings.iter().find(|s| s.nomination_id == nomination.id);
        standing.map(|s| s.warnings(self.now)).unwrap_or_default()
    }

    fn action(&self) -> String {
        match &self.sitting {
            Some(sitting) => sitting.path_to("sua"),
            None => format!("/hoi-dong/{}/phien-hop/moi", self.year),
        }
    }

    fn back(&self) -> String {
        match &self.sitting {
            Some(sitting) => sitting.path(),
            None => format!("/hoi-dong/{}", self.year),
        }
    }
}

/// The nominations that wait for the council.
async fn waiting(db: &mut PgConnection, visit: &Visit, year: i32) -> Result<Vec<Nomination>> {
    let mut list = nominations::of_calendar_year(db, visit.actor()?, year).await?;
    list.retain(|n| n.state == State::Eligible);
    Ok(list)
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    year: i32,
    sitting: Option<Sitting>,
    form: SittingForm,
    errors: FieldErrors,
) -> Result<SittingPage> {
    Ok(SittingPage {
        shell: visit.shell(),
        year,
        sitting,
        form,
        errors,
        conflict: None,
        waiting: waiting(db, visit, year).await?,
        standings: consultations::standings(db, year).await?,
        now: visit.now,
        awards: awards::all(db).await?,
    })
}

pub(super) async fn form(path: NewSittingPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let waiting = waiting(&mut db, &visit, path.year).await?;
    let last = queries::sittings(&mut db, None).await?.into_iter().next();
    let form = SittingForm::new(last.as_ref().map(|s| &s.plan), &waiting);
    page(&view(&mut db, &visit, path.year, None, form, FieldErrors::default()).await?)
}

pub(super) async fn create(
    path: NewSittingPath,
    visit: Visit,
    Form(form): Form<SittingForm>,
) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let waiting = waiting(&mut tx, &visit, path.year).await?;
    let plan = match form.check(&waiting, clock::day(visit.now)) {
        Ok(plan) => plan,
        Err(errors) => {
            let view = view(&mut tx, &visit, path.year, None, form, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let id = actions::create(&mut tx, visit.now, visit.actor()?, path.year, &plan, &secret).await?;
    let sitting = queries::find_sitting(&mut tx, path.year, id).await?;
    tx.commit().await?;
    Ok(see_other(
        sitting.path(),
        "Đã lập phiên họp. In thẻ ủy viên, soạn phiếu, rồi khai mạc vào ngày họp.",
    ))
}

pub(super) async fn edit(path: SittingEditPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let sitting = queries::find_sitting(&mut db, path.year, path.sitting).await?;
    access::require_act(visit.actor()?, Action::Save, &sitting)?;
    let form = SittingForm::of(&sitting.plan, sitting.version);
    page(
        &view(
            &mut db,
            &visit,
            path.year,
            Some(sitting),
            form,
            FieldErrors::default(),
        )
        .await?,
    )
}

pub(super) async fn save(
    path: SittingEditPath,
    visit: Visit,
    Form(form): Form<SittingForm>,
) -> Result<Response> {
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let sitting = queries::find_sitting(&mut tx, path.year, path.sitting).await?;
    let actor = visit.actor()?;
    access::require_act(actor, Action::Save, &sitting)?;
    let waiting = waiting(&mut tx, &visit, path.year).await?;
    let plan = match form.check(&waiting, clock::day(visit.now)) {
        Ok(plan) => plan,
        Err(errors) => {
            let view = view(&mut tx, &visit, path.year, Some(sitting), form, errors).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    match actions::save(&mut tx, visit.now, actor, &sitting, form.version, &plan, &secret).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(sitting.path(), "Đã lưu phiên họp."))
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page.
        Err(AppError::Conflict(what)) => {
            let mut view = view(
                &mut tx,
                &visit,
                path.year,
                Some(sitting),
                form,
                FieldErrors::default(),
            )
            .await?;
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}
