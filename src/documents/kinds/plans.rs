//! Papers of the beginning of a year: the plan of a cluster.

use sqlx::PgConnection;

use super::{Desk, Prepared, Text, blocks::roman, paragraphs, section};
use crate::{
    kit::{clock::date_text, error::Result},
    years::{Office, Year},
};

/// The headings of the plan, in order, with the code of the part below each.
const PARTS: [(&str, &str); 5] = [
    ("aims", "MỤC ĐÍCH, YÊU CẦU"),
    ("themes", "NỘI DUNG PHONG TRÀO THI ĐUA"),
    ("targets", "CHỈ TIÊU"),
    ("calendar", "TIẾN ĐỘ THỰC HIỆN"),
    ("tasks", "TỔ CHỨC THỰC HIỆN"),
];

/// Kế hoạch công tác thi đua, khen thưởng của cụm: the calendar is the year's, the rest is the secretariat's to write.
pub(super) async fn plan(db: &mut PgConnection, desk: &Desk<'_>) -> Result<Prepared> {
    let year = desk.whole_year(db).await?;
    let mut prepared = desk
        .of_cluster(db, &year, |wording| {
            let mut body = Vec::new();
            for (at, (code, heading)) in PARTS.into_iter().enumerate() {
                body.push(roman(at + 1, heading));
                body.extend(paragraphs(wording.section(code)));
            }
            Text::of(body)
        })
        .await?;
    prepared.cites = true;
    prepared.offered.subject = format!(
        "Công tác thi đua, khen thưởng năm {} của {}",
        year.year, year.cluster.name
    );
    prepared.offered.sections = PARTS
        .into_iter()
        .map(|(code, heading)| section(code, heading, first_text(code, &year)))
        .collect();
    prepared.back = (year.path(), year.title());
    Ok(prepared)
}

fn first_text(code: &str, year: &Year) -> String {
    match code {
        "aims" => "Động viên cán bộ, hội viên các đơn vị thành viên hoàn thành tốt nhiệm vụ được giao; phát hiện, bồi dưỡng và nhân rộng điển hình tiên tiến.\nThi đua thiết thực, đăng ký và chấm điểm có minh chứng; suy tôn công khai, dân chủ, đúng quy định.".to_owned(),
        "themes" => "- Tư vấn, phản biện và giám định xã hội;\n- Phổ biến kiến thức, tập hợp đội ngũ trí thức khoa học và công nghệ;\n- Sáng tạo kỹ thuật, ứng dụng tiến bộ khoa học và công nghệ;\n- Xây dựng và phát triển tổ chức hội.".to_owned(),
        "targets" => format!("Số lượng suy tôn đề nghị Cờ thi đua của LHHVN: tối đa {:02} đơn vị.\n100% đơn vị thành viên đăng ký thi đua và nộp báo cáo đúng hạn.", year.rules.flag_quota),
        "calendar" => year
            .steps
            .iter()
            .map(|plan| format!("- {}: từ ngày {} đến hết ngày {}", plan.step.label(), date_text(plan.opens_on), date_text(plan.due_on)))
            .collect::<Vec<_>>()
            .join(";\n")
            + ".",
        "tasks" => format!(
            "Cụm trưởng ({}) chủ trì, đôn đốc việc thực hiện kế hoạch, tổng hợp và báo cáo LHHVN.\nCụm phó ({}) phối hợp với cụm trưởng, tham gia thẩm định và chuẩn bị hội nghị.\nCác đơn vị thành viên căn cứ kế hoạch này tổ chức thực hiện tại đơn vị.",
            year.names_in(Office::Lead),
            year.names_in(Office::Deputy)
        ),
        _ => String::new(),
    }
}
