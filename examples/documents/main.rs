//! Writes one paper of each shape as DOCX and PDF into a folder, to be looked at beside the rules:
//! `cargo run --example documents -- FOLDER`. With `--measure` it says how long papers take instead.

mod measure;
mod samples;

use std::{fs, path::PathBuf, time::Instant};

use cumthidua::kit::documents::{Profile, docx, pdf};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    if std::env::args().any(|argument| argument == "--measure") {
        return measure::all().await;
    }
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "documents".to_owned()));
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
