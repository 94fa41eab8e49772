//! What can be read off files as plain text: sizes, addresses, templates.

use std::fs;

use super::{
    modules::assert_none,
    sources::{files_below, read, root, sources},
};

/// Lines of code that a file should hold at most; documentation, comments and tests aren't counted.
const CODE_LINES: usize = 300;

/// Lines that a template should have at most.
const TEMPLATE_LINES: usize = 120;
const LONG_TEMPLATES: [(&str, &str); 1] = [(
    "templates/components/form.html",
    "all fields of forms, drawn by the same few macros",
)];

#[test]
fn files_stay_short_enough_to_be_read_at_a_sitting() {
    let mut findings = Vec::new();
    for source in sources() {
        let code = source.text.split("\n#[cfg(test)]\nmod ").next().unwrap();
        let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        let lines = code.lines().filter(is_code).count();
        if lines > CODE_LINES {
            findings.push(format!("{}: {lines} lines of code", source.path));
        }
    }
    for path in templates() {
        let lines = read(&path).lines().count();
        let is_known = LONG_TEMPLATES.iter().any(|(known, _)| *known == path);
        if (lines > TEMPLATE_LINES) != is_known {
            findings.push(format!(
                "{path}: {lines} lines{}",
                if is_known { ", no longer long" } else { "" }
            ));
        }
    }
    assert_none(&findings, "over the limit usually means that a noun is missing");
}

fn templates() -> Vec<String> {
    files_below("templates")
        .into_iter()
        .filter(|path| path.ends_with(".html"))
        .collect()
}

#[test]
fn no_statement_selects_everything_there_is() {
    let mut findings = Vec::new();
    let files = files_below("src").into_iter().chain(files_below("migrations"));
    for path in files.filter(|path| path.ends_with(".rs") || path.ends_with(".sql")) {
        let text: Vec<String> = read(&path)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//") && !line.trim_start().starts_with("--"))
            .map(str::to_lowercase)
            .collect();
        let text = text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for star in ["select *", "select distinct *", "returning *"] {
            if text.contains(star) {
                findings.push(format!("{path}: {star}"));
            }
        }
        for clause in text.split("select ").skip(1) {
            let first = clause.split([' ', ',']).next().unwrap_or_default();
            if first.ends_with(".*") {
                findings.push(format!("{path}: select {first}"));
            }
        }
    }
    assert_none(&findings, "a new column must not reach a page by itself");
}

/// The text files of the project that are written by hand here.
fn own_texts() -> Vec<(String, String)> {
    let mut paths: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        // The lock file is cargo's, the link to a repository git's.
        .filter(|name| name != "Cargo.lock" && name != ".git")
        .collect();
    for folder in [
        ".ci",
        "bin",
        "demo",
        "docs",
        "migrations",
        "src",
        "static",
        "templates",
        "tests",
    ] {
        if root().join(folder).is_dir() {
            paths.extend(files_below(folder));
        }
    }
    let is_vendored =
        |path: &String| path.contains("/vendor/") && !path.ends_with(".md") || path.contains("LICENSE");
    paths
        .into_iter()
        .filter(|path| !is_vendored(path))
        .filter_map(|path| {
            fs::read_to_string(root().join(&path))
                .ok()
                .map(|text| (path, text))
        })
        .collect()
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    /// Sites that a text may point to. Whatever ends with `.example` leads nowhere.
    const KNOWN: [&str; 9] = [
        "127.0.0.1",
        "localhost",
        "github.com",
        "purl.org",
        "rustup.rs",
        "schemas.microsoft.com",
        "schemas.openxmlformats.org",
        "tabler.io",
        "www.w3.org",
    ];
    // In halves, so that this file itself is clean.
    let words = [
        ["crates", ".io"],
        ["npm", "js"],
        ["py", "pi."],
        ["artifact", "ory"],
        ["nexus", "."],
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/Us", "ers/"],
    ];
    let mut findings = Vec::new();
    for (path, text) in own_texts() {
        for word in words
            .map(|halves| halves.concat())
            .iter()
            .filter(|word| text.contains(word.as_str()))
        {
            findings.push(format!("{path} names {word}"));
        }
        for address in text.split("http").skip(1) {
            let Some(rest) = address
                .strip_prefix("s://")
                .or_else(|| address.strip_prefix("://"))
            else {
                continue;
            };
            let is_host = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
            let host: String = rest.chars().take_while(is_host).collect();
            let is_known = host.is_empty() || host.ends_with(".example") || KNOWN.contains(&host.as_str());
            if !is_known {
                findings.push(format!("{path} names {host}"));
            }
        }
    }
    assert_none(&findings, "a clone works elsewhere too, and asks nobody outside");
}

#[test]
fn templates_hold_no_inline_script_or_style() {
    let mut findings = Vec::new();
    for path in templates() {
        let text = read(&path).to_lowercase();
        for forbidden in [" style=", "<style", "javascript:", " hx-on", "|safe"] {
            if text.contains(forbidden) {
                findings.push(format!("{path}: {}", forbidden.trim()));
            }
        }
        for script in text.split("<script").skip(1) {
            let (attributes, rest) = script.split_once('>').unwrap();
            if !attributes.contains(" src=") || !rest.trim_start().starts_with("</script>") {
                findings.push(format!("{path}: a script without a file"));
            }
        }
        // Handlers: a word that begins with "on" before an equals sign, inside a tag.
        for word in text.split([' ', '\n']).filter(|word| word.starts_with("on")) {
            let name = word.split('=').next().unwrap_or_default();
            if word.contains("=\"") && name.chars().all(|letter| letter.is_ascii_lowercase()) {
                findings.push(format!("{path}: {name}="));
            }
        }
    }
    assert_none(&findings, "the content security policy refuses them");
}

#[test]
fn every_file_that_a_template_names_exists_and_every_template_is_used() {
    let mut findings = Vec::new();
    let sources: String = files_below("src")
        .iter()
        .filter(|path| path.ends_with(".rs"))
        .map(|path| read(path))
        .collect();
    let all: String = templates().iter().map(|path| read(path)).collect();
    for path in templates() {
        let text = read(&path);
        for name in text
            .split("assets::url(\"")
            .skip(1)
            .map(|part| part.split('"').next().unwrap())
        {
            if !root().join("static").join(name).is_file() {
                findings.push(format!("{path}: there is no static/{name}"));
            }
        }
        for kind in ["href=\"/static", "src=\"/static"] {
            if text.contains(kind) {
                findings.push(format!(
                    "{path}: files are named through assets::url, which knows their fingerprints"
                ));
            }
        }
        let name = format!("\"{}\"", path.trim_start_matches("templates/"));
        // Components are made for the pages to come, too.
        if !path.contains("/components/") && !sources.contains(&name) && !all.contains(&name) {
            findings.push(format!("{path}: nothing uses it"));
        }
    }
    assert_none(&findings, "templates and files belong together");
}

#[test]
fn a_folder_of_templates_is_named_like_its_feature() {
    let mut findings = Vec::new();
    for path in templates() {
        let folder = path.split('/').nth(1).unwrap();
        let is_shared = ["components", "errors", "layout"].contains(&folder);
        if !is_shared && !root().join("src").join(folder).is_dir() {
            findings.push(path);
        }
    }
    assert_none(&findings, "who knows the page knows where its template is");
}
