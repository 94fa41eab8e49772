//! A dossier taken away: as one PDF, as an archive with an index; and what a return asks for.

use std::io::{Cursor, Read};

use hayro_syntax::Pdf;
use zip::ZipArchive;

use crate::support::{Browser, PDF, TestApp};

/// A PDF of two pages.
fn two_pages() -> Vec<u8> {
    use cumthidua::kit::documents::placed::{Sheet, write};
    let sheet = Sheet {
        width: 210.0,
        height: 297.0,
        ..Sheet::default()
    };
    write("Thử", &[sheet.clone(), sheet]).unwrap()
}

/// The smallest picture: one white dot.
fn picture() -> Vec<u8> {
    let mut dot = resvg::tiny_skia::Pixmap::new(2, 1).unwrap();
    dot.fill(resvg::tiny_skia::Color::WHITE);
    dot.encode_png().unwrap()
}

#[tokio::test]
async fn a_dossier_comes_as_one_pdf_with_every_file_bound_or_listed() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let officer = app.officer_of("hoa-binh").await;
    let files = format!("{path}/tep");
    officer
        .upload(
            &files,
            "báo cáo.pdf",
            &two_pages(),
            &[("part", "achievement_report")],
        )
        .await
        .expect(303);
    for (name, bytes) in [("ảnh.png", picture()), ("hỏng.pdf", PDF.to_vec())] {
        officer
            .upload(&files, name, &bytes, &[("part", "evidence")])
            .await
            .expect(303);
    }
    let whole = officer.get(&format!("{path}/ho-so.pdf")).await.expect(200);
    assert!(
        whole
            .header("content-disposition")
            .contains("ho-so-hoa-binh-vusta-flag-2023.pdf")
    );
    let pdf = Pdf::new(whole.bytes.to_vec()).unwrap();
    assert_eq!(
        pdf.pages().len(),
        2 + 1 + 4 + 2 + 1,
        "cover, contents, what was checked, a leaf for each part, the pages of the report, the picture"
    );
    let stranger = app.officer_of("dien-bien").await;
    for closed in ["ho-so.pdf", "ho-so.zip"] {
        stranger.get(&format!("{path}/{closed}")).await.expect(404);
    }
}

/// A PDF on which a reader falls: arrays within arrays, deeper than any stack.
fn bottomless() -> Vec<u8> {
    let deep = 100_000;
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for object in [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</X {}{}>>>>",
            "[".repeat(deep),
            "]".repeat(deep)
        ),
    ] {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", places.len()).bytes());
    }
    let table = pdf.len();
    pdf.extend(b"xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    pdf.extend(format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    pdf
}

#[tokio::test]
async fn a_file_on_which_the_binder_falls_is_listed_and_nobody_else_notices() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.dossier("hoa-binh", "vusta_flag").await;
    let officer = app.officer_of("hoa-binh").await;
    for (name, bytes) in [("sâu.pdf", bottomless()), ("lành.pdf", two_pages())] {
        officer
            .upload(&format!("{path}/tep"), name, &bytes, &[("part", "evidence")])
            .await
            .expect(303);
    }
    let whole = officer.get(&format!("{path}/ho-so.pdf")).await.expect(200);
    let pdf = Pdf::new(whole.bytes.to_vec()).unwrap();
    assert_eq!(pdf.pages().len(), 2 + 1 + 4 + 2, "the good file is bound");
}

#[tokio::test]
async fn the_files_come_as_an_archive_with_an_index() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.complete_dossier("hoa-binh", "vusta_flag").await;
    let officer = app.officer_of("hoa-binh").await;
    officer
        .upload(
            &format!("{path}/tep"),
            "Giấy khen <b>.pdf",
            &two_pages(),
            &[("part", "evidence")],
        )
        .await
        .expect(303);
    let zip = officer.get(&format!("{path}/ho-so.zip")).await.expect(200);
    let mut zip = ZipArchive::new(Cursor::new(zip.bytes.to_vec())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(
        names,
        [
            "muc-luc.html",
            "1-to-trinh/01-a.pdf",
            "2-bao-cao-thanh-tich/01-bao-cao.pdf",
            "3-bien-ban/01-a.pdf",
            "4-minh-chung/01-giay-khen-b.pdf",
        ]
    );
    let mut index = String::new();
    zip.by_name("muc-luc.html")
        .unwrap()
        .read_to_string(&mut index)
        .unwrap();
    let hash: String = app
        .value("select encode(sha256, 'hex') from attachments where part = 'evidence'")
        .await;
    assert!(index.contains(&hash) && index.contains("4-minh-chung/01-giay-khen-b.pdf"));
    assert!(!index.contains("<b>"), "names are text");
    let mut kept = Vec::new();
    zip.by_name("4-minh-chung/01-giay-khen-b.pdf")
        .unwrap()
        .read_to_end(&mut kept)
        .unwrap();
    assert_eq!(kept, two_pages());
}

#[tokio::test]
async fn a_return_names_parts_and_a_day_and_whoever_has_the_part_has_the_task() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.submitted_dossier("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    let page = office.get(&path).await.expect(200);
    assert_eq!(
        page.value("#due_on"),
        "12/12/2023",
        "ten working days from Tuesday, 28 November"
    );
    let form = format!("{path}/tham-dinh");
    let back = [
        ("version", "2"),
        ("finding", "return"),
        ("reason", "Số liệu chưa khớp"),
        ("wanted", ""),
        ("wanted", "Ghi rõ số hội viên"),
        ("wanted", ""),
        ("wanted", ""),
    ];
    let without_day = office.post(&form, &back).await.expect(422);
    assert_eq!(without_day.wrong_fields(), ["due_on"]);
    assert!(
        without_day.body.contains("Ghi rõ số hội viên"),
        "what was typed stays"
    );
    let back = [&back[..], &[("due_on", "05/12/2023")]].concat();
    office.post(&form, &back).await.expect(303);

    let officer = app.officer_of("hoa-binh").await;
    let told = officer.get(&path).await.text(".notice-late");
    assert!(
        told.contains("Báo cáo thành tích: Ghi rõ số hội viên") && told.contains("05/12/2023"),
        "{told}"
    );
    let tasks = officer.get("/viec-cua-toi").await.text("main");
    assert!(
        tasks.contains("Bổ sung hồ sơ đề nghị") && tasks.contains("còn 7 ngày"),
        "{tasks}"
    );
    app.set_clock("2023-12-07 09:00");
    let officer = app.officer_of("hoa-binh").await;
    assert!(
        officer
            .get("/viec-cua-toi")
            .await
            .text("main")
            .contains("quá hạn 2 ngày")
    );
    assert!(
        officer
            .get(&path)
            .await
            .text(".notice-late")
            .contains("quá hạn 2 ngày")
    );
    let list = app.secretariat().await.get("/cum/cum-3/2023/khen-thuong").await;
    assert!(list.text("tbody").contains("quá hạn bổ sung 2 ngày"));
}

/// The index of a dossier's archive.
async fn index(browser: &Browser<'_>, path: &str) -> String {
    let zip = browser.get(&format!("{path}/ho-so.zip")).await.expect(200);
    let mut zip = ZipArchive::new(Cursor::new(zip.bytes.to_vec())).unwrap();
    let mut index = String::new();
    let mut file = zip.by_name("muc-luc.html").unwrap();
    file.read_to_string(&mut index).unwrap();
    index
}

#[tokio::test]
async fn whom_a_dossier_names_needs_a_ground_before_it_goes() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.complete_dossier("hoa-binh", "vusta_flag").await;
    let officer = app.officer_of("hoa-binh").await;
    for (name, ground) in [("Nguyễn Văn Mẫu", "consent"), ("Lê Thị Mẫu", "legal")] {
        let person = [
            ("full_name", name),
            ("ground", ground),
            ("detail", "Bản ký, điện thoại 0900000000"),
            ("given_on", "27/11/2023"),
        ];
        officer
            .post(&format!("{path}/ca-nhan"), &person)
            .await
            .expect(303);
    }
    let page = officer.get(&path).await.expect(200);
    assert!(page.text("main").contains("2 người, đủ đồng ý hoặc căn cứ"));
    let told = index(&officer, &path).await;
    assert!(
        told.contains("Nguyễn Văn Mẫu (người đó đã đồng ý)")
            && told.contains("Lê Thị Mẫu (căn cứ pháp luật)")
    );
    assert!(!told.contains("0900000000"), "no contact data");
    assert!(told.contains("Kiểm tra thành phần hồ sơ") && told.contains("Điều kiện khen thưởng"));

    let id: String = app
        .value("select id::text from nomination_persons where ground = 'consent'")
        .await;
    let end = [
        ("person", id.as_str()),
        ("end_reason", "Theo thư ngày 28/11/2023"),
    ];
    officer
        .post(&format!("{path}/ca-nhan/rut"), &end)
        .await
        .expect(303);
    let page = officer.get(&path).await.expect(200);
    assert!(page.text("main").contains("1 người đã rút đồng ý"));
    let lead = app.secretariat().await;
    let refused = lead
        .post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(409);
    assert!(refused.text("main").contains("Dữ liệu cá nhân"));
    let list = lead.get("/cum/cum-3/2023/khen-thuong").await.expect(200);
    assert!(list.text("tbody").contains("Dữ liệu cá nhân"));

    let leaving = [("person", id.as_str())];
    let stranger = app.officer_of("dien-bien").await;
    stranger
        .post(&format!("{path}/ca-nhan/ra"), &leaving)
        .await
        .expect(404);
    officer
        .post(&format!("{path}/ca-nhan/ra"), &leaving)
        .await
        .expect(303);
    officer
        .post(&format!("{path}/ca-nhan/ra"), &leaving)
        .await
        .expect(409);
    lead.post(&format!("{path}/trinh"), &[("version", "1")])
        .await
        .expect(303);
    let frozen: String = app
        .value("select content::text from receipts where record_kind = 'nominations'")
        .await;
    assert!(frozen.contains("Lê Thị Mẫu") && !frozen.contains("Nguyễn Văn Mẫu"));
    assert!(!frozen.contains("0900000000"));
    let told = index(&officer, &path).await;
    assert!(told.contains("Theo hồ sơ trình lần 1") && !told.contains("Nguyễn Văn Mẫu"));
}

#[tokio::test]
async fn what_the_catalogue_asks_for_is_there_by_a_file_or_by_somebodys_word() {
    let app = TestApp::new().await;
    app.sql(
        "insert into award_versions (award, version, in_force_from, level, source, to_check, conditions, dossier, reason)
         select award, 9, '2023-06-01', level, source, to_check, conditions,
                '[\"Tờ trình\", \"Ý kiến của cơ quan liên quan\", \"Bản kê thuế\"]', 'Thử'
         from award_versions where award = 'vusta_flag' and version = 1",
    )
    .await
    .unwrap();
    app.conference().await;
    let path = app.complete_dossier("hoa-binh", "vusta_flag").await;
    let officer = app.officer_of("hoa-binh").await;
    let asked = officer.get(&path).await.expect(200).text("#thanh-phan");
    assert!(
        asked.contains("1 tệp ở phần “Tờ trình”") && asked.contains("Chưa rõ"),
        "{asked}"
    );
    officer
        .upload(
            &format!("{path}/tep"),
            "Ý kiến cơ quan liên quan.pdf",
            &two_pages(),
            &[("part", "evidence")],
        )
        .await
        .expect(303);
    let lead = app.secretariat().await;
    let form = format!("{path}/thanh-phan");
    officer
        .post(&form, &[("asked_part", "9-2"), ("part_reason", "x")])
        .await
        .expect(403);
    let page = lead.get(&path).await.expect(200);
    assert!(
        page.text("#thanh-phan")
            .contains("Minh chứng “Ý kiến cơ quan liên quan.pdf”")
    );
    let empty = lead.post(&form, &[("asked_part", "9-2")]).await.expect(422);
    assert_eq!(empty.wrong_fields(), ["part_reason"]);
    for settled in ["9-0", "9-1", "8-2"] {
        lead.post(&form, &[("asked_part", settled), ("part_reason", "x")])
            .await
            .expect(409);
    }
    let word = [("asked_part", "9-2"), ("part_reason", "Công văn 5 lưu tại cụm")];
    lead.post(&form, &word).await.expect(303);
    assert!(
        lead.get(&path)
            .await
            .text("#thanh-phan")
            .contains("Công văn 5 lưu tại cụm")
    );
    assert!(app.sql("delete from nomination_part_notes").await.is_err());
}

#[tokio::test]
async fn what_was_handed_in_before_stays_to_be_read() {
    let app = TestApp::new().await;
    app.conference().await;
    let path = app.submitted_dossier("hoa-binh", "vusta_flag").await;
    let office = app.standing_office().await;
    let back = [
        ("version", "2"),
        ("finding", "return"),
        ("reason", "Số liệu chưa khớp"),
        ("wanted", ""),
        ("wanted", "Ghi rõ số hội viên"),
        ("wanted", ""),
        ("wanted", ""),
        ("due_on", "05/12/2023"),
    ];
    office.post(&format!("{path}/tham-dinh"), &back).await.expect(303);
    let officer = app.officer_of("hoa-binh").await;
    let old: String = app
        .value("select id::text from attachments where part = 'achievement_report'")
        .await;
    officer
        .post(&format!("{path}/tep/{old}/go"), &[])
        .await
        .expect(303);
    officer
        .upload(
            &format!("{path}/tep"),
            "báo cáo mới.pdf",
            &two_pages(),
            &[("part", "achievement_report")],
        )
        .await
        .expect(303);
    let lead = app.secretariat().await;
    lead.post(&format!("{path}/trinh"), &[("version", "3")])
        .await
        .expect(303);
    let page = office.get(&path).await.expect(200);
    let told = page.text("#cac-lan-trinh");
    assert!(told.contains("Lần 1") && told.contains("Lần 2"), "{told}");
    assert!(
        told.contains("báo cáo.pdf") && told.contains("sau đó đã gỡ") && told.contains("báo cáo mới.pdf")
    );
    let frozen = format!("{path}/lan-trinh/1/{old}");
    for who in [&office, &officer, &lead] {
        let file = who.get(&frozen).await.expect(200);
        assert_eq!(file.bytes.to_vec(), PDF);
    }
    officer.get(&format!("{path}/tep/{old}")).await.expect(404);
    officer
        .get(&format!("{path}/lan-trinh/2/{old}"))
        .await
        .expect(404);
    app.officer_of("dien-bien").await.get(&frozen).await.expect(404);
}
