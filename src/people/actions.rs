//! What changes persons and posts: one transaction each, with its journal line.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    model::{Gender, Person, Post},
    passwords::{Password, hash_of_token, new_token},
    queries,
};
use crate::{
    ids::PersonId,
    kit::{
        clock::Moment,
        error::{AppError, Result, at_field},
        journal::{self, Hand, Subject},
        mail::{self, Letter},
        values::PersonName,
    },
};

/// A person to be added, checked.
pub struct NewPerson {
    /// The login: 3 to 40 small letters, digits, `.`, `_`, `-`.
    pub login: String,
    /// Full name.
    pub full_name: PersonName,
    /// For the address.
    pub gender: Option<Gender>,
    /// Where letters go; may be empty.
    pub email: String,
}

/// Adds a person; a login that is taken is an error at `login`.
pub async fn create_person(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    new: NewPerson,
) -> Result<PersonId> {
    let person = Person {
        id: PersonId::new(),
        login: new.login,
        full_name: new.full_name.as_str().to_owned(),
        gender: new.gender,
        email: new.email,
        version: 1,
    };
    queries::insert_person(db, &person, now).await.map_err(|e| {
        at_field(
            e,
            "persons_login_unique",
            "login",
            "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.",
        )
    })?;
    let after = json!({"login": person.login, "full_name": person.full_name});
    journal::write(
        db,
        now,
        hand,
        "person.create",
        Subject::new("persons", person.id),
        (),
        after,
    )
    .await?;
    Ok(person.id)
}

/// Changes a person's name, form of address and e-mail address. `changed.version` is the version that was seen.
pub async fn update_person(db: &mut PgConnection, now: Moment, hand: &Hand, changed: &Person) -> Result<()> {
    let before = queries::find_person(db, changed.id).await?;
    if !queries::update_person(db, changed).await? {
        return Err(AppError::conflict(
            "Thông tin của người này vừa được người khác sửa. Xin mở lại trang để xem bản mới.",
        ));
    }
    let facts = |p: &Person| json!({"full_name": p.full_name, "gender": p.gender, "email": p.email});
    journal::write(
        db,
        now,
        hand,
        "person.update",
        Subject::new("persons", changed.id),
        facts(&before),
        facts(changed),
    )
    .await
}

/// Gives a person a post; one that doesn't go with a post already held is an error at `role`.
pub async fn add_post(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    person: PersonId,
    post: &Post,
) -> Result<()> {
    // The lock keeps two hands from giving one person two posts that don't go together.
    queries::lock_account(db, person).await?;
    let held: Vec<Post> = queries::posts_of(db, person)
        .await?
        .into_iter()
        .map(|(post, _)| post)
        .collect();
    if let Some(why) = post.clash_with(&held) {
        return Err(AppError::invalid("role", why));
    }
    queries::insert_post(db, person, post).await?;
    let subject = Subject {
        kind: "persons",
        id: person.0,
        cluster: post.cluster_id.map(|c| c.0),
        unit: post.unit_id.map(|u| u.0),
    };
    journal::write(db, now, hand, "post.add", subject, (), post).await
}

/// Ends a post with the given day as its last, or its first day if that is later.
pub async fn end_post(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    person: PersonId,
    post: Uuid,
    on: NaiveDate,
) -> Result<()> {
    let held = queries::posts_of(db, person)
        .await?
        .into_iter()
        .map(|(post, _)| post)
        .find(|p| p.id.0 == post);
    let before = held.ok_or(AppError::NotFound)?;
    if !queries::end_post(db, person, before.id, on).await? {
        return Err(AppError::conflict("Chức vụ này đã kết thúc từ trước."));
    }
    let after = Post {
        ends_on: Some(on.max(before.starts_on)),
        ..before.clone()
    };
    let subject = Subject {
        kind: "persons",
        id: person.0,
        cluster: before.cluster_id.map(|c| c.0),
        unit: before.unit_id.map(|u| u.0),
    };
    journal::write(db, now, hand, "post.end", subject, before, after).await
}

/// Makes a one-time link with which the person sets a password, and queues the letter that carries it.
/// `link_to` makes the full address out of the token. Answers that address, to be shown once.
pub async fn issue_password_link(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    person: PersonId,
    hours: u32,
    link_to: impl FnOnce(&str) -> String,
) -> Result<String> {
    let token = new_token();
    let link = link_to(&token);
    queries::insert_link(
        db,
        person,
        &hash_of_token(&token),
        now,
        now + chrono::Duration::hours(hours.into()),
    )
    .await?;
    let who = queries::find_person(db, person).await?;
    let body = format!(
        "Kính gửi {},\n\nAnh/chị có tài khoản “{}” trên hệ thống Cụm thi đua. Mở đường dẫn sau để đặt mật khẩu (dùng một lần, trong {hours} giờ):\n\n{link}\n\nNếu không chờ thư này, xin bỏ qua.\n",
        who.full_name, who.login
    );
    mail::queue(
        db,
        now,
        &Letter {
            to: who.email,
            subject: "Đặt mật khẩu Cụm thi đua".to_owned(),
            body,
        },
    )
    .await?;
    journal::write(
        db,
        now,
        hand,
        "person.link",
        Subject::new("persons", person),
        (),
        (),
    )
    .await?;
    Ok(link)
}

/// Sets a password and ends a lock.
pub async fn set_password(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    person: PersonId,
    password: Password,
) -> Result<()> {
    let hash = password.hash().await?;
    set_password_hash(db, now, hand, person, &hash).await
}

/// The same with a hash made beforehand: hashing is slow by design, and the accounts of the demonstration world
/// share a password.
pub async fn set_password_hash(
    db: &mut PgConnection,
    now: Moment,
    hand: &Hand,
    person: PersonId,
    hash: &str,
) -> Result<()> {
    queries::set_password_hash(db, person, hash).await?;
    journal::write(
        db,
        now,
        hand,
        "person.password",
        Subject::new("persons", person),
        (),
        (),
    )
    .await
}

/// Ends a lock before its time.
pub async fn unlock(db: &mut PgConnection, now: Moment, hand: &Hand, person: PersonId) -> Result<()> {
    queries::note_good_sign_in(db, person).await?;
    journal::write(
        db,
        now,
        hand,
        "person.unlock",
        Subject::new("persons", person),
        (),
        (),
    )
    .await
}
