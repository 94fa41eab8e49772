//! A new table: for which year, whose, out of what.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::Datelike;
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        forms::{NewForm, Source},
        queries,
    },
    NewPath,
};
use crate::{
    clusters::{self, Cluster},
    criteria::SetRow,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/new.html")]
struct NewPage {
    shell: Shell,
    form: NewForm,
    errors: FieldErrors,
    owners: Vec<(String, String)>,
    sources: Vec<(String, String)>,
}

/// The clusters whose supplements this person writes. Who writes no table at all is refused.
async fn own_clusters(db: &mut PgConnection, visit: &Visit) -> Result<Vec<Cluster>> {
    let actor = visit.actor()?;
    if !access::writes_any(actor) {
        access::require_writer(actor, None)?;
    }
    let mut clusters = clusters::all(db).await?;
    clusters.retain(|c| access::writes(actor, Some(c.id)));
    Ok(clusters)
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    form: NewForm,
    errors: FieldErrors,
    clusters: &[Cluster],
) -> Result<NewPage> {
    let actor = visit.actor()?;
    let mut earlier = queries::list_visible(db, actor).await?;
    earlier.retain(|row| access::writes(actor, row.cluster_id));
    let mut owners: Vec<(String, String)> = Vec::new();
    let mut sources: Vec<(String, String)> = Vec::new();
    if access::writes(actor, None) {
        owners.push(("lhhvn".to_owned(), "LHHVN, dùng cho tất cả các cụm".to_owned()));
        sources.push(("mau".to_owned(), "Mẫu đề xuất 100 điểm".to_owned()));
    }
    owners.extend(
        clusters
            .iter()
            .map(|c| (c.slug.clone(), format!("Bổ sung của {}", c.name))),
    );
    let words = |row: &SetRow| {
        format!(
            "Chép bảng của {}, năm {}, bản {} ({})",
            row.owner(),
            row.year,
            row.number,
            row.state.label()
        )
    };
    sources.extend(earlier.iter().map(|row| (row.id.to_string(), words(row))));
    sources.push(("trong".to_owned(), "Bảng trống".to_owned()));
    Ok(NewPage {
        shell: visit.shell(),
        form,
        errors,
        owners,
        sources,
    })
}

pub(super) async fn form(_: NewPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let clusters = own_clusters(&mut db, &visit).await?;
    let mut form = NewForm {
        year: clock::day(visit.now).year().to_string(),
        ..NewForm::default()
    };
    let mut view = view(&mut db, &visit, form.clone(), FieldErrors::default(), &clusters).await?;
    // What most begin with: one's own table, out of the first source.
    form.whose = view
        .owners
        .first()
        .map(|(code, _)| code.clone())
        .unwrap_or_default();
    form.source = view
        .sources
        .first()
        .map(|(code, _)| code.clone())
        .unwrap_or_default();
    view.form = form;
    page(&view)
}

pub(super) async fn create(_: NewPath, visit: Visit, Form(form): Form<NewForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let clusters = own_clusters(&mut tx, &visit).await?;
    let errors = match form.check(&clusters) {
        Ok(input) => match actions::create(&mut tx, visit.now, visit.actor()?, &input).await {
            Ok(id) => {
                tx.commit().await?;
                let message = match input.source {
                    Source::Empty => "Đã lập bảng trống. Hãy thêm các nhóm và tiêu chí.",
                    Source::Proposal | Source::Copy(_) => "Đã lập bản nháp. Hãy rà soát trước khi ban hành.",
                };
                return Ok(see_other(format!("/tieu-chi/{id}"), message));
            }
            Err(AppError::Invalid(errors)) => errors,
            Err(error) => return Err(error),
        },
        Err(errors) => errors,
    };
    // A refused statement ends its transaction: the page is read outside of it.
    drop(tx);
    let mut db = visit.db().await?;
    let view = view(&mut db, &visit, form, errors, &clusters).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
