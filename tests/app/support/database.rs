//! A database of its own for every test: a copy of a template that is made once a build.
//!
//! Copying takes some 50 ms, whatever the migrations take. Everything about databases happens on one thread, the
//! keeper's, which lives as long as the program: a connection can't outlive the runtime of the test that made it.

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

/// The address of a new database with all migrations and the small world.
pub async fn with_world() -> String {
    order(Content::World).await
}

/// The address of a new database without anything.
pub async fn empty() -> String {
    order(Content::Nothing).await
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

struct Order {
    content: Content,
    reply: oneshot::Sender<String>,
}

async fn order(content: Content) -> String {
    let (reply, made) = oneshot::channel();
    let died = "the keeper of the databases has died; its panic stands further up";
    KEEPER.send(Order { content, reply }).ok().expect(died);
    made.await.expect(died)
}

static KEEPER: LazyLock<mpsc::UnboundedSender<Order>> = LazyLock::new(|| {
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

async fn keep(mut orders: mpsc::UnboundedReceiver<Order>) {
    let mut keeper = Keeper::start().await;
    // Dropping a database costs a checkpoint, so it happens beside the tests.
    let cleaner = keeper.door().await;
    tokio::spawn(clear_away(cleaner));
    while let Some(order) = orders.recv().await {
        let address = keeper.make(&order.content).await;
        // A test that gave up waiting needs no database.
        drop(order.reply.send(address));
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
        run(&mut db, "analyze").await.unwrap();
        db.close().await.unwrap();
        let rename = format!("alter database {draft} rename to {}", self.template);
        match self.run(&rename).await {
            Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| code == "42P04") => {}
            other => other.unwrap(),
        }
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
