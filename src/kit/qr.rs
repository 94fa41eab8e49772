//! A QR code as a picture: an SVG that holds nothing but the squares, to be shown as a data address.

use std::fmt::Write;

use qrcode::{EcLevel, QrCode, types::QrError};

use super::error::{AppError, Result};

/// The squares of a QR code for `text`, with the quiet border that readers need.
pub fn svg(text: &str) -> Result<String> {
    let code =
        QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).map_err(|error: QrError| {
            AppError::Internal(anyhow::anyhow!("a QR code of {} bytes: {error}", text.len()))
        })?;
    let width = code.width();
    let mut path = String::new();
    for (place, colour) in code.to_colors().iter().enumerate() {
        if *colour == qrcode::Color::Dark {
            let (x, y) = (place % width + BORDER, place / width + BORDER);
            // Writing into a text can't fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = width + 2 * BORDER;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
    ))
}

/// Squares of white around the code.
const BORDER: usize = 4;

/// The same as an address that a picture can have.
pub fn data_address(text: &str) -> Result<String> {
    let svg = svg(text)?;
    let encoded: String = svg
        .bytes()
        .map(|byte| match byte {
            b'#' => "%23".to_owned(),
            b'<' => "%3C".to_owned(),
            b'>' => "%3E".to_owned(),
            b'"' => "'".to_owned(),
            _ => char::from(byte).to_string(),
        })
        .collect();
    Ok(format!("data:image/svg+xml,{encoded}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_border() {
        let svg = svg("https://thidua.example/phieu/ABCD2345").unwrap();
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{}", &svg[..120]);
        for corner in ["M4 4h", "M32 4h", "M4 32h"] {
            assert!(svg.contains(corner), "{corner}");
        }
        assert!(!svg.contains("M3 "), "nothing in the border");
    }

    #[test]
    fn the_address_holds_no_sign_that_ends_an_attribute() {
        let address = data_address("/phieu/ABCD2345").unwrap();
        assert!(address.starts_with("data:image/svg+xml,"));
        assert!(!address.contains(['"', '<', '>', '#']));
    }
}
