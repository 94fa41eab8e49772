//! A certificate and the sheet for adjusting a printer, drawn in millimetres.

use super::{
    forms::Wording,
    model::{Certificate, Field, Frame, Layout, Spot},
};
use crate::kit::documents::{
    model::Align,
    placed::{Picture, Sheet, Stroke, Words},
    profile::Style,
    wording::date_text,
};

/// Between the two lines of a frame.
const BETWEEN: f64 = 2.0;
/// Where the cross that is measured stands, from the left and from the top.
pub const CROSS: f64 = 50.0;
/// How far its arms reach.
const ARM: f64 = 6.0;

/// One certificate on its paper.
#[must_use]
pub fn sheet(certificate: &Certificate, wording: &Wording, layout: &Layout) -> Sheet {
    let (pictures, words): (Vec<&Spot>, Vec<&Spot>) = layout
        .spots
        .iter()
        .filter(|spot| spot.printed)
        .partition(|spot| spot.field.is_picture());
    let words: Vec<Words> = words
        .into_iter()
        .map(|spot| placed(spot, &text(spot.field, certificate, wording)))
        .collect();
    let mut strokes = layout.frame.map(framed).unwrap_or_default();
    let motto = layout
        .spots
        .iter()
        .position(|spot| spot.printed && spot.field == Field::Motto);
    if let Some(line) = motto
        .and_then(|_| words.iter().find(|w| w.text == MOTTO))
        .map(underline)
    {
        strokes.push(line);
    }
    Sheet {
        width: layout.width,
        height: layout.height,
        words,
        strokes,
        pictures: pictures
            .into_iter()
            .filter_map(|spot| square_code(spot, certificate))
            .collect(),
    }
}

/// The square code, as large as its box allows.
fn square_code(spot: &Spot, certificate: &Certificate) -> Option<Picture> {
    certificate.code.clone().map(|drawing| Picture {
        drawing,
        left: spot.left,
        top: spot.top,
        width: spot.width.min(spot.height),
    })
}

const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// What a field says.
fn text(field: Field, certificate: &Certificate, wording: &Wording) -> String {
    match field {
        Field::Country => "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
        Field::Motto => MOTTO.to_owned(),
        Field::Authority => wording.authority.clone(),
        Field::Gives => wording.gives.clone(),
        Field::Title => certificate.title(),
        Field::Name => certificate.name.clone(),
        Field::Achievement => wording.achievement_in(certificate.year),
        Field::PlaceDate => format!("{}, {}", wording.place.trim(), date_text(Some(certificate.on))),
        Field::Post => wording.post.clone(),
        Field::Signer => certificate.signer.clone(),
        Field::Decision => format!(
            "Quyết định số: {} {}",
            certificate.decision,
            date_text(Some(certificate.on))
        ),
        Field::GoldenBook => certificate
            .number
            .map_or_else(String::new, |number| format!("Số sổ vàng: {number:02}")),
        Field::Verification => String::new(),
    }
}

fn placed(spot: &Spot, text: &str) -> Words {
    let style = Style::upright(spot.size);
    let (style, red) = match spot.field {
        Field::Country | Field::Motto | Field::Signer | Field::Name => (style.bold(), false),
        Field::Authority | Field::Title => (style.bold(), true),
        Field::Gives | Field::Post => (style.bold(), false),
        Field::PlaceDate => (style.italic(), false),
        Field::Achievement | Field::Decision | Field::GoldenBook | Field::Verification => (style, false),
    };
    let side = match spot.field {
        Field::Decision | Field::GoldenBook => Align::Left,
        _ => Align::Centre,
    };
    Words {
        text: text.to_owned(),
        left: spot.left,
        top: spot.top,
        width: spot.width,
        height: spot.height,
        style,
        red,
        side,
    }
}

/// The line below the motto, as long as its words.
fn underline(motto: &Words) -> Stroke {
    let fitted = motto.fitted();
    let style = Style {
        size: fitted.size,
        ..motto.style
    };
    let wide = crate::kit::documents::fonts::width(&motto.text, style);
    let middle = motto.left + motto.width / 2.0;
    let below = motto.top + motto.height + 0.5;
    Stroke {
        from: (middle - wide / 2.0, below),
        to: (middle + wide / 2.0, below),
        weight: 0.75,
        red: false,
    }
}

/// Two lines all around: a thick one, within it a thin one.
fn framed(frame: Frame) -> Vec<Stroke> {
    let around = |inset: f64, weight: f64| {
        let (left, top) = (frame.left + inset, frame.top + inset);
        let (right, bottom) = (frame.left + frame.width - inset, frame.top + frame.height - inset);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let sides = (0..4).map(move |at| Stroke {
            from: corners[at],
            to: corners[(at + 1) % 4],
            weight,
            red: true,
        });
        sides.collect::<Vec<_>>()
    };
    let mut strokes = [around(0.0, 3.0), around(BETWEEN, 1.0)].concat();
    strokes.extend(ornaments(frame));
    strokes
}

/// In each corner of a frame a small square, and two angles one within the other.
fn ornaments(frame: Frame) -> Vec<Stroke> {
    /// From the frame to the square's far side, and to the two angles with the length of their arms.
    const SQUARE: f64 = 6.0;
    const ANGLES: [(f64, f64); 2] = [(4.0, 22.0), (6.0, 12.0)];
    let line = |from, to| Stroke {
        from,
        to,
        weight: 1.0,
        red: true,
    };
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let corners = [
        (frame.left, frame.top, 1.0, 1.0),
        (right, frame.top, -1.0, 1.0),
        (right, bottom, -1.0, -1.0),
        (frame.left, bottom, 1.0, -1.0),
    ];
    let mut strokes = Vec::new();
    for (x, y, across, down) in corners {
        let at = |dx: f64, dy: f64| (x + across * dx, y + down * dy);
        strokes.push(line(at(SQUARE, BETWEEN), at(SQUARE, SQUARE)));
        strokes.push(line(at(BETWEEN, SQUARE), at(SQUARE, SQUARE)));
        for (inset, arm) in ANGLES {
            strokes.push(line(at(inset, inset), at(inset + arm, inset)));
            strokes.push(line(at(inset, inset), at(inset, inset + arm)));
        }
    }
    strokes
}

/// The sheet by which a printer is adjusted: rulers along the left and the upper edge, the cross that is measured, and
/// crosses at the corners, which tell whether the paper goes in straight.
#[must_use]
pub fn calibration(width: f64, height: f64, title: &str) -> Sheet {
    let mut sheet = Sheet {
        width,
        height,
        ..Sheet::default()
    };
    ruler(
        &mut sheet,
        width,
        |at, depth| ((at, 12.0), (at, 12.0 + depth)),
        |at| (at - 5.0, 18.0),
    );
    ruler(
        &mut sheet,
        height,
        |at, depth| ((12.0, at), (12.0 + depth, at)),
        |at| (18.0, at - 2.5),
    );
    let edge = 40.0;
    for centre in [
        (CROSS, CROSS),
        (width - edge, edge),
        (edge, height - edge),
        (width - edge, height - edge),
    ] {
        cross(&mut sheet, centre);
    }
    let number = format!("{CROSS:.0}");
    let lines = [
        title.to_owned(),
        "In đúng cỡ thật (100%), không chọn “vừa khổ giấy”.".to_owned(),
        format!(
            "Dùng thước đo từ mép trái và từ mép trên của tờ giấy đến tâm dấu cộng số 1 (đúng là {number} mm và {number} mm)."
        ),
        "Nhập hai số đo được vào trang Máy in; hệ thống tự tính độ lệch.".to_owned(),
    ];
    sheet
        .words
        .push(label("1", CROSS + ARM + 1.0, CROSS - 3.0, 10.0, 6.0, 14.0));
    for (at, line) in (0_u32..).zip(lines) {
        let top = 64.0 + 9.0 * f64::from(at);
        let size = if at == 0 { 16.0 } else { 12.0 };
        sheet
            .words
            .push(label(&line, CROSS, top, width - CROSS - 30.0, 8.0, size));
    }
    sheet
}

type Point = (f64, f64);

/// A ruler in millimetres; `tick` places a line of this depth, `number` the figure at each centimetre.
fn ruler(
    sheet: &mut Sheet,
    length: f64,
    tick: impl Fn(f64, f64) -> (Point, Point),
    number: impl Fn(f64) -> Point,
) {
    // Half a metre is more than any paper.
    for at in 1_u32..1000 {
        let place = f64::from(at);
        if place >= length {
            break;
        }
        let depth = match at {
            at if at % 10 == 0 => 5.0,
            at if at % 5 == 0 => 3.5,
            _ => 2.0,
        };
        let (from, to) = tick(place, depth);
        sheet.strokes.push(Stroke {
            from,
            to,
            weight: 0.4,
            red: false,
        });
        if at % 10 == 0 && at > 20 {
            let (left, top) = number(place);
            let mut words = label(&at.to_string(), left, top, 10.0, 5.0, 8.0);
            words.side = Align::Centre;
            sheet.words.push(words);
        }
    }
}

fn cross(sheet: &mut Sheet, (x, y): Point) {
    for (from, to) in [((x - ARM, y), (x + ARM, y)), ((x, y - ARM), (x, y + ARM))] {
        sheet.strokes.push(Stroke {
            from,
            to,
            weight: 0.5,
            red: false,
        });
    }
}

fn label(text: &str, left: f64, top: f64, width: f64, height: f64, size: f64) -> Words {
    Words {
        text: text.to_owned(),
        left,
        top,
        width,
        height,
        style: Style::upright(size),
        red: false,
        side: Align::Left,
    }
}
