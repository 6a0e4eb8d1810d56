//! Bundle to typed items with places, against the library. Reads through [`Folder`]; never touches a file itself.
//!
//! Texts become [`tree`]s, the top-level keys of all trees are gathered, items become rows of [`Bundle`]. Every item is also held against the
//! schema that [`schema`] gives to editors. What is wrong is told all at once, in the words of `errors`.

mod attachments;
mod build;
mod bundle;
mod convert;
mod csv;
mod entity;
mod errors;
mod fields;
mod fingerprint;
mod folder;
mod gather;
mod options;
mod place;
mod pool;
mod reader;
mod schema;
mod statements;
mod test_items;
#[cfg(test)]
mod tests;
pub mod tree;
mod validate;

pub use bundle::{
    At, Attachment, AttachmentState, Bundle, DANGLING, Elements, Entity, Exemption, ExemptionKind, ExemptionOf, FieldAt,
    Judgement, MISSING, NilOf, NilReturn, Pool, Rows, Texts, decode_interval, decode_period, encode_interval, encode_period,
};
pub use errors::folder_problem;
pub use fingerprint::{fingerprint, same};
pub use folder::{FileEntry, Folder, FolderError, MemoryFolder, PathError, relative_path};
pub use options::{Limits, ReadOptions};
pub use reader::{ReadOutcome, Reader};
pub use schema::schema;
