//! stub
pub(super) fn render(_ctx: &super::Context<'_>, _out: &mut String) {}
