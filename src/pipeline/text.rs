//! The plain text of a file, and of the members of an archive.

use crate::intake;
use crate::intake::{Manner, Opened};
use crate::model::passwords::Passwords;
use crate::model::problem::Problem;
use crate::ocr::tesseract::Tesseract;
use crate::pipeline::read::{enclosed, needless, read};
use chrono::{Offset, Utc};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// The text of a file, then of its members; `shown` is its path as people see it. An archive has none of its own. Text in
/// pictures is recognised where something does so.
pub fn texts(path: &Path, shown: &str, tesseract: Option<&Tesseract>) -> Vec<Text> {
    let mut each = |opened: Opened<'_>, members: Vec<Vec<Text>>| {
        let document = read(&opened, &Passwords::default(), tesseract);
        let problems = opened.problems.into_iter().chain(document.problems).chain(document.body.losses.clone());
        let own = Text {
            file: opened.source.path.into(),
            text: document.body.plain_text(),
            format: document.format,
            problems: problems.collect(),
        };
        std::iter::once(own).chain(members.into_iter().flatten()).collect()
    };
    let passwords = Passwords::default();
    let whole = tesseract.is_some();
    let manner = Manner { offset: Utc.fix(), passwords: &passwords, enclosed: &enclosed, needless: &needless, whole };
    intake::open(path, shown, manner, &mut each)
}
