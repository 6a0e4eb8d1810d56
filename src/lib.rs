//! Abide: a rules engine for aviation security that explains every verdict.
pub mod assess;
pub mod base;
pub mod diagnostics;
pub mod evidence;
pub mod library;
pub mod policy;
pub mod report;
pub mod format;
pub mod syntax;
