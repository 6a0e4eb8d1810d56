//! One step of an explanation as a sentence: what it is, what was asked, and by how much it misses.

use crate::assess::{Elements, From, Ground, Rhythm, Shown, Step, Wanted};
use crate::base::Truth;
use crate::evidence::{At, NilOf};
use crate::library::model::{CompareOp, Scalar, WindowOp};

use super::voice::Voice;

/// A step in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The sentence, without its full stop and with a small first letter.
    pub(super) text: String,
    /// A few words for the margin of a snippet.
    pub(super) short: String,
    /// The place in the evidence it is about.
    pub(super) at: Option<At>,
}

impl Said {
    fn new(text: String, short: String, at: Option<At>) -> Self {
        Self { text, short, at }
    }
}

/// The step in words. `wanted` is false inside a `not`.
pub(super) fn step(voice: Voice<'_>, ground: &Ground, wanted: bool) -> Said {
    let truth = ground.truth;
    match &ground.step {
        Step::Value(shown) => value(voice, shown, wanted),
        Step::Compare { left, op, right, misses_by_days, stale } => {
            let dated = left.of == Scalar::Date;
            let amount = misses_by_days.filter(|_| truth == Truth::False).map(|days| {
                let late = matches!(op, CompareOp::Less | CompareOp::AtMost);
                days_off(days, *stale, late)
            });
            let expected = expectation(voice, right);
            relation(voice, truth, wanted, left, Some(right), compare_words(*op, dated), &expected, amount)
        }
        Step::Window { value, op, window, misses_by_days, stale } => {
            let amount = misses_by_days.filter(|_| truth == Truth::False).map(|days| days_off(days, *stale, days > 0));
            let words = match op {
                WindowOp::Within => ("within", "not within"),
                WindowOp::Covers => ("covering", "not covering all of"),
                WindowOp::Overlaps => ("sharing days with", "sharing no day with"),
            };
            let expected = expectation(voice, window);
            relation(voice, truth, wanted, value, Some(window), words, &expected, amount)
        }
        Step::Presence { of, wanted: asked } => {
            let there = (truth == Truth::True) == *asked;
            let subject = voice.subject(of).unwrap_or_else(|| "the value".to_owned());
            let short = if there { "is stated" } else { "is not stated" };
            let odd = if there && *asked != wanted { ", and must not be" } else { "" };
            Said::new(format!("{subject} {short}{odd}"), format!("{short}{odd}"), place_of(of))
        }
        Step::Among { value, among, negated } => {
            let listed: Vec<_> = among.iter().map(|s| expectation(voice, s)).collect();
            if voice.subject(value).is_none() {
                return contains(voice, truth, value, among, &listed);
            }
            let expected = match listed.as_slice() {
                [] => "in an empty list".to_owned(),
                [one] => one.clone(),
                many => format!("one of {}", list(many, 6)),
            };
            let words = if *negated { ("none of those ruled out:", "ruled out:") } else { ("as asked:", "not") };
            relation(voice, truth, wanted, value, None, words, &expected, None)
        }
        Step::Not => join("it must not be so that", ground),
        Step::And => join("all of these must hold", ground),
        Step::Or => join("at least one of these must hold", ground),
        Step::Group { at_least, members } => group(*at_least, members),
        Step::Named(name) => join(&format!("`{name}`"), ground),
        Step::Elements(found) => elements(voice, found, truth),
        Step::Rhythm(found) => rhythm(voice, found),
    }
}

/// A value of the rule, looked for in a list of the evidence.
fn contains(voice: Voice<'_>, truth: Truth, value: &Shown, among: &[Shown], listed: &[String]) -> Said {
    let asked = voice.shown(value).unwrap_or_else(|| "what it asks for".to_owned());
    let text = match (truth, listed) {
        (Truth::True, _) => format!("{asked} is listed"),
        (Truth::False, []) => format!("{asked} is not listed: the list is empty"),
        (Truth::False, some) => format!("{asked} is not listed, only {}", list(some, 4)),
        (Truth::Unknown, _) => format!("whether {asked} is listed is not stated"),
    };
    let short = text.split(':').next().unwrap_or("").to_owned();
    Said::new(text, short, among.iter().find_map(place_of))
}

fn join(text: &str, ground: &Ground) -> Said {
    let short = match ground.truth {
        Truth::True => "holds",
        Truth::False => "this fails",
        Truth::Unknown => "this is not known",
    };
    Said::new(text.to_owned(), short.to_owned(), None)
}

fn group(at_least: u32, members: &[(String, Truth)]) -> Said {
    let holding = members.iter().filter(|(_, t)| *t == Truth::True).count();
    let open: Vec<_> = members.iter().filter(|(_, t)| *t != Truth::True).map(|(label, _)| label.clone()).collect();
    let short = if at_least as usize == members.len() {
        format!("{holding} of {} hold, all must", members.len())
    } else {
        format!("{holding} of {} hold, {at_least} needed", members.len())
    };
    let missing = if open.is_empty() { String::new() } else { format!("; not shown: {}", list(&open, 6)) };
    Said::new(format!("{short}{missing}"), short, None)
}

/// A place where evidence could be looked at.
pub(super) fn place_of(shown: &Shown) -> Option<At> {
    match shown.from {
        From::Field(at) | From::Item(at) => Some(at),
        From::Rule
        | From::Fact(_)
        | From::Entity
        | From::Assessment
        | From::Parameter(_)
        | From::Aggregate(..)
        | From::Computed(_) => None,
    }
}

fn value(voice: Voice<'_>, shown: &Shown, wanted: bool) -> Said {
    let subject = voice.subject(shown).unwrap_or_else(|| "the value".to_owned());
    let said = voice.shown(shown);
    let short = match said {
        None => missing(voice, shown),
        Some(said) if said == "yes" && !wanted => "is yes, and must not be".to_owned(),
        Some(said) => format!("is {said}"),
    };
    Said::new(format!("{subject} {short}"), short, place_of(shown))
}

fn missing(voice: Voice<'_>, shown: &Shown) -> String {
    match shown.from {
        From::Field(at) if voice.dangling(at) => "leads to no item".to_owned(),
        From::Field(_) | From::Fact(_) | From::Entity => "is not stated".to_owned(),
        From::Parameter(_) => "has no value on the day".to_owned(),
        From::Rule | From::Item(_) | From::Assessment | From::Aggregate(..) | From::Computed(_) => "is not known".to_owned(),
    }
}

/// "within" when it holds, "not within" when it fails.
type Both = (&'static str, &'static str);

const fn compare_words(op: CompareOp, dated: bool) -> Both {
    match (op, dated) {
        (CompareOp::Equal, _) => ("as asked:", "not"),
        (CompareOp::NotEqual, _) => ("other than", "the same as"),
        (CompareOp::Less, true) => ("before", "not before"),
        (CompareOp::AtMost, true) => ("on or before", "not on or before"),
        (CompareOp::Greater, true) => ("after", "not after"),
        (CompareOp::AtLeast, true) => ("on or after", "not on or after"),
        (CompareOp::Less, false) => ("less than", "not less than"),
        (CompareOp::AtMost, false) => ("at most", "more than"),
        (CompareOp::Greater, false) => ("more than", "not more than"),
        (CompareOp::AtLeast, false) => ("at least", "less than"),
    }
}

#[expect(clippy::too_many_arguments, reason = "a relation has two ends, two truths and its words")]
fn relation(
    voice: Voice<'_>,
    truth: Truth,
    wanted: bool,
    left: &Shown,
    right: Option<&Shown>,
    words: Both,
    expected: &str,
    amount: Option<String>,
) -> Said {
    let at = place_of(left).or_else(|| right.and_then(place_of));
    let subject = voice.subject(left);
    let said = voice.shown(left);
    if truth == Truth::Unknown {
        let other = right.filter(|r| voice.shown(r).is_none() && said.is_some());
        let unknown = other.unwrap_or(left);
        let short = missing(voice, unknown);
        let subject = voice.subject(unknown).unwrap_or_else(|| "the value".to_owned());
        let asked = if other.is_some() {
            String::new()
        } else {
            format!("; it must be {} {expected}", words.0.trim_end_matches(" asked:"))
        };
        let asked = asked.replace("must be as ", "must be ");
        return Said::new(format!("{subject} {short}{asked}"), short, place_of(unknown).or(at));
    }
    let said = said.unwrap_or_else(|| "not stated".to_owned());
    let (is, short) = match (truth == Truth::True, wanted) {
        (true, true) if words.0.starts_with("as asked") => (format!("is {said}"), format!("is {said}")),
        (true, true) => (format!("is {said}, {} {expected}", words.0), format!("{} {expected}", words.0)),
        (true, false) => (format!("is {said}, and must not be"), "must not be".to_owned()),
        (false, _) => {
            let tail = amount.as_ref().map_or_else(String::new, |a| format!(": {a}"));
            let short = amount.unwrap_or_else(|| format!("{} {expected}", words.1));
            (format!("is {said}, {} {expected}{tail}", words.1), short)
        }
    };
    match subject {
        Some(subject) if subject == said => {
            Said::new(format!("{subject} {}", is.replacen(&format!("is {said}, "), "is ", 1)), short, at)
        }
        Some(subject) => Said::new(format!("{subject} {is}"), short, at),
        None => Said::new(is.replacen("is ", "", 1), short, at),
    }
}

/// The other side of a comparison: the value, and where it comes from when that helps.
fn expectation(voice: Voice<'_>, shown: &Shown) -> String {
    let value = voice.shown(shown);
    match shown.from {
        From::Rule | From::Computed(_) | From::Item(_) => value.unwrap_or_else(|| "a day that is not known".to_owned()),
        From::Assessment => value.map_or_else(|| "the assessment date".to_owned(), |v| format!("the assessment date {v}")),
        From::Field(_) | From::Fact(_) | From::Entity | From::Parameter(_) | From::Aggregate(..) => {
            let subject = voice.subject(shown).unwrap_or_else(|| "the value".to_owned());
            match value {
                Some(v) => format!("{v} ({subject})"),
                None => format!("{subject}, which {}", missing(voice, shown)),
            }
        }
    }
}

fn days_off(days: i32, stale: bool, late: bool) -> String {
    let n = days.unsigned_abs();
    let days = if n == 1 { "1 day".to_owned() } else { format!("{n} days") };
    match (stale, late) {
        (true, _) => format!("{days} too old"),
        (false, true) => format!("{days} too late"),
        (false, false) => format!("{days} too early"),
    }
}

/// `a, b and 3 more`.
pub(super) fn list(items: &[String], most: usize) -> String {
    let shown: Vec<_> = items.iter().take(most).map(String::as_str).collect();
    match items.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// `(93.3%)`, cut, never rounded up.
fn share(part: u32, whole: u32) -> String {
    if whole == 0 {
        return String::new();
    }
    let tenths = u64::from(part) * 1000 / u64::from(whole);
    if tenths.is_multiple_of(10) { format!(" ({}%)", tenths / 10) } else { format!(" ({}.{}%)", tenths / 10, tenths % 10) }
}

fn elements(voice: Voice<'_>, found: &Elements, truth: Truth) -> Said {
    let noun = |n| voice.noun(found.table, n);
    let (there, many) = (found.population, noun(found.population));
    if let Some(at) = found.broken {
        return Said::new(format!("{} leads to no item", voice.field(at)), "leads to no item".to_owned(), Some(at));
    }
    if let Some(at) = found.unstated.filter(|_| truth == Truth::Unknown) {
        return Said::new(format!("{} is not stated", voice.field(at)), "is not stated".to_owned(), Some(at));
    }
    let at = found.shown.first().and_then(|e| e.rows.last().copied());
    let of = |holding: u32| format!("{holding} of {there} {many}{}", share(holding, there));
    let short = match found.wanted {
        Wanted::Some if truth == Truth::True => format!("{there} {many} will do"),
        Wanted::Some | Wanted::AtLeast(1) if found.considered == 0 => format!("there is no {}", noun(1)),
        Wanted::Some if found.population_unknown > 0 => format!("no {} is shown to do", noun(1)),
        Wanted::Some => format!("no {} will do", noun(1)),
        Wanted::No if truth == Truth::True => format!("there is no such {}", noun(1)),
        Wanted::No if there == 0 && found.considered == 0 => format!("there is no {}", noun(1)),
        Wanted::No if there == 0 => format!("it is not known whether there is such a {}", noun(1)),
        Wanted::No => format!("{there} {many} that must not be there"),
        Wanted::Every | Wanted::ShareAtLeast(_) | Wanted::ShareAtMost(_) if there == 0 => {
            if let Some(at) = found.nil_return {
                match voice.bundle.nil_returns.get(at as usize).map(|n| n.of) {
                    Some(NilOf::Requirement(_)) => format!("there were no such {}: a nil return says so", noun(2)),
                    Some(NilOf::Kind(_)) | None => format!("there were no {}: a nil return says so", noun(2)),
                }
            } else if found.considered == 0 {
                format!("there is no {}", noun(1))
            } else if found.population_unknown > 0 {
                format!("no {} is known to be one it asks about", noun(1))
            } else {
                format!("none of {} {} is one it asks about", found.considered, noun(found.considered))
            }
        }
        Wanted::Every if found.failing == 0 && found.unknown == 0 => format!("all {there} {many} hold"),
        Wanted::Every => format!("{}, all must", of(found.holding)),
        Wanted::ShareAtLeast(p) => format!("{}, {p} needed", of(found.holding)),
        Wanted::ShareAtMost(p) => format!("{}, {p} allowed", of(found.holding)),
        Wanted::AtLeast(n) => format!("{there} {many}, {n} needed"),
        Wanted::AtMost(n) => format!("{there} {many}, {n} allowed"),
        Wanted::Exactly(n) => format!("{there} {many}, exactly {n} needed"),
        Wanted::Latest => match at {
            Some(at) => format!("the latest is {}", voice.item(At { field: None, ..at })),
            None if found.considered > 0 => {
                format!("none of {} {} is one it asks about", found.considered, noun(found.considered))
            }
            None => format!("there is no {}", noun(1)),
        },
    };
    let mut text = short.clone();
    if matches!(found.wanted, Wanted::Some | Wanted::AtLeast(_)) && truth != Truth::True && found.considered > 0 {
        text.push_str(&format!(" ({} looked at)", found.considered));
    }
    if found.unknown > 0 {
        text.push_str(&format!("; {} not known", found.unknown));
    }
    if found.population_unknown > 0 && truth != Truth::True {
        text.push_str(&format!("; for {} it is not known whether they count", found.population_unknown));
    }
    if !found.barred.is_empty() {
        let names: Vec<_> = found.barred.iter().map(|at| voice.item(At { field: None, ..*at })).collect();
        text.push_str(&format!("; may not be relied on: {}", list(&names, 3)));
    }
    if !found.doubted.is_empty() {
        let names: Vec<_> = found.doubted.iter().map(|at| voice.item(At { field: None, ..*at })).collect();
        text.push_str(&format!("; not known whether these may be relied on: {}", list(&names, 3)));
    }
    if let Some(kind) = found.nil_return_wanted.filter(|_| truth != Truth::True && found.population_unknown == 0) {
        let table = crate::library::model::TableId(kind.0);
        let such = if voice.bundle.rows(table).len > 0 { "such " } else { "" };
        text.push_str(&format!("; if there were no {such}{}, a nil return would settle it", voice.noun(table, 2)));
    }
    Said::new(text, short, at)
}

fn rhythm(voice: Voice<'_>, found: &Rhythm) -> Said {
    let mut parts = Vec::new();
    let noun = |n| voice.noun(found.table, n);
    if found.dates == 0 {
        let latest = found.latest.map_or_else(String::new, |d| format!("; the latest is dated {d}"));
        parts.push(format!("no {} falls in {}{latest}", noun(1), found.window));
    }
    if found.missed.len() > found.allowing as usize {
        let missed: Vec<_> = found.missed.iter().map(ToString::to_string).collect();
        let stretches = if found.slots == 1 { "stretch" } else { "stretches" };
        let unit = found.every.to_string();
        let empty = format!("{} of {} {stretches} of {unit} are empty, {} allowed", missed.len(), found.slots, found.allowing);
        if found.dates > 0 {
            parts.push(format!("{empty}: {}", list(&missed, 3)));
        }
    }
    if let (Some(gap), Some(most)) = (found.longest_gap, found.max_gap) {
        let days = gap.first.days_to(gap.last);
        if days > most {
            parts.push(format!("the longest gap is {days} days, {most} allowed: from {} to {}", gap.first, gap.last));
        }
    }
    if found.unknown > 0 {
        parts.push(format!("for {} {} the date is not known", found.unknown, noun(found.unknown)));
    }
    if parts.is_empty() {
        parts.push(format!("{} {} in {}, every {} as asked", found.dates, noun(found.dates), found.window, found.every));
    }
    let first = parts.first().cloned().unwrap_or_default();
    let short = first.split([':', ';']).next().unwrap_or("").to_owned();
    Said::new(parts.join("; "), short, None)
}
