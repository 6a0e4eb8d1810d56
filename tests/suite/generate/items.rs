//! Random bundles.

use std::fmt::Write;

use super::{Choices, DAYS, Of, fields};

/// A value of a field, `None` when it is not stated.
type Stated = Option<String>;

/// One item.
#[derive(Debug, Clone)]
struct Item {
    kind: &'static str,
    id: String,
    fields: Vec<(&'static str, Stated)>,
}

/// A random bundle.
#[derive(Debug, Clone)]
pub(crate) struct Items {
    items: Vec<Item>,
    facts: Vec<(&'static str, Stated)>,
    nil_returns: Vec<&'static str>,
}

/// The kinds there are items of; a person is always there.
const KINDS: [&str; 4] = ["person", "record", "event", "target"];

impl Items {
    /// A bundle. `may_be_silent`: whether a kind may be without items and without a nil return.
    pub(crate) fn new(choices: &mut Choices<'_>, may_be_silent: bool) -> Self {
        let mut items = Vec::new();
        let mut nil_returns = Vec::new();
        let counts = KINDS.map(|kind| if kind == "person" { 1 + choices.of(4) } else { choices.of(5) });
        for (kind, count) in KINDS.into_iter().zip(counts) {
            if choices.chance(2) || (count == 0 && !may_be_silent) {
                nil_returns.push(kind);
            }
            for n in 0..count {
                let fields = fields(kind).iter().map(|(name, of)| (*name, value(*of, choices, &counts))).collect();
                items.push(Item { kind, id: format!("{kind}-{n}"), fields });
            }
        }
        let facts = vec![("staff", value(Of::Whole, choices, &counts)), ("public", value(Of::Bool, choices, &counts))];
        Self { items, facts, nil_returns }
    }

    /// The bundle with one more field stated, when one is not.
    pub(crate) fn with_one_more(&self, choices: &mut Choices<'_>) -> Option<Self> {
        let mut filled = self.clone();
        let counts = KINDS.map(|kind| self.items.iter().filter(|i| i.kind == kind).count());
        let mut missing: Vec<(&mut Stated, Of)> = Vec::new();
        for item in &mut filled.items {
            let of = fields(item.kind);
            let fields = item.fields.iter_mut().zip(of).filter(|((_, stated), _)| stated.is_none());
            missing.extend(fields.map(|((_, stated), (_, of))| (stated, *of)));
        }
        let facts = filled.facts.iter_mut().zip([Of::Whole, Of::Bool]).filter(|((_, stated), _)| stated.is_none());
        missing.extend(facts.map(|((_, stated), of)| (stated, of)));
        if missing.is_empty() {
            return None;
        }
        let at = choices.of(missing.len());
        let (stated, of) = missing.swap_remove(at);
        *stated = Some(some_value(of, choices, &counts)?);
        Some(filled)
    }

    /// The bundle without one of its items.
    pub(crate) fn without(&self, kind: &str, id: &str) -> Self {
        let mut other = self.clone();
        other.items.retain(|item| item.kind != kind || item.id != id);
        other
    }

    /// The bundle with its items in another order.
    pub(crate) fn shuffled(&self, choices: &mut Choices<'_>) -> Self {
        let mut other = self.clone();
        for i in (1..other.items.len()).rev() {
            other.items.swap(i, choices.of(i + 1));
        }
        other
    }

    /// The bundle as JSON.
    pub(crate) fn json(&self) -> String {
        let object = |fields: &[(&str, Stated)]| {
            let stated = fields.iter().filter_map(|(name, value)| value.as_ref().map(|v| format!("\"{name}\": {v}")));
            format!("{{ {} }}", stated.collect::<Vec<_>>().join(", "))
        };
        let mut out = format!(
            "{{ \"abide\": 1,\n\"entity\": {{ \"id\": \"E\", \"name\": \"Entity\", \"kind\": \"airport\", \"sems\": \"framework\", \"facts\": {} }},\n",
            object(&self.facts)
        );
        let nil =
            |kind: &&str| format!("{{ \"kind\": \"{kind}\", \"period\": \"1990-01-01/2030-01-01\", \"made-by\": \"person-0\" }}");
        _ = writeln!(out, "\"nil-returns\": [{}],", self.nil_returns.iter().map(nil).collect::<Vec<_>>().join(",\n"));
        let item = |i: &Item| format!("{{ \"id\": \"{}\", \"kind\": \"{}\", \"facts\": {} }}", i.id, i.kind, object(&i.fields));
        _ = writeln!(out, "\"evidence\": [\n{}\n] }}", self.items.iter().map(item).collect::<Vec<_>>().join(",\n"));
        out
    }
}

fn value(of: Of, choices: &mut Choices<'_>, counts: &[usize; 4]) -> Stated {
    if choices.chance(2) { None } else { some_value(of, choices, counts) }
}

/// A value; `None` where there is nothing to refer to.
fn some_value(of: Of, choices: &mut Choices<'_>, counts: &[usize; 4]) -> Stated {
    let text = match of {
        Of::Bool => choices.pick(&["true", "false"]).to_owned(),
        Of::Whole => choices.of(5).to_string(),
        Of::Decimal => choices.pick(&["1.5", "0.5", "2", "2.50", "-1"]).to_owned(),
        Of::Percent => choices.pick(&["\"50%\"", "\"100%\"", "\"0%\"", "\"33.3%\""]).to_owned(),
        Of::Text => choices.pick(&["\"alpha\"", "\"beta\"", "\"gamma\""]).to_owned(),
        Of::Date => format!("\"{}\"", choices.pick(&DAYS)),
        Of::Interval => {
            let (a, b) = (choices.pick(&DAYS), choices.pick(&DAYS));
            format!("\"{}/{}\"", a.min(b), a.max(b))
        }
        Of::Period => choices.pick(&["\"1 month\"", "\"30 days\"", "\"6 weeks\"", "\"12 months\"", "\"1 year\""]).to_owned(),
        Of::Grade => choices.pick(&["\"low\"", "\"mid\"", "\"high\""]).to_owned(),
        Of::Course => choices.pick(&["\"first\"", "\"second\"", "\"third\""]).to_owned(),
        Of::Ref(kind) => {
            let count = KINDS.iter().zip(counts).find(|(k, _)| **k == kind).map_or(0, |(_, n)| *n);
            if count == 0 {
                return None;
            }
            format!("\"{kind}-{}\"", choices.of(count))
        }
        Of::Texts => list(choices, |choices| choices.pick(&["\"alpha\"", "\"beta\"", "\"gamma\""]).to_owned()),
        Of::Parts => list(choices, |choices| {
            let fields = fields("parts").iter();
            let stated = fields.filter_map(|(name, of)| value(*of, choices, counts).map(|v| format!("\"{name}\": {v}")));
            format!("{{ {} }}", stated.collect::<Vec<_>>().join(", "))
        }),
    };
    Some(text)
}

/// A short list.
fn list(choices: &mut Choices<'_>, mut one: impl FnMut(&mut Choices<'_>) -> String) -> String {
    let count = choices.of(3);
    let all: Vec<String> = (0..count).map(|_| one(choices)).collect();
    format!("[{}]", all.join(", "))
}
