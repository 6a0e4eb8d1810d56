//! Typed fields out of a record of YAML or JSON. What cannot be read is told here, at its place, and never told to be missing too.

use super::words::Word;
use crate::base::{Date, DateError, Span, Spanned};
use crate::diagnostics::Diagnostic;
use crate::evidence::errors::{items, values};
use crate::evidence::tree::View;
use crate::library::Library;
use crate::library::model::Scalar;

/// A value of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// Not stated.
    #[default]
    Missing,
    /// Stated, but it could not be read; what is wrong has been told.
    Unreadable(Span),
    /// Stated.
    Stated(Spanned<T>),
}

impl<T> Field<T> {
    /// The value, where it is stated.
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Stated(stated) => Some(&stated.value),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }

    /// The value with its place.
    pub const fn stated(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Stated(stated) => Some(stated),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }

    /// Where it stands.
    pub const fn span(&self) -> Option<Span> {
        match self {
            Self::Stated(stated) => Some(stated.span),
            Self::Unreadable(span) => Some(*span),
            Self::Missing => None,
        }
    }

    /// Whether it is not stated at all.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

/// A record being read. Keys that it does not know are refused when it is opened.
pub(super) struct Record<'s, 'd> {
    view: View<'s>,
    library: &'d Library,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'s, 'd> Record<'s, 'd> {
    /// Opens a record; `None`, and told, when it is none.
    pub(super) fn open(
        view: View<'s>,
        place: &str,
        known: &[&str],
        library: &'d Library,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Option<Self> {
        if !view.is_mapping() {
            diagnostics.push(items::not_an_item(view, place));
            return None;
        }
        for (key, _) in view.pairs() {
            if key.text().is_some_and(|text| !known.contains(&text)) {
                diagnostics.push(items::no_such_key(key, place, known));
            }
        }
        Some(Self { view, library, diagnostics })
    }

    /// Opens a record inside this one; `None` where it is not stated.
    pub(super) fn inside(&mut self, key: &str, known: &[&str]) -> Option<Record<'s, '_>> {
        let view = self.value(key)?;
        Record::open(view, &format!("`{key}`"), known, self.library, self.diagnostics)
    }

    /// Reads every record of a list, in order.
    pub(super) fn each<T>(
        &mut self,
        key: &str,
        known: &[&str],
        mut read: impl FnMut(&mut Record<'s, '_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(list) = self.value(key) else { return Vec::new() };
        if !list.is_sequence() {
            self.diagnostics.push(values::not_a_list(list, key));
            return Vec::new();
        }
        let place = format!("an element of `{key}`");
        let elements = list.elements().filter_map(|element| {
            let mut record = Record::open(element, &place, known, self.library, self.diagnostics)?;
            read(&mut record)
        });
        elements.collect()
    }

    /// The first line of the record: where something that is missing is missed.
    pub(super) fn span(&self) -> Span {
        let span = self.view.span();
        let text = self.view.doc.text.get(span.start as usize..span.end as usize).unwrap_or("");
        let line = text.lines().next().map_or(0, str::len) as u32;
        Span::new(span.file, span.start, span.start + line.min(span.len()))
    }

    /// All of the record.
    pub(super) fn whole(&self) -> Span {
        self.view.span()
    }

    /// A value as it stands; nothing for `null`.
    pub(super) fn value(&self, key: &str) -> Option<View<'s>> {
        self.view.get(key).filter(|value| !value.is_null())
    }

    /// A text that has to be there; told when it is not.
    pub(super) fn id(&mut self, place: &str) -> Option<Spanned<String>> {
        match self.text("id") {
            Field::Stated(id) => Some(id),
            Field::Unreadable(_) => None,
            Field::Missing => {
                let at = self.span();
                self.diagnostics.push(items::missing_key(at, "id", place));
                None
            }
        }
    }

    /// A text. An empty one says nothing and is refused.
    pub(super) fn text(&mut self, key: &str) -> Field<String> {
        self.read(key, |record, value| record.one_text(value, key))
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, key: &str) -> Field<Vec<Spanned<String>>> {
        self.read(key, |record, value| {
            if !value.is_sequence() {
                record.diagnostics.push(values::not_a_list(value, key));
                return None;
            }
            let mut good = true;
            let mut texts = Vec::new();
            for element in value.elements() {
                match record.one_text(element, key) {
                    Some(text) => texts.push(Spanned::new(text, element.span())),
                    None => good = false,
                }
            }
            good.then_some(texts)
        })
    }

    /// A date.
    pub(super) fn date(&mut self, key: &str) -> Field<Date> {
        self.read(key, |record, value| {
            let problem = match value.text().map(|text| (text, Date::parse(text))) {
                Some((_, Ok(date))) => return Some(date),
                Some((text, Err(DateError::NoSuchDay))) => values::no_such_day(value.span(), text),
                Some((_, Err(DateError::Form))) | None => values::wrong_value(value, Scalar::Date, key, record.library),
            };
            record.diagnostics.push(problem);
            None
        })
    }

    /// Yes or no.
    pub(super) fn bool(&mut self, key: &str) -> Field<bool> {
        self.read(key, |record, value| {
            let known = match value.text().filter(|_| value.is_plain()) {
                Some("true") => Some(true),
                Some("false") => Some(false),
                _ => None,
            };
            if known.is_none() {
                record.diagnostics.push(values::wrong_value(value, Scalar::Bool, key, record.library));
            }
            known
        })
    }

    /// One of a few words.
    pub(super) fn word<W: Word>(&mut self, key: &str) -> Field<W> {
        self.read(key, |record, value| {
            let known = value.text().and_then(W::parse);
            if known.is_none() {
                let words: Vec<&str> = W::ALL.iter().map(|word| word.word()).collect();
                record.diagnostics.push(values::not_one_of(value, key, &words));
            }
            known
        })
    }

    /// A value, by whatever reads it; told when it cannot be.
    pub(super) fn read<T>(&mut self, key: &str, read: impl FnOnce(&mut Self, View<'s>) -> Option<T>) -> Field<T> {
        let Some(value) = self.value(key) else { return Field::Missing };
        let span = value.span();
        match read(self, value) {
            Some(value) => Field::Stated(Spanned::new(value, span)),
            None => Field::Unreadable(span),
        }
    }

    /// Says that something is wrong.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The rules.
    pub(super) const fn library(&self) -> &'d Library {
        self.library
    }

    fn one_text(&mut self, value: View<'s>, key: &str) -> Option<String> {
        let word = value.is_plain() && matches!(value.text(), Some("true" | "false"));
        let text = value.text().map(str::trim).filter(|text| !text.is_empty() && !word);
        if text.is_none() {
            self.diagnostics.push(values::not_text(value, key));
        }
        text.map(str::to_owned)
    }
}
