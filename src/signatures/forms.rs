//! The forms of the list of authorities.

use serde::Deserialize;

use crate::kit::{fields::FieldErrors, values};

/// A certificate to add: what it is called; its file comes along.
#[derive(Clone, Debug, Default)]
pub struct CertificateForm {
    /// As typed.
    pub name: String,
}

impl CertificateForm {
    /// The name; empty takes the one that the certificate says.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.read("name", values::line(&self.name, 200));
        name.ok_or(errors)
    }
}

/// Taking a certificate off the list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    /// Why.
    pub reason: String,
}

impl RemovalForm {
    /// The reason, which there must be.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = errors.read(
            "reason",
            values::required_line(&self.reason, 1000, "lý do gỡ chứng thư"),
        );
        reason.ok_or(errors)
    }
}
