//! The contract of this room's archives: what an archive of files tells of its members, and how it gives them away.

use crate::intake::budget::Budget;
use crate::model::problem::Problem;
use chrono::{DateTime, FixedOffset};

/// What bytes are to this room.
pub enum Content<'b> {
    /// An archive of files.
    Archive(Box<dyn Container + 'b>),
    /// An archive that cannot be opened.
    Closed(Problem),
}

/// How archives are to be opened.
#[derive(Clone, Copy)]
pub struct Key<'k> {
    /// The time zone of the local times that some archives keep.
    pub offset: FixedOffset,
    /// The passwords to be tried.
    pub passwords: &'k [String],
}

/// An opener of one format. Adding one is a file and a line in `OPENERS`.
pub struct Opener {
    /// The format as the sheets call it: `zip`.
    pub format: &'static str,
    /// Opens the bytes; `None` where they are of another format.
    pub open: for<'b> fn(&'b [u8], Key<'b>) -> Option<Content<'b>>,
}

/// A member as the directory of its archive tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name as its writer saw it, `\` or `/` between folders.
    pub name: String,
    /// Length after unpacking, as far as it is known.
    pub len: u64,
    /// When it was last written.
    pub modified: Option<DateTime<FixedOffset>>,
}

/// Gets the content of the members one by one: number, content or why there is none, and the budget for what lies inside.
pub type Take<'t> = dyn FnMut(usize, Result<Vec<u8>, Problem>, &mut Budget) + 't;

/// An open archive.
pub trait Container {
    /// The files in it, folders left out. Positions in this list are their numbers.
    fn entries(&self) -> &[Entry];

    /// What is wrong with the whole.
    fn problems(&self) -> Vec<Problem> {
        Vec::new()
    }

    /// Unpacks the members that are `wanted`, one at a time, in whatever order the format likes best. What is returned kept
    /// it from giving the rest.
    fn unpack(&mut self, wanted: &[bool], budget: &mut Budget, take: &mut Take<'_>) -> Option<Problem>;
}
