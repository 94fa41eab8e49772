//! The words of the journal about conferences.

/// What was done, as the journal tells it; none for an act that isn't on a conference.
pub(super) fn action(code: &str) -> Option<&'static str> {
    Some(match code {
        "conference.create" => "lập kế hoạch hội nghị",
        "conference.plan" => "lưu kế hoạch hội nghị",
        "conference.invite" => "gửi giấy mời hội nghị",
        "conference.delegates" => "cử đại biểu dự hội nghị",
        "conference.add_delegate" => "thêm đại biểu hội nghị",
        "conference.remove_delegate" => "bỏ đại biểu hội nghị",
        "conference.stand_in" => "cho đại biểu dự khuyết biểu quyết thay",
        "conference.authorise" => "nhận giấy ủy quyền dự hội nghị",
        "conference.card" => "cấp lại thẻ đại biểu",
        "conference.attend" => "điểm danh đại biểu",
        "conference.not_attend" => "bỏ điểm danh đại biểu",
        "conference.open" => "khai mạc hội nghị",
        "conference.go_to" => "chuyển mục chương trình hội nghị",
        "conference.notes" => "lưu ghi chép hội nghị",
        "conference.conclude" => "lưu kết luận hội nghị",
        "conference.end" => "bế mạc hội nghị",
        "conference.sign" => "ký biên bản hội nghị",
        "conference.hand_over" => "ghi bàn giao cụm trưởng",
        "conference.give" => "xác nhận đã bàn giao",
        "conference.take" => "xác nhận đã nhận bàn giao",
        _ => return None,
    })
}

/// The names of facts, in the order in which people tell them.
const FACTS: [(&str, &str); 15] = [
    ("kind", "Loại"),
    ("plan", "Kế hoạch"),
    ("title", "Tên"),
    ("place", "Địa điểm"),
    ("starts_at", "Giờ khai mạc"),
    ("ends_at", "Giờ kết thúc"),
    ("chairs", "Chủ trì"),
    ("secretary", "Thư ký"),
    ("invitation", "Lời mời"),
    ("guests", "Khách mời"),
    ("conclusion", "Kết luận"),
    ("letters", "Số thư"),
    ("voting", "Đại biểu biểu quyết"),
    ("stand_in", "Đại biểu dự khuyết"),
    ("part", "Tư cách dự họp"),
];

/// The name of a fact and its place among these.
pub(super) fn fact(key: &str) -> Option<(usize, &'static str)> {
    FACTS.iter().position(|(k, _)| *k == key).map(|i| (i, FACTS[i].1))
}

/// A code that stands for words.
pub(super) fn value(code: &str) -> Option<&'static str> {
    Some(match code {
        "planned" => "dự kiến",
        "invited" => "đã mời",
        "in_session" => "đang họp",
        "ended" => "đã kết thúc",
        "voting" => "đại biểu biểu quyết",
        "stand_in" => "đại biểu dự khuyết",
        "other" => "đại biểu",
        "guest" => "khách mời",
        "launch" => "hội nghị phát động",
        "midyear" => "hội nghị sơ kết",
        "closing" => "hội nghị tổng kết",
        "extraordinary" => "hội nghị bất thường",
        _ => return None,
    })
}
