//! `abide findings link`: which provisions findings in prose most probably concern; with `--accept`, writes the link.

use std::path::{Path, PathBuf};

use super::Common;
use crate::base::Date;
use crate::cli::Exit;
use crate::cli::session::{Failure, Session};
use crate::evidence::{Limits, MemoryFolder};
use crate::findings::link::{self, Index, NotWritten, candidates};
use crate::findings::{self, Finding, Register};
use crate::host::{errors, library::shown, output};
use crate::library::Library;
use crate::library::model::TermId;
use crate::report::findings::{Asked, link as report};
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Exit codes: 0 no finding waits for a provision, 2 it could not be done, 3 some do

Examples:
  abide findings link findings/                                 every finding without a provision
  abide findings link findings/ --finding F-26-07 --accept 1    write the first of the answers into the record
  abide findings link --text \"Two passes of leavers still opened door 22.\" --kind airport --on 2026-05-04";

/// Say which provisions findings in prose most probably concern.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The register: a folder or file, or the bundle that it stands beside
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Only this finding, also when it has a provision
    #[arg(long, value_name = "ID")]
    finding: Option<String>,
    /// Write the answer of this number into the record of --finding
    #[arg(long, value_name = "N", requires = "finding", conflicts_with = "audience", value_parser = clap::value_parser!(u32).range(1..=20))]
    accept: Option<u32>,
    /// Link this prose instead of a register
    #[arg(long, value_name = "PROSE", conflicts_with_all = ["finding", "accept", "path"])]
    text: Option<String>,
    /// The day whose law counts, where the finding states none (default: today)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    on: Option<Date>,
    /// The kind of the entity, such as airport (default: that of the bundle)
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// How many answers for each finding
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    most: u32,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let most = args.most.max(args.accept.unwrap_or(0)) as usize;
    let style = args.common.style(session);
    if let Some(prose) = &args.text {
        if prose.trim().is_empty() {
            return Err(Failure::Usage("`--text` is empty: write what was found, in a sentence".to_owned()));
        }
        session.form = args.common.form();
        let library = session.library(&args.common.rules.choice(), Tests::Skip)?;
        let kind = args.kind.as_deref().map(|name| kind(&library, name)).transpose()?;
        let on = super::day(args.on)?;
        let found = candidates(&Index::new(&library), &library, &link::Asked { prose, on, kind }, most);
        let asked = [Asked { id: None, prose, on, candidates: found }];
        args.common.deliver(&report(&library, &asked, 0, style, args.common.format), session)?;
        return Ok(Exit::Open);
    }
    let super::Opened { library, read, withheld, .. } = super::open_good(&args.path, &args.common, session)?;
    let register = &read.register;
    let chosen = chosen(register, args.finding.as_deref())?;
    let kind = args.kind.as_deref().map(|name| kind(&library, name)).transpose()?.or(register.entity_kind);
    let index = Index::new(&library);
    let mut asked = Vec::new();
    for finding in chosen {
        let Some(prose) = finding.found.get() else { continue };
        let on = finding.law_day().or(args.on).map_or_else(|| super::day(None), Ok)?;
        let candidates = candidates(&index, &library, &link::Asked { prose, on, kind }, most);
        if let Some(number) = args.accept {
            let Some(candidate) = candidates.get(number as usize - 1) else {
                return Err(Failure::Usage(format!("there are {} answers, and no number {number}", candidates.len())));
            };
            let name = library.provision(candidate.provision).name.clone();
            accept(&library, register, finding, &name, &args.path)?;
            let before = finding.provision.get().filter(|cited| cited.name != name);
            let instead = before.map_or_else(String::new, |cited| format!(", in place of {}", cited.name));
            session.note(&format!("{} now cites {name}{instead}", finding.id.value));
            return Ok(Exit::Good);
        }
        asked.push(Asked { id: Some(&finding.id.value), prose, on, candidates });
    }
    if args.accept.is_some() {
        return Err(Failure::Usage("the finding says nothing in `found`, so there is nothing to link by".to_owned()));
    }
    args.common.deliver(&report(&library, &asked, withheld, style, args.common.format), session)?;
    Ok(if asked.is_empty() && withheld == 0 { Exit::Good } else { Exit::Open })
}

fn kind(library: &Library, name: &str) -> Result<TermId, Failure> {
    let terms = &library.vocabulary(library.entity_kinds).terms;
    let found = (0u32..).zip(terms).find(|(_, term)| term.name == name).map(|(term, _)| TermId(term));
    found.ok_or_else(|| {
        let near = crate::base::nearest(name, terms.iter().map(|t| t.name.as_str()));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Failure::Usage(format!("there is no kind of entity `{name}`{near}"))
    })
}

/// The findings that are asked about: the one that is named, or all that have no provision.
fn chosen<'r>(register: &'r Register, id: Option<&str>) -> Result<Vec<&'r Finding>, Failure> {
    let Some(id) = id else {
        return Ok(register.findings.iter().filter(|f| f.provision.is_missing()).collect());
    };
    let named: Vec<&Finding> = register.findings.iter().filter(|f| f.id.value == id).collect();
    match named.as_slice() {
        [_] => Ok(named),
        [] => {
            let near = crate::base::nearest(id, register.findings.iter().map(|f| f.id.value.as_str()));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(Failure::Usage(format!("the register has no finding `{id}`{near}")))
        }
        many => Err(Failure::Usage(format!(
            "{} entities have a finding `{id}`: name the file of the one you mean instead of the folder",
            many.len()
        ))),
    }
}

/// Writes the link, and only when the text with it reads as the same register with that one difference.
fn accept(library: &Library, register: &Register, finding: &Finding, name: &str, path: &Path) -> Result<(), Failure> {
    let by_hand = |why: &str| {
        Failure::Usage(format!(
            "the link was not written: {why}; write `provision: {name}` into the record of {}",
            finding.id.value
        ))
    };
    let Some(source) = register.sources.get(finding.id.span.file) else { return Err(by_hand("its file is not known")) };
    let text = link::accept(source.text(), finding, name).map_err(|why| match why {
        NotWritten::NoProse => by_hand("the finding says nothing in `found`"),
        NotWritten::Form => by_hand("the record is written in a way that a line cannot be added to"),
    })?;
    let read = |text: &str| {
        let folder = MemoryFolder::new([(source.name().to_owned(), text.to_owned())]);
        findings::read(library, &folder, &Limits::default()).register.findings
    };
    let (before, after) = (read(source.text()), read(&text));
    let linked = |f: &&Finding| f.id.value == finding.id.value && f.provision.get().is_some_and(|c| c.name == name);
    if before.len() != after.len() || !after.iter().any(|f| linked(&f)) {
        return Err(by_hand("the record is written in a way that a line cannot be added to"));
    }
    let file = if path.is_dir() { path.join(source.name()) } else { path.to_owned() };
    output::write(&file, text.as_bytes()).map_err(|e| errors::unwritable_output(&shown(&file), &e.to_string()).into())
}
