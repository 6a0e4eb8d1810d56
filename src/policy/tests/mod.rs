//! The embedded policies load, say who they are, and decide what they are meant to.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

mod admissibility;
mod authority;
mod bundles;
