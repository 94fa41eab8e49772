//! Where a mistake is, in words: away from its field a message such as “Hãy nhập một số” says too little.

use super::super::forms::RegistrationForm;

/// `III. Cá nhân, dòng 2 (Trần Văn Thử)` for a field of the form.
pub(super) fn of(form: &RegistrationForm, field: &str) -> String {
    let (name, row) = match field.rsplit_once('-') {
        Some((name, row)) => (name, row.parse::<usize>().ok()),
        None => (field, None),
    };
    let (section, texts): (&str, Vec<&str>) = match name.split('_').next().unwrap_or_default() {
        "contact" => ("Người liên hệ", Vec::new()),
        "target" | "targets" => (
            "I. Chỉ tiêu",
            form.targets.iter().map(|r| r.indicator.as_str()).collect(),
        ),
        "title" | "titles" => ("II. Danh hiệu của tập thể", Vec::new()),
        "individual" | "individuals" => (
            "III. Cá nhân",
            form.individuals.iter().map(|r| r.full_name.as_str()).collect(),
        ),
        "initiative" | "initiatives" => (
            "IV. Sáng kiến, đề tài",
            form.initiatives.iter().map(|r| r.name.as_str()).collect(),
        ),
        _ => return String::new(),
    };
    let Some(row) = row else {
        return section.to_owned();
    };
    match texts.get(row).map(|text| text.trim()) {
        Some(text) if !text.is_empty() => format!("{section}, dòng {} ({text})", row + 1),
        _ => format!("{section}, dòng {}", row + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::forms::IndividualRow, *};
    use crate::papers::line_of_error;

    #[test]
    fn a_mistake_is_named_with_its_section_its_row_and_whom_it_is_about() {
        let form = RegistrationForm {
            individuals: vec![
                IndividualRow::default(),
                IndividualRow {
                    full_name: "Trần Văn Thử".to_owned(),
                    ..IndividualRow::default()
                },
            ],
            ..RegistrationForm::default()
        };
        let line = |field| line_of_error(&of(&form, field), "Hãy nhập chức vụ.");
        assert_eq!(
            line("individual_position-1"),
            "III. Cá nhân, dòng 2 (Trần Văn Thử): hãy nhập chức vụ."
        );
        assert_eq!(
            line("individual_position-0"),
            "III. Cá nhân, dòng 1: hãy nhập chức vụ."
        );
        assert_eq!(line("note"), "Hãy nhập chức vụ.");
    }
}
