//! What stands where on a certificate, and the printers.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{NominationId, PrinterId},
    kit::{clock::Moment, documents::pictures::Drawing},
};

/// The paper on which certificates are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Stationery {
    /// Empty: everything is printed, the frame too.
    Blank,
    /// With frame, emblem and what is the same on all: only what differs is printed.
    Preprinted,
}

impl Stationery {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Blank, Self::Preprinted];

    /// The part of a path.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Blank => "giay-trang",
            Self::Preprinted => "phoi-in-san",
        }
    }

    /// The one with this part of a path.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.slug() == slug)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Blank => "Giấy trắng",
            Self::Preprinted => "Phôi in sẵn",
        }
    }
}

/// A field of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Quốc hiệu.
    Country,
    /// Tiêu ngữ.
    Motto,
    /// Whose power it is.
    Authority,
    /// `TẶNG`
    Gives,
    /// `BẰNG KHEN`
    Title,
    /// Who gets it.
    Name,
    /// For what.
    Achievement,
    /// Place and day.
    PlaceDate,
    /// The post of the signer.
    Post,
    /// The name of the signer.
    Signer,
    /// The decision.
    Decision,
    /// The number in the golden book.
    GoldenBook,
    /// The square code by which anybody verifies the decision.
    Verification,
}

impl Field {
    /// All, from the top.
    pub const ALL: [Self; 13] = [
        Self::Country,
        Self::Motto,
        Self::Authority,
        Self::Gives,
        Self::Title,
        Self::Name,
        Self::Achievement,
        Self::PlaceDate,
        Self::Post,
        Self::Signer,
        Self::Decision,
        Self::GoldenBook,
        Self::Verification,
    ];

    /// Whether it is a picture: it has a place and a width, but no size of letters.
    #[must_use]
    pub fn is_picture(self) -> bool {
        self == Self::Verification
    }

    /// The code in forms and layouts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Motto => "motto",
            Self::Authority => "authority",
            Self::Gives => "gives",
            Self::Title => "title",
            Self::Name => "name",
            Self::Achievement => "achievement",
            Self::PlaceDate => "place_date",
            Self::Post => "post",
            Self::Signer => "signer",
            Self::Decision => "decision",
            Self::GoldenBook => "golden_book",
            Self::Verification => "verification",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Country => "Quốc hiệu",
            Self::Motto => "Tiêu ngữ",
            Self::Authority => "Thẩm quyền tặng",
            Self::Gives => "Dòng “Tặng”",
            Self::Title => "Tên hình thức",
            Self::Name => "Tên tập thể, cá nhân",
            Self::Achievement => "Thành tích",
            Self::PlaceDate => "Địa danh, ngày",
            Self::Post => "Chức vụ người ký",
            Self::Signer => "Họ và tên người ký",
            Self::Decision => "Số quyết định",
            Self::GoldenBook => "Số sổ vàng",
            Self::Verification => "Mã QR xác minh",
        }
    }
}

/// Where a field stands, in millimetres, and its largest size in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// The field.
    pub field: Field,
    /// From the left edge of the paper.
    pub left: f64,
    /// From the top edge.
    pub top: f64,
    /// The width of its box.
    pub width: f64,
    /// The height of its box.
    pub height: f64,
    /// The size in which it is printed when it fits.
    pub size: f64,
    /// Whether it is printed; on pre-printed paper some are there already.
    pub printed: bool,
}

/// The frame around all of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// From the left edge of the paper.
    pub left: f64,
    /// From the top edge.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Everything about a kind of paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The width of the paper.
    pub width: f64,
    /// The height of the paper.
    pub height: f64,
    /// The frame that is printed, if one is.
    pub frame: Option<Frame>,
    /// The fields.
    pub spots: Vec<Spot>,
}

/// The places within the frame with which a layout begins: field, left, top, width, height, size.
const PLACES: [(Field, f64, f64, f64, f64, f64); 13] = [
    (Field::Country, 10.0, 24.0, 300.0, 8.0, 16.0),
    (Field::Motto, 10.0, 32.0, 300.0, 8.0, 16.0),
    (Field::Authority, 10.0, 48.0, 300.0, 12.0, 21.0),
    (Field::Gives, 10.0, 61.0, 300.0, 10.0, 20.0),
    (Field::Title, 10.0, 72.0, 300.0, 24.0, 54.0),
    (Field::Name, 10.0, 99.0, 300.0, 24.0, 28.0),
    (Field::Achievement, 25.0, 125.0, 270.0, 22.0, 20.0),
    (Field::PlaceDate, 175.0, 147.5, 135.0, 8.0, 15.0),
    (Field::Post, 175.0, 155.5, 135.0, 14.0, 16.0),
    (Field::Signer, 175.0, 205.5, 135.0, 9.0, 17.0),
    (Field::Decision, 12.0, 197.5, 150.0, 7.0, 13.0),
    (Field::GoldenBook, 12.0, 204.5, 150.0, 7.0, 13.0),
    (Field::Verification, 12.0, 171.5, 24.0, 24.0, 12.0),
];

impl Layout {
    /// What holds until somebody saves another one: the paper and the frame of the form for ministries (Decree
    /// 50/2006/NĐ-CP, article 28: 400 by 300, within it 320 by 230); blank paper is A3.
    #[must_use]
    pub fn usual(stationery: Stationery) -> Self {
        let (width, height) = match stationery {
            Stationery::Blank => (420.0, 297.0),
            Stationery::Preprinted => (400.0, 300.0),
        };
        let frame = Frame {
            left: (width - 320.0) / 2.0,
            top: (height - 230.0) / 2.0,
            width: 320.0,
            height: 230.0,
        };
        let is_everywhere_the_same = |field| {
            matches!(
                field,
                Field::Country | Field::Motto | Field::Authority | Field::Gives | Field::Title
            )
        };
        let spots = PLACES.map(|(field, left, top, width, height, size)| Spot {
            field,
            left: frame.left + left,
            top: frame.top + top,
            width,
            height,
            size,
            printed: stationery == Stationery::Blank || !is_everywhere_the_same(field),
        });
        Self {
            width,
            height,
            frame: (stationery == Stationery::Blank).then_some(frame),
            spots: spots.to_vec(),
        }
    }

    /// The same with every field: one that is younger than the layout stands where it usually does, and isn't printed until
    /// somebody who has looked at the paper wants it.
    #[must_use]
    pub(super) fn completed(mut self, stationery: Stationery) -> Self {
        for spot in Self::usual(stationery).spots {
            if self.spots.iter().all(|known| known.field != spot.field) {
                self.spots.push(Spot {
                    printed: false,
                    ..spot
                });
            }
        }
        self
    }
}

/// What one certificate says.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// The award that it belongs to.
    pub nomination_id: NominationId,
    /// Who gets it.
    pub name: String,
    /// The award's full name.
    pub award: String,
    /// The year of the achievement.
    pub year: i32,
    /// `48/QĐ-LHHVN`
    pub decision: String,
    /// The day of the decision.
    pub on: NaiveDate,
    /// Who signs.
    pub signer: String,
    /// Its number in the golden book.
    pub number: Option<i32>,
    /// The square code by which anybody verifies the decision; none where it can't be.
    pub code: Option<Drawing>,
}

impl Certificate {
    /// Whether the award is a flag, which is lettered, not printed.
    #[must_use]
    pub fn is_flag(&self) -> bool {
        self.award.starts_with("Cờ")
    }

    /// `BẰNG KHEN`: the award without whose it is.
    #[must_use]
    pub fn title(&self) -> String {
        let own = self.award.split(" của ").next().unwrap_or_default();
        own.to_uppercase()
    }
}

/// A printer and by how much what it prints has to be moved.
#[derive(Clone, Debug)]
pub struct Printer {
    /// The id.
    pub id: PrinterId,
    /// What people call it.
    pub name: String,
    /// To the right, in millimetres.
    pub across: Decimal,
    /// Downwards.
    pub down: Decimal,
    /// When it was measured last.
    pub set_at: Option<Moment>,
    /// By whom: the full name.
    pub set_by: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_layouts_have_every_field_once_within_their_paper() {
        for stationery in Stationery::ALL {
            let layout = Layout::usual(stationery);
            let fields: Vec<Field> = layout.spots.iter().map(|spot| spot.field).collect();
            assert_eq!(fields, Field::ALL);
            for spot in &layout.spots {
                assert!(
                    spot.left > 0.0 && spot.left + spot.width < layout.width,
                    "{spot:?}"
                );
                assert!(
                    spot.top > 0.0 && spot.top + spot.height < layout.height,
                    "{spot:?}"
                );
            }
            assert_eq!(layout.frame.is_some(), stationery == Stationery::Blank);
            assert_eq!(Stationery::from_slug(stationery.slug()), Some(stationery));
        }
    }

    #[test]
    fn a_layout_that_is_older_than_a_field_has_it_but_does_not_print_it() {
        let mut old = Layout::usual(Stationery::Blank);
        old.spots.retain(|spot| !spot.field.is_picture());
        let completed = old.clone().completed(Stationery::Blank);
        let fields: Vec<Field> = completed.spots.iter().map(|spot| spot.field).collect();
        assert_eq!(fields, Field::ALL);
        assert!(!completed.spots.last().unwrap().printed);
        assert_eq!(completed.spots[..12], old.spots);
    }

    #[test]
    fn thirty_five_millimetres_are_left_for_hand_and_seal() {
        let layout = Layout::usual(Stationery::Preprinted);
        let find = |field| *layout.spots.iter().find(|spot| spot.field == field).unwrap();
        let (post, signer) = (find(Field::Post), find(Field::Signer));
        assert!(signer.top - (post.top + post.height) >= 35.0);
    }

    #[test]
    fn the_title_is_the_award_without_whose_it_is() {
        let certificate = |award: &str| Certificate {
            nomination_id: NominationId::new(),
            name: String::new(),
            award: award.to_owned(),
            year: 2023,
            decision: String::new(),
            on: NaiveDate::default(),
            signer: String::new(),
            number: None,
            code: None,
        };
        let merit = certificate("Bằng khen của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam");
        assert_eq!((merit.title().as_str(), merit.is_flag()), ("BẰNG KHEN", false));
        assert!(certificate("Cờ thi đua của Chính phủ").is_flag());
    }
}
