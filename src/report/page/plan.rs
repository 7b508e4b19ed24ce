//! The order of the schools on the page, so that the matrix and the blocks agree, and how much text each document may show.

use crate::model::findings::{FileStatus, SchoolFindings};
use crate::model::flag::Flag;
use crate::model::limits;
use crate::report::groups::townships;
use crate::report::view::View;
use std::collections::BTreeMap;

/// So many schools stand in a block: what a browser unpacks at a click.
pub const BLOCK: usize = 50;

/// What stands where.
pub struct Plan<'v, 'a> {
    /// The findings.
    pub view: &'v View<'a>,
    /// The names of the townships.
    pub townships: Vec<&'a str>,
    /// The schools, township by township, each with the number of its township.
    pub schools: Vec<(&'a SchoolFindings, usize)>,
    /// The most characters that are shown of a document.
    pub most: usize,
    flags: BTreeMap<&'a str, Vec<&'a Flag>>,
}

impl<'v, 'a> Plan<'v, 'a> {
    /// Lays it out.
    pub fn new(view: &'v View<'a>) -> Self {
        let mut flags: BTreeMap<&str, Vec<&Flag>> = BTreeMap::new();
        view.findings.flags.iter().for_each(|f| flags.entry(&f.school).or_default().push(f));
        let groups = townships(view);
        let schools = groups.iter().enumerate().flat_map(|(n, t)| t.schools().map(move |s| (s, n))).collect();
        // A file of several schools is shown with each of them.
        let shown = view.findings.files.iter().filter(|f| f.status == FileStatus::Used && f.chars > 0);
        let documents = shown.map(|f| f.schools.len()).sum::<usize>().max(1);
        Plan {
            view,
            townships: groups.iter().map(|t| t.name).collect(),
            schools,
            most: (limits::PAGE_CHARS / documents).clamp(limits::PAGE_FEW_CHARS, limits::PAGE_DOCUMENT_CHARS),
            flags,
        }
    }

    /// The flags of a school.
    pub fn flags(&self, school: &str) -> &[&'a Flag] {
        self.flags.get(school).map_or(&[], Vec::as_slice)
    }
}
