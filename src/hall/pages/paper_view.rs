//! A ballot paper as the phone shows it, and the way from a posted form to choices.

use crate::{
    ballots::{Answer, Choices, Plan, Question, Style},
    hall::scene::how_to_choose,
    ids::UnitId,
    kit::text::capital,
};

/// A question on the paper.
pub(super) struct QuestionView {
    /// Its place on the paper, from 0.
    pub place: usize,
    pub title: String,
    pub hint: String,
    pub is_yes_no: bool,
    pub most: i32,
    pub is_wrong: bool,
    pub options: Vec<OptionView>,
}

/// Something to choose.
pub(super) struct OptionView {
    pub place: usize,
    pub name: String,
    pub note: String,
    /// A unit that this voter doesn't vote for.
    pub is_barred: bool,
    pub mark: Option<bool>,
}

impl QuestionView {
    /// How many are chosen.
    pub fn chosen(&self) -> usize {
        self.options
            .iter()
            .filter(|option| option.mark == Some(true))
            .count()
    }
}

/// The paper with what is chosen on it; `wrong` are the questions with a mistake.
pub(super) fn questions(
    plan: &Plan,
    barred: &[UnitId],
    choices: &Choices,
    wrong: &[usize],
) -> Vec<QuestionView> {
    let is_barred = |unit: Option<UnitId>| {
        !plan.rule.may_vote_for_self && unit.is_some_and(|unit| barred.contains(&unit))
    };
    let view = |(place, question): (usize, &Question)| QuestionView {
        place,
        title: question.title.clone(),
        hint: hint(question),
        is_yes_no: question.style == Style::EachYesNo,
        most: question.most,
        is_wrong: wrong.contains(&place),
        options: question
            .candidates
            .iter()
            .enumerate()
            .map(|(at, candidate)| OptionView {
                place: at,
                name: candidate.name.clone(),
                note: candidate.origin.clone(),
                is_barred: is_barred(candidate.unit_id),
                mark: choices.0.get(place).and_then(|answer| answer.of(at)),
            })
            .collect(),
    };
    plan.questions.iter().enumerate().map(view).collect()
}

fn hint(question: &Question) -> String {
    format!(
        "{}. Không chọn gì là phiếu trắng.",
        capital(&how_to_choose(question))
    )
}

/// What a form says; what it doesn't name is left open. Fields: `q0=2` for a choice, `q0c2=yes` for a mark.
pub(super) fn choices(plan: &Plan, fields: &[(String, String)]) -> Choices {
    let values = |name: String| {
        fields
            .iter()
            .filter(move |(field, _)| *field == name)
            .map(|(_, value)| value.as_str())
    };
    let answer = |(i, question): (usize, &Question)| match question.style {
        // A place that is no number can only come from a forged form: one beyond the list is refused by the check.
        Style::Choose => Answer::Chosen(
            values(format!("q{i}"))
                .map(|value| value.parse().unwrap_or(usize::MAX))
                .collect(),
        ),
        Style::EachYesNo => Answer::Marks(
            (0..question.candidates.len())
                .map(|j| match values(format!("q{i}c{j}")).next() {
                    Some("yes") => Some(true),
                    Some("no") => Some(false),
                    _ => None,
                })
                .collect(),
        ),
    };
    Choices(plan.questions.iter().enumerate().map(answer).collect())
}

/// The same choices as fields of a form, to be sent again.
pub(super) fn fields(choices: &Choices) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for (i, answer) in choices.0.iter().enumerate() {
        match answer {
            Answer::Chosen(places) => {
                list.extend(places.iter().map(|place| (format!("q{i}"), place.to_string())));
            }
            Answer::Marks(marks) => list.extend(marks.iter().enumerate().filter_map(|(j, mark)| {
                let value = if (*mark)? { "yes" } else { "no" };
                Some((format!("q{i}c{j}"), value.to_owned()))
            })),
        }
    }
    list
}

/// A paper in words: `Sơn La; Hòa Bình`, `Sơn La: đồng ý; Yên Bái: không đồng ý`, `phiếu trắng`.
pub(super) fn in_words(plan: &Plan, choices: &Choices) -> String {
    if choices.is_blank() {
        return "phiếu trắng".to_owned();
    }
    let mut parts = Vec::new();
    for (question, answer) in plan.questions.iter().zip(&choices.0) {
        let words: Vec<String> = question
            .candidates
            .iter()
            .enumerate()
            .filter_map(|(place, candidate)| match (question.style, answer.of(place)?) {
                (Style::Choose, _) => Some(candidate.name.clone()),
                (Style::EachYesNo, true) => Some(format!("{}: đồng ý", candidate.name)),
                (Style::EachYesNo, false) => Some(format!("{}: không đồng ý", candidate.name)),
            })
            .collect();
        let words = if words.is_empty() {
            "để trống".to_owned()
        } else {
            words.join("; ")
        };
        parts.push(if plan.questions.len() > 1 {
            format!("{}: {words}", question.title)
        } else {
            words
        });
    }
    parts.join(". ")
}
