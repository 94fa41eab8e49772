//! What the layouts `layout/shell.html` and `layout/plain.html` need to know: a page's template has it as its field `shell`.

/// What every page shows around its content.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// Who is signed in; nobody on visitors' pages.
    pub person: Option<ShellPerson>,
    /// The groups of the menu, from top to bottom.
    pub menu: Vec<MenuGroup>,
    /// What the last act led to, shown once.
    pub flash: Option<Flash>,
    /// Whether this server shows demonstration data.
    pub demo: bool,
    /// The server's date in words: "Thứ Hai, 23/11/2026".
    pub today: String,
    /// The server's time: "08:42"; deadlines are read against it.
    pub clock: String,
    /// The path of the page being shown.
    pub path: String,
}

impl Shell {
    /// The same page as a part of another menu item, where the menu has it.
    #[must_use]
    pub fn below(mut self, href: &str) -> Self {
        let mut items: Vec<&mut MenuItem> = self.menu.iter_mut().flat_map(|group| &mut group.items).collect();
        if items.iter().any(|item| item.href == href) {
            for item in &mut items {
                item.current = item.href == href;
            }
        }
        self
    }
}

/// Who is signed in, as the page names them.
#[derive(Debug, Clone)]
pub struct ShellPerson {
    /// The person's full name.
    pub name: String,
    /// Where they act: "Liên hiệp Hội tỉnh Sơn La · Cụm thi đua số 3".
    pub office: String,
}

/// Menu items that belong together.
#[derive(Debug, Clone)]
pub struct MenuGroup {
    /// The small heading above them, if they need one.
    pub title: Option<String>,
    /// The items, from top to bottom.
    pub items: Vec<MenuItem>,
}

/// One line of the menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether the page being shown belongs to it.
    pub current: bool,
    /// How many things wait there.
    pub badge: Option<u32>,
}

/// What the last act led to.
#[derive(Debug, Clone)]
pub struct Flash {
    /// Whether it went well.
    pub kind: FlashKind,
    /// The sentence to show.
    pub text: String,
}

/// Whether the last act went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlashKind {
    /// It was done.
    Success,
    /// It was not done, or something needs attention.
    Warning,
}

impl Flash {
    /// The word that opens the message, so that its kind isn't colour alone.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.kind {
            FlashKind::Success => "Đã xong",
            FlashKind::Warning => "Cần chú ý",
        }
    }

    /// The style of the message.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.kind {
            FlashKind::Success => "notice-done",
            FlashKind::Warning => "notice-waiting",
        }
    }
}
