//! `abide trace`: the links both ways, strategy ↔ component ↔ provision ↔ requirement ↔ evidence.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Exit;
use super::page::Page;
use super::session::{Failure, Rules, Session};
use crate::base::nearest;
use crate::host::errors;
use crate::library::model::{InstrumentId, KindId, ProvisionId, RequirementId, StrategicId};
use crate::library::words::strategic_kind;
use crate::library::{Library, links};
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide trace                             every heading of the strategy, with what hangs on it
  abide trace management-commitment       one component, down to the evidence
  abide trace training-record             one evidence kind, up to the strategy
  abide trace --matrix                    components by instruments, with the number of provisions";

/// Follow the links between strategy, components, provisions, requirements and evidence, both ways.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// A heading of the strategy, provision, instrument, requirement or evidence kind
    id: Option<String>,
    /// The crosswalk: components by instruments, with the number of provisions
    #[arg(long, conflicts_with = "id")]
    matrix: bool,
    #[command(flatten)]
    rules: Rules,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let mut page = Page::new(session.style());
    match &args.id {
        Some(id) => Trail::of(&library, id).ok_or_else(|| unknown(&library, id))?.show(&mut page, &library, id),
        None if args.matrix => matrix(&mut page, &library),
        None => overview(&mut page, &library),
    }
    session.print(&page.into_text())?;
    Ok(Exit::Good)
}

/// What a name is connected with, level by level.
#[derive(Default)]
struct Trail {
    strategy: BTreeSet<StrategicId>,
    provisions: BTreeSet<ProvisionId>,
    requirements: BTreeSet<RequirementId>,
    kinds: BTreeSet<KindId>,
}

impl Trail {
    fn of(library: &Library, name: &str) -> Option<Self> {
        let names = &library.names;
        let mut trail = Self::default();
        if let Some(id) = names.strategy.get(name) {
            trail.strategy.extend(links::headings_of_strategic(library, *id));
            trail.strategy.extend(library.strategic(*id).links.iter().map(|l| l.target.to));
            trail.provisions.extend(links::provisions_of_strategic(library, *id));
            trail.requirements.extend(links::requirements_of_strategic(library, *id));
            trail.add_kinds(library);
        } else if let Some(id) = names.provisions.get(name) {
            trail.down_from_provisions(library, &[*id]);
            trail.up_from(library, &[*id]);
        } else if let Some(id) = names.instruments.get(name) {
            let own: Vec<_> = links::provisions(library).filter(|p| library.provision(*p).key.instrument == *id).collect();
            trail.provisions.extend(&own);
            trail.down_from_provisions(library, &own);
            trail.up_from(library, &own);
        } else if let Some(id) = names.requirements.get(name) {
            trail.up_from_requirements(library, &[*id]);
            trail.kinds = links::kinds_of_requirement(library, library.requirement(*id));
        } else {
            let id = names.kinds.get(name)?;
            let readers = links::requirements_of_kind(library, *id);
            trail.up_from_requirements(library, &readers);
            trail.requirements.extend(readers);
        }
        Some(trail)
    }

    fn down_from_provisions(&mut self, library: &Library, provisions: &[ProvisionId]) {
        for id in provisions {
            self.requirements.extend(links::requirements_of_provision(library, *id));
        }
        self.add_kinds(library);
    }

    fn add_kinds(&mut self, library: &Library) {
        for id in &self.requirements {
            self.kinds.extend(links::kinds_of_requirement(library, library.requirement(*id)));
        }
    }

    fn up_from(&mut self, library: &Library, provisions: &[ProvisionId]) {
        for id in provisions {
            self.strategy.extend(library.provision(*id).links.iter().map(|l| l.target.to));
        }
    }

    fn up_from_requirements(&mut self, library: &Library, requirements: &[RequirementId]) {
        for requirement in requirements.iter().map(|id| library.requirement(*id)) {
            self.strategy.extend(requirement.shows.iter().map(|s| s.component));
            self.strategy.extend(requirement.links.iter().map(|l| l.target.to));
            self.provisions.extend(&requirement.discharges);
        }
        let provisions: Vec<_> = self.provisions.iter().copied().collect();
        self.up_from(library, &provisions);
    }

    fn show(&self, page: &mut Page, library: &Library, name: &str) {
        page.title("trace of", name, "");
        let none = |page: &mut Page, empty: bool| {
            if empty {
                page.paragraph("none", 2);
            }
        };
        page.heading("Strategy and components");
        none(page, self.strategy.is_empty());
        for heading in self.strategy.iter().map(|id| library.strategic(*id)) {
            page.item(0, &heading.name, &format!("{} ({})", heading.title, strategic_kind(heading.kind)));
        }
        page.heading("Provisions");
        none(page, self.provisions.is_empty());
        for provision in self.provisions.iter().map(|id| library.provision(*id)) {
            page.item(0, &provision.name, &provision.title);
        }
        page.heading("Requirements");
        none(page, self.requirements.is_empty());
        for requirement in self.requirements.iter().map(|id| library.requirement(*id)) {
            page.item(0, &requirement.name, &requirement.title);
        }
        page.heading("Evidence");
        none(page, self.kinds.is_empty());
        for kind in self.kinds.iter().map(|id| library.kind(*id)) {
            page.item(0, &kind.name, &kind.title);
        }
    }
}

/// Every heading with the numbers of what hangs on it.
fn overview(page: &mut Page, library: &Library) {
    let mut kind = None;
    for (id, heading) in (0u32..).map(StrategicId).zip(&library.strategy) {
        if kind != Some(heading.kind) {
            page.heading(&format!("{}s", strategic_kind(heading.kind)));
            kind = Some(heading.kind);
        }
        let provisions = links::provisions_of_strategic(library, id).len();
        let requirements = links::requirements_of_strategic(library, id);
        let kinds: BTreeSet<_> =
            requirements.iter().flat_map(|r| links::kinds_of_requirement(library, library.requirement(*r))).collect();
        let counts = [
            count(provisions, "provision", "provisions"),
            count(requirements.len(), "requirement", "requirements"),
            count(kinds.len(), "kind of evidence", "kinds of evidence"),
        ];
        let counts = counts.join(", ");
        page.item(0, &heading.name, &counts);
    }
    let unlinked = library.provisions.iter().filter(|p| p.links.is_empty()).count();
    page.heading("In all");
    page.item(0, &library.provisions.len().to_string(), &format!("provisions, {unlinked} of them linked to no heading"));
    page.item(0, &library.requirements.len().to_string(), "requirements");
    page.item(0, &library.kinds.len().to_string(), "kinds of evidence");
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// How many provisions of each instrument lead to each component. Instruments are columns, by number, with a legend.
fn matrix(page: &mut Page, library: &Library) {
    let leads = |instrument: InstrumentId, component: StrategicId| {
        let of = |id: &ProvisionId| library.provision(*id).key.instrument == instrument;
        links::provisions_of_strategic(library, component).iter().filter(|id| of(id)).count()
    };
    let instruments: Vec<_> = (0u32..)
        .map(InstrumentId)
        .take(library.instruments.len())
        .filter(|i| library.components().any(|(c, _)| leads(*i, c) > 0))
        .collect();
    let widest = library.components().map(|(_, c)| c.name.chars().count()).max().unwrap_or(0);
    let mut line = format!("{:widest$}", "");
    for number in 1..=instruments.len() {
        let _ = write!(line, " {:>4}", format!("[{number}]"));
    }
    page.line(&format!("{line}  all"));
    for (id, component) in library.components() {
        let mut line = format!("{:widest$}", component.name);
        let mut all = 0;
        for instrument in &instruments {
            let count = leads(*instrument, id);
            all += count;
            let _ = write!(line, " {:>4}", if count == 0 { ".".to_owned() } else { count.to_string() });
        }
        page.line(&format!("{line} {all:>4}"));
    }
    page.line("");
    for (number, instrument) in (1..).zip(instruments.iter().map(|id| library.instrument(*id))) {
        page.line(&format!("[{number}] {}  {}", instrument.name, instrument.title));
    }
}

fn unknown(library: &Library, name: &str) -> Failure {
    let names = &library.names;
    let all = names.strategy.keys().chain(names.provisions.keys()).chain(names.instruments.keys());
    let all = all.chain(names.requirements.keys()).chain(names.kinds.keys()).map(String::as_str);
    errors::unknown_id(name, "heading, provision, instrument, requirement or evidence kind", nearest(name, all)).into()
}
