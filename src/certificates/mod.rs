//! Certificates of the awards that a decision gives: Bằng khen printed on blank or on pre-printed paper, the lettering of
//! flags, and the golden book in which every award has its number.
//!
//! Each field stands at its place in millimetres; the places are data, one set for each kind of paper. A long name is
//! printed on more lines, then smaller. A printer that is off is measured once by a sheet with crosses and rulers; its
//! offset is kept and used from then on. A number of the golden book is given once, to all awards of a decision in its order,
//! before anything of it is printed.
//!
//! All of it is the standing office's. The tables: `certificate_wordings`, `certificate_layouts`, `printers` with
//! `print_offsets`, and `golden_book`; all of them are added to, never changed.

pub mod access;
mod actions;
mod drawing;
mod forms;
mod model;
pub mod pages;
mod queries;

pub use actions::{add_printer, enter_book, save_layout, save_wording, set_offset};
pub use drawing::{calibration, sheet};
pub use forms::{LayoutForm, Wording};
pub use model::{Certificate, Field, Frame, Layout, Printer, Spot, Stationery};
pub use queries::{Entry, book, numbers};
