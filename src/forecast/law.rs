//! Law that begins, changes or ends in the days to come.

use std::collections::BTreeMap;

use crate::assess::binds;
use crate::base::Date;
use crate::library::model::{InForce, ParameterId, ProvisionId, RequirementId, TermId};
use crate::library::{Library, links};

/// What changes in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LawChange {
    /// A provision comes into force.
    Begins(ProvisionId),
    /// A provision reads differently from this day on.
    Amended(ProvisionId),
    /// A provision is in force no longer.
    Ends(ProvisionId),
    /// A number of the law has another value, or none any more.
    Value(ParameterId),
    /// A requirement is asked from this day on.
    Asked(RequirementId),
    /// A requirement is asked no longer.
    Dropped(RequirementId),
}

/// A change in law, with the requirements it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawEvent {
    /// What changes.
    pub what: LawChange,
    /// Requirements that discharge the provision or read the number and may apply to the entity.
    pub requirements: Vec<RequirementId>,
}

/// What changes after a day and up to another, for an entity of a kind, by day.
pub(super) fn events(library: &Library, kind: Option<TermId>, from: Date, until: Date) -> BTreeMap<Date, Vec<LawEvent>> {
    let mut found: BTreeMap<Date, Vec<LawEvent>> = BTreeMap::new();
    let mut add = |on: Option<Date>, what, requirements: Vec<RequirementId>| {
        if let Some(on) = on.filter(|on| from < *on && *on <= until) {
            let events = found.entry(on).or_default();
            if !events.iter().any(|e| e.what == what) {
                events.push(LawEvent { what, requirements });
            }
        }
    };
    let concerns = |id: &RequirementId| {
        let applies = &library.requirement(*id).applies;
        kind.is_none_or(|k| applies.all || applies.kinds.contains(&k))
    };
    let concerned = |ids: Vec<RequirementId>| ids.into_iter().filter(concerns).collect::<Vec<_>>();
    for (id, provision) in (0u32..).map(ProvisionId).zip(&library.provisions) {
        if !binds(library, provision, kind) {
            continue;
        }
        let requirements = || concerned(links::requirements_of_provision(library, id));
        let in_force = |day: Option<Date>| day.is_some_and(|d| provision.version_on(d).is_some());
        for InForce { from, until } in provision.versions.iter().map(|v| v.in_force) {
            let what = if in_force(before(from)) { LawChange::Amended(id) } else { LawChange::Begins(id) };
            add(from, what, requirements());
            if !in_force(until) {
                add(until, LawChange::Ends(id), requirements());
            }
        }
    }
    for (id, parameter) in (0u32..).map(ParameterId).zip(&library.parameters) {
        let requirements = concerned(links::requirements_of_parameter(library, id));
        for InForce { from, until } in parameter.values.iter().filter(|_| !requirements.is_empty()).map(|(_, days, _)| *days) {
            add(from, LawChange::Value(id), requirements.clone());
            add(until, LawChange::Value(id), requirements.clone());
        }
    }
    for (id, requirement) in links::requirements(library).filter(|(id, _)| concerns(id)) {
        add(requirement.in_force.from, LawChange::Asked(id), vec![id]);
        add(requirement.in_force.until, LawChange::Dropped(id), vec![id]);
    }
    found
}

fn before(day: Option<Date>) -> Option<Date> {
    Date::from_day_number(day?.day_number().checked_sub(1)?)
}
