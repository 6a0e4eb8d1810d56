//! Bundle to typed items with places, against the library. Reads through [`Folder`]; never touches a file itself.
//!
//! Texts become [`tree`]s, the top-level keys of all trees are gathered, items become rows of [`Bundle`]. Every item is also held against the
//! schema that [`schema`] gives to editors. What is wrong is told all at once, in the words of `errors`.

mod attachments;
mod build;
mod bundle;
mod checklist;
mod convert;
mod documents;
mod entity;
pub(crate) mod errors;
mod fields;
mod fingerprint;
mod folder;
mod gather;
mod options;
mod place;
mod pool;
mod reader;
mod revise;
mod schema;
mod statements;
mod table;
mod test_items;
#[cfg(test)]
mod tests;
pub mod tree;
mod validate;
mod watched;

pub use bundle::{
    At, Attachment, AttachmentState, Bundle, DANGLING, Elements, Entity, Exemption, ExemptionKind, ExemptionOf, FieldAt,
    Judgement, MISSING, NilOf, NilReturn, Pool, Rows, Texts, decode_interval, decode_period, encode_interval, encode_period,
};
pub use checklist::{ChecklistEntry, Claim, MOST_IN_CELL, Own};
pub use documents::Documents;
pub use errors::{folder_problem, workbook_problem};
pub use fingerprint::{fingerprint, fingerprint_of_entity, fingerprints_of_items, same};
pub use folder::{FileEntry, Folder, FolderError, Listing, MemoryFolder, Overlay, PathError, relative_path};
pub use options::{Limits, ReadOptions};
pub use reader::{ReadOutcome, Reader};
pub use revise::{ADDED, Revision, Written};
pub use schema::schema;
pub use table::table_paths;
pub use watched::{Watched, unchanged};
