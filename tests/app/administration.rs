//! Stories of people and posts, of the journal, of letters that failed.

use std::fs;

use cumthidua::{
    administration::words,
    kit::{
        journal,
        mail::{self, Letter},
    },
};

use crate::support::{PASSWORD, Page, TestApp, login};

const PEOPLE: &str = "/quan-tri/nguoi-dung";

/// The form of a new officer of Sơn La.
const BINH: [(&str, &str); 6] = [
    ("full_name", "Nguyễn Thị Bình"),
    ("login", "Binh.SL"),
    ("gender", "female"),
    ("role", "unit_officer"),
    ("unit", "son-la"),
    ("starts_on", "20/02/2023"),
];

fn token_on(page: &Page) -> Option<String> {
    let link = page.texts("#duong-dan").into_iter().next()?;
    link.rsplit('/').next().map(str::to_owned)
}

fn has_badge(page: &Page, words: &str) -> bool {
    page.texts(".state").iter().any(|text| text.contains(words))
}

#[tokio::test]
async fn a_new_person_gets_a_post_and_a_link_that_is_shown_once() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let form = administrator.get(&format!("{PEOPLE}/moi")).await.expect(200);
    let selector = "form[action='/quan-tri/nguoi-dung/moi']";
    let done = administrator
        .submit(&form, selector, &BINH)
        .await
        .expect_to("/quan-tri/nguoi-dung/binh.sl");
    let shown = administrator.follow(&done).await.expect(200);
    assert!(
        has_badge(&shown, "chưa đặt mật khẩu") && shown.text("main").contains("Liên hiệp Hội tỉnh Sơn La")
    );
    let token = token_on(&shown).unwrap();
    assert!(
        shown
            .text("#duong-dan")
            .starts_with("http://cumthidua.example/mat-khau/")
    );
    assert_eq!(token_on(&administrator.follow(&done).await), None);
    let kept: i64 = app
        .value(&format!(
            "select count(*) from journal where journal::text like '%{token}%'"
        ))
        .await;
    assert_eq!(kept, 0, "the journal knows that a link was given out, not which");

    let person = app.visitor();
    let new = "ăn quả nhớ kẻ trồng cây";
    person
        .post(&format!("/mat-khau/{token}"), &[("new", new), ("repeat", new)])
        .await
        .expect(303);
    person
        .post("/dang-nhap", &[("login", "binh.sl"), ("password", new)])
        .await
        .expect(303);
    person.get("/cum/cum-3/2023/dang-ky/son-la/sua").await.expect(200);

    let again = administrator.submit(&form, selector, &BINH).await.expect(422);
    assert!(again.error_at("login").contains("đã có người dùng"));
    assert_eq!(again.value("#full_name"), "Nguyễn Thị Bình");
}

#[tokio::test]
async fn a_wrong_person_is_told_field_by_field() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let fields = [
        ("full_name", "A1"),
        ("login", "moi"),
        ("email", "không"),
        ("role", "unit_leader"),
        ("starts_on", "31/02/2023"),
    ];
    let page = administrator
        .post(&format!("{PEOPLE}/moi"), &fields)
        .await
        .expect(422);
    assert_eq!(
        page.wrong_fields(),
        ["full_name", "email", "login", "unit", "starts_on"]
    );
    assert_eq!(page.value("#starts_on"), "31/02/2023");
}

#[tokio::test]
async fn people_are_found_by_any_spelling_of_name_post_or_place() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let all = administrator.get(PEOPLE).await.expect(200);
    assert_eq!(all.count("tbody tr"), 3 + 2 + 10 * 3);
    for (typed, found) in [
        ("hoa+binh", 3),
        ("HOÀ+BÌNH+lãnh+đạo", 1),
        ("thuong-truc", 1),
        ("khong+ai", 0),
    ] {
        let page = administrator
            .get(&format!("{PEOPLE}?tim={typed}"))
            .await
            .expect(200);
        assert_eq!(page.count("tbody tr"), found, "{typed}");
    }
    let former = administrator
        .get(&format!("{PEOPLE}?tim=nguyen-can-bo.hoa-binh"))
        .await;
    assert!(has_badge(&former, "không giữ chức vụ"));
}

#[tokio::test]
async fn the_hand_that_gives_rights_uses_none_of_them() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    // Not beside another post ...
    let officer = format!("{PEOPLE}/{}", login::officer("hoa-binh"));
    let fields = [("role", "administrator"), ("starts_on", "20/02/2023")];
    let page = administrator
        .post(&format!("{officer}/chuc-vu"), &fields)
        .await
        .expect(422);
    assert!(page.error_at("role").contains("không kiêm chức vụ khác"));
    // ... but after it.
    let ended = format!("{PEOPLE}/{}/chuc-vu", login::former_officer("hoa-binh"));
    administrator.post(&ended, &fields).await.expect(303);
    // And nothing for himself: no post, no end of one, no link.
    let own = format!("{PEOPLE}/{}", login::ADMINISTRATOR);
    let fields = [
        ("role", "unit_leader"),
        ("unit", "hoa-binh"),
        ("starts_on", "20/02/2023"),
    ];
    administrator
        .post(&format!("{own}/chuc-vu"), &fields)
        .await
        .expect(403);
    let post: String = app
        .value(
            "select p.id::text from posts p join persons s on s.id = p.person_id where s.login = 'quan-tri'",
        )
        .await;
    let path = format!("{own}/chuc-vu/{post}/ket-thuc");
    administrator
        .post(&path, &[("last_day", "20/02/2023")])
        .await
        .expect(403);
    administrator
        .post(&format!("{own}/duong-dan"), &[])
        .await
        .expect(403);
    let page = administrator.get(&own).await.expect(200);
    assert_eq!(page.count("main form"), 0);
    let other = administrator.get(&officer).await.expect(200);
    assert!(other.count("main form") > 0);
}

#[tokio::test]
async fn a_post_ends_with_its_last_day_and_so_do_its_rights() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let path = format!("{PEOPLE}/{}", login::officer("hoa-binh"));
    let page = administrator.get(&path).await.expect(200);
    let form = "form[action$='/ket-thuc']";
    let wrong = administrator
        .submit(&page, form, &[("last_day", "31/02/2023")])
        .await
        .expect(422);
    assert!(wrong.error_at("last_day-0").contains("không phải là một ngày"));
    assert_eq!(wrong.value("[id='last_day-0']"), "31/02/2023");
    administrator
        .submit(&page, form, &[("last_day", "21/02/2023")])
        .await
        .expect_to(&path);
    administrator
        .submit(&page, form, &[("last_day", "22/02/2023")])
        .await
        .expect(409);

    let officer = app.officer_of("hoa-binh").await;
    let edit = "/cum/cum-3/2023/dang-ky/hoa-binh/sua";
    app.set_clock("2023-02-21 23:59");
    officer.get(edit).await.expect(200);
    app.set_clock("2023-02-22 00:00");
    officer.get(edit).await.expect(403);
}

#[tokio::test]
async fn a_locked_account_is_unlocked() {
    let app = TestApp::with(|config| config.lock_after = 2).await;
    let person = login::officer("hoa-binh");
    let visitor = app.visitor();
    for _ in 0..2 {
        visitor
            .post("/dang-nhap", &[("login", &person), ("password", "sai")])
            .await
            .expect(422);
    }
    let right = [("login", person.as_str()), ("password", PASSWORD)];
    visitor.post("/dang-nhap", &right).await.expect(422);
    let administrator = app.administrator().await;
    let path = format!("{PEOPLE}/{person}");
    let page = administrator.get(&path).await.expect(200);
    assert!(has_badge(&page, "đang khóa đến 21:00 ngày 20/02/2023"));
    administrator
        .submit(&page, "form[action$='/mo-khoa']", &[])
        .await
        .expect(303);
    visitor.post("/dang-nhap", &right).await.expect(303);
}

#[tokio::test]
async fn the_second_of_two_who_change_a_person_gets_a_conflict() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let path = format!("{PEOPLE}/{}/sua", login::officer("hoa-binh"));
    let form = administrator.get(&path).await.expect(200);
    let wrong = administrator
        .submit(&form, "main form", &[("email", "không")])
        .await
        .expect(422);
    assert_eq!(wrong.value("#email"), "không");
    let changed = [("full_name", "Nguyễn Thị Bình An")];
    administrator
        .submit(&form, "main form", &changed)
        .await
        .expect(303);
    administrator
        .submit(&form, "main form", &[("full_name", "Nguyễn Thị Cũ")])
        .await
        .expect(409);
    let shown = administrator.get(&path).await.expect(200);
    assert_eq!(shown.value("#full_name"), "Nguyễn Thị Bình An");
}

#[tokio::test]
async fn the_journal_tells_in_words_who_did_what_and_what_changed() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let person = format!("{PEOPLE}/{}", login::officer("hoa-binh"));
    let form = administrator.get(&format!("{person}/sua")).await.expect(200);
    administrator
        .submit(&form, "main form", &[("full_name", "Nguyễn Thị Bình An")])
        .await
        .expect(303);
    let office = app.standing_office().await;
    let page = office.get("/quan-tri/nhat-ky").await.expect(200);
    let newest = page.text("tbody tr");
    assert!(
        newest.contains("Lê Văn Quản Trị sửa thông tin cá nhân"),
        "{newest}"
    );
    assert!(
        newest.contains("Họ và tên: Nguyễn Thị Hòa Bình → Nguyễn Thị Bình An"),
        "{newest}"
    );
    assert!(page.text("main").contains("mở năm thi đua"));
    for code in ["person.", "unit_officer", "registration", "null"] {
        assert!(!page.text("main").contains(code), "{code}");
    }

    let record = page.attribute("tbody a[href*='ho-so=']", "href").unwrap();
    let one = office.get(&record).await.expect(200);
    assert_eq!(
        one.count("tbody tr"),
        3,
        "added, given a post, changed: {:?}",
        one.texts("tbody tr")
    );
    office
        .get("/quan-tri/nhat-ky?ho-so=khong-phai-ma")
        .await
        .expect(404);
    let none = format!("/quan-tri/nhat-ky?ho-so={}", uuid::Uuid::nil());
    assert!(office.get(&none).await.expect(200).has(".blank"));
}

#[tokio::test]
async fn the_journal_is_read_page_by_page() {
    let app = TestApp::new().await;
    let office = app.standing_office().await;
    let head: i64 = app.value("select number from journal_head").await;
    assert!(head > 60, "the world has more than a page of lines");
    let first = office.get("/quan-tri/nhat-ky").await.expect(200);
    assert_eq!((first.count("tbody tr"), first.has("[rel=prev]")), (50, false));
    let older = first.attribute("[rel=next]", "href").unwrap();
    let second = office.get(&older).await.expect(200);
    assert!(second.text("tbody tr").starts_with(&(head - 50).to_string()));
    let back = second.attribute("[rel=prev]", "href").unwrap();
    let again = office.get(&back).await.expect(200);
    assert_eq!(again.texts("tbody tr"), first.texts("tbody tr"));
}

#[tokio::test]
async fn a_journal_that_was_tampered_with_says_where() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    let check = "/quan-tri/nhat-ky?kiem-tra=1";
    let whole = administrator.get(check).await.expect(200);
    assert!(whole.text(".notice-done").contains("Chuỗi nguyên vẹn"));
    let journal::Verdict::Whole { head, .. } = journal::verify(&mut *app.db().await).await.unwrap() else {
        panic!("the chain is whole");
    };
    assert_eq!(whole.text(".notice-done .hash"), head);
    app.sql(
        "alter table journal disable trigger user;
         update journal set person_name = 'Người khác' where number = 7;",
    )
    .await
    .unwrap();
    let broken = administrator.get(check).await.expect(200);
    assert!(broken.text(".notice-late").contains("đứt ở dòng 7"));
}

#[tokio::test]
async fn letters_that_failed_are_seen() {
    let app = TestApp::new().await;
    let administrator = app.administrator().await;
    assert!(administrator.get("/quan-tri/thu").await.expect(200).has(".blank"));
    let letter = Letter {
        to: "a@donvi.example".to_owned(),
        subject: "Nhắc nộp báo cáo".to_owned(),
        body: "Kính gửi".to_owned(),
    };
    mail::queue(&mut *app.db().await, app.now(), &letter)
        .await
        .unwrap();
    app.sql("update mails set attempts = 3, last_error = '550 no such mailbox'")
        .await
        .unwrap();
    let page = administrator.get("/quan-tri/thu").await.expect(200);
    assert!(page.text("tbody tr").contains("550 no such mailbox"));
    let people = administrator.get(PEOPLE).await.expect(200);
    assert!(people.has(".notice a[href='/quan-tri/thu']"));
}

/// A code of an act, as actions write it into the journal: `registration.submit`.
fn is_code(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.split_once('.')
        .is_some_and(|(record, act)| is_word(record) && is_word(act))
}

#[test]
fn every_act_in_the_sources_has_its_words_in_the_journal() {
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src"
    ))];
    let mut codes = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains("/actions") {
                let text = fs::read_to_string(&path).unwrap();
                codes.extend(text.split('"').filter(|part| is_code(part)).map(str::to_owned));
            }
        }
    }
    assert!(codes.len() > 30, "{codes:?}");
    codes.retain(|code| words::act(code).is_none());
    assert_eq!(
        codes,
        Vec::<String>::new(),
        "each needs a line in src/administration/model/words.rs"
    );
}
