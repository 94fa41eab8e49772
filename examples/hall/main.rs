//! A congress votes: how long answers take, and whether every acknowledged vote is counted once, also when the program or
//! its database is killed in the middle. Prints Markdown:
//!
//! `cargo run --release --example hall -- --program target/release/cumthidua [--voters 300] [--seconds 10] [--kills]`

mod load;
mod stage;

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use clap::Parser;
use load::{Acknowledged, Outcome, cast_all};
use stage::{Stage, count, open_ballot};
use tokio::time;

#[derive(Parser)]
struct Options {
    /// The program to be tried.
    #[arg(long)]
    program: PathBuf,
    /// How many vote.
    #[arg(long, default_value_t = 300)]
    voters: usize,
    /// Within how many seconds they begin.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Kill the program three times and its database once meanwhile.
    #[arg(long)]
    kills: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let folder = std::env::temp_dir().join(format!("cumthidua-hall-{}", std::process::id()));
    let outcome = run(&options, &folder).await;
    let _ = std::fs::remove_dir_all(&folder);
    let _ = std::fs::remove_file(folder.with_extension("log"));
    outcome
}

async fn run(options: &Options, folder: &std::path::Path) -> anyhow::Result<()> {
    let mut stage = Stage::new(&options.program, folder).await?;
    let open = open_ballot(&stage, options.voters).await?;
    let (address, acknowledged) = (stage.address(), Acknowledged::default());
    let within = Duration::from_secs(options.seconds);
    let (id, codes, counter) = (open.id, open.codes.clone(), Arc::clone(&acknowledged));
    let casting = tokio::spawn(async move { cast_all(&address, id, &codes, within, &counter).await });
    if options.kills {
        for (part, is_database) in [(1, false), (2, true), (3, false), (4, false)] {
            while acknowledged.load(Ordering::SeqCst) < options.voters * part / 6 {
                time::sleep(Duration::from_millis(5)).await;
            }
            if is_database {
                stage.kill_database().await?;
            } else {
                stage.kill_program().await?;
            }
        }
    }
    let outcomes = casting.await?;
    let published = count(&stage, &open).await?;
    stage.stop().await?;
    let receipts: Vec<&str> = published
        .papers
        .iter()
        .map(|paper| paper.receipt.as_str())
        .collect();
    print(options, &outcomes, &receipts);
    Ok(())
}

fn print(options: &Options, outcomes: &[Outcome], receipts: &[&str]) {
    let received: HashSet<&str> = outcomes.iter().filter_map(|o| o.receipt.as_deref()).collect();
    let once: HashSet<&str> = receipts.iter().copied().collect();
    let is_once = once.len() == receipts.len() && received == once && received.len() == options.voters;
    let mut reads: Vec<Duration> = outcomes.iter().flat_map(|o| o.reads.clone()).collect();
    let mut sends: Vec<Duration> = outcomes.iter().filter_map(|o| o.send).collect();
    let failures: usize = outcomes.iter().map(|o| o.failures).sum();
    let refusals = outcomes.iter().filter(|o| o.refusal.is_some()).count();
    let what = if options.kills {
        "three kills of the program, one of the database"
    } else {
        "no fault"
    };
    let (p50, p95) = (share(&mut sends, 50), share(&mut sends, 95));
    let (read50, read95) = (share(&mut reads, 50), share(&mut reads, 95));
    println!(
        "| {} voters within {} s, {what} | {read50} ms | {read95} ms | {p50} ms | {p95} ms | {failures} | {refusals} | {} | {} | {} |",
        options.voters,
        options.seconds,
        received.len(),
        receipts.len(),
        if is_once { "yes" } else { "no" },
    );
}

/// The time within which so many of a hundred were answered, in milliseconds.
fn share(times: &mut [Duration], percent: usize) -> String {
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times
        .get(at)
        .map_or_else(|| "–".to_owned(), |t| format!("{:.1}", t.as_secs_f64() * 1000.0))
}
