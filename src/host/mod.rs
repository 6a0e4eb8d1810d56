//! The outside world: files. Nothing inside the library touches them any other way.

mod folder;

pub use folder::DiskFolder;
