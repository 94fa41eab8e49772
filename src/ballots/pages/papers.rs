//! Papers on paper: given out to voters while the ballot is open; counted by two people after it, each for themselves.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;

use super::{
    super::{
        access, actions, counting,
        forms::{PostedTally, TallyForm},
        model::{Attendance, Difference, Part, Plan, Question, State, Style, Tally, Voter},
        queries,
        workflow::Action,
    },
    AtBallot, Opened, open,
};
use crate::{
    ids::VoterId,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell, view::see_other_warning},
};

#[derive(Template)]
#[template(path = "ballots/papers.html")]
struct PapersPage {
    shell: Shell,
    opened: Opened,
    voters: Vec<Voter>,
    given: i32,
    may_give: bool,
    may_tally: bool,
    /// Who has entered a count, in order; figures are shown once both are there.
    tallies: Vec<Tally>,
    own: Option<i16>,
    differences: Vec<Difference>,
    form: TallyForm,
    errors: FieldErrors,
}

impl PapersPage {
    async fn new(db: &mut sqlx::PgConnection, visit: &Visit, opened: Opened) -> Result<Self> {
        let actor = visit.actor()?;
        let ballot = &opened.ballot;
        if !access::counts(actor, ballot) {
            return Err(AppError::Forbidden(
                if opened.house.is_council() {
                    "Chỉ Thường trực và ủy viên Hội đồng mở trang này."
                } else {
                    "Chỉ những người điều hành và kiểm phiếu mở trang này: cụm trưởng, cụm phó và phụ trách cụm."
                }
                .to_owned(),
            ));
        }
        let voters = queries::voters(db, ballot.id).await?;
        let tallies = queries::tallies(db, ballot.id).await?;
        let own = tallies.iter().find(|t| t.entered_by == actor.id);
        let differences = match tallies.as_slice() {
            [first, second] => first.counts.differences(&second.counts, &ballot.plan),
            _ => Vec::new(),
        };
        Ok(Self {
            shell: opened.shell(visit),
            given: counting::given_out(&voters),
            may_give: access::offers(actor, Action::Paper, ballot),
            may_tally: access::offers(actor, Action::Tally, ballot),
            form: own.map_or_else(|| TallyForm::empty(&ballot.plan), |t| TallyForm::of(&t.counts)),
            own: own.map(|t| t.entry),
            errors: FieldErrors::default(),
            voters,
            tallies,
            differences,
            opened,
        })
    }

    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    fn is_agreed(&self) -> bool {
        self.tallies.len() == 2 && self.differences.is_empty()
    }

    /// Whether this person enters figures: the first two who do, and again while they differ.
    fn may_enter(&self) -> bool {
        self.may_tally
            && self.given > 0
            && !self.is_agreed()
            && (self.own.is_some() || self.tallies.len() < 2)
    }

    fn asks_against(question: &Question) -> bool {
        question.style == Style::EachYesNo
    }

    fn is_over(&self) -> bool {
        !matches!(
            self.opened.ballot.state,
            State::Draft | State::Advance | State::Open
        )
    }
}

pub(super) async fn form<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    page(&PapersPage::new(&mut db, &visit, opened).await?)
}

pub(super) async fn enter<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(posted): Form<PostedTally>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let (actor, ballot) = (visit.actor()?, &opened.ballot);
    access::require(actor, Action::Tally, ballot)?;
    let typed = posted.form(&ballot.plan);
    let entered = match typed.read(&ballot.plan) {
        Ok(counts) => actions::enter_tally(&mut tx, visit.now, actor, ballot, &counts).await,
        Err(errors) => Err(AppError::Invalid(errors)),
    };
    match entered {
        Ok(agree) => {
            tx.commit().await?;
            let to = opened.path_to("phieu-giay");
            Ok(match agree {
                None => see_other(
                    to,
                    "Đã ghi lần kiểm thứ nhất. Xin mời người thứ hai kiểm và ghi độc lập.",
                ),
                Some(true) => see_other(to, "Hai lần kiểm khớp nhau: kiểm phiếu giấy đã xong."),
                Some(false) => see_other_warning(
                    to,
                    "Hai lần kiểm khác nhau ở các số dưới đây. Xin kiểm lại phiếu.",
                ),
            })
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = PapersPage::new(&mut tx, &visit, opened).await?;
            view.form = typed;
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

/// Which voter gets a paper, or gives it back.
#[derive(Deserialize)]
pub(super) struct HandedOut {
    #[serde(default)]
    voter: VoterId,
    #[serde(default)]
    given: String,
}

pub(super) async fn hand_out<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(form): Form<HandedOut>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let (actor, is_given) = (visit.actor()?, !form.given.is_empty());
    actions::mark_paper(&mut tx, visit.now, actor, &opened.ballot, form.voter, is_given).await?;
    tx.commit().await?;
    let told = if is_given {
        "Đã ghi phát phiếu giấy: thẻ của người này không bỏ phiếu điện tử được nữa."
    } else {
        "Đã ghi nhận lại phiếu giấy chưa dùng."
    };
    Ok(see_other(opened.path_to("phieu-giay"), told))
}

/// Which voter has come.
#[derive(Deserialize)]
pub(super) struct Admitted {
    #[serde(default)]
    voter: VoterId,
}

/// Who comes late is noted as the conference's attendance says: the card too, where another delegate came.
pub(super) async fn admit<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(form): Form<Admitted>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let actor = visit.actor()?;
    access::require(actor, Action::Admit, &opened.ballot)?;
    let voters = queries::voters(&mut tx, opened.ballot.id).await?;
    let voter = voters
        .iter()
        .find(|v| v.id == form.voter)
        .ok_or(AppError::NotFound)?;
    let electors = opened.electorate(&mut tx).await?.electors;
    let elector = electors
        .iter()
        .find(|e| e.person_id == voter.person_id && (e.person_id.is_some() || e.unit_id == voter.unit_id));
    let elector = elector
        .filter(|e| e.attendance == Attendance::Present)
        .ok_or_else(|| {
            AppError::conflict(
                "Chưa điểm danh người bỏ phiếu này. Xin điểm danh ở trang của hội nghị, phiên họp trước.",
            )
        })?;
    let (card, ballot) = (elector.card_hash.as_deref(), &opened.ballot);
    actions::admit(
        &mut tx,
        visit.now,
        actor,
        ballot,
        voter.id,
        Attendance::Present,
        card,
    )
    .await?;
    tx.commit().await?;
    Ok(see_other(
        opened.path(),
        &format!("{} bỏ phiếu được từ bây giờ.", voter.name),
    ))
}
