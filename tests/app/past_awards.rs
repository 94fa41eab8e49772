//! What units and persons were awarded before, as their reports on achievements tell it.

use cumthidua::registrations;

use crate::{
    papers_vusta::{assert_says, lines, worded},
    support::TestApp,
};

/// Awards of earlier years, read from a spreadsheet: of the unit, of the unit it came from, of a person; one of them twice.
async fn history(app: &TestApp) {
    app.sql(
        "insert into unit_successions (predecessor_id, successor_id, happened_on, kind)
         select p.id, s.id, '2020-01-01', 'merge' from units p, units s where p.slug = 'dien-bien' and s.slug = 'hoa-binh';
         insert into award_imports (id, file_name, rows, read_at, read_by, confirmed_at, confirmed_by)
         select '00000000-0000-7000-8000-00000000aa01', 'lich-su.xlsx', '[]', '2023-01-02 09:00+07', id, '2023-01-02 09:00+07', id
         from persons order by id limit 1;
         insert into award_records (import_id, line, unit_id, person_name, search_key, award, award_name, year, decision_number, decided_on, issuer, note)
         select '00000000-0000-7000-8000-00000000aa01', l.line, u.id, l.person, lower(l.person), l.award, l.name, l.year, l.number, l.day::date, l.issuer, ''
         from (values
             (1, 'hoa-binh', '', null, 'Bằng khen của Ví dụ', 2021, '7/QĐ-VD', '2022-01-15', 'Cơ quan Ví dụ'),
             (2, 'hoa-binh', '', null, 'Bằng khen của Ví dụ', 2021, '7/QĐ-VD', '2022-01-15', 'Cơ quan Ví dụ'),
             (3, 'dien-bien', '', null, 'Cờ của Ví dụ', 2019, '', null, 'Tỉnh Ví dụ'),
             (4, 'hoa-binh', '', null, 'Cờ năm nay', 2023, '9/QĐ-VD', '2024-01-15', 'Cơ quan Ví dụ'),
             (5, 'hoa-binh', 'Trần Thị Ví Dụ', null, 'Giấy khen Ví dụ', 2022, '3/QĐ-VD', '2023-01-09', 'Đơn vị Ví dụ'),
             (6, 'hoa-binh', 'Người Khác Ví Dụ', null, 'Giấy khen khác', 2022, '4/QĐ-VD', '2023-01-09', 'Đơn vị Ví dụ')
         ) l (line, unit, person, award, name, year, number, day, issuer) join units u on u.slug = l.unit",
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_unit_reports_every_award_of_its_history_once() {
    let app = TestApp::new().await;
    history(&app).await;
    app.conference().await;
    let nomination = app.dossier("hoa-binh", "vusta_flag").await;
    let id = nomination.rsplit('/').next().unwrap();
    let unit = app.officer_of("hoa-binh").await;
    let said = lines(&unit, &format!("/van-ban/soan/bao-cao-thanh-tich/{id}")).await;
    assert_says(
        &said,
        &[
            "Quyết định số 7/QĐ-VD ngày 15/01/2022; Cơ quan Ví dụ",
            "Cờ của Ví dụ (",
            "Điện Biên",
            "Tỉnh Ví dụ",
        ],
    );
    assert_eq!(said.matches("Bằng khen của Ví dụ").count(), 1, "{said}");
    for other in ["Cờ năm nay", "Giấy khen"] {
        assert!(!said.contains(other), "{other}");
    }
    let lead = app.secretariat().await;
    let list = lines(&lead, "/van-ban/soan/danh-sach-trich-ngang/cum-3.2023").await;
    assert_says(
        &list,
        &["Năm 2021: Bằng khen của Ví dụ (Quyết định số 7/QĐ-VD ngày 15/01/2022)"],
    );
}

#[tokio::test]
async fn a_person_reports_the_own_awards_and_needn_t_type_them() {
    let app = TestApp::new().await;
    history(&app).await;
    app.registration("cum-3", "hoa-binh", registrations::State::Accepted)
        .await;
    let row: String = app
        .value("select content -> 'individuals' -> 0 ->> 'id' from registrations")
        .await;
    let paper = format!("/van-ban/soan/bao-cao-thanh-tich/cum-3.2023.hoa-binh.{row}");
    let unit = app.officer_of("hoa-binh").await;
    let said = lines(&unit, &paper).await;
    assert_says(
        &said,
        &[
            "Giấy khen Ví dụ",
            "Quyết định số 3/QĐ-VD ngày 09/01/2023; Đơn vị Ví dụ",
        ],
    );
    for other in ["Bằng khen của Ví dụ", "Giấy khen khác"] {
        assert!(!said.contains(other), "{other}");
    }
    let empty = worded(&unit, &paper, &[]).await.expect(422);
    assert_eq!(
        empty.wrong_fields(),
        ["section-life", "section-duties", "section-results"]
    );
}
