//! The form of a group or line, and moving and removing it.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{
        access, actions,
        bound::Bindable,
        forms::LineForm,
        model::{CriteriaSet, Criterion, Fact, Kind, Measured},
        queries, wording,
        workflow::Action,
    },
    AddPath, LinePath, LineRemovalPath, ShiftPath,
};
use crate::{
    ids::{CriteriaSetId, CriterionId},
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
    },
    web::{Form, Visit, page, page_with, see_other, shell::Shell},
};

#[derive(Template)]
#[template(path = "criteria/line.html")]
struct LinePage {
    shell: Shell,
    set: CriteriaSet,
    bindable: Bindable,
    /// The criterion as it is; none for a new one.
    known: Option<Criterion>,
    form: LineForm,
    errors: FieldErrors,
    conflict: Option<String>,
}

impl LinePage {
    fn new(
        visit: &Visit,
        set: CriteriaSet,
        bindable: Bindable,
        known: Option<Criterion>,
        form: LineForm,
    ) -> Self {
        Self {
            shell: visit.shell(),
            set,
            bindable,
            known,
            form: form.with_spare_rows(),
            errors: FieldErrors::default(),
            conflict: None,
        }
    }

    fn action(&self) -> String {
        match &self.known {
            Some(known) => format!("{}/muc/{}", self.set.path(), known.id),
            None => self.set.path(),
        }
    }

    fn groups(&self) -> Vec<(String, String)> {
        let groups = self.set.groups_for(self.known.as_ref().map(|c| c.id));
        let words = |group: &&Criterion| (group.id.to_string(), format!("{} {}", group.code, group.name));
        groups.iter().map(words).collect()
    }

    fn kinds() -> Vec<(&'static str, String)> {
        let zero = rust_decimal::Decimal::ZERO;
        let all = [
            (Kind::Group, "các tiêu chí bên trong cộng lại"),
            (
                Kind::TargetRatio {
                    points_at_target: zero,
                    full_at_percent: zero,
                    nothing_below_percent: zero,
                },
                "điền phần A",
            ),
            (
                Kind::Steps {
                    of: Measured::Value,
                    bands: Vec::new(),
                },
                "điền phần B",
            ),
            (Kind::Count { each: zero }, "điền phần C"),
            (Kind::YesNo, "có thì được điểm tối đa"),
            (Kind::Judged, "người thẩm định cho điểm"),
            (Kind::Bonus { each: None }, "phần C nếu tính theo lần"),
            (Kind::Deduction { each: None }, "phần C nếu tính theo lần"),
            (Kind::LeaderRelative, "xem chú ý dưới đây"),
        ];
        all.iter()
            .map(|(kind, hint)| {
                (
                    kind.code(),
                    format!("{} ({hint})", wording::capital(kind.label())),
                )
            })
            .collect()
    }

    fn measures() -> Vec<(&'static str, &'static str)> {
        Measured::ALL.iter().map(|m| (m.code(), m.label())).collect()
    }

    fn facts() -> Vec<(&'static str, &'static str)> {
        Fact::ALL.iter().map(|f| (f.code(), f.label())).collect()
    }

    fn warning() -> &'static str {
        wording::LEADER_WARNING
    }
}

/// In which group a new line stands: `?nhom=`.
#[derive(Deserialize)]
pub(super) struct Place {
    nhom: Option<CriterionId>,
}

/// The draft with one of its criteria, for somebody who writes it.
async fn open(
    db: &mut PgConnection,
    visit: &Visit,
    set: CriteriaSetId,
    criterion: CriterionId,
) -> Result<(CriteriaSet, Criterion)> {
    let set = queries::find_visible(db, visit.actor()?, set).await?;
    let known = set.criterion(criterion).cloned().ok_or(AppError::NotFound)?;
    access::require(visit.actor()?, Action::Save, &set)?;
    Ok((set, known))
}

pub(super) async fn add_form(path: AddPath, Query(place): Query<Place>, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let set = queries::find_visible(&mut db, visit.actor()?, path.set).await?;
    access::require(visit.actor()?, Action::Save, &set)?;
    let form = LineForm {
        version: set.version,
        parent: place.nhom.map(|id| id.to_string()).unwrap_or_default(),
        kind: if place.nhom.is_some() { "judged" } else { "group" }.to_owned(),
        code: next_code(&set, place.nhom),
        ..LineForm::default()
    };
    let bindable = Bindable::of(&mut db, visit.actor()?, set.year).await?;
    page(&LinePage::new(&visit, set, bindable, None, form))
}

/// `III.4` after `III.3`; nothing where people number otherwise.
fn next_code(set: &CriteriaSet, group: Option<CriterionId>) -> String {
    let Some(group) = group.and_then(|id| set.criterion(id)) else {
        return String::new();
    };
    let codes = (1..=set.criteria.len() + 1).map(|n| format!("{}.{n}", group.code));
    let free = |code: &String| set.by_code(code).is_none();
    codes.into_iter().find(free).unwrap_or_default()
}

pub(super) async fn add(path: AddPath, visit: Visit, Form(form): Form<LineForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let set = queries::find_visible(&mut tx, visit.actor()?, path.set).await?;
    access::require(visit.actor()?, Action::Save, &set)?;
    answer(tx, &visit, set, None, form).await
}

pub(super) async fn form(path: LinePath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let (set, known) = open(&mut db, &visit, path.set, path.criterion).await?;
    let form = LineForm {
        version: set.version,
        ..LineForm::from(&known)
    };
    let bindable = Bindable::of(&mut db, visit.actor()?, set.year).await?;
    page(&LinePage::new(&visit, set, bindable, Some(known), form))
}

pub(super) async fn save(path: LinePath, visit: Visit, Form(form): Form<LineForm>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let (set, known) = open(&mut tx, &visit, path.set, path.criterion).await?;
    answer(tx, &visit, set, Some(known), form).await
}

async fn answer(
    mut tx: crate::kit::database::Transaction,
    visit: &Visit,
    set: CriteriaSet,
    known: Option<Criterion>,
    form: LineForm,
) -> Result<Response> {
    let id = known.as_ref().map_or_else(CriterionId::new, |c| c.id);
    let bindable = Bindable::of(&mut tx, visit.actor()?, set.year).await?;
    let criterion = match form.check(&set, id, &bindable) {
        Ok(criterion) => criterion,
        Err(errors) => {
            let mut view = LinePage::new(visit, set, bindable, known, form);
            view.errors = errors;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    let message = format!("Đã lưu {} {}.", criterion.code, criterion.name);
    match actions::put(&mut tx, visit.now, visit.actor()?, &set, form.version, criterion).await {
        Ok(()) => {
            tx.commit().await?;
            let to = format!("{}#{}", set.path(), super::super::sums::anchor(id));
            Ok(see_other(to, &message))
        }
        // Somebody saved meanwhile: nothing is written, and what was typed stays on the page to be copied over.
        Err(AppError::Conflict(what)) => {
            let mut view = LinePage::new(visit, set, bindable, known, form);
            view.conflict = Some(what);
            page_with(StatusCode::CONFLICT, &view)
        }
        Err(error) => Err(error),
    }
}

/// Which way, and the version that was seen.
#[derive(Deserialize)]
pub(super) struct Way {
    #[serde(default)]
    version: i32,
    #[serde(default)]
    way: String,
}

pub(super) async fn shift(path: ShiftPath, visit: Visit, Form(way): Form<Way>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let (set, known) = open(&mut tx, &visit, path.set, path.criterion).await?;
    let up = way.way == "len";
    actions::shift(
        &mut tx,
        visit.now,
        visit.actor()?,
        &set,
        way.version,
        known.id,
        up,
    )
    .await?;
    tx.commit().await?;
    let words = if up { "lên" } else { "xuống" };
    let to = format!("{}#{}", set.path(), super::super::sums::anchor(known.id));
    Ok(see_other(
        to,
        &format!("Đã chuyển {} {words} một bậc.", known.code),
    ))
}

pub(super) async fn take_out(path: LineRemovalPath, visit: Visit, Form(way): Form<Way>) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let (set, known) = open(&mut tx, &visit, path.set, path.criterion).await?;
    actions::take_out(&mut tx, visit.now, visit.actor()?, &set, way.version, known.id).await?;
    tx.commit().await?;
    Ok(see_other(
        set.path(),
        &format!("Đã xóa {} {}.", known.code, known.name),
    ))
}
