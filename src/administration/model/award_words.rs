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
        "nomination.attest_part" => "xác nhận một phần của hồ sơ khen thưởng đã có",
        "nomination.leave_out" => "ghi cá nhân không còn trong hồ sơ khen thưởng",
        "nomination.consent" => "ghi căn cứ xử lý dữ liệu của cá nhân được đề nghị",
        "nomination.consent_end" => "ghi cá nhân rút đồng ý",
        _ => return None,
    })
}

/// The kind of record that a line is about.
pub(super) fn kind(table: &str) -> Option<&'static str> {
    Some(match table {
        "award_versions" => "Danh mục khen thưởng",
        "base_salaries" => "Lương cơ sở",
        "award_imports" => "Lịch sử khen thưởng",
        _ => return None,
    })
}

/// The names of facts, in the order in which people tell them.
const FACTS: [(&str, &str); 6] = [
    ("source", "Văn bản quy định"),
    ("amount", "Mức lương cơ sở"),
    ("unit_multiple", "Hệ số thưởng tập thể"),
    ("person_multiple", "Hệ số thưởng cá nhân"),
    ("article", "Điều, khoản"),
    ("rows", "Số dòng"),
];

/// The place of a fact among the others, and its name.
pub(super) fn fact(key: &str) -> Option<(usize, &'static str)> {
    let place = FACTS.iter().position(|(known, _)| *known == key)?;
    Some((place, FACTS[place].1))
}
