//! Is the dossier complete? The parts that must be there, and the facts that the program knows by itself. Pure.

use super::{
    model::{Nomination, Part, State},
    persons::{Named, without_ground},
};
use crate::{
    papers::{Attachment, OpenParts},
    registrations, reports,
};

/// What is known of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// In order.
    Done,
    /// Must be there before the dossier can go.
    Missing,
    /// Something to know; it stops nothing.
    Warning,
    /// Not there, and needn't be.
    Optional,
}

impl Mark {
    /// The mark in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Done => "đủ",
            Self::Missing => "còn thiếu",
            Self::Warning => "lưu ý",
            Self::Optional => "không bắt buộc",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Missing => "late",
            Self::Warning => "waiting",
            Self::Optional => "neutral",
        }
    }
}

/// An item of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is looked at.
    pub label: String,
    /// What is known of it.
    pub mark: Mark,
    /// The finding in words.
    pub note: String,
}

/// What the program knows by itself of a unit's year.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The unit's registration: its state, and days late.
    pub registration: Option<(registrations::State, i32)>,
    /// Its annual report, likewise.
    pub report: Option<(reports::State, i32)>,
}

/// The checklist of a dossier.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// Its items in order.
    pub items: Vec<Item>,
}

impl Checklist {
    /// Looks through a dossier.
    #[must_use]
    pub fn of(nomination: &Nomination, attachments: &[Attachment], facts: &Facts) -> Self {
        let mut items: Vec<Item> = Part::ALL
            .into_iter()
            .map(|part| {
                let files = attachments.iter().filter(|a| a.part == part.code()).count();
                let (mark, note) = match (files, part.is_required()) {
                    (0, true) => (
                        Mark::Missing,
                        format!("{} đưa vào hồ sơ", nomination.brought_by(part)),
                    ),
                    (0, false) => (Mark::Optional, "Có thể thêm để chứng minh thành tích".to_owned()),
                    (n, _) => (Mark::Done, format!("{n} tệp")),
                };
                Item {
                    label: part.label().to_owned(),
                    mark,
                    note,
                }
            })
            .collect();
        items.push(vote(nomination));
        items.push(registration(facts));
        items.push(report(facts));
        Self { items }
    }

    /// The same with a look at the persons whom the dossier names.
    #[must_use]
    pub fn with_persons(mut self, persons: &[Named]) -> Self {
        self.items.push(grounds(persons));
        self
    }

    /// What stops the dossier from going.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        self.items
            .iter()
            .filter(|i| i.mark == Mark::Missing)
            .map(|i| i.label.as_str())
            .collect()
    }

    /// Whether it can go.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }
}

fn vote(nomination: &Nomination) -> Item {
    let mark = if nomination.state.was_acclaimed() && nomination.state != State::Withdrawn {
        Mark::Done
    } else {
        Mark::Missing
    };
    Item {
        label: if nomination.person.is_some() {
            "Đơn vị bình xét".to_owned()
        } else {
            "Hội nghị của cụm suy tôn".to_owned()
        },
        mark,
        note: nomination.working.clone(),
    }
}

/// What the item on the registration is called.
pub const REGISTRATION: &str = "Đăng ký thi đua của năm";

/// A title that wasn't registered is usually not considered, but the law sets exceptions: a warning, not a bar.
fn registration(facts: &Facts) -> Item {
    use registrations::State as R;
    let (mark, note) = match facts.registration {
        Some((R::Accepted | R::Forwarded, late)) if late > 0 => {
            (Mark::Warning, format!("Đã tiếp nhận, nộp chậm {late} ngày"))
        }
        Some((R::Accepted | R::Forwarded, _)) => (Mark::Done, "Đã tiếp nhận, đúng hạn".to_owned()),
        Some((state @ (R::Draft | R::Submitted | R::Returned), _)) => (
            Mark::Warning,
            format!("Chưa được tiếp nhận (đang ở trạng thái “{}”)", state.label()),
        ),
        None => (
            Mark::Warning,
            "Đơn vị không có đăng ký thi đua của năm".to_owned(),
        ),
    };
    Item {
        label: REGISTRATION.to_owned(),
        mark,
        note,
    }
}

/// The report that the achievement rests on.
fn report(facts: &Facts) -> Item {
    use reports::State as R;
    let (mark, note) = match facts.report {
        Some((R::Accepted | R::Final, late)) if late > 0 => {
            (Mark::Warning, format!("Đã tiếp nhận, nộp chậm {late} ngày"))
        }
        Some((R::Accepted | R::Final, _)) => (Mark::Done, "Đã tiếp nhận, đúng hạn".to_owned()),
        Some((state @ (R::Draft | R::Submitted | R::Returned), _)) => (
            Mark::Warning,
            format!("Chưa được tiếp nhận (đang ở trạng thái “{}”)", state.label()),
        ),
        None => (Mark::Warning, "Đơn vị chưa có báo cáo năm".to_owned()),
    };
    Item {
        label: "Báo cáo năm".to_owned(),
        mark,
        note,
    }
}

/// What the item on personal data is called.
pub const PERSONAL_DATA: &str = "Dữ liệu cá nhân";

/// Nobody's data goes on without a ground (Law 91/2025/QH15): a consent that was taken back is a bar until another ground is
/// noted or the name is gone. Names stand beside it on the page; here they would go wherever the checklist is printed.
fn grounds(persons: &[Named]) -> Item {
    let without = without_ground(persons).len();
    let grounded = persons.iter().filter(|person| person.ended_on.is_none()).count();
    let (mark, note) = match (without, grounded) {
        (0, 0) => (Mark::Optional, "Chưa ghi cá nhân nào".to_owned()),
        (0, n) => (Mark::Done, format!("{n} người, đủ đồng ý hoặc căn cứ")),
        (n, _) => (
            Mark::Missing,
            format!("{n} người đã rút đồng ý: cần căn cứ khác, hoặc đưa tên ra khỏi hồ sơ"),
        ),
    };
    Item {
        label: PERSONAL_DATA.to_owned(),
        mark,
        note,
    }
}

/// Whether a part of the dossier is open now: all of it before the first submission, what was named after a return.
#[must_use]
pub fn is_part_open(open: &OpenParts, part: Part) -> bool {
    open.has_section(part.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{AttachmentId, ClusterId, NominationId, UnitId, YearId},
        kit::clock::Moment,
        people::YearPlace,
    };

    fn nomination() -> Nomination {
        Nomination {
            id: NominationId::new(),
            year_id: YearId::new(),
            cluster_id: ClusterId::new(),
            place: YearPlace {
                slug: "cum-3".into(),
                name: "Cụm thi đua số 3".into(),
                year: 2023,
            },
            year_is_open: true,
            unit_id: UnitId::new(),
            unit_slug: "son-la".into(),
            unit_name: "Liên hiệp Hội tỉnh Sơn La".into(),
            person: None,
            award: "vusta_flag".into(),
            state: State::Acclaimed,
            version: 1,
            votes_for: 7,
            votes_of: 8,
            working: "7/8 đơn vị".into(),
        }
    }

    fn file(part: Part) -> Attachment {
        Attachment {
            id: AttachmentId::new(),
            part: part.code().into(),
            file_name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1,
            sha256: String::new(),
            uploaded_at: Moment::UNIX_EPOCH,
            uploaded_by: String::new(),
        }
    }

    #[test]
    fn a_dossier_without_a_required_part_is_not_complete() {
        let required = [Part::Proposal, Part::AchievementReport, Part::Minutes];
        for left_out in required {
            let files: Vec<Attachment> = required
                .into_iter()
                .filter(|p| *p != left_out)
                .map(file)
                .collect();
            let list = Checklist::of(&nomination(), &files, &Facts::default());
            assert_eq!(list.missing(), [left_out.label()]);
        }
    }

    #[test]
    fn evidence_is_optional_and_a_missing_registration_only_a_warning() {
        let files: Vec<Attachment> = [Part::Proposal, Part::AchievementReport, Part::Minutes]
            .into_iter()
            .map(file)
            .collect();
        let list = Checklist::of(&nomination(), &files, &Facts::default());
        assert!(list.is_complete());
        let marks: Vec<Mark> = list.items.iter().map(|i| i.mark).collect();
        assert_eq!(
            marks,
            [
                Mark::Done,
                Mark::Done,
                Mark::Done,
                Mark::Optional,
                Mark::Done,
                Mark::Warning,
                Mark::Warning
            ]
        );
    }

    #[test]
    fn a_late_registration_is_named_with_its_days() {
        let facts = Facts {
            registration: Some((registrations::State::Accepted, 3)),
            ..Facts::default()
        };
        let list = Checklist::of(&nomination(), &[], &facts);
        assert!(
            list.items
                .iter()
                .any(|i| i.mark == Mark::Warning && i.note.contains("chậm 3 ngày"))
        );
    }
}
