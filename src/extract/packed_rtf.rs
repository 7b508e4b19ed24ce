//! RTF as Outlook packs it into its messages ([MS-OXRTFCP]): runs of what came before, out of a dictionary of 4,096 bytes.

use crate::extract::le::{u8_at, u32_at, usize_at};
use crate::model::limits::MEMBER_BYTES;

/// What stands in the dictionary before anything came (2.1.2.1).
const BEFORE: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor \
MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const DICTIONARY: usize = 4_096;
const HEADER: usize = 16;
const PACKED: u32 = 0x7546_5A4C;
const PLAIN: u32 = 0x414C_454D;

/// The RTF, and whether all of it is there: as much as the header says. `None` where it is no packed RTF.
pub fn unpack(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let (len, content) = (usize_at(bytes, 4)?, bytes.get(HEADER..)?);
    let mut rtf = match u32_at(bytes, 8)? {
        PACKED => inflated(content),
        PLAIN => content.to_vec(),
        _ => return None,
    };
    let whole = rtf.len() >= len;
    rtf.truncate(len);
    Some((rtf, whole))
}

fn inflated(content: &[u8]) -> Vec<u8> {
    let mut ring = [0; DICTIONARY];
    ring.iter_mut().zip(BEFORE).for_each(|(place, byte)| *place = *byte);
    let (mut out, mut at, mut end) = (Vec::new(), 0, BEFORE.len());
    let mut put = |byte: u8, end: &mut usize, ring: &mut [u8; DICTIONARY]| {
        out.push(byte);
        if let Some(place) = ring.get_mut(*end) {
            *place = byte;
        }
        *end = (*end + 1) % DICTIONARY;
        out.len() as u64 <= MEMBER_BYTES
    };
    'all: while let Some(control) = u8_at(content, at) {
        at += 1;
        for bit in 0..8 {
            let Some(first) = u8_at(content, at) else { break 'all };
            if control & (1 << bit) == 0 {
                at += 1;
                if !put(first, &mut end, &mut ring) {
                    break 'all;
                }
                continue;
            }
            let Some(second) = u8_at(content, at + 1) else { break 'all };
            at += 2;
            let from = usize::from(first) << 4 | usize::from(second >> 4);
            // A run from where the next byte goes is the end (2.1.3.1).
            if from == end {
                break 'all;
            }
            for n in 0..usize::from(second & 0x0F) + 2 {
                let byte = ring.get((from + n) % DICTIONARY).copied().unwrap_or_default();
                if !put(byte, &mut end, &mut ring) {
                    break 'all;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_standard_shows_unpacks() {
        // The examples of 4.1.1 and 4.2.1 of the standard.
        let simple = [
            0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0x00, 0x0A, 0x00, 0x72,
            0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68, 0x65, 0x6C, 0x09, 0x00, 0x20, 0x62,
            0x77, 0x05, 0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F, 0xA0,
        ];
        let (rtf, whole) = unpack(&simple).unwrap();
        assert_eq!(rtf, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        assert!(whole);
        // A run that reaches into what it makes itself.
        let crossing = [
            0x1A, 0, 0, 0, 0x1C, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xE2, 0xD4, 0x4B, 0x51, 0x41, 0x00, 0x04, 0x20, 0x57,
            0x58, 0x59, 0x5A, 0x0D, 0x6E, 0x7D, 0x01, 0x0E, 0xB0,
        ];
        assert_eq!(unpack(&crossing).unwrap(), (b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}".to_vec(), true));
    }

    #[test]
    fn what_is_cut_or_broken_ends() {
        let bytes: Vec<u8> = (0..600u32).map(|n| ((n * 7919) >> 3) as u8).collect();
        for kind in [PACKED, PLAIN, 7] {
            let mut file =
                [vec![0; 4], 90_000_u32.to_le_bytes().to_vec(), kind.to_le_bytes().to_vec(), vec![0; 4]].concat();
            file.extend(&bytes);
            for cut in 0..file.len() {
                assert!(unpack(&file[..cut]).is_none_or(|(_, whole)| !whole));
            }
        }
    }
}
