//! A legal basis, and what is said of those that a paper cites.

mod citation;

use chrono::NaiveDate;

use crate::kit::clock::date_text;
use citation::Act;

/// A legal basis with the days between which it is in force.
#[derive(Clone, Debug)]
pub struct LegalBasis {
    /// How it is cited, without "Căn cứ".
    pub words: String,
    /// The codes of the kinds of paper that cite it; none means all.
    pub kinds: Vec<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none while no end is known.
    pub ends_on: Option<NaiveDate>,
}

impl LegalBasis {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day <= end)
    }

    /// Whether papers of the kind with this code cite it.
    #[must_use]
    pub fn concerns(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|code| code == kind)
    }

    /// Its beginning, enough to know it: without who made it and what about where a number tells it from others.
    fn short(&self) -> &str {
        let number = self.words.find('/').unwrap_or(self.words.len());
        let ends = [" của ", " quy định ", " về "].map(|word| self.words[number..].find(word));
        let end = ends.into_iter().flatten().min();
        end.map_or(&self.words, |end| &self.words[..number + end])
    }

    /// Why it can't be cited on a day.
    fn fault(&self, on: NaiveDate) -> String {
        match self.ends_on.filter(|end| *end < on) {
            Some(end) => format!("“{}” hết hiệu lực từ sau ngày {}", self.words, date_text(end)),
            None => format!(
                "“{}” có hiệu lực từ ngày {}",
                self.words,
                date_text(self.starts_on)
            ),
        }
    }
}

/// Those that papers of a kind cite on a day.
#[must_use]
pub fn in_force<'a>(bases: &'a [LegalBasis], kind: &str, on: NaiveDate) -> Vec<&'a LegalBasis> {
    let all = bases.iter();
    all.filter(|basis| basis.concerns(kind) && basis.holds_on(on))
        .collect()
}

/// What a paper of this day cites that isn't in force then, with what is; none where nothing is wrong.
#[must_use]
pub fn refusal(bases: &[LegalBasis], kind: &str, typed: &str, on: NaiveDate) -> Option<String> {
    let cited = cited(bases, typed);
    let holds = |act: &Act| {
        let mut others = cited.iter();
        others.any(|(other, basis)| other.is_same(act) && basis.holds_on(on))
    };
    let faults: Vec<String> = cited
        .iter()
        .filter(|(act, basis)| !basis.holds_on(on) && !holds(act))
        .map(|(_, basis)| basis.fault(on))
        .collect();
    if faults.is_empty() {
        return None;
    }
    let on_text = date_text(on);
    let instead: Vec<&str> = in_force(bases, kind, on)
        .into_iter()
        .map(LegalBasis::short)
        .collect();
    let instead = match instead.as_slice() {
        [] => String::new(),
        some => format!(" Ngày {on_text} có hiệu lực: {}.", some.join("; ")),
    };
    Some(format!(
        "Ngày {on_text}: {}. Hãy bỏ hoặc thay căn cứ này.{instead}",
        faults.join("; ")
    ))
}

/// What of the cited bases ends within 90 days: a warning, not an error.
#[must_use]
pub fn ending_soon(bases: &[LegalBasis], typed: &str, on: NaiveDate) -> Vec<String> {
    let soon = on + chrono::Days::new(90);
    cited(bases, typed)
        .into_iter()
        .filter_map(|(_, basis)| {
            let end = basis.ends_on.filter(|end| on <= *end && *end <= soon)?;
            Some(format!(
                "“{}” hết hiệu lực sau ngày {}.",
                basis.words,
                date_text(end)
            ))
        })
        .collect()
}

/// The bases that typed lines cite.
fn cited<'a>(bases: &'a [LegalBasis], typed: &str) -> Vec<(Act, &'a LegalBasis)> {
    let acts = bases.iter().map(|basis| (Act::of(&basis.words), basis));
    acts.filter(|(act, _)| typed.split(['\n', ';']).any(|line| act.is_cited_in(line)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn basis(words: &str, starts_on: &str, ends_on: Option<&str>) -> LegalBasis {
        LegalBasis {
            words: words.to_owned(),
            kinds: Vec::new(),
            starts_on: day(starts_on),
            ends_on: ends_on.map(day),
        }
    }

    fn bases() -> Vec<LegalBasis> {
        vec![
            basis(
                "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003, được sửa đổi, bổ sung năm 2005 và năm 2013",
                "2004-07-01",
                Some("2023-12-31"),
            ),
            basis(
                "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
                "2024-01-01",
                None,
            ),
            basis(
                "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ",
                "2017-10-01",
                Some("2023-12-31"),
            ),
            basis(
                "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ",
                "2024-01-01",
                Some("2025-06-30"),
            ),
        ]
    }

    #[test]
    fn a_basis_that_has_ended_or_not_begun_is_refused_with_those_in_force() {
        let wrong = |typed: &str, on: &str| refusal(&bases(), "plan", typed, day(on));
        let decree = "Căn cứ Nghị định 98/2023/NĐ-CP về thi đua;";
        assert!(wrong(decree, "2025-07-01").unwrap().contains("30/06/2025"));
        let early = wrong(decree, "2023-02-05").unwrap();
        assert!(early.contains("có hiệu lực từ ngày 01/01/2024"), "{early}");
        let instead = "Ngày 05/02/2023 có hiệu lực: Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003, được sửa đổi, bổ sung năm 2005 và năm 2013; Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017.";
        assert!(early.ends_with(instead), "{early}");
        assert_eq!(wrong(decree, "2025-06-30"), None);
        let law = "Căn cứ Luật Thi đua, khen thưởng năm 2022";
        assert!(wrong(law, "2023-02-05").is_some() && wrong(law, "2024-02-05").is_none());
    }

    #[test]
    fn one_act_that_stands_twice_in_the_list_is_in_force_where_either_is() {
        let mut bases = bases();
        bases.push(basis(
            "Nghị định số 98/2023/NĐ-CP của Chính phủ",
            "2025-01-01",
            None,
        ));
        assert_eq!(
            refusal(
                &bases,
                "plan",
                "Căn cứ Nghị định số 98/2023/NĐ-CP",
                day("2026-01-01")
            ),
            None
        );
    }

    #[test]
    fn what_ends_soon_is_told() {
        let soon = |on: &str| ending_soon(&bases(), "Căn cứ Nghị định số 98/2023/NĐ-CP", day(on)).len();
        assert_eq!(
            (soon("2025-03-31"), soon("2025-04-01"), soon("2025-07-01")),
            (0, 1, 0)
        );
    }
}
