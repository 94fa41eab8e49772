//! Whom a cluster puts before VUSTA: the list of nominees that goes with the submission.

use sqlx::PgConnection;

use super::{
    super::{forms::Section, model::Figure},
    Desk, Prepared, Text,
    blocks::grid,
    past::{self, PastAward},
    section,
};
use crate::{
    awards::{self, Awards},
    conferences::{self, Content, access::sees_result, counting},
    kit::{
        documents::model::{Align, Block},
        error::{AppError, Result},
        values::{percent_text, whole_text},
    },
    nominations::{self, Nomination, State},
    reports::{self, Period, Progress},
    units,
    years::Year,
};

/// A nominee with everything that the list says.
#[derive(Clone)]
pub(super) struct Nominee {
    nomination: Nomination,
    pub(super) unit: String,
    award: String,
    short_award: String,
    past: Vec<PastAward>,
    /// How many of the registered targets were reached; none where no report is known.
    reached: Option<(usize, usize)>,
}

impl Nominee {
    /// The part of the list in which people sum up what the unit achieved.
    fn section_code(&self) -> String {
        format!("summary-{}-{}", self.nomination.unit_slug, self.nomination.award)
    }

    fn section(&self) -> Section {
        let first = self.reached.map_or_else(String::new, |(good, all)| {
            format!(
                "Đạt và vượt {good}/{all} chỉ tiêu thi đua đã đăng ký năm {}.",
                self.nomination.place.year
            )
        });
        let heading = format!(
            "Tóm tắt thành tích: {} ({})",
            self.nomination.unit_name, self.short_award
        );
        section(&self.section_code(), &heading, first)
    }

    /// `7/8 (87,50%)`
    pub(super) fn votes(&self) -> String {
        let share = counting::share(self.nomination.votes_for, self.nomination.votes_of);
        format!("{} ({})", self.nomination.votes(), percent_text(share))
    }
}

/// What both papers say.
#[derive(Clone)]
pub(super) struct Facts {
    pub(super) year: i32,
    pub(super) cluster: String,
    pub(super) nominees: Vec<Nominee>,
    pub(super) conference: Option<Content>,
}

impl Facts {
    /// What this person may know of it.
    pub(super) async fn of(db: &mut PgConnection, desk: &Desk<'_>, year: &Year) -> Result<Self> {
        let awards = awards::all(db).await?;
        let mut nominees = Vec::new();
        for nomination in nominations::of_year(db, desk.actor, year).await? {
            if nomination.state.was_acclaimed() && nomination.state != State::Withdrawn {
                nominees.push(nominee(db, desk, year, nomination, &awards).await?);
            }
        }
        if nominees.is_empty() {
            return Err(AppError::conflict(
                "Chưa có đơn vị nào được hội nghị suy tôn, đề nghị khen thưởng nên chưa có gì để trình.",
            ));
        }
        let conference = conferences::find(db, year).await?;
        Ok(Self {
            year: year.year,
            cluster: year.cluster.name.clone(),
            nominees,
            conference: conference.content.clone().filter(|_| sees_result(&conference)),
        })
    }

    /// The nominees of each award, in the order of the catalogue.
    pub(super) fn by_award(&self) -> Vec<(&str, Vec<&Nominee>)> {
        let mut groups: Vec<(&str, Vec<&Nominee>)> = Vec::new();
        for nominee in &self.nominees {
            match groups.last_mut() {
                Some((award, list)) if *award == nominee.award => list.push(nominee),
                _ => groups.push((&nominee.award, vec![nominee])),
            }
        }
        groups
    }

    /// What people write in the list.
    pub(super) fn sections(&self) -> Vec<Section> {
        self.nominees.iter().map(Nominee::section).collect()
    }

    /// The figures of the submission.
    pub(super) fn figures(&self, path: &str) -> Vec<Figure> {
        let figure = |label: String, value: String| Figure {
            label,
            value,
            path: path.to_owned(),
        };
        let counts = self
            .by_award()
            .into_iter()
            .map(|(award, list)| figure(format!("Số đơn vị đề nghị: {award}"), whole_text(list.len())));
        let votes = self.nominees.iter().map(|nominee| {
            figure(
                format!("Số phiếu: {} ({})", nominee.unit, nominee.short_award),
                nominee.nomination.votes(),
            )
        });
        counts.chain(votes).collect()
    }
}

async fn nominee(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    year: &Year,
    nomination: Nomination,
    awards: &Awards,
) -> Result<Nominee> {
    let slug = &nomination.unit_slug;
    let report = match reports::find_visible(db, desk.actor, year, Period::Annual, slug).await {
        Ok(report) => report.content,
        Err(AppError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let registered = report.map(|content| {
        let figures = content.all_figures();
        let verdicts: Vec<bool> = figures
            .filter_map(|f| Progress::of(f, Period::Annual))
            .map(|progress| progress.verdict().is_good())
            .collect();
        (verdicts.iter().filter(|good| **good).count(), verdicts.len())
    });
    let unit = units::find(db, nomination.unit_id).await?;
    Ok(Nominee {
        award: awards.name(&nomination.award),
        short_award: awards.short_name(&nomination.award),
        past: past::before(db, unit.id, None, year.year).await?,
        unit: unit.name,
        reached: registered.filter(|(_, all)| *all > 0),
        nomination,
    })
}

/// Danh sách trích ngang (domain: document 15). It goes with the submission, which takes what people wrote from here.
pub(super) async fn list(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let facts = Facts::of(db, desk, &year).await?;
    let offered = facts.clone();
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| {
            let total = format!("Danh sách này có {:02} tập thể.", facts.nominees.len());
            Text {
                is_landscape: true,
                ..Text::of(vec![
                    table(&facts, |code| wording.section(code).to_owned()),
                    Block::Paragraph(total.into()),
                ])
            }
        })
        .await?;
    prepared.offered.subject = format!(
        "Tập thể đề nghị khen thưởng năm {} của {}",
        year.year, year.cluster.name
    );
    prepared.offered.symbol = String::new();
    prepared.offered.recipients = String::new();
    prepared.offered.sections = offered.sections();
    prepared.is_open_to_readers = true;
    prepared.sent_to = Vec::new();
    prepared.back = back(&year);
    Ok(prepared)
}

pub(super) fn back(year: &Year) -> (String, String) {
    (
        format!("{}/khen-thuong", year.path()),
        format!("Hồ sơ khen thưởng năm {}", year.year),
    )
}

/// The table of nominees; `summary` is what people wrote of each.
pub(super) fn table(facts: &Facts, summary: impl Fn(&str) -> String) -> Block {
    let rows = facts.nominees.iter().enumerate().map(|(at, nominee)| {
        let past: Vec<String> = nominee.past.iter().map(PastAward::line).collect();
        vec![
            (at + 1).to_string(),
            nominee.unit.clone(),
            summary(&nominee.section_code()),
            if past.is_empty() {
                "–".to_owned()
            } else {
                past.join("\n")
            },
            nominee.award.clone(),
            nominee.votes(),
        ]
    });
    grid(
        &[
            ("TT", 1, Align::Centre),
            ("Tên tập thể", 5, Align::Left),
            ("Tóm tắt thành tích", 8, Align::Left),
            (
                "Danh hiệu, hình thức khen thưởng đã nhận (số, ngày quyết định)",
                6,
                Align::Left,
            ),
            ("Hình thức đề nghị", 4, Align::Left),
            ("Số phiếu của cụm", 3, Align::Centre),
        ],
        rows,
    )
}
