//! What the database itself tells: names of constraints and indexes.

use super::{
    modules::assert_none,
    sources::{files_below, read},
};
use crate::support::database;

#[test]
fn migrations_are_named_by_time_and_by_what_they_do() {
    let mut findings = Vec::new();
    for path in files_below("migrations") {
        let name = path.trim_start_matches("migrations/");
        let (time, rest) = name.split_once('_').unwrap_or((name, ""));
        let is_time = chrono::NaiveDateTime::parse_from_str(time, "%Y%m%d%H%M%S").is_ok() && time.len() == 14;
        let words = rest.strip_suffix(".sql").unwrap_or_default();
        let is_lower = words
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '_');
        if !is_time || !is_lower || words.split('_').filter(|word| !word.is_empty()).count() < 2 {
            findings.push(path.clone());
        }
        if !read(&path).starts_with("-- ") {
            findings.push(format!("{path} doesn't begin by saying what it is for"));
        }
    }
    assert_none(&findings, "YYYYMMDDHHMMSS_verb_object.sql");
}

/// Names that PostgreSQL made up are found by their absence from the migrations.
#[tokio::test]
async fn every_constraint_index_and_trigger_got_its_name_in_a_migration() {
    let written: String = files_below("migrations").iter().map(|path| read(path)).collect();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let written: Vec<&str> = written.split(|letter| !is_word(letter)).collect();
    let database = database::with_world().await;
    let mut db = database::connect(&database.address).await;
    let named: Vec<(String, String)> = sqlx::query_as(
        "select c.relname::text, n.conname::text from pg_constraint n join pg_class c on c.oid = n.conrelid
         where c.relnamespace = 'public'::regnamespace and n.contype <> 'n'
         union select c.relname::text, i.relname::text from pg_index x
            join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
            where c.relnamespace = 'public'::regnamespace
         union select c.relname::text, t.tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
         order by 1, 2",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    assert!(named.len() > 50);
    let is_own = |table: &String| table != "_sqlx_migrations";
    let findings: Vec<String> = named
        .iter()
        .filter(|(table, name)| is_own(table) && !written.contains(&name.as_str()))
        .map(|(table, name)| format!("{name} on {table}"))
        .collect();
    assert_none(
        &findings,
        "errors are told by these names, and they must be the same everywhere",
    );
}
