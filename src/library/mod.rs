//! Tree to meaning: names, types, time. Makes [`Checked`]`<`[`Library`]`>`, which is all that evaluation accepts.
pub mod model;
pub use model::{Checked, Library};
