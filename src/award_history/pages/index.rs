//! The history: filtered by unit (with those it came from), person, award and year.

use askama::Template;
use axum::response::Response;
use axum_extra::extract::Query;
use serde::Deserialize;
use url::form_urlencoded;

use super::{
    super::{
        access::{self, Scope},
        model::Record,
        queries::{self, PAGE_ROWS, Wanted},
    },
    IndexPath,
};
use crate::{
    awards,
    kit::{error::Result, values},
    units,
    web::{Visit, filters, page, shell::Shell},
};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    #[serde(rename = "don-vi")]
    unit: String,
    #[serde(rename = "ca-nhan")]
    person: String,
    #[serde(rename = "hinh-thuc")]
    award: String,
    #[serde(rename = "nam")]
    year: String,
    #[serde(rename = "trang", deserialize_with = "page_number")]
    page: i64,
}

/// The page asked for; the first where it is no number.
fn page_number<'de, D: serde::Deserializer<'de>>(typed: D) -> std::result::Result<i64, D::Error> {
    let typed = String::deserialize(typed)?;
    Ok(typed.trim().parse().unwrap_or(0))
}

#[derive(Template)]
#[template(path = "award_history/index.html")]
struct IndexPage {
    shell: Shell,
    search: Search,
    units: Vec<(String, String)>,
    awards: Vec<(String, String)>,
    list: Vec<Record>,
    total: i64,
    may_import: bool,
}

impl IndexPage {
    /// The address of another page of the same search; empty where there is none.
    fn to(&self, page: i64) -> String {
        if page < 0 || page * PAGE_ROWS >= self.total {
            return String::new();
        }
        let fields = [
            ("don-vi", self.search.unit.as_str()),
            ("ca-nhan", &self.search.person),
            ("hinh-thuc", &self.search.award),
            ("nam", &self.search.year),
            ("trang", &page.to_string()),
        ];
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()))
            .finish();
        format!("/lich-su-khen-thuong?{query}")
    }

    fn summary(&self) -> String {
        let first = self.search.page * PAGE_ROWS + 1;
        let last = (first + PAGE_ROWS - 1).min(self.total);
        format!("Dòng {first} đến {last} trong {}", self.total)
    }

    fn is_filtered(&self) -> bool {
        let search = &self.search;
        [&search.unit, &search.person, &search.award, &search.year]
            .iter()
            .any(|text| !text.is_empty())
    }
}

pub(super) async fn index(_: IndexPath, Query(mut search): Query<Search>, visit: Visit) -> Result<Response> {
    search.page = search.page.clamp(0, 10_000);
    search.person = values::line(&search.person, 100).unwrap_or_default();
    let mut db = visit.db().await?;
    let actor = visit.actor()?;
    let all_units = queries::unit_choices(&mut db).await?;
    let awards = awards::all(&mut db).await?;
    let unit = all_units.iter().find(|unit| unit.0 == search.unit);
    let wanted = Wanted {
        units: match unit {
            Some(_) => {
                let unit = units::unit_by_slug(&mut db, &search.unit).await?;
                Some(queries::lineage(&mut db, unit.id).await?)
            }
            None => None,
        },
        person: search.person.clone(),
        award: awards.find(&search.award).map(|a| a.code.clone()),
        year: search.year.trim().parse().ok(),
    };
    let (list, total) = queries::find_visible(&mut db, &Scope::of(actor), &wanted, search.page).await?;
    page(&IndexPage {
        shell: visit.shell(),
        may_import: access::may_import(actor),
        units: all_units,
        awards: awards.choices(),
        search,
        list,
        total,
    })
}
