//! The desk on which the files of one check lie, and what the programs say of them.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use super::{Signatures, Task, Verifier, complaint, fate, is_done, pdfsig, text, text::Words};
use crate::kit::confined::{Confinement, Ended, Limits, Scratch};

/// The words of the copy beside those of the paper, and how many pages the paper and the copy have.
pub(super) struct Texts {
    pub(super) words: Words,
    pub(super) pages: [usize; 2],
}

/// A folder with the two files and NSS's store of certificates, and what may run in it.
pub(super) struct Desk {
    pub(super) scratch: Scratch,
    pub(super) confinement: Confinement,
    pub(super) limits: Limits,
}

pub(super) const SIGNED: &str = "signed.pdf";
pub(super) const ISSUED: &str = "issued.pdf";

impl Desk {
    pub(super) async fn new(verifier: &Verifier, task: &Task) -> io::Result<Result<Self, &'static str>> {
        let confinement = match Confinement::new(&verifier.programs, verifier.limits).await {
            Ok(confinement) => confinement,
            Err(missing) => return Ok(Err(missing)),
        };
        let scratch = Scratch::new()?;
        tokio::fs::write(scratch.path().join(SIGNED), &task.signed).await?;
        tokio::fs::write(scratch.path().join(ISSUED), &task.issued).await?;
        Ok(Ok(Self {
            scratch,
            confinement,
            limits: verifier.limits,
        }))
    }

    pub(super) async fn run(&self, program: &Path, arguments: &[&str]) -> io::Result<Ended> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        self.confinement
            .run(program, &arguments, self.scratch.path())
            .await
    }

    /// NSS's store as `pdfsig` wants it: a folder with a database, each authority trusted for signing letters (the second
    /// flag), which is the use that poppler asks for. Answers whether there is one.
    pub(super) async fn make_store(
        &self,
        certutil: &Path,
        crlutil: Option<PathBuf>,
        task: &Task,
    ) -> io::Result<bool> {
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

    pub(super) async fn signatures(&self, pdfsig: &Path) -> io::Result<Signatures> {
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

    pub(super) async fn texts(&self, pdftotext: &Path) -> io::Result<Result<Texts, String>> {
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
        let (issued, copy) = (&texts[0], &texts[1]);
        Ok(Ok(Texts {
            words: text::compare(issued, copy),
            pages: [issued, copy].map(|text| text.matches(text::PAGE_END).count()),
        }))
    }

    /// `pdfsig 22.12.0`
    pub(super) async fn version(&self, pdfsig: &Path) -> io::Result<String> {
        let Ended::Done(printed) = self.run(pdfsig, &["-v"]).await? else {
            return Ok("pdfsig".to_owned());
        };
        let line = printed.complaints.lines().next().unwrap_or_default();
        Ok(line.replace(" version ", " "))
    }
}
