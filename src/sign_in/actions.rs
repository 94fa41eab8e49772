//! The acts of signing in: one transaction each, with its journal line.

use serde_json::json;
use sqlx::PgConnection;

use super::model::{after_failure, is_locked};
use crate::{
    ids::{PersonId, SessionId},
    kit::{
        clock::{Moment, moment_text},
        config::Config,
        error::{AppError, Result},
        journal::{self, Hand, Subject},
        mail::{self, Letter},
    },
    people::{self, Account, Actor, Password, Person, hash_of_token},
    web::{Origin, session},
};

fn hand_of(person: &Person) -> Hand {
    Hand {
        person: Some(person.id.0),
        name: person.full_name.clone(),
    }
}

/// Settles an attempt whose password was checked against `seen`: opens a session, or counts a failure and answers none.
///
/// Attempts made at the same time are settled one after the other, each by what the one before left: once the account
/// is locked, the right password is no longer right.
pub(super) async fn settle(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    seen: &Account,
    was_right: bool,
    from: &Origin,
) -> Result<Option<String>> {
    if !password_holds(db, now, config, seen, was_right, from).await? {
        return Ok(None);
    }
    let person = people::find_person(db, seen.id).await?;
    let token = session::open(db, now, config, person.id, from).await?;
    let after = json!({"address": from.address});
    journal::write(
        db,
        now,
        &hand_of(&person),
        "sign_in.ok",
        Subject::new("persons", person.id),
        (),
        after,
    )
    .await?;
    Ok(Some(token))
}

/// Whether the password counts as right, now that the account is locked for this transaction; counts it if not.
async fn password_holds(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    seen: &Account,
    was_right: bool,
    from: &Origin,
) -> Result<bool> {
    let account = people::lock_account(db, seen.id).await?;
    let locked = is_locked(&account, now);
    // A password changed since it was checked is another password.
    if was_right && !locked && account.password_hash == seen.password_hash {
        people::note_good_sign_in(db, account.id).await?;
        return Ok(true);
    }
    // While the lock lasts nothing is counted: knocking must not make it longer.
    if !locked {
        let (count, until) = after_failure(&account, now, config);
        people::set_failures(db, account.id, count, until).await?;
        if let Some(until) = until {
            note_lock(db, now, config, account.id, until, from).await?;
            return Ok(false);
        }
    }
    let after = if locked {
        json!({"address": from.address, "while_locked": true})
    } else {
        json!({"address": from.address})
    };
    journal::write(
        db,
        now,
        &nobody(),
        "sign_in.failed",
        Subject::new("persons", account.id),
        (),
        after,
    )
    .await?;
    Ok(false)
}

/// Who failed isn't known, only at whose account.
fn nobody() -> Hand {
    Hand {
        person: None,
        name: "Người chưa đăng nhập".to_owned(),
    }
}

/// The owner learns of the lock by letter: the page mustn't tell.
async fn note_lock(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    person: PersonId,
    until: Moment,
    from: &Origin,
) -> Result<()> {
    let owner = people::find_person(db, person).await?;
    let body = format!(
        "Kính gửi {},\n\nTài khoản “{}” trên hệ thống Cụm thi đua tạm khóa đến {} vì {} lần nhập sai mật khẩu liên tiếp (địa chỉ mạng: {}).\n\nNếu là anh/chị: xin chờ đến lúc đó, hoặc nhờ quản trị hệ thống mở khóa. Nếu không phải anh/chị: xin báo quản trị hệ thống; mật khẩu chưa bị lộ vì lần này.\n",
        owner.full_name,
        owner.login,
        moment_text(until),
        config.lock_after,
        from.address
    );
    mail::queue(
        db,
        now,
        &Letter {
            to: owner.email,
            subject: "Tài khoản Cụm thi đua tạm khóa".to_owned(),
            body,
        },
    )
    .await?;
    let after = json!({"address": from.address, "until": until});
    journal::write(
        db,
        now,
        &nobody(),
        "sign_in.locked",
        Subject::new("persons", person),
        (),
        after,
    )
    .await
}

/// Ends the session with this token.
pub(super) async fn sign_out(db: &mut PgConnection, now: Moment, actor: &Actor, token: &str) -> Result<()> {
    session::end(db, token).await?;
    journal::write(
        db,
        now,
        &actor.hand(),
        "sign_in.out",
        Subject::new("persons", actor.id),
        (),
        (),
    )
    .await
}

/// Ends one of the own sessions; another person's is as good as none.
pub(super) async fn end_session(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    id: SessionId,
) -> Result<()> {
    if !session::end_own(db, actor.id, id).await? {
        return Err(AppError::NotFound);
    }
    journal::write(
        db,
        now,
        &actor.hand(),
        "sign_in.end_session",
        Subject::new("persons", actor.id),
        (),
        json!({"sessions": 1}),
    )
    .await
}

/// Ends all own sessions but this one.
pub(super) async fn end_other_sessions(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    token: Option<&str>,
) -> Result<u64> {
    let count = session::end_others(db, actor.id, token).await?;
    if count > 0 {
        let after = json!({"sessions": count});
        journal::write(
            db,
            now,
            &actor.hand(),
            "sign_in.end_session",
            Subject::new("persons", actor.id),
            (),
            after,
        )
        .await?;
    }
    Ok(count)
}

/// Changes the own password and ends the other sessions; answers whether the present one was right. A wrong one counts
/// like a wrong sign-in, so that an open session is no place to guess at ease.
pub(super) async fn change_password(
    db: &mut PgConnection,
    now: Moment,
    config: &Config,
    actor: &Actor,
    (seen, was_right): (&Account, bool),
    new: Password,
    (token, from): (Option<&str>, &Origin),
) -> Result<bool> {
    if !password_holds(db, now, config, seen, was_right, from).await? {
        return Ok(false);
    }
    session::end_others(db, actor.id, token).await?;
    people::set_password(db, now, &actor.hand(), actor.id, new).await?;
    Ok(true)
}

/// Sets a password through a one-time link, which is used up by it, and ends every session of the account.
pub(super) async fn set_password_by_link(
    db: &mut PgConnection,
    now: Moment,
    token: &str,
    person: &Person,
    new: Password,
) -> Result<()> {
    if !people::use_link(db, &hash_of_token(token), now).await? {
        return Err(AppError::NotFound);
    }
    session::end_others(db, person.id, None).await?;
    people::set_password(db, now, &hand_of(person), person.id, new).await
}
