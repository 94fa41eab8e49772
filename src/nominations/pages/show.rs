//! One dossier: where it is, who is to act, the checklist, its files by part, the appraisal, the history.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        checklist::{Checklist, Item},
        conditions::Looked,
        forms::{AppraisalForm, PartNoteForm, PersonForm, RemarkForm},
        frozen::Submission,
        model::{Event, Nomination, Part, State},
        persons::{Ground, Named},
        queries,
        workflow::Action,
    },
    Opened, ShowPath, open,
};
use crate::{
    eligibility::{Card, Finding, Mark, RemarkKind},
    holidays,
    kit::{
        clock::{self, Moment},
        error::Result,
        fields::FieldErrors,
    },
    papers::{File, Receipt, Return},
    web::{Visit, filters, page, shell::Shell},
};

#[derive(Template)]
#[template(path = "nominations/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    opened: Opened,
    list: Checklist,
    card: Card,
    persons: Vec<Named>,
    /// What the catalogue asks for, and what is known of it.
    asked: Vec<Item>,
    /// Of that, what somebody may say is there: key and words.
    unknown_parts: Vec<(String, String)>,
    submissions: Vec<Submission>,
    folders: Vec<Folder>,
    receipt: Option<Receipt>,
    last_return: Option<Return>,
    history: Vec<Line>,
    may: May,
    errors: FieldErrors,
    appraisal: AppraisalForm,
    reason: String,
    remark: RemarkForm,
    part_note: PartNoteForm,
    person: PersonForm,
    end_reason: String,
    now: Moment,
}

/// Working days that a unit is given to complete its dossier, unless the standing office says otherwise.
const DAYS_TO_COMPLETE: u32 = 10;

/// The day that the form for a return suggests.
async fn suggested(db: &mut PgConnection, visit: &Visit) -> Result<NaiveDate> {
    let calendar = holidays::calendar(db).await?;
    Ok(calendar.after(clock::day(visit.now), DAYS_TO_COMPLETE))
}

/// A part of the dossier with its files.
struct Folder {
    part: Part,
    is_open: bool,
    files: Vec<File>,
}

/// The buttons the page offers: the same rule as the acts themselves.
struct May {
    submit: bool,
    withdraw: bool,
    /// What VUSTA can find of it.
    appraise: Vec<Action>,
    /// To tell the nominee on paper.
    refuse: bool,
    attest: bool,
    waive: bool,
    /// To note whom the dossier names.
    name: bool,
    end: bool,
}

/// A line of the history, as `components/timeline.html` shows it.
struct Line {
    who: String,
    what: String,
    when: String,
    note: Option<String>,
}

impl ShowPage {
    pub(super) async fn new(db: &mut PgConnection, visit: &Visit, opened: Opened) -> Result<Self> {
        let actor = visit.actor()?;
        let nomination = &opened.nomination;
        let events = queries::events(db, nomination.id).await?;
        let files = opened.history.attachments.as_slice();
        let about = (&opened.year, nomination);
        let looked = Looked::at(db, about, files, &opened.facts, clock::day(visit.now)).await?;
        let submissions = queries::submissions(db, nomination.id).await?;
        let base = nomination.path_to("tep");
        let folders = Part::ALL
            .into_iter()
            .map(|part| {
                let is_open = actions::part_is_open(actor, nomination, &opened.history, part);
                let may_remove = is_open && access::may_remove(actor, part, nomination);
                let files = opened
                    .history
                    .attachments
                    .iter()
                    .filter(|a| a.part == part.code());
                Folder {
                    part,
                    is_open,
                    files: files.map(|a| File::of(a, &base, may_remove)).collect(),
                }
            })
            .collect();
        let offers = |action| access::offers(actor, action, nomination);
        let waits = matches!(nomination.state, State::Acclaimed | State::Returned);
        Ok(Self {
            shell: visit.shell_in(&opened.year.place()),
            asked: looked.asked.iter().map(|part| part.item(files)).collect(),
            unknown_parts: looked.unknown_parts(files),
            list: looked.list,
            card: looked.card,
            persons: looked.persons,
            submissions,
            folders,
            receipt: opened.history.receipts.first().filter(|_| !waits).cloned(),
            last_return: opened
                .history
                .returns
                .first()
                .filter(|_| nomination.state == State::Returned)
                .cloned(),
            history: events.iter().map(Line::of).collect(),
            may: May {
                submit: offers(Action::Submit),
                withdraw: offers(Action::Withdraw),
                appraise: access::findings(actor, nomination),
                refuse: actor.is_standing_office
                    && matches!(nomination.state, State::Ineligible | State::CouncilRejected),
                attest: access::may_remark(actor, RemarkKind::Attested, nomination),
                waive: access::may_remark(actor, RemarkKind::Waived, nomination),
                name: access::may_name(actor, nomination),
                end: access::may_end(actor, nomination),
            },
            errors: FieldErrors::default(),
            appraisal: AppraisalForm {
                version: nomination.version,
                due_on: clock::date_text(suggested(db, visit).await?),
                ..AppraisalForm::default()
            },
            reason: String::new(),
            remark: RemarkForm::default(),
            part_note: PartNoteForm::default(),
            person: PersonForm::default(),
            end_reason: String::new(),
            now: visit.now,
            opened,
        })
    }

    /// The same page around a form that had errors.
    pub(super) fn with_errors(mut self, errors: FieldErrors) -> Self {
        self.errors = errors;
        self
    }

    /// Keeps what was typed into the appraisal.
    pub(super) fn with_appraisal(mut self, typed: AppraisalForm) -> Self {
        self.appraisal = typed;
        self
    }

    /// Keeps the reason typed into the withdrawal.
    pub(super) fn with_reason(mut self, typed: String) -> Self {
        self.reason = typed;
        self
    }

    /// Keeps what was typed about a condition.
    pub(super) fn with_remark(mut self, typed: RemarkForm) -> Self {
        self.remark = typed;
        self
    }

    /// Keeps what was typed about a part.
    pub(super) fn with_part_note(mut self, typed: PartNoteForm) -> Self {
        self.part_note = typed;
        self
    }

    /// Keeps what was typed about a person.
    pub(super) fn with_person(mut self, typed: PersonForm) -> Self {
        self.person = typed;
        self
    }

    /// The conditions that this person can note something of: key and words.
    fn open_conditions(&self) -> Vec<(String, String)> {
        let is_open = |f: &&Finding| match f.mark {
            Mark::Unknown => self.may.attest || (self.may.waive && f.waivable),
            Mark::Missing => self.may.waive && f.waivable,
            Mark::Met | Mark::Attested | Mark::Waived => false,
        };
        let key = |f: &Finding| format!("{}-{}", self.card.version, f.place);
        self.card
            .findings
            .iter()
            .filter(is_open)
            .map(|f| (key(f), f.text.clone()))
            .collect()
    }

    fn remark_kinds(&self) -> Vec<(&'static str, &'static str)> {
        let mut kinds = vec![("attested", "Xác nhận đã đạt")];
        if self.may.waive {
            kinds.push(("waived", "Cho miễn, có lý do"));
        }
        kinds
    }

    /// The findings to choose from: code and words.
    fn findings(&self) -> Vec<(&'static str, &'static str)> {
        let words = |action: &Action| match action {
            Action::FindEligible => Some(("eligible", "Đủ điều kiện, đưa ra Hội đồng")),
            Action::FindIneligible => Some(("ineligible", "Không đủ điều kiện")),
            Action::Return => Some(("return", "Trả lại để bổ sung")),
            _ => None,
        };
        self.may.appraise.iter().filter_map(words).collect()
    }

    /// Whether something was found already that the next finding puts right.
    fn appraises_again(&self) -> bool {
        self.nomination().state != State::Submitted
    }

    /// Whether the form is offered that says that a part is there.
    fn attests_parts(&self) -> bool {
        self.may.attest && !self.unknown_parts.is_empty()
    }

    fn nomination(&self) -> &Nomination {
        &self.opened.nomination
    }

    /// How late the supplement is that was asked for.
    fn overdue(&self) -> i32 {
        let due = self.last_return.as_ref().and_then(|back| back.due_on);
        due.map_or(0, |due| clock::days_late(self.now, due))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn part_is_wrong(&self, part: &Part) -> bool {
        self.errors.of("file").is_some() && self.reason == part.code()
    }
}

impl Line {
    fn of(event: &Event) -> Self {
        Self {
            who: event.happened_by.clone(),
            what: format!("ghi “{}”", event.state_after.label()),
            when: clock::moment_text(event.happened_at),
            note: Some(event.note.clone()).filter(|note| !note.is_empty()),
        }
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, path.nomination).await?;
    page(&ShowPage::new(&mut db, &visit, opened).await?)
}
