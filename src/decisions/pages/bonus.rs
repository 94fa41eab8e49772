//! The bonuses of a decision as a spreadsheet.

use axum::response::Response;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    super::{
        bonus::Bonuses,
        model::{Content, Kind},
        queries,
    },
    BonusPath,
};
use crate::{
    awards,
    ids::NominationId,
    kit::{
        clock::date_text,
        error::{AppError, Result},
        sheet::{Cell, Sheet},
    },
    web::{Visit, upload},
};

/// The bonuses of what a decision gives, or would give; without awards that were cancelled since.
pub(super) async fn bonuses(
    db: &mut PgConnection,
    content: Option<&Content>,
    cancelled: &[NominationId],
) -> Result<Option<Bonuses>> {
    let Some(content) = content.filter(|c| c.kind == Kind::Award) else {
        return Ok(None);
    };
    let mut given = content.clone();
    given
        .lines
        .retain(|line| !cancelled.contains(&line.nomination_id));
    if given.lines.is_empty() {
        return Ok(None);
    }
    let versions = awards::versions(db, None).await?;
    let salaries = awards::salaries(db).await?;
    Ok(Some(Bonuses::of(&given, &versions, &salaries)))
}

pub(super) async fn sheet(path: BonusPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let decision = queries::find_visible(&mut db, visit.actor()?, path.decision).await?;
    let content = decision.content.as_ref();
    let cancelled = queries::cancelled(&mut db, decision.id).await?;
    let bonuses = bonuses(&mut db, content, &cancelled).await?;
    let (Some(content), Some(bonuses)) = (content, bonuses) else {
        return Err(AppError::NotFound);
    };
    let handovers = queries::handovers(&mut db, decision.id).await?;
    let figure = |value: Option<Decimal>| value.map_or(Cell::Empty, Cell::from);
    let rows = bonuses.list.iter().enumerate().map(|(place, bonus)| {
        let found = handovers
            .iter()
            .find(|h| h.nomination_id == bonus.line.nomination_id);
        let handed = found.and_then(|h| {
            h.awarded_on
                .map(|on| format!("{}, {}", date_text(on), h.awarded_place))
        });
        vec![
            Cell::from(place + 1),
            Cell::from(bonus.line.nominee()),
            Cell::from(bonus.line.award_name.as_str()),
            figure(bonus.multiple),
            figure(bonuses.salary.as_ref().map(|s| s.amount)),
            figure(bonus.amount),
            Cell::from(handed.unwrap_or_default()),
            Cell::Empty,
        ]
    });
    let mut totals = vec![Cell::Empty; 8];
    totals[1] = Cell::from("Tổng cộng");
    totals[5] = Cell::from(bonuses.total);
    let column = |words: &str, width| (words.to_owned(), width);
    let sheet = Sheet {
        title: "DANH SÁCH TIỀN THƯỞNG KÈM THEO QUYẾT ĐỊNH KHEN THƯỞNG".to_owned(),
        subtitle: format!(
            "Quyết định số {} ngày {}",
            content.number_text(),
            date_text(content.issued_on)
        ),
        upper: Vec::new(),
        columns: vec![
            column("TT", 5),
            column("Đơn vị, cá nhân", 34),
            column("Hình thức", 36),
            column("Hệ số", 9),
            column("Lương cơ sở (đồng)", 16),
            column("Tiền thưởng (đồng)", 18),
            column("Trao", 24),
            column("Ghi chú", 16),
        ],
        rows: rows.collect(),
        totals: Some(totals),
    };
    let name = format!("tien-thuong-{}.xlsx", content.number_text().replace('/', "-"));
    drop(db);
    upload::sheet_as_download(&name, sheet).await
}
