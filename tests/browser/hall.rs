//! What people do at a conference: the secretariat at its desk, delegates with their cards.

use std::collections::HashMap;

use crate::support::{Browser, House, http::MEETING};

/// The conferences of the year in which the stories play.
pub const CONFERENCES: &str = "/cum/cum-3/2023/hoi-nghi";

/// The place of every unit, with which the names of its delegate and of the unit end.
pub const PLACES: [&str; 8] = [
    "Sơn La",
    "Điện Biên",
    "Lai Châu",
    "Lào Cai",
    "Yên Bái",
    "Vĩnh Phúc",
    "Phú Thọ",
    "Hòa Bình",
];

/// A page of the conference.
pub fn page(name: &str) -> String {
    format!("{MEETING}/{name}")
}

/// The codes of the delegates' cards by the places of their units, as the secretariat prints them.
pub async fn cards(desk: &Browser) -> HashMap<&'static str, String> {
    desk.go(&page("the-dai-bieu")).await;
    let script = "return Object.fromEntries([...document.querySelectorAll('.delegate-card')].map(card => [
        card.querySelector('.delegate-card-name').innerText.trim(),
        card.querySelector('.delegate-card-code').innerText.trim()]))";
    let found = desk.run(script).await;
    let code = |place: &'static str| {
        let code = found[format!("Đại biểu {place}")].as_str();
        (place, code.expect("a card").to_owned())
    };
    PLACES.into_iter().map(code).collect()
}

/// What stands in the rows of candidates of a question: a unit, and why it was brought forward.
pub type Candidates<'a> = [(&'a str, &'a str)];

/// Begins one of the usual ballots and fills in who stands for each question; the form stays open.
pub async fn drafts(desk: &Browser, preset: &str, questions: &[&Candidates<'_>]) {
    desk.go(&page("dieu-hanh")).await;
    desk.follow(preset).await;
    for (question, candidates) in questions.iter().enumerate() {
        let rows = format!("#candidates-{question}-rows tr");
        for (place, (unit, reason)) in candidates.iter().enumerate() {
            if desk.count(&rows).await <= place {
                desk.next(&format!("dong-{question}")).await;
            }
            let row = format!("{rows}:nth-child({})", place + 1);
            let option = desk.find(&format!("{row} option[value='{unit}']")).await;
            option.click().await.unwrap();
            let why = desk.find(&format!("{row} input[name=candidate_reason]")).await;
            why.send_keys(*reason).await.unwrap();
        }
    }
}

/// The path of the ballot whose page, or a page below it, is shown.
pub async fn ballot_shown(desk: &Browser) -> String {
    let path = desk.path().await;
    let rest = path.strip_prefix(&format!("{CONFERENCES}/bo-phieu/"));
    let id = rest.expect("a ballot's page").split('/').next().unwrap();
    format!("{CONFERENCES}/bo-phieu/{id}")
}

/// Notes a delegate down as being there.
pub async fn calls(desk: &Browser, place: &str) {
    desk.go(&page("diem-danh")).await;
    desk.follow(&format!("Có mặt: Đại biểu {place}")).await;
}

/// Opens a ballot in the hall out of the running order.
pub async fn opens(desk: &Browser, ballot: &str) {
    desk.go(&page("dieu-hanh")).await;
    desk.follow_at(&format!("//a[@href='{ballot}/mo']")).await;
    desk.act("/mo").await;
    desk.sees("Đã mở bỏ phiếu lúc").await;
}

/// Closes a ballot out of the running order.
pub async fn closes(desk: &Browser, ballot: &str) {
    desk.go(&page("dieu-hanh")).await;
    desk.follow_at(&format!("//a[@href='{ballot}/dong']")).await;
    desk.act("/dong").await;
    desk.sees("Đã đóng bỏ phiếu").await;
}

/// Counts a closed ballot out of the running order, and stays with the result.
pub async fn counts(desk: &Browser, ballot: &str) {
    desk.go(&page("dieu-hanh")).await;
    desk.follow_at(&format!("//a[@href='{ballot}/kiem-phieu']")).await;
    desk.fill("head", "Lê Văn Tổ Trưởng").await;
    desk.fill("secretary", "Phạm Thị Thư Ký").await;
    desk.fill("members", "Hoàng Văn Ủy Viên").await;
    desk.act("/kiem-phieu").await;
    desk.sees("Kết quả đã khóa").await;
}

/// Where a code is typed: on the own phone, on the tablet that is handed round.
pub const PHONE: &str = "/phieu";
pub const TABLET: &str = "/phieu?ban=1";

/// Types the code of a card.
pub async fn shows_card(device: &Browser, start: &str, code: &str) {
    device.go(start).await;
    device.fill("code", code).await;
    device.follow("Tiếp tục").await;
}

/// Opens a paper with a card.
pub async fn opens_paper(device: &Browser, start: &str, code: &str, title: &str) {
    shows_card(device, start, code).await;
    let button = "*[self::a or self::button][contains(., 'Mở phiếu để bỏ')]";
    device
        .follow_at(&format!("//h2[contains(., '{title}')]/following::{button}"))
        .await;
    device.sees(title).await;
}

/// Chooses units, or takes the choice back: of which question, and the place of the unit.
pub async fn marks(device: &Browser, choices: &[(usize, &str)]) {
    for (question, place) in choices {
        device
            .choose_at(&format!(
                "//fieldset[@id='cau-{question}']//label[contains(., '{place}')]"
            ))
            .await;
    }
}

/// Looks over what is chosen, sends it, and answers the receipt.
pub async fn sends(device: &Browser) -> String {
    device.follow("Xem lại phiếu").await;
    device.follow("Gửi phiếu").await;
    device.sees("Mã biên nhận của anh/chị").await;
    let receipt = device.text_of(".receipt-code").await;
    assert_eq!(receipt.len(), 8, "{receipt}");
    receipt
}

/// From the card to the receipt.
pub async fn votes(
    device: &Browser,
    start: &str,
    code: &str,
    title: &str,
    choices: &[(usize, &str)],
) -> String {
    opens_paper(device, start, code, title).await;
    marks(device, choices).await;
    sends(device).await
}

/// A page without barriers that fits the width of its screen; leaves a picture of it. Pages that show what the next one in
/// the row mustn't see go away by themselves: that is essential on the tablet, and no barrier.
pub async fn looks_well(browser: &Browser, name: &str) {
    let mut barriers = browser.barriers().await;
    if name.starts_with("tablet-") {
        barriers.retain(|found| !found.starts_with("meta-refresh"));
    }
    assert_eq!(barriers, Vec::<String>::new(), "{name}");
    let (sideways, _) = browser.overflow().await;
    assert_eq!(sideways, 0, "{name} is too wide");
    browser.snap(name).await;
}

/// The screen on the wall: nobody is there to scroll it.
pub async fn fits_the_wall(screen: &Browser, name: &str) {
    looks_well(screen, name).await;
    assert_eq!(screen.overflow().await, (0, 0), "{name} doesn't fit");
}

/// Opens the screen on the wall.
pub async fn screen(house: &House, login: &str) -> Browser {
    let screen = house.desk(login, 1920, 1080).await;
    screen.resize(1920, 1080).await;
    screen.go(&format!("{CONFERENCES}/man-hinh")).await;
    screen.run("window.isSame = true").await;
    screen
}
