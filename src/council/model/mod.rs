//! Sessions of VUSTA's council: as they were recorded, and as they are held in the program.

mod session;
mod sitting;

pub use session::{Base, CouncilResult, RecordedSession, Session, Voted};
pub use sitting::{Attended, Roll, Seat, SeatConflict, Sitting, SittingPlan, State};
