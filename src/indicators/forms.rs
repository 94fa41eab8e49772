//! An indicator as typed, and the way from there to a checked one; the last look at a catalogue before it is issued.

use std::collections::HashSet;

use serde::Deserialize;

use super::model::{AppliesTo, Catalogue, Group, Indicator, Kind, Span};
use crate::{
    ids::RowId,
    kit::{
        fields::FieldErrors,
        text::fold,
        values::{self, figure_typed},
    },
};

/// The form that begins a catalogue.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewCatalogueForm {
    pub year: String,
    /// `default`, or a year.
    pub source: String,
}

impl NewCatalogueForm {
    /// The year, and the year to copy; none for the default.
    pub fn check(&self) -> Result<(i32, Option<i32>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let year = errors.read("year", values::whole(&self.year, 2015, 2100, "Năm"));
        let source = match self.source.as_str() {
            "default" => Some(None),
            typed => errors
                .read(
                    "source",
                    typed
                        .parse::<i32>()
                        .map_err(|_| "Hãy chọn danh mục để chép.".to_owned()),
                )
                .map(Some),
        };
        match (year, source) {
            (Some(year), Some(source)) => Ok((year, source)),
            _ => Err(errors),
        }
    }
}

/// An indicator as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct IndicatorForm {
    pub version: i32,
    pub code: String,
    pub name: String,
    pub definition: String,
    pub unit_of_measure: String,
    pub group: String,
    pub kind: String,
    pub period: String,
    pub applies_to: String,
    pub required: String,
    pub least: String,
    pub most: String,
    pub sum_of: String,
    pub not_more_than: String,
}

impl IndicatorForm {
    /// The form of an indicator that is there.
    #[must_use]
    pub fn of(indicator: &Indicator, version: i32) -> Self {
        Self {
            version,
            code: indicator.code.clone(),
            name: indicator.name.clone(),
            definition: indicator.definition.clone(),
            unit_of_measure: indicator.unit_of_measure.clone(),
            group: indicator.group.code().to_owned(),
            kind: indicator.kind.code().to_owned(),
            period: indicator.period.code().to_owned(),
            applies_to: indicator.applies_to.code().to_owned(),
            required: if indicator.required { "1" } else { "" }.to_owned(),
            least: indicator.least.map(figure_typed).unwrap_or_default(),
            most: indicator.most.map(figure_typed).unwrap_or_default(),
            sum_of: indicator.sum_of.join(", "),
            not_more_than: indicator.not_more_than.clone().unwrap_or_default(),
        }
    }

    /// The checked indicator in its catalogue; `replaced` is the one that it takes the place of.
    pub fn check(
        &self,
        catalogue: &Catalogue,
        replaced: Option<&Indicator>,
    ) -> Result<Indicator, FieldErrors> {
        let mut e = FieldErrors::default();
        let code = e.read("code", code(&self.code)).unwrap_or_default();
        let name = e.read("name", values::required_line(&self.name, 300, "tên chỉ tiêu"));
        let definition = e.read(
            "definition",
            values::required_paragraphs(&self.definition, 1000, "định nghĩa: tính gì, không tính gì"),
        );
        let unit = e.read(
            "unit_of_measure",
            values::required_line(&self.unit_of_measure, 50, "đơn vị tính"),
        );
        let group = choice(&mut e, "group", Group::from_code(&self.group));
        let kind = choice(&mut e, "kind", Kind::from_code(&self.kind));
        let period = choice(&mut e, "period", Span::from_code(&self.period));
        let applies_to = choice(&mut e, "applies_to", AppliesTo::from_code(&self.applies_to));
        let is_number = kind.is_none_or(Kind::is_number);
        let least = bound(&mut e, "least", &self.least, is_number);
        let most = bound(&mut e, "most", &self.most, is_number);
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            e.add("most", "Số lớn nhất không được nhỏ hơn số nhỏ nhất.");
        }
        let sum_of = self.read_sum(&mut e, catalogue, &code, is_number);
        let not_more_than = Some(self.not_more_than.trim().to_owned()).filter(|code| !code.is_empty());
        if let Some(other) = &not_more_than {
            known(&mut e, "not_more_than", other, catalogue, &code, is_number);
        }
        let others = || {
            catalogue
                .indicators
                .iter()
                .filter(|i| replaced.is_none_or(|r| r.id != i.id))
        };
        if others().any(|i| i.code == code) {
            e.add("code", "Mã này đã có trong danh mục.");
        }
        if name
            .as_ref()
            .is_some_and(|name| others().any(|i| fold(&i.name) == fold(name)))
        {
            e.add("name", "Tên này đã có trong danh mục.");
        }
        match (
            name,
            definition,
            unit,
            group,
            kind,
            period,
            applies_to,
            e.is_empty(),
        ) {
            (
                Some(name),
                Some(definition),
                Some(unit_of_measure),
                Some(group),
                Some(kind),
                Some(period),
                Some(applies_to),
                true,
            ) => Ok(Indicator {
                id: replaced.map_or_else(RowId::new, |r| r.id),
                code,
                name,
                definition,
                unit_of_measure,
                group,
                kind,
                period,
                applies_to,
                required: !self.required.is_empty(),
                least,
                most,
                sum_of,
                not_more_than,
            }),
            _ => Err(e),
        }
    }

    fn read_sum(
        &self,
        e: &mut FieldErrors,
        catalogue: &Catalogue,
        own: &str,
        is_number: bool,
    ) -> Vec<String> {
        let codes: Vec<String> = self
            .sum_of
            .split([',', ';', '+', ' '])
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect();
        for code in &codes {
            known(e, "sum_of", code, catalogue, own, is_number);
        }
        if codes.len() == 1 {
            e.add(
                "sum_of",
                "Một tổng cần ít nhất hai chỉ tiêu, ví dụ NCDA.2, NCDA.3.",
            );
        }
        codes
    }
}

fn choice<T>(e: &mut FieldErrors, field: &str, found: Option<T>) -> Option<T> {
    if found.is_none() {
        e.add(field, "Hãy chọn trong danh sách.");
    }
    found
}

fn bound(e: &mut FieldErrors, field: &str, typed: &str, is_number: bool) -> Option<rust_decimal::Decimal> {
    if typed.trim().is_empty() {
        return None;
    }
    if !is_number {
        e.add(field, "Chỉ tiêu này không trả lời bằng số nên không có giới hạn.");
    }
    e.read(field, values::figure(typed))
}

/// A rule names another indicator of the same catalogue that is answered with a number.
fn known(e: &mut FieldErrors, field: &str, code: &str, catalogue: &Catalogue, own: &str, is_number: bool) {
    if !is_number {
        e.add(
            field,
            "Chỉ tiêu này không trả lời bằng số nên không so với số khác được.",
        );
    } else if code == own {
        e.add(field, "Một chỉ tiêu không so với chính nó.");
    } else if !catalogue.find(code).is_some_and(|i| i.kind.is_number()) {
        e.add(
            field,
            format!("Danh mục không có chỉ tiêu bằng số nào mang mã “{code}”."),
        );
    }
}

/// `TVPB.1`: Latin capitals, a dot, a number.
fn code(typed: &str) -> Result<String, String> {
    let text = values::required_line(typed, 12, "mã chỉ tiêu")?;
    let is_code = text.split_once('.').is_some_and(|(group, number)| {
        (1..=6).contains(&group.len())
            && group.chars().all(|c| c.is_ascii_uppercase())
            && (1..=3).contains(&number.len())
            && number.chars().all(|c| c.is_ascii_digit())
    });
    if is_code {
        Ok(text)
    } else {
        Err("Mã gồm chữ in hoa không dấu, dấu chấm và số, ví dụ TVPB.1.".to_owned())
    }
}

/// Whether a catalogue can be issued: it asks something, and its rules name indicators that are there. An indicator
/// that others name can be taken out of a draft; here it is missed.
pub(super) fn check_whole(catalogue: &Catalogue) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    if catalogue.indicators.is_empty() {
        errors.add("indicators", "Danh mục chưa có chỉ tiêu nào.");
    }
    let codes: HashSet<&str> = catalogue.indicators.iter().map(|i| i.code.as_str()).collect();
    for indicator in &catalogue.indicators {
        let named = indicator.sum_of.iter().chain(&indicator.not_more_than);
        for code in named.filter(|code| !codes.contains(code.as_str())) {
            errors.add(
                format!("chi-tieu-{}", indicator.code),
                format!(
                    "{}: ràng buộc nhắc đến {code}, nhưng danh mục không có mã này.",
                    indicator.code
                ),
            );
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicators::State;

    fn default_catalogue() -> Catalogue {
        Catalogue {
            year: 2023,
            state: State::Draft,
            version: 1,
            indicators: serde_json::from_str(include_str!("default-catalogue.json")).unwrap(),
            issued_at: None,
        }
    }

    #[test]
    fn the_default_catalogue_passes_its_own_form() {
        let catalogue = default_catalogue();
        assert!((35..=45).contains(&catalogue.indicators.len()));
        for indicator in &catalogue.indicators {
            let read = IndicatorForm::of(indicator, 1).check(&catalogue, Some(indicator));
            assert_eq!(read.as_ref(), Ok(indicator), "{}", indicator.code);
        }
        assert!(check_whole(&catalogue).is_ok());
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let catalogue = default_catalogue();
        let good = IndicatorForm {
            code: "TTPB.9".to_owned(),
            name: "Phim phổ biến kiến thức".to_owned(),
            ..IndicatorForm::of(catalogue.find("TTPB.1").unwrap(), 1)
        };
        assert!(good.check(&catalogue, None).is_ok());
        let wrong = |change: fn(&mut IndicatorForm)| {
            let mut form = good.clone();
            change(&mut form);
            let errors = form.check(&catalogue, None).unwrap_err();
            errors
                .iter()
                .map(|e| e.field.clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(wrong(|f| f.code = "tvpb 1".to_owned()), "code");
        assert_eq!(wrong(|f| f.code = "TVPB.1".to_owned()), "code");
        assert_eq!(wrong(|f| f.name = "HOI THANH VIEN".to_owned()), "name");
        assert_eq!(wrong(|f| f.kind = "number".to_owned()), "kind");
        assert_eq!(wrong(|f| f.least = "-1".to_owned()), "least");
        assert_eq!(wrong(|f| f.least = "61".to_owned()), "most");
        assert_eq!(wrong(|f| f.sum_of = "TC.1".to_owned()), "sum_of");
        assert_eq!(wrong(|f| f.sum_of = "TC.1, XX.9".to_owned()), "sum_of");
        assert_eq!(wrong(|f| f.not_more_than = "TTPB.9".to_owned()), "not_more_than");
        assert_eq!(wrong(|f| f.not_more_than = "HTQT.2".to_owned()), "not_more_than");
    }

    #[test]
    fn a_rule_whose_indicator_is_gone_keeps_the_catalogue_from_being_issued() {
        let mut catalogue = default_catalogue();
        catalogue.indicators.retain(|i| i.code != "NCDA.3");
        let errors = check_whole(&catalogue).unwrap_err();
        assert!(errors.of("chi-tieu-NCDA.1").is_some());
    }
}
