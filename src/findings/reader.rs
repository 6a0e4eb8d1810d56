//! A folder or file to a [`Register`]. Beside a bundle, `findings` and `people` are read and the rest is the bundle's own business; a register that stands
//! by itself has no other keys.

use std::collections::BTreeMap;

use super::errors;
use super::fields::{Field, Record};
use super::model::{Finding, Member, Register};
use super::records::{self, FINDING, PERSON};
use crate::base::{Nation, Spanned};
use crate::diagnostics::{Diagnostic, Severity};
use crate::evidence::errors::items;
use crate::evidence::tree::View;
use crate::evidence::{Documents, Folder, Limits};
use crate::library::Library;
use crate::library::model::TermId;

/// Keys at the top of a file of a register.
const TOP: &[&str] = &["abide", "people", "findings", "nation"];

/// A register, read as far as it can be, and what is wrong with how it is written.
#[derive(Debug, Clone)]
pub struct ReadRegister {
    /// The register. Records that could not be read at all are not in it.
    pub register: Register,
    /// What is wrong, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
}

impl ReadRegister {
    /// Whether something could not be read.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity() == Severity::Error)
    }
}

/// Reads the findings of a folder: a register, or what stands beside a bundle. All that is wrong is told at once.
#[must_use]
pub fn read(library: &Library, folder: &dyn Folder, limits: &Limits) -> ReadRegister {
    let documents = Documents::read(folder, limits);
    let mut diagnostics = documents.diagnostics.clone();
    let docs = documents.docs();
    let roots: Vec<View<'_>> = docs.iter().filter_map(|doc| doc.root()).collect();
    let mut gathered =
        Gathered { entity: None, nation: Field::Missing, findings: Vec::new(), people: BTreeMap::new(), seen: false };
    // A file with an entity makes the folder a bundle.
    gathered.entity = roots.iter().find_map(|root| root.get("entity")?.get("id")).and_then(|id| {
        let text = id.text()?.to_owned();
        Some(Spanned::new(text, id.span()))
    });
    let kind = roots.iter().find_map(|root| root.get("entity")?.get("kind")?.text());
    let terms = &library.vocabulary(library.entity_kinds).terms;
    let entity_kind = (0u32..).zip(terms).find(|(_, term)| kind == Some(term.name.as_str())).map(|(term, _)| TermId(term));
    let beside = roots.iter().any(|root| root.get("entity").is_some());
    for root in roots {
        gathered.file(root, beside, library, &mut diagnostics);
    }
    if !gathered.seen && diagnostics.is_empty() {
        diagnostics.push(errors::register::no_findings());
    }
    let Gathered { entity, nation, mut findings, people, .. } = gathered;
    findings.sort_by(|a, b| (a.entity_id(), &a.id.value, a.id.span).cmp(&(b.entity_id(), &b.id.value, b.id.span)));
    for pair in findings.windows(2) {
        if let [first, second] = pair
            && (first.entity_id(), &first.id.value) == (second.entity_id(), &second.id.value)
        {
            diagnostics.push(errors::register::same_id(&second.id, first.id.span, "finding"));
        }
    }
    settle(&mut diagnostics);
    let register = Register {
        sources: documents.sources.clone(),
        findings,
        people: people.into_values().collect(),
        entity,
        entity_kind,
        nation,
    };
    ReadRegister { register, diagnostics }
}

/// What the files of a register hold.
struct Gathered {
    entity: Option<Spanned<String>>,
    nation: Field<Nation>,
    findings: Vec<Finding>,
    people: BTreeMap<String, Member>,
    /// Whether some file has `findings`, were it an empty list.
    seen: bool,
}

impl Gathered {
    fn file(&mut self, root: View<'_>, beside: bool, library: &Library, diagnostics: &mut Vec<Diagnostic>) {
        if root.is_null() {
            return;
        }
        if !root.is_mapping() {
            diagnostics.push(items::not_an_item(root, "a file of a register"));
            return;
        }
        let known: Vec<&str> =
            root.pairs().filter_map(|(key, _)| key.text()).filter(|_| beside).chain(TOP.iter().copied()).collect();
        let Some(mut file) = Record::open(root, "a register of findings", &known, library, diagnostics) else { return };
        if let Some(version) = file.value("abide")
            && !beside
            && !(version.is_plain() && version.text() == Some("1"))
        {
            file.tell(errors::register::version(version));
        }
        if !beside || root.get("nation").is_some() {
            let stated: Field<Nation> = file.word("nation");
            let two = stated.stated().zip(self.nation.stated()).filter(|(again, first)| again.value != first.value);
            match two.map(|(again, first)| (again.span, first.span)) {
                Some((again, first)) => file.tell(errors::register::second_nation(again, first)),
                None if stated.is_missing() => {}
                None => self.nation = stated,
            }
        }
        // A key with nothing after it says no more than no key.
        self.seen |= root.get("findings").is_some_and(View::is_sequence);
        let entity = self.entity.clone();
        self.findings.extend(file.each("findings", FINDING, |record| records::finding(record, entity.as_ref())));
        if beside {
            self.bundle_people(root, library);
            return;
        }
        for member in file.each("people", PERSON, records::person) {
            match self.people.get(&member.id.value) {
                Some(first) => file.tell(errors::register::same_id(&member.id, first.id.span, "person")),
                None => drop(self.people.insert(member.id.value.clone(), member)),
            }
        }
    }

    /// The people of a bundle, whose mistakes are told where the bundle is read.
    fn bundle_people(&mut self, root: View<'_>, library: &Library) {
        let mut elsewhere = Vec::new();
        let listed = root.get("people").into_iter().flat_map(View::elements);
        let is_person =
            |item: &View<'_>| item.get("kind").and_then(View::text) == Some(library.kind(library.person).name.as_str());
        let among_items = root.get("evidence").into_iter().flat_map(View::elements).filter(is_person);
        for person in listed.chain(among_items).filter(|p| p.is_mapping()) {
            let known: Vec<&str> = person.pairs().filter_map(|(key, _)| key.text()).collect();
            let facts = person.get("facts").filter(|f| f.is_mapping());
            let Some(mut record) = Record::open(person, "a person", &known, library, &mut elsewhere) else { continue };
            let Some(mut member) = records::person(&mut record) else { continue };
            if let Some(facts) = facts
                && member.roles.is_missing()
            {
                let known: Vec<&str> = facts.pairs().filter_map(|(key, _)| key.text()).collect();
                let mut none = Vec::new();
                if let Some(mut record) = Record::open(facts, "facts", &known, library, &mut none) {
                    member.roles = record.texts("roles");
                }
            }
            self.people.entry(member.id.value.clone()).or_insert(member);
        }
    }
}

/// Puts diagnostics in the order of places, each once.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>) {
    let place = |d: &Diagnostic| d.at.as_ref().map(|l| l.span);
    diagnostics.sort_by(|a, b| (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message)));
    diagnostics.dedup_by(|a, b| a.code == b.code && place(a) == place(b) && a.message == b.message);
}
