//! A decision of VUSTA on paper: number, day, bases and signer are the decision's own.

use sqlx::PgConnection;

use super::{
    super::{
        forms::{Section, Signer, Wording, lines},
        model::Kind,
        queries,
    },
    Desk, Fixed, Prepared, Text,
    blocks::{grid, listed},
    paragraphs, section,
};
use crate::{
    decisions::{self, Content, Decision, Ground, Kind as What, State},
    ids::{DecisionId, NominationId},
    kit::{
        clock,
        documents::{
            model::{Align, Appendix, Block, Order, Rich},
            wording::date_text,
        },
        error::{AppError, Result},
    },
    nominations,
};

/// Quyết định khen thưởng, đính chính or hủy (domain: document 19), with the list of those it awards.
pub(super) async fn decision(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let id: DecisionId = desk.about.parse().map_err(|_| AppError::NotFound)?;
    let decision = decisions::find_visible(db, desk.actor, id).await?;
    let content = content(db, desk, &decision).await?;
    let issued = queries::issued_about(db, desk.actor, Kind::Decision, desk.about).await?;
    let ids: Vec<NominationId> = content.lines.iter().map(|line| line.nomination_id).collect();
    let awarded = nominations::by_ids(db, desk.actor, &ids).await?;
    let own = with_full_names(content.clone(), &decisions::full_names(db, &ids).await?);
    let mut prepared = desk.of_office(signer(&content), move |wording| text(&own, wording));
    prepared.is_open_to_readers = true;
    prepared.hindrance = match decision.state {
        State::Draft => Some(
            "Quyết định chưa ban hành. Hãy ban hành quyết định trước, rồi lưu bản chính thức tại đây."
                .to_owned(),
        ),
        State::Cancelled => Some("Quyết định đã bị hủy.".to_owned()),
        State::Issued | State::Corrected => issued
            .first()
            .map(|paper| format!("Bản chính thức số {} đã lưu.", paper.number_text())),
    };
    prepared.fixed = Some(Fixed {
        number: content.number,
        on: content.issued_on,
        code: decision.code.clone(),
    });
    prepared.offered.symbol.clone_from(&content.symbol);
    prepared.offered.subject.clone_from(&content.title);
    prepared.offered.bases = content.bases.join("\n");
    "Như Điều 3\nLưu: VT, HĐTĐKT".clone_into(&mut prepared.offered.recipients);
    prepared.offered.sections = sections(&content);
    let mut units: Vec<_> = awarded.iter().map(|nomination| nomination.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    prepared.sent_to = units.into_iter().map(Some).collect();
    prepared.back = (
        decision.path(),
        match decision.state {
            State::Draft => "Dự thảo quyết định".to_owned(),
            _ => format!("Quyết định số {}", decision.number_text()),
        },
    );
    Ok(prepared)
}

/// What was issued, or would be.
async fn content(db: &mut PgConnection, desk: &Desk<'_>, decision: &Decision) -> Result<Content> {
    if let Some(content) = &decision.content {
        return Ok(content.clone());
    }
    let around = decisions::surroundings(db, desk.actor, decision.about_id).await?;
    let checked = decision.draft.check(decision.kind, &around, clock::day(desk.now));
    checked.map_err(|_| {
        AppError::conflict("Dự thảo quyết định còn chỗ cần sửa nên chưa in được. Hãy sửa dự thảo trước.")
    })
}

/// A decision writes the names out: no abbreviation, whatever the pages call the units.
fn with_full_names(mut content: Content, names: &[(NominationId, String)]) -> Content {
    for line in &mut content.lines {
        if let Some((_, name)) = names.iter().find(|(id, _)| *id == line.nomination_id) {
            line.unit.clone_from(name);
        }
    }
    content
}

/// The signer of the decision, with the power that the decision names.
fn signer(content: &Content) -> Signer {
    Signer {
        powers: content.power().to_owned(),
        post: content.signer_post.to_uppercase(),
        name: content.signer.clone(),
    }
}

fn sections(content: &Content) -> Vec<Section> {
    let authority = section(
        "authority",
        "Thẩm quyền ban hành",
        "CHỦ TỊCH\nLIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM",
    );
    let (second, third) = match content.kind {
        What::Award => (
            "Quyết định này có hiệu lực kể từ ngày ký. Các tập thể có tên tại Điều 1 được nhận tiền thưởng theo quy định hiện hành.",
            "Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các tập thể có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này",
        ),
        What::Correction => (
            "Quyết định này có hiệu lực kể từ ngày ký; các nội dung khác của Quyết định được đính chính giữ nguyên.",
            "Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các tập thể liên quan chịu trách nhiệm thi hành Quyết định này",
        ),
        What::Cancellation if content.ground == Ground::Form => (
            "Quyết định này có hiệu lực kể từ ngày ký. Việc hủy do sai sót về hình thức của văn bản; khen thưởng của các tập thể có tên tại quyết định bị hủy được ban hành bằng quyết định khác.",
            "Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các tập thể liên quan chịu trách nhiệm thi hành Quyết định này",
        ),
        What::Cancellation if content.in_part => (
            "Quyết định này có hiệu lực kể từ ngày ký; khen thưởng của các tập thể khác tại Quyết định nêu ở Điều 1 giữ nguyên. Hiện vật khen thưởng và tiền thưởng đã nhận (nếu có) của các tập thể có tên trong danh sách được thu hồi theo quy định của pháp luật về thi đua, khen thưởng.",
            "Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các tập thể liên quan chịu trách nhiệm thi hành Quyết định này",
        ),
        What::Cancellation => (
            "Quyết định này có hiệu lực kể từ ngày ký. Hiện vật khen thưởng và tiền thưởng đã nhận (nếu có) được thu hồi theo quy định của pháp luật về thi đua, khen thưởng.",
            "Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các tập thể liên quan chịu trách nhiệm thi hành Quyết định này",
        ),
    };
    let mut parts = vec![authority];
    if content.kind == What::Award {
        let achievement = format!(
            "đã có thành tích xuất sắc trong phong trào thi đua {}",
            years(content)
        );
        parts.push(section(
            "achievement",
            "Thành tích được khen thưởng (Điều 1)",
            achievement,
        ));
    }
    parts.push(section("article-2", "Điều 2", second));
    parts.push(section("article-3", "Điều 3", third));
    parts
}

/// `năm 2023`, `năm 2022, 2023`
fn years(content: &Content) -> String {
    let mut years: Vec<i32> = content.lines.iter().map(|line| line.year).collect();
    years.sort_unstable();
    years.dedup();
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    format!("năm {}", years.join(", "))
}

/// The lines of each award, in the order of the decision.
fn by_award(content: &Content) -> Vec<(&str, Vec<&decisions::Line>)> {
    let mut groups: Vec<(&str, Vec<&decisions::Line>)> = Vec::new();
    for line in &content.lines {
        match groups.iter_mut().find(|(award, _)| *award == line.award_name) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((&line.award_name, vec![line])),
        }
    }
    groups
}

fn text(content: &Content, wording: &Wording) -> Text {
    let mut body = first_article(content, wording);
    for (number, code) in [(2, "article-2"), (3, "article-3")] {
        let mut lines = paragraphs(wording.section(code)).into_iter();
        if let Some(Block::Paragraph(text) | Block::Dash(text)) = lines.next() {
            body.push(Block::Article { number, text });
            body.extend(lines);
        }
    }
    Text {
        order: Some(Order {
            authority: wording.section("authority").trim().to_owned(),
            verb: "QUYẾT ĐỊNH".to_owned(),
        }),
        appendices: list(content).into_iter().collect(),
        ..Text::of(body)
    }
}

/// What the decision does.
fn first_article(content: &Content, wording: &Wording) -> Vec<Block> {
    let about = content.about.as_ref();
    let earlier = about.map_or_else(String::new, |about| {
        format!(
            "Quyết định số {} {}",
            about.number,
            date_text(Some(about.issued_on))
        )
    });
    let article = |text: String| Block::Article {
        number: 1,
        text: text.into(),
    };
    match content.kind {
        What::Award => {
            let groups = by_award(content);
            let given: Vec<String> = groups
                .iter()
                .map(|(award, lines)| format!("{award} cho {:02} tập thể", lines.len()))
                .collect();
            let mut achieved = lines(wording.section("achievement")).into_iter();
            let first = achieved
                .next()
                .map_or_else(String::new, |first| format!(" {}", inside(&first)));
            let text = format!("Tặng {} (có danh sách kèm theo){first}.", listed(&given));
            let rest: Vec<String> = achieved.collect();
            let mut body = vec![article(text)];
            body.extend(paragraphs(&rest.join("\n")));
            body
        }
        What::Correction => {
            let mut body = vec![article(format!("Đính chính {earlier}, cụ thể như sau:"))];
            body.extend(paragraphs(&content.reason));
            body
        }
        What::Cancellation => {
            let what = if content.in_part {
                format!(
                    "Hủy kết quả khen thưởng của {:02} tập thể (có danh sách kèm theo) tại {earlier}.",
                    content.lines.len()
                )
            } else {
                format!("Hủy {earlier}.")
            };
            let mut body = vec![article(what)];
            let reason: Vec<Block> = paragraphs(&format!("Lý do: {}", content.reason));
            body.extend(reason);
            body
        }
    }
}

/// A sentence as the rest of another one.
fn inside(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches(['.', ';', ' ']).chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whom it awards, or whose awards alone it cancels, in an appendix.
fn list(content: &Content) -> Option<Appendix> {
    let mut body = Vec::new();
    for (award, lines) in by_award(content) {
        body.push(Block::Centred(
            Rich::default().bold(format!("{award}: {:02} tập thể", lines.len())),
        ));
        let rows = lines.iter().enumerate().map(|(at, line)| {
            vec![
                (at + 1).to_string(),
                line.unit.clone(),
                line.cluster.clone(),
                line.year.to_string(),
            ]
        });
        body.push(grid(
            &[
                ("TT", 1, Align::Centre),
                ("Tên tập thể", 8, Align::Left),
                ("Cụm thi đua", 4, Align::Left),
                ("Năm", 2, Align::Centre),
            ],
            rows,
        ));
    }
    let title = match content.kind {
        What::Award => "DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG",
        What::Cancellation if content.in_part => "DANH SÁCH TẬP THỂ BỊ HỦY KẾT QUẢ KHEN THƯỞNG",
        What::Correction | What::Cancellation => return None,
    };
    (!content.lines.is_empty()).then(|| Appendix {
        title: title.to_owned(),
        body,
        ..Appendix::default()
    })
}
