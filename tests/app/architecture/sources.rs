//! The sources as tests read them: parsed, without what is there for tests only.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, ExprAsync, ExprMethodCall, File, Ident, ItemFn, ItemMod, ItemUse, Macro, Signature, UseTree,
    visit::{self, Visit},
};

/// A file of the program.
pub struct Source {
    /// `src/years/model.rs`
    pub path: String,
    /// Where it stands: `["years", "model"]`; nothing for `lib.rs`.
    pub module: Vec<String>,
    pub text: String,
    pub file: File,
}

/// The folder of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the project, as paths from its root, in order.
pub fn files_below(folder: &str) -> Vec<String> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let mut found: Vec<String> = found
        .iter()
        .map(|path| path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    found
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The program's files but `main.rs`, which stands above them all, and files that hold nothing but tests.
pub fn sources() -> Vec<Source> {
    files_below("src")
        .into_iter()
        .filter(|path| path.ends_with(".rs") && path != "src/main.rs" && !path.ends_with("tests.rs"))
        .map(|path| {
            let text = read(&path);
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            Source {
                module: module_of(&path),
                path,
                text,
                file,
            }
        })
        .collect()
}

fn module_of(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    if inner == "lib" {
        Vec::new()
    } else {
        inner.split('/').map(str::to_owned).collect()
    }
}

/// What a file mentions: everything by which a rule can be broken.
#[derive(Default)]
pub struct Mentions {
    here: Vec<String>,
    /// Paths within the crate, from its root: `["kit", "clock", "Moment"]`.
    pub own: Vec<Vec<String>>,
    /// All other paths: `["axum", "Router"]`, `["Utc", "now"]`, and what is imported from other crates.
    pub foreign: Vec<Vec<String>>,
    /// Names of macros that are called, with their paths: `["sqlx", "query"]`.
    pub macros: Vec<Vec<String>>,
    /// Methods that are called.
    pub methods: Vec<String>,
    /// Whether anything waits.
    pub is_async: bool,
    /// Names of types that are defined.
    pub types: Vec<String>,
}

impl Mentions {
    pub fn of(source: &Source) -> Self {
        let mut mentions = Self {
            here: source.module.clone(),
            ..Self::default()
        };
        mentions.visit_file(&source.file);
        mentions
    }

    /// Whether a crate or a type of this name is mentioned anywhere.
    pub fn names(&self, name: &str) -> bool {
        self.foreign
            .iter()
            .chain(&self.own)
            .flatten()
            .any(|part| part == name)
    }

    fn note(&mut self, path: Vec<String>) {
        match path.first().map(String::as_str) {
            Some("crate") => self.own.push(path[1..].to_vec()),
            Some("self") if path.len() > 1 => {
                let inner = path[1..].to_vec();
                self.own.push([self.here.clone(), inner].concat());
            }
            Some("super") => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                let above = self.here[..self.here.len().saturating_sub(ups)].to_vec();
                self.own.push([above, path[ups..].to_vec()].concat());
            }
            _ => self.foreign.push(path),
        }
    }

    fn note_tree(&mut self, before: &[String], tree: &UseTree) {
        let longer = |ident: &Ident| [before, &[ident.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.note_tree(&longer(&path.ident), &path.tree),
            UseTree::Name(name) => self.note(longer(&name.ident)),
            UseTree::Rename(name) => self.note(longer(&name.ident)),
            UseTree::Glob(_) => self.note(before.to_vec()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.note_tree(before, tree)),
        }
    }

    /// Paths in a macro's words: `crate :: kit :: text`. Relative ones are rare there and not worth a parser.
    fn note_words(&mut self, words: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let is_root = matches!(
                *word,
                "crate" | "axum" | "askama" | "Utc" | "Local" | "PgConnection"
            );
            if is_root && (at == 0 || words[at - 1] != "::") {
                let mut path = vec![(*word).to_owned()];
                path.extend(
                    words[at + 1..]
                        .chunks(2)
                        .take_while(|pair| pair[0] == "::" && pair.len() == 2)
                        .map(|p| p[1].to_owned()),
                );
                self.note(path);
            }
        }
    }
}

/// Whether this is there for tests only.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<Ident>()
                .is_ok_and(|condition| condition == "test")
    })
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_for_tests(&item.attrs) {
            self.here.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.here.pop();
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_for_tests(&item.attrs) {
            self.note_tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.note(
            path.segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect(),
        );
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.macros.push(
            call.path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect(),
        );
        self.note_words(&call.tokens.to_string());
    }

    fn visit_signature(&mut self, signature: &'ast Signature) {
        self.is_async |= signature.asyncness.is_some();
        visit::visit_signature(self, signature);
    }

    fn visit_expr_async(&mut self, block: &'ast ExprAsync) {
        self.is_async = true;
        visit::visit_expr_async(self, block);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.methods.push(call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.types.push(item.ident.to_string());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.types.push(item.ident.to_string());
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.types.push(item.ident.to_string());
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.types.push(item.ident.to_string());
        visit::visit_item_type(self, item);
    }
}
