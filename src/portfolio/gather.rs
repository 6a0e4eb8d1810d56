//! Lines to an [`Overview`]. Lines may come in any order, one at a time, and are not kept: of each entity stay its latest standing and its series.

use std::collections::{BTreeMap, BTreeSet};

use super::blind::{OwnVerdict, compare};
use super::floors;
use super::line::{Assessed, Component, Counts, Entity, Line, Told, Visit};
use super::overview::{Comparison, Mixed, Overview, ProvisionCount, Said, Standing, Withheld};
use super::priority::{Facts, decides};
use super::record::{Record, records};
use super::series::{self, About, Series, Value};
use crate::base::{Date, Decimal};
use crate::findings::due::{MONTHS, due};
use crate::findings::reconcile::Outcome;
use crate::findings::{Class, Register};
use crate::library::Library;
use crate::policy::Audience;

/// How long a repeated finding counts, in days: three years.
const MEMORY: i32 = 1096;

/// Which of two assessments of one day counts: the later day, then the later path.
type Rank = (Date, String);

/// Lines, gathered.
#[derive(Debug)]
pub struct Gathering {
    entities: BTreeMap<String, Held>,
    /// Names of provisions, each once.
    provisions: BTreeMap<String, u32>,
    records: Option<BTreeMap<String, Vec<Record>>>,
    refused: Vec<(String, Vec<Told>)>,
    until: Option<Date>,
    today: Option<Date>,
    ahead: Vec<(String, Date)>,
    bundles: usize,
    assessed: usize,
    later: usize,
    warned: usize,
    beside: (usize, usize),
    withheld: Option<Withheld>,
    register_errors: usize,
}

/// A component with its requirements that are not met and those that apply.
type Share = (String, u32, u32);

/// What is kept of an entity.
#[derive(Debug, Default)]
struct Held {
    assessments: usize,
    first: Option<Date>,
    latest: Option<Latest>,
    /// Not met and applicable requirements of each component, by assessment date.
    shares: BTreeMap<Date, (String, Vec<Share>)>,
    figures: BTreeMap<String, HeldFigure>,
    visits: BTreeSet<Visit>,
    /// For each record that names a provision: the entity's own verdict of that day.
    own: BTreeMap<usize, OwnVerdict>,
    /// Each name and kind that is stated under its id, with the first bundle by path.
    said: BTreeMap<(String, Option<String>), String>,
    /// Whether looks, or facts that a floor hangs on, are withheld in some bundle.
    looks_withheld: bool,
}

#[derive(Debug)]
struct Latest {
    rank: Rank,
    entity: Entity,
    counts: Counts,
    components: Vec<Component>,
    critical: usize,
    major: usize,
    /// Provisions by number, with the verdict.
    provisions: Vec<(u32, Kept)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Met,
    NotMet,
    NotConfirmed,
    NeedsJudgement,
}

#[derive(Debug, Default)]
struct HeldFigure {
    said: Option<(Rank, Option<String>, Option<String>)>,
    values: BTreeMap<Date, (Rank, Decimal)>,
}

impl Gathering {
    /// Nothing yet, beside a register of findings when there is one; assessments dated after `until` do not count.
    #[must_use]
    pub fn new(register: Option<&Register>, until: Option<Date>) -> Self {
        let by_entity = register.map(|register| {
            let mut by_entity: BTreeMap<String, Vec<Record>> = BTreeMap::new();
            records(register).into_iter().for_each(|record| by_entity.entry(record.entity.clone()).or_default().push(record));
            by_entity
        });
        Self {
            entities: BTreeMap::new(),
            provisions: BTreeMap::new(),
            records: by_entity,
            refused: Vec::new(),
            until,
            today: None,
            ahead: Vec::new(),
            bundles: 0,
            assessed: 0,
            later: 0,
            warned: 0,
            beside: (0, 0),
            withheld: None,
            register_errors: 0,
        }
    }

    /// How many errors the records of the register have: what rests on them may be wrong, and that is said.
    #[must_use]
    pub const fn with_register_errors(mut self, errors: usize) -> Self {
        self.register_errors = errors;
        self
    }

    /// Where nobody asks for a day, nothing dated after this one counts: a mistyped year would move the day of all.
    #[must_use]
    pub const fn by_today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Gathers views of an audience: whether there is a register that is withheld as a whole, else how many of its findings are.
    #[must_use]
    pub const fn for_audience(mut self, audience: Audience, register: bool, findings: usize) -> Self {
        self.withheld = Some(Withheld { audience, register, findings, items: 0 });
        self
    }

    /// Adds a line.
    pub fn add(&mut self, line: &Line) {
        self.bundles += 1;
        let Some((assessed, on)) = line.assessed.as_ref().and_then(|a| Some((a, Date::parse(&a.on).ok()?))) else {
            self.refused.push((line.bundle.clone(), line.diagnostics.clone()));
            return;
        };
        self.assessed += 1;
        self.warned += usize::from(!line.diagnostics.is_empty());
        if self.until.or(self.today).is_some_and(|last| on > last) {
            self.later += 1;
            if self.until.is_none() {
                self.ahead.push((line.bundle.clone(), on));
            }
            return;
        }
        self.beside.0 += assessed.findings_beside as usize;
        self.beside.1 += usize::from(assessed.findings_beside > 0);
        if let Some(withheld) = &mut self.withheld {
            withheld.items += assessed.withheld_items.unwrap_or(0) as usize;
        }
        let rank: Rank = (on, line.bundle.clone());
        let records = self.records.as_ref().and_then(|r| r.get(&assessed.entity.id)).map_or(&[][..], Vec::as_slice);
        let held = self.entities.entry(assessed.entity.id.clone()).or_default();
        held.assessments += 1;
        held.first = Some(held.first.map_or(on, |first| first.min(on)));
        held.say(assessed, &line.bundle);
        held.own(records, assessed, &rank);
        held.figures(assessed, &rank);
        held.share(assessed, &rank);
        held.visits.extend(assessed.visits.iter().cloned());
        if held.latest.as_ref().is_none_or(|latest| latest.rank < rank) {
            let mut provisions = Vec::with_capacity(assessed.provisions.len());
            for (name, verdict) in &assessed.provisions {
                let Some(kept) = kept(verdict) else { continue };
                let next = self.provisions.len() as u32;
                let number = match self.provisions.get(name) {
                    Some(number) => *number,
                    None => *self.provisions.entry(name.clone()).or_insert(next),
                };
                provisions.push((number, kept));
            }
            let not_met =
                |severity: &str| assessed.gaps.iter().filter(|g| g.verdict == "not met" && g.severity == severity).count();
            held.latest = Some(Latest {
                rank,
                entity: assessed.entity.clone(),
                counts: assessed.counts,
                components: assessed.components.clone(),
                critical: not_met("critical"),
                major: not_met("major"),
                provisions,
            });
        }
    }

    /// What it all comes to, seen from the last day that counts, or that of the latest assessment or record. The register is the one it began with.
    #[must_use]
    pub fn finish(mut self, library: &Library, register: Option<&Register>) -> Overview {
        let records = self.records.as_ref();
        let on = self.until.or_else(|| self.last(records));
        let pending = register.zip(on).map(|(register, on)| pending(library, register, on)).unwrap_or_default();
        let mut entities: Vec<Standing> = Vec::new();
        let mut counts: Vec<[usize; 4]> = vec![[0; 4]; self.provisions.len()];
        for (id, held) in &self.entities {
            let own: &[Record] = records.and_then(|r| r.get(id)).map_or(&[], Vec::as_slice);
            if let Some((latest, on)) = held.latest.as_ref().zip(on) {
                for (number, kept) in &latest.provisions {
                    if let Some(slot) = counts.get_mut(*number as usize).and_then(|c| c.get_mut(*kept as usize)) {
                        *slot += 1;
                    }
                }
                let pending = pending.get(id).copied().unwrap_or_default();
                entities.push(standing(library, held, latest, own, pending, self.withheld.as_ref(), on));
            }
        }
        entities.sort_by(|a, b| b.factors.cmp(&a.factors).then_with(|| a.entity.id.cmp(&b.entity.id)));
        let deciding: Vec<Option<usize>> = entities.windows(2).map(|pair| decides(&pair[0].factors, &pair[1].factors)).collect();
        entities.iter_mut().zip(deciding).for_each(|(entity, decides)| entity.decides = decides);
        let mut provisions: Vec<ProvisionCount> = self
            .provisions
            .iter()
            .filter_map(|(name, number)| {
                let [met, not_met, not_confirmed, needs_judgement] = *counts.get(*number as usize)?;
                let all = met + not_met + not_confirmed + needs_judgement;
                (all > 0).then(|| ProvisionCount {
                    name: name.clone(),
                    entities: all,
                    not_met,
                    not_confirmed,
                    needs_judgement,
                    met,
                })
            })
            .collect();
        // Names stand in natural order in the rules.
        let place = |name: &str| library.names.provisions.get(name).copied();
        provisions.sort_by_key(|p| {
            (std::cmp::Reverse(p.not_met), std::cmp::Reverse(p.not_confirmed + p.needs_judgement), place(&p.name))
        });
        let known = |id: &String| self.entities.contains_key(id);
        let is_later = |record: &&Record| on.is_some_and(|on| record.on > on);
        // Those of a later day are left out already.
        let strangers = records.into_iter().flatten().filter(|(id, _)| !known(id));
        let strangers = strangers.map(|(id, all)| (id.clone(), all.iter().filter(|record| !is_later(record)).count()));
        let strangers = strangers.filter(|(_, records)| *records > 0);
        let first = |told: &[Told]| told.first().map(|t| t.message.clone());
        self.refused.sort_by(|(a, x), (b, y)| (a, first(x)).cmp(&(b, first(y))));
        self.ahead.sort();
        Overview {
            on,
            bundles: self.bundles,
            assessed: self.assessed,
            components: library.components().map(|(_, c)| c.name.clone()).collect(),
            entities,
            provisions,
            strangers: strangers.collect(),
            records: records.map(|r| r.values().map(Vec::len).sum()),
            records_later: records.into_iter().flat_map(BTreeMap::values).flatten().filter(is_later).count(),
            mixed: self.entities.iter().filter_map(|(id, held)| held.mixed(id)).collect(),
            refused: self.refused,
            warned: self.warned,
            later: self.later,
            ahead: self.ahead,
            beside: self.beside,
            withheld: self.withheld,
            register_errors: self.register_errors,
        }
    }

    /// The last day on which something was assessed, or an inspector saw something at an entity that is here; not after today.
    fn last(&self, records: Option<&BTreeMap<String, Vec<Record>>>) -> Option<Date> {
        let assessed = self.entities.values().filter_map(|held| held.latest.as_ref()).map(|latest| latest.rank.0);
        let seen = self.entities.keys().filter_map(|id| records?.get(id)).flatten().map(|record| record.on);
        assessed.chain(seen.filter(|day| self.today.is_none_or(|today| *day <= today))).max()
    }
}

/// What is late and what came back, of one entity.
#[derive(Debug, Clone, Copy, Default)]
struct Pending {
    overdue: usize,
    repeats: usize,
}

fn pending(library: &Library, register: &Register, on: Date) -> BTreeMap<String, Pending> {
    let due = due(library, register, on, MONTHS);
    let mut pending: BTreeMap<String, Pending> = BTreeMap::new();
    // What the entity finds at itself does not send an inspector there.
    for late in due.late.iter().filter(|late| late.finding.is_of_authority()) {
        pending.entry(late.finding.entity_id().to_owned()).or_default().overdue += 1;
    }
    for repeat in due.repeats.iter().filter(|repeat| repeat.finding.is_of_authority()) {
        let fresh = repeat.finding.activity.on.get().is_some_and(|day| day.days_to(on) <= MEMORY);
        pending.entry(repeat.finding.entity_id().to_owned()).or_default().repeats += usize::from(fresh);
    }
    pending
}

fn kept(verdict: &str) -> Option<Kept> {
    match verdict {
        "met" => Some(Kept::Met),
        "not met" => Some(Kept::NotMet),
        "not confirmed" => Some(Kept::NotConfirmed),
        "needs judgement" => Some(Kept::NeedsJudgement),
        _ => None,
    }
}

impl Held {
    /// Keeps what a bundle says of the entity, so that two under one id are told apart.
    fn say(&mut self, assessed: &Assessed, bundle: &str) {
        let Entity { name, kind, .. } = &assessed.entity;
        let first = self.said.entry((name.clone(), kind.clone())).or_insert_with(|| bundle.to_owned());
        if bundle < first.as_str() {
            bundle.clone_into(first);
        }
        self.looks_withheld |= assessed.withheld_looks.is_some_and(|n| n > 0);
    }

    fn mixed(&self, id: &str) -> Option<Mixed> {
        let said = self.said.iter().map(|((name, kind), bundle)| Said {
            name: name.clone(),
            kind: kind.clone(),
            bundle: bundle.clone(),
        });
        (self.said.len() > 1).then(|| Mixed { id: id.to_owned(), said: said.collect() })
    }

    fn own(&mut self, records: &[Record], assessed: &Assessed, (on, bundle): &Rank) {
        for (i, record) in records.iter().enumerate() {
            let Some(provision) = record.provision.as_ref().filter(|_| *on <= record.on) else { continue };
            let verdict = assessed.provisions.get(provision).cloned();
            let found = OwnVerdict { on: *on, bundle: bundle.clone(), verdict, for_audience: assessed.audience.is_some() };
            let held = self.own.entry(i).or_insert_with(|| found.clone());
            if (held.on, &held.bundle) < (found.on, &found.bundle) {
                *held = found;
            }
        }
    }

    fn figures(&mut self, assessed: &Assessed, rank: &Rank) {
        for figure in &assessed.figures {
            let held = self.figures.entry(figure.name.clone()).or_default();
            if held.said.as_ref().is_none_or(|(before, _, _)| before < rank) {
                held.said = Some((rank.clone(), figure.about.clone(), figure.worse.clone()));
            }
            for (day, value) in &figure.values {
                let Some((day, value)) = Date::parse(day).ok().zip(value.parse::<Decimal>().ok()) else { continue };
                let slot = held.values.entry(day).or_insert_with(|| (rank.clone(), value));
                if slot.0 < *rank {
                    *slot = (rank.clone(), value);
                }
            }
        }
    }

    fn share(&mut self, assessed: &Assessed, (on, bundle): &Rank) {
        let share = |c: &Component| {
            let all: u32 = c.levels.iter().flatten().sum();
            let not_met: u32 = c.levels.iter().map(|[_, not_met, _, _]| not_met).sum();
            (c.name.clone(), not_met, all)
        };
        if self.shares.get(on).is_none_or(|(held, _)| held < bundle) {
            self.shares.insert(*on, (bundle.clone(), assessed.components.iter().map(share).collect()));
        }
    }

    /// Its series, up to a day.
    fn series(&self, until: Date) -> Vec<Series> {
        let mut found = Vec::new();
        for (name, figure) in &self.figures {
            let (about, worse) =
                figure.said.as_ref().map_or((None, None), |(_, about, worse)| (about.as_deref(), worse.as_deref()));
            found.push(Series {
                name: name.clone(),
                about: match about {
                    Some("people") => About::People,
                    Some("systems") => About::Systems,
                    _ => About::Other,
                },
                larger_is_worse: worse.map(|way| way == "up"),
                values: figure.values.range(..=until).map(|(day, (_, value))| (*day, Value::Number(*value))).collect(),
            });
        }
        let mut components: BTreeMap<&str, BTreeMap<Date, Value>> = BTreeMap::new();
        for (day, (_, shares)) in self.shares.range(..=until) {
            for (name, not_met, all) in shares.iter().filter(|(_, _, all)| *all > 0) {
                components.entry(name).or_default().insert(*day, Value::Share(*not_met, *all));
            }
        }
        found.extend(components.into_iter().map(|(name, values)| Series {
            name: name.to_owned(),
            about: About::Component,
            larger_is_worse: Some(true),
            values,
        }));
        found
    }
}

fn standing(
    library: &Library,
    held: &Held,
    latest: &Latest,
    records: &[Record],
    pending: Pending,
    withheld: Option<&Withheld>,
    on: Date,
) -> Standing {
    let past: Vec<Record> = records.iter().filter(|r| r.on <= on).cloned().collect();
    let visits: Vec<Visit> = held.visits.iter().cloned().collect();
    let reading = series::read(&held.series(on));
    let mut compared: Vec<Comparison> = records
        .iter()
        .enumerate()
        .filter(|(_, r)| r.of_authority && r.on <= on)
        .filter_map(|(i, record)| {
            let provision = record.provision.clone()?;
            let result = compare(library, record, latest.entity.kind.as_deref(), held.own.get(&i));
            Some(Comparison { finding: record.id.clone(), on: record.on, provision, result })
        })
        .collect();
    compared.sort();
    let looked = past.iter().filter(|r| r.of_authority).map(|r| r.on);
    let visited = visits.iter().filter_map(|v| Date::parse(&v.on).ok()).filter(|day| *day <= on);
    let open = |r: &&Record| r.of_authority && r.is_open(on);
    let serious = |r: &&Record| r.class == Some(Class::SeriouslyDeficient);
    // Records are looks too. What rests on some of them would be false, not less.
    let looks_withheld = withheld.is_some_and(|w| w.register || w.findings > 0) || held.looks_withheld;
    let facts = Facts {
        floors: if looks_withheld { Vec::new() } else { floors::standings(library, &latest.entity, &visits, &past, on) },
        last_look: looked.chain(visited).max().filter(|_| !looks_withheld),
        open_serious: past.iter().filter(open).filter(serious).count(),
        open: past.iter().filter(open).count(),
        overdue: pending.overdue,
        repeats: pending.repeats,
        blind_spots: compared.iter().filter(|c| c.result == Outcome::BlindSpot).count(),
        together: reading.joint.len(),
        trends: reading.trends.len(),
        critical: latest.critical,
        major: latest.major,
        passengers: latest.entity.facts.get("annual-passengers").copied(),
        looks_withheld,
        records_withheld: withheld.is_some_and(|w| w.register),
    };
    let factors = facts.factors(on);
    Standing {
        entity: latest.entity.clone(),
        assessments: held.assessments,
        days: (held.first.unwrap_or(latest.rank.0), latest.rank.0),
        bundle: latest.rank.1.clone(),
        counts: latest.counts,
        components: latest.components.clone(),
        reading,
        compared,
        facts,
        factors,
        decides: None,
    }
}
