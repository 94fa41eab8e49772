//! Migrations: each works on a database that holds data, and none loses any.
//!
//! After each migration rows are put in by `fixtures/<its version>.sql`, as they could have been there when the next
//! one comes. The newest migration may go without; the one after it asks for its fixture.

use std::collections::BTreeMap;

use cumthidua::kit::database::MIGRATIONS;
use sqlx::{
    PgConnection,
    migrate::{Migration, Migrator},
};

use crate::{
    architecture::sources::{files_below, root},
    support::database,
};

#[tokio::test]
async fn every_migration_works_on_a_database_that_holds_data_and_loses_none() {
    let database = database::empty().await;
    let mut db = database::connect(&database.address).await;
    let all: Vec<Migration> = MIGRATIONS.iter().cloned().collect();
    let mut rows: BTreeMap<String, i64> = BTreeMap::new();
    for (place, migration) in all.iter().enumerate() {
        apply(&mut db, &all[..=place]).await;
        for (table, before) in &rows {
            let now = count(&mut db, table).await;
            assert!(
                now >= *before,
                "{} took rows out of {table}: {before} before, {now} after",
                migration.description
            );
        }
        let fixture = root().join(format!("tests/app/fixtures/{}.sql", migration.version));
        match std::fs::read_to_string(&fixture) {
            Ok(statements) => database::run(&mut db, &statements)
                .await
                .unwrap_or_else(|e| panic!("{}: {e}", fixture.display())),
            Err(_) => assert!(
                place + 1 == all.len(),
                "a migration follows {0} now, so write tests/app/fixtures/{0}.sql: rows in each of its tables",
                migration.version
            ),
        }
        for table in tables(&mut db).await {
            let number = count(&mut db, &table).await;
            let is_newest = place + 1 == all.len();
            assert!(
                number > 0 || is_newest,
                "fixtures/{}.sql puts nothing into {table}",
                migration.version
            );
            rows.insert(table, number);
        }
    }
    let grown = shape(&mut db).await;
    let database = database::with_world().await;
    let mut fresh = database::connect(&database.address).await;
    assert_eq!(
        grown,
        shape(&mut fresh).await,
        "the tables are the same, whatever was in them on the way"
    );
}

#[tokio::test]
async fn migrations_applied_twice_change_nothing() {
    let database = database::with_world().await;
    let mut db = database::connect(&database.address).await;
    let before = (shape(&mut db).await, count(&mut db, "journal").await);
    MIGRATIONS.run(&mut db).await.unwrap();
    MIGRATIONS.run(&mut db).await.unwrap();
    assert_eq!((shape(&mut db).await, count(&mut db, "journal").await), before);
}

async fn apply(db: &mut PgConnection, migrations: &[Migration]) {
    Migrator::with_migrations(migrations.to_vec())
        .run(db)
        .await
        .unwrap();
}

async fn tables(db: &mut PgConnection) -> Vec<String> {
    let known = "select table_name::text from information_schema.tables
                 where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> '_sqlx_migrations' order by 1";
    sqlx::query_scalar(known).fetch_all(db).await.unwrap()
}

async fn count(db: &mut PgConnection, table: &str) -> i64 {
    let statement = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
    sqlx::query_scalar(statement).fetch_one(db).await.unwrap()
}

/// All columns, constraints, indexes, triggers and functions, a line each.
async fn shape(db: &mut PgConnection) -> Vec<String> {
    sqlx::query_scalar(
        "select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default)
             from information_schema.columns where table_schema = 'public'
         union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
             from pg_constraint where connamespace = 'public'::regnamespace
         union all select indexdef from pg_indexes where schemaname = 'public'
         union all select pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal
         union all select pg_get_functiondef(p.oid) from pg_proc p join pg_language l on l.oid = p.prolang
             where pronamespace = 'public'::regnamespace and l.lanname in ('sql', 'plpgsql')
         order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap()
}

/// What can lose data, stop the service or leave something without a name. A statement that does so on purpose says
/// why in the line above it: `-- loses: the column held a copy of ...`.
const DANGERS: [(&str, &str); 11] = [
    ("drop table", "loses rows"),
    ("drop column", "loses values"),
    ("truncate ", "loses rows"),
    ("delete from", "loses rows"),
    (" cascade", "takes along what nobody named"),
    ("rename ", "breaks the program that is still running"),
    (" type ", "rewrites the table, and may lose what doesn't fit"),
    ("create index on", "has no name"),
    ("create unique index on", "has no name"),
    ("add constraint check", "has no name"),
    ("disable trigger", "opens what is locked"),
];

/// The dangers of a migration that doesn't say why.
fn dangers_in(migration: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut reason = "";
    let mut statement = String::new();
    // A function's body is text to the migration: what it does is done later, by triggers.
    for (place, piece) in migration.split("$$").enumerate() {
        if place % 2 == 1 {
            continue;
        }
        for line in piece.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(comment) = line.strip_prefix("--") {
                reason = comment.trim();
                continue;
            }
            statement.push_str(&line.to_lowercase());
            statement.push(' ');
            if line.ends_with(';') {
                if !reason.starts_with("loses: ") {
                    found.extend(dangers_of(&statement));
                }
                (reason, statement) = ("", String::new());
            }
        }
    }
    found
}

fn dangers_of(statement: &str) -> Vec<String> {
    let words = format!(" {} ", statement.split_whitespace().collect::<Vec<_>>().join(" "));
    let is_alter = words.starts_with(" alter table");
    let mut found: Vec<String> = DANGERS
        .iter()
        .filter(|(danger, _)| words.contains(danger))
        // As a column's name "type" is harmless; only what alters a table changes types.
        .filter(|(danger, _)| is_alter || !matches!(*danger, " type " | "rename "))
        .map(|(danger, why)| format!("{}: {why}", danger.trim()))
        .collect();
    if is_alter
        && words.contains(" add column ")
        && words.contains(" not null")
        && !words.contains(" default ")
    {
        found.push("add column ... not null without a default: fails where there are rows".to_owned());
    }
    found
}

#[test]
fn no_migration_does_dangerous_things_without_a_reason() {
    for path in files_below("migrations") {
        let found = dangers_in(&std::fs::read_to_string(root().join(&path)).unwrap());
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[test]
fn dangerous_statements_are_recognised() {
    for statement in [
        "drop table units;",
        "alter table units\n    drop column phone;",
        "truncate journal;",
        "delete from units where ended_on is not null;",
        "alter table units rename place to town;",
        "alter table units alter column slug type varchar(20);",
        "create index on units (slug);",
        "Create Unique Index On units (slug);",
        "alter table units add constraint check (slug <> '');",
        "alter table units add column colour text not null;",
        "drop view v cascade;",
        "alter table journal disable trigger user;",
        "-- loses: nothing, it is empty\ndrop table a;\ndrop table b;",
    ] {
        assert!(!dangers_in(statement).is_empty(), "{statement}");
    }
    for statement in [
        "create table a (type text constraint a_type_known check (type in ('x')));",
        "alter table units add column colour text not null default '';",
        "create index units_slug_idx on units (slug);",
        "-- loses: the copy of a date that stands in posts\nalter table units drop column founded;",
        "create function f() returns trigger language plpgsql as $$ begin delete from x; end $$;",
    ] {
        assert_eq!(dangers_in(statement), Vec::<String>::new(), "{statement}");
    }
}
