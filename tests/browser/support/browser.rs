//! A headless Chromium, driven as a person would: by the words on the page.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::json;
use thirtyfour::{error::WebDriverErrorInner, prelude::*};

use super::{PASSWORD, server::free_port};

/// What looks for barriers on a page.
const AXE: &str = include_str!("../vendor/axe.min.js");

/// The screens on which every page is looked at: an office's and a phone's.
pub const SCREENS: [(u32, u32); 2] = [(1440, 900), (390, 844)];

/// A browser window.
pub struct Browser {
    /// Goes before `_chromedriver`, which ends its Chromium for it.
    driver: WebDriver,
    base: String,
    _chromedriver: Process,
}

/// A program that ends with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Browser {
    /// Opens a window of this size on the program at `base`.
    pub async fn open(base: &str, width: u32, height: u32) -> Self {
        let port = free_port();
        let chromedriver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing: apt-get install chromium-driver");
        let chromedriver = Process(chromedriver);
        let mut wishes = DesiredCapabilities::chrome();
        for wish in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-device-scale-factor=1",
        ] {
            wishes.add_arg(wish).unwrap();
        }
        wishes
            .add_arg(&format!("--window-size={width},{height}"))
            .unwrap();
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), wishes.clone()).await {
                Ok(driver) => break driver,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 100, "chromedriver doesn't answer: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        Self {
            driver,
            base: base.to_owned(),
            _chromedriver: chromedriver,
        }
    }

    /// Goes to a path.
    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// Signs out whoever is in, and signs in as somebody of the demonstration world.
    pub async fn sign_in(&self, login: &str) {
        self.sign_in_with(login, PASSWORD).await;
    }

    /// The same in another world.
    pub async fn sign_in_with(&self, login: &str, password: &str) {
        self.driver.delete_all_cookies().await.unwrap();
        self.go("/dang-nhap").await;
        self.fill("login", login).await;
        self.fill("password", password).await;
        self.find("form button[type=submit]").await.click().await.unwrap();
        self.wait_for_path("/viec-cua-toi").await;
    }

    /// The first element of a CSS selector.
    pub async fn find(&self, css: &str) -> WebElement {
        match self.driver.find(By::Css(css.to_owned())).await {
            Ok(element) => element,
            Err(_) => panic!("no {css} on {}:\n{}", self.path().await, self.text().await),
        }
    }

    /// Whether there is such an element.
    pub async fn has(&self, css: &str) -> bool {
        self.driver.find(By::Css(css.to_owned())).await.is_ok()
    }

    /// Types into the field with this id, replacing what is in it.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.find(&format!("[id='{id}']")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses in the list with this id by the option's value.
    pub async fn choose(&self, id: &str, value: &str) {
        self.find(&format!("[id='{id}'] option[value='{value}']"))
            .await
            .click()
            .await
            .unwrap();
    }

    /// Presses the button or follows the link that says this, the first one that can be seen.
    pub async fn press(&self, words: &str) {
        let xpath =
            format!("//*[self::button or self::a or self::summary][contains(normalize-space(.), '{words}')]");
        self.press_on(&self.first_seen(&xpath).await).await;
    }

    /// The same, and waits for the page that it leads to.
    pub async fn follow(&self, words: &str) {
        self.follow_at(&format!(
            "//*[self::button or self::a][contains(normalize-space(.), '{words}')]"
        ))
        .await;
    }

    /// The same with the first element of an XPath that can be seen.
    pub async fn follow_at(&self, xpath: &str) {
        self.send_with(&self.first_seen(xpath).await).await;
    }

    /// Presses the first element of an XPath that can be seen: a box, a choice.
    pub async fn choose_at(&self, xpath: &str) {
        self.press_on(&self.first_seen(xpath).await).await;
    }

    async fn first_seen(&self, xpath: &str) -> WebElement {
        for element in self.driver.find_all(By::XPath(xpath)).await.unwrap() {
            if element.is_displayed().await.unwrap_or(false) {
                return element;
            }
        }
        panic!(
            "nothing to press at {xpath} on {}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// Presses the button of a form that leads on to another page (`name="next"`).
    pub async fn next(&self, value: &str) {
        let button = format!("button[name=next][value='{value}']:not(.visually-hidden)");
        let element = self.find(&button).await;
        self.send_with(&element).await;
    }

    /// Does the act whose form leads to an address that ends like this; what must be opened first is opened. The page may
    /// still be on its way: a button that isn't there, or can't be pressed yet, is waited for.
    pub async fn act(&self, end: &str) {
        let css = format!("form[action$='{end}'] button[type=submit]");
        for _ in 0..100 {
            self.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
                .await;
            if let Ok(button) = self.driver.find(By::Css(css.clone())).await
                && button.is_displayed().await.unwrap_or(false)
            {
                self.send_with(&button).await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no {css} on {}:\n{}", self.path().await, self.text().await);
    }

    /// Ticks every box of a CSS selector that isn't ticked yet.
    pub async fn tick_all(&self, css: &str) {
        let boxes = self.driver.find_all(By::Css(css.to_owned())).await.unwrap();
        assert!(
            !boxes.is_empty(),
            "no {css} on {}:\n{}",
            self.path().await,
            self.text().await
        );
        for element in boxes {
            if !element.is_selected().await.unwrap() {
                self.press_on(&element).await;
            }
        }
    }

    /// Chooses a small PDF in the file field with this id and sends its form.
    pub async fn upload(&self, id: &str, name: &str) {
        let folder = std::env::temp_dir().join(format!("cumthidua-upload-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(name);
        std::fs::write(&file, b"%PDF-1.7\n%%EOF\n").unwrap();
        self.find(&format!("[id='{id}']"))
            .await
            .send_keys(file.to_str().unwrap())
            .await
            .unwrap();
        self.run(&format!("document.getElementById('{id}').form.requestSubmit()"))
            .await;
        self.sees(name).await;
    }

    /// How many elements of a CSS selector there are.
    pub async fn count(&self, css: &str) -> usize {
        self.driver.find_all(By::Css(css.to_owned())).await.unwrap().len()
    }

    /// Presses a button that sends its form, and waits for the answer: whoever goes elsewhere at once takes the form back.
    async fn send_with(&self, button: &WebElement) {
        self.run("window.isBefore = true").await;
        self.press_on(button).await;
        for _ in 0..300 {
            let answer = "return !window.isBefore && document.readyState === 'complete'";
            if self
                .driver
                .execute(answer, Vec::new())
                .await
                .is_ok_and(|done| done.json() == true)
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!(
            "no answer to the form of {}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// Brings an element into the middle of the window at once (the page itself scrolls smoothly) and clicks it. On a busy
    /// machine a page that has just come may still move under the pointer: the browser then refuses the click, and nothing
    /// was pressed.
    async fn press_on(&self, element: &WebElement) {
        let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        for attempt in 1.. {
            self.driver
                .execute(script, vec![element.to_json().unwrap()])
                .await
                .unwrap();
            match element.click().await {
                Ok(()) => return,
                Err(error)
                    if attempt < 100
                        && matches!(error.as_inner(), WebDriverErrorInner::ElementClickIntercepted(_)) =>
                {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => panic!("can't press on {}: {error}", self.path().await),
            }
        }
    }

    /// All text of the page.
    pub async fn text(&self) -> String {
        match self.driver.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the page says this.
    pub async fn sees(&self, words: &str) {
        for _ in 0..300 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("“{words}” isn't on {}:\n{}", self.path().await, self.text().await);
    }

    /// The text of the first element of a CSS selector.
    pub async fn text_of(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }

    /// Waits until the first element of a CSS selector says exactly this; it may be drawn anew meanwhile.
    pub async fn shows(&self, css: &str, words: &str) {
        let script = format!("return document.querySelector(\"{css}\")?.innerText.trim() ?? null");
        for _ in 0..300 {
            if self.run(&script).await == words {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!(
            "{css} doesn't become “{words}” on {}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.driver
            .current_url()
            .await
            .map(|url| url.path().to_owned())
            .unwrap_or_default()
    }

    /// Waits until the page's path is this.
    pub async fn wait_for_path(&self, path: &str) {
        for _ in 0..300 {
            if self.path().await == path {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!(
            "the page is {} instead of {path}:\n{}",
            self.path().await,
            self.text().await
        );
    }

    /// Runs a script and answers what it returns.
    pub async fn run(&self, script: &str) -> serde_json::Value {
        self.driver
            .execute(script, Vec::new())
            .await
            .unwrap()
            .json()
            .clone()
    }

    /// Runs a script that calls its last argument when it is done; answers what it hands over.
    pub async fn run_async(&self, script: &str) -> serde_json::Value {
        self.driver
            .execute_async(script, Vec::new())
            .await
            .unwrap()
            .json()
            .clone()
    }

    /// Shows the page on a screen of this width, exactly: a window of a desktop has a least width, a screen hasn't. One under
    /// 600 px is a phone's.
    pub async fn resize(&self, width: u32, height: u32) {
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.tell("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// What axe finds wrong with the page that is shown.
    pub async fn barriers(&self) -> Vec<String> {
        self.run(AXE).await;
        let found = self
            .run_async(
                "const done = arguments[arguments.length - 1];
                 axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                    .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '))))
                    .catch(e => done(['axe failed: ' + e]))",
            )
            .await;
        found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect()
    }

    /// By how many pixels the page is wider and higher than the screen.
    pub async fn overflow(&self) -> (i64, i64) {
        let script = "const page = document.documentElement;
            return [page.scrollWidth - page.clientWidth, page.scrollHeight - page.clientHeight]";
        let found = self.run(script).await;
        let pixels = |place: usize| found[place].as_i64().unwrap();
        (pixels(0), pixels(1))
    }

    /// Shows the page as on paper, or on the screen again.
    pub async fn print_media(&self, is_paper: bool) {
        let media = json!({"media": if is_paper { "print" } else { "" }});
        self.tell("Emulation.setEmulatedMedia", media).await;
    }

    /// Leaves pictures of the page at both widths, if `PICTURES` names a folder for them.
    pub async fn look(&self) {
        for (width, height) in SCREENS {
            self.resize(width, height).await;
            self.picture(width).await;
        }
        self.resize(SCREENS[0].0, SCREENS[0].1).await;
    }

    /// Stores a picture of the whole page, however high, in the folder that `PICTURES` names, if it does; leaves a
    /// screen of this height behind.
    pub async fn picture(&self, width: u32) {
        if std::env::var_os("PICTURES").is_none() {
            return;
        }
        let name = self.path().await.trim_matches('/').replace('/', "_");
        let size = self.tell("Page.getLayoutMetrics", json!({})).await["cssContentSize"].clone();
        let height = size["height"].as_f64().unwrap_or(0.0).clamp(600.0, 8000.0);
        self.resize(width, height.round() as u32).await;
        self.snap(&format!("{name}.{width}")).await;
    }

    /// Stores what the window shows, no more, under this name in the folder that `PICTURES` names, if it does.
    pub async fn snap(&self, name: &str) {
        let Some(folder) = std::env::var_os("PICTURES") else {
            return;
        };
        let bytes = self.driver.screenshot_as_png().await.unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), bytes).unwrap();
    }

    /// Gives Chromium an order that WebDriver has no word for.
    async fn tell(&self, order: &str, with: serde_json::Value) -> serde_json::Value {
        self.driver.cdp().send_raw(order, with).await.unwrap()
    }

    /// The driver itself, for what isn't here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }
}
