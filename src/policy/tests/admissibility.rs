//! What may be relied on: every policy bars what it is for, and permits everything that is not questioned.

use crate::base::Source;
use crate::evidence::AttachmentState;
use crate::policy::load::Loaded;
use crate::policy::standing::{Attachments, Authorship, Standing};
use crate::policy::*;

fn standings() -> Vec<Standing> {
    let states = [AttachmentState::Intact, AttachmentState::Unsealed, AttachmentState::Missing, AttachmentState::Altered];
    let mut all = Vec::new();
    for authorship in [Authorship::Unstated, Authorship::AuthorOnly, Authorship::ApproverOnly, Authorship::Two, Authorship::Same]
    {
        for independent in [None, Some(true), Some(false)] {
            for received_before_issued in [false, true] {
                for set in 0u8..16 {
                    let attachments =
                        states.into_iter().filter(|s| set & (1 << *s as u8) != 0).fold(Attachments::default(), Attachments::with);
                    all.push(Standing { authorship, independent, received_before_issued, attachments });
                }
            }
        }
    }
    all
}

#[test]
fn the_embedded_policies_are_valid() {
    Loaded::embedded().unwrap();
}

#[test]
fn a_policy_with_an_unknown_attribute_is_refused() {
    let wrong =
        r#"@id("x") forbid (principal, action == Action::"rely-on", resource is Item) when { resource.colour == "red" };"#;
    let problems = Loaded::read(vec![Source::new("own.cedar", wrong)]).2;
    assert!(problems.iter().any(|d| d.message.contains("colour")), "{problems:?}");
}

#[test]
fn every_policy_says_why() {
    let pages = Policies::embedded().pages();
    assert!(pages.len() > 1);
    for page in pages {
        assert!(!page.because.is_empty(), "`{}` has no `@because`", page.id);
    }
}

#[test]
fn cedar_permits_whatever_is_not_questioned() {
    let loaded = Loaded::embedded().unwrap();
    for standing in standings().into_iter().filter(|s| s.plain()) {
        for kind in ["audit", "security-test", "training-record"] {
            assert_eq!(loaded.admissibility(kind, standing), BTreeSet::new(), "{kind} {standing:?}");
        }
    }
}

#[test]
fn each_reason_bars_by_its_own_policy() {
    let loaded = Loaded::embedded().unwrap();
    let policies = |kind: &str, standing| -> Vec<String> {
        loaded.admissibility(kind, standing).into_iter().map(|denial| denial.policy).collect()
    };
    let plain = Standing::default();
    let with = |state| Standing { attachments: Attachments::default().with(state), ..plain };
    assert_eq!(policies("audit", plain), Vec::<String>::new());
    assert_eq!(policies("audit", Standing { authorship: Authorship::Same, ..plain }), ["own-approval"]);
    assert_eq!(policies("audit", with(AttachmentState::Missing)), ["attachment-missing"]);
    assert_eq!(policies("audit", with(AttachmentState::Altered)), ["attachment-altered"]);
    assert_eq!(policies("audit", Standing { independent: Some(false), ..plain }), ["not-independent"]);
    assert_eq!(policies("qc-plan", Standing { independent: Some(false), ..plain }), Vec::<String>::new());
    assert_eq!(policies("audit", Standing { received_before_issued: true, ..plain }), ["received-before-issued"]);
    let two = Standing { authorship: Authorship::Same, ..with(AttachmentState::Missing) };
    assert_eq!(policies("audit", two), ["attachment-missing", "own-approval"]);
}

#[test]
fn nothing_is_barred_without_policies() {
    assert_eq!(Policies::none().pages(), []);
}
