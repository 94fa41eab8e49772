//! A dossier to take away: as one PDF, and as an archive of its files with an index.

use super::{
    frozen::{Row, Submission},
    model::{Nomination, Part, State},
    persons::Named,
};
use crate::{
    ids::AttachmentId,
    kit::{
        archive::{self, Entry, Source},
        clock::{Moment, exact_text, moment_text},
        documents::bound::{Content, Item, MOST_BYTES, Part as Bound, Table, Volume},
        error::Result,
        text::{capital, fold, size_text},
    },
    papers::{Attachment, History},
    years::Year,
};

/// A dossier as it is taken away.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    pub year: &'a Year,
    pub nomination: &'a Nomination,
    pub history: &'a History,
    pub award: &'a str,
    pub persons: &'a [Named],
    /// The checklist and the conditions, as they were when it was handed in or as they are.
    pub checked: &'a Checked,
    pub now: Moment,
}

/// What was found of a dossier.
pub(super) struct Checked {
    /// As of when.
    pub note: String,
    pub checklist: Vec<Row>,
    pub conditions: Vec<Row>,
}

impl Checked {
    /// A dossier that is with VUSTA is told as it was handed in; one that is worked on, or was handed in before that was
    /// kept, as it is now.
    pub fn of(state: State, last: Option<&Submission>, now: impl FnOnce() -> Self) -> Self {
        let is_open = matches!(state, State::Proposed | State::Acclaimed | State::Returned);
        match last.filter(|last| !is_open && !last.content.checklist.is_empty()) {
            Some(last) => Self {
                note: format!(
                    "Theo hồ sơ trình lần {}, lúc {}.",
                    last.number,
                    moment_text(last.submitted_at)
                ),
                checklist: last.content.checklist.clone(),
                conditions: last.content.conditions.clone(),
            },
            None => now(),
        }
    }

    /// The tables of both; of a version without conditions only the checklist.
    pub fn tables(&self) -> Vec<Table> {
        let column = |name: &str, share| (name.to_owned(), share);
        let checklist = self.checklist.iter();
        let mut tables = vec![Table {
            name: "Kiểm tra thành phần hồ sơ".to_owned(),
            note: self.note.clone(),
            columns: vec![column("Nội dung", 8), column("Kết quả", 3), column("Ghi chú", 9)],
            rows: checklist
                .map(|row| vec![row.label.clone(), row.mark.clone(), row.note.clone()])
                .collect(),
        }];
        if !self.conditions.is_empty() {
            let conditions = self.conditions.iter();
            tables.push(Table {
                name: "Điều kiện khen thưởng".to_owned(),
                note: self.note.clone(),
                columns: vec![
                    column("Điều kiện", 7),
                    column("Căn cứ", 4),
                    column("Kết quả", 3),
                    column("Ghi chú", 6),
                ],
                rows: conditions
                    .map(|row| {
                        vec![
                            row.label.clone(),
                            row.article.clone(),
                            row.mark.clone(),
                            row.note.clone(),
                        ]
                    })
                    .collect(),
            });
        }
        tables
    }
}

/// A file in the archive, as the index names it.
pub(super) struct Line {
    pub part: &'static str,
    pub name: String,
    /// Its name in the archive; empty when its bytes are gone.
    pub path: String,
    pub size: String,
    pub sha256: String,
}

/// Whether the pages of such a file can be bound.
fn is_bindable(file: &Attachment) -> bool {
    matches!(
        file.media_type.as_str(),
        "application/pdf" | "image/jpeg" | "image/png"
    )
}

impl<'a> Whole<'a> {
    /// The files with their parts, in the order of the dossier.
    fn files(&self) -> impl Iterator<Item = (Part, &'a Attachment)> + use<'a> {
        let history = self.history;
        Part::ALL.into_iter().flat_map(move |part| {
            let of_part = history.attachments.iter().filter(move |a| a.part == part.code());
            of_part.map(move |file| (part, file))
        })
    }

    /// `ho-so-hoa-binh-vusta_flag-2023.pdf`
    pub fn file_name(&self, ending: &str) -> String {
        let Nomination { unit_slug, award, .. } = self.nomination;
        let person = self.nomination.person.as_ref();
        let person = person.map(|person| format!("-{}", fold(&person.full_name).replace(' ', "-")));
        format!(
            "ho-so-{unit_slug}{}-{}-{}.{ending}",
            person.unwrap_or_default(),
            award.replace('_', "-"),
            self.year.year
        )
    }

    /// The files whose bytes the PDF needs: those that can be bound, until the volume is full.
    pub fn wanted(&self) -> Vec<&'a Attachment> {
        let mut room = MOST_BYTES;
        let files = self
            .files()
            .map(|(_, file)| file)
            .filter(|file| is_bindable(file));
        files
            .filter(|file| {
                let size = u64::try_from(file.size).unwrap_or(u64::MAX);
                let fits = size <= room;
                if fits {
                    room -= size;
                }
                fits
            })
            .collect()
    }

    /// What the PDF says and binds, of these files; the bytes of each have its id for a name.
    pub fn volume(&self, found: &[AttachmentId]) -> Volume {
        let wanted: Vec<AttachmentId> = self.wanted().iter().map(|file| file.id).collect();
        let parts = Part::ALL.into_iter().enumerate().map(|(at, part)| {
            let files = self.files().filter(|(of, _)| *of == part);
            let items: Vec<Item> = files.map(|(_, file)| item(file, &wanted, found)).collect();
            Bound {
                name: format!("{}. {}", at + 1, part.label()),
                note: self.note(part, items.len()),
                items,
            }
        });
        Volume {
            owner: self.nomination.nominee(),
            title: "HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG".to_owned(),
            subtitle: format!("{} năm {}", self.award, self.year.year),
            facts: self.facts(),
            tables: self.checked.tables(),
            parts: parts.collect(),
        }
    }

    fn note(&self, part: Part, files: usize) -> String {
        let mut words = Vec::new();
        if part == Part::Minutes {
            words.push(format!(
                "{}: {} đồng ý. {}",
                self.nomination.vote_label(),
                self.nomination.votes(),
                self.nomination.working
            ));
        }
        if files == 0 {
            let missing = if part.is_required() {
                "Chưa có tệp."
            } else {
                "Không có tệp."
            };
            words.push(missing.to_owned());
        }
        words.join("\n")
    }

    /// What the cover and the index say.
    pub fn facts(&self) -> Vec<(String, String)> {
        let nomination = self.nomination;
        let mut facts = vec![
            ("Đơn vị được đề nghị", nomination.unit_name.clone()),
            ("Hình thức đề nghị", self.award.to_owned()),
            ("Cụm, năm thi đua", self.year.title()),
            (nomination.vote_label(), nomination.votes()),
            ("Cách tính", nomination.working.clone()),
            ("Trạng thái", capital(nomination.state_label())),
        ];
        if let Some(person) = &nomination.person {
            let who = format!("{}, sinh năm {}", person.with_position(), person.birth_year);
            facts.insert(1, ("Cá nhân được đề nghị", who));
        }
        if let Some(receipt) = self.history.receipts.first() {
            let when = exact_text(receipt.submitted_at);
            facts.push(("Trình LHHVN", format!("lần {}, lúc {when}", receipt.number)));
            facts.push(("Mã bản đã trình", receipt.content_hash.clone()));
        }
        if let Some(persons) = self.named() {
            facts.push(("Cá nhân nêu trong hồ sơ", persons));
        }
        facts.push(("Lập lúc", moment_text(self.now)));
        facts
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// Whom the dossier names, each with the ground and no more; nobody whose ground has ended.
    fn named(&self) -> Option<String> {
        let grounded = self.persons.iter().filter(|person| person.ended_on.is_none());
        let words: Vec<String> = grounded
            .map(|person| format!("{} ({})", person.full_name, person.ground.label()))
            .collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// What stands in the archive, of the files whose bytes are there.
    pub fn lines(&self, is_kept: impl Fn(&Attachment) -> bool) -> Vec<Line> {
        let mut number = 0;
        let mut last = None;
        let mut line = |(part, file): (Part, &Attachment)| {
            number = if last == Some(part) { number + 1 } else { 1 };
            last = Some(part);
            Line {
                part: part.label(),
                name: file.file_name.clone(),
                path: if is_kept(file) {
                    path_of(part, number, file)
                } else {
                    String::new()
                },
                size: size_text(file.size),
                sha256: file.sha256.clone(),
            }
        };
        self.files().map(&mut line).collect()
    }

    /// The files of the archive, behind its index.
    pub fn entries(&self, lines: &[Line], index: String) -> Result<Vec<Entry>> {
        let mut entries = vec![Entry {
            name: "muc-luc.html".to_owned(),
            source: Source::Made(index.into_bytes()),
        }];
        for ((_, file), line) in self.files().zip(lines).filter(|(_, line)| !line.path.is_empty()) {
            entries.push(Entry {
                name: line.path.clone(),
                source: Source::Stored(file.hash()?),
            });
        }
        Ok(entries)
    }
}

fn item(file: &Attachment, wanted: &[AttachmentId], found: &[AttachmentId]) -> Item {
    let listed = |why: &str| Content::Listed(why.to_owned());
    let content = if !is_bindable(file) {
        listed("Tệp Word, Excel kèm theo, không ghép được.")
    } else if found.contains(&file.id) && file.media_type == "application/pdf" {
        Content::Pdf(file.id.to_string())
    } else if found.contains(&file.id) {
        Content::Picture(file.id.to_string())
    } else if wanted.contains(&file.id) {
        listed("Kho không còn tệp này.")
    } else {
        listed("Không ghép vì bản ghép đã đủ lớn; xem tệp gốc kèm theo.")
    };
    Item {
        name: file.file_name.clone(),
        about: format!(
            "{} · {} · {}",
            size_text(file.size),
            file.uploaded_by,
            moment_text(file.uploaded_at)
        ),
        sha256: file.sha256.clone(),
        content,
    }
}

/// `3-bien-ban/01-bien-ban-ky.pdf`
fn path_of(part: Part, number: usize, file: &Attachment) -> String {
    let folder = match part {
        Part::Proposal => "1-to-trinh",
        Part::AchievementReport => "2-bao-cao-thanh-tich",
        Part::Minutes => "3-bien-ban",
        Part::Evidence => "4-minh-chung",
    };
    format!("{folder}/{number:02}-{}", archive::plain_name(&file.file_name))
}
