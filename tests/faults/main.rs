//! Votes through faults: the program or its database is killed while delegates vote. Whoever got a receipt is counted,
//! once; whoever got no answer tries the same again. A longer run is in `bin/bench`.

#![allow(clippy::unwrap_used, reason = "this crate is tests throughout")]

#[path = "../../examples/hall/load.rs"]
mod load;
#[path = "../../examples/hall/stage.rs"]
mod stage;

use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use load::{Acknowledged, Outcome, cast_all};
use stage::{OpenBallot, Stage, count, open_ballot};
use tokio::time;

const VOTERS: usize = 40;
const WITHIN: Duration = Duration::from_secs(3);

/// A folder that goes away with the test.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
        let _ = std::fs::remove_file(self.0.with_extension("log"));
    }
}

async fn stage(name: &str) -> (Folder, Stage) {
    let folder = std::env::temp_dir().join(format!("cumthidua-faults-{}-{name}", std::process::id()));
    let stage = Stage::new(Path::new(env!("CARGO_BIN_EXE_cumthidua")), &folder).await;
    (Folder(folder), stage.unwrap())
}

/// Lets everybody vote; `breaks` is done when a quarter has voted.
async fn vote(
    mut stage: Stage,
    open: &OpenBallot,
    breaks: impl AsyncFnOnce(&mut Stage) -> anyhow::Result<()>,
) -> (Stage, Vec<Outcome>) {
    let acknowledged = Acknowledged::default();
    let (address, codes, counter) = (stage.address(), open.codes.clone(), Arc::clone(&acknowledged));
    let id = open.id;
    let casting = tokio::spawn(async move { cast_all(&address, id, &codes, WITHIN, &counter).await });
    while acknowledged.load(Ordering::SeqCst) < VOTERS / 4 {
        assert!(
            !casting.is_finished(),
            "the votes ended before anything could break"
        );
        time::sleep(Duration::from_millis(2)).await;
    }
    breaks(&mut stage).await.unwrap();
    assert!(
        acknowledged.load(Ordering::SeqCst) < VOTERS,
        "everybody had voted before it broke: nothing is proven"
    );
    (stage, casting.await.unwrap())
}

/// Everybody came through, and what was acknowledged is what is counted.
async fn assert_counted_once(stage: Stage, open: &OpenBallot, outcomes: &[Outcome]) {
    for outcome in outcomes {
        assert!(outcome.refusal.is_none(), "{outcome:?}");
    }
    let published = count(&stage, open).await.unwrap();
    stage.stop().await.unwrap();
    let received: HashSet<&str> = outcomes.iter().map(|o| o.receipt.as_deref().unwrap()).collect();
    let counted: Vec<&str> = published.papers.iter().map(|p| p.receipt.as_str()).collect();
    assert_eq!(received.len(), VOTERS, "each receipt is another one");
    assert_eq!(counted.len(), VOTERS, "no paper too many");
    assert_eq!(received, counted.into_iter().collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_survive_that_the_program_is_killed_while_they_come() {
    let (_folder, stage) = stage("program").await;
    let open = open_ballot(&stage, VOTERS).await.unwrap();
    let (stage, outcomes) = vote(stage, &open, async |stage: &mut Stage| stage.kill_program().await).await;
    assert!(
        outcomes.iter().any(|o| o.failures > 0),
        "somebody got no answer and tried again"
    );
    assert_counted_once(stage, &open, &outcomes).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn votes_survive_that_the_database_is_killed_while_they_come() {
    let (_folder, stage) = stage("database").await;
    let open = open_ballot(&stage, VOTERS).await.unwrap();
    let (stage, outcomes) = vote(stage, &open, async |stage: &mut Stage| {
        stage.kill_database().await
    })
    .await;
    assert!(
        outcomes.iter().any(|o| o.failures > 0),
        "somebody got no answer and tried again"
    );
    assert_counted_once(stage, &open, &outcomes).await;
}
