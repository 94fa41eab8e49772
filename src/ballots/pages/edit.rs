//! The form of a ballot. What is typed is always kept; what is wrong is shown at its field.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::{CandidateRow, Placed, PlanForm, PostedPlan, QuestionForm, SPREAD},
        model::{MOST_QUESTIONS, Plan, Purpose, Style, Threshold, TieStep},
        wording,
        workflow::Action,
    },
    AtBallot, Opened, open,
};
use crate::{
    conferences::{FormOfVote, VOTED_AWARDS},
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

/// Empty rows at the end of each list of candidates.
const SPARE_ROWS: usize = 2;

type Choices = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "ballots/edit.html")]
struct EditPage {
    shell: Shell,
    opened: Opened,
    form: PlanForm,
    standing: Vec<Placed>,
    errors: FieldErrors,
    version: i32,
    conflict: Option<String>,
    units: Choices,
    awards: Choices,
}

impl EditPage {
    fn new(
        visit: &Visit,
        opened: Opened,
        standing: Vec<Placed>,
        mut form: PlanForm,
        version: i32,
        errors: FieldErrors,
    ) -> Self {
        for question in &mut form.questions {
            question
                .rows
                .extend((0..SPARE_ROWS).map(|_| CandidateRow::default()));
        }
        let members = opened.ground(&[], visit.now).members;
        Self {
            shell: opened.shell(visit),
            units: members
                .iter()
                .map(|m| (m.slug.clone(), m.place.clone()))
                .collect(),
            awards: VOTED_AWARDS
                .iter()
                .map(|a| ((*a).to_owned(), opened.awards.name(a)))
                .collect(),
            conflict: None,
            standing,
            opened,
            form,
            version,
            errors,
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn key(question: &usize, row: &usize) -> usize {
        question * SPREAD + row
    }

    /// The points of the unit in a row: `xếp thứ 2 theo bảng điểm, 98,50 điểm`
    fn points(&self, row: &CandidateRow) -> &str {
        let year = self.opened.house.year();
        let unit = year.and_then(|year| year.member(&row.unit)).map(|m| m.unit_id);
        let placed = self.standing.iter().find(|p| Some(p.unit_id) == unit);
        placed.map_or("", |placed| placed.words.as_str())
    }

    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    /// The choice whether a voter may vote for the own unit, in words.
    fn own_words(&self) -> &'static str {
        if self.opened.house.is_council() {
            "Ủy viên đã khai xung đột vẫn được bỏ phiếu cho hồ sơ của đơn vị đã khai"
        } else {
            "Đơn vị được bỏ phiếu cho chính mình"
        }
    }

    /// What the questions are that can't be changed: heading and reason.
    fn fixed_words(&self) -> (&'static str, &'static str) {
        if self.opened.house.is_council() {
            (
                "Hồ sơ Hội đồng bỏ phiếu",
                "Theo chương trình phiên họp; bỏ bớt thì hủy phiếu này và lập phiếu khác.",
            )
        } else {
            (
                "Nội dung của vòng này",
                "Chỉ gồm những ứng viên của vòng trước còn phải phân định, không thêm bớt.",
            )
        }
    }

    fn may_have_text(question: &QuestionForm) -> bool {
        !["award", "lead", "deputy"].contains(&question.purpose.as_str())
    }

    fn may_grow(&self) -> bool {
        self.form.questions.len() < MOST_QUESTIONS
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn step(&self, place: &usize) -> &str {
        self.form.ladder.get(*place).map_or("", String::as_str)
    }

    fn purposes() -> Vec<(&'static str, String)> {
        Purpose::ALL
            .into_iter()
            .filter(|purpose| *purpose != Purpose::Council)
            .map(|purpose| (purpose.code(), wording::capital(purpose.label())))
            .collect()
    }

    fn styles() -> Vec<(&'static str, String)> {
        let all = Style::ALL.into_iter();
        all.map(|style| (style.code(), wording::capital(style.label())))
            .collect()
    }

    fn forms_of_vote() -> Vec<(&'static str, String)> {
        let all = FormOfVote::ALL.into_iter();
        all.map(|form| (form.code(), wording::capital(form.label())))
            .collect()
    }

    fn thresholds() -> Vec<(&'static str, String)> {
        let all = Threshold::ALL.into_iter();
        all.map(|threshold| {
            let words = match threshold {
                Threshold::MoreThan => "Nhiều hơn tỷ lệ này (đúng bằng thì chưa đạt)",
                Threshold::AtLeast => "Từ tỷ lệ này trở lên (đúng bằng thì đạt)",
            };
            (threshold.code(), words.to_owned())
        })
        .collect()
    }

    fn bases(&self) -> Vec<(&'static str, String)> {
        let plan = self.plan();
        let all = plan.bases().into_iter();
        all.map(|base| (base.code(), wording::capital(plan.label_of(base))))
            .collect()
    }

    fn absences() -> Vec<(&'static str, &'static str)> {
        vec![
            ("absent", "Tính là vắng mặt, không bỏ phiếu"),
            ("before", "Được gửi phiếu trước một thời điểm"),
        ]
    }

    fn steps() -> Vec<(&'static str, String)> {
        let all = TieStep::ALL.into_iter();
        all.map(|step| (step.code(), wording::capital(step.label())))
            .collect()
    }
}

pub(super) async fn form<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    access::require(visit.actor()?, Action::Save, &opened.ballot)?;
    let standing = opened.standing(&mut db, &visit).await?;
    let form = PlanForm::of(&opened.ballot.plan, opened.house.year());
    let version = opened.ballot.version;
    // A draft that was only begun isn't scolded yet.
    let errors = match version {
        1 => FieldErrors::default(),
        _ => opened.ballot.plan.check(),
    };
    page(&EditPage::new(&visit, opened, standing, form, version, errors))
}

/// What the button that was pressed wants besides saving.
enum Wish {
    Done,
    Review,
    Row(usize),
    Question,
    Drop(usize),
}

impl Wish {
    fn of(next: &str) -> Self {
        let place = |prefix: &str| next.strip_prefix(prefix).and_then(|place| place.parse().ok());
        match next {
            "mo" => Self::Review,
            "noi-dung" => Self::Question,
            _ => match (place("dong-"), place("bo-")) {
                (Some(place), _) => Self::Row(place),
                (_, Some(place)) => Self::Drop(place),
                _ => Self::Done,
            },
        }
    }
}

pub(super) async fn save<P: AtBallot>(
    path: P,
    visit: Visit,
    Form(posted): Form<PostedPlan>,
) -> Result<Response> {
    posted.bound()?;
    let (seen, wish) = (posted.version, Wish::of(&posted.next));
    let typed = match (&wish, PlanForm::from(posted)) {
        (Wish::Drop(place), typed) => typed.without_question(*place),
        (_, typed) => typed,
    };
    let mut tx = visit.begin().await?;
    let opened = open(&mut tx, &visit, &path).await?;
    let actor = visit.actor()?;
    access::require(actor, Action::Save, &opened.ballot)?;
    let standing = opened.standing(&mut tx, &visit).await?;
    let mut plan = match typed.read(&opened.ground(&standing, visit.now)) {
        Ok(plan) => plan,
        Err(errors) => {
            let view = EditPage::new(&visit, opened, standing, typed, seen, errors);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    if matches!(wish, Wish::Question) {
        plan = typed
            .clone()
            .with_question()
            .read(&opened.ground(&standing, visit.now))
            .unwrap_or(plan);
    }
    match actions::save(&mut tx, visit.now, actor, &opened.ballot, seen, &plan).await {
        Ok(version) => {
            tx.commit().await?;
            answer_saved(&visit, opened, standing, typed, &plan, version, &wish)
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) if access::offers(actor, Action::Save, &opened.ballot) => {
            let mut view = EditPage::new(&visit, opened, standing, typed, seen, FieldErrors::default());
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}

/// 303 where the draft may go on; 422 with the same page where it was to be opened and something is missing.
fn answer_saved(
    visit: &Visit,
    opened: Opened,
    standing: Vec<Placed>,
    typed: PlanForm,
    plan: &Plan,
    version: i32,
    wish: &Wish,
) -> Result<Response> {
    let told = "Đã lưu phiếu dự thảo.";
    let to = match wish {
        Wish::Done => opened.path(),
        Wish::Row(place) => opened.path_to(&format!("sua#candidates-{place}")),
        Wish::Question => opened.path_to(&format!(
            "sua#question-{}",
            plan.questions.len().saturating_sub(1)
        )),
        Wish::Drop(_) => opened.path_to("sua"),
        Wish::Review => {
            let errors = plan.check();
            if !errors.is_empty() {
                let view = EditPage::new(visit, opened, standing, typed, version, errors);
                return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
            }
            return Ok(see_other(opened.path_to("mo"), ""));
        }
    };
    Ok(see_other(to, told))
}
