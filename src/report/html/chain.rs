//! Every step of the reasoning behind a gap, as `abide why` tells it, folded until it is asked for.

use super::super::markup::Html;
use super::super::why::{Branch, tree};
use super::super::{Context, marks};
use super::{folded, prose, tone};
use crate::assess::Outcome;
use crate::library::model::Requirement;

/// Draws the tree.
pub(super) fn render(h: &mut Html, ctx: &Context<'_>, requirement: &Requirement, outcome: &Outcome) {
    let branches = tree(ctx, requirement, outcome);
    if branches.is_empty() {
        return;
    }
    folded(h, &[("class", "chain")], |h| h.text("Every step of the reasoning"), |h| level(h, &branches));
}

fn level(h: &mut Html, branches: &[Branch]) {
    h.around("ul", &[], |h| {
        for branch in branches {
            h.block("li", &[], |h| one(h, branch));
        }
    });
}

fn one(h: &mut Html, branch: &Branch) {
    if let Some(truth) = branch.truth {
        let mark = marks::truth(truth);
        let words = match truth {
            crate::base::Truth::True => "holds",
            crate::base::Truth::False => "fails",
            crate::base::Truth::Unknown => "not known",
        };
        h.inline("span", &[("class", &format!("mark {}", tone(mark.tone))), ("role", "img"), ("aria-label", words)], |h| {
            h.text(mark.symbol(true));
        });
        h.text(" ");
    }
    prose(h, &branch.text);
    for place in &branch.places {
        h.inline("small", &[], |h| h.text(place));
    }
    if !branch.below.is_empty() {
        h.lines("\n");
        level(h, &branch.below);
    }
}
