//! Programs of others that read what strangers sent: each runs by itself, with little time, little memory, no network,
//! no environment and a folder of its own, and ends when it takes too much.
//!
//! The limits are the system's (`prlimit`), the missing network is a namespace of the kernel (`unshare`). Where the system
//! grants no such namespace the program that runs must be told to stay off the network by its own options.

use std::{
    env,
    ffi::OsString,
    fs::{self, DirBuilder},
    io,
    os::unix::{fs::DirBuilderExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
    time,
};
use uuid::Uuid;

/// How much a program may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time by the clock.
    pub time: Duration,
    /// Seconds of the processor.
    pub processor_seconds: u64,
    /// Bytes of memory that it may ask for.
    pub memory: u64,
    /// Bytes in any file that it writes.
    pub written: u64,
    /// Bytes that it may print.
    pub printed: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(40),
            processor_seconds: 20,
            memory: 1 << 30,
            written: 64 << 20,
            printed: 8 << 20,
        }
    }
}

/// How a program ended.
#[derive(Debug)]
pub enum Ended {
    /// By itself.
    Done(Printed),
    /// It took too long and was killed.
    TimeOver,
    /// It printed or wrote too much and was killed.
    TooMuch,
    /// It fell over: out of memory, or a fault of its own.
    Crashed,
}

/// What a program printed.
#[derive(Debug)]
pub struct Printed {
    /// Whether it says that all went well.
    pub is_success: bool,
    /// Its answer.
    pub answer: Vec<u8>,
    /// Its complaints; the beginning.
    pub complaints: String,
}

/// Where programs are looked for.
#[derive(Clone, Debug)]
pub struct Programs {
    folders: Vec<PathBuf>,
}

impl Programs {
    /// Those of this machine. A relative folder in PATH would mean something else in the program's own folder.
    #[must_use]
    pub fn of_machine() -> Self {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut folders: Vec<PathBuf> = env::split_paths(&path).filter(|f| f.is_absolute()).collect();
        folders.extend(["/usr/bin", "/bin"].map(PathBuf::from));
        Self { folders }
    }

    /// Those in these folders only.
    #[must_use]
    pub fn within(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// The program with this name; its name is the error.
    pub fn find<'a>(&self, name: &'a str) -> Result<PathBuf, &'a str> {
        let mut places = self.folders.iter().map(|folder| folder.join(name));
        places.find(|place| place.is_file()).ok_or(name)
    }
}

/// A folder for one piece of work, closed to everybody else, gone with its end.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new one.
    pub fn new() -> io::Result<Self> {
        let folder = env::temp_dir().join(format!("cumthidua-{}", Uuid::new_v4().simple()));
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(Self(folder))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What holds a program in: found once for a piece of work.
#[derive(Debug)]
pub struct Confinement {
    prlimit: PathBuf,
    unshare: Option<PathBuf>,
    limits: Limits,
}

/// Without a network and without power over anything outside.
const APART: [&str; 4] = ["--user", "--map-root-user", "--net", "--ipc"];

impl Confinement {
    /// Prepares it; the error is the name of the program that is missing. Nothing runs without limits.
    pub async fn new(programs: &Programs, limits: Limits) -> Result<Self, &'static str> {
        let prlimit = programs.find("prlimit")?;
        let mut new = Self {
            unshare: programs.find("unshare").ok(),
            prlimit,
            limits,
        };
        let folder = env::temp_dir();
        let prlimit = new.prlimit.clone();
        let tried = new.run(&prlimit, &["--version".into()], &folder).await;
        if !matches!(tried, Ok(Ended::Done(Printed { is_success: true, .. }))) {
            new.unshare = None;
        }
        Ok(new)
    }

    /// Whether what runs here can't reach the network.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.unshare.is_some()
    }

    /// Runs a program in a folder.
    pub async fn run(&self, program: &Path, arguments: &[OsString], folder: &Path) -> io::Result<Ended> {
        let mut child = self
            .command(program, arguments, folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let most = self.limits.printed;
        let answer = child.stdout.take();
        let complaints = child.stderr.take();
        let reading = async {
            let (answer, complaints) = tokio::join!(all_of(answer, most), beginning_of(complaints));
            if answer.len() > most {
                return Ok(None);
            }
            Ok::<_, io::Error>(Some((child.wait().await?, answer, complaints)))
        };
        let ended = match time::timeout(self.limits.time, reading).await {
            Err(_) => Ended::TimeOver,
            Ok(Ok(None)) => Ended::TooMuch,
            Ok(Ok(Some((status, answer, complaints)))) => ended(status, answer, complaints),
            Ok(Err(error)) => return Err(error),
        };
        if !matches!(ended, Ended::Done(_)) {
            // An error means that it has ended by itself meanwhile.
            let _ = child.kill().await;
        }
        Ok(ended)
    }

    /// `prlimit` and `unshare` put themselves in place and become the program: one process, which is killed whole.
    fn command(&self, program: &Path, arguments: &[OsString], folder: &Path) -> Command {
        let limits = &self.limits;
        let mut command = Command::new(&self.prlimit);
        command
            .arg(format!("--as={}", limits.memory))
            .arg(format!("--cpu={}", limits.processor_seconds))
            .arg(format!("--fsize={}", limits.written))
            .args(["--nofile=64", "--core=0", "--"]);
        if let Some(unshare) = &self.unshare {
            command.arg(unshare).args(APART).arg("--");
        }
        command
            .arg(program)
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("TZ", "UTC")
            .env("HOME", folder)
            // Each thread reserves memory that counts as asked for, however many processors there are.
            .env("TOKIO_WORKER_THREADS", "1")
            .env("RAYON_NUM_THREADS", "1")
            .env("MALLOC_ARENA_MAX", "2");
        command
    }
}

/// SIGKILL and SIGXCPU come at the end of the processor's time, SIGXFSZ at the end of what may be written.
fn ended(status: ExitStatus, answer: Vec<u8>, complaints: String) -> Ended {
    match status.signal() {
        None => Ended::Done(Printed {
            is_success: status.success(),
            answer,
            complaints,
        }),
        Some(9 | 24) => Ended::TimeOver,
        Some(25) => Ended::TooMuch,
        Some(_) => Ended::Crashed,
    }
}

/// Everything that comes, up to a byte more than allowed.
async fn all_of(stream: Option<impl AsyncRead + Unpin>, most: usize) -> Vec<u8> {
    let mut read = Vec::new();
    if let Some(stream) = stream {
        let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        // What broke off is judged by what came.
        let _ = stream.take(most).read_to_end(&mut read).await;
    }
    read
}

/// How much of a program's complaints is kept.
const COMPLAINTS: u64 = 16 << 10;

/// The beginning; the rest is taken too, so that the program doesn't wait for a reader.
async fn beginning_of(stream: Option<impl AsyncRead + Unpin>) -> String {
    let mut read = Vec::new();
    if let Some(mut stream) = stream {
        let _ = (&mut stream).take(COMPLAINTS).read_to_end(&mut read).await;
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    }
    String::from_utf8_lossy(&read).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn run(limits: Limits, script: &str) -> Ended {
        let programs = Programs::of_machine();
        let confinement = Confinement::new(&programs, limits).await.unwrap();
        let scratch = Scratch::new().unwrap();
        let shell = programs.find("sh").unwrap();
        let arguments = ["-c".into(), script.into()];
        confinement.run(&shell, &arguments, scratch.path()).await.unwrap()
    }

    #[tokio::test]
    async fn a_program_sees_its_folder_and_nothing_of_our_environment() {
        let Ended::Done(printed) = run(Limits::default(), "env; pwd; echo no >&2; exit 3").await else {
            panic!("it ends by itself");
        };
        let answer = String::from_utf8(printed.answer).unwrap();
        assert!(!printed.is_success && printed.complaints == "no\n");
        assert!(
            !answer.contains("CARGO") && answer.contains("/cumthidua-"),
            "{answer}"
        );
    }

    #[tokio::test]
    async fn what_takes_too_much_is_killed() {
        let short = Limits {
            time: Duration::from_millis(300),
            ..Limits::default()
        };
        assert!(matches!(run(short, "sleep 20").await, Ended::TimeOver));
        let idle = Limits {
            processor_seconds: 1,
            ..Limits::default()
        };
        assert!(matches!(run(idle, "while :; do :; done").await, Ended::TimeOver));
        let quiet = Limits {
            printed: 1000,
            ..Limits::default()
        };
        assert!(matches!(
            run(quiet, "while :; do echo more; done").await,
            Ended::TooMuch
        ));
        let small = Limits {
            written: 1000,
            ..Limits::default()
        };
        let wrote = run(small, "while :; do echo more; done > file").await;
        assert!(!matches!(wrote, Ended::Done(Printed { is_success: true, .. })));
    }

    #[tokio::test]
    async fn a_folder_is_gone_with_its_work_and_a_missing_program_is_named() {
        let scratch = Scratch::new().unwrap();
        let path = scratch.path().to_owned();
        fs::write(path.join("file"), "x").unwrap();
        drop(scratch);
        assert!(!path.exists());
        let nothing = Programs::within(Vec::new());
        assert_eq!(nothing.find("pdfsig"), Err("pdfsig"));
        assert!(Confinement::new(&nothing, Limits::default()).await.is_err());
    }
}
