//! What must fit in a table before it can be issued: parts sum to their whole, no line gives more than its maximum.
//! While a draft is written the same is shown at each group.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::model::{CriteriaSet, Criterion, Kind, Side, TieStep};
use crate::{
    ids::CriterionId,
    kit::{fields::FieldErrors, values::figure_text},
};

/// A sum against what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// `Nhóm III: 18/20 điểm, còn thiếu 2`
    pub words: String,
    /// Whether it fits.
    pub is_right: bool,
}

/// Everything that was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The sum of the groups at the top against the table's total.
    pub total: Sum,
    /// The sum of each group.
    pub groups: BTreeMap<CriterionId, Sum>,
    /// What keeps the table from being issued, each at `tc-id` of its criterion or at `bang` for the whole.
    pub problems: FieldErrors,
}

impl Checked {
    /// The sum of a group.
    #[must_use]
    pub fn of(&self, id: CriterionId) -> Option<&Sum> {
        self.groups.get(&id)
    }
}

/// The place on the page of what concerns a criterion.
#[must_use]
pub fn anchor(id: CriterionId) -> String {
    format!("tc-{id}")
}

/// Checks a whole table.
#[must_use]
pub fn check(set: &CriteriaSet) -> Checked {
    let mut problems = FieldErrors::default();
    let tops = set.children(None).filter(|c| set.side(c) == Side::Base);
    let of: Decimal = tops.map(|c| c.maximum).sum();
    let total = compare("Toàn bảng", of, set.rules.total);
    if !total.is_right {
        problems.add("bang", format!("{}.", total.words));
    }
    if set.criteria.is_empty() {
        problems.add("bang", "Bảng chưa có tiêu chí nào.");
    }
    rules(set, &mut problems);
    let mut groups = BTreeMap::new();
    for criterion in &set.criteria {
        if criterion.kind == Kind::Group {
            groups.insert(criterion.id, group(set, criterion, &mut problems));
        }
        for message in line(set, criterion) {
            problems.add(anchor(criterion.id), format!("{}: {message}", criterion.code));
        }
    }
    Checked {
        total,
        groups,
        problems,
    }
}

/// `Nhóm III: 18/20 điểm, còn thiếu 2`
fn compare(what: &str, of: Decimal, whole: Decimal) -> Sum {
    let rest = whole - of;
    let so_far = format!("{what}: {}/{} điểm", figure_text(of), figure_text(whole));
    let words = if rest.is_zero() {
        format!("{so_far}, đủ")
    } else if rest > Decimal::ZERO {
        format!("{so_far}, còn thiếu {}", figure_text(rest))
    } else {
        format!("{so_far}, thừa {}", figure_text(-rest))
    };
    Sum {
        words,
        is_right: rest.is_zero(),
    }
}

fn group(set: &CriteriaSet, group: &Criterion, problems: &mut FieldErrors) -> Sum {
    let at = anchor(group.id);
    let what = format!("Nhóm {}", group.code);
    let side = set.side(group);
    let (mut of, mut is_mixed, mut is_empty) = (Decimal::ZERO, false, true);
    for child in set.children(Some(group.id)) {
        of += child.maximum;
        is_mixed |= set.side(child) != side;
        is_empty = false;
    }
    if is_empty {
        problems.add(
            &at,
            format!("{what} chưa có tiêu chí nào. Hãy thêm tiêu chí hoặc xóa nhóm."),
        );
    }
    if is_mixed {
        problems.add(
            &at,
            format!("{what} lẫn điểm chuẩn với điểm thưởng hoặc điểm trừ. Hãy để mỗi loại ở một nhóm riêng."),
        );
    }
    if side == Side::Base {
        let sum = compare(&what, of, group.maximum);
        if !sum.is_right && !is_empty {
            problems.add(&at, format!("{}.", sum.words));
        }
        return sum;
    }
    // What is given on top or taken off needn't sum: the group's maximum is its ceiling.
    Sum {
        words: format!("{what}: tối đa {} điểm", figure_text(group.maximum)),
        is_right: true,
    }
}

/// What is wrong in a line by itself.
fn line(set: &CriteriaSet, criterion: &Criterion) -> Vec<String> {
    let mut found = Vec::new();
    let maximum = criterion.maximum;
    let most = figure_text(maximum);
    if set.rules.round(maximum) != maximum {
        found.push(format!(
            "điểm tối đa {most} có nhiều hơn {} chữ số sau dấu phẩy.",
            set.rules.decimals
        ));
    }
    let mut within = |what: &str, points: Decimal| {
        if points > maximum {
            found.push(format!(
                "{what} {} lớn hơn điểm tối đa {most}.",
                figure_text(points)
            ));
        }
    };
    match &criterion.kind {
        Kind::TargetRatio {
            points_at_target,
            full_at_percent,
            ..
        } => {
            within("điểm khi đạt 100%", *points_at_target);
            if *full_at_percent == Decimal::ONE_HUNDRED && *points_at_target < maximum {
                found.push(format!(
                    "đạt 100% đã được điểm tối đa thì điểm khi đạt 100% phải là {most}."
                ));
            }
        }
        Kind::Steps { bands, .. } => {
            for band in bands {
                within("điểm của một bậc", band.points);
            }
        }
        Kind::Count { each } | Kind::Bonus { each: Some(each) } | Kind::Deduction { each: Some(each) } => {
            within("điểm mỗi lần", *each);
        }
        _ => {}
    }
    found
}

/// What doesn't fit between the rules and the table.
fn rules(set: &CriteriaSet, problems: &mut FieldErrors) {
    for step in &set.rules.ties {
        if let TieStep::MainGroups(codes) = step {
            for code in codes.iter().filter(|code| set.by_code(code).is_none()) {
                problems.add(
                    "bang",
                    format!("Thứ tự xét khi bằng điểm nêu nhóm {code}, bảng không có nhóm này."),
                );
            }
        }
    }
    for class in set.rules.classes.iter().filter(|c| c.from > set.rules.total) {
        problems.add(
            "bang",
            format!(
                "Mức “{}” từ {} điểm, cao hơn tổng điểm {} của bảng.",
                class.label,
                figure_text(class.from),
                figure_text(set.rules.total)
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        criteria::{model::State, proposal::proposal},
        ids::CriteriaSetId,
    };

    fn proposed() -> CriteriaSet {
        let proposal = proposal().unwrap();
        CriteriaSet {
            id: CriteriaSetId::new(),
            year: 2026,
            cluster_id: None,
            number: 1,
            state: State::Draft,
            title: proposal.title,
            note: proposal.note,
            rules: proposal.rules,
            criteria: proposal.criteria,
            version: 1,
            issued_at: None,
            content_hash: None,
        }
    }

    fn change(set: &mut CriteriaSet, code: &str, change: impl FnOnce(&mut Criterion)) {
        change(set.criteria.iter_mut().find(|c| c.code == code).unwrap());
    }

    fn messages(set: &CriteriaSet) -> Vec<String> {
        check(set).problems.iter().map(|e| e.message.clone()).collect()
    }

    #[test]
    fn the_proposal_is_whole_and_sums_to_100() {
        let set = proposed();
        assert_eq!(messages(&set), Vec::<String>::new());
        assert_eq!(check(&set).total.words, "Toàn bảng: 100/100 điểm, đủ");
        let groups: Vec<&str> = set.children(None).map(|c| c.code.as_str()).collect();
        assert_eq!(
            groups,
            ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "TH", "TR"]
        );
    }

    #[test]
    fn what_is_missing_or_too_much_is_said_at_its_group() {
        let mut set = proposed();
        change(&mut set, "III.3", |c| c.maximum = Decimal::TWO);
        change(&mut set, "I.3", |c| c.maximum = Decimal::TEN);
        let checked = check(&set);
        let words = |code: &str| checked.of(set.by_code(code).unwrap().id).unwrap().words.clone();
        assert_eq!(words("III"), "Nhóm III: 18/20 điểm, còn thiếu 2");
        assert_eq!(words("I"), "Nhóm I: 18/10 điểm, thừa 8");
        assert!(
            messages(&set)
                .iter()
                .any(|m| m == "III.3: điểm khi đạt 100% 4 lớn hơn điểm tối đa 2.")
        );
        change(&mut set, "TH.1", |c| c.kind = Kind::Judged);
        assert!(messages(&set).iter().any(|m| m.starts_with("Nhóm TH lẫn")));
    }

    #[test]
    fn an_empty_group_and_an_unknown_one_are_named() {
        let mut set = proposed();
        let group = set.by_code("VII").unwrap().id;
        set.criteria.retain(|c| c.parent_id != Some(group));
        set.rules.ties = vec![TieStep::MainGroups(vec!["X".to_owned()])];
        let all = messages(&set).join(" ");
        assert!(
            all.contains("Nhóm VII chưa có") && all.contains("nêu nhóm X"),
            "{all}"
        );
    }
}
