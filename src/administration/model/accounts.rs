//! Where an account is.

use crate::{
    kit::clock::{Moment, moment_text},
    people::{Account, PersonRow},
};

/// Where an account is, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// Nobody can sign in with it any more.
    Disabled,
    /// Too many wrong passwords.
    Locked(Moment),
    /// The one-time link hasn't been used yet.
    NoPassword,
    /// Signing in works, but no post gives a right today.
    NoPost,
    /// In order.
    InUse,
}

impl AccountState {
    /// Of a line of the list.
    pub fn of_row(row: &PersonRow, now: Moment) -> Self {
        match row.locked_until {
            _ if row.is_disabled => Self::Disabled,
            Some(until) if now < until => Self::Locked(until),
            _ if !row.has_password => Self::NoPassword,
            _ if row.posts.0.is_empty() => Self::NoPost,
            _ => Self::InUse,
        }
    }

    /// Of an account; none is a disabled one.
    pub fn of_account(account: Option<&Account>, holds_a_post: bool, now: Moment) -> Self {
        let Some(account) = account else {
            return Self::Disabled;
        };
        match account.locked_until {
            Some(until) if now < until => Self::Locked(until),
            _ if account.password_hash.is_none() => Self::NoPassword,
            _ if !holds_a_post => Self::NoPost,
            _ => Self::InUse,
        }
    }

    /// The state in words.
    pub fn label(self) -> String {
        match self {
            Self::Disabled => "đã ngừng".to_owned(),
            Self::Locked(until) => format!("đang khóa đến {}", moment_text(until)),
            Self::NoPassword => "chưa đặt mật khẩu".to_owned(),
            Self::NoPost => "không giữ chức vụ".to_owned(),
            Self::InUse => "đang dùng".to_owned(),
        }
    }

    /// The tone of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Disabled | Self::NoPost => "neutral",
            Self::Locked(_) => "late",
            Self::NoPassword => "waiting",
            Self::InUse => "done",
        }
    }

    /// Whether an administrator can unlock it.
    pub fn is_locked(self) -> bool {
        matches!(self, Self::Locked(_))
    }
}
