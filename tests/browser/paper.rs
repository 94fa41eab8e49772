//! The same hall on paper: two people count, differ and agree; equal votes lead to a second round.

use crate::{
    hall::{self, PHONE, page},
    support::{Browser, House, http::login},
};

/// Who is in the hall.
const HERE: [&str; 7] = [
    "Sơn La",
    "Điện Biên",
    "Lai Châu",
    "Lào Cai",
    "Yên Bái",
    "Vĩnh Phúc",
    "Hòa Bình",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_on_paper_are_counted_twice_and_equal_votes_are_settled_in_a_second_round() {
    let house = House::open().await;
    house.app.hall().await;
    let desk = house.desk(&login::leader("son-la"), 1440, 900).await;
    let deputy = house.desk(&login::leader("lao-cai"), 1440, 900).await;

    let first = the_papers_are_printed_and_given_out(&desk).await;
    two_people_count_and_differ(&desk, &deputy, &first).await;
    they_count_again_and_agree(&desk, &deputy, &first).await;
    let second = equal_votes_lead_to_a_second_round(&desk, &first).await;
    one_votes_by_phone_and_six_on_paper(&house, &desk, &deputy, &second).await;
    the_result_stands(&desk, &first).await;
}

async fn the_papers_are_printed_and_given_out(desk: &Browser) -> String {
    let reason = "dẫn đầu nhiều nội dung công tác";
    let flag = [("son-la", reason), ("hoa-binh", reason), ("yen-bai", reason)];
    hall::drafts(desk, "Suy tôn Cờ thi đua", &[&flag]).await;
    desk.tick_all("input[name=base][value=present]").await;
    desk.next("mo").await;
    let ballot = hall::ballot_shown(desk).await;
    desk.act("/mo").await;
    desk.sees("Đã mở bỏ phiếu lúc").await;

    desk.follow("In phiếu giấy").await;
    assert_eq!(desk.count(".paper").await, 8, "one for each who may vote");
    desk.sees("PHIẾU SUY TÔN").await;
    on_paper(desk, "paper-ballots").await;
    desk.go(&ballot).await;
    desk.follow("In bảng kiểm phiếu").await;
    assert_eq!(
        desk.count(".count-marks").await,
        5,
        "three candidates, blank, invalid"
    );
    on_paper(desk, "paper-tally").await;
    gives_papers(desk, &ballot, &HERE).await;
    desk.sees("Đã phát 7 phiếu giấy").await;
    ballot
}

/// How a page comes out of the printer: A4 at 96 pixels to the inch. Leaves a picture.
async fn on_paper(desk: &Browser, name: &str) {
    desk.print_media(true).await;
    desk.resize(794, 1123).await;
    assert_eq!(desk.overflow().await.0, 0, "{name} is wider than the paper");
    desk.snap(name).await;
    desk.print_media(false).await;
    desk.resize(1440, 900).await;
}

async fn gives_papers(desk: &Browser, ballot: &str, places: &[&str]) {
    desk.go(&format!("{ballot}/phieu-giay")).await;
    for place in places {
        desk.follow(&format!("Phát phiếu giấy cho Liên hiệp Hội tỉnh {place}"))
            .await;
    }
}

/// Enters a count: how many papers came back, and how many of them for each candidate.
async fn enters(browser: &Browser, ballot: &str, collected: &str, votes: &[&str]) {
    browser.go(&format!("{ballot}/phieu-giay")).await;
    browser.fill("collected", collected).await;
    browser.fill("invalid-0", "0").await;
    browser.fill("blank-0", "0").await;
    for (place, votes) in votes.iter().enumerate() {
        browser.fill(&format!("for-0-{place}"), votes).await;
    }
    browser.follow("Ghi kết quả kiểm").await;
}

async fn two_people_count_and_differ(desk: &Browser, deputy: &Browser, ballot: &str) {
    hall::closes(desk, ballot).await;
    enters(desk, ballot, "7", &["4", "6", "4"]).await;
    // Nobody sees the other's count before the own one.
    deputy.go(&format!("{ballot}/phieu-giay")).await;
    deputy.sees("Hai người kiểm độc lập").await;
    assert!(!deputy.has("table").await);
    enters(deputy, ballot, "7", &["6", "4", "4"]).await;
    deputy.sees("Hai lần kiểm khác nhau ở 2 số").await;
    deputy.look().await;
    desk.go(&format!("{ballot}/kiem-phieu")).await;
    desk.sees("Chưa chốt được").await;
    assert!(!desk.has("form[action$='/kiem-phieu'] button[type=submit]").await);
}

async fn they_count_again_and_agree(desk: &Browser, deputy: &Browser, ballot: &str) {
    enters(desk, ballot, "7", &["6", "4", "4"]).await;
    desk.sees("Hai lần kiểm khớp nhau").await;
    deputy.go(&format!("{ballot}/phieu-giay")).await;
    deputy.sees("Hai lần kiểm khớp nhau").await;
    assert!(!deputy.has("#collected").await, "an agreed count stands");
    hall::counts(desk, ballot).await;
}

/// Answers the second round, open in the hall.
async fn equal_votes_lead_to_a_second_round(desk: &Browser, first: &str) -> String {
    for words in [
        "6/7 đơn vị = 85,71%",
        "4/7 đơn vị = 57,14%",
        "bằng phiếu, chưa xác định",
        "Xử lý khi bằng phiếu",
        "Bằng phiếu: Liên hiệp Hội tỉnh Hòa Bình, Liên hiệp Hội tỉnh Yên Bái. Bỏ phiếu vòng 2 để chọn 1.",
        "đang chờ",
    ] {
        desk.sees(words).await;
    }
    desk.look().await;
    // The conference can't end over it.
    desk.go(&page("ket-thuc")).await;
    desk.sees("còn đơn vị bằng phiếu chưa xác định").await;

    desk.go(&format!("{first}/ket-qua")).await;
    desk.follow("Tổ chức vòng 2").await;
    desk.sees("Đã lập phiếu vòng 2").await;
    desk.sees("Tiếp theo phiếu").await;
    let second = hall::ballot_shown(desk).await;
    assert_ne!(second, first);
    let names = "return [...document.querySelectorAll('.ballot-names strong')].map(e => e.innerText)";
    assert_eq!(
        desk.run(names).await,
        serde_json::json!(["Liên hiệp Hội tỉnh Hòa Bình", "Liên hiệp Hội tỉnh Yên Bái"]),
        "only those with equal votes stand"
    );
    hall::opens(desk, &second).await;
    second
}

async fn one_votes_by_phone_and_six_on_paper(house: &House, desk: &Browser, deputy: &Browser, second: &str) {
    gives_papers(desk, second, &HERE[..6]).await;
    desk.sees("Đã phát 6 phiếu giấy").await;
    let codes = hall::cards(desk).await;
    let phone = house.visitor(360, 640).await;
    // Who holds a paper has no second vote on the phone.
    hall::shows_card(&phone, PHONE, &codes["Sơn La"]).await;
    phone.sees("Đã nhận phiếu giấy").await;
    assert!(!phone.text().await.contains("Mở phiếu để bỏ"));
    hall::votes(&phone, PHONE, &codes["Hòa Bình"], "(vòng 2)", &[(0, "Hòa Bình")]).await;
    hall::closes(desk, second).await;
    for browser in [desk, deputy] {
        enters(browser, second, "6", &["3", "3"]).await;
    }
    deputy.sees("Hai lần kiểm khớp nhau").await;
    hall::counts(desk, second).await;
}

async fn the_result_stands(desk: &Browser, first: &str) {
    for words in [
        "4/7 đơn vị = 57,14%",
        "3/7 đơn vị = 42,86%",
        "điện tử 1, giấy 6",
        "Phiếu giấy thu vào 6, hai người kiểm khớp nhau",
    ] {
        desk.sees(words).await;
    }
    let verdicts = "return [...document.querySelectorAll('.ballot-result tbody tr')].map(r =>
        [r.cells[0].querySelector('strong').innerText, r.querySelector(\"[data-label='Kết luận']\").innerText.trim()])";
    assert_eq!(
        desk.run(verdicts).await,
        serde_json::json!([
            ["Liên hiệp Hội tỉnh Hòa Bình", "đạt"],
            ["Liên hiệp Hội tỉnh Yên Bái", "không đủ phiếu"]
        ])
    );
    desk.look().await;
    desk.act("/ky").await;
    desk.go(&format!("{first}/ket-qua")).await;
    desk.sees("Đã có phiếu tiếp theo").await;
    assert!(
        !desk.has("form[action$='/vong-2']").await,
        "there is one second round"
    );
    // Nothing is equal any more: only the election is still missing.
    desk.go(&page("ket-thuc")).await;
    desk.sees("Chưa bầu được cụm trưởng năm 2024").await;
    assert!(!desk.text().await.contains("còn đơn vị bằng phiếu"));
    // The minutes of the first count keep the ladder as it was replayed.
    let id = first.rsplit('/').next().unwrap();
    desk.go(&page(&format!("bien-ban/kiem-phieu/{id}"))).await;
    desk.sees("Khi bằng phiếu:").await;
    desk.sees("Bỏ phiếu vòng 2 để chọn 1.").await;
    desk.sees("trong đó phiếu giấy").await;
}
