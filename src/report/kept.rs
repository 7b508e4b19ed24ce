//! What may be taken from the night before: pieces of results that say nothing of the night itself (its moment, what is new in
//! it), each under what it is made from.

use crate::model::findings::Findings;
use crate::model::shelf::{Kept, MadeFrom, Shelf, made_from};
use crate::report::layout::Layout;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use serde::Serialize;

/// The places of such pieces on the shelf.
#[derive(Clone, Copy, Default)]
pub struct Places<'s> {
    /// Of what evidence and verdicts alone decide.
    pub evidence: Kept<'s>,
    /// Of what everything decides that is known of schools.
    pub schools: Kept<'s>,
}

impl<'s> Places<'s> {
    /// The places for these findings. Where photographs are shown, and in the workbook of a part, everything is made anew.
    pub fn of(findings: &Findings, layout: &Layout, shelf: Option<&'s dyn Shelf>) -> Self {
        let Layout { lang, roots, docket, album, part } = layout;
        let Findings { campaign, schools, unclaimed, files, flags, figures, rulings, .. } = findings;
        let shelf = shelf.filter(|_| album.is_none() && part.is_empty());
        let evidence = || made_from(&(lang, roots, campaign, digests(schools)?, unclaimed));
        let shelf = shelf.and_then(|shelf| Some((shelf, evidence()?)));
        let alone: Vec<_> = docket.log.iter().filter(|l| l.in_force_alone).map(|l| &l.record).collect();
        let all = |evidence| made_from(&(evidence, digests(files)?, flags, figures, rulings, alone));
        Places {
            evidence: Kept::of(shelf),
            schools: Kept::of(shelf.and_then(|(shelf, evidence)| Some((shelf, all(evidence)?)))),
        }
    }
}

/// What many things are known by, some hundreds at a time, side by side.
fn digests<T: Serialize + Sync>(things: &[T]) -> Option<Vec<MadeFrom>> {
    things.par_chunks(256).map(made_from).collect()
}
