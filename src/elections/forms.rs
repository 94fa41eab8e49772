//! The standing office's word as typed.

use serde::Deserialize;

use crate::kit::{fields::FieldErrors, values};

/// Why the cluster goes on as it is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConfirmationForm {
    pub reason: String,
}

impl ConfirmationForm {
    /// The reason.
    pub fn check(&self) -> Result<String, FieldErrors> {
        values::required_line(&self.reason, 500, "lý do")
            .map_err(|message| FieldErrors::one("reason", message))
    }
}
