//! `serve`: from nothing to answering requests, and back in order.

use std::net::SocketAddr;

use crate::{
    app, ballots, demo,
    kit::{
        clock::{self, Clock},
        config::Config,
        database, journal,
        mail::{self, Post},
    },
    people::{self, DEMO_PASSWORD, Role},
    serving::{self, Limits},
    signatures,
    web::{App, assets, state::Parts},
};
use anyhow::Context;
use sqlx::PgPool;
use tokio::{
    net::TcpSocket,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::{Database, bring_up_to_date, open_files, open_vault, say};

/// Connections that the system keeps until they are taken.
const QUEUE: u32 = 1024;

/// Serves until a signal.
pub async fn serve(config: Config, with_demo: bool) -> anyhow::Result<()> {
    let stop = stop_on_signals()?;
    // Before anything else is started: an address that is taken is the most common mistake.
    let socket = bind(config.listen)?;
    say(match &config.database_url {
        Some(_) => "connecting to the database of DATABASE_URL".to_owned(),
        None => format!(
            "starting the private PostgreSQL in {}",
            config.data.join("postgres").display()
        ),
    });
    let database = tokio::select! {
        database = Database::open(&config) => database?,
        () = stopped(stop.clone()) => return Ok(()),
    };
    let outcome = tokio::select! {
        is_demo = prepare(&database.pool, &config, with_demo) => match is_demo {
            Ok(is_demo) => run(config, database.pool.clone(), is_demo, socket, stop).await,
            Err(error) => Err(error),
        },
        () = stopped(stop.clone()) => Ok(()),
    };
    database.close().await?;
    say("stopped");
    outcome
}

/// Takes the address without listening yet: visitors are refused rather than kept waiting.
fn bind(address: SocketAddr) -> anyhow::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // Connections of the program's last run may linger.
    socket.set_reuseaddr(true)?;
    socket
        .bind(address)
        .with_context(|| format!("can't listen on {address}; --listen chooses another address"))?;
    Ok(socket)
}

/// Turns true with the first SIGINT or SIGTERM.
fn stop_on_signals() -> anyhow::Result<watch::Receiver<bool>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        say("stopping");
        // An error means that nobody waits any more.
        let _ = sender.send(true);
        sender.closed().await;
    });
    Ok(receiver)
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

/// Makes the database fit to be served; answers whether it shows the demonstration world.
async fn prepare(pool: &PgPool, config: &Config, with_demo: bool) -> anyhow::Result<bool> {
    bring_up_to_date(pool).await?;
    let now = Clock::System.now();
    let mut db = pool.acquire().await?;
    if with_demo && journal::is_empty(&mut db).await? {
        say("loading the demonstration world");
        let files = open_files(config)?;
        demo::load(pool, &files, &open_vault(config)?, &config.address(), now).await?;
    }
    let is_demo = database::is_demo(&mut db).await?;
    if with_demo && !is_demo {
        say("the database holds data of its own, so the demonstration world is not loaded");
    }
    let people = people::all_people(&mut db, clock::day(now)).await?;
    if !people
        .iter()
        .any(|person| person.posts.iter().any(|(role, _)| *role == Role::Administrator))
    {
        say(FIRST_STEPS);
    }
    Ok(is_demo)
}

const FIRST_STEPS: &str = "\
There is no administrator yet. With the same settings, also while this program runs:
    cumthidua user create --login LOGIN --name \"FULL NAME\"    prints the link that sets the password
    cumthidua reference                                       fills in units and clusters
Or, to look around first: cumthidua serve --demo on an empty database.";

/// Serves until the stop.
async fn run(
    mut config: Config,
    pool: PgPool,
    is_demo: bool,
    socket: TcpSocket,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let clock = Clock::System;
    let post = Post::from_config(&config).context("letters can't be sent")?;
    let files = open_files(&config)?;
    let vault = open_vault(&config)?;
    // No reason not to start: a vote that goes on elsewhere must not wait for the traces of an older one.
    if let Err(error) = ballots::sweep(&pool, &vault).await {
        tracing::error!(%error, "what closed ballots left behind can't be cleared away");
    }
    let letters = tokio::spawn(mail::run(
        pool.clone(),
        clock.clone(),
        post,
        config.mail_from.clone(),
    ));
    let program = std::env::current_exe().context("this program can't find itself")?;
    let checks = tokio::spawn(signatures::run(
        pool.clone(),
        clock.clone(),
        files.clone(),
        signatures::Verifier::of_machine(program.clone()),
    ));
    tokio::task::spawn_blocking(assets::warm);
    let listener = socket.listen(QUEUE)?;
    let address = listener.local_addr()?;
    // The port may have been left to the system.
    config.listen = address;
    let public_url = config.address();
    let app = App::new(Parts {
        pool,
        clock: clock.clone(),
        config,
        files,
        vault,
        program,
        is_demo,
    });
    say(format_args!(
        "listening on http://{address} (Ctrl-C stops); links in letters begin with {public_url}"
    ));
    if is_demo {
        say(format_args!(
            "accounts of the demonstration world, all with the password {DEMO_PASSWORD}"
        ));
        for account in demo::accounts(clock.now()).unwrap_or_default() {
            say(format_args!(
                "    {:<10} {} ({})",
                account.login, account.full_name, account.post
            ));
        }
    }
    serving::serve(listener, app::router(&app), Limits::default(), stopped(stop)).await;
    // A letter half sent is sent again at the next start.
    letters.abort();
    // A copy half checked is checked at the next start; its programs end with the task.
    checks.abort();
    Ok(())
}
