//! Whom a cluster puts before VUSTA: the list of nominees that goes with the submission.

use sqlx::PgConnection;

use super::{
    super::{forms::Section, model::Figure},
    Desk, Prepared, Text,
    blocks::{grid, heads, whom},
    past::{self, PastAward},
    section,
};
use crate::{
    awards::{self, Awards},
    conferences::{self, Content, access::sees_result, counting},
    kit::{
        documents::model::{Align, Block, Rich},
        error::{AppError, Result},
        text::capital,
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
    unit: String,
    award: String,
    short_award: String,
    past: Vec<PastAward>,
    /// How many of the registered targets were reached; none where no report is known.
    reached: Option<(usize, usize)>,
}

impl Nominee {
    /// The part of the list in which people sum up what the unit achieved.
    fn section_code(&self) -> String {
        match &self.nomination.person {
            Some(_) => format!("summary-{}", self.nomination.id),
            None => format!("summary-{}-{}", self.nomination.unit_slug, self.nomination.award),
        }
    }

    /// Who it is: the unit, or the person with post and unit.
    pub(super) fn name(&self) -> String {
        match &self.nomination.person {
            Some(person) => format!("{}, {}", person.with_position(), self.unit),
            None => self.unit.clone(),
        }
    }

    fn is_person(&self) -> bool {
        self.nomination.person.is_some()
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
            self.nomination.nominee(),
            self.short_award
        );
        section(&self.section_code(), &heading, first)
    }

    /// `7/8 (87,50%)`, of the cluster for a unit, of the unit for a person.
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
                "Chưa có đơn vị nào được hội nghị suy tôn, chưa có cá nhân nào được đề nghị khen thưởng nên chưa có gì để trình.",
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

    /// How many they are: `02 tập thể và 01 cá nhân`.
    pub(super) fn heads(&self) -> String {
        heads_of(&self.nominees.iter().collect::<Vec<_>>())
    }

    /// Whether there are persons among them.
    pub(super) fn names_persons(&self) -> bool {
        self.nominees.iter().any(Nominee::is_person)
    }

    /// Who they are, in the titles.
    pub(super) fn whom(&self) -> &'static str {
        let has_units = self.nominees.iter().any(|nominee| !nominee.is_person());
        whom(has_units, self.names_persons())
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
            .map(|(award, list)| figure(format!("Số đề nghị: {award}"), whole_text(list.len())));
        let votes = self.nominees.iter().map(|nominee| {
            figure(
                format!("Số phiếu: {} ({})", nominee.name(), nominee.short_award),
                nominee.nomination.votes(),
            )
        });
        counts.chain(votes).collect()
    }
}

/// How many of these are units, and how many persons.
pub(super) fn heads_of(nominees: &[&Nominee]) -> String {
    let persons = nominees.iter().filter(|nominee| nominee.is_person()).count();
    heads(nominees.len() - persons, persons)
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
    let person = nomination.person.as_ref().map(|person| person.full_name.as_str());
    Ok(Nominee {
        award: awards.name(&nomination.award),
        short_award: awards.short_name(&nomination.award),
        past: past::before(db, unit.id, person, year.year).await?,
        unit: unit.name,
        // What the unit reached is no achievement of one person.
        reached: registered.filter(|(_, all)| *all > 0 && person.is_none()),
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
            let mut body = tables(&facts, |code| wording.section(code).to_owned());
            body.push(Block::Paragraph(
                format!("Danh sách này có {}.", facts.heads()).into(),
            ));
            Text {
                is_landscape: true,
                ..Text::of(body)
            }
        })
        .await?;
    prepared.offered.subject = format!(
        "{} đề nghị khen thưởng năm {} của {}",
        capital(offered.whom()),
        year.year,
        year.cluster.name
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

/// The tables of nominees, the units first; `summary` is what people wrote of each.
pub(super) fn tables(facts: &Facts, summary: impl Fn(&str) -> String) -> Vec<Block> {
    let (persons, units): (Vec<&Nominee>, Vec<&Nominee>) =
        facts.nominees.iter().partition(|nominee| nominee.is_person());
    let is_both = !units.is_empty() && !persons.is_empty();
    let mut body = Vec::new();
    for (title, list) in [("A. TẬP THỂ", units), ("B. CÁ NHÂN", persons)] {
        if list.is_empty() {
            continue;
        }
        if is_both {
            body.push(Block::Centred(Rich::default().bold(title.to_owned())));
        }
        body.push(table(&list, &summary));
    }
    body
}

/// A table of units, or of persons with year of birth and post.
fn table(list: &[&Nominee], summary: &impl Fn(&str) -> String) -> Block {
    let rows = list.iter().enumerate().map(|(at, nominee)| {
        let past: Vec<String> = nominee.past.iter().map(PastAward::line).collect();
        let mut row = vec![(at + 1).to_string()];
        match &nominee.nomination.person {
            Some(person) => row.extend([
                person.full_name.clone(),
                person.birth_year.to_string(),
                format!("{}, {}", person.position, nominee.unit),
            ]),
            None => row.push(nominee.unit.clone()),
        }
        row.extend([
            summary(&nominee.section_code()),
            if past.is_empty() {
                "–".to_owned()
            } else {
                past.join("\n")
            },
            nominee.award.clone(),
            nominee.votes(),
        ]);
        row
    });
    let who: &[_] = if list.iter().any(|nominee| nominee.is_person()) {
        &[
            ("Họ và tên", 4, Align::Left),
            ("Năm sinh", 2, Align::Centre),
            ("Chức vụ, đơn vị", 5, Align::Left),
        ]
    } else {
        &[("Tên tập thể", 5, Align::Left)]
    };
    let rest = [
        ("Tóm tắt thành tích", 8, Align::Left),
        (
            "Danh hiệu, hình thức khen thưởng đã nhận (số, ngày quyết định)",
            6,
            Align::Left,
        ),
        ("Hình thức đề nghị", 4, Align::Left),
        ("Số phiếu", 3, Align::Centre),
    ];
    let columns: Vec<_> = std::iter::once(("TT", 1, Align::Centre))
        .chain(who.iter().copied())
        .chain(rest)
        .collect();
    grid(&columns, rows)
}
