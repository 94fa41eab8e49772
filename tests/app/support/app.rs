//! The program in this process, on a database of its own, at a moment that stands still.

use std::{env, fs, path::PathBuf, process::id, thread, time::Duration};

use axum::Router;
use chrono::NaiveDateTime;
use clap::Parser;
use cumthidua::{
    kit::{
        clock::{self, Clock, Moment},
        config::Config,
        database,
        files::FileStore,
        vault::Vault,
    },
    people::{self, Actor},
    web::{App, Origin, session, state::Parts},
    years::{self, Year},
};
use sqlx::{AssertSqlSafe, Postgres, pool::PoolConnection};

use super::{
    Browser,
    browser::HOST,
    database::{self as databases, Database},
    world::login,
};

/// When a test begins, unless it sets the clock: the window for registrations of 2023 is open.
const BEGINNING: &str = "2023-02-20 09:00";

/// The program with everything around it.
pub struct TestApp {
    /// The program's own state.
    pub app: App,
    pub router: Router,
    /// Where the database is.
    pub address: String,
    folder: PathBuf,
    database: Option<Database>,
}

impl TestApp {
    /// The program with the small world (see `world`).
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let database = databases::with_world().await;
        let mut app = Self::on(&database.address, change);
        app.database = Some(database);
        app
    }

    /// The program with the demonstration world, as it is at this moment.
    pub async fn demo(now: Moment) -> Self {
        let database = databases::empty().await;
        let mut app = Self::on(&database.address, |_| {});
        app.app.clock.set(now);
        database::migrate(&app.app.pool).await.unwrap();
        let (pool, files, vault) = (&app.app.pool, &app.app.files, &app.app.vault);
        assert!(
            cumthidua::demo::load(pool, files, vault, &app.app.config.address(), now)
                .await
                .unwrap()
        );
        app.database = Some(database);
        app
    }

    /// The same on the database at this address, whether it answers or not.
    pub fn on(address: &str, change: impl FnOnce(&mut Config)) -> Self {
        let folder = env::temp_dir().join(format!(
            "cumthidua-test-{}-{}",
            id(),
            uuid::Uuid::new_v4().simple()
        ));
        let mut config = settings();
        config.data.clone_from(&folder);
        change(&mut config);
        let app = App::new(Parts {
            pool: database::pool(address, &config).unwrap(),
            clock: Clock::set_to(moment(BEGINNING)),
            files: FileStore::open(&folder.join("files")).unwrap(),
            vault: Vault::open(&folder.join("keys")).unwrap(),
            config,
            program: env!("CARGO_BIN_EXE_cumthidua").into(),
            is_demo: false,
        });
        Self {
            router: cumthidua::app::router(&app),
            app,
            address: address.to_owned(),
            folder,
            database: None,
        }
    }

    /// Sets the clock: `2023-03-01 08:30`, as it hangs on a wall in Vietnam.
    pub fn set_clock(&self, time: &str) {
        self.app.clock.set(moment(time));
    }

    pub fn now(&self) -> Moment {
        self.app.clock.now()
    }

    pub async fn db(&self) -> PoolConnection<Postgres> {
        self.app.db().await.unwrap()
    }

    /// Runs statements behind the program's back.
    pub async fn sql(&self, statements: &str) -> Result<(), sqlx::Error> {
        databases::run(&mut *self.db().await, statements).await
    }

    /// The single value that a statement answers: `app.value::<i64>("select count(*) from journal")`.
    pub async fn value<T>(&self, statement: &str) -> T
    where
        T: for<'r> sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres> + Send + Unpin,
    {
        let statement = AssertSqlSafe(statement.to_owned());
        sqlx::query_scalar(statement)
            .fetch_one(&mut *self.db().await)
            .await
            .unwrap()
    }

    /// The year of a cluster as it is now.
    pub async fn year(&self, cluster: &str, year: i32) -> Year {
        years::find(&mut *self.db().await, cluster, year).await.unwrap()
    }

    /// A person with the rights of the clock's day, for acts without a page.
    pub async fn actor(&self, login: &str) -> Actor {
        people::actor_by_login(&mut *self.db().await, login, clock::day(self.now()))
            .await
            .unwrap()
    }

    /// A browser that nobody is signed in with.
    pub fn visitor(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// A browser in which the person with this login is signed in, without the form.
    pub async fn signed_in(&self, login: &str) -> Browser<'_> {
        let actor = self.actor(login).await;
        let from = Origin {
            user_agent: "tests".to_owned(),
            address: "192.0.2.1".to_owned(),
        };
        let mut db = self.db().await;
        let config = &self.app.config;
        let token = session::open(&mut db, self.now(), config, actor.id, &from)
            .await
            .unwrap();
        let browser = Browser::new(self);
        browser.set_cookie(session::cookie_name(config), &token);
        browser
    }

    pub async fn officer_of(&self, unit: &str) -> Browser<'_> {
        self.signed_in(&login::officer(unit)).await
    }

    pub async fn leader_of(&self, unit: &str) -> Browser<'_> {
        self.signed_in(&login::leader(unit)).await
    }

    /// Somebody whose post in the unit has ended.
    pub async fn former_officer_of(&self, unit: &str) -> Browser<'_> {
        self.signed_in(&login::former_officer(unit)).await
    }

    /// The secretariat of `cum-3`: Sơn La leads.
    pub async fn secretariat(&self) -> Browser<'_> {
        self.leader_of("son-la").await
    }

    /// The deputy of `cum-3`.
    pub async fn deputy(&self) -> Browser<'_> {
        self.leader_of("lao-cai").await
    }

    /// The patron of `cum-3`.
    pub async fn patron(&self) -> Browser<'_> {
        self.signed_in(&login::patron("cum-3")).await
    }

    pub async fn standing_office(&self) -> Browser<'_> {
        self.signed_in(login::STANDING_OFFICE).await
    }

    pub async fn council_member(&self) -> Browser<'_> {
        self.signed_in(login::COUNCIL_MEMBER).await
    }

    pub async fn administrator(&self) -> Browser<'_> {
        self.signed_in(login::ADMINISTRATOR).await
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // An upload that was refused may still be clearing away its piece of a file.
        for _ in 0..10 {
            if fs::remove_dir_all(&self.folder).is_ok() {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The program's defaults, apart from what surrounds it. Sessions outlast every move of the clock; a test of
/// sessions sets their length.
fn settings() -> Config {
    #[derive(Parser)]
    struct Settings {
        #[command(flatten)]
        config: Config,
    }
    let mut config = Settings::parse_from(["cumthidua"]).config;
    config.database_url = None;
    config.smtp_url = None;
    config.public_url = Some(format!("http://{HOST}"));
    config.db_connections = 3;
    config.session_idle_minutes = 60 * 24 * 3650;
    config.session_hours = 24 * 3650;
    config
}

/// The moment when clocks in Vietnam show `2023-03-01 08:30`.
pub fn moment(time: &str) -> Moment {
    let local = NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M:%S"))
        .unwrap_or_else(|_| panic!("{time:?} is no time like \"2023-03-01 08:30\""));
    clock::at(local.date(), local.time())
}
