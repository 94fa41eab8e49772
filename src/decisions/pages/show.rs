//! One decision: what it says, whether it holds, issuing it, the handing over of its awards.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        bonus::Bonuses,
        forms::{CorrectionForm, HandoverForm},
        model::{Content, Decision, Handover, Kind, Later, Line, State},
        queries,
        workflow::Action,
    },
    FilePath, FilesPath, IssuePath, ShowPath, bonus,
};
use crate::{
    ids::{DecisionId, NominationId},
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
    },
    papers::{self, File, Seen},
    web::{
        Form, Visit, filters, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

#[derive(Template)]
#[template(path = "decisions/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    decision: Decision,
    /// What was issued, or what would be.
    content: Option<Content>,
    /// Which bases of a draft end soon after its day.
    ending_bases: Vec<String>,
    bonuses: Option<Bonuses>,
    about_path: String,
    later: Vec<Later>,
    handovers: Vec<Handover>,
    /// The awards that later decisions cancelled.
    cancelled: Vec<NominationId>,
    files: Vec<File>,
    pub(super) errors: FieldErrors,
    pub(super) typed: HandoverForm,
    pub(super) correction: CorrectionForm,
    is_office: bool,
    may_save: bool,
    may_issue: bool,
    may_correct: bool,
    may_cancel: bool,
}

impl ShowPage {
    pub(super) async fn new(db: &mut sqlx::PgConnection, visit: &Visit, decision: Decision) -> Result<Self> {
        let actor = visit.actor()?;
        let mut ending_bases = Vec::new();
        let content = if let Some(content) = &decision.content {
            Some(content.clone())
        } else {
            let around = queries::surroundings(db, actor, decision.about_id).await?;
            let today = clock::day(visit.now);
            let draft = &decision.draft;
            ending_bases = draft.ending_bases(&around);
            draft.check(decision.kind, &around, today).ok()
        };
        let cancelled = queries::cancelled(db, decision.id).await?;
        let bonuses = bonus::bonuses(db, content.as_ref(), &cancelled).await?;
        let later = queries::later(db, decision.id).await?;
        let handovers = queries::handovers(db, decision.id).await?;
        let history = papers::history(db, "decisions", decision.id).await?;
        let offers = |action| access::offers(actor, action, &decision);
        Ok(Self {
            shell: visit.shell(),
            about_path: decision
                .about_id
                .map(|id| format!("/quyet-dinh/{id}"))
                .unwrap_or_default(),
            ending_bases,
            bonuses,
            later,
            correction: CorrectionForm::of(&handovers),
            handovers,
            cancelled,
            files: history.files(&decision.path_to("tep"), false),
            errors: FieldErrors::default(),
            typed: HandoverForm::default(),
            is_office: access::may(actor),
            may_save: offers(Action::Save),
            may_issue: offers(Action::Issue) && content.is_some(),
            may_correct: offers(Action::Correct),
            may_cancel: offers(Action::Cancel),
            content,
            decision,
        })
    }

    /// When and where the award of a line was handed over.
    fn handed_over(&self, line: &Line) -> String {
        let found = self
            .handovers
            .iter()
            .find(|h| h.nomination_id == line.nomination_id);
        match found.and_then(|h| h.awarded_on.map(|on| (on, &h.awarded_place))) {
            Some((on, place)) => format!("{}, {place}", clock::date_text(on)),
            None => String::new(),
        }
    }

    fn is_award(&self) -> bool {
        self.decision.kind == Kind::Award
    }

    /// Whether a later decision cancelled this award.
    fn is_cancelled(&self, line: &Line) -> bool {
        self.cancelled.contains(&line.nomination_id)
    }

    /// What the table of its lines is about.
    fn heading(&self) -> &'static str {
        match self.decision.kind {
            Kind::Award | Kind::Correction => "Đơn vị, cá nhân được khen thưởng",
            Kind::Cancellation => "Đơn vị, cá nhân bị hủy khen thưởng",
        }
    }

    /// The awards that wait to be handed over, to choose from.
    fn waiting(&self) -> Vec<(NominationId, String)> {
        self.awards(|handover| handover.awarded_on.is_none())
    }

    /// The awards that were handed over, to choose from.
    fn given(&self) -> Vec<(NominationId, String)> {
        self.awards(|handover| handover.awarded_on.is_some())
    }

    fn awards(&self, fits: fn(&Handover) -> bool) -> Vec<(NominationId, String)> {
        let fits = |line: &&Line| {
            let mut of_line = self
                .handovers
                .iter()
                .filter(|h| h.nomination_id == line.nomination_id);
            !self.is_cancelled(line) && of_line.any(fits)
        };
        let lines = self.content.iter().flat_map(|c| &c.lines);
        lines
            .filter(fits)
            .map(|line| {
                (
                    line.nomination_id,
                    format!("{}: {}", line.nominee(), line.award_name),
                )
            })
            .collect()
    }

    /// Whether what is wrong is in the form that puts a handing over right.
    fn corrects(&self) -> bool {
        self.errors
            .iter()
            .any(|error| error.field.starts_with("corrected"))
    }

    fn holds(&self) -> bool {
        self.may_cancel
    }
}

pub(super) async fn find(db: &mut sqlx::PgConnection, visit: &Visit, id: DecisionId) -> Result<Decision> {
    queries::find_visible(db, visit.actor()?, id).await
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let decision = find(&mut db, &visit, path.decision).await?;
    page(&ShowPage::new(&mut db, &visit, decision).await?)
}

pub(super) async fn issue(path: IssuePath, visit: Visit, Form(seen): Form<Seen>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let decision = find(&mut tx, &visit, path.decision).await?;
    let around = queries::surroundings(&mut tx, visit.actor()?, decision.about_id).await?;
    let (actor, now) = (visit.actor()?, visit.now);
    match actions::issue(&mut tx, now, actor, &decision, &around, seen.version).await {
        Ok(content) => {
            tx.commit().await?;
            let message = format!("Đã ban hành Quyết định số {}.", content.number_text());
            Ok(see_other(decision.path(), &message))
        }
        Err(AppError::Invalid(errors)) => {
            // The transaction is over when a number was taken; the page is read afresh.
            drop(tx);
            let mut db = visit.db().await?;
            let mut view = ShowPage::new(&mut db, &visit, decision).await?;
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

/// First whether a file is wanted, then its bytes, then the act.
pub(super) async fn attach(path: FilesPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã đính kèm tệp.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let decision = find(&mut db, &visit, path.decision).await?;
            let mut view = ShowPage::new(&mut db, &visit, decision).await?;
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &FilesPath, visit: &Visit) -> Result<()> {
    let mut db = visit.db().await?;
    let decision = find(&mut db, visit, path.decision).await?;
    access::require_office(visit.actor()?)?;
    papers::require_room(
        &papers::history(&mut db, "decisions", decision.id).await?,
        "decisions",
    )
}

/// Answers where the decision is shown.
async fn attach_arrived(path: &FilesPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let decision = find(&mut tx, visit, path.decision).await?;
        actions::attach(&mut tx, visit.now, visit.actor()?, &decision, arrived).await?;
        Ok(decision.path())
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

/// The file itself, through the same door as the decision.
pub(super) async fn download(path: FilePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let decision = find(&mut db, &visit, path.decision).await?;
    let file = papers::find_attachment(&mut db, "decisions", decision.id, path.attachment).await?;
    upload::download(&visit.app, &file.0, &file.1, &file.2).await
}
