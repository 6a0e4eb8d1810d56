//! Files beside items: where they are and whether they are what the item says. A missing or altered one is no error here; policy bars the
//! item that rests on it.

use rayon::prelude::*;

use super::bundle::{Attachment, AttachmentState};
use super::convert::Filler;
use super::convert::item::first_line;
use super::errors::{files, items as errors, top, values};
use super::folder::{Folder, FolderError, relative_path};
use super::gather::fixed;
use super::tree::View;
use crate::library::model::KindId;

/// An attachment whose file has not been looked at.
pub(super) struct Pending<'s> {
    attachment: Attachment,
    path: String,
    digest: Option<[u8; 32]>,
    place: View<'s>,
}

impl Pending<'_> {
    /// The item that states it.
    pub(super) const fn item(&self) -> (KindId, u32) {
        (self.attachment.kind, self.attachment.row)
    }
}

/// The attachments an item states.
pub(super) fn of_item<'s>(
    filler: &mut Filler<'_, 's>,
    kind: KindId,
    row: u32,
    item: View<'s>,
    pending: &mut Vec<Pending<'s>>,
    in_test: bool,
) {
    let Some(list) = item.get("attachments").filter(|a| !a.is_null()) else { return };
    if !list.is_sequence() {
        filler.tell(values::not_a_list(list, "attachments"));
        return;
    }
    for element in list.elements() {
        if element.is_mapping() {
            pending.extend(one(filler, kind, row, element, in_test));
        } else {
            filler.tell(errors::not_an_item(element, "an attachment"));
        }
    }
}

fn one<'s>(filler: &mut Filler<'_, 's>, kind: KindId, row: u32, written: View<'s>, in_test: bool) -> Option<Pending<'s>> {
    const PLACE: &str = "an attachment";
    let (file, sha256, state) = if in_test {
        let [file, sha256, state] = fixed(written, ["file", "sha256", "state"], PLACE, &mut filler.diagnostics);
        (file, sha256, state)
    } else {
        let [file, sha256] = fixed(written, ["file", "sha256"], PLACE, &mut filler.diagnostics);
        (file, sha256, None)
    };
    let digest = sha256.and_then(|v| {
        let digest = v.text().and_then(parse_digest);
        if digest.is_none() {
            filler.tell(top::digest(v));
        }
        digest
    });
    let Some(file) = file else {
        filler.tell(errors::missing_key(first_line(written), "file", PLACE));
        return None;
    };
    let name = super::statements::text(filler, file, "file")?;
    let path = match relative_path(&name) {
        Ok(path) => path,
        Err(error) => {
            filler.tell(files::path(file.span(), &name, error));
            return None;
        }
    };
    let state = match state.and_then(View::text) {
        Some("missing") => AttachmentState::Missing,
        Some("altered") => AttachmentState::Altered,
        Some("unsealed") => AttachmentState::Unsealed,
        Some("intact") => AttachmentState::Intact,
        None => AttachmentState::Intact,
        Some(_) => {
            if let Some(value) = state {
                filler.tell(values::not_one_of(value, "state", &["intact", "unsealed", "missing", "altered"]));
            }
            return None;
        }
    };
    let attachment = Attachment { kind, row, file: name, state, content: None, span: written.span() };
    Some(Pending { attachment, path, digest, place: file })
}

/// Looks at the files. Without a folder (in a test) the stated state stands.
pub(super) fn inspect(filler: &mut Filler<'_, '_>, pending: Vec<Pending<'_>>, folder: Option<&dyn Folder>) -> Vec<Attachment> {
    let Some(folder) = folder else { return pending.into_iter().map(|p| p.attachment).collect() };
    let paths: Vec<&str> = pending.iter().map(|p| p.path.as_str()).collect();
    let found: Vec<Result<[u8; 32], FolderError>> = match paths.as_slice() {
        [] => Vec::new(),
        [one] => vec![folder.sha256(one)],
        many => many.par_iter().map(|p| folder.sha256(p)).collect(),
    };
    let mut attachments = Vec::with_capacity(pending.len());
    for (mut pending, found) in pending.into_iter().zip(found) {
        pending.attachment.content = found.as_ref().ok().copied();
        pending.attachment.state = match (found, pending.digest) {
            (Ok(_), None) => AttachmentState::Unsealed,
            (Ok(is), Some(stated)) if is == stated => AttachmentState::Intact,
            (Ok(_), Some(_)) => AttachmentState::Altered,
            (Err(error @ (FolderError::Escapes | FolderError::Cycle)), _) => {
                filler.tell(files::unusable(Some(pending.place.span()), &pending.attachment.file, &error));
                AttachmentState::Missing
            }
            (
                Err(
                    FolderError::Missing
                    | FolderError::Unreadable(_)
                    | FolderError::NotAFile
                    | FolderError::TooLarge { .. }
                    | FolderError::TooMany { .. },
                ),
                _,
            ) => AttachmentState::Missing,
        };
        attachments.push(pending.attachment);
    }
    attachments
}

/// 64 hexadecimal digits.
fn parse_digest(text: &str) -> Option<[u8; 32]> {
    let bytes: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut digest = [0u8; 32];
    for (at, pair) in bytes.chunks_exact(2).enumerate() {
        let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        digest[at] = digit(pair[0])? * 16 + digit(pair[1])?;
    }
    Some(digest)
}
