//! Engines that answer the same question give the same answers.

use abide::evidence::Reader;
use abide::policy::Policies;

use crate::workload::words::{Word, today};
use crate::workload::{abide as engine, bundle, handwritten, regorus, requirements, rules, typed};

#[test]
fn all_engines_agree() {
    let requirements = requirements();
    assert_eq!(requirements.len(), 100);
    let library = engine::library(&rules::library(&requirements));
    let (reader, policies) = (Reader::new(&library), Policies::embedded());
    let mut seen = std::collections::BTreeMap::<_, usize>::new();
    for (items, seed) in [(200, 1), (200, 2), (2_000, 1)] {
        let json = bundle::json(items, seed);
        let typed = typed::read(&json);
        let by_hand: Vec<Word> = handwritten::evaluate(&typed, &requirements, today()).iter().map(|o| o.verdict).collect();
        let mut engine = regorus::engine(&requirements, today());
        let report = regorus::evaluate(&mut engine, regorus::read(&json));
        let by_rego = regorus::verdicts(&report, &requirements);
        let bundle = engine::read(&reader, &engine::folder(&json));
        let assessment = engine::evaluate(&library, &bundle, &policies);
        let ours = engine::verdicts(&library, &assessment, &requirements);
        for (i, requirement) in requirements.iter().enumerate() {
            assert_eq!(by_rego[i], by_hand[i], "regorus against hand-written: {} on {items} items", requirement.name);
            assert_eq!(ours[i], by_hand[i], "abide against hand-written: {} on {items} items", requirement.name);
            *seen.entry(by_hand[i]).or_default() += 1;
        }
    }
    assert!(
        seen[&Word::Met] > 100 && seen[&Word::NotMet] > 50 && seen[&Word::NotApplicable] > 5,
        "there is a bit of everything: {seen:?}"
    );
}
