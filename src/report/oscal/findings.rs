//! What both documents hold of a requirement: the observation, the finding, and, where there is a gap, the risk with what would close it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::exchange::{self, Region, Told};
use super::super::{marks, summary};
use super::{Document, assessed, line, object, origins, paragraphs, plain, prop, space};
use crate::assess::Verdict;
use crate::evidence::At;
use crate::library::model::{Common, Scalar, TableId};

impl Document<'_, '_> {
    /// What was seen. There is one for every requirement that was looked at, also when it does not apply.
    pub(super) fn observation(&mut self, told: &Told<'_>) -> Value {
        let mut said = vec![format!("{}: {}.", told.title(), told.verdict()), told.why.clone()];
        said.extend(told.lines());
        said.dedup();
        let regions: Vec<Region> = told.parts.iter().flat_map(|p| exchange::evidence(self.ctx, p)).collect();
        let evidence: Vec<Value> = regions.iter().map(|r| self.evidence(r)).collect();
        object(json!({
            "uuid": self.id("observation", &told.requirement.name),
            "title": line(&told.requirement.title),
            "description": paragraphs(&said),
            "props": self.props(told),
            "methods": self.methods(&regions),
            "types": [if told.is_gap() { "finding" } else { "control-objective" }],
            "origins": origins(),
            "subjects": [{ "subject-uuid": self.party(), "type": "party" }],
            "relevant-evidence": evidence,
            "collected": self.moment(),
        }))
    }

    fn evidence(&mut self, region: &Region) -> Value {
        let voice = summary::voice(self.ctx);
        let place = format!("{}:{}:{}", region.file, region.start.line, region.start.column);
        let item = region.at.map(|at| voice.item(At { field: None, ..at }));
        let said =
            [item.as_deref(), Some(region.says.as_str()), Some(place.as_str())].into_iter().flatten().filter(|s| !s.is_empty());
        let mut props = vec![prop("line", &region.start.line.to_string()), prop("column", &region.start.column.to_string())];
        if let Some(at) = region.at {
            let (kind, row) = voice.owner(at);
            props.extend(self.ctx.library.kinds.get(kind.0 as usize).map(|k| prop("kind", &k.name)));
            props.push(prop("item", voice.raw_id(kind, row)));
            props.extend(voice.path(at).map(|field| prop("field", &field)));
        }
        json!({
            "href": format!("#{}", self.file(&region.file, &region.uri)),
            "description": paragraphs(&[said.collect::<Vec<_>>().join(": ")]),
            "props": props,
        })
    }

    /// How the evidence was got, as its items say; what nobody says of is examined.
    fn methods(&self, regions: &[Region]) -> Vec<&'static str> {
        let (voice, bundle) = (summary::voice(self.ctx), self.ctx.bundle);
        let technique = |at: At| {
            let (kind, row) = voice.owner(at);
            let cell = voice.cell(TableId(kind.0), row, Common::Technique.column());
            let text = cell.filter(|(of, _)| *of == Scalar::Text).and_then(|(_, cell)| usize::try_from(cell).ok());
            text.and_then(|i| bundle.pool.texts.get(i))
        };
        let method = |technique: &str| match technique {
            "interview" => "INTERVIEW",
            "test" => "TEST",
            _ => "EXAMINE",
        };
        let methods: BTreeSet<&str> = regions.iter().filter_map(|r| r.at).filter_map(technique).map(method).collect();
        if methods.is_empty() { vec!["EXAMINE"] } else { methods.into_iter().collect() }
    }

    fn props(&self, told: &Told<'_>) -> Vec<Value> {
        let mut props = vec![
            prop("requirement", &told.requirement.name),
            prop("verdict", told.outcome.verdict.words()),
            prop("severity", marks::severity(told.requirement.severity)),
        ];
        if let Verdict::NotMet(reason) = told.outcome.verdict {
            props.push(prop("reason", reason.word()));
        }
        props.extend(told.outcome.basis.map(|b| prop("basis", marks::basis(b))));
        props.extend(told.component(self.ctx).map(|c| prop("component", &self.ctx.library.strategic(c).name)));
        props
    }

    /// What it comes to; `None` when the requirement was not assessed.
    pub(super) fn finding(&mut self, told: &Told<'_>) -> Option<Value> {
        let (state, reason) = match told.outcome.verdict {
            Verdict::Met => ("satisfied", "pass"),
            Verdict::NotMet(_) => ("not-satisfied", "fail"),
            // Not a failure: but what is not shown is not satisfied, and OSCAL has no third state.
            Verdict::NotConfirmed | Verdict::NeedsJudgement => ("not-satisfied", "other"),
            Verdict::NotApplicable | Verdict::Sealed => return None,
        };
        let mut remarks = vec![format!("{}.", told.verdict())];
        remarks.extend(told.outcome.verdict.may_suggest().map(|class| format!("May suggest: {class}. A person decides.")));
        let links: Vec<Value> = told
            .requirement
            .discharges
            .iter()
            .map(|id| json!({ "href": format!("#{}", self.provision(*id)), "rel": "reference" }))
            .collect();
        let name = &told.requirement.name;
        let risks = if told.is_gap() { vec![json!({ "risk-uuid": self.id("risk", name) })] } else { Vec::new() };
        Some(object(json!({
            "uuid": self.id("finding", name),
            "title": line(&told.requirement.title),
            "description": paragraphs(&[format!("{}: {}.", told.title(), told.verdict()), told.why.clone()]),
            "props": self.props(told),
            "links": links,
            "origins": origins(),
            "target": {
                "type": "objective-id",
                "target-id": name,
                "title": line(&told.requirement.title),
                "status": { "state": state, "reason": reason, "remarks": paragraphs(&remarks) },
            },
            "related-observations": [{ "observation-uuid": self.id("observation", name) }],
            "related-risks": risks,
        })))
    }

    /// What hangs on a gap, and what would close it; `None` when there is none.
    pub(super) fn risk(&self, told: &Told<'_>) -> Option<Value> {
        if !told.is_gap() || !assessed(told) {
            return None;
        }
        let name = &told.requirement.name;
        let remedies = told.remedies().into_iter().map(|remedy| {
            json!({
                "uuid": self.id("remediation", &format!("{name}: {remedy}")),
                "lifecycle": "recommendation",
                "title": line(remedy),
                "description": paragraphs(&[remedy]),
                "origins": origins(),
            })
        });
        let severity =
            json!({ "name": "severity", "system": space(), "value": plain(marks::severity(told.requirement.severity)) });
        Some(object(json!({
            "uuid": self.id("risk", name),
            "title": line(&told.requirement.title),
            "description": paragraphs(&[format!("{}: {}.", told.title(), told.verdict())]),
            "statement": paragraphs(&[told.why.as_str()]),
            "props": self.props(told),
            "status": "open",
            "origins": origins(),
            "characterizations": [{ "origin": { "actors": [{ "type": "tool", "actor-uuid": super::tool() }] }, "facets": [severity] }],
            "remediations": remedies.collect::<Vec<_>>(),
            "related-observations": [{ "observation-uuid": self.id("observation", name) }],
        })))
    }
}
