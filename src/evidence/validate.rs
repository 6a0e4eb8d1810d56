//! Items against the schema of a bundle. Conversion tells what is wrong in its own words; the schema makes sure that nothing it refuses is let in.
//! Whatever conversion has not told of an item that its schema refuses is told here.

use std::sync::LazyLock;

use jsonschema::PatternCache;
use jsonschema::error::ValidationErrorKind;
use rayon::prelude::*;

use super::errors::top;
use super::gather::{Item, Origin};
use super::reader::Reader;
use super::schema;
use super::tree::View;
use super::tree::value::{Instance, TreeJson};
use crate::base::{Date, Span};
use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::library::model::KindId;

/// So many items are worth more than one thread.
const MANY: usize = 256;
/// So many items are worth a thread when schemas of their kinds are still to be compiled.
const FEW: usize = 32;

/// The schema of a kind's items, compiled.
pub(super) type Validator = jsonschema::Validator<TreeJson>;

/// Kinds have fields of the same few types, so their patterns are compiled once for all kinds.
static PATTERNS: LazyLock<PatternCache> = LazyLock::new(PatternCache::new);

/// Compiles the schema of a kind's items. It is made by this program, so that it can be compiled is a matter of tests.
pub(super) fn compile(library: &Library, kind: KindId) -> Option<Validator> {
    jsonschema::options_for::<TreeJson>()
        .with_format("date", |text: &str| Date::parse(text).is_ok())
        .should_validate_formats(true)
        .offline()
        .with_pattern_cache(PATTERNS.clone())
        .build(&schema::item(library, kind))
        .ok()
}

impl Reader<'_> {
    fn validator(&self, kind: KindId) -> Option<&Validator> {
        self.validators().get(kind.0 as usize)?.get_or_init(|| compile(self.library(), kind)).as_ref()
    }

    /// The items, by their position, that the schemas of their kinds refuse.
    pub(super) fn refused(&self, items: &[Item<'_>]) -> Vec<u32> {
        let refused = |(index, item): (usize, &Item<'_>)| {
            let refuses = |v: &Validator| !v.is_valid(Instance::At(item.fields));
            (item.origin == Origin::Written && self.validator(item.kind).is_some_and(refuses)).then_some(index as u32)
        };
        if self.is_worth_a_thread(items) {
            items.par_iter().enumerate().with_min_len(FEW).filter_map(refused).collect()
        } else {
            items.iter().enumerate().filter_map(refused).collect()
        }
    }

    /// Whether holding items against their schemas takes so long that it is done beside something else: there are many, or the first of their kinds.
    pub(super) fn is_worth_a_thread(&self, items: &[Item<'_>]) -> bool {
        let compiled = |item: &Item<'_>| self.validators().get(item.kind.0 as usize).is_some_and(|v| v.get().is_some());
        items.len() >= MANY || (items.len() > FEW && !items.iter().all(compiled))
    }

    /// Says what the schema of its kind has against an item, save what has been `told` of it in other words.
    pub(super) fn refusals(&self, kind: KindId, item: View<'_>, told: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut more = Vec::new();
        let Some(validator) = self.validator(kind) else { return more };
        for error in validator.iter_errors(Instance::At(item)) {
            let Some(at) = locate(item, error.instance_path().as_str()) else { continue };
            let mut places = vec![at.span()];
            if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
                let named = |key: View<'_>| key.text().is_some_and(|t| unexpected.iter().any(|u| u == t));
                places = at.pairs().filter(|(key, _)| named(*key)).map(|(key, _)| key.span()).collect();
            }
            for place in places {
                if !told.iter().any(|d| d.at.as_ref().is_some_and(|l| touches(l.span, place))) {
                    more.push(top::schema(place, &error.to_string()));
                }
            }
        }
        more
    }
}

fn touches(a: Span, b: Span) -> bool {
    a.file == b.file && a.start <= b.end && b.start <= a.end
}

/// The node that a JSON pointer leads to.
fn locate<'s>(item: View<'s>, pointer: &str) -> Option<View<'s>> {
    pointer.split('/').skip(1).try_fold(item, |at, part| {
        if at.is_sequence() { at.elements().nth(part.parse().ok()?) } else { at.get(&part.replace("~1", "/").replace("~0", "~")) }
    })
}
