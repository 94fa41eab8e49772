//! What each kind of paper says: one file for what belongs together, each of which turns records into a [`Prepared`] paper.
//!
//! A paper is named by its kind and a key: `cum-3.2023` is the year of a cluster, `cum-3.2023.son-la` a member of it,
//! `cum-3.2023.tong-ket` one of its conferences; other records are named by their id, a calendar year by its digits.
//! The records are read with the eyes of the person who asks: what that person may not know is never in the paper.

mod achievements;
mod appraisal_minutes;
mod appraisals;
mod blocks;
mod council;
mod covenants;
mod desk;
mod decisions;
mod nominees;
mod past;
mod persons;
mod ballots;
mod conclusions;
mod consolidations;
mod conferences;
mod counts;
mod handovers;
mod plans;
mod refusals;
mod recalls;
mod regulations;
mod reminders;
mod registrations;
mod reports;
mod score_sheets;
mod scored;
mod submissions;
mod vusta;
mod summary;

use chrono::NaiveDate;
use sqlx::PgConnection;

use super::{
    forms::{Wording, lines},
    model::{Figure, Issuer, Kind, Source},
};
use crate::{
    ids::{ClusterId, DocumentId, UnitId},
    kit::{
        clock::Moment,
        documents::{
            Document,
            model::{Appendix, Block, Head, Number, Order, Place, Signature, Signing, Title, Verification},
        },
        error::Result,
    },
    people::{Actor, YearPlace},
    reports::Period,
};

pub(super) use desk::{Desk, leader_of, needed, paragraphs, section, signer};
pub(super) use recalls::REASON as RECALL_REASON;

/// The body above every cluster and every member association.
pub const VUSTA: &str = "LIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM";

/// The same in a sentence.
pub(super) const VUSTA_NAME: &str = "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam";

/// How a paper is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// Nobody signs.
    ByNobody,
    /// One signs at the right.
    ByOne,
    /// Several sign in pairs.
    BySeveral,
    /// The secretary at the left, the chair at the right.
    AsMinutes,
}

/// What a paper says, without head, bases and signatures.
pub(super) struct Text {
    pub(super) body: Vec<Block>,
    pub(super) appendices: Vec<Appendix>,
    /// The authority above the bases and the word below them: `CHỦ TỊCH …`, `QUYẾT ĐỊNH`.
    pub(super) order: Option<Order>,
    pub(super) signed: Signed,
    pub(super) is_landscape: bool,
    /// Whether `./.` closes it.
    pub(super) is_closed: bool,
}

impl Text {
    /// A text in portrait, closed by `./.`, signed by one.
    pub(super) fn of(body: Vec<Block>) -> Self {
        Self {
            body,
            appendices: Vec::new(),
            order: None,
            signed: Signed::ByOne,
            is_landscape: false,
            is_closed: true,
        }
    }
}

/// The number, day and code of an issued paper.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The number.
    pub number: u32,
    /// The day it bears.
    pub on: NaiveDate,
    /// The code with which anybody verifies it.
    pub code: String,
    /// The address of the page that verifies it.
    pub address: String,
}

type Compose = Box<dyn Fn(&Wording) -> Text + Send + Sync>;

/// What a record that is a paper itself has already: a decision comes with its number, day, code, subject, bases, signer.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The number.
    pub number: i32,
    /// The day it bears.
    pub on: NaiveDate,
    /// The code with which anybody verifies the record; none while it is a draft.
    pub code: Option<String>,
}

/// A paper ready to be looked at, edited and issued.
pub struct Prepared {
    /// What it is.
    pub kind: Kind,
    /// The words above the subject.
    pub title_word: String,
    /// The key of the record.
    pub about: String,
    /// In whose name it is issued.
    pub issuer: Issuer,
    /// That one's name as a sentence has it: `Cụm thi đua số 3`.
    pub issuer_name: String,
    /// The cluster that it belongs to, if to one: its patron reads it.
    pub cluster_id: Option<ClusterId>,
    /// The unit that signs for a cluster as its lead: it keeps the paper when another one leads.
    pub lead_id: Option<UnitId>,
    /// The year of a cluster whose menu is shown beside it.
    pub place: Option<YearPlace>,
    /// The page where its facts live: path and words.
    pub back: (String, String),
    /// What it would say without any hand: the form's first state.
    pub offered: Wording,
    /// Whether the records say to whom it is addressed: nobody types it.
    pub names_addressees: bool,
    /// Whether it names what it is based on.
    pub cites: bool,
    /// Whether those who may know the record, but don't draft the paper, see what it says without any hand. What people
    /// write themselves is nobody else's before it is issued.
    pub is_open_to_readers: bool,
    /// Why it can't be issued yet, if it can't.
    pub hindrance: Option<String>,
    /// What the record has already: nobody gives the paper another number or signer.
    pub fixed: Option<Fixed>,
    /// The figures in it.
    pub figures: Vec<Figure>,
    /// What others wrote for its parts, to choose from.
    pub sources: Vec<Source>,
    /// The issued paper that it takes back.
    pub recalls: Option<DocumentId>,
    /// To whom it goes: units, and VUSTA's standing office where there is none.
    pub sent_to: Vec<Option<UnitId>>,
    compose: Compose,
}

impl Prepared {
    /// Its path: `/van-ban/soan/{kind}/{about}`.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.kind, &self.about)
    }

    /// The path of one of its pages.
    #[must_use]
    pub fn path_to(&self, page: &str) -> String {
        format!("{}/{page}", self.path())
    }

    /// The wording with what the record has already, whatever was typed.
    #[must_use]
    pub fn settled(&self, mut wording: Wording) -> Wording {
        if self.names_addressees {
            wording.addressees.clone_from(&self.offered.addressees);
        }
        if self.fixed.is_some() {
            wording.symbol.clone_from(&self.offered.symbol);
            wording.subject.clone_from(&self.offered.subject);
            wording.bases.clone_from(&self.offered.bases);
            for (signer, own) in wording.signers.iter_mut().zip(&self.offered.signers) {
                signer.name.clone_from(&own.name);
                signer.post.clone_from(&own.post);
            }
        }
        wording
    }

    /// The year that it is about, and the first day that it can bear; none where it is about no year.
    #[must_use]
    pub fn first_day(&self) -> Option<(i32, NaiveDate)> {
        let year = match &self.place {
            Some(place) => place.year,
            None => self.about.parse().ok()?,
        };
        Some((year, self.kind.first_day(year)?))
    }

    /// What it is and what it is about, as pages name it.
    #[must_use]
    pub fn title(&self, wording: &Wording) -> String {
        let subject = wording.subject.trim();
        if subject.is_empty() {
            self.kind.label().to_owned()
        } else {
            format!("{}: {subject}", self.kind.label())
        }
    }

    /// The name of its file, without ending: `bao-cao-nam-cum-3-2023-son-la`.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}", self.kind.slug(), self.about.replace('.', "-"))
    }

    /// The whole document: a draft without stamp, else as issued.
    #[must_use]
    pub fn document(&self, wording: &Wording, stamp: Option<&Stamp>) -> Document {
        let text = (self.compose)(wording);
        // What the record has already stands in its draft, too.
        let known = self.fixed.as_ref().filter(|fixed| fixed.code.is_some());
        let number = stamp
            .map(|s| s.number)
            .or(known.map(|fixed| fixed.number.unsigned_abs()));
        let day = stamp.map(|s| s.on).or(known.map(|fixed| fixed.on));
        let signatures = wording.signatures();
        Document {
            head: Head {
                parent: wording.parent.clone(),
                issuer: wording.issuer.clone(),
                named: self.named(&wording.issuer),
                number: (self.kind.is_issued() && !wording.symbol.is_empty()).then(|| Number {
                    value: number,
                    symbol: wording.symbol.clone(),
                }),
                place: (!wording.place.is_empty()).then(|| Place {
                    name: wording.place.clone(),
                    date: day,
                }),
            },
            title: self.heading(wording),
            addressees: lines(&wording.addressees),
            bases: lines(&wording.bases),
            order: text.order,
            body: text.body,
            is_closed: text.is_closed,
            signing: signing(text.signed, signatures),
            recipients: lines(&wording.recipients),
            appendices: text.appendices,
            is_landscape: text.is_landscape,
            draft: (stamp.is_none() && self.kind.is_issued()).then(|| "DỰ THẢO".to_owned()),
            verification: stamp.map(|s| Verification {
                code: s.code.clone(),
                address: s.address.clone(),
            }),
            ..Document::default()
        }
    }

    /// The issuer in a sentence, unless another one was typed.
    fn named(&self, typed: &str) -> String {
        let is_own = spaced(&self.issuer_name.to_uppercase()) == spaced(&typed.to_uppercase());
        if is_own { &self.issuer_name } else { typed }.to_owned()
    }

    fn heading(&self, wording: &Wording) -> Title {
        let subject = wording.subject.clone();
        match self.kind {
            kind if kind.is_letter() => Title::Letter { subject },
            Kind::AppraisalMinutes
            | Kind::CountMinutes
            | Kind::ConferenceMinutes
            | Kind::CouncilMinutes
            | Kind::HandOverMinutes => Title::Minutes { subject },
            _ => Title::Named {
                kind: self.title_word.to_uppercase(),
                subject,
            },
        }
    }
}

/// With one kind of space only.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn signing(signed: Signed, mut signatures: Vec<Signature>) -> Signing {
    let mut name = |at: usize| {
        signatures
            .get_mut(at)
            .map(|s| std::mem::take(&mut s.name))
            .unwrap_or_default()
    };
    match signed {
        Signed::ByNobody => Signing::None,
        Signed::AsMinutes => Signing::Minutes {
            secretary: name(0),
            chair: name(1),
        },
        Signed::ByOne => signatures.into_iter().next().map_or(Signing::None, Signing::One),
        Signed::BySeveral => Signing::Several(signatures),
    }
}

/// The path at which a paper is drafted.
#[must_use]
pub fn path(kind: Kind, about: &str) -> String {
    format!("/van-ban/soan/{}/{about}", kind.slug())
}

/// The paper of this kind about this record, as this person may know it.
pub async fn prepare(
    db: &mut PgConnection,
    now: Moment,
    actor: &Actor,
    kind: Kind,
    about: &str,
) -> Result<Prepared> {
    let desk = Desk {
        now,
        actor,
        kind,
        about,
    };
    match kind {
        Kind::Plan => plans::plan(db, &desk).await,
        Kind::Registration => registrations::registration(db, &desk).await,
        Kind::ConsolidatedRegistration => consolidations::table(db, &desk).await,
        Kind::Reminder => reminders::letter(db, &desk).await,
        Kind::RecallLetter => recalls::letter(db, &desk).await,
        Kind::MidYearReport => reports::report(db, &desk, Period::Midyear).await,
        Kind::AnnualReport => reports::report(db, &desk, Period::Annual).await,
        Kind::Submission => submissions::submission(db, &desk).await,
        Kind::NomineeList => nominees::list(db, &desk).await,
        Kind::AchievementReport => achievements::report(db, &desk).await,
        Kind::AppraisalReport => appraisals::report(db, &desk).await,
        Kind::RefusalNotice => refusals::refusal(db, &desk).await,
        Kind::CouncilMinutes => council::minutes(db, &desk).await,
        Kind::Decision => decisions::decision(db, &desk).await,
        Kind::SummaryReport => summary::report(db, &desk).await,
        Kind::BallotPaper => ballots::paper(db, &desk).await,
        Kind::CountMinutes => counts::minutes(db, &desk).await,
        Kind::ConferenceMinutes => conferences::minutes(db, &desk).await,
        Kind::ConclusionNotice => conclusions::conclusion(db, &desk).await,
        Kind::HandOverMinutes => handovers::hand_over(db, &desk).await,
        Kind::ScoreSheet => score_sheets::sheet(db, &desk).await,
        Kind::AppraisalMinutes => appraisal_minutes::minutes(db, &desk).await,
        Kind::Covenant => covenants::covenant(db, &desk).await,
        Kind::Regulation => regulations::regulation(db, &desk).await,
    }
}
