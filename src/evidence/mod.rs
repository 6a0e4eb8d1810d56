//! Bundle to typed items with places, against the library. Reads through [`Folder`]; never touches a file itself.

mod bundle;
pub mod tree;

pub use bundle::{
    At, Attachment, AttachmentState, Bundle, DANGLING, Elements, Entity, Exemption, ExemptionKind, ExemptionOf, FieldAt,
    Judgement, MISSING, NilReturn, Pool, Rows, decode_interval, decode_period, encode_interval, encode_period,
};
