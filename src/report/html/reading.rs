//! What the report rests on, what its words mean, and its foot.

use super::super::markup::Html;
use super::super::{Context, marks, summary};
use super::marked;

/// What verdicts rest on, and what is withheld.
pub(super) fn rests(h: &mut Html, ctx: &Context<'_>) {
    h.list(summary::rests_on(ctx), "", |h, line| super::prose(h, &line));
    h.around("dl", &[("class", "prints")], |h| {
        let policies = ctx.assessment.policies.as_ref().map(|p| p.fingerprint.as_str());
        let prints = [("Rules", Some(ctx.library.fingerprint.as_str())), ("Evidence", ctx.fingerprint), ("Policies", policies)];
        for (what, print) in prints.into_iter().filter_map(|(what, p)| Some((what, p.filter(|p| !p.is_empty())?))) {
            h.field(&format!("{what}, SHA-256"), |h| h.name(print));
        }
    });
}

/// The words of the report.
pub(super) fn render(h: &mut Html) {
    let verdicts = [
        (marks::MET, "met", "It applies, and evidence shows it. See what lapses next."),
        (
            marks::NOT_MET,
            "not met",
            "It applies, and evidence fails it. The word in brackets says why: nothing is there (absent), it is too old (stale), it is not enough (insufficient), something says the opposite (contradicted), it may not be relied on (inadmissible), or a reference leads nowhere (broken). Read what to do.",
        ),
        (marks::OPEN, "not confirmed", "A fact is missing: neither a pass nor a failure. State the fact that the gap names."),
        (marks::JUDGE, "needs judgement", "A person has to decide, and nobody current has. Ask them, and record the answer."),
        (
            marks::NOT_APPLICABLE,
            "not applicable",
            "Not bound, not in force, its condition is false, or it is displaced. Check the cause that is named.",
        ),
        (marks::SEALED, "sealed", "The text is not public. Look in your own copy of it."),
    ];
    h.block("h3", &[], |h| h.text("Verdicts"));
    h.around("dl", &[("class", "words")], |h| {
        for (mark, word, meaning) in verdicts {
            h.around("div", &[], |h| {
                h.block("dt", &[], |h| marked(h, mark, word));
                h.block("dd", &[], |h| h.text(meaning));
            });
        }
    });
    h.block("h3", &[], |h| h.text("Levels of a component"));
    h.around("dl", &[("class", "words")], |h| {
        h.field_text("present", "It is there, on paper. Software may decide this.");
        h.field_text("suitable", "It fits the entity's size, nature, complexity and risk. A named, competent person decides.");
        h.field_text("operating", "It is done, and records show it. Software may decide this.");
        h.field_text("effective", "It reaches what it is for. A named, competent person decides.");
    });
    h.block("h3", &[], |h| h.text("How to use this page"));
    h.list(
        [
            "A line of a gap opens: what is wrong, what to do, the rule and the evidence as they are written, and how the law reads on the day.",
            "The address of this file followed by # and a requirement's name leads to it.",
            "Filters narrow gaps and all other verdicts; paper shows what the filters leave.",
            "Links lead out of this file only when you follow them. The file itself fetches nothing.",
        ],
        "",
        |h, text| h.text(text),
    );
}

/// What stands at the end.
pub(super) fn foot(h: &mut Html, ctx: &Context<'_>) {
    h.paragraph(
        "A verdict says what the rules found in the evidence. The class under Regulation 300/2008 is a person's decision.",
    );
    h.paragraph("Summaries of the law are in our own words and are not the law. The source of each provision says where its text can be read.");
    h.paragraph(&format!("Assessed for {}. Made by abide {}.", ctx.assessment.date.long(), env!("CARGO_PKG_VERSION")));
}
