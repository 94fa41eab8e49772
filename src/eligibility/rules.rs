//! Each kind of rule against the facts: met, missing or unknown, with the finding in words. Pure.

use super::{
    classes::{Attained, attained, class_of},
    model::{Facts, Mark, Nominated, Registered, Subject},
};
use crate::{
    award_history::Laurel,
    awards::{Awards, Grade, Need, Rule},
    kit::text::fold,
};

type Judged = (Mark, String);

/// Looks at one rule.
pub(super) fn judge(rule: &Rule, subject: &Subject, facts: &Facts, awards: &Awards) -> Judged {
    match rule {
        Rule::Registered => registered(subject, facts.registered.as_ref()),
        Rule::Acclaimed => acclaimed(subject, facts),
        Rule::Class { grade, years } => class(*grade, *years, facts),
        Rule::Held { needs, years, on_end } => held(needs, *years, *on_end, subject, facts, awards),
        Rule::WithinQuota => quota(subject, facts),
        Rule::Share { percent, award } => share(*percent, award, subject, facts, awards),
        Rule::NotRewardedTwice => not_twice(subject, facts),
        Rule::NotDisciplined => {
            unknown("Hệ thống không có dữ liệu kỷ luật; cần người có trách nhiệm xác nhận")
        }
        Rule::Stated { .. } => unknown("Cần người có trách nhiệm xác nhận"),
    }
}

fn met(note: impl Into<String>) -> Judged {
    (Mark::Met, note.into())
}

fn missing(note: impl Into<String>) -> Judged {
    (Mark::Missing, note.into())
}

fn unknown(note: impl Into<String>) -> Judged {
    (Mark::Unknown, note.into())
}

/// The finding where a unit registered nothing.
pub const NOT_REGISTERED: &str = "Đơn vị chưa nộp đăng ký thi đua của năm";

fn registered(subject: &Subject, registered: Option<&Registered>) -> Judged {
    let Some(found) = registered else {
        return missing(NOT_REGISTERED);
    };
    let is_named = match &subject.person {
        None => found.units.contains(&subject.award),
        Some(person) => found
            .persons
            .iter()
            .any(|(name, award)| fold(name) == fold(person) && *award == subject.award),
    };
    match (is_named, found.late_days, found.is_taken_in) {
        (false, ..) => missing("Đăng ký của năm không có hình thức này"),
        (true, late, _) if late > 0 => missing(format!("Có đăng ký nhưng nộp chậm {late} ngày")),
        (true, _, false) => unknown("Đã nộp đăng ký, cụm trưởng chưa tiếp nhận"),
        (true, _, true) => met("Đã đăng ký, đúng hạn"),
    }
}

fn own<'a>(subject: &Subject, facts: &'a Facts) -> Option<&'a Nominated> {
    let is_own = |n: &&Nominated| Some(n.unit_id) == facts.unit_id && n.award == subject.award;
    facts.nominated.iter().find(is_own)
}

fn acclaimed(subject: &Subject, facts: &Facts) -> Judged {
    if subject.person.is_some() {
        return unknown("Hội nghị của cụm suy tôn tập thể; cá nhân do đơn vị bình xét, cần xác nhận");
    }
    match own(subject, facts) {
        None => unknown("Hội nghị của cụm chưa bình xét hình thức này cho đơn vị"),
        Some(n) if n.acclaimed => met(format!("Hội nghị đã suy tôn, {} phiếu", n.votes_for)),
        Some(n) => missing(format!("Hội nghị không suy tôn, {} phiếu", n.votes_for)),
    }
}

fn class(grade: Grade, years: i32, facts: &Facts) -> Judged {
    let span: Vec<(i32, Attained)> = (facts.year - years + 1..=facts.year)
        .map(|year| (year, attained(grade, year, facts)))
        .collect();
    let failed = span.iter().rfind(|(_, found)| matches!(found, Attained::Failed));
    let told = span.iter().rev().find_map(|(year, found)| match found {
        Attained::Told(words) => Some((year, words)),
        _ => None,
    });
    let open: Vec<i32> = span
        .iter()
        .filter(|(_, found)| matches!(found, Attained::Open))
        .map(|(year, _)| *year)
        .collect();
    if let Some((year, _)) = failed {
        let class = facts.unit_id.and_then(|unit| class_of(unit, *year, facts));
        missing(format!(
            "Năm {year}: {}",
            class.unwrap_or_default().to_lowercase()
        ))
    } else if let Some((year, words)) = told {
        unknown(format!(
            "Năm {year} chỉ có xếp loại của đơn vị tiền thân: {words}; cần người có trách nhiệm xác nhận"
        ))
    } else if !open.is_empty() {
        unknown(format!("Chưa có kết quả xếp loại năm {}", listed(&open)))
    } else if span
        .iter()
        .any(|(_, found)| matches!(found, Attained::ReachedBefore))
    {
        met(format!("Đủ {years} năm, tính cả các đơn vị tiền thân"))
    } else {
        met(format!("Đủ {years} năm"))
    }
}

fn listed(years: &[i32]) -> String {
    years
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// What the subject itself has been given.
fn laurels<'a>(subject: &'a Subject, facts: &'a Facts) -> impl Iterator<Item = &'a Laurel> {
    let person = fold(subject.person.as_deref().unwrap_or_default());
    facts
        .laurels
        .iter()
        .filter(move |l| fold(&l.person_name) == person)
}

fn held(
    needs: &[Need],
    years: i32,
    on_end: bool,
    subject: &Subject,
    facts: &Facts,
    awards: &Awards,
) -> Judged {
    let mut found = Vec::new();
    for need in needs {
        let fits = |l: &&Laurel| {
            l.award.as_deref() == Some(&need.award) && (facts.year - years..=facts.year).contains(&l.year)
        };
        let mut had: Vec<&Laurel> = laurels(subject, facts).filter(fits).collect();
        had.sort_by_key(|l| l.year);
        let mut given: Vec<i32> = had.iter().map(|l| l.year).collect();
        given.dedup();
        let is_enough = if on_end {
            run_to(facts.year, need.times, &given) || run_to(facts.year - 1, need.times, &given)
        } else {
            i32::try_from(given.len()).unwrap_or(i32::MAX) >= need.times
        };
        if is_enough {
            let list: Vec<String> = had
                .iter()
                .map(|l| format!("{} ({})", l.year, l.unit_name))
                .collect();
            let name = awards.short_name(&need.award);
            return met(match subject.person {
                Some(_) => format!("{name} các năm {}", listed(&given)),
                None => format!("{name}: {}", list.join(", ")),
            });
        }
        found.push(format!(
            "{}/{} {}",
            given.len(),
            need.times,
            awards.short_name(&need.award)
        ));
    }
    if laurels(subject, facts).next().is_none() {
        return unknown("Chưa có lịch sử khen thưởng; Thường trực Hội đồng nhập từ Excel");
    }
    let gapless = if on_end { " liên tục" } else { "" };
    missing(format!("Trong lịch sử mới có {}{gapless}", found.join(", ")))
}

/// Whether there is one in each of so many years up to this one.
fn run_to(last: i32, times: i32, given: &[i32]) -> bool {
    (last - times + 1..=last).all(|year| given.contains(&year))
}

fn quota(subject: &Subject, facts: &Facts) -> Judged {
    let Some(quota) = facts.quotas.get(&subject.award) else {
        return unknown("Quy định của năm không đặt số lượng cho hình thức này");
    };
    if subject.person.is_some() {
        return unknown("Số lượng của năm là số tập thể; cần xác nhận số lượng cá nhân");
    }
    let quota = usize::try_from(*quota).unwrap_or_default();
    let is_other = |n: &&Nominated| n.award == subject.award && n.counts && Some(n.unit_id) != facts.unit_id;
    let others: Vec<&Nominated> = facts.nominated.iter().filter(is_other).collect();
    let Some(own) = own(subject, facts).filter(|n| n.acclaimed) else {
        return if others.len() >= quota {
            missing(format!("Cụm đã suy tôn đủ {quota}"))
        } else {
            unknown(format!("Được {quota}, hội nghị chưa bình xét cho đơn vị"))
        };
    };
    let all = others.len() + usize::from(own.counts);
    let before = others.iter().filter(|n| n.votes_for > own.votes_for).count();
    let equal: Vec<&str> = others
        .iter()
        .filter(|n| n.votes_for == own.votes_for)
        .map(|n| n.unit_name.as_str())
        .collect();
    if before >= quota {
        missing(format!("Cụm suy tôn {all}, chỉ được {quota}"))
    } else if before + equal.len() < quota {
        met(format!("Cụm suy tôn {all}, được {quota}"))
    } else {
        unknown(format!(
            "Cụm suy tôn {all}, được {quota}; bằng phiếu với {}, cần hội nghị xếp thứ tự",
            equal.join(", ")
        ))
    }
}

fn share(percent: i32, other: &str, subject: &Subject, facts: &Facts, awards: &Awards) -> Judged {
    let count = |award: &str| facts.acclaimed.get(award).copied().unwrap_or_default();
    let (own, base) = (count(&subject.award), count(other));
    let name = awards.short_name(other);
    if subject.person.is_some() {
        return unknown(format!(
            "Tỷ lệ so với {name} tính theo tập thể; cần xác nhận cho cá nhân"
        ));
    }
    if base == 0 {
        return unknown(format!(
            "Năm {} chưa có đơn vị nào được suy tôn {name}",
            facts.year
        ));
    }
    let most = base * i64::from(percent) / 100;
    let told = format!("Toàn quốc {own} đề nghị, được {most} ({percent}% của {base} {name})");
    if own <= most { met(told) } else { missing(told) }
}

/// What another decision gave for the same year. The award itself isn't its own double, nor is what a unit gives itself.
fn not_twice(subject: &Subject, facts: &Facts) -> Judged {
    let double = laurels(subject, facts).find(|l| {
        let is_own = l.award.as_deref() == Some(&subject.award);
        let is_grassroots = l
            .award
            .as_ref()
            .is_some_and(|award| facts.grassroots.contains(award));
        l.year == facts.year && !is_own && !is_grassroots
    });
    match double {
        Some(l) if l.number.is_empty() => missing(format!("Năm {} đã được tặng {}", l.year, l.award_name)),
        Some(l) => missing(format!(
            "Năm {} đã được tặng {} (số {})",
            l.year, l.award_name, l.number
        )),
        // The history holds VUSTA's own decisions and what was brought in, no more.
        None => unknown(format!(
            "Lịch sử không có khen thưởng nào khác cho năm {}; cần xác nhận chưa được nơi khác khen về cùng thành tích",
            facts.year
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{award_history::Forebear, ids::UnitId};

    fn own_unit() -> UnitId {
        UnitId(uuid::Uuid::nil())
    }

    fn laurel(award: &str, year: i32, person: &str) -> Laurel {
        Laurel {
            unit_id: own_unit(),
            unit_name: "Liên hiệp Hội tỉnh Mẫu".into(),
            person_name: person.into(),
            award: (!award.is_empty()).then(|| award.to_owned()),
            award_name: if award.is_empty() {
                "Bằng khen của UBND tỉnh"
            } else {
                award
            }
            .into(),
            year,
            number: "7".into(),
            issuer: String::new(),
            decision_id: None,
        }
    }

    fn subject(award: &str) -> Subject {
        Subject {
            award: award.into(),
            person: None,
        }
    }

    fn facts() -> Facts {
        Facts {
            year: 2023,
            unit_id: Some(own_unit()),
            ..Facts::default()
        }
    }

    fn mark(rule: &Rule, subject: &Subject, facts: &Facts) -> Mark {
        judge(rule, subject, facts, &Awards::default()).0
    }

    #[test]
    fn registered_means_named_taken_in_and_in_time() {
        let flag = subject("vusta_flag");
        let mut facts = facts();
        assert_eq!(mark(&Rule::Registered, &flag, &facts), Mark::Missing);
        let mut found = Registered {
            is_taken_in: true,
            late_days: 0,
            units: vec!["vusta_flag".into()],
            persons: vec![("Nguyễn Văn Mẫu".into(), "vusta_merit".into())],
        };
        for (late_days, is_taken_in, expected) in [
            (0, true, Mark::Met),
            (0, false, Mark::Unknown),
            (3, true, Mark::Missing),
        ] {
            (found.late_days, found.is_taken_in) = (late_days, is_taken_in);
            facts.registered = Some(found.clone());
            assert_eq!(mark(&Rule::Registered, &flag, &facts), expected);
        }
        assert_eq!(
            mark(&Rule::Registered, &subject("pm_merit"), &facts),
            Mark::Missing
        );
        (found.late_days, found.is_taken_in) = (0, true);
        facts.registered = Some(found);
        let person = Subject {
            award: "vusta_merit".into(),
            person: Some("NGUYỄN VĂN MẪU".into()),
        };
        assert_eq!(mark(&Rule::Registered, &person, &facts), Mark::Met);
    }

    #[test]
    fn years_of_a_class_follow_each_other() {
        let rule = |years| Rule::Class {
            grade: Grade::Excellent,
            years,
        };
        let (flag, mut facts) = (subject("vusta_flag"), facts());
        assert_eq!(mark(&rule(1), &flag, &facts), Mark::Unknown);
        facts
            .classes
            .insert((own_unit(), 2023), Some("Hoàn thành xuất sắc nhiệm vụ".into()));
        assert_eq!(mark(&rule(1), &flag, &facts), Mark::Met);
        assert_eq!(mark(&rule(2), &flag, &facts), Mark::Unknown);
        facts
            .classes
            .insert((own_unit(), 2022), Some("Hoàn thành tốt nhiệm vụ".into()));
        assert_eq!(mark(&rule(2), &flag, &facts), Mark::Missing);
        let good = Rule::Class {
            grade: Grade::Good,
            years: 2,
        };
        assert_eq!(mark(&good, &flag, &facts), Mark::Met);
        facts
            .classes
            .insert((own_unit(), 2022), Some("Không hoàn thành nhiệm vụ".into()));
        assert_eq!(mark(&good, &flag, &facts), Mark::Missing);
        facts.laurels.push(laurel("excellent_collective", 2022, ""));
        assert_eq!(
            mark(&rule(2), &flag, &facts),
            Mark::Met,
            "the title stands for the class"
        );
    }

    #[test]
    fn a_merged_unit_is_asked_for_the_classes_of_those_it_came_from() {
        let rule = Rule::Class {
            grade: Grade::Excellent,
            years: 2,
        };
        let (flag, mut facts) = (subject("vusta_flag"), facts());
        let [one, two, earlier] = [(); 3].map(|()| UnitId::new());
        let forebear = |unit_id, name: &str, successor_id| Forebear {
            unit_id,
            unit_name: name.into(),
            successor_id,
        };
        facts.forebears = vec![
            forebear(one, "Hội Một", own_unit()),
            forebear(two, "Hội Hai", own_unit()),
            forebear(earlier, "Hội Cũ", two),
        ];
        let excellent = || Some("Hoàn thành xuất sắc nhiệm vụ".to_owned());
        facts.classes.insert((own_unit(), 2023), excellent());
        assert_eq!(mark(&rule, &flag, &facts), Mark::Unknown, "nothing of 2022");
        facts.classes.insert((one, 2022), excellent());
        let (open, note) = judge(&rule, &flag, &facts, &Awards::default());
        assert_eq!(open, Mark::Unknown);
        assert!(
            note.contains("Hội Một hoàn thành xuất sắc nhiệm vụ, Hội Cũ chưa có xếp loại"),
            "{note}"
        );
        facts
            .classes
            .insert((earlier, 2022), Some("Hoàn thành nhiệm vụ".into()));
        assert_eq!(mark(&rule, &flag, &facts), Mark::Unknown, "no unit's fault alone");
        facts.classes.insert((earlier, 2022), excellent());
        assert_eq!(mark(&rule, &flag, &facts), Mark::Met);
        // Whoever was in a cluster itself answers for itself.
        facts.classes.insert((own_unit(), 2022), None);
        assert_eq!(mark(&rule, &flag, &facts), Mark::Unknown);
    }

    #[test]
    fn awards_held_are_counted_within_the_years_by_either_need() {
        let need = |award: &str, times| Need {
            award: award.into(),
            times,
        };
        let rule = Rule::Held {
            needs: vec![need("vusta_flag", 1), need("vusta_merit", 2)],
            years: 5,
            on_end: false,
        };
        let (subject, mut facts) = (subject("pm_merit"), facts());
        assert_eq!(mark(&rule, &subject, &facts), Mark::Unknown, "no history at all");
        facts.laurels = vec![laurel("vusta_flag", 2017, ""), laurel("vusta_merit", 2019, "")];
        assert_eq!(mark(&rule, &subject, &facts), Mark::Missing);
        facts.laurels.push(laurel("vusta_merit", 2019, ""));
        assert_eq!(
            mark(&rule, &subject, &facts),
            Mark::Missing,
            "twice in one year is once"
        );
        facts.laurels.push(laurel("vusta_merit", 2021, "Nguyễn Văn Mẫu"));
        assert_eq!(
            mark(&rule, &subject, &facts),
            Mark::Missing,
            "a person's isn't the unit's"
        );
        facts.laurels.push(laurel("vusta_merit", 2021, ""));
        assert_eq!(mark(&rule, &subject, &facts), Mark::Met);
    }

    #[test]
    fn years_on_end_have_no_gap_and_reach_the_present() {
        let rule = Rule::Held {
            needs: vec![Need {
                award: "grassroots_fighter".into(),
                times: 3,
            }],
            years: 6,
            on_end: true,
        };
        let person = Subject {
            award: "vusta_fighter".into(),
            person: Some("Nguyễn Văn Mẫu".into()),
        };
        for (years, expected) in [
            (vec![2020, 2021, 2022], Mark::Met),
            (vec![2021, 2022, 2023], Mark::Met),
            (vec![2019, 2020, 2021], Mark::Missing),
            (vec![2020, 2022, 2023], Mark::Missing),
        ] {
            let given = years
                .iter()
                .map(|y| laurel("grassroots_fighter", *y, "Nguyễn Văn Mẫu"));
            let facts = Facts {
                laurels: given.collect(),
                ..facts()
            };
            assert_eq!(mark(&rule, &person, &facts), expected, "{years:?}");
        }
    }

    #[test]
    fn the_quota_goes_by_votes_and_the_share_by_the_whole_country() {
        let mut facts = facts();
        let own = facts.unit_id.unwrap();
        let nominated = |unit_id, votes_for, acclaimed| Nominated {
            unit_id,
            unit_name: "Liên hiệp Hội tỉnh Khác".into(),
            award: "vusta_flag".into(),
            votes_for,
            acclaimed,
            counts: acclaimed,
        };
        let flag = subject("vusta_flag");
        assert_eq!(mark(&Rule::WithinQuota, &flag, &facts), Mark::Unknown);
        facts.quotas.insert("vusta_flag".into(), 1);
        assert_eq!(mark(&Rule::WithinQuota, &flag, &facts), Mark::Unknown);
        assert_eq!(mark(&Rule::Acclaimed, &flag, &facts), Mark::Unknown);
        facts.nominated = vec![nominated(own, 6, true), nominated(UnitId::new(), 7, true)];
        assert_eq!(mark(&Rule::WithinQuota, &flag, &facts), Mark::Missing);
        assert_eq!(mark(&Rule::Acclaimed, &flag, &facts), Mark::Met);
        facts.nominated[1].counts = false;
        assert_eq!(
            mark(&Rule::WithinQuota, &flag, &facts),
            Mark::Met,
            "who was refused since leaves the place"
        );
        facts.nominated[1] = nominated(UnitId::new(), 6, true);
        let (tied, note) = judge(&Rule::WithinQuota, &flag, &facts, &Awards::default());
        assert_eq!(tied, Mark::Unknown, "nobody knows who of two goes first");
        assert!(note.contains("bằng phiếu với Liên hiệp Hội tỉnh Khác"), "{note}");
        facts.quotas.insert("vusta_flag".into(), 2);
        assert_eq!(mark(&Rule::WithinQuota, &flag, &facts), Mark::Met);
        let share = Rule::Share {
            percent: 20,
            award: "vusta_flag".into(),
        };
        let state = subject("government_flag");
        assert_eq!(mark(&share, &state, &facts), Mark::Unknown);
        facts.acclaimed = [("vusta_flag".to_owned(), 9), ("government_flag".to_owned(), 1)].into();
        assert_eq!(mark(&share, &state, &facts), Mark::Met);
        facts.acclaimed.insert("government_flag".into(), 2);
        assert_eq!(mark(&share, &state, &facts), Mark::Missing, "20% of 9 is 1");
    }

    #[test]
    fn another_award_for_the_same_year_is_a_double_but_not_the_award_itself() {
        let (flag, mut facts) = (subject("vusta_flag"), facts());
        facts.grassroots.insert("excellent_collective".into());
        facts.laurels = vec![
            laurel("vusta_flag", 2023, ""),
            laurel("excellent_collective", 2023, ""),
            laurel("", 2022, ""),
            laurel("", 2023, "Nguyễn Văn Mẫu"),
        ];
        assert_eq!(
            mark(&Rule::NotRewardedTwice, &flag, &facts),
            Mark::Unknown,
            "the history doesn't know what others gave"
        );
        facts.laurels.push(laurel("", 2023, ""));
        let (mark, note) = judge(&Rule::NotRewardedTwice, &flag, &facts, &Awards::default());
        assert_eq!(mark, Mark::Missing);
        assert!(note.contains("UBND tỉnh"));
    }
}
