//! The story of a year, told in the browser by each person in turn: from the registrations of the current year of the
//! demonstration world to the flag on the public honour roll and the certificate in the hand.

use base64::{Engine, prelude::BASE64_STANDARD};
use cumthidua::kit::clock::{self, Clock};

use crate::support::{
    Browser, Server,
    http::{codes_on, words_on},
};

/// The current year of the cluster, as the demonstration world has it.
pub struct Year {
    base: String,
    year: i32,
    today: String,
}

impl Year {
    pub fn current() -> Self {
        let today = clock::day(Clock::System.now());
        let year = chrono::Datelike::year(&today);
        Self {
            base: format!("/cum/cum-3/{year}"),
            year,
            today: clock::date_text(today),
        }
    }

    pub fn path(&self, page: &str) -> String {
        format!("{}/{page}", self.base)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_runs_from_the_registrations_to_the_honour_roll_and_a_printed_certificate() {
    let server = Server::start();
    let browser = Browser::open(&server.url, 1440, 900).await;
    let year = Year::current();

    units_register(&browser, &year).await;
    the_lead_takes_in_and_sends_the_table(&browser, &year).await;
    a_unit_reports(&browser, &year).await;
    the_conference_acclaims(&browser, &year).await;
    let flag = the_dossier_is_completed_and_sent(&browser, &year, ("phutho", "Phú Thọ")).await;
    let merit = the_dossier_is_completed_and_sent(&browser, &year, ("sonla", "Sơn La")).await;
    vusta_appraises_and_votes(&browser, &year, [&flag, &merit]).await;
    let decision = the_decision_is_issued(&browser, &year).await;
    let certificate = the_certificate_is_printed(&browser, &decision, &year).await;
    anybody_reads_the_honour_roll(&browser, &year).await;
    whoever_holds_the_certificate_verifies_it(&browser, &certificate).await;
}

async fn units_register(browser: &Browser, year: &Year) {
    // Điện Biên was sent two items back: only these are open.
    browser.sign_in("dienbien").await;
    browser.sees("trả lại").await;
    browser.go(&year.path("dang-ky/dien-bien/sua")).await;
    assert_eq!(browser.count("input[name=target_target]").await, 1);
    browser.fill("target_target-1", "12").await;
    browser
        .fill("title_note-0", "Hai năm liền hoàn thành xuất sắc nhiệm vụ")
        .await;
    browser.next("nop").await;
    browser.act("/nop").await;
    browser.sees("Đã nộp").await;

    // Phú Thọ mends a slip of the hand and fills in what is missing.
    browser.sign_in("phutho").await;
    browser.go(&year.path("dang-ky/phu-tho/sua")).await;
    browser.sees("“8 lớp” không phải là số").await;
    browser.fill("target_target-1", "48").await;
    browser.fill("target_target-2", "350,5").await;
    browser.fill("individual_birth_year-0", "1985").await;
    browser.choose("title_award-0", "vusta_merit").await;
    browser.next("nop").await;
    browser.sees("350,5").await;
    browser.act("/nop").await;
    browser.sees("Đã nộp").await;
}

async fn the_lead_takes_in_and_sends_the_table(browser: &Browser, year: &Year) {
    // Phú Thọ leads the cluster this year, so its officer has the secretariat's rights.
    for unit in ["lao-cai", "dien-bien", "phu-tho"] {
        browser.go(&year.path(&format!("dang-ky/{unit}"))).await;
        browser.act("/tiep-nhan").await;
        browser.sees("đã tiếp nhận").await;
    }
    browser.go(&year.path("tong-hop-dang-ky")).await;
    browser.sees("5 / 5").await;
    browser.act("/gui").await;
    browser.sees("đã gửi LHHVN").await;

    browser.sign_in("thuongtruc").await;
    browser.sees("Ghi nhận bảng tổng hợp đăng ký").await;
    browser.go(&year.path("tong-hop-dang-ky")).await;
    browser.act("/ghi-nhan").await;
    browser.sees("LHHVN đã ghi nhận").await;
}

async fn a_unit_reports(browser: &Browser, year: &Year) {
    browser.sign_in("phutho").await;
    reports(browser, year, "phu-tho", &PHU_THO).await;
    for unit in ["phu-tho", "lai-chau"] {
        takes_in(browser, year, unit).await;
    }
}

/// The secretariat takes a unit's annual report in.
pub async fn takes_in(browser: &Browser, year: &Year, unit: &str) {
    browser.go(&year.path(&format!("bao-cao/nam/{unit}"))).await;
    browser.act("/tiep-nhan").await;
    browser.sees("đã tiếp nhận").await;
}

/// Figures of Phú Thọ that nothing is asked about, by the codes of the default catalogue.
pub const PHU_THO: [(&str, &str); 3] = [("TVPB.1", "36"), ("TTPB.4", "50"), ("ST.4", "348,5")];

/// From an empty form to the annual report handed in.
pub async fn reports(browser: &Browser, year: &Year, unit: &str, figures: &[(&str, &str)]) {
    browser.go(&year.path(&format!("bao-cao/nam/{unit}/sua"))).await;
    // The year's catalogue asks more than was registered: what stays as it was is taken over, the rest is typed.
    browser.sees("Còn thiếu").await;
    browser.next("giong-nam-truoc").await;
    browser.sees("giống năm trước vào các ô trống").await;
    browser.sees("lấy từ năm trước").await;
    for (code, reached) in figures {
        browser
            .fill(&format!("figure_reached-{}", place_of(code)), reached)
            .await;
    }
    for section in ["situation", "results", "emulation", "limitations", "directions"] {
        browser
            .fill(section, "Nội dung báo cáo của đơn vị trong năm.")
            .await;
    }
    browser.next("nop").await;
    browser.act("/nop").await;
    browser.sees("Đã nộp").await;
}

/// The place of an indicator among the fields: that of the default catalogue, which every year of the demonstration has.
fn place_of(code: &str) -> usize {
    let text = include_str!("../../src/indicators/default-catalogue.json");
    let all: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    all.iter().position(|i| i["code"] == code).unwrap()
}

async fn the_conference_acclaims(browser: &Browser, year: &Year) {
    browser.go(&year.path("hoi-nghi/sua")).await;
    browser.fill("held_on", &year.today).await;
    browser.fill("place", "Việt Trì").await;
    browser.tick_all("input[name=present]").await;
    browser.tick_all("input[name=form_of_vote][value=secret]").await;
    for field in ["issued", "collected", "valid"] {
        browser.fill(field, "5").await;
    }
    let candidates = [
        ("phu-tho", "vusta_flag", "5"),
        ("lao-cai", "vusta_flag", "2"),
        ("son-la", "vusta_merit", "5"),
    ];
    for (at, (unit, award, votes)) in candidates.into_iter().enumerate() {
        browser.choose(&format!("candidate_unit-{at}"), unit).await;
        browser.choose(&format!("candidate_award-{at}"), award).await;
        browser.fill(&format!("candidate_votes_for-{at}"), votes).await;
    }
    browser.choose("next_lead", "son-la").await;
    browser.choose("next_deputy", "lai-chau").await;
    browser.next("chot").await;
    browser.sees("5/5 đơn vị = 100,00%").await;
    browser.look().await;
    browser.act("/chot").await;
    browser.sees("được suy tôn").await;
    browser.look().await;
}

/// Answers the path of the dossier of a unit: the login of its officer, its place.
async fn the_dossier_is_completed_and_sent(
    browser: &Browser,
    year: &Year,
    (officer, place): (&str, &str),
) -> String {
    let script = format!(
        "return [...document.querySelectorAll('tr')].filter(r => r.textContent.includes('{place}'))
        .flatMap(r => [...r.querySelectorAll('a')]).map(a => new URL(a.href).pathname).find(p => p.startsWith('/khen-thuong/'))"
    );
    browser.sign_in("phutho").await;
    browser.go(&year.path("khen-thuong")).await;
    let dossier = browser.run(&script).await;
    let dossier = dossier
        .as_str()
        .unwrap_or_else(|| panic!("no dossier of {place}"))
        .to_owned();

    browser.sign_in(officer).await;
    browser.sees("Bổ sung hồ sơ").await;
    browser.go(&dossier).await;
    browser
        .upload("file-achievement_report", "bao-cao-thanh-tich.pdf")
        .await;

    browser.sign_in("phutho").await;
    for part in ["proposal", "minutes"] {
        browser.go(&dossier).await;
        browser
            .upload(&format!("file-{part}"), &format!("{part}.pdf"))
            .await;
    }
    browser.act("/trinh").await;
    browser.sees("đã trình LHHVN").await;
    dossier
}

async fn vusta_appraises_and_votes(browser: &Browser, year: &Year, dossiers: [&str; 2]) {
    browser.sign_in("thuongtruc").await;
    browser.sees("Thẩm định 2 hồ sơ").await;
    for dossier in dossiers {
        browser.go(dossier).await;
        browser.tick_all("input[name=finding][value=eligible]").await;
        browser.act("/tham-dinh").await;
        browser.sees("đủ điều kiện").await;
    }

    browser.sign_in("hoidong1").await;
    browser.sees("trước phiên họp Hội đồng").await;
    for dossier in dossiers {
        browser.go(dossier).await;
        browser.sees("đủ điều kiện").await;
    }

    browser.sign_in("thuongtruc").await;
    browser.go(&format!("/hoi-dong/{}/phien-hop", year.year)).await;
    browser.fill("held_on", &year.today).await;
    browser.fill("members_total", "9").await;
    browser.fill("members_present", "8").await;
    browser.fill("threshold_percent", "50").await;
    browser.fill("votes_for-0", "8").await;
    browser.fill("votes_for-1", "7").await;
    browser.look().await;
    browser.act("/phien-hop").await;
    browser.sees("thông qua").await;
    browser.look().await;
}

/// Answers the decision's path.
async fn the_decision_is_issued(browser: &Browser, year: &Year) -> String {
    browser.go("/quyet-dinh/moi").await;
    browser.fill("number", "61").await;
    browser.fill("symbol", "QĐ-LHHVN").await;
    browser.fill("issued_on", &year.today).await;
    browser
        .fill("title", "Về việc tặng Cờ thi đua và Bằng khen")
        .await;
    browser
        .fill("bases", "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022")
        .await;
    browser.fill("signer", "Nguyễn Văn Mẫu").await;
    browser.fill("signer_post", "Chủ tịch").await;
    browser.tick_all("input[name=nomination]").await;
    browser.press("Lưu và xem lại").await;
    browser.look().await;
    browser.act("/ban-hanh").await;
    browser.sees("đã ban hành").await;
    browser.look().await;
    browser.path().await
}

/// The awards of the decision get their numbers in the golden book, and the certificate comes out of the printer. Answers
/// the file.
async fn the_certificate_is_printed(browser: &Browser, decision: &str, year: &Year) -> Vec<u8> {
    browser.go(decision).await;
    browser.follow("Bằng, cờ, sổ vàng").await;
    browser
        .sees(&format!("ĐƠN VỊ DẪN ĐẦU PHONG TRÀO THI ĐUA NĂM {}", year.year))
        .await;
    browser.act("/bang-khen/so-vang").await;
    browser.sees("Đã ghi sổ vàng 2 tập thể").await;
    browser.look().await;
    let certificate = downloaded(browser, "form.print").await;
    let words = words_on(&certificate);
    for part in [
        "BẰNG KHEN",
        "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn La",
        "Quyết định số: 61/QĐ-LHHVN",
        "Số sổ vàng: 02",
    ] {
        assert!(words.contains(part), "no “{part}” in\n{words}");
    }
    assert!(!words.contains("Phú Thọ"), "a flag is lettered, not printed");
    certificate
}

/// The file that a form asks for, as the browser gets it.
async fn downloaded(browser: &Browser, form: &str) -> Vec<u8> {
    let script = format!(
        "const done = arguments[arguments.length - 1], form = document.querySelector('{form}');
         fetch(form.action + '?' + new URLSearchParams(new FormData(form))).then(answer => answer.blob()).then(file => {{
            const reader = new FileReader();
            reader.onload = () => done(reader.result.split(',')[1]);
            reader.readAsDataURL(file);
         }})"
    );
    let file = browser.run_async(&script).await;
    BASE64_STANDARD.decode(file.as_str().unwrap()).unwrap()
}

async fn anybody_reads_the_honour_roll(browser: &Browser, year: &Year) {
    browser.driver().delete_all_cookies().await.unwrap();
    browser.go("/vinh-danh").await;
    browser
        .sees(&format!("Năm {} · Cụm thi đua số 3", year.year))
        .await;
    browser.sees("61/QĐ-LHHVN").await;
    browser
        .follow_at("//main//a[contains(normalize-space(.), 'Xác minh')]")
        .await;
    browser.sees("Quyết định số 61/QĐ-LHHVN").await;
}

async fn whoever_holds_the_certificate_verifies_it(browser: &Browser, certificate: &[u8]) {
    let codes = codes_on(certificate);
    let path = codes[0].find("/xac-minh/").map(|at| &codes[0][at..]);
    browser
        .go(path.expect("the code leads to the verification"))
        .await;
    browser.sees("Quyết định số 61/QĐ-LHHVN").await;
    browser.sees("Về việc tặng Cờ thi đua và Bằng khen").await;
    browser.look().await;
}
