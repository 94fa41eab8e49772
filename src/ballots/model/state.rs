//! Where a ballot is.

use serde::{Deserialize, Serialize};

/// Where a ballot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It is being prepared.
    Draft,
    /// Units that won't be there send their votes.
    Advance,
    /// The hall votes.
    Open,
    /// Nobody votes any more; the count has not been made.
    Closed,
    /// The result is there.
    Counted,
    /// The minutes of the count are signed.
    Signed,
    /// Called off, with the reason.
    Cancelled,
}

impl State {
    /// All states, in the order of the usual way.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Advance,
        Self::Open,
        Self::Closed,
        Self::Counted,
        Self::Signed,
        Self::Cancelled,
    ];

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "dự thảo",
            Self::Advance => "đang nhận phiếu trước",
            Self::Open => "đang mở",
            Self::Closed => "đã đóng",
            Self::Counted => "đã kiểm phiếu",
            Self::Signed => "biên bản đã ký",
            Self::Cancelled => "đã hủy",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Cancelled => "neutral",
            Self::Advance | Self::Open | Self::Closed => "waiting",
            Self::Counted | Self::Signed => "done",
        }
    }

    /// Who has to act now, as a sentence.
    #[must_use]
    pub fn whose_turn(self) -> &'static str {
        match self {
            Self::Draft => "Người điều hành soạn phiếu rồi mở bỏ phiếu.",
            Self::Advance => "Đơn vị vắng mặt gửi phiếu trước; người điều hành mở bỏ phiếu tại hội trường.",
            Self::Open => "Đại biểu bỏ phiếu; người điều hành đóng bỏ phiếu.",
            Self::Closed => "Tổ kiểm phiếu kiểm phiếu và ghi kết quả.",
            Self::Counted => "Kết quả đã khóa; chờ ký biên bản kiểm phiếu.",
            Self::Signed => "Biên bản kiểm phiếu đã ký.",
            Self::Cancelled => "Lần bỏ phiếu này đã hủy.",
        }
    }

    /// Whether the result is there.
    #[must_use]
    pub fn has_result(self) -> bool {
        matches!(self, Self::Counted | Self::Signed)
    }

    /// Whether anybody may still vote.
    #[must_use]
    pub fn takes_votes(self) -> bool {
        matches!(self, Self::Advance | Self::Open)
    }
}
