//! Plans: what they choose is as small as it can be, what they propose turns its verdicts, and nothing of it can be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use abide::assess::{self, Verdict};
use abide::base::Date;
use abide::evidence::{Bundle, MemoryFolder, NilOf, ReadOptions, Reader};
use abide::host::DiskFolder;
use abide::library::model::Scalar;
use abide::plan::next::Lacking;
use abide::plan::{self, Change, Instance, Options, Plan, choose};
use abide::policy::Policies;
use proptest::prelude::*;

use crate::support::{Scratch, abide, built_in, fits_schema, root, stdout};

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

const NOTHING: &str = "abide: 1\nentity: { id: X, kind: airport }\nassessment-date: 2026-11-23\n";
/// Nothing but somebody who can sign a nil return.
const SOMEBODY: &str =
    "abide: 1\nentity: { id: X, kind: airport }\nassessment-date: 2026-11-23\npeople:\n  - { id: p1, name: Jo }\n";

fn planned(bundle: &Bundle) -> Plan {
    plan::propose(built_in(), bundle, bundle.assessment_date.unwrap(), policies(), &Options::default())
}

fn nils(plan: &Plan) -> BTreeMap<NilOf, BTreeSet<(Date, Date)>> {
    let mut all: BTreeMap<NilOf, BTreeSet<(Date, Date)>> = BTreeMap::new();
    for change in plan.changes() {
        if let Change::Nil { of, period } = change {
            all.entry(*of).or_default().insert((period.first, period.last));
        }
    }
    all
}

#[test]
fn nobody_is_asked_to_say_that_there_was_none_where_the_bundle_says_otherwise() {
    let library = built_in();
    let empty = bundle(SOMEBODY);
    let plan = planned(&empty);
    let found = nils(&plan);
    assert!(!found.is_empty());
    let people = NilOf::Kind(library.person);
    assert!(!found.contains_key(&people), "there are people everywhere");
    let next = plan::next::next(library, &empty, plan.date, policies(), None);
    assert!(next.facts.iter().all(|f| !matches!(f.what, Lacking::Nil(of, _) if of == people)));
    // A kind of which some item names an item, though that is not there.
    let named = found.keys().find_map(|of| {
        let NilOf::Kind(kind) = *of else { return None };
        let field = |table: &abide::library::model::Table| {
            table.columns.iter().find(|c| c.of == Scalar::Ref(kind) && !c.name.contains('.')).map(|c| c.name.clone())
        };
        let from = library.kinds.iter().zip(&library.tables).find_map(|(from, table)| Some((from.name.clone(), field(table)?)));
        Some((kind, from?))
    });
    let (kind, (from, field)) = named.expect("a kind that another refers to");
    let named = bundle(&format!("{SOMEBODY}evidence:\n  - {{ id: i-1, kind: {from}, {field}: gone }}\n"));
    assert!(!nils(&planned(&named)).contains_key(&NilOf::Kind(kind)), "{from} names one in `{field}`");
    let next = plan::next::next(library, &named, plan.date, policies(), None);
    assert!(next.facts.iter().all(|f| !matches!(f.what, Lacking::Nil(of, _) if of == NilOf::Kind(kind))));
}

#[test]
fn a_nil_return_is_for_the_days_asked_about_and_stands_behind_what_there_is_to_file() {
    // Without anybody there is nobody to sign.
    assert!(nils(&planned(&bundle(NOTHING))).is_empty());
    let empty = bundle(SOMEBODY);
    let plan = planned(&empty);
    let (first, last) = (Date::parse("2025-11-23").unwrap(), plan.date);
    let sources = NilOf::Kind(built_in().names.kinds["supply-source"]);
    assert_eq!(nils(&plan).get(&sources), Some(&BTreeSet::from([(first, last)])), "the rule names no days: a year");
    for periods in nils(&plan).values() {
        assert!(periods.iter().all(|(first, last)| first < last), "{periods:?}");
    }
    let severity = |r: &plan::Repair| r.closes.iter().map(|c| built_in().requirement(c.requirement).severity).max();
    let order: Vec<_> = plan
        .repairs
        .iter()
        .map(|r| (std::cmp::Reverse(severity(r)), !r.law, r.changes.iter().any(|c| matches!(c, Change::Nil { .. }))))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    // One question for each kind, for all days that the open requirements ask about.
    let next = plan::next::next(built_in(), &empty, plan.date, policies(), None);
    let asked: Vec<NilOf> =
        next.facts.iter().filter_map(|f| if let Lacking::Nil(of, _) = f.what { Some(of) } else { None }).collect();
    assert!(!asked.is_empty());
    assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len());
}

#[test]
fn a_count_is_never_guessed_to_be_negative() {
    let empty = bundle(NOTHING);
    let next = plan::next::next(built_in(), &empty, empty.assessment_date.unwrap(), policies(), None);
    let mut tried = 0;
    for change in next.facts.iter().flat_map(|f| &f.answers).flat_map(|a| &a.changes) {
        if let Change::Fact { fact, spec: plan::Spec::Cells(cells) } = change
            && built_in().fact(*fact).of == Scalar::Whole
        {
            tried += 1;
            assert!(cells.only.iter().flatten().all(|n| *n >= 0) && cells.last >= 0, "{change:?}");
        }
    }
    assert!(tried > 0);
}

#[test]
fn what_is_to_be_done_is_told_once_and_everything_is_counted() {
    let scratch = Scratch::new("plan-told");
    scratch.write("bundle.yaml", SOMEBODY);
    let path = scratch.path().to_str().unwrap().to_owned();
    for format in ["terminal", "markdown"] {
        let said = stdout(&abide(["plan", &path, "--format", format, "--width", "1000"]));
        assert!(said.contains("; only if there were none, make a nil return for "), "{said}");
        assert!(!said.contains("stated, as it is"), "{said}");
        let mut seen = BTreeSet::new();
        let mut told = 0;
        for line in said.lines().take_while(|l| !l.contains("No repair found")).map(str::trim) {
            // A new repair begins.
            if line.starts_with(|c: char| c.is_ascii_digit() || c == '#') {
                seen.clear();
            }
            if let Some(to_do) = line.strip_prefix("do  ").or_else(|| line.strip_prefix("- do: ")) {
                told += 1;
                assert!(seen.insert(to_do.to_owned()), "{format}: {line}");
            }
        }
        assert!(told > 0, "{said}");
    }
    let said = stdout(&abide(["plan", "examples/northfield-airport", "--width", "1000"]));
    assert!(said.contains(" gaps would close with ") && said.contains(" more wait for a judgement alone."), "{said}");
}
