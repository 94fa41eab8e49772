//! One unit's registration: what it says, where it is, who is to act, the receipt, the history.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        forms::RegistrationForm,
        model::{Registration, Section, State},
        workflow::Action,
    },
    Opened, ShowPath, open,
};
use crate::{
    awards::Awards,
    kit::error::Result,
    papers::{Event, File, ReceiptView, Return},
    people::Actor,
    web::{Visit, filters, page, shell::Shell},
    years::{Deadline, Step},
};

#[derive(Template)]
#[template(path = "registrations/show.html")]
struct ShowPage {
    shell: Shell,
    opened: Opened,
    sheet: RegistrationForm,
    is_own_draft: bool,
    may: May,
    deadline: Option<Deadline>,
    days_left: i64,
    receipt: Option<ReceiptView>,
    last_return: Option<Return>,
    files: Vec<File>,
    history: Vec<Event>,
}

/// The buttons the page offers: the same rule as the acts themselves.
struct May {
    save: bool,
    submit: bool,
    withdraw: bool,
    accept: bool,
    send_back: bool,
}

impl May {
    fn of(actor: &Actor, registration: &Registration) -> Self {
        let offers = |action| access::offers(actor, action, registration);
        Self {
            save: offers(Action::Save),
            submit: offers(Action::Submit) && registration.is_begun(),
            withdraw: offers(Action::Withdraw),
            accept: offers(Action::Accept),
            send_back: offers(Action::Return),
        }
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    let actor = visit.actor()?;
    let registration = &opened.registration;
    let is_own_draft = registration.state.is_open_to_unit() && actor.is_of(registration.unit_id);
    let sheet = match &registration.content {
        Some(content) if !is_own_draft => RegistrationForm::from(content),
        _ => registration.draft.clone(),
    };
    let deadline = opened.year.deadline(Step::Registration, registration.unit_id);
    let base = format!("{}/tep", opened.path());
    page(&ShowPage {
        shell: visit.shell_in(&opened.year.place()),
        is_own_draft,
        may: May::of(actor, registration),
        days_left: deadline.map_or(0, |d| d.days_left(visit.now)),
        deadline,
        receipt: opened
            .history
            .receipt()
            .filter(|_| !registration.state.is_open_to_unit()),
        last_return: opened.history.last_return(registration.state == State::Returned),
        files: opened.history.files(&base, false),
        history: events(&opened),
        sheet,
        opened,
    })
}

/// Receipts, returns and the taking in, newest first.
fn events(opened: &Opened) -> Vec<Event> {
    let accepted = opened
        .registration
        .accepted_at
        .map(|at| Event::new("Cụm trưởng", "tiếp nhận", at, None));
    opened
        .history
        .events("đăng ký", Section::label_of, accepted.into_iter().collect())
}

impl ShowPage {
    fn registration(&self) -> &Registration {
        &self.opened.registration
    }

    /// Whether there is something to print: what was handed in and isn't taken back.
    fn has_paper(&self) -> bool {
        self.registration().content.is_some() && self.registration().state != State::Draft
    }

    /// Whether the persons in it can be reported on: once it was taken in.
    fn reports_on_persons(&self) -> bool {
        matches!(self.registration().state, State::Accepted | State::Forwarded)
    }

    fn awards(&self) -> &Awards {
        &self.opened.awards
    }
}
