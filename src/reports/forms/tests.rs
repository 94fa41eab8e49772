use std::collections::HashSet;

use super::*;
use crate::ids::RowId;

fn promise(indicator: &str, registered: &str) -> Promise {
    Promise {
        id: RowId::new(),
        indicator: indicator.to_owned(),
        unit_of_measure: "lớp".to_owned(),
        registered: registered.parse().unwrap(),
    }
}

fn row(id: RowId, reached: &str, certainty: &str) -> FigureRow {
    FigureRow {
        id: Some(id),
        reached: reached.to_owned(),
        certainty: certainty.to_owned(),
        ..FigureRow::default()
    }
}

fn filled(promises: &[Promise]) -> ReportForm {
    let text = || "Nội dung.".to_owned();
    ReportForm {
        figures: promises.iter().map(|p| row(p.id, "8,5", "estimate")).collect(),
        situation: text(),
        results: text(),
        emulation: text(),
        limitations: text(),
        directions: text(),
        ..ReportForm::default()
    }
}

#[test]
fn a_filled_form_is_content_and_reads_back_as_typed() {
    let promises = [promise("Lớp tập huấn", "8")];
    let form = filled(&promises);
    let content = form.check(&promises, Checked::AsWhole).unwrap();
    assert_eq!(
        content.figures[0].registered,
        Some("8".parse().unwrap()),
        "what was registered is frozen with it"
    );
    assert_eq!(ReportForm::from(&content), form);
}

#[test]
fn an_empty_form_is_a_good_draft_and_no_whole() {
    let promises = [promise("Lớp tập huấn", "8")];
    let empty = ReportForm::default().aligned(&promises);
    assert!(empty.check(&promises, Checked::AsDraft).is_ok());
    let errors = empty.check(&promises, Checked::AsWhole).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "figure_reached-0",
            "situation",
            "results",
            "emulation",
            "limitations",
            "directions"
        ]
    );
}

#[test]
fn without_a_registration_a_report_has_rows_of_its_own() {
    let mut form = filled(&[]);
    assert!(
        form.check(&[], Checked::AsWhole)
            .unwrap_err()
            .of("additions")
            .is_some()
    );
    form.additions.push(AdditionRow {
        indicator: "Hội thảo".to_owned(),
        unit_of_measure: "cuộc".to_owned(),
        reached: "0".to_owned(),
        certainty: "final".to_owned(),
        ..AdditionRow::default()
    });
    let content = form.check(&[], Checked::AsWhole).unwrap();
    assert_eq!(
        (content.additions[0].registered, content.open_estimates()),
        (None, 0)
    );
}

#[test]
fn what_is_wrong_is_wrong_in_a_draft_too_at_its_cell() {
    let promises = [promise("Lớp tập huấn", "8")];
    let mut form = filled(&promises);
    form.figures[0].reached = "8 lớp".to_owned();
    form.additions.push(AdditionRow {
        indicator: "LỚP TẬP HUẤN".to_owned(),
        certainty: "maybe".to_owned(),
        ..AdditionRow::default()
    });
    form.results = "ă".repeat(8001);
    let errors = form.check(&promises, Checked::AsDraft).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "figure_reached-0",
            "addition_indicator-0",
            "addition_certainty-0",
            "results"
        ]
    );
}

#[test]
fn rows_follow_the_registration_and_none_is_lost_while_it_is_away() {
    let (a, b) = (promise("A", "1"), promise("B", "2"));
    let stored = ReportForm {
        figures: vec![row(a.id, "1", "final"), row(b.id, "2", "final")],
        ..ReportForm::default()
    };
    let away = ReportForm::merged(stored, ReportForm::default(), &OpenParts::All, &[]);
    assert_eq!(away.figures.len(), 2);
    assert!(
        away.check(&[], Checked::AsDraft).unwrap().figures.is_empty(),
        "but it isn't reported"
    );
    let typed = ReportForm {
        figures: vec![row(b.id, "3", "final"), row(RowId::new(), "9", "final")],
        ..ReportForm::default()
    };
    let back = ReportForm::merged(away, typed, &OpenParts::All, &[b.clone(), a.clone()]);
    assert_eq!(
        back.figures,
        [row(b.id, "3", "final"), row(a.id, "1", "final")],
        "rows of nobody's promise are ignored"
    );
}

#[test]
fn after_a_return_only_the_items_named_take_what_is_typed() {
    let promises = [promise("A", "1"), promise("B", "2")];
    let stored = filled(&promises);
    let mut typed = stored.clone();
    for figure in &mut typed.figures {
        figure.reached = "99".to_owned();
    }
    typed.results = "Khác.".to_owned();
    typed.emulation = "Khác.".to_owned();
    let open = OpenParts::Only {
        sections: HashSet::from(["results".to_owned()]),
        rows: HashSet::from([promises[1].id]),
    };
    let merged = ReportForm::merged(stored, typed, &open, &promises);
    assert_eq!(
        merged
            .figures
            .iter()
            .map(|f| f.reached.as_str())
            .collect::<Vec<_>>(),
        ["8,5", "99"]
    );
    assert_eq!(
        (merged.results.as_str(), merged.emulation.as_str()),
        ("Khác.", "Nội dung.")
    );
}

#[test]
fn an_addition_cannot_take_the_id_of_a_target() {
    let promises = [promise("A", "1")];
    let typed = ReportForm {
        additions: vec![AdditionRow {
            id: Some(promises[0].id),
            indicator: "B".to_owned(),
            ..AdditionRow::default()
        }],
        ..ReportForm::default()
    };
    let merged = ReportForm::merged(ReportForm::default(), typed, &OpenParts::All, &promises);
    assert_ne!(merged.additions[0].id, Some(promises[0].id));
}

#[test]
fn closing_asks_a_final_figure_for_each_estimate_and_keeps_the_estimate() {
    let promises = [promise("A", "1"), promise("B", "2")];
    let mut form = filled(&promises);
    form.figures[0].certainty = "final".to_owned();
    let content = form.check(&promises, Checked::AsWhole).unwrap();
    assert!(
        FinalForm::default()
            .check(&content)
            .unwrap_err()
            .of("final_reached-0")
            .is_some()
    );
    let closing = FinalForm {
        version: 1,
        figure_id: vec![promises[1].id, promises[0].id],
        final_reached: vec!["9".to_owned(), "100".to_owned()],
    };
    let closed = closing.check(&content).unwrap();
    assert_eq!(
        closed.figures[0], content.figures[0],
        "a figure that was final stays as it was"
    );
    assert_eq!(closed.figures[1].reached, content.figures[1].reached);
    assert_eq!(
        (closed.figures[1].value(), closed.figures[1].difference()),
        ("9".parse().unwrap(), Some("0.5".parse().unwrap()))
    );
    assert_eq!(closed.open_estimates(), 0);
}
