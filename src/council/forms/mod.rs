//! What is typed about sessions: the result of one held elsewhere, the plan of one held in the program.

mod session;
mod sitting;

pub use session::{SessionForm, SessionInput};
pub use sitting::SittingForm;
