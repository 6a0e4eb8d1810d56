//! Puts a plan together: fixes of every gap, tried; the choice among them; and the proof of what was chosen.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::change::Change;
use super::cover::{Instance, choose};
use super::derive::Stuck;
use super::fix::{Draft, Fix};
use super::settle::{broken, turned, verified};
use super::spec::Spec;
use super::trial::Trial;
use super::{Asked, Closed, Options, Plan, Repair, effort};
use crate::assess::{self, JudgeState, Outcome, Run, Tally, Verdict};
use crate::base::Date;
use crate::evidence::{Bundle, FieldAt};
use crate::library::model::{Duty, InstrumentKind, RequirementId, Scalar, Severity};
use crate::library::{Checked, Library};
use crate::policy::Policies;

/// So often a choice whose proof fails is made anew without what failed.
const ROUNDS: usize = 40;

/// What would close the gaps of a bundle on a day.
#[must_use]
pub fn propose(library: &Checked<Library>, bundle: &Bundle, date: Date, policies: &Policies, options: &Options) -> Plan {
    let judge = assess::Plan::new(library, date);
    let admissibility = policies.admissibility(library, bundle);
    let base = assess::outcomes(&judge, bundle, &admissibility);
    let trial = Trial::new(library, bundle, date, policies, &judge);

    let mut gaps: Vec<&Outcome> = base.iter().filter(|o| asked_for(library, options, o)).collect();
    gaps.sort_by_key(|o| (Reverse(library.requirement(o.requirement).severity), o.verdict.strength(), o.requirement));
    let asked = gaps.iter().flat_map(|o| judgements(o)).collect();
    gaps.retain(|o| o.verdict != Verdict::NeedsJudgement);
    let found: Vec<Result<Vec<Fix>, Stuck>> = gaps
        .par_iter()
        .map(|gap| {
            if !gap.clauses.iter().any(|c| c.truth != crate::base::Truth::True) {
                return Err(if says_no(gap) { Stuck::AnsweredNo } else { Stuck::Scope });
            }
            verified(&trial, &Run::new(&judge, bundle, &admissibility), &base, gap)
        })
        .collect();

    let mut stuck: BTreeMap<RequirementId, Stuck> = BTreeMap::new();
    let mut open: Vec<(&Outcome, Vec<Fix>)> = Vec::new();
    for (gap, found) in gaps.iter().zip(found) {
        match found {
            Ok(fixes) => open.push((gap, fixes)),
            Err(why) => {
                stuck.insert(gap.requirement, why);
            }
        }
    }
    let mut maker = Maker { trial: &trial, base: &base, limit: options.limit, optimal: true, merging: true };
    let mut repairs = Vec::new();
    for _ in 0..ROUNDS {
        let (made, failed) = maker.repairs(&open);
        repairs = made;
        let proof = if failed.is_empty() { maker.proof(&repairs) } else { Err(failed) };
        match proof {
            Ok(()) => break,
            Err(_) if maker.merging => {
                maker.merging = false;
                repairs.clear();
            }
            Err(wrong) => {
                for id in &wrong {
                    stuck.insert(*id, Stuck::NotVerified);
                }
                open.retain(|(gap, _)| !wrong.contains(&gap.requirement));
                repairs.clear();
            }
        }
    }
    let closed: BTreeSet<RequirementId> = repairs.iter().flat_map(|r| r.closes.iter().map(|c| c.requirement)).collect();
    let left = open.iter().map(|(gap, _)| gap.requirement).filter(|id| !closed.contains(id)).collect();
    let all: Vec<&Change> = repairs.iter().flat_map(|r| &r.changes).collect();
    let after = trial.tried(&all).map_or_else(|| Tally::of(&base), |t| Tally::of(&t.outcomes));
    let order = |id: &RequirementId| gaps.iter().position(|g| g.requirement == *id);
    let mut stuck: Vec<(RequirementId, Stuck)> = stuck.into_iter().collect();
    stuck.sort_by_key(|(id, _)| order(id));
    Plan { date, repairs, stuck, left, asked, optimal: maker.optimal, before: Tally::of(&base), after }
}

fn asked_for(library: &Library, options: &Options, outcome: &Outcome) -> bool {
    let severity = library.requirement(outcome.requirement).severity;
    matches!(outcome.verdict, Verdict::NotMet(_) | Verdict::NotConfirmed | Verdict::NeedsJudgement)
        && options.only.as_ref().is_none_or(|only| only.contains(&outcome.requirement))
        && options.severity.is_none_or(|least| severity >= least)
}

fn says_no(outcome: &Outcome) -> bool {
    outcome.judges.iter().any(|j| matches!(j.state, JudgeState::No(_)))
}

fn judgements(outcome: &Outcome) -> Vec<Asked> {
    let open = outcome.judges.iter().filter(|j| !matches!(j.state, JudgeState::Yes(_)));
    open.map(|j| Asked { requirement: outcome.requirement, judge: j.judge, state: j.state }).collect()
}

/// Makes repairs of fixes.
struct Maker<'a, 't> {
    trial: &'t Trial<'a>,
    base: &'t [Outcome],
    limit: Option<usize>,
    optimal: bool,
    /// Whether one new item may stand for several that are wanted.
    merging: bool,
}

/// A change to choose: as it was derived, or one new item for several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    Plain(Change),
    /// A new item that others may share, and the how manyeth of its like in its fix.
    Item(Draft, usize),
    /// One for several: the number of the cluster, and the how manyeth.
    Shared(usize, usize),
}

/// What is done first: severity, law, what is filed before what is said not to be there, effort, a date, how soon, and the order of names.
type Rank = (Reverse<Option<Severity>>, Reverse<bool>, bool, u32, bool, Option<Date>, Option<RequirementId>);

impl Maker<'_, '_> {
    /// Repairs, and the gaps of those that did not hold when they were tried.
    fn repairs(&mut self, open: &[(&Outcome, Vec<Fix>)]) -> (Vec<Repair>, BTreeSet<RequirementId>) {
        let clusters = if self.merging { clusters(open) } else { Vec::new() };
        let mut atoms: BTreeMap<Atom, usize> = BTreeMap::new();
        let mut efforts = Vec::new();
        let mut members: Vec<Vec<Vec<Atom>>> = Vec::new();
        let mut linked = 0;
        let mut options = Vec::new();
        for (_, fixes) in open {
            let mut ways: Vec<Vec<Atom>> = Vec::new();
            for fix in fixes {
                let plain = plain(fix, &mut linked);
                let shared = plain.iter().map(|atom| shared(atom, &clusters)).collect::<Vec<Atom>>();
                let differs = shared != plain;
                ways.push(plain);
                if differs {
                    ways.push(shared);
                }
            }
            let mut sets = Vec::new();
            for way in &ways {
                let mut set = BTreeSet::new();
                for atom in way {
                    let next = efforts.len();
                    let number = *atoms.entry(atom.clone()).or_insert(next);
                    if number == next {
                        efforts.push(self.effort(atom));
                    }
                    set.insert(number);
                }
                sets.push(set);
            }
            members.push(ways);
            options.push(sets);
        }
        let weight = |severity| match severity {
            Severity::Critical => 1u64 << 40,
            Severity::Major => 1 << 20,
            Severity::Minor => 1,
        };
        let library = self.trial.library;
        let weights = open.iter().map(|(gap, _)| weight(library.requirement(gap.requirement).severity)).collect();
        let choice = choose(&Instance { weights, options, efforts }, self.limit);
        self.optimal &= choice.optimal;
        let chosen: Vec<(&Outcome, &[Atom])> = open
            .iter()
            .zip(&members)
            .zip(&choice.chosen)
            .filter_map(|(((gap, _), ways), chosen)| Some((*gap, ways.get((*chosen)?)?.as_slice())))
            .collect();
        self.grouped(&chosen, open, &clusters)
    }

    fn effort(&self, atom: &Atom) -> u32 {
        match atom {
            Atom::Plain(change) => effort::points(self.trial.bundle, change),
            Atom::Item(..) | Atom::Shared(..) => 3,
        }
    }

    /// Gaps whose changes are shared make one repair.
    fn grouped(
        &self,
        chosen: &[(&Outcome, &[Atom])],
        open: &[(&Outcome, Vec<Fix>)],
        clusters: &[Vec<Draft>],
    ) -> (Vec<Repair>, BTreeSet<RequirementId>) {
        let mut drafts: BTreeMap<(usize, usize), Draft> = BTreeMap::new();
        for (gap, atoms) in chosen {
            for atom in *atoms {
                if let Atom::Shared(cluster, nth) = atom {
                    let wanted = wanted_of(gap, open, clusters.get(*cluster), *nth);
                    for draft in wanted {
                        let both = match drafts.get(&(*cluster, *nth)) {
                            Some(before) => before.and(&draft),
                            None => Some(draft),
                        };
                        if let Some(both) = both {
                            drafts.insert((*cluster, *nth), both);
                        }
                    }
                }
            }
        }
        let mut numbers: BTreeMap<Atom, usize> = BTreeMap::new();
        let first = chosen.iter().flat_map(|(_, a)| a.iter()).filter_map(|a| match a {
            Atom::Plain(Change::Add { number, .. }) => Some(number + 1),
            Atom::Plain(_) | Atom::Item(..) | Atom::Shared(..) => None,
        });
        let mut next = first.max().unwrap_or(0);
        let mut groups: Vec<(BTreeSet<Atom>, Vec<&Outcome>)> = Vec::new();
        for (gap, atoms) in chosen {
            let mine: BTreeSet<Atom> = atoms.iter().cloned().collect();
            let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(of, _)| !of.is_disjoint(&mine));
            groups = apart;
            let mut group = (mine, Vec::new());
            for (of, gaps) in joined {
                group.0.extend(of);
                group.1.extend(gaps);
            }
            group.1.push(gap);
            groups.push(group);
        }
        let mut repairs = Vec::new();
        for (atoms, gaps) in groups {
            let mut changes = Vec::new();
            for atom in atoms {
                match &atom {
                    Atom::Plain(change) => changes.push(change.clone()),
                    Atom::Item(draft, _) => {
                        let number = *numbers.entry(atom.clone()).or_insert(next);
                        next += usize::from(number == next);
                        changes.push(Change::Add { number, draft: draft.clone() });
                    }
                    Atom::Shared(cluster, nth) => {
                        let number = *numbers.entry(atom.clone()).or_insert(next);
                        next += usize::from(number == next);
                        if let Some(draft) = drafts.get(&(*cluster, *nth)) {
                            changes.push(Change::Add { number, draft: draft.clone() });
                        }
                    }
                }
            }
            changes.sort();
            repairs.push((changes, gaps));
        }
        let tried: Vec<Result<Repair, Vec<RequirementId>>> = repairs
            .into_par_iter()
            .map(|(changes, gaps)| self.repair(changes, &gaps).ok_or_else(|| gaps.iter().map(|g| g.requirement).collect()))
            .collect();
        let (mut repairs, mut failed) = (Vec::new(), BTreeSet::new());
        for one in tried {
            match one {
                Ok(repair) => repairs.push(repair),
                Err(gaps) => failed.extend(gaps),
            }
        }
        repairs.sort_by_key(|r| self.rank(r));
        (renumbered(repairs), failed)
    }

    /// A repair on trial: it turns what it is for and breaks nothing, and whatever can be left out is.
    fn repair(&self, mut changes: Vec<Change>, gaps: &[&Outcome]) -> Option<Repair> {
        let holds = |changes: &[&Change]| {
            let after = self.trial.verdicts(changes)?;
            let closed: Vec<Closed> = gaps
                .iter()
                .map(|g| Closed {
                    requirement: g.requirement,
                    from: g.verdict,
                    to: after.get(g.requirement.0 as usize).copied().unwrap_or(g.verdict),
                })
                .collect();
            let broke = self.base.iter().zip(&after).any(|(b, a)| broken(b.verdict, *a));
            (!broke && closed.iter().all(|c| turned(c.to))).then_some(closed)
        };
        let mut closes = holds(&changes.iter().collect::<Vec<_>>())?;
        let mut at = 0;
        while changes.len() > 1 && at < changes.len() {
            let without: Vec<&Change> = changes.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
            match holds(&without) {
                Some(still) => {
                    closes = still;
                    changes.remove(at);
                }
                None => at += 1,
            }
        }
        let severity = |c: &Closed| self.trial.library.requirement(c.requirement).severity;
        closes.sort_by_key(|c| (Reverse(severity(c)), c.requirement));
        let effort = changes.iter().map(|c| effort::points(self.trial.bundle, c)).sum();
        let by = changes.iter().filter_map(|c| self.by(c)).min();
        let law = closes.iter().any(|c| law_asks(self.trial.library, c.requirement, self.trial.date));
        Some(Repair { closes, changes, effort, by, law })
    }

    /// The last day on which a change still does, where that is to come.
    fn by(&self, change: &Change) -> Option<Date> {
        let library = self.trial.library;
        let mut last: Option<Date> = None;
        let mut look = |of: Scalar, spec: &Spec| {
            if let (Scalar::Date, Spec::Cells(cells)) = (of, spec)
                && let Some(day) = i32::try_from(cells.last).ok().and_then(Date::from_day_number)
                && day >= self.trial.date
            {
                last = Some(last.map_or(day, |l| l.min(day)));
            }
        };
        match change {
            Change::Add { draft, .. } | Change::Append { draft, .. } => {
                draft.each_field(&mut |table, column, spec| look(library.table(table).columns[column.0 as usize].of, spec));
            }
            Change::Set { at, spec } => {
                if let Some(FieldAt::Column(column)) = at.field {
                    look(library.table(at.table).columns[column.0 as usize].of, spec);
                }
            }
            Change::Fact { .. } | Change::Nil { .. } | Change::Attach { .. } => {}
        }
        last
    }

    /// By severity, then what law asks for, then what there is to file before what there may have been none of, then by work and day.
    fn rank(&self, repair: &Repair) -> Rank {
        let nil = repair.changes.iter().any(|c| matches!(c, Change::Nil { .. }));
        let severity = repair.closes.iter().map(|c| self.trial.library.requirement(c.requirement).severity).max();
        let first = repair.closes.first().map(|c| c.requirement);
        (Reverse(severity), Reverse(repair.law), nil, repair.effort, repair.by.is_none(), repair.by, first)
    }

    /// All repairs together: everything they close is closed, and nothing that was met is not any more. What is wrong otherwise.
    fn proof(&self, repairs: &[Repair]) -> Result<(), BTreeSet<RequirementId>> {
        let all: Vec<&Change> = repairs.iter().flat_map(|r| &r.changes).collect();
        let closes = || repairs.iter().flat_map(|r| &r.closes).map(|c| c.requirement);
        if all.is_empty() {
            return Ok(());
        }
        let Some(after) = self.trial.verdicts(&all) else { return Err(closes().take(1).collect()) };
        let open: BTreeSet<RequirementId> = closes().filter(|id| after.get(id.0 as usize).is_none_or(|v| !turned(*v))).collect();
        if !open.is_empty() {
            return Err(open);
        }
        let broke = self.base.iter().zip(&after).any(|(b, a)| broken(b.verdict, *a));
        // Which of them does it together with others cannot be told: the one that matters least goes.
        if broke { Err(repairs.last().into_iter().flat_map(|r| &r.closes).map(|c| c.requirement).collect()) } else { Ok(()) }
    }
}

/// The changes of a fix to choose from. Items that name each other stay as they are, with numbers of their own.
fn plain(fix: &Fix, linked: &mut usize) -> Vec<Atom> {
    let names = |changes: &[Change]| {
        changes.iter().any(|c| match c {
            Change::Add { draft, .. } | Change::Append { draft, .. } => draft.names_new(),
            Change::Set { spec, .. } | Change::Fact { spec, .. } => matches!(spec, Spec::New(_)),
            Change::Nil { .. } | Change::Attach { .. } => false,
        })
    };
    let changes = fix.changes(*linked);
    if names(&changes) {
        *linked += fix.adds.len();
        return changes.into_iter().map(Atom::Plain).collect();
    }
    let mut seen: BTreeMap<Draft, usize> = BTreeMap::new();
    let item = |change| match change {
        Change::Add { draft, .. } => {
            let nth = seen.entry(draft.clone()).or_default();
            *nth += 1;
            Atom::Item(draft, *nth - 1)
        }
        other => Atom::Plain(other),
    };
    changes.into_iter().map(item).collect()
}

/// Items of one kind that one item could be, put together first come, first served.
fn clusters(open: &[(&Outcome, Vec<Fix>)]) -> Vec<Vec<Draft>> {
    let drafts: BTreeSet<&Draft> = open
        .iter()
        .flat_map(|(_, fixes)| fixes)
        .filter(|fix| !fix.adds.iter().any(Draft::names_new))
        .flat_map(|fix| &fix.adds)
        .collect();
    let mut clusters: Vec<(Draft, Vec<Draft>)> = Vec::new();
    for draft in drafts {
        let fits = clusters.iter().enumerate().find_map(|(i, (all, _))| all.and(draft).map(|both| (i, both)));
        match fits {
            Some((i, both)) => {
                clusters[i].0 = both;
                clusters[i].1.push(draft.clone());
            }
            None => clusters.push((draft.clone(), vec![draft.clone()])),
        }
    }
    clusters.into_iter().map(|(_, members)| members).filter(|m| m.len() > 1).collect()
}

fn shared(atom: &Atom, clusters: &[Vec<Draft>]) -> Atom {
    match atom {
        Atom::Item(draft, nth) => match clusters.iter().position(|c| c.contains(draft)) {
            Some(cluster) => Atom::Shared(cluster, *nth),
            None => atom.clone(),
        },
        Atom::Plain(_) | Atom::Shared(..) => atom.clone(),
    }
}

/// What a gap wants of the item it shares.
fn wanted_of(gap: &Outcome, open: &[(&Outcome, Vec<Fix>)], cluster: Option<&Vec<Draft>>, nth: usize) -> Vec<Draft> {
    let Some(cluster) = cluster else { return Vec::new() };
    let fixes = open.iter().find(|(g, _)| g.requirement == gap.requirement).map_or(&[][..], |(_, f)| f.as_slice());
    let mine = fixes.iter().flat_map(|f| f.adds.iter().filter(|d| cluster.contains(d)));
    mine.skip(nth).take(1).cloned().collect()
}

impl Draft {
    /// One item that is both; `None` when none can be.
    fn and(&self, other: &Self) -> Option<Self> {
        if self.table != other.table {
            return None;
        }
        let mut both = self.clone();
        for (column, spec) in &other.fields {
            let joined = both.fields.get(column).map_or_else(|| Some(spec.clone()), |before| before.and(spec))?;
            both.fields.insert(*column, joined);
        }
        for (list, elements) in &other.lists {
            let there = both.lists.entry(*list).or_default();
            let new: Vec<Self> = elements.iter().filter(|e| !there.contains(e)).cloned().collect();
            there.extend(new);
        }
        Some(both)
    }
}

/// New items numbered in the order of the repairs.
fn renumbered(mut repairs: Vec<Repair>) -> Vec<Repair> {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for change in repairs.iter().flat_map(|r| &r.changes) {
        if let Change::Add { number, .. } = change {
            let next = numbers.len();
            numbers.entry(*number).or_insert(next);
        }
    }
    let to = |number: usize| numbers.get(&number).copied().unwrap_or(number);
    for change in repairs.iter_mut().flat_map(|r| &mut r.changes) {
        match change {
            Change::Add { number, draft } => {
                *number = to(*number);
                draft.renumber(&to);
            }
            Change::Append { draft, .. } => draft.renumber(&to),
            Change::Set { spec, .. } | Change::Fact { spec, .. } => {
                if let Spec::New(number) = spec {
                    *number = to(*number);
                }
            }
            Change::Nil { .. } | Change::Attach { .. } => {}
        }
    }
    repairs
}

/// Whether a requirement discharges a provision of law or a direction, in force on the day, that says *must*.
fn law_asks(library: &Library, id: RequirementId, date: Date) -> bool {
    library.requirement(id).discharges.iter().map(|p| library.provision(*p)).any(|p| {
        let kind = library.instrument(p.key.instrument).kind;
        let binding = matches!(kind, InstrumentKind::Law | InstrumentKind::Direction);
        binding && p.duty == Duty::Must && p.in_force_on(date)
    })
}
