//! Where everything stands: the names of pages and of the places on them. They are made of names alone, so a link keeps as long as its name.

use super::Site;
use crate::library::model::{
    FactId, InstrumentId, KindId, LinkTarget, ParameterId, ProvisionId, RequirementId, StrategicId, StrategicKind, VocabularyId,
};
use crate::report::markup::{Html, in_address};

/// A page, and a place on it; the top when the place is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) page: String,
    pub(super) place: String,
}

impl Address {
    pub(super) fn page(page: impl Into<String>) -> Self {
        Self { page: page.into(), place: String::new() }
    }

    pub(super) fn at(page: impl Into<String>, place: impl Into<String>) -> Self {
        Self { page: page.into(), place: place.into() }
    }

    /// What stands in `href`.
    pub(super) fn href(&self) -> String {
        match self.place.as_str() {
            "" => self.page.clone(),
            place => format!("{}#{}", self.page, in_address(place)),
        }
    }
}

impl Html {
    /// A link inside the pages.
    pub(super) fn link(&mut self, to: &Address, text: &str) {
        self.inline("a", &[("href", &to.href())], |h| h.text(text));
    }
}

/// The pages there is one of each.
pub(super) const INDEX: &str = "index.html";
pub(super) const CROSSWALK: &str = "crosswalk.html";
pub(super) const REQUIREMENTS: &str = "requirements.html";
pub(super) const EVIDENCE: &str = "evidence.html";
pub(super) const STRATEGY: &str = "strategy.html";
pub(super) const PARAMETERS: &str = "parameters.html";
pub(super) const POLICIES: &str = "policies.html";
pub(super) const WORDS: &str = "words.html";

impl Site<'_> {
    pub(super) fn instrument_page(&self, id: InstrumentId) -> Address {
        Address::page(format!("instrument-{}.html", self.library.instrument(id).name))
    }

    pub(super) fn provision_place(&self, id: ProvisionId) -> Address {
        let key = &self.library.provision(id).key;
        Address::at(self.instrument_page(key.instrument).page, format!("point-{}", key.point))
    }

    pub(super) fn heading_place(&self, id: StrategicId) -> Address {
        let heading = self.library.strategic(id);
        if heading.kind == StrategicKind::Component {
            Address::page(format!("component-{}.html", heading.name))
        } else {
            Address::at(STRATEGY, format!("heading-{}", heading.name))
        }
    }

    /// Names hold no full stop, so no heading with a part can be taken for another.
    pub(super) fn target_place(&self, target: LinkTarget) -> Address {
        let heading = self.library.strategic(target.to);
        let of = self.heading_place(target.to);
        match self.part(target) {
            Some(part) if heading.kind == StrategicKind::Component => Address::at(of.page, format!("element-{}", part.name)),
            Some(part) => Address::at(of.page, format!("measure-{}.{}", heading.name, part.name)),
            None => of,
        }
    }

    /// A requirement stands on the page of the first component it shows or is linked to; one that has none, on the page of all requirements.
    pub(super) fn requirement_place(&self, id: RequirementId) -> Address {
        let page = match self.home(id) {
            Some(component) => self.heading_place(component).page,
            None => REQUIREMENTS.to_owned(),
        };
        Address::at(page, format!("requirement-{}", self.library.requirement(id).name))
    }

    pub(super) fn kind_page(&self, id: KindId) -> Address {
        Address::page(format!("evidence-{}.html", self.library.kind(id).name))
    }

    pub(super) fn parameter_place(&self, id: ParameterId) -> Address {
        Address::at(PARAMETERS, format!("parameter-{}", self.library.parameter(id).name))
    }

    pub(super) fn vocabulary_place(&self, id: VocabularyId) -> Address {
        Address::at(WORDS, format!("vocabulary-{}", self.library.vocabulary(id).name))
    }

    pub(super) fn fact_place(&self, id: FactId) -> Address {
        Address::at(WORDS, format!("fact-{}", self.library.fact(id).name))
    }

    /// Where a component's page lists the provisions of an instrument.
    pub(super) fn law_on_component(&self, component: StrategicId, instrument: InstrumentId) -> Address {
        Address::at(self.heading_place(component).page, format!("law-{}", self.library.instrument(instrument).name))
    }
}
