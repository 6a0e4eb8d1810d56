//! How a page names other things: always with a link to where they stand.

use super::Site;
use super::address::{Address, PARAMETERS};
use crate::library::model::{
    Element, Equivalence, InForce, KindId, Link, LinkTarget, ParameterId, ProvisionId, RequirementId, Scalar, StrategicId,
    StrategicKind, TermId,
};
use crate::library::words::{in_force, scalar};
use crate::report::markup::Html;

impl Site<'_> {
    pub(super) fn parameters(&self) -> impl Iterator<Item = ParameterId> + use<> {
        (0u32..).map(ParameterId).take(self.library.parameters.len())
    }

    pub(super) fn headings(&self) -> impl Iterator<Item = StrategicId> + use<> {
        (0u32..).map(StrategicId).take(self.library.strategy.len())
    }

    pub(super) fn provision(&self, h: &mut Html, id: ProvisionId) {
        let provision = self.library.provision(id);
        h.link(&self.provision_place(id), &provision.name);
        h.text(&format!(" {}", provision.title));
    }

    pub(super) fn requirement(&self, h: &mut Html, id: RequirementId) {
        h.link(&self.requirement_place(id), &self.library.requirement(id).title);
    }

    pub(super) fn kind(&self, h: &mut Html, id: KindId) {
        h.link(&self.kind_page(id), &self.library.kind(id).title);
    }

    pub(super) fn parameter(&self, h: &mut Html, id: ParameterId) {
        h.link(&self.parameter_place(id), &self.library.parameter(id).title);
    }

    pub(super) fn heading(&self, h: &mut Html, id: StrategicId) {
        h.link(&self.heading_place(id), &self.library.strategic(id).title);
    }

    /// A heading, or a part of one, by title.
    pub(super) fn target(&self, h: &mut Html, to: LinkTarget) {
        match self.part(to) {
            None => self.heading(h, to.to),
            Some(part) => h.link(&self.target_place(to), &format!("{}: {}", self.library.strategic(to.to).title, part.title)),
        }
    }

    /// The element or measure that is meant, when it is not the whole heading.
    pub(super) fn part(&self, to: LinkTarget) -> Option<&Element> {
        let heading = self.library.strategic(to.to);
        let parts = if heading.kind == StrategicKind::Component { &heading.elements } else { &heading.measures };
        to.part.and_then(|part| parts.get(part.0 as usize))
    }

    /// Links with their reasons.
    pub(super) fn links(&self, h: &mut Html, links: &[Link]) {
        h.list(links, "", |h, link| {
            self.target(h, link.target);
            because(h, link);
        });
    }

    pub(super) fn equivalence_place(&self, equivalence: &Equivalence) -> Address {
        Address::at(PARAMETERS, format!("equivalence-{}", equivalence.name))
    }

    /// A type; those that are declared lead to where they are explained.
    pub(super) fn scalar(&self, h: &mut Html, of: Scalar) {
        let name = scalar(self.library, of);
        match of {
            Scalar::Term(id) => h.link(&self.vocabulary_place(id), &name),
            Scalar::Ref(id) => h.link(&self.kind_page(id), &name),
            Scalar::Bool
            | Scalar::Whole
            | Scalar::Decimal
            | Scalar::Text
            | Scalar::Date
            | Scalar::Period
            | Scalar::Interval
            | Scalar::Percent => h.text(&name),
        }
    }

    /// Titles of kinds of entity.
    pub(super) fn entity_kinds(&self, kinds: &[TermId]) -> String {
        let terms = &self.library.vocabulary(self.library.entity_kinds).terms;
        let titles: Vec<&str> = kinds.iter().filter_map(|k| terms.get(k.0 as usize)).map(|t| t.title.as_str()).collect();
        titles.join(", ")
    }

    /// Days in force, when they say anything.
    pub(super) fn days(&self, h: &mut Html, name: &str, days: InForce) {
        if days != InForce::ALWAYS {
            h.field(name, |h| {
                h.text(&in_force(days));
                self.mark(h, days);
            });
        }
    }

    /// ` · in force on …`, when a day is marked and lies in these days.
    pub(super) fn mark(&self, h: &mut Html, days: InForce) {
        if let Some(day) = self.day.filter(|day| days.contains(*day)) {
            h.text(" ");
            h.inline("span", &[("class", "mark")], |h| h.text(&format!("in force on {day}")));
        }
    }
}

/// The reason of a link, after what it leads to.
pub(super) fn because(h: &mut Html, link: &Link) {
    if let Some(because) = &link.because {
        h.text(&format!(", because {because}"));
    }
}
