//! One unit's report: what it says, where it is, who is to act, the receipt, the history.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        model::{Period, Report, State},
        progress::Score,
        section::Section,
        workflow::Action,
    },
    Opened, ShowPath, open,
    sheet::Sheet,
};
use crate::{
    kit::{clock::Moment, error::Result},
    papers::{Event, File, ReceiptView, Return},
    people::Actor,
    web::{Visit, filters, page, shell::Shell},
    years::Deadline,
};

#[derive(Template)]
#[template(path = "reports/show.html")]
struct ShowPage {
    shell: Shell,
    opened: Opened,
    sheet: Sheet,
    is_own_draft: bool,
    may: May,
    deadline: Option<Deadline>,
    days_left: i64,
    score: Option<Score>,
    receipt: Option<ReceiptView>,
    last_return: Option<Return>,
    /// Since when somebody has to act, or it is done.
    since: Option<Moment>,
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
    close: bool,
}

impl May {
    fn of(actor: &Actor, report: &Report) -> Self {
        let offers = |action| access::offers(actor, action, report);
        Self {
            save: offers(Action::Save),
            submit: offers(Action::Submit) && report.is_begun(),
            withdraw: offers(Action::Withdraw),
            accept: offers(Action::Accept),
            send_back: offers(Action::Return),
            close: offers(Action::Finalise),
        }
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path).await?;
    let actor = visit.actor()?;
    let report = &opened.report;
    let is_own_draft = report.state.is_open_to_unit() && actor.is_of(report.unit_id);
    let content = report.content.as_ref().filter(|_| !is_own_draft);
    let sheet = content.map_or_else(
        || Sheet::of_draft(&report.draft, report, &opened.history),
        |content| Sheet::of_content(content, report, access::sees_past(actor, report)),
    );
    let sheet = sheet.with_evidence(&opened.history, &opened.path_to("tep"));
    let deadline = opened.year.deadline(report.period.step(), report.unit_id);
    page(&ShowPage {
        shell: visit.shell_in(&opened.year.place()),
        is_own_draft,
        may: May::of(actor, report),
        days_left: deadline.map_or(0, |d| d.days_left(visit.now)),
        deadline,
        score: content
            .map(|c| Score::of(c, report.period))
            .filter(|s| s.registered > 0),
        receipt: opened
            .history
            .receipt()
            .filter(|_| !report.state.is_open_to_unit()),
        last_return: opened.history.last_return(report.state == State::Returned),
        since: report.since(&opened.history),
        files: opened.whole_files(false),
        history: events(&opened),
        sheet,
        opened,
    })
}

/// Receipts, returns, the taking in and the closing, newest first.
fn events(opened: &Opened) -> Vec<Event> {
    let report = &opened.report;
    let accepted = report
        .accepted_at
        .map(|at| Event::new("Cụm trưởng", "tiếp nhận", at, None));
    let closed = report.finalised_at.map(|at| {
        let replaced = report
            .content
            .iter()
            .flat_map(super::super::Content::all_figures)
            .any(|f| f.final_reached.is_some());
        Event::new(
            if replaced {
                "Lãnh đạo đơn vị"
            } else {
                "Cụm trưởng"
            },
            "chốt số liệu",
            at,
            None,
        )
    });
    opened.history.events(
        "báo cáo",
        |code| Section::label_of(code, report.period),
        accepted.into_iter().chain(closed).collect(),
    )
}

impl ShowPage {
    fn report(&self) -> &Report {
        &self.opened.report
    }

    /// The part of the path of the report's official paper.
    fn paper(&self) -> &'static str {
        match self.report().period {
            Period::Annual => "bao-cao-nam",
            Period::Midyear => "bao-cao-6-thang",
        }
    }
}
