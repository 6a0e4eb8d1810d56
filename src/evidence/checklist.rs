//! What an entity says of itself, requirement by requirement: its claim, and what it means to do. `abide export` writes it into a checklist and
//! takes it back from one.
//!
//! None of it is evidence. It changes no verdict, is no part of the fingerprint, and is shown as the entity's own words.

use super::convert::Filler;
use super::errors::{items as errors, top, values};
use super::fields::sorted;
use super::gather::{Statement, fixed};
use super::statements::text;
use super::tree::View;
use crate::base::{Date, Span};
use crate::library::model::RequirementId;

/// How an entity says that it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// All of it is met.
    Yes,
    /// Some of it is.
    Partial,
    /// None of it is.
    No,
    /// Nobody can say yet.
    NotConfirmed,
    /// It is not meant for this entity.
    NotApplicable,
}

impl Claim {
    /// All of them, in the order in which a list offers them.
    pub const ALL: [Self; 5] = [Self::Yes, Self::Partial, Self::No, Self::NotConfirmed, Self::NotApplicable];

    /// The word for it, in a checklist as in a bundle.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partial => "partial",
            Self::No => "no",
            Self::NotConfirmed => "not confirmed",
            Self::NotApplicable => "not applicable",
        }
    }

    /// The claim of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|claim| claim.word() == word)
    }
}

/// A text of an entry, by its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Own {
    /// What there is to show.
    Evidence,
    /// What is wrong.
    Gap,
    /// What will be done.
    Action,
    /// Who sees to it.
    Owner,
    /// By when: a day, or what was written instead of one.
    TargetDate,
}

impl Own {
    /// All of them, in the order of their columns.
    pub const ALL: [Self; 5] = [Self::Evidence, Self::Gap, Self::Action, Self::Owner, Self::TargetDate];

    /// The key in a bundle.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Gap => "gap",
            Self::Action => "action",
            Self::Owner => "owner",
            Self::TargetDate => "target-date",
        }
    }
}

/// What the entity says about one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistEntry {
    /// About which.
    pub requirement: RequirementId,
    /// How it says that it stands.
    pub claim: Option<Claim>,
    /// Its texts, in the order of [`Own::ALL`]; empty where it says nothing.
    pub texts: [String; 5],
    /// Where it is written.
    pub span: Span,
}

impl ChecklistEntry {
    /// One of its texts; empty where it says nothing.
    #[must_use]
    pub const fn text(&self, own: Own) -> &str {
        self.texts[own as usize].as_str()
    }

    /// The target date, where it is one.
    #[must_use]
    pub fn target_date(&self) -> Option<Date> {
        Date::parse(self.text(Own::TargetDate)).ok()
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claim.is_none() && self.texts.iter().all(String::is_empty)
    }
}

/// UTF-16 units that a cell of a spreadsheet holds; a longer text would be lost on its way out.
pub const MOST_IN_CELL: usize = 32_767;

/// Keys of an entry.
pub(super) const KEYS: [&str; 7] = ["requirement", "status", "evidence", "gap", "action", "owner", "target-date"];

/// `checklist`, sorted by requirement; one entry for each.
pub(super) fn read<'s>(filler: &mut Filler<'_, 's>, written: &[Statement<'s>]) -> Vec<ChecklistEntry> {
    let mut entries: Vec<ChecklistEntry> = written.iter().filter_map(|s| entry(filler, s.fields)).collect();
    entries.sort_by_key(|e| (e.requirement, e.span));
    for pair in entries.windows(2) {
        if let [first, second] = pair
            && first.requirement == second.requirement
        {
            let name = &filler.library.requirement(second.requirement).name;
            let told = top::second_entry(second.span, name, first.span);
            filler.tell(told);
        }
    }
    entries.dedup_by_key(|e| e.requirement);
    entries
}

fn entry<'s>(filler: &mut Filler<'_, 's>, written: View<'s>) -> Option<ChecklistEntry> {
    let [requirement, status, own @ ..] = fixed(written, KEYS, "an entry of the checklist", &mut filler.diagnostics);
    let Some(named) = requirement else {
        let at = super::convert::item::first_line(written);
        filler.tell(errors::missing_key(at, "requirement", "an entry of the checklist"));
        return None;
    };
    let requirement = named.text().and_then(|t| filler.fields.requirements.get(t)).copied();
    if requirement.is_none() {
        let known = sorted(&filler.fields.requirements);
        filler.tell(errors::no_such_rule(named, "requirement", &known));
    }
    let claim = status.and_then(|v| {
        let claim = v.text().and_then(Claim::parse);
        if claim.is_none() {
            filler.tell(values::not_one_of(v, "status", &Claim::ALL.map(Claim::word)));
        }
        claim
    });
    let texts = own.map(|value| match value.and_then(|v| text(filler, v, "text").map(|t| (v, t))) {
        Some((at, text)) if text.encode_utf16().count() > MOST_IN_CELL => {
            filler.tell(top::too_long_for_a_cell(at.span(), MOST_IN_CELL));
            String::new()
        }
        Some((_, text)) => text,
        None => String::new(),
    });
    Some(ChecklistEntry { requirement: requirement?, claim, texts, span: written.span() })
}
