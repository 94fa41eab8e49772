//! Counts a published file again, by itself: it reads the file as it stands and shares nothing with the count that made
//! its result. Anybody can run it, with no database and no account.
//!
//! It is written to be compared with the rule by eye: for each candidate it asks how many others stand before it.

use anyhow::{Context, bail};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a recount found.
#[derive(Debug)]
pub struct Recount {
    /// The table, line by line.
    pub lines: Vec<String>,
    /// In what the file differs from the recount; nothing where all is as it says.
    pub differences: Vec<String>,
}

/// Counts again what is in the file.
pub fn recount(file: &str) -> anyhow::Result<Recount> {
    let file: Value = serde_json::from_str(file).context("this isn't a file of a ballot")?;
    if file["format"] != "cumthidua.ballot.1" {
        bail!("this isn't a file of a ballot, or one of a newer program");
    }
    let mut found = Recount {
        lines: vec![format!(
            "{} ({})",
            text(&file["plan"]["title"])?,
            text(&file["ballot"])?
        )],
        differences: Vec::new(),
    };
    found.check_hashes(&file)?;
    found.check_numbers(&file)?;
    let questions = list(&file["plan"]["questions"])?;
    for (i, question) in questions.iter().enumerate() {
        found.count_question(&file, i, question)?;
    }
    let told = file["result"]["questions"].as_array().map_or(0, Vec::len);
    if !file["result"].is_null() && told != questions.len() {
        found.differs(format!(
            "the result tells of {told} questions, the paper has {}",
            questions.len()
        ));
    }
    Ok(found)
}

impl Recount {
    fn differs(&mut self, what: String) {
        self.differences.push(what);
    }

    fn compare(&mut self, what: &str, counted: &Value, told: &Value) {
        if counted != told {
            self.differs(format!("{what}: counted {counted}, the file says {told}"));
        }
    }

    fn check_hashes(&mut self, file: &Value) -> anyhow::Result<()> {
        let plan = digest(&file["plan"]);
        self.compare("hash of the plan", &plan.into(), &file["plan_hash"]);
        let mut bare = file.clone();
        bare["hash"] = "".into();
        let whole = digest(&bare);
        self.lines.push(format!("SHA-256 {}", text(&file["hash"])?));
        self.compare("hash of the file", &whole.into(), &file["hash"]);
        Ok(())
    }

    /// Every receipt once, no more papers than voters, numbers that fit together.
    fn check_numbers(&mut self, file: &Value) -> anyhow::Result<()> {
        let papers = list(&file["papers"])?;
        let mut receipts: Vec<&str> = papers
            .iter()
            .filter_map(|paper| paper["receipt"].as_str())
            .collect();
        receipts.sort_unstable();
        receipts.dedup();
        if receipts.len() != papers.len() {
            self.differs("a receipt stands on more than one paper".to_owned());
        }
        let turnout = &file["turnout"];
        let paper = file["paper_counts"]["collected"].as_i64().unwrap_or(0);
        let electronic = i64::try_from(papers.len())?;
        self.compare(
            "papers cast on a phone",
            &electronic.into(),
            &turnout["electronic"],
        );
        self.compare("papers on paper", &paper.into(), &turnout["paper"]);
        self.compare(
            "papers together",
            &(electronic + paper).into(),
            &turnout["collected"],
        );
        if number(&turnout["collected"])? > number(&turnout["issued"])?
            || number(&turnout["issued"])? > number(&turnout["electorate"])?
        {
            self.differs("more papers than voters".to_owned());
        }
        if !file["result"].is_null() {
            self.compare("who took part", turnout, &file["result"]["turnout"]);
        }
        self.lines.push(format!(
            "voters {}, in the hall {}, voted before {}, papers {}",
            turnout["electorate"], turnout["present"], turnout["advance"], turnout["collected"]
        ));
        Ok(())
    }

    fn count_question(&mut self, file: &Value, i: usize, question: &Value) -> anyhow::Result<()> {
        let rule = &file["plan"]["rule"];
        let candidates = list(&question["candidates"])?;
        let is_choice = question["style"] == "choose";
        let mut fors = vec![0_i64; candidates.len()];
        let mut againsts = vec![0_i64; candidates.len()];
        let (mut filled, mut blank, mut invalid) = (0, 0, 0);
        for paper in list(&file["papers"])? {
            let marks = marks(&paper["choices"][i], candidates.len(), is_choice)?;
            let chosen = marks.iter().filter(|mark| mark.is_some()).count();
            if is_choice && i64::try_from(chosen)? > number(&question["most"])? {
                self.differs(format!("the paper {} chooses too many", paper["receipt"]));
            }
            if chosen == 0 {
                blank += 1;
            } else {
                filled += 1;
            }
            for (place, mark) in marks.iter().enumerate() {
                fors[place] += i64::from(*mark == Some(true));
                againsts[place] += i64::from(*mark == Some(false));
            }
        }
        let on_paper = &file["paper_counts"];
        if !on_paper.is_null() {
            let counts = &on_paper["questions"][i];
            invalid += number(&counts["invalid"])?;
            blank += number(&counts["blank"])?;
            filled +=
                number(&on_paper["collected"])? - number(&counts["invalid"])? - number(&counts["blank"])?;
            for (place, votes) in list(&counts["votes"])?.iter().enumerate().take(candidates.len()) {
                fors[place] += number(&votes["for"])?;
                againsts[place] += number(&votes["against"])?;
            }
        }
        let blank_is_valid = rule["blank_is_valid"] == true;
        let valid = filled + if blank_is_valid { blank } else { 0 };
        let invalid = invalid + if blank_is_valid { 0 } else { blank };
        let turnout = &file["turnout"];
        let base = match text(&rule["base"])? {
            "all_units" => number(&turnout["electorate"])?,
            "present" => number(&turnout["present"])? + number(&turnout["advance"])?,
            "valid_papers" => valid,
            other => bail!("an unknown base: {other}"),
        };
        let verdicts = verdicts(&file["plan"], question, &fors, base)?;
        self.lines.push(String::new());
        let title = text(&question["title"])?;
        self.lines.push(format!(
            "{title}: valid {valid}, invalid {invalid}, blank {blank}, base {base}"
        ));
        let told = &file["result"]["questions"][i];
        let is_told = !file["result"].is_null();
        if is_told {
            self.compare(&format!("{title}: valid"), &valid.into(), &told["valid"]);
            self.compare(&format!("{title}: invalid"), &invalid.into(), &told["invalid"]);
            self.compare(&format!("{title}: blank"), &blank.into(), &told["blank"]);
            self.compare(&format!("{title}: base"), &base.into(), &told["base"]);
        }
        for (place, candidate) in candidates.iter().enumerate() {
            let name = text(&candidate["name"])?;
            let share = percent(fors[place], base);
            let against = if is_choice {
                String::new()
            } else {
                format!(" against {:>4}", againsts[place])
            };
            self.lines.push(format!(
                "  {:>4}{against} {share:>7.2}%  {:<15} {name}",
                fors[place], verdicts[place]
            ));
            if is_told {
                let told = &told["candidates"][place];
                self.compare(&format!("{name}: for"), &fors[place].into(), &told["votes_for"]);
                self.compare(
                    &format!("{name}: against"),
                    &againsts[place].into(),
                    &told["votes_against"],
                );
                self.compare(
                    &format!("{name}: verdict"),
                    &verdicts[place].into(),
                    &told["verdict"],
                );
                let told_share: Option<Decimal> = told["share"].as_str().and_then(|share| share.parse().ok());
                if told_share != Some(share) {
                    self.differs(format!(
                        "{name}: counted {share}%, the file says {}",
                        told["share"]
                    ));
                }
            }
        }
        Ok(())
    }
}

/// What one paper says on each candidate of a question.
fn marks(answer: &Value, candidates: usize, is_choice: bool) -> anyhow::Result<Vec<Option<bool>>> {
    let mut marks = vec![None; candidates];
    if is_choice {
        for place in list(&answer["chosen"])? {
            let place = usize::try_from(number(place)?)?;
            *marks
                .get_mut(place)
                .context("a paper names a candidate that there isn't")? = Some(true);
        }
    } else {
        let given = list(&answer["marks"])?;
        if given.len() != candidates {
            bail!("a paper doesn't answer for every candidate");
        }
        for (place, mark) in given.iter().enumerate() {
            marks[place] = mark.as_bool();
        }
    }
    Ok(marks)
}

/// Candidate by candidate: how many of those who pass stand before it, and how many beside it.
fn verdicts(plan: &Value, question: &Value, fors: &[i64], base: i64) -> anyhow::Result<Vec<&'static str>> {
    let rule = &plan["rule"];
    let needed: Decimal = text(&rule["threshold_percent"])?.parse()?;
    let is_enough = |votes: i64| match rule["threshold"].as_str() {
        Some("at_least") => votes > 0 && percent(votes, base) >= needed,
        _ => percent(votes, base) > needed,
    };
    let seats = number(&question["seats"])?;
    let candidates = list(&question["candidates"])?;
    let score = |place: usize| {
        candidates[place]["score"]
            .as_str()
            .and_then(|s| s.parse::<Decimal>().ok())
    };
    let passes: Vec<bool> = fors.iter().map(|votes| base > 0 && is_enough(*votes)).collect();
    let passing: Vec<usize> = (0..fors.len()).filter(|place| passes[*place]).collect();
    let equals = |place: usize| {
        passing
            .iter()
            .copied()
            .filter(move |other| fors[*other] == fors[place])
    };
    let use_scores = scores_decide(plan)?;
    let place_of = |place: usize| -> &'static str {
        if !passes[place] {
            return "below_threshold";
        }
        let mut before = count(passing.iter().filter(|other| fors[**other] > fors[place]));
        let mut beside = count(equals(place));
        let is_tied = before < seats && before + beside > seats;
        if is_tied && use_scores && equals(place).all(|other| score(other).is_some()) {
            before += count(equals(place).filter(|other| score(*other) > score(place)));
            beside = count(equals(place).filter(|other| score(*other) == score(place)));
        }
        if before + beside <= seats {
            "elected"
        } else if before >= seats {
            "over_quota"
        } else {
            "tied"
        }
    };
    Ok((0..fors.len()).map(place_of).collect())
}

/// Whether the ladder reaches the scores in this round: before it stand no steps that wait for people.
fn scores_decide(plan: &Value) -> anyhow::Result<bool> {
    let is_first = number(&plan["round"])? <= 1;
    for step in list(&plan["rule"]["ladder"])? {
        match step.as_str() {
            Some("higher_score") => return Ok(true),
            Some("second_round") if !is_first => {}
            _ => return Ok(false),
        }
    }
    Ok(false)
}

fn count<T>(of: impl Iterator<Item = T>) -> i64 {
    i64::try_from(of.count()).unwrap_or(i64::MAX)
}

fn percent(votes: i64, base: i64) -> Decimal {
    if base <= 0 {
        return Decimal::ZERO;
    }
    let share = Decimal::from(votes * 100) / Decimal::from(base);
    share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// SHA-256 over the text of a value with its keys sorted, without spaces.
fn digest(value: &Value) -> String {
    let mut value = value.clone();
    value.sort_all_objects();
    hex::encode(Sha256::digest(value.to_string().as_bytes()))
}

fn list(value: &Value) -> anyhow::Result<&Vec<Value>> {
    value
        .as_array()
        .context("the file isn't whole: a list is missing")
}

fn number(value: &Value) -> anyhow::Result<i64> {
    value
        .as_i64()
        .context("the file isn't whole: a number is missing")
}

fn text(value: &Value) -> anyhow::Result<&str> {
    value.as_str().context("the file isn't whole: a text is missing")
}
