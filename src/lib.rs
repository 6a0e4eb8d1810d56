//! Abide: a rules engine and policy-as-code compliance checker for aviation security that explains every verdict.
//!
//! Data flows one way: text → tree ([`syntax`]) → library ([`library`]) → assessment ([`assess`]) → report ([`report`]). See
//! `ARCHITECTURE.md` for the map.

pub mod assess;
pub mod base;
pub mod checklist;
pub mod cli;
pub mod compare;
pub mod diagnostics;
pub mod disclose;
pub mod evidence;
pub mod findings;
pub mod forecast;
pub mod format;
pub mod host;
pub mod import;
pub mod library;
pub mod plan;
pub mod policy;
pub mod portfolio;
pub mod report;
pub mod scaffold;
pub mod sheet;
pub mod syntax;
pub mod testing;
