//! One assessment of a portfolio, on one line of NDJSON: what a team needs of it, without the evidence. `docs/portfolio-line.schema.json` describes it.
//!
//! Everything a portfolio says is worked out from lines, so that a run that was killed and one that was not end with the same bytes. To add something: a
//! field here, its source in [`super::extract`], a row in the schema; and a higher [`VERSION`], so that lines of earlier runs are made anew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::hex;

/// What stands first on every line.
pub const FORMAT: &str = "abide-portfolio-line";
/// The form of a line. Lines of another form are never used again.
pub const VERSION: u32 = 2;
/// What stands at the end of a line, before the digest of all that stands before it.
const SEAL: &[u8] = b",\"digest\":\"";
/// What stands after the digest.
const SEALED: &[u8] = b"\"}";

/// One bundle of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The bundle's path in the portfolio, with `/`.
    pub bundle: String,
    /// Rules, policies and options, as one digest.
    pub made_with: String,
    /// What was read, with the digest of what stood there: by it a later run knows whether the line still holds. Empty for an audience, which may not see
    /// the names of all files.
    pub inputs: BTreeMap<String, String>,
    /// The assessment; `None` when the bundle could not be assessed.
    pub assessed: Option<Assessed>,
    /// What is wrong with the bundle: errors when it could not be assessed, else warnings.
    pub diagnostics: Vec<Told>,
}

/// An assessment, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// The assessment date.
    pub on: String,
    /// Where that date comes from: `asked`, `bundle` or `clock`.
    pub dated_by: String,
    /// Only evidence received by this day counted.
    pub known_at: Option<String>,
    /// The audience it is for; `None` for the full view.
    pub audience: Option<String>,
    /// Items of evidence that are withheld from that audience.
    pub withheld_items: Option<u32>,
    /// Looks by the authority whose day the audience may not see, and facts about the entity: without them nobody can say how often law wants it looked at.
    pub withheld_looks: Option<u32>,
    /// SHA-256 of rules, evidence and policies.
    pub fingerprints: Fingerprints,
    /// Whom it is about.
    pub entity: Entity,
    /// Items of evidence.
    pub items: u32,
    /// Verdicts.
    pub counts: Counts,
    /// Components in the order of their numbers.
    pub components: Vec<Component>,
    /// What is not met, not confirmed or needs judgement, those that matter most first.
    pub gaps: Vec<Gap>,
    /// Provisions with a verdict, by name.
    pub provisions: BTreeMap<String, String>,
    /// Figures on performance.
    pub figures: Vec<Figure>,
    /// Looks by the authority that the evidence records, in the order of days.
    pub visits: Vec<Visit>,
    /// How many records of findings stand beside the bundle. A portfolio reads those of its register alone.
    pub findings_beside: u32,
}

/// What an assessment rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprints {
    /// Of the rules.
    pub rules: String,
    /// Of the evidence.
    pub evidence: String,
    /// Of the policies; `None` when there are none.
    pub policies: Option<String>,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind: a term of `entity-kind`.
    pub kind: Option<String>,
    /// Its route: a term of `sems`.
    pub sems: Option<String>,
    /// Facts that are whole numbers.
    pub facts: BTreeMap<String, i64>,
}

/// Verdicts, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "they are the verdicts, by their names")]
pub struct Counts {
    pub met: usize,
    pub not_met: usize,
    pub not_confirmed: usize,
    pub needs_judgement: usize,
    pub not_applicable: usize,
    pub sealed: usize,
}

/// A component of a SeMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// The level reached.
    pub reached: Option<String>,
    /// Present, suitable, operating, effective: how many requirements are met, not met, not confirmed and need judgement.
    pub levels: [[u32; 4]; 4],
}

/// A requirement that is not met or still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Its name.
    pub requirement: String,
    /// The verdict.
    pub verdict: String,
    /// Why, when it is not met.
    pub reason: Option<String>,
    /// How much it matters.
    pub severity: String,
    /// The provisions it discharges.
    pub provisions: Vec<String>,
    /// What was found, in a sentence.
    pub sentence: String,
    /// What to do, in a sentence.
    pub remedy: Option<String>,
}

/// A figure on performance and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What is measured.
    pub name: String,
    /// What it is about: `people`, `systems`, `both`, or not said.
    pub about: Option<String>,
    /// Which way is worse: `up` or `down`; not said when target and alert level do not tell.
    pub worse: Option<String>,
    /// Values by the last day of their period. Values marked as doubtful are left out.
    pub values: BTreeMap<String, String>,
    /// How many values were left out because they are marked as doubtful.
    pub doubtful: u32,
}

/// A look by the authority.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The day.
    pub on: String,
    /// What it was: `visit`, or `validation` with the standing that was validated.
    pub what: String,
    /// The standing that was validated.
    pub standing: Option<String>,
}

/// A diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Its code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// The file, when there is one.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: Option<u32>,
    /// Its column, from 1.
    pub column: Option<u32>,
    /// What to do.
    pub help: Option<String>,
}

/// The digest of what lines were made with.
#[must_use]
pub fn made_with(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in [FORMAT, &VERSION.to_string()].into_iter().chain(parts.iter().copied()) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hex(&hash.finalize())
}

impl Line {
    /// A line about a bundle.
    #[must_use]
    pub fn new(bundle: &str, made_with: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            bundle: bundle.to_owned(),
            made_with: made_with.to_owned(),
            inputs: BTreeMap::new(),
            assessed: None,
            diagnostics: Vec::new(),
        }
    }

    /// Reads a line back; `None` when it is torn, of another form, or not as it was written.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii_end().strip_suffix(SEALED)?;
        let (sealed, digest) = text.split_at_checked(text.len().checked_sub(64)?)?;
        let sealed = sealed.strip_suffix(SEAL)?;
        if hex(&Sha256::digest(sealed)).as_bytes() != digest {
            return None;
        }
        let whole = [sealed, b"}"].concat();
        serde_json::from_slice::<Self>(&whole).ok().filter(|line| line.format == FORMAT && line.version == VERSION)
    }

    /// The line, with its end: last the SHA-256 of all that stands before it, so that a line that was edited is not taken for one that was worked out.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.pop();
        let digest = hex(&Sha256::digest(&bytes));
        bytes.extend_from_slice(SEAL);
        bytes.extend_from_slice(digest.as_bytes());
        bytes.extend_from_slice(SEALED);
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop; that is how it fails")]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_edited_is_not_read() {
        let line = Line::new("north/e1", &made_with(&["x"]));
        let written = line.write();
        assert_eq!(Line::parse(&written), Some(line));
        let text = String::from_utf8(written).unwrap();
        assert_eq!(Line::parse(text.replace("north/e1", "north/e2").as_bytes()), None);
        assert_eq!(Line::parse(text.trim_end().as_bytes()).unwrap().bundle, "north/e1");
        for cut in 0..text.len() - 1 {
            assert_eq!(Line::parse(&text.as_bytes()[..cut]), None, "cut at {cut}");
        }
    }
}
