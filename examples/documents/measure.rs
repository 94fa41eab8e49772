//! How long files take, one at a time and eight at once: medians, as Markdown. And eight who keep asking for one, so that
//! pages can be measured beside them.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::bail;
use cumthidua::kit::{
    documents::{
        Document, Profile, docx_apart,
        model::{Block, Level},
        pdf_apart,
    },
    sheet::{Cell, Sheet, book_apart},
};
use rust_decimal::Decimal;
use tokio::task::JoinSet;

use crate::samples;

/// Each figure is the median of so many.
const RUNS: usize = 9;
/// At once.
const MANY: usize = 8;

/// What is written.
#[derive(Clone)]
enum Work {
    Pdf(Document),
    Docx(Document),
    Xlsx(Sheet),
}

impl Work {
    /// Writes it once, as the program does for a page.
    async fn done(self) -> anyhow::Result<()> {
        let profile = Profile::decree_30();
        let bytes = match self {
            Self::Pdf(document) => pdf_apart(document, profile).await?,
            Self::Docx(document) => docx_apart(document, profile).await?,
            Self::Xlsx(sheet) => book_apart(vec![sheet]).await?,
        };
        black_box(bytes);
        Ok(())
    }

    /// How long it takes.
    async fn timed(self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        self.done().await?;
        Ok(start.elapsed())
    }
}

/// A file with a goal.
struct Case {
    name: &'static str,
    words: &'static str,
    /// Milliseconds that one may take.
    goal: f64,
    work: Work,
}

fn cases() -> Vec<Case> {
    let case = |name, words, goal, work| Case {
        name,
        words,
        goal,
        work,
    };
    vec![
        case("plan-pdf", "two pages, PDF", 50.0, Work::Pdf(samples::plan())),
        case("plan-docx", "two pages, DOCX", 20.0, Work::Docx(samples::plan())),
        case(
            "summary-pdf",
            "summary report with pictures, PDF",
            400.0,
            Work::Pdf(summary()),
        ),
        case(
            "decision-pdf",
            "decision with 500 names, PDF",
            2000.0,
            Work::Pdf(samples::order(500)),
        ),
        case("sheet-xlsx", "10,000 rows, XLSX", 1000.0, Work::Xlsx(sheet())),
    ]
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

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// Milliseconds until one is done, and until each of eight asked for at once is.
async fn measure(work: &Work) -> anyhow::Result<(f64, f64)> {
    work.clone().done().await?;
    let mut alone = Vec::new();
    for _ in 0..RUNS {
        alone.push(work.clone().timed().await?);
    }
    let mut together = JoinSet::new();
    for _ in 0..MANY {
        together.spawn(work.clone().timed());
    }
    let together: anyhow::Result<Vec<Duration>> = together.join_all().await.into_iter().collect();
    Ok((median(alone), median(together?)))
}

/// Measures and prints everything.
pub async fn all() -> anyhow::Result<()> {
    println!("| file | one, median | each of {MANY} at once, median | goal for one | reached |");
    println!("| --- | ---: | ---: | ---: | --- |");
    for case in cases() {
        let (alone, together) = measure(&case.work).await?;
        let reached = if alone <= case.goal { "yes" } else { "no" };
        println!(
            "| {} | {alone:.1} ms | {together:.1} ms | {} ms | {reached} |",
            case.words, case.goal
        );
    }
    Ok(())
}

/// Eight who ask for this file again as soon as they have it, for so long; prints what it is and how many they got a second.
pub async fn keep_asking(name: &str, seconds: f64) -> anyhow::Result<()> {
    let Some(case) = cases().into_iter().find(|case| case.name == name) else {
        bail!("there is no {name}");
    };
    let start = Instant::now();
    let until = start + Duration::from_secs_f64(seconds);
    let mut askers = JoinSet::new();
    for _ in 0..MANY {
        let work = case.work.clone();
        askers.spawn(async move {
            let mut got = 0_u32;
            while Instant::now() < until {
                work.clone().done().await?;
                got += 1;
            }
            anyhow::Ok(got)
        });
    }
    let got: anyhow::Result<Vec<u32>> = askers.join_all().await.into_iter().collect();
    let rate = f64::from(got?.iter().sum::<u32>()) / start.elapsed().as_secs_f64();
    println!("{rate:.1} {}", case.words);
    Ok(())
}
