//! The outside world: files. Nothing else in the library touches them.

pub mod folder;
