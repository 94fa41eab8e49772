//! Checks a signed copy: programs of poppler and NSS read it in confinement, what they say is judged here.

mod bytes;
mod trust;
mod judge;
mod pdfsig;
mod text;

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use super::model::Report;
use crate::kit::{
    clock::Moment,
    confined::{Confinement, Ended, Limits, Printed, Programs, Scratch},
};

pub(super) use bytes::flaw;

/// What checks copies: the programs of this machine, and how much they may take.
#[derive(Clone, Debug)]
pub struct Verifier {
    programs: Programs,
    limits: Limits,
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new(Programs::of_machine(), Limits::default())
    }
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
    words: Result<text::Words, String>,
    tool: String,
}

const SYSTEM: &str = "Máy chủ gặp trục trặc khi kiểm tra. Xin kiểm tra lại sau.";

impl Verifier {
    /// One with these programs and limits.
    #[must_use]
    pub fn new(programs: Programs, limits: Limits) -> Self {
        Self { programs, limits }
    }

    /// Checks a copy. Whatever the file holds, there is a report.
    pub(super) async fn verify(&self, task: Task) -> Report {
        let reading = match self.read(&task).await {
            Ok(reading) => reading,
            Err(error) => {
                tracing::warn!(%error, "a signed copy can't be checked");
                Reading {
                    signatures: Err(SYSTEM.to_owned()),
                    words: Err(SYSTEM.to_owned()),
                    tool: String::new(),
                }
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
            Err(missing) => return Ok(Reading::missing(missing)),
        };
        let words = match self.programs.find("pdftotext") {
            Ok(program) => desk.words(&program).await?,
            Err(missing) => Err(is_missing(missing)),
        };
        let programs = ["pdfsig", "certutil"].map(|name| self.programs.find(name));
        let (pdfsig, certutil) = match programs {
            [Ok(pdfsig), Ok(certutil)] => (pdfsig, certutil),
            [Err(missing), _] | [_, Err(missing)] => {
                return Ok(Reading {
                    words,
                    ..Reading::missing(missing)
                });
            }
        };
        if !desk
            .make_store(&certutil, self.programs.find("crlutil").ok(), task)
            .await?
        {
            return Ok(Reading {
                signatures: Err(SYSTEM.to_owned()),
                words,
                tool: String::new(),
            });
        }
        Ok(Reading {
            signatures: desk.signatures(&pdfsig).await?,
            words,
            tool: desk.version(&pdfsig).await?,
        })
    }
}

impl Reading {
    fn missing(program: &str) -> Self {
        Self {
            signatures: Err(is_missing(program)),
            words: Err(is_missing(program)),
            tool: String::new(),
        }
    }
}

fn is_missing(program: &str) -> String {
    format!("Máy chủ thiếu {program} nên chưa kiểm tra được. Xin báo người vận hành cài đặt.")
}

/// A folder with the two files and NSS's store of certificates, and what may run in it.
struct Desk {
    scratch: Scratch,
    confinement: Confinement,
}

const SIGNED: &str = "signed.pdf";
const ISSUED: &str = "issued.pdf";

impl Desk {
    async fn new(verifier: &Verifier, task: &Task) -> io::Result<Result<Self, &'static str>> {
        let confinement = match Confinement::new(&verifier.programs, verifier.limits).await {
            Ok(confinement) => confinement,
            Err(missing) => return Ok(Err(missing)),
        };
        let scratch = Scratch::new()?;
        tokio::fs::write(scratch.path().join(SIGNED), &task.signed).await?;
        tokio::fs::write(scratch.path().join(ISSUED), &task.issued).await?;
        Ok(Ok(Self { scratch, confinement }))
    }

    async fn run(&self, program: &Path, arguments: &[&str]) -> io::Result<Ended> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        self.confinement
            .run(program, &arguments, self.scratch.path())
            .await
    }

    /// NSS's store as `pdfsig` wants it: a folder with a database, each authority trusted for signing letters (the second
    /// flag), which is the use that poppler asks for. Answers whether there is one.
    async fn make_store(&self, certutil: &Path, crlutil: Option<PathBuf>, task: &Task) -> io::Result<bool> {
        tokio::fs::create_dir(self.scratch.path().join("store")).await?;
        let made = self
            .run(certutil, &["-N", "-d", "sql:store", "--empty-password"])
            .await?;
        if !is_done(&made) {
            return Ok(false);
        }
        for (at, der) in task.authorities.iter().enumerate() {
            let name = format!("authority-{at}");
            tokio::fs::write(self.scratch.path().join(&name), der).await?;
            let arguments = ["-A", "-d", "sql:store", "-n", &name, "-t", ",C,", "-i", &name];
            if !is_done(&self.run(certutil, &arguments).await?) {
                tracing::warn!(at, "NSS doesn't take the certificate of an authority");
            }
        }
        // Without the program the lists are still read when the result is judged.
        let Some(crlutil) = crlutil else { return Ok(true) };
        for (at, der) in task.lists.iter().enumerate() {
            let name = format!("list-{at}");
            tokio::fs::write(self.scratch.path().join(&name), der).await?;
            if !is_done(
                &self
                    .run(&crlutil, &["-I", "-d", "sql:store", "-i", &name])
                    .await?,
            ) {
                tracing::warn!(at, "NSS doesn't take a list of revoked certificates");
            }
        }
        Ok(true)
    }

    async fn signatures(&self, pdfsig: &Path) -> io::Result<Result<Vec<pdfsig::Printed>, String>> {
        let mut arguments = vec!["-nssdir", "sql:store"];
        // Off the network asking an authority fails at once, and softly. Only where the system can't keep a program off
        // the network it is told not to ask; this version of poppler then trusts no chain at all.
        if !self.confinement.is_offline() {
            arguments.push("-no-ocsp");
        }
        arguments.push(SIGNED);
        let printed = match self.run(pdfsig, &arguments).await? {
            Ended::Done(printed) => printed,
            other => return Ok(Err(fate(&other))),
        };
        let answer = String::from_utf8_lossy(&printed.answer).into_owned();
        if answer.contains("does not contain any signatures") {
            return Ok(Ok(Vec::new()));
        }
        if !printed.is_success {
            return Ok(Err(complaint(&printed)));
        }
        Ok(pdfsig::read(&answer)
            .ok_or_else(|| "Kết quả đọc chữ ký có dòng trùng lặp bất thường nên không dùng được.".to_owned()))
    }

    async fn words(&self, pdftotext: &Path) -> io::Result<Result<text::Words, String>> {
        let mut texts = Vec::new();
        for file in [ISSUED, SIGNED] {
            match self
                .run(pdftotext, &["-raw", "-enc", "UTF-8", "-q", file, "-"])
                .await?
            {
                Ended::Done(printed) if printed.is_success => {
                    texts.push(String::from_utf8_lossy(&printed.answer).into_owned());
                }
                Ended::Done(printed) => return Ok(Err(complaint(&printed))),
                other => return Ok(Err(fate(&other))),
            }
        }
        Ok(Ok(text::compare(&texts[0], &texts[1])))
    }

    /// `pdfsig 22.12.0`
    async fn version(&self, pdfsig: &Path) -> io::Result<String> {
        let Ended::Done(printed) = self.run(pdfsig, &["-v"]).await? else {
            return Ok("pdfsig".to_owned());
        };
        let line = printed.complaints.lines().next().unwrap_or_default();
        Ok(line.replace(" version ", " "))
    }
}

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
