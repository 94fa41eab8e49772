//! What the programs said, put together point by point.

use super::{Reading, Task, bytes, pdfsig::Printed, pictures::Look, text::Words, trust::trust};
use crate::signatures::{
    certificates,
    model::{Finding, Outcome, Report, Signature},
};

const SIGNATURES: &str = "Chữ ký số";
const CONTENT: &str = "Nội dung đã ký";
const INTEGRITY: &str = "Toàn vẹn";
const DIGEST: &str = "Thuật toán băm";
const COVERAGE: &str = "Phạm vi ký";

/// As many signatures as are judged: a covenant has one for each unit.
const MOST_SIGNATURES: usize = 60;

/// The report of a check that could not be done.
pub(super) fn hindered(why: &str) -> Report {
    Report {
        findings: vec![Finding::unknown(SIGNATURES, why)],
        ..Report::default()
    }
}

/// Judges what was read.
pub(super) fn report(task: &Task, reading: Reading) -> Report {
    let (printed, hindrance) = match reading.signatures {
        Ok(printed) if printed.is_empty() => {
            let why = "Tệp không có chữ ký số: bản quét, hoặc bản chưa ký.";
            (printed, Some(Finding::unknown(SIGNATURES, why)))
        }
        Ok(printed) => (printed, None),
        Err(why) => (Vec::new(), Some(Finding::unknown(SIGNATURES, why))),
    };
    let last = printed.iter().filter_map(|p| p.ranges).map(|r| r[3]).max();
    let judged = printed.iter().take(MOST_SIGNATURES);
    let signatures: Vec<Signature> = judged.map(|p| signature(task, p, last)).collect();
    let content = content(task, &printed, &signatures, &reading.words);
    let content = seen(content, &reading.look);
    let too_many = (printed.len() > MOST_SIGNATURES).then(|| {
        let why = format!(
            "Tệp có {} chữ ký; chỉ xét {MOST_SIGNATURES} chữ ký đầu.",
            printed.len()
        );
        Finding::unknown(SIGNATURES, why)
    });
    Report {
        findings: hindrance.into_iter().chain(too_many).chain([content]).collect(),
        signatures,
        tool: reading.tool,
    }
    .bounded()
}

fn signature(task: &Task, printed: &Printed, last: Option<u64>) -> Signature {
    let cms = printed
        .ranges
        .and_then(|ranges| bytes::container(&task.signed, ranges));
    let container = cms.as_deref().and_then(certificates::container);
    let facts = container
        .as_ref()
        .and_then(|c| certificates::facts(c.certificates.first()?));
    let length = task.signed.len() as u64;
    let mut findings = vec![
        integrity(printed, cms.is_some()),
        digest(&printed.digest),
        coverage(printed, length, last),
    ];
    // Of a signature that doesn't fit its bytes the certificate says nothing.
    if printed.signature == VALID {
        findings.extend(trust(task, printed, container.as_ref(), facts.as_ref()));
    }
    let signer = facts.as_ref().map_or_else(
        || {
            printed
                .signer
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect()
        },
        |f| f.common_name.clone(),
    );
    Signature {
        signer,
        organisation: facts.as_ref().map(|f| f.organisation.clone()).unwrap_or_default(),
        issuer: facts.as_ref().map(|f| f.issuer_name.clone()).unwrap_or_default(),
        starts_at: facts.as_ref().map(|f| f.starts_at),
        ends_at: facts.as_ref().map(|f| f.ends_at),
        signed_at: printed.signed_at,
        has_time_stamp: container.is_some_and(|c| c.has_time_stamp),
        digest: printed.digest.clone(),
        added_after: printed
            .ranges
            .map_or(0, |ranges| length.saturating_sub(ranges[3])),
        findings,
    }
}

const VALID: &str = "Signature is Valid.";

fn integrity(printed: &Printed, has_container: bool) -> Finding {
    match printed.signature.as_str() {
        "Digest Mismatch." | "Signature is Invalid." => Finding::invalid(
            INTEGRITY,
            "Phần được ký đã bị thay đổi sau khi ký, hoặc chữ ký không phải của nội dung này.",
        ),
        VALID if has_container => Finding::valid(INTEGRITY, "Phần được ký còn nguyên như lúc ký."),
        VALID => Finding::invalid(
            INTEGRITY,
            "Giữa hai phần được ký có dữ liệu khác ngoài chữ ký: tệp được dựng bất thường.",
        ),
        _ => Finding::unknown(
            INTEGRITY,
            "Không đọc được chữ ký này: tệp bị hỏng hoặc kiểu chữ ký chưa hỗ trợ.",
        ),
    }
}

fn digest(name: &str) -> Finding {
    match name.to_uppercase().replace('-', "").as_str() {
        "SHA256" | "SHA384" | "SHA512" => Finding::valid(DIGEST, format!("{name}.")),
        "SHA1" | "MD5" | "MD2" => Finding::invalid(
            DIGEST,
            format!("{name} quá yếu, không còn được chấp nhận; cần SHA-256 trở lên."),
        ),
        _ => Finding::unknown(DIGEST, "Không rõ thuật toán băm của chữ ký."),
    }
}

fn coverage(printed: &Printed, length: u64, last: Option<u64>) -> Finding {
    let Some([start, .., end]) = printed.ranges else {
        return Finding::unknown(COVERAGE, "Không đọc được phạm vi của chữ ký.");
    };
    if start != 0 || end > length {
        return Finding::invalid(COVERAGE, "Chữ ký không bao trùm phần đầu của tệp.");
    }
    let after = length - end;
    match (after, Some(end) == last) {
        (0, _) if printed.covers_whole => Finding::valid(COVERAGE, "Ký toàn bộ tệp."),
        (0, _) => Finding::unknown(COVERAGE, "Chữ ký không bao trùm toàn bộ tệp."),
        (after, false) => Finding::valid(
            COVERAGE,
            format!("Ký toàn bộ tệp lúc ký; {after} byte thêm về sau, kể cả chữ ký sau."),
        ),
        (after, true) => Finding::unknown(
            COVERAGE,
            format!("Sau chữ ký cuối cùng có {after} byte thêm vào mà không ai ký; xin xem kỹ phần thêm."),
        ),
    }
}

/// Whether what was signed is what was issued.
fn content(
    task: &Task,
    printed: &[Printed],
    signatures: &[Signature],
    words: &Result<Words, String>,
) -> Finding {
    let is_beginning = bytes::begins_with(&task.signed, &task.issued);
    let issued = task.issued.len() as u64;
    let is_within = printed
        .iter()
        .all(|p| p.ranges.is_some_and(|ranges| ranges[1] >= issued));
    let bytes = match (is_beginning, is_within) {
        (true, true) => "Tệp bắt đầu bằng đúng các byte của bản ban hành (SHA-256 trùng)",
        (true, false) => "Tệp bắt đầu bằng các byte của bản ban hành, nhưng chữ ký nằm giữa phần đó",
        (false, _) => "Phần mềm ký đã ghi lại tệp, nên so chữ từng trang thay vì từng byte",
    };
    let words = match words {
        Ok(words) => words,
        Err(why) => return Finding::unknown(CONTENT, format!("{bytes}; chưa so được chữ. {why}")),
    };
    match words {
        Words::Same if is_beginning && !is_within => {
            Finding::unknown(CONTENT, format!("{bytes}; chữ trên các trang trùng."))
        }
        Words::Same => Finding::valid(
            CONTENT,
            format!("{bytes}; chữ trên mọi trang trùng với bản ban hành."),
        ),
        Words::Added(added) if is_frame(added, signatures) => {
            let words = format!(
                "{bytes}; chữ trên mọi trang trùng, chỉ thêm khung chữ ký: {}.",
                quoted(added)
            );
            Finding::valid(CONTENT, words)
        }
        Words::Added(added) => Finding::unknown(
            CONTENT,
            format!(
                "{bytes}; có chữ thêm vào so với bản ban hành, xin xem lại: {}.",
                quoted(added)
            ),
        ),
        Words::None => Finding::unknown(
            CONTENT,
            "Bản quét không có chữ để máy so với bản ban hành; xin đối chiếu bằng mắt.",
        ),
        Words::Foreign(found) => Finding::invalid(
            CONTENT,
            format!(
                "Không phải bản đã ký của văn bản này: chỉ {found}% số chữ của bản ban hành có trong tệp. Hãy đưa đúng tệp lên."
            ),
        ),
        Words::Other(page, was, is) if printed.is_empty() => Finding::unknown(
            CONTENT,
            format!(
                "Chữ ở trang {page} không trùng bản ban hành (“{was}” và “{is}”): bản quét có nhận dạng chữ, hoặc nhầm tệp. Xin đối chiếu bằng mắt."
            ),
        ),
        Words::Other(page, was, is) => Finding::invalid(
            CONTENT,
            format!(
                "Nội dung khác bản ban hành ở trang {page}: bản ban hành ghi “{was}”, bản ký ghi “{is}”."
            ),
        ),
    }
}

/// What was found of the words, as far as the pages also look as they were issued: what is drawn over a page leaves its
/// words in place. It may be the lawful mark of an office that received it, so it is for people to judge.
fn seen(content: Finding, look: &Result<Look, String>) -> Finding {
    if content.outcome != Outcome::Valid {
        return content;
    }
    let words = content.words;
    match look {
        Ok(Look::Same) => Finding::valid(
            CONTENT,
            format!("{words} Hình các trang ngoài khung chữ ký cũng trùng."),
        ),
        Ok(Look::Other(page)) => Finding::unknown(
            CONTENT,
            format!(
                "Trang {page} trông khác bản ban hành: có hình, dấu vẽ thêm hoặc phần bị che, bị thay ngoài khung chữ ký. Xin đối chiếu bằng mắt. {words}"
            ),
        ),
        Ok(Look::Pages(issued, copy)) => Finding::unknown(
            CONTENT,
            format!("Bản ban hành có {issued} trang, tệp này có {copy} trang. Xin đối chiếu bằng mắt."),
        ),
        Err(why) => Finding::unknown(CONTENT, format!("{words} Chưa so được hình các trang. {why}")),
    }
}

/// As many letters as the frame of a signature may hold on a page.
const FRAME: usize = 400;

/// Whether what was added is no more than what programs draw around a signature: on each page it names a signer.
fn is_frame(added: &[(usize, String)], signatures: &[Signature]) -> bool {
    let letters = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let names: Vec<String> = signatures
        .iter()
        .flat_map(|signature| [&signature.signer, &signature.organisation])
        .map(|name| letters(name))
        .filter(|name| name.chars().count() >= 3)
        .collect();
    added.iter().all(|(_, text)| {
        let text = letters(text);
        text.chars().count() <= FRAME && names.iter().any(|name| text.contains(name))
    })
}

/// How much of what was added is quoted.
const QUOTED: usize = 300;

fn quoted(added: &[(usize, String)]) -> String {
    let pages: Vec<String> = added
        .iter()
        .take(5)
        .map(|(page, text)| {
            let text: String = text.chars().take(QUOTED).collect();
            format!("trang {page} “{text}”")
        })
        .collect();
    pages.join(", ")
}
