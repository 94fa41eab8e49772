//! Voters with phones: each opens the paper, looks it over, sends it, and tries the same again until it is answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use cumthidua::ids::BallotId;
use rand::RngExt;
use reqwest::{Client, header};
use tokio::{task::JoinSet, time};

/// What became of one voter.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The receipt, once the vote was acknowledged.
    pub receipt: Option<String>,
    /// Requests that got no answer, or one that said to come again.
    pub failures: usize,
    /// What the program answered when it refused.
    pub refusal: Option<String>,
    /// How long answers took: those that read a page, and the one that took the vote.
    pub reads: Vec<Duration>,
    /// See above.
    pub send: Option<Duration>,
}

/// How many votes have been acknowledged so far: whoever breaks things looks at it.
pub type Acknowledged = Arc<AtomicUsize>;

/// How long a voter keeps trying.
const PATIENCE: Duration = Duration::from_mins(3);

/// Lets all voters cast, each beginning at a random moment within `within`.
pub async fn cast_all(
    address: &str,
    ballot: BallotId,
    codes: &[String],
    within: Duration,
    acknowledged: &Acknowledged,
) -> Vec<Outcome> {
    // Each phone has connections of its own, and no answer may be waited for longer than a person would.
    let mut voters = JoinSet::new();
    for code in codes {
        let wait = within.mul_f64(rand::rng().random_range(0.0..1.0));
        let voter = Voter {
            page: format!("{address}/phieu/{code}/{ballot}"),
            origin: address.to_owned(),
            acknowledged: Arc::clone(acknowledged),
        };
        voters.spawn(async move {
            time::sleep(wait).await;
            let mut outcome = Outcome::default();
            if time::timeout(PATIENCE, voter.cast(&mut outcome)).await.is_err() {
                outcome.refusal = Some("no answer for too long".to_owned());
            }
            outcome
        });
    }
    voters.join_all().await
}

struct Voter {
    page: String,
    origin: String,
    acknowledged: Acknowledged,
}

impl Voter {
    async fn cast(&self, outcome: &mut Outcome) {
        let client = Client::new();
        let Some(paper) = self.ask(&client, None, outcome).await else {
            return;
        };
        let Some(token) = between(&paper, "name=\"token\" value=\"", "\"") else {
            outcome.refusal = Some("a page without a paper".to_owned());
            return;
        };
        let choice = rand::rng().random_range(0..4);
        let form = |step: &str| format!("token={token}&q0={choice}&q0={}&buoc={step}", (choice + 1) % 4);
        if self.ask(&client, Some(form("xem")), outcome).await.is_none() {
            return;
        }
        let reads = outcome.reads.len();
        let Some(answer) = self.ask(&client, Some(form("gui")), outcome).await else {
            return;
        };
        outcome.send = outcome.reads.drain(reads..).next_back();
        outcome.receipt = between(&answer, "receipt-code\">", "<").map(str::to_owned);
        if outcome.receipt.is_some() {
            self.acknowledged.fetch_add(1, Ordering::SeqCst);
        } else {
            outcome.refusal = Some("an answer without a receipt".to_owned());
        }
    }

    /// Asks until there is an answer; none when the program refused.
    async fn ask(&self, client: &Client, form: Option<String>, outcome: &mut Outcome) -> Option<String> {
        loop {
            let request = match &form {
                None => client.get(&self.page),
                Some(form) => client
                    .post(&self.page)
                    .header(header::ORIGIN, &self.origin)
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(form.clone()),
            };
            let asked = Instant::now();
            let answer = async {
                let answer = request.send().await?;
                let status = answer.status();
                Ok::<_, reqwest::Error>((status, answer.text().await?))
            };
            match answer.await {
                Ok((status, text)) if status.is_success() => {
                    outcome.reads.push(asked.elapsed());
                    return Some(text);
                }
                Ok((status, text)) if !status.is_server_error() => {
                    let title = between(&text, "<h1>", "</h1>").unwrap_or_default();
                    outcome.refusal = Some(format!("{status}: {title}"));
                    return None;
                }
                _ => outcome.failures += 1,
            }
            time::sleep(Duration::from_millis(200)).await;
        }
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}
