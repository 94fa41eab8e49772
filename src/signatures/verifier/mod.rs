//! Checks a signed copy: programs of poppler and NSS read it in confinement, what they say is judged here.

mod bytes;
mod desk;
mod frames;
mod judge;
mod pdfsig;
mod pictures;
mod text;
mod trust;

use std::{io, path::PathBuf};

use super::model::Report;
use crate::kit::{
    clock::Moment,
    confined::{Ended, Limits, Printed, Programs},
};

pub(super) use bytes::flaw;
use desk::Desk;
pub use frames::print_frames;
use pictures::{Comparison, Look};
use text::Words;

/// What checks copies: the programs of this machine, and how much they may take.
#[derive(Clone, Debug)]
pub struct Verifier {
    program: PathBuf,
    programs: Programs,
    limits: Limits,
}

/// What is to be checked, and by what.
pub(super) struct Task {
    /// The bytes of the copy.
    pub(super) signed: Vec<u8>,
    /// The bytes as issued.
    pub(super) issued: Vec<u8>,
    /// Certificates of the authorities in the administrator's list.
    pub(super) authorities: Vec<Vec<u8>>,
    /// What these authorities revoked.
    pub(super) lists: Vec<Vec<u8>>,
    /// When it is checked.
    pub(super) now: Moment,
}

/// What the programs said; a sentence where they could not.
struct Reading {
    signatures: Result<Vec<pdfsig::Printed>, String>,
    words: Result<Words, String>,
    look: Result<Look, String>,
    tool: String,
}

const SYSTEM: &str = "Máy chủ gặp trục trặc khi kiểm tra. Xin kiểm tra lại sau.";

impl Verifier {
    /// One with the programs of this machine. `program` is this program itself, for what it does in a process of its own.
    #[must_use]
    pub fn of_machine(program: PathBuf) -> Self {
        Self::new(program, Programs::of_machine(), Limits::default())
    }

    /// One with these programs and limits.
    #[must_use]
    pub fn new(program: PathBuf, programs: Programs, limits: Limits) -> Self {
        Self {
            program,
            programs,
            limits,
        }
    }

    /// Checks a copy. Whatever the file holds, there is a report.
    pub(super) async fn verify(&self, task: Task) -> Report {
        let reading = match self.read(&task).await {
            Ok(reading) => reading,
            Err(error) => {
                tracing::warn!(%error, "a signed copy can't be checked");
                Reading::hindered(SYSTEM)
            }
        };
        // Hashing and comparing twenty megabytes holds up nobody's request.
        let judged = tokio::task::spawn_blocking(move || judge::report(&task, reading)).await;
        judged.unwrap_or_else(|error| {
            tracing::error!(%error, "judging a signed copy failed");
            judge::hindered(SYSTEM)
        })
    }

    async fn read(&self, task: &Task) -> io::Result<Reading> {
        let desk = match Desk::new(self, task).await? {
            Ok(desk) => desk,
            Err(missing) => return Ok(Reading::hindered(&is_missing(missing))),
        };
        let texts = match self.programs.find("pdftotext") {
            Ok(program) => desk.texts(&program).await?,
            Err(missing) => Err(is_missing(missing)),
        };
        let (signatures, tool) = self.signatures(&desk, task).await?;
        let look = match &texts {
            Ok(texts) if texts.words.are_all_there() => {
                self.look(&desk, texts.pages, signatures.as_deref().unwrap_or_default())
                    .await?
            }
            // Of a copy that says something else nobody asks how it looks.
            _ => Err(String::new()),
        };
        Ok(Reading {
            signatures,
            words: texts.map(|texts| texts.words),
            look,
            tool,
        })
    }

    /// The signatures, and what read them.
    async fn signatures(&self, desk: &Desk, task: &Task) -> io::Result<(Signatures, String)> {
        let programs = ["pdfsig", "certutil"].map(|name| self.programs.find(name));
        let (pdfsig, certutil) = match programs {
            [Ok(pdfsig), Ok(certutil)] => (pdfsig, certutil),
            [Err(missing), _] | [_, Err(missing)] => return Ok((Err(is_missing(missing)), String::new())),
        };
        let crlutil = self.programs.find("crlutil").ok();
        if !desk.make_store(&certutil, crlutil, task).await? {
            return Ok((Err(SYSTEM.to_owned()), String::new()));
        }
        Ok((desk.signatures(&pdfsig).await?, desk.version(&pdfsig).await?))
    }

    async fn look(
        &self,
        desk: &Desk,
        pages: [usize; 2],
        signatures: &[pdfsig::Printed],
    ) -> io::Result<Result<Look, String>> {
        let pdftoppm = match self.programs.find("pdftoppm") {
            Ok(program) => program,
            Err(missing) => return Ok(Err(is_missing(missing))),
        };
        let comparison = Comparison {
            desk,
            pdftoppm,
            program: &self.program,
            signed: signatures.iter().filter_map(|printed| printed.ranges).collect(),
        };
        comparison.look(pages).await
    }
}

impl Reading {
    fn hindered(why: &str) -> Self {
        Self {
            signatures: Err(why.to_owned()),
            words: Err(why.to_owned()),
            look: Err(why.to_owned()),
            tool: String::new(),
        }
    }
}

fn is_missing(program: &str) -> String {
    format!("Máy chủ thiếu {program} nên chưa kiểm tra được. Xin báo người vận hành cài đặt.")
}

/// What was read of the signatures; a sentence where they could not be.
type Signatures = Result<Vec<pdfsig::Printed>, String>;

fn is_done(ended: &Ended) -> bool {
    matches!(ended, Ended::Done(Printed { is_success: true, .. }))
}

fn complaint(printed: &Printed) -> String {
    if printed.complaints.contains("Incorrect password") {
        "Tệp đặt mật khẩu nên không đọc được. Hãy đưa lên bản không đặt mật khẩu.".to_owned()
    } else {
        "Không đọc được tệp: cấu trúc PDF bị hỏng.".to_owned()
    }
}

fn fate(ended: &Ended) -> String {
    match ended {
        Ended::TimeOver => {
            "Kiểm tra quá thời gian cho phép nên phải dừng: tệp quá nặng hoặc có nội dung bất thường."
        }
        Ended::TooMuch => "Tệp bung ra quá lớn nên phải dừng kiểm tra.",
        Ended::Crashed | Ended::Done(_) => {
            "Chương trình kiểm tra dừng giữa chừng: tệp quá nặng hoặc bị hỏng."
        }
    }
    .to_owned()
}
