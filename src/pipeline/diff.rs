//! Two nights held against each other.

use crate::model::changes::Changes;
use crate::model::message::Message;
use crate::msg;
use crate::pipeline::order::AsOf;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::nights::Night;
use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta};
use std::path::Path;

/// What is different between two nights.
#[derive(Debug)]
pub struct Diff {
    /// The later night; the earlier one is `changes.since`.
    pub until: DateTime<FixedOffset>,
    /// What is different.
    pub changes: Changes,
}

/// Why two nights cannot be held against each other, for a person.
#[derive(Debug, thiserror::Error)]
#[error("no two nights: {0:?}")]
pub struct NoDiff(pub Message);

/// Holds a night against an earlier one. A night is named by a moment: the last one up to then; a day alone means its end. Without names it is the last
/// night and the one before it.
///
/// # Errors
/// [`NoDiff`] where nothing is remembered, or no such nights.
pub fn diff(state: &Path, earlier: Option<AsOf>, later: Option<AsOf>, zone: FixedOffset) -> Result<Diff, NoDiff> {
    let failed = |e: StoreError| NoDiff(e.message());
    let Some(store) = Store::existing(state).map_err(failed)? else {
        return Err(NoDiff(msg!("pipeline.no_nights", state.display().to_string())));
    };
    let nights = store.nights().map_err(failed)?;
    let later = named(&nights, later, zone).or_else(|| nights.last().copied().filter(|_| later.is_none()));
    let Some(later) = later else { return Err(none(&nights)) };
    let before = nights.iter().rfind(|n| n.as_of < later.as_of).copied().filter(|_| earlier.is_none());
    let Some(earlier) = named(&nights, earlier, zone).or(before) else { return Err(none(&nights)) };
    let changes = store.between(earlier, later).map_err(failed)?;
    Ok(Diff { until: later.as_of, changes })
}

fn named(nights: &[Night], name: Option<AsOf>, zone: FixedOffset) -> Option<Night> {
    let local = |time: NaiveDateTime| time.and_local_timezone(zone).single();
    let upto = match name? {
        AsOf::Exact(time) => time,
        AsOf::Local(time) if time.time() == NaiveTime::MIN => local(time + TimeDelta::seconds(86_399))?,
        AsOf::Local(time) => local(time)?,
        AsOf::Campaign => return None,
    };
    nights.iter().rfind(|n| n.as_of <= upto).copied()
}

fn none(nights: &[Night]) -> NoDiff {
    let all = nights.iter().map(|n| n.as_of.format("%Y-%m-%d %H:%M").to_string()).collect::<Vec<_>>().join("、");
    NoDiff(if nights.len() < 2 {
        msg!("pipeline.too_few_nights", nights.len())
    } else {
        msg!("pipeline.which_nights", all)
    })
}
