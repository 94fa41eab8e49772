//! Which module may use which, and what belongs into which kind of file.

use syn::{Expr, ExprLit, Item, Lit, Meta};

use super::sources::{Mentions, Source, sources};

/// Modules that aren't features: their files go by names of their own.
const NO_FEATURES: [&str; 7] = ["kit", "ids", "web", "app", "demo", "serving", COMMANDS];

/// What `main.rs` is made of: it stands above all modules of the library.
const COMMANDS: &str = "commands";

/// The kinds of files in a feature, and their order: a file may use those of its own rank and below. A draft is the
/// form as typed, so a record holds its form and a form makes the record's content: these two stand side by side.
/// A file with another name (`people/passwords.rs`) is a noun of that feature's own; everything but the pages and
/// the acts is below it, and everybody may use it.
const RANKS: [(&str, u8); 7] = [
    ("model", 0),
    ("forms", 0),
    ("workflow", 1),
    ("access", 2),
    ("queries", 3),
    ("actions", 4),
    ("pages", 5),
];
const RANK_OF_A_NOUN: u8 = 3;

/// Files that are pure: what they answer depends on nothing but what they are given.
const PURE: [&str; 4] = ["model", "forms", "workflow", "access"];

/// Files beside the `queries.rs` of features that may hold SQL.
const SQL_ELSEWHERE: [&str; 4] = [
    "src/kit/database.rs",
    "src/kit/journal.rs",
    "src/kit/mail.rs",
    "src/web/session.rs",
];

/// Ends the test with all findings at once.
#[track_caller]
pub fn assert_none(findings: &[String], rule: &str) {
    assert!(findings.is_empty(), "{rule}\n  {}", findings.join("\n  "));
}

/// The modules in the order of `lib.rs`.
fn order() -> Vec<String> {
    let lib = sources()
        .into_iter()
        .find(|source| source.path == "src/lib.rs")
        .unwrap();
    let modules = lib.file.items.iter().filter_map(|item| match item {
        Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    modules.collect()
}

/// The feature's name and the kind of file, where the source belongs to a feature.
fn place(source: &Source) -> Option<(&str, &str)> {
    let feature = source.module.first()?;
    let kind = source.module.get(1)?;
    (!NO_FEATURES.contains(&feature.as_str())).then_some((feature, kind))
}

fn is_kind(source: &Source, kind: &str) -> bool {
    place(source).is_some_and(|(_, known)| known == kind)
}

#[test]
fn a_module_uses_only_those_listed_above_it() {
    let order = order();
    let rank = |module: &str| order.iter().position(|known| known == module);
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| !source.module.is_empty()) {
        if source.module[0] == COMMANDS {
            continue;
        }
        let own =
            rank(&source.module[0]).unwrap_or_else(|| panic!("{} isn't listed in src/lib.rs", source.path));
        for used in &Mentions::of(source).own {
            if let Some(other) = used.first().and_then(|module| rank(module))
                && other > own
            {
                findings.push(format!("{} uses crate::{}", source.path, used.join("::")));
            }
        }
    }
    assert_none(&findings, "src/lib.rs lists what is used above what uses it");
}

#[test]
fn inside_a_feature_files_use_only_those_below_them() {
    let rank = |kind: &str| {
        RANKS
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, rank)| *rank)
    };
    let mut findings = Vec::new();
    let sources = sources();
    for source in &sources {
        let Some((feature, kind)) = place(source) else {
            continue;
        };
        let own = rank(kind).unwrap_or(RANK_OF_A_NOUN);
        for used in Mentions::of(source).own {
            let other = used.get(1).and_then(|kind| rank(kind)).unwrap_or(0);
            if used[0] == feature && other > own {
                findings.push(format!("{} uses {}", source.path, used.join("::")));
            }
        }
    }
    let order: Vec<&str> = RANKS.iter().map(|(kind, _)| *kind).collect();
    assert_none(
        &findings,
        &format!("the order in a feature is {}", order.join(", ")),
    );
}

#[test]
fn the_kit_knows_neither_the_web_nor_the_domain() {
    let nouns = [
        "Unit",
        "Cluster",
        "Year",
        "Registration",
        "Report",
        "Nomination",
        "Decision",
        "Award",
    ];
    let mut findings = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.module.first().is_some_and(|module| module == "kit"))
    {
        let mentions = Mentions::of(source);
        for web in ["axum", "axum_extra", "askama", "tower_http", "http"] {
            if mentions.names(web) {
                findings.push(format!("{} mentions {web}", source.path));
            }
        }
        // There "cluster" is PostgreSQL's word for a folder of databases.
        let is_postgres = source.path.starts_with("src/kit/private_cluster/");
        for name in mentions.types.iter().filter(|_| !is_postgres) {
            if let Some(noun) = words(name)
                .into_iter()
                .find(|word| nouns.contains(&word.as_str()))
            {
                findings.push(format!(
                    "{} defines {name}: {noun} is a word of the domain",
                    source.path
                ));
            }
        }
    }
    assert_none(&findings, "kit holds tools that any program could use");
}

/// `YearPlace` in its words.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_uppercase() => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}

#[test]
fn models_forms_workflows_and_access_rules_are_pure() {
    let mut findings = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| PURE.iter().any(|kind| is_kind(source, kind)))
    {
        let mentions = Mentions::of(source);
        if mentions.is_async {
            findings.push(format!("{} is async", source.path));
        }
        for name in ["PgConnection", "PgPool", "PoolConnection", "Transaction", "Clock"] {
            if mentions.names(name) {
                findings.push(format!("{} mentions {name}", source.path));
            }
        }
        let asks_the_time =
            |path: &Vec<String>| path.len() > 1 && path.last().is_some_and(|name| name == "now");
        if mentions.foreign.iter().any(asks_the_time) || mentions.methods.iter().any(|method| method == "now")
        {
            findings.push(format!("{} asks for the time", source.path));
        }
    }
    assert_none(
        &findings,
        "what these files answer depends on nothing but what they are given",
    );
}

#[test]
fn sql_stands_in_query_files_only_and_is_checked() {
    let mut findings = Vec::new();
    for source in sources() {
        let mentions = Mentions::of(&source);
        let may_hold_sql = is_kind(&source, "queries") || SQL_ELSEWHERE.contains(&source.path.as_str());
        for called in &mentions.macros {
            let name = called.last().unwrap();
            let is_query = name.starts_with("query") || name == "migrate" || called[0] == "sqlx";
            if is_query && !may_hold_sql {
                findings.push(format!("{} calls {}!", source.path, called.join("::")));
            }
        }
        for path in &mentions.foreign {
            let is_unchecked =
                |name: &String| name.starts_with("query") || name == "raw_sql" || name == "QueryBuilder";
            if path[0] == "sqlx" && path.last().is_some_and(is_unchecked) {
                findings.push(format!(
                    "{} calls {}, whose SQL nobody checks",
                    source.path,
                    path.join("::")
                ));
            }
        }
    }
    assert_none(&findings, "SQL: checked macros, in queries.rs");
}

#[test]
fn acts_know_no_http() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| is_kind(source, "actions")) {
        let mentions = Mentions::of(source);
        for web in [
            "axum",
            "axum_extra",
            "askama",
            "http",
            "tower",
            "tower_http",
            "hyper",
        ] {
            if mentions.names(web) {
                findings.push(format!("{} mentions {web}", source.path));
            }
        }
    }
    assert_none(
        &findings,
        "pages, the demonstration, commands and tests all call the same acts",
    );
}

#[test]
fn every_module_begins_by_saying_what_it_is() {
    let mut findings = Vec::new();
    for source in sources() {
        let opening: Vec<String> = source.file.attrs.iter().filter_map(|a| doc_of(&a.meta)).collect();
        let text = opening.join(" ");
        let is_whole_module =
            source.path.ends_with("/mod.rs") && source.module.len() == 1 && source.module[0] != COMMANDS;
        let enough = if is_whole_module { 60 } else { 1 };
        if text.trim().chars().count() < enough {
            findings.push(format!("{} begins with “{}”", source.path, text.trim()));
        }
    }
    assert_none(
        &findings,
        "a file opens with what it holds, a mod.rs with a paragraph that a board member could read",
    );
}

fn doc_of(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn the_reader_of_sources_finds_what_the_rules_forbid() {
    let text = "
        use crate::{kit::{clock, text::fold}, ids::UnitId};
        use super::super::{model::Year, queries};
        async fn f(db: &mut sqlx::PgConnection) { sqlx::query!(\"x\"); let _ = chrono::Utc::now(); visit.clock.now(); }
        fn g() { let a = json!({\"a\": crate::years::find(1)}); super::show(); }
        #[cfg(test)] mod tests { use super::*; use crate::app; }
        #[cfg(test)] fn h() { axum::serve() }";
    let source = Source {
        path: "src/years/pages/show.rs".to_owned(),
        module: ["years", "pages", "show"].map(str::to_owned).to_vec(),
        file: syn::parse_file(text).unwrap(),
        text: String::new(),
    };
    let mentions = Mentions::of(&source);
    let own: Vec<String> = mentions.own.iter().map(|path| path.join("::")).collect();
    let expected = [
        "kit::clock",
        "kit::text::fold",
        "ids::UnitId",
        "years::model::Year",
        "years::queries",
        "years::find",
        "years::pages::show",
    ];
    assert_eq!(own, expected);
    assert!(
        mentions.is_async && mentions.names("PgConnection") && mentions.methods.contains(&"now".to_owned())
    );
    assert!(
        mentions
            .foreign
            .iter()
            .any(|path| path.join("::") == "chrono::Utc::now")
    );
    assert_eq!(mentions.macros[0].join("::"), "sqlx::query");
    assert!(!mentions.names("axum"));
}
