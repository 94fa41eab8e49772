//! A decision as typed, and the way from there to what is issued.

mod handovers;

pub(super) use handovers::{CorrectionForm, HandoverForm};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Content, Ground, ISSUER, Kind, Line, Surroundings};
use crate::{
    ids::{DecisionId, NominationId},
    kit::{
        clock::date_text,
        documents::model::Power,
        fields::FieldErrors,
        values::{self, PersonName},
    },
};

/// The whole form as typed: what a draft keeps, right or wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "named like the fields of what is issued")]
pub struct DecisionForm {
    pub number: String,
    pub symbol: String,
    pub issued_on: String,
    pub signer: String,
    pub signer_power: String,
    pub signer_post: String,
    pub title: String,
    pub bases: String,
    pub reason: String,
    pub ground: String,
    pub nomination: Vec<NominationId>,
}

impl Default for DecisionForm {
    fn default() -> Self {
        Self {
            number: String::new(),
            symbol: "QĐ-LHHVN".to_owned(),
            issued_on: String::new(),
            signer: String::new(),
            signer_power: String::new(),
            signer_post: "Chủ tịch".to_owned(),
            title: String::new(),
            bases: String::new(),
            reason: String::new(),
            ground: "substance".to_owned(),
            nomination: Vec::new(),
        }
    }
}

impl DecisionForm {
    /// Whether a nomination is ticked.
    pub(super) fn has(&self, id: NominationId) -> bool {
        self.nomination.contains(&id)
    }

    /// The same with the bases of the day that it bears, where they are still those that were offered on another day.
    #[must_use]
    pub(super) fn citing_its_day(mut self, around: &Surroundings, offered_on: NaiveDate) -> Self {
        let offered = around.bases_on(offered_on);
        if let Ok(day) = values::date(&self.issued_on)
            && self.bases.lines().eq(offered.lines())
        {
            self.bases = around.bases_on(day);
        }
        self
    }

    /// Which of its bases end soon after its day.
    pub(super) fn ending_bases(&self, around: &Surroundings) -> Vec<String> {
        let day = values::date(&self.issued_on).ok();
        day.map_or_else(Vec::new, |day| around.ending_bases(&self.bases, day))
    }

    /// What would be issued.
    pub fn check(&self, kind: Kind, around: &Surroundings, today: NaiveDate) -> Result<Content, FieldErrors> {
        let about = around.about();
        let mut errors = FieldErrors::default();
        let issued_on = values::date(&self.issued_on).and_then(|day| match &about {
            _ if day > today => Err(format!("Ngày {} chưa đến.", date_text(day))),
            Some(about) if day < about.issued_on => Err(format!(
                "Ngày ban hành không thể trước quyết định {} ({}).",
                about.number,
                date_text(about.issued_on)
            )),
            _ => Ok(day),
        });
        let issued_on = errors.read("issued_on", issued_on);
        let lines = self.lines(kind, &mut errors, around);
        let content = Content {
            kind,
            number: errors
                .read("number", values::whole(&self.number, 1, 99_999, "Số quyết định"))
                .unwrap_or_default(),
            symbol: errors.read("symbol", symbol(&self.symbol)).unwrap_or_default(),
            issued_on: issued_on.unwrap_or(today),
            issuer: ISSUER.to_owned(),
            signer: errors.read("signer", signer(&self.signer)).unwrap_or_default(),
            signer_power: errors
                .read("signer_power", power(&self.signer_power))
                .unwrap_or_default(),
            signer_post: errors
                .read(
                    "signer_post",
                    values::required_line(&self.signer_post, 200, "chức vụ người ký"),
                )
                .unwrap_or_default(),
            title: errors
                .read("title", values::required_line(&self.title, 500, "trích yếu"))
                .unwrap_or_default(),
            bases: self.bases(&mut errors, around, issued_on),
            in_part: kind == Kind::Cancellation && lines.len() < around.awarded(),
            lines,
            reason: self.reason(kind, &mut errors),
            ground: self.ground(kind, &mut errors),
            about,
        };
        if errors.is_empty() {
            Ok(content)
        } else {
            Err(errors)
        }
    }

    /// The lines of the bases, each in force on the day that the decision bears.
    fn bases(
        &self,
        errors: &mut FieldErrors,
        around: &Surroundings,
        issued_on: Option<NaiveDate>,
    ) -> Vec<String> {
        let text = values::required_paragraphs(&self.bases, 5000, "ít nhất một căn cứ").and_then(|text| {
            let refusal = issued_on.and_then(|day| around.refusal_of_bases(&text, day));
            refusal.map_or(Ok(text), Err)
        });
        let text = errors.read("bases", text).unwrap_or_default();
        text.lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    fn lines(&self, kind: Kind, errors: &mut FieldErrors, around: &Surroundings) -> Vec<Line> {
        let (lines, gone, none) = match kind {
            Kind::Award => (
                self.passed(around),
                "Có đề nghị không còn chờ quyết định. Hãy xem lại danh sách rồi lưu.",
                "Hãy chọn ít nhất một đề nghị được Hội đồng thông qua.",
            ),
            Kind::Correction => return Vec::new(),
            Kind::Cancellation => (
                around
                    .standing
                    .iter()
                    .filter(|line| self.has(line.nomination_id))
                    .cloned()
                    .collect(),
                "Có khen thưởng đã bị hủy trước đó. Hãy xem lại danh sách rồi lưu.",
                "Hãy chọn ít nhất một khen thưởng bị hủy.",
            ),
        };
        if lines.len() < self.nomination.len() {
            errors.add("nomination", gone);
        } else if lines.is_empty() {
            errors.add("nomination", none);
        }
        lines
    }

    /// The ticked ones of those that the council passed.
    fn passed(&self, around: &Surroundings) -> Vec<Line> {
        let ticked = around.passed.iter().filter(|n| self.has(n.id));
        ticked
            .map(|n| Line {
                nomination_id: n.id,
                unit: n.unit_name.clone(),
                person: n.person.clone(),
                award: n.award.clone(),
                award_name: around.awards.name(&n.award),
                cluster: n.place.name.clone(),
                year: n.place.year,
            })
            .collect()
    }

    fn ground(&self, kind: Kind, errors: &mut FieldErrors) -> Ground {
        if kind != Kind::Cancellation {
            return Ground::default();
        }
        let ground = Ground::from_code(&self.ground).ok_or("Hãy chọn căn cứ hủy.".to_owned());
        errors.read("ground", ground).unwrap_or_default()
    }

    fn reason(&self, kind: Kind, errors: &mut FieldErrors) -> String {
        let checked = match kind {
            Kind::Award => return String::new(),
            Kind::Correction => {
                values::required_paragraphs(&self.reason, 4000, "lý do và nội dung đính chính")
            }
            Kind::Cancellation => values::required_paragraphs(&self.reason, 4000, "lý do hủy quyết định"),
        };
        errors.read("reason", checked).unwrap_or_default()
    }
}

/// `QĐ-LHHVN`: capital letters and hyphens.
fn symbol(typed: &str) -> Result<String, String> {
    let text = values::required_line(typed, 30, "ký hiệu")?;
    if text.chars().all(|c| c.is_uppercase() || c == '-') {
        Ok(text)
    } else {
        Err("Ký hiệu chỉ gồm chữ in hoa và dấu gạch nối, ví dụ QĐ-LHHVN.".to_owned())
    }
}

/// `TL. CHỦ TỊCH`, or nothing where the head signs.
fn power(typed: &str) -> Result<String, String> {
    let text = values::line(typed, 200)?.to_uppercase();
    if text.is_empty() || Power::read(&text).is_some_and(|(_, whose)| !whose.is_empty()) {
        Ok(text)
    } else {
        Err("Bắt đầu bằng TM., KT., TL., TUQ. hoặc Q. rồi ghi thay ai, ví dụ: KT. CHỦ TỊCH.".to_owned())
    }
}

fn signer(typed: &str) -> Result<String, String> {
    PersonName::parse(typed).map(|name| name.as_str().to_owned())
}

/// The form as a browser posts it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PostedDecision {
    pub version: i32,
    pub kind: String,
    pub about: Option<DecisionId>,
    number: String,
    symbol: String,
    issued_on: String,
    signer: String,
    signer_power: String,
    signer_post: String,
    title: String,
    bases: String,
    reason: String,
    ground: String,
    nomination: Vec<NominationId>,
}

impl PostedDecision {
    /// What was typed.
    pub fn form(&self) -> DecisionForm {
        DecisionForm {
            number: self.number.clone(),
            symbol: self.symbol.clone(),
            issued_on: self.issued_on.clone(),
            signer: self.signer.clone(),
            signer_power: self.signer_power.clone(),
            signer_post: self.signer_post.clone(),
            title: self.title.clone(),
            bases: self.bases.clone(),
            reason: self.reason.clone(),
            ground: self.ground.clone(),
            nomination: self.nomination.clone(),
        }
    }
}
