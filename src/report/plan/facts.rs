//! Unknown facts, told together where they are alike: the same field of several items, each of which decides the same.

use super::super::Context;
use super::super::place::field_name;
use super::told::Teller;
use crate::diagnostics::render::clean;
use crate::evidence::At;
use crate::plan::next::{Answer, Decided, Lacking, Next, Unknown};

/// So many ids of items are named before "and 3 more".
const NAMED: usize = 4;

/// Facts that are alike.
pub(super) struct Alike {
    /// What is not known.
    pub(super) what: String,
    /// Answers that decide the same, and what they decide.
    pub(super) answers: Vec<(String, String)>,
}

/// Facts that decide something, in their order; alike ones stand where the first of them stands.
pub(super) fn deciding(ctx: &Context<'_>, next: &Next, teller: Teller<'_>) -> Vec<Alike> {
    let facts = next.facts.iter().filter(|f| !f.answers.is_empty());
    grouped(facts, |a, b| kind(a.what) == kind(b.what) && told(ctx, teller, a) == told(ctx, teller, b))
        .into_iter()
        .map(|group| Alike {
            what: heading(teller, &group),
            answers: group.first().map(|fact| told(ctx, teller, fact)).unwrap_or_default(),
        })
        .collect()
}

/// Facts that decide nothing alone.
pub(super) fn together(next: &Next, teller: Teller<'_>) -> Vec<String> {
    let facts = next.facts.iter().filter(|f| f.answers.is_empty());
    grouped(facts, |a, b| kind(a.what) == kind(b.what) && a.opens == b.opens).iter().map(|g| heading(teller, g)).collect()
}

/// A field of items of a kind; elements of lists are each told for themselves.
fn kind(what: Lacking) -> Option<At> {
    match what {
        Lacking::Field(at) => Some(At { row: 0, ..at }),
        Lacking::Fact(_) | Lacking::Nil(..) => None,
    }
}

fn grouped<'f>(facts: impl Iterator<Item = &'f Unknown>, alike: impl Fn(&Unknown, &Unknown) -> bool) -> Vec<Vec<&'f Unknown>> {
    let mut groups: Vec<Vec<&Unknown>> = Vec::new();
    for fact in facts {
        let there = groups.iter_mut().find(|g| kind(fact.what).is_some() && g.first().is_some_and(|first| alike(first, fact)));
        match there {
            Some(group) => group.push(fact),
            None => groups.push(vec![fact]),
        }
    }
    groups
}

fn heading(teller: Teller<'_>, group: &[&Unknown]) -> String {
    let voice = teller.voice;
    let (Some(first), count @ 2..) = (group.first(), group.len()) else {
        return group.first().map_or_else(String::new, |fact| teller.lacking(fact.what));
    };
    let Lacking::Field(at) = first.what else { return teller.lacking(first.what) };
    let field = at.field.and_then(|f| field_name(voice.library, at, f)).unwrap_or("");
    let of = |fact: &&Unknown| match fact.what {
        Lacking::Field(at) => {
            let (kind, row) = voice.owner(at);
            clean::line(voice.raw_id(kind, row)).into_owned()
        }
        Lacking::Fact(_) | Lacking::Nil(..) => String::new(),
    };
    let ids: Vec<String> = group.iter().take(NAMED).map(of).collect();
    let more = if count > ids.len() { format!(" and {} more", count - ids.len()) } else { String::new() };
    format!("`{field}` of {count} {}: {}{more}", voice.noun(at.table, 2), ids.join(", "))
}

/// Answers with what they decide; those that decide the same are told together.
fn told(ctx: &Context<'_>, teller: Teller<'_>, fact: &Unknown) -> Vec<(String, String)> {
    let mut groups: Vec<(Vec<String>, &[Decided])> = Vec::new();
    for Answer { changes, decides } in &fact.answers {
        let said: Vec<String> = changes.iter().map(|c| teller.answer(c)).collect();
        match groups.iter_mut().find(|(_, same)| same == decides) {
            Some((all, _)) => all.push(said.join(", ")),
            None => groups.push((vec![said.join(", ")], decides)),
        }
    }
    let words = |decides: &[Decided]| {
        let one = |d: &Decided| format!("{} {}", ctx.library.requirement(d.requirement).name, d.to.words());
        decides.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    groups.into_iter().map(|(said, decides)| (either(&said), words(decides))).collect()
}

/// `a, b or c`
fn either(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
