//! The journal's codes of elections, of nominations and of VUSTA's council in words.

/// What somebody did, to follow the name.
pub(super) fn act(code: &str) -> Option<&'static str> {
    Some(match code {
        "nomination.put_forward" => "đề nghị khen thưởng cá nhân",
        "nomination.acclaim" => "ghi nhận suy tôn",
        "nomination.refuse" => "ghi nhận không suy tôn",
        "nomination.attach" => "bổ sung hồ sơ khen thưởng",
        "nomination.submit" => "trình hồ sơ khen thưởng lên LHHVN",
        "nomination.return" => "trả lại hồ sơ khen thưởng",
        "nomination.find_eligible" => "thẩm định đủ điều kiện",
        "nomination.find_ineligible" => "thẩm định không đủ điều kiện",
        "nomination.pass" => "ghi Hội đồng thông qua",
        "nomination.reject" => "ghi Hội đồng không thông qua",
        "nomination.decide" => "ghi vào quyết định khen thưởng",
        "nomination.award" => "ghi đã trao",
        "nomination.withdraw" => "rút hồ sơ khen thưởng",
        "nomination.cancel" => "ghi hủy khen thưởng",
        "nomination.release" => "ghi hủy quyết định vì lỗi hình thức, chờ quyết định khác",
        "election.confirm" => "xác nhận cụm trưởng, cụm phó sau hợp nhất",
        "council.session" => "ghi phiên họp Hội đồng",
        "council.plan" => "chuẩn bị phiên họp Hội đồng",
        "council.attend" => "điểm danh ủy viên Hội đồng",
        "council.declare" => "ghi xung đột lợi ích của ủy viên Hội đồng",
        "council.card" => "cấp lại thẻ ủy viên Hội đồng",
        "council.open" => "khai mạc phiên họp Hội đồng",
        "council.end" => "kết thúc phiên họp Hội đồng",
        "council.cancel" => "hủy phiên họp Hội đồng",
        "consultation.open" => "mở lấy ý kiến về đề nghị khen thưởng",
        "consultation.object" => "góp ý về đề nghị khen thưởng",
        "consultation.answer" => "trả lời ý kiến về đề nghị khen thưởng",
        "holiday.add" => "ghi ngày nghỉ, ngày làm bù",
        "holiday.remove" => "bỏ ngày nghỉ, ngày làm bù",
        "conflict.declare" => "khai xung đột lợi ích",
        "conflict.lift" => "gỡ xung đột lợi ích",
        _ => return None,
    })
}

/// The kind of record that a line is about.
pub(super) fn kind(table: &str) -> Option<&'static str> {
    Some(match table {
        "council_sessions" | "council_sittings" => "Phiên họp Hội đồng",
        "consultations" => "Lấy ý kiến",
        "consultation_comments" => "Ý kiến về đề nghị khen thưởng",
        "holidays" => "Bảng ngày nghỉ",
        "conflicts_of_interest" => "Xung đột lợi ích",
        _ => return None,
    })
}
