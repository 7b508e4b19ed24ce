//! Findings → what people and scripts read: the workbook, the page, `verdicts.jsonl`, `files.jsonl`.
//!
//! A sheet is a function from the [`view`] of the findings to plain data; [`xlsx`] alone turns sheets into a workbook and
//! decides, with `look`, what a tone looks like. To add a sheet: a file with `fn sheet(&View) -> Sheet`, a line in [`SHEETS`].

mod arrivals;
mod changes;
mod completion;
pub mod error;
mod evidence;
mod figures;
mod files;
mod fit;
mod gaps;
mod groups;
mod hints;
pub mod jsonl;
mod kept;
pub mod layout;
mod links;
mod look;
mod matrix;
mod measure;
pub mod output;
mod page;
pub mod parts;
mod phrases;
mod records;
mod rules;
mod start;
mod submissions;
mod tally;
mod tones;
mod trail;
pub mod view;
pub mod who;
pub mod xlsx;

#[cfg(test)]
mod tests;

use crate::model::findings::Findings;
use crate::model::sheet::{MOST_ROWS, Sheet, names};
use crate::model::shelf::Shelf;
use crate::model::spool::Spool;
use crate::msg;
use error::ReportError;
use output::{Content, Staged};
use parts::Split;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use view::{Layout, View};
use xlsx::{Book, Imprint, Package};

/// Makes a sheet.
type Make = for<'a> fn(&'a View<'a>) -> Sheet<'a>;

/// All sheets with the names on their tabs, in the order of these.
pub const SHEETS: &[(&str, Make)] = &[
    (names::START, start::sheet),
    (names::REVIEW, gaps::sheet),
    (names::MATRIX, matrix::sheet),
    (names::SUBMISSIONS, submissions::sheet),
    (names::EVIDENCE, evidence::sheet),
    (names::FIGURES, figures::sheet),
    (names::FILES, files::sheet),
    (names::HINTS, hints::sheet),
    (names::RULES, rules::sheet),
    (names::RECORD, records::sheet),
];

/// Where the results were put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The workbook.
    pub workbook: PathBuf,
    /// What its content is known by.
    pub digest: String,
    /// Whether the usual workbook was open in Excel or WPS, so that this one stands beside it under another name.
    pub beside: bool,
    /// The dated copy.
    pub copy: PathBuf,
    /// Where the workbook before it was kept, because somebody had changed it.
    pub kept: Option<PathBuf>,
}

impl Written {
    /// The results beside the workbook, by their paths from the output folder.
    pub const BESIDE: [&str; 3] = [jsonl::VERDICTS, jsonl::FILES, names::PAGE];
}

/// Whether somebody has the workbook in a folder open in an office program.
pub fn is_open(folder: &Path) -> bool {
    output::is_open_elsewhere(&folder.join(format!("{}.xlsx", names::MATRIX)))
}

/// The workbook, ready to be written: a pure function of the view. Evidence is most of it, and is kept.
///
/// # Errors
/// [`ReportError::Workbook`] where a sheet passes a limit of the format.
pub fn workbook(view: &View<'_>, spool: Option<&Arc<dyn Spool>>) -> Result<Package, ReportError> {
    let imprint = Imprint {
        title: view.findings.campaign.title.clone(),
        made: view.local(&view.findings.as_of),
        pages: view.say(&msg!("report.page_of")),
    };
    let mut book = Book::new(SHEETS.len(), &imprint, spool);
    let made = |make: &Make, name: &str| fit::fitted(Sheet { name: name.to_string(), ..make(view) }, MOST_ROWS, view);
    let kept = |(_, (name, _)): &(usize, &(&str, Make))| *name == names::EVIDENCE;
    let tabs = || SHEETS.iter().enumerate();
    for (at, (name, make)) in tabs().filter(kept) {
        book.write_first(at, &made(make, name), view.kept.evidence)?;
    }
    for (at, (name, make)) in tabs().filter(|tab| !kept(tab)) {
        book.write(at, &made(make, name))?;
    }
    book.finish()
}

/// The workbooks of the parts, by name. Their links lead one folder further up.
fn part_workbooks(
    view: &View<'_>,
    split: Option<Split>,
    spool: Option<&Arc<dyn Spool>>,
) -> Result<Vec<(String, Package)>, ReportError> {
    let Some(split) = split else { return Ok(Vec::new()) };
    let up = |way: &str| if Path::new(way).is_absolute() { way.to_string() } else { format!("../{way}") };
    let roots = view.layout.roots.iter().map(|(label, way)| (label.clone(), up(way)));
    let roots: Vec<(String, String)> = roots.collect();
    let mut workbooks = Vec::new();
    for (part, findings) in parts::parts(view, split) {
        let layout = Layout { roots: roots.clone(), part: part.clone(), ..view.layout.clone() };
        workbooks.push((part, workbook(&View::new(&findings, &layout), spool)?));
    }
    Ok(workbooks)
}

/// Writes workbook, dated copy, page, `verdicts.jsonl` and `files.jsonl` beside their places in a folder, and a workbook a part
/// where the county is split. `read` has the digests of the workbooks that were read back. What an earlier night left on the shelf
/// is not made again; what is large waits in a spool until it is written.
///
/// # Errors
/// [`ReportError`]; nothing is left of the results then.
pub fn stage<'f>(
    findings: &Findings,
    layout: &Layout,
    split: Option<Split>,
    read: &BTreeMap<PathBuf, String>,
    folder: &'f Path,
    shelf: Option<&dyn Shelf>,
    spool: Option<&Arc<dyn Spool>>,
) -> Result<Ready<'f>, ReportError> {
    let view = View::over(findings, layout, shelf);
    let lang = layout.lang;
    let beside = vec![
        output::Result::new(jsonl::VERDICTS, Box::new(|out| jsonl::verdicts(&view, out))),
        output::Result::new(jsonl::FILES, Box::new(move |out| jsonl::files(findings, lang, out))),
        output::Result::new(names::PAGE, Box::new(|out| page::write(&view, out))),
    ];
    let stamp = view.local(&findings.as_of).format("%Y%m%d-%H%M").to_string();
    let dated = Path::new("history").join(format!("{}-{stamp}.xlsx", names::MATRIX));
    let typed_in = |path: &Path, content| {
        let stem = path.with_extension("").to_string_lossy().into_owned();
        let known = read.get(path).cloned();
        output::Result { path: path.into(), content, otherwise: Some(format!("{stem}-{stamp}.xlsx").into()), known }
    };
    let writing = |package: Package| -> output::Writing<'_> { Box::new(|out| package.write(out)) };
    let books = || {
        let parts = part_workbooks(&view, split, spool)?.into_iter().map(|(name, package)| {
            let path = Path::new(names::PARTS).join(format!("{name}.xlsx"));
            typed_in(&path, Content::Made(writing(package)))
        });
        let mut results = vec![output::Result::new(&dated, writing(workbook(&view, spool)?))];
        results.extend(parts);
        results.push(typed_in(&usual(), Content::Copy(dated.clone())));
        output::stage(folder, results)
    };
    // The one waits for the disk while the other is at work.
    let (beside, books) = rayon::join(|| output::stage(folder, beside), books);
    Ok(Ready { folder, beside: beside?, books: books?, dated, stamp })
}

/// Path of the workbook from the output folder.
fn usual() -> PathBuf {
    PathBuf::from(format!("{}.xlsx", names::MATRIX))
}

/// Results that stand beside their places. Unless they are placed nothing is left of them.
pub struct Ready<'f> {
    folder: &'f Path,
    beside: Staged<'f>,
    books: Staged<'f>,
    dated: PathBuf,
    stamp: String,
}

impl Ready<'_> {
    /// Moves all into their places, the workbook last; where somebody has one open, or has saved it since it was read, it gets a
    /// name with the time.
    ///
    /// # Errors
    /// [`ReportError`]; the last good workbook is then untouched.
    pub fn place(self) -> Result<Written, ReportError> {
        let Ready { folder, beside, books, dated, stamp } = self;
        // Nothing that a person typed is ever written over.
        let typed = format!("{}{}-{stamp}.xlsx", names::MATRIX, names::TYPED);
        let kept = output::keep_if_changed(folder, &usual(), &Path::new("history").join(typed))?;
        beside.place()?;
        let placed = books.place()?;
        let put = placed.last().cloned().unwrap_or_else(usual);
        let copy = folder.join(&dated);
        let failed = |e| ReportError::Write(dated.display().to_string(), e);
        Ok(Written {
            digest: output::content_of_file(&copy).map_err(failed)?,
            beside: put != usual(),
            workbook: folder.join(put),
            copy,
            kept: kept.map(|k| folder.join(k)),
        })
    }
}
