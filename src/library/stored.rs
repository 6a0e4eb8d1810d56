//! A checked library as bytes, so that the built-in rules are read and checked when the program is built and not each time it runs.
//!
//! The bytes hold what [`check`](super::check) made of texts, without the texts and without tests. They are good for the program they were built with
//! and nothing else: `build.rs` writes them, the same types read them, and nobody else ever sees them.

use super::{Checked, Library};
use crate::base::Sources;

/// A library as bytes. `None` when a value cannot be written, which no rule can bring about.
#[must_use]
pub fn encode(library: &Checked<Library>) -> Option<Vec<u8>> {
    postcard::to_allocvec(&library.0).ok()
}

/// The library that these bytes hold; `sources` are the texts it was made from, in their order. `None` when they hold none.
#[must_use]
pub fn decode(bytes: &[u8], sources: Sources) -> Option<Checked<Library>> {
    let library: Library = postcard::from_bytes(bytes).ok()?;
    Some(Checked(Library { sources, ..library }))
}
