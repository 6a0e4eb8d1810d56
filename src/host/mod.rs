//! The outside world: files, the environment, the clock. Nothing else in the library touches them.

pub mod clock;
pub(crate) mod errors;
mod folder;
pub mod library;
pub mod lines;
pub mod output;
pub mod pages;
pub mod policies;
pub mod portfolio;
pub mod progress;
pub mod report;
pub mod results;
pub mod terminal;
pub mod watch;

pub use folder::DiskFolder;
