//! Which unknown facts would decide most. A verdict that is not confirmed lacks something; each thing that may be lacking is tried on a copy of the
//! bundle, one way and the other where there are few ways, and the verdicts that it decides are counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::change::Change;
use super::none;
use super::spec::Spec;
use super::trial::Trial;
use crate::assess::{self, Elements, From, Ground, Outcome, Scope, Shown, Step, Verdict};
use crate::base::{Date, Interval, Truth};
use crate::evidence::{At, Bundle, FieldAt, MISSING, NilOf};
use crate::library::model::{FactId, RequirementId, Scalar, Severity, TableId};
use crate::library::{Checked, Library};
use crate::policy::Policies;

/// So many answers are tried for a vocabulary; more of them are not few.
const MOST_TERMS: usize = 12;
/// So many facts are tried; a bundle with more open ones has its first work elsewhere.
const MOST_FACTS: usize = 2_000;

/// What to find out next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The day it is for.
    pub date: Date,
    /// Facts, those first that decide most.
    pub facts: Vec<Unknown>,
    /// Verdicts that are not confirmed and that no single fact decides.
    pub undecided: Vec<RequirementId>,
    /// How many verdicts are not confirmed.
    pub open: usize,
    /// How many things that may be lacking were not tried, because there were so many.
    pub untried: usize,
}

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What.
    pub what: Lacking,
    /// What each answer that was tried decides; answers that decide nothing are left out.
    pub answers: Vec<Answer>,
    /// Verdicts that lack it, whether or not it decides them alone.
    pub opens: BTreeSet<RequirementId>,
    /// How much the verdicts matter that some answer decides: critical 9, major 3, minor 1.
    pub weight: u32,
}

/// What is lacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacking {
    /// A fact about the entity.
    Fact(FactId),
    /// A field of an item.
    Field(At),
    /// A statement that there was none.
    Nil(NilOf, Interval),
}

/// An answer, and what it decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer, as a change of evidence.
    pub changes: Vec<Change>,
    /// What becomes of verdicts that were not confirmed.
    pub decides: Vec<Decided>,
}

/// A verdict that an answer decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decided {
    /// The requirement.
    pub requirement: RequirementId,
    /// Its verdict then.
    pub to: Verdict,
}

/// The requirements that a fact may decide, and how it can be stated.
type Reads = (BTreeSet<RequirementId>, BTreeSet<Spec>);

/// What would decide most of the verdicts that are not confirmed.
#[must_use]
pub fn next(
    library: &Checked<Library>,
    bundle: &Bundle,
    date: Date,
    policies: &Policies,
    only: Option<&BTreeSet<RequirementId>>,
) -> Next {
    let judge = assess::Plan::new(library, date);
    let admissibility = policies.admissibility(library, bundle);
    let base = assess::outcomes(&judge, bundle, &admissibility);
    let trial = Trial::new(library, bundle, date, policies, &judge);
    let asked = |o: &&Outcome| o.verdict == Verdict::NotConfirmed && only.is_none_or(|only| only.contains(&o.requirement));
    let mut lacking: BTreeMap<Lacking, Reads> = BTreeMap::new();
    for outcome in base.iter().filter(asked) {
        let mut looker = Looker { library, bundle, judge: &judge, outcome, found: &mut lacking };
        if let Scope::Unknown(ground) = &outcome.scope {
            looker.ground(ground);
        }
        outcome.clauses.iter().filter_map(|c| c.ground.as_ref()).for_each(|g| looker.ground(g));
    }
    let lacking = nils_together(lacking);
    let untried = lacking.len().saturating_sub(MOST_FACTS);
    let tried: Vec<(Lacking, Reads)> = lacking.into_iter().take(MOST_FACTS).collect();
    let weight = |id: &RequirementId| match library.requirement(*id).severity {
        Severity::Critical => 9,
        Severity::Major => 3,
        Severity::Minor => 1,
    };
    let mut facts: Vec<Unknown> = tried
        .into_par_iter()
        .map(|(what, (opens, specs))| {
            let answers: Vec<Answer> = answers(library, bundle, what, &specs)
                .into_iter()
                .filter_map(|change| {
                    let tried = trial.tried(&[&change])?;
                    let decided = |(before, after): (&Outcome, &Outcome)| {
                        let was_open = asked(&before);
                        (was_open && after.verdict != Verdict::NotConfirmed)
                            .then_some(Decided { requirement: after.requirement, to: after.verdict })
                    };
                    let decides: Vec<Decided> = base.iter().zip(&tried.outcomes).filter_map(decided).collect();
                    (!decides.is_empty()).then_some(Answer { changes: vec![change], decides })
                })
                .collect();
            let decided: BTreeSet<RequirementId> = answers.iter().flat_map(|a| a.decides.iter().map(|d| d.requirement)).collect();
            let weight = decided.iter().map(weight).sum();
            Unknown { what, answers, opens, weight }
        })
        .collect();
    facts.sort_by_key(|f| (Reverse(f.weight), Reverse(f.opens.len()), f.what));
    let decided: BTreeSet<RequirementId> =
        facts.iter().flat_map(|f| f.answers.iter().flat_map(|a| a.decides.iter().map(|d| d.requirement))).collect();
    let open: Vec<RequirementId> = base.iter().filter(asked).map(|o| o.requirement).collect();
    let undecided = open.iter().copied().filter(|id| !decided.contains(id)).collect();
    Next { date, facts, undecided, open: open.len(), untried }
}

/// One question for each thing of which there may have been none, for all days that are asked about.
fn nils_together(lacking: BTreeMap<Lacking, Reads>) -> BTreeMap<Lacking, Reads> {
    let mut days: BTreeMap<NilOf, Interval> = BTreeMap::new();
    for what in lacking.keys() {
        if let Lacking::Nil(of, period) = what {
            days.entry(*of).and_modify(|all| *all = none::together(*all, *period)).or_insert(*period);
        }
    }
    let mut all: BTreeMap<Lacking, Reads> = BTreeMap::new();
    for (what, (opens, specs)) in lacking {
        let what = match what {
            Lacking::Nil(of, period) => Lacking::Nil(of, days.get(&of).copied().unwrap_or(period)),
            Lacking::Fact(_) | Lacking::Field(_) => what,
        };
        let entry = all.entry(what).or_default();
        entry.0.extend(opens);
        entry.1.extend(specs);
    }
    all
}

/// Answers to try: all where there are few, else the ones that a condition tells apart.
fn answers(library: &Library, bundle: &Bundle, what: Lacking, specs: &BTreeSet<Spec>) -> Vec<Change> {
    let of = match what {
        Lacking::Nil(of, period) => return vec![Change::Nil { of, period }],
        Lacking::Fact(fact) => library.fact(fact).of,
        Lacking::Field(at) => match at.field {
            Some(FieldAt::Column(column)) => library.table(at.table).columns[column.0 as usize].of,
            Some(FieldAt::List(_)) | None => return Vec::new(),
        },
    };
    let few: Vec<Spec> = match of {
        Scalar::Bool => vec![Spec::cell(1), Spec::cell(0)],
        Scalar::Term(vocabulary) => {
            let terms = library.vocabulary(vocabulary).terms.len();
            if terms <= MOST_TERMS { (0..terms as i64).map(Spec::cell).collect() } else { specs.iter().cloned().collect() }
        }
        Scalar::Ref(kind) if bundle.rows(TableId(kind.0)).len == 0 => Vec::new(),
        _ if specs.is_empty() => vec![Spec::Any],
        // A fact in whole numbers is a count.
        Scalar::Whole if matches!(what, Lacking::Fact(_)) => specs.iter().filter(|s| !is_negative(s)).cloned().collect(),
        _ => specs.iter().cloned().collect(),
    };
    few.into_iter()
        .map(|spec| match what {
            Lacking::Fact(fact) => Change::Fact { fact, spec },
            Lacking::Field(at) => Change::Set { at, spec },
            Lacking::Nil(of, period) => Change::Nil { of, period },
        })
        .collect()
}

fn is_negative(spec: &Spec) -> bool {
    matches!(spec, Spec::Cells(cells) if cells.single().is_some_and(|n| n < 0))
}

/// Looks through grounds for what is not known.
struct Looker<'l> {
    library: &'l Library,
    bundle: &'l Bundle,
    judge: &'l assess::Plan<'l>,
    outcome: &'l Outcome,
    found: &'l mut BTreeMap<Lacking, Reads>,
}

impl Looker<'_> {
    fn note(&mut self, what: Lacking, specs: impl IntoIterator<Item = Spec>) {
        let entry = self.found.entry(what).or_default();
        entry.0.insert(self.outcome.requirement);
        entry.1.extend(specs);
    }

    fn ground(&mut self, ground: &Ground) {
        if ground.truth != Truth::Unknown {
            return;
        }
        match &ground.step {
            Step::Value(shown) => self.shown(shown, Vec::new()),
            Step::Compare { left, op, right, .. } => {
                let sides = [(left, right, *op, false), (right, left, *op, true)];
                for (mine, other, op, turned) in sides {
                    self.shown(mine, self.around(other, op, turned));
                }
            }
            Step::Window { value, window, .. } => {
                let days = match window.value {
                    Some(crate::library::model::Value::Interval(days)) => {
                        let (first, last) = (i64::from(days.first.day_number()), i64::from(days.last.day_number()));
                        vec![Spec::cell(first - 1), Spec::cell(first), Spec::cell(last), Spec::cell(last + 1)]
                    }
                    _ => Vec::new(),
                };
                self.shown(value, if value.of == Scalar::Date { days } else { Vec::new() });
                self.shown(window, Vec::new());
            }
            Step::Presence { of, .. } => self.shown(of, Vec::new()),
            Step::Among { value, .. } => self.shown(value, Vec::new()),
            Step::Elements(found) => self.elements(found),
            Step::Not | Step::And | Step::Or | Step::Group { .. } | Step::Named(_) | Step::Rhythm(_) | Step::Withheld => {}
        }
        ground.below.iter().for_each(|g| self.ground(g));
    }

    fn elements(&mut self, found: &Elements) {
        if let Some(kind) = found.nil_return_wanted {
            let days = none::days(self.judge, self.outcome.requirement, kind);
            if self.bundle.rows(TableId(kind.0)).len > 0 {
                self.note(Lacking::Nil(NilOf::Requirement(self.outcome.requirement), days), []);
            } else if !none::contradicted(self.library, self.bundle, kind) {
                self.note(Lacking::Nil(NilOf::Kind(kind), days), []);
            }
        }
        for element in &found.shown {
            if let Some(ground) = &element.ground {
                self.ground(ground);
            }
        }
        if let Some(nearest) = &found.nearest {
            nearest.misses.iter().for_each(|g| self.ground(g));
        }
        if let Some(at) = found.unstated {
            self.note(Lacking::Field(at), []);
        }
    }

    /// Values on both sides of what a field is compared with.
    fn around(&self, other: &Shown, _: crate::library::model::CompareOp, _: bool) -> Vec<Spec> {
        use crate::library::model::Value;
        let near = |n: i64| vec![Spec::cell(n.saturating_sub(1)), Spec::cell(n), Spec::cell(n.saturating_add(1))];
        match other.value {
            // Where the rule itself names no negative number, none is meant.
            Some(Value::Whole(n)) => {
                near(n).into_iter().filter(|spec| n > i64::MIN + 4 && (n < 0 || !is_negative(spec))).collect()
            }
            Some(Value::Date(d)) => near(i64::from(d.day_number())),
            Some(Value::Text(_) | Value::Decimal(_) | Value::Period(_) | Value::Interval(_) | Value::Percent(_)) => Vec::new(),
            Some(Value::Bool(_) | Value::Term(_)) | None => Vec::new(),
        }
    }

    fn shown(&mut self, shown: &Shown, specs: Vec<Spec>) {
        if shown.value.is_some() {
            return;
        }
        match shown.from {
            From::Fact(fact) => self.note(Lacking::Fact(fact), specs),
            From::Field(at) => {
                if let Some(FieldAt::Column(column)) = at.field
                    && self.library.table(at.table).columns.get(column.0 as usize).is_some()
                    && self.bundle.cell(at.table, at.row, column) == MISSING
                {
                    self.note(Lacking::Field(at), specs);
                }
            }
            From::Rule
            | From::Item(_)
            | From::Entity
            | From::Assessment
            | From::Parameter(_)
            | From::Aggregate(..)
            | From::Computed(_) => {}
        }
    }
}
