//! A table, to be read and printed; while it is a draft with its sums and the ways to change it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use sqlx::PgConnection;

use super::{
    super::{
        access,
        bound::Bindable,
        model::{CriteriaSet, Criterion, Kind},
        queries,
        sums::{self, Checked},
        wording,
        workflow::Action,
    },
    ShowPath,
};
use crate::{
    criteria::SetRow,
    ids::CriteriaSetId,
    kit::{error::Result, fields::FieldErrors},
    web::{Visit, filters, page, page_with, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/show.html")]
struct ShowPage {
    shell: Shell,
    owner: String,
    set: CriteriaSet,
    bindable: Bindable,
    checked: Checked,
    /// What an act was refused for; else a draft's problems are shown as what is still to do.
    errors: FieldErrors,
    /// The other versions of the year and the years before that this one can be compared with.
    others: Vec<SetRow>,
    whose: String,
    may_write: bool,
    may_save: bool,
    may_issue: bool,
    may_close: bool,
}

impl ShowPage {
    fn anchor(criterion: &Criterion) -> String {
        sums::anchor(criterion.id)
    }

    fn sentence(criterion: &Criterion) -> String {
        wording::sentence(criterion)
    }

    /// The class of a row by how deep it stands.
    fn class_of(&self, criterion: &Criterion) -> &'static str {
        match (&criterion.kind, self.set.depth(criterion)) {
            (Kind::Group, 0) => "criteria-group",
            (Kind::Group, _) => "criteria-subgroup",
            _ => "",
        }
    }

    /// A group's sum, as long as it can be put right.
    fn sum_of(&self, criterion: &Criterion) -> Option<&sums::Sum> {
        self.checked.of(criterion.id).filter(|_| self.may_save)
    }

    /// Classes as a line: `từ 90 điểm: Hoàn thành xuất sắc nhiệm vụ`.
    fn steps(&self) -> Vec<String> {
        self.set
            .rules
            .ties
            .iter()
            .map(super::super::model::TieStep::label)
            .collect()
    }
}

async fn view(
    db: &mut PgConnection,
    visit: &Visit,
    id: CriteriaSetId,
    errors: FieldErrors,
) -> Result<ShowPage> {
    let actor = visit.actor()?;
    let set = queries::find_visible(db, actor, id).await?;
    let mut others = queries::list_visible(db, actor).await?;
    others.retain(|row| row.cluster_id == set.cluster_id);
    let owner = others
        .first()
        .map(|row| row.owner().to_owned())
        .unwrap_or_default();
    others.retain(|row| row.id != set.id);
    let whose = match set.cluster_id {
        None => "lhhvn".to_owned(),
        Some(cluster) => crate::clusters::all(db)
            .await?
            .into_iter()
            .find(|c| c.id == cluster)
            .map(|c| c.slug)
            .unwrap_or_default(),
    };
    Ok(ShowPage {
        shell: visit.shell(),
        owner,
        bindable: Bindable::of(db, actor, set.year).await?,
        checked: sums::check(&set),
        errors,
        others,
        whose,
        may_write: access::writes(actor, set.cluster_id),
        may_save: access::offers(actor, Action::Save, &set),
        may_issue: access::offers(actor, Action::Issue, &set),
        may_close: access::offers(actor, Action::Close, &set),
        set,
    })
}

pub(super) async fn show(path: ShowPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&view(&mut db, &visit, path.set, FieldErrors::default()).await?)
}

/// The same page for an act that was refused, with what must be put right.
pub(super) async fn refused(visit: &Visit, id: CriteriaSetId, errors: FieldErrors) -> Result<Response> {
    let mut db = visit.db().await?;
    let view = view(&mut db, visit, id, errors).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
