//! What Cedar is told about an item, and which items have nothing to question.

use crate::evidence::{AttachmentState, Bundle, MISSING};
use crate::library::Library;
use crate::library::model::{Common, KindId, Scalar, TableId};

/// Everything a decision about an item of a given kind depends on. Two items with the same standing get the same answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Standing {
    pub(super) authorship: Authorship,
    pub(super) independent: Option<bool>,
    pub(super) received_before_issued: bool,
    pub(super) attachments: Attachments,
}

/// Who wrote and who approved: persons only matter as far as they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) enum Authorship {
    #[default]
    Unstated,
    AuthorOnly,
    ApproverOnly,
    Two,
    Same,
}

/// The states of an item's attachments, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Attachments(u8);

impl Attachments {
    /// The states and their names in policies.
    const NAMES: [(AttachmentState, &'static str); 4] = [
        (AttachmentState::Intact, "intact"),
        (AttachmentState::Unsealed, "unsealed"),
        (AttachmentState::Missing, "missing"),
        (AttachmentState::Altered, "altered"),
    ];

    pub(super) fn with(self, state: AttachmentState) -> Self {
        Self(self.0 | 1 << state as u8)
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().filter(move |(state, _)| self.0 & 1 << *state as u8 != 0).map(|(_, name)| name)
    }

    fn sound(self) -> bool {
        self == Self(self.0 & 1 << AttachmentState::Intact as u8 | self.0 & 1 << AttachmentState::Unsealed as u8)
    }
}

impl Standing {
    /// Nothing about the item could be a reason to bar it. INVARIANT: Cedar permits every such standing, whatever the kind.
    pub(super) fn plain(self) -> bool {
        self.authorship != Authorship::Same
            && self.independent != Some(false)
            && !self.received_before_issued
            && self.attachments.sound()
    }
}

/// The items that are not plain, or all, kind by kind, with their rows in order.
pub(super) fn to_question<'a>(
    library: &'a Library,
    bundle: &'a Bundle,
    all: bool,
) -> impl Iterator<Item = (KindId, Vec<(u32, Standing)>)> + 'a {
    let kinds = (0u32..).map(KindId).zip(&library.kinds).map(|(kind, _)| kind);
    kinds.filter(|kind| bundle.rows(TableId(kind.0)).len > 0).map(move |kind| (kind, of_kind(library, bundle, kind, all)))
}

fn of_kind(library: &Library, bundle: &Bundle, kind: KindId, all: bool) -> Vec<(u32, Standing)> {
    let rows = bundle.rows(TableId(kind.0));
    let column = |common: Common| rows.columns[common.column().0 as usize].as_slice();
    let (author, approver) = (column(Common::Author), column(Common::Approver));
    let (issued, received) = (column(Common::Issued), column(Common::Received));
    let table = library.table_of(kind);
    let independent = table
        .column("independent")
        .filter(|c| table.columns[c.0 as usize].of == Scalar::Bool)
        .map(|c| rows.columns[c.0 as usize].as_slice());
    let first = bundle.attachments.partition_point(|a| a.kind < kind);
    let mut attachments = bundle.attachments[first..].iter().take_while(|a| a.kind == kind).peekable();

    let mut found = Vec::new();
    for row in 0..rows.len {
        let i = row as usize;
        let mut states = Attachments::default();
        while let Some(attachment) = attachments.next_if(|a| a.row == row) {
            states = states.with(attachment.state);
        }
        let standing = Standing {
            authorship: authorship(author[i], approver[i]),
            independent: independent.map(|cells| cells[i]).filter(|cell| *cell != MISSING).map(|cell| cell != 0),
            received_before_issued: issued[i] != MISSING && received[i] != MISSING && received[i] < issued[i],
            attachments: states,
        };
        if all || !standing.plain() {
            found.push((row, standing));
        }
    }
    found
}

/// A reference that leads nowhere still says that there is someone; two that lead nowhere are not known to be the same.
fn authorship(author: i64, approver: i64) -> Authorship {
    match (author != MISSING, approver != MISSING) {
        (false, false) => Authorship::Unstated,
        (true, false) => Authorship::AuthorOnly,
        (false, true) => Authorship::ApproverOnly,
        (true, true) if author == approver && author != crate::evidence::DANGLING => Authorship::Same,
        (true, true) => Authorship::Two,
    }
}
