//! The articles that are offered, and what each says at first.

use rust_decimal::Decimal;

use crate::{
    kit::{clock::date_text, values::figure_text},
    years::{Office, Step, Year},
};

/// An article: what its text is known by, and its title.
type Article = (&'static str, &'static str);

/// The chapters, each with its articles.
pub(super) const CHAPTERS: [(&str, &[Article]); 5] = [
    (
        "QUY ĐỊNH CHUNG",
        &[
            ("scope", "Phạm vi điều chỉnh, đối tượng áp dụng"),
            ("principles", "Nguyên tắc hoạt động"),
        ],
    ),
    (
        "TỔ CHỨC, NHIỆM VỤ VÀ QUYỀN HẠN",
        &[
            ("structure", "Cơ cấu tổ chức và việc luân phiên"),
            ("lead", "Nhiệm vụ, quyền hạn của đơn vị cụm trưởng"),
            ("deputy", "Nhiệm vụ, quyền hạn của đơn vị cụm phó"),
            ("members", "Nhiệm vụ, quyền hạn của đơn vị thành viên"),
        ],
    ),
    (
        "CHẾ ĐỘ LÀM VIỆC",
        &[
            ("meetings", "Hội nghị của cụm"),
            ("calendar", "Tiến độ công việc trong năm"),
            ("reports", "Chế độ thông tin, báo cáo"),
        ],
    ),
    (
        "CHẤM ĐIỂM, BÌNH XÉT, SUY TÔN",
        &[
            ("scoring", "Tự chấm điểm và thẩm định"),
            ("voting", "Bỏ phiếu bình xét, suy tôn"),
            ("quota", "Số lượng đề nghị khen thưởng"),
            ("election", "Bầu cụm trưởng, cụm phó và bàn giao"),
        ],
    ),
    (
        "ĐIỀU KHOẢN THI HÀNH",
        &[("funds", "Kinh phí hoạt động"), ("force", "Hiệu lực thi hành")],
    ),
];

/// What an article says before anybody has edited it.
pub(super) fn first_text(code: &str, year: &Year) -> String {
    let cluster = &year.cluster.name;
    match code {
        "scope" => format!("1. Quy chế này quy định về tổ chức, nhiệm vụ, quyền hạn, chế độ làm việc, việc chấm điểm, bình xét, suy tôn của {cluster} thuộc Liên hiệp các Hội Khoa học và Kỹ thuật Việt Nam (LHHVN).\n2. Quy chế này áp dụng đối với các đơn vị thành viên của cụm và cá nhân có liên quan."),
        "principles" => "1. Tự giác, bình đẳng, công khai, đoàn kết, hợp tác và cùng phát triển.\n2. Tập trung dân chủ; các vấn đề chung của cụm do các đơn vị thành viên bàn bạc và quyết định theo đa số.\n3. Đánh giá chính xác, công bằng, kịp thời, trên cơ sở số liệu và minh chứng.".to_owned(),
        "structure" => structure(year),
        "lead" => "1. Xây dựng, ban hành kế hoạch, quy chế và các văn bản của cụm; chủ trì ký kết giao ước thi đua.\n2. Tiếp nhận, tổng hợp bản đăng ký, báo cáo của các đơn vị và báo cáo LHHVN.\n3. Tổ chức việc thẩm định điểm; chuẩn bị, chủ trì các hội nghị của cụm.\n4. Lập tờ trình, hồ sơ đề nghị khen thưởng theo kết quả suy tôn.\n5. Lưu giữ hồ sơ của cụm và bàn giao cho đơn vị cụm trưởng kế nhiệm.".to_owned(),
        "deputy" => "1. Phối hợp với đơn vị cụm trưởng thực hiện nhiệm vụ của cụm; thay đơn vị cụm trưởng khi được ủy quyền.\n2. Chủ trì hoặc tham gia thẩm định điểm của đơn vị cụm trưởng.\n3. Tham gia chuẩn bị hội nghị sơ kết, hội nghị tổng kết của cụm.".to_owned(),
        "members" => "1. Nhiệm vụ:\na) Đăng ký thi đua, ký và thực hiện giao ước thi đua;\nb) Báo cáo, tự chấm điểm trung thực, đúng hạn, có minh chứng;\nc) Tham gia thẩm định khi được phân công; không tự thẩm định điểm của đơn vị mình;\nd) Cử đại diện có thẩm quyền dự đầy đủ các hội nghị của cụm.\n2. Quyền hạn:\na) Thảo luận, biểu quyết, bỏ phiếu các vấn đề của cụm; mỗi đơn vị có một phiếu;\nb) Được biết điểm của mình và lý do khi điểm thẩm định khác điểm tự chấm; giải trình, kiến nghị về điểm;\nc) Được đề xuất nội dung, hình thức hoạt động của cụm.".to_owned(),
        "meetings" => meetings(year),
        "calendar" => calendar(year),
        "reports" => "1. Các đơn vị gửi bản đăng ký, báo cáo sơ kết, báo cáo năm và bảng tự chấm điểm đến đơn vị cụm trưởng trong thời hạn nêu trên.\n2. Việc gửi chậm được ghi nhận và là căn cứ để chấm điểm theo bảng tiêu chí của năm.\n3. Đơn vị cụm trưởng báo cáo LHHVN bằng văn bản sau hội nghị sơ kết, hội nghị tổng kết.".to_owned(),
        "scoring" => "1. Việc chấm điểm thực hiện theo bảng tiêu chí do LHHVN ban hành cho năm thi đua và phần bổ sung của cụm (nếu có).\n2. Đơn vị tự chấm điểm, kèm minh chứng; bên thẩm định do cụm phân công, luân phiên, chấm lại từng tiêu chí. Điểm thẩm định khác điểm tự chấm phải ghi rõ lý do.\n3. Đơn vị được giải trình trước khi hoàn tất thẩm định và được kiến nghị trước khi chốt điểm.\n4. Điểm của từng đơn vị chỉ thông báo cho các đơn vị khác từ ngày bắt đầu kỳ hội nghị tổng kết; hội nghị xác nhận điểm.".to_owned(),
        "voting" => voting(year),
        "quota" => quota(year),
        "election" => format!("1. Hội nghị tổng kết bầu đơn vị cụm trưởng, cụm phó cho năm sau. Đơn vị trúng cử khi có trên {}% {} đồng ý và được nhiều phiếu nhất.\n2. Đơn vị cụm trưởng đương nhiệm bàn giao hồ sơ, nhiệm vụ cho đơn vị kế nhiệm; việc bàn giao được lập thành biên bản.", figure_text(year.rules.threshold_percent), year.rules.threshold_base.label()),
        "funds" => "1. Chi phí của đơn vị nào do đơn vị đó tự bảo đảm.\n2. Chi phí tổ chức hội nghị chung do đơn vị đăng cai và các đơn vị thành viên thỏa thuận theo quy định của pháp luật.".to_owned(),
        "force" => format!("1. Quy chế này có hiệu lực kể từ ngày ký, áp dụng cho năm thi đua {} và các năm tiếp theo cho đến khi có quy chế thay thế.\n2. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh với đơn vị cụm trưởng để tổng hợp, trình hội nghị xem xét, sửa đổi, bổ sung.\n3. Các đơn vị thành viên {cluster} chịu trách nhiệm thi hành quy chế này", year.year),
        _ => String::new(),
    }
}

fn structure(year: &Year) -> String {
    let members = year.members.iter().filter(|m| m.to_date.is_none());
    let members: Vec<&str> = members.map(|m| m.short_name.as_str()).collect();
    let offices = if year.holder(Office::Lead).is_some() {
        format!(
            " Năm {}: cụm trưởng là {}; cụm phó là {}.",
            year.year,
            year.names_in(Office::Lead),
            year.names_in(Office::Deputy)
        )
    } else {
        String::new()
    };
    format!(
        "1. {} gồm {:02} đơn vị thành viên: {}.\n2. Cụm có một đơn vị cụm trưởng và một đơn vị cụm phó. Cụm trưởng, cụm phó là đơn vị, không phải cá nhân; người đứng đầu đơn vị thực hiện quyền, nhiệm vụ của đơn vị.\n3. Cụm trưởng, cụm phó do hội nghị tổng kết bầu, luân phiên hằng năm giữa các đơn vị thành viên.{offices}",
        year.cluster.name,
        members.len(),
        members.join(", ")
    )
}

/// The conferences that this year has, and how many units make them valid.
fn meetings(year: &Year) -> String {
    const HELD: [(Step, &str); 3] = [
        (Step::Covenant, "Hội nghị triển khai, ký kết giao ước thi đua"),
        (Step::MidyearConference, "Hội nghị sơ kết sáu tháng"),
        (Step::Conference, "Hội nghị tổng kết, bình xét, suy tôn"),
    ];
    let held = HELD.into_iter().filter(|(step, _)| year.plan(*step).is_some());
    let held: Vec<String> = held.map(|(_, words)| format!("a) {words}")).collect();
    let which = if held.is_empty() {
        "1. Hằng năm cụm tổ chức hội nghị theo kế hoạch công tác.".to_owned()
    } else {
        format!("1. Hằng năm cụm tổ chức các hội nghị:\n{}.", held.join(";\n"))
    };
    format!(
        "{which}\n2. Hội nghị hợp lệ khi có ít nhất {} số đơn vị thành viên tham dự. Đơn vị vắng mặt phải báo trước, nêu lý do.\n3. Hội nghị bất thường được triệu tập khi đơn vị cụm trưởng hoặc quá nửa số đơn vị thành viên đề nghị.\n4. Diễn biến, kết quả hội nghị được lập thành biên bản, gửi các đơn vị thành viên và LHHVN.",
        quorum(year.rules.quorum_percent)
    )
}

/// Two thirds are kept as a percentage and said as what they are.
fn quorum(percent: Decimal) -> String {
    if percent == Decimal::new(6667, 2) {
        "2/3".to_owned()
    } else {
        format!("{}%", figure_text(percent))
    }
}

fn calendar(year: &Year) -> String {
    if year.steps.is_empty() {
        return "Tiến độ công việc từng năm theo kế hoạch công tác của cụm.".to_owned();
    }
    let steps: Vec<String> = year
        .steps
        .iter()
        .map(|plan| {
            format!(
                "- {}: từ ngày {} đến hết ngày {}",
                plan.step.label(),
                date_text(plan.opens_on),
                date_text(plan.due_on)
            )
        })
        .collect();
    format!(
        "Tiến độ năm {}; các năm sau theo kế hoạch công tác của cụm:\n{}.",
        year.year,
        steps.join(";\n")
    )
}

fn voting(year: &Year) -> String {
    format!(
        "1. Mỗi đơn vị thành viên có một phiếu, do người được đơn vị ủy quyền bỏ.\n2. Việc suy tôn đơn vị đề nghị tặng Cờ thi đua của LHHVN thực hiện bằng bỏ phiếu kín; việc khác biểu quyết hoặc bỏ phiếu kín do hội nghị quyết định và ghi vào biên bản.\n3. Đơn vị được suy tôn khi có trên {}% {} đồng ý và thuộc số đơn vị có số phiếu cao nhất trong giới hạn số lượng đề nghị.\n4. Khi bằng phiếu ở vị trí cuối cùng thì bỏ phiếu lại giữa các đơn vị bằng phiếu; vẫn bằng nhau thì đơn vị có điểm cao hơn được chọn; sau đó do LHHVN xem xét, quyết định.",
        figure_text(year.rules.threshold_percent),
        year.rules.threshold_base.label()
    )
}

fn quota(year: &Year) -> String {
    format!(
        "1. Hằng năm cụm đề nghị LHHVN tặng Cờ thi đua cho tối đa {:02} đơn vị, Bằng khen cho tối đa {:02} đơn vị.\n2. Đơn vị được đề nghị phải có đăng ký thi đua, có báo cáo năm và bảng chấm điểm đã thẩm định.",
        year.rules.flag_quota, year.rules.merit_quota
    )
}
