//! A portfolio to bytes: lines, tables and the page that a team reads. Adds no judgement of its own.
//!
//! To add a table: a function in [`tables`], a row in its list, a row in `docs/portfolio.md`.

mod json;
mod line;
mod page;
mod tables;
mod visits;
mod worse;

pub use json::render as json;
pub use line::{assessed, told};
pub use page::render as page;
pub use tables::{Rows, overview as tables};
