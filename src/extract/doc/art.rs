//! The drawings of a Word file: which shapes the text anchors, and which pictures they show ([MS-DOC] 2.9.173
//! OfficeArtContent, 2.9.192 PICFAndOfficeArtData; [MS-ODRAW] 2.3 for shapes' options).

use crate::extract::le::{u8_at, u16_at, u32_at, usize_at, utf16_at};
use crate::extract::office_art::{Image, Record, STORE_ENTRY, embedded, image, record, walk};
use std::collections::BTreeMap;

const SHAPE_CONTAINER: u16 = 0xF004;
const GROUP_CONTAINER: u16 = 0xF003;
const SHAPE: u16 = 0xF00A;
const OPTIONS: [u16; 2] = [0xF00B, 0xF122];
/// Which picture of the store a shape shows.
const OPTION_PICTURE: u16 = 0x0104;
/// The description that a person gave to a shape.
const OPTION_DESCRIPTION: u16 = 0x0381;

/// A shape of a drawing.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Its number.
    pub id: u32,
    /// The number of the outermost group that it is in, or its own: the one that the text anchors.
    pub top: u32,
    /// Its picture's number in the store, from 1.
    pub picture: Option<usize>,
    /// Its description.
    pub description: Option<String>,
}

/// The drawings of a file.
#[derive(Debug, Default)]
pub struct Drawings {
    /// Where the pictures of the store lie in the stream `WordDocument`; `None` for a place left empty.
    store: Vec<Option<usize>>,
    /// The shapes that show pictures or may hold text, by the number that the text anchors.
    pub shapes: BTreeMap<u32, Vec<Shape>>,
}

impl Drawings {
    /// Reads OfficeArtContent from the table stream ([MS-DOC] 2.9.173).
    pub fn read(content: &[u8]) -> Self {
        let mut drawings = Drawings::default();
        let Some(store) = record(content, 0) else {
            return drawings;
        };
        walk(store.body, 0, &mut |r, _| {
            if r.kind == STORE_ENTRY {
                // 0xFFFFFFFF and an empty entry mean that the picture is gone.
                drawings.store.push(
                    usize_at(r.body, 28).filter(|at| u32_at(r.body, 20).unwrap_or(0) > 0 && *at < u32::MAX as usize),
                );
            }
        });
        let mut at = store.end;
        // Each drawing is preceded by a byte that tells main text from headers.
        while let Some(drawing) = record(content, at + 1) {
            let mut top: Option<(usize, u32)> = None;
            walk(drawing.body, 0, &mut |r, depth| {
                // Depth 0 is the drawing's own group, which no text anchors.
                if r.kind == GROUP_CONTAINER && depth == 1 {
                    top = first_shape(r.body).map(|id| (depth, id));
                } else if r.kind == SHAPE_CONTAINER {
                    if depth <= 1 {
                        top = None;
                    }
                    let mut shape = shape(r.body);
                    shape.top = top.map_or(shape.id, |t| t.1);
                    drawings.shapes.entry(shape.top).or_default().push(shape);
                }
            });
            at = drawing.end;
        }
        drawings
    }

    /// The picture of the store with that number.
    pub fn image<'a>(&self, number: usize, word: &'a [u8]) -> Option<Image<'a>> {
        let at = (*self.store.get(number.checked_sub(1)?)?)?;
        image(&record(word, at)?)
    }
}

/// The picture in the line of text, with its description: from the stream `Data`.
pub fn inline(data: &[u8], at: usize) -> Option<(Image<'_>, Option<String>)> {
    const WITH_NAME: u16 = 0x66;
    let len = usize_at(data, at)?;
    let bytes = data.get(at..at.checked_add(len)?.min(data.len()))?;
    let mut start = usize::from(u16_at(bytes, 4)?);
    if u16_at(bytes, 6)? == WITH_NAME {
        start += 1 + usize::from(u8_at(bytes, start)?);
    }
    let mut description = None;
    let mut found = None;
    walk(bytes.get(start..)?, 0, &mut |r, _| {
        if r.kind == SHAPE_CONTAINER {
            description = description.take().or(shape(r.body).description);
        } else if found.is_none() {
            found = if r.kind == STORE_ENTRY { embedded(r) } else { image(r) };
        }
    });
    found.map(|f| (f, description))
}

fn first_shape(group: &[u8]) -> Option<u32> {
    let first = record(group, 0).filter(|r| r.kind == SHAPE_CONTAINER)?;
    Some(shape(first.body).id)
}

fn shape(container: &[u8]) -> Shape {
    let mut shape = Shape::default();
    let mut at = 0;
    while let Some(r) = record(container, at) {
        if r.kind == SHAPE {
            shape.id = u32_at(r.body, 0).unwrap_or(0);
        } else if OPTIONS.contains(&r.kind) {
            options(&r, &mut shape);
        }
        at = r.end;
    }
    shape
}

/// The options of a shape: an array of six bytes each, then the long values in the same order ([MS-ODRAW] 2.3.1).
fn options(r: &Record, shape: &mut Shape) {
    const COMPLEX: u16 = 0x8000;
    const NUMBER: u16 = 0x3FFF;
    let count = usize::from(r.instance);
    let mut long_at = count * 6;
    for i in 0..count {
        let (Some(code), Some(value)) = (u16_at(r.body, i * 6), usize_at(r.body, i * 6 + 2)) else {
            return;
        };
        let complex = code & COMPLEX != 0;
        match code & NUMBER {
            OPTION_PICTURE if !complex => shape.picture = Some(value).filter(|v| *v > 0),
            OPTION_DESCRIPTION if complex => {
                let text = utf16_at(r.body, long_at, value / 2).unwrap_or_default();
                let text = text.trim_end_matches('\0').trim();
                shape.description = (!text.is_empty()).then(|| text.to_string());
            }
            _ => {}
        }
        if complex {
            long_at = long_at.saturating_add(value);
        }
    }
}
