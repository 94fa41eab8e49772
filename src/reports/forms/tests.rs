use std::collections::HashSet;

use super::*;
use crate::{
    ids::RowId,
    indicators::{Catalogue, State},
    papers::Draftable,
    reports::{
        asked::Basis,
        content::Promise,
        past::{Before, Past},
    },
    units::UnitKind,
};

fn basis(catalogue: Option<Catalogue>) -> Basis {
    Basis {
        year: 2023,
        unit_kind: UnitKind::ProvincialUnion,
        catalogue,
        past: Past::default(),
    }
}

fn promised(indicator: &str, registered: &str) -> Promise {
    Promise {
        id: RowId::new(),
        code: None,
        indicator: indicator.to_owned(),
        unit_of_measure: "lớp".to_owned(),
        registered: registered.parse().unwrap(),
    }
}

/// What is asked in a year without a catalogue.
fn promise(indicator: &str, registered: &str) -> Asked {
    let mut rows = basis(None).rows(&[promised(indicator, registered)], Period::Annual);
    rows.remove(0)
}

fn catalogue() -> Catalogue {
    Catalogue {
        year: 2023,
        state: State::Issued,
        version: 2,
        indicators: serde_json::from_str(include_str!("../../indicators/default-catalogue.json")).unwrap(),
        issued_at: None,
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

fn filled(promises: &[Asked]) -> ReportForm {
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
    let content = form.check(&promises, Period::Annual, Checked::AsWhole).unwrap();
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
    assert!(empty.check(&promises, Period::Annual, Checked::AsDraft).is_ok());
    let errors = empty
        .check(&promises, Period::Annual, Checked::AsWhole)
        .unwrap_err();
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
        form.check(&[], Period::Annual, Checked::AsWhole)
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
    let content = form.check(&[], Period::Annual, Checked::AsWhole).unwrap();
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
    let errors = form
        .check(&promises, Period::Annual, Checked::AsDraft)
        .unwrap_err();
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
    let away = ReportForm::merged(
        stored,
        ReportForm::default(),
        &OpenParts::All,
        &[],
        Period::Annual,
    );
    assert_eq!(away.figures.len(), 2);
    assert!(
        away.check(&[], Period::Annual, Checked::AsDraft)
            .unwrap()
            .figures
            .is_empty(),
        "but it isn't reported"
    );
    let typed = ReportForm {
        figures: vec![row(b.id, "3", "final"), row(RowId::new(), "9", "final")],
        ..ReportForm::default()
    };
    let back = ReportForm::merged(
        away,
        typed,
        &OpenParts::All,
        &[b.clone(), a.clone()],
        Period::Annual,
    );
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
    let merged = ReportForm::merged(stored, typed, &open, &promises, Period::Annual);
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
    let merged = ReportForm::merged(
        ReportForm::default(),
        typed,
        &OpenParts::All,
        &promises,
        Period::Annual,
    );
    assert_ne!(merged.additions[0].id, Some(promises[0].id));
}

#[test]
fn closing_asks_a_final_figure_for_each_estimate_and_keeps_the_estimate() {
    let promises = [promise("A", "1"), promise("B", "2")];
    let mut form = filled(&promises);
    form.figures[0].certainty = "final".to_owned();
    let content = form.check(&promises, Period::Annual, Checked::AsWhole).unwrap();
    assert!(
        FinalForm::default()
            .check(&content, None)
            .unwrap_err()
            .of("final_reached-0")
            .is_some()
    );
    let closing = FinalForm {
        version: 1,
        figure_id: vec![promises[1].id, promises[0].id],
        final_reached: vec!["9".to_owned(), "100".to_owned()],
    };
    let closed = closing.check(&content, None).unwrap();
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

/// Where and what is wrong: `figure_reached-3`.
fn wrong(form: &ReportForm, asked: &[Asked], how: Checked) -> Vec<String> {
    let errors = form.check(asked, Period::Annual, how).err().unwrap_or_default();
    errors
        .iter()
        .filter(|e| e.field.starts_with("figure"))
        .map(|e| {
            let (name, i) = e.field.rsplit_once('-').unwrap();
            let code = asked[i.parse::<usize>().unwrap()]
                .code()
                .unwrap_or("-")
                .to_owned();
            format!("{} {code}", name.trim_start_matches("figure_"))
        })
        .collect()
}

fn typed(asked: &[Asked], figures: &[(&str, &str)]) -> ReportForm {
    let mut form = ReportForm::default().aligned(asked);
    for (code, reached) in figures {
        let place = asked.iter().position(|a| a.code() == Some(*code)).unwrap();
        (*reached).clone_into(&mut form.figures[place].reached);
    }
    form
}

#[test]
fn the_catalogue_asks_its_rows_and_targets_outside_of_it_come_last() {
    let promises = [
        promised("LOP TAP HUAN, pho bien kien thuc", "8"),
        promised("Vườn ươm", "2"),
    ];
    let asked = basis(Some(catalogue())).rows(&promises, Period::Annual);
    let class = asked.iter().find(|a| a.code() == Some("TTPB.4")).unwrap();
    assert_eq!(
        (class.registered, class.promise_id),
        (Some(8.into()), Some(promises[0].id))
    );
    let last = asked.last().unwrap();
    assert_eq!(
        (last.indicator.as_str(), last.code(), last.required),
        ("Vườn ươm", None, true)
    );
    assert_eq!(asked.len(), catalogue().indicators.len() + 1);
    let mut national = basis(Some(catalogue()));
    national.unit_kind = UnitKind::NationalAssociation;
    let rows = national.rows(&[], Period::Annual);
    assert!(
        !rows.iter().any(|a| a.code() == Some("TC.7")),
        "what doesn't apply isn't asked"
    );
    // A draft from before the catalogue keeps what was typed.
    let before = ReportForm {
        figures: vec![row(promises[0].id, "7", "final")],
        ..ReportForm::default()
    };
    let after = before.aligned(&asked);
    let place = asked.iter().position(|a| a.id == class.id).unwrap();
    assert_eq!(after.figures[place], row(class.id, "7", "final"));
}

#[test]
fn rules_bounds_and_kinds_are_errors_at_the_field() {
    let asked = basis(Some(catalogue())).rows(&[], Period::Annual);
    let draft = |figures: &[(&str, &str)]| wrong(&typed(&asked, figures), &asked, Checked::AsDraft);
    assert!(draft(&[("NCDA.1", "3"), ("NCDA.2", "1"), ("NCDA.3", "2")]).is_empty());
    assert_eq!(
        draft(&[("NCDA.1", "4"), ("NCDA.2", "1"), ("NCDA.3", "2")]),
        ["reached NCDA.1"]
    );
    assert_eq!(draft(&[("TC.7", "8"), ("TC.8", "9")]), ["reached TC.8"]);
    assert_eq!(draft(&[("TVPB.6", "101")]), ["reached TVPB.6"]);
    assert_eq!(draft(&[("TC.1", "-1")]), ["reached TC.1"]);
    assert_eq!(draft(&[("TC.4", "1.234")]), ["reached TC.4"]);
    assert_eq!(draft(&[("TC.9", "vâng")]), ["reached TC.9"]);
    assert!(draft(&[("TC.9", "0"), ("HTQT.2", "Lào, Thái Lan")]).is_empty());
    let missing = wrong(&typed(&asked, &[]), &asked, Checked::AsWhole);
    assert_eq!(
        missing.len(),
        catalogue().indicators.iter().filter(|i| i.required).count()
    );
}

#[test]
fn a_link_is_https_and_nothing_else() {
    let promises = [promise("A", "1")];
    for (links, is_right) in [
        ("https://www.w3.org/TR/ https://susta.example/tin", true),
        ("", true),
        ("javascript:alert(1)", false),
        ("http://susta.example", false),
        ("susta.example", false),
        ("https://localhost", false),
        ("https://susta.example@127.0.0.1", false),
        (
            "https://a.example https://a.example https://a.example https://a.example https://a.example https://a.example",
            false,
        ),
    ] {
        let mut form = filled(&promises);
        links.clone_into(&mut form.figures[0].links);
        let errors = form
            .check(&promises, Period::Annual, Checked::AsDraft)
            .err()
            .unwrap_or_default();
        assert_eq!(errors.of("figure_links-0").is_none(), is_right, "{links}");
    }
}

#[test]
fn last_years_values_fill_empty_fields_and_stay_marked_until_they_are_touched() {
    let mut last_year = filled(&[]);
    last_year.additions = vec![
        AdditionRow {
            indicator: "A".to_owned(),
            unit_of_measure: "lớp".to_owned(),
            reached: "6".to_owned(),
            certainty: "final".to_owned(),
            ..AdditionRow::default()
        },
        AdditionRow {
            indicator: "B".to_owned(),
            unit_of_measure: "lớp".to_owned(),
            reached: "7".to_owned(),
            certainty: "final".to_owned(),
            ..AdditionRow::default()
        },
    ];
    let own = crate::ids::UnitId::new();
    let mut basis = basis(None);
    basis.past = Past::new(
        own,
        vec![Before {
            year: 2022,
            period: Period::Annual,
            unit_id: own,
            place: String::new(),
            content: last_year.check(&[], Period::Annual, Checked::AsWhole).unwrap(),
        }],
    );
    let asked = basis.rows(&[promised("A", "1"), promised("B", "2")], Period::Annual);
    let mut form = filled(&asked);
    form.figures[1].reached.clear();
    let (filled, number) = form.filled_from_last_year(&asked, &OpenParts::All);
    assert_eq!(number, 1);
    assert_eq!(
        filled
            .figures
            .iter()
            .map(|f| (f.reached.as_str(), f.taken_over.as_str()))
            .collect::<Vec<_>>(),
        [("8,5", ""), ("7", "1")]
    );
    // Saved again as it is, and then touched: the browser knows nothing of the mark.
    let mut typed = filled.clone();
    typed.figures[1].taken_over.clear();
    let same = ReportForm::merged(filled, typed.clone(), &OpenParts::All, &asked, Period::Annual);
    assert_eq!(same.figures[1].taken_over, "1");
    assert!(
        same.check(&asked, Period::Annual, Checked::AsWhole)
            .unwrap()
            .figures[1]
            .taken_over
    );
    typed.figures[1].certainty = "final".to_owned();
    let touched = ReportForm::merged(same, typed, &OpenParts::All, &asked, Period::Annual);
    assert_eq!(touched.figures[1].taken_over, "");
    assert!(!touched.figures[1].is_empty());
    // 48 after 6: a whole report answers the question.
    let mut large = touched;
    large.figures[0].reached = "48".to_owned();
    assert_eq!(wrong(&large, &asked, Checked::AsDraft), Vec::<String>::new());
    assert_eq!(wrong(&large, &asked, Checked::AsWhole), ["answer -"]);
    large.figures[0].answer = "Đúng, tính cả lớp phối hợp.".to_owned();
    let content = large.check(&asked, Period::Annual, Checked::AsWhole).unwrap();
    let explained = content.figures[0].explained.as_ref().unwrap();
    assert_eq!(explained.question, "48 lớp; năm trước là 6. Đúng không?");
    assert_eq!(ReportForm::from(&content).figures[0].answer, explained.answer);
}

#[test]
fn what_was_frozen_before_reads_and_writes_as_it_was() {
    let old = serde_json::json!({
        "figures": [{"id": RowId::new(), "indicator": "A", "unit_of_measure": "lớp", "registered": "8", "reached": "7",
                     "certainty": "estimate", "final_reached": null, "note": ""}],
        "additions": [], "situation": "a", "results": "b", "emulation": "c", "limitations": "d", "directions": "e", "proposals": "",
    });
    let content: Content = serde_json::from_value(old.clone()).unwrap();
    assert_eq!(serde_json::to_value(&content).unwrap(), old);
}

#[test]
fn the_report_on_six_months_asks_less_text() {
    let promises = [promise("A", "1")];
    let mut form = filled(&promises);
    form.situation.clear();
    form.emulation.clear();
    let content = form.check(&promises, Period::Midyear, Checked::AsWhole).unwrap();
    assert_eq!(
        (content.situation.as_str(), content.results.as_str()),
        ("", "Nội dung.")
    );
    form.results.clear();
    let errors = form
        .check(&promises, Period::Midyear, Checked::AsWhole)
        .unwrap_err();
    assert!(
        errors
            .of("results")
            .is_some_and(|e| e.contains("I. Kết quả sáu tháng đầu năm"))
    );
}

#[test]
fn a_final_figure_that_breaks_a_rule_is_told_where_it_can_be_mended() {
    let asked = basis(Some(catalogue())).rows(&[], Period::Annual);
    let mut form = filled(&asked[..0]);
    let base = typed(&asked, &[("NCDA.1", "3"), ("NCDA.2", "1"), ("NCDA.3", "2")]);
    form.figures = base.figures;
    for figure in &mut form.figures {
        figure.certainty = "estimate".to_owned();
    }
    let content = form.check(&asked, Period::Annual, Checked::AsDraft).unwrap();
    let ids: Vec<RowId> = content.figures.iter().map(|f| f.id).collect();
    let closing = |figures: [&str; 3]| FinalForm {
        version: 1,
        figure_id: ids.clone(),
        final_reached: figures.map(str::to_owned).to_vec(),
    };
    assert!(
        closing(["4", "2", "2"])
            .check(&content, Some(&catalogue()))
            .is_ok()
    );
    let errors = closing(["4", "1", "2"])
        .check(&content, Some(&catalogue()))
        .unwrap_err();
    assert!(errors.of("final_reached-0").is_some());
}
