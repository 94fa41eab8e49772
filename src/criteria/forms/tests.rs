//! What is typed into a table, and what it is told.

use super::*;

#[test]
fn points_are_read_as_people_write_them_and_refused_in_words() {
    assert_eq!(points("9,55", 2).unwrap().to_string(), "9.55");
    assert_eq!(points(" 10 ", 2).unwrap().to_string(), "10");
    let told = |typed: &str| points(typed, 2).unwrap_err();
    insta::assert_snapshot!(
        ["", "-1", "9,555", "mười", "100000"].map(told).join("\n"),
        @r"
        Hãy nhập số điểm, ví dụ 8 hoặc 8,5.
        Điểm không được âm: hãy nhập số từ 0 trở lên. Điểm trừ cũng ghi bằng số dương.
        Chỉ ghi tối đa 2 chữ số sau dấu phẩy.
        Điểm phải là số, ví dụ 8 hoặc 8,5.
        Điểm quá lớn: tối đa 10.000.
        "
    );
    assert!(some_points("0", 2).unwrap_err().contains("lớn hơn 0"));
    assert!(points("9,5", 0).unwrap_err().contains("điểm tròn"));
}
