//! Every setting, read once at start, with its default and its meaning. `cumthidua --help` prints this file.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::Args;

/// The settings of the program; each is an option and an environment variable.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// A PostgreSQL server to use; unset: the program runs a private one under the data folder.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,

    /// The folder for the private database, attached files and, without a mail server, letters.
    #[arg(long, env = "CUMTHIDUA_DATA", default_value = "var", global = true)]
    pub data: PathBuf,

    /// The address and port to listen on.
    #[arg(
        long,
        env = "CUMTHIDUA_LISTEN",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    pub listen: SocketAddr,

    /// The address people type, used in letters and behind a proxy: scheme, host and port, no path; unset: http:// and the address listened on.
    #[arg(long, env = "CUMTHIDUA_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,

    /// Behind a proxy that sets X-Forwarded-For: take the visitor's address from its last entry.
    #[arg(long, env = "CUMTHIDUA_TRUST_PROXY", default_value_t = false, global = true)]
    pub trust_proxy: bool,

    /// At most this many connections to the database.
    #[arg(long, env = "CUMTHIDUA_DB_CONNECTIONS", default_value_t = 12, global = true)]
    pub db_connections: u32,

    /// Minutes without a request after which a session ends.
    #[arg(
        long,
        env = "CUMTHIDUA_SESSION_IDLE_MINUTES",
        default_value_t = 120,
        global = true
    )]
    pub session_idle_minutes: u32,

    /// Hours after which a session ends in any case.
    #[arg(long, env = "CUMTHIDUA_SESSION_HOURS", default_value_t = 12, global = true)]
    pub session_hours: u32,

    /// Wrong passwords in a row that lock an account.
    #[arg(long, env = "CUMTHIDUA_LOCK_AFTER", default_value_t = 5, global = true)]
    pub lock_after: i32,

    /// Minutes that a lock lasts (an administrator can end it sooner).
    #[arg(long, env = "CUMTHIDUA_LOCK_MINUTES", default_value_t = 720, global = true)]
    pub lock_minutes: u32,

    /// Hours in which a one-time password link can be used.
    #[arg(long, env = "CUMTHIDUA_LINK_HOURS", default_value_t = 72, global = true)]
    pub link_hours: u32,

    /// A mail server as a URL, e.g. smtps://user:password@mail.example.vn; unset: letters become files in the folder `mail` under the data folder.
    #[arg(long, env = "CUMTHIDUA_SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// The sender of letters.
    #[arg(
        long,
        env = "CUMTHIDUA_MAIL_FROM",
        default_value = "Cụm thi đua <khong-tra-loi@localhost>",
        global = true
    )]
    pub mail_from: String,

    /// Seconds a request may take, its body included.
    #[arg(long, env = "CUMTHIDUA_REQUEST_SECONDS", default_value_t = 60, global = true)]
    pub request_seconds: u64,
}

impl Config {
    /// Whether the site is served over HTTPS: decides the cookie's name and HSTS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.address().starts_with("https://")
    }

    /// The address people type, without a slash at its end.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    /// How long a request may take.
    #[must_use]
    pub fn request_time(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }
}
