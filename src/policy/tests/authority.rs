//! Who may do what: every policy bars what it is for and nothing beside it, and what is not known decides nothing.

use std::sync::atomic::AtomicUsize;

use crate::base::Source;
use crate::policy::authority::{Deed, Of, Record, Stated};
use crate::policy::load::Loaded;
use crate::policy::posts::Posts;
use crate::policy::*;

const ROLES: [&str; 5] = ["accountable-manager", "security-manager", "caa-inspector", "line-manager", "instructor"];

fn posts(held: &[&str]) -> Posts {
    let bit = |name: &str| 1u128 << ROLES.iter().position(|r| *r == name).unwrap();
    Posts { held: held.iter().map(|n| bit(n)).sum(), open: 0, untold: false }
}

fn open() -> Posts {
    Posts { held: 0, open: (1 << ROLES.len()) - 1, untold: false }
}

fn term(name: &str) -> Option<Stated> {
    Some(Stated::Term(name.to_owned()))
}

fn record(kind: &str, stated: &[(&'static str, Option<Stated>)]) -> Record {
    Record { kind: kind.to_owned(), stated: stated.to_vec(), target: None }
}

fn deed(action: &'static str, record: Record, posts: Posts) -> Deed {
    Deed { action, of: Of::Record(record), posts: Some(posts) }
}

fn acceptance(own: Option<Stated>, of_risk: Option<Stated>, posts: Posts) -> Deed {
    let risk = Box::new(record("risk", &[("residual", of_risk)]));
    deed("accept", Record { target: Some(Some(risk)), ..record("risk-acceptance", &[("residual", own)]) }, posts)
}

fn judgement(role: &str, posts: Posts) -> Deed {
    let of = Of::Judgement { requirement: "r".to_owned(), role: role.to_owned() };
    Deed { action: "judge", of, posts: Some(posts) }
}

fn waiver(by: &str, itself: bool) -> Deed {
    Deed { action: "waive", of: Of::Waiver { of: "r".to_owned(), by: by.to_owned(), itself }, posts: None }
}

/// `+` nobody forbids it; `- ids`; `? id: needs`.
fn said(loaded: &Loaded, deed: &Deed) -> String {
    match loaded.authority(deed, &ROLES, &AtomicUsize::new(0)) {
        Ruling::Permitted => "+".to_owned(),
        Ruling::Denied(denials) => denials.iter().map(|d| format!("- {}", d.policy)).collect::<Vec<_>>().join(" "),
        Ruling::Doubted(doubts) => {
            let doubt = |(d, needs): (&Denial, &BTreeSet<String>)| {
                format!("? {}: {}", d.policy, needs.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
            };
            doubts.iter().map(doubt).collect::<Vec<_>>().join("; ")
        }
    }
}

#[track_caller]
fn check(deed: &Deed, expected: &str) {
    assert_eq!(said(&Loaded::embedded().unwrap(), deed), expected, "{deed:?}");
}

#[test]
fn a_risk_is_accepted_at_the_level_that_its_score_demands() {
    let (am, sm, other) = (posts(&["accountable-manager"]), posts(&["security-manager"]), posts(&["line-manager"]));
    check(&acceptance(term("high"), term("high"), am), "+");
    check(&acceptance(term("high"), term("high"), sm), "- high-risk-not-accepted-by-accountable-manager");
    check(&acceptance(term("very-high"), term("low"), sm), "- high-risk-not-accepted-by-accountable-manager");
    // The risk's own score counts too: writing a lower one into the acceptance does not help.
    check(&acceptance(term("low"), term("high"), sm), "- high-risk-not-accepted-by-accountable-manager");
    check(&acceptance(term("medium"), term("low"), sm), "+");
    check(&acceptance(term("medium"), term("low"), other), "- medium-risk-not-accepted-by-manager");
    check(&acceptance(term("low"), term("medium"), other), "- medium-risk-not-accepted-by-manager");
    check(&acceptance(term("low"), term("very-low"), other), "+");
}

#[test]
fn an_act_without_a_post_on_the_day_is_barred() {
    for (action, kind) in [("accept", "risk-acceptance"), ("approve", "change-assessment")] {
        check(&deed(action, record(kind, &[]), posts(&[])), "- no-post-on-the-day");
        check(&deed(action, record(kind, &[]), posts(&["instructor"])), "+");
    }
    // A director, say, is in no vocabulary of roles.
    check(&deed("sign", record("declaration", &[]), posts(&[])), "+");
    check(&deed("approve", record("security-programme", &[]), posts(&[])), "+");
    check(&deed("close", record("finding", &[]), posts(&[])), "+");
    check(&deed("verify", record("corrective-action", &[]), posts(&[])), "+");
}

#[test]
fn the_policy_is_signed_by_the_accountable_manager() {
    let signed = |posts| deed("sign", record("security-policy", &[]), posts);
    check(&signed(posts(&["accountable-manager"])), "+");
    check(&signed(posts(&["security-manager"])), "- policy-not-signed-by-accountable-manager");
    check(&deed("sign", record("declaration", &[]), posts(&["security-manager"])), "+");
}

#[test]
fn the_verifier_is_not_the_owner() {
    let verified = |owner| deed("verify", record("corrective-action", &[("owner", owner)]), open());
    check(&verified(Some(Stated::Person(0))), "- verifier-is-owner");
    check(&verified(Some(Stated::Person(1))), "+");
    check(&verified(None), "? verifier-is-owner: owner");
}

#[test]
fn the_entity_does_not_close_a_finding_of_the_authority() {
    let closed = |origin, posts| deed("close", record("finding", &[("origin", origin)]), posts);
    let (sm, caa) = (posts(&["security-manager"]), posts(&["caa-inspector"]));
    check(&closed(term("authority-monitoring"), sm), "- authority-finding-closed-by-entity");
    check(&closed(term("authority-monitoring"), caa), "+");
    check(&closed(term("internal-quality-control"), sm), "+");
    check(&closed(term("authority-monitoring"), open()), "? authority-finding-closed-by-entity: roles");
    check(&closed(None, sm), "? authority-finding-closed-by-entity: origin");
    check(&closed(None, caa), "+");
    check(&closed(None, open()), "? authority-finding-closed-by-entity: origin, roles");
    check(&closed(term("internal-quality-control"), open()), "+");
    let pages = Policies::embedded().pages();
    let page = pages.iter().find(|p| p.id == "authority-finding-closed-by-entity").unwrap();
    assert_eq!(page.provision.as_deref(), Some("uk-300-2008#annex2-13.1"));
}

#[test]
fn a_judgement_is_given_in_a_role_that_was_held() {
    check(&judgement("line-manager", posts(&["line-manager", "instructor"])), "+");
    check(&judgement("line-manager", posts(&["instructor"])), "- judged-without-the-role");
    check(&judgement("line-manager", open()), "? judged-without-the-role: roles");
    // Nobody can hold a role that there is none of.
    check(&judgement("king", open()), "- judged-without-the-role");
}

#[test]
fn only_an_authority_waives() {
    for name in ["CAA", "UK Civil Aviation Authority", "The Secretary of State for Transport", "DfT"] {
        check(&waiver(name, false), "+");
    }
    check(&waiver("Northfield Regional Airport", true), "- waived-by-itself - waived-by-no-authority");
    check(&waiver("CAA liaison", true), "- waived-by-itself");
    check(&waiver("A neighbour", false), "- waived-by-no-authority");
}

#[test]
fn what_is_not_known_decides_only_where_a_policy_needs_it() {
    let high = "high-risk-not-accepted-by-accountable-manager";
    let medium = "medium-risk-not-accepted-by-manager";
    // Whoever is known to hold the post may, whatever else they hold and whatever the score is.
    let am = Posts { open: open().open & !1, ..posts(&["accountable-manager"]) };
    check(&acceptance(None, None, am), "+");
    check(&acceptance(term("high"), term("low"), open()), &format!("? {high}: roles; ? no-post-on-the-day: roles"));
    check(&acceptance(None, term("low"), posts(&["line-manager"])), &format!("? {high}: residual; ? {medium}: residual"));
    check(
        &acceptance(term("low"), None, posts(&["line-manager"])),
        &format!("? {high}: target.residual; ? {medium}: target.residual"),
    );
    let nowhere = deed(
        "accept",
        Record { target: Some(None), ..record("risk-acceptance", &[("residual", term("low"))]) },
        posts(&["line-manager"]),
    );
    check(&nowhere, &format!("? {high}: target; ? {medium}: target"));
    // A library that cannot tell roles apart leaves them all open.
    let untold = Posts { held: 0, open: 0, untold: true };
    check(&deed("accept", record("risk-acceptance", &[]), untold), "? no-post-on-the-day: roles");
}

/// Every deed the other tests look at, and more.
fn deeds() -> Vec<Deed> {
    let mut all = vec![waiver("CAA", false), waiver("A neighbour", false), waiver("CAA", true)];
    let levels = [None, term("low"), term("medium"), term("high")];
    let people = [posts(&[]), posts(&["accountable-manager"]), posts(&["security-manager"]), posts(&["caa-inspector"]), open()];
    for posts in people {
        for own in &levels {
            all.extend(levels.iter().map(|risk| acceptance(own.clone(), risk.clone(), posts)));
        }
        for owner in [None, Some(Stated::Person(0)), Some(Stated::Person(1))] {
            all.push(deed("verify", record("corrective-action", &[("owner", owner)]), posts));
        }
        for origin in [None, term("authority-monitoring"), term("staff-report")] {
            all.push(deed("close", record("finding", &[("origin", origin)]), posts));
        }
        all.extend(["security-policy", "declaration"].map(|kind| deed("sign", record(kind, &[]), posts)));
        all.extend(["line-manager", "caa-inspector"].map(|role| judgement(role, posts)));
    }
    all
}

/// The built-in policies and one more file.
fn with(own: &str) -> Loaded {
    Loaded::read(vec![Source::new("own.cedar", own)]).0.unwrap()
}

#[test]
fn a_permit_more_never_unbars() {
    let built_in = Loaded::embedded().unwrap();
    for scope in [
        "principal, action, resource",
        r#"principal, action == Action::"accept", resource"#,
        r#"principal is Person, action in [Action::"close", Action::"verify"], resource is Record"#,
    ] {
        let more = with(&format!("@id(\"mine\") @because(\"we say so\") permit ({scope});"));
        for deed in deeds() {
            assert_eq!(said(&more, &deed), said(&built_in, &deed), "{deed:?}");
        }
    }
}

#[test]
fn a_forbid_more_only_bars_more() {
    let built_in = Loaded::embedded().unwrap();
    let own = r#"@id("mine") @because("not here") forbid (principal, action == Action::"verify", resource) when { resource.kind == "corrective-action" };"#;
    let more = with(own);
    let mut barred = 0;
    for deed in deeds() {
        let (before, after) = (said(&built_in, &deed), said(&more, &deed));
        if deed.action == "verify" {
            assert!(after.starts_with("- ") && after.contains("- mine"), "{after}");
            barred += 1;
        } else {
            assert_eq!(before, after);
        }
    }
    assert!(barred > 0);
}

/// Filling in what is open never turns a decision into its opposite.
#[test]
fn a_fact_more_never_flips() {
    let loaded = Loaded::embedded().unwrap();
    let held = |deed: &Deed, posts| Deed { posts: Some(posts), ..deed.clone() };
    for deed in deeds().iter().filter(|d| d.posts.is_some()) {
        let before = said(&loaded, &held(deed, open()));
        if before.starts_with('?') {
            continue;
        }
        for set in 0..1u128 << ROLES.len() {
            let after = said(&loaded, &held(deed, Posts { held: set, open: 0, untold: false }));
            assert_eq!(before.starts_with('+'), after.starts_with('+'), "{deed:?} {set:b}: {before} became {after}");
        }
    }
}

#[test]
fn every_act_of_the_language_is_an_action_of_the_schema() {
    for verb in crate::library::model::Verb::ALL {
        let answer = said(&Loaded::embedded().unwrap(), &deed(verb.word(), record("k", &[]), posts(&["accountable-manager"])));
        assert_eq!(answer, "+", "{}", verb.word());
        assert!(include_str!("../../../policies/schema.cedarschema").contains(verb.word()));
    }
}
