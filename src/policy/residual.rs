//! What is left of a policy when some facts are not known: whether its condition is decided all the same, and which facts would decide it.
//!
//! Cedar keeps `unknown && false` as it is. Policies here are validated strictly, so a condition cannot fail, and strong Kleene logic may finish the
//! work: the same logic that rules are judged by.

use std::collections::BTreeSet;

use cedar_policy::Policy;
use serde_json::Value;

use crate::base::Truth;

/// Whether the conditions of a residual policy hold, and the names of the unknowns that this hangs on.
pub(super) fn holds(policy: &Policy) -> (Truth, BTreeSet<String>) {
    let Ok(written) = policy.to_json() else { return (Truth::Unknown, BTreeSet::new()) };
    let conditions = written.get("conditions").and_then(Value::as_array).cloned().unwrap_or_default();
    let each = conditions.iter().map(|condition| {
        let (truth, names) = condition.get("body").map_or_else(|| (Truth::Unknown, BTreeSet::new()), truth);
        let unless = condition.get("kind").and_then(Value::as_str) == Some("unless");
        (if unless { truth.not() } else { truth }, names)
    });
    all(each)
}

fn all(parts: impl Iterator<Item = (Truth, BTreeSet<String>)>) -> (Truth, BTreeSet<String>) {
    let mut whole = (Truth::True, BTreeSet::new());
    for (truth, names) in parts {
        whole.0 = whole.0.and(truth);
        whole.1.extend(names);
    }
    if whole.0 == Truth::Unknown { whole } else { (whole.0, BTreeSet::new()) }
}

fn truth(expression: &Value) -> (Truth, BTreeSet<String>) {
    let sides = |of: &Value| [of.get("left"), of.get("right")].map(|side| side.map_or_else(unknown, truth));
    let Some((operator, of)) = expression.as_object().and_then(|o| o.iter().next()) else { return unknown() };
    match operator.as_str() {
        "Value" => of.as_bool().map_or_else(unknown, |known| (known.into(), BTreeSet::new())),
        "!" => {
            let (truth, names) = of.get("arg").map_or_else(unknown, truth);
            (truth.not(), names)
        }
        "&&" => all(sides(of).into_iter()),
        "||" => {
            let (truth, names) = all(sides(of).into_iter().map(|(truth, names)| (truth.not(), names)));
            (truth.not(), names)
        }
        _ => {
            let mut names = BTreeSet::new();
            named(expression, &mut names);
            (Truth::Unknown, names)
        }
    }
}

fn unknown() -> (Truth, BTreeSet<String>) {
    (Truth::Unknown, BTreeSet::new())
}

/// The unknowns named anywhere in an expression.
fn named(expression: &Value, into: &mut BTreeSet<String>) {
    match expression {
        Value::Object(fields) => {
            for (name, of) in fields {
                if name == "unknown"
                    && let Some(name) = of.get(0).and_then(|arg| arg.get("Value")).and_then(Value::as_str)
                {
                    into.insert(name.to_owned());
                }
                named(of, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
