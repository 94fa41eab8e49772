//! A decision of VUSTA on paper: number, day, bases and signer are the decision's own.

mod awarded;

use sqlx::PgConnection;

use awarded::{by_award, heads_of, list, whom_of};

use super::{
    super::{
        forms::{Section, Signer, Wording, lines},
        model::Kind,
        queries,
    },
    Desk, Fixed, Prepared, Text,
    blocks::listed,
    paragraphs, section,
};
use crate::{
    decisions::{self, Content, Decision, Ground, Kind as What, State},
    ids::{DecisionId, NominationId},
    kit::{
        clock,
        documents::{
            model::{Block, Order},
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
    let whom = whom_of(content);
    let authority = section(
        "authority",
        "Thẩm quyền ban hành",
        "CHỦ TỊCH\nLIÊN HIỆP CÁC HỘI KHOA HỌC VÀ KỸ THUẬT VIỆT NAM",
    );
    let concerned = format!(
        "Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các {whom} liên quan chịu trách nhiệm thi hành Quyết định này"
    );
    let (second, third) = match content.kind {
        What::Award => (
            format!("Quyết định này có hiệu lực kể từ ngày ký. Các {whom} có tên tại Điều 1 được nhận tiền thưởng theo quy định hiện hành."),
            format!("Văn phòng, các ban, đơn vị liên quan của Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam và các {whom} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này"),
        ),
        What::Correction => (
            "Quyết định này có hiệu lực kể từ ngày ký; các nội dung khác của Quyết định được đính chính giữ nguyên.".to_owned(),
            concerned,
        ),
        What::Cancellation if content.ground == Ground::Form => (
            format!("Quyết định này có hiệu lực kể từ ngày ký. Việc hủy do sai sót về hình thức của văn bản; khen thưởng của các {whom} có tên tại quyết định bị hủy được ban hành bằng quyết định khác."),
            concerned,
        ),
        What::Cancellation if content.in_part => (
            format!("Quyết định này có hiệu lực kể từ ngày ký; các khen thưởng khác tại Quyết định nêu ở Điều 1 giữ nguyên. Hiện vật khen thưởng và tiền thưởng đã nhận (nếu có) của các {whom} có tên trong danh sách được thu hồi theo quy định của pháp luật về thi đua, khen thưởng."),
            concerned,
        ),
        What::Cancellation => (
            "Quyết định này có hiệu lực kể từ ngày ký. Hiện vật khen thưởng và tiền thưởng đã nhận (nếu có) được thu hồi theo quy định của pháp luật về thi đua, khen thưởng.".to_owned(),
            concerned,
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
                .map(|(award, lines)| format!("{award} cho {}", heads_of(lines)))
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
                    "Hủy kết quả khen thưởng của {} (có danh sách kèm theo) tại {earlier}.",
                    heads_of(&content.lines.iter().collect::<Vec<_>>())
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
