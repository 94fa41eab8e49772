//! The kinds of official papers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kit::documents::wording::abbreviation;

/// What a paper is. The order is that of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// Kế hoạch hoạt động của cụm.
    Plan,
    /// Quy chế hoạt động của cụm.
    Regulation,
    /// Bản đăng ký thi đua of a unit.
    Registration,
    /// Bảng tổng hợp đăng ký of a cluster.
    ConsolidatedRegistration,
    /// Giao ước thi đua.
    Covenant,
    /// Công văn đôn đốc.
    Reminder,
    /// Báo cáo sơ kết 6 tháng of a unit.
    MidYearReport,
    /// Báo cáo tổng kết năm of a unit.
    AnnualReport,
    /// Bảng tự chấm điểm, with the appraisal.
    ScoreSheet,
    /// Biên bản thẩm định.
    AppraisalMinutes,
    /// Báo cáo tổng kết của cụm.
    SummaryReport,
    /// Phiếu bầu, phiếu suy tôn.
    BallotPaper,
    /// Biên bản kiểm phiếu.
    CountMinutes,
    /// Biên bản hội nghị.
    ConferenceMinutes,
    /// Thông báo kết luận.
    ConclusionNotice,
    /// Tờ trình, with the list of nominees.
    Submission,
    /// Danh sách trích ngang.
    NomineeList,
    /// Báo cáo thành tích of a unit or person.
    AchievementReport,
    /// Báo cáo thẩm định of VUSTA's standing office.
    AppraisalReport,
    /// Biên bản họp Hội đồng.
    CouncilMinutes,
    /// Quyết định khen thưởng.
    Decision,
    /// Thông báo for those refused.
    RefusalNotice,
    /// Biên bản bàn giao cụm trưởng.
    HandOverMinutes,
    /// Công văn thu hồi of a paper that was issued.
    RecallLetter,
}

impl Kind {
    /// All kinds, in the order of the year.
    pub const ALL: [Self; 24] = [
        Self::Plan,
        Self::Regulation,
        Self::Registration,
        Self::ConsolidatedRegistration,
        Self::Covenant,
        Self::Reminder,
        Self::MidYearReport,
        Self::AnnualReport,
        Self::ScoreSheet,
        Self::AppraisalMinutes,
        Self::SummaryReport,
        Self::BallotPaper,
        Self::CountMinutes,
        Self::ConferenceMinutes,
        Self::ConclusionNotice,
        Self::Submission,
        Self::NomineeList,
        Self::AchievementReport,
        Self::AppraisalReport,
        Self::CouncilMinutes,
        Self::Decision,
        Self::RefusalNotice,
        Self::HandOverMinutes,
        Self::RecallLetter,
    ];

    /// The part of a path.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Plan => "ke-hoach",
            Self::Regulation => "quy-che",
            Self::Registration => "dang-ky",
            Self::ConsolidatedRegistration => "tong-hop-dang-ky",
            Self::Covenant => "giao-uoc",
            Self::Reminder => "don-doc",
            Self::MidYearReport => "bao-cao-6-thang",
            Self::AnnualReport => "bao-cao-nam",
            Self::ScoreSheet => "bang-cham-diem",
            Self::AppraisalMinutes => "bien-ban-tham-dinh",
            Self::SummaryReport => "bao-cao-tong-ket",
            Self::BallotPaper => "phieu",
            Self::CountMinutes => "bien-ban-kiem-phieu",
            Self::ConferenceMinutes => "bien-ban-hoi-nghi",
            Self::ConclusionNotice => "thong-bao-ket-luan",
            Self::Submission => "to-trinh",
            Self::NomineeList => "danh-sach-trich-ngang",
            Self::AchievementReport => "bao-cao-thanh-tich",
            Self::AppraisalReport => "bao-cao-tham-dinh",
            Self::CouncilMinutes => "bien-ban-hoi-dong",
            Self::Decision => "quyet-dinh",
            Self::RefusalNotice => "thong-bao-khong-khen",
            Self::HandOverMinutes => "bien-ban-ban-giao",
            Self::RecallLetter => "thu-hoi",
        }
    }

    /// The kind with this part of a path.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|code| code.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Plan => "Kế hoạch công tác của cụm",
            Self::Regulation => "Quy chế hoạt động của cụm",
            Self::Registration => "Bản đăng ký thi đua",
            Self::ConsolidatedRegistration => "Bảng tổng hợp đăng ký",
            Self::Covenant => "Giao ước thi đua",
            Self::Reminder => "Công văn đôn đốc",
            Self::MidYearReport => "Báo cáo sơ kết 6 tháng",
            Self::AnnualReport => "Báo cáo tổng kết năm",
            Self::ScoreSheet => "Bảng chấm điểm",
            Self::AppraisalMinutes => "Biên bản thẩm định",
            Self::SummaryReport => "Báo cáo tổng kết của cụm",
            Self::BallotPaper => "Phiếu",
            Self::CountMinutes => "Biên bản kiểm phiếu",
            Self::ConferenceMinutes => "Biên bản hội nghị",
            Self::ConclusionNotice => "Thông báo kết luận",
            Self::Submission => "Tờ trình đề nghị khen thưởng",
            Self::NomineeList => "Danh sách trích ngang",
            Self::AchievementReport => "Báo cáo thành tích",
            Self::AppraisalReport => "Báo cáo thẩm định",
            Self::CouncilMinutes => "Biên bản họp Hội đồng",
            Self::Decision => "Quyết định khen thưởng",
            Self::RefusalNotice => "Thông báo không khen thưởng",
            Self::HandOverMinutes => "Biên bản bàn giao cụm trưởng",
            Self::RecallLetter => "Công văn thu hồi",
        }
    }

    /// The type of document as Decree 30, Appendix III has it; none for letters and for papers without number.
    #[must_use]
    pub fn type_name(self) -> Option<&'static str> {
        match self {
            Self::Plan => Some("kế hoạch"),
            Self::Regulation => Some("quy chế"),
            Self::MidYearReport
            | Self::AnnualReport
            | Self::SummaryReport
            | Self::AchievementReport
            | Self::AppraisalReport => Some("báo cáo"),
            Self::AppraisalMinutes
            | Self::CountMinutes
            | Self::ConferenceMinutes
            | Self::CouncilMinutes
            | Self::HandOverMinutes => Some("biên bản"),
            Self::ConclusionNotice | Self::RefusalNotice => Some("thông báo"),
            Self::Submission => Some("tờ trình"),
            Self::Decision => Some("quyết định"),
            Self::Registration
            | Self::ConsolidatedRegistration
            | Self::Covenant
            | Self::Reminder
            | Self::RecallLetter
            | Self::ScoreSheet
            | Self::BallotPaper
            | Self::NomineeList => None,
        }
    }

    /// Whether it is issued with a number. A ballot paper is printed, a list goes with the paper that it belongs to.
    #[must_use]
    pub fn is_issued(self) -> bool {
        !matches!(self, Self::BallotPaper | Self::NomineeList)
    }

    /// Whether several of it about one record are in force beside each other: each reminder is a letter of its own.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::Reminder)
    }

    /// Whether it is a letter (công văn): it has no type above its subject.
    #[must_use]
    pub fn is_letter(self) -> bool {
        matches!(self, Self::Reminder | Self::RecallLetter)
    }

    /// Whether a letter takes it back. What a letter of recall did stays done; a decision is cancelled by a decision.
    #[must_use]
    pub fn can_be_recalled(self) -> bool {
        self.is_issued() && !matches!(self, Self::Decision | Self::RecallLetter)
    }

    /// Whether it tells the points of one unit, which the calendar hides from the others: who reads the issued paper is held
    /// to the rule of the scores.
    #[must_use]
    pub fn tells_points(self) -> bool {
        matches!(self, Self::ScoreSheet | Self::AppraisalMinutes)
    }

    /// Decisions have a series of numbers of their own (Decree 30, article 15: the head decides how series are split).
    #[must_use]
    pub fn series(self) -> &'static str {
        match self {
            Self::Decision => "QĐ",
            _ => "",
        }
    }

    /// `BC-LHH`: the abbreviation of the type before the issuer's; a letter has only the issuer's.
    #[must_use]
    pub fn symbol(self, issuer: &str) -> String {
        match self.type_name().and_then(abbreviation) {
            Some(short) => format!("{short}-{issuer}"),
            None => issuer.to_owned(),
        }
    }

    /// The first day that a paper about this year can bear. What prepares a year is written in the last quarter of the year
    /// before, when that one is summed up and handed over; everything else is about what has happened in the year. A letter that
    /// takes a paper back is about that paper, whose day it can't bear a day before.
    #[must_use]
    pub fn first_day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Plan
            | Self::Regulation
            | Self::Registration
            | Self::ConsolidatedRegistration
            | Self::Covenant
            | Self::Reminder => NaiveDate::from_ymd_opt(year - 1, 10, 1),
            Self::RecallLetter => None,
            _ => NaiveDate::from_ymd_opt(year, 1, 1),
        }
    }

    /// The words above the subject: `BÁO CÁO`.
    #[must_use]
    pub fn title_word(self) -> &'static str {
        match self {
            Self::Registration => "bản đăng ký",
            Self::ConsolidatedRegistration => "bảng tổng hợp",
            Self::Covenant => "giao ước thi đua",
            Self::ScoreSheet => "bảng chấm điểm",
            Self::BallotPaper => "phiếu",
            Self::NomineeList => "danh sách trích ngang",
            Self::AchievementReport => "báo cáo thành tích",
            _ => self.type_name().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_part_of_a_path_and_code() {
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::from_slug(kind.slug()), Some(kind));
            assert!(!kind.code().is_empty());
            assert!(
                Kind::ALL[index + 1..]
                    .iter()
                    .all(|other| other.code() != kind.code())
            );
        }
    }

    #[test]
    fn only_what_prepares_a_year_can_bear_a_day_before_it() {
        let day = |kind: Kind| kind.first_day(2026).map(|day| day.to_string());
        assert_eq!(day(Kind::Plan).as_deref(), Some("2025-10-01"));
        assert_eq!(day(Kind::AnnualReport).as_deref(), Some("2026-01-01"));
        assert_eq!(day(Kind::RecallLetter), None);
    }

    #[test]
    fn a_symbol_has_the_type_first_and_a_letter_has_none() {
        assert_eq!(Kind::AnnualReport.symbol("LHH"), "BC-LHH");
        assert_eq!(Kind::Submission.symbol("CTĐ3"), "TTr-CTĐ3");
        assert_eq!(Kind::Reminder.symbol("CTĐ3"), "CTĐ3");
        assert_eq!(Kind::RecallLetter.symbol("LHHVN"), "LHHVN");
        assert_eq!(Kind::CouncilMinutes.symbol("HĐTĐKT"), "BB-HĐTĐKT");
    }
}
