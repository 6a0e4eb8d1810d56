//! The files of a new bundle: whom it is about, a file for each kind of evidence that is asked of such an entity, and a page that says where to
//! begin. Everything is a comment until somebody fills it in, so nothing is claimed that is not so.

use std::collections::{BTreeMap, BTreeSet};

use super::{citations, comment, component, item, of, readers, readme, requirements, wrapped};
use crate::library::Library;
use crate::library::links;
use crate::library::model::{FactId, KindId, RequirementId, StrategicId, TermId};

/// How many requirements one file names before "and 9 more".
const MOST: usize = 12;

/// A new bundle.
#[derive(Debug, Clone)]
pub struct New {
    /// Paths in its folder, and what is in them.
    pub files: Vec<(String, String)>,
    /// How many requirements bind such an entity.
    pub requirements: usize,
    /// How many kinds of evidence they read.
    pub kinds: usize,
}

/// What the files are made from.
pub(super) struct Asked<'a> {
    pub(super) library: &'a Library,
    pub(super) entity: TermId,
    pub(super) requirements: Vec<RequirementId>,
    /// The kinds they read, and which read each.
    pub(super) kinds: BTreeMap<KindId, Vec<RequirementId>>,
}

impl Asked<'_> {
    /// The entity kind in words.
    pub(super) fn title(&self) -> &str {
        self.term().map_or("", |t| t.title.as_str())
    }

    fn name(&self) -> &str {
        self.term().map_or("", |t| t.name.as_str())
    }

    fn term(&self) -> Option<&crate::library::model::Term> {
        self.library.vocabulary(self.library.entity_kinds).terms.get(self.entity.0 as usize)
    }

    /// The requirements that read a kind.
    pub(super) fn readers(&self, kind: KindId) -> &[RequirementId] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The component under which a kind is filed.
    pub(super) fn component(&self, kind: KindId) -> Option<StrategicId> {
        component(self.library, self.readers(kind))
    }

    /// The file of a kind.
    pub(super) fn file(&self, kind: KindId) -> String {
        let name = &self.library.kind(kind).name;
        if kind == self.library.person {
            return "people.yaml".to_owned();
        }
        match self.component(kind).map(|id| self.library.strategic(id)) {
            Some(c) => format!("{:02}-{}/{name}.yaml", c.number.unwrap_or(0), c.name),
            None => format!("other/{name}.yaml"),
        }
    }
}

/// The files of a new bundle for an entity kind.
#[must_use]
pub fn start(library: &Library, entity: TermId) -> New {
    let requirements = requirements(library, entity);
    let mut kinds = readers(library, &requirements);
    // Whoever signs, owns or trains is a person, whether a rule looks at persons or not.
    kinds.entry(library.person).or_default();
    let asked = Asked { library, entity, requirements, kinds };
    let mut files = vec![("README.md".to_owned(), readme::readme(&asked)), ("bundle.yaml".to_owned(), bundle(&asked))];
    files.extend(asked.kinds.keys().map(|kind| (asked.file(*kind), file(&asked, *kind))));
    files.sort();
    New { requirements: asked.requirements.len(), kinds: asked.kinds.len(), files }
}

/// Who it is about, and statements that are no items.
fn bundle(asked: &Asked<'_>) -> String {
    let library = asked.library;
    let mut out = comment(
        &format!(
            "The evidence of an entity: {}. `abide init` wrote this file once; from here on it is yours. README.md says where to begin.",
            asked.title()
        ),
        "",
    );
    out.push_str("abide: 1\n\nentity:\n");
    out.push_str("  id: my-entity               # CHANGE IT: how others know you, such as an ICAO code\n");
    out.push_str("  name: \"(our name)\"          # CHANGE IT: what reports call you\n");
    out.push_str(&format!("  kind: {}\n", asked.name()));
    let routes: Vec<String> =
        library.vocabulary(library.sems).terms.iter().map(|t| format!("{} ({})", t.name, t.title)).collect();
    out.push_str(&format!("  sems:                       # {}\n", routes.join(" or ")));
    let facts = facts(asked);
    if !facts.is_empty() {
        out.push_str(&comment("Facts that the rules ask for. State one even where it is zero or false: what nobody states leaves the requirements that ask for it not confirmed.", "  "));
        out.push_str("  facts:\n");
        for fact in facts {
            let definition = library.fact(fact);
            let said = definition.doc.as_ref().unwrap_or(&definition.title);
            out.push_str(&comment(
                &format!("{}. {}.", said.trim().trim_end_matches('.'), capital(&of(library, definition.of))),
                "    ",
            ));
            out.push_str(&format!("    {}:\n", definition.name));
        }
    }
    out.push('\n');
    out.push_str(&comment("The day for which everything is looked at. Without it, it is the day on which you run Abide.", ""));
    out.push_str("# assessment-date: 2026-11-23\n\n");
    out.push_str(&comment("Nil returns. \"There was none\" is evidence too, and somebody has to say it. Without one, a rule over incidents of which there are none stays not confirmed. The period has to cover the days that the rule looks at. Where there are items of a kind but none of the sort that a requirement means, name the requirement instead of the kind.", ""));
    out.push_str("nil-returns:\n#  - { kind: KIND, period: 2025-11-23/2026-11-23, made-by: ID-OF-A-PERSON }\n#  - { requirement: REQUIREMENT, period: 2025-11-23/2026-11-23, made-by: ID-OF-A-PERSON }\n\n");
    out.push_str(&judgements(asked));
    out.push_str(&comment("What an authority tolerates for a time. Only an authority grants it, and it always ends.", ""));
    out.push_str("waivers:\n#  - { id: W-1, requirement: REQUIREMENT, granted-by: CAA, from: 2026-01-01, until: 2027-01-01, reference: REFERENCE }\n\n");
    out.push_str(&comment(
        "A spreadsheet stays one: save it as CSV, and say here which column is which field. See \"Tables\" in docs/bundle.md.",
        "",
    ));
    out.push_str("tables:\n#  - kind: training-record\n#    from: tables/training.csv\n#    columns: { id: Record, person: Staff No, course: Course, completed: Date done }\n#    date-format: DD/MM/YYYY\n");
    out
}

/// The questions that only a person can answer.
fn judgements(asked: &Asked<'_>) -> String {
    let library = asked.library;
    let mut out = comment(
        "Judgements. Whether something is suitable or effective, a named person decides, in a role that may. These are the questions; take one out of its comment when somebody has answered it.",
        "",
    );
    out.push_str("judgements:\n");
    for id in &asked.requirements {
        let requirement = library.requirement(*id);
        for judge in &requirement.judges {
            out.push_str(&comment(&judge.question, ""));
            let role = judge.by.first().map_or("", String::as_str);
            let others = judge.by.len().saturating_sub(1);
            let also =
                if others > 0 { format!("  # or: {}", judge.by.get(1..).unwrap_or(&[]).join(", ")) } else { String::new() };
            out.push_str(&format!(
                "#  - {{ requirement: {}, of: {}, answer: yes or no, by: ID-OF-A-PERSON, role: {role}, on: DAY, reason: WHY }}{also}\n",
                requirement.name, judge.name
            ));
        }
    }
    out.push('\n');
    out
}

/// A file for one kind: what it is, who asks for it and why, and an example.
fn file(asked: &Asked<'_>, kind: KindId) -> String {
    let library = asked.library;
    let definition = library.kind(kind);
    let mut out = comment(&format!("{} ({})", definition.title, definition.name), "");
    if let Some(doc) = &definition.doc {
        out.push_str(&comment(doc, ""));
    }
    out.push_str("#\n");
    let readers = asked.readers(kind);
    if !readers.is_empty() {
        out.push_str("# Why it is asked for:\n");
    }
    for id in readers.iter().take(MOST) {
        let requirement = library.requirement(*id);
        out.push_str(&comment(&format!("∙ {} ({})", requirement.title, requirement.name), ""));
        let cited = citations(library, requirement);
        if !cited.is_empty() {
            out.push_str(&wrapped(&cited, "#     "));
        }
    }
    if readers.len() > MOST {
        out.push_str(&format!("# and {} more: abide explain {}\n", readers.len() - MOST, definition.name));
    }
    out.push_str("#\n");
    let columns = &library.table_of(kind).columns;
    if let Some(column) = definition.dated_by.and_then(|c| columns.get(c.0 as usize)) {
        out.push_str(&format!("# How recent it is goes by `{}`.\n", column.name));
    }
    if let Some(column) = definition.lapses_on.and_then(|c| columns.get(c.0 as usize)) {
        out.push_str(&format!("# After `{}` it no longer counts.\n", column.name));
    }
    let people = kind == library.person;
    out.push_str(&format!(
        "# To add one: abide add {}. Or take the example below out of its comment: remove the\n",
        definition.name
    ));
    out.push_str("# first `# ` of the lines you need. Leave out what you do not know; what is NEEDED is asked for.\n\n");
    out.push_str(if people { "people:\n" } else { "evidence:\n" });
    let id = format!("{}-1", definition.name);
    for line in item(library, kind, &id, 2, !people).lines() {
        out.push_str(&format!("# {line}\n"));
    }
    out
}

/// The facts that the requirements ask for, by name.
fn facts(asked: &Asked<'_>) -> BTreeSet<FactId> {
    asked.requirements.iter().flat_map(|id| links::facts_of_requirement(asked.library.requirement(*id))).collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
