//! Whose each file is: every place of it votes, a reason is kept, and where it is not certain nobody is named.

mod decide;
mod inherit;
pub mod persons;
mod said;
mod several;
pub mod words;

use crate::judge::names::Names;
use crate::judge::paper::{Claim, Paper, Standing};
use crate::judge::roster::Roster;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use said::Testimonies;

/// Settles whose the papers are. What a person said of the paper at a position overrules all that it says itself.
pub fn claim(
    papers: &mut [Paper],
    names: &Names,
    roster: &Roster<'_>,
    by_person: &(dyn Fn(usize) -> Option<Claim> + Sync),
) {
    papers.par_iter_mut().enumerate().filter(|(_, p)| !p.is_litter()).for_each(|(i, paper)| {
        paper.claim =
            by_person(i).unwrap_or_else(|| decide::decide(&Testimonies::hear(paper, names, roster), names, roster));
    });
    inherit::inherit(papers, names, roster);
    for paper in papers.iter_mut().filter(|p| !p.is_litter()) {
        if paper.is_unread() {
            paper.standing = Standing::Unread;
        } else if paper.claim.schools.is_empty() {
            paper.standing = Standing::Unclaimed;
        }
    }
}
