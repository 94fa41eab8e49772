//! Signed copies of issued papers: brought, kept, checked, shown; and the authorities that they are checked against.

use std::{io::Write, time::Duration};

use cumthidua::{
    kit::confined::{Limits, Programs},
    signatures::{self, Verifier},
};
use flate2::{Compression, write::ZlibEncoder};

use crate::{
    official_papers::{issued, path_of},
    support::{Browser, Page, Signers, TestApp, drawn, login},
};

const AUTHORITIES: &str = "/quan-tri/chung-thu-ca";
const PROGRAM: &str = env!("CARGO_BIN_EXE_cumthidua");

fn verifier() -> Verifier {
    Verifier::of_machine(PROGRAM.into())
}

/// A paper that Sơn La has issued for the cluster, and its bytes.
pub async fn paper(app: &TestApp) -> (Browser<'_>, String, Vec<u8>) {
    let (lead, page) = issued(app, &[]).await;
    let path = path_of(&page);
    let pdf = lead
        .get(&format!("{path}/ban.pdf"))
        .await
        .expect(200)
        .bytes
        .to_vec();
    (lead, path, pdf)
}

/// The administrator's list holds the first authority.
pub async fn with_authority(app: &TestApp, signers: &Signers) {
    let administrator = app.administrator().await;
    administrator
        .upload(
            AUTHORITIES,
            "ca.pem",
            &signers.certificate("ca-0"),
            &[("name", "CA Mẫu")],
        )
        .await
        .expect_to(AUTHORITIES);
}

/// And what that authority has revoked by now.
pub async fn with_list(app: &TestApp, signers: &Signers, revoked: &[&str]) {
    let list = signers.list(Signers::now() - chrono::Duration::minutes(1), revoked);
    let administrator = app.administrator().await;
    administrator
        .upload(&format!("{AUTHORITIES}/danh-sach-thu-hoi"), "ca.crl", &list, &[])
        .await
        .expect_to(AUTHORITIES);
}

/// Checks everything that waits.
async fn check(app: &TestApp, verifier: &Verifier) {
    let (pool, files) = (&app.app.pool, &app.app.files);
    while signatures::check_next(pool, files, verifier, app.now())
        .await
        .unwrap()
    {}
}

/// Brings a copy, has it checked, opens its page.
pub async fn checked(lead: &Browser<'_>, path: &str, pdf: &[u8]) -> Page {
    let answer = lead
        .upload(&format!("{path}/ban-ky"), "ban-ky.pdf", pdf, &[])
        .await
        .expect(303);
    let waits = lead.follow(&answer).await.expect(200);
    assert!(waits.text("main .state").contains("đang chờ kiểm tra"));
    check(lead.app(), &verifier()).await;
    lead.follow(&answer).await.expect(200)
}

/// What the copy came to: the first badge of its page.
pub fn outcome(page: &Page) -> String {
    page.text("main .state").trim().to_owned()
}

#[tokio::test]
async fn a_copy_with_the_signatures_of_a_person_and_an_organisation_is_valid() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    with_authority(&app, &signers).await;
    with_list(&app, &signers, &["99"]).await;
    let (lead, path, pdf) = paper(&app).await;
    let signed = signers.sign(&signers.sign(&pdf, "leader"), "seal");
    let page = checked(&lead, &path, &signed).await;
    assert_eq!(outcome(&page), "hợp lệ", "{}", page.text("main"));
    let text = page.text("main");
    for words in [
        "Nguyễn Văn Mẫu",
        "Liên hiệp hội mẫu",
        "CA Mẫu",
        "SHA-256 trùng",
        "chữ trên mọi trang trùng",
        "Hình các trang",
        "Ký toàn bộ tệp",
        "Không bị thu hồi",
        "Thêm sau chữ ký này",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(page.count("section.signature"), 2);
    assert!(!text.contains("không chữ ký số nào mang tên này"));

    // Readers of the paper read the copy; everybody learns what it came to, and nobody's name.
    let member = app.officer_of("hoa-binh").await;
    let read = member.get(&path).await.expect(200);
    assert!(read.text("#ban-ky").contains("hợp lệ") && !read.has("#ban-ky form"));
    let copy = read.attribute("#ban-ky a", "href").unwrap();
    let file = member.get(&format!("{copy}/tep.pdf")).await.expect(200);
    assert_eq!(file.bytes, signed);
    assert!(file.header("content-disposition").starts_with("attachment"));
    let code: String = app.value("select code from documents").await;
    let public = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(public.text("main").contains("Bản đã ký") && public.text("main").contains("hợp lệ"));
    assert!(!public.body.contains("Nguyễn Văn Mẫu"), "no person's name");

    let acts: i64 = app
        .value("select count(*) from journal where action in ('signed_copy.add', 'signed_copy.result', 'ca_certificate.add', 'ca_certificate.list')")
        .await;
    assert_eq!(acts, 4);
    let journal = app
        .administrator()
        .await
        .get("/quan-tri/nhat-ky")
        .await
        .expect(200);
    assert!(journal.text("main").contains("kiểm tra bản đã ký"));
}

#[tokio::test]
async fn what_is_not_known_is_told_apart_from_what_is_wrong() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    let (lead, path, pdf) = paper(&app).await;
    let signed = signers.sign(&pdf, "leader");
    let page = checked(&lead, &path, &signed).await;
    assert_eq!(outcome(&page), "chưa kiểm tra được");
    assert!(page.text("main").contains("chưa nạp chứng thư của CA nào"));

    // With the authority only its list of revoked certificates is missing; with that nothing is.
    with_authority(&app, &signers).await;
    let again = check_again(&lead, &page).await;
    assert_eq!(outcome(&again), "chưa kiểm tra được");
    assert!(
        again.text("main").contains("chưa có danh sách thu hồi"),
        "{}",
        again.text("main")
    );
    with_list(&app, &signers, &[]).await;
    let again = check_again(&lead, &again).await;
    assert_eq!(outcome(&again), "hợp lệ", "{}", again.text("main"));
    assert_eq!(
        app.value::<i64>("select count(*) from signature_results").await,
        3,
        "each is kept"
    );

    let strange = checked(&lead, &path, &signers.sign(&pdf, "stranger")).await;
    assert_eq!(outcome(&strange), "chưa kiểm tra được");
    assert!(
        strange
            .text("main")
            .contains("“CA Lạ” không có trong danh sách CA")
    );
    assert!(strange.text("main").contains("không chữ ký số nào mang tên này"));
    let unsigned = checked(&lead, &path, &pdf).await;
    assert_eq!(outcome(&unsigned), "chưa kiểm tra được");
    assert!(unsigned.text("main").contains("không có chữ ký số"));
    let scan = checked(&lead, &path, &drawn(&[("", b"0 0 100 100 re f".to_vec())])).await;
    assert_eq!(outcome(&scan), "chưa kiểm tra được");
    assert!(scan.text("main").contains("Bản quét không có chữ"));
}

/// Presses the button of a copy's page and waits for the result.
async fn check_again(browser: &Browser<'_>, page: &Page) -> Page {
    let answer = browser
        .submit(page, "form[action$='/kiem-tra']", &[])
        .await
        .expect(303);
    browser
        .submit(page, "form[action$='/kiem-tra']", &[])
        .await
        .expect(409);
    check(browser.app(), &verifier()).await;
    browser.follow(&answer).await.expect(200)
}

#[tokio::test]
async fn what_was_changed_revoked_or_is_another_paper_is_not_valid() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    with_authority(&app, &signers).await;
    with_list(&app, &signers, &["12"]).await;
    let (lead, path, pdf) = paper(&app).await;
    let signed = signers.sign(&pdf, "leader");

    let mut changed = signed.clone();
    let place = pdf.len() + 2000;
    changed[place] ^= 1;
    let page = checked(&lead, &path, &changed).await;
    assert_eq!(outcome(&page), "không hợp lệ", "{}", page.text("main"));
    assert!(page.text("main").contains("bị thay đổi sau khi ký"));

    let revoked = checked(&lead, &path, &signers.sign(&pdf, "seal")).await;
    assert_eq!(outcome(&revoked), "không hợp lệ");
    assert!(
        revoked.text("main").contains("Chứng thư đã bị thu hồi"),
        "{}",
        revoked.text("main")
    );

    let other = drawn(&[("", b"BT /F 12 Tf 50 700 Td (Another paper) Tj ET".to_vec())]);
    let page = checked(&lead, &path, &signers.sign(&other, "leader")).await;
    assert_eq!(outcome(&page), "không hợp lệ");
    assert!(
        page.text("main").contains("Không phải bản đã ký của văn bản này"),
        "{}",
        page.text("main")
    );

    // What somebody added behind the last signature is signed by nobody.
    let mut longer = signed.clone();
    longer.extend_from_slice(b"\n% more\nstartxref\n0\n%%EOF\n");
    let page = checked(&lead, &path, &longer).await;
    assert_ne!(outcome(&page), "hợp lệ");
    assert!(page.text("main").contains("không ai ký"), "{}", page.text("main"));
    let code: String = app.value("select code from documents").await;
    let public = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(public.text("main").contains("chưa kiểm tra được"));
}

#[tokio::test]
async fn the_file_of_another_paper_is_no_copy_and_a_word_without_end_keeps_nobody_waiting() {
    let app = TestApp::new().await;
    let (lead, path, pdf) = paper(&app).await;
    let words = |text: &str| drawn(&[("", format!("BT /F 12 Tf 50 700 Td ({text}) Tj ET").into_bytes())]);
    let page = checked(&lead, &path, &words("Another paper altogether")).await;
    assert_eq!(outcome(&page), "không hợp lệ");
    assert!(
        page.text("main").contains("Hãy đưa đúng tệp lên"),
        "{}",
        page.text("main")
    );
    let code: String = app.value("select code from documents").await;
    let public = app.visitor().get(&format!("/xac-minh/{code}")).await.expect(200);
    assert!(
        !public.text("main").contains("Bản đã ký"),
        "nothing of a wrong file"
    );

    let endless = (0..9).map(|at| format!("{}{at} ", "x".repeat(60_000)));
    checked(&lead, &path, &words(&endless.collect::<String>())).await;
    let scan = checked(&lead, &path, &pdf).await;
    assert_eq!(outcome(&scan), "chưa kiểm tra được", "the next one was checked");
}

#[tokio::test]
async fn a_program_that_wrote_the_file_anew_is_compared_by_its_words() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    with_authority(&app, &signers).await;
    with_list(&app, &signers, &[]).await;
    let (lead, path, pdf) = paper(&app).await;
    let page = checked(&lead, &path, &signers.sign(&signers.rewritten(&pdf), "leader")).await;
    assert_eq!(outcome(&page), "hợp lệ", "{}", page.text("main"));
    assert!(page.text("main").contains("so chữ từng trang"));
}

#[tokio::test]
async fn a_certificate_that_had_ended_signs_nothing() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    with_authority(&app, &signers).await;
    with_list(&app, &signers, &[]).await;
    // From four months ago on, for two months.
    signers.customer("ended", "CN=Trần Thị Cũ", "ca-0", "14", &["-w", "-4", "-v", "2"]);
    let (lead, path, pdf) = paper(&app).await;
    let page = checked(&lead, &path, &signers.sign(&pdf, "ended")).await;
    assert_eq!(outcome(&page), "không hợp lệ", "{}", page.text("main"));
    assert!(page.text("main").contains("ngoài thời hạn của chứng thư"));
}

#[tokio::test]
async fn files_that_are_no_whole_pdf_are_refused_in_words_and_leave_nothing() {
    let app = TestApp::new().await;
    let (lead, path, pdf) = paper(&app).await;
    let here = format!("{path}/ban-ky");
    for (name, bytes, words) in [
        ("a.pdf", &b"<html>hello</html>"[..], "không phải PDF"),
        ("a.png", &b"\x89PNG\r\n\x1a\n0000"[..], "không phải PDF"),
        ("a.pdf", &pdf[..pdf.len() - 2500], "chưa trọn vẹn"),
        ("a.pdf", &b""[..], "Tệp rỗng"),
    ] {
        let answer = lead.upload(&here, name, bytes, &[]).await.expect(422);
        assert!(
            answer.error_at("file").contains(words),
            "{words}: {}",
            answer.error_at("file")
        );
    }
    assert_eq!(app.value::<i64>("select count(*) from signed_copies").await, 0);
    lead.upload(&here, "a.pdf", &pdf, &[]).await.expect(303);
    let twice = lead.upload(&here, "b.pdf", &pdf, &[]).await.expect(422);
    assert!(twice.error_at("file").contains("chính là bản ký lần 1"));
    // The refused file had the same bytes: those of the copy are still there.
    let copy: String = app.value("select id::text from signed_copies").await;
    lead.get(&format!("{here}/{copy}/tep.pdf")).await.expect(200);
}

#[tokio::test]
async fn files_that_are_broken_heavy_or_malicious_are_checked_within_bounds() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    with_authority(&app, &signers).await;
    let (lead, path, _) = paper(&app).await;

    let mut forged = b"%PDF-1.7\nhello\n".to_vec();
    forged.extend_from_slice(b"startxref\n0\n%%EOF\n");
    let page = checked(&lead, &path, &forged).await;
    assert_eq!(outcome(&page), "chưa kiểm tra được");
    assert!(
        page.text("main").contains("cấu trúc PDF bị hỏng"),
        "{}",
        page.text("main")
    );

    let text = |at: usize| format!("BT /F 12 Tf 50 700 Td (Page {at}) Tj ET").into_bytes();
    let pages: Vec<(&str, Vec<u8>)> = (1..=300).map(|at| ("", text(at))).collect();
    let page = checked(&lead, &path, &signers.sign(&drawn(&pages), "leader")).await;
    assert_eq!(outcome(&page), "không hợp lệ", "300 pages that are another paper");

    // A page of some kilobytes that unfolds to half a gigabyte.
    let bomb = drawn(&[
        (
            "/FlateDecode /FlateDecode",
            deflated(&deflated(&b" ".repeat(1 << 20), 512), 1),
        ),
        ("", text(1)),
    ]);
    assert!(bomb.len() < 100_000);
    let started = std::time::Instant::now();
    let answer = lead
        .upload(&format!("{path}/ban-ky"), "bom.pdf", &bomb, &[])
        .await
        .expect(303);
    let limits = Limits {
        time: Duration::from_secs(3),
        processor_seconds: 1,
        ..Limits::default()
    };
    check(
        &app,
        &Verifier::new(PROGRAM.into(), Programs::of_machine(), limits),
    )
    .await;
    assert!(started.elapsed() < Duration::from_secs(30), "bounded");
    let page = lead.follow(&answer).await.expect(200);
    assert_eq!(outcome(&page), "chưa kiểm tra được", "{}", page.text("main"));
}

/// These bytes so many times, compressed.
fn deflated(bytes: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..times {
        encoder.write_all(bytes).unwrap();
    }
    encoder.finish().unwrap()
}

#[tokio::test]
async fn without_the_programs_nothing_is_called_checked() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    let (lead, path, pdf) = paper(&app).await;
    let signed = signers.sign(&pdf, "leader");
    let answer = lead
        .upload(&format!("{path}/ban-ky"), "a.pdf", &signed, &[])
        .await
        .expect(303);
    // A machine that has everything but poppler.
    let folder = signers.folder().join("programs");
    std::fs::create_dir(&folder).unwrap();
    for name in ["prlimit", "unshare", "certutil"] {
        let place = Programs::of_machine().find(name).unwrap();
        std::os::unix::fs::symlink(place, folder.join(name)).unwrap();
    }
    check(
        &app,
        &Verifier::new(PROGRAM.into(), Programs::within(vec![folder]), Limits::default()),
    )
    .await;
    let page = lead.follow(&answer).await.expect(200);
    assert_eq!(outcome(&page), "chưa kiểm tra được");
    assert!(
        page.text("main").contains("thiếu pdfsig"),
        "{}",
        page.text("main")
    );

    let impatient = Limits {
        time: Duration::from_millis(1),
        ..Limits::default()
    };
    lead.submit(&page, "form[action$='/kiem-tra']", &[])
        .await
        .expect(303);
    check(
        &app,
        &Verifier::new(PROGRAM.into(), Programs::of_machine(), impatient),
    )
    .await;
    let page = lead.follow(&answer).await.expect(200);
    assert_eq!(outcome(&page), "chưa kiểm tra được");
}

#[tokio::test]
async fn copies_are_brought_by_the_issuer_and_never_changed() {
    let app = TestApp::new().await;
    let (lead, path, pdf) = paper(&app).await;
    let here = format!("{path}/ban-ky");
    let answer = lead.upload(&here, "a.pdf", &pdf, &[]).await.expect(303);
    check(&app, &verifier()).await;
    let copy = answer.location.clone().unwrap();
    for (who, reads, brings, checks) in [
        (login::officer("hoa-binh"), 200, 403, 403),
        (login::STANDING_OFFICE.to_owned(), 200, 403, 303),
        (login::officer("ha-tinh"), 404, 404, 404),
        (login::ADMINISTRATOR.to_owned(), 404, 404, 404),
    ] {
        let browser = app.signed_in(&who).await;
        for page in [copy.clone(), format!("{copy}/tep.pdf")] {
            browser.get(&page).await.expect_because(reads, &who);
        }
        browser
            .upload(&here, "b.pdf", &pdf, &[])
            .await
            .expect_because(brings, &who);
        browser
            .post(&format!("{copy}/kiem-tra"), &[])
            .await
            .expect_because(checks, &who);
        check(&app, &verifier()).await;
    }
    for statement in [
        "update signed_copies set file_name = 'x'",
        "delete from signed_copies",
        "update signature_results set outcome = 'valid'",
        "delete from signature_checks",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn the_administrator_keeps_the_list_of_authorities() {
    let app = TestApp::new().await;
    let signers = Signers::new();
    let administrator = app.administrator().await;
    let empty = administrator.get(AUTHORITIES).await.expect(200);
    assert!(empty.text("main").contains("Chưa có chứng thư CA nào"));
    for (bytes, words) in [
        (&b"hello"[..], "không phải chứng thư số"),
        (&signers.certificate("leader")[..], "không phải của CA"),
        (
            &[signers.certificate("ca-0"), signers.certificate("ca-1")].concat()[..],
            "2 chứng thư",
        ),
        (&b"x".repeat(70_000)[..], "lớn hơn 60 KB"),
    ] {
        let answer = administrator
            .upload(AUTHORITIES, "a.pem", bytes, &[("name", "Tên đã gõ")])
            .await
            .expect(422);
        assert!(
            answer.error_at("file").contains(words),
            "{words}: {}",
            answer.error_at("file")
        );
        assert_eq!(answer.value("#name"), "Tên đã gõ");
    }
    let lists = format!("{AUTHORITIES}/danh-sach-thu-hoi");
    let list = signers.list(Signers::now(), &[]);
    let early = administrator
        .upload(&lists, "a.crl", &list, &[])
        .await
        .expect(422);
    assert!(early.error_at("list").contains("không do CA nào"));
    with_authority(&app, &signers).await;
    let twice = administrator
        .upload(AUTHORITIES, "a.pem", &signers.certificate("ca-0"), &[])
        .await
        .expect(422);
    assert!(twice.error_at("file").contains("đã có trong danh sách"));
    administrator
        .upload(&lists, "a.crl", &list, &[])
        .await
        .expect(303);
    let known = administrator
        .upload(&lists, "a.crl", &list, &[])
        .await
        .expect(422);
    assert!(known.error_at("list").contains("đã được nạp"));
    let garbage = administrator
        .upload(&lists, "a.crl", b"0hello", &[])
        .await
        .expect(422);
    assert!(garbage.error_at("list").contains("bị hỏng"));

    let page = administrator.get(AUTHORITIES).await.expect(200);
    assert!(page.text("main").contains("CN=CA Mẫu") && page.text("code.hash").contains(':'));
    let silent = administrator
        .submit(&page, "form[action$='/go']", &[])
        .await
        .expect(422);
    assert!(silent.error_at("reason").contains("lý do"));
    administrator
        .submit(
            &page,
            "form[action$='/go']",
            &[("reason", "CA ngừng cung cấp dịch vụ")],
        )
        .await
        .expect_to(AUTHORITIES);
    let after = administrator.get(AUTHORITIES).await.expect(200);
    assert!(after.text("main").contains("Chưa có chứng thư CA nào"));
    let journal = administrator.get("/quan-tri/nhat-ky").await.expect(200);
    assert!(journal.text("main").contains("gỡ chứng thư CA"));
    // Taken off by mistake, it can be put back.
    with_authority(&app, &signers).await;
    for statement in [
        "delete from ca_certificates",
        "update ca_removals set reason = 'x'",
    ] {
        assert!(app.sql(statement).await.is_err(), "{statement}");
    }
    app.standing_office().await.get(AUTHORITIES).await.expect(403);
}
