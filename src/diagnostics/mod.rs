//! How we speak. A [`Diagnostic`] is inert data: a code, a sentence, places, why, what to do.
//!
//! A diagnostic says that an author or a bundle writer wrote something wrong. It is never a gap (which says that an entity does not meet a
//! requirement) and never a finding (which an inspector recorded).
//!
//! To add one: a row in [`catalog`], a constructor in the `errors.rs` of the phase that finds it, a page `docs/codes/<name>.md`, and a case
//! that triggers it. Messages are lower-case phrases without a full stop, with the user's words in backticks, and name no grammar rule
//! and no Rust type. The sentence must stand alone.

pub mod catalog;
mod diagnostic;
pub mod render;

pub use catalog::{Code, Entry};
pub use diagnostic::{Diagnostic, Label, Severity};
