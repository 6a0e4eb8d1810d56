//! SARIF 2.1.0: one result for each requirement, at the evidence it rests on and at the rule that asks for it.
//!
//! How verdicts become kinds and levels, and why, is in `docs/exchange.md`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::exchange::{self, Base, Region, Told};
use super::terminal::full_stop;
use super::{Context, detail, explain, marks, summary};
use crate::assess::Verdict;
use crate::diagnostics::render::clean;
use crate::library::model::{ProvisionId, Requirement, Severity, StrategicId};

/// The schema that the report follows.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    let told = exchange::told(ctx);
    let taxa = Taxa::of(&told);
    let (name, date) = (exchange::entity(ctx), ctx.assessment.date.to_string());
    let mut id = vec!["abide", "check", name, &date];
    id.extend(ctx.withheld.map(|w| w.audience.name));
    let run = json!({
        "tool": { "driver": {
            "name": "Abide",
            "version": env!("CARGO_PKG_VERSION"),
            "shortDescription": text("Checks evidence against aviation security rules."),
            "rules": told.iter().map(|t| rule(ctx, t, &taxa)).collect::<Vec<_>>(),
            "notifications": NOTICES.map(|(id, says)| json!({ "id": id, "shortDescription": text(says) })),
            "supportedTaxonomies": (0..TAXONOMIES.len()).map(taxonomy_reference).collect::<Vec<_>>(),
        } },
        "automationDetails": {
            "id": id.iter().map(|part| exchange::address(&part.replace('/', "_"))).collect::<Vec<_>>().join("/"),
            "correlationGuid": exchange::identifier(&["check", name]),
            "description": message(&format!("{}, assessed on {date}.", summary::entity_name(ctx))),
        },
        "invocations": [{
            "executionSuccessful": true,
            "exitCode": summary::tally(ctx).exit_code(),
            "toolExecutionNotifications": notices(ctx),
        }],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            base(Base::Rules): { "description": text("Where the rules are: beside the folder `regulations` of Abide, or where `--library` was given.") },
            base(Base::Evidence): { "description": text("The folder of the bundle.") },
        },
        "taxonomies": [provisions(ctx, &taxa), components(ctx, &taxa)],
        "results": told.iter().enumerate().map(|(i, t)| result(ctx, t, i)).collect::<Vec<_>>(),
        "properties": exchange::basis(ctx).into_iter().map(|(k, v)| (k.to_owned(), json!(v))).collect::<Map<_, _>>(),
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    out.push_str(&format!("{log:#}\n"));
}

/// What notices are about.
const NOTICES: [(&str, &str); 2] =
    [("withheld", "What an audience does not see is counted."), ("nothing-assessed", "A run over no requirement shows nothing.")];
/// The taxonomies, in their order.
const TAXONOMIES: [&str; 2] = ["provisions", "components"];

/// Text that is shown as it is.
fn text(plain: &str) -> Value {
    json!({ "text": plain })
}

/// A message. Braces and brackets, which would be placeholders and links, are escaped.
fn message(plain: &str) -> Value {
    let mut text = plain.replace('{', "{{").replace('}', "}}");
    if text.contains("](") {
        text = text.replace('[', "\\[").replace(']', "\\]");
    }
    json!({ "text": text })
}

fn notices(ctx: &Context<'_>) -> Vec<Value> {
    let notice = |at: usize, level: &str, said: &str| json!({ "descriptor": { "id": NOTICES.get(at).map(|n| n.0), "index": at }, "level": level, "message": message(said) });
    let mut all: Vec<Value> = summary::withheld(ctx).iter().map(|said| notice(0, "note", said)).collect();
    if summary::tally(ctx).total() == 0 {
        all.push(notice(1, "error", exchange::NOTHING));
    }
    all
}

const fn base(base: Base) -> &'static str {
    match base {
        Base::Rules => "RULES",
        Base::Evidence => "BUNDLE",
    }
}

/// What kind of result a verdict is.
const fn kind(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "pass",
        Verdict::NotMet(_) => "fail",
        Verdict::NotConfirmed => "open",
        Verdict::NeedsJudgement | Verdict::Sealed => "review",
        Verdict::NotApplicable => "notApplicable",
    }
}

/// How bad a failure is. Only what fails has a level.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "error",
        Severity::Minor => "warning",
    }
}

/// The order in which gaps matter, from 0 to 100.
const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Critical => 100,
        Severity::Major => 60,
        Severity::Minor => 20,
    }
}

fn result(ctx: &Context<'_>, told: &Told<'_>, index: usize) -> Value {
    let (verdict, severity) = (told.outcome.verdict, told.requirement.severity);
    let name = told.requirement.name.as_str();
    let mut said = format!("{}: {}.", told.title(), told.verdict());
    if told.is_gap() || matches!(verdict, Verdict::NotApplicable | Verdict::Sealed) {
        said.push_str(&format!(" {}", told.why));
    }
    if let Some(remedy) = told.remedies().first() {
        said.push_str(&format!(" To do: {remedy}"));
    }
    let (ends, related) = places(ctx, told);
    let mut result = Map::new();
    result.insert("ruleId".into(), json!(name));
    result.insert("ruleIndex".into(), json!(index));
    result.insert("kind".into(), json!(kind(verdict)));
    result.insert("level".into(), json!(if matches!(verdict, Verdict::NotMet(_)) { level(severity) } else { "none" }));
    result.insert("message".into(), message(&said));
    result.insert("locations".into(), ends.iter().map(|r| location(ctx, r, None)).collect());
    if !related.is_empty() {
        result.insert("relatedLocations".into(), (0usize..).zip(&related).map(|(i, r)| location(ctx, r, Some(i))).collect());
    }
    result.insert(
        "partialFingerprints".into(),
        json!({ "requirement/v1": exchange::identifier(&["requirement", exchange::entity(ctx), name]) }),
    );
    if told.is_gap() {
        result.insert("rank".into(), json!(rank(severity)));
    }
    let reason = if let Verdict::NotMet(reason) = verdict { Some(reason.word()) } else { None };
    result.insert(
        "properties".into(),
        json!({
            "verdict": verdict.words(),
            "reason": reason,
            "severity": marks::severity(severity),
            "maySuggest": verdict.may_suggest(),
        }),
    );
    Value::Object(result)
}

/// Both ends: the places in the evidence where something has to change, one for each part; and the rules, with what else the evidence shows.
fn places(ctx: &Context<'_>, told: &Told<'_>) -> (Vec<Region>, Vec<Region>) {
    let (mut ends, mut related): (Vec<Region>, Vec<Region>) = (Vec::new(), Vec::new());
    for part in &told.parts {
        let asks = if part.rule.1.is_empty() { full_stop(&part.title) } else { format!("{}: {}", part.title, part.rule.1) };
        related.extend(exchange::rule(ctx, part.rule.0, &asks));
        let mut places = exchange::evidence(ctx, part).into_iter();
        let end = places.next().or_else(|| exchange::nowhere(ctx));
        ends.extend(end.filter(|p| !ends.contains(p)));
        related.extend(places.filter(|p| !ends.contains(p)));
    }
    if ends.is_empty() {
        // Nothing is wrong, so there is nothing in the evidence to point at.
        ends.extend(exchange::rule(ctx, told.requirement.name_span, "asked here"));
    }
    (ends, related)
}

fn location(ctx: &Context<'_>, region: &Region, id: Option<usize>) -> Value {
    let mut location = Map::new();
    location.extend(id.map(|id| ("id".to_owned(), json!(id))));
    location.insert(
        "physicalLocation".into(),
        json!({
            "artifactLocation": { "uri": region.uri, "uriBaseId": base(region.base) },
            "region": {
                "startLine": region.start.line,
                "startColumn": region.start.column,
                "endLine": region.end.line,
                "endColumn": region.end.column,
                "snippet": text(&region.text),
            },
        }),
    );
    if let Some(at) = region.at {
        let voice = summary::voice(ctx);
        let (kind, row) = voice.owner(at);
        let noun = ctx.library.kinds.get(kind.0 as usize).map_or("", |k| k.name.as_str());
        let path: Vec<String> = [noun, voice.raw_id(kind, row)]
            .into_iter()
            .map(str::to_owned)
            .chain(voice.path(at))
            .map(|p| clean::line(&p).into_owned())
            .collect();
        location.insert("logicalLocations".into(), json!([{ "name": path.last(), "fullyQualifiedName": path.join("/") }]));
    }
    if !region.says.is_empty() {
        location.insert("message".into(), message(&region.says));
    }
    Value::Object(location)
}

fn rule(ctx: &Context<'_>, told: &Told<'_>, taxa: &Taxa) -> Value {
    let requirement = told.requirement;
    let asks = requirement.clauses.iter().map(|c| &c.title).chain(requirement.judges.iter().map(|j| &j.question));
    let mut help: Vec<String> = asks.map(|a| format!("Expected: {}", full_stop(&clean::line(a)))).collect();
    help.dedup();
    let cited: Vec<_> = explain::cited(ctx, requirement).into_iter().map(|id| detail::provision(ctx, id)).collect();
    help.extend(cited.iter().map(|c| format!("{}: {}. {}", if c.is_law { "Law" } else { "Guidance" }, c.cited, c.reads)));
    help.push(format!("More: abide explain {}", requirement.name));
    let guidance = requirement.clauses.iter().find_map(|c| c.guidance.as_deref()).or(requirement.guidance.as_deref());
    let address =
        guidance.and_then(exchange::web).or_else(|| cited.iter().find_map(|c| c.url.as_deref().and_then(exchange::web)));
    let doc = requirement.doc.as_deref().map(|d| clean::line(d.trim()).into_owned()).filter(|d| !d.is_empty());
    let mut rule = Map::new();
    rule.insert("id".into(), json!(requirement.name));
    rule.insert("shortDescription".into(), text(&told.title()));
    rule.insert("fullDescription".into(), text(&doc.unwrap_or_else(|| full_stop(&told.title()))));
    rule.insert("help".into(), text(&help.join("\n")));
    rule.extend(address.map(|a| ("helpUri".to_owned(), json!(a))));
    rule.insert(
        "defaultConfiguration".into(),
        json!({ "level": level(requirement.severity), "rank": rank(requirement.severity) }),
    );
    let relations = taxa.relations(ctx, requirement);
    if !relations.is_empty() {
        rule.insert("relationships".into(), json!(relations));
    }
    rule.insert("properties".into(), json!({ "severity": marks::severity(requirement.severity) }));
    Value::Object(rule)
}

/// The provisions and components that rules are about, each with its place in its taxonomy.
struct Taxa {
    provisions: BTreeMap<ProvisionId, usize>,
    components: BTreeMap<StrategicId, usize>,
}

impl Taxa {
    fn of(told: &[Told<'_>]) -> Self {
        let mut provisions: BTreeMap<_, _> = told.iter().flat_map(|t| &t.requirement.discharges).map(|p| (*p, 0)).collect();
        let mut components: BTreeMap<_, _> = told.iter().flat_map(|t| &t.requirement.shows).map(|s| (s.component, 0)).collect();
        provisions.values_mut().enumerate().for_each(|(i, at)| *at = i);
        components.values_mut().enumerate().for_each(|(i, at)| *at = i);
        Self { provisions, components }
    }

    fn relations(&self, ctx: &Context<'_>, requirement: &Requirement) -> Vec<Value> {
        let relation = |taxonomy: usize, name: &str, index: usize, says: Option<String>| {
            let target = json!({ "id": name, "index": index, "toolComponent": taxonomy_reference(taxonomy) });
            let mut relation = Map::new();
            relation.insert("target".into(), target);
            relation.insert("kinds".into(), json!(["relevant"]));
            relation.extend(says.map(|s| ("description".to_owned(), text(&s))));
            Value::Object(relation)
        };
        let provisions = requirement.discharges.iter().filter_map(|id| {
            let says = "Discharged by this rule.".to_owned();
            Some(relation(0, &ctx.library.provision(*id).name, *self.provisions.get(id)?, Some(says)))
        });
        let components = self.components.iter().filter_map(|(id, index)| {
            let levels: Vec<_> =
                requirement.shows.iter().filter(|s| s.component == *id).map(|s| marks::level_word(s.level)).collect();
            let says = format!("Shown by this rule: {}.", levels.join(", "));
            (!levels.is_empty()).then(|| relation(1, &ctx.library.strategic(*id).name, *index, Some(says)))
        });
        provisions.chain(components).collect()
    }
}

fn taxonomy_reference(index: usize) -> Value {
    json!({ "name": TAXONOMIES.get(index), "index": index })
}

fn taxonomy(index: usize, says: &str, taxa: Vec<Value>) -> Value {
    json!({
        "name": TAXONOMIES.get(index),
        "shortDescription": text(says),
        "isComprehensive": false,
        "taxa": taxa,
    })
}

fn provisions(ctx: &Context<'_>, taxa: &Taxa) -> Value {
    let all = taxa.provisions.keys().map(|id| {
        let cited = detail::provision(ctx, *id);
        let mut taxon = Map::new();
        taxon.insert("id".into(), json!(ctx.library.provision(*id).name));
        taxon.insert("shortDescription".into(), text(&cited.cited));
        taxon.insert("fullDescription".into(), text(&cited.reads));
        taxon.extend(cited.url.as_deref().and_then(exchange::web).map(|u| ("helpUri".to_owned(), json!(u))));
        Value::Object(taxon)
    });
    taxonomy(0, "Provisions of law and guidance, as they read on the assessment date.", all.collect())
}

fn components(ctx: &Context<'_>, taxa: &Taxa) -> Value {
    let all = taxa.components.keys().map(|id| {
        let component = ctx.library.strategic(*id);
        json!({ "id": component.name, "shortDescription": text(&clean::line(&component.title)) })
    });
    taxonomy(1, "Components of a Security Management System (SeMS).", all.collect())
}
