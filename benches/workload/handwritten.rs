//! The floor: the hundred requirements by hand, over typed structs, with what is missing for each that is not met.
//!
//! Items are kept by kind; references are joined through hash maps once per bundle; everything else is a loop over the items of one kind.

use std::collections::HashMap;

use abide::base::{Date, Interval};

use super::terms::{EntityKind, Grade, Severity, Stage, Status};
use super::typed::{Action, Analysis, Background, Bundle, Day, Evidence, Incident, Person, Training};
use super::words::{Word, last_months};
use super::{Applies, Chain, ForAll, Member, Pick, Requirement, Rhythm, Rule, Series};

/// What became of a requirement.
#[derive(Debug)]
#[allow(dead_code, reason = "the explanation is what is measured; nothing prints it")]
pub(crate) struct Outcome<'a> {
    /// The requirement.
    pub(crate) name: &'a str,
    /// The verdict.
    pub(crate) verdict: Word,
    /// Why it is not met.
    pub(crate) why: Option<Why<'a>>,
}

/// Why a requirement is not met.
#[derive(Debug)]
pub(crate) enum Why<'a> {
    /// Not enough items of those considered; those that come near, with what they miss.
    TooFew { found: usize, needed: u32, near: Vec<(&'a str, Miss)> },
    /// The series breaks off.
    Broken { missed: Vec<Interval>, longest_gap: Interval, dates: usize },
    /// These fail.
    Failing(Vec<(&'a str, Miss)>),
    /// These incidents got only so far.
    Stuck(Vec<(&'a str, Stuck<'a>)>),
    /// These members fail.
    Members { holding: u32, needed: u32, failing: Vec<(&'static str, Why<'a>)> },
    /// These should not be.
    Offending(Vec<&'a str>),
    /// Nobody to look at.
    Nobody,
}

/// What an item misses.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Miss {
    /// Too old by so many days.
    TooOld(i32),
    /// Too high or too low by so much.
    Off(i64),
    /// Another condition.
    Condition,
    /// There is no record at all.
    NoRecord,
}

/// How far a chain got.
#[derive(Debug)]
pub(crate) enum Stuck<'a> {
    /// No root cause analysis.
    NotAnalysed,
    /// Analysed so many days late.
    Late(&'a str, i32),
    /// Without human factors.
    WithoutHumanFactors(&'a str),
    /// No action, or none verified.
    NotVerified(&'a str, Option<&'a str>),
    /// Verified by its owner.
    VerifiedByOwner(&'a str),
}

struct Index<'a> {
    on: Date,
    evidence: &'a Evidence,
    people: HashMap<&'a str, &'a Person>,
    training: HashMap<&'a str, Vec<&'a Training>>,
    checks: HashMap<&'a str, Vec<&'a Background>>,
    analyses: HashMap<&'a str, Vec<&'a Analysis>>,
    actions: HashMap<&'a str, Vec<&'a Action>>,
}

/// Evaluates all requirements on a day.
pub(crate) fn evaluate<'a>(bundle: &'a Bundle, requirements: &'a [Requirement], on: Date) -> Vec<Outcome<'a>> {
    let evidence = &bundle.evidence;
    let index = Index {
        on,
        evidence,
        people: evidence.people.iter().map(|p| (p.id.as_str(), p)).collect(),
        training: group(&evidence.training, |t| &t.person),
        checks: group(&evidence.checks, |c| &c.person),
        analyses: group(&evidence.analyses, |a| &a.incident),
        actions: group(&evidence.actions, |a| &a.analysis),
    };
    let outcome = |r: &'a Requirement| {
        let applies = match r.applies {
            Applies::All => true,
            Applies::Airports => bundle.entity.kind == EntityKind::Airport,
            Applies::AirCarriers => bundle.entity.kind == EntityKind::AirCarrier,
            Applies::PassHoldersOver(n) => bundle.entity.facts.pass_holders > n,
        };
        if !applies {
            return Outcome { name: &r.name, verdict: Word::NotApplicable, why: None };
        }
        let (verdict, why) = match index.rule(&r.rule) {
            Ok(()) => (Word::Met, None),
            Err(Why::Nobody) => (Word::NotConfirmed, Some(Why::Nobody)),
            Err(why) => (Word::NotMet, Some(why)),
        };
        Outcome { name: &r.name, verdict, why }
    };
    requirements.iter().map(outcome).collect()
}

fn group<'a, T>(items: &'a [T], key: impl Fn(&'a T) -> &'a String) -> HashMap<&'a str, Vec<&'a T>> {
    let mut groups: HashMap<&str, Vec<&T>> = HashMap::new();
    for item in items {
        groups.entry(key(item)).or_default().push(item);
    }
    groups
}

fn lookup<'a, T>(groups: &HashMap<&'a str, Vec<&'a T>>, key: &str) -> impl Iterator<Item = &'a T> {
    groups.get(key).into_iter().flatten().copied()
}

/// Whether an item counts, or what it misses; `None` when it is not about this at all.
type Counts<'a> = (&'a str, Result<(), Miss>);

impl<'a> Index<'a> {
    fn rule(&self, rule: &Rule) -> Result<(), Why<'a>> {
        match rule {
            Rule::Exists(pick) => self.at_least(1, *pick),
            Rule::Count(needed, pick) => self.at_least(*needed, *pick),
            Rule::Recurs(series, rhythm) => self.recurs(*series, *rhythm),
            Rule::ForAll(all) => self.for_all(*all),
            Rule::Chain(chain) => self.chain(*chain),
            Rule::Combination(needed, members) => self.combination(*needed, members),
        }
    }

    fn active(&self, person: &str) -> bool {
        self.people.get(person).is_some_and(|p| p.active)
    }

    fn recent(&self, day: Day, months: u32) -> Result<(), Miss> {
        let window = last_months(self.on, months);
        if window.contains(day.0) { Ok(()) } else { Err(Miss::TooOld(day.0.days_to(window.first))) }
    }

    fn at_least(&self, needed: u32, pick: Pick) -> Result<(), Why<'a>> {
        let mut found = 0;
        self.look(pick, |_, counts| found += usize::from(counts.is_ok()));
        if found >= needed as usize {
            return Ok(());
        }
        let mut near = Vec::new();
        self.look(pick, |id, counts| near.extend(counts.err().map(|miss| (id, miss))));
        Err(Why::TooFew { found, needed, near })
    }

    /// Looks at every item that is about this.
    fn look(&self, pick: Pick, mut see: impl FnMut(&'a str, Result<(), Miss>)) {
        let holds = |ok: bool| if ok { Ok(()) } else { Err(Miss::Condition) };
        let at_most = |n: i64, limit: i64| if n <= limit { Ok(()) } else { Err(Miss::Off(n - limit)) };
        let window = last_months(self.on, pick.months());
        let recent = |day: Day| if window.contains(day.0) { Ok(()) } else { Err(Miss::TooOld(day.0.days_to(window.first))) };
        let mut see = |(id, counts): Counts<'a>| see(id, counts);
        match pick {
            Pick::Document(topic, _) => self.evidence.documents.iter().filter(|d| d.topic == topic).for_each(|d| {
                let counts = holds(d.stage == Stage::Approved && self.active(&d.owner)).and_then(|()| recent(d.approved));
                see((&d.id, counts));
            }),
            Pick::Risk(asset, _, limit) => self.evidence.risks.iter().filter(|r| r.asset == asset).for_each(|r| {
                see((&r.id, recent(r.reviewed).and_then(|()| at_most(r.score, limit))));
            }),
            Pick::Supplier(class, _) => self.evidence.reviews.iter().filter(|r| r.class == class).for_each(|r| {
                see((&r.id, holds(r.grade == Grade::Pass).and_then(|()| recent(r.date))));
            }),
            Pick::Audit(area, _, limit) => self.evidence.audits.iter().filter(|a| a.area == area).for_each(|a| {
                see((&a.id, recent(a.date).and_then(|()| at_most(a.findings, limit))));
            }),
            Pick::Exercise(scenario, _, least) => {
                self.evidence.exercises.iter().filter(|e| e.scenario == scenario).for_each(|e| {
                    see((&e.id, recent(e.date).and_then(|()| at_most(least, e.participants))));
                });
            }
            Pick::Meeting(forum, _, least) => self.evidence.meetings.iter().filter(|m| m.forum == forum).for_each(|m| {
                see((&m.id, recent(m.date).and_then(|()| at_most(least, m.attendees))));
            }),
            Pick::Kpi(indicator, _, least) => self.evidence.kpis.iter().filter(|k| k.indicator == indicator).for_each(|k| {
                see((&k.id, recent(k.period_end).and_then(|()| at_most(least, k.value))));
            }),
            Pick::Training(course, _) => self.evidence.training.iter().filter(|t| t.course == course).for_each(|t| {
                see((&t.id, holds(t.grade == Grade::Pass).and_then(|()| recent(t.completed))));
            }),
            Pick::LateIncident(category, _) => {
                let serious = |i: &&Incident| i.category == category && i.severity >= Severity::Serious;
                self.evidence.incidents.iter().filter(serious).for_each(|i| {
                    see((&i.id, recent(i.detected).and_then(|()| holds(i.detected.0.days_to(i.reported.0) > 3))));
                });
            }
        }
    }

    fn recurs(&self, series: Series, rhythm: Rhythm) -> Result<(), Why<'a>> {
        let window = last_months(self.on, 12);
        let mut dates: Vec<Date> = match series {
            Series::Meeting(forum) => self.evidence.meetings.iter().filter(|m| m.forum == forum).map(|m| m.date.0).collect(),
            Series::Kpi(indicator) => {
                self.evidence.kpis.iter().filter(|k| k.indicator == indicator).map(|k| k.period_end.0).collect()
            }
        };
        dates.retain(|d| window.contains(*d));
        dates.sort_unstable();

        let slots = (window.first.days_to(window.last) + 1) / rhythm.every;
        let mut filled = vec![false; slots as usize];
        for date in &dates {
            if let Some(slot) = filled.get_mut((window.first.days_to(*date) / rhythm.every) as usize) {
                *slot = true;
            }
        }
        let missed = filled.iter().filter(|f| !**f).count();
        let ends = [window.first].into_iter().chain(dates.iter().copied());
        let gaps = ends.zip(dates.iter().copied().chain([window.last])).map(|(a, b)| Interval::new(a, b));
        let longest_gap = gaps.max_by_key(|g| g.first.days_to(g.last)).unwrap_or(window);
        if missed <= rhythm.missed as usize && longest_gap.first.days_to(longest_gap.last) <= rhythm.gap {
            return Ok(());
        }
        let slot = |i: usize| {
            let first = window.first.day_number() + i as i32 * rhythm.every;
            let day = |n| Date::from_day_number(n).unwrap_or(window.last);
            Interval::new(day(first), day(first + rhythm.every - 1))
        };
        let missed = filled.iter().enumerate().filter(|(_, f)| !**f).map(|(i, _)| slot(i)).collect();
        Err(Why::Broken { missed, longest_gap, dates: dates.len() })
    }

    fn for_all(&self, all: ForAll) -> Result<(), Why<'a>> {
        let people = self.evidence.people.iter().filter(|p| p.active);
        match all {
            ForAll::Trained(role, course, months) => every(people.filter(|p| p.role == role), |p| {
                let mut miss = Miss::NoRecord;
                for record in lookup(&self.training, &p.id).filter(|t| t.course == course) {
                    match self.recent(record.completed, months) {
                        Ok(()) if record.grade == Grade::Pass => return Ok(()),
                        Ok(()) => miss = Miss::Condition,
                        Err(m) => miss = m,
                    }
                }
                Err((&p.id, miss))
            }),
            ForAll::Checked(role, level, months) => every(people.filter(|p| p.role == role && p.unescorted), |p| {
                let mut miss = Miss::NoRecord;
                for check in lookup(&self.checks, &p.id).filter(|c| c.level == level) {
                    match self.recent(check.completed, months) {
                        Ok(()) if check.grade == Grade::Pass => return Ok(()),
                        Ok(()) => miss = Miss::Condition,
                        Err(m) => miss = m,
                    }
                }
                Err((&p.id, miss))
            }),
            ForAll::Passes(zone) => every(self.evidence.passes.iter().filter(|p| p.zone == zone && !p.returned), |p| {
                if p.expires.0 < self.on {
                    Err((&p.id, Miss::TooOld(p.expires.0.days_to(self.on))))
                } else if !self.active(&p.holder) {
                    Err((&p.id, Miss::Condition))
                } else {
                    Ok(())
                }
            }),
            ForAll::Risks(score, months) => every(self.evidence.risks.iter().filter(|r| r.score >= score), |r| {
                self.recent(r.reviewed, months).map_err(|miss| (r.id.as_str(), miss))?;
                if self.active(&r.owner) { Ok(()) } else { Err((&r.id, Miss::Condition)) }
            }),
        }
    }

    fn chain(&self, chain: Chain) -> Result<(), Why<'a>> {
        let window = last_months(self.on, chain.months);
        let mut anyone = false;
        let mut stuck = Vec::new();
        for incident in &self.evidence.incidents {
            if incident.severity < chain.severity
                || chain.category.is_some_and(|c| c != incident.category)
                || !window.contains(incident.detected.0)
            {
                continue;
            }
            anyone = true;
            if let Err(at) = self.follow(incident, chain.days) {
                stuck.push((incident.id.as_str(), at));
            }
        }
        match (anyone, stuck.is_empty()) {
            (false, _) => Err(Why::Nobody),
            (true, true) => Ok(()),
            (true, false) => Err(Why::Stuck(stuck)),
        }
    }

    fn follow(&self, incident: &Incident, days: i32) -> Result<(), Stuck<'a>> {
        let mut furthest = Stuck::NotAnalysed;
        for analysis in lookup(&self.analyses, &incident.id) {
            let took = incident.detected.0.days_to(analysis.completed.0);
            if took < 0 || took > days {
                furthest = Stuck::Late(&analysis.id, took - days);
            } else if !analysis.human_factors {
                furthest = Stuck::WithoutHumanFactors(&analysis.id);
            } else {
                furthest = Stuck::NotVerified(&analysis.id, None);
                for action in lookup(&self.actions, &analysis.id) {
                    if action.status != Status::Verified {
                        furthest = Stuck::NotVerified(&analysis.id, Some(&action.id));
                    } else if action.verifier == action.owner {
                        furthest = Stuck::VerifiedByOwner(&action.id);
                    } else {
                        return Ok(());
                    }
                }
            }
        }
        Err(furthest)
    }

    fn combination(&self, needed: u32, members: &[(&'static str, Member)]) -> Result<(), Why<'a>> {
        let mut holding = 0;
        let mut failing = Vec::new();
        for (label, member) in members {
            let result = match *member {
                Member::Some(pick) => self.at_least(1, pick),
                Member::AtLeast(n, pick) => self.at_least(n, pick),
                Member::No(pick) => {
                    let mut offending = Vec::new();
                    self.look(pick, |id, counts| offending.extend(counts.is_ok().then_some(id)));
                    if offending.is_empty() { Ok(()) } else { Err(Why::Offending(offending)) }
                }
            };
            match result {
                Ok(()) => holding += 1,
                Err(why) => failing.push((*label, why)),
            }
        }
        if holding >= needed { Ok(()) } else { Err(Why::Members { holding, needed, failing }) }
    }
}

fn every<'a, T: 'a>(
    items: impl Iterator<Item = &'a T>,
    holds: impl Fn(&'a T) -> Result<(), (&'a str, Miss)>,
) -> Result<(), Why<'a>> {
    let mut anyone = false;
    let mut failing = Vec::new();
    for item in items {
        anyone = true;
        failing.extend(holds(item).err());
    }
    match (anyone, failing.is_empty()) {
        (false, _) => Err(Why::Nobody),
        (true, true) => Ok(()),
        (true, false) => Err(Why::Failing(failing)),
    }
}
