//! The test suite, one binary.

mod generate;
mod parse_probe;
mod peers;
mod reference;

#[path = "../../benches/workload/mod.rs"]
mod workload;
