//! What proves the figures of a report: files and addresses, figure by figure, then what goes with the report as a whole.

use crate::{
    documents::kinds::blocks::titled,
    kit::{clock, documents::model::Block, text::size_text},
    papers::Attachment,
    reports::Content,
};

/// The list; nothing where nothing was attached.
pub(super) fn list(content: &Content, files: &[Attachment]) -> Vec<Block> {
    let mut groups: Vec<(String, Vec<String>)> = content
        .all_figures()
        .map(|figure| {
            let rows = figure.rows();
            let proofs = files.iter().filter(|file| rows.has(&file.part)).map(line);
            let links = figure.links.iter().map(|link| format!("Địa chỉ: {link}"));
            (figure.indicator.clone(), proofs.chain(links).collect())
        })
        .collect();
    let is_of_a_figure =
        |file: &Attachment| content.all_figures().any(|figure| figure.rows().has(&file.part));
    let whole: Vec<String> = files
        .iter()
        .filter(|file| !is_of_a_figure(file))
        .map(line)
        .collect();
    groups.push(("Tài liệu kèm theo báo cáo".to_owned(), whole));
    let said = groups.into_iter().filter(|(_, lines)| !lines.is_empty());
    said.enumerate()
        .flat_map(|(at, (title, lines))| std::iter::once(titled(at + 1, &title)).chain(items(lines)))
        .collect()
}

fn items(lines: Vec<String>) -> Vec<Block> {
    let last = lines.len();
    let closed = lines.into_iter().zip(1..).map(|(line, at)| {
        let end = if at == last { '.' } else { ';' };
        Block::Dash(format!("{line}{end}").into())
    });
    closed.collect()
}

fn line(file: &Attachment) -> String {
    format!(
        "Tệp “{}” ({}), tải lên ngày {}",
        file.file_name,
        size_text(file.size),
        clock::date_text(clock::day(file.uploaded_at))
    )
}
