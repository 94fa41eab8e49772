//! The parts of a report.

use super::model::Period;

/// The parts of a report; also what a return can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// What was reached of what was registered.
    Figures,
    /// Figures that weren't registered.
    Additions,
    /// The situation of the unit.
    Situation,
    /// Results of its work.
    Results,
    /// Emulation and commendation.
    Emulation,
    /// What fell short, and why.
    Limitations,
    /// The next year.
    Directions,
    /// What the unit asks for.
    Proposals,
    /// Attached files.
    Attachments,
}

impl Section {
    /// All sections in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Figures,
        Self::Additions,
        Self::Situation,
        Self::Results,
        Self::Emulation,
        Self::Limitations,
        Self::Directions,
        Self::Proposals,
        Self::Attachments,
    ];

    /// The sections that are text in the report on six months: it is read beside its figures and soon overtaken by
    /// the annual one, so it tells less.
    const MIDYEAR: [Self; 4] = [
        Self::Results,
        Self::Limitations,
        Self::Directions,
        Self::Proposals,
    ];

    /// The sections that are text, in their order.
    pub const NARRATIVE: [Self; 6] = [
        Self::Situation,
        Self::Results,
        Self::Emulation,
        Self::Limitations,
        Self::Directions,
        Self::Proposals,
    ];

    /// The sections that are text in a report on this period, in their order.
    #[must_use]
    pub fn narrative(period: Period) -> &'static [Self] {
        match period {
            Period::Annual => &Self::NARRATIVE,
            Period::Midyear => &Self::MIDYEAR,
        }
    }

    /// Whether a report on this period has it.
    #[must_use]
    pub fn is_in(self, period: Period) -> bool {
        !Self::NARRATIVE.contains(&self) || Self::narrative(period).contains(&self)
    }

    /// The code in forms and facts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Additions => "additions",
            Self::Situation => "situation",
            Self::Results => "results",
            Self::Emulation => "emulation",
            Self::Limitations => "limitations",
            Self::Directions => "directions",
            Self::Proposals => "proposals",
            Self::Attachments => "attachments",
        }
    }

    /// The heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Figures => "Kết quả các chỉ tiêu",
            Self::Additions => "Kết quả ngoài đăng ký",
            Self::Situation => "I. Đặc điểm tình hình",
            Self::Results => "II. Kết quả thực hiện nhiệm vụ chuyên môn",
            Self::Emulation => "III. Công tác thi đua, khen thưởng",
            Self::Limitations => "IV. Hạn chế, nguyên nhân",
            Self::Directions => "V. Phương hướng năm sau",
            Self::Proposals => "VI. Kiến nghị",
            Self::Attachments => "Tệp đính kèm",
        }
    }

    /// The heading in a report on this period.
    #[must_use]
    pub fn label_in(self, period: Period) -> &'static str {
        match (period, self) {
            (Period::Midyear, Self::Results) => "I. Kết quả sáu tháng đầu năm",
            (Period::Midyear, Self::Limitations) => "II. Hạn chế, nguyên nhân",
            (Period::Midyear, Self::Directions) => "III. Nhiệm vụ sáu tháng cuối năm",
            (Period::Midyear, Self::Proposals) => "IV. Kiến nghị",
            _ => self.label(),
        }
    }

    /// Whether a whole report can do without it.
    #[must_use]
    pub fn is_optional(self) -> bool {
        matches!(self, Self::Additions | Self::Proposals | Self::Attachments)
    }

    /// What belongs in it, for the person who writes.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::Situation => "Thuận lợi, khó khăn, tổ chức bộ máy, biên chế.",
            Self::Results => "Theo nhóm chỉ tiêu; số liệu chi tiết đã có ở bảng trên.",
            Self::Emulation => "Phong trào đã phát động, điển hình tiên tiến, khen thưởng đã nhận.",
            Self::Limitations => "Việc chưa làm được và nguyên nhân.",
            Self::Directions => "Nhiệm vụ chính và chỉ tiêu dự kiến.",
            Self::Proposals => "Với Cụm, với Liên hiệp Hội Việt Nam.",
            Self::Figures | Self::Additions | Self::Attachments => "",
        }
    }

    /// The heading of the section with this code in a report on this period; the code itself where there is none.
    #[must_use]
    pub fn label_of(code: &str, period: Period) -> &str {
        match Self::ALL.into_iter().find(|s| s.code() == code) {
            Some(section) => section.label_in(period),
            None => code,
        }
    }
}
