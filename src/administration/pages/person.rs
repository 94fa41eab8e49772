//! One person: particulars, posts, the account.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use sqlx::PgConnection;

use super::{
    super::{
        access,
        forms::{PersonForm, Places, PostForm},
        model::AccountState,
    },
    PersonEditPath, PersonPath,
    account::{forget_link, link_of},
};
use crate::{
    clusters,
    kit::{
        clock,
        error::{AppError, Result},
        fields::FieldErrors,
    },
    people::{self, Gender, Person, Post, Role},
    units,
    web::{Form, Visit, filters, page, page_with, see_other, shell::Shell, view::set_cookie},
};

/// The units and clusters in which a post can be held today.
pub(super) async fn places(db: &mut PgConnection, visit: &Visit) -> Result<Places> {
    Ok(Places {
        units: units::choices(db, clock::day(visit.now)).await?,
        clusters: clusters::all(db).await?,
    })
}

impl Places {
    pub(super) fn unit_choices(&self) -> Vec<(String, String)> {
        self.units
            .iter()
            .map(|u| (u.slug.clone(), u.short_name.clone()))
            .collect()
    }

    pub(super) fn cluster_choices(&self) -> Vec<(String, String)> {
        self.clusters
            .iter()
            .map(|c| (c.slug.clone(), c.name.clone()))
            .collect()
    }
}

/// A post in the table of the page.
struct PostRow {
    post: Post,
    place: String,
    tone: &'static str,
    words: &'static str,
    /// What was typed as its last day, when that was wrong.
    typed_end: String,
}

#[derive(Template)]
#[template(path = "administration/person.html")]
pub(super) struct PersonPage {
    shell: Shell,
    person: Person,
    state: AccountState,
    /// Whether the visitor may change posts and account: not the own.
    may_administer: bool,
    posts: Vec<PostRow>,
    pub form: PostForm,
    pub errors: FieldErrors,
    roles: Vec<(&'static str, &'static str)>,
    units: Vec<(String, String)>,
    clusters: Vec<(String, String)>,
    link: String,
    link_hours: u32,
}

impl PersonPage {
    pub async fn load(db: &mut PgConnection, visit: &Visit, person: Person, places: &Places) -> Result<Self> {
        let today = clock::day(visit.now);
        let account = people::find_account(db, &person.login).await?;
        let posts = people::posts_of(db, person.id).await?;
        let holds_a_post = posts.iter().any(|(post, _)| post.holds_on(today));
        let row = |(post, place): (Post, String)| {
            let (tone, words) = match &post {
                post if post.holds_on(today) => ("done", "đang giữ"),
                post if post.starts_on > today => ("info", "sắp nhận"),
                _ => ("neutral", "đã thôi"),
            };
            PostRow {
                typed_end: clock::date_text(today.max(post.starts_on)),
                post,
                place,
                tone,
                words,
            }
        };
        Ok(Self {
            shell: visit.shell(),
            state: AccountState::of_account(account.as_ref(), holds_a_post, visit.now),
            may_administer: access::may_administer(visit.actor()?, &person),
            posts: posts.into_iter().map(row).collect(),
            form: PostForm::from_day(today),
            errors: FieldErrors::default(),
            roles: Role::ALL.map(|r| (r.code(), r.label())).to_vec(),
            units: places.unit_choices(),
            clusters: places.cluster_choices(),
            link: String::new(),
            link_hours: visit.app.config.link_hours,
            person,
        })
    }

    /// Shows what was wrong with the last day typed for a post, at its row.
    pub fn with_wrong_end(mut self, post: uuid::Uuid, typed: String, message: &str) -> Self {
        if let Some(i) = self.posts.iter().position(|row| row.post.id.0 == post) {
            self.posts[i].typed_end = typed;
            self.errors = FieldErrors::one(format!("last_day-{i}"), message);
        }
        self
    }

    fn gender(&self) -> &'static str {
        match self.person.gender {
            Some(Gender::Female) => "nữ",
            Some(Gender::Male) => "nam",
            None => "chưa ghi",
        }
    }

    fn email(&self) -> &str {
        if self.person.email.is_empty() {
            "chưa có"
        } else {
            &self.person.email
        }
    }
}

pub(super) async fn show(path: PersonPath, visit: Visit, headers: HeaderMap) -> Result<Response> {
    let mut db = visit.db().await?;
    let person = people::person_by_login(&mut db, &path.person).await?;
    let places = places(&mut db, &visit).await?;
    let mut view = PersonPage::load(&mut db, &visit, person, &places).await?;
    let link = link_of(&visit, &headers);
    view.link.clone_from(&link.clone().unwrap_or_default());
    let mut response = page(&view)?;
    if link.is_some() {
        set_cookie(&mut response, &forget_link(&view.person.login));
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "administration/edit_person.html")]
struct EditPage {
    shell: Shell,
    person: Person,
    form: PersonForm,
    errors: FieldErrors,
}

pub(super) async fn edit(path: PersonEditPath, visit: Visit) -> Result<Response> {
    let person = people::person_by_login(&mut *visit.db().await?, &path.person).await?;
    let form = PersonForm::from(&person);
    page(&EditPage {
        shell: visit.shell(),
        person,
        form,
        errors: FieldErrors::default(),
    })
}

pub(super) async fn update(
    path: PersonEditPath,
    visit: Visit,
    Form(form): Form<PersonForm>,
) -> Result<Response> {
    let mut tx = visit.begin().await?;
    let person = people::person_by_login(&mut tx, &path.person).await?;
    match form.check(&person) {
        Ok(changed) => {
            people::update_person(&mut tx, visit.now, &visit.actor()?.hand(), &changed).await?;
            tx.commit().await?;
            Ok(see_other(PersonPath { person: person.login }, "Đã lưu."))
        }
        Err(errors) => {
            let view = EditPage {
                shell: visit.shell(),
                person,
                form,
                errors,
            };
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
    }
}

/// The person at this path, if the visitor may change posts and account.
pub(super) async fn other(db: &mut PgConnection, visit: &Visit, login: &str) -> Result<Person, AppError> {
    let person = people::person_by_login(db, login).await?;
    access::require_other(visit.actor()?, &person)?;
    Ok(person)
}
