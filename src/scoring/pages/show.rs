//! One unit's sheet: why these points. Every line with its evidence, what was computed, who gave how many, and why.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        model::{Line, Points, Sheet, State},
        pictures::{CornerOf, Radar},
        queries,
        workflow::Action,
    },
    Opened, ShowPath, open,
    sheet_view::{self, Row},
};
use crate::{
    criteria::{Side, Tally},
    kit::{clock::Moment, error::Result},
    papers::{Event, ReceiptView},
    people::Actor,
    web::{Visit, filters, page, shell::Shell},
};
use rust_decimal::Decimal;

#[derive(Template)]
#[template(path = "scoring/show.html")]
struct ShowPage {
    shell: Shell,
    opened: Opened,
    rows: Vec<Row>,
    own: Tally,
    tally: Tally,
    may: May,
    receipt: Option<ReceiptView>,
    history: Vec<Event>,
    appraiser: String,
    radar: Option<Radar>,
    is_frozen: bool,
    /// Whether appraisers have given points.
    is_appraised: bool,
}

impl ShowPage {
    /// By which official papers name the sheet.
    fn key(&self) -> String {
        let year = &self.opened.year;
        format!("{}.{}.{}", year.cluster.slug, year.year, self.opened.member.slug)
    }
}

/// The buttons the page offers: the same rules as the acts themselves.
struct May {
    save: bool,
    submit: bool,
    withdraw: bool,
    appraise: bool,
    explain: bool,
    reopen: bool,
    object: bool,
    answer: bool,
}

impl May {
    fn of(actor: &Actor, opened: &Opened) -> Self {
        let sheet = &opened.sheet;
        let offers = |action| access::offers(actor, action, &opened.scoring, sheet);
        Self {
            save: offers(Action::Save),
            submit: offers(Action::Submit) && sheet.is_begun(),
            withdraw: offers(Action::Withdraw),
            appraise: offers(Action::Appraise),
            explain: offers(Action::Explain),
            reopen: offers(Action::Reopen),
            object: sheet.state == State::Appraised && sheet.year_is_open && actor.leads(sheet.unit_id),
            answer: access::require_secretariat(actor, &opened.year).is_ok(),
        }
    }
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = open(&mut db, &visit, &path.cluster, path.year, &path.unit).await?;
    let actor = visit.actor()?;
    let unit = opened.sheet.unit_id;
    let own = opened.scoring.tally(unit, &opened.sheet.lines, |line| line.own);
    let tally = match &opened.sheet.result {
        Some(result) => result.clone(),
        None => opened.scoring.tally(unit, &opened.sheet.lines, Line::points),
    };
    let is_frozen = opened.sheet.state != State::Draft;
    let radar = if is_frozen {
        let sheets = queries::of_year(&mut db, actor, &opened.year, &opened.scoring, visit.now).await?;
        radar(&opened, &tally, &sheets)
    } else {
        None
    };
    page(&ShowPage {
        shell: visit.shell_in(&opened.year.place()),
        rows: sheet_view::rows(&opened, &tally),
        may: May::of(actor, &opened),
        receipt: opened.history.receipt().filter(|_| is_frozen),
        history: events(&opened),
        appraiser: appraiser(&opened),
        own,
        tally,
        radar,
        is_appraised: is_frozen && opened.sheet.lines.iter().any(|line| line.appraised.is_some()),
        is_frozen,
        opened,
    })
}

/// The unit against the average of the sheets that this person sees; none where it sees no other.
fn radar(opened: &Opened, tally: &Tally, sheets: &[Sheet<Points>]) -> Option<Radar> {
    let others: Vec<Tally> = sheets
        .iter()
        .filter(|s| s.state != State::Draft)
        .map(|s| opened.scoring.tally(s.unit_id, &s.lines, Points::points))
        .collect();
    if others.len() < 2 {
        return None;
    }
    let count = Decimal::from(others.len());
    let corners: Vec<CornerOf> = sheet_view::top_groups(&opened.scoring)
        .into_iter()
        .filter(|group| opened.scoring.set.side(group) == Side::Base && group.maximum > Decimal::ZERO)
        .map(|group| CornerOf {
            label: group.code.clone(),
            name: group.name.clone(),
            own: sheet_view::points_in(tally, group),
            average: others
                .iter()
                .map(|t| sheet_view::points_in(t, group))
                .sum::<Decimal>()
                / count,
            maximum: group.maximum,
        })
        .collect();
    let title = format!(
        "{} so với trung bình của cụm, theo nhóm tiêu chí",
        opened.member.place
    );
    (corners.len() >= 3).then(|| Radar::new(&title, &corners, |points| opened.points(&points)))
}

/// Who appraises the unit, in words.
fn appraiser(opened: &Opened) -> String {
    match opened.scoring.appraiser_of(opened.sheet.unit_id) {
        None => "chưa phân công".to_owned(),
        Some(a) => match a.appraiser_unit_id {
            None => "tổ thẩm định của cụm".to_owned(),
            Some(id) => opened
                .year
                .members
                .iter()
                .find(|m| m.unit_id == id)
                .map_or_else(String::new, |m| m.short_name.clone()),
        },
    }
}

/// Receipts and what came after, newest first.
fn events(opened: &Opened) -> Vec<Event> {
    let fact = |at: Option<Moment>, who: &str, what: &str| at.map(|at| Event::new(who, what, at, None));
    let more = [
        fact(
            opened.sheet.appraised_at,
            &appraiser(opened),
            "hoàn tất thẩm định",
        ),
        fact(opened.sheet.locked_at, "Hội nghị", "xác nhận điểm"),
    ];
    opened
        .history
        .events("bảng tự chấm", |code| code, more.into_iter().flatten().collect())
}
