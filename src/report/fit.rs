//! What a table has more than Excel has rows is left out, and the sheet says so: a night with too much to tell is no night
//! without results.

use crate::model::sheet::{Cell, Sheet, Tone};
use crate::msg;
use crate::report::view::View;

/// A sheet with no more than so many rows in its table, and a note where it has more.
pub fn fitted<'a>(mut sheet: Sheet<'a>, most: u32, view: &View<'_>) -> Sheet<'a> {
    let left_out = sheet.len().saturating_sub(most);
    if left_out == 0 {
        return sheet;
    }
    sheet.rows.truncate(most as usize);
    sheet.more.rows = most - sheet.rows.len() as u32;
    sheet.filter = sheet.filter.min(most);
    sheet.folds.retain(|(_, to)| *to < most);
    let note = view.say(&msg!("report.rows_left_out", most, left_out));
    sheet.heading.push(vec![Cell::text(note).tone(Tone::Doubtful)]);
    sheet
}
