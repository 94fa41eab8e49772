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
    kit::{clock, error::Result},
    papers::{File, Return},
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

struct ReceiptView {
    title: String,
    time: String,
    hash: String,
}

/// A line of the history, as `components/timeline.html` shows it.
struct Event {
    who: String,
    what: String,
    when: String,
    note: Option<String>,
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
        receipt: receipt(&opened),
        last_return: opened
            .history
            .returns
            .first()
            .filter(|_| registration.state == State::Returned)
            .cloned(),
        files: opened
            .history
            .attachments
            .iter()
            .map(|a| File::of(a, &base, false))
            .collect(),
        history: events(&opened),
        sheet,
        opened,
    })
}

/// The newest receipt, while the registration is handed in.
fn receipt(opened: &Opened) -> Option<ReceiptView> {
    let receipt = opened.history.receipts.first()?;
    if opened.registration.state.is_open_to_unit() {
        return None;
    }
    let late = if receipt.late_days > 0 {
        format!(", chậm {} ngày", receipt.late_days)
    } else {
        ", đúng hạn".to_owned()
    };
    Some(ReceiptView {
        title: format!("Đã nộp lần {}{late}", receipt.number),
        time: clock::exact_text(receipt.submitted_at),
        hash: receipt.content_hash.clone(),
    })
}

/// Receipts and returns in one line of time, newest first.
fn events(opened: &Opened) -> Vec<Event> {
    let mut events: Vec<(clock::Moment, Event)> = Vec::new();
    for receipt in &opened.history.receipts {
        let late = if receipt.late_days > 0 {
            format!(", chậm {} ngày", receipt.late_days)
        } else {
            String::new()
        };
        let what = format!("nộp đăng ký lần {}{late}", receipt.number);
        events.push((
            receipt.submitted_at,
            Event::new(&receipt.submitted_by, what, receipt.submitted_at, None),
        ));
    }
    for back in &opened.history.returns {
        let items: Vec<String> = back
            .items
            .iter()
            .map(|i| {
                let place = if i.row.is_some() {
                    i.label.as_str()
                } else {
                    Section::label_of(&i.section)
                };
                if i.note.is_empty() {
                    place.to_owned()
                } else {
                    format!("{place}: {}", i.note)
                }
            })
            .collect();
        let note = format!("{} ({})", back.reason, items.join("; "));
        events.push((
            back.returned_at,
            Event::new(
                &back.returned_by,
                "trả lại".to_owned(),
                back.returned_at,
                Some(note),
            ),
        ));
    }
    if let Some(at) = opened.registration.accepted_at {
        events.push((at, Event::new("Cụm trưởng", "tiếp nhận".to_owned(), at, None)));
    }
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    events.into_iter().map(|(_, event)| event).collect()
}

impl Event {
    fn new(who: &str, what: String, at: clock::Moment, note: Option<String>) -> Self {
        Self {
            who: who.to_owned(),
            what,
            when: clock::moment_text(at),
            note,
        }
    }
}

impl ShowPage {
    fn registration(&self) -> &Registration {
        &self.opened.registration
    }

    fn awards(&self) -> &Awards {
        &self.opened.awards
    }
}
