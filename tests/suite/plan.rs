//! Plans: what they choose is as small as it can be, what they propose turns its verdicts, and nothing of it can be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use abide::assess::{self, Verdict};
use abide::base::Date;
use abide::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use abide::host::DiskFolder;
use abide::plan::{self, Change, Instance, Options, Plan, choose};
use abide::policy::Policies;
use proptest::prelude::*;

use crate::support::{abide, built_in, fits_schema, root, stdout};

const EXAMPLES: [&str; 5] = ["brackwater-cargo", "larkfield-training", "northfield-airport", "tern-valley-parts", "westmere-air"];

struct Made {
    bundle: Bundle,
    date: Date,
    plan: Plan,
}

fn read(folder: &str) -> Bundle {
    let folder = DiskFolder::open(&root().join("examples").join(folder), u64::MAX).unwrap();
    Reader::new(built_in()).read(&folder, &ReadOptions::default()).bundle.unwrap()
}

fn policies() -> &'static Policies {
    static POLICIES: OnceLock<Policies> = OnceLock::new();
    POLICIES.get_or_init(Policies::embedded)
}

/// The examples with their plans, made once.
fn made() -> &'static BTreeMap<&'static str, Made> {
    static MADE: OnceLock<BTreeMap<&'static str, Made>> = OnceLock::new();
    MADE.get_or_init(|| {
        EXAMPLES
            .into_iter()
            .map(|name| {
                let bundle = read(name);
                let date = bundle.assessment_date.unwrap();
                let plan = plan::propose(built_in(), &bundle, date, policies(), &Options::default());
                (name, Made { bundle, date, plan })
            })
            .collect()
    })
}

fn verdicts(bundle: &Bundle, date: Date) -> Vec<Verdict> {
    assess::assess(built_in(), bundle, date, policies()).outcomes.iter().map(|o| o.verdict).collect()
}

fn with(made: &Made, changes: &[&Change]) -> Vec<Verdict> {
    let changed = plan::with(built_in(), &made.bundle, policies(), made.date, changes).unwrap();
    verdicts(&changed, made.date)
}

fn closes(repair: &plan::Repair, after: &[Verdict]) -> bool {
    repair.closes.iter().all(|c| matches!(after[c.requirement.0 as usize], Verdict::Met | Verdict::NeedsJudgement))
}

/// Requirements that were met and are not any more.
fn broken(before: &[Verdict], after: &[Verdict]) -> Vec<String> {
    let names = built_in().requirements.iter().map(|r| r.name.clone());
    let lost = |(b, a): (&Verdict, &Verdict)| *b == Verdict::Met && *a != Verdict::Met;
    names.zip(before.iter().zip(after)).filter(|(_, pair)| lost(*pair)).map(|(n, _)| n).collect()
}

#[test]
fn every_repair_turns_its_verdicts_and_breaks_none() {
    for (name, made) in made() {
        let before = verdicts(&made.bundle, made.date);
        // Tern Valley lacks nothing but judgements.
        assert_eq!(made.plan.repairs.is_empty(), *name == "tern-valley-parts", "{name}");
        for repair in &made.plan.repairs {
            let after = with(made, &repair.changes.iter().collect::<Vec<_>>());
            assert!(closes(repair, &after), "{name}: {repair:?}");
            assert_eq!(broken(&before, &after), Vec::<String>::new(), "{name}: {repair:?}");
        }
    }
}

#[test]
fn no_part_of_a_repair_can_be_left_out() {
    for (name, made) in made() {
        for repair in made.plan.repairs.iter().filter(|r| r.changes.len() > 1) {
            for left_out in &repair.changes {
                let rest: Vec<&Change> = repair.changes.iter().filter(|c| *c != left_out).collect();
                let holds = plan::with(built_in(), &made.bundle, policies(), made.date, &rest).is_some_and(|changed| {
                    let after = verdicts(&changed, made.date);
                    closes(repair, &after) && broken(&verdicts(&made.bundle, made.date), &after).is_empty()
                });
                assert!(!holds, "{name}: {left_out:?} is not needed in {repair:?}");
            }
        }
    }
}

#[test]
fn a_whole_plan_closes_what_it_says() {
    for (name, made) in made() {
        let before = verdicts(&made.bundle, made.date);
        let planned = plan::apply(built_in(), &made.bundle, policies(), &made.plan).unwrap();
        let after = verdicts(&planned, made.date);
        assert!(made.plan.repairs.iter().all(|r| closes(r, &after)), "{name}");
        assert_eq!(broken(&before, &after), Vec::<String>::new(), "{name}");
        let met = after.iter().filter(|v| **v == Verdict::Met).count();
        assert_eq!(made.plan.after.verdicts[usize::from(Verdict::Met.strength())], met, "{name}");
    }
}

#[test]
fn every_gap_is_repaired_or_accounted_for() {
    for (name, made) in made() {
        let gaps: BTreeSet<u32> = (0u32..)
            .zip(verdicts(&made.bundle, made.date))
            .filter(|(_, v)| matches!(v, Verdict::NotMet(_) | Verdict::NotConfirmed))
            .map(|(id, _)| id)
            .collect();
        let closed = made.plan.repairs.iter().flat_map(|r| r.closes.iter().map(|c| c.requirement.0));
        let told: BTreeSet<u32> = closed.chain(made.plan.stuck.iter().map(|(id, _)| id.0)).collect();
        assert_eq!(told, gaps, "{name}");
        assert!(made.plan.left.is_empty(), "{name}");
    }
}

#[test]
fn the_same_bundle_gives_the_same_plan() {
    for name in ["brackwater-cargo", "northfield-airport", "westmere-air"] {
        let made = &made()[name];
        let again = plan::propose(built_in(), &read(name), made.date, policies(), &Options::default());
        assert_eq!(again, made.plan, "{name}");
    }
}

#[test]
fn a_limit_is_kept_and_more_changes_close_no_less() {
    let made = &made()["northfield-airport"];
    let mut before = 0;
    for limit in [1, 2, 5, 9] {
        let options = Options { limit: Some(limit), ..Options::default() };
        let plan = plan::propose(built_in(), &made.bundle, made.date, policies(), &options);
        assert!(plan.changes().count() <= limit);
        let weight = |p: &Plan| -> u64 {
            let severity = |c: &plan::Closed| built_in().requirement(c.requirement).severity as u32;
            p.repairs.iter().flat_map(|r| &r.closes).map(|c| 1 << (20 * severity(c))).sum()
        };
        assert!(weight(&plan) >= before, "{limit}");
        before = weight(&plan);
    }
    assert!(before > 0);
}

#[test]
fn nothing_that_happened_is_rewritten_and_nobody_is_hired() {
    use abide::evidence::{DANGLING, FieldAt, MISSING};
    use abide::library::model::Scalar;
    for (name, made) in made() {
        for change in made.plan.changes() {
            match change {
                Change::Set { at, .. } => {
                    let Some(FieldAt::Column(column)) = at.field else { panic!("{name}: {change:?}") };
                    let shape = built_in().table(at.table);
                    let cell = made.bundle.cell(at.table, at.row, column);
                    let stated = cell != MISSING && cell != DANGLING;
                    let lapses = built_in().kinds.get(at.table.0 as usize).and_then(|k| k.lapses_on) == Some(column);
                    let of = shape.columns[column.0 as usize].of;
                    assert!(!(stated && of == Scalar::Date && !lapses), "{name}: {change:?}");
                    assert!(!(stated && matches!(of, Scalar::Interval | Scalar::Text)), "{name}: {change:?}");
                }
                Change::Add { draft, .. } => assert_ne!(draft.table.0, built_in().person.0, "{name}: {change:?}"),
                Change::Fact { .. } | Change::Nil { .. } | Change::Attach { .. } | Change::Append { .. } => {}
            }
        }
    }
}

/// The best choice by trying them all.
fn brute(instance: &Instance, limit: Option<usize>) -> (u64, std::cmp::Reverse<usize>, std::cmp::Reverse<u32>) {
    let mut best = (0, std::cmp::Reverse(usize::MAX), std::cmp::Reverse(u32::MAX));
    let mut numbers = vec![0usize; instance.options.len()];
    loop {
        let mut used = BTreeSet::new();
        let (mut weight, mut all) = (0, true);
        for (gap, number) in numbers.iter().enumerate() {
            match instance.options[gap].get(*number) {
                Some(option) => {
                    used.extend(option.iter().copied());
                    weight += instance.weights[gap];
                }
                None => all &= instance.options[gap].is_empty(),
            }
        }
        let fits = limit.map_or(all, |limit| used.len() <= limit);
        let effort: u32 = used.iter().map(|c| instance.efforts[*c]).sum();
        if fits {
            best = best.max((weight, std::cmp::Reverse(used.len()), std::cmp::Reverse(effort)));
        }
        let mut at = 0;
        loop {
            let Some(number) = numbers.get_mut(at) else { return best };
            *number += 1;
            if *number <= instance.options[at].len() {
                break;
            }
            *number = 0;
            at += 1;
        }
    }
}

fn score(instance: &Instance, chosen: &[Option<usize>]) -> (u64, std::cmp::Reverse<usize>, std::cmp::Reverse<u32>) {
    let taken = chosen.iter().enumerate().filter_map(|(gap, n)| n.map(|n| (gap, &instance.options[gap][n])));
    let mut used = BTreeSet::new();
    let mut weight = 0;
    for (gap, option) in taken {
        used.extend(option.iter().copied());
        weight += instance.weights[gap];
    }
    (weight, std::cmp::Reverse(used.len()), std::cmp::Reverse(used.iter().map(|c| instance.efforts[*c]).sum()))
}

fn instances() -> impl Strategy<Value = Instance> {
    let option = prop::collection::btree_set(0usize..9, 1..4);
    let gap = prop::collection::vec(option, 0..4);
    (prop::collection::vec((1u64..20, gap), 0..6), prop::collection::vec(1u32..4, 9)).prop_map(|(gaps, efforts)| {
        let (weights, options) = gaps.into_iter().unzip();
        Instance { weights, options, efforts }
    })
}

proptest! {
    #[test]
    fn a_choice_is_as_good_as_trying_all(instance in instances(), limit in prop::option::of(0usize..8)) {
        let choice = choose(&instance, limit);
        prop_assert!(choice.optimal);
        let found = score(&instance, &choice.chosen);
        let best = brute(&instance, limit);
        prop_assert_eq!(found, best);
    }
}

fn bundle(text: &str) -> Bundle {
    Reader::new(built_in())
        .read(&MemoryFolder::new([("bundle.yaml", text.as_bytes().to_vec())]), &ReadOptions::default())
        .bundle
        .unwrap()
}

#[test]
fn a_bundle_of_nothing_gets_a_plan_that_holds() {
    for kind in ["airport", "air-carrier", "known-consignor", "training-provider"] {
        let bundle = bundle(&format!("abide: 1\nentity: {{ id: X, kind: {kind} }}\nassessment-date: 2026-11-23\n"));
        let date = bundle.assessment_date.unwrap();
        let plan = plan::propose(built_in(), &bundle, date, policies(), &Options::default());
        let planned = plan::apply(built_in(), &bundle, policies(), &plan).unwrap();
        let after = verdicts(&planned, date);
        assert!(plan.repairs.iter().all(|r| closes(r, &after)), "{kind}");
        assert_eq!(broken(&verdicts(&bundle, date), &after), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn without_gaps_there_is_nothing_to_do() {
    let bundle = bundle("abide: 1\nentity: { id: X, kind: airport }\nassessment-date: 2026-11-23\n");
    let options = Options { only: Some(BTreeSet::new()), ..Options::default() };
    let plan = plan::propose(built_in(), &bundle, bundle.assessment_date.unwrap(), policies(), &options);
    assert!(plan.repairs.is_empty() && plan.stuck.is_empty() && plan.asked.is_empty());
    let next = plan::next::next(built_in(), &bundle, plan.date, policies(), Some(&BTreeSet::new()));
    assert_eq!((next.open, next.facts.len()), (0, 0));
}

#[test]
fn what_an_answer_is_said_to_decide_it_decides() {
    for name in ["brackwater-cargo", "northfield-airport", "westmere-air"] {
        let made = &made()[name];
        let next = plan::next::next(built_in(), &made.bundle, made.date, policies(), None);
        assert!(next.facts.iter().any(|f| !f.answers.is_empty()), "{name}");
        for answer in next.facts.iter().flat_map(|f| &f.answers) {
            let after = with(made, &answer.changes.iter().collect::<Vec<_>>());
            for decided in &answer.decides {
                assert_eq!(after[decided.requirement.0 as usize], decided.to, "{name}: {answer:?}");
            }
        }
        let weights: Vec<u32> = next.facts.iter().map(|f| f.weight).collect();
        assert!(weights.is_sorted_by(|a, b| a >= b), "{name}");
    }
}

#[test]
fn what_no_answer_decides_alone_is_named() {
    let made = &made()["larkfield-training"];
    let next = plan::next::next(built_in(), &made.bundle, made.date, policies(), None);
    let undecided: Vec<&str> = next.undecided.iter().map(|id| built_in().requirement(*id).name.as_str()).collect();
    assert_eq!((undecided, next.open), (vec!["culture-themes-acted-on"], 1));
    assert!(next.facts.iter().all(|f| f.answers.is_empty()));
}

#[test]
fn a_plan_in_json_fits_its_schema() {
    for (verb, schema) in [("plan", "plan"), ("next", "next")] {
        let text = std::fs::read_to_string(root().join(format!("docs/{schema}.schema.json"))).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap();
        for audience in [None, Some("inspector"), Some("public")] {
            let mut arguments = vec![verb, "examples/northfield-airport", "--format", "json"];
            arguments.extend(audience.iter().flat_map(|a| ["--audience", a]));
            let json: serde_json::Value = serde_json::from_str(&stdout(&abide(&arguments))).unwrap();
            fits_schema(schema, &json);
            let mut planted = json.clone();
            planted["surprise"] = serde_json::json!(1);
            assert!(!validator.is_valid(&planted), "{verb}");
        }
    }
}
