//! The journal's codes of the catalogue of awards, their history, and what is noted of a nomination's conditions in words.

/// What somebody did, to follow the name.
pub(super) fn act(code: &str) -> Option<&'static str> {
    Some(match code {
        "award.version" => "lập phiên bản mới trong danh mục khen thưởng",
        "award.salary" => "ghi mức lương cơ sở mới",
        "award_import.preview" => "đọc tệp lịch sử khen thưởng",
        "award_import.confirm" => "nhập lịch sử khen thưởng",
        "award_import.withdraw" => "hủy lần nhập lịch sử khen thưởng",
        "nomination.waive" => "cho miễn một điều kiện khen thưởng",
        "nomination.attest" => "xác nhận một điều kiện khen thưởng",
        "nomination.consent" => "ghi căn cứ xử lý dữ liệu của cá nhân được đề nghị",
        "nomination.consent_end" => "ghi cá nhân rút đồng ý",
        _ => return None,
    })
}
