//! The texts of files for the page, from what was kept when they were read.

use crate::detect::lines::lines;
use crate::model::document::Body;
use crate::model::findings::{FileFindings, Findings};
use crate::model::privacy;
use crate::model::reading::Line;
use crate::model::transcript::Transcript;
use crate::pipeline::examined::unpacked;
use crate::store::Store;
use std::sync::{Mutex, PoisonError};

/// What was read of the files of a night.
pub struct Texts<'t> {
    store: Mutex<&'t mut Store>,
    readers: Vec<u8>,
    findings: &'t Findings,
    masked: bool,
}

impl<'t> Texts<'t> {
    /// Those in a store, by these readers; personal data in them masked where asked.
    pub fn new(store: &'t mut Store, readers: Vec<u8>, findings: &'t Findings, masked: bool) -> Self {
        Texts { store: Mutex::new(store), readers, findings, masked }
    }

    /// The lines of a file; none where nothing is kept of its content, or the store fails: then the page shows what stands
    /// around each quote.
    pub fn of(&self, path: &str) -> Option<Vec<Line>> {
        let outer = path.split("!/").next().unwrap_or(path);
        let packed = {
            let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
            store.transcript(&self.file(outer)?.digest, &self.readers).ok().flatten()?
        };
        let whole: Transcript = serde_json::from_str(&unpacked(&packed)?).ok()?;
        let digest = &self.file(path)?.digest;
        // The same content may have been read under another path.
        let from = whole.source.path.clone();
        let mut body = member(whole, &from, path.strip_prefix(outer)?, digest)?;
        if self.masked {
            privacy::cover(&mut body);
        }
        Some(lines(&body, self.masked))
    }

    fn file(&self, path: &str) -> Option<&FileFindings> {
        let files = &self.findings.files;
        files.binary_search_by(|f| f.path.as_str().cmp(path)).ok().and_then(|n| files.get(n))
    }
}

/// What was read of a file or a member, by the way that leads into it.
fn member(transcript: Transcript, from: &str, inside: &str, digest: &str) -> Option<Body> {
    let own = &transcript.source;
    if own.path.strip_prefix(from) == Some(inside) && own.digest == digest {
        return Some(transcript.document.body);
    }
    transcript.members.into_iter().find_map(|m| member(m, from, inside, digest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Document;
    use crate::model::source::SourceFile;

    fn read(path: &str, digest: &str, members: Vec<Transcript>) -> Transcript {
        let source = SourceFile { path: path.into(), digest: digest.into(), ..SourceFile::default() };
        let mut document = Document::default();
        document.body.properties.title = Some(path.to_string());
        Transcript { source, document, members, ..Transcript::default() }
    }

    #[test]
    fn a_member_is_found_by_its_way_and_content_whatever_its_archive_was_called() {
        let archive = || {
            let inner = read("inbox/a.zip!/b.zip", "B", vec![read("inbox/a.zip!/b.zip!/c.docx", "C", Vec::new())]);
            read("inbox/a.zip", "A", vec![read("inbox/a.zip!/c.docx", "D", Vec::new()), inner])
        };
        let found = |inside: &str, digest: &str| {
            member(archive(), "inbox/a.zip", inside, digest).and_then(|body| body.properties.title)
        };
        assert_eq!(found("!/b.zip!/c.docx", "C").as_deref(), Some("inbox/a.zip!/b.zip!/c.docx"));
        assert_eq!(found("!/c.docx", "D").as_deref(), Some("inbox/a.zip!/c.docx"));
        assert_eq!(found("", "A").as_deref(), Some("inbox/a.zip"));
        assert_eq!(found("!/c.docx", "C"), None, "another content than tonight's");
    }
}
