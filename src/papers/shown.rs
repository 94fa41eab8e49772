//! The facts of a paper as components and pages show them.

use super::model::{Attachment, History, Return, ReturnItem};
use crate::{
    ids::RowId,
    kit::clock::{self, Moment, date_text},
    years::{Deadline, Year},
};

/// An attached file as `components/file_list.html` shows it.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// `3,4 MB`
    pub size: String,
    /// Who attached it.
    pub who: String,
    /// When.
    pub when: String,
    /// Where it is downloaded.
    pub href: String,
    /// Where the form that removes it leads; none when it can't be removed.
    pub delete: Option<String>,
}

impl File {
    /// The file below `base` (`…/tep`).
    #[must_use]
    pub fn of(attachment: &Attachment, base: &str, may_remove: bool) -> Self {
        Self {
            name: attachment.file_name.clone(),
            size: crate::kit::text::size_text(attachment.size),
            who: attachment.uploaded_by.clone(),
            when: clock::moment_text(attachment.uploaded_at),
            href: format!("{base}/{}", attachment.id),
            delete: may_remove.then(|| format!("{base}/{}/go", attachment.id)),
        }
    }
}

/// A receipt as `components/receipt.html` shows it.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// `Đã nộp lần 1, đúng hạn`
    pub title: String,
    /// When, to the microsecond.
    pub time: String,
    /// The content's hash.
    pub hash: String,
}

/// A line of the history, as `components/timeline.html` shows it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Who.
    pub who: String,
    /// Did what.
    pub what: String,
    /// When.
    pub when: String,
    /// Why.
    pub note: Option<String>,
    at: Moment,
}

impl Event {
    /// Somebody did something.
    #[must_use]
    pub fn new(who: &str, what: impl Into<String>, at: Moment, note: Option<String>) -> Self {
        Self {
            who: who.to_owned(),
            what: what.into(),
            when: clock::moment_text(at),
            note,
            at,
        }
    }
}

impl History {
    /// The newest receipt.
    #[must_use]
    pub fn receipt(&self) -> Option<ReceiptView> {
        let receipt = self.receipts.first()?;
        let late = if receipt.late_days > 0 {
            format!(", chậm {} ngày", receipt.late_days)
        } else {
            ", đúng hạn".to_owned()
        };
        Some(ReceiptView {
            title: format!("Đã nộp lần {}{late}", receipt.number),
            time: clock::exact_text(receipt.submitted_at),
            hash: receipt.content_hash.clone(),
        })
    }

    /// Receipts, returns and `more` in one line of time, newest first. `paper` completes "nộp …", `label_of` names a section.
    #[must_use]
    pub fn events(&self, paper: &str, label_of: impl Fn(&str) -> &str, more: Vec<Event>) -> Vec<Event> {
        let mut events = more;
        for receipt in &self.receipts {
            let late = if receipt.late_days > 0 {
                format!(", chậm {} ngày", receipt.late_days)
            } else {
                String::new()
            };
            let what = format!("nộp {paper} lần {}{late}", receipt.number);
            events.push(Event::new(
                &receipt.submitted_by,
                what,
                receipt.submitted_at,
                None,
            ));
        }
        for back in &self.returns {
            let items: Vec<String> = back
                .items
                .iter()
                .map(|i| {
                    let place = if i.row.is_some() {
                        i.label.as_str()
                    } else {
                        label_of(&i.section)
                    };
                    if i.note.is_empty() {
                        place.to_owned()
                    } else {
                        format!("{place}: {}", i.note)
                    }
                })
                .collect();
            let note = format!("{} ({})", back.reason, items.join("; "));
            events.push(Event::new(
                &back.returned_by,
                "trả lại",
                back.returned_at,
                Some(note),
            ));
        }
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        events
    }

    /// The files below `base` (`…/tep`).
    #[must_use]
    pub fn files(&self, base: &str, may_remove: bool) -> Vec<File> {
        self.attachments
            .iter()
            .map(|a| File::of(a, base, may_remove))
            .collect()
    }

    /// The last return, while it is the unit's turn to mend.
    #[must_use]
    pub fn last_return(&self, is_returned: bool) -> Option<Return> {
        self.returns.first().filter(|_| is_returned).cloned()
    }
}

impl Return {
    /// What it asks of a row or, with no row, of its section as a whole: a sentence; empty where it asks nothing.
    #[must_use]
    pub fn asked(&self, section: &str, row: Option<RowId>) -> String {
        let notes = self.wanted(section, row);
        if !notes.trim().is_empty() {
            return format!("Cần sửa: {notes}");
        }
        if !self.items.iter().any(|i| i.section == section && i.row == row) {
            return String::new();
        }
        let what = if row.is_some() { "dòng" } else { "mục" };
        format!("Cụm trưởng yêu cầu xem lại {what} này.")
    }
}

impl ReturnItem {
    /// Where it is mended: a row or a section on the form of the paper at `paper`, or the page of its files.
    #[must_use]
    pub fn address(&self, paper: impl std::fmt::Display) -> String {
        match (self.row, self.section.as_str()) {
            (Some(id), _) => format!("#dong-{id}"),
            (None, "contact") => "#contact_name".to_owned(),
            (None, "attachments") => format!("{paper}/tep"),
            (None, section) => format!("#{section}"),
        }
    }
}

/// Until when, and what handing in now would mean.
#[must_use]
pub fn lateness(deadline: Option<Deadline>, now: Moment) -> String {
    deadline.map_or(String::new(), |d| match d.days_left(now) {
        left if left >= 0 => format!("Hạn nộp: hết ngày {}, còn {left} ngày.", date_text(d.due_on)),
        left => format!(
            "Đã quá hạn ngày {}: bản nộp sẽ ghi nộp chậm {} ngày.",
            date_text(d.due_on),
            -left
        ),
    })
}

/// Until when a returned paper is awaited, and that its lateness stays that of the first time.
#[must_use]
pub fn lateness_again(back: &Return, late_days: i32) -> String {
    let until = back
        .due_on
        .map_or(String::new(), |day| format!(", hạn nộp lại {}", date_text(day)));
    let late = match late_days {
        0 => "đúng hạn".to_owned(),
        days => format!("{days} ngày"),
    };
    format!("Nộp lại theo yêu cầu của cụm trưởng{until}. Số ngày chậm giữ theo lần nộp đầu: {late}.")
}

/// A mistake away from its field: `place` says where it is, empty where the message alone is clear.
#[must_use]
pub fn line_of_error(place: &str, message: &str) -> String {
    if place.is_empty() {
        return message.to_owned();
    }
    let mut rest = message.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("{place}: {first}{}", rest.as_str())
}

/// The units that a reminder is for, by their places.
#[derive(Clone, Debug, Default)]
pub struct Awaited {
    /// Those that have handed in nothing yet.
    pub missing: Vec<String>,
    /// Those whose paper came back.
    pub returned: Vec<String>,
}

impl Awaited {
    /// Who is awaited, in words; empty if nobody is. `what` completes "nộp …".
    fn words(&self, what: &str, year: i32) -> String {
        let (missing, returned) = (self.missing.join(", "), self.returned.join(", "));
        let (m, r) = (self.missing.len(), self.returned.len());
        match (m, r) {
            (0, 0) => String::new(),
            (_, 0) => format!("Còn {m} đơn vị chưa nộp {what} năm {year}: {missing}."),
            (0, _) => format!("Còn {r} đơn vị cần sửa và nộp lại {what} năm {year}: {returned}."),
            _ => format!(
                "Còn {m} đơn vị chưa nộp {what} năm {year}: {missing}; {r} đơn vị cần sửa và nộp lại: {returned}."
            ),
        }
    }
}

/// The text the secretariat pastes into the cluster's Zalo group; none when nobody is awaited.
#[must_use]
pub fn reminder(
    year: &Year,
    what: &str,
    deadline: Option<Deadline>,
    awaited: &Awaited,
    now: Moment,
) -> Option<String> {
    let words = awaited.words(what, year.year);
    let until = deadline.map_or(String::new(), |d| match d.days_left(now) {
        left if left >= 0 => format!(" Hạn là hết ngày {}, còn {left} ngày.", date_text(d.due_on)),
        left => format!(" Hạn là {}, đến nay đã quá {} ngày.", date_text(d.due_on), -left),
    });
    (!words.is_empty()).then(|| {
        format!(
            "Kính gửi các anh, chị trong {}. {words}{until} Trân trọng cảm ơn.",
            year.cluster.name
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_tells_those_who_sent_nothing_from_those_who_mend() {
        let both = Awaited {
            missing: vec!["Sơn La".to_owned(), "Lai Châu".to_owned()],
            returned: vec!["Điện Biên".to_owned()],
        };
        assert_eq!(
            both.words("đăng ký thi đua", 2026),
            "Còn 2 đơn vị chưa nộp đăng ký thi đua năm 2026: Sơn La, Lai Châu; 1 đơn vị cần sửa và nộp lại: Điện Biên."
        );
        assert_eq!(Awaited::default().words("báo cáo tổng kết", 2026), "");
    }
}
