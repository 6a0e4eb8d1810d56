//! What a register holds. Every value knows whether it is stated, and where.

use super::fields::Field;
use super::provision::Cited;
use super::words::{ActionKind, ActivityKind, Category, Class, Method, Nation, Origin, State, Step, Word, WorksBy};
use crate::base::{Date, Sources, Span, Spanned};
use crate::library::model::TermId;

/// A register of findings: one entity's beside its bundle, or those of many.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// The texts it was read from. All its places lie in these.
    pub sources: Sources,
    /// The findings, by entity and id.
    pub findings: Vec<Finding>,
    /// Whoever is named in them, by id.
    pub people: Vec<Member>,
    /// The entity whose bundle it stands beside.
    pub entity: Option<Spanned<String>>,
    /// Of which kind that entity is.
    pub entity_kind: Option<TermId>,
    /// Whose bank holidays are counted, where a finding does not say.
    pub nation: Field<Nation>,
}

impl Register {
    /// Somebody by id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Member> {
        self.people.binary_search_by(|p| p.id.value.as_str().cmp(id)).ok().and_then(|at| self.people.get(at))
    }

    /// The finding of an entity with this id.
    #[must_use]
    pub fn finding(&self, entity: &str, id: &str) -> Option<&Finding> {
        let found = self.findings.binary_search_by(|f| (f.entity_id(), f.id.value.as_str()).cmp(&(entity, id)));
        found.ok().and_then(|at| self.findings.get(at))
    }

    /// The earlier finding that one says it repeats, where the register has it.
    #[must_use]
    pub fn repeated(&self, finding: &Finding) -> Option<&Finding> {
        let earlier = finding.repeats.get()?;
        self.finding(finding.entity_id(), earlier).filter(|found| found.id.span != finding.id.span)
    }
}

/// Somebody who is named in findings.
#[derive(Debug, Clone)]
pub struct Member {
    /// The id by which records name them.
    pub id: Spanned<String>,
    /// What they are called.
    pub name: Field<String>,
    /// Posts they hold, by name.
    pub roles: Field<Vec<Spanned<String>>>,
}

/// One matter seen in one activity.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Its id.
    pub id: Spanned<String>,
    /// The whole record.
    pub span: Span,
    /// The entity that was monitored, by the id of its bundle.
    pub entity: Field<String>,
    /// What was done, when, by whom and to what scope.
    pub activity: Activity,
    /// Whose finding it is.
    pub origin: Field<Origin>,
    /// What was seen, in the inspector's words.
    pub found: Field<String>,
    /// The provision it measures against.
    pub provision: Field<Cited>,
    /// The day on which the provision was read; the day of the activity where this is not stated.
    pub read_on: Field<Date>,
    /// The set of directly linked measures that the class is for.
    pub measures: Field<String>,
    /// The SeMS component it bears on.
    pub component: Field<String>,
    /// The class of compliance.
    pub class: Field<Class>,
    /// What the inspector advises.
    pub recommendation: Field<String>,
    /// The day by which it is to be put right. The report or the agreed plan sets it; the law has no number of days.
    pub correct_by: Field<Date>,
    /// What it rests on.
    pub evidence: Field<Vec<Spanned<String>>>,
    /// How the instance was put right.
    pub containment: Option<Containment>,
    /// Why it happened.
    pub analysis: Option<Analysis>,
    /// What is done about it.
    pub actions: Vec<Action>,
    /// Its history: who moved it where, and when; in the order of the record.
    pub moves: Vec<Move>,
    /// Rungs of the ladder that were taken.
    pub ladder: Vec<Rung>,
    /// The id of the earlier finding that it repeats.
    pub repeats: Field<String>,
    /// How far it may travel.
    pub marking: Field<String>,
    /// Whose bank holidays are counted.
    pub nation: Field<Nation>,
}

impl Finding {
    /// The entity's id; empty where none is stated.
    #[must_use]
    pub fn entity_id(&self) -> &str {
        self.entity.get().map_or("", String::as_str)
    }

    /// The day the provision is read on. What the entity answered is asked of the day of the activity, whatever stands here.
    #[must_use]
    pub fn law_day(&self) -> Option<Date> {
        self.read_on.get().or(self.activity.on.get()).copied()
    }

    /// Where it stands: the last move that could be read.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        self.moves.iter().rev().find_map(|m| m.to.get().copied())
    }

    /// Where it stood on a day: the last move up to it. A move that states no day moves nothing: when it was, nobody can say.
    #[must_use]
    pub fn state_on(&self, day: Date) -> Option<State> {
        self.moves.iter().rev().filter(|m| m.on.get().is_some_and(|on| *on <= day)).find_map(|m| m.to.get().copied())
    }

    /// How far along the order of states it had come on a day. Going up the ladder takes nothing back; going back to work does.
    #[must_use]
    pub fn rank_on(&self, day: Date) -> Option<usize> {
        let until = self.moves.iter().rev().filter(|m| m.on.get().is_some_and(|on| *on <= day));
        until.filter_map(|m| m.to.get()).find_map(|state| state.rank())
    }

    /// Whether work on it is left: it is not closed, and its class does not say that there is nothing to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state() != Some(State::Shut) && self.class.get().is_none_or(|class| class.is_deficiency())
    }

    /// Whether work on it was left on a day: it had been seen, was not closed, and its class does not say that there is nothing to do.
    #[must_use]
    pub fn is_open_on(&self, day: Date) -> bool {
        self.is_seen_by(day)
            && self.state_on(day) != Some(State::Shut)
            && self.class.get().is_none_or(|class| class.is_deficiency())
    }

    /// Whether it was seen by a day. One that states no day counts as seen.
    #[must_use]
    pub fn is_seen_by(&self, day: Date) -> bool {
        self.activity.on.get().is_none_or(|seen| *seen <= day)
    }

    /// Whether its class is stated and says that something was not complied with.
    #[must_use]
    pub fn is_deficiency(&self) -> bool {
        self.class.get().is_some_and(|class| class.is_deficiency())
    }

    /// Whether the authority raised it.
    #[must_use]
    pub fn is_of_authority(&self) -> bool {
        self.origin.get() == Some(&Origin::Authority)
    }

    /// The set of directly linked measures and the provision, in one line.
    #[must_use]
    pub fn matter(&self) -> &str {
        self.measures.get().or(self.found.get()).map_or("", String::as_str)
    }
}

/// What was done: items one to five of Annex II, 10.2.
#[derive(Debug, Clone, Default)]
pub struct Activity {
    /// Where it stands; `None` where the record has none.
    pub span: Option<Span>,
    /// Audit, inspection, test …
    pub kind: Field<ActivityKind>,
    /// Who was monitored, in words: the part of the entity, or a contractor.
    pub monitored: Field<String>,
    /// The day.
    pub on: Field<Date>,
    /// The time of day, as the report gives it.
    pub at: Field<String>,
    /// Who did it.
    pub auditors: Field<Vec<Spanned<String>>>,
    /// To what scope.
    pub scope: Field<String>,
}

/// How the instance was put right.
#[derive(Debug, Clone)]
pub struct Containment {
    /// Where it stands.
    pub span: Span,
    /// The day.
    pub on: Field<Date>,
    /// Who did it.
    pub by: Field<String>,
    /// What was done.
    pub what: Field<String>,
}

/// Why it happened.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Where it stands.
    pub span: Span,
    /// How it was looked for.
    pub method: Field<Method>,
    /// The day it was finished.
    pub completed: Field<Date>,
    /// Who led it.
    pub by: Field<String>,
    /// What human factors had to do with it. That they had nothing to do with it is an answer too.
    pub human_factors: Field<String>,
    /// What the search for the same cause elsewhere brought up.
    pub recurrence: Field<String>,
    /// The causes.
    pub causes: Vec<Cause>,
}

/// A cause.
#[derive(Debug, Clone)]
pub struct Cause {
    /// Its id, within the finding.
    pub id: Spanned<String>,
    /// What it is.
    pub summary: Field<String>,
    /// Whether it lies in the system, not in a person.
    pub systemic: Field<bool>,
    /// Of which sort.
    pub category: Field<Category>,
}

/// Something that is done about a finding.
#[derive(Debug, Clone)]
pub struct Action {
    /// Its id, within the finding.
    pub id: Spanned<String>,
    /// Where it stands.
    pub span: Span,
    /// What it is for.
    pub kind: Field<ActionKind>,
    /// What is done.
    pub what: Field<String>,
    /// The causes it removes, by id.
    pub causes: Field<Vec<Spanned<String>>>,
    /// Which way it works.
    pub works_by: Field<WorksBy>,
    /// Who answers for it.
    pub owner: Field<String>,
    /// Since when; of a compensatory measure.
    pub since: Field<Date>,
    /// The day by which it is done.
    pub due: Field<Date>,
    /// The first day on which a compensatory measure no longer counts.
    pub until: Field<Date>,
    /// The day it was done.
    pub completed: Field<Date>,
    /// What shows that it was done.
    pub proof: Field<String>,
    /// Who looked.
    pub verified: Option<Verification>,
    /// Whether it worked.
    pub effect: Option<Effect>,
    /// Times that `due` was moved. `due` is the day that holds now.
    pub extended: Vec<Extension>,
}

/// Somebody looked whether it is in place.
#[derive(Debug, Clone)]
pub struct Verification {
    /// Where it stands.
    pub span: Span,
    /// The day.
    pub on: Field<Date>,
    /// Who looked.
    pub by: Field<String>,
    /// How: whatever method is the most relevant.
    pub how: Field<String>,
}

/// Somebody looked whether it worked.
#[derive(Debug, Clone)]
pub struct Effect {
    /// Where it stands.
    pub span: Span,
    /// The day.
    pub on: Field<Date>,
    /// Who looked.
    pub by: Field<String>,
    /// What they saw.
    pub result: Field<String>,
}

/// `due` was moved.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Where it stands.
    pub span: Span,
    /// The day it was due.
    pub was: Field<Date>,
    /// The day it is due now.
    pub now: Field<Date>,
    /// The day it was allowed.
    pub on: Field<Date>,
    /// Who allowed it.
    pub by: Field<String>,
    /// Why.
    pub because: Field<String>,
}

/// A finding went from one state to another.
#[derive(Debug, Clone)]
pub struct Move {
    /// Where it stands.
    pub span: Span,
    /// Where to.
    pub to: Field<State>,
    /// The day.
    pub on: Field<Date>,
    /// Who moved it.
    pub by: Field<String>,
}

/// A rung of the ladder was taken.
#[derive(Debug, Clone)]
pub struct Rung {
    /// Where it stands.
    pub span: Span,
    /// Which one.
    pub step: Field<Step>,
    /// The day it was served.
    pub on: Field<Date>,
    /// Who took it.
    pub by: Field<String>,
    /// The last day to comply, of an enforcement notice.
    pub comply_by: Field<Date>,
    /// Whether it asks for building works, for which the law gives more time.
    pub works: Field<bool>,
    /// Why rungs before it were skipped.
    pub skips_because: Field<String>,
}

/// The word of a value, where it is stated.
#[must_use]
pub fn title<W: Word>(field: &Field<W>) -> &'static str {
    field.get().map_or("not stated", |word| word.title())
}
