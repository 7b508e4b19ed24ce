//! What archives may take, and what of it is left.

use crate::model::limits::{ARCHIVE_BYTES, ARCHIVE_MEMBERS, INFLATE_RATIO, MEMBER_BYTES};
use crate::model::message::Message;
use crate::model::problem::Problem;
use crate::msg;
use std::io::{self, Read};

/// A member no longer than this may inflate as it likes.
const SMALL: u64 = 1 << 20;

/// What all archives inside one file may still take together.
pub struct Budget {
    bytes: u64,
    members: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { bytes: ARCHIVE_BYTES, members: ARCHIVE_MEMBERS }
    }
}

impl Budget {
    /// How many of `members` may still be looked at.
    pub fn admit(&mut self, members: usize) -> usize {
        let admitted = members.min(self.members);
        self.members -= admitted;
        admitted
    }

    /// Refuses a length that is over a limit. `stored` is what it takes in the archive.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] with the limit.
    pub fn check(&self, len: u64, stored: u64) -> Result<(), Problem> {
        let over = self.bounds(stored).into_iter().find(|(most, _)| len > *most);
        over.map_or(Ok(()), |(_, why)| Err(Problem::TooLarge(why)))
    }

    /// The same for what is unpacked together, members and all.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] with the limit.
    pub fn check_whole(&self, len: u64, stored: u64) -> Result<(), Problem> {
        let [_, bounds @ ..] = self.bounds(stored);
        bounds.into_iter().find(|(most, _)| len > *most).map_or(Ok(()), |(_, why)| Err(Problem::TooLarge(why)))
    }

    /// The most that a member of so many stored bytes may inflate to.
    pub fn room(&self, stored: u64) -> u64 {
        self.bounds(stored).into_iter().map(|(most, _)| most).min().unwrap_or(0)
    }

    /// Takes away what was unpacked.
    pub fn spend(&mut self, len: u64) {
        self.bytes = self.bytes.saturating_sub(len);
    }

    /// Reads a member to its end. What the archive declares is believed only where it speaks against the member: the bounds
    /// hold for what really comes out.
    ///
    /// # Errors
    /// [`Problem::TooLarge`]; `broken` says what an error of the stream means.
    pub fn read(
        &mut self,
        member: &mut dyn Read,
        declared: u64,
        stored: u64,
        broken: &dyn Fn(&io::Error) -> Problem,
    ) -> Result<Vec<u8>, Problem> {
        self.check(declared, stored)?;
        let mut bytes = Vec::new();
        let outcome = member.take(self.room(stored).saturating_add(1)).read_to_end(&mut bytes);
        let checked = self.check(bytes.len() as u64, stored);
        self.spend(bytes.len() as u64);
        checked?;
        outcome.map_err(|e| broken(&e))?;
        Ok(bytes)
    }

    fn bounds(&self, stored: u64) -> [(u64, Message); 3] {
        [
            (MEMBER_BYTES, msg!("intake.member_bytes", MEMBER_BYTES >> 20)),
            (stored.saturating_mul(INFLATE_RATIO).max(SMALL), msg!("intake.inflate_ratio", INFLATE_RATIO)),
            (self.bytes, msg!("intake.archive_bytes", ARCHIVE_BYTES >> 20)),
        ]
    }
}

/// What it means that a member does not unpack.
pub fn broken(error: &impl ToString) -> Problem {
    Problem::Damaged(msg!("intake.member_broken", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_members_together_inflate_to_no_more_than_the_archive_may() {
        let mut budget = Budget { bytes: 200, ..Budget::default() };
        let mut read = || budget.read(&mut [b'x'; 100].as_slice(), 100, 100, &broken);
        assert!(read().is_ok() && read().is_ok());
        assert_eq!(read(), Err(Problem::TooLarge(msg!("intake.archive_bytes", ARCHIVE_BYTES >> 20))));
    }
}
