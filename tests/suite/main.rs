//! The test suite, one binary.

mod cases;
mod cli;
mod docs;
mod generate;
mod layers;
mod pages;
mod parse_probe;
mod peers;
mod reference;
mod support;
mod tidy;

#[path = "../../benches/workload/mod.rs"]
mod workload;
