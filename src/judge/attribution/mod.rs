//! Whose each file is: every place of it votes, a reason is kept, and where it is not certain nobody is named.

mod decide;
mod inherit;
mod said;
mod several;
pub mod words;

use crate::judge::names::Names;
use crate::judge::paper::{Paper, Standing};
use crate::judge::roster::Roster;
use said::Testimonies;

/// Settles whose the papers are.
pub fn claim(papers: &mut [Paper], names: &Names, roster: &Roster<'_>) {
    for paper in papers.iter_mut().filter(|p| !p.is_litter()) {
        paper.claim = decide::decide(&Testimonies::hear(paper, names, roster), names, roster);
    }
    inherit::inherit(papers, names, roster);
    for paper in papers.iter_mut().filter(|p| !p.is_litter()) {
        if paper.is_unread() {
            paper.standing = Standing::Unread;
        } else if paper.claim.schools.is_empty() {
            paper.standing = Standing::Unclaimed;
        }
    }
}
