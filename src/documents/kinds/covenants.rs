//! The covenant of a cluster: what all units promise each other for the year, signed by all heads.

use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{
    super::forms::{Signer, Wording},
    Desk, Prepared, Signed, Text,
    blocks::{grid, numbered},
    leader_of, needed, paragraphs, section,
};
use crate::{
    awards::{self, Awards},
    conferences,
    kit::{
        clock::Moment,
        documents::{
            model::{Align, Appendix, Block},
            wording::date_text,
        },
        error::Result,
        text::{capital, fold},
        values::{figure_text, whole_text},
    },
    registrations::{self, Content, State},
    years::{Member, Office, Year},
};

/// So many units stand beside each other in one table.
const UNITS_ABREAST: usize = 9;

/// A unit that signs, with its registration where the cluster has taken it in.
struct Party {
    place: String,
    short_name: String,
    registered: Option<Content>,
}

/// Giao ước thi đua (domain: document 5): the text, what each unit registered, the signatures of all heads in pairs.
pub(super) async fn covenant(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let awards = awards::all(db).await?;
    let members = parties(&year);
    let signers = signers(db, desk.now, &year, &members).await?;
    let registrations = registrations::of_year(db, desk.actor, &year).await?;
    let parties: Vec<Party> = members
        .into_iter()
        .map(|member| {
            let found = registrations.iter().find(|r| r.unit_id == member.unit_id);
            // It goes to all members: they know of a registration once it is taken in.
            let found = found.filter(|r| matches!(r.state, State::Accepted | State::Forwarded));
            Party {
                place: member.place.clone(),
                short_name: member.short_name.clone(),
                registered: found.and_then(|r| r.content.clone()),
            }
        })
        .collect();
    let opening = opening(db, &year, &parties).await?;
    let number = year.year;
    let mut prepared = desk
        .of_cluster(db, &year, move |wording| Text {
            signed: Signed::BySeveral,
            appendices: appendices(&parties, &awards, number),
            ..Text::of(body(&parties, wording))
        })
        .await?;
    prepared.cites = true;
    let offered = &mut prepared.offered;
    offered.subject = format!("Năm {} của {}", year.year, year.cluster.name);
    offered.signers = signers;
    offered.sections = vec![
        needed("opening", "Lời mở đầu", opening),
        section("contents", "Nội dung thi đua", CONTENTS),
        section("commitments", "Cam kết", commitments(&year)),
        section("execution", "Tổ chức thực hiện", EXECUTION),
    ];
    prepared.back = (
        format!("{}/dang-ky", year.path()),
        format!("Đăng ký thi đua năm {}", year.year),
    );
    Ok(prepared)
}

const CONTENTS: &str = "- Học tập, quán triệt nghị quyết của Đảng, chính sách, pháp luật của Nhà nước; nắm bắt tâm tư, nguyện vọng, phát huy vai trò của đội ngũ trí thức khoa học và công nghệ;\n- Xây dựng, phát triển tổ chức hội và bộ máy; phối hợp, hỗ trợ các hội thành viên hoạt động hiệu quả;\n- Tư vấn, phản biện và giám định xã hội đối với các chủ trương, chương trình, đề án, dự án của địa phương;\n- Thông tin, phổ biến kiến thức; nghiên cứu, ứng dụng tiến bộ khoa học và công nghệ vào sản xuất và đời sống;\n- Tổ chức hội thi, cuộc thi sáng tạo; tôn vinh trí thức, nhân rộng điển hình tiên tiến;\n- Thực hiện tốt công tác thi đua, khen thưởng và các hoạt động chung của cụm.";
const EXECUTION: &str = "Mỗi đơn vị phổ biến giao ước này đến cán bộ, hội viên, tổ chức thực hiện và báo cáo kết quả đúng hạn.\nĐơn vị cụm trưởng theo dõi, đôn đốc, tổng hợp việc thực hiện giao ước; kết quả thực hiện là căn cứ để chấm điểm, bình xét, suy tôn cuối năm.\nGiao ước có hiệu lực kể từ ngày ký; mỗi đơn vị giữ một bản, một bản gửi Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam";

fn commitments(year: &Year) -> String {
    format!(
        "- Phấn đấu hoàn thành và hoàn thành vượt mức các chỉ tiêu, danh hiệu đã đăng ký (Phụ lục kèm theo);\n- Thi đua trên tinh thần tự giác, bình đẳng, công khai, đoàn kết, hợp tác và cùng phát triển;\n- Đăng ký, báo cáo, tự chấm điểm trung thực, đúng hạn, có minh chứng;\n- Tham dự đầy đủ các hội nghị của cụm; bình xét, suy tôn dân chủ, khách quan, không quá {:02} đơn vị đề nghị Cờ thi đua và {:02} đơn vị đề nghị Bằng khen của LHHVN.",
        year.rules.flag_quota, year.rules.merit_quota
    )
}

/// Who signs: those that are members still, the lead first, then the deputy.
fn parties(year: &Year) -> Vec<Member> {
    let mut members: Vec<Member> = year
        .members
        .iter()
        .filter(|m| m.to_date.is_none())
        .cloned()
        .collect();
    let rank = |member: &Member| {
        let holds = |office| year.holder(office) == Some(member.unit_id);
        match (holds(Office::Lead), holds(Office::Deputy)) {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        }
    };
    members.sort_by_key(rank);
    members
}

async fn signers(db: &mut PgConnection, now: Moment, year: &Year, members: &[Member]) -> Result<Vec<Signer>> {
    let mut signers = Vec::new();
    for member in members {
        let office = [Office::Lead, Office::Deputy]
            .into_iter()
            .find(|office| year.holder(*office) == Some(member.unit_id));
        let office = office.map_or_else(String::new, |office| format!(" ({})", office.label()));
        signers.push(Signer {
            powers: String::new(),
            post: format!("CHỦ TỊCH\n{}{office}", member.short_name),
            name: leader_of(db, member.unit_id, now).await?,
        });
    }
    Ok(signers)
}

/// Where and when the units sign: at the launch conference, where one is planned.
async fn opening(db: &mut PgConnection, year: &Year, parties: &[Party]) -> Result<String> {
    let all = conferences::all_of(db, year).await?;
    let launch = all.into_iter().find(|c| c.kind == conferences::Kind::Launch);
    let (day, place) = launch.map_or((None, String::new()), |c| (c.day(), c.plan.place.clone()));
    let when = day.map_or_else(
        || "Ngày … tháng … năm …".to_owned(),
        |day| capital(&date_text(Some(day))),
    );
    let place = if place.is_empty() { "…".to_owned() } else { place };
    let names: Vec<&str> = parties.iter().map(|party| party.short_name.as_str()).collect();
    Ok(format!(
        "{when}, tại {place}, {:02} đơn vị thành viên {} gồm: {}, thống nhất ký kết giao ước thi đua năm {} với các nội dung sau:",
        names.len(),
        year.cluster.name,
        names.join(", "),
        year.year
    ))
}

fn body(parties: &[Party], wording: &Wording) -> Vec<Block> {
    let mut body = paragraphs(wording.section("opening"));
    let mut targets = Vec::new();
    if parties.iter().any(|party| party.registered.is_some()) {
        let words = "Chỉ tiêu, danh hiệu, hình thức khen thưởng do từng đơn vị đăng ký ghi tại Phụ lục kèm theo giao ước này.";
        targets.push(Block::Paragraph(words.into()));
    }
    let missing: Vec<&str> = parties
        .iter()
        .filter(|party| party.registered.is_none())
        .map(|party| party.place.as_str())
        .collect();
    if !missing.is_empty() {
        let words = format!("Chưa có bản đăng ký được tiếp nhận của: {}.", missing.join(", "));
        targets.push(Block::Paragraph(words.into()));
    }
    body.extend(numbered([
        ("NỘI DUNG THI ĐUA", paragraphs(wording.section("contents"))),
        ("CHỈ TIÊU, DANH HIỆU ĐĂNG KÝ", targets),
        ("CAM KẾT", paragraphs(wording.section("commitments"))),
        ("TỔ CHỨC THỰC HIỆN", paragraphs(wording.section("execution"))),
    ]));
    body
}

fn appendices(parties: &[Party], awards: &Awards, year: i32) -> Vec<Appendix> {
    if parties.iter().all(|party| party.registered.is_none()) {
        return Vec::new();
    }
    let appendix = |title: &str, body: Vec<Block>| Appendix {
        title: format!("{title} NĂM {year}"),
        body,
        is_landscape: true,
        ..Appendix::default()
    };
    vec![
        appendix("CHỈ TIÊU THI ĐUA ĐĂNG KÝ", targets(parties)),
        appendix(
            "DANH HIỆU, HÌNH THỨC KHEN THƯỞNG ĐĂNG KÝ",
            vec![titles(parties, awards)],
        ),
    ]
}

/// A target that several units may have.
struct Target {
    key: String,
    words: String,
    measure: String,
    /// What each unit promised, in the order of the units.
    of: Vec<Option<Decimal>>,
}

/// The targets of all units: the same one is one row, by its indicator or, where it is none, by its words and measure.
fn merged(parties: &[Party]) -> Vec<Target> {
    let mut all: Vec<Target> = Vec::new();
    for (at, party) in parties.iter().enumerate() {
        for target in party.registered.iter().flat_map(|content| &content.targets) {
            let key = target
                .code
                .clone()
                .unwrap_or_else(|| format!("{}/{}", fold(&target.indicator), fold(&target.unit_of_measure)));
            // A unit that has the same twice keeps both.
            let known = all
                .iter()
                .position(|known| known.key == key && known.of[at].is_none());
            let place = known.unwrap_or_else(|| {
                all.push(Target {
                    key,
                    words: target.indicator.clone(),
                    measure: target.unit_of_measure.clone(),
                    of: vec![None; parties.len()],
                });
                all.len() - 1
            });
            all[place].of[at] = Some(target.target);
        }
    }
    all
}

/// A row for each target, a column for each unit.
fn targets(parties: &[Party]) -> Vec<Block> {
    let all = merged(parties);
    let columns: Vec<usize> = (0..parties.len()).collect();
    columns
        .chunks(UNITS_ABREAST)
        .map(|units| {
            let mut columns = vec![
                ("TT", 4, Align::Centre),
                ("Chỉ tiêu", 20, Align::Left),
                ("Đơn vị tính", 8, Align::Centre),
            ];
            columns.extend(
                units
                    .iter()
                    .map(|at| (parties[*at].place.as_str(), 8, Align::Right)),
            );
            let rows = all.iter().enumerate().map(|(number, target)| {
                let mut cells = vec![
                    (number + 1).to_string(),
                    target.words.clone(),
                    target.measure.clone(),
                ];
                cells.extend(
                    units
                        .iter()
                        .map(|at| target.of[*at].map_or_else(|| "–".to_owned(), figure_text)),
                );
                cells
            });
            grid(&columns, rows)
        })
        .collect()
}

/// What each unit strives for: titles of its own, of persons, initiatives.
fn titles(parties: &[Party], awards: &Awards) -> Block {
    let rows = parties.iter().enumerate().map(|(at, party)| {
        let mut cells = vec![(at + 1).to_string(), party.short_name.clone()];
        match &party.registered {
            Some(content) => {
                let own = content.titles.iter().map(|title| awards.name(&title.award));
                cells.push(own.collect::<Vec<_>>().join("\n"));
                cells.push(of_persons(content, awards));
                cells.push(whole_text(content.initiatives.len()));
                cells.push(String::new());
            }
            None => {
                cells.extend(["–", "–", "–", "Chưa có bản đăng ký được tiếp nhận"].map(str::to_owned));
            }
        }
        cells
    });
    grid(
        &[
            ("TT", 2, Align::Centre),
            ("Đơn vị", 8, Align::Left),
            ("Danh hiệu, hình thức của tập thể", 14, Align::Left),
            ("Danh hiệu, hình thức của cá nhân", 12, Align::Left),
            ("Số sáng kiến, đề tài", 4, Align::Right),
            ("Ghi chú", 6, Align::Left),
        ],
        rows,
    )
}

/// How many persons strive for what, a line each.
fn of_persons(content: &Content, awards: &Awards) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for person in &content.individuals {
        match counted.iter_mut().find(|(award, _)| *award == person.award) {
            Some((_, number)) => *number += 1,
            None => counted.push((&person.award, 1)),
        }
    }
    let lines = counted
        .into_iter()
        .map(|(award, number)| format!("{}: {number:02} người", awards.short_name(award)));
    lines.collect::<Vec<_>>().join("\n")
}
