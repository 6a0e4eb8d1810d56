//! What is overdue on a day, which step of the ladder is next, and what came back: pure, from a register and a date.
//!
//! How far back a matter counts as returning is nowhere in the law; it is an option, and reports say that it is a choice.

use super::errors;
use super::ladder;
use super::model::{Action, Finding, Register};
use super::reader::settle;
use super::words::{ActionKind, Category, Class, Nation, Origin, State, Step};
use crate::base::holidays::NotKnown;
use crate::base::{Date, Period, Span, Unit};
use crate::diagnostics::Diagnostic;
use crate::library::Library;

/// How many months back a matter counts as returning, unless somebody says otherwise. A choice, not law.
pub const MONTHS: u32 = 24;

/// What a register says of a day.
#[derive(Debug, Clone, Default)]
pub struct Due<'r> {
    /// Overdue matters, by entity and finding.
    pub late: Vec<Late<'r>>,
    /// Open deficiencies with the step that is next, by entity and finding.
    pub steps: Vec<Next<'r>>,
    /// Findings that came back, by entity and finding.
    pub repeats: Vec<Repeat<'r>>,
    /// How many deficiencies are open.
    pub open: usize,
    /// Findings that could not be confirmed, and that nobody looked at again: never a pass.
    pub unseen: Vec<&'r Finding>,
    /// How many errors `check` tells of the register: what is due then rests on records that contradict themselves.
    pub errors: usize,
    /// What could not be counted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Something is late.
#[derive(Debug, Clone)]
pub struct Late<'r> {
    /// The finding.
    pub finding: &'r Finding,
    /// What is late.
    pub what: LateThing<'r>,
    /// The day it was due.
    pub due: Date,
    /// Where that day stands.
    pub span: Span,
    /// How many days ago that was.
    pub days: i32,
    /// Of them, working days in its nation; `None` when the nation or its holidays are not known.
    pub working_days: Option<u32>,
}

/// What is late.
#[derive(Debug, Clone, Copy)]
pub enum LateThing<'r> {
    /// The finding itself is not corrected by the day that the report or plan set.
    Finding,
    /// An action is not done.
    Action(&'r Action),
    /// A compensatory measure has ended, and the finding is open.
    Measure(&'r Action),
    /// An enforcement notice is not complied with, as far as the record says.
    Notice,
}

/// The step of the ladder that is next.
#[derive(Debug, Clone)]
pub struct Next<'r> {
    /// The finding.
    pub finding: &'r Finding,
    /// The highest step taken.
    pub taken: Option<Step>,
    /// The next one; `None` at the top.
    pub next: Option<Step>,
    /// Its class says that it is serious, so that steps may be skipped.
    pub serious: bool,
    /// It came back, so that steps may be skipped.
    pub came_back: bool,
    /// The least time that a notice served on the day has to give, and the first day it may name.
    pub notice: Option<(Period, Date)>,
    /// The same, for building works.
    pub works: Option<(Period, Date)>,
    /// Until when whoever was served may object, while that day is to come.
    pub objection_until: Option<Date>,
}

/// A matter that came back.
#[derive(Debug, Clone)]
pub struct Repeat<'r> {
    /// The later finding.
    pub finding: &'r Finding,
    /// The nearest earlier one of the same entity and provision.
    pub earlier: &'r Finding,
    /// Sorts of cause that both have; empty when one of them has no analysis yet.
    pub causes: Vec<Category>,
    /// Whether one of them has no cause on record, so that only the provision is the same.
    pub cause_open: bool,
    /// Whether the record says so itself.
    pub recorded: bool,
}

/// Looks at a register on a day; a matter that returns within so many months is a repeat.
#[must_use]
pub fn due<'r>(library: &Library, register: &'r Register, on: Date, months: u32) -> Due<'r> {
    let mut due = Due { repeats: repeats(register, on, months), ..Due::default() };
    for finding in &register.findings {
        let unseen = is_unseen(register, finding, on);
        if unseen {
            due.unseen.push(finding);
        } else if finding.is_open_on(on) {
            due.open += 1;
        } else {
            continue;
        }
        let before = due.late.len();
        late(register, finding, on, &mut due);
        let recorded = register.repeated(finding).is_some();
        let came_back = recorded || due.repeats.iter().any(|r| r.finding.id.span == finding.id.span);
        // The ladder is the authority's: what an entity finds at itself climbs none.
        let own = finding.origin.get() == Some(&Origin::Internal);
        if finding.is_deficiency() && !own && (due.late.len() > before || came_back || ladder::taken(finding, on).is_some()) {
            due.steps.push(next(library, finding, on, came_back));
        }
    }
    settle(&mut due.diagnostics);
    due
}

/// Whether it could not be seen, is not closed, and nobody looked again at the same provision by the day.
fn is_unseen(register: &Register, finding: &Finding, on: Date) -> bool {
    let open = finding.is_seen_by(on) && finding.state_on(on) != Some(State::Shut);
    let provision = finding.provision.get().map(|cited| cited.id);
    let again = |later: &&Finding| {
        later.entity_id() == finding.entity_id()
            && later.provision.get().is_some_and(|cited| Some(cited.id) == provision)
            && later.class.get().is_some_and(|class| *class != Class::NotConfirmed)
            && later.activity.on.get().is_some_and(|day| *day <= on && Some(day) > finding.activity.on.get())
    };
    finding.class.get() == Some(&Class::NotConfirmed) && open && !register.findings.iter().any(|f| again(&f))
}

fn late<'r>(register: &'r Register, finding: &'r Finding, on: Date, due: &mut Due<'r>) {
    let mut found: Vec<(LateThing<'r>, Date, Span)> = Vec::new();
    // As it stands that day: what was sent back to work is late again.
    let reported = finding.rank_on(on) >= State::Reported.rank();
    if let Some(by) = finding.correct_by.stated()
        && by.value < on
        && !reported
    {
        found.push((LateThing::Finding, by.value, by.span));
    }
    for action in &finding.actions {
        let done = action.completed.get().is_some_and(|day| *day <= on);
        if let Some(by) = action.due.stated()
            && by.value < on
            && !done
        {
            found.push((LateThing::Action(action), by.value, by.span));
        }
        // The day in `until` is the first one without it.
        if action.kind.get() == Some(&ActionKind::Compensatory)
            && let Some(until) = action.until.stated()
            && until.value <= on
            && !reported
        {
            found.push((LateThing::Measure(action), until.value, until.span));
        }
    }
    for rung in finding.ladder.iter().filter(|r| r.on.get().is_none_or(|served| *served <= on)) {
        if let Some(by) = rung.comply_by.stated()
            && by.value < on
            && !reported
        {
            found.push((LateThing::Notice, by.value, by.span));
        }
    }
    found.sort_by_key(|(_, day, span)| (*day, *span));
    let nation = finding.nation.get().or(register.nation.get()).copied();
    for (what, day, span) in found {
        let working_days = nation.and_then(|nation| count(nation, day, on, span, due));
        due.late.push(Late { finding, what, due: day, span, days: day.days_to(on), working_days });
    }
}

fn count(nation: Nation, from: Date, to: Date, span: Span, due: &mut Due<'_>) -> Option<u32> {
    match nation.working_days_after(from, to) {
        Ok(days) => Some(days),
        Err(NotKnown(year)) => {
            due.diagnostics.push(errors::dates::holidays_not_known(span, nation, year));
            None
        }
    }
}

fn next<'r>(library: &Library, finding: &'r Finding, on: Date, came_back: bool) -> Next<'r> {
    let taken = ladder::taken(finding, on);
    let with_day = |works| {
        let least = ladder::least_period(library, works, on)?;
        Some((least, on.plus(least)?))
    };
    // A notice that is yet to be served gives no time to object.
    let notices = finding.ladder.iter().filter(|r| r.step.get() == Some(&Step::Notice));
    let served = notices.filter_map(|r| Some((*r.on.get()?, r.works.get() == Some(&true)))).filter(|(day, _)| *day <= on).max();
    let objection = served.and_then(|(day, works)| day.plus(ladder::objection_time(library, works, day)?));
    Next {
        finding,
        taken,
        next: ladder::after(taken),
        serious: finding.class.get() == Some(&Class::SeriouslyDeficient),
        came_back,
        notice: with_day(false),
        works: with_day(true),
        objection_until: objection.filter(|day| *day >= on),
    }
}

/// Deficiencies of the same entity and provision, the later one within so many months of the earlier.
fn repeats(register: &Register, on: Date, months: u32) -> Vec<Repeat<'_>> {
    let mut repeats = Vec::new();
    let day = |f: &Finding| f.activity.on.get().copied().filter(|d| *d <= on);
    for finding in register.findings.iter().filter(|f| f.is_deficiency()) {
        let (Some(then), Some(cited)) = (day(finding), finding.provision.get()) else { continue };
        let since = then.minus(Period::new(months, Unit::Months)).unwrap_or(Date::MIN);
        let before = register.findings.iter().filter(|f| {
            f.is_deficiency()
                && f.entity_id() == finding.entity_id()
                && f.provision.get().is_some_and(|c| c.id == cited.id)
                && day(f).is_some_and(|d| since <= d && d < then)
        });
        let Some(earlier) = before.max_by_key(|f| (day(f), &f.id.value)) else { continue };
        let (own, other) = (causes(finding), causes(earlier));
        let same: Vec<Category> = own.iter().copied().filter(|c| other.contains(c)).collect();
        let cause_open = own.is_empty() || other.is_empty();
        // Two causes that are known to differ are two matters.
        if same.is_empty() && !cause_open {
            continue;
        }
        let recorded = finding.repeats.get() == Some(&earlier.id.value);
        repeats.push(Repeat { finding, earlier, causes: same, cause_open, recorded });
    }
    repeats
}

/// The sorts of cause on record, each once.
fn causes(finding: &Finding) -> Vec<Category> {
    let mut all: Vec<Category> =
        finding.analysis.iter().flat_map(|a| &a.causes).filter_map(|c| c.category.get()).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

impl Due<'_> {
    /// Whether nothing is late and nothing came back.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.late.is_empty() && self.repeats.is_empty()
    }
}
