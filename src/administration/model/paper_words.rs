//! The journal's words for decisions and other official papers.

/// What somebody did.
pub(super) fn act(code: &str) -> Option<&'static str> {
    Some(match code {
        "legal_basis.put" => "ghi căn cứ pháp lý",
        "document.save" => "lưu lời văn dự thảo văn bản",
        "document.issue" => "ban hành văn bản",
        "document.recall" => "thu hồi văn bản",
        "document.cancel_number" => "hủy số văn bản đi",
        "document.receive" => "xác nhận đã nhận văn bản",
        "signed_copy.add" => "đưa bản đã ký lên",
        "signed_copy.check" => "yêu cầu kiểm tra lại bản đã ký",
        "signed_copy.result" => "kiểm tra bản đã ký",
        "ca_certificate.add" => "thêm chứng thư CA",
        "ca_certificate.remove" => "gỡ chứng thư CA",
        "ca_certificate.list" => "nạp danh sách thu hồi của CA",
        "decision.draft" => "soạn quyết định",
        "decision.save" => "lưu dự thảo quyết định",
        "decision.issue" => "ban hành quyết định",
        "decision.correct" => "đính chính quyết định",
        "decision.correct_handover" => "sửa ngày, nơi trao",
        "decision.cancel_part" => "hủy một phần quyết định",
        "decision.cancel" => "hủy quyết định",
        "certificate.wording" => "lưu lời ghi trên bằng khen",
        "certificate.book" => "ghi sổ vàng",
        "certificate.layout" => "sửa mẫu bằng khen",
        "printer.add" => "thêm máy in",
        "printer.offset" => "chỉnh độ lệch máy in",
        _ => return None,
    })
}

/// The kind of record that a line is about.
pub(super) fn kind(table: &str) -> Option<&'static str> {
    Some(match table {
        "decisions" => "Quyết định",
        "certificate_layouts" => "Mẫu bằng khen",
        "printers" => "Máy in",
        "documents" => "Văn bản",
        "cancelled_numbers" => "Số văn bản đã hủy",
        "ca_certificates" => "Chứng thư CA",
        _ => return None,
    })
}

/// The names of facts, in the order in which people tell them.
const FACTS: [(&str, &str); 6] = [
    ("copy", "Bản ký lần"),
    ("outcome", "Kết quả kiểm tra"),
    ("tool", "Chương trình kiểm tra"),
    ("subject", "Chủ thể chứng thư"),
    ("issuer", "Nơi cấp chứng thư"),
    ("list_issued_on", "Ngày của danh sách thu hồi"),
];

/// The name of a fact and its place among the others.
pub(super) fn fact(key: &str) -> Option<(usize, &'static str)> {
    let place = FACTS.iter().position(|(known, _)| *known == key)?;
    Some((place, FACTS[place].1))
}

/// A code that stands for words.
pub(super) fn value(code: &str) -> Option<&'static str> {
    Some(match code {
        "valid" => "hợp lệ",
        "invalid" => "không hợp lệ",
        "unknown" => "chưa kiểm tra được",
        _ => return None,
    })
}
