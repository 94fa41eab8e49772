//! A condition of an award: a rule that can be looked up, with the article that it comes from.

use serde::{Deserialize, Serialize};

use super::Awards;

/// Whom a condition is asked of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Units and persons alike.
    #[default]
    All,
    /// Units only.
    Units,
    /// Persons only.
    Persons,
}

impl Of {
    /// All values.
    pub const ALL: [Self; 3] = [Self::All, Self::Units, Self::Persons];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Units => "units",
            Self::Persons => "persons",
        }
    }

    /// The same in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "tập thể, cá nhân",
            Self::Units => "tập thể",
            Self::Persons => "cá nhân",
        }
    }

    /// The value with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.code() == code)
    }
}

/// How well a unit must have done its work in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Hoàn thành tốt nhiệm vụ, or better.
    Good,
    /// Hoàn thành xuất sắc nhiệm vụ.
    Excellent,
}

impl Grade {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Excellent, Self::Good];

    /// The code in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Excellent => "excellent",
        }
    }

    /// The grade with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.code() == code)
    }

    /// The grade in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "hoàn thành tốt nhiệm vụ trở lên",
            Self::Excellent => "hoàn thành xuất sắc nhiệm vụ",
        }
    }
}

/// An award that must have been given, so many times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The award's code.
    pub award: String,
    /// How many times.
    pub times: i32,
}

/// What is asked, in a form that can be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// Registered for this award in time.
    Registered,
    /// The cluster acclaimed it.
    Acclaimed,
    /// Graded so in each of so many years, this one included.
    Class {
        /// At least this grade.
        grade: Grade,
        /// In how many years on end.
        years: i32,
    },
    /// Has been given other awards: one of these needs is enough.
    Held {
        /// Any of them.
        needs: Vec<Need>,
        /// Within so many years before this one.
        years: i32,
        /// Whether the years must follow each other without a gap.
        on_end: bool,
    },
    /// Within the number that the rules of the year allow.
    WithinQuota,
    /// At most this part of those who are put forward for another award.
    Share {
        /// In percent.
        percent: i32,
        /// The other award's code.
        award: String,
    },
    /// No double reward for one achievement.
    NotRewardedTwice,
    /// Nobody disciplined.
    NotDisciplined,
    /// What the program can't look up: somebody has to say so.
    Stated {
        /// In the words of the article.
        text: String,
    },
}

impl Rule {
    /// The kinds, with what the form calls them.
    pub const KINDS: [(&'static str, &'static str); 9] = [
        ("registered", "Đã đăng ký đúng hạn"),
        ("acclaimed", "Được cụm suy tôn"),
        ("class", "Xếp loại nhiều năm liền"),
        ("held", "Đã được khen thưởng"),
        ("within_quota", "Trong số lượng của năm"),
        ("share", "Trong tỷ lệ so với hình thức khác"),
        ("not_rewarded_twice", "Không khen hai lần một thành tích"),
        ("not_disciplined", "Không bị kỷ luật"),
        ("stated", "Điều kiện khác, người có trách nhiệm xác nhận"),
    ];

    /// The code of its kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Acclaimed => "acclaimed",
            Self::Class { .. } => "class",
            Self::Held { .. } => "held",
            Self::WithinQuota => "within_quota",
            Self::Share { .. } => "share",
            Self::NotRewardedTwice => "not_rewarded_twice",
            Self::NotDisciplined => "not_disciplined",
            Self::Stated { .. } => "stated",
        }
    }

    /// The rule as a sentence.
    #[must_use]
    pub fn text(&self, awards: &Awards) -> String {
        match self {
            Self::Registered => "Đã đăng ký thi đua hình thức này, đúng hạn".to_owned(),
            Self::Acclaimed => "Được hội nghị của cụm suy tôn, dẫn đầu cụm".to_owned(),
            Self::Class { grade, years: 1 } => format!("Năm xét khen: {}", grade.label()),
            Self::Class { grade, years } => {
                format!("{years} năm liền, tính cả năm xét khen: {}", grade.label())
            }
            Self::Held { needs, years, on_end } => held_text(needs, *years, *on_end, awards),
            Self::WithinQuota => "Trong số lượng mà quy định của năm cho phép".to_owned(),
            Self::Share { percent, award } => format!(
                "Không quá {percent}% số đơn vị được suy tôn {}",
                awards.short_name(award)
            ),
            Self::NotRewardedTwice => "Thành tích này chưa được khen thưởng ở nơi khác".to_owned(),
            Self::NotDisciplined => "Không có ai bị kỷ luật từ cảnh cáo trở lên trong năm".to_owned(),
            Self::Stated { text } => text.clone(),
        }
    }
}

fn held_text(needs: &[Need], years: i32, on_end: bool, awards: &Awards) -> String {
    let list: Vec<String> = needs
        .iter()
        .map(|need| format!("{} lần {}", need.times, awards.short_name(&need.award)))
        .collect();
    let gapless = if on_end { ", liên tục" } else { "" };
    format!(
        "Đã được tặng {} trong {years} năm trước{gapless}",
        list.join(" hoặc ")
    )
}

/// A condition of an award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What is asked.
    #[serde(flatten)]
    pub rule: Rule,
    /// Of whom.
    #[serde(default)]
    pub of: Of,
    /// Where it stands: `Điều 26 Luật 06/2022/QH15`.
    pub article: String,
    /// Whether VUSTA may let it pass with a reason.
    #[serde(default)]
    pub waivable: bool,
    /// Whether it is known from practice only, and the text of the rule has to be looked at.
    #[serde(default)]
    pub to_check: bool,
}

impl Condition {
    /// Whether it is asked of units.
    #[must_use]
    pub fn is_of_units(&self) -> bool {
        self.of != Of::Persons
    }

    /// Whether it is asked of persons.
    #[must_use]
    pub fn is_of_persons(&self) -> bool {
        self.of != Of::Units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_kept_as_flat_facts() {
        let condition = Condition {
            rule: Rule::Held {
                needs: vec![Need {
                    award: "vusta_flag".into(),
                    times: 1,
                }],
                years: 5,
                on_end: false,
            },
            of: Of::Units,
            article: "Điều 73".into(),
            waivable: true,
            to_check: true,
        };
        let kept = serde_json::to_value(&condition).unwrap();
        assert_eq!(kept["kind"], "held");
        assert_eq!(serde_json::from_value::<Condition>(kept).unwrap(), condition);
        assert_eq!(
            condition.rule.text(&Awards::default()),
            "Đã được tặng 1 lần vusta_flag trong 5 năm trước"
        );
    }
}
