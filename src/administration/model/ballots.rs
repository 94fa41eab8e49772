//! The journal's codes of ballots in words. Votes themselves leave no line.

/// What somebody did, to follow the name.
pub(super) fn act(code: &str) -> Option<&'static str> {
    Some(match code {
        "ballot.create" => "lập phiếu bầu",
        "ballot.follow" => "lập phiếu bầu cho lần bỏ phiếu tiếp theo",
        "ballot.save" => "sửa dự thảo phiếu bầu",
        "ballot.open_advance" => "mở nhận phiếu gửi trước",
        "ballot.open" => "mở bỏ phiếu",
        "ballot.admit" => "ghi có mặt hoặc cấp lại thẻ khi bỏ phiếu",
        "ballot.paper" => "phát hoặc thu lại phiếu giấy chưa dùng",
        "ballot.close" => "đóng bỏ phiếu",
        "ballot.cancel" => "hủy lần bỏ phiếu",
        "ballot.tally" => "ghi kết quả kiểm phiếu giấy",
        "ballot.count" => "chốt kết quả kiểm phiếu",
        "ballot.sign" => "ghi đã ký biên bản kiểm phiếu",
        "ballot.settle" => "ghi ý kiến LHHVN khi bằng phiếu",
        _ => return None,
    })
}
