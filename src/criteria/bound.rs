//! The indicators that lines can be bound to: those of the year's catalogue, which may not be there yet.

use sqlx::PgConnection;

use crate::{
    indicators,
    kit::error::{AppError, Result},
    people::Actor,
};

/// Codes and names of the indicators of a year that this person may know; none while there is no catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindable(Option<Vec<(String, String)>>);

impl Bindable {
    pub async fn of(db: &mut PgConnection, actor: &Actor, year: i32) -> Result<Self> {
        match indicators::find(db, actor, year).await {
            Ok(catalogue) => Ok(Self(Some(
                catalogue
                    .indicators
                    .into_iter()
                    .map(|indicator| (indicator.code, indicator.name))
                    .collect(),
            ))),
            Err(AppError::NotFound) => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// The indicator's name, where the catalogue has it.
    pub fn name(&self, code: &str) -> Option<&str> {
        let known = self.0.iter().flatten().find(|(known, _)| known == code);
        known.map(|(_, name)| name.as_str())
    }

    /// Whether the catalogue is there and lacks this code.
    pub fn lacks(&self, code: &str) -> bool {
        !code.is_empty() && self.0.is_some() && self.name(code).is_none()
    }

    /// What can be chosen, and the code that stands there already; none while there is no catalogue to choose from.
    pub fn options(&self, present: &str) -> Option<Vec<(String, String)>> {
        let known = self.0.as_ref()?.iter();
        let mut options: Vec<(String, String)> = known
            .map(|(code, name)| (code.clone(), format!("{code} {name}")))
            .collect();
        if self.lacks(present) {
            options.push((present.to_owned(), format!("{present} (không có trong danh mục)")));
        }
        Some(options)
    }

    /// The code as typed, or why it can't be bound to.
    pub fn read(&self, typed: Option<String>) -> Result<Option<String>, String> {
        match typed.filter(|code| !code.is_empty()) {
            Some(code) if self.lacks(&code) => Err(format!(
                "Danh mục chỉ tiêu của năm không có mã {code}. Chọn chỉ tiêu khác, hoặc thêm mã này vào danh mục trước."
            )),
            code => Ok(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_bound_only_if_the_catalogue_has_it_and_freely_while_there_is_none() {
        let known = Bindable(Some(vec![("TVPB.1".to_owned(), "Nhiệm vụ".to_owned())]));
        let code = |code: &str| Some(code.to_owned());
        assert_eq!(known.read(code("TVPB.1")), Ok(code("TVPB.1")));
        assert_eq!(known.read(code("")), Ok(None));
        assert!(known.read(code("TVPB.9")).unwrap_err().contains("TVPB.9"));
        assert_eq!(Bindable::default().read(code("TVPB.9")), Ok(code("TVPB.9")));
        assert_eq!(
            known.options("TVPB.9").unwrap().len(),
            2,
            "what stands there is kept in sight"
        );
        assert_eq!(Bindable::default().options(""), None);
    }
}
