//! The story of the points, told in the browser by those who work with them: from an empty report to a standing that
//! the conference has confirmed.

use thirtyfour::Key;

use crate::{
    support::{Browser, Server},
    year::{self, Year},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn points_go_from_an_empty_report_to_a_confirmed_standing() {
    let server = Server::start();
    let browser = Browser::open(&server.url, 1440, 900).await;
    let year = Year::current();

    // Điện Biên reports and scores itself; the lead takes the report in, and does its own.
    browser.sign_in("dienbien").await;
    year::reports(
        &browser,
        &year,
        "dien-bien",
        &[("TVPB.1", "3"), ("TTPB.4", "3"), ("ST.4", "93")],
    )
    .await;
    scores_itself(&browser, &year, "dien-bien").await;
    browser.sign_in("phutho").await;
    year::reports(&browser, &year, "phu-tho", &year::PHU_THO).await;
    scores_itself(&browser, &year, "phu-tho").await;
    year::takes_in(&browser, &year, "dien-bien").await;

    // Phú Thọ appraises Điện Biên with the keyboard, asks, is answered, and gives less than Điện Biên gave itself.
    appraises(&browser, &year, "dien-bien").await;
    browser
        .fill("line_question-0", "Kế hoạch quán triệt ban hành ngày nào?")
        .await;
    browser.next("hoi").await;
    browser.sees("chờ giải trình").await;
    explains(&browser, &year, "dienbien", "dien-bien").await;
    browser.sign_in("phutho").await;
    browser.go(&year.path("cham-diem/dien-bien/tham-dinh")).await;
    browser.sees("Kế hoạch số 12/KH-LHH").await;
    browser.fill("line_points-0", "2,25").await;
    browser.next("xong").await;
    browser
        .sees("Hãy ghi lý do: điểm thẩm định khác điểm tự chấm.")
        .await;
    browser.fill("line_reason-0", "Kế hoạch ban hành sau quý I").await;
    finishes(&browser).await;

    // The others: Lào Cai explains to Lai Châu, and appraises Sơn La; Sơn La, the deputy, appraises the lead.
    explains(&browser, &year, "laocai", "lao-cai").await;
    browser.sign_in("laichau").await;
    appraises(&browser, &year, "lao-cai").await;
    finishes(&browser).await;
    browser.sign_in("laocai").await;
    appraises(&browser, &year, "son-la").await;
    finishes(&browser).await;
    browser.sign_in("sonla").await;
    appraises(&browser, &year, "phu-tho").await;
    finishes(&browser).await;

    the_conference_confirms(&browser, &year).await;
}

/// The unit fills its sheet in and hands it in. Points that follow from the report stand there already.
async fn scores_itself(browser: &Browser, year: &Year, unit: &str) {
    browser.go(&year.path(&format!("cham-diem/{unit}/sua"))).await;
    browser.sees("đã được tính sẵn").await;
    browser.fill("line_points-0", "3,5").await;
    browser
        .run(
            "for (const field of document.querySelectorAll('[name=line_points]')) if (!field.value) field.value = '0,5';
             for (const field of document.querySelectorAll('[name=line_links]'))
                 field.value = 'https://lienhiephoi.example/minh-chung';",
        )
        .await;
    browser.next("nop").await;
    browser.act("/nop").await;
    browser.sees("đã tự chấm").await;
}

/// Goes down the grid with one key: Enter takes the unit's own points and goes to the next line.
async fn appraises(browser: &Browser, year: &Year, unit: &str) {
    browser
        .go(&year.path(&format!("cham-diem/{unit}/tham-dinh")))
        .await;
    browser.find("[id='line_points-0']").await.focus().await.unwrap();
    let lines = browser.count("[name=line_points]").await;
    assert!(lines > 30, "{lines} lines");
    for _ in 0..lines {
        let field = browser.driver().active_element().await.unwrap();
        field.send_keys(Key::Enter + "").await.unwrap();
    }
    let empty =
        "return [...document.querySelectorAll('[name=line_points]')].filter(field => !field.value).length";
    assert_eq!(browser.run(empty).await, 0, "one key a line fills the grid");
}

async fn finishes(browser: &Browser) {
    browser.next("xong").await;
    browser.sees("đã thẩm định").await;
}

async fn explains(browser: &Browser, year: &Year, login: &str, unit: &str) {
    browser.sign_in(login).await;
    browser.sees("Giải trình điểm với bên thẩm định").await;
    browser
        .go(&year.path(&format!("cham-diem/{unit}/giai-trinh")))
        .await;
    browser
        .run(
            "for (const field of document.querySelectorAll('[name=line_explanation]')) field.value = 'Kế hoạch số 12/KH-LHH.';",
        )
        .await;
    browser.act("/giai-trinh").await;
    browser
        .wait_for_path(&year.path(&format!("cham-diem/{unit}")))
        .await;
}

/// The lead confirms all points; then nobody changes any, and everybody sees why a unit stands where it stands.
async fn the_conference_confirms(browser: &Browser, year: &Year) {
    browser.sign_in("phutho").await;
    browser.go(&year.path("cham-diem")).await;
    browser.act("/cham-diem/chot").await;
    browser.go(&year.path("cham-diem/xep-hang")).await;
    browser.sees("đã chốt tại hội nghị").await;
    let total = "return document.querySelector(\"td a[href$='/dien-bien']\").closest('tr').querySelector(\"[data-label='Tổng']\").innerText.trim()";
    let total = browser.run(total).await.as_str().unwrap().to_owned();
    assert!(total.contains(','), "Điện Biên has {total} points");

    // Lai Châu, who had no part in it, reads the same total and the reason for what was given less.
    browser.sign_in("laichau").await;
    browser.go(&year.path("cham-diem/dien-bien")).await;
    browser.sees("Kế hoạch ban hành sau quý I").await;
    browser.sees(&total).await;
    assert!(
        !browser.has("a[href$='/tham-dinh']").await,
        "nothing can be appraised any more"
    );
}
