//! Files of award history that were read, and the way to read another one.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use sqlx::PgConnection;
use tokio::task;

use super::{
    super::{
        access, actions,
        forms::Column,
        model::Import,
        queries,
        reading::{self, Reading},
    },
    ImportsPath, TemplatePath,
};
use crate::{
    kit::{
        error::{AppError, Result},
        fields::FieldErrors,
        files::{Arrived, Refused},
        sheet::{Cell, Sheet},
        workbook::Table,
    },
    papers,
    web::{
        Visit, filters, page, page_with, see_other,
        shell::Shell,
        upload::{self, Upload},
    },
};

#[derive(Template)]
#[template(path = "award_history/imports.html")]
struct ImportsPage {
    shell: Shell,
    imports: Vec<Import>,
    errors: FieldErrors,
}

impl ImportsPage {
    async fn new(db: &mut PgConnection, visit: &Visit, errors: FieldErrors) -> Result<Self> {
        Ok(Self {
            shell: visit.shell(),
            imports: queries::imports(db).await?,
            errors,
        })
    }
}

pub(super) async fn index(_: ImportsPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    page(&ImportsPage::new(&mut db, &visit, FieldErrors::default()).await?)
}

/// First whether a file is wanted, then its bytes, then its rows.
pub(super) async fn read(_: ImportsPath, visit: Visit, upload: Upload) -> Result<Response> {
    let wanted = access::require_importer(visit.actor()?);
    let done = match upload.receive(&visit.app, wanted).await {
        Ok(arrived) => read_arrived(&visit, arrived).await,
        Err(error) => Err(error),
    };
    match done {
        Ok((to, left_out)) => {
            let message = format!("Đã đọc tệp. Xin xem lại từng dòng trước khi nhập.{left_out}");
            Ok(see_other(to, &message))
        }
        Err(AppError::Invalid(errors)) => {
            let mut db = visit.db().await?;
            page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &ImportsPage::new(&mut db, &visit, errors).await?,
            )
        }
        Err(error) => Err(error),
    }
}

/// Answers where the rows are shown, and what was left out.
async fn read_arrived(visit: &Visit, arrived: Arrived) -> Result<(String, String)> {
    let sha256 = arrived.sha256();
    let reading = rows_in(visit, &arrived).await;
    let mut tx = visit.begin().await?;
    let done = async {
        let reading = reading?;
        let id = actions::preview(&mut tx, visit.now, visit.actor()?, arrived, &reading.rows).await?;
        Ok((format!("/lich-su-khen-thuong/nhap/{id}"), reading.left_out()))
    }
    .await;
    papers::settle_upload(&visit.app.pool, &visit.app.files, tx, sha256, done).await
}

const NOT_EXCEL: &str =
    "Hãy chọn tệp Excel đuôi .xlsx; tệp .xls cũ cần lưu lại kiểu “Excel Workbook (.xlsx)”.";

async fn rows_in(visit: &Visit, arrived: &Arrived) -> Result<Reading> {
    let stored = match &arrived.file {
        Ok(stored) if stored.media_type == upload::XLSX => stored,
        Ok(_) => {
            return Err(AppError::invalid("file", NOT_EXCEL));
        }
        Err(Refused::WrongKind) => return Err(AppError::invalid("file", NOT_EXCEL)),
        Err(refused) => return Err(AppError::invalid("file", refused.message())),
    };
    let stream = visit.app.files.read(&stored.sha256).await?;
    let whole: BytesMut = stream
        .try_fold(BytesMut::new(), |mut all, chunk: Bytes| async move {
            all.extend_from_slice(&chunk);
            Ok(all)
        })
        .await
        .map_err(|e| AppError::Internal(e.into()))?;
    // Unpacking and reading takes a while; other requests go on.
    let read =
        task::spawn_blocking(move || Table::read(whole.to_vec()).and_then(|table| reading::rows_of(&table)));
    read.await
        .map_err(|e| AppError::Internal(e.into()))?
        .map_err(|told| AppError::invalid("file", &told))
}

/// An empty table with the right headings, and one line that shows how.
pub(super) async fn template(_: TemplatePath, visit: Visit) -> Result<Response> {
    access::require_importer(visit.actor()?)?;
    let example = [
        "Liên hiệp Hội tỉnh Mẫu",
        "",
        "Cờ thi đua LHHVN",
        "2022",
        "00/QĐ-LHHVN",
        "15/01/2023",
        "Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam",
        "",
        "Dòng ví dụ, xóa trước khi dùng",
    ];
    let sheet = Sheet {
        title: "LỊCH SỬ KHEN THƯỞNG CỦA TẬP THỂ, CÁ NHÂN".to_owned(),
        subtitle: String::new(),
        upper: Vec::new(),
        columns: Column::ALL.iter().map(|c| (c.label().to_owned(), 22)).collect(),
        rows: vec![example.map(Cell::from).to_vec()],
        totals: None,
    };
    upload::sheet_as_download("lich-su-khen-thuong-mau.xlsx", sheet).await
}
