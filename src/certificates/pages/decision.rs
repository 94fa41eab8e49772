//! The certificates and flags of a decision: what is written on them, their numbers, printing.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    super::{
        access, actions,
        forms::Wording,
        model::{Certificate, Layout, Printer, Stationery},
        queries,
    },
    EntryPath, Opened, ShowPath, WordingPath,
};
use crate::{
    certificates::drawing,
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "certificates/show.html")]
struct ShowPage {
    shell: Shell,
    opened: Opened,
    form: Wording,
    errors: FieldErrors,
    printers: Vec<Printer>,
    /// Names that don't fit into their box, even in the smallest size.
    too_long: Vec<String>,
    holds: bool,
}

impl ShowPage {
    async fn new(db: &mut sqlx::PgConnection, visit: &Visit, opened: Opened) -> Result<Self> {
        let mut too_long = Vec::new();
        for stationery in Stationery::ALL {
            let (_, layout) = queries::layout(db, stationery).await?;
            too_long.extend(overflowing(&opened, &layout));
        }
        too_long.sort();
        too_long.dedup();
        Ok(Self {
            shell: visit.shell(),
            form: opened.wording.clone(),
            errors: FieldErrors::default(),
            printers: queries::printers(db).await?,
            holds: access::require_in_force(&opened.decision).is_ok(),
            too_long,
            opened,
        })
    }

    fn merits(&self) -> Vec<&Certificate> {
        self.opened.certificates.iter().filter(|c| !c.is_flag()).collect()
    }

    fn flags(&self) -> Vec<&Certificate> {
        self.opened.certificates.iter().filter(|c| c.is_flag()).collect()
    }

    fn is_entered(&self) -> bool {
        self.opened.certificates.iter().all(|c| c.number.is_some())
    }

    fn book_path(&self) -> String {
        format!(
            "/so-vang/{}",
            chrono::Datelike::year(&self.opened.content.issued_on)
        )
    }

    fn papers() -> Vec<(&'static str, &'static str)> {
        Stationery::ALL
            .map(|paper| (paper.slug(), paper.label()))
            .to_vec()
    }

    fn printer_choices(&self) -> Vec<(String, String)> {
        self.printers
            .iter()
            .map(|p| (p.id.to_string(), p.name.clone()))
            .collect()
    }
}

fn overflowing(opened: &Opened, layout: &Layout) -> Vec<String> {
    let merits = opened.certificates.iter().filter(|c| !c.is_flag());
    merits
        .filter(|certificate| {
            let sheet = drawing::sheet(certificate, &opened.wording, layout);
            sheet.words.iter().any(|words| words.fitted().overflows)
        })
        .map(|certificate| certificate.name.clone())
        .collect()
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, &visit, path.decision).await?;
    page(&ShowPage::new(&mut db, &visit, opened).await?)
}

pub(super) async fn save_wording(
    path: WordingPath,
    visit: Visit,
    Form(typed): Form<Wording>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = Opened::find(&mut tx, &visit, path.decision).await?;
    match actions::save_wording(&mut tx, visit.now, visit.actor()?, &opened.decision, &typed).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(opened.path(), "Đã lưu lời ghi trên bằng."))
        }
        Err(AppError::Invalid(errors)) => {
            let mut view = ShowPage::new(&mut tx, &visit, opened).await?;
            view.form = typed;
            view.errors = errors;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn enter(path: EntryPath, visit: Visit) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let opened = Opened::find(&mut tx, &visit, path.decision).await?;
    let entered = actions::enter_book(&mut tx, visit.now, visit.actor()?, &opened.decision).await?;
    tx.commit().await?;
    let message = format!("Đã ghi sổ vàng {entered} tập thể.");
    Ok(see_other(opened.path(), &message))
}
