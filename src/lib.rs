//! Abide: a rules engine for aviation security that explains every verdict.

pub mod assess;
pub mod base;
pub mod cli;
pub mod diagnostics;
pub mod evidence;
pub mod format;
pub mod host;
pub mod library;
pub mod policy;
pub mod report;
pub mod syntax;
pub mod testing;
