//! A unit's registration on paper.

use sqlx::PgConnection;

use super::{
    Desk, Prepared, Text,
    blocks::{dashes, grid, numbered},
};
use crate::{
    awards::{self, Awards},
    kit::{
        clock::date_text,
        documents::model::{Align, Block},
        error::{AppError, Result},
        values::figure_text,
    },
    people::Gender,
    registrations::{self, Content},
};

/// Bản đăng ký thi đua: targets, titles of the unit, persons, initiatives (Form of the cluster; domain: document 3).
pub(super) async fn registration(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let (year, slug) = desk.year(db).await?;
    let registration = registrations::find_visible(db, desk.actor, &year, &slug).await?;
    let content = registration.content.ok_or_else(|| {
        AppError::conflict("Đơn vị chưa nộp đăng ký nên chưa có gì để in. Hãy nộp đăng ký trước.")
    })?;
    let awards = awards::all(db).await?;
    let name = year
        .member(&slug)
        .map(|m| m.short_name.clone())
        .unwrap_or_default();
    let unit_name = name.clone();
    let about = format!("{}/dang-ky/{slug}", year.path());
    let mut prepared = desk
        .of_unit(db, &year, registration.unit_id, move |_| {
            Text::of(body(&content, &awards, &unit_name))
        })
        .await?;
    prepared.offered.subject = format!("Thi đua năm {}", year.year);
    prepared.offered.addressees.clone_from(&year.cluster.name);
    "Như trên\nLưu: VT".clone_into(&mut prepared.offered.recipients);
    prepared.back = (about, format!("Đăng ký thi đua của {name}"));
    Ok(prepared)
}

fn body(content: &Content, awards: &Awards, unit: &str) -> Vec<Block> {
    let mut parts: Vec<(&str, Vec<Block>)> = vec![("CHỈ TIÊU THI ĐUA", vec![targets(content)])];
    if !content.titles.is_empty() {
        let titles = content.titles.iter().map(|title| {
            let note = if title.note.is_empty() {
                String::new()
            } else {
                format!(" ({})", title.note)
            };
            format!("{}{note}", awards.name(&title.award))
        });
        parts.push(("DANH HIỆU, HÌNH THỨC KHEN THƯỞNG CỦA TẬP THỂ", dashes(titles)));
    }
    if !content.individuals.is_empty() {
        parts.push((
            "CÁ NHÂN ĐĂNG KÝ DANH HIỆU",
            vec![individuals(content, awards, unit)],
        ));
    }
    if !content.initiatives.is_empty() {
        parts.push(("SÁNG KIẾN, ĐỀ TÀI", vec![initiatives(content)]));
    }
    if !content.note.is_empty() {
        parts.push(("Ý KIẾN KHÁC", super::paragraphs(&content.note)));
    }
    let contact = [
        &content.contact_name,
        &content.contact_phone,
        &content.contact_email,
    ];
    let contact: Vec<&str> = contact
        .into_iter()
        .map(String::as_str)
        .filter(|c| !c.is_empty())
        .collect();
    let mut body = numbered(parts);
    if !contact.is_empty() {
        body.push(Block::Paragraph(
            format!("Người liên hệ: {}", contact.join(", ")).into(),
        ));
    }
    body
}

fn targets(content: &Content) -> Block {
    let rows = content.targets.iter().enumerate().map(|(at, target)| {
        vec![
            (at + 1).to_string(),
            target.indicator.clone(),
            target.unit_of_measure.clone(),
            target.last_result.map(figure_text).unwrap_or_default(),
            figure_text(target.target),
            target.note.clone(),
        ]
    });
    grid(
        &[
            ("TT", 1, Align::Centre),
            ("Chỉ tiêu", 6, Align::Left),
            ("Đơn vị tính", 2, Align::Centre),
            ("Kết quả năm trước", 2, Align::Right),
            ("Chỉ tiêu năm nay", 2, Align::Right),
            ("Ghi chú", 3, Align::Left),
        ],
        rows,
    )
}

fn individuals(content: &Content, awards: &Awards, unit: &str) -> Block {
    let rows = content.individuals.iter().enumerate().map(|(at, person)| {
        vec![
            (at + 1).to_string(),
            person.full_name.clone(),
            match person.gender {
                Gender::Female => "Nữ",
                Gender::Male => "Nam",
            }
            .to_owned(),
            person.birth_year.to_string(),
            format!("{}, {unit}", person.position.trim_end_matches(',')),
            awards.name(&person.award),
            person.note.clone(),
        ]
    });
    grid(
        &[
            ("TT", 1, Align::Centre),
            ("Họ và tên", 4, Align::Left),
            ("Giới tính", 2, Align::Centre),
            ("Năm sinh", 2, Align::Centre),
            ("Chức vụ, đơn vị công tác", 5, Align::Left),
            ("Danh hiệu, hình thức đăng ký", 4, Align::Left),
            ("Ghi chú", 2, Align::Left),
        ],
        rows,
    )
}

fn initiatives(content: &Content) -> Block {
    let rows = content.initiatives.iter().enumerate().map(|(at, initiative)| {
        vec![
            (at + 1).to_string(),
            initiative.name.clone(),
            initiative.recognised_by.clone(),
            initiative.recognised_on.map(date_text).unwrap_or_default(),
        ]
    });
    grid(
        &[
            ("TT", 1, Align::Centre),
            ("Tên sáng kiến, đề tài", 7, Align::Left),
            ("Đơn vị công nhận", 4, Align::Left),
            ("Ngày công nhận", 2, Align::Centre),
        ],
        rows,
    )
}
