//! The one error of the program. Few kinds, each with one answer over HTTP (see `web::error`).

use super::fields::FieldErrors;

/// What can go wrong, from the point of view of the person who waits for the page.
#[derive(Debug)]
pub enum AppError {
    /// There is no such record, or it isn't this person's to know of: the same answer (404).
    NotFound,
    /// The record is known to this person, the act is others' (403). The sentence says whose.
    Forbidden(String),
    /// The act doesn't fit what the record has become meanwhile (409). The sentence says what happened.
    Conflict(String),
    /// A form with errors (422).
    Invalid(FieldErrors),
    /// A request that no page of ours sends: broken encoding, missing parts (400).
    BadRequest(String),
    /// More bytes than allowed (413).
    TooLarge(String),
    /// The database doesn't answer; it will again (503).
    Unavailable(anyhow::Error),
    /// A fault of ours (500). The cause goes to the log, the visitor gets a reference to it.
    Internal(anyhow::Error),
}

/// The result of everything that can fail with an [`AppError`].
pub type Result<T, E = AppError> = std::result::Result<T, E>;

impl AppError {
    /// A conflict with its sentence.
    pub fn conflict(what: impl Into<String>) -> Self {
        Self::Conflict(what.into())
    }

    /// A form with a single problem.
    #[must_use]
    pub fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden(who) => write!(f, "forbidden: {who}"),
            Self::Conflict(what) => write!(f, "conflict: {what}"),
            Self::Invalid(errors) => {
                f.write_str("invalid:")?;
                errors
                    .iter()
                    .try_for_each(|e| write!(f, " {}: {}", e.field, e.message))
            }
            Self::BadRequest(what) | Self::TooLarge(what) => write!(f, "bad request: {what}"),
            Self::Unavailable(cause) => write!(f, "database unavailable: {cause:#}"),
            Self::Internal(cause) => write!(f, "{cause:#}"),
        }
    }
}

impl std::error::Error for AppError {}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::RowNotFound => Self::NotFound,
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed => {
                Self::Unavailable(error.into())
            }
            // Class 08: connection failures; 57P0x: the server stops, crashed, or can't take connections now;
            // 53300: too many connections.
            E::Database(e)
                if e.code()
                    .is_some_and(|c| c.starts_with("08") || c.starts_with("57P") || c == "53300") =>
            {
                Self::Unavailable(error.into())
            }
            // 22021, 22P05: U+0000 or broken UTF-8 in a text that came some other way than through a form.
            E::Database(e) if e.code().is_some_and(|c| c == "22021" || c == "22P05") => {
                Self::BadRequest("Nội dung gửi lên có ký tự không đọc được. Xin gõ lại.".to_owned())
            }
            // 40P01: a deadlock that the database broke; 55P03, 57014: it waited too long for a lock or a statement.
            E::Database(e)
                if e.code()
                    .is_some_and(|c| matches!(c.as_ref(), "40P01" | "55P03" | "57014")) =>
            {
                tracing::warn!(error = %error, "the database gave up on a statement");
                Self::conflict("Hệ thống đang bận ghi một việc khác. Chưa có gì thay đổi; xin làm lại.")
            }
            E::Database(e) => match e.constraint() {
                Some(name) if name.ends_with("_locked") || name.ends_with("_frozen") => {
                    Self::conflict("Nội dung này đã khóa, không sửa được nữa.")
                }
                _ => Self::Internal(error.into()),
            },
            _ => Self::Internal(error.into()),
        }
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Whether an error is the violation of this constraint.
#[must_use]
pub fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.constraint() == Some(constraint))
}

/// Turns the violation of a named constraint into an error at a field; everything else passes as it is.
#[must_use]
pub fn at_field(error: sqlx::Error, constraint: &str, field: &str, message: &str) -> AppError {
    if violates(&error, constraint) {
        AppError::invalid(field, message)
    } else {
        error.into()
    }
}
