//! Writes one paper of each shape as DOCX and PDF into a folder, to be looked at beside the rules:
//! `cargo run --example documents -- FOLDER`. With `--measure` it says how long files take instead; with `--keep-asking NAME
//! SECONDS` eight keep asking for one of them.

mod measure;
mod samples;

use std::{fs, path::PathBuf, time::Instant};

use cumthidua::kit::documents::{Profile, docx, pdf};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let folder = match *arguments {
        ["--measure"] => return measure::all().await,
        ["--keep-asking", name, seconds] => return measure::keep_asking(name, seconds.parse()?).await,
        [folder] => PathBuf::from(folder),
        _ => PathBuf::from("documents"),
    };
    fs::create_dir_all(&folder)?;
    for (profile, suffix) in [(Profile::decree_30(), ""), (Profile::party_guide_05(), "-dang")] {
        for (name, document) in samples::all() {
            let start = Instant::now();
            let as_pdf = pdf(&document, &profile)?;
            let printed = start.elapsed();
            let start = Instant::now();
            let as_docx = docx(&document, &profile)?;
            println!(
                "{name}{suffix}: PDF {} bytes in {printed:.1?}, DOCX {} bytes in {:.1?}",
                as_pdf.len(),
                as_docx.len(),
                start.elapsed()
            );
            fs::write(folder.join(format!("{name}{suffix}.pdf")), as_pdf)?;
            fs::write(folder.join(format!("{name}{suffix}.docx")), as_docx)?;
        }
    }
    Ok(())
}
