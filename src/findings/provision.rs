//! The provision a finding cites, as it read on its day.

use crate::base::Date;
use crate::library::Library;
use crate::library::model::{Basis, Extent, Provision, ProvisionId, Version};

/// A citation that could be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// `instrument#point`
    pub name: String,
    /// The provision.
    pub id: ProvisionId,
}

/// How a cited provision read on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'l> {
    /// In force, with the text of that day.
    Version(&'l Version),
    /// In force, but not public.
    Sealed(&'l Provision),
    /// It did not exist on the day; the version nearest to it, when there is one.
    NotInForce(Option<&'l Version>),
    /// Binds nobody in the United Kingdom, whatever the day.
    Foreign(Extent),
}

impl Cited {
    /// How the provision read on a day.
    #[must_use]
    pub fn on<'l>(&self, library: &'l Library, day: Date) -> Reading<'l> {
        let provision = library.provision(self.id);
        let instrument = library.instrument(provision.key.instrument);
        if instrument.extent != Extent::Uk {
            return Reading::Foreign(instrument.extent);
        }
        if !instrument.in_force.contains(day) {
            return Reading::NotInForce(nearest(provision, day));
        }
        match provision.version_on(day) {
            Some(version) => Reading::Version(version),
            None if provision.basis == Basis::Sealed && provision.in_force_on(day) => Reading::Sealed(provision),
            None => Reading::NotInForce(nearest(provision, day)),
        }
    }
}

/// The version whose days are nearest to a day: the last one before it, else the first one after.
fn nearest(provision: &Provision, day: Date) -> Option<&Version> {
    let before = provision.versions.iter().rev().find(|v| v.in_force.until.is_some_and(|until| until <= day));
    before.or_else(|| provision.versions.first())
}
