//! The test suite, one binary.

mod generate;
mod peers;
mod properties;
mod reference;

#[path = "../../benches/workload/mod.rs"]
mod workload;

/// Nothing is barred: properties are about evidence, not about policies.
fn policies() -> &'static abide::policy::Policies {
    static NONE: std::sync::LazyLock<abide::policy::Policies> = std::sync::LazyLock::new(abide::policy::Policies::none);
    &NONE
}
