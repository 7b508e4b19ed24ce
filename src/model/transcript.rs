//! Everything that was read of a file, so that other rules can be asked without reading it again.

use crate::model::document::Document;
use crate::model::problem::Problem;
use crate::model::source::SourceFile;
use serde::{Deserialize, Serialize};

/// A file as it was opened and read, with its members.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Transcript {
    /// The file.
    pub source: SourceFile,
    /// What went wrong before it was read.
    pub problems: Vec<Problem>,
    /// What was read.
    pub document: Document,
    /// The members of an archive.
    pub members: Vec<Transcript>,
}

impl Transcript {
    /// Gives a file and its members the names that begin otherwise.
    pub fn renamed(&mut self, from: &str, to: &str) {
        if let Some(inside) = self.source.path.strip_prefix(from) {
            self.source.path = format!("{to}{inside}").into();
        }
        self.members.iter_mut().for_each(|member| member.renamed(from, to));
    }
}
