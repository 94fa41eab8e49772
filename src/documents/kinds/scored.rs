//! A unit's points as papers tell them: only what the person who asks may know of them.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::Desk;
use crate::{
    criteria::{CriteriaSet, Criterion, Tally},
    documents::model::Figure,
    kit::{
        clock::{date_text, day},
        documents::model::Block,
        error::{AppError, Result},
    },
    papers::{self, Attachment},
    reports::{self, Content, Period},
    scoring::{self, Facts, Line, Scoring, Sheet, Stage, State, points_in},
    years::{Member, Year},
};

/// A unit's sheet with everything that papers tell of it.
pub(super) struct Scored {
    pub(super) year: Year,
    pub(super) member: Member,
    pub(super) scoring: Scoring,
    pub(super) sheet: Sheet,
    pub(super) facts: Facts,
    files: Vec<Attachment>,
    /// The figures of the unit's report that are estimates still: indicator and value.
    estimates: Vec<(String, Decimal)>,
}

/// Whose points: a column of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The unit's own.
    Own,
    /// The appraisers', before the unit explained.
    First,
    /// Those that count now.
    Current,
}

impl Scored {
    /// The sheet that the key names, once it is handed in. Who may not know its points gets the same 404 as for a sheet
    /// that doesn't exist.
    pub(super) async fn open(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Self> {
        let (year, slug) = desk.year(db).await?;
        let member = year.member(&slug).cloned().ok_or(AppError::NotFound)?;
        let scoring = scoring::find_scoring(db, year.id).await?.ok_or_else(|| {
            AppError::conflict(
                "Năm này chưa mở chấm điểm nên chưa có gì để in. Hãy mở chấm điểm và tự chấm trước.",
            )
        })?;
        let (sheet, facts) = scoring::find_visible(db, desk.actor, &year, &scoring, &slug, desk.now).await?;
        if sheet.state == State::Draft {
            return Err(AppError::conflict(
                "Đơn vị chưa nộp bảng tự chấm nên chưa có gì để in. Hãy nộp bảng tự chấm trước.",
            ));
        }
        let files = papers::history(db, "score_sheets", sheet.id).await?.attachments;
        let estimates = estimates(db, desk, &year, &slug).await?;
        Ok(Self {
            year,
            member,
            scoring,
            sheet,
            facts,
            files,
            estimates,
        })
    }

    /// `/cum/cum-3/2023/cham-diem/son-la`
    pub(super) fn path(&self) -> String {
        format!("{}/cham-diem/{}", self.year.path(), self.member.slug)
    }

    /// VUSTA's criteria and the cluster's.
    pub(super) fn sets(&self) -> impl Iterator<Item = &CriteriaSet> {
        std::iter::once(&self.scoring.set).chain(&self.scoring.supplement)
    }

    /// Whether appraisers have given points.
    pub(super) fn is_appraised(&self) -> bool {
        self.sheet.lines.iter().any(|line| line.appraised.is_some())
    }

    /// Whether the points are those that the appraisal came to.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self.sheet.state, State::Appraised | State::Locked)
    }

    /// The columns of points: those of the appraisal only once there are any, of two rounds where the unit has explained.
    pub(super) fn marks(&self) -> Vec<(Mark, &'static str)> {
        if !self.is_appraised() {
            vec![(Mark::Own, "Tự chấm")]
        } else if self.sheet.is_second_round() {
            vec![
                (Mark::Own, "Tự chấm"),
                (Mark::First, "Thẩm định lần một"),
                (Mark::Current, "Thẩm định lần hai"),
            ]
        } else {
            vec![(Mark::Own, "Tự chấm"), (Mark::Current, "Thẩm định")]
        }
    }

    /// The points of a line in a column; none where nobody has given any.
    pub(super) fn given(&self, mark: Mark, line: &Line) -> Option<Decimal> {
        match mark {
            Mark::Own => Some(line.own),
            Mark::Current => line.appraised,
            Mark::First => self.first(line),
        }
    }

    /// What the appraisers gave before the unit explained: a line that wasn't touched afterwards has it still.
    fn first(&self, line: &Line) -> Option<Decimal> {
        let of = |stage| {
            let mut changes = self.facts.changes.iter();
            changes.rfind(|c| c.criterion_id == line.criterion_id && c.stage == stage)
        };
        match (of(Stage::Appraisal), of(Stage::SecondAppraisal)) {
            (Some(first), _) => first.to,
            (None, Some(_)) => None,
            (None, None) => line.appraised,
        }
    }

    /// The sums of a column, where nobody has given points by the unit's own.
    pub(super) fn tally(&self, mark: Mark) -> Tally {
        match (mark, &self.sheet.result) {
            (Mark::Current, Some(result)) => result.clone(),
            _ => self
                .scoring
                .tally(self.member.unit_id, &self.sheet.lines, |line| {
                    self.given(mark, line).unwrap_or(line.own)
                }),
        }
    }

    /// Points as people write them.
    pub(super) fn points(&self, points: Decimal) -> String {
        self.scoring.set.rules.points_text(points)
    }

    /// The criteria at the top with their sums in a tally.
    pub(super) fn top_groups(&self) -> impl Iterator<Item = &Criterion> {
        self.sets().flat_map(|set| set.children(None))
    }

    /// Names of files and addresses that prove a line.
    pub(super) fn evidence(&self, criterion: &Criterion) -> Vec<String> {
        let files = self.files.iter().filter(|file| file.part == criterion.code);
        let mut all: Vec<String> = files.map(|file| file.file_name.clone()).collect();
        if let Some(line) = self.sheet.line(criterion.id) {
            all.extend(line.proofs.iter().map(|proof| proof.name.clone()));
            all.extend(line.links.iter().cloned());
        }
        all
    }

    /// How a line's points were computed; told where the figure is an estimate.
    pub(super) fn working(&self, criterion: &Criterion, line: &Line) -> String {
        let is_estimate = self.estimates.iter().any(|(code, value)| {
            criterion.indicator.as_ref() == Some(code) && line.basis.actual == Some(*value)
        });
        let mark = if is_estimate { " (ước)" } else { "" };
        format!("{}{mark}", line.working)
    }

    /// Who appraises the unit, in words.
    pub(super) fn appraiser(&self) -> String {
        let appraiser = self.scoring.appraiser_of(self.member.unit_id);
        match appraiser.map(|a| a.appraiser_unit_id) {
            None => "chưa phân công".to_owned(),
            Some(None) => "tổ thẩm định của cụm".to_owned(),
            Some(Some(unit)) => {
                let found = self.year.member_of(unit);
                found.map_or_else(String::new, |m| m.short_name.clone())
            }
        }
    }

    /// By which criteria, as a sentence each.
    pub(super) fn criteria(&self) -> Vec<Block> {
        let set = &self.scoring.set;
        let year = format!("năm {}", set.year);
        let year = if set.title.contains(&year) {
            String::new()
        } else {
            format!(" {year}")
        };
        let mut lines = vec![format!(
            "Căn cứ chấm điểm: {}{year} (bản\u{a0}{}).",
            set.title, set.number
        )];
        if let Some(supplement) = &self.scoring.supplement {
            lines.push(format!("Phần bổ sung của cụm: {}.", supplement.title));
        }
        lines
            .into_iter()
            .map(|line| Block::Paragraph(line.into()))
            .collect()
    }

    /// When it was handed in; empty where nobody wrote it down.
    pub(super) fn handed_in(&self) -> String {
        let late = self.sheet.late_days.filter(|days| *days > 0);
        let late = late.map_or_else(String::new, |days| format!(", chậm {days} ngày"));
        let at = self.sheet.submitted_at.map(|at| date_text(day(at)));
        at.map_or_else(String::new, |at| format!("ngày {at}{late}"))
    }

    /// What units object to and what they were answered, a line each.
    pub(super) fn objections(&self) -> Vec<Block> {
        let all = self.facts.objections.iter().map(|objection| {
            let criterion = self.scoring.scored().find(|c| c.id == objection.criterion_id);
            let code = criterion.map_or("", |c| c.code.as_str());
            let answer = objection.answer.as_deref().unwrap_or("chưa trả lời");
            Block::Dash(
                format!(
                    "Tiêu chí {code}: {} Trả lời: {}",
                    ended(&objection.text),
                    ended(answer)
                )
                .into(),
            )
        });
        all.collect()
    }

    /// Totals and the points of the groups, as issued papers keep them.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let figure = |label: String, points| Figure {
            label,
            value: self.points(points),
            path: self.path(),
        };
        let own = self.tally(Mark::Own);
        let mut figures = vec![figure("Tổng điểm tự chấm".to_owned(), own.total)];
        if self.is_appraised() {
            let current = self.tally(Mark::Current);
            figures.push(figure("Tổng điểm thẩm định".to_owned(), current.total));
            figures.extend(self.top_groups().map(|group| {
                let label = format!("Điểm thẩm định nhóm {}", group.code);
                figure(label, points_in(&current, group))
            }));
        }
        figures
    }
}

/// The estimates in a unit's report, as far as this person may know it.
async fn estimates(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    year: &Year,
    slug: &str,
) -> Result<Vec<(String, Decimal)>> {
    let report = match reports::find_visible(db, desk.actor, year, Period::Annual, slug).await {
        Ok(report) => report,
        Err(AppError::NotFound) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let figures = report.content.iter().flat_map(Content::all_figures);
    let open = figures.filter(|figure| figure.is_open_estimate());
    Ok(open
        .filter_map(|figure| Some((figure.code.clone()?, figure.reached)))
        .collect())
}

/// The text with a mark at its end.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ';']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The same table with these rows in bold.
pub(super) fn strong(block: Block, rows: &[usize]) -> Block {
    match block {
        Block::Table(mut table) => {
            for at in rows {
                if let Some(row) = table.rows.get_mut(*at) {
                    row.is_strong = true;
                }
            }
            Block::Table(table)
        }
        other => other,
    }
}
