//! People who sign outside of the program: an authority, its customers, and their signatures in PDFs, made with the tools
//! of NSS and poppler.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use cumthidua::kit::{
    clock::{Clock, Moment},
    confined::Scratch,
};

/// An authority with two customers, and somebody whose authority nobody knows.
pub struct Signers {
    folder: Scratch,
}

/// Who signs.
pub const LEADER: &str = "leader";
pub const SEAL: &str = "seal";
pub const STRANGER: &str = "stranger";

impl Signers {
    pub fn new() -> Self {
        let new = Self {
            folder: Scratch::new().unwrap(),
        };
        fs::write(new.path("noise"), uuid::Uuid::new_v4().to_string().repeat(2)).unwrap();
        new.certutil(&["-N", "--empty-password"], "");
        for (at, name) in ["CN=CA Mẫu,O=Tổ chức Mẫu", "CN=CA Lạ,O=Tổ chức Lạ"]
            .into_iter()
            .enumerate()
        {
            let (nick, number) = (format!("ca-{at}"), format!("{}", at + 1));
            // A certificate of an authority: yes; no limit to the length of chains; a critical extension.
            new.certutil(
                &[
                    "-S",
                    "-x",
                    "-2",
                    "-n",
                    &nick,
                    "-s",
                    name,
                    "-t",
                    ",C,",
                    "-m",
                    &number,
                    "-v",
                    "120",
                    "-z",
                    "noise",
                    "-Z",
                    "SHA256",
                    "--keyUsage",
                    "certSigning,crlSigning",
                ],
                "y\n\ny\n",
            );
        }
        new.customer(
            LEADER,
            "CN=Nguyễn Văn Mẫu,O=Liên hiệp hội mẫu",
            "ca-0",
            "11",
            &["-v", "24"],
        );
        new.customer(SEAL, "CN=Liên hiệp hội mẫu", "ca-0", "12", &["-v", "24"]);
        new.customer(STRANGER, "CN=Người Lạ", "ca-1", "13", &["-v", "24"]);
        new
    }

    /// A customer of an authority with a certificate of this number; `span` in the words of certutil.
    pub fn customer(&self, nick: &str, name: &str, authority: &str, number: &str, span: &[&str]) {
        let fixed = [
            "-S",
            "-n",
            nick,
            "-s",
            name,
            "-c",
            authority,
            "-t",
            ",,",
            "-m",
            number,
            "-z",
            "noise",
            "-Z",
            "SHA256",
            "--keyUsage",
            "digitalSignature,nonRepudiation",
        ];
        self.certutil(&[&fixed[..], span].concat(), "");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, program: &str, arguments: &[&str], typed: &str) -> Output {
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; bin/test installs it"));
        // Who asks nothing doesn't read either.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn certutil(&self, arguments: &[&str], typed: &str) {
        let output = self.run("certutil", &[arguments, &["-d", "sql:."]].concat(), typed);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// A certificate as PEM.
    pub fn certificate(&self, nick: &str) -> Vec<u8> {
        self.run("certutil", &["-L", "-d", "sql:.", "-n", nick, "-a"], "")
            .stdout
    }

    /// The list of what the first authority has revoked, from `issued_at` on: the certificates with these numbers.
    pub fn list(&self, issued_at: Moment, revoked: &[&str]) -> Vec<u8> {
        let text = |at: Moment| at.format("%Y%m%d%H%M%SZ").to_string();
        let next_at = text(issued_at + chrono::Duration::days(30));
        let issued_at = text(issued_at);
        let mut script = format!("update={issued_at}\nnextupdate={next_at}\n");
        for number in revoked {
            writeln!(script, "addcert {number} {issued_at}").unwrap();
        }
        fs::write(self.path("script"), script).unwrap();
        let arguments = ["-G", "-d", "sql:.", "-n", "ca-0", "-c", "script", "-o", "list"];
        let _ = fs::remove_file(self.path("list"));
        let output = self.run("crlutil", &arguments, "");
        let list = fs::read(self.path("list"));
        list.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// A PDF with one more signature, which isn't seen.
    pub fn sign(&self, pdf: &[u8], nick: &str) -> Vec<u8> {
        self.signed(pdf, &["-add-signature"], nick)
    }

    /// A PDF in which this field, which is there already, is signed.
    pub fn sign_field(&self, pdf: &[u8], field: &str, nick: &str) -> Vec<u8> {
        self.signed(pdf, &["-sign", field], nick)
    }

    fn signed(&self, pdf: &[u8], how: &[&str], nick: &str) -> Vec<u8> {
        fs::write(self.path("in.pdf"), pdf).unwrap();
        let _ = fs::remove_file(self.path("out.pdf"));
        let files = ["-nssdir", "sql:.", "in.pdf", "out.pdf"];
        let output = self.run("pdfsig", &[&files[..], how, &["-nick", nick]].concat(), "");
        let signed = fs::read(self.path("out.pdf"));
        signed.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// The same pages written anew by another program.
    pub fn rewritten(&self, pdf: &[u8]) -> Vec<u8> {
        fs::write(self.path("in.pdf"), pdf).unwrap();
        self.run("pdfunite", &["in.pdf", "again.pdf"], "");
        fs::read(self.path("again.pdf")).unwrap()
    }

    /// The pages of two files in one.
    pub fn joined(&self, pdf: &[u8], more: &[u8]) -> Vec<u8> {
        fs::write(self.path("in.pdf"), pdf).unwrap();
        fs::write(self.path("more.pdf"), more).unwrap();
        self.run("pdfunite", &["in.pdf", "more.pdf", "joined.pdf"], "");
        fs::read(self.path("joined.pdf")).unwrap()
    }

    /// The moment by the machine's clock, which the tools live by.
    pub fn now() -> Moment {
        Clock::System.now()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A PDF of pages that are drawn by these streams, each with the filters that it went through.
pub fn drawn(pages: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    for (at, (filters, stream)) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
                5 + 2 * at
            )
            .into_bytes(),
        );
        let mut object = format!("<< /Length {} /Filter [{filters}] >>\nstream\n", stream.len()).into_bytes();
        object.extend_from_slice(stream);
        object.extend_from_slice(b"\nendstream");
        objects.push(object);
    }
    for (at, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        pdf.extend_from_slice(object);
        pdf.extend_from_slice(b"\nendobj\n");
    }
    let start = pdf.len();
    pdf.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    for place in places {
        pdf.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    pdf.extend_from_slice(trailer.as_bytes());
    pdf
}
