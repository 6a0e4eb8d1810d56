//! How long items of evidence are kept, where a provision says so.

use super::links;
use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::model::Library;

/// Fills `retained` of the kinds.
pub(super) fn build(declared: &Declared<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    for (index, written) in declared.kinds.iter().enumerate() {
        let Some((text, by)) = &written.retained else { continue };
        let retained = links::provision(by, library, problems).map(|id| (text.value.clone(), id));
        if let Some(kind) = library.kinds.get_mut(index) {
            kind.retained = retained;
        }
    }
}
