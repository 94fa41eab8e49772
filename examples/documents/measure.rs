//! How long papers take, one at a time and eight at once: medians, as Markdown.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use cumthidua::kit::{
    documents::{
        Document, Profile, docx_apart,
        model::{Block, Level},
        pdf_apart,
    },
    sheet::{Cell, Sheet},
};
use rust_decimal::Decimal;
use tokio::task::JoinSet;

use crate::samples;

/// Each figure is the median of so many.
const RUNS: usize = 9;
/// At once.
const MANY: usize = 8;

#[derive(Clone, Copy)]
enum Format {
    Pdf,
    Docx,
}

/// A summary report of a cluster: about twenty pages, six pictures.
fn summary() -> Document {
    let mut report = samples::report();
    let part = report.body.clone();
    for number in 3..8 {
        report.body.push(Block::Heading {
            level: Level::Roman,
            number,
            title: "KẾT QUẢ THEO NHÓM".to_owned(),
        });
        report.body.extend(part.clone());
    }
    report
}

/// A table of ten thousand rows.
fn sheet() -> Sheet {
    let row = |number: i32| {
        vec![
            Cell::from(number),
            Cell::from(format!("Liên hiệp Hội tỉnh thứ {number}")),
            Cell::Number(Decimal::new(i64::from(number) * 7, 2)),
            Cell::from("đã chốt"),
        ]
    };
    Sheet {
        title: "Bảng số liệu".to_owned(),
        subtitle: String::new(),
        upper: Vec::new(),
        columns: ["TT", "Đơn vị", "Điểm", "Ghi chú"]
            .map(|words| (words.to_owned(), 20))
            .to_vec(),
        rows: (1..=10_000).map(row).collect(),
        totals: None,
    }
}

async fn write(document: Document, format: Format) -> anyhow::Result<usize> {
    let profile = Profile::decree_30();
    let bytes = match format {
        Format::Pdf => pdf_apart(document, profile).await?,
        Format::Docx => docx_apart(document, profile).await?,
    };
    Ok(black_box(bytes).len())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// Milliseconds until one is done, and until each of eight asked for at once is.
async fn measure(document: &Document, format: Format) -> anyhow::Result<(f64, f64)> {
    write(document.clone(), format).await?;
    let mut alone = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        write(document.clone(), format).await?;
        alone.push(start.elapsed());
    }
    let mut together = JoinSet::new();
    for _ in 0..MANY {
        let document = document.clone();
        together.spawn(async move {
            let start = Instant::now();
            write(document, format).await.map(|_| start.elapsed())
        });
    }
    let together: anyhow::Result<Vec<Duration>> = together.join_all().await.into_iter().collect();
    Ok((median(alone), median(together?)))
}

fn print(what: &str, alone: f64, together: f64, goal: f64) {
    let reached = if alone <= goal { "yes" } else { "no" };
    println!("| {what} | {alone:.1} ms | {together:.1} ms | {goal} ms | {reached} |");
}

/// Measures and prints everything.
pub async fn all() -> anyhow::Result<()> {
    println!("| papers | one, median | each of {MANY} at once, median | goal for one | reached |");
    println!("| --- | ---: | ---: | ---: | --- |");
    let (alone, together) = measure(&samples::plan(), Format::Pdf).await?;
    print("two pages, PDF", alone, together, 50.0);
    let (alone, together) = measure(&samples::plan(), Format::Docx).await?;
    print("two pages, DOCX", alone, together, 20.0);
    let (alone, together) = measure(&summary(), Format::Pdf).await?;
    print("summary report with pictures, PDF", alone, together, 400.0);
    let (alone, together) = measure(&samples::order(500), Format::Pdf).await?;
    print("decision with 500 names, PDF", alone, together, 2000.0);
    let mut alone = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        black_box(sheet().to_xlsx()?);
        alone.push(start.elapsed());
    }
    let mut threads = Vec::new();
    for _ in 0..MANY {
        threads.push(std::thread::spawn(|| {
            let start = Instant::now();
            black_box(sheet().to_xlsx().map(|bytes| bytes.len())).map(|_| start.elapsed())
        }));
    }
    let mut together = Vec::new();
    for thread in threads {
        together.push(thread.join().map_err(|_| anyhow::anyhow!("a writer failed"))??);
    }
    print("10,000 rows, XLSX", median(alone), median(together), 1000.0);
    Ok(())
}
