//! The columns of a spreadsheet with award history, and the headings that mean them.

use serde::{Deserialize, Serialize};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The unit's name.
    Unit,
    /// The person's name.
    Person,
    /// The award.
    Award,
    /// The year of the achievement.
    Year,
    /// The decision's number.
    Number,
    /// Its day.
    DecidedOn,
    /// Who decided.
    Issuer,
    /// The bonus.
    Bonus,
    /// A remark.
    Note,
}

impl Column {
    /// All columns in the order of the template.
    pub const ALL: [Self; 9] = [
        Self::Unit,
        Self::Person,
        Self::Award,
        Self::Year,
        Self::Number,
        Self::DecidedOn,
        Self::Issuer,
        Self::Bonus,
        Self::Note,
    ];

    /// Its heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unit => "Đơn vị",
            Self::Person => "Họ và tên cá nhân",
            Self::Award => "Danh hiệu, hình thức khen thưởng",
            Self::Year => "Năm",
            Self::Number => "Số quyết định",
            Self::DecidedOn => "Ngày quyết định",
            Self::Issuer => "Cơ quan quyết định",
            Self::Bonus => "Tiền thưởng (đồng)",
            Self::Note => "Ghi chú",
        }
    }

    /// Headings that mean it, folded; the first is that of the template.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Unit => &[
                "don vi",
                "ten don vi",
                "tap the",
                "ten tap the",
                "lien hiep hoi",
                "don vi tap the",
            ],
            Self::Person => &[
                "ho va ten ca nhan",
                "ho va ten",
                "ho ten",
                "ca nhan",
                "ten ca nhan",
                "ho ten ca nhan",
            ],
            Self::Award => &[
                "danh hieu hinh thuc khen thuong",
                "danh hieu",
                "hinh thuc",
                "hinh thuc khen thuong",
                "danh hieu hinh thuc",
                "khen thuong",
                "danh hieu thi dua hinh thuc khen thuong",
            ],
            Self::Year => &[
                "nam",
                "nam khen thuong",
                "nam thanh tich",
                "nam xet khen",
                "nam khen",
            ],
            Self::Number => &[
                "so quyet dinh",
                "so qd",
                "quyet dinh so",
                "quyet dinh so ky hieu",
                "so ky hieu",
                "so",
            ],
            Self::DecidedOn => &[
                "ngay quyet dinh",
                "ngay qd",
                "ngay",
                "quyet dinh ngay",
                "ngay ky",
                "ngay ban hanh",
                "quyet dinh ngay thang nam",
                "ngay thang nam",
            ],
            Self::Issuer => &[
                "co quan quyet dinh",
                "co quan ban hanh",
                "quyet dinh co quan ban hanh",
                "co quan",
                "quyet dinh co quan",
                "cap khen thuong",
                "noi khen thuong",
            ],
            Self::Bonus => &["tien thuong dong", "tien thuong", "muc thuong", "muc tien thuong"],
            Self::Note => &["ghi chu"],
        }
    }

    /// The code of its cell's errors.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Person => "person",
            Self::Award => "award",
            Self::Year => "year",
            Self::Number => "number",
            Self::DecidedOn => "decided_on",
            Self::Issuer => "issuer",
            Self::Bonus => "bonus",
            Self::Note => "note",
        }
    }
}
