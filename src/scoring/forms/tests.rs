//! What typed points become: what is wrong is said at its line.

use super::*;
use crate::{
    criteria::{self, Basis, Criterion, Fact},
    ids::CriterionId,
    papers::Checked,
    scoring::{asked::Asked, model::Line},
};

fn criterion(kind: criteria::Kind, maximum: i64, needs_evidence: bool) -> Criterion {
    Criterion {
        id: CriterionId::new(),
        parent_id: None,
        code: "III.1".to_owned(),
        name: "Nhiệm vụ hoàn thành".to_owned(),
        kind,
        maximum: Decimal::from(maximum),
        needs_evidence,
        indicator: None,
        fact: None::<Fact>,
        note: String::new(),
    }
}

fn asked(criterion: Criterion, basis: Basis, files: usize) -> Asked {
    let rules = criteria::proposal().unwrap().rules;
    Asked {
        computed: criteria::compute(&criterion, &rules, &basis),
        criterion,
        basis,
        exemption: String::new(),
        files,
        proofs: Vec::new(),
    }
}

fn counted(count: i64, evidence: usize) -> Asked {
    let kind = criteria::Kind::Count { each: Decimal::ONE };
    let basis = Basis {
        actual: Some(Decimal::from(count)),
        ..Basis::default()
    };
    asked(criterion(kind, 10, true), basis, evidence)
}

fn typed(asked: &[Asked], points: &str, note: &str, links: &str) -> SelfScoreForm {
    let mut form = SelfScoreForm::default().aligned(asked);
    form.rows[0].points = points.to_owned();
    form.rows[0].note = note.to_owned();
    form.rows[0].links = links.to_owned();
    form
}

fn errors(asked: &[Asked], form: &SelfScoreForm) -> Vec<(String, String)> {
    match form.check(asked, 2, Checked::AsWhole) {
        Ok(_) => Vec::new(),
        Err(errors) => errors
            .iter()
            .map(|e| (e.field.clone(), e.message.clone()))
            .collect(),
    }
}

#[test]
fn computed_points_are_typed_beforehand_and_stand_without_a_word() {
    let asked = [counted(8, 1)];
    let form = SelfScoreForm::default().aligned(&asked);
    assert_eq!(form.rows[0].points, "8");
    assert_eq!(errors(&asked, &form), []);
}

#[test]
fn points_that_cannot_be_are_refused_in_words() {
    let asked = [counted(8, 1)];
    for (points, words) in [
        ("10,01", "Tối đa 10 điểm cho tiêu chí này."),
        ("9,555", "Ghi tối đa 2 chữ số sau dấu phẩy."),
        ("-1", "Điểm không âm. Không đạt thì ghi 0."),
        ("", "Hãy ghi điểm tự chấm; không có thì ghi 0."),
    ] {
        let found = errors(&asked, &typed(&asked, points, "vì", ""));
        assert_eq!(
            found,
            [("line_points-0".to_owned(), words.to_owned())],
            "{points}"
        );
    }
    assert_eq!(
        errors(
            &asked,
            &typed(&asked, "9,55", "thêm một nhiệm vụ ngoài báo cáo", "")
        ),
        []
    );
}

#[test]
fn other_points_than_the_computed_need_a_reason() {
    let asked = [counted(8, 1)];
    let found = errors(&asked, &typed(&asked, "9", "", ""));
    assert_eq!(found[0].0, "line_note-0");
    assert!(found[0].1.contains("khác 8 điểm"), "{found:?}");
}

#[test]
fn points_above_nought_need_their_evidence_a_file_or_an_address() {
    let asked = [counted(8, 0)];
    let found = errors(&asked, &typed(&asked, "8", "", ""));
    assert_eq!(found[0].0, "line_links-0");
    assert_eq!(
        errors(
            &asked,
            &typed(&asked, "8", "", "https://lienhiephoi.example/tin/1")
        ),
        []
    );
    assert_eq!(errors(&asked, &typed(&asked, "0", "chưa làm", "")), []);
    let script = errors(&asked, &typed(&asked, "8", "", "javascript:alert(1)"));
    assert_eq!(script[0].0, "line_links-0");
}

#[test]
fn what_does_not_apply_is_not_asked() {
    let mut one = counted(8, 0);
    one.exemption = "Hội thi hai năm một lần.".to_owned();
    let asked = [one];
    assert!(SelfScoreForm::default().aligned(&asked).rows.is_empty());
    assert_eq!(errors(&asked, &SelfScoreForm::default()), []);
}

fn line(asked: &Asked, own: i64) -> Line {
    let form = typed(
        std::slice::from_ref(asked),
        &own.to_string(),
        "đủ hồ sơ",
        "https://lienhiephoi.example",
    );
    form.check(std::slice::from_ref(asked), 2, Checked::AsWhole)
        .unwrap()
        .remove(0)
}

#[test]
fn an_appraisal_that_differs_needs_its_reason_and_keeps_what_the_line_had() {
    let asked = [counted(8, 1)];
    let lines = [line(&asked[0], 8)];
    let mut form = AppraisalForm::default().aligned(&lines);
    form.rows[0].points = "6".to_owned();
    let (kept, wrong) = form.check(&asked, &lines, 2, Checked::AsDraft);
    assert_eq!(
        wrong.of("line_reason-0"),
        Some("Hãy ghi lý do: điểm thẩm định khác điểm tự chấm.")
    );
    assert_eq!(kept[0].appraised, None);
    form.rows[0].reason = "2 nhiệm vụ chưa có quyết định giao".to_owned();
    let (kept, wrong) = form.check(&asked, &lines, 2, Checked::AsDraft);
    assert!(wrong.is_empty());
    assert_eq!((kept[0].points(), kept[0].differs()), (Decimal::from(6), true));
}

#[test]
fn an_appraisal_is_finished_when_every_line_has_points() {
    let asked = [counted(8, 1)];
    let lines = [line(&asked[0], 8)];
    let (_, wrong) = AppraisalForm::default().check(&asked, &lines, 2, Checked::AsWhole);
    assert!(wrong.of("line_points-0").is_some());
    assert!(
        AppraisalForm::default()
            .check(&asked, &lines, 2, Checked::AsDraft)
            .1
            .is_empty()
    );
}

#[test]
fn only_lines_that_were_asked_for_are_explained() {
    let asked = [counted(8, 1), counted(3, 1)];
    let mut lines = vec![line(&asked[0], 8), line(&asked[1], 3)];
    lines[1].question = "Danh sách lớp ở đâu?".to_owned();
    let empty = ExplanationForm::default();
    assert!(
        empty
            .check(&lines)
            .unwrap_err()
            .of("line_explanation-0")
            .is_some()
    );
    let mut form = empty.aligned(&lines);
    form.rows[0].explanation = "Đã bổ sung danh sách.".to_owned();
    let explained = form.check(&lines).unwrap();
    assert_eq!(
        (
            explained[0].explanation.as_str(),
            explained[1].explanation.as_str()
        ),
        ("", "Đã bổ sung danh sách.")
    );
}
