//! One paper of each shape, with invented names.

use chrono::NaiveDate;
use cumthidua::kit::documents::model::{
    Align, Appendix, Block, Cell, Column, Document, Head, HeaderCell, Level, Number, Order, Picture, Place,
    Power, Rich, Row, Signature, Signing, Table, Title, Verification,
};

/// All of them, with the names of their files.
pub fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("cong-van", letter()),
        ("ke-hoach", plan()),
        ("bao-cao", report()),
        ("bien-ban", minutes()),
        ("quyet-dinh", order(500)),
        ("to-trinh", submission()),
        ("phieu-bau", ballot()),
    ]
}

fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn head(number: u32, symbol: &str) -> Head {
    Head {
        parent: "Liên hiệp các Hội KH&KT Việt Nam".to_owned(),
        issuer: "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Mẫu".to_owned(),
        named: String::new(),
        number: Some(Number {
            value: Some(number),
            symbol: symbol.to_owned(),
        }),
        place: Some(Place {
            name: "Mẫu".to_owned(),
            date: NaiveDate::from_ymd_opt(2026, 2, 5),
        }),
    }
}

fn named(kind: &str, subject: &str) -> Title {
    Title::Named {
        kind: kind.to_owned(),
        subject: subject.to_owned(),
    }
}

fn chair() -> Signing {
    Signing::One(Signature {
        powers: vec![(Power::OnBehalf, "Ban Thường vụ".to_owned())],
        posts: strings(&["Chủ tịch"]),
        name: "PGS.TS. Nguyễn Văn Mẫu".to_owned(),
        ..Signature::default()
    })
}

fn check() -> Verification {
    Verification {
        code: "K7QM-2XPA-9D".to_owned(),
        address: "https://thidua.example/xac-minh/K7QM-2XPA-9D".to_owned(),
    }
}

const WORDS: &str = "Thực hiện phong trào thi đua yêu nước, các đơn vị đã bám sát chỉ tiêu đăng ký từ đầu năm, tập \
    hợp đội ngũ trí thức, làm tốt vai trò tư vấn, phản biện và giám định xã hội, đồng thời đẩy mạnh phổ biến kiến thức \
    và ứng dụng tiến bộ khoa học, kỹ thuật vào sản xuất và đời sống.";

/// A letter, to several, with the sign of its sender's office at the foot.
pub fn letter() -> Document {
    Document {
        head: head(5, "LHH-VP"),
        title: Title::Letter {
            subject: "gửi báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2026".to_owned(),
        },
        addressees: strings(&[
            "Các đơn vị thành viên trong cụm",
            "Văn phòng Liên hiệp Hội Việt Nam",
        ]),
        body: vec![
            Block::Paragraph(WORDS.into()),
            Block::Paragraph(
                Rich::default()
                    .plain("Đề nghị các đơn vị gửi báo cáo ")
                    .bold("trước ngày 30/6/2026")
                    .plain(" về Văn phòng, ")
                    .italic("kèm bảng số liệu")
                    .plain(", để tổng hợp."),
            ),
            Block::Paragraph("Trân trọng.".into()),
        ],
        is_closed: true,
        signing: Signing::One(Signature {
            powers: vec![(Power::InPlace, "Chủ tịch".to_owned())],
            posts: strings(&["Phó Chủ tịch"]),
            name: "ThS. Trần Thị Ví Dụ".to_owned(),
            ..Signature::default()
        }),
        recipients: strings(&[
            "Như trên",
            "Thường trực Liên hiệp Hội (để báo cáo)",
            "Lưu: VT, VP (5)",
        ]),
        drafter: "PL.(20)".to_owned(),
        contact: strings(&[
            "Số 1, đường Mẫu, tỉnh Mẫu - ĐT: 0212 000 0000 - Thư điện tử: vanphong@thidua.example",
        ]),
        verification: Some(check()),
        ..Document::default()
    }
}

/// A plan, still a draft.
pub fn plan() -> Document {
    let mut head = head(0, "KH-LHH");
    head.number = Some(Number {
        value: None,
        symbol: "KH-LHH".to_owned(),
    });
    head.place = Some(Place {
        name: "Mẫu".to_owned(),
        date: None,
    });
    let heading = |number, title: &str| Block::Heading {
        level: Level::Roman,
        number,
        title: title.to_owned(),
    };
    let clause = |number, title: &str| Block::Heading {
        level: Level::Clause,
        number,
        title: title.to_owned(),
    };
    let mut body = vec![
        Block::Paragraph(WORDS.into()),
        heading(1, "MỤC ĐÍCH, YÊU CẦU"),
        clause(1, "Mục đích"),
        Block::Dash(WORDS.into()),
        Block::Dash(WORDS.into()),
        clause(2, "Yêu cầu"),
    ];
    for number in 1..=7 {
        body.push(Block::Point {
            number,
            text: "Mỗi đơn vị đăng ký ít nhất hai chỉ tiêu có số đo được;".into(),
        });
    }
    body.push(heading(2, "NỘI DUNG VÀ TIẾN ĐỘ"));
    body.push(Block::Paragraph(WORDS.repeat(4).into()));
    body.push(heading(3, "TỔ CHỨC THỰC HIỆN"));
    body.push(Block::Paragraph(WORDS.repeat(3).into()));
    Document {
        head,
        title: named("KẾ HOẠCH", "Tổ chức phong trào thi đua năm 2026"),
        bases: strings(&[
            "Căn cứ Luật Thi đua, khen thưởng",
            "Căn cứ Quy chế hoạt động của các cụm thi đua",
        ]),
        body,
        is_closed: true,
        draft: Some("DỰ THẢO LẦN 2".to_owned()),
        signing: chair(),
        recipients: strings(&["Các đơn vị thành viên", "Lưu: VT"]),
        ..Document::default()
    }
}

/// The table of a report: two lines of headings, 40 rows over pages.
pub fn table(rows: usize) -> Table {
    let column = |width, align| Column { width, align };
    let over = |text: &str, across, down| HeaderCell {
        text: text.to_owned(),
        across,
        down,
    };
    let mut table = Table {
        caption: "Bảng 1. Kết quả chấm điểm các đơn vị".to_owned(),
        columns: vec![
            column(10, Align::Centre),
            column(60, Align::Left),
            column(18, Align::Right),
            column(18, Align::Right),
            column(18, Align::Right),
            column(30, Align::Left),
        ],
        header: vec![
            vec![
                over("TT", 1, 2),
                over("Đơn vị", 1, 2),
                over("Điểm", 3, 1),
                over("Ghi chú", 1, 2),
            ],
            vec!["Tự chấm".into(), "Thẩm định".into(), "Chênh lệch".into()],
        ],
        rows: Vec::new(),
    };
    table.rows.push(Row {
        cells: vec![Cell {
            text: "I. Khối các tỉnh".into(),
            across: 6,
        }],
        is_strong: true,
    });
    for number in 1..=rows {
        let cells = [
            number.to_string(),
            format!("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh thứ {number}"),
            "98,5".to_owned(),
            "97".to_owned(),
            "-1,5".to_owned(),
            String::new(),
        ];
        table.rows.push(Row {
            cells: cells.into_iter().map(Cell::from).collect(),
            is_strong: false,
        });
    }
    table
}

/// A drawing such as the server makes.
pub fn chart() -> String {
    use std::fmt::Write;
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"220\">".to_owned();
    for at in 0..8_u32 {
        let (y, wide) = (at * 26 + 8, 420 - at * 35);
        let _ = write!(
            svg,
            "<text x=\"110\" y=\"{}\" text-anchor=\"end\" font-family=\"Be Vietnam Pro, sans-serif\" font-size=\"14\">Đơn vị {}</text>\
             <rect x=\"120\" y=\"{y}\" width=\"{wide}\" height=\"18\" fill=\"#2f6fab\"/>",
            y + 14,
            at + 1
        );
    }
    svg + "</svg>"
}

/// A report with a table over pages and a picture.
pub fn report() -> Document {
    let heading = |number, title: &str| Block::Heading {
        level: Level::Roman,
        number,
        title: title.to_owned(),
    };
    Document {
        head: head(12, "BC-LHH"),
        title: named(
            "BÁO CÁO",
            "Tổng kết phong trào thi đua và công tác khen thưởng năm 2025;\nphương hướng, nhiệm vụ năm 2026",
        ),
        addressees: strings(&["Đoàn Chủ tịch Hội đồng Trung ương"]),
        body: vec![
            Block::Paragraph(WORDS.repeat(2).into()),
            heading(1, "KẾT QUẢ"),
            Block::Paragraph(WORDS.into()),
            Block::Table(table(40)),
            Block::Picture(Picture {
                svg: chart(),
                width: Some(150.0),
                caption: "Hình 1. Điểm của tám đơn vị đứng đầu".to_owned(),
                description: "Biểu đồ thanh: điểm của tám đơn vị đứng đầu".to_owned(),
            }),
            heading(2, "PHƯƠNG HƯỚNG"),
            Block::Paragraph(WORDS.repeat(2).into()),
        ],
        is_closed: true,
        signing: chair(),
        recipients: strings(&["Như trên", "Các đơn vị thành viên", "Lưu: VT, TĐKT"]),
        verification: Some(check()),
        ..Document::default()
    }
}

/// Minutes of counting votes.
pub fn minutes() -> Document {
    Document {
        head: head(3, "BB-LHH"),
        title: Title::Minutes {
            subject: "Kiểm phiếu bình xét thi đua năm 2025".to_owned(),
        },
        body: vec![
            Block::Paragraph("Thời gian bắt đầu: 14 giờ 00 phút, ngày 05 tháng 02 năm 2026.".into()),
            Block::Paragraph("Địa điểm: Hội trường Liên hiệp Hội tỉnh Mẫu.".into()),
            Block::Paragraph("Thành phần tham dự: 8/8 đại biểu.".into()),
            Block::Paragraph("Chủ trì (chủ tọa): Ông Nguyễn Văn Mẫu.".into()),
            Block::Paragraph("Thư ký: Bà Trần Thị Ví Dụ.".into()),
            Block::Paragraph(Rich::default().bold("Nội dung: ").plain(WORDS)),
            Block::Table(table(4)),
            Block::Paragraph(
                "Biên bản lập xong hồi 15 giờ 30 phút cùng ngày, đã đọc cho mọi người cùng nghe.".into(),
            ),
        ],
        is_closed: true,
        signing: Signing::Minutes {
            secretary: "TS. Trần Thị Ví Dụ".to_owned(),
            chair: "Nguyễn Văn Mẫu".to_owned(),
        },
        recipients: strings(&["Các đơn vị thành viên", "Lưu: VT"]),
        ..Document::default()
    }
}

/// An order with articles, and a list of so many names.
pub fn order(names: usize) -> Document {
    let mut list = Table {
        columns: [10, 45, 45, 60]
            .map(|width| Column {
                width,
                align: Align::Left,
            })
            .to_vec(),
        header: vec![
            ["TT", "Họ và tên", "Chức vụ", "Đơn vị"]
                .map(HeaderCell::from)
                .to_vec(),
        ],
        ..Table::default()
    };
    list.columns[0].align = Align::Centre;
    for number in 1..=names {
        let cells = [
            number.to_string(),
            format!("Nguyễn Thị Thứ {number}"),
            "Ủy viên Ban Chấp hành".to_owned(),
            "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Mẫu".to_owned(),
        ];
        list.rows.push(Row {
            cells: cells.into_iter().map(Cell::from).collect(),
            is_strong: false,
        });
    }
    let article = |number, text: &str| Block::Article {
        number,
        text: text.into(),
    };
    Document {
        head: head(586, "QĐ-LHH"),
        title: named(
            "QUYẾT ĐỊNH",
            "Về việc tặng Bằng khen cho các cá nhân có thành tích xuất sắc năm 2025",
        ),
        order: Some(Order {
            authority: "Chủ tịch Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Mẫu".to_owned(),
            verb: "QUYẾT ĐỊNH".to_owned(),
        }),
        bases: strings(&[
            "Căn cứ Luật Thi đua, khen thưởng",
            "Căn cứ Điều lệ Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam",
            "Theo đề nghị của Hội đồng Thi đua, Khen thưởng",
        ]),
        body: vec![
            article(
                1,
                "Tặng Bằng khen cho các cá nhân có tên trong danh sách kèm theo.",
            ),
            article(2, "Mỗi cá nhân được nhận tiền thưởng theo quy định hiện hành."),
            article(
                3,
                "Văn phòng và các cá nhân có tên ở Điều 1 chịu trách nhiệm thi hành Quyết định này.",
            ),
        ],
        is_closed: true,
        signing: Signing::One(Signature {
            posts: strings(&["Chủ tịch"]),
            name: "Nguyễn Văn Mẫu".to_owned(),
            ..Signature::default()
        }),
        recipients: strings(&["Như Điều 3", "Lưu: VT, TĐKT"]),
        appendices: vec![Appendix {
            title: "Danh sách cá nhân được tặng Bằng khen".to_owned(),
            body: vec![Block::Table(list)],
            ..Appendix::default()
        }],
        verification: Some(check()),
        ..Document::default()
    }
}

/// A submission with two appendices, one of them on landscape pages.
pub fn submission() -> Document {
    Document {
        head: head(7, "TTr-LHH"),
        title: named("TỜ TRÌNH", "Về việc đề nghị khen thưởng năm 2025"),
        addressees: strings(&["Hội đồng Thi đua, Khen thưởng"]),
        body: vec![
            Block::Paragraph(WORDS.into()),
            Block::Heading {
                level: Level::Chapter,
                number: 1,
                title: "Quy định chung".to_owned(),
            },
            Block::Heading {
                level: Level::Section,
                number: 1,
                title: "Đối tượng".to_owned(),
            },
            Block::Heading {
                level: Level::Article,
                number: 1,
                title: "Đối tượng áp dụng".to_owned(),
            },
            Block::Clause {
                number: 1,
                text: "Tập thể và cá nhân các đơn vị thành viên.".into(),
            },
            Block::Point {
                number: 5,
                text: "Những người khác theo đề nghị của Hội đồng;".into(),
            },
        ],
        is_closed: true,
        signing: chair(),
        recipients: strings(&["Như trên", "Lưu: VT"]),
        appendices: vec![
            Appendix {
                title: "Danh sách trích ngang".to_owned(),
                body: vec![Block::Table(table(30))],
                is_landscape: true,
                ..Appendix::default()
            },
            Appendix {
                title: "Tóm tắt thành tích".to_owned(),
                body: vec![Block::Paragraph(WORDS.into())],
                ..Appendix::default()
            },
        ],
        ..Document::default()
    }
}

/// A ballot: no number, no signature, boxes to tick.
pub fn ballot() -> Document {
    let mut table = Table {
        columns: [10, 90, 20, 20]
            .map(|width| Column {
                width,
                align: Align::Centre,
            })
            .to_vec(),
        header: vec![
            ["TT", "Tên đơn vị", "Đồng ý", "Không đồng ý"]
                .map(HeaderCell::from)
                .to_vec(),
        ],
        ..Table::default()
    };
    table.columns[1].align = Align::Left;
    for number in 1..=8 {
        let cells = [
            number.to_string(),
            format!("Liên hiệp Hội tỉnh thứ {number}"),
            "□".to_owned(),
            "□".to_owned(),
        ];
        table.rows.push(Row {
            cells: cells.into_iter().map(Cell::from).collect(),
            is_strong: false,
        });
    }
    let mut head = head(0, "");
    head.number = None;
    Document {
        head,
        title: named("PHIẾU BẦU", "Bình xét đơn vị đề nghị tặng Cờ thi đua năm 2025"),
        body: vec![
            Block::Paragraph("Đánh dấu X vào ô Đồng ý hoặc Không đồng ý của từng đơn vị.".into()),
            Block::Table(table),
            Block::Centred(Rich::default().italic("Phiếu không hợp lệ: để trống, sửa chữa, chọn cả hai ô.")),
        ],
        ..Document::default()
    }
}
