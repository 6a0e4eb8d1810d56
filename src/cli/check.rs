//! `abide check`: the gap analysis.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::asked::Asked;
use super::batch::{Batch, Dates};
use super::session::{self, Failure, Form, Session};
use super::stream;
use super::watch::{self, Watch};
use crate::assess::{self, Assessment, Verdict};
use crate::base::Date;
use crate::disclose;
use crate::evidence;
use crate::host::{errors, terminal};
use crate::library::model::{ProvisionId, RequirementId};
use crate::library::{Checked, Library, links};
use crate::policy::{Audience, Policies};
use crate::report::{Context, Detail, Format, Style};

const AFTER_HELP: &str = "\
Examples:
  abide check .                                          the bundle in this folder, on its assessment date
  abide check egnf --as-of 2026-11-23                    on another day
  abide check egnf --only security-education             one component, provision or requirement
  abide check egnf --audience inspector                  as an inspector may see it
  abide check egnf --watch                               again at every save, what changed alone
  abide check egnf --format json --output report.json    for another program
  abide check --stream < bundles.ndjson                  many bundles, one a line";

/// Read an evidence bundle and report every gap.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file (default: the one in this folder)
    bundle: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Count only evidence received by this day
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    known_at: Option<Date>,
    /// Only this requirement, or those of this component or provision; may be given again
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// How the report is written: terminal, concise, narrated, markdown, html, json, csv, xlsx, sarif, junit, oscal or oscal-poam
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format)]
    format: Format,
    /// Write the report to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only the first page, without every gap in full
    #[arg(long)]
    summary: bool,
    /// What the evidence is worth: items nothing uses, items on which many verdicts rest, items that are there twice
    #[arg(long, conflicts_with_all = ["only", "watch", "stream"])]
    economics: bool,
    /// Line and column numbers in JSON, which leaves them out otherwise
    #[arg(long)]
    lines: bool,
    /// Check again whenever a file of the bundle is saved, and say only what changed
    #[arg(long, conflicts_with_all = ["output", "summary", "lines"])]
    watch: bool,
    /// Read bundles from standard input, one JSON object a line, and write one assessment a line, as JSON
    #[arg(long, conflicts_with_all = ["bundle", "only", "format", "output", "summary", "watch"])]
    stream: bool,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    session.form = form(args.format);
    let (library, policies) = args.asked.rules_and_policies(session)?;
    if args.stream {
        let dates = args.asked.as_of.map_or(Dates::Own, Dates::All);
        return stream::run(&Batch::new(&library, &policies, dates, args.known_at, args.asked.audience)?, args.lines, session);
    }
    let path = session::bundle_or_here(args.bundle.as_deref())?;
    let only = selected(&library, &args.only)?;
    if args.watch {
        return watched(args, path, session, &library, &policies, only.as_ref());
    }
    let (bundle, date) = args.asked.bundle(session, &library, path, args.known_at)?;
    let mut assessment = assess::assess(&library, &bundle, date, &policies);
    assessment.known_at = args.known_at;
    if args.economics {
        assess::weigh(&library, &bundle, &policies, &mut assessment);
    }
    let of = |audience| disclose::disclose(&library, &bundle, &assessment, &policies.disclosure(&library, &bundle, audience));
    let mut view = args.asked.audience.map(of);
    if let Some(only) = only {
        assessment.narrow(&library, &bundle, &only);
        if let Some(view) = &mut view {
            view.narrow(&library, &only).map_err(|count| singled_out(count, view.withheld.audience))?;
        }
    }
    let style = if args.output.is_some() { session.file_style() } else { session.style() };
    let style = Style { detail: if args.summary { Detail::Summary } else { Detail::Full }, lines: args.lines, ..style };
    let fingerprint = evidence::fingerprint(&bundle, &library);
    let whole = Context {
        library: &library,
        bundle: &bundle,
        assessment: &assessment,
        fingerprint: Some(&fingerprint),
        withheld: None,
        style,
    };
    let context = view.as_ref().map_or(whole, |view| whole.through(view));
    let report = args.format.render(&context);
    if args.format.is_binary() {
        deliver_binary(session, &report, args.format.name, args.output.as_deref())?;
    } else {
        session.deliver(&report, args.output.as_deref())?;
    }
    if let Some(path) = &args.output {
        session.note(&format!("{}: {}", crate::host::library::shown(path), summary(&assessment).trim_end()));
    }
    Ok(exit(&assessment))
}

/// Writes what is no text: to a file, or to a program that reads standard output, never to a person's terminal.
pub(super) fn deliver_binary(session: &mut Session, bytes: &[u8], format: &str, to: Option<&Path>) -> Result<(), Failure> {
    if bytes.is_empty() {
        return Err(Failure::Usage(format!("`{format}` cannot hold this report: choose another format")));
    }
    if to.is_none() && terminal::is_watched() {
        return Err(Failure::Usage(format!("`{format}` is no text that a terminal could show: name a file with `--output`")));
    }
    session.deliver(bytes, to)
}

fn watched(
    args: &Args,
    path: &Path,
    session: &mut Session,
    library: &Checked<Library>,
    policies: &Policies,
    only: Option<&BTreeSet<RequirementId>>,
) -> Result<Exit, Failure> {
    if !["terminal", "concise"].contains(&args.format.name) {
        return Err(Failure::Usage("`--watch` writes to a terminal: its format is terminal or concise".to_owned()));
    }
    watch::watch(
        &Watch {
            library,
            policies,
            only,
            path,
            as_of: args.asked.as_of,
            known_at: args.known_at,
            audience: args.asked.audience,
            tally: summary,
        },
        session,
    )?;
    Ok(Exit::Good)
}

/// Few verdicts that are withheld would be told by counting them.
pub(super) fn singled_out(count: usize, audience: Audience) -> Failure {
    let from = audience.title;
    let verdicts = if count == 1 { "a verdict that is".to_owned() } else { format!("{count} verdicts that are") };
    Failure::Usage(format!(
        "`--only` would single out {verdicts} withheld from {from}: leave it out, and they are counted with all others"
    ))
}

fn exit(assessment: &Assessment) -> Exit {
    match assessment.exit_code() {
        0 => Exit::Good,
        1 => Exit::Bad,
        _ => Exit::Open,
    }
}

/// How many of each verdict, in one line.
fn summary(assessment: &Assessment) -> String {
    let count = |of: fn(Verdict) -> bool| assessment.outcomes.iter().filter(|o| of(o.verdict)).count();
    let open = count(|v| v == Verdict::NeedsJudgement);
    let counts = [
        (count(|v| v == Verdict::Met), "met"),
        (count(|v| matches!(v, Verdict::NotMet(_))), "not met"),
        (count(|v| v == Verdict::NotConfirmed), "not confirmed"),
        (open, if open == 1 { "needs judgement" } else { "need judgement" }),
        (count(|v| v == Verdict::NotApplicable), "not applicable"),
        (count(|v| v == Verdict::Sealed), "sealed"),
    ];
    let parts: Vec<String> = counts.iter().map(|(n, words)| format!("{n} {words}")).collect();
    format!("{} requirements on {}: {}\n", assessment.outcomes.len(), assessment.date, parts.join(", "))
}

/// The requirements that `--only` names; `None` when it is not given.
pub(super) fn selected(library: &Library, only: &[String]) -> Result<Option<BTreeSet<RequirementId>>, Failure> {
    if only.is_empty() {
        return Ok(None);
    }
    let mut selected = BTreeSet::new();
    for name in only {
        let before = selected.len();
        if let Some(id) = library.names.requirements.get(name) {
            selected.insert(*id);
        } else if let Some(id) = library.names.strategy.get(name) {
            selected.extend(links::requirements_of_strategic(library, *id));
        } else {
            let provisions = provisions_named(library, name);
            if provisions.is_empty() {
                let names = library.names.requirements.keys().chain(library.names.strategy.keys());
                let near = crate::base::nearest(name, names.chain(library.names.provisions.keys()).map(String::as_str));
                return Err(errors::unknown_id(name, "requirement, component or provision", near).into());
            }
            selected.extend(provisions.into_iter().flat_map(|id| links::requirements_of_provision(library, id)));
        }
        // Looking at nothing is never green.
        if selected.len() == before && library.names.requirements.get(name).is_none_or(|id| !selected.contains(id)) {
            return Err(Failure::Usage(format!("`{name}` is not encoded: no requirement to check belongs to it")));
        }
    }
    Ok(Some(selected))
}

/// The provision of this name, and those below it: `uk-300-2008#art12` has `uk-300-2008#art12.1`; an instrument has all of its own.
fn provisions_named(library: &Library, name: &str) -> Vec<ProvisionId> {
    let below =
        |provision: &str| provision.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '#', '(']));
    library.names.provisions.iter().filter(|(provision, _)| below(provision)).map(|(_, id)| *id).collect()
}

fn format(name: &str) -> Result<Format, String> {
    let names = || Format::ALL.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
    Format::parse(name).ok_or_else(|| format!("it is one of: {}", names()))
}

/// Diagnostics come in the form of the report.
fn form(format: Format) -> Form {
    match format.name {
        "concise" => Form::Concise,
        "narrated" => Form::Narrated,
        "json" => Form::Json,
        _ => Form::Terminal,
    }
}
