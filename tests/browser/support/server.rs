//! The program itself, started as an operator would, with the demonstration world in a database of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running program; ends with the test.
pub struct Server {
    child: Child,
    /// Where it listens: `http://127.0.0.1:NNNNN`.
    pub url: String,
    data: PathBuf,
}

impl Server {
    /// Starts the program with a private database in a folder of its own and waits until it is ready.
    pub fn start() -> Self {
        let port = free_port();
        let data = std::env::temp_dir().join(format!("cumthidua-browser-{port}"));
        let _ = std::fs::remove_dir_all(&data);
        let mut child = Command::new(env!("CARGO_BIN_EXE_cumthidua"))
            .args(["serve", "--demo"])
            .env_remove("DATABASE_URL")
            .env("CUMTHIDUA_DATA", &data)
            .env("CUMTHIDUA_LISTEN", format!("127.0.0.1:{port}"))
            .env("CUMTHIDUA_PUBLIC_URL", format!("http://127.0.0.1:{port}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        // Its output is drained, or a full pipe would stop it.
        let output = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            BufReader::new(output)
                .lines()
                .map_while(Result::ok)
                .for_each(|line| println!("server: {line}"))
        });
        let server = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
            data,
        };
        let started = Instant::now();
        while !answers(port) {
            assert!(
                started.elapsed() < Duration::from_secs(180),
                "the program doesn't become ready"
            );
            std::thread::sleep(Duration::from_millis(200));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let asked = stream.write_all(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut answer = [0; 12];
    asked.is_ok() && stream.read_exact(&mut answer).is_ok() && answer.ends_with(b"200")
}
