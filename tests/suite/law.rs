//! What the shipped library promises: the law as it read on each day, nothing invented, nothing left without a requirement.

use std::collections::BTreeSet;

use abide::base::Date;
use abide::library::model::{Basis, Decider, Duty, Extent, Level, LinkTarget, Provision, Requirement, StrategicKind};

use crate::support::built_in;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn provision(name: &str) -> &'static Provision {
    let library = built_in();
    library.provision(*library.names.provisions.get(name).unwrap_or_else(|| panic!("no provision {name}")))
}

fn requirement(name: &str) -> &'static Requirement {
    let library = built_in();
    library.requirement(*library.names.requirements.get(name).unwrap_or_else(|| panic!("no requirement {name}")))
}

/// The last day before a change and the day of the change: whether a text is in force, and the requirement that shows it.
#[test]
fn the_law_is_what_it_was_on_the_day() {
    let wanted = [
        // A background check before training on non-public material.
        ("uk-2015-1998#11.1.5.first", "2022-04-29", "2022-04-30", (true, false), "checked-before-sensitive-training"),
        // How often staff are screened at random.
        ("uk-2015-1998#1.3", "2023-01-30", "2023-01-31", (true, false), "staff-screening-rests-on-risk"),
        // The record of an aircraft search.
        ("uk-2015-1998#3.1.3", "2025-06-22", "2025-06-23", (true, false), "aircraft-searches-recorded"),
        // Electronic cards disabled at once.
        ("uk-2015-1998#1.2.3.7", "2020-12-30", "2020-12-31", (true, false), "electronic-passes-stopped"),
        // The full text on half-yearly evaluation.
        ("uk-2015-1998#11.4.2", "2019-01-31", "2019-02-01", (false, true), "screeners-evaluated"),
        // Account consignors.
        ("uk-2015-1998#6.5", "2020-12-30", "2020-12-31", (true, false), "no-account-consignors"),
    ];
    for (name, before, after, in_force, shown_by) in wanted {
        let found = provision(name);
        assert_eq!((found.in_force_on(day(before)), found.in_force_on(day(after))), in_force, "{name}");
        requirement(shown_by);
    }
    // Dogs as primary means: the same point, another text.
    let vehicles = provision("uk-2015-1998#1.4.3.2");
    let text = |on: &str| vehicles.version_on(day(on)).unwrap().summary.clone();
    assert_ne!(text("2022-05-19"), text("2022-05-20"));
    assert!(text("2022-05-19").to_lowercase().contains("dog"), "{}", text("2022-05-19"));
}

#[test]
fn law_of_elsewhere_binds_nobody() {
    let library = built_in();
    let foreign = |p: &Provision| library.instrument(p.key.instrument).extent != Extent::Uk;
    assert!(library.provisions.iter().filter(|p| foreign(p)).count() >= 20);
    for requirement in &library.requirements {
        for id in &requirement.discharges {
            assert!(!foreign(library.provision(*id)), "{}", requirement.name);
        }
    }
    // Only in the law of the Union, whatever the day.
    for name in ["eu-2015-1998#1.7", "eu-2015-1998#11.1.11", "eu-2015-1998#11.1.2", "eu-2015-1998#11.1.7"] {
        assert!(foreign(provision(name)), "{name}");
    }
    // Revoked here on 31 December 2020.
    for name in ["eu-72-2010#art10", "eu-72-2010#art11"] {
        assert!(provision(name).in_force_on(day("2020-12-30")) && !provision(name).in_force_on(day("2020-12-31")), "{name}");
    }
}

#[test]
fn what_is_not_public_has_a_name_and_no_text() {
    let library = built_in();
    let sealed: Vec<_> = library.provisions.iter().filter(|p| p.basis == Basis::Sealed).collect();
    assert!(sealed.len() >= 11, "{}", sealed.len());
    for provision in sealed {
        assert!(provision.versions.iter().all(|v| v.summary.is_empty()) && provision.observed.is_empty(), "{}", provision.name);
        assert!(provision.sealed.as_ref().is_some_and(|why| !why.is_empty()), "{}", provision.name);
    }
}

#[test]
fn every_number_stands_in_law_or_says_that_it_does_not() {
    let mut wrong = Vec::new();
    for parameter in &built_in().parameters {
        let of_law = parameter.values.iter().all(|(_, _, by)| by.is_some());
        let of_practice = parameter.title.starts_with("Good practice, not law");
        if !of_law && !of_practice {
            wrong.push(format!("{}: {}", parameter.name, parameter.title));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_element_of_every_component_is_looked_at_on_all_four_levels() {
    let library = built_in();
    let mut wrong = Vec::new();
    for (id, component) in library.components() {
        assert!(!component.elements.is_empty(), "{}", component.name);
        for (element, at) in component.elements.iter().zip(0u32..) {
            for level in [Level::Present, Level::Suitable, Level::Operating, Level::Effective] {
                let by = if matches!(level, Level::Present | Level::Operating) { Decider::Machine } else { Decider::Person };
                let shown = library.requirements.iter().any(|r| {
                    let shows = |s: &abide::library::model::Shows| {
                        s.component == id && s.element.is_some_and(|e| e.0 == at) && s.level == level
                    };
                    r.decided_by == by && r.shows.iter().any(shows)
                });
                if !shown {
                    wrong.push(format!("{}.{} {level:?}", component.name, element.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "no requirement shows:\n{}", wrong.join("\n"));
    assert!(library.requirements.len() >= 140);
}

#[test]
fn every_heading_and_measure_of_the_strategy_is_tied_to_something_measured() {
    let library = built_in();
    let targets: BTreeSet<LinkTarget> = library.requirements.iter().flat_map(|r| &r.links).map(|l| l.target).collect();
    let mut wrong = Vec::new();
    for (heading, id) in library.strategy.iter().zip(0u32..) {
        let id = abide::library::model::StrategicId(id);
        let measured = targets.iter().any(|t| t.to == id);
        if heading.kind != StrategicKind::Component && !measured {
            wrong.push(heading.name.clone());
        }
        for (measure, at) in heading.measures.iter().zip(0u32..) {
            if !targets.contains(&LinkTarget { to: id, part: Some(abide::library::model::ElementId(at)) }) {
                wrong.push(format!("{}.{}", heading.name, measure.name));
            }
        }
    }
    assert!(wrong.is_empty(), "no requirement advances: {wrong:?}");
}

#[test]
fn every_gap_says_what_to_do_and_where_to_learn_how() {
    let mut wrong = Vec::new();
    for requirement in &built_in().requirements {
        for clause in &requirement.clauses {
            let help = clause.guidance.as_deref().is_some_and(|g| g.starts_with("http"));
            if clause.otherwise.is_empty() || clause.remedy.is_empty() || !help {
                wrong.push(format!("{}.{}", requirement.name, clause.name));
            }
        }
    }
    assert!(wrong.is_empty(), "no otherwise, remedy or guidance:\n{}", wrong.join("\n"));
}

/// Pages of about one length: a provision with more words than its neighbours would draw findings to itself, or lose them.
#[test]
fn every_duty_of_an_entity_says_what_is_seen_where_it_is_not_kept() {
    let library = built_in();
    let here = |p: &&Provision| library.instrument(p.key.instrument).extent == Extent::Uk && p.basis != Basis::Sealed;
    let entity = |p: &&Provision| p.binds_all || !p.binds.is_empty();
    let asked = |p: &&Provision| matches!(p.duty, Duty::Must | Duty::Should);
    let mut wrong = Vec::new();
    for provision in library.provisions.iter().filter(here).filter(entity).filter(asked) {
        let words: usize = provision.observed.iter().map(|line| line.split_whitespace().count()).sum();
        if !(25..=70).contains(&words) {
            wrong.push(format!("{}: {words} words", provision.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_provision_of_law_is_linked_sourced_and_dated() {
    let library = built_in();
    for provision in &library.provisions {
        let mut components =
            provision.links.iter().filter(|l| library.strategic(l.target.to).kind == StrategicKind::Component).peekable();
        assert!(components.peek().is_some(), "{} supports no component", provision.name);
        assert!(components.all(|l| l.because.is_some()), "{}", provision.name);
        if provision.basis != Basis::Sealed {
            // The strategy is not published at an address.
            let sourced = provision.source.is_some() || provision.name.starts_with("caa-sems-strategy#");
            assert!(sourced || provision.basis == Basis::Unverified, "{} has no source", provision.name);
            assert!(!provision.versions.is_empty(), "{}", provision.name);
        }
    }
    // A requirement checks every duty that binds an entity and holds a number; these are the numbers.
    let checked: BTreeSet<_> = library.requirements.iter().flat_map(|r| r.discharges.iter().copied()).collect();
    let open: Vec<_> = library
        .parameters
        .iter()
        .flat_map(|p| p.values.iter().filter_map(|(_, _, by)| *by))
        .filter(|by| !checked.contains(by) && library.provision(*by).duty == Duty::Must)
        // Some numbers are the authority's own: how often it looks.
        .filter(|by| library.provision(*by).binds_all || !library.provision(*by).binds.is_empty())
        .map(|by| &library.provision(by).name)
        .collect();
    assert!(open.is_empty(), "numbers that no requirement checks: {open:?}");
}
