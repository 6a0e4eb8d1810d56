//! `abide check --watch`: checks again whenever a file of the bundle is saved, and says only what changed. Rules and policies are read once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::check::singled_out;
use super::compare::{reads, snapshot};
use super::session::{self, Failure, Form, Session};
use crate::assess::{self, Assessment, Plan};
use crate::base::{Date, Sources};
use crate::compare::{self, EvidenceList, Snapshot};
use crate::diagnostics::render::clean;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::evidence::Reader;
use crate::host::library::shown;
use crate::host::watch::Stamp;
use crate::library::model::RequirementId;
use crate::library::{Checked, Library};
use crate::policy::{Audience, Policies};
use crate::report::compare::{changes_in_text, line_of};

/// What stays the same from one look to the next.
pub(super) struct Watch<'a> {
    pub(super) library: &'a Checked<Library>,
    pub(super) policies: &'a Policies,
    pub(super) only: Option<&'a BTreeSet<RequirementId>>,
    pub(super) path: &'a Path,
    pub(super) as_of: Option<Date>,
    pub(super) known_at: Option<Date>,
    pub(super) audience: Option<Audience>,
    /// One line for what is told, by whoever checks.
    pub(super) tally: fn(&Assessment) -> String,
}

/// What was found the last time that the bundle could be read.
struct Last {
    snapshot: Snapshot,
    evidence: EvidenceList,
}

/// What was said about the bundle the last time, so that it is not said again. A diagnostic is known by what it says and of which file: lines move.
#[derive(Default)]
struct Heard(BTreeMap<(Code, String, String), usize>);

impl Heard {
    /// The diagnostics that are new, and a line for each that is solved.
    fn anew(&mut self, diagnostics: &[Diagnostic], sources: &Sources) -> (Vec<Diagnostic>, Vec<String>) {
        let key = |d: &Diagnostic| {
            let file = d.at.as_ref().and_then(|at| sources.get(at.span.file)).map(|s| s.name().to_owned());
            (d.code, d.message.clone(), file.unwrap_or_default())
        };
        let mut now: BTreeMap<(Code, String, String), usize> = BTreeMap::new();
        let mut new = Vec::new();
        for diagnostic in diagnostics {
            let key = key(diagnostic);
            let before = self.0.get(&key).copied().unwrap_or(0);
            let times = now.entry(key).or_default();
            *times += 1;
            if *times > before {
                new.push(diagnostic.clone());
            }
        }
        let gone = self.0.iter().filter(|(key, before)| now.get(*key).copied().unwrap_or(0) < **before);
        let line = |(code, message, file): &(Code, String, String)| {
            let file = if file.is_empty() { String::new() } else { format!(" ({file})") };
            clean::line(&format!("solved: {code}: {message}{file}")).into_owned()
        };
        let solved = gone.map(|(key, _)| line(key)).collect();
        self.0 = now;
        (new, solved)
    }
}

/// Watches until it is interrupted or nobody reads what it says.
pub(super) fn watch(watch: &Watch<'_>, session: &mut Session) -> Result<(), Failure> {
    let reader = Reader::new(watch.library);
    let mut plan: Option<(Date, Plan<'_>)> = None;
    let mut last: Option<Last> = None;
    let mut heard = Heard::default();
    let mut stamp = Stamp::of(watch.path);
    session.note(&format!("watching {}: every save is checked; Ctrl-C ends it", shown(watch.path)));
    loop {
        match look(watch, session, &reader, &mut plan, &mut heard) {
            Ok((now, tally)) => {
                let said = match &last {
                    None => tally,
                    Some(last) => told(watch, session, last, &now, &tally),
                };
                session.print(&said)?;
                last = Some(now);
            }
            // What is half written will be whole at the next save.
            Err(Failure::Output(error)) => return Err(Failure::Output(error)),
            // Waiting for what was never there would be waiting for a slip of the hand to come true.
            Err(failure) if last.is_none() && !watch.path.exists() => return Err(failure),
            Err(failure) => {
                session.report(&failure);
                session.note(match last {
                    Some(_) => "not checked: the last result stands until this can be read",
                    None => "nothing is checked yet: the first save after which this can be read is",
                });
            }
        }
        if !session.push()? {
            return Ok(());
        }
        let next = stamp.next(watch.path);
        if watch.audience.is_none() {
            stamp.gone(&next).iter().for_each(|file| session.note(&clean::line(&format!("gone: {}", shown(file)))));
        }
        stamp = next;
    }
}

fn look<'a>(
    watch: &Watch<'a>,
    session: &mut Session,
    reader: &Reader<'_>,
    plan: &mut Option<(Date, Plan<'a>)>,
    heard: &mut Heard,
) -> Result<(Last, String), Failure> {
    let (bundle, diagnostics, sources) = session.read_quietly(reader, watch.path, watch.known_at, watch.audience)?;
    let (new, solved) = heard.anew(&diagnostics, &sources);
    solved.iter().for_each(|said| session.note(said));
    let Some(bundle) = bundle else {
        // What stands against a check is told each time, old or new, so that nobody looks for it above.
        let errors = diagnostics.into_iter().filter(|d| d.severity() == Severity::Error).collect();
        session.show(&new.into_iter().filter(|d| d.severity() != Severity::Error).collect::<Vec<_>>(), &sources);
        return Err(Failure::Diagnostics(errors, sources));
    };
    session.show(&new, &sources);
    let date = session::assessment_date(watch.as_of, &bundle)?;
    if plan.as_ref().is_some_and(|(of, _)| *of != date) {
        *plan = None;
    }
    let (_, plan) = plan.get_or_insert_with(|| (date, Plan::new(watch.library, date)));
    let mut assessment = assess::assess_planned(plan, &bundle, &watch.policies.admissibility(watch.library, &bundle));
    assessment.known_at = watch.known_at;
    if let Some(only) = watch.only {
        assessment.narrow(watch.library, &bundle, only);
    }
    let (snapshot, evidence) = rayon::join(
        || snapshot(watch.library, watch.policies, &bundle, &assessment, watch.audience),
        || EvidenceList::of(&bundle, watch.library),
    );
    let snapshot = snapshot?;
    if let (Some(only), Some(audience)) = (watch.only, watch.audience) {
        match only.len() - snapshot.requirements.len() {
            0 => {}
            count => return Err(singled_out(count, audience)),
        }
    }
    Ok((Last { snapshot, evidence }, (watch.tally)(&assessment)))
}

/// What changed since the last time, and how it stands now.
fn told(watch: &Watch<'_>, session: &Session, last: &Last, now: &Last, tally: &str) -> String {
    let mut comparison = compare::compare(&last.snapshot, &now.snapshot, None);
    if watch.audience.is_none() {
        let changes = last.evidence.changes(&now.evidence);
        comparison.with_evidence(changes, |name, change| reads(watch.library, name, change));
    }
    let mut text = String::new();
    if session.form == Form::Concise {
        comparison.changed.iter().for_each(|c| text.push_str(&line_of(&comparison, c)));
    } else {
        changes_in_text(&comparison, session.style(), &mut text);
        text.push_str(if comparison.is_same() { "\nno verdict changed\n" } else { "\n" });
    }
    text + tally
}
