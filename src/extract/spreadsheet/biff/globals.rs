//! What the workbook says before its sheets: version, code page, epoch, formats, shared strings, and the list of sheets.

use crate::extract::le::{u16_at, usize_at};
use crate::extract::number_format::{NumberFormat, builtin};
use crate::extract::reader::Failure;
use crate::extract::spreadsheet::biff::records::{Record, Records};
use crate::extract::spreadsheet::biff::strings::{CodePage, Reading, Version};
use std::collections::BTreeMap;

/// What the cells of all sheets refer to.
#[derive(Debug, Default)]
pub struct Globals {
    /// The generation.
    pub version: Version,
    /// How byte strings are encoded.
    pub page: CodePage,
    /// Dates count from 1904 instead of 1900.
    pub epoch_1904: bool,
    /// Format by index of the cell's XF record.
    pub formats: Vec<NumberFormat>,
    /// The shared strings.
    pub strings: Vec<String>,
    /// The worksheets, in the order of their tabs.
    pub sheets: Vec<Entry>,
    /// The drawings' common part, which holds the pictures of all sheets (MS-XLS 2.4.171 MsoDrawingGroup).
    pub drawing_group: Vec<u8>,
}

/// A worksheet and where its records begin.
#[derive(Debug)]
pub struct Entry {
    /// The tab's name.
    pub name: String,
    /// Not shown.
    pub hidden: bool,
    /// Where in the stream.
    pub offset: usize,
}

/// Reads the globals substream (MS-XLS 2.1.7.20.3). A stream of one sheet without globals is a workbook of one sheet.
pub fn read(stream: &[u8]) -> Result<Globals, Failure> {
    let mut globals = Globals::default();
    let mut codes: BTreeMap<u16, NumberFormat> = BTreeMap::new();
    let mut chosen: Vec<u16> = Vec::new();
    for (position, record) in Records::new(stream).enumerate() {
        let data = record.data();
        match record.id {
            0x0009 | 0x0209 | 0x0409 | 0x0809 if position == 0 => {
                globals.version = version(record.id, u16_at(data, 0));
                let is_globals = matches!(u16_at(data, 2), Some(0x0005 | 0x0100));
                if !is_globals || globals.version < Version::Biff5 {
                    globals.sheets.push(Entry { name: "Sheet1".to_string(), hidden: false, offset: 0 });
                }
            }
            // FilePass (MS-XLS 2.4.117).
            0x002F => return Err(Failure::Encrypted),
            0x0042 => globals.page = CodePage(u16_at(data, 0).unwrap_or(936)),
            0x0022 => globals.epoch_1904 = u16_at(data, 0) == Some(1),
            0x001E | 0x041E => add_format(record, &globals, &mut codes),
            0x00E0 => chosen.extend(u16_at(data, 2)),
            0x0243 | 0x0443 => chosen.extend(data.get(1).map(|b| u16::from(*b))),
            0x00FC => globals.strings = strings(record),
            0x0085 => globals.sheets.extend(entry(record, globals.version, globals.page)),
            // A long one goes on in continuations, and in records of its own kind.
            0x00EB => globals.drawing_group.extend(record.parts.concat()),
            0x000A => break,
            _ => {}
        }
    }
    let format = |id: &u16| codes.get(id).cloned().unwrap_or_else(|| builtin(u32::from(*id)));
    globals.formats = if globals.version == Version::Biff2 {
        // No XF records yet: the cell names its format itself.
        (0..64).map(|id| format(&id)).collect()
    } else {
        chosen.iter().map(format).collect()
    };
    Ok(globals)
}

/// The generation by the BOF record (MS-XLS 2.4.21).
fn version(id: u16, declared: Option<u16>) -> Version {
    match (id, declared) {
        (0x0009, _) => Version::Biff2,
        (0x0209, _) => Version::Biff3,
        (0x0409, _) => Version::Biff4,
        (_, Some(0x0500)) => Version::Biff5,
        _ => Version::Biff8,
    }
}

/// Format (MS-XLS 2.4.126). Before BIFF5 formats are counted, not numbered.
fn add_format(record: Record<'_>, globals: &Globals, codes: &mut BTreeMap<u16, NumberFormat>) {
    let version = globals.version;
    let mut reading = Reading::new(record);
    let number = match version {
        Version::Biff2 | Version::Biff3 => None,
        _ => reading.word(),
    };
    let id = if version < Version::Biff5 { u16::try_from(codes.len()).ok() } else { number };
    let code = reading.string(version == Version::Biff8, version, globals.page);
    if let (Some(id), Some(code)) = (id, code) {
        let parsed = NumberFormat::parse(&code);
        // Programs write the built-in formats out in their own language; the Chinese dates have codes that say less
        // than their numbers.
        let known = builtin(u32::from(id));
        let keep =
            version >= Version::Biff5 && matches!(known, NumberFormat::Date(_)) && parsed == NumberFormat::General;
        codes.insert(id, if keep { known } else { parsed });
    }
}

/// SST (MS-XLS 2.4.265). A broken end leaves the strings before it.
fn strings(record: Record<'_>) -> Vec<String> {
    let mut reading = Reading::new(record);
    if reading.skip(8).is_none() {
        return Vec::new();
    }
    std::iter::from_fn(|| reading.rich_string()).collect()
}

/// BoundSheet8 (MS-XLS 2.4.28); charts, macros and modules have no cells to read.
fn entry(record: Record<'_>, version: Version, page: CodePage) -> Option<Entry> {
    const WORKSHEET: u8 = 0;
    let data = record.data();
    let offset = usize_at(data, 0)?;
    let (state, kind) = (*data.get(4)?, *data.get(5)?);
    let mut reading = Reading::new(record);
    reading.skip(6)?;
    let name = reading.string(false, version, page)?;
    (kind == WORKSHEET).then_some(Entry { name, hidden: state & 3 != 0, offset })
}
