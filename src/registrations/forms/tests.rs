//! What a typed registration becomes.

use super::*;
use crate::awards::Award;

fn awards() -> Awards {
    let award = |code: &str, for_units, for_persons| Award {
        code: code.to_owned(),
        name: code.to_owned(),
        short_name: code.to_owned(),
        for_units,
        for_persons,
    };
    Awards(vec![
        award("vusta_flag", true, false),
        award("vusta_merit", true, true),
    ])
}

fn filled() -> RegistrationForm {
    RegistrationForm {
        contact_name: "Nguyễn Văn Mẫu".to_owned(),
        contact_phone: "0212 000 0001".to_owned(),
        targets: vec![TargetRow {
            indicator: "Lớp tập huấn".to_owned(),
            unit_of_measure: "lớp".to_owned(),
            last_result: "0".to_owned(),
            target: "8,5".to_owned(),
            ..TargetRow::default()
        }],
        titles: vec![TitleRow {
            award: "vusta_flag".to_owned(),
            ..TitleRow::default()
        }],
        ..RegistrationForm::default()
    }
}

#[test]
fn a_filled_form_is_content_and_reads_back_as_typed() {
    let content = filled().check(&awards(), 2023, Checked::AsWhole).unwrap();
    assert_eq!(
        content.targets[0].last_result,
        Some(rust_decimal::Decimal::ZERO),
        "0 is a value"
    );
    let again = RegistrationForm::from(&content);
    assert_eq!(again.targets[0].target, "8,5");
}

#[test]
fn an_empty_form_is_a_good_draft_and_no_whole() {
    let empty = RegistrationForm::default();
    assert!(empty.check(&awards(), 2023, Checked::AsDraft).is_ok());
    let errors = empty.check(&awards(), 2023, Checked::AsWhole).unwrap_err();
    for field in ["contact_name", "contact_phone", "targets", "titles"] {
        assert!(errors.of(field).is_some(), "{field}");
    }
}

#[test]
fn what_is_wrong_is_wrong_in_a_draft_too_at_its_cell() {
    let mut form = filled();
    form.targets[0].target = "8 lớp".to_owned();
    form.titles.push(TitleRow {
        award: "vusta_flag".to_owned(),
        ..TitleRow::default()
    });
    form.individuals.push(IndividualRow {
        full_name: "Mẫu".to_owned(),
        award: "vusta_flag".to_owned(),
        ..IndividualRow::default()
    });
    form.initiatives.push(InitiativeRow {
        name: "x".to_owned(),
        recognised_on: "31/02/2023".to_owned(),
        ..InitiativeRow::default()
    });
    let errors = form.check(&awards(), 2023, Checked::AsDraft).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "title_award-1",
            "target_target-0",
            "individual_award-0",
            "initiative_recognised_on-0"
        ]
    );
}

#[test]
fn rows_get_ids_of_their_own_and_blank_ones_vanish() {
    let twin = RowId::new();
    let typed = RegistrationForm {
        titles: vec![
            TitleRow {
                id: Some(twin),
                award: "a".to_owned(),
                ..TitleRow::default()
            },
            TitleRow {
                id: Some(twin),
                award: "b".to_owned(),
                ..TitleRow::default()
            },
            TitleRow::default(),
        ],
        ..RegistrationForm::default()
    };
    let stored = RegistrationForm {
        titles: typed.titles[..1].to_vec(),
        ..RegistrationForm::default()
    };
    let merged = RegistrationForm::merged(stored, typed, &OpenParts::All);
    assert_eq!(merged.titles.len(), 2);
    assert_eq!(merged.titles[0].id, Some(twin));
    assert_ne!(merged.titles[1].id, Some(twin));
}
