//! What a word processor makes of a DOCX: LibreOffice opens each paper and prints it, and no word is lost on the way.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use cumthidua::kit::{
    confined::Scratch,
    documents::{Profile, docx, model::Block},
    text::nfc,
};

use super::{docx_text, edges, samples};
use crate::support::words_on;

/// The fonts that the program ships, and nothing else of the machine: papers look alike wherever the tests run.
const FONTS: &str = r#"<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>FONTS</dir><cachedir>CACHE</cachedir>
<alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias></fontconfig>"#;

/// What was lost of each paper: its name and a word that stands in the DOCX oftener than in print.
pub fn losses(papers: &[(String, Vec<u8>)]) -> Vec<String> {
    let folder = Scratch::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let fonts = FONTS
        .replace("FONTS", concat!(env!("CARGO_MANIFEST_DIR"), "/fonts"))
        .replace("CACHE", at("cache").to_str().unwrap());
    fs::write(at("fonts.conf"), fonts).unwrap();
    let files: Vec<_> = (0..papers.len()).map(|n| at(&format!("{n}.docx"))).collect();
    for (file, (_, docx)) in files.iter().zip(papers) {
        fs::write(file, docx).unwrap();
    }
    // All in one go: starting it takes longer than a paper. A profile of its own keeps it from any that is open.
    let done = Command::new("timeout")
        .args(["600", "soffice", "--headless", "--norestore"])
        .arg(format!(
            "-env:UserInstallation=file://{}",
            at("profile").display()
        ))
        .args(["--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .args(&files)
        .env("FONTCONFIG_FILE", at("fonts.conf"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let mut losses = Vec::new();
    for (file, (name, docx)) in files.iter().zip(papers) {
        let found = lost(docx, &file.with_extension("pdf"));
        losses.extend(found.into_iter().map(|word| format!("{name}: {word}")));
    }
    losses
}

fn lost(docx: &[u8], pdf: &Path) -> Vec<String> {
    let Ok(pdf) = fs::read(pdf) else {
        return vec!["(can't be opened)".to_owned()];
    };
    let printed = words_on(&pdf);
    // In a narrow column a long name is parted anywhere.
    let unparted: String = nfc(&printed).split_whitespace().collect();
    let printed = counted(&printed);
    let written = counted(&docx_text(docx));
    let is_lost = |(word, times): &(&String, &usize)| {
        printed.get(*word) < Some(*times) && unparted.matches(word.as_str()).count() < **times
    };
    written
        .iter()
        .filter(is_lost)
        .map(|(word, _)| word.clone())
        .collect()
}

/// Words and how often they stand there. Signs between letters part words, since a line may end at them.
fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let text = nfc(text);
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

#[test]
fn samples_of_every_shape_and_every_vietnamese_letter_open_in_a_word_processor() {
    let mut documents = samples::all();
    let letters: Vec<char> = edges::letters().chars().collect();
    let letters: Vec<String> = letters.chunks(7).map(String::from_iter).collect();
    let letters = Block::Paragraph(letters.join(" ").as_str().into());
    documents.push(("letters", edges::with(vec![letters])));
    let profile = Profile::decree_30();
    let papers: Vec<_> = documents
        .into_iter()
        .map(|(name, document)| (name.to_owned(), docx(&document, &profile).unwrap()))
        .collect();
    assert_eq!(losses(&papers), Vec::<String>::new());
}
