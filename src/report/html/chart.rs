//! Charts as inline SVG in whole numbers. Each has a title and a description, and the same numbers stand beside it as text.

use super::super::markup::Html;

/// A chart's name for its places, its title, and what it shows in a sentence.
pub(super) struct Said<'a> {
    pub(super) place: &'a str,
    pub(super) title: &'a str,
    pub(super) described: &'a str,
}

/// Parts of a whole, side by side: amounts and their classes.
pub(super) fn whole(h: &mut Html, said: &Said<'_>, parts: &[(usize, &str)]) {
    let sum: usize = parts.iter().map(|(n, _)| n).sum();
    let (title, described) = (format!("{}-title", said.place), format!("{}-described", said.place));
    let by = format!("{title} {described}");
    let attributes = [
        ("class", "whole"),
        ("role", "img"),
        ("aria-labelledby", &by),
        ("viewBox", "0 0 1000 10"),
        ("preserveAspectRatio", "none"),
    ];
    h.block("svg", &attributes, |h| {
        h.inline("title", &[("id", &title)], |h| h.text(said.title));
        h.inline("desc", &[("id", &described)], |h| h.text(said.described));
        segments(h, parts, sum, 1000);
    });
}

/// A bar beside numbers that say the same: not read aloud.
pub(super) fn bar(h: &mut Html, parts: &[(usize, &str)], longest: usize) {
    let attributes = [("class", "bar"), ("aria-hidden", "true"), ("viewBox", "0 0 1000 10"), ("preserveAspectRatio", "none")];
    h.inline("svg", &attributes, |h| segments(h, parts, longest, 1000));
}

fn segments(h: &mut Html, parts: &[(usize, &str)], longest: usize, width: usize) {
    let at = |n: usize| if longest == 0 { 0 } else { n * width / longest };
    let mut before = 0;
    for (n, class) in parts.iter().filter(|(n, _)| *n > 0) {
        let (from, to) = (at(before), at(before + n));
        rect(h, class, &[&from.to_string(), "0", &(to - from).max(1).to_string(), "10"]);
        before += n;
    }
}

fn rect(h: &mut Html, class: &str, [x, y, width, height]: &[&str; 4]) {
    h.inline("rect", &[("class", class), ("x", x), ("y", y), ("width", width), ("height", height)], |_| {});
}

/// One column of a [`columns`] chart.
pub(super) struct Column {
    pub(super) amount: usize,
    pub(super) class: &'static str,
    pub(super) below: String,
    /// A second line, where something new begins.
    pub(super) further: String,
}

/// Up to twelve columns. Widths are shares of the page, heights and letters are not: the chart can be read on a phone.
pub(super) fn columns(h: &mut Html, said: &Said<'_>, columns: &[Column]) {
    const HEIGHT: usize = 96;
    const TOP: usize = 18;
    let most = columns.iter().map(|c| c.amount).max().unwrap_or(0).max(1);
    let (title, described) = (format!("{}-title", said.place), format!("{}-described", said.place));
    let by = format!("{title} {described}");
    h.around("svg", &[("class", "columns"), ("role", "img"), ("aria-labelledby", &by), ("height", "156")], |h| {
        h.block("title", &[("id", &title)], |h| h.text(said.title));
        h.block("desc", &[("id", &described)], |h| h.text(said.described));
        let floor = (TOP + HEIGHT).to_string();
        h.inline("line", &[("x1", "2%"), ("x2", "98%"), ("y1", &floor), ("y2", &floor)], |_| {});
        for (i, column) in columns.iter().enumerate() {
            let left = 2 + 8 * i;
            let middle = format!("{}%", left + 4);
            let tall = if column.amount == 0 { 0 } else { (column.amount * HEIGHT / most).max(2) };
            let top = TOP + HEIGHT - tall;
            rect(h, column.class, &[&format!("{}%", left + 1), &top.to_string(), "6%", &tall.to_string()]);
            let mut text = |y: usize, class: &str, said: &str| {
                h.inline("text", &[("x", &middle), ("y", &y.to_string()), ("class", class)], |h| h.text(said));
            };
            if column.amount > 0 {
                text(top - 5, "amount", &column.amount.to_string());
            }
            text(TOP + HEIGHT + 17, "below", &column.below);
            if !column.further.is_empty() {
                text(TOP + HEIGHT + 34, "further", &column.further);
            }
        }
    });
}
