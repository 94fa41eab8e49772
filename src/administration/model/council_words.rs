//! The journal's codes of elections and of VUSTA's council in words.

/// What somebody did, to follow the name.
pub(super) fn act(code: &str) -> Option<&'static str> {
    Some(match code {
        "election.confirm" => "xác nhận cụm trưởng, cụm phó sau hợp nhất",
        "council.session" => "ghi phiên họp Hội đồng",
        "council.plan" => "chuẩn bị phiên họp Hội đồng",
        "council.attend" => "điểm danh ủy viên Hội đồng",
        "council.declare" => "ghi xung đột lợi ích của ủy viên Hội đồng",
        "council.card" => "cấp lại thẻ ủy viên Hội đồng",
        "council.open" => "khai mạc phiên họp Hội đồng",
        "council.end" => "kết thúc phiên họp Hội đồng",
        "council.cancel" => "hủy phiên họp Hội đồng",
        _ => return None,
    })
}
