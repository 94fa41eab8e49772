//! Who may vote when a ballot opens, as attendance says at that moment: a delegate of each member unit; each member of
//! VUSTA's council. Pure.

use super::model::{AbsentRule, Attendance, Elector, Plan};
use crate::{
    conferences::{self, UnitAttendance},
    council::Seat,
};

/// The electorate of a conference. A unit in the hall votes with the card of the delegate who votes for it; one that is
/// absent may send its vote before where the rule lets it, it has said that it won't come, and it has named a
/// delegate. Every other one is absent, which is never a vote against anybody.
#[must_use]
pub fn electorate(attendance: &conferences::Attendance, absent: &AbsentRule) -> Vec<Elector> {
    attendance
        .units
        .iter()
        .map(|unit| elector(unit, absent))
        .collect()
}

fn elector(unit: &UnitAttendance, absent: &AbsentRule) -> Elector {
    let sends_it_before = matches!(absent, AbsentRule::MayVoteBefore { .. })
        && unit.delegate.is_some()
        && !unit.reason.is_empty();
    Elector {
        name: unit.name.clone(),
        unit_id: Some(unit.unit_id),
        person_id: None,
        card_hash: unit.delegate.as_ref().map(|delegate| delegate.card_hash.clone()),
        attendance: if unit.is_present {
            Attendance::Present
        } else if sends_it_before {
            Attendance::Advance
        } else {
            Attendance::Absent
        },
    }
}

/// The electorate of a session of the council: everybody on its roll. Who has said that he or she can't come may send the
/// vote before where the rule lets it.
#[must_use]
pub fn of_council(roll: &[Seat], absent: &AbsentRule) -> Vec<Elector> {
    let may_before = matches!(absent, AbsentRule::MayVoteBefore { .. });
    let elector = |seat: &Seat| Elector {
        name: seat.name.clone(),
        unit_id: None,
        person_id: Some(seat.person_id),
        card_hash: Some(seat.card_hash.clone()),
        attendance: if seat.is_present() {
            Attendance::Present
        } else if may_before && !seat.excuse.is_empty() {
            Attendance::Advance
        } else {
            Attendance::Absent
        },
    };
    roll.iter().map(elector).collect()
}

/// What to know of a roll before opening: whose paper a declared conflict may make known.
#[must_use]
pub fn remarks_on_roll(roll: &[Seat], plan: &Plan) -> Vec<String> {
    let barred = |seat: &&Seat| {
        let mut candidates = plan.questions.iter().flat_map(|question| &question.candidates);
        !plan.rule.may_vote_for_self
            && candidates.any(|candidate| candidate.unit_id.is_some_and(|unit| seat.is_barred_from(unit)))
    };
    let names: Vec<&str> = roll
        .iter()
        .filter(barred)
        .map(|seat| seat.name.as_str())
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "{} để trống hồ sơ của đơn vị đã khai xung đột: phiếu có mục để trống có thể bị đoán ra là của ai.",
        names.join(", ")
    )]
}

/// What to know of the electorate before opening: of each unit what is amiss, in words.
#[must_use]
pub fn remarks(attendance: &conferences::Attendance, absent: &AbsentRule) -> Vec<String> {
    let may_before = matches!(absent, AbsentRule::MayVoteBefore { .. });
    let of = |unit: &UnitAttendance| {
        let Some(delegate) = &unit.delegate else {
            return Some(format!(
                "{} chưa cử đại biểu biểu quyết nên không bỏ phiếu được.",
                unit.name
            ));
        };
        if unit.is_present && delegate.lacks_authorisation() {
            return Some(format!("{}: {} chưa có giấy ủy quyền.", unit.name, delegate.name));
        }
        if may_before && !unit.is_present && unit.reason.is_empty() {
            return Some(format!(
                "{} vắng mặt mà chưa báo vắng: muốn gửi phiếu trước thì ghi báo vắng ở trang đại biểu.",
                unit.name
            ));
        }
        None
    };
    attendance.units.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conferences::{Delegate, Part},
        ids::{ConferenceId, DelegateId, UnitId},
    };

    fn unit(name: &str, card: Option<u8>, is_present: bool, reason: &str) -> UnitAttendance {
        let unit_id = UnitId::new();
        UnitAttendance {
            unit_id,
            slug: name.to_lowercase(),
            place: name.to_owned(),
            name: name.to_owned(),
            delegate: card.map(|card| Delegate {
                id: DelegateId::new(),
                conference_id: ConferenceId::new(),
                unit_id: Some(unit_id),
                part: Part::Voting,
                name: "Nguyễn Văn Mẫu".to_owned(),
                post: String::new(),
                is_head: false,
                authorisation: None,
                card_number: 1,
                card_hash: vec![card],
                attended_at: None,
                attended_by: None,
            }),
            is_present,
            reason: reason.to_owned(),
        }
    }

    fn attendance() -> conferences::Attendance {
        conferences::Attendance {
            units: vec![
                unit("A", Some(1), true, ""),
                unit("B", Some(2), false, "đi công tác"),
                unit("C", None, false, "đi công tác"),
                unit("D", Some(4), false, ""),
            ],
            present: 1,
            total: 4,
            needed: 3,
            has_quorum: false,
            working: String::new(),
        }
    }

    #[test]
    fn only_who_said_so_and_named_a_delegate_votes_before() {
        let until = "2023-11-26T17:00:00Z".parse().unwrap();
        let before = electorate(&attendance(), &AbsentRule::MayVoteBefore { until });
        let of: Vec<Attendance> = before.iter().map(|e| e.attendance).collect();
        let expected = [
            Attendance::Present,
            Attendance::Advance,
            Attendance::Absent,
            Attendance::Absent,
        ];
        assert_eq!(of, expected);
        let cards: Vec<Option<Vec<u8>>> = before.into_iter().map(|e| e.card_hash).collect();
        assert_eq!(cards, [Some(vec![1]), Some(vec![2]), None, Some(vec![4])]);
    }

    #[test]
    fn where_the_rule_does_not_let_them_the_absent_are_absent() {
        let all = electorate(&attendance(), &AbsentRule::CountsAsAbsent);
        let absent = all.iter().filter(|e| e.attendance == Attendance::Absent).count();
        assert_eq!((all.len(), absent), (4, 3), "absent units stay in the electorate");
    }

    #[test]
    fn what_is_amiss_is_said_unit_by_unit() {
        let until = "2023-11-26T17:00:00Z".parse().unwrap();
        let said = remarks(&attendance(), &AbsentRule::MayVoteBefore { until });
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(
            said[0].contains("giấy ủy quyền") && said[1].contains("chưa cử") && said[2].contains("báo vắng")
        );
    }
}
