//! The least that law, or settled practice, asks of the authority: how often an entity is looked at. Numbers come from the parameters of the rules, on the
//! day; here stands only which of them belongs to whom, and what counts as a look.
//!
//! Known suppliers are validated by whoever designates them, not by the authority, and so have no floor here.
//!
//! To add one: its parameters in `regulations/parameters`, a row in [`FLOORS`], a row in `docs/portfolio.md`.

use super::line::{Entity, Visit};
use super::record::Record;
use crate::base::{Date, Period};
use crate::findings::ActivityKind;
use crate::library::Library;
use crate::library::model::{ExprKind, Value};

/// A floor.
#[derive(Debug, Clone, Copy)]
pub struct Floor {
    /// What it asks for, in a few words.
    pub title: &'static str,
    /// The provision; `None` for practice.
    pub provision: Option<&'static str>,
    /// The parameter with the longest time between two looks.
    pub interval: &'static str,
    /// The kind of entity.
    kind: &'static str,
    /// The fact that has to exceed a parameter.
    above: Option<(&'static str, &'static str)>,
    /// What counts.
    counts: Counts,
}

/// What counts as a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// An audit by the authority, on record in its findings.
    Audit,
    /// An audit or inspection by the authority, in its findings or in the entity's own record of visits.
    AuditOrInspection,
    /// A validation of this standing.
    Validation(&'static str),
    /// A validation of this standing, or any visit.
    ValidationOrVisit(&'static str),
}

/// All of them, law before practice.
pub const FLOORS: [Floor; 6] = [
    Floor {
        title: "security audit",
        provision: Some("uk-300-2008#annex2-6.4"),
        interval: "large-airport-audit-interval",
        kind: "airport",
        above: Some(("annual-passengers", "large-airport-passengers")),
        counts: Counts::Audit,
    },
    Floor {
        title: "inspection",
        provision: Some("uk-300-2008#annex2-7.5"),
        interval: "airport-inspection-interval",
        kind: "airport",
        above: Some(("annual-passengers", "airport-inspection-passengers")),
        counts: Counts::AuditOrInspection,
    },
    Floor {
        title: "validation",
        provision: Some("uk-2015-1998#6.3.1.4"),
        interval: "agent-validation-interval",
        kind: "regulated-agent",
        above: None,
        counts: Counts::Validation("agent-status"),
    },
    Floor {
        title: "validation",
        provision: Some("uk-2015-1998#6.4.1.4"),
        interval: "consignor-validation-interval",
        kind: "known-consignor",
        above: None,
        counts: Counts::Validation("consignor-status"),
    },
    Floor {
        title: "validation",
        provision: Some("uk-2015-1998#8.1.3.3"),
        interval: "regulated-supplier-validation-interval",
        kind: "regulated-supplier",
        above: None,
        counts: Counts::Validation("regulated-supplier-status"),
    },
    Floor {
        title: "yearly visit (practice)",
        provision: None,
        interval: "consignor-visit-interval",
        kind: "known-consignor",
        above: None,
        counts: Counts::ValidationOrVisit("consignor-status"),
    },
];

/// How an entity stands against a floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What it asks for.
    pub title: &'static str,
    /// The provision; `None` for practice.
    pub provision: Option<&'static str>,
    /// The last look that counts.
    pub last: Option<Date>,
    /// The last day for the next one; `None` when no look is on record.
    pub due: Option<Date>,
    /// Whether it is known to apply. It is not when the fact it hangs on is not stated.
    pub applies: bool,
}

impl Standing {
    /// Days past the last day; 0 while there is time. A look that is not on record is no proof that there was none, but it cannot be relied on.
    #[must_use]
    pub fn late(&self, on: Date) -> u32 {
        self.due.map_or(0, |due| u32::try_from(due.days_to(on)).unwrap_or(0))
    }

    /// Whether law asks for it and it is late.
    #[must_use]
    pub fn breaks_law(&self, on: Date) -> bool {
        self.applies && self.provision.is_some() && self.late(on) > 0
    }
}

/// The floors of an entity on a day. A floor whose parameter or provision is not in force in these rules on that day is none.
#[must_use]
pub fn standings(library: &Library, entity: &Entity, visits: &[Visit], records: &[Record], on: Date) -> Vec<Standing> {
    let of_kind = FLOORS.iter().filter(|floor| entity.kind.as_deref() == Some(floor.kind));
    of_kind.filter_map(|floor| standing(library, floor, entity, visits, records, on)).collect()
}

fn standing(
    library: &Library,
    floor: &Floor,
    entity: &Entity,
    visits: &[Visit],
    records: &[Record],
    on: Date,
) -> Option<Standing> {
    let interval = interval(library, floor, on)?;
    let applies = match floor.above {
        None => true,
        Some((fact, threshold)) => {
            let Value::Whole(threshold) = parameter(library, threshold, on)? else { return None };
            match entity.facts.get(fact) {
                Some(value) if *value <= threshold => return None,
                Some(_) => true,
                None => false,
            }
        }
    };
    let recorded = records.iter().filter(|r| r.of_authority && floor.counts.activity(r.activity)).map(|r| r.on);
    let visited = visits.iter().filter(|v| floor.counts.visit(v)).filter_map(|v| Date::parse(&v.on).ok());
    let last = recorded.chain(visited).filter(|day| *day <= on).max();
    let due = last.and_then(|day| day.plus(interval));
    Some(Standing { title: floor.title, provision: floor.provision, last, due, applies })
}

/// The longest time between two looks that a floor allows on a day.
#[must_use]
pub fn interval(library: &Library, floor: &Floor, on: Date) -> Option<Period> {
    let in_force = |name: &str| library.names.provisions.get(name).is_some_and(|id| library.provision(*id).in_force_on(on));
    match parameter(library, floor.interval, on)? {
        Value::Period(period) if floor.provision.is_none_or(in_force) => Some(period),
        _ => None,
    }
}

/// The value of a parameter on a day.
fn parameter(library: &Library, name: &str, on: Date) -> Option<Value> {
    let parameter = library.parameter(*library.names.parameters.get(name)?);
    let (expr, _, _) = parameter.values.iter().find(|(_, days, _)| days.contains(on))?;
    match &expr.kind {
        ExprKind::Literal(value) => Some(*value),
        _ => None,
    }
}

impl Counts {
    fn activity(self, activity: Option<ActivityKind>) -> bool {
        match (self, activity) {
            (Self::Audit | Self::AuditOrInspection, Some(ActivityKind::Audit)) => true,
            (Self::AuditOrInspection | Self::ValidationOrVisit(_), Some(ActivityKind::Inspection)) => true,
            (Self::ValidationOrVisit(_), Some(ActivityKind::Audit)) => true,
            _ => false,
        }
    }

    fn visit(self, visit: &Visit) -> bool {
        let validated = |standing: &str| visit.what == "validation" && visit.standing.as_deref() == Some(standing);
        match self {
            Self::Audit => false,
            Self::AuditOrInspection => visit.what == "visit",
            Self::Validation(standing) => validated(standing),
            Self::ValidationOrVisit(standing) => visit.what == "visit" || validated(standing),
        }
    }
}
