//! The only user of Cedar: what may be relied on.

/// Policies, loaded and validated.
#[derive(Debug)]
pub struct Policies {}
