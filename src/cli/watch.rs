//! `abide check --watch`: checks again whenever a file of the bundle is saved, and says only what changed. Rules and policies are read once.

use std::collections::BTreeSet;
use std::path::Path;

use super::check::singled_out;
use super::compare::{reads, snapshot};
use super::session::{self, Failure, Form, Session};
use crate::assess::{self, Assessment, Plan};
use crate::base::Date;
use crate::compare::{self, EvidenceList, Snapshot};
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

/// Watches until it is interrupted or nobody reads what it says.
pub(super) fn watch(watch: &Watch<'_>, session: &mut Session) -> Result<(), Failure> {
    let reader = Reader::new(watch.library);
    let mut plan: Option<(Date, Plan<'_>)> = None;
    let mut last: Option<Last> = None;
    let mut stamp = Stamp::of(watch.path);
    session.note(&format!("watching {}: every save is checked; Ctrl-C ends it", shown(watch.path)));
    loop {
        match look(watch, session, &reader, &mut plan) {
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
            Err(failure) => {
                session.report(&failure);
                session.note("not checked: the last result stands until this can be read");
            }
        }
        if !session.push()? {
            return Ok(());
        }
        stamp = stamp.next(watch.path);
    }
}

fn look<'a>(
    watch: &Watch<'a>,
    session: &mut Session,
    reader: &Reader<'_>,
    plan: &mut Option<(Date, Plan<'a>)>,
) -> Result<(Last, String), Failure> {
    let bundle = session.read_bundle(reader, watch.path, watch.known_at, watch.audience)?;
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
    let snapshot = snapshot(watch.library, watch.policies, &bundle, &assessment, watch.audience)?;
    if let (Some(only), Some(audience)) = (watch.only, watch.audience) {
        match only.len() - snapshot.requirements.len() {
            0 => {}
            count => return Err(singled_out(count, audience)),
        }
    }
    let evidence = EvidenceList::of(&bundle, watch.library);
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
