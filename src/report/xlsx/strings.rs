//! The texts of a workbook, each written once (ECMA-376 part 1, 18.4.9 `sst`): names of schools and files stand in ten
//! thousands of cells, which only say the number of their text. The texts of a table that is kept for the next night stand apart, so
//! that they are the same whatever comes after them.

use crate::model::spool::Spool;
use crate::report::xlsx::escape::written;
use crate::report::xlsx::packed::{Growing, Packed};
use crate::report::xlsx::places::put_number;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

/// The part of the package where they stand.
pub const PART: &str = "xl/sharedStrings.xml";

/// They are numbered in so many tables: one that grows stands in memory twice meanwhile, and these grow one after the other.
const TABLES: usize = 16;

/// The texts so far.
#[derive(Default)]
pub struct Strings {
    /// By what a text is known by: the texts themselves would stand in memory a second time.
    numbers: [HashMap<[u32; 3], u32>; TABLES],
    before: Texts,
    count: u32,
    uses: u64,
    xml: Growing,
    /// Where packed pieces wait.
    pub spool: Option<Arc<dyn Spool>>,
}

/// Texts that are complete: what comes after them is numbered on, and looks for none of its own among them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Texts {
    count: u32,
    uses: u64,
    xml: Packed,
}

impl Texts {
    /// Lets them wait outside memory.
    pub fn put_away(&mut self, spool: &Arc<dyn Spool>) {
        self.xml.put_away(spool);
    }
}

impl Strings {
    /// No texts yet; those that come wait in a spool, where there is one, and so do the rows that name them.
    pub fn over(spool: Option<&Arc<dyn Spool>>) -> Self {
        Strings { xml: Growing::over(spool.cloned()), spool: spool.cloned(), ..Strings::default() }
    }

    /// Texts that come after others.
    pub fn after(self, before: Texts) -> Self {
        Strings { count: before.count, uses: before.uses, before, ..self }
    }

    /// The texts so far, to be kept or gone on from.
    pub fn complete(mut self) -> Texts {
        self.before.xml.join(self.xml.finish());
        Texts { count: self.count, uses: self.uses, xml: self.before.xml }
    }

    /// The number of a text, which is entered where it is new.
    pub fn number(&mut self, text: &str) -> u32 {
        self.uses += 1;
        let next = self.count;
        let known = known_by(text);
        let number = *self.numbers[known[0] as usize % TABLES].entry(known).or_insert(next);
        if number == next {
            self.count += 1;
            let xml = &mut self.xml.text;
            let is_plain = text.trim().len() == text.len() && !text.contains('\n');
            xml.push_str(if is_plain { "<si><t>" } else { "<si><t xml:space=\"preserve\">" });
            xml.push_str(&written(text));
            xml.push_str("</t></si>");
            self.xml.turn();
        }
        number
    }

    /// The part.
    pub fn part(self) -> Packed {
        let Texts { count, uses, xml } = self.complete();
        let mut head = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"",
        );
        put_number(&mut head, uses.try_into().unwrap_or(u32::MAX));
        head.push_str("\" uniqueCount=\"");
        put_number(&mut head, count);
        head.push_str("\">");
        let mut packed = Packed::default();
        packed.add(&[head]);
        packed.join(xml);
        packed.end(b"</sst>");
        packed
    }
}

/// 96 bits that no two texts of a workbook have in common. With its number a text takes sixteen bytes: there are two dozen a
/// school.
fn known_by(text: &str) -> [u32; 3] {
    let hash = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        hasher.write(text.as_bytes());
        hasher.finish()
    };
    let (first, second) = (hash(0), hash(1));
    [first as u32, (first >> 32) as u32, second as u32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_text_is_written_once_and_known_by_its_number() {
        let mut strings = Strings::default();
        let numbers = ["开会", " 入户", "开会", "a<b", "上\n下"].map(|text| strings.number(text));
        assert_eq!(numbers, [0, 1, 0, 2, 3]);
        let part = strings.part();
        let mut xml = String::new();
        flate2::read::DeflateDecoder::new(part.bytes().as_slice()).read_to_string(&mut xml).unwrap();
        let (head, texts) = xml.split_once("count=").unwrap();
        assert!(head.ends_with("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "), "{head}");
        let kept = "<t xml:space=\"preserve\">";
        assert_eq!(
            texts,
            format!(
                "\"5\" uniqueCount=\"4\"><si><t>开会</t></si><si>{kept} 入户</t></si><si><t>a&lt;b</t></si><si>{kept}上\n下</t></si></sst>"
            )
        );
    }
}
