//! The contract of this room: a row of 待核清单 in which somebody typed.

use crate::model::check::Check;
use crate::model::message::Message;
use crate::model::ruling::{About, Typed};

/// A row whose human columns are no longer as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The workbook.
    pub file: String,
    /// The row's number in the workbook.
    pub row: u32,
    /// What stands in 编号.
    pub number: String,
    /// What the row was written about, or why it is not certain which row it is.
    pub check: Result<Check, Message>,
    /// What the row says.
    pub about: About,
    /// What was typed.
    pub typed: Typed,
}
