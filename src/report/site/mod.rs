//! The rule library as pages for people: static HTML, one file per sort of page.
//!
//! Pages hold no script and ask for nothing from elsewhere. Their bytes hang on the library, the policies and the day alone. To add a sort of page: a
//! file with a function that gives [`File`]s, a call in [`pages`], a name in `address`, an entry in `frame::NAVIGATION`.

mod address;
mod component;
mod crosswalk;
mod evidence;
mod frame;
mod index;
mod instrument;
mod parameters;
mod policies;
mod refer;
mod requirement;
mod strategy;
mod words;

use std::collections::BTreeSet;

use crate::base::Date;
use crate::library::links;
use crate::library::model::{InstrumentId, KindId, Library, ParameterId, ProvisionId, Requirement, RequirementId, StrategicId};
use crate::policy::PolicyPage;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name; all files lie in one folder.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What pages are made from. The links of the library are followed once, both ways.
struct Site<'a> {
    library: &'a Library,
    policies: &'a [PolicyPage],
    /// The day that is marked.
    day: Option<Date>,
    /// The requirements that discharge each provision.
    discharged_by: Vec<Vec<RequirementId>>,
    /// The kinds that each requirement reads.
    reads: Vec<BTreeSet<KindId>>,
    /// The parameters that each requirement uses.
    uses: Vec<BTreeSet<ParameterId>>,
}

/// All pages, in the order of their names. `day` marks what is in force on it; without it nothing is marked.
#[must_use]
pub fn pages(library: &Library, policies: &[PolicyPage], day: Option<Date>) -> Vec<File> {
    let site = Site::new(library, policies, day);
    let mut files = vec![
        index::page(&site),
        crosswalk::page(&site),
        requirement::index(&site),
        evidence::index(&site),
        strategy::page(&site),
        parameters::page(&site),
        policies::page(&site),
        words::page(&site),
        File { name: "style.css".to_owned(), text: include_str!("style.css").to_owned() },
    ];
    files.extend(site.instruments().map(|id| instrument::page(&site, id)));
    files.extend(library.components().map(|(id, _)| component::page(&site, id)));
    files.extend(site.kinds().map(|id| evidence::page(&site, id)));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

impl<'a> Site<'a> {
    fn new(library: &'a Library, policies: &'a [PolicyPage], day: Option<Date>) -> Self {
        let mut discharged_by = vec![Vec::new(); library.provisions.len()];
        for (id, requirement) in links::requirements(library) {
            for provision in &requirement.discharges {
                discharged_by[provision.0 as usize].push(id);
            }
        }
        let reads = library.requirements.iter().map(|r| links::kinds_of_requirement(library, r)).collect();
        let uses = library.requirements.iter().map(links::parameters_of_requirement).collect();
        Self { library, policies, day, discharged_by, reads, uses }
    }

    fn instruments(&self) -> impl Iterator<Item = InstrumentId> + use<> {
        (0u32..).map(InstrumentId).take(self.library.instruments.len())
    }

    fn kinds(&self) -> impl Iterator<Item = KindId> + use<> {
        (0u32..).map(KindId).take(self.library.kinds.len())
    }

    fn provisions_of(&self, instrument: InstrumentId) -> impl Iterator<Item = ProvisionId> {
        links::provisions(self.library).filter(move |id| self.library.provision(*id).key.instrument == instrument)
    }

    fn discharged_by(&self, id: ProvisionId) -> &[RequirementId] {
        &self.discharged_by[id.0 as usize]
    }

    fn reads(&self, id: RequirementId) -> &BTreeSet<KindId> {
        &self.reads[id.0 as usize]
    }

    fn readers(&self, kind: KindId) -> Vec<RequirementId> {
        links::requirements(self.library).map(|(id, _)| id).filter(|id| self.reads(*id).contains(&kind)).collect()
    }

    fn users(&self, parameter: ParameterId) -> Vec<RequirementId> {
        let uses = |id: &RequirementId| self.uses[id.0 as usize].contains(&parameter);
        links::requirements(self.library).map(|(id, _)| id).filter(uses).collect()
    }

    /// The components a requirement shows or is linked to, those it shows first.
    fn components_of(&self, requirement: &Requirement) -> Vec<StrategicId> {
        links::components_of(self.library, requirement)
    }

    /// The component on whose page a requirement stands in full.
    fn home(&self, id: RequirementId) -> Option<StrategicId> {
        self.components_of(self.library.requirement(id)).first().copied()
    }
}
