//! The forms: words on certificates, places of fields, measures of a printer.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use super::{
    drawing::CROSS,
    model::{Field, Frame, Layout, Spot},
};
use crate::{
    decisions::Content,
    kit::{
        fields::FieldErrors,
        values::{self, figure_typed},
    },
};

/// What people decide about the words on the certificates and flags of a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    /// The version that the form was made from.
    #[serde(skip_serializing)]
    pub version: i32,
    /// Whose power it is.
    pub authority: String,
    /// `TẶNG`
    pub gives: String,
    /// For what; `[năm]` stands for the year of the achievement.
    pub achievement: String,
    /// Where.
    pub place: String,
    /// The powers and the post of the signer, a line each.
    pub post: String,
    /// What is lettered on a flag, a line each, likewise.
    pub flag: String,
}

/// What stands for the year of the achievement.
const YEAR: &str = "[năm]";

impl Wording {
    /// What is offered for a decision.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        let post = [content.power(), &content.signer_post.to_uppercase()].join("\n");
        Self {
            version: 0,
            authority: "CHỦ TỊCH LIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM".to_owned(),
            gives: "TẶNG".to_owned(),
            achievement: format!("Đã có thành tích xuất sắc trong phong trào thi đua năm {YEAR}"),
            place: "Hà Nội".to_owned(),
            post: post.trim().to_owned(),
            flag: format!(
                "LIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM\nTẶNG\nĐƠN VỊ DẪN ĐẦU PHONG TRÀO THI ĐUA NĂM {YEAR}"
            ),
        }
    }

    /// For what, in words.
    #[must_use]
    pub fn achievement_in(&self, year: i32) -> String {
        self.achievement.trim().replace(YEAR, &year.to_string())
    }

    /// What is lettered on a flag for a year.
    #[must_use]
    pub fn flag_in(&self, year: i32) -> String {
        self.flag.trim().replace(YEAR, &year.to_string())
    }

    /// The checked words, or what is wrong with them.
    pub fn check(&self) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut line = |field: &str, text: &str, what: &str| {
            errors
                .read(field.to_owned(), values::required_line(text, 200, what))
                .unwrap_or_default()
        };
        let checked = Self {
            version: self.version,
            authority: line("authority", &self.authority, "thẩm quyền tặng"),
            gives: line("gives", &self.gives, "dòng “Tặng”"),
            achievement: line("achievement", &self.achievement, "thành tích"),
            place: line("place", &self.place, "địa danh"),
            post: errors
                .read(
                    "post",
                    values::required_paragraphs(&self.post, 300, "chức vụ người ký"),
                )
                .unwrap_or_default(),
            flag: errors
                .read(
                    "flag",
                    values::required_paragraphs(&self.flag, 600, "chữ trên cờ"),
                )
                .unwrap_or_default(),
        };
        if errors.is_empty() {
            Ok(checked)
        } else {
            Err(errors)
        }
    }
}

/// A layout as typed: repeated fields beside each other, in the order of [`Field::ALL`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of a layout")]
pub struct LayoutForm {
    pub version: i32,
    pub width: String,
    pub height: String,
    pub frame_left: String,
    pub frame_top: String,
    pub frame_width: String,
    pub frame_height: String,
    pub left: Vec<String>,
    pub top: Vec<String>,
    pub across: Vec<String>,
    pub down: Vec<String>,
    pub size: Vec<String>,
    /// Codes of the fields that are printed.
    pub printed: Vec<String>,
}

fn typed(value: f64) -> String {
    Decimal::try_from(value).map_or_else(|_| String::new(), |value| figure_typed(value.round_dp(2)))
}

/// A measure between two bounds, in millimetres or points.
fn measure(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let value = values::figure(text)?.to_f64().unwrap_or(f64::MAX);
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(format!("Nhập số từ {} đến {}.", typed(least), typed(most)))
    }
}

impl LayoutForm {
    /// As it is shown first.
    #[must_use]
    pub fn of(layout: &Layout, version: i32) -> Self {
        let frame = layout.frame;
        let of_frame = |part: fn(Frame) -> f64| frame.map(|frame| typed(part(frame))).unwrap_or_default();
        let of_spots = |part: fn(&Spot) -> f64| {
            let spots = Field::ALL.map(|field| layout.spots.iter().find(|spot| spot.field == field));
            spots
                .into_iter()
                .map(|spot| spot.map(|s| typed(part(s))).unwrap_or_default())
                .collect()
        };
        Self {
            version,
            width: typed(layout.width),
            height: typed(layout.height),
            frame_left: of_frame(|frame| frame.left),
            frame_top: of_frame(|frame| frame.top),
            frame_width: of_frame(|frame| frame.width),
            frame_height: of_frame(|frame| frame.height),
            left: of_spots(|spot| spot.left),
            top: of_spots(|spot| spot.top),
            across: of_spots(|spot| spot.width),
            down: of_spots(|spot| spot.height),
            size: of_spots(|spot| spot.size),
            printed: layout
                .spots
                .iter()
                .filter(|spot| spot.printed)
                .map(|spot| spot.field.code().to_owned())
                .collect(),
        }
    }

    /// Whether a field is ticked.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(super) fn has(&self, field: &Field) -> bool {
        self.printed.iter().any(|code| code == field.code())
    }

    /// The layout, or what is wrong with it.
    pub fn check(&self) -> Result<Layout, FieldErrors> {
        let mut errors = FieldErrors::default();
        let width = errors
            .read("width", measure(&self.width, 100.0, 600.0))
            .unwrap_or_default();
        let height = errors
            .read("height", measure(&self.height, 100.0, 600.0))
            .unwrap_or_default();
        let frame = self.frame(width, height, &mut errors);
        let mut spots = Vec::new();
        for (at, field) in Field::ALL.into_iter().enumerate() {
            let mut read = |name: &str, column: &[String], least: f64, most: f64| {
                let text = column.get(at).map_or("", String::as_str);
                let value = measure(text, least, most).map_err(|wrong| format!("{}: {wrong}", field.label()));
                errors.read(format!("{name}-{at}"), value).unwrap_or_default()
            };
            let spot = Spot {
                field,
                left: read("left", &self.left, 0.0, 600.0),
                top: read("top", &self.top, 0.0, 600.0),
                width: read("across", &self.across, 5.0, 600.0),
                height: read("down", &self.down, 3.0, 600.0),
                size: read("size", &self.size, 6.0, 120.0),
                printed: self.has(&field),
            };
            if errors.is_empty() && (spot.left + spot.width > width || spot.top + spot.height > height) {
                errors.add(
                    format!("left-{at}"),
                    format!("{} ra ngoài tờ giấy.", field.label()),
                );
            }
            spots.push(spot);
        }
        if errors.is_empty() {
            Ok(Layout {
                width,
                height,
                frame,
                spots,
            })
        } else {
            Err(errors)
        }
    }

    /// The frame; none where nothing is typed.
    fn frame(&self, width: f64, height: f64, errors: &mut FieldErrors) -> Option<Frame> {
        let all = [
            &self.frame_left,
            &self.frame_top,
            &self.frame_width,
            &self.frame_height,
        ];
        if all.iter().all(|text| text.trim().is_empty()) {
            return None;
        }
        let mut read = |name: &str, text: &str| {
            errors
                .read(name.to_owned(), measure(text, 0.0, 600.0))
                .unwrap_or_default()
        };
        let frame = Frame {
            left: read("frame_left", &self.frame_left),
            top: read("frame_top", &self.frame_top),
            width: read("frame_width", &self.frame_width),
            height: read("frame_height", &self.frame_height),
        };
        if errors.is_empty() && (frame.left + frame.width > width || frame.top + frame.height > height) {
            errors.add("frame_left", "Khung ra ngoài tờ giấy.");
        }
        Some(frame)
    }
}

/// A printer as typed: its name, and where its cross stands on paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PrinterForm {
    pub name: String,
    pub measured_left: String,
    pub measured_top: String,
}

impl PrinterForm {
    /// The name of a new printer.
    pub fn new_name(&self) -> Result<String, FieldErrors> {
        values::required_line(&self.name, 100, "tên máy in").map_err(|wrong| FieldErrors::one("name", wrong))
    }

    /// By how much to move what the printer prints: what is missing to where the cross should stand.
    pub fn offset(&self) -> Result<(Decimal, Decimal), FieldErrors> {
        let mut errors = FieldErrors::default();
        let wanted = Decimal::try_from(CROSS).unwrap_or_default();
        let mut read = |name: &str, text: &str| {
            let found = measure(text, CROSS - 30.0, CROSS + 30.0);
            let found = found.map(|found| wanted - Decimal::try_from(found).unwrap_or_default().round_dp(2));
            errors.read(name.to_owned(), found).unwrap_or_default()
        };
        let offset = (
            read("measured_left", &self.measured_left),
            read("measured_top", &self.measured_top),
        );
        if errors.is_empty() {
            Ok(offset)
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificates::model::Stationery;

    #[test]
    fn a_layout_comes_back_as_it_was_shown() {
        for stationery in Stationery::ALL {
            let layout = Layout::usual(stationery);
            assert_eq!(LayoutForm::of(&layout, 0).check(), Ok(layout));
        }
    }

    #[test]
    fn what_leaves_the_paper_is_told_at_its_field() {
        let mut form = LayoutForm::of(&Layout::usual(Stationery::Blank), 0);
        form.left[5] = "300".to_owned();
        let errors = form.check().unwrap_err();
        assert!(errors.of("left-5").unwrap().contains("ra ngoài"));
        form.size[0] = "năm".to_owned();
        assert!(form.check().unwrap_err().of("size-0").is_some());
    }

    #[test]
    fn an_offset_is_what_the_cross_is_missing() {
        let form = |left: &str, top: &str| PrinterForm {
            measured_left: left.to_owned(),
            measured_top: top.to_owned(),
            ..PrinterForm::default()
        };
        let offset = form("51,5", "49").offset().unwrap();
        assert_eq!(offset, ("-1.5".parse().unwrap(), "1".parse().unwrap()));
        assert!(form("90", "50").offset().is_err());
    }

    #[test]
    fn the_year_stands_where_the_words_have_a_gap_for_it() {
        let wording = Wording {
            achievement: "Thành tích năm [năm]".to_owned(),
            ..Wording::default()
        };
        assert_eq!(wording.achievement_in(2023), "Thành tích năm 2023");
    }
}
