//! The test suite, one binary.

mod peers;
mod reference;

#[path = "../../benches/workload/mod.rs"]
mod workload;
