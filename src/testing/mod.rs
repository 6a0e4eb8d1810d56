//! Runs the `test` declarations of a library: what each expects against what an assessment says. A pure function; `cli` shows the result.

mod points;

use rayon::prelude::*;

use crate::assess::{self, Outcome, Reason, Verdict};
use crate::base::{Span, Truth};
use crate::diagnostics::{Diagnostic, Severity};
use crate::evidence::{Bundle, Reader};
use crate::library::model::{Expected, RequirementId, Test, TestVerdict};
use crate::library::{Checked, Library};
use crate::policy::Policies;

/// What became of all tests of a library, in the order of the library.
#[derive(Debug, Default)]
pub struct TestReport {
    /// One per test.
    pub results: Vec<TestResult>,
    /// Requirements that no test tries.
    pub untested: Vec<RequirementId>,
}

/// What became of one test.
#[derive(Debug)]
pub struct TestResult {
    /// Its position in the library's tests.
    pub test: usize,
    /// Expectations that do not hold. Empty when the test passes.
    pub failures: Vec<Failure>,
    /// What is wrong with its items. Errors fail the test.
    pub diagnostics: Vec<Diagnostic>,
    /// What was assessed, when its items could be read.
    pub ran: Option<Ran>,
}

/// The evidence a test wrote down, and what an assessment made of it.
#[derive(Debug)]
pub struct Ran {
    /// The evidence.
    pub bundle: Bundle,
    /// The tested requirement's outcome, with all grounds.
    pub outcome: Outcome,
}

/// An expectation that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where it is written.
    pub at: Span,
    /// What was expected, in words.
    pub expected: String,
    /// What is the case, in words.
    pub actual: String,
}

impl TestReport {
    /// Those that fail.
    pub fn failing(&self) -> impl Iterator<Item = &TestResult> {
        self.results.iter().filter(|r| !r.passes())
    }
}

impl TestResult {
    /// Whether all it expects holds.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.failures.is_empty() && self.ran.is_some() && self.diagnostics.iter().all(|d| d.severity() != Severity::Error)
    }
}

/// Runs every test.
#[must_use]
pub fn run(library: &Checked<Library>, policies: &Policies) -> TestReport {
    let reader = Reader::new(library);
    let results =
        library.tests.par_iter().enumerate().map(|(index, test)| run_one(library, &reader, policies, index, test)).collect();
    let mut tested = vec![false; library.requirements.len()];
    for test in &library.tests {
        tested[test.of.0 as usize] = true;
    }
    let untested = (0u32..).map(RequirementId).zip(tested).filter(|(_, tested)| !tested).map(|(id, _)| id).collect();
    TestReport { results, untested }
}

fn run_one(library: &Checked<Library>, reader: &Reader, policies: &Policies, index: usize, test: &Test) -> TestResult {
    let (bundle, diagnostics) = reader.from_test(&test.written, &library.sources);
    let Some(bundle) = bundle else {
        return TestResult { test: index, failures: Vec::new(), diagnostics, ran: None };
    };
    let outcome = assess::explain(library, &bundle, test.written.at.value, policies, test.of);
    let mut failures: Vec<_> =
        test.written.expected.iter().filter_map(|expected| failure(library, test, &bundle, &outcome, expected)).collect();
    // A test that expects nothing would pass whatever happened.
    if test.written.expected.is_empty() {
        failures.push(Failure {
            at: test.written.title.span,
            expected: "something: a test without `expect` shows nothing".to_owned(),
            actual: verdict_words(outcome.verdict),
        });
    }
    TestResult { test: index, failures, diagnostics, ran: Some(Ran { bundle, outcome }) }
}

fn failure(library: &Library, test: &Test, bundle: &Bundle, outcome: &Outcome, expected: &Expected) -> Option<Failure> {
    match expected {
        Expected::Verdict { verdict, because } => {
            let because = because.as_ref().map(|b| b.value.as_str());
            let actual = outcome.verdict;
            (!agrees(verdict.value, because, actual)).then(|| Failure {
                at: verdict.span,
                expected: expected_words(verdict.value, because),
                actual: verdict_words(actual),
            })
        }
        Expected::Clause { clause, verdict, because } => {
            let because = because.as_ref().map(|b| b.value.as_str());
            let actual = clause_verdict(library, test, outcome, &clause.value);
            (!actual.is_some_and(|a| agrees(verdict.value, because, a))).then(|| Failure {
                at: clause.span.to(verdict.span),
                expected: format!("`{}` {}", clause.value, expected_words(verdict.value, because)),
                actual: actual.map_or_else(
                    || format!("`{}` was not evaluated: the requirement is {}", clause.value, verdict_words(outcome.verdict)),
                    |a| format!("`{}` is {}", clause.value, verdict_words(a)),
                ),
            })
        }
        Expected::PointsAt { clause, item, field } => {
            points::missing(library, test, bundle, outcome, &clause.value, &item.value, field.as_ref().map(|f| f.value.as_str()))
                .map(|actual| Failure {
                    at: clause.span.to(field.as_ref().map_or(item.span, |f| f.span)),
                    expected: match field {
                        Some(field) => format!("`{}` points at `{}.{}`", clause.value, item.value, field.value),
                        None => format!("`{}` points at `{}`", clause.value, item.value),
                    },
                    actual,
                })
        }
    }
}

/// The verdict of one clause, as far as it was evaluated.
fn clause_verdict(library: &Library, test: &Test, outcome: &Outcome, name: &str) -> Option<Verdict> {
    let requirement = library.requirement(test.of);
    let of_clause =
        outcome.clauses.iter().find(|c| requirement.clauses[c.clause.0 as usize].name == name).map(|c| match c.truth {
            Truth::True => Verdict::Met,
            Truth::Unknown => Verdict::NotConfirmed,
            Truth::False => Verdict::NotMet(c.reason.unwrap_or(Reason::Insufficient)),
        });
    of_clause.or_else(|| {
        let judge = outcome.judges.iter().find(|j| requirement.judges[j.judge as usize].name == name)?;
        Some(match judge.state {
            assess::JudgeState::Yes(_) => Verdict::Met,
            assess::JudgeState::No(_) => Verdict::NotMet(Reason::Contradicted),
            assess::JudgeState::OutOfDate(_)
            | assess::JudgeState::WrongRole(_)
            | assess::JudgeState::Refused(_)
            | assess::JudgeState::Doubted(_)
            | assess::JudgeState::Missing => Verdict::NeedsJudgement,
        })
    })
}

fn agrees(expected: TestVerdict, because: Option<&str>, actual: Verdict) -> bool {
    let verdict = match actual {
        Verdict::Met => expected == TestVerdict::Met,
        Verdict::NotMet(reason) => expected == TestVerdict::NotMet && because.is_none_or(|b| b == reason.word()),
        Verdict::NotConfirmed => expected == TestVerdict::NotConfirmed,
        Verdict::NeedsJudgement => expected == TestVerdict::NeedsJudgement,
        Verdict::NotApplicable => expected == TestVerdict::NotApplicable,
        Verdict::Sealed => expected == TestVerdict::Sealed,
    };
    // Only what is not met has a reason.
    verdict && (because.is_none() || matches!(actual, Verdict::NotMet(_)))
}

fn expected_words(verdict: TestVerdict, because: Option<&str>) -> String {
    let words = match verdict {
        TestVerdict::Met => "met",
        TestVerdict::NotMet => "not met",
        TestVerdict::NotConfirmed => "not confirmed",
        TestVerdict::NeedsJudgement => "needs judgement",
        TestVerdict::NotApplicable => "not applicable",
        TestVerdict::Sealed => "sealed",
    };
    because.map_or_else(|| words.to_owned(), |because| format!("{words} because {because}"))
}

/// A verdict with its reason, as tests write it.
#[must_use]
pub fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::NotMet(reason) => format!("not met because {}", reason.word()),
        Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => {
            verdict.words().to_owned()
        }
    }
}
