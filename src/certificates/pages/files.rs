//! Certificates and the calibration sheet as PDF, the lettering of flags as XLSX.

use axum::response::Response;
use axum_extra::extract::Query;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use sqlx::PgConnection;

use super::{
    super::{
        access, drawing,
        model::{Certificate, Stationery},
        queries,
    },
    CalibrationPath, FlagsPath, Opened, PdfPath, printer,
};
use crate::{
    ids::{NominationId, PrinterId},
    kit::{
        documents::placed_apart,
        error::{AppError, Result},
        sheet::{Cell, Sheet},
    },
    web::{
        Visit,
        upload::{pdf_to_look_at, sheet_as_download},
    },
};

/// On which paper, by which printer, and which one if not all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    giay: String,
    may: String,
    chi: String,
}

impl Choice {
    fn stationery(&self) -> Result<Stationery> {
        if self.giay.is_empty() {
            return Ok(Stationery::Blank);
        }
        Stationery::from_slug(&self.giay).ok_or(AppError::NotFound)
    }

    /// By how much to move what is printed.
    async fn offset(&self, db: &mut PgConnection) -> Result<(f64, f64)> {
        if self.may.is_empty() {
            return Ok((0.0, 0.0));
        }
        let id: PrinterId = self.may.parse().map_err(|_| AppError::NotFound)?;
        let printer = printer(db, id).await?;
        let to_f64 = |value: rust_decimal::Decimal| value.to_f64().unwrap_or_default();
        Ok((to_f64(printer.across), to_f64(printer.down)))
    }

    fn only(&self) -> Result<Option<NominationId>> {
        if self.chi.is_empty() {
            return Ok(None);
        }
        self.chi.parse().map(Some).map_err(|_| AppError::NotFound)
    }
}

pub(super) async fn certificates(
    path: PdfPath,
    Query(choice): Query<Choice>,
    visit: Visit,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, &visit, path.decision).await?;
    access::require_in_force(&opened.decision)?;
    let (_, layout) = queries::layout(&mut db, choice.stationery()?).await?;
    let (across, down) = choice.offset(&mut db).await?;
    let only = choice.only()?;
    let wanted = |c: &&Certificate| !c.is_flag() && only.is_none_or(|id| id == c.nomination_id);
    let chosen: Vec<&Certificate> = opened.certificates.iter().filter(wanted).collect();
    if chosen.is_empty() {
        return Err(AppError::NotFound);
    }
    if chosen.iter().any(|certificate| certificate.number.is_none()) {
        return Err(AppError::conflict(
            "Hãy ghi sổ vàng trước khi in bằng: số sổ vàng in trên từng bằng.",
        ));
    }
    let sheets = chosen
        .into_iter()
        .map(|certificate| drawing::sheet(certificate, &opened.wording, &layout).moved(across, down))
        .collect();
    let number = opened.content.number_text();
    drop(db);
    let bytes = placed_apart(format!("Bằng kèm Quyết định số {number}"), sheets).await?;
    let name = format!("bang-khen-{}.pdf", number.replace('/', "-"));
    Ok(pdf_to_look_at(&name, bytes))
}

pub(super) async fn calibration(
    _: CalibrationPath,
    Query(choice): Query<Choice>,
    visit: Visit,
) -> Result<Response> {
    let mut db = visit.db().await?;
    let (_, layout) = queries::layout(&mut db, choice.stationery()?).await?;
    let (across, down) = choice.offset(&mut db).await?;
    let title = if choice.may.is_empty() {
        "TỜ CĂN CHỈNH MÁY IN"
    } else {
        "TỜ KIỂM TRA MÁY IN ĐÃ CHỈNH"
    };
    let sheet = drawing::calibration(layout.width, layout.height, title).moved(across, down);
    drop(db);
    let bytes = placed_apart("Tờ căn chỉnh máy in".to_owned(), vec![sheet]).await?;
    Ok(pdf_to_look_at("to-can-chinh.pdf", bytes))
}

/// A line for each flag: who gets it and what is lettered on it, for the workshop.
pub(super) async fn flags(path: FlagsPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let opened = Opened::find(&mut db, &visit, path.decision).await?;
    let flags = opened
        .certificates
        .iter()
        .filter(|certificate| certificate.is_flag());
    let rows: Vec<Vec<Cell>> = flags
        .enumerate()
        .map(|(at, flag)| {
            vec![
                Cell::from(at + 1),
                Cell::from(flag.name.as_str()),
                Cell::from(flag.award.as_str()),
                Cell::from(opened.wording.flag_in(flag.year)),
                flag.number.map_or(Cell::Empty, Cell::from),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Err(AppError::NotFound);
    }
    let number = opened.content.number_text();
    let column = |words: &str, width| (words.to_owned(), width);
    let sheet = Sheet {
        title: format!("DANH SÁCH CHỮ TRÊN CỜ, QUYẾT ĐỊNH SỐ {number}"),
        subtitle: String::new(),
        upper: Vec::new(),
        columns: vec![
            column("TT", 5),
            column("Tập thể được tặng", 40),
            column("Hình thức", 34),
            column("Chữ trên cờ, mỗi dòng một hàng", 60),
            column("Số sổ vàng", 10),
        ],
        rows,
        totals: None,
    };
    let name = format!("chu-tren-co-{}.xlsx", number.replace('/', "-"));
    drop(db);
    sheet_as_download(&name, sheet).await
}
