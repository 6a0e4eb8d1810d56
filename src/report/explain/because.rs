//! What a sentence rests on: the steps that decide, nearest misses among them.

use crate::assess::{Element, Elements, Ground, Step, Wanted};
use crate::base::Truth;
use crate::evidence::At;
use crate::report::voice::Voice;
use crate::report::words::{self, Said};

/// How many steps a sentence rests on at most.
pub(super) const MOST_STEPS: usize = 4;

/// Quantifiers whose shown elements are what is wrong.
pub(super) fn universal(found: &Elements) -> bool {
    !matches!(found.wanted, Wanted::Some | Wanted::AtLeast(_))
}

/// The steps that decide: through names, `and`, `or`, `not` and groups down to what looks at evidence.
pub(super) fn deciding(ground: &Ground, wanted: bool) -> Vec<(&Ground, bool)> {
    let through = match &ground.step {
        Step::Named(_) | Step::And | Step::Or | Step::Group { .. } => Some(wanted),
        Step::Not => Some(!wanted),
        Step::Value(_)
        | Step::Compare { .. }
        | Step::Window { .. }
        | Step::Presence { .. }
        | Step::Among { .. }
        | Step::Elements(_)
        | Step::Rhythm(_)
        | Step::Withheld => None,
    };
    let Some(below) = through else { return vec![(ground, wanted)] };
    let target = if matches!(ground.step, Step::Not) { ground.truth.not() } else { ground.truth };
    let found: Vec<_> = ground.below.iter().filter(|g| g.truth == target).flat_map(|g| deciding(g, below)).collect();
    if found.is_empty() { vec![(ground, wanted)] } else { found }
}

/// Why a ground is not true: the steps that decide, nearest misses among them.
pub(in crate::report) fn why_not(voice: Voice<'_>, ground: &Ground, wanted: bool) -> Vec<Said> {
    steps(voice, ground, wanted).take(MOST_STEPS).collect()
}

/// As [`why_not`] without end, each told only when it is asked for.
pub(super) fn steps<'a>(voice: Voice<'a>, ground: &'a Ground, wanted: bool) -> impl Iterator<Item = Said> {
    deciding(ground, wanted).into_iter().flat_map(move |(head, wanted)| told(voice, head, wanted))
}

/// A step, and what came nearest to it.
pub(super) fn told<'a>(voice: Voice<'a>, head: &'a Ground, wanted: bool) -> impl Iterator<Item = Said> {
    let below = move || match &head.step {
        Step::Elements(found) => nearest(voice, found, wanted),
        _ => Vec::new(),
    };
    std::iter::once_with(move || words::step(voice, head, wanted)).chain(std::iter::once_with(below).flatten())
}

/// What came nearest, or the first element that decides.
fn nearest(voice: Voice<'_>, found: &Elements, wanted: bool) -> Vec<Said> {
    let open = found.failing == 0 && found.population_unknown + found.unknown > 0;
    if let Some(at) = found.doubted.first().filter(|_| open) {
        return vec![doubted(voice, *at)];
    }
    if let Some(at) = found.barred.first() {
        return vec![barred(voice, *at)];
    }
    if let Some(near) = &found.nearest {
        let Some(last) = near.rows.last() else {
            let text = "what comes nearest is withheld".to_owned();
            return vec![Said { short: text.clone(), text, at: None }];
        };
        let name = voice.item(At { field: None, ..*last });
        let mut all = Vec::new();
        for miss in near.misses.iter().flat_map(|g| deciding(g, wanted)) {
            let said = words::step(voice, miss.0, miss.1);
            let text =
                if all.is_empty() { format!("the nearest is {name}: {}", trim_owner(&said.text, &name)) } else { said.text };
            all.push(Said { text, ..said });
        }
        return all;
    }
    if !universal(found) {
        return Vec::new();
    }
    let first = found.shown.first();
    first.and_then(|e| e.ground.as_ref()).map(|g| why_not(voice, g, true)).unwrap_or_default()
}

fn barred(voice: Voice<'_>, at: At) -> Said {
    let at = At { field: None, ..at };
    let because = voice.barred(at).map_or_else(String::new, |b| format!(": {b}"));
    let short = "may not be relied on".to_owned();
    Said { text: format!("{} {short}{because}", voice.item(at)), short, at: Some(at) }
}

fn doubted(voice: Voice<'_>, at: At) -> Said {
    let at = At { field: None, ..at };
    let because = voice.doubted(at).map_or_else(String::new, |b| format!(": {b}"));
    let short = "not shown to be by someone who may".to_owned();
    Said { text: format!("for {}{because}", voice.item(at)), short, at: Some(at) }
}

/// What a policy has against an element that would hold.
pub(super) fn barred_row(voice: Voice<'_>, found: &Elements, element: &Element) -> Option<Said> {
    if element.ground.as_ref().is_some_and(|g| g.truth != Truth::True) {
        return None;
    }
    let here = |all: &[At]| element.rows.iter().find(|at| all.contains(at)).copied();
    here(&found.barred).map(|at| barred(voice, at)).or_else(|| here(&found.doubted).map(|at| doubted(voice, at)))
}

/// `` `completed` of training record T-7 is … `` after its item was named: `` `completed` is … ``.
fn trim_owner(text: &str, name: &str) -> String {
    text.replacen(&format!(" of {name}"), "", 1)
}
