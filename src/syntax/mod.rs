//! Text to tree. The only user of the parser generator; never fails: broken input gives diagnostics and the rest of the tree.
pub mod ast;
