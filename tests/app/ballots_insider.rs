//! The insider with SQL: whatever the tables tell, system columns included, must not link a voter to a paper.
//!
//! See `docs/decisions/secrecy.md` for what this insider doesn't have: the key, which lies outside the database.

use std::collections::{HashMap, HashSet};

use cumthidua::ballots::{self, Attendance, Elector, Token};
use rand::{RngExt, seq::SliceRandom};
use sqlx::Row;

use crate::ballots::{Hall, chosen};

const VOTERS: usize = 200;

/// Rows of a statement as texts: what an insider would look at.
async fn rows(hall: &Hall, statement: &str) -> Vec<Vec<String>> {
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    let rows = sqlx::query(statement)
        .fetch_all(&mut *hall.app.db().await)
        .await
        .unwrap();
    rows.iter()
        .map(|row| (0..row.len()).map(|i| row.get::<String, _>(i)).collect())
        .collect()
}

fn column(rows: &[Vec<String>], i: usize) -> Vec<String> {
    rows.iter().map(|row| row[i].clone()).collect()
}

/// How many voters an insider finds who pairs the two lists one by one. Of a list that knows nothing it is one on average;
/// twelve come together by luck once in a milliard.
fn found(voters: &[String], papers: &[String], truth: &HashMap<String, String>) -> usize {
    voters
        .iter()
        .zip(papers)
        .filter(|(voter, receipt)| truth.get(*voter) == Some(receipt))
        .count()
}

const MARVEL: usize = 12;

#[tokio::test]
async fn an_insider_with_sql_does_no_better_than_chance() {
    let hall = Hall::new().await;
    let electorate: Vec<Elector> = (0..VOTERS)
        .map(|number| Elector {
            name: format!("Đơn vị {number:03}"),
            unit_id: None,
            person_id: None,
            card_hash: Some(crate::ballots::card(number)),
            attendance: Attendance::Present,
        })
        .collect();
    let ballot = hall.open(&hall.plan(1).await, &electorate).await;
    let mut casting: Vec<usize> = (0..VOTERS).collect();
    casting.shuffle(&mut rand::rng());
    // The truth, which only the voters know; the insider sat in the hall and saw in which order they voted.
    let mut truth = HashMap::new();
    let mut choice_of = HashMap::new();
    let mut seen = Vec::new();
    let journal: i64 = hall.app.value("select count(*) from journal").await;
    for number in &casting {
        let place = rand::rng().random_range(0..2);
        let token = Token::new();
        let cast = hall
            .cast(&ballot, *number, &token, &chosen(&[place]))
            .await
            .unwrap();
        let name = format!("Đơn vị {number:03}");
        truth.insert(name.clone(), cast.receipt);
        choice_of.insert(name.clone(), place);
        seen.push(name);
    }
    assert_eq!(
        hall.app.value::<i64>("select count(*) from journal").await,
        journal,
        "votes leave no line"
    );
    while_open(&hall, &choice_of, &seen).await;
    hall.close(&ballot).await.unwrap();
    after_the_close(&hall, &truth, &choice_of, &seen).await;
    the_tables_hold_no_common_key(&hall).await;
    let published = ballots::published(&mut *hall.app.db().await, &hall.find(ballot.id).await)
        .await
        .unwrap();
    let receipts: Vec<String> = published.papers.into_iter().map(|paper| paper.receipt).collect();
    assert!(found(&seen, &receipts, &truth) < MARVEL);
    // The check itself finds what there is to find.
    let open_book: Vec<String> = seen.iter().map(|name| truth[name].clone()).collect();
    assert_eq!(found(&seen, &open_book, &truth), VOTERS);
}

/// While it is open one transaction links a voter to a sealed paper. The paper must say nothing.
async fn while_open(hall: &Hall, choice_of: &HashMap<String, usize>, seen: &[String]) {
    let papers = rows(
        hall,
        "select encode(p.paper, 'hex'), p.id::text, v.name from sealed_papers p
        join ballot_voters v on v.xmin = p.xmin",
    )
    .await;
    assert_eq!(papers.len(), VOTERS, "the link that the study tells of");
    let lengths: HashSet<usize> = papers.iter().map(|paper| paper[0].len()).collect();
    assert_eq!(lengths.len(), 1, "the length tells nothing");
    assert_eq!(
        column(&papers, 0).into_iter().collect::<HashSet<_>>().len(),
        VOTERS
    );
    assert!(
        papers.iter().all(|paper| paper[1].as_bytes()[14] == b'4'),
        "ids are random"
    );
    // Guess the choice by any single byte of the sealed paper: as good as a coin. Of all bytes the best guess is luck, so the
    // bound is for as many tries.
    let bytes: Vec<Vec<u8>> = papers
        .iter()
        .map(|paper| hex::decode(&paper[0]).unwrap())
        .collect();
    for place in 0..bytes[0].len() {
        let right = papers
            .iter()
            .zip(&bytes)
            .filter(|(paper, bytes)| usize::from(bytes[place] & 1) == choice_of[&paper[2]])
            .count();
        assert!(is_a_coin(right), "byte {place} guesses {right} of {VOTERS}");
    }
    // Ids don't follow the order of the votes.
    let by_id = rows(
        hall,
        "select v.name from sealed_papers p join ballot_voters v on v.xmin = p.xmin order by p.id",
    )
    .await;
    let same = column(&by_id, 0).iter().zip(seen).filter(|(a, b)| a == b).count();
    assert!(same < MARVEL, "{same}");
    let times: i64 = hall
        .app
        .value(
            "select count(*) from information_schema.columns where table_schema = 'public'
             and table_name in ('sealed_papers', 'ballot_papers', 'ballot_voters') and data_type like '%time%'",
        )
        .await;
    assert_eq!(times, 0, "nothing tells when");
}

/// Whether so many right guesses of a choice between two can be luck: five deviations around the half.
fn is_a_coin(right: usize) -> bool {
    let (right, all) = (i64::try_from(right).unwrap(), i64::try_from(VOTERS).unwrap());
    // (right - all/2)² <= 25 * all/4
    (2 * right - all).pow(2) <= 25 * all
}

/// After the close every order of the papers is compared with every order of the voters.
async fn after_the_close(
    hall: &Hall,
    truth: &HashMap<String, String>,
    choice_of: &HashMap<String, usize>,
    seen: &[String],
) {
    assert_eq!(
        hall.app.value::<i64>("select count(*) from sealed_papers").await,
        0
    );
    let transactions: i64 = hall
        .app
        .value("select count(distinct x) from (select xmin::text x from ballot_papers union all select xmin::text from ballot_voters) t")
        .await;
    assert_eq!(transactions, 1, "no transaction is anybody's own");
    let commands: i64 = hall
        .app
        .value("select count(distinct cmin::text) from ballot_papers")
        .await;
    assert_eq!(commands, 1);
    let dead: i64 = hall.app.value("select pg_relation_size('sealed_papers')").await;
    assert_eq!(dead, 0, "the box is empty on the disk too");
    let mut of_voters = vec![("the hall", seen.to_vec())];
    for order in [
        "ctid",
        "id",
        "position",
        "answer_key",
        "card_hash",
        "encode(card_hash, 'hex') desc",
    ] {
        of_voters.push((
            order,
            column(
                &rows(hall, &format!("select name from ballot_voters order by {order}")).await,
                0,
            ),
        ));
    }
    let physical = column(
        &rows(hall, "select name from ballot_voters order by ctid").await,
        0,
    );
    let mut names = physical.clone();
    names.sort();
    assert_eq!(physical, names, "voters lie in the order of their names");
    for order in [
        "ctid",
        "id",
        "receipt",
        "receipt desc",
        "choices::text, id",
        "ctid desc",
    ] {
        let papers = rows(
            hall,
            &format!("select receipt, choices #>> '{{0,chosen,0}}' from ballot_papers order by {order}"),
        )
        .await;
        let receipts = column(&papers, 0);
        for (by, voters) in &of_voters {
            let hits = found(voters, &receipts, truth);
            assert!(
                hits < MARVEL,
                "papers by {order} and voters by {by}: {hits} found"
            );
            let right = voters
                .iter()
                .zip(&papers)
                .filter(|(voter, paper)| choice_of[*voter].to_string() == paper[1])
                .count();
            assert!(
                is_a_coin(right),
                "papers by {order} and voters by {by}: {right} of {VOTERS} choices guessed"
            );
        }
    }
}

/// No value of a voter's row stands in a paper, and the receipt can't be made of the answer's key.
async fn the_tables_hold_no_common_key(hall: &Hall) {
    let papers = rows(
        hall,
        "select id::text, receipt, to_jsonb(p)::text from ballot_papers p",
    )
    .await;
    let voters = rows(
        hall,
        "select id::text, encode(answer_key, 'hex'), encode(card_hash, 'hex') from ballot_voters",
    )
    .await;
    let text: String = papers.iter().map(|paper| paper[2].as_str()).collect();
    for voter in &voters {
        assert!(voter.iter().all(|value| !text.contains(value.as_str())));
    }
    let receipts: HashSet<String> = column(&papers, 1).into_iter().collect();
    let letters = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    for key in column(&voters, 1) {
        let key = hex::decode(key).unwrap();
        for start in 0..key.len() - 8 {
            let guess: String = key[start..start + 8]
                .iter()
                .map(|b| char::from(letters[usize::from(b % 32)]))
                .collect();
            assert!(!receipts.contains(&guess));
        }
        let prefix = &hex::encode_upper(&key)[..6];
        let alike = receipts
            .iter()
            .filter(|receipt| receipt.starts_with(prefix))
            .count();
        assert_eq!(alike, 0);
    }
    let journal: i64 = hall
        .app
        .value("select count(*) from journal j where exists(select from ballot_papers p where coalesce(j.after::text, '') like '%' || p.receipt || '%')")
        .await;
    assert_eq!(journal, 0);
}
