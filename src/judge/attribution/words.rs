//! The words of a claim: places and names as people list them.

use crate::judge::attribution::said::Where;
use crate::judge::paper::Claim;
use crate::judge::roster::Roster;
use crate::model::message::{Arg, Message};
use crate::msg;

/// The most names that a reason lists.
const LISTED: usize = 4;

/// The file belongs to these schools.
pub fn claim(mut schools: Vec<usize>, why: Message) -> Claim {
    schools.sort_unstable();
    schools.dedup();
    Claim { schools, why, nameless: false }
}

/// The file says something of a school, but nobody can be named with certainty.
pub fn nobody(why: Message) -> Claim {
    Claim { schools: Vec::new(), why, nameless: false }
}

/// Two places name different schools.
pub fn conflict(place: Where, schools: &[usize], other: Where, others: &[usize], roster: &Roster<'_>) -> Claim {
    nobody(msg!("judge.claim_conflict", place.message(), list(schools, roster), other.message(), list(others, roster)))
}

/// Places as people list them: 文件名、落款.
pub fn places(places: &[Where]) -> Message {
    join(places.iter().map(|w| Arg::from(w.message())))
}

/// Names as people list them, the first few.
pub fn list(schools: &[usize], roster: &Roster<'_>) -> Message {
    let named = join(schools.iter().take(LISTED).map(|s| Arg::from(roster.name(*s))));
    if schools.len() > LISTED { msg!("judge.and_more", named, schools.len()) } else { named }
}

fn join(items: impl Iterator<Item = Arg>) -> Message {
    let mut joined: Option<Arg> = None;
    for item in items {
        joined = Some(match joined {
            None => item,
            Some(before) => Message::new("judge.and", &[before, item]).into(),
        });
    }
    Message::new("judge.as_is", joined.as_slice())
}
