//! The server: takes connections, and lets none of them harm the others.
//!
//! `axum::serve` has no limits of its own: a client that sends its request byte by byte, or never reads the answer,
//! keeps its connection for ever, and there may be any number of them. So the loop is ours: every wait for a client
//! ends at some time, and connections beyond a number wait outside.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time,
};
use tower::ServiceExt;

mod impatient;

use impatient::Impatient;

/// How long clients may take for what, and how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first wait for a request to the end of its head; so also how long an idle connection is kept.
    pub head: Duration,
    /// Without taking a single byte of the answer.
    pub stall: Duration,
    /// For requests that are being answered when the server is to stop.
    pub last_requests: Duration,
    /// Connections at a time.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            stall: Duration::from_mins(1),
            last_requests: Duration::from_secs(10),
            // With files and the database still below the 1024 that a process may usually have open.
            connections: 900,
        }
    }
}

/// Bytes that a connection buffers, and so the longest head of a request.
const BUFFER: usize = 64 * 1024;

/// After the system had no room for another connection.
const BREATH: Duration = Duration::from_millis(200);

/// Serves until `stop` is ready and the last requests are answered.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(BUFFER);
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, address, place) = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(address));
            router.clone().oneshot(request)
        });
        let stream = TokioIo::new(Impatient::new(stream, limits.stall));
        let connection = graceful.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%address, %error, "connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    if time::timeout(limits.last_requests, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were not finished in time");
    }
}

/// The next connection, as soon as there is room for it. Until then it waits in the system's queue.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // It would fail only if the semaphore were closed, which nobody does.
    let place = Arc::clone(room).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, address)) => {
                // An answer goes out at once instead of waiting for more to send.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%address, %error, "no delay");
                }
                return (stream, address, place);
            }
            // That client has gone again.
            Err(error) if is_of_client(&error) => {}
            // Too many open files, no memory: trying again at once would only burn the processor.
            Err(error) => {
                tracing::error!(%error, "can't take connections");
                time::sleep(BREATH).await;
            }
        }
    }
}

fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these routes are no pages")]
mod tests {
    use super::*;
    use axum::{body::Body, routing::get};
    use bytes::Bytes;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        sync::oneshot,
        task::JoinHandle,
    };

    const SHORT: Duration = Duration::from_millis(150);
    const LONG: Duration = Duration::from_secs(20);

    fn limits() -> Limits {
        Limits {
            head: LONG,
            stall: LONG,
            last_requests: LONG,
            connections: 8,
        }
    }

    /// A server with its address and the way to stop it.
    async fn started(router: Router, limits: Limits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(serve(listener, router, limits, async {
            let _ = stopped.await;
        }));
        (address, stop, server)
    }

    async fn asked(address: SocketAddr) -> TcpStream {
        let mut client = TcpStream::connect(address).await.unwrap();
        client
            .write_all(b"GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            .await
            .unwrap();
        client
    }

    /// Everything until the server closes, which it must within some seconds.
    async fn rest(mut client: TcpStream) -> String {
        let mut text = Vec::new();
        let read = time::timeout(LONG / 2, client.read_to_end(&mut text)).await;
        read.expect("the server keeps the connection").unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    async fn who(ConnectInfo(address): ConnectInfo<SocketAddr>) -> String {
        address.to_string()
    }

    #[tokio::test]
    async fn a_handler_knows_where_a_request_comes_from_and_an_idle_connection_is_closed() {
        let head = SHORT;
        let (address, _stop, _server) =
            started(Router::new().route("/", get(who)), Limits { head, ..limits() }).await;
        let client = asked(address).await;
        let own = client.local_addr().unwrap().to_string();
        assert!(rest(client).await.contains(&own));
    }

    #[tokio::test]
    async fn a_client_that_never_ends_its_request_is_let_go() {
        let head = SHORT;
        let (address, _stop, _server) =
            started(Router::new().route("/", get(who)), Limits { head, ..limits() }).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nHost:").await.unwrap();
        assert!(!rest(client).await.contains("200 OK"));
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_is_let_go() {
        let (gone, dropped) = oneshot::channel::<()>();
        let gone = Arc::new(std::sync::Mutex::new(Some(gone)));
        let endless = move || async move {
            let gone = gone.lock().unwrap().take();
            let chunk = Bytes::from(vec![b'x'; 1 << 20]);
            Body::from_stream(futures::stream::repeat_with(move || {
                let _held = &gone;
                Ok::<_, io::Error>(chunk.clone())
            }))
        };
        let stall = SHORT;
        let (address, _stop, _server) = started(
            Router::new().route("/", get(endless)),
            Limits { stall, ..limits() },
        )
        .await;
        let _client = asked(address).await;
        let outcome = time::timeout(LONG / 2, dropped).await;
        assert!(outcome.expect("the answer is still being sent").is_err());
    }

    #[tokio::test]
    async fn connections_beyond_the_number_wait_for_room() {
        let connections = 1;
        let (address, _stop, _server) = started(
            Router::new().route("/", get(who)),
            Limits {
                connections,
                ..limits()
            },
        )
        .await;
        let first = asked(address).await;
        let mut second = asked(address).await;
        let mut one = [0];
        assert!(time::timeout(SHORT, second.read_exact(&mut one)).await.is_err());
        drop(first);
        assert!(time::timeout(LONG / 2, second.read_exact(&mut one)).await.is_ok());
    }

    #[tokio::test]
    async fn a_stop_finishes_what_is_being_answered_and_takes_nothing_new() {
        let (begun, has_begun) = oneshot::channel();
        let begun = Arc::new(std::sync::Mutex::new(Some(begun)));
        let slow = move || async move {
            if let Some(begun) = begun.lock().unwrap().take() {
                begun.send(()).unwrap();
            }
            time::sleep(SHORT).await;
            "done"
        };
        let (address, stop, server) = started(Router::new().route("/", get(slow)), limits()).await;
        let idle = TcpStream::connect(address).await.unwrap();
        let client = asked(address).await;
        has_begun.await.unwrap();
        stop.send(()).unwrap();
        assert!(rest(client).await.ends_with("done"));
        assert_eq!(rest(idle).await, "");
        server.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
