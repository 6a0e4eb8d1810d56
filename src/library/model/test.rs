//! Tests, resolved as far as the tested requirement; their items are read like a bundle's.

use super::RequirementId;
use crate::syntax::ast;

/// What a test expects.
pub type Expected = ast::Expected;

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The requirement it tries.
    pub of: RequirementId,
    /// As written.
    pub written: ast::Test,
}
