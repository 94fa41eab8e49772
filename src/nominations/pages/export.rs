//! The list of nominations as a spreadsheet.

use axum::response::Response;

use super::{
    super::{individual::Individual, queries},
    SheetPath,
};
use crate::{
    awards,
    kit::{
        error::Result,
        sheet::{Cell, Sheet},
    },
    web::{Visit, upload},
    years::find_year,
};

pub(super) async fn sheet(path: SheetPath, visit: Visit) -> Result<Response> {
    let mut db = visit.db().await?;
    let year = find_year(&mut db, &visit, &path.cluster, path.year).await?;
    let list = queries::of_year(&mut db, visit.actor()?, &year).await?;
    let awards = awards::all(&mut db).await?;
    let column = |words: &str, width| (words.to_owned(), width);
    let rows = list
        .iter()
        .enumerate()
        .map(|(i, n)| {
            vec![
                Cell::from(i + 1),
                Cell::from(n.unit_name.as_str()),
                Cell::from(
                    n.person
                        .as_ref()
                        .map(Individual::with_position)
                        .unwrap_or_default(),
                ),
                Cell::from(awards.name(&n.award)),
                Cell::from(n.votes_for),
                Cell::from(n.votes_of),
                Cell::from(n.working.as_str()),
                Cell::from(n.state_label()),
            ]
        })
        .collect();
    let sheet = Sheet {
        title: format!(
            "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM {} - {}",
            year.year,
            year.cluster.name.to_uppercase()
        ),
        subtitle: String::new(),
        upper: Vec::new(),
        columns: vec![
            column("TT", 5),
            column("Đơn vị", 34),
            column("Cá nhân", 30),
            column("Hình thức đề nghị", 34),
            column("Số phiếu đồng ý", 10),
            column("Trên số", 10),
            column("Cách tính", 34),
            column("Trạng thái", 20),
        ],
        rows,
        totals: None,
    };
    let name = format!("khen-thuong-{}-{}.xlsx", year.cluster.slug, year.year);
    drop(db);
    upload::sheet_as_download(&name, sheet).await
}
