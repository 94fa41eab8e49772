//! Making the result: who counts, the papers, one button.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{access, actions, counting, forms::CommitteeForm, model::Turnout, queries, workflow::Action},
    AtBallot, Opened, open,
    scans::Scans,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "ballots/count.html")]
struct CountPage {
    shell: Shell,
    opened: Opened,
    turnout: Turnout,
    given: i32,
    scans: Scans,
    /// What keeps the count from being made.
    obstacle: Option<String>,
    form: CommitteeForm,
    errors: FieldErrors,
}

impl CountPage {
    async fn new(
        db: &mut sqlx::PgConnection,
        visit: &Visit,
        opened: Opened,
        form: CommitteeForm,
        errors: FieldErrors,
    ) -> Result<Self> {
        let ballot = &opened.ballot;
        access::require(visit.actor()?, Action::Count, ballot)?;
        let voters = queries::voters(db, ballot.id).await?;
        let tallies = queries::tallies(db, ballot.id).await?;
        let published = queries::published(db, ballot).await?;
        let given = counting::given_out(&voters);
        let obstacle = match tallies.as_slice() {
            _ if given == 0 => None,
            [first, second] if first.counts == second.counts => None,
            [first, second] => Some(format!(
                "Hai lần kiểm phiếu giấy khác nhau ở {} số: chưa chốt được cho đến khi khớp.",
                first.counts.differences(&second.counts, &ballot.plan).len()
            )),
            [_] => {
                Some("Phiếu giấy mới được một người kiểm. Cần người thứ hai kiểm và ghi độc lập.".to_owned())
            }
            _ => Some(format!(
                "Đã phát {given} phiếu giấy. Cần hai người kiểm và ghi kết quả độc lập."
            )),
        };
        Ok(Self {
            shell: opened.shell(visit),
            turnout: published.turnout,
            scans: Scans::of(db, visit, &opened).await?,
            given,
            obstacle,
            form,
            errors,
            opened,
        })
    }
}

pub(super) async fn form<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    // The same people usually count all ballots of a conference.
    let named = opened.all.iter().rev().find(|b| !b.committee.head.is_empty());
    let committee = named.map(|b| b.committee.clone()).unwrap_or_default();
    let form = CommitteeForm::of(&committee, opened.ballot.version);
    page(&CountPage::new(&mut db, &visit, opened, form, FieldErrors::default()).await?)
}

pub(super) async fn count<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(form): Form<CommitteeForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let (actor, ballot) = (visit.actor()?, &opened.ballot);
    access::require(actor, Action::Count, ballot)?;
    let counted = match form.check() {
        Ok(committee) => actions::count(&mut tx, visit.now, actor, ballot, form.version, &committee).await,
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match counted {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(
                opened.path_to("ket-qua"),
                "Đã chốt kiểm phiếu. Kết quả đã khóa.",
            ))
        }
        Err(AppError::Invalid(errors)) => {
            let view = CountPage::new(&mut tx, &visit, opened, form, errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}
