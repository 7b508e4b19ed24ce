//! Separated values, by comma or tab: one table.

use crate::extract::encoding;
use crate::extract::grid::{Allowance, Grid};
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::{Block, Body, Content};
use crate::model::limits::SHEET_CELLS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// Reads separated values.
pub const READER: Reader = Reader { name: "csv", version: 1, formats: &[Format::Csv], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let (text, lossy) = encoding::decode(bytes, None);
    let text = text.trim_start_matches('\u{feff}');
    let place = Place::Table(1);
    let mut body = Body::default();
    let (mut grid, mut allowance) = (Grid::default(), Allowance::default());
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let (mut record, mut row, mut end) = (::csv::StringRecord::new(), 0u32, 0usize);
    'records: loop {
        // The csv crate skips empty lines, a spreadsheet counts them.
        row = row.saturating_add(empty_lines(text, end));
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                body.losses.push(Problem::LostText(msg!("extract.csv_rows_lost"), place.clone()));
                break;
            }
        }
        end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        for (field, column) in record.iter().zip(0u32..) {
            if !grid.put(row, column, formula_text(field), &mut allowance) {
                break 'records;
            }
        }
        row = row.saturating_add(1);
    }
    if allowance.is_exceeded() {
        body.losses.push(Problem::LostText(msg!("extract.sheet_too_many_cells", SHEET_CELLS), place.clone()));
    }
    if lossy {
        body.losses.push(Problem::LostText(msg!("extract.txt_lossy"), place.clone()));
    }
    body.blocks.push(Block { place, content: Content::Table(grid.into_table(false)) });
    Ok(body)
}

/// How many empty lines stand where a record ended.
fn empty_lines(text: &str, end: usize) -> u32 {
    let Some((before, after)) = text.split_at_checked(end) else {
        return 0;
    };
    let after = if before.ends_with('\r') { after.strip_prefix('\n').unwrap_or(after) } else { after };
    let mut breaks = 0;
    for c in after.chars().take_while(|c| matches!(c, '\r' | '\n')) {
        breaks += u32::from(c == '\n');
    }
    breaks
}

/// `="00123"`: how exports keep Excel from eating a code's zeros.
fn formula_text(field: &str) -> &str {
    field.strip_prefix("=\"").and_then(|f| f.strip_suffix('"')).unwrap_or(field)
}

/// The delimiter that more of the first lines hold.
fn delimiter(text: &str) -> u8 {
    let lines = || text.lines().filter(|l| !l.trim().is_empty()).take(50);
    let with = |c: char| lines().filter(|l| l.contains(c)).count();
    if with('\t') > 0 && with('\t') >= with(',') { b'\t' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<(u32, String)>)> {
        let body = read(text.as_bytes(), Format::Csv).expect("a table");
        let Some(Content::Table(table)) = body.blocks.into_iter().next().map(|b| b.content) else { panic!("no table") };
        table.rows.into_iter().map(|r| (r.number, r.cells.into_iter().map(|c| (c.column, c.text)).collect())).collect()
    }

    #[test]
    fn quotes_codes_empty_fields_and_rows() {
        let found = rows("\u{feff}学校,人数,备注\r\n\"城关,一小\",45,\"两\n行\"\r\n\r\n=\"00371\",,x\r\n");
        let cell = |c: u32, t: &str| (c, t.to_string());
        assert_eq!(
            found,
            [
                (1, vec![cell(0, "学校"), cell(1, "人数"), cell(2, "备注")]),
                (2, vec![cell(0, "城关,一小"), cell(1, "45"), cell(2, "两\n行")]),
                (4, vec![cell(0, "00371"), cell(2, "x")]),
            ]
        );
    }

    #[test]
    fn tabs_win_over_the_commas_between_them() {
        assert_eq!(rows("项目\t说明\n会议\t1,2,3\n")[1].1, [(0, "会议".to_string()), (1, "1,2,3".to_string())]);
    }
}
