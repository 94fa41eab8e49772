//! The paths of conferences.

mod attendance;
mod cards;
mod confirmation;
mod delegates;
mod delegation;
mod edit;
mod index;
mod invitation;
mod papers;
mod plan;
mod show;

use axum_extra::routing::TypedPath;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    model::{Absence, AgendaItem, Attendance, Conference, Content, Delegate, attendance as attendance_of},
    queries,
};
use crate::{
    awards::{self, Awards},
    ids::{AttachmentId, DelegateId},
    kit::error::{AppError, Result},
    registrations::{self, State as RegistrationState},
    web::{Pages, Visit, Who},
    years::{Year, find_year},
};

macro_rules! year_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
        }
    )*};
}

year_paths! {
    /// The conferences of a year, and the result of the closing one.
    IndexPath "/cum/{cluster}/{year}/hoi-nghi"
    /// Beginning one.
    CreationPath "/cum/{cluster}/{year}/hoi-nghi/moi"
    /// The form of the closing one's result, from minutes on paper.
    EditPath "/cum/{cluster}/{year}/hoi-nghi/sua"
    /// What will be frozen, and the act of making it final.
    ConfirmationPath "/cum/{cluster}/{year}/hoi-nghi/chot"
    /// The hand-over to the next lead.
    HandOverPath "/cum/{cluster}/{year}/hoi-nghi/ban-giao"
}

macro_rules! meeting_paths {
    ($($(#[$doc:meta])* $name:ident $path:literal { $($field:ident: $kind:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(TypedPath, Deserialize)]
        #[typed_path($path, rejection(AppError))]
        pub(super) struct $name {
            cluster: String,
            year: i32,
            meeting: String,
            $($field: $kind,)*
        }
    )*};
}

meeting_paths! {
    /// A conference.
    ShowPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}" {}
    /// Its plan and agenda.
    PlanPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/sua" {}
    /// Its papers.
    PapersPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/tai-lieu" {}
    /// One of them.
    PaperPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/tai-lieu/{attachment}" { attachment: AttachmentId }
    /// Taking one off.
    PaperRemovalPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/tai-lieu/{attachment}/go" { attachment: AttachmentId }
    /// The invitation, and the act of sending it.
    InvitationPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/giay-moi" {}
    /// Who comes.
    DelegatesPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/dai-bieu" {}
    /// Whom a unit sends.
    DelegationPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/dai-bieu/{delegation}" { delegation: String }
    /// The authorisation of its voting delegate.
    AuthorisationPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/dai-bieu/{delegation}/uy-quyen" { delegation: String }
    /// One more: a guest, or somebody of a unit that called.
    ExtraPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/them-dai-bieu" {}
    /// Taking somebody off the list.
    RemovalPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/nguoi-du/{delegate}/bo" { delegate: DelegateId }
    /// The stand-in votes.
    StandInPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/nguoi-du/{delegate}/bieu-quyet" { delegate: DelegateId }
    /// A new card for a lost one.
    NewCardPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/nguoi-du/{delegate}/the-moi" { delegate: DelegateId }
    /// The cards, to be printed.
    CardsPath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/the-dai-bieu" {}
    /// Who is there.
    AttendancePath "/cum/{cluster}/{year}/hoi-nghi/{meeting}/diem-danh" {}
}

/// The pages of conferences.
#[must_use]
pub fn pages() -> Pages {
    Pages::new()
        .get(Who::SignedIn, index::show)
        .post(Who::Secretariat, index::create)
        .get(Who::Secretariat, edit::form)
        .post(Who::Secretariat, edit::save)
        .get(Who::Secretariat, confirmation::preview)
        .post(Who::Secretariat, confirmation::confirm)
        .post(Who::SignedIn, index::hand_over)
        .get(Who::SignedIn, show::show)
        .get(Who::Secretariat, plan::form)
        .post(Who::Secretariat, plan::save)
        .get(Who::SignedIn, papers::index)
        .upload(Who::Secretariat, papers::attach)
        .get(Who::SignedIn, papers::download)
        .post(Who::Secretariat, papers::detach)
        .get(Who::SignedIn, invitation::show)
        .post(Who::Secretariat, invitation::send)
        .get(Who::SignedIn, delegates::index)
        .get(Who::Secretariat, delegates::form)
        .post(Who::Secretariat, delegates::add)
        .post(Who::Secretariat, delegates::remove)
        .post(Who::Secretariat, delegates::stand_in)
        .get(Who::SignedIn, delegation::form)
        .post(Who::Units, delegation::save)
        .upload(Who::Units, delegation::authorise)
        .get(Who::SignedIn, delegation::authorisation)
        .get(Who::Secretariat, cards::show)
        .post(Who::Secretariat, cards::renew)
        .get(Who::Secretariat, attendance::show)
        .post(Who::Secretariat, attendance::note)
}

/// A year's closing conference with what its pages need.
pub(super) struct Opened {
    pub year: Year,
    pub conference: Conference,
    pub awards: Awards,
}

pub(super) async fn open(db: &mut PgConnection, visit: &Visit, cluster: &str, year: i32) -> Result<Opened> {
    let year = find_year(db, visit, cluster, year).await?;
    let conference = queries::find(db, &year).await?;
    let awards = awards::all(db).await?;
    Ok(Opened {
        year,
        conference,
        awards,
    })
}

/// What to think of before making the result final; nothing of it stops anybody.
pub(super) async fn warnings(db: &mut PgConnection, year: &Year, content: &Content) -> Result<Vec<String>> {
    let registrations = registrations::summaries(db, year.id).await?;
    let mut list = Vec::new();
    let mut named = std::collections::HashSet::new();
    for candidate in &content.candidates {
        if !named.insert(candidate.unit.id) {
            list.push(format!(
                "{} được bỏ phiếu cho nhiều hình thức: một thành tích không khen hai lần.",
                candidate.unit.name
            ));
            continue;
        }
        let found = registrations.iter().find(|r| r.unit_id == candidate.unit.id);
        let taken = found.is_some_and(|r| {
            matches!(
                r.state,
                RegistrationState::Accepted | RegistrationState::Forwarded
            )
        });
        if !taken {
            list.push(format!(
                "{} chưa có đăng ký thi đua được tiếp nhận trong năm.",
                candidate.unit.name
            ));
        }
    }
    Ok(list)
}

impl Opened {
    /// `/cum/cum-3/2023/hoi-nghi`
    pub fn path(&self) -> String {
        format!("{}/hoi-nghi", self.year.path())
    }

    /// The path of one of its pages: `path_to("chot")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }
}

/// A conference with what most of its pages need: four statements, whoever comes.
pub(super) struct Meeting {
    pub year: Year,
    pub conference: Conference,
    pub agenda: Vec<AgendaItem>,
    pub delegates: Vec<Delegate>,
    pub absences: Vec<Absence>,
}

/// Opens a conference for this visit, or answers 404.
pub(super) async fn open_meeting(
    db: &mut PgConnection,
    visit: &Visit,
    cluster: &str,
    year: i32,
    meeting: &str,
) -> Result<Meeting> {
    let year = find_year(db, visit, cluster, year).await?;
    let conference = queries::find_meeting(db, &year, meeting).await?;
    let agenda = queries::agenda(db, conference.id).await?;
    let delegates = queries::delegates(db, conference.id).await?;
    let absences = queries::absences(db, conference.id).await?;
    Ok(Meeting {
        year,
        conference,
        agenda,
        delegates,
        absences,
    })
}

impl Meeting {
    /// `/cum/cum-3/2023/hoi-nghi/tong-ket`
    pub fn path(&self) -> String {
        self.conference.path(&self.year)
    }

    /// The path of one of its pages: `path_to("sua")`.
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// What it is called.
    pub fn title(&self) -> String {
        self.conference.title(&self.year)
    }

    /// Who is there.
    pub fn attendance(&self) -> Attendance {
        attendance_of(&self.year, &self.conference, &self.delegates, &self.absences)
    }

    /// The name of a delegate's unit; empty for a guest.
    pub fn unit_of(&self, delegate: &Delegate) -> String {
        let member = delegate.unit_id.and_then(|unit| self.year.member_of(unit));
        member.map(|m| m.short_name.clone()).unwrap_or_default()
    }

    /// Its people, as a page in the year's menu finds them: those without a unit.
    pub fn guests(&self) -> impl Iterator<Item = &Delegate> {
        self.delegates.iter().filter(|d| d.unit_id.is_none())
    }
}
