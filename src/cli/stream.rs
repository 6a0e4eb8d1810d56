//! `abide check --stream`: bundles as NDJSON on standard input, assessments as NDJSON on standard output, in the same order, one line for each line.
//!
//! Any batch engine can drive it: a line of input is a line of output, whatever is wrong with it, and nothing is kept from one line to the next.

use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Exit;
use super::batch::{Batch, Refused};
use super::session::{Failure, Session};
use crate::base::Sources;
use crate::diagnostics::{Diagnostic, render};
use crate::evidence::MemoryFolder;
use crate::host::lines::{self, Line};
use crate::report::{self, Style};

/// Bytes of one line. A bundle of a hundred thousand items fits.
const LONGEST: usize = 16 << 20;
/// Bytes of the lines that are worked on at once.
const AT_ONCE: usize = 32 << 20;
/// What a bundle is called in its report: as one that was given as this file.
const NAME: &str = "bundle.json";

/// What becomes of one line.
struct Answer {
    /// What is written for it.
    line: Vec<u8>,
    /// What is said about it on standard error.
    warnings: Option<String>,
    assessed: bool,
}

pub(super) fn run(batch: &Batch<'_>, lines: bool, session: &mut Session) -> Result<Exit, Failure> {
    let style = Style { lines, ..session.file_style() };
    let most = rayon::current_num_threads() * 4;
    let (send, receive) = sync_channel(rayon::current_num_threads());
    // Reads ahead, so that an engine that waits for an answer before it sends more gets one, and others keep all threads busy. It ends with the input,
    // or when nobody listens any more.
    std::thread::spawn(move || read(&mut io::stdin().lock(), &send));
    let (mut exit, mut number) = (Exit::Good, 0u64);
    while let Some(taken) = take(&receive, most) {
        let numbered: Vec<(u64, io::Result<Line>)> = (number + 1..).zip(taken).collect();
        number += numbered.len() as u64;
        let answers: Vec<Answer> = numbered.into_par_iter().map(|(number, line)| answer(batch, number, line, style)).collect();
        for answer in answers {
            if !answer.assessed {
                exit = Exit::Unable;
            }
            if let Some(warnings) = answer.warnings {
                session.note(&warnings);
            }
            session.print_bytes(&answer.line)?;
        }
        if !session.flush()? {
            break;
        }
    }
    if number == 0 {
        session.note("nothing came on standard input: no bundle was assessed");
    }
    Ok(exit)
}

/// Sends lines on, until there are no more or nobody takes them.
fn read(from: &mut dyn BufRead, to: &SyncSender<io::Result<Line>>) {
    while let Some(line) = lines::next(from, LONGEST).transpose() {
        let failed = line.is_err();
        if to.send(line).is_err() || failed {
            return;
        }
    }
}

/// Waits for a line and takes what else has come; `None` at the end.
fn take(from: &Receiver<io::Result<Line>>, most: usize) -> Option<Vec<io::Result<Line>>> {
    let size = |line: &io::Result<Line>| match line {
        Ok(Line::Whole(bytes)) => bytes.len(),
        Ok(Line::TooLong(_)) | Err(_) => 0,
    };
    let mut taken = vec![from.recv().ok()?];
    let mut bytes = taken.iter().map(size).sum::<usize>();
    while taken.len() < most && bytes < AT_ONCE {
        let Ok(line) = from.try_recv() else { break };
        bytes += size(&line);
        taken.push(line);
    }
    Some(taken)
}

fn answer(batch: &Batch<'_>, number: u64, line: io::Result<Line>, style: Style) -> Answer {
    let refused = |diagnostics: &[Diagnostic], sources: &Sources| Answer {
        line: error(number, diagnostics, sources),
        warnings: None,
        assessed: false,
    };
    let bytes = match lines::usable(line, LONGEST) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return refused(&[*diagnostic], &Sources::default()),
    };
    match batch.assess(&MemoryFolder::new([(NAME, bytes)])) {
        Ok(done) => {
            let look = style.look();
            let told = (!done.diagnostics.is_empty()).then(|| render::concise(&done.diagnostics, &done.sources, look));
            let warnings = told.map(|told| format!("line {number}:\n{}", told.trim_end()));
            Answer { line: report::json_line(&batch.context(&done, style)), warnings, assessed: true }
        }
        Err(Refused { diagnostics, sources }) => refused(&diagnostics, &sources),
    }
}

/// The record of a line that could not be assessed.
fn error(number: u64, diagnostics: &[Diagnostic], sources: &Sources) -> Vec<u8> {
    let mut record = json!({ "format": "abide-stream-error", "version": 1, "line": number });
    if let (Value::Object(record), Value::Object(told)) = (&mut record, render::json_value(diagnostics, sources)) {
        record.extend(told);
    }
    format!("{record}\n").into_bytes()
}
