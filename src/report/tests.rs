//! Tests of the reports, over a sample built by hand.

use super::testing::{Sample, style};
use super::*;

#[test]
fn terminal_80() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("terminal", style(80, Detail::Full)));
}

#[test]
fn terminal_120() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("terminal", style(120, Detail::Summary)));
}

#[test]
fn narrated() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("narrated", style(80, Detail::Full)));
}

#[test]
fn concise() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("concise", style(80, Detail::Full)));
}

#[test]
fn why_tree() {
    let sample = Sample::new("Jo Smith");
    let mut out = String::new();
    why(&sample.context(style(80, Detail::Full)), &sample.assessment.outcomes[0], &mut out);
    why_narrated(&sample.context(style(80, Detail::Full)), &sample.assessment.outcomes[0], &mut out);
    insta::assert_snapshot!(out);
}
