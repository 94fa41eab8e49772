//! A database of its own for every test: a copy of a template that is made once a build.
//!
//! Copying takes some 50 ms, whatever the migrations take. A copy that a test has finished with gets its rows back as
//! they were and serves the next one; that takes a fifth of the time, and leaves the server with a few databases
//! instead of hundreds. Everything about databases happens on one thread, the keeper's, which lives as long as
//! the program: a connection can't outlive the runtime of the test that made it.

use std::{
    env, fs, mem,
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
    str::FromStr,
    sync::LazyLock,
    thread,
    time::UNIX_EPOCH,
};

use cumthidua::kit::{database::MIGRATIONS, private_cluster::PrivateCluster};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{
    runtime,
    sync::{mpsc, oneshot},
};
use url::Url;

use super::world;

/// What the names of all databases of tests begin with.
const PREFIX: &str = "cumthidua_test";

/// A database of one test.
pub struct Database {
    pub address: String,
    serves_again: bool,
}

impl Drop for Database {
    fn drop(&mut self) {
        // After a failure it stays as it is, to be looked at until the next run.
        if self.serves_again && !thread::panicking() {
            let _ = KEEPER.send(Message::Back(self.address.clone()));
        }
    }
}

/// A database with all migrations and the small world.
pub async fn with_world() -> Database {
    Database {
        address: order(Content::World).await,
        serves_again: true,
    }
}

/// A database without anything.
pub async fn empty() -> Database {
    Database {
        address: order(Content::Nothing).await,
        serves_again: false,
    }
}

/// A connection to the database at this address, apart from any pool.
pub async fn connect(address: &str) -> PgConnection {
    PgConnectOptions::from_str(address)
        .unwrap()
        .connect()
        .await
        .unwrap()
}

/// Runs statements that no query file should hold: fixtures, and damage done on purpose.
pub async fn run(db: &mut PgConnection, statements: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(db)
        .await
        .map(drop)
}

enum Content {
    World,
    Nothing,
}

enum Message {
    Order(Content, oneshot::Sender<String>),
    Back(String),
}

async fn order(content: Content) -> String {
    let (reply, made) = oneshot::channel();
    let died = "the keeper of the databases has died; its panic stands further up";
    assert!(KEEPER.send(Message::Order(content, reply)).is_ok(), "{died}");
    made.await.expect(died)
}

static KEEPER: LazyLock<mpsc::UnboundedSender<Message>> = LazyLock::new(|| {
    let (orders, received) = mpsc::unbounded_channel();
    let work = || {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(keep(received));
    };
    thread::Builder::new()
        .name("keeper of databases".to_owned())
        .spawn(work)
        .unwrap();
    orders
});

async fn keep(mut messages: mpsc::UnboundedReceiver<Message>) {
    let mut keeper = Keeper::start().await;
    // Dropping a database costs a checkpoint, so it happens beside the tests.
    let cleaner = keeper.door().await;
    tokio::spawn(clear_away(cleaner));
    while let Some(message) = messages.recv().await {
        match message {
            Message::Order(content, reply) => {
                let address = keeper.give(&content).await;
                // A test that gave up waiting needs no database.
                drop(reply.send(address));
            }
            Message::Back(address) => keeper.free.push(address),
        }
    }
}

struct Keeper {
    /// The server, with the database that serves as the door.
    server: Url,
    admin: PgConnection,
    template: String,
    /// The name of this run, which marks its connections and begins the names of its databases.
    run: String,
    made: u32,
    /// Databases that a test has finished with.
    free: Vec<String>,
    _cluster: Option<PrivateCluster>,
}

impl Keeper {
    async fn start() -> Self {
        let (server, cluster) = server().await;
        let template = format!("{PREFIX}_{}", mark_of_this_build());
        let run = format!("{template}_{}", short_id());
        let admin = connect_as(&server, &run).await;
        let mut keeper = Self {
            server,
            admin,
            template,
            run,
            made: 0,
            free: Vec::new(),
            _cluster: cluster,
        };
        keeper.make_template().await;
        keeper
    }

    async fn door(&self) -> PgConnection {
        connect_as(&self.server, &self.run).await
    }

    /// Makes the template unless it is there. It gets its name when it is whole, so that of several processes
    /// one wins and none copies a half-made one.
    async fn make_template(&mut self) {
        let found: Option<i32> = sqlx::query_scalar("select 1 from pg_database where datname = $1")
            .bind(&self.template)
            .fetch_optional(&mut self.admin)
            .await
            .unwrap();
        if found.is_some() {
            return;
        }
        let draft = format!("{}_template", self.run);
        self.run(&format!(
            "create database {draft} template template0 encoding 'UTF8'"
        ))
        .await
        .unwrap();
        let mut db = connect(&self.address(&draft)).await;
        MIGRATIONS.run(&mut db).await.unwrap();
        world::build(&mut db).await;
        run(&mut db, REMEMBER).await.unwrap();
        run(&mut db, "analyze").await.unwrap();
        db.close().await.unwrap();
        let rename = format!("alter database {draft} rename to {}", self.template);
        match self.run(&rename).await {
            Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == "42P04") => {}
            other => other.unwrap(),
        }
    }

    async fn give(&mut self, content: &Content) -> String {
        if matches!(content, Content::World) {
            while let Some(address) = self.free.pop() {
                if self.restore(&address).await.is_ok() {
                    return address;
                }
            }
        }
        self.make(content).await
    }

    /// Puts everything back as it was in the template, unless a test has changed the tables themselves.
    async fn restore(&mut self, address: &str) -> Result<(), sqlx::Error> {
        let mut db = PgConnectOptions::from_str(address)?
            .application_name(&self.run)
            .connect()
            .await?;
        let restored = run(&mut db, "select pristine.restore()").await;
        db.close().await?;
        restored
    }

    async fn make(&mut self, content: &Content) -> String {
        self.made += 1;
        let name = format!("{}_{}", self.run, self.made);
        match content {
            Content::Nothing => {
                self.run(&format!(
                    "create database {name} template template0 encoding 'UTF8'"
                ))
                .await
                .unwrap();
            }
            Content::World => {
                let copy = format!("create database {name} template {}", self.template);
                if self.run(&copy).await.is_err() {
                    // Another process took the template for an old one in the moment before this one came.
                    self.make_template().await;
                    self.run(&copy).await.unwrap();
                }
            }
        }
        self.address(&name)
    }

    async fn run(&mut self, statement: &str) -> Result<(), sqlx::Error> {
        run(&mut self.admin, statement).await
    }

    fn address(&self, database: &str) -> String {
        let mut address = self.server.clone();
        address.set_path(database);
        address.to_string()
    }
}

/// Keeps a copy of every row in a schema that the program doesn't know, and notes when tables change.
const REMEMBER: &str = "
    create schema pristine;
    create table pristine.changes (what text);
    do $$ declare name text; begin
        for name in select tablename from pg_tables where schemaname = 'public' loop
            execute format('create table pristine.%I as table public.%I', name, name);
        end loop;
    end $$;
    create function pristine.restore() returns void language plpgsql as $$ declare name text; begin
        if exists(select from pristine.changes) then raise exception 'a test has changed the tables'; end if;
        perform pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid();
        -- Neither triggers nor foreign keys have a say in this.
        set local session_replication_role = replica;
        for name in select tablename from pg_tables where schemaname = 'public' loop
            execute format('delete from public.%I', name);
            execute format('insert into public.%I select * from pristine.%I', name, name);
        end loop;
    end $$;
    create function pristine.note() returns event_trigger language plpgsql as $$ begin
        insert into pristine.changes values (tg_tag);
    end $$;
    create event trigger note_changes on ddl_command_end execute function pristine.note();";

async fn connect_as(server: &Url, run: &str) -> PgConnection {
    PgConnectOptions::from_str(server.as_str())
        .unwrap()
        .application_name(run)
        .connect()
        .await
        .unwrap()
}

/// Drops what runs before this one left behind: databases of tests and templates of other builds. A run that goes
/// on is known by its connections, also when it is another working copy's.
async fn clear_away(mut db: PgConnection) {
    let left: Vec<String> = sqlx::query_scalar(
        "select datname::text from pg_database
         where starts_with(datname, $1)
           and not exists(select from pg_stat_activity
                          where starts_with(application_name, $1)
                            and (starts_with(application_name, datname) or starts_with(datname, application_name)))
         order by datname",
    )
    .bind(format!("{PREFIX}_"))
    .fetch_all(&mut db)
    .await
    .unwrap();
    for name in left {
        // Another process may clear away the same.
        let _ = run(&mut db, &format!("drop database if exists {name}")).await;
    }
}

/// Names what a template depends on: the migrations, and the program that fills it.
fn mark_of_this_build() -> String {
    let mut hasher = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hasher.update(&*migration.checksum);
    }
    let program = fs::metadata(env::current_exe().unwrap()).unwrap();
    let built = program.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    hasher.update(built.as_nanos().to_be_bytes());
    hasher.update(program.len().to_be_bytes());
    hex::encode(&hasher.finalize()[..6])
}

fn short_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()[..8].to_owned()
}

async fn server() -> (Url, Option<PrivateCluster>) {
    if let Some(address) = env::var_os("DATABASE_URL").filter(|address| !address.is_empty()) {
        let address = address.into_string().expect("DATABASE_URL is UTF-8");
        return (Url::parse(&address).expect("DATABASE_URL is a URL"), None);
    }
    let folder = env::temp_dir().join(format!("{PREFIX}-{}", short_id()));
    remove_at_the_end(&folder);
    let cluster = PrivateCluster::start(&folder).await.unwrap();
    let address = Url::parse(&cluster.database_url()).unwrap();
    let mut db = connect(address.as_str()).await;
    // Nothing here needs to survive a power cut.
    for setting in ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"] {
        run(&mut db, &format!("alter system set {setting} = off"))
            .await
            .unwrap();
    }
    run(&mut db, "select pg_reload_conf()").await.unwrap();
    (address, Some(cluster))
}

/// Leaves a watcher behind that stops the server and removes its folder when this program ends, however it ends:
/// the program holds the other end of the watcher's input.
fn remove_at_the_end(folder: &Path) {
    let script = r#"
        trap '' INT TERM HUP
        cat >/dev/null
        note=$0/postgres/postmaster.pid
        [ -e "$note" ] && kill -QUIT "$(head -n 1 "$note")"
        for pause in $(seq 100); do [ -e "$note" ] || break; sleep 0.1; done
        rm -rf "$0""#;
    #[expect(clippy::zombie_processes, reason = "it outlives this program by design")]
    let watcher = Command::new("sh")
        .args(["-c", script])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-C goes to the whole group of the terminal's program, and the watcher has to outlive it.
        .process_group(0)
        .spawn()
        .unwrap();
    mem::forget(watcher.stdin);
}
