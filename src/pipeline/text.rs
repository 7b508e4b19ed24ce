//! The plain text of a file, and of the members of an archive.

use crate::extract;
use crate::intake;
use crate::intake::Opened;
use crate::model::problem::Problem;
use chrono::{Offset, Utc};
use std::path::Path;

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its path; a member of an archive is `a.zip!/b.docx`.
    pub file: String,
    /// The real format by content.
    pub format: String,
    /// The text in reading order, table rows with tabs.
    pub text: String,
    /// What went wrong or was lost.
    pub problems: Vec<Problem>,
}

/// The text of a file, then of its members. An archive has none of its own.
pub fn text(path: &Path) -> Vec<Text> {
    let mut each = |opened: Opened<'_>, members: Vec<Vec<Text>>| {
        let mut own =
            Text { file: opened.source.path, format: String::new(), text: String::new(), problems: opened.problems };
        match opened.bytes {
            Some(_) if opened.archive => own.format = "zip".to_string(),
            Some(bytes) => {
                let document = extract::read(bytes);
                own.text = document.body.plain_text();
                own.format = document.format;
                own.problems.extend(document.problems);
                own.problems.extend(document.body.losses);
            }
            None => {}
        }
        std::iter::once(own).chain(members.into_iter().flatten()).collect()
    };
    intake::open(path, &path.to_string_lossy().replace('\\', "/"), Utc.fix(), &mut each)
}
