//! Why a clause fails, in one word, read off its grounds.
//!
//! Where several things fail, an `and` and an `every` answer with the first, alternatives with the one nearest to success.

use super::Reason;
use super::ground::{Elements, Ground, Step, Wanted};
use crate::base::Truth;

/// The reason of a ground that is false.
pub(super) fn reason(ground: &Ground) -> Reason {
    let failing = || ground.below.iter().filter(|g| g.truth == Truth::False);
    match &ground.step {
        Step::And | Step::Named(_) => failing().map(reason).next().unwrap_or(Reason::Insufficient),
        Step::Or => nearest_to_success(failing().map(reason)).unwrap_or(Reason::Insufficient),
        Step::Group { at_least, members } if *at_least as usize == members.len() => {
            failing().map(reason).next().unwrap_or(Reason::Insufficient)
        }
        Step::Group { .. } => nearest_to_success(failing().map(reason)).unwrap_or(Reason::Insufficient),
        Step::Not | Step::Value(_) => Reason::Contradicted,
        Step::Compare { stale, .. } | Step::Window { stale, .. } => {
            if *stale {
                Reason::Stale
            } else {
                Reason::Insufficient
            }
        }
        Step::Presence { wanted, .. } => {
            if *wanted {
                Reason::Absent
            } else {
                Reason::Contradicted
            }
        }
        Step::Among { negated, .. } => {
            if *negated {
                Reason::Contradicted
            } else {
                Reason::Insufficient
            }
        }
        Step::Elements(elements) => of_elements(elements),
        Step::Rhythm(rhythm) => {
            if rhythm.considered == 0 || rhythm.latest.is_none() {
                Reason::Absent
            } else if rhythm.dates == 0 {
                Reason::Stale
            } else {
                Reason::Insufficient
            }
        }
    }
}

fn of_elements(found: &Elements) -> Reason {
    match found.wanted {
        Wanted::No | Wanted::AtMost(_) | Wanted::ShareAtMost(_) => Reason::Contradicted,
        Wanted::Every => {
            of_shown(found).unwrap_or(if found.barred.is_empty() { Reason::Insufficient } else { Reason::Inadmissible })
        }
        Wanted::ShareAtLeast(p) => {
            let with_barred = found.holding as usize + found.barred.len();
            let would_do = !found.barred.is_empty() && p.reached_by(with_barred, found.population as usize);
            if would_do { Reason::Inadmissible } else { Reason::Insufficient }
        }
        Wanted::Some | Wanted::AtLeast(_) | Wanted::Exactly(_) | Wanted::Latest if found.population == 0 => nothing_counts(found),
        Wanted::Latest => of_shown(found).unwrap_or(Reason::Insufficient),
        Wanted::AtLeast(n) if found.population as usize + found.barred.len() >= n as usize => Reason::Inadmissible,
        Wanted::Some | Wanted::AtLeast(_) | Wanted::Exactly(_) => Reason::Insufficient,
    }
}

fn of_shown(found: &Elements) -> Option<Reason> {
    found
        .shown
        .iter()
        .filter(|e| e.truth == Truth::False)
        .filter_map(|e| e.ground.as_ref())
        .filter(|g| g.truth == Truth::False)
        .map(reason)
        .next()
}

/// Nothing satisfied the conditions: because there is nothing, or what there is may not be used, is too old, or is not right.
fn nothing_counts(found: &Elements) -> Reason {
    if !found.barred.is_empty() {
        return Reason::Inadmissible;
    }
    if found.broken.is_some() {
        return Reason::Broken;
    }
    match &found.nearest {
        _ if found.considered == 0 => Reason::Absent,
        None => Reason::Absent,
        Some(nearest) if nearest.misses.is_empty() => Reason::Absent,
        Some(nearest) => {
            let all_stale = nearest.misses.iter().all(|g| reason(g) == Reason::Stale);
            if all_stale {
                return Reason::Stale;
            }
            // One condition asks for further evidence (a chain): its reason is the reason.
            match nearest.misses.as_slice() {
                [only] if matches!(only.step, Step::Elements(_)) && only.truth == Truth::False => reason(only),
                _ => Reason::Insufficient,
            }
        }
    }
}

/// Of several reasons, the one that is least work to mend.
pub(super) fn nearest_to_success(reasons: impl Iterator<Item = Reason>) -> Option<Reason> {
    let rank = |r: &Reason| match r {
        Reason::Stale => 0,
        Reason::Inadmissible => 1,
        Reason::Broken => 2,
        Reason::Insufficient => 3,
        Reason::Contradicted => 4,
        Reason::Absent => 5,
    };
    reasons.min_by_key(rank)
}
