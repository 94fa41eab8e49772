//! The program at the terminal: its commands and settings.

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use cumthidua::{
    commands,
    kit::{config::Config, documents::bound},
    people::Role,
    signatures,
};
use tracing_subscriber::EnvFilter;

/// The yearly work of VUSTA's emulation clusters: register, report, acclaim, decide, publish.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: Config,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages until SIGINT (Ctrl-C) or SIGTERM.
    Serve {
        /// Fill an empty database with the demonstration world first.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database up to date; `serve` does so by itself.
    Migrate,
    /// Fill an empty database with the demonstration world.
    Demo,
    /// Fill in the units with their succession and the clusters, for a real start.
    Reference,
    /// Accounts.
    #[command(subcommand)]
    User(UserCommand),
    /// The journal of everything that was done.
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Votes.
    #[command(subcommand)]
    Ballot(BallotCommand),
    /// Bind the files in a folder into one PDF: what `serve` starts in a process of its own.
    #[command(hide = true)]
    Bind {
        /// The folder with the order.
        folder: PathBuf,
    },
    /// Print where a PDF shows its signatures: what `serve` starts in a process of its own.
    #[command(hide = true)]
    Frames {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a person of VUSTA, and print the link with which they set their password.
    Create {
        /// The name to sign in: 3 to 40 small letters, digits, `.`, `_`, `-`.
        #[arg(long, value_parser = commands::login)]
        login: String,
        /// Full name, family name first.
        #[arg(long)]
        name: String,
        /// `administrator`, `standing_office` or `council_member`; posts in units and clusters are given in the pages.
        #[arg(long, default_value = "administrator", value_parser = commands::role)]
        role: Role,
    },
}

#[derive(Subcommand)]
enum JournalCommand {
    /// Recompute the chain of hashes; exit code 1 when a line doesn't fit.
    Verify,
}

#[derive(Subcommand)]
enum BallotCommand {
    /// Count the published file of a ballot again; exit code 1 when the file says otherwise. Needs no database.
    Recount {
        /// The file, as downloaded from the page of the result.
        file: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    // Attached files and letters are nobody else's business on this machine.
    nix::sys::stat::umask(nix::sys::stat::Mode::from_bits_truncate(0o077));
    let config = cli.config;
    let done = match cli.command {
        Command::Serve { demo } => commands::serve::serve(config, demo).await.map(|()| true),
        Command::Migrate => commands::migrate(&config).await.map(|()| true),
        Command::Demo => commands::demo(&config).await.map(|()| true),
        Command::Reference => commands::reference(&config).await.map(|()| true),
        Command::User(UserCommand::Create { login, name, role }) => {
            commands::create_user(&config, login, &name, role)
                .await
                .map(|()| true)
        }
        Command::Journal(JournalCommand::Verify) => commands::verify_journal(&config).await,
        Command::Ballot(BallotCommand::Recount { file }) => commands::ballot::recount(&file),
        Command::Bind { folder } => bound::apart::serve(&folder).map(|()| true),
        Command::Frames { file } => signatures::print_frames(&file).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "cumthidua: {}", told(&error));
            ExitCode::from(2)
        }
    }
}

/// The error with its causes, each once: some tell theirs in their own text already.
fn told(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !text.contains(&cause) {
            let separator = if text.is_empty() { "" } else { ": " };
            text = text + separator + &cause;
        }
    }
    text
}

/// The log goes to standard error, `RUST_LOG` says how much of it.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,cumthidua=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        // A closed standard error must not end the program.
        .log_internal_errors(false)
        .init();
}
