//! What is printed: papers to vote on, and the sheet on which they are counted by hand.

use askama::Template;
use axum::{extract::Query, response::Response};
use serde::Deserialize;

use super::{
    super::{
        access,
        model::{Plan, Question, Style},
        queries, wording,
    },
    AtBallot, Opened, open,
};
use crate::{
    kit::error::{AppError, Result},
    web::{Visit, page, shell::Shell},
};

/// At most this many papers are printed at once.
const MOST_PAPERS: usize = 400;

/// How papers are to be printed.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    moi_trang: String,
    #[serde(default)]
    so_phieu: String,
}

#[derive(Template)]
#[template(path = "ballots/print_papers.html")]
struct PapersPage {
    shell: Shell,
    opened: Opened,
    /// Papers on a sheet: 1, 2 or 4.
    per_sheet: usize,
    number: usize,
}

impl PapersPage {
    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    fn heading(&self) -> &'static str {
        wording::heading(self.plan())
    }

    fn rules(&self) -> Vec<String> {
        wording::validity(self.plan())
    }

    fn asks_against(question: &Question) -> bool {
        question.style == Style::EachYesNo
    }

    fn in_words(question: &Question) -> String {
        wording::question_in_words(question)
    }

    /// Sheet by sheet its papers, by their numbers, which aren't printed.
    fn sheets(&self) -> Vec<Vec<usize>> {
        let papers: Vec<usize> = (0..self.number).collect();
        papers.chunks(self.per_sheet).map(<[usize]>::to_vec).collect()
    }

    /// How many fit onto a sheet, and whether that is chosen.
    fn sizes(&self) -> Vec<(usize, bool)> {
        [4, 2, 1]
            .into_iter()
            .map(|size| (size, size == self.per_sheet))
            .collect()
    }
}

/// How many papers fit onto a sheet, so that each still can be read.
fn fitting(plan: &Plan) -> usize {
    let lines: usize = plan.questions.iter().map(|q| q.candidates.len() + 3).sum();
    match lines {
        0..=7 => 4,
        8..=18 => 2,
        _ => 1,
    }
}

fn require_counter(visit: &Visit, opened: &Opened) -> Result<()> {
    if access::counts(visit.actor()?, &opened.ballot) {
        return Ok(());
    }
    Err(AppError::Forbidden(
        if opened.house.is_council() {
            "Chỉ Thường trực và ủy viên Hội đồng in phiếu và bảng kiểm."
        } else {
            "Chỉ những người điều hành và kiểm phiếu in phiếu và bảng kiểm: cụm trưởng, cụm phó và phụ trách cụm."
        }
        .to_owned(),
    ))
}

pub(super) async fn papers<P: AtBallot>(
    path: P,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    require_counter(&visit, &opened)?;
    let voters = queries::voters(&mut db, opened.ballot.id).await?.len();
    let usual = if voters > 0 {
        voters
    } else {
        opened.house.number(&mut db).await?
    };
    let per_sheet = match wanted.moi_trang.as_str() {
        "1" => 1,
        "2" => 2,
        "4" => 4,
        _ => fitting(&opened.ballot.plan),
    };
    page(&PapersPage {
        shell: opened.shell(&visit),
        number: wanted.so_phieu.parse().unwrap_or(usual).clamp(1, MOST_PAPERS),
        per_sheet,
        opened,
    })
}

#[derive(Template)]
#[template(path = "ballots/print_sheet.html")]
struct SheetPage {
    shell: Shell,
    opened: Opened,
}

impl SheetPage {
    fn plan(&self) -> &Plan {
        &self.opened.ballot.plan
    }

    fn rules(&self) -> Vec<String> {
        wording::validity(self.plan())
    }

    fn asks_against(question: &Question) -> bool {
        question.style == Style::EachYesNo
    }

    fn in_words(question: &Question) -> String {
        wording::question_in_words(question)
    }
}

pub(super) async fn sheet<P: AtBallot>(path: P, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path).await?;
    require_counter(&visit, &opened)?;
    page(&SheetPage {
        shell: opened.shell(&visit),
        opened,
    })
}
