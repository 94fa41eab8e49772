//! The table: units, awards, totals, who is missing; and the acts of those whose turn it is.

use askama::Template;
use axum::response::Response;

use super::{
    super::{
        access,
        model::{Content, Line, Total},
        queries,
        workflow::Action,
    },
    Opened, ShowPath,
};
use crate::{
    awards,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    papers::{self, Receipt, Return},
    web::{Visit, filters, page, shell::Shell},
    years::{Year, find_year},
};

#[derive(Template)]
#[template(path = "consolidations/show.html")]
pub(super) struct ShowPage {
    shell: Shell,
    opened: Opened,
    content: Content,
    /// The digest of that content, for the form that sends it.
    table: String,
    totals: Vec<Total>,
    receipt: Option<Receipt>,
    returns: Vec<Return>,
    may_note: bool,
    may_send: bool,
    may_return: bool,
    may_acknowledge: bool,
    errors: FieldErrors,
    typed_note: String,
    typed_reason: String,
}

impl ShowPage {
    /// The page; `typed` keeps what was typed into a form that had errors: remark, reason.
    pub(super) async fn new(
        db: &mut sqlx::PgConnection,
        visit: &Visit,
        opened: Opened,
        errors: FieldErrors,
        typed: (Option<String>, String),
    ) -> Result<Self> {
        let awards = awards::all(db).await?;
        let history = papers::history(db, "consolidations", opened.consolidation.id).await?;
        let content = opened.content(visit)?;
        let actor = visit.actor()?;
        let offers = |action| access::offers(actor, action, &opened.consolidation);
        Ok(Self {
            shell: visit.shell_in(&opened.year.place()),
            totals: content.totals(&awards),
            receipt: history
                .receipts
                .into_iter()
                .next()
                .filter(|_| !opened.consolidation.state.is_live()),
            returns: history.returns,
            may_note: offers(Action::Note),
            may_send: offers(Action::Send) && !content.lines.is_empty(),
            may_return: offers(Action::Return),
            may_acknowledge: offers(Action::Acknowledge),
            typed_note: typed.0.unwrap_or_else(|| content.note.clone()),
            typed_reason: typed.1,
            errors,
            table: content.digest()?,
            content,
            opened,
        })
    }

    /// A cell of the table: `tập thể`, `2 cá nhân`, both or a dash.
    fn cell(line: &Line, award: &str) -> String {
        match line.number_of(award) {
            (0, 0) => "–".to_owned(),
            (_, 0) => "tập thể".to_owned(),
            (0, n) => format!("{n} cá nhân"),
            (_, n) => format!("tập thể, {n} cá nhân"),
        }
    }

    /// A cell of the last row.
    fn counts(total: &Total) -> String {
        match (total.units, total.persons) {
            (0, 0) => "–".to_owned(),
            (n, 0) => format!("{n} tập thể"),
            (0, n) => format!("{n} cá nhân"),
            (units, persons) => format!("{units} tập thể, {persons} cá nhân"),
        }
    }

    /// The unit in a word: its province, as it is called everywhere on the pages of a cluster.
    fn place_of<'a>(&'a self, line: &'a Line) -> &'a str {
        let member = self.opened.year.member(&line.slug);
        member.map_or(&line.unit, |member| &member.place)
    }

    fn sum_of_targets(&self) -> usize {
        self.content.lines.iter().map(|line| line.targets).sum()
    }

    fn sum_of_initiatives(&self) -> usize {
        self.content.lines.iter().map(|line| line.initiatives).sum()
    }
}

/// The page of those who may know that there will be a table, before it is sent: the menu leads everybody here.
#[derive(Template)]
#[template(path = "consolidations/waiting.html")]
struct WaitingPage {
    shell: Shell,
    year: Year,
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let consolidation = match queries::find_visible(&mut db, visit.actor()?, &year).await {
        Ok(consolidation) => consolidation,
        Err(AppError::NotFound) => {
            let shell = visit.shell_in(&year.place());
            return page(&WaitingPage { shell, year });
        }
        Err(error) => return Err(error),
    };
    let opened = Opened::of(&mut db, &visit, year, consolidation).await?;
    page(
        &ShowPage::new(
            &mut db,
            &visit,
            opened,
            FieldErrors::default(),
            (None, String::new()),
        )
        .await?,
    )
}
