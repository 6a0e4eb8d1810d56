//! What must hold for all rules and bundles, tried on random ones.

use abide::assess::{Assessment, Verdict, assess, weigh};
use abide::base::{Date, FileId, Period, Source, Sources, Truth, Unit};
use abide::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use abide::library::{Checked, Library, check};
use abide::report::{Context, Format, Style};
use abide::syntax;
use proptest::prelude::*;

use crate::generate::{Choices, DAY, DECLARATIONS, Items, Wanted, condition, fresh_condition, requirement};
use crate::policies;
use crate::reference::Reference;

/// How many rules one random library has.
const RULES: usize = 4;

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64);
    // The checker refuses some random rules; a long run may meet many of them.
    ProptestConfig { cases, failure_persistence: None, max_global_rejects: 1024 + 4 * cases, ..ProptestConfig::default() }
}

fn day() -> Date {
    Date::parse(DAY).unwrap_or(Date::MIN)
}

fn choices(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

/// The library of some conditions, or the text and why the checker refuses it.
fn library(conditions: &[String]) -> Result<Checked<Library>, String> {
    let mut text = DECLARATIONS.to_owned();
    for (i, condition) in conditions.iter().enumerate() {
        text.push_str(&requirement(&format!("rule-{i}"), condition));
    }
    let parsed = syntax::parse(FileId(0), &text);
    assert_eq!(parsed.diagnostics, [], "random rules are well-formed:\n{conditions:#?}");
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", text));
    let (library, problems) = check(sources, &[parsed.file]);
    library.ok_or_else(|| problems.iter().map(|p| format!("{}\n", p.message)).collect())
}

#[expect(clippy::panic, reason = "a random bundle that is refused is a mistake of the generator")]
fn bundle(library: &Checked<Library>, items: &Items) -> Bundle {
    let json = items.json();
    let outcome = Reader::new(library).read(&MemoryFolder::new([("bundle.json", json.clone())]), &ReadOptions::default());
    match outcome.bundle {
        Some(bundle) => bundle,
        None => panic!("random bundles are well-formed: {:#?}\n{json}", outcome.diagnostics),
    }
}

fn conditions(tape: &[u16], wanted: Wanted) -> Vec<String> {
    tape.chunks(tape.len().div_ceil(RULES).max(1)).map(|part| condition(&mut Choices(part), wanted)).collect()
}

fn judge(library: &Checked<Library>, bundle: &Bundle, date: Date) -> Assessment {
    assess(library, bundle, date, policies())
}

/// The report for programs, every ground included.
fn printed(library: &Checked<Library>, bundle: &Bundle) -> String {
    let assessment = judge(library, bundle, day());
    let style = Style { lines: false, ..Style::default() };
    let context = Context { library, bundle, assessment: &assessment, fingerprint: None, withheld: None, style };
    String::from_utf8(Format::parse("json").unwrap().render(&context)).unwrap()
}

/// The truth of the one clause of each requirement.
fn truths(assessment: &Assessment) -> Vec<Truth> {
    assessment.outcomes.iter().map(|o| o.clauses.first().map_or(Truth::Unknown, |c| c.truth)).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_engine_agrees_with_the_reference(rules in choices(200), items in choices(160), silent in any::<bool>()) {
        let conditions = conditions(&rules, Wanted { presence: true });
        let checked = library(&conditions);
        prop_assume!(checked.is_ok());
        let Ok(library) = checked else { return Ok(()) };
        let items = Items::new(&mut Choices(&items), silent);
        let bundle = bundle(&library, &items);
        let found = truths(&judge(&library, &bundle, day()));
        let reference = Reference::new(&library, &bundle, day());
        for (requirement, found) in library.requirements.iter().zip(found) {
            let expected = reference.clause(&requirement.clauses[0].body, requirement.variables);
            let rule = library.sources.slice(requirement.clauses[0].span);
            prop_assert_eq!(found, expected, "engine against reference in {}\n{}\n{}", requirement.name, rule, items.json());
        }
    }

    #[test]
    fn one_more_fact_never_flips_a_decided_clause(rules in choices(200), items in choices(160), more in choices(8)) {
        let checked = library(&conditions(&rules, Wanted { presence: false }));
        prop_assume!(checked.is_ok());
        let Ok(library) = checked else { return Ok(()) };
        let less = Items::new(&mut Choices(&items), false);
        let more = less.with_one_more(&mut Choices(&more));
        prop_assume!(more.is_some());
        let Some(more) = more else { return Ok(()) };
        let before = truths(&judge(&library, &bundle(&library, &less), day()));
        let after = truths(&judge(&library, &bundle(&library, &more), day()));
        for ((requirement, before), after) in library.requirements.iter().zip(before).zip(after) {
            let rule = library.sources.slice(requirement.clauses[0].span);
            let kept = before == Truth::Unknown || before == after;
            prop_assert!(kept, "{before:?} became {after:?} in\n{}\n{}\nthen\n{}", rule, less.json(), more.json());
        }
    }

    #[test]
    fn the_order_of_items_never_shows(rules in choices(200), items in choices(160), order in choices(20)) {
        let checked = library(&conditions(&rules, Wanted { presence: true }));
        prop_assume!(checked.is_ok());
        let Ok(library) = checked else { return Ok(()) };
        let items = Items::new(&mut Choices(&items), true);
        let other = items.shuffled(&mut Choices(&order));
        let (one, two) = (bundle(&library, &items), bundle(&library, &other));
        prop_assert_eq!(printed(&library, &one), printed(&library, &two));
    }

    #[test]
    fn without_the_item_it_rests_on_alone_a_rule_is_not_met(rules in choices(200), items in choices(160), silent in any::<bool>()) {
        let checked = library(&conditions(&rules, Wanted { presence: true }));
        prop_assume!(checked.is_ok());
        let Ok(library) = checked else { return Ok(()) };
        let items = Items::new(&mut Choices(&items), silent);
        let whole = bundle(&library, &items);
        let mut before = judge(&library, &whole, day());
        weigh(&library, &whole, policies(), &mut before);
        for carrying in before.economics.map(|e| e.carrying).unwrap_or_default() {
            let (kind, row) = carrying.item;
            let (kind, id) = (library.kind(kind).name.as_str(), whole.item_id(kind, row));
            // Whoever signs the nil returns has to be there.
            if (kind, id) == ("person", "person-0") {
                continue;
            }
            let after = judge(&library, &bundle(&library, &items.without(kind, id)), day());
            for requirement in carrying.rests {
                prop_assert_eq!(before.outcomes[requirement.0 as usize].verdict, Verdict::Met);
            }
            for requirement in carrying.alone {
                let verdict = after.outcomes[requirement.0 as usize].verdict;
                let rule = library.sources.slice(library.requirement(requirement).clauses[0].span);
                prop_assert!(verdict != Verdict::Met, "met without {kind} {id}:\n{rule}\n{}", items.json());
            }
        }
    }

    #[test]
    fn evidence_does_not_grow_fresher(rules in choices(12), items in choices(160), days in 0u32..800) {
        let conditions: Vec<String> = rules.chunks(3).map(|part| fresh_condition(&mut Choices(part))).collect();
        let checked = library(&conditions);
        prop_assume!(checked.is_ok());
        let Ok(library) = checked else { return Ok(()) };
        let bundle = bundle(&library, &Items::new(&mut Choices(&items), false));
        // No item is dated later than this day, so that time passing brings nothing new.
        let first = Date::parse("2026-12-01").unwrap_or(Date::MAX);
        let later = first.plus(Period::new(days, Unit::Days)).unwrap_or(first);
        let before = truths(&judge(&library, &bundle, first));
        let after = truths(&judge(&library, &bundle, later));
        for ((requirement, before), after) in library.requirements.iter().zip(before).zip(after) {
            prop_assert!(after <= before, "{before:?} became {after:?} in {}", library.sources.slice(requirement.clauses[0].span));
        }
    }

    #[test]
    fn a_forecast_says_of_each_day_what_a_check_of_it_says(rules in choices(200), items in choices(160), days in 1i32..70) {
        let checked = library(&conditions(&rules, Wanted { presence: true }));
        prop_assume!(checked.is_ok());
        let Ok(library) = checked else { return Ok(()) };
        let bundle = bundle(&library, &Items::new(&mut Choices(&items), true));
        let until = Date::from_day_number(day().day_number() + days).unwrap_or(Date::MAX);
        let ahead = abide::forecast::forecast(&library, &bundle, policies(), day(), until);
        crate::ahead::agrees(&library, &bundle, policies(), &ahead, 1);
    }
}
