//! One value to one cell, by the type of its field.

use crate::base::{Date, DateError, Interval, Period};
use crate::diagnostics::Diagnostic;
use crate::evidence::bundle::{DANGLING, MISSING, encode_interval, encode_period};
use crate::evidence::convert::item::{Filler, Known};
use crate::evidence::convert::number;
use crate::evidence::errors::values as errors;
use crate::evidence::tree::View;
use crate::library::model::{KindId, Scalar, VocabularyId};

impl<'s> Filler<'_, 's> {
    /// The cell of a value. `name` is its field's, for messages.
    pub(in crate::evidence) fn cell(&mut self, of: Scalar, value: View<'s>, name: &str) -> i64 {
        let Some(text) = value.text() else {
            if !value.is_null() {
                self.tell(errors::wrong_value(value, of, name, self.library));
            }
            return MISSING;
        };
        let read = match of {
            Scalar::Bool => bool_cell(value, text),
            Scalar::Whole => number_text(value, text).then(|| number::whole(text)).flatten(),
            Scalar::Decimal => {
                let decimal = if number_text(value, text) { number::decimal(text) } else { None };
                decimal.map(|d| self.interner.decimal(d))
            }
            Scalar::Percent => number::percent(text).map(|p| self.interner.decimal(p.0)),
            Scalar::Text => is_text(value, text).then(|| self.interner.text(text)),
            Scalar::Date => match Date::parse(text) {
                Ok(date) => Some(i64::from(date.day_number())),
                Err(DateError::NoSuchDay) => return self.refuse(errors::no_such_day(value.span(), text)),
                Err(DateError::Form) => None,
            },
            Scalar::Period => Period::parse(text).ok().map(encode_period),
            Scalar::Interval => match interval(value, text) {
                Ok(interval) => interval.map(encode_interval),
                Err(diagnostic) => return self.refuse(*diagnostic),
            },
            Scalar::Term(vocabulary) => return self.term(vocabulary, value, text, name),
            Scalar::Ref(kind) => {
                if is_text(value, text) {
                    return self.reference(kind, value, text);
                }
                None
            }
        };
        match read {
            Some(cell) => cell,
            None => self.refuse(errors::wrong_value(value, of, name, self.library)),
        }
    }

    /// The cell of a text that no rule compares with another: it need not be looked for among those that are there.
    pub(in crate::evidence) fn text_cell(&mut self, value: View<'s>, name: &str) -> i64 {
        match value.text() {
            Some(text) if is_text(value, text) => self.interner.new_text(text),
            _ => self.cell(Scalar::Text, value, name),
        }
    }

    fn refuse(&mut self, diagnostic: Diagnostic) -> i64 {
        self.tell(diagnostic);
        MISSING
    }

    fn term(&mut self, vocabulary: VocabularyId, value: View<'s>, text: &str, name: &str) -> i64 {
        match self.fields.terms[vocabulary.0 as usize].get(text) {
            Some(term) => i64::from(*term),
            None => {
                let known = self.fields.term_names(vocabulary);
                let of = &self.library.vocabulary(vocabulary).name;
                self.refuse(errors::no_such_term(value.span(), text, name, of, &known))
            }
        }
    }

    /// The row of the item with this id.
    fn reference(&mut self, kind: KindId, value: View<'s>, text: &'s str) -> i64 {
        match self.known.get(text).and_then(|index| self.targets.get(*index as usize)) {
            Some(Known::Row { kind: of, row, .. }) if *of == kind => i64::from(*row),
            Some(Known::Hidden { kind: of, .. }) if *of == kind => MISSING,
            Some(Known::Row { kind: of, span, .. } | Known::Hidden { kind: of, span }) => {
                let (wanted, is) = (&self.library.kind(kind).name, &self.library.kind(*of).name);
                let diagnostic = errors::reference_kind(value.span(), text, wanted, is, *span);
                self.refuse(diagnostic)
            }
            None => {
                let wanted = &self.library.kind(kind).name;
                let near = self.near_id(kind, text);
                self.tell(errors::dangling(value.span(), text, wanted, near));
                DANGLING
            }
        }
    }

    /// The id of a kind's item that is most like this one.
    fn near_id(&self, kind: KindId, text: &str) -> Option<&'s str> {
        // With very many items a look through all of them for each broken reference would cost more than the hint is worth.
        let ids = self.ids.get(kind.0 as usize).filter(|ids| ids.len() <= 2_000)?;
        crate::base::nearest(text, ids.iter().copied())
    }
}

/// Whether a scalar may be read as a number: not one in quotes, unless its digits are grouped (`1_900_000` is text to JSON and YAML).
fn number_text(value: View<'_>, text: &str) -> bool {
    value.is_plain() || text.contains('_')
}

/// Whether a scalar may be read as text: anything but `true` and `false` without quotes.
fn is_text(value: View<'_>, text: &str) -> bool {
    !(value.is_plain() && matches!(text, "true" | "false"))
}

fn bool_cell(value: View<'_>, text: &str) -> Option<i64> {
    match text {
        "true" if value.is_plain() => Some(1),
        "false" if value.is_plain() => Some(0),
        _ => None,
    }
}

/// The interval a text writes; an error when its days do not exist or stand the wrong way round.
pub(in crate::evidence) fn interval(value: View<'_>, text: &str) -> Result<Option<Interval>, Box<Diagnostic>> {
    let Some((first, last)) = text.split_once('/') else { return Ok(None) };
    let day = |part: &str| match Date::parse(part.trim()) {
        Ok(date) => Ok(Some(date)),
        Err(DateError::NoSuchDay) => Err(Box::new(errors::no_such_day(value.span(), part.trim()))),
        Err(DateError::Form) => Ok(None),
    };
    let (Some(first), Some(last)) = (day(first)?, day(last)?) else { return Ok(None) };
    if last < first {
        return Err(Box::new(errors::backwards(value.span(), first, last)));
    }
    Ok(Some(Interval::new(first, last)))
}
