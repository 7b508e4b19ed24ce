//! Findings → what people and scripts read: the workbook, `verdicts.jsonl`, `files.jsonl`.
//!
//! A sheet is a function from the [`view`] of the findings to plain data; [`xlsx`] alone turns sheets into a workbook and
//! decides, with `look`, what a tone looks like. To add a sheet: a file with `fn sheet(&View) -> Sheet`, a line in [`SHEETS`].

mod changes;
pub mod error;
mod evidence;
mod figures;
mod files;
mod gaps;
mod groups;
mod hints;
pub mod jsonl;
mod links;
mod look;
mod matrix;
mod measure;
pub mod output;
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
use crate::model::sheet::{Sheet, names};
use crate::msg;
use error::ReportError;
use std::path::{Path, PathBuf};
use view::{Layout, View};
use xlsx::Imprint;

/// All sheets, in the order of their tabs.
pub const SHEETS: &[fn(&View<'_>) -> Sheet] = &[
    start::sheet,
    gaps::sheet,
    matrix::sheet,
    submissions::sheet,
    evidence::sheet,
    figures::sheet,
    files::sheet,
    hints::sheet,
    rules::sheet,
];

/// Where the results were put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The workbook.
    pub workbook: PathBuf,
    /// Whether the usual workbook was open in Excel or WPS, so that this one stands beside it under another name.
    pub beside: bool,
    /// The dated copy.
    pub copy: PathBuf,
    /// Where the workbook before it was kept, because somebody had changed it.
    pub kept: Option<PathBuf>,
}

/// Whether somebody has the workbook in a folder open in an office program.
pub fn is_open(folder: &Path) -> bool {
    output::is_open_elsewhere(&folder.join(format!("{}.xlsx", names::MATRIX)))
}

/// The sheets of the workbook, as data.
pub fn sheets(view: &View<'_>) -> Vec<Sheet> {
    SHEETS.iter().map(|sheet| sheet(view)).collect()
}

/// The workbook, as bytes: a pure function of the view.
///
/// # Errors
/// [`ReportError::Workbook`] where a sheet passes a limit of the format.
pub fn workbook(view: &View<'_>) -> Result<Vec<u8>, ReportError> {
    let imprint = Imprint {
        title: view.findings.campaign.title.clone(),
        made: view.local(&view.findings.as_of),
        pages: view.say(&msg!("report.page_of")),
    };
    xlsx::workbook_bytes(&sheets(view), &imprint)
}

/// Writes workbook, dated copy, `verdicts.jsonl` and `files.jsonl` into a folder, all or none. The workbook moves into
/// its place last; where somebody has it open, it gets a name with the time.
///
/// # Errors
/// [`ReportError`]; the last good workbook is then untouched.
pub fn write(findings: &Findings, layout: &Layout, folder: &Path) -> Result<Written, ReportError> {
    let view = View::new(findings, layout);
    let workbook = workbook(&view)?;
    let verdicts = jsonl::verdicts(findings, layout.lang);
    let files = jsonl::files(findings, layout.lang);
    let stamp = view.local(&findings.as_of).format("%Y%m%d-%H%M");
    let dated = PathBuf::from(format!("{}-{stamp}.xlsx", names::MATRIX));
    let usual = PathBuf::from(format!("{}.xlsx", names::MATRIX));
    // Nothing that a person typed is ever written over.
    let kept = output::keep_if_changed(
        folder,
        &usual,
        &Path::new("history").join(format!("{}-已填写-{stamp}.xlsx", names::MATRIX)),
    )?;
    let result = |path: PathBuf, bytes| output::Result { path, bytes, otherwise: None };
    let placed = output::place(
        folder,
        &[
            result(Path::new("history").join(&dated), &workbook),
            result(PathBuf::from("verdicts.jsonl"), verdicts.as_bytes()),
            result(PathBuf::from("files.jsonl"), files.as_bytes()),
            output::Result { path: usual.clone(), bytes: &workbook, otherwise: Some(dated.clone()) },
        ],
    )?;
    let put = placed.last().cloned().unwrap_or_else(|| usual.clone());
    Ok(Written {
        beside: put != usual,
        workbook: folder.join(put),
        copy: folder.join("history").join(dated),
        kept: kept.map(|k| folder.join(k)),
    })
}
