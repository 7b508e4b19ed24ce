//! The inbox → [`SourceFile`](crate::model::source::SourceFile)s and their bytes. The only reader of the inbox.
//!
//! [`scan`] finds what is there, [`settle()`] sets aside what is still being written, [`open()`] gives a worker one file with
//! its times, its digest and, where it is an archive, its members. What a file says, whose it is and when it arrived is
//! for other rooms. The room reads no clock: the caller says what time it is and waits when asked to.

mod archive;
mod budget;
mod container;
mod content;
mod dos_time;
mod found;
mod litter;
mod names;
mod open;
mod settle;
#[cfg(test)]
mod tests;
mod tries;
mod walk;

pub use found::{Found, IntakeError, changed, nanoseconds, refusal};
pub use open::{Manner, Opened, open, times};
pub use settle::{QUIET, settle};
pub use walk::scan;
