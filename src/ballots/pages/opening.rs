//! Opening a ballot, for those who won't be there or in the hall: the text that will be frozen, who may vote, what to
//! think of before; one button.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access, actions, counting,
        model::{Attendance, Elector, Plan, warnings},
        wording,
        workflow::Action,
    },
    AtBallot, Electorate, Opened, Seen, open,
};
use crate::{
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    scoring,
    web::{Form, Visit, page, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "ballots/opening.html")]
struct OpeningPage {
    shell: Shell,
    opened: Opened,
    /// Whether only those vote who won't be there.
    is_before: bool,
    electorate: Electorate,
    errors: FieldErrors,
    /// Why it can't be opened now, besides slips in the paper.
    obstacles: Vec<String>,
    remarks: Vec<String>,
}

impl OpeningPage {
    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    fn rule(&self) -> Vec<(&'static str, String)> {
        wording::rule_in_words(self.plan())
    }

    fn number(&self, attendance: Attendance) -> usize {
        number(&self.electorate.electors, attendance)
    }

    fn may_open(&self) -> bool {
        self.errors.is_empty() && self.obstacles.is_empty()
    }

    fn action(&self) -> String {
        self.opened
            .path_to(if self.is_before { "mo-truoc" } else { "mo" })
    }

    fn working(&self) -> String {
        let (present, total) = (self.electorate.present, self.electorate.total);
        counting::quorum_working(present, total, self.plan())
    }
}

fn number(electors: &[Elector], attendance: Attendance) -> usize {
    electors.iter().filter(|e| e.attendance == attendance).count()
}

async fn view(
    db: &mut sqlx::PgConnection,
    visit: &Visit,
    opened: Opened,
    is_before: bool,
) -> Result<OpeningPage> {
    let action = if is_before {
        Action::OpenAdvance
    } else {
        Action::Open
    };
    access::require(visit.actor()?, action, &opened.ballot)?;
    let electorate = opened.electorate(db).await?;
    let (present, total) = (electorate.present, electorate.total);
    let plan = &opened.ballot.plan;
    let number = |attendance| number(&electorate.electors, attendance);
    let mut obstacles = Vec::new();
    match opened.house.require_session(!is_before) {
        Err(AppError::Conflict(why)) => obstacles.push(why),
        answer => answer?,
    }
    if is_before && number(Attendance::Advance) == 0 {
        obstacles.push(
            if opened.house.is_council() {
                "Không có ủy viên nào gửi phiếu trước: ủy viên phải báo vắng, quy định của phiếu phải cho phép."
            } else {
                "Không có đơn vị nào gửi phiếu trước: đơn vị phải báo vắng và cử đại biểu biểu quyết, quy định của phiếu phải cho phép."
            }
            .to_owned(),
        );
    }
    if !is_before && !counting::has_quorum(present, total, plan) {
        obstacles.push(format!(
            "Chưa đủ số {} có mặt để bỏ phiếu: {}.",
            opened.voters(),
            counting::quorum_working(present, total, plan)
        ));
    }
    let mut remarks = electorate.remarks.clone();
    let voting = number(Attendance::Present) + number(Attendance::Advance);
    remarks.extend(warnings(plan, voting, voting, 0));
    let tells_points = plan
        .questions
        .iter()
        .flat_map(|q| &q.candidates)
        .any(|c| c.score.is_some());
    if let Some(year) = opened
        .house
        .year()
        .filter(|year| tells_points && !scoring::access::are_open(year, visit.now))
    {
        remarks.push(format!(
            "Phiếu ghi điểm của các đơn vị, mà lịch năm chỉ công bố điểm từ ngày {}: mở bây giờ là công bố trước.",
            scoring::access::opens_on(year)
        ));
    }
    Ok(OpeningPage {
        shell: opened.shell(visit),
        errors: plan.check(),
        is_before,
        electorate,
        obstacles,
        remarks,
        opened,
    })
}

pub(super) async fn preview_advance<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    page(&view(&mut db, &visit, opened, true).await?)
}

pub(super) async fn preview<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    page(&view(&mut db, &visit, opened, false).await?)
}

pub(super) async fn open_advance<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(seen): Form<Seen>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    opened.house.require_session(false)?;
    let electors = opened.electorate(&mut tx).await?.electors;
    let (actor, vault) = (visit.actor()?, &visit.app.vault);
    let ballot = &opened.ballot;
    actions::open_advance(&mut tx, visit.now, actor, ballot, seen.version, &electors, vault).await?;
    tx.commit().await?;
    let told = format!(
        "Đã chốt nội dung phiếu. {} {} vắng mặt bỏ phiếu được bằng thẻ của mình từ bây giờ.",
        number(&electors, Attendance::Advance),
        opened.voters()
    );
    Ok(see_other(opened.path(), &told))
}

pub(super) async fn open_hall<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(seen): Form<Seen>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    opened.house.require_session(true)?;
    let electors = opened.electorate(&mut tx).await?.electors;
    let (actor, vault) = (visit.actor()?, &visit.app.vault);
    let ballot = &opened.ballot;
    actions::open(&mut tx, visit.now, actor, ballot, seen.version, &electors, vault).await?;
    tx.commit().await?;
    let told = format!(
        "Đã mở bỏ phiếu lúc {}: {} {} có mặt bỏ phiếu được từ bây giờ.",
        clock::time_text(visit.now),
        number(&electors, Attendance::Present),
        opened.voters()
    );
    Ok(see_other(opened.path(), &told))
}
