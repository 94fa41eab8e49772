//! What is done at a conference, in its order.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{ids::AgendaItemId, kit::clock::Moment};

/// Whether an item's turn has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ItemState {
    /// Still to come.
    Waiting,
    /// Now; at most one is.
    On,
    /// Over.
    Done,
}

impl ItemState {
    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "chưa đến",
            Self::On => "đang diễn ra",
            Self::Done => "đã xong",
        }
    }

    /// The tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Waiting => "neutral",
            Self::On => "waiting",
            Self::Done => "done",
        }
    }
}

/// An item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The id.
    pub id: AgendaItemId,
    /// Its place, from 1.
    pub position: i32,
    /// What is done.
    pub title: String,
    /// By whom.
    pub presenter: String,
    /// How many minutes it is to take.
    pub minutes_planned: Option<i32>,
    /// Whether its turn has come.
    pub state: ItemState,
    /// What was said; becomes the minutes.
    pub notes: String,
    /// When it began.
    pub begun_at: Option<Moment>,
    /// Counts saves of the notes.
    pub version: i32,
}

impl Kind {
    /// The agenda that such a conference usually has: what and how many minutes.
    #[must_use]
    pub fn usual_agenda(self) -> &'static [(&'static str, i32)] {
        match self {
            Self::Launch => &[
                ("Ổn định tổ chức, giới thiệu đại biểu", 15),
                ("Phát động phong trào thi đua, kế hoạch hoạt động của cụm", 30),
                ("Thảo luận", 45),
                ("Ký giao ước thi đua", 15),
                ("Kết luận hội nghị", 15),
            ],
            Self::Midyear => &[
                ("Ổn định tổ chức, giới thiệu đại biểu", 15),
                ("Báo cáo sơ kết 6 tháng đầu năm", 30),
                ("Thảo luận", 60),
                ("Kết luận hội nghị", 15),
            ],
            Self::Closing => &[
                ("Ổn định tổ chức, giới thiệu đại biểu", 15),
                ("Báo cáo tổng kết công tác thi đua, khen thưởng", 30),
                ("Thảo luận", 60),
                ("Thông qua kết quả chấm điểm", 15),
                ("Bỏ phiếu suy tôn đề nghị khen thưởng", 30),
                ("Bầu cụm trưởng, cụm phó năm sau", 20),
                ("Kết luận hội nghị", 15),
            ],
            Self::Extraordinary => &[
                ("Ổn định tổ chức, giới thiệu đại biểu", 10),
                ("Nội dung cần bàn", 60),
                ("Kết luận hội nghị", 10),
            ],
        }
    }
}
