//! Abide: a rules engine for aviation security that explains every verdict.
pub mod base;
pub mod diagnostics;
pub mod evidence;
pub mod host;
pub mod library;
pub mod syntax;
