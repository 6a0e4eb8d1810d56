//! What inspectors found, as records: read with their places ([`read`]), each tied to a provision as it read that day.
//!
//! A record is of one matter seen in one activity, also when it was found in order: what was looked at and is well is as much of a result as what is not.
//! To add a field: [`model`], its reading in `records`, its key in the JSON Schema (`schema`), its row in `docs/findings.md`.

mod check;
pub mod due;
mod errors;
mod fields;
pub mod ladder;
pub mod link;
pub mod model;
mod provision;
mod reader;
pub mod reconcile;
mod records;
mod schema;
mod seen;
mod words;

pub use check::{check, check_one};
pub use fields::Field;
pub use model::{
    Action, Activity, Analysis, Cause, Containment, Effect, Extension, Finding, Member, Move, Register, Rung, Verification,
};
pub use provision::{Cited, Reading};
pub use reader::{ReadRegister, read};
pub use schema::schema;
pub use seen::seen;
pub use words::{ActionKind, ActivityKind, Category, Class, Method, Nation, Origin, Role, State, Step, Word, WorksBy};
