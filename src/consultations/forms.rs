//! What the forms about consultations send, and the way to checked values.

use serde::Deserialize;

use super::model::{AnswerInput, CommentInput, Finding, Opening};
use crate::{
    ids::NominationId,
    kit::{fields::FieldErrors, values},
};

/// The form that opens a consultation: for how many working days, about whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct OpeningForm {
    pub days: String,
    pub nomination: Vec<String>,
}

impl Default for OpeningForm {
    fn default() -> Self {
        // What VUSTA's own titles usually get; orders and State honours take ten (Law 06/2022/QH15, article 84).
        Self {
            days: "5".to_owned(),
            nomination: Vec::new(),
        }
    }
}

impl OpeningForm {
    /// The checked opening: nominations of those that can be listed.
    pub fn check(&self, offered: &[NominationId]) -> Result<Opening, FieldErrors> {
        let mut errors = FieldErrors::default();
        let days = errors.read("days", values::whole(&self.days, 1, 60, "số ngày làm việc"));
        let chosen = offered.iter().filter(|id| self.has(id));
        let nominations: Vec<NominationId> = chosen.copied().collect();
        if nominations.is_empty() {
            errors.add("nomination", "Hãy chọn ít nhất một đề nghị để lấy ý kiến.");
        }
        match days {
            Some(days) if errors.is_empty() => Ok(Opening { days, nominations }),
            _ => Err(errors),
        }
    }

    /// Whether a nomination is ticked.
    #[must_use]
    pub fn has(&self, id: &NominationId) -> bool {
        self.nomination.contains(&id.to_string())
    }
}

/// An objection as typed: who, where the answer goes, what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct CommentForm {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub text: String,
}

impl CommentForm {
    /// The checked objection. One without a name and a way to answer isn't taken (Law on Complaints: no anonymous ones).
    pub fn check(&self) -> Result<CommentInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.read("name", values::required_line(&self.name, 100, "họ và tên"));
        let email = errors.read("email", values::email(&self.email));
        let phone = errors.read("phone", values::phone(&self.phone));
        let none = |read: &Option<String>| read.as_ref().is_some_and(String::is_empty);
        if none(&email) && none(&phone) {
            errors.add("email", "Hãy ghi thư điện tử hoặc số điện thoại để nhận trả lời.");
        }
        let text = errors.read(
            "text",
            values::required_paragraphs(&self.text, 4000, "nội dung ý kiến"),
        );
        match (name, email, phone, text) {
            (Some(name), Some(email), Some(phone), Some(text)) if errors.is_empty() => Ok(CommentInput {
                name,
                email,
                phone,
                text,
            }),
            _ => Err(errors),
        }
    }
}

/// An answer as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described above")]
pub struct AnswerForm {
    pub finding: String,
    pub answer: String,
}

impl AnswerForm {
    /// The checked answer.
    pub fn check(&self) -> Result<AnswerInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let finding = Finding::from_code(&self.finding);
        if finding.is_none() {
            errors.add("finding", "Hãy chọn kết quả xem xét.");
        }
        let answer = errors.read(
            "answer",
            values::required_paragraphs(&self.answer, 4000, "nội dung trả lời"),
        );
        match (finding, answer) {
            (Some(finding), Some(answer)) => Ok(AnswerInput { finding, answer }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objection_needs_a_name_words_and_a_way_to_answer() {
        let wrong = CommentForm::default().check().unwrap_err();
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["name", "email", "text"]);
        let mut form = CommentForm {
            name: "Nguyễn Thị Góp Ý".to_owned(),
            phone: "0212 385 0000".to_owned(),
            text: "Số liệu chưa khớp".to_owned(),
            ..CommentForm::default()
        };
        assert!(form.check().is_ok());
        form.email = "khong phai thu".to_owned();
        assert!(form.check().unwrap_err().of("email").is_some());
    }
}
