//! Engines that answer the same question give the same answers.

use crate::workload::words::{Word, today};
use crate::workload::{bundle, handwritten, regorus, requirements, typed};

#[test]
fn all_engines_agree() {
    let requirements = requirements();
    assert_eq!(requirements.len(), 100);
    let mut seen = std::collections::BTreeMap::<_, usize>::new();
    for (items, seed) in [(200, 1), (200, 2), (2_000, 1)] {
        let json = bundle::json(items, seed);
        let typed = typed::read(&json);
        let by_hand: Vec<Word> = handwritten::evaluate(&typed, &requirements, today()).iter().map(|o| o.verdict).collect();
        let mut engine = regorus::engine(&requirements, today());
        let report = regorus::evaluate(&mut engine, regorus::read(&json));
        let by_rego = regorus::verdicts(&report, &requirements);
        for ((requirement, hand), rego) in requirements.iter().zip(&by_hand).zip(&by_rego) {
            assert_eq!(hand, rego, "{} on {items} items", requirement.name);
            *seen.entry(*hand).or_default() += 1;
        }
    }
    println!("{seen:?}");
}
