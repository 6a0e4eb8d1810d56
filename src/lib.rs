//! Abide: a rules engine for aviation security that explains every verdict.
pub mod base;
pub mod diagnostics;
pub mod format;
pub mod library;
pub mod syntax;
