//! OSCAL 1.2: assessment results, and the plan of action and milestones.
//!
//! `results` and `plan` are the two documents, `findings` makes what both hold, and here is what every part of them needs: identifiers, texts in
//! OSCAL's data types, metadata, and the back matter that every reference leads to. What became of which word, and why, is in `docs/exchange.md`.

mod findings;
mod plan;
mod results;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

pub(super) use plan::render as plan;
pub(super) use results::render as results;

use super::exchange::{self, Told};
use super::markdown::escape;
use super::terminal::full_stop;
use super::{Context, detail, summary};
use crate::diagnostics::render::clean;
use crate::library::model::ProvisionId;

/// The version of OSCAL that the documents are in. Later ones of 1.2 take them too.
const OSCAL: &str = "1.2.1";

/// A document in the making: whom it is about, and what it refers to.
struct Document<'c, 'a> {
    ctx: &'c Context<'a>,
    provisions: BTreeSet<ProvisionId>,
    /// Evidence files: address, by name.
    files: BTreeMap<String, String>,
}

impl<'c, 'a> Document<'c, 'a> {
    const fn new(ctx: &'c Context<'a>) -> Self {
        Self { ctx, provisions: BTreeSet::new(), files: BTreeMap::new() }
    }

    /// The identifier of something about this entity: the same in every run.
    fn id(&self, what: &str, name: &str) -> String {
        exchange::identifier(&["oscal", what, exchange::entity(self.ctx), name])
    }

    /// The identifier of the whole document: another one as soon as anything it was made from is.
    fn own_id(&self, what: &str) -> String {
        let basis = exchange::basis(self.ctx);
        let requirements = self.ctx.assessment.outcomes.iter().map(|o| self.ctx.library.requirement(o.requirement).name.as_str());
        let mut names = vec!["oscal", what, exchange::entity(self.ctx)];
        names.extend(basis.iter().flat_map(|(name, value)| [*name, value.as_str()]));
        names.extend(requirements);
        exchange::identifier(&names)
    }

    /// Midnight of the assessment date: what is assessed is a day, not a moment.
    fn moment(&self) -> String {
        format!("{}T00:00:00Z", self.ctx.assessment.date)
    }

    /// Refers to a provision, which the back matter then has.
    fn provision(&mut self, id: ProvisionId) -> String {
        self.provisions.insert(id);
        self.provision_id(id)
    }

    fn provision_id(&self, id: ProvisionId) -> String {
        exchange::identifier(&["oscal", "provision", &self.ctx.library.provision(id).name])
    }

    /// Refers to a file of evidence, which the back matter then has.
    fn file(&mut self, name: &str, address: &str) -> String {
        self.files.insert(name.to_owned(), address.to_owned());
        self.id("file", name)
    }

    fn metadata(&self, title: &str) -> Value {
        let ctx = self.ctx;
        let mut remarks = vec![
            "A verdict says what the rules found in the evidence. The class under Regulation 300/2008 is a person's decision."
                .to_owned(),
        ];
        if summary::tally(ctx).total() == 0 {
            remarks.push(exchange::NOTHING.to_owned());
        }
        remarks.extend(summary::rests_on(ctx));
        json!({
            "title": line(&format!("{title} of {}", summary::entity_name(ctx))),
            "last-modified": self.moment(),
            "version": ctx.assessment.date.to_string(),
            "oscal-version": OSCAL,
            "props": exchange::basis(ctx).iter().map(|(name, value)| prop(name, value)).collect::<Vec<_>>(),
            "parties": [{
                "uuid": self.party(),
                "type": "organization",
                "name": plain(&summary::entity_name(ctx)),
                "remarks": paragraphs(&[full_stop(&summary::entity_kind(ctx))]),
            }],
            "remarks": paragraphs(&remarks),
        })
    }

    /// The entity.
    fn party(&self) -> String {
        self.id("party", "entity")
    }

    /// Abide, as what did the assessing.
    fn assets(&self) -> Value {
        json!({
            "components": [{
                "uuid": tool(),
                "type": "software",
                "title": "Abide",
                "description": "Checks an entity's evidence against aviation security rules.",
                "props": [{ "name": "version", "value": env!("CARGO_PKG_VERSION") }],
                "status": { "state": "operational" },
            }],
            "assessment-platforms": [{
                "uuid": exchange::identifier(&["oscal", "platform"]),
                "title": "Abide",
                "uses-components": [{ "component-uuid": tool() }],
            }],
        })
    }

    /// Everything that was referred to, and what `more` there is.
    fn back_matter(&self, more: impl IntoIterator<Item = Value>) -> Value {
        let provisions = self.provisions.iter().map(|id| {
            let cited = detail::provision(self.ctx, *id);
            let mut resource = Map::new();
            resource.insert("uuid".into(), json!(self.provision_id(*id)));
            resource.insert("title".into(), json!(line(&cited.cited)));
            resource.insert("description".into(), json!(escape(&cited.reads)));
            resource.insert("props".into(), json!([prop("provision", &self.ctx.library.provision(*id).name)]));
            resource.insert("citation".into(), json!({ "text": line(&cited.cited) }));
            let link = cited.url.as_deref().and_then(exchange::web).map(|u| json!([{ "href": u }]));
            resource.extend(link.map(|l| ("rlinks".to_owned(), l)));
            Value::Object(resource)
        });
        let files = self.files.iter().map(|(name, address)| {
            json!({
                "uuid": self.id("file", name),
                "title": line(name),
                "description": "A file of the bundle; the address is from the bundle's folder.",
                "rlinks": [{ "href": address }],
            })
        });
        let resources: Vec<Value> = more.into_iter().chain(provisions).chain(files).collect();
        json!({ "resources": resources })
    }
}

/// The identifier of Abide.
fn tool() -> String {
    exchange::identifier(&["oscal", "abide"])
}

/// Who says so: Abide.
fn origins() -> Value {
    json!([{ "actors": [{ "type": "tool", "actor-uuid": tool() }] }])
}

/// The name of Abide's own words among those of others.
fn space() -> String {
    exchange::NAMESPACE.urn().to_string()
}

/// A property of Abide's own.
fn prop(name: &str, value: &str) -> Value {
    json!({ "name": name, "ns": space(), "value": plain(value) })
}

/// A provision's name as an OSCAL token, which has no `#` and no brackets.
fn token(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect()
}

/// A text of one line, without markup.
fn plain(text: &str) -> String {
    let text = clean::line(text);
    let text = text.trim();
    if text.is_empty() { "not stated".to_owned() } else { text.to_owned() }
}

/// A text of one line in which markup would count: it is escaped.
fn line(text: &str) -> String {
    escape(&plain(text))
}

/// A text of several paragraphs in which markup would count: it is escaped.
fn paragraphs<T: AsRef<str>>(texts: &[T]) -> String {
    texts.iter().map(|t| escape(t.as_ref())).collect::<Vec<_>>().join("\n\n")
}

/// An object, without what is an empty list.
fn object(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.into_iter().filter(|(_, v)| !v.as_array().is_some_and(Vec::is_empty) && !v.is_null()).collect())
        }
        other => other,
    }
}

/// Writes a document.
fn write(name: &str, document: Value, out: &mut String) {
    let whole = Value::Object(Map::from_iter([(name.to_owned(), document)]));
    out.push_str(&format!("{whole:#}\n"));
}

/// Whether a requirement was assessed, so that there is a finding on it.
const fn assessed(told: &Told<'_>) -> bool {
    use crate::assess::Verdict::{Met, NeedsJudgement, NotApplicable, NotConfirmed, NotMet, Sealed};
    match told.outcome.verdict {
        Met | NotMet(_) | NotConfirmed | NeedsJudgement => true,
        NotApplicable | Sealed => false,
    }
}
