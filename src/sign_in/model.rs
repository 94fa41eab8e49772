//! The rules of signing in: when wrong passwords lock an account, where a visitor may be sent afterwards.

use chrono::Duration;

use crate::{
    kit::{clock::Moment, config::Config},
    people::Account,
};

/// Whether the account is locked at `now`.
pub(super) fn is_locked(account: &Account, now: Moment) -> bool {
    account.locked_until.is_some_and(|until| now < until)
}

/// Wrong passwords in a row after one more, and the lock that follows. A lock that is over counts anew.
pub(super) fn after_failure(account: &Account, now: Moment, config: &Config) -> (i32, Option<Moment>) {
    let before = if account.locked_until.is_some() {
        0
    } else {
        account.failed_sign_ins
    };
    let count = before + 1;
    let until = (count >= config.lock_after).then(|| now + Duration::minutes(config.lock_minutes.into()));
    (count, until)
}

/// Where to go after signing in: the page that was asked for, if it is one of ours.
///
/// Browsers read `//host` and `/\host` as another site, and drop tabs and line breaks before they look.
pub(super) fn way_on(asked: &str) -> &str {
    let is_ours = asked.starts_with('/')
        && !asked.starts_with("//")
        && asked.len() <= 500
        && asked.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    let is_useful = !["/", "/dang-nhap", "/dang-xuat"].contains(&asked.split('?').next().unwrap_or_default());
    if is_ours && is_useful {
        asked
    } else {
        "/viec-cua-toi"
    }
}

/// A browser's description of itself, as its owner would put it: `Chrome trên Windows`.
pub(super) fn browser_words(user_agent: &str) -> String {
    let first = |known: &[(&str, &str)]| {
        known
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| (*name).to_owned())
    };
    // Many browsers also name the ones they descend from, so the more special names come first.
    let browser = first(&[
        ("coc_coc_browser", "Cốc Cốc"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Zalo", "Zalo"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "máy Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} trên {system}"),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => "Trình duyệt không rõ".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::ids::PersonId;

    #[derive(Parser)]
    struct Settings {
        #[command(flatten)]
        config: Config,
    }

    fn config() -> Config {
        Settings::parse_from(["test", "--lock-after", "5", "--lock-minutes", "720"]).config
    }

    fn account(failed_sign_ins: i32, locked_until: Option<Moment>) -> Account {
        Account {
            id: PersonId::new(),
            password_hash: None,
            failed_sign_ins,
            locked_until,
        }
    }

    #[test]
    fn the_fifth_wrong_password_locks_for_twelve_hours_and_the_count_starts_anew_afterwards() {
        let now: Moment = "2026-03-02T01:00:00Z".parse().unwrap();
        let later = now + Duration::hours(12);
        assert_eq!(after_failure(&account(3, None), now, &config()), (4, None));
        assert_eq!(after_failure(&account(4, None), now, &config()), (5, Some(later)));
        assert!(is_locked(&account(5, Some(later)), later - Duration::seconds(1)));
        assert!(!is_locked(&account(5, Some(later)), later));
        assert_eq!(
            after_failure(&account(5, Some(later)), later, &config()),
            (1, None)
        );
    }

    #[test]
    fn signing_in_leads_to_pages_of_ours_only() {
        for ours in ["/cum/cum-3/2026/dang-ky", "/don-vi?tim=hoa+binh"] {
            assert_eq!(way_on(ours), ours);
        }
        for other in [
            "",
            "/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "evil",
            "/dang-nhap?tiep=%2F",
            "/dang-xuat",
        ] {
            assert_eq!(way_on(other), "/viec-cua-toi", "{other}");
        }
    }

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1";
        assert_eq!(browser_words(edge), "Edge trên Windows");
        assert_eq!(browser_words(phone), "Safari trên iPhone");
        assert_eq!(browser_words("curl/8"), "Trình duyệt không rõ");
    }
}
