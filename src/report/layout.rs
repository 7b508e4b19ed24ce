//! What the results show of the findings, and where their links lead.

use crate::model::docket::Docket;
use crate::model::findings::SchoolFindings;
use crate::model::message::Lang;
use crate::model::thumbnail::{Album, Thumbnail};
use ecow::EcoString;
use std::sync::Arc;

/// What the findings do not say about the workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The language of everything but sheet names and the columns that people fill in.
    pub lang: Lang,
    /// What the paths of each inbox begin with (`inbox`), and the way to it from the workbook's folder, `/` between names and
    /// at the end: `../inbox/`; `D:/收件/` or `//server/share/` where only an absolute one leads there.
    pub roots: Vec<(String, String)>,
    /// The answers to what people typed.
    pub docket: Docket,
    /// The photographs, where they are to be shown.
    pub album: Option<Arc<Album>>,
    /// The township or 中心校 whose workbook this is; empty for the whole.
    pub part: String,
}

impl Layout {
    /// The photographs of a school, each with its file.
    pub fn photographs<'l>(
        &'l self,
        school: &'l SchoolFindings,
    ) -> impl Iterator<Item = (&'l str, &'l Arc<Thumbnail>)> + 'l {
        let of = |file: &'l EcoString| self.album.as_ref()?.files.get(&**file).map(|all| (file, all));
        let files = &school.submission.files;
        // Two files may be called alike, as one whose name is written in other letters is.
        let once = files.iter().enumerate().filter(|(n, file)| !files[..*n].contains(file)).map(|(_, file)| file);
        once.filter_map(of).flat_map(|(file, all)| all.iter().map(|one| (&**file, one)))
    }
}
