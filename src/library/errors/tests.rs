//! Tests of requirements.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::library as codes;
use crate::syntax::ast::Text;

/// A test that cannot fail.
pub(in crate::library) fn test_expects_nothing(title: &Text) -> Diagnostic {
    Diagnostic::new(codes::TEST_EXPECTS_NOTHING, title.span, "this test expects nothing")
        .label("no `expect` line")
        .note("a test that cannot fail shows nothing")
        .help("add `expect met`, `expect not met because stale`, or what else should come out")
}
