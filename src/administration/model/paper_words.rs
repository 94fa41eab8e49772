//! The journal's words for decisions and other official papers.

/// What somebody did.
pub(super) fn act(code: &str) -> Option<&'static str> {
    Some(match code {
        "legal_basis.put" => "ghi căn cứ pháp lý",
        "document.save" => "lưu lời văn dự thảo văn bản",
        "document.issue" => "ban hành văn bản",
        "document.recall" => "thu hồi văn bản",
        "document.receive" => "xác nhận đã nhận văn bản",
        "decision.draft" => "soạn quyết định",
        "decision.save" => "lưu dự thảo quyết định",
        "decision.issue" => "ban hành quyết định",
        "decision.correct" => "đính chính quyết định",
        "decision.cancel" => "hủy quyết định",
        "certificate.wording" => "lưu lời ghi trên bằng khen",
        "certificate.book" => "ghi sổ vàng",
        "certificate.layout" => "sửa mẫu bằng khen",
        "printer.add" => "thêm máy in",
        "printer.offset" => "chỉnh độ lệch máy in",
        _ => return None,
    })
}
