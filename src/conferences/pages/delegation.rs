//! Whom a unit sends: the form, and the authorisation of who isn't the unit's head.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{DelegationForm, PersonRow, PostedDelegation},
        model::{Delegate, Part, digest},
    },
    AuthorisationPath, DelegationPath, Meeting, open_meeting,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        files::Arrived,
    },
    papers,
    web::{
        Form, Visit, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
    years::Member,
};

/// Empty rows at the end of the list of others.
const SPARE_ROWS: usize = 2;

#[derive(Template)]
#[template(path = "conferences/delegation.html")]
struct DelegationPage {
    shell: Shell,
    member: Member,
    form: DelegationForm,
    errors: FieldErrors,
    seen: String,
    conflict: Option<String>,
    /// Whether it can be changed now.
    may_name: bool,
    /// Whether the secretariat writes it for the unit.
    is_for_another: bool,
    voting: Option<Delegate>,
    meeting: Meeting,
}

impl DelegationPage {
    fn new(visit: &Visit, opened: Opened, form: Option<DelegationForm>, errors: FieldErrors) -> Result<Self> {
        let Opened { meeting, member } = opened;
        let (actor, unit) = (visit.actor()?, member.unit_id);
        let known = || DelegationForm::of(unit, &meeting.delegates, &meeting.absences);
        let mut form = form.unwrap_or_else(known);
        form.others.extend((0..SPARE_ROWS).map(|_| PersonRow::default()));
        Ok(Self {
            shell: visit.shell_in(&meeting.year.place()),
            seen: digest(unit, &meeting.delegates, &meeting.absences),
            form,
            errors,
            conflict: None,
            may_name: access::require_delegation(actor, &meeting.conference, unit).is_ok(),
            is_for_another: !actor.is_of(unit),
            voting: voting(&meeting, &member).cloned(),
            member,
            meeting,
        })
    }

    fn choices() -> Vec<(&'static str, &'static str)> {
        vec![("co", "Đơn vị dự hội nghị"), ("vang", "Đơn vị không dự được")]
    }

    fn coming(&self) -> &'static str {
        if self.form.is_absent { "vang" } else { "co" }
    }

    fn path(&self) -> String {
        self.meeting.path_to(&format!("dai-bieu/{}", self.member.slug))
    }
}

struct Opened {
    meeting: Meeting,
    member: Member,
}

fn voting<'a>(meeting: &'a Meeting, member: &Member) -> Option<&'a Delegate> {
    meeting
        .delegates
        .iter()
        .find(|d| d.unit_id == Some(member.unit_id) && d.part == Part::Voting)
}

async fn open(
    db: &mut sqlx::PgConnection,
    visit: &Visit,
    (cluster, year, meeting): (&str, i32, &str),
    unit: &str,
) -> Result<Opened> {
    let meeting = open_meeting(db, visit, cluster, year, meeting).await?;
    let member = meeting.year.member(unit).cloned().ok_or(AppError::NotFound)?;
    if !access::sees_delegation(visit.actor()?, &meeting.conference, member.unit_id) {
        return Err(AppError::NotFound);
    }
    Ok(Opened { meeting, member })
}

pub(super) async fn form(path: DelegationPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let place = (path.cluster.as_str(), path.year, path.meeting.as_str());
    let opened = open(&mut db, &visit, place, &path.delegation).await?;
    page(&DelegationPage::new(
        &visit,
        opened,
        None,
        FieldErrors::default(),
    )?)
}

pub(super) async fn save(
    path: DelegationPath,
    visit: Visit,
    Form(posted): Form<PostedDelegation>,
) -> Result<Response> {
    posted.bound()?;
    let seen = posted.seen.clone();
    let typed = DelegationForm::from(posted);
    let secret = visit.app.vault.card_secret()?;
    let mut tx = visit.begin().await?;
    let place = (path.cluster.as_str(), path.year, path.meeting.as_str());
    let opened = open(&mut tx, &visit, place, &path.delegation).await?;
    let (actor, conference) = (visit.actor()?, &opened.meeting.conference);
    access::require_delegation(actor, conference, opened.member.unit_id)?;
    let done = match typed.check() {
        Ok(wanted) => {
            let member = &opened.member;
            actions::name_delegates(
                &mut tx, visit.now, actor, conference, member, &seen, &wanted, &secret,
            )
            .await
            .map(|()| wanted)
        }
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match done {
        Ok(wanted) => {
            tx.commit().await?;
            let message = if wanted.voting.is_some() && !wanted.is_head {
                "Đã ghi đại biểu. Người dự thay lãnh đạo cần giấy ủy quyền: gửi ở cuối trang này."
            } else {
                "Đã ghi."
            };
            let to = format!("dai-bieu/{}", opened.member.slug);
            Ok(see_other(opened.meeting.path_to(&to), message))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = DelegationPage::new(&visit, opened, Some(typed), errors)?;
            view.seen = seen;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        // Somebody else wrote meanwhile: nothing is written, and what was typed stays on the page.
        Err(AppError::Conflict(what)) => {
            let mut view = DelegationPage::new(&visit, opened, Some(typed), FieldErrors::default())?;
            view.seen = seen;
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}

/// First whether a file is wanted, then its bytes, then the act on the delegation as it is by then.
pub(super) async fn authorise(path: AuthorisationPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = require_wanted(&path, &visit).await;
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => attach_arrived(&path, &visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(to) => Ok(see_other(to, "Đã nhận giấy ủy quyền.")),
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            let place = (path.cluster.as_str(), path.year, path.meeting.as_str());
            let opened = open(&mut db, &visit, place, &path.delegation).await?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &DelegationPage::new(&visit, opened, None, errors)?,
            )
        }
        Err(error) => Err(error),
    }
}

async fn require_wanted(path: &AuthorisationPath, visit: &Visit) -> Result<()> {
    let mut db = visit.db().await?;
    let place = (path.cluster.as_str(), path.year, path.meeting.as_str());
    let opened = open(&mut db, visit, place, &path.delegation).await?;
    access::require_delegation(visit.actor()?, &opened.meeting.conference, opened.member.unit_id)
}

async fn attach_arrived(path: &AuthorisationPath, visit: &Visit, arrived: Arrived) -> Result<String> {
    let mut tx = visit.begin().await?;
    let sha256 = arrived.sha256();
    let done = async {
        let place = (path.cluster.as_str(), path.year, path.meeting.as_str());
        let opened = open(&mut tx, visit, place, &path.delegation).await?;
        let (meeting, member) = (&opened.meeting, &opened.member);
        actions::authorise(
            &mut tx,
            visit.now,
            visit.actor()?,
            &meeting.conference,
            member,
            arrived,
        )
        .await?;
        Ok(meeting.path_to(&format!("dai-bieu/{}", member.slug)))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

/// The authorisation itself, for those who may see what the unit said.
pub(super) async fn authorisation(path: AuthorisationPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let place = (path.cluster.as_str(), path.year, path.meeting.as_str());
    let opened = open(&mut db, &visit, place, &path.delegation).await?;
    let delegate = voting(&opened.meeting, &opened.member).ok_or(AppError::NotFound)?;
    let file = delegate.authorisation.ok_or(AppError::NotFound)?;
    let history = papers::history(&mut db, "delegates", delegate.id).await?;
    let file = history.file(file)?;
    upload::download(&visit.app, &file.file_name, &file.media_type, &file.hash()?).await
}
