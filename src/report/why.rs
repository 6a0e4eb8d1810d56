//! The full tree of grounds for one requirement: every clause, every step, both places.

use super::Context;
use super::explain::{parts, sentence};
use super::terminal::{full_stop, verdict_words};
use super::words;
use super::{judge, marks, own, summary};
use crate::assess::{Ground, JudgeState, Outcome, Scope, Step};
use crate::base::{Span, Truth};
use crate::diagnostics::render::paint::{Tone, paint, paragraph, wrap};
use crate::diagnostics::render::{Style, clean};
use crate::evidence::At;
use crate::library::model::Requirement;

/// One line of the tree and what hangs below it.
pub(super) struct Branch {
    pub(super) truth: Option<Truth>,
    pub(super) text: String,
    pub(super) places: Vec<String>,
    pub(super) below: Vec<Branch>,
}

impl Branch {
    fn leaf(truth: Option<Truth>, text: String) -> Self {
        Self { truth, text, places: Vec::new(), below: Vec::new() }
    }
}

/// Writes the tree for a terminal.
pub fn render(ctx: &Context<'_>, outcome: &Outcome, out: &mut String) {
    let style = ctx.style.look();
    let requirement = ctx.library.requirement(outcome.requirement);
    let mark = marks::verdict(outcome.verdict);
    let state = format!("{} {}", mark.symbol(style.unicode), verdict_words(outcome));
    out.push_str(&format!(
        "{}  {}\n",
        paint(style, mark.tone, &state),
        paint(style, Tone::Strong, &clean::line(&requirement.name))
    ));
    paragraph(out, style, 0, (Tone::Plain, ""), &clean::line(&requirement.title));
    paragraph(out, style, 0, (Tone::Plain, ""), &full_stop(&sentence(ctx, outcome, &parts(ctx, outcome))));
    out.push('\n');
    let branches = tree(ctx, requirement, outcome);
    for (i, branch) in branches.iter().enumerate() {
        grow(branch, style, "", i + 1 == branches.len(), out);
    }
    let own = own::sentences(ctx, outcome).into_iter().map(|said| format!("The entity says of itself: {said}"));
    for (i, said) in own.chain(summary::withheld(ctx)).enumerate() {
        if i == 0 {
            out.push('\n');
        }
        paragraph(out, style, 0, (Tone::Plain, ""), &said);
    }
}

/// Tells the tree in sentences, numbered by their place in it: 1, 1.1, 1.2.
pub fn narrate(ctx: &Context<'_>, outcome: &Outcome, out: &mut String) {
    let requirement = ctx.library.requirement(outcome.requirement);
    let mut text =
        format!("{}: {}.\n", clean::line(&requirement.name), verdict_words(outcome).replace(" (", ", ").replace(')', ""));
    text.push_str(&format!("{}\n", full_stop(&clean::line(&requirement.title))));
    text.push_str(&format!("{}\n", full_stop(&sentence(ctx, outcome, &parts(ctx, outcome)))));
    for (branch, number) in tree(ctx, requirement, outcome).iter().zip(1..) {
        tell(branch, &number.to_string(), &mut text);
    }
    own::sentences(ctx, outcome).iter().for_each(|said| text.push_str(&format!("The entity says of itself: {said}\n")));
    summary::withheld(ctx).iter().for_each(|said| text.push_str(&format!("{said}\n")));
    out.push_str(&text.replace('`', ""));
}

fn tell(branch: &Branch, number: &str, out: &mut String) {
    let truth = branch.truth.map_or_else(String::new, |t| {
        format!(
            " This {}.",
            match t {
                Truth::True => "holds",
                Truth::False => "fails",
                Truth::Unknown => "is not known",
            }
        )
    });
    let places = if branch.places.is_empty() { String::new() } else { format!(" See {}.", branch.places.join(" and ")) };
    out.push_str(&format!("{number}. {}{truth}{places}\n", full_stop(&branch.text)));
    for (below, n) in branch.below.iter().zip(1..) {
        tell(below, &format!("{number}.{n}"), out);
    }
}

fn grow(branch: &Branch, style: Style, stem: &str, last: bool, out: &mut String) {
    let (fork, pass) = match (style.unicode, last) {
        (true, true) => ("└─ ", "   "),
        (true, false) => ("├─ ", "│  "),
        (false, true) => ("`- ", "   "),
        (false, false) => ("|- ", "|  "),
    };
    let symbol = branch.truth.map_or_else(String::new, |t| {
        let mark = marks::truth(t);
        format!("{} ", paint(style, mark.tone, mark.symbol(style.unicode)))
    });
    let indent = stem.chars().count() + 3 + if branch.truth.is_some() { 2 } else { 0 };
    let trunk = if branch.below.is_empty() {
        "   "
    } else if style.unicode {
        "│  "
    } else {
        "|  "
    };
    let follow = format!("{stem}{pass}{}", if branch.truth.is_some() { trunk } else { "  " });
    let width = style.columns().saturating_sub(indent + 1).max(24);
    for (i, line) in wrap(&branch.text, width).iter().enumerate() {
        match i {
            0 => out.push_str(&format!("{stem}{fork}{symbol}{line}\n")),
            _ => out.push_str(&format!("{follow}{line}\n")),
        }
    }
    for place in &branch.places {
        // The rule's text is at the end and may be cut; a place may not.
        let room = style.columns().saturating_sub(follow.chars().count()).max(40);
        // Where there is no room for both, the words of the rule give way to its place.
        let address = place.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let place = match place.starts_with("rule ") {
            // Of a text of which next to nothing would be left, nothing is.
            true if place.chars().count() > room && address.chars().count() + 12 > room => address,
            true => super::voice::short(place, room),
            false => place.clone(),
        };
        out.push_str(&format!("{follow}{}\n", paint(style, Tone::Quiet, &place)));
    }
    let stem = format!("{stem}{pass}");
    for (i, below) in branch.below.iter().enumerate() {
        grow(below, style, &stem, i + 1 == branch.below.len(), out);
    }
}

/// The branches of one requirement.
pub(super) fn tree(ctx: &Context<'_>, requirement: &Requirement, outcome: &Outcome) -> Vec<Branch> {
    let mut branches = Vec::new();
    match &outcome.scope {
        Scope::ConditionFalse(ground) | Scope::Unknown(ground) => {
            let mut branch = Branch::leaf(Some(ground.truth), "whether it applies".to_owned());
            branch.below.push(of_ground(ctx, ground, true));
            branches.push(branch);
        }
        Scope::Applies | Scope::NotBound | Scope::NotInForce | Scope::Displaced(_) | Scope::Sealed => {}
    }
    for clause in &outcome.clauses {
        let Some(written) = requirement.clauses.get(clause.clause.0 as usize) else { continue };
        let route = written.route.and_then(|r| requirement.routes.get(r as usize));
        let route = route.map_or_else(String::new, |r| format!(" (route {})", r.name));
        let mut branch = Branch::leaf(Some(clause.truth), format!("{}{route}: {}", written.name, clean::line(&written.title)));
        branch.places.push(clean::line(&ctx.library.sources.describe(written.span)).into_owned());
        branch.below.extend(clause.ground.as_ref().map(|g| of_ground(ctx, g, true)));
        branches.push(branch);
    }
    for answered in &outcome.judges {
        let Some(written) = requirement.judges.get(answered.judge as usize) else { continue };
        let (truth, said) = match answered.state {
            JudgeState::Yes(_) => (Truth::True, "answered yes"),
            JudgeState::No(_) => (Truth::False, "answered no"),
            JudgeState::OutOfDate(_) => (Truth::Unknown, "answered too long ago"),
            JudgeState::WrongRole(_) => (Truth::Unknown, "answered by someone who may not"),
            JudgeState::Refused(_) => (Truth::Unknown, "answered by someone whom a policy forbids it"),
            JudgeState::Doubted(_) => (Truth::Unknown, "answered, but not shown to be by someone who may"),
            JudgeState::Missing => (Truth::Unknown, "nobody has answered"),
        };
        let mut branch = Branch::leaf(Some(truth), format!("{}: {} {said}", written.name, clean::line(&written.question)));
        branch.places.push(clean::line(&ctx.library.sources.describe(written.span)).into_owned());
        if let Some(recorded) = answered.state.recorded().and_then(|at| ctx.bundle.judgements.get(at as usize)) {
            let mut answer = Branch::leaf(None, judge::recorded(summary::voice(ctx), written, recorded));
            answer.places.push(format!("evidence {}", clean::line(&ctx.bundle.sources.describe(recorded.span))));
            branch.below.push(answer);
        }
        branches.push(branch);
    }
    branches
}

fn of_ground(ctx: &Context<'_>, ground: &Ground, wanted: bool) -> Branch {
    let voice = summary::voice(ctx);
    let said = words::step(voice, ground, wanted);
    let mut branch = Branch::leaf(Some(ground.truth), said.text);
    branch.places.push(format!("rule {}", quoted(ctx, ground.rule)));
    if let Some(place) = said.at.and_then(|at| voice.where_is(at)) {
        branch.places.push(format!("evidence {place}"));
    }
    let below_wanted = if matches!(ground.step, Step::Not) { !wanted } else { wanted };
    branch.below.extend(ground.below.iter().map(|g| of_ground(ctx, g, below_wanted)));
    if let Step::Elements(found) = &ground.step {
        for element in &found.shown {
            let Some(last) = element.rows.last() else { continue };
            let whole = At { field: None, ..*last };
            let mut item = Branch::leaf(Some(element.truth), voice.item(whole));
            item.places.extend(voice.where_is(whole).map(|p| format!("evidence {p}")));
            item.below.extend(element.ground.as_ref().map(|g| of_ground(ctx, g, wanted)));
            branch.below.push(item);
        }
        if found.more > 0 {
            branch.below.push(Branch::leaf(None, format!("and {} more", found.more)));
        }
        if let Some(near) = &found.nearest {
            let name = near.rows.last().map(|at| voice.item(At { field: None, ..*at }));
            let name = name.unwrap_or_else(|| "withheld".to_owned());
            let mut item = Branch::leaf(None, format!("the nearest is {name}"));
            item.below.extend(near.misses.iter().map(|g| of_ground(ctx, g, wanted)));
            branch.below.push(item);
        }
    }
    branch
}

/// `file:line:column` and the first line of the text there.
fn quoted(ctx: &Context<'_>, span: Span) -> String {
    let text = ctx.library.sources.slice(span).lines().next().unwrap_or("").trim();
    let place = ctx.library.sources.describe(span);
    let text = super::voice::short(text, 48);
    clean::line(&if text.is_empty() { place } else { format!("{place} {text}") }).into_owned()
}
