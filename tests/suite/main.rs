//! The test suite, one binary.

mod cases;
mod cli;
mod docs;
mod generate;
mod layers;
mod pages;
mod peers;
mod properties;
mod reference;
mod support;
mod tidy;

#[path = "../../benches/workload/mod.rs"]
mod workload;

/// Nothing is barred: properties are about evidence, not about policies.
fn policies() -> &'static abide::policy::Policies {
    static NONE: std::sync::LazyLock<abide::policy::Policies> = std::sync::LazyLock::new(abide::policy::Policies::none);
    &NONE
}
