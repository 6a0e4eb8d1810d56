//! Which posts a person held on a day: by appointments, and by the person's own `roles` where there is no appointment to a post.
//!
//! What is not stated is open, not absent: a person whose roles nobody states may hold any post.

use rustc_hash::FxHashMap;

use crate::evidence::{Bundle, DANGLING, MISSING};
use crate::library::Library;
use crate::library::model::{ColumnId, ListId, Scalar, TableId, VocabularyId};

/// More roles than this are not told apart.
const MOST_ROLES: usize = 128;

/// Posts held and posts that may be held, as sets of terms of the roles' vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Posts {
    pub(super) held: u128,
    pub(super) open: u128,
    /// Nothing is known, not even which posts there are.
    pub(super) untold: bool,
}

/// A letter of appointment: its post and days, as cells.
#[derive(Debug, Clone, Copy)]
struct Letter {
    post: i64,
    starts: i64,
    ends: i64,
}

/// What a bundle says of posts.
pub(super) struct Register<'a> {
    library: &'a Library,
    bundle: &'a Bundle,
    /// The vocabulary of roles; `None` when the library has no way to say who holds what.
    roles: Option<VocabularyId>,
    /// The list of a person's roles.
    stated: Option<(ListId, TableId)>,
    /// By holder.
    letters: FxHashMap<i64, Vec<Letter>>,
    known: FxHashMap<(i64, i64), Posts>,
}

impl<'a> Register<'a> {
    pub(super) fn new(library: &'a Library, bundle: &'a Bundle) -> Self {
        let (mut roles, mut stated) = (None, None);
        let persons = library.table(TableId(library.person.0));
        if let Some(list) = persons.list("roles") {
            let table = persons.lists[list.0 as usize].table;
            if let Some(Scalar::Term(vocabulary)) = library.table(table).columns.first().map(|c| c.of) {
                (roles, stated) = (Some(vocabulary), Some((list, table)));
            }
        }
        let mut letters: FxHashMap<i64, Vec<Letter>> = FxHashMap::default();
        if let Some((vocabulary, table, columns)) = appointments(library)
            && roles.is_none_or(|r| r == vocabulary)
        {
            roles = Some(vocabulary);
            let cells = &bundle.rows(table).columns;
            let [holder, post, starts, ends] = columns.map(|c| cells[c.0 as usize].as_slice());
            for (i, holder) in holder.iter().enumerate() {
                letters.entry(*holder).or_default().push(Letter { post: post[i], starts: starts[i], ends: ends[i] });
            }
        }
        let terms = |v: VocabularyId| library.vocabularies[v.0 as usize].terms.len();
        let roles = roles.filter(|v| terms(*v) <= MOST_ROLES);
        Self { library, bundle, roles, stated, letters, known: FxHashMap::default() }
    }

    /// Whether the library has a way to say who holds which post.
    pub(super) const fn can_tell(&self) -> bool {
        self.roles.is_some()
    }

    /// The names of roles, by their bits.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let library = self.library;
        self.roles.into_iter().flat_map(|v| &library.vocabularies[v.0 as usize].terms).map(|t| t.name.as_str())
    }

    /// The posts of a person on a day, both as cells.
    pub(super) fn on(&mut self, person: i64, day: i64) -> Posts {
        if let Some(known) = self.known.get(&(person, day)) {
            return *known;
        }
        let found = self.look_up(person, day);
        self.known.insert((person, day), found);
        found
    }

    fn look_up(&self, person: i64, day: i64) -> Posts {
        let Some(vocabulary) = self.roles else { return Posts { held: 0, open: 0, untold: true } };
        let terms = self.library.vocabularies[vocabulary.0 as usize].terms.len();
        let all = if terms == MOST_ROLES { u128::MAX } else { (1u128 << terms) - 1 };
        if person == DANGLING {
            return Posts { held: 0, open: all, untold: false };
        }
        let (mut held, mut open, mut appointed) = (0, 0, 0);
        for letter in self.letters.get(&person).into_iter().flatten() {
            let post = bit(letter.post).unwrap_or(all);
            match covers(letter, day) {
                Some(true) if letter.post >= 0 => held |= post,
                Some(true) | None => open |= post,
                Some(false) => {}
            }
            appointed |= bit(letter.post).unwrap_or(0);
        }
        // A letter that does not say whose it is may be anybody's.
        for letter in self.letters.get(&MISSING).into_iter().flatten().filter(|l| covers(l, day) != Some(false)) {
            open |= bit(letter.post).unwrap_or(all);
        }
        // Where a letter is on file, its dates count; the person's own list says nothing of days.
        match self.own(person) {
            Some((own, unread)) => {
                held |= own & !appointed;
                open |= if unread { all & !appointed } else { 0 };
            }
            None => open |= all & !appointed,
        }
        Posts { held, open: open & !held, untold: false }
    }

    /// The roles a person's own list states, and whether some of it is missing; `None` when it is not stated.
    fn own(&self, person: i64) -> Option<(u128, bool)> {
        let (list, table) = self.stated?;
        let row = usize::try_from(person).ok()?;
        let lists = &self.bundle.rows(TableId(self.library.person.0)).lists[list.0 as usize];
        lists.stated.get(row).copied().filter(|s| *s)?;
        let cells = &self.bundle.rows(table).columns[0];
        let own = cells.get(lists.starts[row] as usize..lists.starts[row + 1] as usize).unwrap_or(&[]);
        Some((own.iter().filter_map(|c| bit(*c)).fold(0, |all, b| all | b), own.contains(&MISSING)))
    }
}

fn bit(cell: i64) -> Option<u128> {
    u32::try_from(cell).ok().and_then(|i| 1u128.checked_shl(i))
}

/// Whether a letter covers a day. One without an end has not ended; `None` when a date that decides is missing.
fn covers(letter: &Letter, day: i64) -> Option<bool> {
    if day == MISSING {
        return None;
    }
    if letter.ends != MISSING && letter.ends <= day {
        return Some(false);
    }
    (letter.starts != MISSING).then_some(letter.starts <= day)
}

/// The kind `appointment`, where it says whose, to what and when.
fn appointments(library: &Library) -> Option<(VocabularyId, TableId, [ColumnId; 4])> {
    let kind = library.names.kinds.get("appointment")?;
    let table = library.table_of(*kind);
    let column = |name| table.column(name).map(|c| (c, table.columns[c.0 as usize].of));
    let (holder, post, starts, ends) = (column("holder")?, column("post")?, column("starts")?, column("ends")?);
    match (holder.1, post.1, starts.1, ends.1) {
        (Scalar::Ref(person), Scalar::Term(vocabulary), Scalar::Date, Scalar::Date) if person == library.person => {
            Some((vocabulary, TableId(kind.0), [holder.0, post.0, starts.0, ends.0]))
        }
        _ => None,
    }
}
