//! The catalogue of indicators of a year: begun, written, issued, and then never changed.

use cumthidua::{indicators, kit::error::AppError};

use crate::support::{TestApp, login};

const YEAR: &str = "/chi-tieu/2023";

#[tokio::test]
async fn the_standing_office_writes_a_catalogue_and_issues_it_for_everybody() {
    let app = TestApp::new().await;
    let (office, officer) = (app.standing_office().await, app.officer_of("hoa-binh").await);
    let page = office.get("/chi-tieu").await.expect(200);
    let wrong = office
        .submit(&page, "main form", &[("year", "mới")])
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["year"]);
    office
        .submit(&page, "main form", &[("year", "2023")])
        .await
        .expect_to(YEAR);
    let again = office
        .submit(&page, "main form", &[("year", "2023")])
        .await
        .expect(422);
    assert!(again.error_at("year").contains("đã có danh mục"));
    officer.get(YEAR).await.expect(404);
    assert!(!officer.get("/chi-tieu").await.expect(200).has("tbody tr"));

    let form = office.get("/chi-tieu/2023/TVPB.1/sua").await.expect(200);
    let wrong = office
        .submit(
            &form,
            "main form",
            &[("least", "-1"), ("sum_of", "TC.1, XX.9"), ("name", "")],
        )
        .await
        .expect(422);
    assert_eq!(wrong.wrong_fields(), ["name", "least", "sum_of"]);
    assert_eq!(wrong.value("#sum_of"), "TC.1, XX.9");
    office
        .submit(&form, "main form", &[("most", "60")])
        .await
        .expect_to(YEAR);
    // Of two editors the second is told.
    office
        .submit(&form, "main form", &[("most", "70")])
        .await
        .expect(409);
    let form = office.get("/chi-tieu/2023/them").await.expect(200);
    let new = [
        ("code", "TTPB.9"),
        ("name", "Phim phổ biến kiến thức"),
        ("definition", "Số phim ngắn làm trong năm."),
        ("unit_of_measure", "phim"),
        ("group", "dissemination"),
    ];
    office.submit(&form, "main form", &new).await.expect_to(YEAR);

    // A rule names an indicator that was taken out: the catalogue can't be issued like that.
    office
        .post("/chi-tieu/2023/NCDA.3/bo", &[("version", "3")])
        .await
        .expect_to(YEAR);
    let broken = office
        .post("/chi-tieu/2023/ban-hanh", &[("version", "4")])
        .await
        .expect(422);
    assert!(broken.text(".error-summary").contains("NCDA.3"));
    let form = office.get("/chi-tieu/2023/NCDA.1/sua").await.expect(200);
    office
        .submit(&form, "main form", &[("sum_of", "")])
        .await
        .expect_to(YEAR);
    let page = office.get(YEAR).await.expect(200);
    office.submit(&page, ".final-body", &[]).await.expect_to(YEAR);

    let read = officer.get(YEAR).await.expect(200);
    assert!(read.text("main").contains("Phim phổ biến kiến thức"));
    assert!(read.text("[id='chi-tieu-TVPB.1']").contains("từ 0 đến 60"));
    assert!(!read.has("main form"));
    office.get("/chi-tieu/2023/TVPB.1/sua").await.expect(409);
    office
        .post("/chi-tieu/2023/TVPB.1/bo", &[("version", "6")])
        .await
        .expect(409);
    office
        .post("/chi-tieu/2023/ban-hanh", &[("version", "6")])
        .await
        .expect(409);
    for damage in [
        "update indicator_catalogues set indicators = '[]'",
        "update indicator_catalogues set state = 'draft', issued_at = null",
        "delete from indicator_catalogues",
    ] {
        let refused = app.sql(damage).await.unwrap_err().to_string();
        assert!(refused.contains("is locked"), "{damage}: {refused}");
    }
    assert_eq!(
        app.value::<i64>("select count(*) from journal where action like 'catalogue.%'")
            .await,
        6
    );
}

#[tokio::test]
async fn a_catalogue_is_copied_from_another_year_with_its_codes() {
    let app = TestApp::new().await;
    app.catalogue(2023).await;
    let office = app.standing_office().await;
    let page = office.get("/chi-tieu").await.expect(200);
    assert_eq!(
        (page.value("#year"), page.value("#source")),
        ("2024".into(), "2023".into())
    );
    office
        .submit(&page, "main form", &[])
        .await
        .expect_to("/chi-tieu/2024");
    let codes = "select string_agg(i->>'code', ' ') from indicator_catalogues, jsonb_array_elements(indicators) i where year =";
    assert_eq!(
        app.value::<String>(&format!("{codes} 2023")).await,
        app.value::<String>(&format!("{codes} 2024")).await
    );
    let shared =
        "select count(*) from (select i->>'id' from indicator_catalogues, jsonb_array_elements(indicators) i
                  group by 1 having count(*) > 1) same";
    assert_eq!(app.value::<i64>(shared).await, 0, "each year has rows of its own");
    app.officer_of("hoa-binh")
        .await
        .post("/chi-tieu", &[("year", "2025")])
        .await
        .expect(403);
}

#[tokio::test]
async fn what_is_issued_is_known_at_once_though_it_is_remembered() {
    let app = TestApp::new().await;
    let revision = |actor: cumthidua::people::Actor| actor.revision;
    let before = revision(app.actor(login::STANDING_OFFICE).await);
    let mut db = app.db().await;
    assert!(
        indicators::find_issued_under(&mut db, before, 2023)
            .await
            .unwrap()
            .is_none()
    );
    app.catalogue(2023).await;
    let after = revision(app.actor(login::STANDING_OFFICE).await);
    let found = indicators::find_issued_under(&mut db, after, 2023)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        found.named("lop tap huan, pho bien kien thuc").unwrap().code,
        "TTPB.4"
    );
    let officer = app.actor(&login::officer("hoa-binh")).await;
    let refused = indicators::create(&mut db, app.now(), &officer, 2025, indicators::Source::Default).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))));
}
