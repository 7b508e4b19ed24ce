//! The records of one sheet: cells, merged regions, text boxes and notes (MS-XLS 2.1.7.20.6).

use crate::extract::grid::{Allowance, Grid, Region};
use crate::extract::le::{f64_at, u16_at, u32_at, usize_at};
use crate::extract::number_format::NumberFormat;
use crate::extract::spreadsheet::biff::globals::Globals;
use crate::extract::spreadsheet::biff::records::{Record, Records};
use crate::extract::spreadsheet::biff::strings::{Reading, Version};

/// What a sheet holds.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The cells.
    pub grid: Grid,
    /// Texts of text boxes.
    pub boxes: Vec<String>,
    /// Texts of the notes on cells.
    pub notes: Vec<String>,
    /// The sheet's end was seen.
    pub whole: bool,
}

/// Reads the sheet whose BOF record stands first in `stream`.
pub fn read(stream: &[u8], globals: &Globals, allowance: &mut Allowance) -> Sheet {
    let mut reader = Reader { globals, sheet: Sheet::default(), pending: None, object: 0 };
    // Charts on a sheet are streams of their own inside it.
    let mut depth = 0u32;
    for record in Records::new(stream) {
        match record.id {
            0x0009 | 0x0209 | 0x0409 | 0x0809 => depth += 1,
            0x000A if depth <= 1 => {
                reader.sheet.whole = true;
                break;
            }
            0x000A => depth -= 1,
            // A record too short for its kind is passed over; the next one stands on its own.
            _ if depth == 1 => drop(reader.record(record, allowance)),
            _ => {}
        }
        if allowance.is_exceeded() {
            // Said once, for the whole workbook.
            reader.sheet.whole = true;
            break;
        }
    }
    reader.sheet
}

struct Reader<'a> {
    globals: &'a Globals,
    sheet: Sheet,
    /// The cell of a formula whose text comes in the next record.
    pending: Option<(u32, u32)>,
    /// The kind of the last drawn object (MS-XLS 2.5.143): its text follows.
    object: u16,
}

impl Reader<'_> {
    fn record(&mut self, record: Record<'_>, allowance: &mut Allowance) -> Option<()> {
        let data = record.data();
        let old = self.globals.version == Version::Biff2;
        // Row, column, then the XF index: three bytes of attributes in BIFF2.
        let body = if old { 7 } else { 6 };
        match record.id {
            0x0002 if old => self.number(data, f64::from(u16_at(data, body)?), allowance),
            0x0003 | 0x0203 => self.number(data, f64_at(data, body)?, allowance),
            0x027E => self.number(data, rk(u32_at(data, body)?), allowance),
            0x00BD => self.numbers(data, allowance),
            0x0004 | 0x0204 | 0x00D6 => {
                let (row, column) = position(data)?;
                let text = self.string(record, body)?;
                self.put(row, column, &text, allowance)
            }
            0x00FD => {
                let (row, column) = position(data)?;
                let globals = self.globals;
                let text = globals.strings.get(usize_at(data, 6)?)?;
                self.put(row, column, text, allowance)
            }
            0x0005 | 0x0205 => {
                let (row, column) = position(data)?;
                let text =
                    if data.get(body + 1) == Some(&0) { boolean(*data.get(body)?) } else { error(*data.get(body)?) };
                self.put(row, column, text, allowance)
            }
            0x0006 | 0x0206 | 0x0406 => self.formula(data, body, allowance),
            0x0007 | 0x0207 => {
                let text = self.string(record, 0)?;
                let (row, column) = self.pending.take()?;
                self.put(row, column, &text, allowance)
            }
            0x00E5 => self.merge(data),
            0x005D => {
                self.object = u16_at(data, 4)?;
                Some(())
            }
            0x01B6 => self.drawn_text(record),
            _ => Some(()),
        }
    }

    fn put(&mut self, row: u32, column: u32, text: &str, allowance: &mut Allowance) -> Option<()> {
        self.sheet.grid.put(row, column, text, allowance).then_some(())
    }

    fn number(&mut self, data: &[u8], value: f64, allowance: &mut Allowance) -> Option<()> {
        let (row, column) = position(data)?;
        let format = match self.globals.version {
            Version::Biff2 => u16::from(data.get(5)? & 0x3F),
            _ => u16_at(data, 4)?,
        };
        let text = self.show(value, format);
        self.put(row, column, &text, allowance)
    }

    fn show(&self, value: f64, format: u16) -> String {
        let format = self.globals.formats.get(usize::from(format)).unwrap_or(&NumberFormat::General);
        format.show(value, self.globals.epoch_1904)
    }

    /// MulRk (MS-XLS 2.4.175): cells side by side, then the last column.
    fn numbers(&mut self, data: &[u8], allowance: &mut Allowance) -> Option<()> {
        let (row, first) = position(data)?;
        for (cell, column) in data.get(4..data.len().checked_sub(2)?)?.as_chunks::<6>().0.iter().zip(first..) {
            let text = self.show(rk(u32_at(cell, 2)?), u16_at(cell, 0)?);
            self.put(row, column, &text, allowance)?;
        }
        Some(())
    }

    /// Formula (MS-XLS 2.4.127): the value it had when the file was saved.
    fn formula(&mut self, data: &[u8], body: usize, allowance: &mut Allowance) -> Option<()> {
        let (row, column) = position(data)?;
        let value = data.get(body..)?.first_chunk::<8>()?;
        match *value {
            [0, .., 0xFF, 0xFF] => self.pending = Some((row, column)),
            [1, _, yes, .., 0xFF, 0xFF] => self.put(row, column, boolean(yes), allowance)?,
            [2, _, code, .., 0xFF, 0xFF] => self.put(row, column, error(code), allowance)?,
            [.., 0xFF, 0xFF] => {}
            number => self.number(data, f64::from_le_bytes(number), allowance)?,
        }
        Some(())
    }

    fn string(&self, record: Record<'_>, at: usize) -> Option<String> {
        let mut reading = Reading::new(record);
        reading.skip(at)?;
        reading.string(self.globals.version != Version::Biff2, self.globals.version, self.globals.page)
    }

    /// MergeCells (MS-XLS 2.4.168).
    fn merge(&mut self, data: &[u8]) -> Option<()> {
        for region in data.get(2..)?.as_chunks::<8>().0 {
            let edge = |at| u16_at(region, at).map(u32::from);
            self.sheet.grid.merge(Region { top: edge(0)?, bottom: edge(2)?, left: edge(4)?, right: edge(6)? });
        }
        Some(())
    }

    /// TxO (MS-XLS 2.4.329): its text stands in the continuation.
    fn drawn_text(&mut self, record: Record<'_>) -> Option<()> {
        /// The kind of a cell's note among drawn objects.
        const NOTE: u16 = 0x0019;
        let count = usize::from(u16_at(record.data(), 10)?);
        let mut parts = record.parts.into_iter();
        parts.next();
        let mut reading = Reading::new(Record { id: 0, parts: parts.collect() });
        let wide = reading.byte()? & 1 != 0;
        let text = reading.chars(count, wide)?.replace('\r', "\n").trim().to_string();
        if !text.is_empty() {
            if self.object == NOTE { &mut self.sheet.notes } else { &mut self.sheet.boxes }.push(text);
        }
        Some(())
    }
}

fn position(data: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)))
}

/// RkNumber (MS-XLS 2.5.217): a number in 30 bits, an integer or the top of a double, perhaps a hundredfold.
fn rk(packed: u32) -> f64 {
    let value =
        if packed & 2 != 0 { f64::from(packed as i32 >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn boolean(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

/// BErr (MS-XLS 2.5.10).
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
