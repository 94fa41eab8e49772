//! The program in this process, on the small world of the stories over HTTP: on whatever day the story plays.

use cumthidua::serving::{self, Limits};
use tokio::net::TcpListener;

use super::{Browser, http::TestApp};

/// A server with a clock that is set; ends with the test.
pub struct House {
    pub app: TestApp,
    /// Where it listens: `http://127.0.0.1:NNNNN`.
    pub url: String,
}

impl House {
    /// Begins to serve.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = TestApp::with(|config| {
            config.public_url = Some(url.clone());
            config.db_connections = 8;
        })
        .await;
        let router = app.router.clone();
        tokio::spawn(serving::serve(
            listener,
            router,
            Limits::default(),
            std::future::pending(),
        ));
        Self { app, url }
    }

    /// A window of this size in which the person with this login is signed in.
    pub async fn desk(&self, login: &str, width: u32, height: u32) -> Browser {
        let browser = Browser::open(&self.url, width, height).await;
        browser.sign_in_with(login, super::http::PASSWORD).await;
        browser
    }

    /// A window of this size in which nobody is signed in, shown as on a screen of exactly this size.
    pub async fn visitor(&self, width: u32, height: u32) -> Browser {
        let browser = Browser::open(&self.url, width, height).await;
        browser.resize(width, height).await;
        browser
    }
}
