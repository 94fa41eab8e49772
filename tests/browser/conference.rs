//! The closing conference of Cụm thi đua số 3 in 2023, told in the browser by everybody in the hall: from the ballots that
//! are prepared to the lead that takes over.

use std::{collections::HashMap, process::Command};

use crate::{
    hall::{self, CONFERENCES, PHONE, PLACES, TABLET, page},
    support::{
        Browser, House,
        http::{MEETING, login},
    },
};

/// Where the next year's conferences are.
const NEXT_YEAR: &str = "/cum/cum-3/2024/hoi-nghi";
const FLAG: &str = "Suy tôn đơn vị đề nghị tặng Cờ thi đua năm 2023";
const OFFICES: &str = "Bầu cụm trưởng, cụm phó năm 2024";
const ABSENT: &str = "Phú Thọ";

/// Who chooses whom for the flag, in the order in which they vote in the hall.
const FLAG_VOTES: [(&str, &[(usize, &str)]); 7] = [
    ("Sơn La", &[(0, "Sơn La"), (0, "Hòa Bình")]),
    ("Điện Biên", &[(0, "Sơn La"), (0, "Hòa Bình")]),
    ("Lai Châu", &[(0, "Sơn La"), (0, "Hòa Bình")]),
    ("Lào Cai", &[(0, "Sơn La"), (0, "Hòa Bình")]),
    ("Hòa Bình", &[(0, "Sơn La"), (0, "Hòa Bình")]),
    ("Yên Bái", &[(0, "Yên Bái")]),
    ("Vĩnh Phúc", &[(0, "Sơn La"), (0, "Yên Bái")]),
];

/// Who chooses whom as lead and deputy; Lai Châu's paper stays blank.
const OFFICE_VOTES: [(&str, &[(usize, &str)]); 6] = [
    ("Sơn La", &[(0, "Lào Cai"), (1, "Yên Bái")]),
    ("Điện Biên", &[(0, "Lào Cai"), (1, "Yên Bái")]),
    ("Lào Cai", &[(0, "Yên Bái"), (1, "Lai Châu")]),
    ("Hòa Bình", &[(0, "Lào Cai"), (1, "Yên Bái")]),
    ("Yên Bái", &[(0, "Lào Cai"), (1, "Yên Bái")]),
    ("Vĩnh Phúc", &[(0, "Lào Cai"), (1, "Yên Bái")]),
];

/// Who has no phone and votes on the tablet that is handed round.
const WITHOUT_PHONE: [&str; 2] = ["Điện Biên", "Hòa Bình"];

const NOTES: [&str; 7] = [
    "Chủ tọa giới thiệu đại biểu, thông qua chương trình.",
    "Thư ký đọc báo cáo tổng kết công tác thi đua năm 2023.",
    "Lai Châu đề nghị tăng hoạt động chung của cụm.",
    "Các đơn vị nhất trí với bảng điểm.",
    "Tổ kiểm phiếu phổ biến thể lệ bỏ phiếu kín.",
    "Sơn La giới thiệu Lào Cai, Yên Bái.",
    "Chủ tọa cảm ơn các đơn vị.",
];
const CONCLUSION: &str = "Các đơn vị thực hiện tốt giao ước thi đua năm 2024.";

/// The windows of the story, and what is known from one act to the next.
struct Story {
    house: House,
    /// The secretary of the conference, of the lead.
    desk: Browser,
    /// What delegates hold in their hands.
    phone: Browser,
    codes: HashMap<&'static str, String>,
    /// The receipts of the flag's papers, with what was chosen.
    receipts: Vec<(String, Vec<&'static str>)>,
    flag: String,
    offices: String,
}

impl Story {
    fn clock(&self, time: &str) {
        self.house.app.set_clock(time);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_meets_votes_signs_its_minutes_and_hands_over_to_the_lead_that_it_elected() {
    let house = House::open().await;
    house.app.invited_hall().await;
    house.app.set_clock("2023-11-24 09:00");
    let desk = house.desk(&login::leader("son-la"), 1440, 900).await;
    let mut story = Story {
        codes: hall::cards(&desk).await,
        phone: house.visitor(360, 640).await,
        receipts: Vec::new(),
        flag: String::new(),
        offices: String::new(),
        desk,
        house,
    };
    the_lead_prepares_the_ballots(&mut story).await;
    the_absent_unit_votes_before(&mut story).await;

    story.clock("2023-11-27 07:40");
    let screen = hall::screen(&story.house, &login::officer("son-la")).await;
    the_roll_is_called(&story, &screen).await;
    the_lead_goes_on_to_the_vote(&story, &screen).await;
    the_hall_votes_on_the_flag(&mut story, &screen).await;
    the_flag_is_counted(&story, &screen).await;
    everybody_finds_the_own_paper(&story).await;
    lead_and_deputy_are_elected(&story, &screen).await;
    assert_eq!(
        screen.run("return window.isSame").await,
        true,
        "the screen was never loaded anew"
    );
    drop(screen);

    the_conference_ends(&story).await;
    the_minutes_are_complete(&story).await;
    the_minutes_are_signed(&story).await;
    rights_move_on_the_day_of_the_hand_over(&story).await;
}

async fn the_lead_prepares_the_ballots(story: &mut Story) {
    let reason = "dẫn đầu nhiều nội dung công tác";
    let flag = [("son-la", reason), ("hoa-binh", reason), ("yen-bai", reason)];
    let lead = [("lao-cai", "cụm phó đương nhiệm"), ("yen-bai", "tự giới thiệu")];
    let deputy = [("yen-bai", "đến lượt"), ("lai-chau", "đến lượt")];
    let desk = &story.desk;
    let questions: [&[&hall::Candidates<'_>]; 2] = [&[&flag], &[&lead, &deputy]];
    let presets = ["Suy tôn Cờ thi đua", "Bầu cụm trưởng và cụm phó"];
    let mut ballots = Vec::new();
    for (preset, questions) in presets.iter().zip(questions) {
        hall::drafts(desk, preset, questions).await;
        desk.tick_all("input[name=absent][value=before]").await;
        desk.fill("until_on", "26/11/2023").await;
        desk.fill("until_at", "17:00").await;
        desk.next("mo").await;
        desk.sees("Chưa đủ điều kiện họp").await;
        let ballot = hall::ballot_shown(desk).await;
        desk.go(&ballot).await;
        desk.follow("Nhận phiếu trước").await;
        desk.sees("Chỉ có 1 phiếu").await;
        desk.act("/mo-truoc").await;
        desk.sees("1 đơn vị vắng mặt bỏ phiếu được").await;
        ballots.push(ballot);
    }
    story.offices = ballots.pop().unwrap();
    story.flag = ballots.pop().unwrap();
}

async fn the_absent_unit_votes_before(story: &mut Story) {
    story.clock("2023-11-25 09:00");
    let phone = &story.phone;
    phone.go(PHONE).await;
    hall::looks_well(phone, "phone-code").await;
    hall::opens_paper(phone, PHONE, &story.codes[ABSENT], FLAG).await;
    phone.sees("trên 50% tổng số đơn vị thành viên").await;
    hall::looks_well(phone, "phone-question").await;
    hall::marks(phone, &[(0, "Sơn La"), (0, "Hòa Bình")]).await;
    let receipt = hall::sends(phone).await;
    hall::looks_well(phone, "phone-receipt").await;
    story.receipts.push((receipt, vec!["Sơn La", "Hòa Bình"]));
    let both = [(0, "Lào Cai"), (1, "Yên Bái")];
    hall::votes(phone, PHONE, &story.codes[ABSENT], OFFICES, &both).await;

    // Who will be in the hall waits for it.
    hall::shows_card(phone, PHONE, &story.codes["Sơn La"]).await;
    phone.sees("Hội trường chưa mở bỏ phiếu").await;
    assert!(!phone.text().await.contains("Mở phiếu để bỏ"));
    hall::looks_well(phone, "phone-not-yet").await;
}

async fn the_roll_is_called(story: &Story, screen: &Browser) {
    let (desk, phone) = (&story.desk, &story.phone);
    screen.sees("Mời đại biểu điểm danh").await;
    screen.sees("Chưa đủ điều kiện tiến hành: 0/8").await;
    hall::fits_the_wall(screen, "screen-roll").await;
    for place in ["Sơn La", "Lai Châu", "Lào Cai", "Vĩnh Phúc", "Hòa Bình"] {
        hall::calls(desk, place).await;
    }
    assert!(!desk.has(".lamp-lit").await, "five of eight are too few");
    // One says it with the own phone, one on the tablet.
    hall::shows_card(phone, PHONE, &story.codes["Yên Bái"]).await;
    hall::looks_well(phone, "phone-card").await;
    phone.follow("Tôi đã có mặt").await;
    phone.sees("Đã điểm danh có mặt lúc 07:40").await;
    screen.sees("Đủ điều kiện tiến hành: 6/8").await;
    phone.resize(820, 1180).await;
    hall::shows_card(phone, TABLET, &story.codes["Điện Biên"]).await;
    phone.follow("Tôi đã có mặt").await;
    phone.sees("Đã điểm danh có mặt").await;
    phone.resize(360, 640).await;

    screen
        .sees("Đủ điều kiện tiến hành: 7/8 đơn vị có mặt (cần 6)")
        .await;
    screen.shows(".screen-number", "7/8").await;
    assert_eq!(screen.count(".screen-units .is-here").await, 7);
    screen.sees("vắng mặt").await;
    desk.go(&page("diem-danh")).await;
    assert!(desk.has(".lamp-lit").await);
    desk.sees("Đủ điều kiện họp: 7/8 đơn vị có mặt").await;
}

async fn the_lead_goes_on_to_the_vote(story: &Story, screen: &Browser) {
    let desk = &story.desk;
    story.clock("2023-11-27 08:00");
    desk.go(&page("dieu-hanh")).await;
    desk.follow("Khai mạc hội nghị").await;
    desk.sees("Hội nghị đã khai mạc").await;
    screen
        .shows(".screen-agenda .is-on", "Ổn định tổ chức, giới thiệu đại biểu")
        .await;
    hall::fits_the_wall(screen, "screen-agenda").await;
    for (place, notes) in NOTES.iter().enumerate().take(5) {
        desk.sees(&format!("mục {}/7", place + 1)).await;
        notes_are_written(desk, place, notes).await;
        if place < 4 {
            desk.follow("Sang mục tiếp theo").await;
        }
    }
    screen.shows("h1", "Bỏ phiếu suy tôn đề nghị khen thưởng").await;
    assert_eq!(screen.count(".screen-agenda .is-done").await, 4);
    desk.look().await;
}

/// The first notes are saved with the button, all others by themselves while they are typed.
async fn notes_are_written(desk: &Browser, place: usize, notes: &str) {
    desk.fill("notes", notes).await;
    if place == 0 {
        desk.follow("Lưu ghi chép").await;
        desk.sees("Đã lưu ghi chép").await;
    } else {
        desk.sees("Đã lưu lúc").await;
    }
}

/// Which device a unit votes on.
async fn device_of<'a>(story: &'a Story, place: &str) -> (&'a Browser, &'static str) {
    let phone = &story.phone;
    if WITHOUT_PHONE.contains(&place) {
        phone.resize(820, 1180).await;
        (phone, TABLET)
    } else {
        phone.resize(360, 640).await;
        (phone, PHONE)
    }
}

/// What the screen says apart from the number of papers.
async fn said_beside_the_number(screen: &Browser) -> String {
    let number = screen.text_of(".screen-number").await;
    let said = screen.text_of(".screen-cols").await;
    said.replace(&format!("{number}\nphiếu đã nhận"), "N phiếu đã nhận")
}

async fn the_hall_votes_on_the_flag(story: &mut Story, screen: &Browser) {
    story.clock("2023-11-27 10:00");
    hall::opens(&story.desk, &story.flag).await;
    screen.shows("h1", FLAG).await;
    // Phú Thọ's paper is in the box already.
    screen.shows(".screen-number", "1/8").await;
    screen.sees("vắng, gửi phiếu trước").await;
    hall::fits_the_wall(screen, "screen-open").await;
    let always = said_beside_the_number(screen).await;
    assert!(always.contains("kết quả hiện một lần"));
    for (place, choices) in FLAG_VOTES {
        let (device, start) = device_of(story, place).await;
        hall::opens_paper(device, start, &story.codes[place], FLAG).await;
        if place == "Vĩnh Phúc" {
            hall::marks(device, &[(0, "Sơn La"), (0, "Hòa Bình"), (0, "Yên Bái")]).await;
            device.follow("Xem lại phiếu").await;
            device.sees("Chọn tối đa 2, đang chọn 3").await;
            hall::looks_well(device, "phone-too-many").await;
            hall::marks(device, &[(0, "Hòa Bình")]).await;
        } else {
            hall::marks(device, choices).await;
        }
        if place == "Điện Biên" {
            hall::looks_well(device, "tablet-question").await;
        }
        let receipt = hall::sends(device).await;
        if start == TABLET {
            hall::looks_well(device, "tablet-receipt").await;
            device.follow("Đã ghi mã, xong").await;
            device.sees("Gõ mã trên thẻ đại biểu").await;
            assert!(
                !device.text().await.contains(place),
                "nothing of the one before is left"
            );
        }
        let chosen = choices.iter().map(|(_, unit)| *unit).collect();
        story.receipts.push((receipt, chosen));
        let number = format!("{}/8", story.receipts.len());
        screen.shows(".screen-number", &number).await;
        assert_eq!(said_beside_the_number(screen).await, always, "after {place}");
    }
    assert!(!screen.has(".screen-result").await);
    hall::fits_the_wall(screen, "screen-all-voted").await;
    wrong_and_used_codes_get_a_clear_page(story).await;
}

async fn wrong_and_used_codes_get_a_clear_page(story: &Story) {
    let (phone, _) = device_of(story, "Sơn La").await;
    hall::shows_card(phone, PHONE, "zzzz 2345").await;
    phone.sees("Mã này không có trên thẻ nào").await;
    hall::looks_well(phone, "phone-wrong-code").await;
    phone.go("/phieu/ZZZZ2345").await;
    phone.sees("Mã này không mở được phiếu nào").await;
    hall::looks_well(phone, "phone-wrong-address").await;
    hall::shows_card(phone, PHONE, &story.codes["Sơn La"]).await;
    phone.sees("Đã bỏ phiếu. Mỗi thẻ một phiếu").await;
    hall::looks_well(phone, "phone-voted").await;
    let ballot = story.flag.rsplit('/').next().unwrap();
    let code = story.codes["Sơn La"].replace(' ', "");
    phone.go(&format!("/phieu/{code}/{ballot}")).await;
    phone.sees("Thẻ này đã bỏ phiếu").await;
    assert!(!phone.has("input[name=q0]").await);
    hall::looks_well(phone, "phone-used-code").await;
}

async fn the_flag_is_counted(story: &Story, screen: &Browser) {
    let desk = &story.desk;
    story.clock("2023-11-27 10:20");
    hall::closes(desk, &story.flag).await;
    screen.sees("đã đóng bỏ phiếu").await;
    screen.shows(".screen-number", "8/8").await;
    assert!(!screen.has(".screen-qr").await, "a card opens nothing now");
    hall::fits_the_wall(screen, "screen-closed").await;
    assert!(!screen.has(".screen-result").await, "nothing before the count");
    hall::counts(desk, &story.flag).await;
    for words in [
        "7/8 đơn vị = 87,50%",
        "6/8 đơn vị = 75,00%",
        "2/8 đơn vị = 25,00%",
    ] {
        desk.sees(words).await;
    }
    desk.look().await;
    screen.sees("Phiếu phát ra 8, thu vào 8, hợp lệ 8").await;
    let rows = "return [...document.querySelectorAll('.screen-result tr')].map(r =>
        [r.innerText.replace(/\\s+/g, ' ').trim(), r.className])";
    assert_eq!(
        screen.run(rows).await,
        serde_json::json!([
            ["Liên hiệp Hội tỉnh Sơn La 7 87,50% đạt", "is-in"],
            ["Liên hiệp Hội tỉnh Hòa Bình 6 75,00% đạt", "is-in"],
            ["Liên hiệp Hội tỉnh Yên Bái 2 25,00% không đủ phiếu", ""],
        ])
    );
    hall::fits_the_wall(screen, "screen-result").await;
    desk.act("/ky").await;
    desk.sees("biên bản kiểm phiếu được ký").await;
}

async fn everybody_finds_the_own_paper(story: &Story) {
    // On the secretary's page and on the delegate's phone the same papers are published.
    let rows = "return [...document.querySelectorAll('tr:has(code)')].map(r => [
        r.querySelector('code').innerText.trim(), r.innerText])";
    let (phone, _) = device_of(story, "Lai Châu").await;
    hall::shows_card(phone, PHONE, &story.codes["Lai Châu"]).await;
    phone.follow("Xem kết quả và tìm phiếu của mình").await;
    phone.sees("8 phiếu điện tử").await;
    hall::looks_well(phone, "phone-result").await;
    for browser in [&story.desk, phone] {
        let published = browser.run(rows).await;
        let published = published.as_array().unwrap();
        assert_eq!(published.len(), 8);
        for (receipt, chosen) in &story.receipts {
            let paper = published.iter().find(|paper| paper[0] == receipt.as_str());
            let said = paper.expect("the receipt is published")[1].as_str().unwrap();
            for unit in ["Sơn La", "Hòa Bình", "Yên Bái"] {
                assert_eq!(said.contains(unit), chosen.contains(&unit), "{receipt}: {said}");
            }
        }
    }
    // Anybody counts the published file again, on any machine.
    let script = format!(
        "const done = arguments[arguments.length - 1];
         fetch('{}/phieu.json').then(answer => answer.text()).then(done)",
        story.flag
    );
    let text = story.desk.run_async(&script).await;
    let file = std::env::temp_dir().join(format!("cumthidua-recount-{}.json", std::process::id()));
    std::fs::write(&file, text.as_str().unwrap()).unwrap();
    let again = Command::new(env!("CARGO_BIN_EXE_cumthidua"))
        .args(["ballot", "recount"])
        .arg(&file)
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success(), "{said}");
    assert!(said.contains("the file says what was counted"), "{said}");
}

async fn lead_and_deputy_are_elected(story: &Story, screen: &Browser) {
    let desk = &story.desk;
    story.clock("2023-11-27 10:30");
    desk.go(&page("dieu-hanh")).await;
    desk.follow("Sang mục tiếp theo").await;
    screen.shows("h1", "Bầu cụm trưởng, cụm phó năm sau").await;
    notes_are_written(desk, 5, NOTES[5]).await;
    hall::opens(desk, &story.offices).await;
    screen.shows("h1", OFFICES).await;
    hall::fits_the_wall(screen, "screen-two-questions").await;
    for (place, choices) in OFFICE_VOTES {
        let (device, start) = device_of(story, place).await;
        hall::votes(device, start, &story.codes[place], OFFICES, choices).await;
    }
    // Lai Châu chooses nobody, is asked, looks at the paper again, and means it.
    let (phone, _) = device_of(story, "Lai Châu").await;
    hall::opens_paper(phone, PHONE, &story.codes["Lai Châu"], OFFICES).await;
    hall::looks_well(phone, "phone-two-questions").await;
    phone.follow("Xem lại phiếu").await;
    phone.sees("Phiếu trắng").await;
    hall::looks_well(phone, "phone-blank").await;
    phone.follow("Sửa lại").await;
    hall::sends(phone).await;
    screen.shows(".screen-number", "8/8").await;

    story.clock("2023-11-27 10:50");
    hall::closes(desk, &story.offices).await;
    hall::counts(desk, &story.offices).await;
    for words in [
        "6/8 đơn vị = 75,00%",
        "1/8 đơn vị = 12,50%",
        "không hợp lệ 1; trong đó phiếu trắng 1",
    ] {
        desk.sees(words).await;
    }
    screen.sees("Phiếu phát ra 8, thu vào 8").await;
    let elected = "return [...document.querySelectorAll('.screen-result .is-in th')].map(e => e.innerText)";
    assert_eq!(
        screen.run(elected).await,
        serde_json::json!(["Liên hiệp Hội tỉnh Lào Cai", "Liên hiệp Hội tỉnh Yên Bái"])
    );
    hall::fits_the_wall(screen, "screen-elected").await;
    desk.act("/ky").await;
    desk.sees("biên bản kiểm phiếu được ký").await;
}

async fn the_conference_ends(story: &Story) {
    let desk = &story.desk;
    story.clock("2023-11-27 11:20");
    desk.go(&page("dieu-hanh")).await;
    desk.follow("Sang mục tiếp theo").await;
    // The conclusion is saved from the page on which the notes have just saved themselves.
    notes_are_written(desk, 6, NOTES[6]).await;
    desk.fill("conclusion", CONCLUSION).await;
    desk.follow("Lưu kết luận").await;
    desk.sees("Đã lưu kết luận hội nghị").await;
    desk.follow("Kết thúc hội nghị").await;
    desk.sees("được suy tôn").await;
    desk.look().await;
    desk.act("/ket-thuc").await;
    desk.wait_for_path(&page("bien-ban")).await;
    desk.sees("Hội nghị đã kết thúc").await;
    // Who passed is proposed for the flag without anybody's doing.
    desk.go("/cum/cum-3/2023/khen-thuong").await;
    let rows = "return [...document.querySelectorAll('tbody tr')].map(r =>
        [...r.cells].slice(0, 4).map(c => c.innerText.trim()))";
    assert_eq!(
        desk.run(rows).await,
        serde_json::json!([
            [
                "Liên hiệp Hội tỉnh Sơn La",
                "Cờ thi đua LHHVN",
                "7/8",
                "đã suy tôn"
            ],
            [
                "Liên hiệp Hội tỉnh Hòa Bình",
                "Cờ thi đua LHHVN",
                "6/8",
                "đã suy tôn"
            ],
            [
                "Liên hiệp Hội tỉnh Yên Bái",
                "Cờ thi đua LHHVN",
                "2/8",
                "không được suy tôn"
            ],
        ])
    );
}

/// Every fact of the conference, as the minutes have to say it.
fn facts() -> Vec<String> {
    let mut facts: Vec<String> = [
        "08:00 ngày 27/11/2023",
        "TP. Sơn La",
        "Nguyễn Thị Chủ Tọa",
        "Trần Văn Thư Ký",
        "7/8 đơn vị = 87,50%",
        "Liên hiệp Hội tỉnh Phú Thọ: Họp Ban Chấp hành cùng ngày",
        FLAG,
        OFFICES,
        "cần trên 50% tổng số đơn vị thành viên",
        "chọn tối đa 02 đơn vị; số đơn vị được chọn: 02",
        "được gửi phiếu trước 17:00 ngày 26/11/2023",
        "bỏ phiếu lại một lần giữa các ứng viên bằng phiếu; rồi xét điểm thi đua cao hơn; rồi xin ý kiến LHHVN",
        "10:00 ngày 27/11/2023 (Trần Văn Sơn La)",
        "10:20 ngày 27/11/2023 (Trần Văn Sơn La)",
        "dẫn đầu nhiều nội dung công tác",
        "Lê Văn Tổ Trưởng",
        "Phạm Thị Thư Ký",
        "Hoàng Văn Ủy Viên",
        "6/8 đơn vị = 75,00%",
        "2/8 đơn vị = 25,00%",
        "1/8 đơn vị = 12,50%",
        "Hợp lệ 7, không hợp lệ 1; trong đó phiếu trắng 1",
        "Cụm trưởng năm 2024: Liên hiệp Hội tỉnh Lào Cai; cụm phó: Liên hiệp Hội tỉnh Yên Bái",
        CONCLUSION,
        "Hội nghị kết thúc lúc 11:20 ngày 27/11/2023",
    ]
    .map(str::to_owned)
    .to_vec();
    facts.extend(NOTES.map(str::to_owned));
    let here = PLACES.into_iter().filter(|place| *place != ABSENT);
    facts.extend(here.map(|place| format!("Liên hiệp Hội tỉnh {place}: Đại biểu {place}, Chủ tịch")));
    facts
}

/// The minutes as everybody of the cluster reads them.
async fn minutes(browser: &Browser) -> String {
    browser.go(&page("bien-ban")).await;
    browser.text_of(".minutes").await
}

async fn the_minutes_are_complete(story: &Story) {
    let said = minutes(&story.desk).await;
    for fact in facts() {
        assert!(said.contains(&fact), "“{fact}” isn't in the minutes:\n{said}");
    }
    let present = "return [...document.querySelectorAll('.minutes li')].filter(li => li.innerText.includes('Đại biểu')).length";
    assert_eq!(story.desk.run(present).await, 7);
    // The head of the journal is told, so that whoever holds the minutes can prove the journal.
    let head = said
        .split("Nhật ký hệ thống đến dòng ")
        .nth(1)
        .expect("the journal's head");
    let line: i64 = head.split(',').next().unwrap().parse().unwrap();
    let hash = format!("select encode(hash, 'hex') from journal where number = {line}");
    let hash: String = story.house.app.value(&hash).await;
    assert!(head.contains(&hash), "{head}");
    story.desk.look().await;
}

async fn the_minutes_are_signed(story: &Story) {
    let desk = &story.desk;
    story.clock("2023-11-28 09:00");
    desk.go(&page("tai-lieu")).await;
    desk.upload("file", "bien-ban-da-ky.pdf").await;
    desk.go(&page("bien-ban")).await;
    desk.act("/ky").await;
    desk.sees("Nội dung đã khóa khi ký").await;
    let signed = minutes(desk).await;
    for fact in facts() {
        assert!(signed.contains(&fact), "“{fact}” isn't in the signed minutes");
    }
    assert!(signed.contains("Mã băm của biên bản"));
    desk.go(&page("dieu-hanh")).await;
    assert!(!desk.has("textarea").await, "nothing is written any more");
    // A member reads the same.
    let member = story.house.desk(&login::officer("lai-chau"), 1440, 900).await;
    assert_eq!(minutes(&member).await, signed);
}

/// The secretariat's own: the running order, and the buttons with which a conference of the next year begins.
async fn has_the_rights_of_the_lead(browser: &Browser) -> [bool; 2] {
    browser.go(&page("dieu-hanh")).await;
    let runs = browser.has(".agenda").await;
    assert_ne!(runs, browser.has(".trouble").await, "the page or a clear refusal");
    browser.go(NEXT_YEAR).await;
    browser.sees("Hội nghị năm 2024").await;
    [runs, browser.text().await.contains("Lập kế hoạch hội nghị")]
}

async fn rights_move_on_the_day_of_the_hand_over(story: &Story) {
    let old = &story.desk;
    story.clock("2023-12-20 09:00");
    let new = story.house.desk(&login::officer("lao-cai"), 1440, 900).await;
    new.sign_in_with(login::STANDING_OFFICE, crate::support::http::PASSWORD)
        .await;
    new.go("/quan-tri/nam/moi?cum=cum-3").await;
    new.follow("Mở năm thi đua").await;
    new.sees("2024").await;
    new.sign_in_with(&login::officer("lao-cai"), crate::support::http::PASSWORD)
        .await;

    old.go(CONFERENCES).await;
    old.press("Bàn giao…").await;
    old.fill("on", "02/01/2024").await;
    old.act("/ban-giao").await;
    old.sees("từ ngày 02/01/2024").await;
    story.clock("2024-01-01 23:59");
    assert_eq!(has_the_rights_of_the_lead(old).await, [true, true]);
    assert_eq!(has_the_rights_of_the_lead(&new).await, [false, false]);

    story.clock("2024-01-02 00:00");
    assert_eq!(has_the_rights_of_the_lead(old).await, [false, false]);
    assert_eq!(has_the_rights_of_the_lead(&new).await, [true, true]);
    // Both say that all was handed over.
    let path = format!("{CONFERENCES}/ban-giao");
    old.go(&path).await;
    old.follow("Xác nhận đã giao đủ").await;
    old.sees("Đã xác nhận giao đủ").await;
    new.go(&path).await;
    new.sees("đã giao đủ").await;
    new.follow("Xác nhận đã nhận đủ").await;
    new.sees("Đã xác nhận nhận đủ").await;
    new.look().await;
    // The new lead begins the year's first conference; the old one reads on, and is kept out of the new one's papers.
    new.go(NEXT_YEAR).await;
    new.follow("ội nghị phát động").await;
    let begun = new.path().await;
    assert!(begun.starts_with(NEXT_YEAR), "{begun}");
    old.go(&format!("{NEXT_YEAR}/phat-dong/sua")).await;
    assert!(old.has(".trouble").await);
    new.go(&format!("{NEXT_YEAR}/phat-dong/sua")).await;
    assert!(new.has("form").await && !new.has(".trouble").await);
    assert!(minutes(old).await.contains(CONCLUSION));
    old.go(MEETING).await;
    assert!(!old.has(".trouble").await);
}
