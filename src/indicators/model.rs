//! An indicator, and the catalogue of a year.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    ids::RowId,
    kit::{clock::Moment, text::fold},
    units::UnitKind,
};

/// An enumeration whose values have a code in forms and files, and words on pages.
macro_rules! coded {
    ($($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $value:ident $code:literal $label:literal)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$what])* $value,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$value),*];

            /// The code in forms and files.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)* }
            }

            /// In words.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$value => $label,)* }
            }

            /// The one with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// Codes and words, to choose from.
            #[must_use]
            pub fn choices() -> Vec<(&'static str, &'static str)> {
                Self::ALL.iter().map(|value| (value.code(), value.label())).collect()
            }
        }
    )*};
}

coded! {
    /// The groups of indicators, in the order of a report.
    Group {
        /// The association itself.
        Organisation "organisation" "Tổ chức"
        /// Political education, comments on drafts.
        Politics "politics" "Chính trị, tư tưởng"
        /// Consultancy, critique and social appraisal.
        Consultancy "consultancy" "Tư vấn, phản biện và giám định xã hội"
        /// Information and dissemination of knowledge.
        Dissemination "dissemination" "Thông tin và phổ biến kiến thức"
        /// Research and projects.
        Research "research" "Nghiên cứu, dự án"
        /// Contests.
        Creativity "creativity" "Sáng tạo"
        /// Intellectuals.
        Intellectuals "intellectuals" "Trí thức"
        /// Cooperation with other countries.
        Cooperation "cooperation" "Hợp tác quốc tế"
        /// Emulation and commendation.
        Emulation "emulation" "Thi đua, khen thưởng"
    }
    /// What an answer is.
    Kind {
        /// A number of things.
        Count "count" "số lượng"
        /// An amount of money.
        Money "money" "số tiền"
        /// A share in percent.
        Ratio "ratio" "tỷ lệ"
        /// Yes or no.
        YesNo "yes_no" "có hoặc không"
        /// Words.
        Text "text" "lời"
    }
    /// The time that a figure covers.
    Span {
        /// The year.
        Year "year" "trong năm"
        /// Everything until the day of the report.
        Cumulative "cumulative" "lũy kế"
        /// The term of office.
        Term "term" "trong nhiệm kỳ"
    }
    /// Who is asked.
    AppliesTo {
        /// Every unit.
        All "all" "mọi đơn vị"
        /// Unions of provinces and cities.
        ProvincialUnions "provincial_unions" "Liên hiệp Hội tỉnh, thành phố"
        /// National associations.
        NationalAssociations "national_associations" "Hội ngành toàn quốc"
    }
}

impl Kind {
    /// Whether the answer is a number that can be added up over units.
    #[must_use]
    pub fn adds_up(self) -> bool {
        matches!(self, Self::Count | Self::Money)
    }

    /// Whether the answer is typed as a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        !matches!(self, Self::YesNo | Self::Text)
    }
}

impl AppliesTo {
    /// Whether a unit of this kind is asked.
    #[must_use]
    pub fn includes(self, kind: UnitKind) -> bool {
        match self {
            Self::All => true,
            Self::ProvincialUnions => kind == UnitKind::ProvincialUnion,
            Self::NationalAssociations => kind == UnitKind::NationalAssociation,
        }
    }
}

/// Whether a catalogue can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// The standing office is writing.
    Draft,
    /// In force and frozen.
    Issued,
}

impl State {
    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "nháp",
            Self::Issued => "đã ban hành",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Issued => "done",
        }
    }
}

/// What is reported on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its row in the reports of the year.
    #[serde(default)]
    pub id: RowId,
    /// Short, and the same over the years: `TVPB.1`.
    pub code: String,
    /// What is counted.
    pub name: String,
    /// What belongs to it and what doesn't.
    pub definition: String,
    /// In which unit.
    pub unit_of_measure: String,
    /// Where it stands.
    pub group: Group,
    /// What an answer is.
    pub kind: Kind,
    /// The time that it covers.
    pub period: Span,
    /// Who is asked.
    pub applies_to: AppliesTo,
    /// Whether there must be an answer.
    pub required: bool,
    /// No less than this.
    #[serde(default)]
    pub least: Option<Decimal>,
    /// No more than this.
    #[serde(default)]
    pub most: Option<Decimal>,
    /// The codes whose figures add up to this one.
    #[serde(default)]
    pub sum_of: Vec<String>,
    /// The code whose figure this one can't exceed.
    #[serde(default)]
    pub not_more_than: Option<String>,
}

/// The indicators of a calendar year.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The year.
    pub year: i32,
    /// Draft or issued.
    pub state: State,
    /// Counts saves.
    pub version: i32,
    /// The indicators, by group and then as they were put.
    pub indicators: Vec<Indicator>,
    /// When it was issued.
    pub issued_at: Option<Moment>,
}

impl Catalogue {
    /// The indicator with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.code == code)
    }

    /// The indicator with this name, however it is typed.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Indicator> {
        let folded = fold(name);
        self.indicators.iter().find(|i| fold(&i.name) == folded)
    }

    /// The indicators of a group.
    pub fn of_group(&self, group: Group) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |i| i.group == group)
    }

    /// The indicators that a unit of this kind is asked.
    pub fn asked_of(&self, kind: UnitKind) -> impl Iterator<Item = &Indicator> {
        self.indicators
            .iter()
            .filter(move |i| i.applies_to.includes(kind))
    }

    /// The rules of an indicator in words: `ít nhất 0; bằng tổng NCDA.2 + NCDA.3`.
    #[must_use]
    pub fn rules_of(&self, indicator: &Indicator) -> String {
        let mut words = Vec::new();
        let figure = crate::kit::values::figure_text;
        match (indicator.least, indicator.most) {
            (Some(least), Some(most)) => words.push(format!("từ {} đến {}", figure(least), figure(most))),
            (Some(least), None) if !least.is_zero() => words.push(format!("ít nhất {}", figure(least))),
            (None, Some(most)) => words.push(format!("nhiều nhất {}", figure(most))),
            _ => {}
        }
        if !indicator.sum_of.is_empty() {
            words.push(format!("bằng tổng {}", indicator.sum_of.join(" + ")));
        }
        if let Some(code) = &indicator.not_more_than {
            words.push(format!("không lớn hơn {code}"));
        }
        words.join("; ")
    }
}

/// In the order of the groups; inside a group as they were put.
pub(super) fn in_order(mut indicators: Vec<Indicator>) -> Vec<Indicator> {
    indicators.sort_by_key(|i| i.group);
    indicators
}
