//! The test suite, one binary.

mod peers;

#[path = "../../benches/workload/mod.rs"]
mod workload;
