//! The test suite, one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may stop; that is how it fails"
)]

mod ahead;
mod canary;
mod cases;
mod checklist;
mod cli;
mod compare;
mod docs;
mod economics;
mod exchange;
mod findings;
mod first_steps;
mod generate;
mod html;
mod import;
mod law;
mod layers;
mod pages;
mod peers;
mod plan;
mod portfolio;
mod portfolio_beside;
mod properties;
mod reference;
mod register;
mod site;
mod start;
mod stream;
mod support;
mod tidy;
mod why;

#[path = "../../benches/workload/mod.rs"]
mod workload;

/// Nothing is barred: properties are about evidence, not about policies.
fn policies() -> &'static abide::policy::Policies {
    static NONE: std::sync::LazyLock<abide::policy::Policies> = std::sync::LazyLock::new(abide::policy::Policies::none);
    &NONE
}
